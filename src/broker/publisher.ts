/**
 * Publishes answers so that the outcome is known: mandatory, persistent, confirmed, and told apart from a return. Many are
 * in flight at a time.
 *
 * A confirm is not a route: RabbitMQ confirms what it could not route too, and returns it first (spec 2, rule 1).
 * It retries nothing: an outcome that is not `confirmed` is the ledger's to try again.
 */
import { type ConfirmChannel, IllegalOperationError, type Message, type Options } from 'amqplib';
import { KeptChannel } from './kept-channel.ts';
import type { Link } from './link.ts';
import type { Publication, Publisher, PublishOutcome } from './publication.ts';

export interface PublisherOptions {
  /** Publications that may wait for their confirm at a time. */
  readonly maxUnconfirmed: number;
  /** From the call until its outcome is given up as unknown, in milliseconds. */
  readonly confirmTimeoutMs: number;
  /** Who publishes, where that is not the adapter. RabbitMQ checks it against the connection's user. */
  readonly userId?: string;
  /** AMQP's app_id; `debitor-adapter` where left out. */
  readonly appId?: string;
}

/** Beside their number, for each publisher: what is in flight is held in memory here and in the socket. */
const MAX_UNCONFIRMED_BYTES = 64 * 1024 * 1024;
/** A shortstr in AMQP. */
const CORRELATION_ID_MAX_BYTES = 255;
/** For so long after a loss a publication waits for the next channel; then it is told at once that there is none. */
const PATIENCE_MS = 1_000;

interface Pending {
  readonly publication: Publication;
  readonly body: Buffer;
  /** As it is sent. */
  readonly correlationId: string | undefined;
  readonly resolve: (outcome: PublishOutcome) => void;
  readonly timer: NodeJS.Timeout;
  returned: boolean;
}

function unknownOutcome(aarsag: string): PublishOutcome {
  return { art: 'unknown', aarsag };
}

function sendableCorrelationId(correlationId: string | undefined): string | undefined {
  const sendable = correlationId !== undefined && Buffer.byteLength(correlationId, 'utf8') <= CORRELATION_ID_MAX_BYTES;
  return sendable ? correlationId : undefined;
}

