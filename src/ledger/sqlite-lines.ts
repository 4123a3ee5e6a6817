/**
 * Lines of a SQLite ledger: who stands in them, and who heads them. An entry leaves when its message has its udfald, so
 * lines hold unfinished work only, and joining and leaving cost the same however long a line is.
 *
 * The rows of unfinished messages are the truth: each says which lines it stands in. Who stands where is held in memory,
 * since nearly every message asks and almost none finds somebody before it; that is read anew after a transaction was
 * rolled back, and after another process has written.
 */
import { UNFINISHED } from '../domain/lifecycle.ts';
import type { Seq } from './ledger.ts';
import type { Connection } from './sqlite-database.ts';

export interface Lines {
  /** To be called first in each transaction, while the rows are as the last one left them. */
  begin(): void;
  /** The transaction was rolled back: what is in memory may be what never was. */
  forget(): void;
  /** In how many of these lines somebody stands already. */
  occupied(lineKeys: string): number;
  /** Puts a message, whose row says so, at the end of its lines. */
  join(seq: Seq, lineKeys: string): void;
  /** Takes a message that heads all its lines out of them, and lets the next of each come forward. */
  leave(seq: Seq): void;
}

/** Characters of one key, a byte each. */
const KEY_LENGTH = 16;

interface Place {
  readonly seq: Seq;
  next?: Place;
}

interface Line {
  first: Place;
  last: Place;
}

function keysIn(lineKeys: string): readonly string[] {
  const keys: string[] = [];
  for (let at = 0; at < lineKeys.length; at += KEY_LENGTH) keys.push(lineKeys.slice(at, at + KEY_LENGTH));
  return keys;
}

/** What the rows say. */
class Mirror {
  readonly #lines = new Map<string, Line>();
  readonly #keysOf = new Map<Seq, readonly string[]>();

  occupied(lineKeys: string): number {
    return keysIn(lineKeys).filter((key) => this.#lines.has(key)).length;
  }

  join(seq: Seq, lineKeys: string): void {
    const keys = keysIn(lineKeys);
    this.#keysOf.set(seq, keys);
    for (const key of keys) {
      const place: Place = { seq };
      const line = this.#lines.get(key);
      if (line === undefined) this.#lines.set(key, { first: place, last: place });
      else {
        line.last.next = place;
        line.last = place;
      }
    }
  }

  /** @returns who heads one of its lines now, once for each line. */
  leave(seq: Seq): readonly Seq[] {
    const keys = this.#keysOf.get(seq) ?? [];
    this.#keysOf.delete(seq);
    return keys.flatMap((key) => {
      const line = this.#lines.get(key);
      if (line?.first.seq !== seq) throw new Error(`message ${seq} leaves a line that it does not head`);
      const { next } = line.first;
      if (next === undefined) {
        this.#lines.delete(key);
        return [];
      }
      line.first = next;
      return [next.seq];
    });
  }
}

export function prepareLines(connection: Connection): Lines {
  const standing = connection.prepare<[], { readonly seq: Seq; readonly line_keys: Buffer }>(
    `SELECT m.seq, p.line_keys FROM message m CROSS JOIN payload p ON p.seq = m.seq
     WHERE m.state <> 'done' AND m.state IN (${UNFINISHED.map((state) => `'${state}'`).join(', ')})
       AND p.line_keys IS NOT NULL ORDER BY m.seq`,
  );
  const comeForward = connection.prepare<[Seq]>('UPDATE message SET waiting_on = waiting_on - 1 WHERE seq = ?');
  /** Changes when another connection has committed to the file, and never by what this one does. */
  const version = connection.prepare<[], { readonly data_version: number }>('PRAGMA data_version');
  let mirror: Mirror | undefined;
  let mirrored: number | undefined;

  const current = (): Mirror => {
    if (mirror === undefined) throw new Error('lines are asked about outside a transaction');
    return mirror;
  };

  return {
    begin() {
      const now = version.get()?.data_version;
      if (mirror !== undefined && now === mirrored) return;
      const read = new Mirror();
      for (const { seq, line_keys } of standing.iterate()) read.join(seq, line_keys.toString('latin1'));
      mirror = read;
      mirrored = now;
    },
    forget() {
      mirror = undefined;
    },
    occupied: (lineKeys) => current().occupied(lineKeys),
    join: (seq, lineKeys) => current().join(seq, lineKeys),
    leave(seq) {
      for (const next of current().leave(seq)) comeForward.run(next);
    },
  };
}
