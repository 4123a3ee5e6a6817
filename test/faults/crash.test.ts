/** Crash points, as CI runs them: every point of every named flow. `npm run prove -- crash --full` kills at every pair. */
import { expect, test } from 'vitest';
import { freshVhost } from '../support/broker.ts';
import { runCrash } from './crash.ts';
import { reportTable } from './report.ts';

const SEED = 20_261_122;
const LIMIT_MS = 480_000;

test('killed at any step of the flow and started again, the adapter keeps every promise', {
  timeout: LIMIT_MS,
}, async () => {
  const report = await runCrash({ seed: SEED, log: () => undefined, full: false, freshVhost });
  expect(report.problems, reportTable(report)).toEqual([]);
  expect(report.verdict.ok, reportTable(report)).toBe(true);
});
