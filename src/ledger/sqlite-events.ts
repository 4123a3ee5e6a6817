/** What happened to a message out of the ordinary, for its history. */
import type { Instant } from '../domain/identer.ts';
import type { Seq } from './ledger.ts';
import type { Connection } from './sqlite-database.ts';

export type EventName =
  /** Nothing was carried out; it is tried again. */
  | 'retrying'
  /** The outcome of an attempt is unknown. */
  | 'inDoubt'
  /** The adapter ended between asking and recording the outcome. */
  | 'interrupted'
  /** The same message arrived again. */
  | 'repeat'
  /** This message uses an id that another content used before. */
  | 'conflict'
  /** A reported svar was not accepted for it; the detail is the verdict. */
  | 'svarRefused'
  /** A reported svar settled it before its udfald was recorded; the detail is the state that it was in. */
  | 'svarSettled';

export type NoteEvent = (seq: Seq, at: Instant, event: EventName, detail?: string) => void;

export function prepareEvents(connection: Connection): NoteEvent {
  const insert = connection.prepare<[Seq, Instant, EventName, string | null]>(
    'INSERT INTO event (seq, at, event, detail) VALUES (?, ?, ?, ?)',
  );
  return (seq, at, event, detail) => {
    insert.run(seq, at, event, detail ?? null);
  };
}
