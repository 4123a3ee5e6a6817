/** Claims of a PostgreSQL ledger: which messages may start, and the right to dispatch them. */
import type { Instant } from '../domain/identer.ts';
import type { State } from '../domain/lifecycle.ts';
import type { Capacity, Claim, CommandKind, Seq } from './ledger.ts';
import { type Session, statement } from './postgres-database.ts';
import { ALIVE } from './postgres-owners.ts';
import type { Unit } from './postgres-unit.ts';
import { type ClaimRecord, claimOf } from './rows.ts';

const KINDS: readonly CommandKind[] = ['debitorkonto', 'kontantindbetaling'];

/** Why an attempt is in doubt, or tried again: texts for operations. */
const INTERRUPTED = 'adapteren stoppede, før udfaldet var registreret';
const NEVER_ASKED = 'forbindelsen til ledgeren blev afbrudt, før debitorsystemet blev spurgt';

/** Most that is taken up at a time. */
const MAX_TAKEN_UP = 1_000;

interface Candidate {
  readonly seq: Seq;
  readonly kind: CommandKind;
  readonly state: State;
}

const DUE_AND_READY = (kind: CommandKind, limit: string): string => `
  (SELECT seq, kind, state FROM message WHERE kind = '${kind}' AND next_attempt_at <= $1
   ORDER BY next_attempt_at, seq LIMIT ${limit})
  UNION ALL
  (SELECT seq, kind, state FROM message WHERE kind = '${kind}' AND state = 'recorded' AND waiting_on = 0
   ORDER BY seq LIMIT ${limit})`;
const CANDIDATES = statement<Candidate>(
  'claim candidates',
  `${DUE_AND_READY('debitorkonto', '$2')} UNION ALL ${DUE_AND_READY('kontantindbetaling', '$3')}`,
);
const READY = statement<{ readonly kind: CommandKind }>(
  'ready kinds',
  `SELECT k.kind FROM unnest($1::text[]) AS k(kind)
   WHERE EXISTS (SELECT FROM message m WHERE m.kind = k.kind AND m.state = 'recorded' AND m.waiting_on = 0)`,
);
/** The claims as they were before their attempts are counted up. */
const DISPATCH = statement<Omit<ClaimRecord, 'state'>>(
  'dispatch',
  `UPDATE message m SET state = 'dispatching', attempts = m.attempts + 1, claimed_by = $2, next_attempt_at = NULL,
     dispatched_at = coalesce(m.dispatched_at, $3)
   FROM payload p WHERE m.seq = ANY($1::bigint[]) AND p.seq = m.seq
   RETURNING m.seq, m.kind, m.attempts - 1 AS attempts, m.in_doubt_before, p.command, p.kontekst, p.correlation_id,
     p.message_id, p.traceparent, CASE m.attempts WHEN 1 THEN 0
       ELSE (SELECT count(*) FROM event e WHERE e.seq = m.seq AND e.event = 'unasked') END AS unasked`,
);
const INTERRUPTED_CLAIMS = statement<Candidate>(
  'interrupted claims',
  `SELECT seq, kind, state FROM message WHERE state = 'dispatching' AND claimed_by <> $1 AND claimed_by NOT IN (${ALIVE})
   ORDER BY seq LIMIT ${MAX_TAKEN_UP}`,
);
const DOUBT = statement(
  'doubt interrupted',
  `UPDATE message SET state = 'inDoubt', in_doubt_before = 1, next_attempt_at = $2, aarsag = $3
   WHERE seq = ANY($1::bigint[])`,
);
/** Those that wait although they may be asked again, and those that would be asked although they must not. */
const RECONSIDER = statement(
  'reconsider doubt',
  `UPDATE message SET next_attempt_at = $1::bigint WHERE state <> 'done' AND state = 'inDoubt'
     AND (next_attempt_at IS NULL) <> ($1::bigint IS NULL)`,
);
const OWN_CLAIMS = statement<Candidate & { readonly attempts: number; readonly in_doubt_before: number }>(
  'own claims',
  "SELECT seq, kind, state, attempts, in_doubt_before FROM message WHERE state = 'dispatching' AND claimed_by = $1",
);
const GIVE_BACK = statement(
  'give back claims',
  `UPDATE message SET state = CASE in_doubt_before WHEN 1 THEN 'inDoubt' ELSE 'retrying' END, next_attempt_at = $2,
     aarsag = $3 WHERE seq = ANY($1::bigint[])`,
);
const NEXT_DUE = statement<{ readonly at: Instant | null }>(
  'next due attempt',
  `SELECT (SELECT min(next_attempt_at) FROM message WHERE kind = k.kind AND next_attempt_at IS NOT NULL) AS at
   FROM unnest($1::text[]) AS k(kind)`,
);

