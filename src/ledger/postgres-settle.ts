/**
 * Settling in a PostgreSQL ledger: what came of claims, with the answers that follow from it, in one transaction. Where
 * SQLite settles one after the other, all of a batch are settled together, one statement of each kind.
 */
import type { Instant } from '../domain/identer.ts';
import type { State } from '../domain/lifecycle.ts';
import type { CommandKind, OutboxAnswer, Seq, Settlement } from './ledger.ts';
import { addAnswer } from './postgres-answers.ts';
import { statement } from './postgres-database.ts';
import { leaveLines } from './postgres-lines.ts';
import { keepSvar } from './postgres-svar.ts';
import { recordset } from './postgres-tables.ts';
import type { Unit } from './postgres-unit.ts';

/** The row of a settlement: what it says nothing of stays. */
interface Update {
  readonly seq: Seq;
  readonly attempt: number;
  readonly state: State;
  readonly udfald?: string;
  readonly settled_at?: Instant;
  readonly forventet_svar_dato?: string;
  readonly next_attempt_at?: Instant | undefined;
  readonly aarsag?: string;
  readonly doubt: number;
}

/** Only the latest claim can settle: an older one's backend may answer after the anmodning was asked about again. */
const SETTLE = statement<{ readonly seq: Seq; readonly attempt: number; readonly kind: CommandKind }>(
  'settle',
  `UPDATE message m SET state = r.state, udfald = coalesce(r.udfald, m.udfald),
     settled_at = coalesce(r.settled_at, m.settled_at),
     forventet_svar_dato = coalesce(r.forventet_svar_dato, m.forventet_svar_dato), next_attempt_at = r.next_attempt_at,
     aarsag = coalesce(r.aarsag, m.aarsag), in_doubt_before = greatest(m.in_doubt_before, r.doubt)
   FROM json_to_recordset($1::json) AS r(seq bigint, attempt integer, state text, udfald text, settled_at bigint,
     forventet_svar_dato text, next_attempt_at bigint, aarsag text, doubt integer)
   WHERE m.seq = r.seq AND m.state = 'dispatching' AND m.attempts = r.attempt
   RETURNING m.seq, m.attempts AS attempt, m.kind`,
);
const RELEASE_EKSTERN_ID = statement('release ekstern id', 'DELETE FROM ekstern_id WHERE seq = ANY($1::bigint[])');

function updateOf(settlement: Settlement): Update {
  const { seq, attempt, at, state } = settlement;
  const base = { seq, attempt, state };
  switch (settlement.state) {
    case 'done':
      return { ...base, udfald: settlement.udfald, settled_at: at, doubt: 0 };
    case 'awaitingSvar': {
      const { forventetSvarDato, svar } = settlement;
      const accepted = { udfald: 'accepteretTilSenere', settled_at: at, forventet_svar_dato: forventetSvarDato };
      return { ...base, ...accepted, state: svar === undefined ? state : 'done', doubt: 0 };
    }
    case 'retrying':
      return { ...base, next_attempt_at: settlement.nextAttemptAt, aarsag: settlement.aarsag, doubt: 0 };
    case 'inDoubt':
      return { ...base, next_attempt_at: settlement.nextAttemptAt, aarsag: settlement.aarsag, doubt: 1 };
  }
}

function answersOf(unit: Unit, settlement: Settlement): readonly OutboxAnswer[] {
  const { seq, at } = settlement;
  switch (settlement.state) {
    case 'done':
      return [addAnswer(unit, settlement.answer, at, seq)];
    case 'awaitingSvar': {
      const modtaget = addAnswer(unit, settlement.answer, at, seq);
      const { svar } = settlement;
      if (svar === undefined) return [modtaget];
      // Its MODTAGET is not published before this transaction ends, so nobody can be marking it now.
      return [modtaget, ...keepSvar(unit, { seq, ...svar, at, modtagetId: modtaget.answerId, held: true })];
    }
    case 'retrying':
    case 'inDoubt':
      unit.note(seq, at, settlement.unasked === true ? 'unasked' : settlement.state, settlement.aarsag);
      return [];
  }
}

/** Which claim is meant, as a key. */
function claimOf({ seq, attempt }: { readonly seq: Seq; readonly attempt: number }): string {
  return `${seq}/${attempt}`;
}

/** Records outcomes. Stale is what a later claim, a svar or an earlier settlement of the batch was faster than. */
export async function settleAll(
  unit: Unit,
  settlements: readonly Settlement[],
): Promise<{ readonly answers: readonly OutboxAnswer[]; readonly stale: readonly Seq[] }> {
  if (settlements.length === 0) return { answers: [], stale: [] };
  const firsts = new Map<string, Settlement>();
  for (const one of settlements) if (!firsts.has(claimOf(one))) firsts.set(claimOf(one), one);
  const rows = await unit.session.query(SETTLE, recordset([...firsts.values()].map(updateOf)));
  const kinds = new Map(rows.map((row) => [claimOf(row), row.kind]));
  const stale: Seq[] = [];
  const settled: Settlement[] = [];
  const answers: OutboxAnswer[] = [];
  for (const settlement of settlements) {
    const kind = kinds.get(claimOf(settlement));
    if (kind === undefined || firsts.get(claimOf(settlement)) !== settlement) {
      stale.push(settlement.seq);
      continue;
    }
    unit.move(kind, 'dispatching', settlement.state);
    settled.push(settlement);
    answers.push(...answersOf(unit, settlement));
  }
  if (settled.length === 0) return { answers, stale };
  const leaving = settled.filter(({ state }) => state === 'done' || state === 'awaitingSvar');
  await leaveLines(
    unit.session,
    leaving.map(({ seq }) => seq),
  );
  const refused = settled.filter((one) => one.state === 'done' && one.udfald !== 'udfoert').map(({ seq }) => seq);
  if (refused.length > 0) await unit.session.query(RELEASE_EKSTERN_ID, refused);
  return { answers, stale };
}
