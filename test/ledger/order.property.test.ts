/**
 * Random lives of a ledger against a small model: whatever is recorded, settled, retried, lost and taken up again, every
 * line keeps its order, nothing is claimed twice at a time, and everything comes to its end.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accepted,
  anmodning,
  claimsOf,
  done,
  idsOf,
  inDoubt,
  only,
  PLENTY,
  retrying,
  T0,
  TODAY,
} from '../../src/ledger/contract/fixture.ts';
import type { Capacity, Claim, Ledger, Settlement } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';

const KONTI = ['K', 'L', 'M'] as const;
const konti = fc.uniqueArray(fc.constantFrom(...KONTI), { minLength: 1, maxLength: 2 });
const places = fc.integer({ min: 0, max: 3 }).map((free): Capacity => ({ debitorkonto: free, kontantindbetaling: 0 }));
const outcome = fc.constantFrom('done', 'accepted', 'retrying', 'inDoubt');
type Outcome = 'done' | 'accepted' | 'retrying' | 'inDoubt';

type Step =
  | { readonly art: 'record'; readonly batch: readonly (readonly string[])[]; readonly capacity: Capacity }
  | { readonly art: 'settle'; readonly outcomes: readonly Outcome[]; readonly capacity: Capacity }
  | { readonly art: 'claim'; readonly capacity: Capacity }
  | { readonly art: 'restart' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ art: fc.constant('record'), batch: fc.array(konti, { maxLength: 4 }), capacity: places }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      art: fc.constant('settle'),
      outcomes: fc.array(outcome, { maxLength: 3 }),
      capacity: places,
    }),
  },
  { weight: 2, arbitrary: fc.record({ art: fc.constant('claim'), capacity: places }) },
  { weight: 1, arbitrary: fc.record({ art: fc.constant('restart') }) },
);

/** What should be true, kept beside the ledger: who stands in each line, and who is claimed. */
class Model {
  readonly lines = new Map<string, string[]>();
  readonly claimed = new Map<string, Claim>();
  readonly finished: string[] = [];
  recorded = 0;

  record(id: string, on: readonly string[]): void {
    this.recorded += 1;
    for (const konto of on) this.lines.set(konto, [...(this.lines.get(konto) ?? []), id]);
  }

  claim(claims: readonly Claim[], capacity: Capacity): void {
    expect(claims.length).toBeLessThanOrEqual(capacity.debitorkonto);
    for (const claim of claims) {
      const id = only(idsOf([claim]));
      expect(this.claimed.has(id)).toBe(false);
      for (const line of this.lines.values()) if (line.includes(id)) expect(line[0]).toBe(id);
      this.claimed.set(id, claim);
    }
  }

  settle(id: string, result: Outcome): void {
    this.claimed.delete(id);
    if (result === 'retrying' || result === 'inDoubt') return;
    this.finished.push(id);
    for (const [konto, line] of this.lines)
      this.lines.set(
        konto,
        line.filter((one) => one !== id),
      );
  }
}

function settlement(claim: Claim, result: Outcome, now: number): Settlement {
  switch (result) {
    case 'done':
      return done(claim);
    case 'accepted':
      return accepted(claim);
    case 'retrying':
      return retrying(claim, now);
    case 'inDoubt':
      return inDoubt(claim, now);
  }
}

async function live(steps: readonly Step[], open: () => Promise<Ledger>): Promise<void> {
  const model = new Model();
  let ledger = await open();
  const settle = async (outcomes: readonly Outcome[], capacity: Capacity): Promise<void> => {
    const chosen = [...model.claimed.values()].slice(0, outcomes.length);
    const results = chosen.map((claim, index) => [claim, outcomes[index] ?? 'done'] as const);
    const settled = await ledger.settle(
      results.map(([claim, result]) => settlement(claim, result, T0)),
      capacity,
    );
    expect(settled.stale).toEqual([]);
    for (const [claim, result] of results) model.settle(only(idsOf([claim])), result);
    model.claim(settled.claims, capacity);
  };
  const restart = async (): Promise<void> => {
    await ledger.close();
    ledger = await open();
    expect(await ledger.takeUpInterrupted(true, T0)).toBe(model.claimed.size);
    model.claimed.clear();
  };
  for (const each of steps) {
    if (each.art === 'record') {
      const batch = each.batch.map((on, index) => ({ id: `${model.recorded + index}`, on }));
      for (const { id, on } of batch) model.record(id, on);
      model.claim(
        claimsOf(
          await ledger.record(
            batch.map(({ id, on }) => anmodning(id, { konti: on })),
            each.capacity,
          ),
        ),
        each.capacity,
      );
    } else if (each.art === 'settle') await settle(each.outcomes, each.capacity);
    else if (each.art === 'claim') model.claim(await ledger.claim(each.capacity, T0), each.capacity);
    else await restart();
  }
  await restart();
  model.claim(await ledger.claim(PLENTY, T0), PLENTY);
  for (let round = 0; model.claimed.size > 0 && round <= model.recorded; round += 1)
    await settle(['done', 'done', 'done'], PLENTY);
  expect(model.finished).toHaveLength(model.recorded);
  const { unfinished, byState } = await ledger.counts(TODAY);
  expect([unfinished.debitorkonto, byState.done + byState.awaitingSvar]).toEqual([0, model.recorded]);
  await ledger.close();
}

test('every line keeps its order through retries, doubt and restarts, and everything comes to its end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-model-'));
  let files = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        files += 1;
        await live(steps, () => openSqliteLedger({ path: join(folder, `${files}.db`), owner: true }));
      }),
      { numRuns: 60 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