const inOrder = (one: { readonly seq: Seq }, other: { readonly seq: Seq }): number => one.seq - other.seq;

function candidates(session: Session, capacity: Capacity, now: Instant): Promise<readonly Candidate[]> {
  const limits = KINDS.map((kind) => Math.max(0, capacity[kind]));
  return session.query(CANDIDATES, now, ...limits);
}

/** Whether there is anything to claim: a look without a lock, so that idle adapters do not stand in each other's way. */
export async function anythingToClaim(session: Session, capacity: Capacity, now: Instant): Promise<boolean> {
  const one = {
    debitorkonto: Math.min(capacity.debitorkonto, 1),
    kontantindbetaling: Math.min(capacity.kontantindbetaling, 1),
  };
  return (await candidates(session, one, now)).length > 0;
}

/** Claims what is ready and what is due, in the order of seq; among more due than places, the longest due first. */
export async function takeClaims(unit: Unit, capacity: Capacity, now: Instant): Promise<readonly Claim[]> {
  if (capacity.debitorkonto <= 0 && capacity.kontantindbetaling <= 0) return [];
  const found = await candidates(unit.session, capacity, now);
  const chosen = KINDS.flatMap((kind) =>
    found
      .filter((candidate) => candidate.kind === kind)
      .sort(inOrder)
      .slice(0, Math.max(0, capacity[kind])),
  );
  if (chosen.length === 0) return [];
  const rows = await unit.session.query(
    DISPATCH,
    chosen.map(({ seq }) => seq),
    unit.owner,
    now,
  );
  const claimed = new Map(rows.map((row) => [row.seq, row]));
  const claims = chosen.sort(inOrder).map(({ seq, kind, state }) => {
    const row = claimed.get(seq);
    if (row === undefined) throw new Error(`message ${seq} can be claimed but has no payload`);
    unit.move(kind, state, 'dispatching');
    return claimOf({ ...row, state });
  });
  unit.claims.push(...claims);
  return claims;
}

/** The kinds of which something is ready and waits for a place. */
export async function readyKinds(session: Session, kinds: readonly CommandKind[]): Promise<ReadonlySet<CommandKind>> {
  if (kinds.length === 0) return new Set();
  const rows = await session.query(READY, kinds);
  return new Set(rows.map(({ kind }) => kind));
}

export async function anyInterrupted(session: Session, owner: string): Promise<boolean> {
  return (await session.query(INTERRUPTED_CLAIMS, owner)).length > 0;
}

/** Claims of owners whose lease is over become in doubt. @returns how many there were. */
export async function takeUpInterrupted(unit: Unit, askAgain: boolean, now: Instant): Promise<number> {
  const rows = await unit.session.query(INTERRUPTED_CLAIMS, unit.owner);
  if (rows.length === 0) return 0;
  await unit.session.query(
    DOUBT,
    rows.map(({ seq }) => seq),
    askAgain ? now : null,
    INTERRUPTED,
  );
  for (const { seq, kind } of rows) {
    unit.move(kind, 'dispatching', 'inDoubt');
    unit.note(seq, now, 'interrupted');
  }
  return rows.length;
}

/** Decides anew whether what is in doubt is asked about again. */
export async function reconsiderDoubt(unit: Unit, askAgain: boolean, now: Instant): Promise<void> {
  await unit.session.query(RECONSIDER, askAgain ? now : null);
}

/**
 * Gives back claims that this process has in the database and not in its hands: the commit that made them succeeded while
 * the connection was lost, so nobody was told of them and nobody was asked.
 * @param held by seq, the attempt of each claim in the process's hands.
 */
export async function giveBackLost(unit: Unit, held: ReadonlyMap<Seq, number>, now: Instant): Promise<void> {
  const own = await unit.session.query(OWN_CLAIMS, unit.owner);
  const lost = own.filter(({ seq, attempts }) => held.get(seq) !== attempts);
  if (lost.length === 0) return;
  await unit.session.query(
    GIVE_BACK,
    lost.map(({ seq }) => seq),
    now,
    NEVER_ASKED,
  );
  for (const { seq, kind, in_doubt_before } of lost) {
    const state = in_doubt_before === 1 ? 'inDoubt' : 'retrying';
    unit.move(kind, 'dispatching', state);
    unit.note(seq, now, 'unasked', NEVER_ASKED);
  }
}

export async function nextDueAttempt(session: Session): Promise<Instant | undefined> {
  const instants = (await session.query(NEXT_DUE, KINDS)).flatMap(({ at }) => at ?? []);
  return instants.length === 0 ? undefined : Math.min(...instants);
}
