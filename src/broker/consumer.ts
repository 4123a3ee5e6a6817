/**
 * Consumes one queue, on a channel of its own: deliveries in order, acks of a contiguous prefix, pause and resume.
 *
 * It keeps no message: what is delivered and not acked is the broker's, which delivers it again on the next channel. It
 * never requeues a single message, and never judges one.
 *
 *      ┌────────────── resume ───────────────┐
 *      ▼                                     │
 *   consuming ── pause, all recorded ──▶ paused
 *      │  ▲                                  │
 *      │  └── new channel, not paused ──┐    │
 *      └── channel lost, handBack, ──▶ no channel ◀── the same
 *          cancelled by the broker
 *
 * A pause never leaves deliveries out here that are not recorded, while another adapter's consumer takes over: that one
 * would record what is behind them first. So acks are held back at a pause, which bounds what still comes by the prefetch;
 * once all of it is recorded, or patience is over, intake ends. See {@link QueueConsumer} `#leave`.
 */
import type { Channel, ConsumeMessage } from 'amqplib';
import type { Consumer, Delivery, DeliveryProperties, OnDelivery, QueueKind } from './delivery.ts';
import { ANSWER_LIMIT_MS, KeptChannel } from './kept-channel.ts';
import type { Link } from './link.ts';
import { queueName } from './topology.ts';
import { TimeLimitExceeded, within } from './within.ts';

export interface ConsumerOptions {
  /** Unacked deliveries that the broker hands out at a time; from 1 to 65,535. */
  readonly prefetch: number;
  readonly onDelivery: OnDelivery;
}

/** One channel's life. Tags count from 1 on every channel, so a tag means nothing without the channel it came on. */
interface Generation {
  readonly channel: Channel;
  /** The consumer on this channel, while it consumes. */
  consumerTag: string | undefined;
  lastDelivered: number;
  lastAcked: number;
  /** The latest that may be acked: all up to it is recorded. */
  recorded: ConsumeMessage | undefined;
  /** Runs while a pause waits for what was delivered to be recorded. */
  patience: NodeJS.Timeout | undefined;
  impatient: boolean;
}

/** Remembers where it came from: an ack is bound to the channel that delivered (spec 2, rule 3). */
interface Consumed extends Delivery {
  readonly generation: Generation;
  readonly message: ConsumeMessage;
}

function isConsumed(delivery: Delivery): delivery is Consumed {
  return 'generation' in delivery;
}

/** Who waits for the first attempt to consume. */
interface Started {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** For so long a pause waits for what was delivered to be recorded; then it is given back. */
const PATIENCE_MS = 2_000;

/** A shortstr holds so much; a header longer than that is no property that we know. */
const PROPERTY_MAX_LENGTH = 255;

/** W3C Trace Context; any other text is not passed on. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const DEATH_REASONS: ReadonlySet<string> = new Set(['rejected', 'expired', 'maxlen', 'delivery_limit']);

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function tagOf(message: ConsumeMessage | undefined): number {
  return message?.fields.deliveryTag ?? 0;
}

/** Takes what it understands; a property of another type or length is left out, since anyone may send anything. */
export function propertiesOf({ properties }: Pick<ConsumeMessage, 'properties'>): DeliveryProperties {
  const found: { -readonly [Name in keyof DeliveryProperties]: DeliveryProperties[Name] } = {};
  const take = (name: keyof DeliveryProperties, value: unknown): void => {
    if (typeof value === 'string' && value !== '' && value.length <= PROPERTY_MAX_LENGTH) {
      found[name] = value;
    }
  };
  take('messageId', properties.messageId);
  take('correlationId', properties.correlationId);
  take('userId', properties.userId);
  take('contentType', properties.contentType);
  const traceparent = field(properties.headers, 'traceparent');
  if (typeof traceparent === 'string' && TRACEPARENT.test(traceparent)) take('traceparent', traceparent);
  const deaths = field(properties.headers, 'x-death');
  const latestDeath: unknown = Array.isArray(deaths) ? deaths[0] : undefined;
  // Anyone may send this header too: only RabbitMQ's own words are taken from it.
  const reason = field(latestDeath, 'reason');
  if (typeof reason === 'string' && DEATH_REASONS.has(reason)) {
    take('deathReason', reason);
    take('deathQueue', field(latestDeath, 'queue'));
  }
  return found;
}

export class QueueConsumer implements Consumer {
  readonly #queue: QueueKind;
  readonly #options: ConsumerOptions;
  readonly #link: Link;
  readonly #kept: KeptChannel<Channel>;
  readonly #pausedFor = new Set<string>();
  #generation: Generation | undefined;
  #adjusting = false;
  /** Who waits until the consumer on the channel is in line with what is wanted. */
  #adjusted: (() => void)[] = [];
  #stopped = false;
  #started: Started | undefined;
  /**
   * Deliveries that came together with the broker's answer to the very first consume, before the caller of `start` has got
   * the consumer that it needs for acking them. At most a prefetch; undefined once they are passed on.
   */
  #early: { readonly generation: Generation; readonly message: ConsumeMessage }[] | undefined = [];

