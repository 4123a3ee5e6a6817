/** Orderly stops, as CI makes them: at every step of the flow once, a few under load, and one that nobody answers. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { waitFor } from '../support/wait.ts';
import { freshSiteVhost } from './fresh-site-vhost.ts';
import { judge } from './judge.ts';
import { reportTable } from './report.ts';
import { runShutdown } from './shutdown.ts';
import { openSite } from './site.ts';
import { lanesFor } from './traffic.ts';

const SEED = 20_261_122;
const LIMIT_MS = 600_000;
const BOUND_MS = 90_000;

test('told to stop at any step of the flow, the adapter ends in order, and nothing is lost, done twice or left unacked', {
  timeout: LIMIT_MS,
}, async () => {
  const report = await runShutdown({
    seed: SEED,
    log: () => undefined,
    full: false,
    stopsUnderLoad: 5,
    freshVhost: freshSiteVhost,
  });
  expect(report.problems, reportTable(report)).toEqual([]);
  expect(report.verdict.ok, reportTable(report)).toBe(true);
});

test('told to stop while the debitorsystem never answers, it ends within its bound, and asks again after the next start', {
  timeout: LIMIT_MS,
}, async () => {
  const vhost = await freshSiteVhost();
  const site = await openSite({
    vhost,
    backend: () => 'idempotent',
    env: { ADAPTER_DISPATCH_TIMEOUT_MS: '600000', ADAPTER_SHUTDOWN_TIMEOUT_MS: '2000', ADAPTER_LOG_LEVEL: 'info' },
    traceSteps: true,
  });
  try {
    const [lane] = lanesFor(SEED, 'shutdown-unanswered', 1);
    if (lane === undefined) throw new Error('no lane');
    await site.send(lane.handling({ kode: 'OPSKRIV', script: 'tavs' }));
    await waitFor('the question', () => (site.steps()['command.dispatching'] ?? 0) > 0, BOUND_MS);
    site.adapter.signal('SIGTERM');
    await waitFor('the end', () => site.adapter.stops === 1, BOUND_MS);
    const log = readFileSync(site.adapter.logFile, 'utf8');
    expect(log).toContain('"drained":true');
    expect(log).not.toContain('adapter.drainTimedOut');
    expect(await site.rest(BOUND_MS), site.unrest).toBe(true);
    expect(site.steps()['command.dispatching']).toBe(2);
    const verdict = judge(await site.evidence({ adapterStops: 1 }), { requireRedeliveries: false });
    expect(verdict, verdict.findings.join('\n')).toMatchObject({ ok: true, effects: 1 });
  } finally {
    await site.close();
    await vhost.delete();
  }
});
