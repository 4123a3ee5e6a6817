/** The embedded ledger keeps the contract. What is special to SQLite stands in `sqlite-file.test.ts`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, test } from 'vitest';
import type { LedgerUnderTest } from '../../src/ledger/contract/fixture.ts';
import { LEDGER_CONTRACT } from '../../src/ledger/contract.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function makeLedger(): Promise<LedgerUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  const options = { path: join(folder, 'ledger.db'), owner: true };
  let ledger = await openSqliteLedger(options);
  cleanups.push(async () => {
    await ledger.close();
    rmSync(folder, { recursive: true });
  });
  return {
    get ledger() {
      return ledger;
    },
    async restart() {
      await ledger.close();
      ledger = await openSqliteLedger(options);
    },
  };
}

describe('the embedded ledger', () => {
  for (const { name, run } of LEDGER_CONTRACT) test(name, () => run(makeLedger));
});
