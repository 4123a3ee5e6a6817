/**
 * The embedded ledger: one SQLite file, owned by one running adapter, read by the command line beside it. Composes the
 * parts in `sqlite-*.ts`; every method is one transaction and works synchronously inside, so calls never interleave.
 */
import type { Ledger, Published } from './ledger.ts';
import { prepareAnswers } from './sqlite-answers.ts';
import { prepareClaims } from './sqlite-claims.ts';
import {
  asUnavailable,
  type Connection,
  closedLedger,
  connect,
  prepareTransact,
  takeOwnership,
} from './sqlite-database.ts';
import { prepareEvents } from './sqlite-events.ts';
import { prepareLines } from './sqlite-lines.ts';
import { prepareLists } from './sqlite-lists.ts';
import { prepareRecord } from './sqlite-record.ts';
import { migrate, requireSchema } from './sqlite-schema.ts';
import { prepareSettle } from './sqlite-settle.ts';
import { prepareStates } from './sqlite-states.ts';
import { prepareSvars } from './sqlite-svar.ts';

export interface SqliteLedgerOptions {
  /** The database file; `:memory:` for one that is gone when it is closed. */
  readonly path: string;
  /** The running adapter, of which there is one at a time; else a reader for the command line. */
  readonly owner: boolean;
}

/**
 * Opens the ledger, as its owner also creates or upgrades it.
 * @throws LedgerUnavailable where it is owned by another process or can't be opened.
 * @throws SchemaError where its schema is not one that this version can work with.
 */
export async function openSqliteLedger({ path, owner }: SqliteLedgerOptions): Promise<Ledger> {
  const giveBack = owner ? takeOwnership(path) : () => {};
  let connection: Connection | undefined;
  try {
    connection = connect(path, owner);
    if (owner) migrate(connection, path);
    else requireSchema(connection, path);
    return ledgerOn(connection, path, owner ? beginIncarnation(connection) : 0, giveBack);
  } catch (error) {
    connection?.close();
    giveBack();
    throw asUnavailable(path, error);
  }
}

/** Tells the claims of this owner from those of the ones before it. */
function beginIncarnation(connection: Connection): number {
  const next = connection.prepare<[], { readonly incarnation: number }>(
    'UPDATE owner SET incarnation = incarnation + 1 RETURNING incarnation',
  );
  const row = next.all()[0];
  if (row === undefined) throw new Error('the table owner is empty');
  return row.incarnation;
}

function ledgerOn(connection: Connection, path: string, incarnation: number, giveBack: () => void): Ledger {
  const transact = prepareTransact(connection);
  const states = prepareStates(connection);
  const note = prepareEvents(connection);
  const answers = prepareAnswers(connection, states);
  const lines = prepareLines(connection);
  const lists = prepareLists(connection);
  const claims = prepareClaims(connection, states, note, incarnation);
  const svars = prepareSvars(connection, { states, note, answers, lines });
  const settle = prepareSettle(connection, { states, note, answers, lines, svars });
  const record = prepareRecord(connection, { states, note, answers, lines, claims, svars, incarnation });
  const probe = connection.prepare<[number]>('UPDATE owner SET probed_at = ?');

  let reconsidered = false;
  const guarded = <Result>(work: () => Result): Result => {
    if (!connection.open) throw closedLedger(path);
    try {
      return work();
    } catch (error) {
      throw asUnavailable(path, error);
    }
  };
  const read = guarded;
  const write = <Result>(work: () => Result): Result =>
    guarded(() =>
      transact(() => {
        states.reset();
        const result = work();
        states.flush();
        return result;
      }),
    );

  return {
    async record(arrivals, capacity) {
      const recorded = write(() => record(arrivals, capacity));
      for (const one of recorded) if (one.art === 'answered') answers.handedOut(one.answers);
      return recorded;
    },
    claim: async (capacity, now) => write(() => claims.take(capacity, now)),
    async settle(settlements, capacity) {
      const settled = write(() => {
        const outcomes = settlements.map((settlement) => ({ seq: settlement.seq, outcome: settle(settlement) }));
        const now = Math.max(...settlements.map(({ at }) => at));
        return {
          answers: outcomes.flatMap(({ outcome }) => (outcome === 'stale' ? [] : outcome)),
          claims: settlements.length === 0 ? [] : claims.take(capacity, now),
          stale: outcomes.filter(({ outcome }) => outcome === 'stale').map(({ seq }) => seq),
        };
      });
      answers.handedOut(settled.answers);
      return settled;
    },
    async reportSvar(report, capacity) {
      const reported = write(() => {
        const worth = svars.report(report);
        return { ...worth, claims: capacity === undefined ? [] : claims.take(capacity, report.at) };
      });
      answers.handedOut(reported.answers);
      return reported;
    },
    async takeUpInterrupted(askAgain, now) {
      const interrupted = write(() => claims.takeUpInterrupted(askAgain, now, !reconsidered));
      reconsidered = true;
      return interrupted;
    },
    async dueAnswers(now, limit) {
      const due = read(() => answers.due(now, limit));
      answers.handedOut(due);
      return due;
    },
    async markPublished(published: readonly Published[]) {
      const released = write(() => answers.mark(published));
      answers.cameBack(published);
      answers.handedOut(released);
      return released;
    },
    async nextDueAt() {
      const instants = read(() => [claims.nextDueAt(), answers.nextDueAt()]).filter((at) => at !== undefined);
      return instants.length === 0 ? undefined : Math.min(...instants);
    },
    counts: async (today) => read(() => lists.counts(today)),
    history: async (id) => read(() => lists.history(id)),
    awaitingSvar: async (page) => read(() => lists.awaitingSvar(page)),
    inDoubt: async (page) => read(() => lists.inDoubt(page)),
    uleverede: async (page) => read(() => lists.uleverede(page)),
    fejlkoe: async (page) => read(() => lists.fejlkoe(page)),
    fejlkoeRaw: async (id) => read(() => lists.fejlkoeRaw(id)),
    async probe(now) {
      write(() => probe.run(now));
    },
    async close() {
      connection.close();
      giveBack();
    },
  };
}
