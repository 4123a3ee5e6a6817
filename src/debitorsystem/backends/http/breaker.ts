/**
 * A circuit breaker. A debitorsystem that has stopped answering is left alone for a while: every further command sent to it
 * would only be one more in doubt.
 *
 *   closed ── so many failures in a row ──▶ open ── the break is over ──▶ one is let through
 *     ▲                                      ▲                              │        │
 *     └───────────── it succeeds ────────────│──────────────────────────────┘        │
 *                                            └──────────── it fails ─────────────────┘
 */
import type { Instant } from '../../../domain/identer.ts';

export interface BreakerOptions {
  /** Failures in a row that open it. */
  readonly breakAfter: number;
  readonly breakMs: number;
  readonly now: () => Instant;
  readonly onOpened: () => void;
  readonly onClosed: () => void;
}

export class Breaker {
  readonly #options: BreakerOptions;
  #failures = 0;
  #openedAt: Instant | undefined;
  #isTrying = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  /** Whether it is open and its break is not over. */
  get isResting(): boolean {
    return this.#openedAt !== undefined && this.#options.now() - this.#openedAt < this.#options.breakMs;
  }

  /** Whether one may go through now; what came of it must then be told. */
  admits(): boolean {
    if (this.#openedAt === undefined) return true;
    if (this.#isTrying || this.isResting) return false;
    this.#isTrying = true;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#isTrying = false;
    if (this.#openedAt === undefined) return;
    this.#openedAt = undefined;
    this.#options.onClosed();
  }

  failed(): void {
    this.#failures += 1;
    this.#isTrying = false;
    if (this.#failures < this.#options.breakAfter) return;
    const wasOpen = this.#openedAt !== undefined;
    this.#openedAt = this.#options.now();
    if (!wasOpen) this.#options.onOpened();
  }
}
