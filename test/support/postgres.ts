/**
 * A PostgreSQL for a test file. The rungs are tried in this order:
 *
 *   url    TEST_POSTGRES_URL names a server that someone else runs: a database of our own is made there and deleted again
 *   local  the server that is installed (/usr/lib/postgresql), as a throw-away server on a free port of 127.0.0.1
 *   apt    as root on Debian: install the package, then as `local`
 *
 * A throw-away server ends with the process that started it, however that ends: the watchdog of the broker ladder kills it
 * and deletes its directory.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { pickFreePorts } from '../../src/ops/broker-ladder/free-ports.ts';
import { type Guard, openGuard } from '../../src/ops/broker-ladder/guard.ts';
import { MARK_NAME } from '../../src/ops/broker-ladder/mark.ts';
import { waitFor } from './wait.ts';

const run = promisify(execFile);
const INSTALLED = '/usr/lib/postgresql';
const START_LIMIT_MS = 30_000;
const INITDB_LIMIT_MS = 60_000;
const INSTALL_LIMIT_MS = 600_000;

export interface TestPostgres {
  /** A superuser's URL of a database without tables. */
  readonly url: string;
  /** The URL of an empty schema of its own in that database. */
  freshUrl(): Promise<string>;
  /** Runs one statement as the superuser. */
  sql(text: string, url?: string): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** A server that the test may end and start again. */
export interface OwnPostgres extends TestPostgres {
  /** Ends the server at once, as a crash does. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

async function runSql(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function onServer(serverUrl: string): Promise<Omit<TestPostgres, 'stop'> & { readonly database: string }> {
  const database = `test_${randomBytes(6).toString('hex')}`;
  await runSql(serverUrl, `CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'UTF8'`);
  const at = new URL(serverUrl);
  at.pathname = `/${database}`;
  const url = at.href;
  return {
    database,
    url,
    async freshUrl() {
      const schema = `ledger_${randomBytes(6).toString('hex')}`;
      await runSql(url, `CREATE SCHEMA ${schema}`);
      const fresh = new URL(url);
      fresh.searchParams.set('options', `-c search_path=${schema}`);
      return fresh.href;
    },
    sql: (text, other = url) => runSql(other, text),
  };
}

/** The programs of the newest installed server. */
function installedPrograms(): string | undefined {
  if (!existsSync(INSTALLED)) return undefined;
  const versions = readdirSync(INSTALLED).sort((one, other) => Number(other) - Number(one));
  return versions.map((version) => join(INSTALLED, version, 'bin')).find((path) => existsSync(join(path, 'initdb')));
}

async function programs(): Promise<string> {
  const installed = installedPrograms();
  if (installed !== undefined) return installed;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    throw new Error(
      'Testene af PostgreSQL-ledgeren kræver en PostgreSQL. Sæt TEST_POSTGRES_URL=postgres://bruger:kode@vært/postgres, ' +
        'eller installer den: sudo apt-get update && sudo apt-get install --no-install-recommends postgresql',
    );
  }
  // RUNLEVEL=1 tells Debian's scripts not to start a server; flock lets two runs take turns.
  const apt = [
    'DEBIAN_FRONTEND=noninteractive',
    'RUNLEVEL=1',
    'flock',
    '--timeout',
    '600',
    '/etc/apt',
    'apt-get',
    '-qq',
  ];
  await run('env', [...apt, 'update'], { timeout: INSTALL_LIMIT_MS });
  await run('env', [...apt, '-y', '--no-install-recommends', 'install', 'postgresql'], { timeout: INSTALL_LIMIT_MS });
  const found = installedPrograms();
  if (found === undefined) throw new Error('Pakken postgresql blev installeret, men initdb blev ikke fundet');
  return found;
}

/** PostgreSQL refuses to run as root; its own IPC namespace takes its shared memory with it when it is killed. */
function asServerUser(command: readonly string[]): readonly string[] {
  if (process.getuid?.() !== 0) return command;
  const user = ['--reuid=postgres', '--regid=postgres', '--init-groups', '--'];
  return ['unshare', '--ipc', '--', 'setpriv', ...user, ...command];
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}

class PrivateServer {
  readonly url: string;
  readonly #programs: string;
  readonly #guard: Guard;
  readonly #port: number;
  readonly #durable: boolean;
  #child: ChildProcess | undefined;

  constructor(path: string, guard: Guard, port: number, durable: boolean) {
    this.#programs = path;
    this.#guard = guard;
    this.#port = port;
    this.#durable = durable;
    this.url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  }

  get #home(): string {
    return join(this.#guard.directory, 'postgres');
  }

  get #data(): string {
    return join(this.#home, 'data');
  }

  get #environment(): Record<string, string> {
    return { [MARK_NAME]: this.#guard.directory, PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C.UTF-8' };
  }

  async initialise(): Promise<void> {
    mkdirSync(this.#home, { mode: 0o700 });
    if (process.getuid?.() === 0) {
      chmodSync(this.#guard.directory, 0o711);
      chownSync(this.#home, idOf('-u'), idOf('-g'));
    }
    const options = ['-D', this.#data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N'];
    const [file = '', ...args] = asServerUser([join(this.#programs, 'initdb'), ...options]);
    await run(file, args, { cwd: '/', env: this.#environment, timeout: INITDB_LIMIT_MS });
  }

  async start(): Promise<void> {
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      // A killed process loses nothing that was written: only a power cut needs the disk to be waited for.
      fsync: this.#durable ? 'on' : 'off',
      max_connections: '100',
      shared_buffers: '32MB',
    };
    const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const command = [join(this.#programs, 'postgres'), '-D', this.#data, '-p', String(this.#port), ...given];
    const [file = '', ...args] = asServerUser(command);
    const logPath = join(this.#guard.directory, 'postgres.log');
    const log = openSync(logPath, 'a', 0o600);
    const child = spawn(file, args, { cwd: '/', env: this.#environment, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    this.#child = child;
    child.unref();
    let obstacle: unknown;
    const ready = async (): Promise<boolean> => {
      if (child.exitCode !== null)
        throw new Error(`PostgreSQL stoppede under opstarten:\n${readFileSync(logPath, 'utf8')}`);
      try {
        await runSql(this.url, 'SELECT 1');
        return true;
      } catch (error) {
        obstacle = error;
        return false;
      }
    };
    await waitFor('PostgreSQL to answer', ready, START_LIMIT_MS).catch((error: unknown) => {
      throw new Error(`PostgreSQL svarede ikke: ${String(obstacle)}`, { cause: error });
    });
  }

  /** SIGQUIT ends all its processes at once and leaves recovery to the next start, as a crash does, but frees its memory. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    const ended = once(child, 'exit');
    child.kill('SIGQUIT');
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill();
    await this.#guard.end();
  }
}

/** @param durable whether the server waits for the disk: only what measures it needs that. */
export async function startOwnPostgres({ durable = false }: { readonly durable?: boolean } = {}): Promise<OwnPostgres> {
  const path = await programs();
  const [port] = await pickFreePorts(1);
  if (port === undefined) throw new Error('ingen ledig port');
  const guard = openGuard();
  const server = new PrivateServer(path, guard, port, durable);
  try {
    await server.initialise();
    await server.start();
    const { url, freshUrl, sql } = await onServer(server.url);
    return {
      url,
      freshUrl,
      sql,
      kill: () => server.kill(),
      start: () => server.start(),
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['TEST_POSTGRES_URL'];
  if (given === undefined) return startOwnPostgres();
  const { database, ...server } = await onServer(given);
  return {
    ...server,
    stop: async () => void (await runSql(given, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)),
  };
}
