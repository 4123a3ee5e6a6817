/** A backlog, as CI makes it. `npm run prove -- backlog` makes one of 200,000 messages. */
import { expect, test } from 'vitest';
import { runBacklog } from './backlog.ts';
import { freshSiteVhost } from './fresh-site-vhost.ts';
import { reportTable } from './report.ts';

const SEED = 20_261_122;
const LIMIT_MS = 480_000;

test('with the debitorsystem down the adapter keeps its bounds and says why, and then carries all of it out in order', {
  timeout: LIMIT_MS,
}, async () => {
  const report = await runBacklog({
    seed: SEED,
    log: () => undefined,
    messages: 5_000,
    maxUnfinished: 500,
    downMs: 3_000,
    freshVhost: freshSiteVhost,
  });
  expect(report.problems, reportTable(report)).toEqual([]);
  expect(report.verdict.ok, reportTable(report)).toBe(true);
});
