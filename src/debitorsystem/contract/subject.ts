/** What the contract is run on: a backend that can be opened, closed and killed, and what it has declared. */
import type { Oere } from '../../domain/beloeb.ts';
import type { Svarform } from '../../domain/handling.ts';
import type { Capabilities, Debitorsystem, DebitorsystemPorts } from '../debitorsystem.ts';
import type { Fremmed } from './fremmed.ts';
import type { Output } from './output.ts';
import type { KitKunde, KitWorld } from './world.ts';

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
  /**
   * What a customer's cash payments have come to, in øre, with the debitorsystem's own sign. Read where it is kept, since no
   * command tells it; the same reading while it runs and after a restart. Without it no case can see what cash does.
   */
  readonly saldo?: (kunde: KitKunde) => Promise<Oere>;
  /**
   * Resolves when what the latest `open` has started ends without being asked to, with how, in Danish (`exitkode 1: …`).
   * Asked once after each `open`. Left out where that can't be seen: a command that it left behind is then waited for.
   */
  readonly ended?: () => Promise<string>;
  /** The last lines that it has written as errors since this was asked last, without CPR numbers; '' where there are none. */
  readonly lastErrors?: () => string;
  /** What its processes write; left out where the kit has not started them, or they are the kit's own. */
  readonly output?: Output;
  /** Gives commands as somebody would who is not the adapter; only where they go over a network. */
  readonly fremmed?: Fremmed;
}

/** What a case can look at to say whether it is for this backend. */
export interface About {
  readonly idempotent: boolean;
  readonly opslag: boolean;
  readonly concurrency: number;
  readonly svarformer: readonly Svarform[];
  readonly restarts: boolean;
  readonly kills: boolean;
  /** Whether a customer's saldo can be read. */
  readonly saldo: boolean;
  /** How it knows the adapter, where it is reached over a network. */
  readonly auth?: 'hmac' | 'mtls';
  readonly world: KitWorld;
}

/** Thrown by a case that finds on its way that there is nothing for it to test. */
export class SkipCase extends Error {
  override readonly name = 'SkipCase';
}
