/**
 * Steps that a script runs one after the other: each shows its output as it comes, all run also after one has failed, and a
 * signal to the script reaches the step that is running.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** A log file holds no escape sequences. */
const inColour = process.stdout.isTTY;

let interruptedBy: NodeJS.Signals | undefined;
let stopStep: ((signal: NodeJS.Signals) => void) | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interruptedBy = signal;
    stopStep?.(signal);
  });
}

/** Whether a signal has ended the run: the steps that were left did not run. */
export function wasInterrupted(): boolean {
  return interruptedBy !== undefined;
}

/** Runs one step to its end; resolves with whether it exited with 0. */
export async function step(title: string, file: string, args: readonly string[]): Promise<boolean> {
  if (interruptedBy !== undefined) return false;
  const startedAt = performance.now();
  process.stdout.write(`\n== ${title}\n`);
  const ok = await new Promise<boolean>((resolve) => {
    const env = inColour ? process.env : { ...process.env, NO_COLOR: '1' };
    const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    stopStep = (signal) => child.kill(signal);
    child.on('error', (error) => {
      process.stdout.write(`${file}: ${error.message}\n`);
      resolve(false);
    });
    child.on('exit', (code) => resolve(code === 0));
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`== ${title}: ${ok ? 'ok' : 'FEJLET'} (${seconds} s)\n`);
  return ok;
}

/** The checks that need no broker: generated code is fresh, types, lint and format. Resolves with how many failed. */
export async function runChecks(): Promise<number> {
  const fresh = ['scripts/generate.ts', '--check'];
  const checks = [
    await step('Genereret kode er frisk (scripts/generate.ts --check)', process.execPath, fresh),
    await step('Typer (tsc --noEmit)', 'tsc', ['--noEmit', '-p', 'tsconfig.json']),
    await step('Kodestil (biome ci)', 'biome', ['ci', ...(inColour ? [] : ['--colors=off'])]),
    await step('Ubrugt kode og ubrugte pakker (knip)', 'knip', []),
  ];
  return checks.filter((ok) => !ok).length;
}
