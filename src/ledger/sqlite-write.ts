/** One transaction on the tables of a SQLite ledger: what every connection that writes them does around its work. */
import { type Connection, prepareTransact, type Transact } from './sqlite-database.ts';
import type { Lines } from './sqlite-lines.ts';
import type { States } from './sqlite-states.ts';

export function prepareWrite(connection: Connection, states: States, lines: Lines): Transact {
  const transact = prepareTransact(connection);
  return (work) => {
    try {
      return transact(() => {
        states.reset();
        lines.begin();
        const result = work();
        states.flush();
        return result;
      });
    } catch (error) {
      lines.forget();
      throw error;
    }
  };
}
