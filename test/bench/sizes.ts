/** How much each section measures: quickly, as an indication, and in full, for figures that count. */

/** A number of messages, or as many as take a subject so many seconds. */
export type Amount = { readonly messages: number } | { readonly seconds: number };

export interface Sizes {
  readonly throughput: {
    /** Pairs of raw echo and adapter; with the peers, rounds of all of them. */
    readonly pairs: number;
    readonly roundsWithPeers: number;
    readonly amount: Amount;
  };
  readonly latency: { readonly pairs: number; readonly fastSeconds: number; readonly slowSeconds: number };
  readonly isolation: { readonly times: number; readonly mass: number; readonly quietSeconds: number };
  readonly data: {
    readonly rows: number;
    readonly pairs: number;
    readonly amount: Amount;
    readonly backlog: number;
  };
  /** How many anmodninger of 10,000 and of 100 fordringer. */
  readonly size: { readonly large: number; readonly small: number };
  readonly processes: { readonly rounds: number; readonly amount: Amount };
  readonly profile: { readonly messages: number };
  readonly start: { readonly times: number; readonly idleSeconds: number };
}

export const QUICK: Sizes = {
  throughput: { pairs: 3, roundsWithPeers: 2, amount: { messages: 10_000 } },
  latency: { pairs: 1, fastSeconds: 6, slowSeconds: 6 },
  isolation: { times: 1, mass: 10_000, quietSeconds: 4 },
  data: { rows: 200_000, pairs: 1, amount: { messages: 8_000 }, backlog: 20_000 },
  size: { large: 5, small: 20 },
  processes: { rounds: 1, amount: { messages: 4_000 } },
  profile: { messages: 15_000 },
  start: { times: 3, idleSeconds: 4 },
};

export const FULL: Sizes = {
  throughput: { pairs: 10, roundsWithPeers: 10, amount: { seconds: 20 } },
  latency: { pairs: 3, fastSeconds: 30, slowSeconds: 60 },
  isolation: { times: 3, mass: 100_000, quietSeconds: 30 },
  data: { rows: 10_000_000, pairs: 5, amount: { seconds: 20 }, backlog: 1_000_000 },
  size: { large: 20, small: 200 },
  processes: { rounds: 5, amount: { seconds: 20 } },
  profile: { messages: 100_000 },
  start: { times: 10, idleSeconds: 60 },
};
