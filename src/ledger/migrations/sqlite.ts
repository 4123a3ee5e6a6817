/** The embedded ledger's migrations, in their order. */
import type { Migration } from './migration.ts';
import { ledger0001 } from './sqlite-0001-ledger.ts';
import { fejlkoeClosing0002 } from './sqlite-0002-fejlkoe-closing.ts';

export const SQLITE_MIGRATIONS: readonly Migration[] = [ledger0001, fejlkoeClosing0002];
