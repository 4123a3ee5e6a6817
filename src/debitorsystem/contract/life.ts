/**
 * The backend under test from one opening to its close: whoever waits for it is told at once where it ends by itself, since
 * nobody is left to answer. An end that the kit has asked for is none.
 */
import { AssertionError } from 'node:assert';
import type { KitSubject } from './subject.ts';

/** It has ended by itself. */
export class BackendEnded extends AssertionError {
  constructor(how: string) {
    super({ message: `debitorsystemet sluttede af sig selv (${how})` });
  }
}

export class Life {
  readonly #broken = Promise.withResolvers<never>();
  #ended: BackendEnded | undefined;
  #isReleased = false;

  /** @param onEnded called where it ends by itself. */
  constructor(subject: KitSubject, onEnded: () => void) {
    // Most lives end as they should, and nobody waits for it.
    this.#broken.promise.catch(() => undefined);
    void subject.ended?.().then((how) => {
      if (this.#isReleased) return;
      this.#ended = new BackendEnded(how);
      this.#broken.reject(this.#ended);
      onEnded();
    });
  }

  /** How it ended by itself; undefined: it runs, or its end can't be seen. */
  get ended(): BackendEnded | undefined {
    return this.#ended;
  }

  /** The kit ends it now. */
  release(): void {
    this.#isReleased = true;
  }

  /** What came of the work, which nobody waits for longer than it lives. */
  during<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#broken.promise]);
  }
}
