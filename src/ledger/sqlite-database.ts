/**
 * One SQLite connection as the ledger needs it: durable settings, one transaction at a time, errors in the port's terms.
 * Knows no tables.
 */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { LedgerUnavailable } from './ledger.ts';

export type Connection = Database.Database;

/** A ledger that lives in memory alone and is gone when it is closed. */
export const IN_MEMORY = ':memory:';

/**
 * How long a statement waits for another process's lock. It blocks the whole process, so it is short: a person's command
 * (`sqlite-interventions.ts`) is over in milliseconds, and only an administrator's own tools can hold a lock for longer.
 */
const BUSY_TIMEOUT_MS = 250;
/** Pages of the write-ahead log (4 KiB each) after which a commit carries them over into the database file. */
const CHECKPOINT_PAGES = 4_000;
/** The log's file is cut back to this after a checkpoint, in bytes. */
const LOG_BYTES = 64 * 1024 * 1024;
/** Page cache, in KiB; negative is how SQLite tells KiB from pages. What is not in it is in the system's own cache. */
const CACHE_KIB = -16_000;

const REASONS: readonly (readonly [code: string, reason: string])[] = [
  ['SQLITE_FULL', 'disken er fuld'],
  ['SQLITE_BUSY', 'filen er låst af en anden proces'],
  ['SQLITE_LOCKED', 'filen er låst af en anden proces'],
  ['SQLITE_READONLY', 'filen er åbnet eller mærket skrivebeskyttet'],
  ['SQLITE_CANTOPEN', 'filen eller dens mappe findes ikke eller må ikke åbnes'],
  ['SQLITE_CORRUPT', 'filen er beskadiget; hent den seneste sikkerhedskopi'],
  ['SQLITE_NOTADB', 'filen er ikke en SQLite-database; angiv en anden fil, eller hent den seneste sikkerhedskopi'],
  ['SQLITE_IOERR', 'disken giver læse- eller skrivefejl, eller der er ikke plads'],
];

/** What SQLite says of a statement that is wrong for the data: trying it again gives the same. */
const OUR_FAULTS = ['SQLITE_CONSTRAINT', 'SQLITE_MISMATCH', 'SQLITE_MISUSE', 'SQLITE_RANGE', 'SQLITE_TOOBIG'];

/** Turns an error of SQLite into the port's; anything else is a programming error and stays as it is. */
export function asUnavailable(path: string, error: unknown): unknown {
  if (error instanceof Database.SqliteError) {
    const { code } = error;
    if (OUR_FAULTS.some((prefix) => code.startsWith(prefix))) return error;
    const reason = REASONS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'SQLite afviste operationen';
    return new LedgerUnavailable(`Ledgeren ${path} kan ikke læses eller skrives lige nu: ${reason} (${code})`, {
      cause: error,
    });
  }
  return error;
}

export function closedLedger(path: string): LedgerUnavailable {
  return new LedgerUnavailable(`Ledgeren ${path} er lukket`);
}

/**
 * Opens the file with the settings that the promises rest on.
 * @throws LedgerUnavailable where it can't be opened, or can't be durable.
 */
export function connect(path: string, owner: boolean): Connection {
  let connection: Connection | undefined;
  try {
    if (owner && path !== IN_MEMORY) createPrivately(path);
    connection = new Database(path, { readonly: !owner, fileMustExist: !owner, timeout: BUSY_TIMEOUT_MS });
    if (owner) configureOwner(connection, path);
    connection.pragma(`cache_size = ${CACHE_KIB}`);
    connection.pragma('temp_store = MEMORY');
    return connection;
  } catch (error) {
    connection?.close();
    if (error instanceof Database.SqliteError || error instanceof LedgerUnavailable) throw asUnavailable(path, error);
    throw new LedgerUnavailable(`Ledgeren ${path} kan ikke åbnes: mappen eller filen findes ikke eller må ikke åbnes`, {
      cause: error,
    });
  }
}

/** The ledger holds personal data: only the user that runs the adapter may read it. SQLite gives its log the same mode. */
function createPrivately(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, 'a', 0o600));
}

function configureOwner(connection: Connection, path: string): void {
  const mode = connection.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal' && path !== IN_MEMORY) {
    throw new LedgerUnavailable(`Ledgeren ${path} kan ikke bruge WAL på dette filsystem; læg den på en lokal disk`);
  }
  // better-sqlite3 builds SQLite so that WAL means NORMAL, which loses the latest commits in a power cut.
  connection.pragma('synchronous = FULL');
  connection.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  connection.pragma(`journal_size_limit = ${LOG_BYTES}`);
  // Rows are written here alone, and retention deletes payloads of rows that stay: constraints would only cost reads.
  connection.pragma('foreign_keys = OFF');
}

/** Runs work as one transaction: all of it is durable when it returns, or nothing has changed. */
export type Transact = <Result>(work: () => Result) => Result;

export function prepareTransact(connection: Connection): Transact {
  const begin = connection.prepare('BEGIN IMMEDIATE');
  const commit = connection.prepare('COMMIT');
  const rollback = connection.prepare('ROLLBACK');
  return (work) => {
    begin.run();
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      // SQLite rolls back by itself after some errors. A failing rollback must not hide why it was needed.
      try {
        if (connection.inTransaction) rollback.run();
      } catch {}
      throw error;
    }
  };
}

/**
 * Takes the right to be the one running adapter on this file. The lock is SQLite's own on a file beside it, so it dies
 * with the process, however that dies.
 * @returns what gives the lock back.
 * @throws LedgerUnavailable where another process holds it.
 */
export function takeOwnership(path: string): () => void {
  if (path === IN_MEMORY) return () => {};
  const lockPath = `${path}.lock`;
  let lock: Connection | undefined;
  try {
    createPrivately(lockPath);
    lock = new Database(lockPath, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    const taken = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
    throw new LedgerUnavailable(
      taken
        ? `Ledgeren ${path} bruges af en anden kørende adapter (${lockPath} er låst). Stop den, eller brug en anden fil`
        : `Ledgeren ${path} kan ikke låses: ${lockPath} kan ikke oprettes eller åbnes`,
      { cause: error },
    );
  }
  const held = lock;
  return () => held.close();
}
