/**
 * The embedded ledger's inside: one SQLite connection and what is done on it, synchronously, a method of the port at a time.
 * It works on what is stored: a command is text here, and a line a digest. Composes the parts in `sqlite-*.ts`.
 *
 * It is no ledger yet: `sqlite.ts` makes one of it in this thread, and `sqlite-thread.ts` one in a thread of its own.
 */
import type { Instant } from '../domain/identer.ts';
import type { Capacity, Ledger, Published, Settlement, SvarReport } from './ledger.ts';
import { prepareAnswers } from './sqlite-answers.ts';
import { prepareClaims } from './sqlite-claims.ts';
import { refuseDamagedFile, refuseDamagedLog } from './sqlite-damage.ts';
import { asUnavailable, type Connection, closedLedger, connect, takeOwnership } from './sqlite-database.ts';
import { prepareEvents } from './sqlite-events.ts';
import { prepareLines } from './sqlite-lines.ts';
import { prepareLists } from './sqlite-lists.ts';
import { prepareRecord } from './sqlite-record.ts';
import { migrate, requireSchema } from './sqlite-schema.ts';
import { prepareSettle } from './sqlite-settle.ts';
import { prepareStates } from './sqlite-states.ts';
import type { StoredArrival, StoredClaim, StoredRecorded, StoredSettled, StoredSvarRecorded } from './sqlite-stored.ts';
import { prepareSvars } from './sqlite-svar.ts';
import { prepareWrite } from './sqlite-write.ts';

export interface SqliteLedgerOptions {
  /** The database file; `:memory:` for one that is gone when it is closed. */
  readonly path: string;
  /** The running adapter, of which there is one at a time; else a reader for the command line. */
  readonly owner: boolean;
}

/** The methods whose arguments or results are stored things. */
type Stored = 'record' | 'claim' | 'settle' | 'reportSvar';

/** The methods of the port without their promises. */
export type SqliteCore = {
  [Method in Exclude<keyof Ledger, Stored | 'mayAsk'>]: (
    ...args: Parameters<Ledger[Method]>
  ) => Awaited<ReturnType<Ledger[Method]>>;
} & {
  claim(capacity: Capacity, now: Instant): readonly StoredClaim[];
  settle(settlements: readonly Settlement[], capacity: Capacity): StoredSettled;
  reportSvar(report: SvarReport, capacity?: Capacity): StoredSvarRecorded;
  record(arrivals: readonly StoredArrival[], capacity: Capacity): readonly StoredRecorded[];
  /**
   * Runs calls of `record`, `settle` and `markPublished` in one transaction: all of them are durable when it returns. Where
   * one fails, each is run in a transaction of its own, so that none fails for another's fault.
   */
  together<Result>(calls: readonly (() => Result)[]): readonly CallResult<Result>[];
};

export type CallResult<Result> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly error: unknown };

/**
 * Opens the ledger, as its owner also creates or upgrades it.
 * @throws LedgerUnavailable where it is owned by another process or can't be opened.
 * @throws SchemaError where its schema is not one that this version can work with.
 */
export function openSqliteCore({ path, owner }: SqliteLedgerOptions): SqliteCore {
  const giveBack = owner ? takeOwnership(path) : () => {};
  let connection: Connection | undefined;
  try {
    if (owner) refuseDamagedLog(path);
    connection = connect(path, owner);
    if (owner) {
      refuseDamagedFile(connection, path);
      migrate(connection, path);
    } else requireSchema(connection, path);
    return coreOn(connection, path, owner ? beginIncarnation(connection) : 0, giveBack);
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

function coreOn(connection: Connection, path: string, incarnation: number, giveBack: () => void): SqliteCore {
  const states = prepareStates(connection);
  const note = prepareEvents(connection);
  const answers = prepareAnswers(connection, states);
  const lines = prepareLines(connection);
  const transact = prepareWrite(connection, states, lines);
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
  /** Runs when what is under way is committed. */
  let afterwards: (() => void)[] = [];
  let isTogether = false;
  const commit = <Result>(work: () => Result): Result => {
    afterwards = [];
    const result = guarded(() => transact(work));
    for (const run of afterwards) run();
    return result;
  };
  const write = <Result>(work: () => Result): Result => (isTogether ? work() : commit(work));
  const onCommitted = (run: () => void): void => {
    if (isTogether) afterwards.push(run);
    else run();
  };

  function attempt<Result>(call: () => Result): CallResult<Result> {
    try {
      return { ok: true, value: call() };
    } catch (error) {
      return { ok: false, error };
    }
  }

  function together<Result>(calls: readonly (() => Result)[]): readonly CallResult<Result>[] {
    if (calls.length > 1) {
      isTogether = true;
      try {
        return commit(() => calls.map((call) => ({ ok: true, value: call() }) as const));
      } catch {
        // Whose fault it was is found out below.
      } finally {
        isTogether = false;
      }
    }
    return calls.map((call) => attempt(call));
  }

  return {
    together,
    record(arrivals, capacity) {
      const recorded = write(() => record(arrivals, capacity));
      onCommitted(() => {
        for (const one of recorded) if (one.art === 'answered') answers.handedOut(one.answers);
      });
      return recorded;
    },
    claim: (capacity, now) => write(() => claims.take(capacity, now)),
    settle(settlements, capacity) {
      const settled = write(() => {
        const outcomes = settlements.map((settlement) => ({ seq: settlement.seq, outcome: settle(settlement) }));
        const now = Math.max(...settlements.map(({ at }) => at));
        return {
          answers: outcomes.flatMap(({ outcome }) => (outcome === 'stale' ? [] : outcome)),
          claims: settlements.length === 0 ? [] : claims.take(capacity, now),
          stale: outcomes.filter(({ outcome }) => outcome === 'stale').map(({ seq }) => seq),
        };
      });
      onCommitted(() => answers.handedOut(settled.answers));
      return settled;
    },
    reportSvar(report, capacity) {
      const reported = write(() => {
        const worth = svars.report(report);
        return { ...worth, claims: capacity === undefined ? [] : claims.take(capacity, report.at) };
      });
      answers.handedOut(reported.answers);
      return reported;
    },
    takeUpInterrupted(askAgain, now) {
      const interrupted = write(() => claims.takeUpInterrupted(askAgain, now, !reconsidered));
      reconsidered = true;
      return interrupted;
    },
    dueAnswers(now, limit) {
      const due = read(() => answers.due(now, limit));
      answers.handedOut(due);
      return due;
    },
    markPublished(published: readonly Published[]) {
      const released = write(() => answers.mark(published));
      onCommitted(() => {
        answers.cameBack(published);
        answers.handedOut(released);
      });
      return released;
    },
    nextDueAt() {
      const instants = read(() => [claims.nextDueAt(), answers.nextDueAt()]).filter((at) => at !== undefined);
      return instants.length === 0 ? undefined : Math.min(...instants);
    },
    counts: (today) => read(() => lists.counts(today)),
    history: (id) => read(() => lists.history(id)),
    awaitingSvar: (page) => read(() => lists.awaitingSvar(page)),
    inDoubt: (page) => read(() => lists.inDoubt(page)),
    uleverede: (page) => read(() => lists.uleverede(page)),
    fejlkoe: (page) => read(() => lists.fejlkoe(page)),
    fejlkoeRaw: (id) => read(() => lists.fejlkoeRaw(id)),
    probe(now) {
      write(() => probe.run(now));
    },
    close() {
      connection.close();
      giveBack();
    },
  };
}
