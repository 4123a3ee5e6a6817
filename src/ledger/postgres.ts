/**
 * The ledger that several adapters share: one PostgreSQL database. The twin of `sqlite.ts`, composed of the parts in
 * `postgres-*.ts`: the same operations in the same order, and a comment where PostgreSQL forces another way.
 *
 * What is forced by there being several adapters: writers take turns by a lock in the database, as SQLite's do by being one;
 * claims and publications belong to an owner with a lease; and what a process holds is remembered here, since a commit can
 * succeed in the very moment in which the connection is lost.
 */
import type { Ledger, Published, Seq } from './ledger.ts';
import { anythingDue, giveBackLostAnswers, markAnswers, nextDueAnswer, takeDueAnswers } from './postgres-answers.ts';
import {
  anyInterrupted,
  anythingToClaim,
  giveBackLost,
  nextDueAttempt,
  reconsiderDoubt,
  takeClaims,
  takeUpInterrupted,
} from './postgres-claims.ts';
import { type Database, openDatabase } from './postgres-database.ts';
import { countAll, fejlkoePage, fejlkoeRawOf, historyOf, inStatePage, uleveredePage } from './postgres-lists.ts';
import { createLease, type Lease } from './postgres-owners.ts';
import { recordAll } from './postgres-record.ts';
import { migrate, requireSchema } from './postgres-schema.ts';
import { settleAll } from './postgres-settle.ts';
import { recordSvar } from './postgres-svar.ts';
import { type Position, READ_POSITIONS, Unit } from './postgres-unit.ts';

/** After so long without a renewal an adapter counts as gone. */
const LEASE_MS = 15_000;

export interface PostgresLedgerOptions {
  /** `postgres://user:password@host:port/database`; the tables stand in the first schema of the search path. */
  readonly url: string;
  /** A running adapter, of which there may be many; else a reader for the command line. */
  readonly owner: boolean;
  /** 15 seconds where left out. With 0 every other owner may take over at once. */
  readonly leaseMs?: number;
  /** Told of lost connections. Fields never hold a value of a message. */
  readonly log?: (event: string, fields: Readonly<Record<string, string>>) => void;
}

/**
 * Opens the ledger, as an owner also creates or upgrades it.
 * @throws LedgerUnavailable where the database can't be reached or refuses.
 * @throws SchemaError where its schema is not one that this version can work with.
 */
