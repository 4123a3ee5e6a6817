/**
 * What one transaction of a PostgreSQL ledger is about to write: new rows are gathered and written together, one statement
 * per table, where SQLite writes them one by one. Also the one place where a message changes state: only legal moves.
 */
import type { Instant } from '../domain/identer.ts';
import { type State, TRANSITIONS } from '../domain/lifecycle.ts';
import type { Claim, Identity, OutboxAnswer, Seq } from './ledger.ts';
import { type Session, statement } from './postgres-database.ts';
import { insertRows, type RowOf, recordset, TABLE_NAMES, type TableName } from './postgres-tables.ts';
import type { Counted, EventName } from './rows.ts';

/** The last seq and the last answer_id that were given; read under the lock `ledger`. */
export interface Position {
  readonly state: string;
  readonly amount: number;
}

/** Reads the positions, in the round trip that takes the lock. */
export const READ_POSITIONS = "SELECT state, amount FROM counter WHERE subject = 'position' AND writer = 'ledger'";

const COUNT = statement(
  'count',
  `INSERT INTO counter (subject, state, writer, amount)
   SELECT subject, state, writer, amount FROM json_to_recordset($1::json) AS r(subject text, state text, writer text, amount bigint)
   ON CONFLICT (subject, state, writer) DO UPDATE SET amount = counter.amount + excluded.amount`,
);

type Change = readonly [subject: string, state: string, amount: number];

export class Unit {
  readonly session: Session;
  /** The adapter that writes. */
  readonly owner: string;
  /** What this transaction gives to the adapter to dispatch and to publish. */
  readonly claims: Claim[] = [];
  readonly handedOut: OutboxAnswer[] = [];
  readonly #writer: 'ledger' | 'outbox';
  readonly #positions: Map<string, number>;
  readonly #changes = new Map<string, Change>();
  readonly #rows = new Map<TableName, RowOf<TableName>[]>();

  /** @param writer the lock that it holds; each has counters of its own. */
  constructor(session: Session, owner: string, writer: 'ledger' | 'outbox', positions: readonly Position[]) {
    this.session = session;
    this.owner = owner;
    this.#writer = writer;
    this.#positions = new Map(positions.map(({ state, amount }) => [state, amount]));
  }

  nextSeq(): Seq {
    return this.#next('message');
  }

  nextAnswerId(): number {
    return this.#next('answer');
  }

  #next(of: 'message' | 'answer'): number {
    const last = this.#positions.get(of);
    if (last === undefined) throw new Error(`no position is known for a new ${of}`);
    this.#positions.set(of, last + 1);
    this.#change('position', of, 1);
    return last + 1;
  }

  #change(subject: string, state: string, amount: number): void {
    const key = `${subject} ${state}`;
    this.#changes.set(key, [subject, state, (this.#changes.get(key)?.[2] ?? 0) + amount]);
  }

  count([subject, state]: Counted, change: number): void {
    this.#change(subject, state, change);
  }

  /** A message is recorded in this state. */
  enter(kind: Identity['kind'], state: State): void {
    this.#change(kind, state, 1);
  }

  /** @throws Error where the move is not legal: a programming error, the transaction must not be committed. */
  move(kind: Identity['kind'], from: State, to: State): void {
    if (!TRANSITIONS[from].includes(to)) throw new Error(`illegal move of a message: ${from} to ${to}`);
    this.#change(kind, from, -1);
    this.#change(kind, to, 1);
  }

  /** What happened to a message out of the ordinary. */
  note(seq: Seq, at: Instant, event: EventName, detail?: string): void {
    this.insert('event', { seq, at, event, detail });
  }

  insert<Name extends TableName>(table: Name, row: RowOf<Name>): void {
    const rows = this.#rows.get(table);
    if (rows === undefined) this.#rows.set(table, [row]);
    else rows.push(row);
  }

  /** Writes what was gathered. To be called before a statement that must see it, and last. */
  async flush(): Promise<void> {
    for (const table of TABLE_NAMES) {
      const rows = this.#rows.get(table);
      if (rows === undefined) continue;
      this.#rows.delete(table);
      await insertRows(this.session, table, rows);
    }
    const changes = [...this.#changes.values()].filter(([, , amount]) => amount !== 0);
    this.#changes.clear();
    if (changes.length === 0) return;
    const writer = this.#writer;
    await this.session.query(
      COUNT,
      recordset(changes.map(([subject, state, amount]) => ({ subject, state, writer, amount }))),
    );
  }
}
