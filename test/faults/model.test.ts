/** Generated sequences against the model, as CI runs them. `npm run prove -- model --full` plays 50,000. */
import { expect, test } from 'vitest';
import { runModel } from './model.ts';
import { reportTable } from './report.ts';

const SEED = 20_261_122;
const LIMIT_MS = 900_000;

test('whatever comes, in whatever order, comes to what the model says', { timeout: LIMIT_MS }, async () => {
  const report = await runModel({ seed: SEED, log: () => undefined, sequences: 2_000 });
  expect(report.problems, reportTable(report)).toEqual([]);
  expect(report.verdict.ok, reportTable(report)).toBe(true);
});
