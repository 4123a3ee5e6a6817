/** Port: what RabbitMQ brings. Types only; `broker/consumer.ts` implements it. */

/** The queues that the adapter consumes, by their role. The kind is also the last word of an answer's routing key. */
export type QueueKind = 'debitorkonto' | 'kontantindbetaling' | 'udfald' | 'fejlkoe';

export interface DeliveryProperties {
  readonly messageId?: string;
  readonly correlationId?: string;
  /** Checked by RabbitMQ against the connection's user where the publisher set it. */
  readonly userId?: string;
  readonly contentType?: string;
  readonly traceparent?: string;
  /** Why the broker put it into the fejlkø: the reason of its latest x-death entry; only there. */
  readonly deathReason?: string;
  /** The queue that it was dead-lettered from. */
  readonly deathQueue?: string;
}

export interface Delivery {
  readonly queue: QueueKind;
  readonly exchange: string;
  readonly routingKey: string;
  readonly redelivered: boolean;
  readonly body: Uint8Array;
  readonly properties: DeliveryProperties;
}

/** Receives deliveries in the order of the queue. Must not throw. */
export type OnDelivery = (delivery: Delivery) => void;

/** One consumer on one queue. It consumes again by itself after any loss, unless it is paused or stopped. */
export interface Consumer {
  /**
   * Acknowledges this delivery and all that came before it on the same channel. A delivery of an earlier channel is
   * forgotten silently: RabbitMQ delivers it again.
   */
  ackThrough(delivery: Delivery): void;
  /** Stops taking new deliveries, for a named reason; several reasons may hold at once. What was delivered stays unacked. */
  pause(reason: string): void;
  /** Resolves when, paused, it gets nothing more: RabbitMQ has answered that it delivers no more, or the channel is gone. */
  quiet(): Promise<void>;
  /** Takes a reason away; consumes again when none is left. */
  resume(reason: string): void;
  /** Gives every unacked delivery back to the queue by closing the channel; combine with pause. */
  handBack(): Promise<void>;
  /** Stops for good. Unacked deliveries return to the queue. */
  stop(): Promise<void>;
}
