/**
 * Connections to a PostgreSQL ledger: bounded in number and in time, one transaction per call, errors in the port's terms.
 * Knows no tables. A connection on which anything failed is thrown away, so that nothing of it reaches the next call.
 */
import { hash } from 'node:crypto';
import { DatabaseError, Pool, type PoolClient, types } from 'pg';
import { LedgerUnavailable } from './ledger.ts';

/** Connections of one process. Writers wait for each other in the database, readers do not. */
const MAX_CONNECTIONS = 10;
/** For a new connection, and for a free one. */
const CONNECT_TIMEOUT_MS = 5_000;
/** So long a writer waits for another adapter's transaction. */
const LOCK_TIMEOUT_MS = 10_000;
/** One statement, waiting for locks included; and the same seen from here, where the network may have swallowed it. */
const STATEMENT_TIMEOUT_MS = 15_000;
const ANSWER_TIMEOUT_MS = 20_000;
/** A frozen or vanished adapter holds up the others for so long at most: they wait longer, and so never notice. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 5_000;
/** An upgrade may rewrite tables, and waits for other adapters that upgrade. */
const UPGRADE_TIMEOUT_MS = 600_000;

/**
 * Every statement of the ledger looks up a few rows by an index, in tables whose statistics are always behind. The planner
 * is kept from the plans that pay off only for whole tables, so that a plan made while a table was small stays right.
 */
const SESSION_SETTINGS = `
  SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
  SET default_transaction_isolation = 'read committed';
  SET client_min_messages = 'warning';
  SET jit = off;
  SET enable_seqscan = off;
  SET enable_hashjoin = off;
  SET enable_mergejoin = off;
`;

/** Beginnings of SQLSTATE codes, the more exact ones first. */
const REASONS: readonly (readonly [code: string, reason: string])[] = [
  ['53100', 'disken er fuld'],
  ['53', 'databasen mangler plads, hukommelse eller forbindelser'],
  ['57014', 'operationen varede for længe'],
  ['57', 'databasen lukkes eller starter'],
  ['55P03', 'den er låst af en anden adapter'],
  ['40', 'en anden adapter var i vejen'],
  ['25006', 'databasen kan kun læses'],
  ['25P03', 'adapteren stod stille midt i en transaktion'],
  ['28', 'databasen afviser adapterens bruger eller kode'],
  ['3D000', 'databasen findes ikke'],
  ['42501', 'adapterens bruger mangler rettigheder'],
  ['42P01', 'en tabel mangler'],
  ['58', 'databasens disk giver fejl'],
  ['08', 'forbindelsen blev afbrudt'],
  ['XX', 'databasen er beskadiget; se dens log'],
];

/** Values that can't be stored, and rows that must not be: a fault of ours, and trying again does not help. */
const OUR_FAULT = /^(22|23|54)/;

/**
 * PostgreSQL stores no NUL in a text, but AMQP allows one in a property. A character that Unicode has set aside for use
 * inside programs stands for it in the database.
 */
const NUL = '\0';
const NUL_STORED = '\uFDD0';

const INT8_OID = 20;
const TEXT_OID = 25;

/** The standard parsers, but numbers as numbers: seq, ids and instants stay below 2^53. */
const TYPES = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8_OID) return Number;
    if (oid === TEXT_OID)
      return (text: string) => (text.includes(NUL_STORED) ? text.replaceAll(NUL_STORED, NUL) : text);
    return types.getTypeParser(oid, format);
  },
};

/** A text as PostgreSQL can store it. */
export function storable(text: string): string {
  return (text.includes(NUL) ? text.replaceAll(NUL, NUL_STORED) : text).toWellFormed();
}

/** One kind of statement: prepared once per connection under its name. `Row` is what it returns. */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** Never set: keeps statements with different rows apart. */
  readonly row?: Row;
}

export function statement<Row = never>(name: string, text: string): Statement<Row> {
  return { name, text };
}

type Value = string | number | null | Uint8Array | readonly (string | number | Buffer)[];

/** One connection for the length of one call. */
export interface Session {
  query<Row>(statement: Statement<Row>, ...values: readonly Value[]): Promise<readonly Row[]>;
  /** Statements without values, in one round trip. @returns the rows of the last one. */
  script<Row = never>(text: string): Promise<readonly Row[]>;
}

/**
 * What keeps writers apart, across all adapters. `ledger` is taken by everything that changes messages or adds answers,
 * `outbox` by everything that changes answers that are there already.
 *
 * Deadlocks can't happen: a transaction waits for these two alone, and one that takes both takes `ledger` first. Row locks
 * are never waited for, since each row is written under one of the two only; the owners' rows, which are not, are written
 * by transactions of one statement. `upgrade` is taken alone, when a ledger is opened.
 */
export type Lock = 'ledger' | 'outbox' | 'upgrade';

