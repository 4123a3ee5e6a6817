/**
 * The bench: runs the sections that are asked for, one after the other on one broker, and puts their results together.
 * Absolute figures hold for one machine on one day; what counts is how they stand to raw echo and the peers of the same run
 * (spec 6).
 */
import { type Calibration, calibrate } from './machine.ts';
import { type DataResult, measureData } from './sections/data.ts';
import { type IsolationResult, measureIsolation } from './sections/isolation.ts';
import { type LatencyResult, measureLatency } from './sections/latency.ts';
import { measureProcesses, type ProcessesResult } from './sections/processes.ts';
import { measureProfile, type ProfileResult } from './sections/profile.ts';
import { measureSize, type SizeResult } from './sections/size.ts';
import { measureStart, type StartResult } from './sections/start.ts';
import { measureThroughput, type ThroughputResult } from './sections/throughput.ts';
import { type BenchBroker, openSite } from './site.ts';
import type { Sizes } from './sizes.ts';

export const SECTIONS = [
  'throughput',
  'peers',
  'latency',
  'isolation',
  'data',
  'size',
  'processes',
  'start',
  'profile',
] as const;
export type Section = (typeof SECTIONS)[number];

/** What was not asked for is null. The names of the first five are promised (spec 6). */
export interface BenchResult {
  /** Messages per second of the adapter to those of raw echo: the median of the pairs. */
  readonly ratio_raw_echo: number | null;
  /** The same to the peer that was fastest in the median. */
  readonly ratio_fastest_peer: number | null;
  /** From publish to kvittering in milliseconds. */
  readonly latencies: LatencyResult | null;
  readonly isolation: IsolationResult | null;
  readonly scale: {
    readonly data: DataResult | null;
    readonly size: SizeResult | null;
    readonly processes: ProcessesResult | null;
  };
  readonly throughput: ThroughputResult | null;
  readonly start: StartResult | null;
  readonly profile: ProfileResult | null;
  readonly broker: string;
  readonly seconds: number;
  /** The machine before the first section and after the last. */
  readonly machine: { readonly before: Calibration; readonly after: Calibration };
}

export interface BenchOptions {
  readonly broker: BenchBroker;
  readonly sections: readonly Section[];
  readonly sizes: Sizes;
  readonly log: (line: string) => void;
}

export async function bench({ broker, sections, sizes, log }: BenchOptions): Promise<BenchResult> {
  const from = performance.now();
  const site = await openSite(broker, log);
  const when = async <Result>(
    wanted: boolean,
    title: string,
    measure: () => Promise<Result>,
  ): Promise<Result | null> => {
    if (!wanted) return null;
    log(`-- ${title} (${Math.round((performance.now() - from) / 1000)} s)`);
    return measure();
  };
  const asked = (section: Section): boolean => sections.includes(section);
  try {
    const before = calibrate(site.folder);
    const [raw, peers] = [asked('throughput'), asked('peers')];
    const throughput = await when(raw || peers, 'gennemløb', () => measureThroughput(site, sizes, { raw, peers }));
    const latencies = await when(asked('latency'), 'svartid', () => measureLatency(site, sizes));
    const isolation = await when(asked('isolation'), 'isolation', () => measureIsolation(site, sizes));
    const data = await when(asked('data'), 'stor ledger og stort efterslæb', () => measureData(site, sizes));
    const size = await when(asked('size'), 'store anmodninger', () => measureSize(site, sizes));
    const processes = await when(asked('processes'), 'flere adaptere', () => measureProcesses(site, sizes));
    const start = await when(asked('start'), 'start', () => measureStart(site, sizes));
    const profile = await when(asked('profile'), 'profil', () => measureProfile(site, sizes));
    return {
      ratio_raw_echo: throughput?.toRawEcho?.median ?? null,
      ratio_fastest_peer: throughput?.toFastestPeer?.median ?? null,
      latencies,
      isolation,
      scale: { data, size, processes },
      throughput,
      start,
      profile,
      broker: broker.version,
      seconds: (performance.now() - from) / 1000,
      machine: { before, after: calibrate(site.folder) },
    };
  } finally {
    await site.close();
  }
}
