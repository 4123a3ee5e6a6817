/**
 * What happens by the clock and not by a delivery: retries that are due, answers that are still to be published, what an
 * adapter that died has left, and what operations are told about. One timer; a pass costs a few indexed look-ups.
 */
import { datoAt } from '../domain/dato.ts';
import type { Capacity, Claim, Counts, Ledger } from '../ledger/ledger.ts';
import { LedgerUnavailable } from '../ledger/ledger.ts';
import type { Observe, World } from './observe.ts';
import type { Relay } from './relay.ts';

/** How often it looks. Also the longest that a due retry waits beyond its time. */
const SWEEP_MS = 500;

export interface SweeperOptions {
  readonly ledger: Ledger;
  readonly relay: Relay;
  readonly world: World;
  readonly observe: Observe;
  /** Whether the debitorsystem may be asked again about what is in doubt. */
  readonly askAgain: boolean;
  readonly capacity: () => Capacity;
  readonly dispatch: (claims: readonly Claim[]) => void;
  /** Whether answers can be published now: without a connection they stay in the ledger. */
  readonly canPublish: () => boolean;
  readonly onCounts: (counts: Counts) => void;
  readonly ledgerAvailable: () => boolean;
  readonly onLedger: (available: boolean) => void;
  readonly onFatal: (error: unknown) => void;
}

export interface Sweeper {
  start(): void;
  /** Looks now, and does not wait for the next time. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export function createSweeper(options: SweeperOptions): Sweeper {
  const { ledger, relay, world } = options;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> | undefined;

  async function pass(): Promise<void> {
    try {
      const interrupted = await ledger.takeUpInterrupted(options.askAgain, world.now());
      if (interrupted > 0) options.observe('command.interrupted', { count: interrupted });
      const capacity = options.capacity();
      if (capacity.debitorkonto + capacity.kontantindbetaling > 0) {
        options.dispatch(await ledger.claim(capacity, world.now()));
      }
      if (options.canPublish()) await relay.publishDue();
      options.onCounts(await ledger.counts(datoAt(world.now())));
      // What was read says nothing of whether it can write: only a write does.
      if (!options.ledgerAvailable()) {
        await ledger.probe(world.now());
        options.onLedger(true);
      }
    } catch (error) {
      if (!(error instanceof LedgerUnavailable)) throw error;
      options.onLedger(false);
    }
  }

  function sweep(): Promise<void> {
    current ??= pass()
      .catch(options.onFatal)
      .finally(() => {
        current = undefined;
      });
    return current;
  }

  return {
    start() {
      timer = setInterval(() => void sweep(), SWEEP_MS);
    },
    sweep,
    async stop() {
      clearInterval(timer);
      await current;
    },
  };
}
