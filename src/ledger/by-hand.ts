/**
 * What the implementations of a person's interventions share: rows of anmodninger whose outcome is unknown, and what a
 * resolution of one is worth. Knows the columns, but no database.
 */
import type { Instant } from '../domain/identer.ts';
import type { ByHand, Resolution, ResolutionVerdict, Undecided } from './interventions.ts';
import type { Recorded, Seq } from './ledger.ts';
import { type ClaimRecord, claimOf } from './rows.ts';

/** The columns of `message m` and `payload p` that {@link UndecidedRecord} has. */
export const UNDECIDED_COLUMNS =
  'm.seq, m.kind, m.state, m.attempts, m.in_doubt_before, m.next_attempt_at, p.command, p.kontekst, p.correlation_id, ' +
  'p.message_id, p.traceparent';

/** Without command and kontekst where it was answered without being dispatched. */
export interface UndecidedRecord extends Omit<ClaimRecord, 'command' | 'kontekst' | 'unasked'> {
  readonly next_attempt_at: Instant | null;
  readonly command: string | null;
  readonly kontekst: string | null;
}

function doubtOf({ state, in_doubt_before }: UndecidedRecord): Undecided['state'] | undefined {
  if (state === 'inDoubt') return 'inDoubt';
  return state === 'dispatching' && in_doubt_before === 1 ? 'beingAsked' : undefined;
}

/** Undefined where its outcome is known, or it was never asked about. */
export function undecidedOf(row: UndecidedRecord | undefined): Undecided | undefined {
  const state = row === undefined ? undefined : doubtOf(row);
  if (row === undefined || state === undefined) return undefined;
  const { command, kontekst, next_attempt_at: nextAttemptAt } = row;
  if (command === null || kontekst === null) throw new Error(`message ${row.seq} is in doubt but has no payload`);
  // claimOf counts the attempt that begins; this one has begun. How many asked nobody is of no matter to a person.
  const claim = claimOf({ ...row, command, kontekst, attempts: row.attempts - 1, unasked: 0 });
  return { claim, state, ...(nextAttemptAt === null ? {} : { nextAttemptAt }) };
}

/** What is true whatever the debitorsystem is about to answer. */
function holdsWhileAsked({ settlement }: Resolution): boolean {
  return settlement.state === 'awaitingSvar' || (settlement.state === 'done' && settlement.udfald === 'udfoert');
}

/** Whether a resolution can be taken (`resolved`), by the row as it is in the same transaction. */
export function judgeResolution(row: UndecidedRecord | undefined, resolution: Resolution): ResolutionVerdict {
  const state = row === undefined ? undefined : doubtOf(row);
  if (row === undefined || state === undefined) return 'notInDoubt';
  if (state === 'beingAsked' && !holdsWhileAsked(resolution)) return 'beingAsked';
  return row.attempts === resolution.settlement.attempt ? 'resolved' : 'changed';
}

/** Ends a transaction whose result is not to stay. */
export class NotKept extends Error {
  override readonly name = 'NotKept';
}

/** Whether a replayed message stays: one for the fejlkø again would only count its own entry once more. */
export function staysReplayed(recorded: Recorded | 'notOpen'): boolean {
  return recorded !== 'notOpen' && !(recorded.art === 'answered' && recorded.judgement === 'fejlkoe');
}

/** The message that a replay has become, or is a repeat of; undefined where it has become none. */
export function replayedSeq(recorded: Recorded): Seq | undefined {
  if (recorded.art === 'waiting') return recorded.seq;
  return recorded.art === 'answered' ? recorded.answers.at(-1)?.seq : undefined;
}

/** Which answers are uleverede: no queue was bound for them when they were tried last. */
export const RETURNED = 'returned_at IS NOT NULL AND published_at IS NULL';

/** A decision as it stands in the history. */
export function decisionText(decision: string, { hvem, hvorfor }: ByHand): string {
  return `${decision}; ${hvem}: ${hvorfor}`;
}
