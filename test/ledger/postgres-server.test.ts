/** The throw-away server that the tests of the shared ledger run on: nothing is left of it, however its process ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually, findProcesses } from '../support/processes.ts';

const PROGRAM = join(import.meta.dirname, '..', 'support', 'postgres-process.ts');

test.each(['SIGKILL', 'SIGINT'] as const)(
  'of a process that ends by %s no server and no directory is left',
  async (signal) => {
    const child = spawn(process.execPath, [PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(child.stdout, 'data');
    const { port } = new URL(String(line).trim());
    const [server] = findProcesses(
      ({ commandLine }) => commandLine.includes('/postgres ') && commandLine.includes(`-p ${port} `),
    );
    const directory = /-D (\S+)\/postgres\/data/.exec(server?.commandLine ?? '')?.[1] ?? '';
    expect(existsSync(directory)).toBe(true);
    const pids = new Set(
      findProcesses(({ pid, parentPid }) => pid === server?.pid || parentPid === server?.pid).map(({ pid }) => pid),
    );
    expect(pids.size).toBeGreaterThan(3);
    child.kill(signal);
    await eventually('the end of the server', 10_000, () => {
      const left = findProcesses(({ pid, commandLine }) => pids.has(pid) && commandLine !== '');
      return left.length === 0 && !existsSync(directory) ? true : undefined;
    });
  },
);
