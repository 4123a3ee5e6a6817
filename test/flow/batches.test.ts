/** Much at a time, and little while cash payments come; and commits that wait for company, but for nobody's patience. */
import { expect, test } from 'vitest';
import { createBatches } from '../../src/flow/batches.ts';
import { createGroupCommit } from '../../src/flow/group-commit.ts';
import { waitFor } from '../support/wait.ts';

const LONG_MS = 600_000;

function groupOf(lingerMs: number, maxItems: number) {
  const commits: number[] = [];
  const group = createGroupCommit<string>({
    commit: async (items) => void commits.push(items.length),
    maxItems: () => maxItems,
    linger(enough) {
      const timer = setTimeout(enough, lingerMs);
      return () => clearTimeout(timer);
    },
    onUnavailable: () => undefined,
    onAvailable: () => undefined,
    onFatal: (error) => {
      throw error;
    },
  });
  return { group, commits };
}

test('for two seconds after a cash payment was delivered, little is done at a time', () => {
  let now = 1_000;
  const batches = createBatches(() => now);
  const [many, manyReads] = [batches.perCommit(), batches.perTurn()];
  batches.kontantDelivered();
  expect(batches.perCommit()).toBeLessThan(many / 8);
  expect(batches.perTurn()).toBeLessThan(manyReads);
  now += 1_999;
  expect(batches.perCommit()).toBeLessThan(many);
  now += 1;
  expect([batches.perCommit(), batches.perTurn()]).toEqual([many, manyReads]);
});

test('a commit that waits for company goes as soon as it is full', async () => {
  const { group, commits } = groupOf(LONG_MS, 2);
  group.add('a');
  group.add('b');
  await waitFor('the commit', () => commits.length === 1);
  expect(commits).toEqual([2]);
});

test('a commit that waits for company goes when it has waited long enough', async () => {
  const { group, commits } = groupOf(1, 100);
  group.add('a');
  await waitFor('the commit', () => commits.length === 1);
  expect(group.size).toBe(0);
});

test('whoever waits for the end of the commits, as a shutdown does, does not wait for company', async () => {
  const { group, commits } = groupOf(LONG_MS, 100);
  group.add('a');
  await group.idle();
  expect(commits).toEqual([1]);
  group.add('b');
  // Also where it has begun to wait.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  group.add('c');
  await group.idle();
  expect(commits).toEqual([1, 2]);
});
