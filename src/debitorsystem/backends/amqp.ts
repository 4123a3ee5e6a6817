/**
 * The built-in backend `amqp`: a debitorsystem in any language, which takes commands as JSON from the queue
 * `debitor.kommando.<debitorsystem>` and publishes udfald and svar on `debitor.udfald` (docs/decisions).
 *
 * Svar do not come this way: the adapter's flow reads them from `debitor.udfald` and records them before it acks.
 *
 * A queue may deliver a command more than once, so only a debitorsystem that recognises a repeated key can be used like
 * this. A udfald that comes when nobody waits for it any more is kept for a while, and is the answer when the command is
 * asked about again; where it is lost, the same key gets it from the debitorsystem once more.
 */
import { randomUUID } from 'node:crypto';
import { type KommandoClient, openKommandoClient, type UdfaldMessage } from '../../broker/kommando-client.ts';
import type { Command } from '../../domain/command.ts';
import type { IdempotencyKey, Instant } from '../../domain/identer.ts';
import type { Udfald } from '../../domain/udfald.ts';
import {
  CONTRACT_VERSION,
  type Debitorsystem,
  type DebitorsystemPorts,
  defineDebitorsystem,
  type ExecuteContext,
  IkkeUdfoert,
} from '../debitorsystem.ts';
import { readUdfald, type UdfaldBesked, WireProblem, writeCommand } from '../wire.ts';
import {
  AMQP_CONFIG_SCHEMA,
  type AmqpConfig,
  type AmqpSettings,
  DEFAULT_CONCURRENCY,
  readAmqpConfig,
} from './amqp/config.ts';
import { LateUdfald } from './amqp/late-udfald.ts';

export default defineDebitorsystem<AmqpConfig>({
  name: 'amqp',
  contract: CONTRACT_VERSION,
  configSchema: AMQP_CONFIG_SCHEMA,
  configProblems(config) {
    readAmqpConfig(config);
    return [];
  },
  capabilities: ({ concurrency = DEFAULT_CONCURRENCY }) => ({ idempotent: true, opslag: false, concurrency }),
  create: (config, ports) => new AmqpDebitorsystem(readAmqpConfig(config), ports),
});

/** For RabbitMQ's confirm; within the command's own time. */
const CONFIRM_LIMIT_MS = 10_000;

/** `health` has a second (debitorsystem.ts). */
const ASK_LIMIT_MS = 800;
/** So long an answer about the queue is good for: more than one may look at `/readyz`, and often. */
const FRESH_MS = 2_000;

/** Somebody who waits for what came of one sending of a command. */
interface Waiting {
  readonly kommandoId: string;
  readonly resolve: (besked: UdfaldBesked) => void;
  readonly giveUp: (aarsag: string) => void;
}

class AmqpDebitorsystem implements Debitorsystem {
  readonly #settings: AmqpSettings;
  readonly #ports: DebitorsystemPorts;
  readonly #waiting = new Map<string, Set<Waiting>>();
  readonly #late = new LateUdfald();
  /** Whether anybody took commands when it was looked at last. */
  #known: { readonly problem: string | undefined; readonly at: Instant } | undefined;
  #client: KommandoClient | undefined;

  constructor(settings: AmqpSettings, ports: DebitorsystemPorts) {
    this.#settings = settings;
    this.#ports = ports;
  }

