/**
 * Who is measured, each in a process of its own: the adapter as it is installed, with its defaults; raw echo; and the peers.
 * A subject that ends by itself, or with an error when it is told to stop, fails its run.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { queueName, SVAR_EXCHANGE } from '../../src/broker/topology.ts';
import type { Site } from './site.ts';
import { FAGSYSTEM } from './workload.ts';

/** A subject that consumes, or is about to. */
export interface RunningSubject {
  /** Its processes; empty where it lives in this one. */
  readonly pids: readonly number[];
  /** Rejects where it ends before it is told to. */
  readonly failed: Promise<never>;
  /**
   * The longest time in milliseconds that its event loop stood still since this was called before; only where its loop is
   * watched.
   */
  longestHoldUpMs(): Promise<number>;
  /** Tells it to stop in good order, and resolves when it has. */
  stop(): Promise<void>;
}

export interface Subject {
  readonly name: string;
  /** @param run a name for its files, new for every start. */
  start(run: string): RunningSubject;
}

export const PEERS = ['rabbitmq-client', 'amqp-connection-manager', 'nestjs-rabbitmq', 'rascal'] as const;
export type Peer = (typeof PEERS)[number];

const STOP_LIMIT_MS = 60_000;
const LOG_TAIL = 2000;

const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

interface Program {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it has a channel to us, which nothing but a watched loop needs. */
  readonly channel?: boolean;
}

function startProcess(site: Site, run: string, { name, args, env = {}, channel = false }: Program): RunningSubject {
  const logPath = join(site.folder, `${run}.log`);
  const log = openSync(logPath, 'a');
  const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    env: environment,
    stdio: ['ignore', log, log, ...(channel ? (['ipc'] as const) : [])],
  });
  closeSync(log);
  alive.add(child);
  const ended = once(child, 'exit').then(([code, signal]) => {
    alive.delete(child);
    return code === 0 ? undefined : `${name} endte med ${String(code ?? signal)}: ${logTail(logPath)}`;
  });
  let stopping = false;
  const failed = new Promise<never>((_resolve, reject) => {
    void ended.then((trouble) => {
      if (!stopping) reject(new Error(trouble ?? `${name} stoppede af sig selv: ${logTail(logPath)}`));
    });
  });
  failed.catch(() => undefined); // Whoever waits for it hears of it.
  return {
    pids: child.pid === undefined ? [] : [child.pid],
    failed,
    async longestHoldUpMs() {
      child.send('longest');
      const [{ longestMs }] = (await once(child, 'message')) as [{ readonly longestMs: number }];
      return longestMs;
    },
    async stop() {
      stopping = true;
      if (!hasEnded(child)) child.kill('SIGTERM');
      const bound = new AbortController();
      const late = pause(STOP_LIMIT_MS, `${name} stoppede ikke inden for ${STOP_LIMIT_MS / 1000} s`, {
        signal: bound.signal,
      }).catch(() => undefined);
      const trouble = await Promise.race([ended, late]);
      bound.abort();
      if (!hasEnded(child)) child.kill('SIGKILL');
      if (trouble !== undefined) throw new Error(trouble);
    },
  };
}

function logTail(path: string): string {
  return readFileSync(path, 'utf8').slice(-LOG_TAIL).trim();
}

const LOOP_WATCH = pathToFileURL(join(import.meta.dirname, 'loop-watch.ts')).href;
const CLI = join(import.meta.dirname, '..', '..', 'src', 'ops', 'cli.ts');

export interface AdapterOptions {
  readonly name?: string;
  /** A new SQLite file for every start where left out. */
  readonly ledgerUrl?: (run: string) => string;
  /** Whether the simulator has the large debitorkonto. */
  readonly large?: boolean;
  /** The port of its /readyz and /metrics; any that is free where left out. */
  readonly httpPort?: number;
  /** Whether its event loop is watched, see `longestHoldUpMs`. */
  readonly watchLoop?: boolean;
  /** Where each of its threads leaves a profile when it is stopped; none is made where left out. */
  readonly profileFolder?: string;
}

/** As the Dockerfile starts it. */
const NODE_FLAGS = ['--max-semi-space-size=8'];

/** `debitor-adapter start` with its defaults: all rules, the simulator, and a SQLite ledger on the disk. */
export function adapter(site: Site, options: AdapterOptions = {}): Subject {
  const { name = 'adapter', large = false, httpPort = 0, watchLoop = false } = options;
  const { profileFolder } = options;
  const args = [
    ...NODE_FLAGS,
    ...(watchLoop ? ['--import', LOOP_WATCH] : []),
    ...(profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`]),
    CLI,
    'start',
  ];
  const ledgerUrl = options.ledgerUrl ?? ((run) => `sqlite:${join(site.folder, `${run}.db`)}`);
  return {
    name,
    start: (run) => {
      const env = {
        ADAPTER_AMQP_URL: site.broker.url,
        ADAPTER_LEDGER_URL: ledgerUrl(run),
        ADAPTER_REGISTRY: join(site.folder, 'registry.json'),
        ADAPTER_BACKEND_CONFIG: JSON.stringify({
          data: join(site.folder, large ? 'simulator-stor.json' : 'simulator.json'),
          store: join(site.folder, `${run}-simulator.db`),
        }),
        ADAPTER_HTTP_PORT: String(httpPort),
        // Only on a broker where we may not make users is this not the default.
        ...(site.userIds ? {} : { ADAPTER_REQUIRE_USER_ID: 'false' }),
      };
      return startProcess(site, run, { name, args, env, channel: watchLoop });
    },
  };
}

function echoProgram(site: Site, name: string, path: readonly string[]): Subject {
  const routingKey = `${FAGSYSTEM}.kvittering.debitorkonto`;
  const program = join(import.meta.dirname, ...path);
  const args = [program, site.broker.url, queueName('debitorkonto'), SVAR_EXCHANGE, routingKey];
  return { name, start: (run) => startProcess(site, run, { name, args }) };
}

/** The physical limit: no work, nothing durable. */
export function rawEcho(site: Site): Subject {
  return echoProgram(site, 'rå ekko', ['raw-echo.ts']);
}

/** The same job with another library: parse, check, write, publish, ack; nothing durable. */
export function peer(site: Site, library: Peer): Subject {
  return echoProgram(site, library, ['peers', `${library}.ts`]);
}

/** Several subjects as one; each is started under a run of its own, made of the run and its place among them. */
export function several(name: string, members: readonly ((run: string) => Subject)[]): Subject {
  return {
    name,
    start(run) {
      const running = members.map((member, index) => member(run).start(`${run}-${index}`));
      return {
        pids: running.flatMap(({ pids }) => pids),
        failed: Promise.race(running.map(({ failed }) => failed)),
        longestHoldUpMs: async () =>
          Math.max(...(await Promise.all(running.map((member) => member.longestHoldUpMs())))),
        stop: async () => void (await Promise.all(running.map((member) => member.stop()))),
      };
    },
  };
}
