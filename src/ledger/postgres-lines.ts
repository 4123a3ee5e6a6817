/**
 * Lines of a PostgreSQL ledger: who stands in them, and who heads them. An entry leaves when its message has its udfald, so
 * the table holds unfinished work only, and joining and leaving cost the same however long a line is.
 *
 * `waiting_on` is exact since all who join or leave hold the lock `ledger`.
 */
import type { Seq } from './ledger.ts';
import { type Session, statement } from './postgres-database.ts';

const OCCUPIED = statement<{ readonly line_key: Buffer }>(
  'occupied lines',
  `SELECT k.line_key FROM unnest($1::bytea[]) AS k(line_key)
   WHERE EXISTS (SELECT FROM line l WHERE l.line_key = k.line_key)`,
);
const LEAVE = statement<{ readonly line_key: Buffer }>(
  'leave lines',
  'DELETE FROM line WHERE seq = ANY($1::bigint[]) RETURNING line_key',
);
const COME_FORWARD = statement(
  'come forward in lines',
  `UPDATE message m SET waiting_on = m.waiting_on - head.lines
   FROM (
     SELECT h.seq, count(*)::integer AS lines FROM unnest($1::bytea[]) AS k(line_key)
     CROSS JOIN LATERAL (SELECT l.seq FROM line l WHERE l.line_key = k.line_key ORDER BY l.seq LIMIT 1) h GROUP BY h.seq
   ) head
   WHERE m.seq = head.seq`,
);

/** Those of the lines in which somebody stands, as hex. */
export async function occupiedLines(session: Session, keys: readonly Buffer[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await session.query(OCCUPIED, keys);
  return new Set(rows.map(({ line_key }) => line_key.toString('hex')));
}

/** Takes messages that head all their lines out of them, and lets the next of each line come forward. */
export async function leaveLines(session: Session, seqs: readonly Seq[]): Promise<void> {
  if (seqs.length === 0) return;
  // Two statements: within one, the second half would still see those who leave. Only a head leaves, so a line has one.
  const left = await session.query(LEAVE, seqs);
  if (left.length > 0)
    await session.query(
      COME_FORWARD,
      left.map(({ line_key }) => line_key),
    );
}
