/**
 * Lines of a SQLite ledger: who stands in them, and who heads them. An entry leaves when its message has its udfald, so
 * the table holds unfinished work only, and joining and leaving cost the same however long a line is.
 *
 * The table is the truth. What stands in it is also held in memory, since nearly every message asks and almost none finds
 * somebody before it; that is read anew after a transaction was rolled back, and after another process has written.
 */
import type { Seq } from './ledger.ts';
import type { Connection } from './sqlite-database.ts';

export interface Lines {
  /** To be called first in each transaction. */
  begin(): void;
  /** The transaction was rolled back: what is in memory may be what never was. */
  forget(): void;
  /** In how many of these lines somebody stands already. */
  occupied(keys: readonly Buffer[]): number;
  /** Puts a message at the end of its lines. */
  join(seq: Seq, keys: readonly Buffer[]): void;
  /** Takes a message that heads all its lines out of them, and lets the next of each come forward. */
  leave(seq: Seq): void;
}

interface Row {
  readonly line_key: Buffer;
  readonly seq: Seq;
}

/** What the table holds. */
class Mirror {
  /** How many stand in each line. */
  readonly #standing = new Map<string, number>();
  readonly #keysOf = new Map<Seq, readonly Buffer[]>();

  isOccupied(key: Buffer): boolean {
    return this.#standing.has(key.toString('latin1'));
  }

  join(seq: Seq, keys: readonly Buffer[]): void {
    if (keys.length === 0) return;
    this.#keysOf.set(seq, [...(this.#keysOf.get(seq) ?? []), ...keys]);
    for (const key of keys) {
      const line = key.toString('latin1');
      this.#standing.set(line, (this.#standing.get(line) ?? 0) + 1);
    }
  }

  /** @returns its lines. */
  leave(seq: Seq): readonly Buffer[] {
    const keys = this.#keysOf.get(seq) ?? [];
    this.#keysOf.delete(seq);
    for (const key of keys) {
      const line = key.toString('latin1');
      const left = (this.#standing.get(line) ?? 1) - 1;
      if (left === 0) this.#standing.delete(line);
      else this.#standing.set(line, left);
    }
    return keys;
  }
}

export function prepareLines(connection: Connection): Lines {
  const all = connection.prepare<[], Row>('SELECT line_key, seq FROM line');
  const insert = connection.prepare<[Buffer, Seq]>('INSERT INTO line (line_key, seq) VALUES (?, ?)');
  const remove = connection.prepare<[Buffer, Seq]>('DELETE FROM line WHERE line_key = ? AND seq = ?');
  const comeForward = connection.prepare<[Buffer]>(
    `UPDATE message SET waiting_on = waiting_on - 1
     WHERE seq = (SELECT seq FROM line WHERE line_key = ? ORDER BY seq LIMIT 1)`,
  );
  /** Changes when another connection has committed to the file, and never by what this one does. */
  const version = connection.prepare<[], { readonly data_version: number }>('PRAGMA data_version');
  let mirror: Mirror | undefined;
  let mirrored: number | undefined;

  const current = (): Mirror => {
    if (mirror !== undefined) return mirror;
    const read = new Mirror();
    for (const { seq, line_key } of all.iterate()) read.join(seq, [line_key]);
    mirror = read;
    return read;
  };

  return {
    begin() {
      const now = version.get()?.data_version;
      if (now !== mirrored) mirror = undefined;
      mirrored = now;
    },
    forget() {
      mirror = undefined;
    },
    occupied: (keys) => keys.filter((key) => current().isOccupied(key)).length,
    join(seq, keys) {
      current().join(seq, keys);
      for (const key of keys) insert.run(key, seq);
    },
    leave(seq) {
      for (const key of current().leave(seq)) {
        remove.run(key, seq);
        if (current().isOccupied(key)) comeForward.run(key);
      }
    },
  };
}
