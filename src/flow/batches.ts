/**
 * How much is done at a time. Much, while a mass run has the adapter to itself; little while cash payments come: at each
 * step a payment waits for the turn and for the commit that are under way, and the larger those are, the longer (decision
 * 0027).
 */
import type { Instant } from '../domain/identer.ts';

const MANY = { commit: 512, turn: 32 };
const FEW = { commit: 8, turn: 2 };
/** Cash payments count as coming for so long after the latest one. */
const REMEMBERED_MS = 2_000;

export interface Batches {
  /** A cash payment was delivered. */
  kontantDelivered(): void;
  /** Most items in one commit now. */
  perCommit(): number;
  /** Most deliveries of one queue that are read in one turn of the event loop now. */
  perTurn(): number;
}

export function createBatches(now: () => Instant): Batches {
  let latest = Number.NEGATIVE_INFINITY;
  const amount = () => {
    const ago = now() - latest;
    // A clock that was set back says nothing of what comes.
    return ago >= 0 && ago < REMEMBERED_MS ? FEW : MANY;
  };
  return {
    kontantDelivered() {
      latest = now();
    },
    perCommit: () => amount().commit,
    perTurn: () => amount().turn,
  };
}
