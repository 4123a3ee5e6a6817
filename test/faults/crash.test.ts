/** Crash points, as CI runs them: every point of every named flow. `npm run prove -- crash --full` kills at every pair. */
import { expect, test } from 'vitest';
import { runCrash } from './crash.ts';
import { freshSiteVhost } from './fresh-site-vhost.ts';
import { reportTable } from './report.ts';

const SEED = 20_261_122;
// It takes a minute and a half where it has the machine to itself; the rest is for a machine that has not.
const LIMIT_MS = 900_000;

test('killed at any step of the flow and started again, the adapter keeps every promise', {
  timeout: LIMIT_MS,
}, async () => {
  const report = await runCrash({ seed: SEED, log: () => undefined, full: false, freshVhost: freshSiteVhost });
  expect(report.problems, reportTable(report)).toEqual([]);
  expect(report.verdict.ok, reportTable(report)).toBe(true);
});
