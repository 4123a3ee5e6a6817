/**
 * An adapter that was frozen, or cut off from a shared ledger, for longer than its lease: another may have taken up what it
 * has claimed, and be asking. So it asks about nothing that it is not sure of, and gives it back.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { InProcess } from './in-process.ts';
import { judge } from './judge.ts';
import { lanesFor } from './traffic.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-late-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const registryPath = join(import.meta.dirname, '..', 'fixtures', 'registry.json');
const SWEEP_MS = 1_000;

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
