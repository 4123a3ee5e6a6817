/** Waiting for a condition, never for a time. */
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 10;

/** Resolves with the first value that is not undefined or false; rejects, saying what it waited for, after the bound. */
export async function waitFor<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  boundMs = 15_000,
): Promise<T> {
  const until = Date.now() + boundMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > until) throw new Error(`waited ${boundMs} ms for ${what}`);
    await pause(LOOK_EVERY_MS);
  }
}
