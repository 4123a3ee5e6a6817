/** Chance that can be had again: everything that a run draws comes from its seed. Not for secrets. */

export interface Seeded {
  /** From 0 up to, but not, 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** True in so many cases of a hundred. */
  percent(share: number): boolean;
  uuid(): string;
  /** Another source that does not depend on how much was drawn from this one. */
  branch(name: string): Seeded;
}

const UINT32 = 2 ** 32;

/** A 32-bit digest of a text (FNV-1a). */
function digest32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** A number from 0 up to 1 that is the same for the same text, for ever. */
export function shareOf(text: string): number {
  return seeded(digest32(text)).next();
}

/** mulberry32. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const hex = (digits: number): string => {
    let text = '';
    while (text.length < digits) text += int(0, 15).toString(16);
    return text;
  };
  return {
    next,
    int,
    pick: ([first, ...rest]) => (rest.length === 0 ? first : ([first, ...rest][int(0, rest.length)] ?? first)),
    percent: (share) => next() * 100 < share,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
    branch: (name) => seeded(digest32(`${seed}/${name}`)),
  };
}
