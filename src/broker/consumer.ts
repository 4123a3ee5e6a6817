/**
 * Consumes one queue, on a channel of its own: deliveries in order, acks of a contiguous prefix, pause and resume.
 *
 * It keeps no message: what is delivered and not acked is the broker's, which delivers it again on the next channel. It
 * never requeues a single message, and never judges one.
 *
 *      ┌────────────── resume ───────────────┐
 *      ▼                                     │
 *   consuming ── pause (basic.cancel) ──▶ paused
 *      │  ▲                                  │
 *      │  └── new channel, not paused ──┐    │
 *      └── channel lost, handBack, ──▶ no channel ◀── the same
 *          cancelled by the broker
 */
import type { Channel, ConsumeMessage } from 'amqplib';
import type { Consumer, Delivery, DeliveryProperties, OnDelivery, QueueKind } from './delivery.ts';
import { ANSWER_LIMIT_MS, KeptChannel } from './kept-channel.ts';
import type { Link } from './link.ts';
import { queueName } from './topology.ts';
import { TimeLimitExceeded, within } from './within.ts';

export interface ConsumerOptions {
  /** Unacked deliveries that the broker hands out at a time; from 1 to 65,535. After a resume it can be up to twice as many. */
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
}

/** Who waits for the first attempt to consume. */
interface Started {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

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
  /** Where each delivery came from. An ack is bound to the channel that delivered (spec 2, rule 3). */
  readonly #origins = new WeakMap<Delivery, { readonly generation: Generation; readonly message: ConsumeMessage }>();
  #generation: Generation | undefined;
  #adjusting = false;
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
        this.#generation = { channel, consumerTag: undefined, lastDelivered: 0, lastAcked: 0 };
        this.#adjust();
      },
      onLost: () => {
        this.#generation = undefined;
      },
    });
  }

  ackThrough(delivery: Delivery): void {
    const origin = this.#origins.get(delivery);
    const generation = this.#generation;
    if (origin === undefined || origin.generation !== generation) {
      return;
    }
    const tag = origin.message.fields.deliveryTag;
    if (tag <= generation.lastAcked) {
      // Acked already. A second ack is an error that would close the channel and give everything back.
      return;
    }
    try {
      generation.channel.ack(origin.message, true);
      generation.lastAcked = tag;
    } catch {
      // The channel is closing: its `close` event says so, and the broker delivers again.
      return;
    }
    if (generation.consumerTag === undefined) {
      // A resume may be waiting for acks.
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
   * The first step waits for the end of the caller's turn: pause and handBack together then close the channel without a
   * cancel before it. A cancel would let another adapter's consumer take over while these deliveries are still out.
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
        return;
      }
      try {
        await within(step, ANSWER_LIMIT_MS, `RabbitMQs svar om ${queueName(this.#queue)}`);
      } catch (error) {
        this.#stepFailed(generation, error);
      }
    }
  }

  #nextStep(generation: Generation): Promise<void> | undefined {
    const wanted = this.#pausedFor.size === 0 && !this.#stopped;
    if (!wanted) {
      return generation.consumerTag === undefined ? undefined : this.#cancel(generation, generation.consumerTag);
    }
    // Prefetch counts per consumer, not what an earlier one on this channel left unacked: without this bound every pause
    // and resume could add another prefetch of deliveries.
    const outstanding = generation.lastDelivered - generation.lastAcked;
    return generation.consumerTag === undefined && outstanding <= this.#options.prefetch
      ? this.#consume(generation)
      : undefined;
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
    // Deliveries that are on their way arrive before the broker's answer, and are passed on as usual.
    await generation.channel.cancel(consumerTag);
    generation.consumerTag = undefined;
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
    const delivery: Delivery = {
      queue: this.#queue,
      exchange,
      routingKey,
      redelivered,
      body: message.content,
      properties: propertiesOf(message),
    };
    this.#origins.set(delivery, { generation, message });
    try {
      this.#options.onDelivery(delivery);
    } catch (error) {
      this.#link.log('broker.listener-threw', { queue: queueName(this.#queue), aarsag: String(error) });
    }
  }
}
