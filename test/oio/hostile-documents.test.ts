/** Ten thousand documents that were made to hurt; `node scripts/differential.ts` asks about any number. */
import { expect, test } from 'vitest';
import { provedHostile } from './hostile-documents.ts';

const DOCUMENTS = 10_000;
const MAX_GROWTH_BYTES = 512 * 1024 * 1024;

test('whatever a document holds, it is refused or read, quickly, and no text names a CPR number that was in it', () => {
  const before = process.memoryUsage().rss;
  const { faults, outcomes } = provedHostile({ documents: DOCUMENTS, seed: 1 });
  expect(faults).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(MAX_GROWTH_BYTES);
  const met = new Set(Object.values(outcomes).flatMap((byOutcome) => Object.keys(byOutcome)));
  const all = ['DA-001', 'DA-002', 'DA-003', 'DA-004', 'DA-005', 'DA-006', 'DA-120', 'answer', 'dispatch', 'svar'];
  expect([...met].toSorted()).toEqual(all);
}, 90_000);
