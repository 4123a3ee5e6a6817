/**
 * An adapter that was frozen, or cut off from a shared ledger, for longer than its lease: another may have taken up what it
 * has claimed, and be asking. So it asks about nothing that it is not sure of, and gives it back.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from '../support/postgres.ts';
import { waitFor } from '../support/wait.ts';
import { freshSiteVhost } from './fresh-site-vhost.ts';
import { InProcess } from './in-process.ts';
import { judge } from './judge.ts';
import { readEffects } from './recording/store.ts';
import { openSite } from './site.ts';
import { lanesFor } from './traffic.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-late-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const registryPath = join(import.meta.dirname, '..', 'fixtures', 'registry.json');
const SWEEP_MS = 1_000;
/** For a lease to be over, and for the other adapter to have looked what happened and asked. */
const TAKEN_OVER_LIMIT_MS = 90_000;
const REST_LIMIT_MS = 90_000;

/** A debitorsystem that is asked by look-up, and an adapter that is sure of its claims when it is told so. */
async function worldThatIsSure(isSure: () => boolean): Promise<InProcess> {
  const world = new InProcess({
    ledgerPath: join(folder, 'ledger.db'),
    registryPath,
    capabilities: 'opslag',
    wraps: { ledger: (ledger) => ({ ...ledger, mayAsk: isSure }) },
  });
  await world.start();
  return world;
}

test('what was claimed and not asked about is not asked about after a freeze, and no attempt is used up', async () => {
  let asked = 0;
  /** Sure when capacity is counted, and no longer once the claim is there: the freeze came in between. */
  let answers: boolean[] | undefined = [true, false];
  const world = await worldThatIsSure(() => {
    asked += 1;
    return answers?.shift() ?? answers === undefined;
  });
  const [lane] = lanesFor(1, 'late', 1);
  if (lane === undefined) throw new Error('there is no lane');
  world.publish(lane.handling({ kode: 'OPSKRIV' }));
  await world.quiet();
  await world.pass(SWEEP_MS);
  expect(asked).toBeGreaterThan(1);
  expect(world.debitorsystem.waiting, 'asked although it was not sure').toBe(0);
  answers = undefined;
  await world.pass(SWEEP_MS);
  expect(world.debitorsystem.waiting, 'asked when it was sure again').toBe(1);
  await world.rest();
  const verdict = judge(await world.evidence(), { requireRedeliveries: false });
  expect(verdict.findings).toEqual([]);
  expect(verdict.effects).toBe(1);
  await world.stop();
});

test('frozen with claims in its hands for longer than its lease, an adapter asks about none of them', {
  timeout: 300_000,
}, async () => {
  const [vhost, postgres] = [await freshSiteVhost(), await startPostgres()];
  try {
    // One that is asked twice does it twice: only its look-up can tell.
    const ledgerUrl = await postgres.freshUrl();
    const site = await openSite({ vhost, ledgerUrl, adapters: 2, backend: () => 'opslag' });
    try {
      // Whichever of them records freezes with its first claims, before it has asked about them.
      await Promise.all(site.adapters.map((adapter) => adapter.arm('delivery.recorded:1:SIGSTOP')));
      await Promise.all(lanesFor(2, 'frozen', 8).map((lane) => site.send(lane.handling({ kode: 'OPSKRIV' }))));
      await waitFor(
        'the other to have carried them out',
        () => readEffects(site.recordingFile).length > 0,
        TAKEN_OVER_LIMIT_MS,
      );
      for (const adapter of site.adapters) {
        adapter.signal('SIGCONT');
        await adapter.arm('-:1');
      }
      expect(await site.rest(REST_LIMIT_MS), site.unrest).toBe(true);
      const verdict = judge(await site.evidence(), { requireRedeliveries: false });
      expect(verdict.findings).toEqual([]);
      expect([verdict.sent, verdict.effects]).toEqual([8, 8]);
    } finally {
      await site.close();
    }
  } finally {
    await postgres.stop();
    await vhost.delete();
  }
});
