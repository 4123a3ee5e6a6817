/**
 * A fagsystem's client for Node: sends anmodninger and cash payments, and brings kvitteringer and svar. What it is for:
 *
 *   const client = await openFagsystemClient({ url, afsender, modtager });
 *   client.onSvar(async (svar) => { … store it … });
 *   const anmodning = await client.send({ handlingstype: 'HENSTAND', handling: …, parametre: … });
 *   const kvittering = await anmodning.kvittering();
 *
 * It publishes persistent, mandatory and confirmed, comes back after a lost connection, and sends what was not confirmed
 * again under the same ids. It keeps nothing on disk: what must survive the process is stored by its user, before `send`
 * (the anmodningIdentifikator) and in the subscriptions (the answers).
 */
import { setTimeout as pause } from 'node:timers/promises';
import { AnswerConsumer } from '../broker/answer-consumer.ts';
import type { Publication } from '../broker/publication.ts';
import { ANMODNING_EXCHANGE, svarQueueName } from '../broker/topology.ts';
import { within } from '../broker/within.ts';
import { fejl } from '../errors.ts';
import type { DkaNamespaces } from '../oio/namespaces.ts';
import type { AnmodningKvittering, IndbetalingKvittering, Kvittering, Svar } from './answers.ts';
import { ClientClosed, InvalidAnmodning, NotConfirmed, NotRouted } from './faults.ts';
import { awaitAnswer, type Followed, Following } from './following.ts';
import { Inbox } from './inbox.ts';
import { type Lines, openLines } from './lines.ts';
import { nameAnmodning, nameIndbetaling, type Outgoing, writeAnmodning, writeIndbetaling } from './message.ts';
import { checkOptions, type FagsystemClientOptions, readableNamespaces } from './options.ts';
import type { Anmodning, KontantIndbetaling } from './values.ts';

export type { TlsOptions } from '../broker/link.ts';
export { BrokerUnreachable } from '../broker/unreachable.ts';
export type { Fejl } from '../domain/fejl.ts';
export { ConfigurationError } from '../errors.ts';
export type {
  AnmodningKvittering,
  FordringResultat,
  HandlingResultat,
  IndbetalingKvittering,
  Kvittering,
  Svar,
} from './answers.ts';
export {
  AnswerTimedOut,
  ClientClosed,
  InvalidAnmodning,
  NoSvarFollows,
  NotConfirmed,
  NotFollowed,
  NotRouted,
  TooManyUnderWay,
} from './faults.ts';
export type { Rute } from './message.ts';
export type { FagsystemClientOptions } from './options.ts';
export type { Problem } from './problem.ts';
export type {
  Anmodning,
  Beloeb,
  Handling,
  HandlingParametre,
  KontantIndbetaling,
  KontoMedFordringer,
} from './values.ts';

export interface WaitLimit {
  /** 60,000 where left out. The answer may still come after it: wait again, or send the same again. */
  readonly limitMs?: number;
}

/**
 * An anmodning that RabbitMQ has taken. Both waits see only what comes to this client: where several processes read the queue,
 * an answer comes to any one of them, and onKvittering and onSvar with a database in common are the way.
 */
export interface SendtAnmodning {
  readonly anmodningIdentifikator: string;
  readonly transaktionsId: string;
  /** Resolves with the kvittering, whatever its kode. @throws AnswerTimedOut, ClientClosed */
  kvittering(limit?: WaitLimit): Promise<AnmodningKvittering>;
  /**
   * Resolves with the svar that follows MODTAGET. A svar comes once: one that was taken before the anmodning was sent again
   * does not come again.
   * @throws NoSvarFollows, AnswerTimedOut, NotFollowed, ClientClosed
   */
  svar(limit?: WaitLimit): Promise<Svar>;
}

/** A cash payment that RabbitMQ has taken. */
export interface SendtIndbetaling {
  readonly transaktionsId: string;
  /** Resolves with the answer, whatever its kode. @throws AnswerTimedOut, ClientClosed */
  kvittering(limit?: WaitLimit): Promise<IndbetalingKvittering>;
}

