/**
 * A debitorsystem that is a server in any language, reached by a client (the built-in backend `http`): started by the kit by a
 * command, so that it can be restarted and killed, or by somebody else.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { DebitorsystemPorts } from '../debitorsystem.ts';
import { endOf, LastWords } from './last-words.ts';
import { Output } from './output.ts';
import type { KitSubject } from './subject.ts';

/** A Java process may take its time. */
const READY_LIMIT_MS = 50_000;
const LOOK_EVERY_MS = 100;
const CONNECT_LIMIT_MS = 2000;
const TERM_LIMIT_MS = 8_000;
const GROUP_LOOK_MS = 10;
/** A server that is looked at so often, and has not been there so many times in a row, is gone. */
const WATCH_EVERY_MS = 250;
const SILENT_AFTER = 3;

/** Signals the whole group: the command may be a shell around the server. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Whether anything of its group still runs. */
function isGroupAlive({ pid }: ChildProcess): boolean {
  try {
    return pid !== undefined && process.kill(-pid, 0);
  } catch {
    return false;
  }
}

async function endedWithin(ended: Promise<unknown>, limitMs: number): Promise<boolean> {
  const controller = new AbortController();
  const late = pause(limitMs, false, { signal: controller.signal }).catch(() => false);
  const inTime = await Promise.race([ended.then(() => true), late]);
  controller.abort();
  return inTime;
}

/** Whether something takes connections there. */
async function listens({ hostname, port, protocol }: URL): Promise<boolean> {
  const defaultPort = protocol === 'https:' ? 443 : 80;
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? defaultPort : Number(port) });
  socket.setTimeout(CONNECT_LIMIT_MS, () => socket.destroy());
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
    });
  } finally {
    socket.destroy();
  }
}

async function whenListening(url: URL, { child, words, how }: Server): Promise<void> {
  const until = performance.now() + READY_LIMIT_MS;
  while (!(await listens(url))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`kommandoen, der skulle starte debitorsystemet, sluttede (${await how})`);
    }
    if (performance.now() > until) {
      const said = words.take();
      const late = `debitorsystemet lyttede ikke på ${url.host} inden ${READY_LIMIT_MS} ms`;
      throw new Error(said === '' ? late : `${late}; det skrev på stderr: ${said}`);
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** The process that the command started. */
interface Server {
  readonly child: ChildProcess;
  readonly words: LastWords;
  /** Resolves at its end. */
  readonly how: Promise<string>;
}

function startServer(command: string, output: Output): Server {
  // In a group of its own, so that all of it can be ended.
  const child = spawn(command, { shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  output.listen(child);
  const words = new LastWords(child);
  return { child, words, how: endOf(child, words) };
}

/** Resolves when nothing takes connections there for a while, with that; never, once the signal has been given. */
async function untilSilent(url: URL, signal: AbortSignal): Promise<string> {
  let missed = 0;
  while (missed < SILENT_AFTER) {
    await pause(WATCH_EVERY_MS, undefined, { ref: false });
    if (signal.aborted) return new Promise(() => undefined);
    missed = (await listens(url)) ? 0 : missed + 1;
  }
  return signal.aborted ? new Promise(() => undefined) : `der lyttes ikke længere på ${url.host}`;
}

/**
 * A server that somebody else has started, and that the kit can neither restart nor kill: of its end only its silence is seen.
 * @param client as for {@link serverSubject}.
 * @param url where it takes connections.
 */
export function reachedSubject(client: KitSubject, url: string): KitSubject {
  const address = new URL(url);
  let watching = new AbortController();
  return {
    ...client,
    restarts: false,
    async open(ports) {
      if (!(await listens(address))) throw new Error(`der lytter ingen på ${address.host}`);
      return client.open(ports);
    },
    ended() {
      watching = new AbortController();
      return untilSilent(address, watching.signal);
    },
    async close() {
      watching.abort();
      await client.close();
    },
  };
}

export interface ServerStart {
  readonly command: string;
  readonly url: string;
}

/**
 * @param client reaches the server, and keeps nothing itself: `inProcessSubject` around the backend `http`.
 * @param server.command starts the server, in a shell; it runs until it is ended by SIGTERM or SIGKILL.
 * @param server.url where it takes connections once it is ready.
 */
export function serverSubject(client: KitSubject, { command, url }: ServerStart): KitSubject {
  const address = new URL(url);
  const output = new Output();
  let server: Server | undefined;

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server === undefined) return;
    const { child, how } = server;
    server = undefined;
    signalGroup(child, signal);
    if (!(await endedWithin(how, TERM_LIMIT_MS))) signalGroup(child, 'SIGKILL');
    await how;
    // What the shell has left of its group; its port is taken until it is gone.
    signalGroup(child, 'SIGKILL');
    const until = performance.now() + TERM_LIMIT_MS;
    while (isGroupAlive(child) && performance.now() < until) await pause(GROUP_LOOK_MS);
    child.stdout?.destroy();
    child.stderr?.destroy();
  }

  return {
    capabilities: client.capabilities,
    restarts: true,
    async open(ports: DebitorsystemPorts) {
      if (await listens(address)) throw new Error(`der lytter allerede noget på ${address.host}`);
      const started = startServer(command, output);
      server = started;
      try {
        await whenListening(address, started);
        return await client.open(ports);
      } catch (error) {
        await end('SIGKILL');
        throw error;
      }
    },
    async close() {
      try {
        await client.close();
      } finally {
        await end('SIGTERM');
      }
    },
    async kill() {
      await end('SIGKILL');
      await client.close();
    },
    ended: () => server?.how ?? new Promise(() => undefined),
    lastErrors: () => server?.words.take() ?? '',
    output,
    ...(client.fremmed === undefined ? {} : { fremmed: client.fremmed }),
  };
}
