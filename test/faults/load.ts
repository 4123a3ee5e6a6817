/**
 * Load: every lane sends one message after the other, many lanes side by side, at a pace. It goes on through whatever is
 * done to the broker and to the adapter.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { seeded } from './seeded.ts';
import type { Site } from './site.ts';
import { lanesFor } from './traffic.ts';

export interface LoadOptions {
  readonly seed: number;
  /** Names the run's debitorkonti. */
  readonly run: string;
  readonly lanes: number;
  /** Over all lanes, at most. */
  readonly messagesPerSecond: number;
  /** Asked before every message. */
  readonly goesOn: () => boolean;
}

/** Resolves when every lane has ended and its last message is confirmed. */
export async function runLoad(site: Site, options: LoadOptions): Promise<void> {
  const { seed, run, messagesPerSecond, goesOn } = options;
  const lanes = lanesFor(seed, run, options.lanes);
  const meanGapMs = (1000 * lanes.length) / messagesPerSecond;
  await Promise.all(
    lanes.map(async (lane, index) => {
      const random = seeded(seed).branch(`${run} pace ${index}`);
      while (goesOn()) {
        const dueAt = performance.now() + random.next() * 2 * meanGapMs;
        await site.send(lane.next());
        await pause(Math.max(0, dueAt - performance.now()));
      }
    }),
  );
}
