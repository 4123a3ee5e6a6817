/**
 * Random kills: three minutes of one adapter on SQLite, and two of three adapters on PostgreSQL. Together they come to the
 * figures that the specification asks for in CI. `npm run prove -- kills --full` takes hours.
 */
import { expect, test } from 'vitest';
import { type KillsOptions, runKills } from './kills.ts';
import { reportTable } from './report.ts';

const SEED = 20_261_122;
/** Adapter kills, broker kills, messages. */
const SPECIFIED = [50, 5, 10_000] as const;

type Share = Pick<KillsOptions, 'minutes' | 'atLeast' | 'adapters'>;
const ON_SQLITE: Share = { adapters: 1, minutes: 3, atLeast: { adapterKills: 32, brokerKills: 3, messages: 6_000 } };
const ON_POSTGRES: Share = { adapters: 3, minutes: 2, atLeast: { adapterKills: 18, brokerKills: 2, messages: 4_000 } };

/** Three times the minutes at most, and the time to start and to come to rest. */
function limitMs({ minutes }: Share): number {
  return (3 * minutes + 5) * 60_000;
}

async function expectNothingFound(share: Share): Promise<void> {
  const report = await runKills({
    seed: SEED,
    log: () => undefined,
    adapterEveryMs: 2_500,
    brokerEveryMs: 22_000,
    messagesPerSecond: 70,
    lanes: 40,
    ...share,
  });
  expect(report.problems, reportTable(report)).toEqual([]);
  expect(report.verdict.ok, reportTable(report)).toBe(true);
}

test('the two runs together ask for what is specified', () => {
  const shares = [ON_SQLITE, ON_POSTGRES].map(({ atLeast }) => atLeast);
  const sum = (of: keyof KillsOptions['atLeast']): number => shares.reduce((all, share) => all + share[of], 0);
  expect([sum('adapterKills'), sum('brokerKills'), sum('messages')]).toEqual([...SPECIFIED]);
});

test(
  'killed, stopped and frozen at any time, its broker too, the adapter keeps every promise',
  {
    timeout: limitMs(ON_SQLITE),
  },
  () => expectNothingFound(ON_SQLITE),
);

test(
  'so do three adapters that share a PostgreSQL, which is killed as well',
  {
    timeout: limitMs(ON_POSTGRES),
  },
  () => expectNothingFound(ON_POSTGRES),
);
