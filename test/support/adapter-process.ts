/** A real adapter in a process of its own (test/faults/adapter-process.ts), that a test can look into, stop and kill. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '..', 'faults', 'adapter-process.ts');

export interface AdapterProcess {
  readonly child: ChildProcess;
  /** How often it has passed a step of the flow. */
  passed(step: string): number;
  /** What it has logged so far. */
  log(): string;
  /** Ends it at once, and waits until it is gone. */
  kill(): Promise<void>;
}

/**
 * Starts one, and resolves once it takes deliveries.
 * @param folder of the test's own, for its log and its trace.
 * @param environment its settings, and nothing else but PATH.
 */
export async function startAdapterProcess(
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<AdapterProcess> {
  const name = randomUUID();
  const [trace, logFile] = [join(folder, `${name}.trace`), join(folder, `${name}.log`)];
  const log = openSync(logFile, 'a');
  const child = fork(PROGRAM, [], {
    env: { PATH: process.env['PATH'], ...environment, PROVE_TRACE: trace, PROVE_TRACE_STEPS: 'true' },
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ready = once(child, 'message');
  const ended = once(child, 'exit');
  const failed = ended.then(([code]) => {
    throw new Error(`an adapter ended with ${String(code)}:\n${readFileSync(logFile, 'utf8')}`);
  });
  failed.catch(() => undefined);
  await Promise.race([ready, failed]);
  return {
    child,
    passed: (step) =>
      existsSync(trace)
        ? readFileSync(trace, 'utf8')
            .split('\n')
            .filter((line) => line === step).length
        : 0,
    log: () => readFileSync(logFile, 'utf8'),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