/** The adapter's own publications bear no user_id: a foreign one closes the channel (spec 2, rule 7). */
function propertiesFor({ publication, correlationId }: Pending, { userId, appId }: PublisherOptions): Options.Publish {
  return {
    mandatory: true,
    persistent: true,
    contentType: publication.type.endsWith('.json') ? 'application/json' : 'application/xml',
    contentEncoding: 'utf-8',
    appId: appId ?? 'debitor-adapter',
    type: publication.type,
    messageId: publication.messageId,
    headers: publication.headers,
    ...(publication.expirationMs === undefined ? {} : { expiration: String(publication.expirationMs) }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(userId === undefined ? {} : { userId }),
  };
}

export class ConfirmingPublisher implements Publisher {
  readonly #link: Link;
  readonly #options: PublisherOptions;
  readonly #kept: KeptChannel<ConfirmChannel>;
  /** Sent and not settled, in the order of sending. */
  readonly #unconfirmed = new Set<Pending>();
  #unconfirmedBytes = 0;
  /** Not sent yet, in the order of the calls. */
  readonly #waiting = new Set<Pending>();
  #patience: NodeJS.Timeout | undefined;
  #impatient = false;
  #stopped = false;

  constructor(link: Link, options: PublisherOptions) {
    this.#link = link;
    this.#options = options;
    this.#kept = new KeptChannel<ConfirmChannel>(link, {
      name: 'publisher',
      open: (model) => model.createConfirmChannel(),
      onOpened: (channel) => this.#opened(channel),
      onLost: (_channel, aarsag) => this.#lost(aarsag),
    });
    this.#startPatience();
  }

  publish(publication: Publication): Promise<PublishOutcome> {
    if (this.#stopped || this.#impatient) {
      return Promise.resolve(
        unknownOutcome(this.#stopped ? 'adapteren lukker' : 'der er ingen forbindelse til RabbitMQ'),
      );
    }
    return new Promise((resolve) => {
      const { body } = publication;
      const pending: Pending = {
        publication,
        body: Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength),
        correlationId: sendableCorrelationId(publication.correlationId),
        resolve,
        timer: setTimeout(() => this.#expire(pending), this.#options.confirmTimeoutMs),
        returned: false,
      };
      this.#waiting.add(pending);
      this.#sendWaiting();
    });
  }

  /** To be called when the broker takes publications again. */
  unblocked(): void {
    this.#sendWaiting();
  }

  /** What is not settled becomes unknown at once. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#patience);
    this.#settleAll([...this.#waiting, ...this.#unconfirmed], 'adapteren lukker');
    await this.#kept.stop();
  }

  #opened(channel: ConfirmChannel): void {
    clearTimeout(this.#patience);
    this.#impatient = false;
    channel.on('return', (message) => this.#returned(message));
    this.#sendWaiting();
  }

  #lost(aarsag: string): void {
    this.#settleAll([...this.#unconfirmed], aarsag);
    this.#startPatience();
  }

  #startPatience(): void {
    clearTimeout(this.#patience);
    if (!this.#stopped) {
      this.#patience = setTimeout(() => {
        this.#impatient = true;
        this.#settleAll([...this.#waiting], 'der er ingen forbindelse til RabbitMQ');
      }, PATIENCE_MS);
    }
  }

  #hasRoomFor(pending: Pending): boolean {
    return (
      this.#unconfirmed.size === 0 ||
      (this.#unconfirmed.size < this.#options.maxUnconfirmed &&
        this.#unconfirmedBytes + pending.body.length <= MAX_UNCONFIRMED_BYTES)
    );
  }

  #sendWaiting(): void {
    for (const pending of this.#waiting) {
      const channel = this.#kept.channel;
      // A blocked broker would leave it in the socket, where it might be published long after it was given up.
      if (channel === undefined || this.#link.blocked || !this.#hasRoomFor(pending)) {
        return;
      }
      if (!this.#send(channel, pending)) {
        return;
      }
    }
  }

  /** @returns false where the channel takes nothing any more; the publication keeps its place then. */
  #send(channel: ConfirmChannel, pending: Pending): boolean {
    const { exchange, routingKey } = pending.publication;
    try {
      channel.publish(exchange, routingKey, pending.body, propertiesFor(pending, this.#options), (error: unknown) =>
        this.#confirmed(pending, error),
      );
    } catch (error) {
      if (error instanceof IllegalOperationError) {
        return false;
      }
      // It can't be written in AMQP (a header over the limit); nothing was sent.
      this.#settle(pending, unknownOutcome(String(error)));
      return true;
    }
    this.#waiting.delete(pending);
    this.#unconfirmed.add(pending);
    this.#unconfirmedBytes += pending.body.length;
    return true;
  }

  /**
   * RabbitMQ sends a return before the confirm of the same publication, but without its number. The oldest one in flight
   * that looks the same is taken: those that can't be told apart are the same answer to the same receiver under the same
   * ids, so which of them is called returned makes no difference, and their count is right.
   */
  #returned(message: Message): void {
    const { exchange, routingKey } = message.fields;
    const { messageId, correlationId } = message.properties;
    for (const pending of this.#unconfirmed) {
      const { publication } = pending;
      if (
        !pending.returned &&
        publication.messageId === messageId &&
        pending.correlationId === correlationId &&
        publication.routingKey === routingKey &&
        publication.exchange === exchange
      ) {
        pending.returned = true;
        return;
      }
    }
  }

  #confirmed(pending: Pending, error: unknown): void {
    if (error === null || error === undefined) {
      this.#settle(pending, { art: pending.returned ? 'returned' : 'confirmed' });
      this.#sendWaiting();
      return;
    }
    // A nack, or the channel is closing; in the latter case the channel's own reason, which says more, comes in this turn.
    queueMicrotask(() => {
      this.#settle(pending, unknownOutcome(`ikke bekræftet: ${String(error)}`));
      this.#sendWaiting();
    });
  }

  #expire(pending: Pending): void {
    const sent = this.#unconfirmed.has(pending);
    const { blocked } = this.#link;
    this.#settle(
      pending,
      unknownOutcome(blocked ? 'RabbitMQ tager ikke imod nu (blokeret)' : 'ingen bekræftelse i tide'),
    );
    const channel = this.#kept.channel;
    if (sent && !blocked && channel !== undefined) {
      // A confirm that does not come in time is a channel that can't be trusted. While blocked, it is the broker's choice.
      void this.#kept.discard(channel, 'ingen bekræftelse i tide');
    }
  }

  #settleAll(pendings: readonly Pending[], aarsag: string): void {
    for (const pending of pendings) {
      this.#settle(pending, unknownOutcome(aarsag));
    }
  }

  /** Only the first outcome counts. */
  #settle(pending: Pending, outcome: PublishOutcome): void {
    clearTimeout(pending.timer);
    this.#waiting.delete(pending);
    if (this.#unconfirmed.delete(pending)) {
      this.#unconfirmedBytes -= pending.body.length;
    }
    pending.resolve(outcome);
  }
}
