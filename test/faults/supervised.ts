/**
 * Keeps one adapter process running, as an init system would: whatever ends it, it is started again at once. Counts what was
 * done to it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '../support/wait.ts';

const PROGRAM = join(import.meta.dirname, 'adapter-process.ts');
/** Between a start that failed and the next one. */
const RETRY_MS = 200;
const STOP_LIMIT_MS = 30_000;
const READY_LIMIT_MS = 60_000;

export interface SupervisedOptions {
  /** Settings for the next start; called for every one of them. */
  readonly environment: () => Readonly<Record<string, string>>;
  readonly logFile: string;
}

interface Running {
  readonly child: ChildProcess;
  ready: boolean;
  armed: boolean;
}

const alive = new Set<ChildProcess>();
// A process that is stopped by SIGSTOP would not see that its parent is gone.
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

export class SupervisedAdapter {
  starts = 0;
  /** Ended by SIGKILL, by us or by itself at a crash point. */
  kills = 0;
  /** Ended by SIGTERM, in order. */
  stops = 0;
  /** Ended by itself with an error: it could not start, or a fault of its own. */
  readonly failures: string[] = [];
  /** What all its processes wrote: their log, line by line. */
  readonly logFile: string;
  readonly #options: SupervisedOptions;
  #running: Running | undefined;
  #wanted = true;
  readonly #supervision: Promise<void>;

  constructor(options: SupervisedOptions) {
    this.#options = options;
    this.logFile = options.logFile;
    this.#supervision = this.#supervise();
  }

  /** It consumes; what is delivered now is taken. */
  get ready(): boolean {
    return this.#running?.ready === true;
  }

  /** The process that runs now. */
  get pid(): number | undefined {
    return this.#running?.child.pid;
  }

  untilReady(): Promise<true> {
    return waitFor('an adapter that consumes', () => this.ready || undefined, READY_LIMIT_MS).then(() => true);
  }

  /** Sends a signal; false where no process runs now. SIGCONT thaws what SIGSTOP froze. */
  signal(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): boolean {
    const running = this.#running;
    if (running === undefined) return false;
    if (signal === 'SIGKILL' || signal === 'SIGTERM') running.ready = false;
    return running.child.kill(signal);
  }

  /** The running process kills itself at the n-th time that it passes a step, counted from now. */
  async arm(crashAt: string): Promise<void> {
    const running = this.#running;
    if (running === undefined) throw new Error('no adapter runs');
    running.armed = false;
    running.child.send({ crashAt });
    await waitFor('an adapter that is armed', () => running.armed || undefined, READY_LIMIT_MS);
  }

  /** Stops it in order, and does not start it again. */
  async stop(): Promise<void> {
    this.#wanted = false;
    const running = this.#running;
    if (running !== undefined) {
      running.child.kill('SIGCONT');
      running.child.kill('SIGTERM');
      const killer = setTimeout(() => running.child.kill('SIGKILL'), STOP_LIMIT_MS);
      await this.#supervision;
      clearTimeout(killer);
    }
    await this.#supervision;
  }

  async #supervise(): Promise<void> {
    while (this.#wanted) {
      const child = this.#start();
      const running: Running = { child, ready: false, armed: false };
      this.#running = running;
      child.on('message', (message) => {
        if (typeof message !== 'object' || message === null) return;
        if ('ready' in message) running.ready = true;
        if ('armed' in message) running.armed = true;
      });
      const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      alive.delete(child);
      this.#running = undefined;
      if (signal === 'SIGKILL') this.kills += 1;
      else if (code === 0) this.stops += 1;
      else {
        this.failures.push(`exit ${code ?? signal ?? '?'}`);
        if (this.#wanted) await pause(RETRY_MS);
      }
    }
  }

  #start(): ChildProcess {
    const log = openSync(this.#options.logFile, 'a');
    this.starts += 1;
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM], {
      env: { PATH: process.env['PATH'] ?? '', ...this.#options.environment() },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    alive.add(child);
    return child;
  }
}
