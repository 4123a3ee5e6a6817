/**
 * Reads a party's own queue of answers for as long as its link lives. Every answer is acknowledged by itself, whenever its
 * receiver is done with it; what is not, RabbitMQ delivers again, on the next channel or to the next process.
 *
 * It judges no answer and keeps none. The adapter's own queues are `consumer.ts`'s.
 */
import type { Channel, ConsumeMessage } from 'amqplib';
import { ANSWER_LIMIT_MS, KeptChannel } from './kept-channel.ts';
import type { Link } from './link.ts';
import { answerOf, type PartyAnswer } from './party-client.ts';
import { TimeLimitExceeded, within } from './within.ts';

/** One delivery of an answer. Both methods do nothing once the channel that it came on is gone, or a second time. */
export interface AnswerDelivery {
  readonly answer: PartyAnswer;
  /** Whether the channel that it came on is still there; else the answer is delivered again. */
  readonly isLive: boolean;
  /** It is gone from the queue. */
  ack(): void;
  /** It goes to the fejlkø: nobody can use it. */
  refuse(): void;
}

export interface AnswerConsumerOptions {
  readonly queue: string;
  /** Unacknowledged answers that the broker hands out at a time; from 1 to 65,535. */
  readonly prefetch: number;
  /** Called in the order of the queue. Must not throw. */
  readonly onAnswer: (delivery: AnswerDelivery) => void;
}

export class AnswerConsumer {
  readonly #link: Link;
  readonly #options: AnswerConsumerOptions;
  readonly #kept: KeptChannel<Channel>;
  readonly #started = Promise.withResolvers<void>();

  /** Resolves when it consumes. @throws where the first attempt fails (no such queue, no permission). */
  static async start(link: Link, options: AnswerConsumerOptions): Promise<AnswerConsumer> {
    const consumer = new AnswerConsumer(link, options);
    try {
      await within(consumer.#started.promise, 2 * ANSWER_LIMIT_MS, `Læsningen af ${options.queue}`);
      return consumer;
    } catch (error) {
      await consumer.stop();
      throw error;
    }
  }

  private constructor(link: Link, options: AnswerConsumerOptions) {
    this.#link = link;
    this.#options = options;
    this.#kept = new KeptChannel<Channel>(link, {
      name: options.queue,
      open: async (model) => {
        const channel = await model.createChannel();
        // An error that nobody listens to would cost the whole connection.
        channel.on('error', () => {});
        await channel.prefetch(options.prefetch);
        return channel;
      },
      onOpened: (channel) => void this.#consume(channel),
      onLost: () => {},
    });
  }

  /** Answers that are not acknowledged are back in the queue, in their places, when it resolves. */
  async stop(): Promise<void> {
    await this.#kept.stop();
  }

  async #consume(channel: Channel): Promise<void> {
    const { queue } = this.#options;
    try {
      const consuming = channel.consume(queue, (message) => this.#receive(channel, message), { noAck: false });
      await within(consuming, ANSWER_LIMIT_MS, `RabbitMQs svar om ${queue}`);
      this.#started.resolve();
    } catch (error) {
      if (error instanceof TimeLimitExceeded) this.#kept.sever(channel, error.message);
      void this.#kept.discard(channel, String(error));
      this.#started.reject(error);
    }
  }

  #receive(channel: Channel, message: ConsumeMessage | null): void {
    if (message === null) {
      this.#link.log('broker.consumer-cancelled', { queue: this.#options.queue });
      void this.#kept.discard(channel, 'RabbitMQ afbrød læsningen');
      return;
    }
    let settled = false;
    const settle = (how: () => void): void => {
      if (settled || this.#kept.channel !== channel) return;
      settled = true;
      try {
        how();
      } catch {
        // The channel is closing: the broker delivers the answer again.
      }
    };
    const kept = this.#kept;
    this.#options.onAnswer({
      answer: answerOf(message),
      get isLive() {
        return kept.channel === channel;
      },
      ack: () => settle(() => channel.ack(message)),
      refuse: () => settle(() => channel.reject(message, false)),
    });
  }
}
