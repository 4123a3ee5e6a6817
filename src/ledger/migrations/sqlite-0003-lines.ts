/** Lines are read once into memory: nothing looks a place in line up by its message any more. */
import type { Migration } from './migration.ts';

export const lines0003: Migration = {
  version: 3,
  name: 'linjer uden opslag',
  sql: `
DROP INDEX line_seq;
`,
};
