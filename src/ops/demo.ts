/**
 * Plays the samples to a running adapter over real AMQP, each as its own party, and judges whether exactly the expected
 * answers came. It starts neither broker nor adapter, and prints nothing.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openPartyClient, type PartyAnswer, type PartyClient } from '../broker/party-client.ts';
import type { Instant } from '../domain/identer.ts';
import { type AnswerSummary, summaryOf } from './answer-text.ts';
import { readSample, type Sample } from './samples.ts';
import { partyOf, routingKeyOf } from './sending.ts';

export interface Arrived extends AnswerSummary {
  readonly messageId: string | undefined;
  /** From publication to arrival. */
  readonly ms: number;
}

/** One sample on its way. */
export interface Play {
  /** From 1, in the order of sending. */
  readonly nr: number;
  readonly sample: Sample;
  readonly correlationId: string;
  sentAt: Instant;
  kvittering: Arrived | undefined;
  svar: Arrived | undefined;
  /** What came beyond or against what was expected. */
  readonly problems: string[];
}

export interface Stage {
  /** The AMQP URL of a party, by its id. */
  readonly urlOf: (id: string) => string;
  readonly now: () => Instant;
  /** Called when an answer has arrived and was judged. */
  readonly onAnswer: (play: Play, art: 'kvittering' | 'svar') => void;
  /** Ends the play before its time. */
  readonly signal: AbortSignal;
  /** All answers must have come within so long from the start. */
  readonly limitMs: number;
}

/** An answer too many comes right behind the expected one, if at all; so long it is waited for. */
const GRACE_MS = 250;

const isSvar = ({ routingKey }: PartyAnswer): boolean => routingKey.includes('.svar.');

function listed(codes: readonly string[]): string {
  return codes.length === 0 ? 'ingen fejlkoder' : codes.join(', ');
}

function judgeKvittering(
  { sample, problems }: Play,
  { kode, fejlkoder, messageId }: Arrived,
  plays: readonly Play[],
): void {
  if (kode !== sample.kvittering) problems.push(`ventede ${sample.kvittering}`);
  if (fejlkoder.join() !== sample.fejlkoder.join()) problems.push(`ventede ${listed(sample.fejlkoder)}`);
  if (sample.gentager === undefined) return;
  const first = plays.find((play) => play.sample.fil === sample.gentager);
  if (first?.kvittering?.messageId !== messageId) problems.push('ventede den samme kvittering igen');
}

function judgeSvar({ sample, problems, kvittering }: Play, { kode }: Arrived): void {
  if (sample.svar === undefined) problems.push('ventede intet svar');
  else if (kode !== sample.svar) problems.push(`ventede svaret ${sample.svar}`);
  if (kvittering === undefined) problems.push('svaret kom før kvitteringen');
}

/** Takes one answer in, and judges it. @returns false where no sample waits for it. */
function receive(answer: PartyAnswer, plays: readonly Play[], stage: Stage): boolean {
  const play = plays.find(({ correlationId }) => correlationId === answer.correlationId);
  if (play === undefined) return false;
  const arrived = { ...summaryOf(answer), messageId: answer.messageId, ms: stage.now() - play.sentAt };
  const art = isSvar(answer) ? 'svar' : 'kvittering';
  if (play[art] !== undefined) play.problems.push(`to gange ${art}`);
  else play[art] = arrived;
  if (art === 'svar') judgeSvar(play, arrived);
  else judgeKvittering(play, arrived, plays);
  stage.onAnswer(play, art);
  return true;
}

const isComplete = ({ kvittering, svar, sample }: Play): boolean =>
  kvittering !== undefined && (sample.svar === undefined || svar !== undefined);

/** Everything that came beside the samples' own answers, and everything that did not come. */
function closeBooks(plays: readonly Play[]): void {
  for (const { sample, kvittering, svar, problems } of plays) {
    if (kvittering === undefined) problems.push('fik ingen kvittering');
    if (sample.svar !== undefined && svar === undefined) problems.push('fik intet svar');
  }
}

class Performance {
  readonly #stage: Stage;
  readonly #plays: readonly Play[];
  readonly #clients = new Map<string, PartyClient>();
  readonly #ended: AbortSignal;
  #changed = new EventTarget();
  #lost: Error | undefined;

  constructor(plays: readonly Play[], stage: Stage) {
    this.#plays = plays;
    this.#stage = stage;
    this.#ended = AbortSignal.any([stage.signal, AbortSignal.timeout(stage.limitMs)]);
  }

  async play(): Promise<void> {
    try {
      for (const { sample } of this.#plays) await this.#clientOf(sample);
      for (const play of this.#plays) await this.#send(play);
      await this.#until(() => this.#plays.every(isComplete));
      await pause(GRACE_MS);
    } finally {
      await Promise.all([...this.#clients.values()].map((client) => client.close()));
    }
  }

  async #clientOf({ afsender, kind }: Sample): Promise<PartyClient> {
    const known = this.#clients.get(afsender);
    if (known !== undefined) return known;
    const client = await openPartyClient({
      url: this.#stage.urlOf(afsender),
      party: partyOf(kind, afsender),
      take: (answer) => {
        const taken = receive(answer, this.#plays, this.#stage);
        this.#changed.dispatchEvent(new Event('change'));
        return taken;
      },
      onLost: (error) => {
        this.#lost = error;
        this.#changed.dispatchEvent(new Event('change'));
      },
    });
    this.#clients.set(afsender, client);
    return client;
  }

  async #send(play: Play): Promise<void> {
    const { sample, correlationId } = play;
    const { afsender, kind, efter } = sample;
    if (efter !== undefined) {
      await this.#until(() =>
        this.#plays.some((other) => other.sample.fil === efter && other.kvittering !== undefined),
      );
    }
    if (this.#ended.aborted) return;
    const client = await this.#clientOf(sample);
    play.sentAt = this.#stage.now();
    const message = {
      routingKey: routingKeyOf(kind, afsender),
      body: readSample(sample.fil),
      messageId: randomUUID(),
      correlationId,
    };
    if ((await client.publish(message)) === 'returned') play.problems.push('ingen kø tog imod den');
  }

  /** Resolves when the condition holds or time is up. @throws the error that ended a connection. */
  async #until(condition: () => boolean): Promise<void> {
    while (this.#lost === undefined && !condition() && !this.#ended.aborted) {
      await new Promise<void>((resolve) => {
        this.#changed.addEventListener('change', () => resolve(), { once: true });
        this.#ended.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    if (this.#lost !== undefined) throw this.#lost;
  }
}

/** Plays them all. Each comes back with what it got, and with what was wrong with that. */
export async function playSamples(samples: readonly Sample[], stage: Stage): Promise<readonly Play[]> {
  const plays = samples.map((sample, index): Play => {
    const correlationId = randomUUID();
    return { nr: index + 1, sample, correlationId, sentAt: 0, kvittering: undefined, svar: undefined, problems: [] };
  });
  await new Performance(plays, stage).play();
  closeBooks(plays);
  return plays;
}