  async start(): Promise<void> {
    const { log, now } = this.#ports;
    this.#client = await openKommandoClient({
      ...this.#settings,
      confirmTimeoutMs: CONFIRM_LIMIT_MS,
      log,
      now,
      onUdfald: (udfald) => this.#receive(udfald),
    });
  }

  async stop(): Promise<void> {
    for (const same of this.#waiting.values()) for (const one of same) one.giveUp('adapteren blev stoppet');
    await this.#client?.close();
  }

  async health(): Promise<string | undefined> {
    const client = this.#client;
    if (client?.isReady() !== true) return 'der er ingen forbindelse til RabbitMQ, eller den er blokeret';
    const { now } = this.#ports;
    if (this.#known === undefined || now() - this.#known.at >= FRESH_MS) {
      this.#known = { problem: await readerProblem(client), at: now() };
    }
    return this.#known.problem;
  }

  async execute(command: Command, context: ExecuteContext): Promise<Udfald> {
    const known = this.#late.take(command.noegle);
    if (known !== undefined) return known;
    const remainingMs = Math.floor(context.deadline - this.#ports.now());
    if (context.signal.aborted || remainingMs <= 0) {
      throw new IkkeUdfoert('fristen var overskredet, før kommandoen blev sendt', { forbigaaende: true });
    }
    const client = this.#client;
    if (client?.isReady() !== true) {
      throw new IkkeUdfoert('der er ingen forbindelse til RabbitMQ', { forbigaaende: true });
    }
    const body = Buffer.from(written(command));
    const kommandoId = randomUUID();
    const waiting = this.#waitFor(command.noegle, kommandoId, context.signal, remainingMs);
    const { heard } = waiting;
    const { traceparent } = context;
    const message = { noegle: command.noegle, kommandoId, body, expirationMs: remainingMs };
    const sent = client.send(traceparent === undefined ? message : { ...message, traceparent });
    // Whichever comes first: the udfald may overtake the confirm of the command, and says more.
    const unsent = sent.then((outcome): Heard | Promise<Heard> => (outcome.art === 'confirmed' ? heard : outcome));
    try {
      return udfaldOf(await Promise.race([heard, unsent]));
    } finally {
      // What comes from now on is late, also where it was not the time that was up.
      waiting.end();
    }
  }

  /** `heard` rejects when the time is up, or when the adapter no longer wants to know. */
  #waitFor(noegle: IdempotencyKey, kommandoId: string, signal: AbortSignal, limitMs: number) {
    const { promise: heard, resolve, reject } = Promise.withResolvers<UdfaldBesked>();
    const giveUp = (aarsag: string): void => reject(new Error(aarsag));
    const waiting: Waiting = { kommandoId, resolve, giveUp };
    const same = this.#waiting.get(noegle) ?? new Set();
    this.#waiting.set(noegle, same.add(waiting));
    const late = (): void => giveUp(`intet udfald inden ${limitMs} ms`);
    const timer = setTimeout(late, limitMs);
    signal.addEventListener('abort', late, { once: true });
    // Where sending it fails first, nobody looks at this any more.
    heard.catch(() => undefined);
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', late);
      same.delete(waiting);
      if (same.size === 0) this.#waiting.delete(noegle);
    };
    return { heard, end };
  }

  #receive({ noegle, kommandoId, body }: UdfaldMessage): void {
    const besked = this.#read(body);
    if (besked === undefined || besked.art === 'aldrigSet') return;
    const waiting = [...(this.#waiting.get(noegle) ?? [])];
    if (besked.art === 'ikkeUdfoert') {
      // True of the sending that it answers, and of no other: an earlier or a later one may be carried out yet.
      for (const one of waiting) if (one.kommandoId === kommandoId) one.resolve(besked);
      return;
    }
    for (const one of waiting) one.resolve(besked);
    if (waiting.length === 0) this.#late.add(noegle, besked, body.length);
  }

  /** What can't be read is nothing: the outcome stays unknown, and the adapter's flow puts it into the fejlkø. */
  #read(body: Uint8Array): UdfaldBesked | undefined {
    try {
      return readUdfald(body);
    } catch (error) {
      this.#ports.log('amqp.udfald-unreadable', {
        problem: error instanceof WireProblem ? error.message : 'ukendt fejl',
      });
      return undefined;
    }
  }
}

/** Commands that nobody takes are asked again for as long as the ledger does: operations must see that nobody does. */
async function readerProblem(client: KommandoClient): Promise<string | undefined> {
  try {
    const readers = await client.countReaders(ASK_LIMIT_MS);
    if (readers === undefined) return 'debitorsystemets kø findes ikke i RabbitMQ';
    return readers > 0
      ? undefined
      : 'ingen læser debitorsystemets kø: det kører ikke, eller er ikke logget på RabbitMQ';
  } catch {
    return `RabbitMQ sagde ikke inden ${ASK_LIMIT_MS} ms, om nogen læser debitorsystemets kø`;
  }
}

/** @throws IkkeUdfoert where the command can't be written: asking again would not help. */
function written(command: Command): string {
  try {
    return writeCommand(command);
  } catch (error) {
    if (!(error instanceof WireProblem)) throw error;
    throw new IkkeUdfoert(`kommandoen overholder ikke command.schema.json: ${error.message}`, { forbigaaende: false });
  }
}

type Heard =
  | UdfaldBesked
  | { readonly art: 'returned' }
  | { readonly art: 'unknown'; readonly aarsag: string }
  | { readonly art: 'confirmed' };

/** @throws IkkeUdfoert where nothing was carried out for certain, Error where that is not known. */
function udfaldOf(heard: Heard): Udfald {
  switch (heard.art) {
    case 'udfoert':
    case 'accepteretTilSenere':
    case 'afvist':
      return heard;
    case 'ikkeUdfoert':
      throw new IkkeUdfoert(heard.aarsag ?? 'debitorsystemet har ikke udført kommandoen', {
        forbigaaende: heard.forbigaaende,
      });
    case 'returned':
      throw new IkkeUdfoert('debitorsystemets kø findes ikke i RabbitMQ', { forbigaaende: true });
    case 'unknown':
      throw new Error(`kommandoen er måske ikke sendt: ${heard.aarsag}`);
    default:
      throw new Error(`debitorsystemet svarede ${heard.art}`);
  }
}
