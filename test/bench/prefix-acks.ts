/** Grouped acks: one for all deliveries up to the first that is not confirmed, at the end of the event loop's turn. */
export class PrefixAcks {
  readonly #ackThrough: (deliveryTag: number) => void;
  readonly #confirmed = new Set<number>();
  #firstUnacked = 1;
  #asked = false;

  constructor(ackThrough: (deliveryTag: number) => void) {
    this.#ackThrough = ackThrough;
  }

  confirmed(deliveryTag: number): void {
    this.#confirmed.add(deliveryTag);
    if (this.#asked) return;
    this.#asked = true;
    setImmediate(() => this.flush());
  }

  /** Acks what can be acked now; to be called before the channel is closed. */
  flush(): void {
    this.#asked = false;
    let last = 0;
    while (this.#confirmed.delete(this.#firstUnacked)) {
      last = this.#firstUnacked;
      this.#firstUnacked += 1;
    }
    if (last > 0) this.#ackThrough(last);
  }
}