  /** Resolves when it consumes. @throws where the first attempt fails (no such queue, no permission). */
  static async start(link: Link, queue: QueueKind, options: ConsumerOptions): Promise<QueueConsumer> {
    if (!Number.isInteger(options.prefetch) || options.prefetch < 1 || options.prefetch > 65_535) {
      throw new RangeError('prefetch skal være et helt tal fra 1 til 65.535');
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const consumer = new QueueConsumer(link, queue, options, { resolve, reject });
    try {
      await within(promise, 2 * ANSWER_LIMIT_MS, `Forbruget af ${queueName(queue)}`);
      return consumer;
    } catch (error) {
      await consumer.stop();
      throw error;
    }
  }

  private constructor(link: Link, queue: QueueKind, options: ConsumerOptions, started: Started) {
    this.#link = link;
    this.#queue = queue;
    this.#options = options;
    this.#started = started;
    this.#kept = new KeptChannel<Channel>(link, {
      name: queueName(queue),
      open: async (model) => {
        const channel = await model.createChannel();
        // An error that nobody listens to would cost the whole connection.
        channel.on('error', () => {});
        await channel.prefetch(options.prefetch);
        return channel;
      },
      onOpened: (channel) => {
        this.#generation = {
          channel,
          consumerTag: undefined,
          lastDelivered: 0,
          lastAcked: 0,
          recorded: undefined,
          patience: undefined,
          impatient: false,
        };
        this.#adjust();
      },
      onLost: () => {
        clearTimeout(this.#generation?.patience);
        this.#generation = undefined;
        // Whoever waits for it to be quiet need not any more.
        this.#adjust();
      },
    });
  }

  ackThrough(delivery: Delivery): void {
    const generation = this.#generation;
    if (!isConsumed(delivery) || delivery.generation !== generation) {
      return;
    }
    if (delivery.message.fields.deliveryTag <= tagOf(generation.recorded)) {
      return;
    }
    generation.recorded = delivery.message;
    if (this.#isWanted || generation.consumerTag === undefined) {
      this.#ackRecorded(generation);
    } else {
      // Held back; it may have been the last that the pause waits for.
      this.#adjust();
    }
  }

  pause(reason: string): void {
    this.#pausedFor.add(reason);
    this.#adjust();
  }

  resume(reason: string): void {
    if (this.#pausedFor.delete(reason)) {
      this.#adjust();
    }
  }

  quiet(): Promise<void> {
    return new Promise((resolve) => {
      this.#adjusted.push(resolve);
      this.#adjust();
    });
  }

  async handBack(): Promise<void> {
    const generation = this.#generation;
    if (generation !== undefined) {
      await this.#kept.discard(generation.channel, 'leveringerne gives tilbage');
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#kept.stop();
  }

  /**
   * Brings the consumer on the channel in line with what is wanted, one step at a time.
   * The first step waits for the end of the caller's turn: pause and handBack together then close the channel at once.
   */
  #adjust(): void {
    if (!this.#adjusting) {
      this.#adjusting = true;
      queueMicrotask(() => void this.#adjustUntilDone());
    }
  }

  async #adjustUntilDone(): Promise<void> {
    for (;;) {
      const generation = this.#generation;
      const step = generation === undefined ? undefined : this.#nextStep(generation);
      if (generation === undefined || step === undefined) {
        this.#adjusting = false;
        if (generation?.patience !== undefined) return;
        for (const wake of this.#adjusted.splice(0)) wake();
        return;
      }
      try {
        await within(step, ANSWER_LIMIT_MS, `RabbitMQs svar om ${queueName(this.#queue)}`);
      } catch (error) {
        this.#stepFailed(generation, error);
      }
    }
  }

  get #isWanted(): boolean {
    return this.#pausedFor.size === 0 && !this.#stopped;
  }

