/** Random kills, for two minutes. `npm run prove -- kills` takes five, and with --full hours. */
import { expect, test } from 'vitest';
import { runKills } from './kills.ts';
import { reportTable } from './report.ts';

const SEED = 20_261_122;
const LIMIT_MS = 480_000;

test('killed, stopped and frozen at any time, its broker too, the adapter keeps every promise', {
  timeout: LIMIT_MS,
}, async () => {
  const report = await runKills({
    seed: SEED,
    log: () => undefined,
    minutes: 1.75,
    atLeast: { adapterKills: 15, brokerKills: 2, messages: 2_000 },
    adapterEveryMs: 2_500,
    brokerEveryMs: 25_000,
    messagesPerSecond: 50,
    lanes: 40,
  });
  expect(report.problems, reportTable(report)).toEqual([]);
  expect(report.verdict.ok, reportTable(report)).toBe(true);
});
