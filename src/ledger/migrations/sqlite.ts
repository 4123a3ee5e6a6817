/** The embedded ledger's migrations, in their order. */
import type { Migration } from './migration.ts';
import { ledger0001 } from './sqlite-0001-ledger.ts';

export const SQLITE_MIGRATIONS: readonly Migration[] = [ledger0001];