export interface Database {
  /** Host, port and database: for messages. Never the user or the password. */
  readonly name: string;
  /** Reads, each statement for itself. */
  read<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /**
   * One transaction under a lock.
   * @param first a script that is run in the round trip that takes the lock; the rows of its last statement go to `work`.
   */
  write<Result, Row = never>(
    lock: Lock,
    first: string,
    work: (session: Session, rows: readonly Row[]) => Promise<Result>,
  ): Promise<Result>;
  /** Takes one more lock in a transaction. */
  lock(session: Session, lock: Lock): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Connections that can't change anything. */
  readonly readOnly: boolean;
  readonly onConnectionLost: (reason: string) => void;
  /** The connection was lost while a commit was under way: it may have been carried out. */
  readonly onDoubtfulCommit: () => void;
}

function nameOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `postgres://${host}${pathname}`;
  } catch {
    return 'postgres';
  }
}

function unavailable(name: string, error: unknown): unknown {
  if (error instanceof DatabaseError && OUR_FAULT.test(error.code ?? '')) return error;
  const code = error instanceof DatabaseError ? (error.code ?? '') : networkCode(error);
  const reason = REASONS.find(([prefix]) => code.startsWith(prefix))?.[1];
  const because = reason ?? (error instanceof DatabaseError ? 'PostgreSQL afviste operationen' : 'ingen forbindelse');
  const shown = code === '' ? because : `${because} (${code})`;
  return new LedgerUnavailable(`Ledgeren ${name} kan ikke læses eller skrives lige nu: ${shown}`, { cause: error });
}

function networkCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** Marks what came from the database, so that it is told from what the work itself threw. */
class Failure extends Error {
  override readonly name = 'Failure';
}

async function fromDatabase<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (cause) {
    throw new Failure('the database failed', { cause });
  }
}

function sessionOn(client: PoolClient): Session {
  return {
    async query<Row>({ name, text }: Statement<Row>, ...values: readonly Value[]): Promise<readonly Row[]> {
      const given = values.map((value) => (typeof value === 'string' ? storable(value) : value));
      const { rows } = await fromDatabase(client.query<Row & object>({ name, text, values: given }));
      return rows;
    },
    async script<Row>(text: string): Promise<readonly Row[]> {
      const results = await fromDatabase(client.query<Row & object>(text));
      // Several statements give several results, one gives it bare.
      const last = Array.isArray(results) ? results.at(-1) : results;
      return last?.rows ?? [];
    },
  };
}

/** Opens no connection yet. */
export function openDatabase(options: DatabaseOptions): Database {
  const name = nameOf(options.url);
  const settings = options.readOnly ? `${SESSION_SETTINGS} SET default_transaction_read_only = on;` : SESSION_SETTINGS;
  const pool = new Pool({
    connectionString: options.url,
    application_name: 'debitor-adapter',
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    lock_timeout: LOCK_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    types: TYPES,
    onConnect: async (client) => {
      // A connection that dies while it is in use says so here as well as in its query; unheard, it would end the process.
      client.on('error', () => undefined);
      await client.query(settings);
    },
  });
  pool.on('error', (error) => options.onConnectionLost(networkCode(error)));
  let closed: Promise<void> | undefined;

  async function using<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    if (closed !== undefined) throw new LedgerUnavailable(`Ledgeren ${name} er lukket`);
    let client: PoolClient | undefined;
    let broken = false;
    try {
      client = await fromDatabase(pool.connect());
      return await work(client);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      broken = true;
      throw unavailable(name, error.cause);
    } finally {
      client?.release(broken);
    }
  }

  const lockText = (lock: Lock): string => `SELECT pg_advisory_xact_lock(${lockKey(lock)}, hashtext(current_schema()))`;

  return {
    name,
    read: (work) => using((client) => work(sessionOn(client))),
    write: <Result, Row>(
      lock: Lock,
      first: string,
      work: (session: Session, rows: readonly Row[]) => Promise<Result>,
    ) =>
      using(async (client) => {
        const session = sessionOn(client);
        const longer = lock === 'upgrade' ? upgradeTimeouts() : '';
        // Each statement of the script sees what was committed before it: the lock's other holders included.
        const rows = await session.script<Row>(`BEGIN; ${longer} ${lockText(lock)}; ${first}`);
        let result: Result;
        try {
          result = await work(session, rows);
        } catch (error) {
          if (!(error instanceof Failure)) await session.script('ROLLBACK');
          throw error;
        }
        try {
          await session.script('COMMIT');
        } catch (error) {
          options.onDoubtfulCommit();
          throw error;
        }
        return result;
      }),
    async lock(session, lock) {
      await session.script(lockText(lock));
    },
    close() {
      closed ??= pool.end();
      return closed;
    },
  };
}

/** The first half of an advisory lock's key; the second is the schema, so that ledgers in one database do not meet. */
function lockKey(lock: Lock): number {
  return Number.parseInt(hash('sha256', `debitor-adapter ledger ${lock}`, 'hex').slice(0, 7), 16);
}

function upgradeTimeouts(): string {
  return `SET LOCAL lock_timeout = ${UPGRADE_TIMEOUT_MS}; SET LOCAL statement_timeout = ${UPGRADE_TIMEOUT_MS};
    SET LOCAL idle_in_transaction_session_timeout = ${UPGRADE_TIMEOUT_MS};`;
}