export interface FagsystemClient {
  /**
   * Resolves when RabbitMQ has confirmed the message and a queue has it. Messages are in the order of the calls where each
   * is awaited before the next.
   * @throws InvalidAnmodning, NotRouted, NotConfirmed, TooManyUnderWay, ClientClosed
   */
  send(anmodning: Anmodning): Promise<SendtAnmodning>;
  /** The same for a cash payment. */
  sendIndbetaling(indbetaling: KontantIndbetaling): Promise<SendtIndbetaling>;
  /**
   * Takes every kvittering from now on, those to messages of an earlier life of the process too. It is acknowledged when the
   * subscription has resolved; where it throws, it is called again. A kvittering that came twice is passed on once, but after
   * a crash it can come again, so storing must be repeatable; the messageId is the same then. One subscription at a time.
   */
  onKvittering(subscription: (kvittering: Kvittering) => Promise<void> | void): void;
  /** The same for svar. Without it, a svar stays in the queue until somebody waits for it. */
  onSvar(subscription: (svar: Svar) => Promise<void> | void): void;
  /** Lets subscriptions end that are running, 5 seconds at most. What was not taken is back in the queue. */
  close(): Promise<void>;
}

const SEND_LIMIT_MS = 60_000;
const ANSWER_LIMIT_MS = 60_000;
const MAX_UNDER_WAY = 10_000;
const PREFETCH = 1_000;
const RESEND_AFTER_MS = 200;
const DRAIN_LIMIT_MS = 5_000;

class AmqpFagsystemClient implements FagsystemClient {
  readonly #options: FagsystemClientOptions;
  readonly #namespaces: DkaNamespaces;
  readonly #lines: Lines;
  readonly #following: Following;
  readonly #inbox: Inbox;
  readonly #closing = new AbortController();
  #consumer: AnswerConsumer | undefined;

