/**
 * Grouped commits: work that arrives in the same turn of the event loop shares one transaction, since a commit costs more
 * than the work in it. A lone piece of work does not wait for company. Long work (`steps.ts`) keeps its transaction open
 * over several turns; until that has ended nothing else may read or write over the same connection.
 */
import BetterSqlite3 from 'better-sqlite3';
import { STEP_ROWS, type Steps } from './steps.ts';

/** The work was done, but whether its commit reached the store is not known. */
export class CommitFailed extends Error {
  override readonly name = 'CommitFailed';
}

interface Job {
  /** Roughly how many rows it touches. */
  readonly cost: number;
  /** Does the work; where it is long only its first step, and gives those that are left. */
  readonly run: () => Steps<void> | undefined;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Rows in one transaction of several jobs, so that the event loop is not held for long. One job alone may cost more. */
const MAX_GROUP_COST = STEP_ROWS;

/** So often it is tried to begin while another process holds the store: each waits `BUSY_TIMEOUT_MS` (`store.ts`). */
const BEGIN_ATTEMPTS = 100;

export class GroupCommit {
  readonly #db: BetterSqlite3.Database;
  readonly #begin: BetterSqlite3.Statement<[]>;
  readonly #commit: BetterSqlite3.Statement<[]>;
  #waiting: Job[] = [];
  /** The group whose transaction is open. */
  #running: Steps<void> | undefined;
  #scheduled = false;

  constructor(db: BetterSqlite3.Database) {
    this.#db = db;
    // Immediate: another process on the same store must not slip a write between our reads and our writes.
    this.#begin = db.prepare('begin immediate');
    this.#commit = db.prepare('commit');
  }

  /**
   * Runs synchronous work in the next transaction, in the order of submission; resolves with what it returned once that
   * is committed. Work that throws is rolled back alone and rejects with what it threw. Work is run again from its
   * beginning where other work of its group threw.
   * @throws CommitFailed (as a rejection) where the commit itself failed.
   */
  submit<T>(work: () => T, cost = 1): Promise<T> {
    return this.#add(cost, (done) => {
      done(work());
      return undefined;
    });
  }

  /** The same for work that may be long: the event loop turns after each of its steps. */
  submitSteps<T>(work: () => Steps<T>, cost: number): Promise<T> {
    return this.#add(cost, (done) => {
      const steps = work();
      const first = steps.next();
      if (first.done === true) done(first.value);
      return first.done === true ? undefined : restOf(steps, done);
    });
  }

  /** Ends the group whose transaction is open, without turning the event loop: what is read afterwards is committed. */
  settle(): void {
    while (this.#running !== undefined) this.#step(this.#running);
  }

  #add<T>(cost: number, work: (done: (value: T) => void) => Steps<void> | undefined): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: { readonly value: T } | undefined;
      const done = (value: T): void => {
        result = { value };
      };
      this.#waiting.push({
        cost,
        run: () => work(done),
        resolve: () =>
          result === undefined ? reject(new CommitFailed('arbejdet blev ikke kørt')) : resolve(result.value),
        reject,
      });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#turn();
    });
  }

  #turn(): void {
    if (this.#running === undefined && this.#waiting.length > 0) this.#running = this.#runGroup(this.#takeGroup());
    if (this.#running !== undefined) this.#step(this.#running);
    if (this.#running !== undefined || this.#waiting.length > 0) this.#schedule();
  }

  #step(group: Steps<void>): void {
    if (group.next().done) this.#running = undefined;
  }

  #takeGroup(): Job[] {
    let cost = 0;
    let count = 0;
    for (const job of this.#waiting) {
      cost += job.cost;
      if (count > 0 && cost > MAX_GROUP_COST) break;
      count += 1;
    }
    const group = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    return group;
  }

  *#runGroup(group: readonly Job[]): Steps<void> {
    try {
      yield* this.#open();
    } catch (error) {
      for (const job of group) job.reject(error);
      return;
    }
    try {
      let isLong = false;
      for (const job of group) {
        const rest = job.run();
        if (rest === undefined) continue;
        isLong = true;
        yield* rest;
      }
      // To commit so much is a step of its own.
      if (isLong) yield;
    } catch (error) {
      this.#rollback();
      // One of them failed, and took the others' work with it: give each a transaction of its own.
      if (group.length === 1) group[0]?.reject(error);
      else for (const job of group) yield* this.#runGroup([job]);
      return;
    }
    this.#finish(group);
  }

  /** Begins the transaction, and turns the event loop while another process has one. */
  *#open(): Steps<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.#begin.run();
        return;
      } catch (error) {
        if (attempt === BEGIN_ATTEMPTS || !isBusy(error)) throw error;
      }
      yield;
    }
  }

  #finish(group: readonly Job[]): void {
    try {
      this.#commit.run();
    } catch (error) {
      this.#rollback();
      const failure = new CommitFailed('lageret kunne ikke gemme', { cause: error });
      for (const job of group) job.reject(failure);
      return;
    }
    for (const job of group) job.resolve();
  }

  #rollback(): void {
    if (this.#db.inTransaction) this.#db.exec('rollback');
  }
}

/** Work whose first step has been made. */
function* restOf<T>(steps: Steps<T>, done: (value: T) => void): Steps<void> {
  yield;
  done(yield* steps);
}

function isBusy(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