export async function openPostgresLedger(options: PostgresLedgerOptions): Promise<Ledger> {
  const { url, owner, leaseMs = LEASE_MS, log } = options;
  const held = new Held();
  const database = openDatabase({
    url,
    readOnly: !owner,
    onConnectionLost: (reason) => log?.('ledger.connectionLost', { reason }),
    onDoubtfulCommit: () => {
      held.isDoubtful = true;
    },
  });
  const lease = createLease(database, leaseMs);
  try {
    if (owner) {
      await migrate(database);
      await lease.start();
    } else await requireSchema(database);
    return ledgerOn(database, lease, held);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What this process has been given and has not brought back. */
class Held {
  /** The attempt of each claim. */
  readonly claims = new Map<Seq, number>();
  /** Answers that are being published. */
  readonly inFlight = new Set<number>();
  /** A commit may have succeeded of which nobody was told: the database then holds more for us than stands here. */
  isDoubtful = false;

  /** To be called before the commit: from then on another transaction can see what this one gave us. */
  take(unit: Unit): void {
    for (const { seq, attempt } of unit.claims) this.claims.set(seq, attempt);
    for (const { answerId } of unit.handedOut) this.inFlight.add(answerId);
  }

  drop(unit: Unit): void {
    for (const { seq, attempt } of unit.claims) if (this.claims.get(seq) === attempt) this.claims.delete(seq);
    for (const { answerId } of unit.handedOut) this.inFlight.delete(answerId);
  }
}

type Write = <Result>(lock: 'ledger' | 'outbox', work: (unit: Unit) => Promise<Result>) => Promise<Result>;

function prepareWrite(database: Database, owner: string, held: Held): Write {
  return async <Result>(lock: 'ledger' | 'outbox', work: (unit: Unit) => Promise<Result>): Promise<Result> => {
    const first = lock === 'ledger' ? READ_POSITIONS : 'SELECT';
    let unit: Unit | undefined;
    try {
      return await database.write<Result, Position>(lock, first, async (session, positions) => {
        unit = new Unit(session, owner, lock, positions);
        const result = await work(unit);
        await unit.flush();
        held.take(unit);
        return result;
      });
    } catch (error) {
      if (unit !== undefined) held.drop(unit);
      throw error;
    }
  };
}

function ledgerOn(database: Database, lease: Lease, held: Held): Ledger {
  const { owner } = lease;
  const { read } = database;
  let reconsidered = false;
  const write = prepareWrite(database, owner, held);

  /** After a doubtful commit: what the database holds for us and we do not have in our hands is given back. */
  const giveBack = async (now: number): Promise<void> => {
    held.isDoubtful = false;
    try {
      await write('ledger', async (unit) => {
        await database.lock(unit.session, 'outbox');
        await giveBackLost(unit, held.claims, now);
        await giveBackLostAnswers(unit, held.inFlight);
      });
    } catch (error) {
      held.isDoubtful = true;
      throw error;
    }
  };

  return {
    record: (arrivals, capacity) =>
      arrivals.length === 0
        ? Promise.resolve([])
        : write('ledger', (unit) => recordAll(database, unit, arrivals, capacity)),
    async claim(capacity, now) {
      if (!(await read((session) => anythingToClaim(session, capacity, now)))) return [];
      return write('ledger', (unit) => takeClaims(unit, capacity, now));
    },
    async settle(settlements, capacity) {
      if (settlements.length === 0) return { answers: [], claims: [], stale: [] };
      const settled = await write('ledger', async (unit) => {
        const outcomes = await settleAll(unit, settlements);
        const now = Math.max(...settlements.map(({ at }) => at));
        return { ...outcomes, claims: await takeClaims(unit, capacity, now) };
      });
      for (const { seq, attempt } of settlements) if (held.claims.get(seq) === attempt) held.claims.delete(seq);
      return settled;
    },
    reportSvar: (report, capacity) =>
      write('ledger', async (unit) => {
        const worth = await recordSvar(database, unit, report);
        return { ...worth, claims: capacity === undefined ? [] : await takeClaims(unit, capacity, report.at) };
      }),
    mayAsk: () => lease.isSure(),
    async takeUpInterrupted(askAgain, now) {
      if (!lease.isSure()) await lease.renew();
      if (held.isDoubtful) await giveBack(now);
      if (!reconsidered) await write('ledger', (unit) => reconsiderDoubt(unit, askAgain, now));
      reconsidered = true;
      if (!lease.mayJudge() || !(await read((session) => anyInterrupted(session, owner)))) return 0;
      return write('ledger', (unit) => takeUpInterrupted(unit, askAgain, now));
    },
    async dueAnswers(now, limit) {
      if (!(await read((session) => anythingDue(session, owner, now)))) return [];
      return write('outbox', (unit) => takeDueAnswers(unit, now, limit));
    },
    async markPublished(published: readonly Published[]) {
      if (published.length === 0) return [];
      const released = await write('outbox', (unit) => markAnswers(unit, published));
      for (const { answerId } of published) held.inFlight.delete(answerId);
      return released;
    },
    async nextDueAt() {
      const due = await read(async (session) => [await nextDueAttempt(session), await nextDueAnswer(session)]);
      const instants = due.filter((at) => at !== undefined);
      return instants.length === 0 ? undefined : Math.min(...instants);
    },
    counts: (today) => read((session) => countAll(session, today)),
    history: (id) => read((session) => historyOf(session, id)),
    awaitingSvar: (page) => read((session) => inStatePage(session, 'awaitingSvar', page)),
    inDoubt: (page) => read((session) => inStatePage(session, 'inDoubt', page)),
    uleverede: (page) => read((session) => uleveredePage(session, page)),
    fejlkoe: (page) => read((session) => fejlkoePage(session, page)),
    fejlkoeRaw: (id) => read((session) => fejlkoeRawOf(session, id)),
    probe: () => lease.renew(),
    async close() {
      await lease.leave();
      await database.close();
    },
  };
}
