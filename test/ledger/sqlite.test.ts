/** The embedded ledger keeps the contract. What is special to SQLite stands in `sqlite-file.test.ts`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, test } from 'vitest';
import type { LedgerUnderTest } from '../../src/ledger/contract/fixture.ts';
import { LEDGER_CONTRACT } from '../../src/ledger/contract.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { openSqliteInterventions } from '../../src/ledger/sqlite-interventions.ts';
import { openSqliteThread } from '../../src/ledger/sqlite-thread.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function makeLedger(open: (path: string) => Promise<Ledger>): Promise<LedgerUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  const path = join(folder, 'ledger.db');
  let ledger = await open(path);
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
      ledger = await open(path);
    },
    async beside() {
      const beside = await openSqliteInterventions(path);
      cleanups.unshift(() => beside.close());
      return beside;
    },
  };
}

const OPENINGS: readonly (readonly [where: string, open: (path: string) => Promise<Ledger>])[] = [
  ['in the caller’s thread', (path) => openSqliteLedger({ path, owner: true })],
  ['in a thread of its own', openSqliteThread],
];

describe.each(OPENINGS)('the embedded ledger %s', (_where, open) => {
  for (const { name, run } of LEDGER_CONTRACT) test(name, () => run(() => makeLedger(open)));
});
