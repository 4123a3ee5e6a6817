/** Goal 5: one anmodning of 10,000 fordringer beside one of 100, and how long it holds up others. */
import { openProbe } from '../probe.ts';
import type { Site } from '../site.ts';
import type { Sizes } from '../sizes.ts';
import { type Latency, latencyOf, type Spread, spreadOf } from '../spread.ts';
import { adapter } from '../subject.ts';
import { FAGSYSTEM, FAGSYSTEM_BESIDE, LARGE_FORDRINGER } from '../workload.ts';

const SMALL_FORDRINGER = 100;
/** Of each, before anything is measured. */
const WARM = 3;
/** What shows from outside how long others are held up. */
const CASH_PER_SECOND = 200;

export interface SizeResult {
  /** From publish to kvittering, in milliseconds. */
  readonly largeMs: Spread;
  readonly smallMs: Spread;
  /** Microseconds for each fordring. */
  readonly perFordringLargeUs: number;
  readonly perFordringSmallUs: number;
  readonly ratio: number;
  /** The longest time that the event loop stood still during one of the large ones, in milliseconds. */
  readonly longestHoldUpMs: Spread;
  /** Cash payments meanwhile. */
  readonly beside: Latency;
}

export async function measureSize(site: Site, sizes: Sizes): Promise<SizeResult> {
  const { large, small } = sizes.size;
  const running = adapter(site, { large: true, watchLoop: true }).start('stor');
  const kind = { art: 'kontantindbetaling' } as const;
  const cash = await openProbe(site, { fagsystem: FAGSYSTEM_BESIDE, kind, run: 'stor-kontant' });
  let runs = 0;
  const measure = async (fordringer: number, times: number, after?: () => Promise<void>): Promise<number[]> => {
    runs += 1;
    const probe = await openProbe(site, {
      fagsystem: FAGSYSTEM,
      kind: { art: 'large', fordringer },
      run: `stor-${runs}`,
    });
    const found: number[] = [];
    for (let time = 0; time < times + WARM; time += 1) {
      const latencyMs = await Promise.race([probe.one(), running.failed]);
      await after?.();
      if (time >= WARM) found.push(latencyMs);
    }
    await probe.close();
    return found;
  };
  try {
    const smallMs = await measure(SMALL_FORDRINGER, small);
    const largeMs = await measure(LARGE_FORDRINGER, large);
    await running.longestHoldUpMs();
    const holdUps: number[] = [];
    cash.begin(CASH_PER_SECOND);
    await measure(LARGE_FORDRINGER, large, async () => void holdUps.push(await running.longestHoldUpMs()));
    const beside = latencyOf(await cash.end());
    const perFordringLargeUs = (spreadOf(largeMs).median * 1000) / LARGE_FORDRINGER;
    const perFordringSmallUs = (spreadOf(smallMs).median * 1000) / SMALL_FORDRINGER;
    site.log(`størrelse: ${perFordringLargeUs.toFixed(1)} µs pr. fordring ved 10.000`);
    return {
      largeMs: spreadOf(largeMs),
      smallMs: spreadOf(smallMs),
      perFordringLargeUs,
      perFordringSmallUs,
      ratio: perFordringLargeUs / perFordringSmallUs,
      longestHoldUpMs: spreadOf(holdUps.slice(WARM)),
      beside,
    };
  } finally {
    await running.stop();
    await cash.close();
  }
}