  constructor(options: FagsystemClientOptions, namespaces: DkaNamespaces, lines: Lines) {
    this.#options = options;
    this.#namespaces = namespaces;
    this.#lines = lines;
    this.#following = new Following(options.maxUnderWay ?? MAX_UNDER_WAY);
    this.#inbox = new Inbox({
      dkaNamespaces: readableNamespaces(namespaces),
      following: this.#following,
      maxHeld: options.prefetch ?? PREFETCH,
      onProblem: (problem) => options.onProblem?.(problem),
    });
  }

  async consume(): Promise<void> {
    this.#consumer = await AnswerConsumer.start(this.#lines.consumeLink, {
      queue: svarQueueName(this.#lines.fagsystem),
      prefetch: this.#options.prefetch ?? PREFETCH,
      onAnswer: this.#inbox.receive,
    });
  }

  async send(anmodning: Anmodning): Promise<SendtAnmodning> {
    const named = nameAnmodning(anmodning);
    const outgoing = writeAnmodning(named, this.#options, this.#namespaces, Date.now());
    const followed = await this.#sendFollowed(outgoing, named);
    return {
      anmodningIdentifikator: outgoing.id,
      transaktionsId: named.transaktionsId,
      kvittering: async (limit) => {
        const kvittering = await this.#kvittering(followed, limit);
        if (kvittering.art !== 'debitorkonto') throw new TypeError('kvitteringen hører til en kontant indbetaling');
        return kvittering;
      },
      svar: (limit) => this.#svar(followed, limit),
    };
  }

  async sendIndbetaling(indbetaling: KontantIndbetaling): Promise<SendtIndbetaling> {
    const named = nameIndbetaling(indbetaling);
    const outgoing = writeIndbetaling(named, Date.now());
    const followed = await this.#sendFollowed(outgoing, named);
    return {
      transaktionsId: outgoing.id,
      kvittering: async (limit) => {
        const kvittering = await this.#kvittering(followed, limit);
        if (kvittering.art !== 'kontantindbetaling') throw new TypeError('kvitteringen hører til en anmodning');
        return kvittering;
      },
    };
  }

  onKvittering(subscription: (kvittering: Kvittering) => Promise<void> | void): void {
    this.#inbox.subscribeKvittering(subscription);
  }

  onSvar(subscription: (svar: Svar) => Promise<void> | void): void {
    this.#inbox.subscribeSvar(subscription);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#following.close();
    const { publisher, consumeLink, publishLink } = this.#lines;
    await within(this.#inbox.stop(), DRAIN_LIMIT_MS, 'Modtagelsen af svar').catch(() => undefined);
    await Promise.all([this.#consumer?.stop(), publisher.stop()]);
    await Promise.all([consumeLink.close(), publishLink.close()]);
  }

  async #sendFollowed(outgoing: Outgoing, values: Anmodning | KontantIndbetaling): Promise<Followed> {
    if (this.#closing.signal.aborted) throw new ClientClosed();
    const limitMs = this.#options.sendLimitMs ?? SEND_LIMIT_MS;
    const followed = await this.#following.follow(outgoing, limitMs);
    if (followed.content !== outgoing.content) {
      throw new InvalidAnmodning(fejl(outgoing.kind === 'debitorkonto' ? 'DA-104' : 'DA-110'));
    }
    try {
      await this.#publish(outgoing, values, limitMs);
    } catch (error) {
      if (error instanceof NotRouted) this.#following.forget(followed);
      throw error;
    }
    return followed;
  }

  /** Publishes until it is confirmed: the adapter recognises a repeat by its id, so one too many does no harm. */
  async #publish(outgoing: Outgoing, values: Anmodning | KontantIndbetaling, limitMs: number): Promise<void> {
    const { fagsystem, publisher } = this.#lines;
    const { signal } = this.#closing;
    const publication: Publication = {
      exchange: ANMODNING_EXCHANGE,
      routingKey: `${outgoing.kind}.${fagsystem}`,
      messageId: outgoing.messageId,
      correlationId: outgoing.correlationId,
      type: outgoing.type,
      body: outgoing.body,
      headers: outgoing.traceparent === undefined ? {} : { traceparent: outgoing.traceparent },
    };
    for (const until = Date.now() + limitMs; ; ) {
      const outcome = await publisher.publish(publication);
      if (outcome.art === 'confirmed') return;
      if (outcome.art === 'returned') throw new NotRouted();
      if (signal.aborted || Date.now() + RESEND_AFTER_MS >= until) throw new NotConfirmed(values, outcome.aarsag);
      await pause(RESEND_AFTER_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  #kvittering(followed: Followed, { limitMs = ANSWER_LIMIT_MS }: WaitLimit = {}): Promise<Kvittering> {
    const unclaimed = () => this.#inbox.unclaimed;
    return awaitAnswer(followed.kvittering.promise, { what: 'kvittering', limitMs, unclaimed });
  }

  async #svar(followed: Followed, { limitMs = ANSWER_LIMIT_MS }: WaitLimit = {}): Promise<Svar> {
    const unclaimed = () => this.#inbox.unclaimed;
    followed.svarWanted += 1;
    this.#inbox.svarWanted(followed.key);
    try {
      return await awaitAnswer(followed.svar.promise, { what: 'svar', limitMs, unclaimed });
    } finally {
      followed.svarWanted -= 1;
    }
  }
}

/**
 * Connects as a fagsystem and reads its queue.
 * @throws ConfigurationError; BrokerUnreachable; what RabbitMQ refused (no such queue: the adapter has not been started with
 * the fagsystem in its registry; no permission).
 */
export async function openFagsystemClient(options: FagsystemClientOptions): Promise<FagsystemClient> {
  const namespaces = checkOptions(options);
  const client = new AmqpFagsystemClient(
    options,
    namespaces,
    await openLines({ ...options, sendLimitMs: options.sendLimitMs ?? SEND_LIMIT_MS }),
  );
  try {
    await client.consume();
    return client;
  } catch (error) {
    await client.close();
    throw error;
  }
}
