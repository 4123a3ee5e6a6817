/** Goal 2: from publish to kvittering on a quiet system, adapter and raw echo in turn. */
import { setTimeout as pause } from 'node:timers/promises';
import { takeBack } from '../leftovers.ts';
import { openProbe } from '../probe.ts';
import type { Site } from '../site.ts';
import type { Sizes } from '../sizes.ts';
import { type Latency, latencyOf } from '../spread.ts';
import { adapter, rawEcho, type Subject } from '../subject.ts';
import { FAGSYSTEM } from '../workload.ts';

const FAST_PER_SECOND = 500;
const SLOW_PER_SECOND = 1;
/** At the fast rate, before anything is measured: for cold code and new connections. */
const WARM_SECONDS = 3;

export interface LatencyPair {
  readonly adapter: Latency;
  readonly rawEcho: Latency;
}

export interface LatencyResult {
  readonly per500: LatencyPair;
  readonly per1: LatencyPair;
}

interface Measured {
  readonly fast: number[];
  readonly slow: number[];
}

async function measureSubject(site: Site, subject: Subject, run: string, sizes: Sizes, into: Measured): Promise<void> {
  const { fastSeconds, slowSeconds } = sizes.latency;
  const probe = await openProbe(site, { fagsystem: FAGSYSTEM, kind: { art: 'debitorkonto' }, run });
  const running = subject.start(run);
  const during = async (ratePerSecond: number, seconds: number): Promise<readonly number[]> => {
    probe.begin(ratePerSecond);
    await Promise.race([pause(seconds * 1000), running.failed]);
    return probe.end();
  };
  try {
    await Promise.race([probe.one(), running.failed]);
    await during(FAST_PER_SECOND, WARM_SECONDS);
    into.fast.push(...(await during(FAST_PER_SECOND, fastSeconds)));
    into.slow.push(...(await during(SLOW_PER_SECOND, slowSeconds)));
  } finally {
    await running.stop();
    await takeBack(site, subject.name).finally(() => probe.close());
  }
}

export async function measureLatency(site: Site, sizes: Sizes): Promise<LatencyResult> {
  const raw: Measured = { fast: [], slow: [] };
  const ours: Measured = { fast: [], slow: [] };
  const subjects = [
    { subject: rawEcho(site), into: raw },
    { subject: adapter(site), into: ours },
  ] as const;
  const { pairs } = sizes.latency;
  for (let pair = 0; pair < pairs; pair += 1) {
    for (const [index, { subject, into }] of (pair % 2 === 0 ? subjects : subjects.toReversed()).entries()) {
      await measureSubject(site, subject, `svartid-${pair}-${index}`, sizes, into);
      const { p50, p99 } = latencyOf(into.fast);
      site.log(`svartid ${pair + 1}/${pairs}: ${subject.name} p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
    }
  }
  return {
    per500: { adapter: latencyOf(ours.fast), rawEcho: latencyOf(raw.fast) },
    per1: { adapter: latencyOf(ours.slow), rawEcho: latencyOf(raw.slow) },
  };
}
