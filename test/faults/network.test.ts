/** Network faults, as CI runs them. `npm run prove -- network --full` cuts at every byte, and thousands of times. */
import { expect, test } from 'vitest';
import { freshSiteVhost } from './fresh-site-vhost.ts';
import { runNetwork } from './network.ts';
import { reportTable } from './report.ts';

const SEED = 20_261_122;
// It takes a minute and a half where it has the machine to itself; the rest is for a machine that has not.
const LIMIT_MS = 900_000;
const FAULTS = 100;

test('whatever the network does between it and RabbitMQ or PostgreSQL, the adapter keeps every promise', {
  timeout: LIMIT_MS,
}, async () => {
  const report = await runNetwork({ seed: SEED, log: () => undefined, full: false, freshVhost: freshSiteVhost });
  expect(report.problems, reportTable(report)).toEqual([]);
  expect(report.verdict.ok, reportTable(report)).toBe(true);
  expect(report.verdict.disturbances.networkFaults).toBeGreaterThanOrEqual(FAULTS);
});
