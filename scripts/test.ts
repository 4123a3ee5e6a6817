/**
 * Everything that CI runs, in one command: generated code is fresh, types, lint and format, tests. Every step runs, also
 * after one has failed, and shows its output as it comes. The last line is `N passed, N failed`.
 *
 * The numbers are tests; a step other than the tests that fails counts as one failed, and so does a test file that could
 * not be run. With CI=true a skipped test counts as failed too: nothing is skipped silently.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countTests, type TestCount, whatIsWrong } from './test-count.ts';

const root = join(import.meta.dirname, '..');
/** Colours only where somebody looks at them: in a log they are noise. */
const inColour = process.stdout.isTTY;
const inCi = process.env['CI'] === 'true';

/** The running step; it gets the signals that we get, and we end when it has ended. */
let interrupted: NodeJS.Signals | undefined;
let stopStep: ((signal: NodeJS.Signals) => void) | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = signal;
    stopStep?.(signal);
  });
}

/** Runs one step to its end; resolves with whether it exited with 0. */
async function step(title: string, file: string, args: readonly string[]): Promise<boolean> {
  if (interrupted !== undefined) return false;
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

function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // The run ended before it could write a report; counted as failed.
  }
}

async function runTests(reportFolder: string): Promise<TestCount> {
  const reportFile = join(reportFolder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const ok = await step('Tests (vitest run)', 'vitest', ['run', ...reporters, ...process.argv.slice(2)]);
  return countTests(readReport(reportFile), ok, inCi);
}

const reportFolder = mkdtempSync(join(tmpdir(), 'debitor-adapter-test-'));
try {
  const checks = [
    await step('Genereret kode er frisk (scripts/generate.ts --check)', process.execPath, [
      'scripts/generate.ts',
      '--check',
    ]),
    await step('Typer (tsc --noEmit)', 'tsc', ['--noEmit', '-p', 'tsconfig.json']),
    await step('Kodestil (biome ci)', 'biome', ['ci', ...(inColour ? [] : ['--colors=off'])]),
  ];
  const tests = await runTests(reportFolder);
  for (const line of whatIsWrong(tests)) process.stdout.write(`${line}\n`);
  const failed = tests.failed + checks.filter((ok) => !ok).length + (interrupted === undefined ? 0 : 1);
  process.exitCode = failed === 0 ? 0 : 1;
  process.stdout.write(`\n${tests.passed} passed, ${failed} failed\n`);
} finally {
  rmSync(reportFolder, { recursive: true, force: true });
}
