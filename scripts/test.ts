/**
 * Everything that CI runs, in one command: generated code is fresh, types, lint and format, tests. Every step runs, also
 * after one has failed, and shows its output as it comes. The last line is `N passed, N failed`.
 *
 * The numbers are tests; a step other than the tests that fails counts as one failed, and so does a test file that could
 * not be run. With CI=true a skipped test counts as failed too: nothing is skipped silently.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks, step, wasInterrupted } from './steps.ts';
import { countTests, type TestCount, whatIsWrong } from './test-count.ts';

const inCi = process.env['CI'] === 'true';

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
  const failedChecks = await runChecks();
  const tests = await runTests(reportFolder);
  for (const line of whatIsWrong(tests)) process.stdout.write(`${line}\n`);
  const failed = tests.failed + failedChecks + (wasInterrupted() ? 1 : 0);
  process.exitCode = failed === 0 ? 0 : 1;
  process.stdout.write(`\n${tests.passed} passed, ${failed} failed\n`);
} finally {
  rmSync(reportFolder, { recursive: true, force: true });
}
