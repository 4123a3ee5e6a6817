/** Claims of a SQLite ledger: which messages may start, and the right to dispatch them. */
import type { Instant } from '../domain/identer.ts';
import type { Capacity, CommandKind, Seq } from './ledger.ts';
import { type ClaimRecord, claimOfText } from './rows.ts';
import type { Connection } from './sqlite-database.ts';
import type { NoteEvent } from './sqlite-events.ts';
import type { States } from './sqlite-states.ts';
import type { StoredClaim } from './sqlite-stored.ts';

const KINDS: readonly CommandKind[] = ['debitorkonto', 'kontantindbetaling'];

/** Why an interrupted attempt is in doubt: a text for operations. */
const INTERRUPTED = 'adapteren stoppede, før udfaldet var registreret';

export interface Claims {
  /** Claims what is ready and what is due, in the order of seq; among more due than places, the longest due first. */
  take(capacity: Capacity, now: Instant): readonly StoredClaim[];
  /** Whether one of this kind is ready and waits for a place. */
  anyReady(kind: CommandKind): boolean;
  /** @param reconsider whether also what was in doubt before is asked about again, or no more. */
  takeUpInterrupted(askAgain: boolean, now: Instant, reconsider: boolean): number;
  nextDueAt(): Instant | undefined;
}

interface Candidate {
  readonly seq: Seq;
}

/*
 * The plus signs: where SQLite sees a bare parameter in a statement with an order or a limit, it compiles the statement anew
 * each time a value is bound.
 */

/** @param incarnation tells this owner's claims from those of earlier ones. */
export function prepareClaims(connection: Connection, states: States, note: NoteEvent, incarnation: number): Claims {
  const ready = connection.prepare<[CommandKind, number], Candidate>(
    "SELECT seq FROM message WHERE kind = +? AND state = 'recorded' AND waiting_on = 0 ORDER BY seq LIMIT +?",
  );
  const due = connection.prepare<[CommandKind, Instant, number], Candidate>(
    'SELECT seq FROM message WHERE kind = +? AND next_attempt_at <= ? ORDER BY next_attempt_at, seq LIMIT +?',
  );
  const read = connection.prepare<[Seq], ClaimRecord>(
    `SELECT m.seq, m.kind, m.state, m.attempts, m.in_doubt_before, p.command, p.kontekst, p.correlation_id, p.message_id,
       p.traceparent, CASE m.attempts WHEN 0 THEN 0
         ELSE (SELECT count(*) FROM event e WHERE e.seq = m.seq AND e.event = 'unasked') END AS unasked FROM message m JOIN payload p ON p.seq = m.seq WHERE m.seq = ?`,
  );
  const dispatch = connection.prepare<[number, Instant, Seq]>(
    `UPDATE message SET state = 'dispatching', attempts = attempts + 1, claimed_in = ?, next_attempt_at = NULL,
       dispatched_at = coalesce(dispatched_at, ?) WHERE seq = ?`,
  );
  const interrupted = connection.prepare<[number], Candidate & { readonly kind: CommandKind }>(
    "SELECT seq, kind FROM message WHERE state <> 'done' AND state = 'dispatching' AND claimed_in <> ? ORDER BY seq",
  );
  const doubt = connection.prepare<[Instant | null, string, Seq]>(
    "UPDATE message SET state = 'inDoubt', in_doubt_before = 1, next_attempt_at = ?, aarsag = ? WHERE seq = ?",
  );
  // Those that wait although they may be asked again, and those that would be asked although they must not.
  const doubtful = connection.prepare<[Instant | null, Instant | null]>(
    "UPDATE message SET next_attempt_at = ? WHERE state <> 'done' AND state = 'inDoubt' AND (next_attempt_at IS NULL) <> (? IS NULL)",
  );
  const earliest = connection.prepare<[CommandKind], { readonly at: Instant | null }>(
    'SELECT min(next_attempt_at) AS at FROM message WHERE kind = +? AND next_attempt_at IS NOT NULL',
  );

  const claim = (seq: Seq, now: Instant): StoredClaim => {
    const row = read.get(seq);
    if (row === undefined) throw new Error(`message ${seq} can be claimed but has no payload`);
    states.move(row.kind, row.state, 'dispatching');
    dispatch.run(incarnation, now, seq);
    return claimOfText(row);
  };

  return {
    take(capacity, now) {
      const chosen = KINDS.flatMap((kind) => {
        const places = capacity[kind];
        if (places <= 0) return [];
        const candidates = [...due.all(kind, now, places), ...ready.all(kind, places)];
        return candidates.sort((one, other) => one.seq - other.seq).slice(0, places);
      });
      return chosen.sort((one, other) => one.seq - other.seq).map(({ seq }) => claim(seq, now));
    },
    anyReady: (kind) => ready.get(kind, 1) !== undefined,
    takeUpInterrupted(askAgain, now, reconsider) {
      const rows = interrupted.all(incarnation);
      for (const { seq, kind } of rows) {
        states.move(kind, 'dispatching', 'inDoubt');
        doubt.run(askAgain ? now : null, INTERRUPTED, seq);
        note(seq, now, 'interrupted');
      }
      const nextAttemptAt = askAgain ? now : null;
      if (reconsider) doubtful.run(nextAttemptAt, nextAttemptAt);
      return rows.length;
    },
    nextDueAt() {
      const instants = KINDS.map((kind) => earliest.get(kind)?.at ?? Number.POSITIVE_INFINITY);
      const at = Math.min(...instants);
      return at === Number.POSITIVE_INFINITY ? undefined : at;
    },
  };
}
