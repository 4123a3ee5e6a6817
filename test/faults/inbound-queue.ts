/**
 * A queue of RabbitMQ in this process, as far as the port `broker/delivery.ts` tells of it: in order, unacked until acked,
 * and delivered again after the consumer is gone.
 */
import type { Consumer, Delivery, QueueKind } from '../../src/broker/delivery.ts';
import type { Message } from './traffic.ts';

const PREFETCH = 64;

/** A message in a queue: delivered and not acked, or not delivered yet. */
export interface Waiting {
  readonly message: Message;
  delivery: Delivery | undefined;
  redelivered: boolean;
}

/** One incarnation's consumer on a queue; the queue itself outlives it. */
export class InboundQueue implements Consumer {
  readonly #kind: QueueKind;
  readonly #onDelivery: (delivery: Delivery) => void;
  readonly #waiting: Waiting[];
  readonly #pausedFor = new Set<string>();
  #dead = false;

  constructor(kind: QueueKind, waiting: Waiting[], onDelivery: (delivery: Delivery) => void) {
    this.#kind = kind;
    this.#waiting = waiting;
    this.#onDelivery = onDelivery;
  }

  pump(): void {
    for (const one of this.#waiting.slice(0, PREFETCH)) {
      if (this.#dead || this.#pausedFor.size > 0) return;
      if (one.delivery !== undefined) continue;
      const { message, redelivered } = one;
      const { messageId, correlationId } = message;
      one.delivery = {
        queue: this.#kind,
        exchange: 'debitor.anmodning',
        routingKey: `${message.queue}.${message.fagsystem}`,
        redelivered,
        body: Buffer.from(message.body),
        properties: { messageId, correlationId, userId: message.fagsystem, contentType: 'application/xml' },
      };
      this.#onDelivery(one.delivery);
    }
  }

  ackThrough(delivery: Delivery): void {
    const index = this.#waiting.findIndex((one) => one.delivery === delivery);
    if (this.#dead || index === -1) return;
    this.#waiting.splice(0, index + 1);
    this.pump();
  }

  pause(reason: string): void {
    this.#pausedFor.add(reason);
  }

  async quiet(): Promise<void> {}

  resume(reason: string): void {
    this.#pausedFor.delete(reason);
    this.pump();
  }

  handBack(): Promise<void> {
    for (const one of this.#waiting) {
      if (one.delivery !== undefined) one.redelivered = true;
      one.delivery = undefined;
    }
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#dead = true;
    return this.handBack();
  }
}
