/** The shared ledger keeps the contract. What is special to PostgreSQL stands in `postgres-shared.test.ts`. */
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest';
import type { LedgerUnderTest } from '../../src/ledger/contract/fixture.ts';
import { LEDGER_CONTRACT } from '../../src/ledger/contract.ts';
import { openPostgresLedger } from '../../src/ledger/postgres.ts';
import { openPostgresInterventions } from '../../src/ledger/postgres-interventions.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

let server: TestPostgres;
const cleanups: (() => Promise<void>)[] = [];

beforeAll(async () => {
  server = await startPostgres();
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});
afterAll(() => server?.stop());

async function makeLedger(): Promise<LedgerUnderTest> {
  const options = { url: await server.freshUrl(), owner: true, leaseMs: 0 };
  let ledger = await openPostgresLedger(options);
  const opened = [ledger];
  cleanups.push(async () => {
    for (const one of opened) await one.close();
  });
  return {
    get ledger() {
      return ledger;
    },
    async restart() {
      // The other one is not closed: a process that dies says no goodbye. Its lease is over at once.
      ledger = await openPostgresLedger(options);
      opened.push(ledger);
    },
    async beside() {
      const beside = await openPostgresInterventions(options.url);
      cleanups.unshift(() => beside.close());
      return beside;
    },
  };
}

describe('the shared ledger', () => {
  for (const { name, run } of LEDGER_CONTRACT) test(name, () => run(makeLedger));
});
