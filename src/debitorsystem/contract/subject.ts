/** What the contract is run on: a backend that can be opened, closed and killed, and what it has declared. */
import type { Svarform } from '../../domain/handling.ts';
import type { Capabilities, Debitorsystem, DebitorsystemPorts } from '../debitorsystem.ts';
import type { KitWorld } from './world.ts';

/**
 * A backend under test. What it keeps (its database) belongs to one run of the kit and is there from `open` to `open`.
 * `in-process.ts` and `child-process.ts` make one of a backend's module; an author with a server makes one by hand.
 */
export interface KitSubject {
  readonly capabilities: Capabilities;
  /**
   * Whether `close` and `open` end and begin what keeps the debitorsystem's state. False where only a client of it is
   * closed: the cases about restarts are then skipped.
   */
  readonly restarts: boolean;
  /** Makes the backend and starts it; what it reports goes to these ports. */
  open(ports: DebitorsystemPorts): Promise<Debitorsystem>;
  /** Stops it in good order. */
  close(): Promise<void>;
  /** Ends it at once, as SIGKILL does; left out where that can't be done. `open` follows. */
  readonly kill?: () => Promise<void>;
}

/** What a case can look at to say whether it is for this backend. */
export interface About {
  readonly idempotent: boolean;
  readonly opslag: boolean;
  readonly concurrency: number;
  readonly svarformer: readonly Svarform[];
  readonly restarts: boolean;
  readonly kills: boolean;
  readonly world: KitWorld;
}

/** Thrown by a case that finds on its way that there is nothing for it to test. */
export class SkipCase extends Error {
  override readonly name = 'SkipCase';
}
