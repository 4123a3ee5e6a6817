/** The fejlkø of a PostgreSQL ledger: what could not be understood or trusted, kept with its bytes for people. */
import type { Arrival, Judgement } from './ledger.ts';
import { statement } from './postgres-database.ts';
import { recordset } from './postgres-tables.ts';
import type { Unit } from './postgres-unit.ts';

export interface Refusal {
  readonly arrival: Arrival;
  readonly judgement: Extract<Judgement, { readonly art: 'fejlkoe' }>;
}

const COUNT_AGAIN = statement<{ readonly fingerprint: string }>(
  'count fejlkoe again',
  `UPDATE fejlkoe f SET seen = f.seen + r.seen FROM json_to_recordset($1::json) AS r(fingerprint text, seen integer)
   WHERE f.fingerprint = r.fingerprint AND f.closed_at IS NULL RETURNING f.fingerprint`,
);

/** Keeps arrivals, or counts them where the same message is an open entry already. */
export async function keepInFejlkoe(unit: Unit, refusals: readonly Refusal[]): Promise<void> {
  if (refusals.length === 0) return;
  const byFingerprint = new Map<string, { readonly first: Refusal; seen: number }>();
  for (const refusal of refusals) {
    const fingerprint = refusal.arrival.fingerprint();
    const earlier = byFingerprint.get(fingerprint);
    if (earlier === undefined) byFingerprint.set(fingerprint, { first: refusal, seen: 1 });
    else earlier.seen += 1;
  }
  const seen = [...byFingerprint].map(([fingerprint, entry]) => ({ fingerprint, seen: entry.seen }));
  for (const { fingerprint } of await unit.session.query(COUNT_AGAIN, recordset(seen)))
    byFingerprint.delete(fingerprint);
  for (const [fingerprint, { first, seen: times }] of byFingerprint) {
    const { queue, routingKey, properties, receivedAt, raw } = first.arrival;
    const { kode, aarsag } = first.judgement;
    unit.count(['fejlkoe', 'open'], 1);
    unit.insert('fejlkoe', {
      fingerprint,
      queue,
      kode,
      aarsag,
      routing_key: routingKey,
      user_id: properties.userId,
      message_id: properties.messageId,
      properties: JSON.stringify(properties),
      received_at: receivedAt,
      seen: times,
      bytes: raw.byteLength,
      raw,
    });
  }
}
