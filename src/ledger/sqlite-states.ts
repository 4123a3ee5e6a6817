/**
 * The states of what a SQLite ledger holds, and how many rows are in each. The one place where a message changes state:
 * only legal moves.
 */
import { type State, TRANSITIONS } from '../domain/lifecycle.ts';
import type { Identity } from './ledger.ts';
import type { Counted } from './rows.ts';
import type { Connection } from './sqlite-database.ts';

type Kind = Identity['kind'];

export interface States {
  /** Begins counting for a transaction, and forgets what an aborted one counted. */
  reset(): void;
  count(counted: Counted, change: number): void;
  /** A message is recorded in this state. */
  enter(kind: Kind, state: State): void;
  /** @throws Error where the move is not legal: a programming error, the transaction must not be committed. */
  move(kind: Kind, from: State, to: State): void;
  /** Writes what was counted; the last step of a transaction. */
  flush(): void;
}

export function prepareStates(connection: Connection): States {
  const add = connection.prepare<[subject: string, state: string, amount: number]>(
    `INSERT INTO counter (subject, state, amount) VALUES (?, ?, ?)
     ON CONFLICT (subject, state) DO UPDATE SET amount = amount + excluded.amount`,
  );
  const changes = new Map<string, { readonly counted: Counted; change: number }>();
  const count = (counted: Counted, change: number): void => {
    const key = `${counted[0]} ${counted[1]}`;
    const earlier = changes.get(key);
    if (earlier === undefined) changes.set(key, { counted, change });
    else earlier.change += change;
  };
  return {
    reset: () => changes.clear(),
    count,
    enter: (kind, state) => count([kind, state], 1),
    move(kind, from, to) {
      if (!TRANSITIONS[from].includes(to)) throw new Error(`illegal move of a message: ${from} to ${to}`);
      count([kind, from], -1);
      count([kind, to], 1);
    },
    flush() {
      for (const { counted, change } of changes.values()) if (change !== 0) add.run(counted[0], counted[1], change);
      changes.clear();
    },
  };
}
