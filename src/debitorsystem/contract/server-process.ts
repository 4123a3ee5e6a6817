/**
 * A debitorsystem that is a server in any language: the kit starts it by a command, reaches it by a client (the built-in
 * backend `http`), and can so restart and kill it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { DebitorsystemPorts } from '../debitorsystem.ts';
import type { KitSubject } from './subject.ts';

/** A Java process may take its time. */
const READY_LIMIT_MS = 50_000;
const LOOK_EVERY_MS = 100;
const CONNECT_LIMIT_MS = 2000;
const TERM_LIMIT_MS = 8_000;
const GROUP_LOOK_MS = 10;

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

async function whenListening(url: URL, hasEnded: () => boolean): Promise<void> {
  const until = performance.now() + READY_LIMIT_MS;
  while (!(await listens(url))) {
    if (hasEnded()) throw new Error('kommandoen, der skulle starte debitorsystemet, sluttede');
    if (performance.now() > until) throw new Error(`debitorsystemet lyttede ikke inden ${READY_LIMIT_MS} ms`);
    await pause(LOOK_EVERY_MS);
  }
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
  let server: ChildProcess | undefined;
  let ended: Promise<unknown> = Promise.resolve();

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = server;
    server = undefined;
    if (ending === undefined) return;
    signalGroup(ending, signal);
    if (!(await endedWithin(ended, TERM_LIMIT_MS))) signalGroup(ending, 'SIGKILL');
    await ended;
    // What the shell has left of its group; its port is taken until it is gone.
    signalGroup(ending, 'SIGKILL');
    const until = performance.now() + TERM_LIMIT_MS;
    while (isGroupAlive(ending) && performance.now() < until) await pause(GROUP_LOOK_MS);
  }

  return {
    capabilities: client.capabilities,
    restarts: true,
    async open(ports: DebitorsystemPorts) {
      if (await listens(address)) throw new Error(`der lytter allerede noget på ${address.host}`);
      const started = spawn(command, { shell: true, detached: true, stdio: 'ignore' });
      server = started;
      ended = once(started, 'exit');
      try {
        await whenListening(address, () => started.exitCode !== null || started.signalCode !== null);
        return await client.open(ports);
      } catch (error) {
        await end('SIGKILL');
        throw error;
      }
    },
    async close() {
      await client.close();
      await end('SIGTERM');
    },
    async kill() {
      await end('SIGKILL');
      await client.close();
    },
  };
}
