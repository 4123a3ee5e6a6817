/** Goal 7: how soon an adapter is ready on a warm broker, and what it costs when nothing happens. */
import { setTimeout as pause } from 'node:timers/promises';
import { pickFreePorts } from '../../../src/ops/broker-ladder/free-ports.ts';
import { cpuSeconds } from '../machine.ts';
import type { Site } from '../site.ts';
import type { Sizes } from '../sizes.ts';
import { type Spread, spreadOf } from '../spread.ts';
import { adapter } from '../subject.ts';

const READY_LIMIT_MS = 60_000;
const ASK_EVERY_MS = 10;
/** After it is ready, for what it does once only. */
const SETTLE_MS = 2000;

export interface StartResult {
  /** From the start of the process until /readyz says 200. */
  readonly readyMs: Spread;
  /** Per cent of one core; undefined where the system does not tell. */
  readonly idlePercent: number | undefined;
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch {
    return false;
  }
}

export async function measureStart(site: Site, sizes: Sizes): Promise<StartResult> {
  const { times, idleSeconds } = sizes.start;
  const readyMs: number[] = [];
  let idlePercent: number | undefined;
  for (let time = 0; time < times; time += 1) {
    const [httpPort = 0] = await pickFreePorts(1);
    const from = performance.now();
    const running = adapter(site, { httpPort }).start(`start-${time}`);
    try {
      while (!(await isReady(httpPort))) {
        if (performance.now() - from > READY_LIMIT_MS) throw new Error('adapteren blev ikke klar');
        await Promise.race([pause(ASK_EVERY_MS), running.failed]);
      }
      readyMs.push(performance.now() - from);
      if (time === times - 1) idlePercent = await idleOf(running.pids[0], idleSeconds);
    } finally {
      await running.stop();
    }
  }
  site.log(`start: klar efter ${Math.round(spreadOf(readyMs).median)} ms`);
  return { readyMs: spreadOf(readyMs), idlePercent };
}

async function idleOf(pid: number | undefined, seconds: number): Promise<number | undefined> {
  if (pid === undefined) return undefined;
  await pause(SETTLE_MS);
  const before = cpuSeconds(pid);
  await pause(seconds * 1000);
  const after = cpuSeconds(pid);
  return before === undefined || after === undefined ? undefined : ((after - before) / seconds) * 100;
}
