/** Goal 6: one, two and three adapters on one PostgreSQL that waits for the disk. */
import { startOwnPostgres } from '../../support/postgres.ts';
import { ratesOf, ratiosOf, runRounds } from '../rounds.ts';
import type { Site } from '../site.ts';
import type { Sizes } from '../sizes.ts';
import { type Spread, spreadOf } from '../spread.ts';
import { adapter, type Subject, several } from '../subject.ts';

const ADAPTERS = [1, 2, 3] as const;

export interface ProcessesResult {
  /** By the number of adapters: messages per second, and how that stands to one adapter in the same round. */
  readonly adapters: readonly {
    readonly count: number;
    readonly messagesPerSecond: Spread;
    readonly toOne: Spread;
  }[];
}

export async function measureProcesses(site: Site, sizes: Sizes): Promise<ProcessesResult> {
  const postgres = await startOwnPostgres({ durable: true });
  try {
    const urls = new Map<string, string>();
    // The adapters of one run share a schema that was empty before it.
    const nextUrls = await Promise.all(
      Array.from({ length: (sizes.processes.rounds + 1) * ADAPTERS.length }, () => postgres.freshUrl()),
    );
    const urlOf = (run: string): string => {
      const known = urls.get(run) ?? nextUrls.pop();
      if (known === undefined) throw new Error('more runs than schemas');
      urls.set(run, known);
      return known;
    };
    const member = (run: string): Subject => adapter(site, { ledgerUrl: () => urlOf(run) });
    const group = (count: number): Subject =>
      several(
        `${count} på PostgreSQL`,
        Array.from({ length: count }, () => member),
      );
    const subjects = ADAPTERS.map(group);
    const rounds = await runRounds(site, 'processer', subjects, {
      rounds: sizes.processes.rounds,
      amount: sizes.processes.amount,
      alike: new Set(subjects.map(({ name }) => name)),
    });
    const [one = ''] = subjects.map(({ name }) => name);
    return {
      adapters: subjects.map(({ name }, index) => ({
        count: ADAPTERS[index] ?? 0,
        messagesPerSecond: spreadOf(ratesOf(rounds, name)),
        toOne: spreadOf(ratiosOf(rounds, name, one)),
      })),
    };
  } finally {
    await postgres.stop();
  }
}
