/**
 * Whether the debitorsystem can be reached and would answer, for `/readyz`: by what it has just answered, else by asking it.
 * It only looks: what it finds is no business of the breaker's, since a debitorsystem may answer a look-up, and no command.
 */
import type { Instant } from '../../../domain/identer.ts';

export interface HealthOptions {
  readonly now: () => Instant;
  /** Whether commands are being kept from it. */
  readonly isResting: () => boolean;
  /** Asks it: why it is not well, in Danish; undefined: it is. Never rejects, and takes no longer than it is told. */
  readonly ask: (timeoutMs: number) => Promise<string | undefined>;
}

/** `health` has a second (debitorsystem.ts). */
const ASK_LIMIT_MS = 800;
/** So long an answer is good for: more than one may look at `/readyz`, and often. */
const FRESH_MS = 2_000;

export class Health {
  readonly #options: HealthOptions;
  #known: { readonly problem: string | undefined; readonly at: Instant } | undefined;
  #asking: Promise<string | undefined> | undefined;

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  /** It has answered a command, or a look-up. */
  heard(): void {
    this.#known = { problem: undefined, at: this.#options.now() };
  }

  async problem(): Promise<string | undefined> {
    const { now, isResting } = this.#options;
    if (isResting()) return 'debitorsystemet svarer ikke over HTTP: flere kommandoer i træk fik intet svar';
    if (this.#known !== undefined && now() - this.#known.at < FRESH_MS) return this.#known.problem;
    this.#asking ??= this.#ask();
    return this.#asking;
  }

  async #ask(): Promise<string | undefined> {
    const { ask, now } = this.#options;
    try {
      const problem = await ask(ASK_LIMIT_MS);
      this.#known = { problem, at: now() };
      return problem;
    } finally {
      this.#asking = undefined;
    }
  }
}
