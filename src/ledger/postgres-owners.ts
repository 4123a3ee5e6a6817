/**
 * The adapters that share a PostgreSQL ledger, and the leases by which they know of each other's end. An adapter renews its
 * lease as long as it runs; when it is over, the others take up its claims and publish its answers. What an adapter records
 * after its lease is fenced by the attempt, and what it publishes is the same answer again. What it asks a debitorsystem
 * nothing can fence: so it asks about nothing that it has claimed once its lease may be over.
 */
import { randomUUID } from 'node:crypto';
import { type Database, statement } from './postgres-database.ts';

/** The owners whose lease is not over, as a subquery. */
export const ALIVE = 'SELECT owner FROM owner WHERE alive_until > clock_timestamp()';

const RENEW = statement(
  'renew lease',
  `INSERT INTO owner (owner, alive_until) VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
   ON CONFLICT (owner) DO UPDATE SET alive_until = excluded.alive_until`,
);
const LEAVE = statement('leave lease', 'DELETE FROM owner WHERE owner = $1');
/** One without a row counts as gone, so a row is of no use once its lease is over. */
const FORGET = statement(
  'forget owners',
  "DELETE FROM owner WHERE alive_until < clock_timestamp() - interval '1 hour'",
);

/** How often a lease is renewed while it lasts. */
const RENEWALS = 3;

export interface Lease {
  /** Tells this process from all others, also from earlier ones on the same machine. */
  readonly owner: string;
  /** Takes it, and renews it until it is left. A reader of the ledger never does. */
  start(): Promise<void>;
  /** Renews it now: one small durable write. */
  renew(): Promise<void>;
  /**
   * Whether the others have had the time to renew theirs since this one could reach the database: when that was away for a
   * while, the leases of all are over, and none of them is gone.
   */
  mayJudge(): boolean;
  /**
   * Whether it is certainly not over, by this process's own clock. That clock stands still while a virtual machine is
   * paused, and then this is wrong until the next renewal.
   */
  isSure(): boolean;
  /** Tells the others that this adapter is gone. */
  leave(): Promise<void>;
}

/** @param leaseMs 0: it is over at once, so that every other owner may take over. */
export function createLease(database: Database, leaseMs: number): Lease {
  const owner = randomUUID();
  let timer: NodeJS.Timeout | undefined;
  /** Since when it has been renewed in time; undefined while it is not taken. */
  let since: number | undefined;
  let renewedAt = 0;
  /** When the latest renewal that succeeded was asked for: the database counts from later. */
  let askedAt = 0;

  async function renew(): Promise<void> {
    const asked = performance.now();
    await database.read((session) => session.query(RENEW, owner, leaseMs));
    const now = performance.now();
    if (since === undefined || now - renewedAt > leaseMs) since = now;
    renewedAt = now;
    askedAt = Math.max(askedAt, asked);
  }

  return {
    owner,
    async start() {
      await renew();
      await database.read((session) => session.query(FORGET));
      // Where it fails the others take over, and this one notices when it settles: nothing to do here.
      if (leaseMs > 0) timer = setInterval(() => void renew().catch(() => undefined), leaseMs / RENEWALS);
      timer?.unref();
    },
    renew,
    mayJudge() {
      if (since === undefined) return false;
      const now = performance.now();
      return leaseMs === 0 || (now - renewedAt <= leaseMs && now - since >= leaseMs);
    },
    isSure() {
      return since !== undefined && (leaseMs === 0 || performance.now() - askedAt < leaseMs);
    },
    async leave() {
      clearInterval(timer);
      if (since !== undefined) await database.read((session) => session.query(LEAVE, owner)).catch(() => undefined);
      since = undefined;
    },
  };
}
