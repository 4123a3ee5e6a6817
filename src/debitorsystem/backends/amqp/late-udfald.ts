/**
 * Udfald that came when nobody waited for them any more, until the adapter asks again. Bounded: the oldest go first, and
 * what has gone is asked for anew, with the same key.
 */
import type { Udfald } from '../../../domain/udfald.ts';

const MAX_UDFALD = 1_000;
const MAX_BYTES = 16 * 1024 * 1024;

export class LateUdfald {
  /** Oldest first. */
  readonly #kept = new Map<string, { readonly udfald: Udfald; readonly bytes: number }>();
  #bytes = 0;

  /** @param bytes how long it was as JSON. */
  add(noegle: string, udfald: Udfald, bytes: number): void {
    this.take(noegle);
    this.#kept.set(noegle, { udfald, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MAX_UDFALD && this.#bytes <= MAX_BYTES) return;
      this.take(oldest);
    }
  }

  /** Gives it away: what is asked for a third time is asked of the debitorsystem. */
  take(noegle: string): Udfald | undefined {
    const kept = this.#kept.get(noegle);
    if (kept === undefined) return undefined;
    this.#kept.delete(noegle);
    this.#bytes -= kept.bytes;
    return kept.udfald;
  }
}
