/** Goal 4: what a large ledger and a large backlog cost. */
import { join } from 'node:path';
import { drain } from '../drain.ts';
import { growLedger } from '../grow-ledger.ts';
import { ratesOf, ratiosOf, runRounds } from '../rounds.ts';
import type { Site } from '../site.ts';
import type { Sizes } from '../sizes.ts';
import { median, type Spread, spreadOf } from '../spread.ts';
import { adapter } from '../subject.ts';

/** Messages that the adapter itself records before its ledger is grown. */
const SEED_MESSAGES = 1000;

export interface DataResult {
  /** Anmodninger in the large ledger. */
  readonly rows: number;
  readonly empty: Spread;
  readonly large: Spread;
  /** Large to empty, pair by pair. */
  readonly ratio: Spread;
  readonly backlog: {
    readonly messages: number;
    readonly messagesPerSecond: number;
    /** The rate of the last quarter to that of the first: 1 is flat. */
    readonly lastToFirst: number;
    readonly tenths: readonly number[];
    /** Memory of the adapter while it drained, in MB. */
    readonly rssMb: Spread;
    /** The median of the last quarter's samples to the first's. */
    readonly rssLastToFirst: number;
  };
}

function quarters(values: readonly number[]): readonly [first: number, last: number] {
  const quarter = Math.max(1, Math.floor(values.length / 4));
  return [median(values.slice(0, quarter)), median(values.slice(-quarter))];
}

async function measureBacklog(site: Site, messages: number): Promise<DataResult['backlog']> {
  const drained = await drain(site, adapter(site), { run: 'backlog', messages });
  const [firstRate, lastRate] = quarters(drained.tenths);
  const [firstRss, lastRss] = quarters(drained.rssMb);
  site.log(`efterslæb på ${messages}: ${Math.round(drained.messagesPerSecond)} beskeder/s`);
  return {
    messages,
    messagesPerSecond: drained.messagesPerSecond,
    lastToFirst: lastRate / firstRate,
    tenths: drained.tenths,
    rssMb: spreadOf(drained.rssMb),
    rssLastToFirst: lastRss / firstRss,
  };
}

export async function measureData(site: Site, sizes: Sizes): Promise<DataResult> {
  const { pairs, amount, backlog } = sizes.data;
  const path = join(site.folder, 'stor-ledger.db');
  const large = adapter(site, { name: 'stor ledger', ledgerUrl: () => `sqlite:${path}` });
  const empty = adapter(site, { name: 'tom ledger' });
  await drain(site, large, { run: 'stor-ledger-seed', messages: SEED_MESSAGES });
  const rows = growLedger(path, sizes.data.rows, site.log);
  const rounds = await runRounds(site, 'data', [empty, large], {
    rounds: pairs,
    amount,
    alike: new Set([empty.name, large.name]),
  });
  return {
    rows,
    empty: spreadOf(ratesOf(rounds, empty.name)),
    large: spreadOf(ratesOf(rounds, large.name)),
    ratio: spreadOf(ratiosOf(rounds, large.name, empty.name)),
    backlog: await measureBacklog(site, backlog),
  };
}
