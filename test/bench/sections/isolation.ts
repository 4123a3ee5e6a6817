/** Goal 3: a cash payment beside a mass run of debitorkontoanmodninger, and then on the same adapter when it is quiet. */
import { setTimeout as pause } from 'node:timers/promises';
import { drain } from '../drain.ts';
import { openProbe } from '../probe.ts';
import type { Site } from '../site.ts';
import type { Sizes } from '../sizes.ts';
import { type Latency, latencyOf, type Spread, spreadOf } from '../spread.ts';
import { adapter } from '../subject.ts';
import { FAGSYSTEM_BESIDE } from '../workload.ts';

const CASH_PER_SECOND = 100;

export interface IsolationResult {
  readonly mass: number;
  readonly quiet: Latency;
  readonly beside: Latency;
  /** p99 beside the mass run to p99 when it is quiet, for each time. */
  readonly ratio: Spread;
}

export async function measureIsolation(site: Site, sizes: Sizes): Promise<IsolationResult> {
  const { times, mass, quietSeconds } = sizes.isolation;
  const all: { quiet: number[]; beside: number[] } = { quiet: [], beside: [] };
  const ratios: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const run = `isolation-${time}`;
    const kind = { art: 'kontantindbetaling' } as const;
    const probe = await openProbe(site, { fagsystem: FAGSYSTEM_BESIDE, kind, run: `${run}-kontant` });
    let quiet: readonly number[] = [];
    let beside: readonly number[] = [];
    try {
      await drain(site, adapter(site), {
        run,
        messages: mass,
        // From here on its code is warm, and four fifths of the mass are still to come.
        onWarm: () => probe.begin(CASH_PER_SECOND),
        async onDone() {
          beside = await probe.end();
          probe.begin(CASH_PER_SECOND);
          await pause(quietSeconds * 1000);
          quiet = await probe.end();
        },
      });
    } finally {
      await probe.close();
    }
    all.quiet.push(...quiet);
    all.beside.push(...beside);
    ratios.push(latencyOf(beside).p99 / latencyOf(quiet).p99);
    site.log(`isolation ${time + 1}/${times}: kontant p99 ${latencyOf(beside).p99.toFixed(1)} ms under massekørslen`);
  }
  return { mass, quiet: latencyOf(all.quiet), beside: latencyOf(all.beside), ratio: spreadOf(ratios) };
}
