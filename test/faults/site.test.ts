/** That what gathers the evidence does not look too early. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { waitFor } from '../support/wait.ts';
import { freshSiteVhost } from './fresh-site-vhost.ts';
import { judge } from './judge.ts';
import { openSite } from './site.ts';
import { lanesFor } from './traffic.ts';

const REST_LIMIT_MS = 90_000;
/** Looking at empty queues and an empty ledger takes a few hundred milliseconds. */
const STANDSTILL_MS = 2_000;

test('what an adapter has been given, and stands still before recording it, is waited for', {
  timeout: 200_000,
}, async () => {
  const vhost = await freshSiteVhost();
  const site = await openSite({ vhost, backend: () => 'idempotent', traceSteps: true });
  try {
    await site.adapter.arm('delivery.received:1:SIGSTOP');
    await Promise.all(lanesFor(3, 'standing', 4).map((lane) => site.send(lane.handling({ kode: 'OPSKRIV' }))));
    await waitFor('the standstill', () => site.steps()['delivery.received'], REST_LIMIT_MS);
    const resting = site.rest(REST_LIMIT_MS);
    // The time is what this is about: nothing tells from outside that an adapter stands still.
    expect(await Promise.race([resting, pause(STANDSTILL_MS, 'waits')])).toBe('waits');
    site.adapter.signal('SIGCONT');
    await site.adapter.arm('-:1');
    expect(await resting, site.unrest).toBe(true);
    const verdict = judge(await site.evidence(), { requireRedeliveries: false });
    expect(verdict.findings).toEqual([]);
    expect([verdict.sent, verdict.effects]).toEqual([4, 4]);
  } finally {
    await site.close();
    await vhost.delete();
  }
});
