/** Who closed an entry of the embedded ledger's fejlkø, how and why. */
import type { Migration } from './migration.ts';

export const fejlkoeClosing0002: Migration = {
  version: 2,
  name: 'fejlkoe closing',
  sql: `
-- Apart from fejlkoe, whose raw bytes must stay its last column.
CREATE TABLE fejlkoe_closing (
  id INTEGER PRIMARY KEY,
  decision TEXT NOT NULL,
  hvem TEXT NOT NULL,
  hvorfor TEXT NOT NULL
) STRICT;
`,
};
