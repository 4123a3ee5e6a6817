/** Who closed an entry of the PostgreSQL ledger's fejlkø, how and why. */
import type { Migration } from './migration.ts';

export const fejlkoeClosing0002: Migration = {
  version: 2,
  name: 'fejlkoe closing',
  sql: `
CREATE TABLE fejlkoe_closing (
  id bigint PRIMARY KEY,
  decision text NOT NULL,
  hvem text NOT NULL,
  hvorfor text NOT NULL
);
`,
};
