/** What runs on this machine now, from /proc: for tests that nothing is left behind. Linux only, as CI is. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface RunningProcess {
  readonly pid: number;
  readonly parentPid: number;
  readonly name: string;
  readonly commandLine: string;
  readonly environment: readonly string[];
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // It ended meanwhile.
  }
}

/** Every process that `matches`; zombies have neither command line nor environment and count as gone. */
export function findProcesses(matches: (process: RunningProcess) => boolean): RunningProcess[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((pid) => ({
      pid: Number(pid),
      parentPid: Number(/^PPid:\s+(\d+)$/m.exec(read(pid, 'status'))?.[1] ?? 0),
      name: read(pid, 'comm').trim(),
      commandLine: read(pid, 'cmdline').split('\0').join(' '),
      environment: read(pid, 'environ').split('\0'),
    }))
    .filter(matches);
}

/** Waits until `condition` gives a value; throws when `limitMs` have passed. */
export async function eventually<T>(what: string, limitMs: number, condition: () => T | undefined): Promise<T> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    const value = condition();
    if (value !== undefined) return value;
    await delay(25);
  }
  throw new Error(`${what}: not within ${limitMs} ms`);
}
