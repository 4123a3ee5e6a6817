/**
 * Port: what a person may change in a ledger, from a process of its own beside the adapters that run on it. Implementations:
 * `sqlite-interventions.ts` and `postgres-interventions.ts`; both pass the cases of `contract/interventions.ts`.
 *
 * Every method is one transaction, as in `ledger.ts`. Nothing is claimed or published here: the adapters find in the ledger
 * what is theirs to do, at their next sweep.
 */
import type { Instant } from '../domain/identer.ts';
import type { Arrival, Claim, Ledger, Recorded, Seq, Settlement, SvarReport, SvarVerdict } from './ledger.ts';

/** Who decided, and what they know: stands in the history. Texts that were freed of what is shaped like a CPR number. */
export interface ByHand {
  readonly hvem: string;
  readonly hvorfor: string;
}

/** What a person's decision about one anmodning is written from. */
export interface Undecided {
  /** Its command, and the attempt whose outcome is unknown, which a resolution must name. */
  readonly claim: Claim;
  /** `inDoubt`: nobody asks about it now. `beingAsked`: in doubt before, and an adapter is asking again at this moment. */
  readonly state: 'inDoubt' | 'beingAsked';
  /** It is asked about again by itself; undefined where it waits for a person. */
  readonly nextAttemptAt?: Instant;
}

export interface Resolution {
  /** As if the debitorsystem had answered; its attempt is the one that the person looked at. */
  readonly settlement: Exclude<Settlement, { readonly state: 'inDoubt' }>;
  readonly by: ByHand;
  /** What was decided, in a word, for the history. */
  readonly decision: string;
}

/**
 * `notInDoubt`: its outcome is known, or it was never asked about. `changed`: it was asked about again since the person
 * looked. `beingAsked`: an adapter is asking at this moment, and what is said to be not carried out may be so now.
 */
export type ResolutionVerdict = 'resolved' | 'notInDoubt' | 'changed' | 'beingAsked';

/** A svar that a person reports for an anmodning, since the debitorsystem can't. */
export interface SvarByHand {
  readonly seq: Seq;
  readonly report: SvarReport;
  /** What it says, in a word, for the history. */
  readonly decision: string;
  /** Undefined: it is only judged, and nothing is changed. */
  readonly by: ByHand | undefined;
}

/** A message of the fejlkø that is to be recorded as if it had just arrived. */
export interface Replay {
  /** Of the entry. */
  readonly id: number;
  readonly arrival: Arrival;
  /** Undefined: it is only judged, and nothing is changed. */
  readonly by: ByHand | undefined;
}

export interface Interventions extends Pick<Ledger, 'history' | 'fejlkoe' | 'fejlkoeRaw' | 'close'> {
  /** What is known of an anmodning whose outcome is not; undefined where it is known. */
  undecided(seq: Seq): Promise<Undecided | undefined>;
  /**
   * Records what a person says became of an anmodning in doubt, with the answer that follows, and frees its lines. A claim
   * that is out becomes stale. While an adapter is asking, only that it was carried out or accepted is taken: that holds
   * whatever is answered; anything else could be wrong before it is written.
   */
  resolve(resolution: Resolution): Promise<ResolutionVerdict>;
  /** Records a svar as {@link Ledger.reportSvar} does, by the same rules, with who and why in the anmodning's history. */
  reportSvar(svar: SvarByHand): Promise<SvarVerdict>;
  /**
   * Makes answers due now that no queue was bound for, all of them or one; the adapters would try them by themselves, within
   * a minute. @returns how many there were.
   */
  redeliver(now: Instant, answerId?: number): Promise<number>;
  /**
   * Records the message of an open entry and closes the entry. One that is judged for the fejlkø again stays open, and
   * nothing is changed. @returns what became of it; `notOpen` where somebody closed it before.
   */
  replay(replay: Replay): Promise<Recorded | 'notOpen'>;
  /** Closes open entries for good; their senders hear nothing of it. @returns how many there were. */
  discard(ids: readonly number[], now: Instant, by: ByHand): Promise<number>;
}
