/** The PostgreSQL ledger's migrations, in their order. */
import type { Migration } from './migration.ts';
import { ledger0001 } from './postgres-0001-ledger.ts';
import { fejlkoeClosing0002 } from './postgres-0002-fejlkoe-closing.ts';

export const POSTGRES_MIGRATIONS: readonly Migration[] = [ledger0001, fejlkoeClosing0002];
