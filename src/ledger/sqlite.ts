/**
 * The embedded ledger in the caller's own thread: one SQLite file, owned by one running adapter, read by the command line
 * beside it, and changed there by `sqlite-interventions.ts`. Every method works synchronously inside, so calls never
 * interleave. A running adapter has the same ledger in a thread of its own (`sqlite-thread.ts`).
 */
import type { Arrival, Judgement, Ledger } from './ledger.ts';
import { openSqliteCore, type SqliteLedgerOptions } from './sqlite-core.ts';
import { claimsOf, recordedOf, storedArrival } from './sqlite-stored.ts';

/**
 * Opens the ledger, as its owner also creates or upgrades it.
 * @throws LedgerUnavailable where it is owned by another process or can't be opened.
 * @throws SchemaError where its schema is not one that this version can work with.
 */
export async function openSqliteLedger(options: SqliteLedgerOptions): Promise<Ledger> {
  const core = openSqliteCore(options);
  return {
    async record(arrivals, capacity) {
      const judgements = new Map<Arrival, Judgement>();
      const stored = arrivals.map((arrival) =>
        storedArrival(arrival, (judgement) => judgements.set(arrival, judgement)),
      );
      const recorded = core.record(stored, capacity);
      return arrivals.flatMap((arrival, index) => {
        const one = recorded[index];
        return one === undefined ? [] : [recordedOf(one, arrival, judgements.get(arrival))];
      });
    },
    claim: async (...args) => claimsOf(core.claim(...args)),
    async settle(...args) {
      const settled = core.settle(...args);
      return { ...settled, claims: claimsOf(settled.claims) };
    },
    async reportSvar(...args) {
      const reported = core.reportSvar(...args);
      return { ...reported, claims: claimsOf(reported.claims) };
    },
    mayAsk: () => true, // Nobody else can own it while this process lives.
    takeUpInterrupted: async (...args) => core.takeUpInterrupted(...args),
    dueAnswers: async (...args) => core.dueAnswers(...args),
    markPublished: async (...args) => core.markPublished(...args),
    nextDueAt: async () => core.nextDueAt(),
    counts: async (...args) => core.counts(...args),
    history: async (...args) => core.history(...args),
    awaitingSvar: async (...args) => core.awaitingSvar(...args),
    inDoubt: async (...args) => core.inDoubt(...args),
    uleverede: async (...args) => core.uleverede(...args),
    fejlkoe: async (...args) => core.fejlkoe(...args),
    fejlkoeRaw: async (...args) => core.fejlkoeRaw(...args),
    probe: async (...args) => core.probe(...args),
    close: async () => core.close(),
  };
}
