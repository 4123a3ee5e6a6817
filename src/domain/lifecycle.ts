/**
 * The life of one anmodning in the ledger: its states, the legal transitions, and the decision that follows from what a
 * debitorsystem answered. Pure: time and chance come in as arguments.
 *
 *   (read, judged)
 *      │ refused by a rule ───────────────────────────────────────────────┐
 *      ▼                                                                  ▼
 *   recorded ──heads its lines──▶ dispatching ──udført, afvist, FEJLET──▶ done ◀──┐
 *                                  ▲  │  │  │                              ▲       │
 *              backoff is over ────┤  │  │  └─accepteret til senere─▶ awaitingSvar│
 *                                  │  │  └─ikke udført, forbigående─▶ retrying ───┤ (attempts used up: FEJLET)
 *                                  │  └─ukendt─▶ inDoubt ──a person, a look-up or a svar decides
 *                                  └── idempotent backend asked again ◀─┘
 *
 * A line is held from `recorded` until the udfald (`accepteret til senere` included) is recorded: retrying and inDoubt
 * block their own lines only. `done` is final. After awaitingSvar the reported svar makes it done.
 */
import type { Fejlliste } from './fejl.ts';
import type { Svarform } from './handling.ts';
import type { Instant } from './identer.ts';
import type { DispatchOutcome, HandlingResultat } from './udfald.ts';

export type State = 'recorded' | 'dispatching' | 'retrying' | 'inDoubt' | 'awaitingSvar' | 'done';

/** From each state, where it may go. The ledgers refuse anything else. */
export const TRANSITIONS: Readonly<Record<State, readonly State[]>> = {
  recorded: ['dispatching'],
  dispatching: ['retrying', 'inDoubt', 'awaitingSvar', 'done'],
  // A svar can prove that an attempt that was thought to have done nothing was accepted for later.
  retrying: ['dispatching', 'awaitingSvar'],
  inDoubt: ['dispatching', 'awaitingSvar', 'done'],
  awaitingSvar: ['done'],
  done: [],
};

/** States in which an anmodning holds its place in line. */
export const UNFINISHED: readonly State[] = ['recorded', 'dispatching', 'retrying', 'inDoubt'];

/** What a debitorsystem can do about an outcome that got lost (spec 4: capabilities). */
export interface DoubtCapabilities {
  /** The same key twice has one effect: asking again is safe. */
  readonly idempotent: boolean;
  /** It can say what became of a key. */
  readonly opslag: boolean;
}

export interface RetryPolicy {
  /** Attempts in all, the first included, before a transient fault becomes FEJLET. */
  readonly maxAttempts: number;
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
}

/** What is done with an anmodning after the debitorsystem was asked. */
export type Decision =
  | { readonly next: 'udfoert'; readonly resultat?: HandlingResultat }
  | { readonly next: 'afvist'; readonly fejl: Fejlliste }
  /** Certain that nothing was carried out, after all attempts. */
  | { readonly next: 'fejlet'; readonly aarsag: string }
  /** MODTAGET now. `udfoertStraks`: the result is there already and becomes the svar. */
  | { readonly next: 'awaitingSvar'; readonly udfoertStraks?: HandlingResultat | true }
  | { readonly next: 'retrying'; readonly nextAttemptAt: Instant; readonly aarsag: string }
  /** Without nextAttemptAt it waits for a person. */
  | { readonly next: 'inDoubt'; readonly nextAttemptAt?: Instant; readonly aarsag: string };

export interface Circumstances {
  readonly svarform: Svarform;
  /** How often it has been asked, this time included; from 1. */
  readonly attempt: number;
  readonly capabilities: DoubtCapabilities;
  readonly policy: RetryPolicy;
  /**
   * The outcome of an earlier attempt is unknown. That nothing was carried out this time then says nothing of that time:
   * the doubt stays, and is never turned into FEJLET.
   */
  readonly inDoubt: boolean;
  readonly now: Instant;
  /** A number from 0 to 1, for the jitter. */
  readonly chance: number;
}

/** Full jitter on an exponential step: between half of and the whole of min(max, initial · 2^(attempt-1)). */
export function backoffMs(attempt: number, policy: RetryPolicy, chance: number): number {
  const step = Math.min(policy.maxDelayMs, policy.initialDelayMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(step * (0.5 + chance / 2));
}

export function decide(outcome: DispatchOutcome, c: Circumstances): Decision {
  switch (outcome.art) {
    case 'udfoert':
      if (c.svarform === 'SENERE') return { next: 'awaitingSvar', udfoertStraks: outcome.resultat ?? true };
      return outcome.resultat === undefined ? { next: 'udfoert' } : { next: 'udfoert', resultat: outcome.resultat };
    case 'afvist':
      return { next: 'afvist', fejl: outcome.fejl };
    case 'accepteretTilSenere':
      if (c.svarform === 'SENERE') return { next: 'awaitingSvar' };
      // The sender was promised a result at once, and what was accepted may still happen: nobody can answer truthfully.
      return { next: 'inDoubt', aarsag: 'debitorsystemet svarede senere på en handlingstype med svarform STRAKS' };
    case 'ikkeUdfoert':
      if (c.inDoubt) return doubt(outcome.aarsag, c);
      if (!outcome.forbigaaende || c.attempt >= c.policy.maxAttempts) return { next: 'fejlet', aarsag: outcome.aarsag };
      return {
        next: 'retrying',
        nextAttemptAt: c.now + backoffMs(c.attempt, c.policy, c.chance),
        aarsag: outcome.aarsag,
      };
    case 'ukendt':
      return doubt(outcome.aarsag, c);
  }
}

/** Asked again where the backend can settle it: by recognising the key, or by looking it up. Else a person must. */
function doubt(aarsag: string, c: Circumstances): Decision {
  if (!c.capabilities.idempotent && !c.capabilities.opslag) return { next: 'inDoubt', aarsag };
  return { next: 'inDoubt', nextAttemptAt: c.now + backoffMs(c.attempt, c.policy, c.chance), aarsag };
}
