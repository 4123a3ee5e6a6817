/**
 * A backend behind bounds, for what it can do wrong beside its answers: throw or hang at start, and give rubbish as its
 * health. What it answers to commands is judged in `udfald-contract.ts`, and when, in the flow.
 */
import { scrub } from '../domain/cpr.ts';
import type { Debitorsystem } from './debitorsystem.ts';

/** A backend has so long to start (debitorsystem.ts). */
const START_LIMIT_MS = 60_000;
const MAX_TEXT = 500;

/** A backend could not be made or started. Its text is Danish, bounded, and free of what is shaped like a CPR number. */
export class BackendStartFailed extends Error {
  override readonly name = 'BackendStartFailed';
}

/** What a backend threw, as operations may read it. */
export function textOf(error: unknown): string {
  const text = error instanceof Error ? error.message : `kastede ${typeof error}`;
  return scrub(text.trim() === '' ? 'uden forklaring' : text).slice(0, MAX_TEXT);
}

async function startWithin(name: string, start: () => Promise<void>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`var ikke klar inden ${limitMs} ms`)), limitMs);
  });
  try {
    await Promise.race([start(), late]);
  } catch (error) {
    throw new BackendStartFailed(`Backend ${name} kunne ikke starte: ${textOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The same backend with a start that fails in our words and within a bound, and a health that is a text or nothing.
 * @param limitMs how long it has to start.
 */
export function guarded(name: string, backend: Debitorsystem, limitMs: number = START_LIMIT_MS): Debitorsystem {
  return {
    execute: (command, context) => backend.execute(command, context),
    ...(backend.lookup === undefined ? {} : { lookup: (noegle, signal) => lookedUp(backend, noegle, signal) }),
    start: () => startWithin(name, async () => backend.start?.(), limitMs),
    stop: async () => backend.stop?.(),
    async health() {
      const problem: unknown = await backend.health?.();
      if (problem === undefined) return undefined;
      return typeof problem === 'string' ? scrub(problem).slice(0, MAX_TEXT) : 'har svaret uden for kontrakten';
    },
  };
}

async function lookedUp(backend: Debitorsystem, ...args: Parameters<NonNullable<Debitorsystem['lookup']>>) {
  return backend.lookup?.(...args);
}
