/** The PostgreSQL ledger's migrations, in their order. */
import type { Migration } from './migration.ts';
import { ledger0001 } from './postgres-0001-ledger.ts';

export const POSTGRES_MIGRATIONS: readonly Migration[] = [ledger0001];
