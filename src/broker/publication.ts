/** Port: what RabbitMQ carries away. Types only; `broker/publisher.ts` implements it. */

/** One answer on its way out. Always persistent and mandatory. */
export interface Publication {
  readonly exchange: string;
  readonly routingKey: string;
  readonly messageId: string;
  /** At most 255 bytes; left out where it would be longer. */
  readonly correlationId?: string;
  /** The root element's local name; of JSON a name that ends in `.json`, which also is how its content_type is told. */
  readonly type: string;
  readonly body: Uint8Array;
  /** `anmodning-id`, `kvittering-kode`, `traceparent`: ASCII or UTF-8 text, never a CPR number. */
  readonly headers: Readonly<Record<string, string>>;
  /** RabbitMQ drops it when it has been in its queue for so long; it stays for ever where left out. */
  readonly expirationMs?: number;
}

export type PublishOutcome =
  /** Confirmed and not returned: it is in a queue. */
  | { readonly art: 'confirmed' }
  /** No queue is bound for the routing key. */
  | { readonly art: 'returned' }
  /** The connection was lost, the broker refused, or no confirm came in time: it may or may not have arrived. */
  | { readonly art: 'unknown'; readonly aarsag: string };

export interface Publisher {
  /** Never rejects. Bounded: beyond the limit of unconfirmed publications it waits for room. */
  publish(publication: Publication): Promise<PublishOutcome>;
}
