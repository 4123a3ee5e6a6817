/**
 * The flow's ports toward RabbitMQ, in this process: a queue that is consumed in order and acked, and a publisher whose
 * outcomes a test decides. The ledger and the backend beside them are real.
 */
import type { Consumer, Delivery, DeliveryProperties, OnDelivery, QueueKind } from '../../src/broker/delivery.ts';
import type { Publication, Publisher, PublishOutcome } from '../../src/broker/publication.ts';

export class QueueInProcess implements Consumer {
  readonly acked: Delivery[] = [];
  readonly pausedFor = new Set<string>();
  handedBack = 0;
  unacked: Delivery[] = [];
  readonly #onDelivery: OnDelivery;

  constructor(onDelivery: OnDelivery) {
    this.#onDelivery = onDelivery;
  }

  deliver(delivery: Delivery): void {
    this.unacked.push(delivery);
    this.#onDelivery(delivery);
  }

  ackThrough(delivery: Delivery): void {
    const index = this.unacked.indexOf(delivery);
    if (index >= 0) this.acked.push(...this.unacked.splice(0, index + 1));
  }

  pause(reason: string): void {
    this.pausedFor.add(reason);
  }

  async quiet(): Promise<void> {}

  resume(reason: string): void {
    this.pausedFor.delete(reason);
  }

  async handBack(): Promise<void> {
    this.handedBack += 1;
    this.unacked = [];
  }

  async stop(): Promise<void> {
    this.unacked = [];
  }
}

export class PublisherInProcess implements Publisher {
  readonly published: Publication[] = [];
  outcome: (publication: Publication) => PublishOutcome | Promise<PublishOutcome> = () => ({ art: 'confirmed' });

  async publish(publication: Publication): Promise<PublishOutcome> {
    const outcome = await this.outcome(publication);
    if (outcome.art === 'confirmed') this.published.push(publication);
    return outcome;
  }
}

export function deliveryOf(
  queue: QueueKind,
  body: string,
  properties: DeliveryProperties = {},
  routingKey = `${queue}.kulturskole`,
): Delivery {
  return {
    queue,
    exchange: 'debitor.anmodning',
    routingKey,
    redelivered: false,
    body: Buffer.from(body),
    properties: { userId: 'kulturskole', ...properties },
  };
}
