/** What happened to a message out of the ordinary, for its history. */
import type { Instant } from '../domain/identer.ts';
import type { Seq } from './ledger.ts';
import type { EventName } from './rows.ts';
import type { Connection } from './sqlite-database.ts';

export type NoteEvent = (seq: Seq, at: Instant, event: EventName, detail?: string) => void;

export function prepareEvents(connection: Connection): NoteEvent {
  const insert = connection.prepare<[Seq, Instant, EventName, string | null]>(
    'INSERT INTO event (seq, at, event, detail) VALUES (?, ?, ?, ?)',
  );
  return (seq, at, event, detail) => {
    insert.run(seq, at, event, detail ?? null);
  };
}
