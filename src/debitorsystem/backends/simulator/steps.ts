/**
 * Work that is long because a command names many fordringer, or means a whole debitorkonto, in steps of some milliseconds:
 * after each of them the event loop turns. What turns it stands in `group-commit.ts`.
 */

/** Does the work; between two steps it yields. */
export interface Steps<T> {
  next(): IteratorResult<undefined, T>;
  [Symbol.iterator](): Steps<T>;
}

/** So many rows are read or written in one step. */
export const STEP_ROWS = 500;

/** Work that is done already. Most commands are small, and a generator for each part of one is a tenth of its cost. */
export function only<T>(value: T): Steps<T> {
  const steps: Steps<T> = { next: () => ({ done: true, value }), [Symbol.iterator]: () => steps };
  return steps;
}

/** Maps every item, with a pause after every portion that is full. */
export function mapInSteps<T, R>(items: readonly T[], map: (item: T, index: number) => R): Steps<R[]> {
  return items.length < STEP_ROWS ? only(items.map(map)) : mapMany(items, map);
}

function* mapMany<T, R>(items: readonly T[], map: (item: T, index: number) => R): Steps<R[]> {
  const mapped: R[] = [];
  for (const [index, item] of items.entries()) {
    mapped.push(map(item, index));
    if (mapped.length % STEP_ROWS === 0) yield;
  }
  return mapped;
}
