/** The fejlkø of a SQLite ledger: what could not be understood or trusted, kept with its bytes for people. */
import type { Arrival, Judgement, OutboxAnswer } from './ledger.ts';
import type { Answers } from './sqlite-answers.ts';
import type { Connection } from './sqlite-database.ts';
import type { States } from './sqlite-states.ts';

type Refusal = Extract<Judgement, { readonly art: 'fejlkoe' }>;
type EntryValues = [
  fingerprint: string,
  queue: string,
  kode: string,
  aarsag: string,
  routingKey: string,
  userId: string | null,
  messageId: string | null,
  properties: string,
  receivedAt: number,
  bytes: number,
  raw: Uint8Array,
];

/** Keeps an arrival, or counts it where the same message is an open entry already. @returns what is to be published. */
export function prepareFejlkoe(
  connection: Connection,
  states: States,
  answers: Answers,
): (arrival: Omit<Arrival, 'judge'>, refusal: Refusal) => readonly OutboxAnswer[] {
  const countAgain = connection.prepare<[string]>(
    'UPDATE fejlkoe SET seen = seen + 1 WHERE fingerprint = ? AND closed_at IS NULL',
  );
  const insert = connection.prepare<EntryValues>(
    `INSERT INTO fejlkoe (fingerprint, queue, kode, aarsag, routing_key, user_id, message_id, properties, received_at,
       seen, bytes, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`,
  );
  return (arrival, { kode, aarsag, answer }) => {
    const { queue, routingKey, properties, receivedAt, raw } = arrival;
    const fingerprint = arrival.fingerprint();
    if (countAgain.run(fingerprint).changes === 0) {
      states.count(['fejlkoe', 'open'], 1);
      insert.run(
        fingerprint,
        queue,
        kode,
        aarsag,
        routingKey,
        properties.userId ?? null,
        properties.messageId ?? null,
        JSON.stringify(properties),
        receivedAt,
        raw.byteLength,
        raw,
      );
    }
    // A redelivery may mean that the sender asked again: it is answered again, with the same message id.
    return answer === undefined ? [] : [answers.add(answer, receivedAt)];
  };
}
