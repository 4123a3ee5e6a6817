/**
 * `send FILE --url AMQP_URL`: sends one message as its fagsystem and waits for the kvittering, and with `--svar` for the
 * svar. It acknowledges its own answers alone; what else lies in the queue is back there when the command ends.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  openPartyClient,
  type PartyAnswer,
  type PartyClient,
  type PartyMessage,
  userOf,
} from '../../broker/party-client.ts';
import { isPositive, summaryOf } from '../answer-text.ts';
import { CommandFailed } from '../faults.ts';
import { kindOf, type MessageKind, partyOf, routingKeyOf } from '../sending.ts';
import { type Outcome, type Terminal, UsageError } from '../terminal.ts';

export interface SendChoice {
  readonly url: string;
  /** The fagsystem (or debitorsystem) that is spoken for; the URL's user where left out. */
  readonly fagsystem?: string;
  readonly type?: MessageKind;
  /** Wait for the svar too. */
  readonly svar?: true;
  /** For each answer. */
  readonly timeoutMs: number;
}

const MEANWHILE = [
  'Meddelelsen er afleveret til RabbitMQ; kommer svaret senere, ligger det i køen.',
  'Kommer det aldrig: kontrollér, at brugeren i --url og meddelelsens AfsenderItSystemInstans er det samme fagsystems.',
  'En meddelelse, hvis afsender ikke passer, besvares ikke (DA-120); driften kan se den med fejlkoe list.',
].join('\n');

interface Shown {
  readonly type: string;
  readonly kode: string;
  readonly fejlkoder: readonly string[];
  readonly xml: string;
}

/** Answers that have come and are waited for, one after the other. */
class Answers {
  readonly #arrived: PartyAnswer[] = [];
  #wake: (() => void) | undefined;
  #lost: Error | undefined;

  add(answer: PartyAnswer): void {
    this.#arrived.push(answer);
    this.#wake?.();
  }

  lose(error: Error): void {
    this.#lost = error;
    this.#wake?.();
  }

  /** @throws CommandFailed where none comes in time, or the error that ended the connection. */
  async next(what: string, timeoutMs: number): Promise<PartyAnswer> {
    let timer: NodeJS.Timeout | undefined;
    if (this.#arrived.length === 0 && this.#lost === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, timeoutMs);
      });
      clearTimeout(timer);
    }
    const answer = this.#arrived.shift();
    if (answer !== undefined) return answer;
    if (this.#lost !== undefined) throw this.#lost;
    throw new CommandFailed('unavailable', `${what} kom ikke inden ${timeoutMs} ms. ${MEANWHILE}`);
  }
}

function shownOf(answer: PartyAnswer): Shown {
  return { type: answer.type, ...summaryOf(answer) };
}

function textOf({ type, kode, fejlkoder, xml }: Shown): string {
  const codes = fejlkoder.length === 0 ? '' : ` (${fejlkoder.join(', ')})`;
  return `${xml}\n${type}: ${kode}${codes}\n`;
}

function readMessage(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new UsageError(`Filen ${path} kan ikke læses`);
  }
}

function kindFor(body: Uint8Array, choice: SendChoice): MessageKind {
  const kind = choice.type ?? kindOf(body);
  if (kind === undefined) {
    throw new UsageError('Rodelementet kendes ikke; angiv --type debitorkonto, kontantindbetaling eller svar');
  }
  return kind;
}

/** RabbitMQ checks user_id against the connection's user, so that it can't be set for another one. */
function strangerText(user: string, id: string): string {
  return [
    `Brugeren ${user} i --url er ikke ${id}: meddelelsen sendes uden user_id.`,
    'Den besvares kun, hvis adapteren kører med ADAPTER_REQUIRE_USER_ID=false; ellers er den DA-120 og får intet svar.',
    '',
  ].join('\n');
}

/** Publishes, and waits for what follows. */
async function converse(
  client: PartyClient,
  answers: Answers,
  message: PartyMessage,
  choice: SendChoice,
): Promise<readonly Shown[]> {
  if ((await client.publish(message)) === 'returned') {
    const problem = `Ingen kø er bundet for ${message.routingKey}: adapteren har ikke været startet på denne vhost`;
    throw new CommandFailed('unavailable', problem);
  }
  const kvittering = shownOf(await answers.next('Kvitteringen', choice.timeoutMs));
  if (choice.svar !== true || kvittering.kode !== 'MODTAGET') return [kvittering];
  return [kvittering, shownOf(await answers.next('Svaret', choice.timeoutMs))];
}

export async function send(path: string, choice: SendChoice, terminal: Terminal): Promise<Outcome> {
  const body = readMessage(path);
  if (!URL.canParse(choice.url)) throw new UsageError('--url skal være en AMQP-URL: amqp://fagsystem:kode@vært/vhost');
  const kind = kindFor(body, choice);
  const id = choice.fagsystem ?? userOf(choice.url);
  if (id !== userOf(choice.url)) terminal.err(strangerText(userOf(choice.url), id));
  const correlationId = randomUUID();
  const answers = new Answers();
  const client = await openPartyClient({
    url: choice.url,
    party: partyOf(kind, id),
    take(answer) {
      const isOurs = answer.correlationId === correlationId;
      if (isOurs) answers.add(answer);
      return isOurs;
    },
    onLost: (error) => answers.lose(error),
  });
  const stopListening = terminal.onSignal(() =>
    answers.lose(new CommandFailed('unavailable', 'Afbrudt, mens svaret blev ventet')),
  );
  try {
    const message = { routingKey: routingKeyOf(kind, id), body, messageId: randomUUID(), correlationId };
    const shown = await converse(client, answers, message, choice);
    return {
      exit: shown.every(({ kode }) => isPositive(kode)) ? 'ok' : 'problems',
      json: { correlationId, kvittering: shown[0], ...(shown[1] === undefined ? {} : { svar: shown[1] }) },
      text: shown.map(textOf).join('\n'),
      // The sender sees its own message's answer as it was sent.
      unmasked: true,
    };
  } finally {
    stopListening();
    await client.close();
  }
}
