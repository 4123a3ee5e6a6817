/**
 * Lines of a SQLite ledger: who stands in them, and who heads them. An entry leaves when its message has its udfald, so
 * the table holds unfinished work only, and joining and leaving cost the same however long a line is.
 */
import type { Seq } from './ledger.ts';
import type { Connection } from './sqlite-database.ts';

export interface Lines {
  /** In how many of these lines somebody stands already. */
  occupied(keys: readonly Buffer[]): number;
  /** Puts a message at the end of its lines. */
  join(seq: Seq, keys: readonly Buffer[]): void;
  /** Takes a message that heads all its lines out of them, and lets the next of each come forward. */
  leave(seq: Seq): void;
}

export function prepareLines(connection: Connection): Lines {
  const head = connection.prepare<[Buffer], { readonly seq: Seq }>(
    'SELECT seq FROM line WHERE line_key = ? ORDER BY seq LIMIT 1',
  );
  const insert = connection.prepare<[Buffer, Seq]>('INSERT INTO line (line_key, seq) VALUES (?, ?)');
  const remove = connection.prepare<[Seq], { readonly line_key: Buffer }>(
    'DELETE FROM line WHERE seq = ? RETURNING line_key',
  );
  const comeForward = connection.prepare<[Buffer]>(
    `UPDATE message SET waiting_on = waiting_on - 1
     WHERE seq = (SELECT seq FROM line WHERE line_key = ? ORDER BY seq LIMIT 1)`,
  );
  return {
    occupied: (keys) => keys.filter((key) => head.get(key) !== undefined).length,
    join(seq, keys) {
      for (const key of keys) insert.run(key, seq);
    },
    leave(seq) {
      for (const { line_key } of remove.all(seq)) comeForward.run(line_key);
    },
  };
}