  #nextStep(generation: Generation): Promise<void> | undefined {
    if (!this.#isWanted) {
      return generation.consumerTag === undefined ? undefined : this.#leave(generation, generation.consumerTag);
    }
    // What a pause has held back, where there was one that ended before it took effect.
    clearTimeout(generation.patience);
    generation.patience = undefined;
    this.#ackRecorded(generation);
    return generation.consumerTag === undefined ? this.#consume(generation) : undefined;
  }

  /**
   * Ends intake once all that was delivered is recorded, or when that takes too long; until then there is nothing to do.
   *
   * With a full window nothing can be on its way, so cancelling lets nobody overtake anything. Otherwise the broker may be
   * delivering just now, and what it delivers before it hears of a cancel would stay here while another adapter is given
   * what comes after: then the channel is closed, and what was not acked is the first that the next consumer gets.
   */
  #leave(generation: Generation, consumerTag: string): Promise<void> | undefined {
    const allRecorded = tagOf(generation.recorded) === generation.lastDelivered;
    if (!allRecorded && !generation.impatient) {
      generation.patience ??= setTimeout(() => {
        generation.impatient = true;
        this.#adjust();
      }, PATIENCE_MS);
      return undefined;
    }
    clearTimeout(generation.patience);
    generation.patience = undefined;
    const isFull = generation.lastDelivered - generation.lastAcked >= this.#options.prefetch;
    return allRecorded && isFull ? this.#cancel(generation, consumerTag) : this.#closeChannel(generation);
  }

  #ackRecorded(generation: Generation): void {
    const { channel, recorded } = generation;
    // A second ack is an error that would close the channel and give everything back.
    if (recorded === undefined || tagOf(recorded) <= generation.lastAcked) {
      return;
    }
    try {
      channel.ack(recorded, true);
      generation.lastAcked = tagOf(recorded);
    } catch {
      // The channel is closing: its `close` event says so, and the broker delivers again.
    }
  }

  async #consume(generation: Generation): Promise<void> {
    const { consumerTag } = await generation.channel.consume(
      queueName(this.#queue),
      (message) => this.#receive(generation, message),
      { noAck: false },
    );
    generation.consumerTag = consumerTag;
    this.#link.log('broker.consuming', { queue: queueName(this.#queue) });
    if (this.#started !== undefined) {
      this.#started.resolve();
      this.#started = undefined;
      // Promises go before it: the caller has its consumer then.
      setImmediate(() => this.#passOnEarly());
    }
  }

  async #cancel(generation: Generation, consumerTag: string): Promise<void> {
    await generation.channel.cancel(consumerTag);
    generation.consumerTag = undefined;
    this.#ackRecorded(generation);
    this.#link.log('broker.consumer-paused', { queue: queueName(this.#queue) });
  }

  async #closeChannel(generation: Generation): Promise<void> {
    this.#ackRecorded(generation);
    await this.#kept.discard(generation.channel, 'modtagelsen holder pause', 'orderly');
    this.#link.log('broker.consumer-paused', { queue: queueName(this.#queue) });
  }

  #stepFailed(generation: Generation, error: unknown): void {
    if (error instanceof TimeLimitExceeded) {
      this.#kept.sever(generation.channel, error.message);
    }
    // Does nothing where the channel is gone already, as it is when the broker has refused.
    void this.#kept.discard(generation.channel, String(error));
    this.#started?.reject(error);
    this.#started = undefined;
  }

  #receive(generation: Generation, message: ConsumeMessage | null): void {
    if (generation !== this.#generation) {
      return;
    }
    if (message === null) {
      // The broker has cancelled the consumer: the queue was deleted or has lost its leader, or (4.3) a delivery was out for
      // too long. What was delivered may be back in the queue, so the whole channel starts afresh.
      this.#link.log('broker.consumer-cancelled', { queue: queueName(this.#queue) });
      void this.#kept.discard(generation.channel, 'RabbitMQ afbrød forbruget');
      return;
    }
    generation.lastDelivered = message.fields.deliveryTag;
    if (this.#early === undefined) {
      this.#passOn(generation, message);
    } else {
      this.#early.push({ generation, message });
    }
  }

  #passOnEarly(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const { generation, message } of early) {
      if (generation === this.#generation) {
        this.#passOn(generation, message);
      }
    }
  }

  #passOn(generation: Generation, message: ConsumeMessage): void {
    const { exchange, routingKey, redelivered } = message.fields;
    const delivery: Consumed = {
      queue: this.#queue,
      exchange,
      routingKey,
      redelivered,
      body: message.content,
      properties: propertiesOf(message),
      generation,
      message,
    };
    try {
      this.#options.onDelivery(delivery);
    } catch (error) {
      this.#link.log('broker.listener-threw', { queue: queueName(this.#queue), aarsag: String(error) });
    }
  }
}
