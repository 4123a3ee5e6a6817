/** Brings a PostgreSQL ledger to the schema that this version knows, or says why it can't. */
import type { Migration } from './migrations/migration.ts';
import { POSTGRES_MIGRATIONS } from './migrations/postgres.ts';
import { type Database, type Session, statement } from './postgres-database.ts';
import { SchemaError } from './schema-error.ts';

/** The tables of the newest schema. */
const TABLES = [
  'message',
  'payload',
  'line',
  'answer',
  'answer_body',
  'svar',
  'ekstern_id',
  'fejlkoe',
  'event',
  'counter',
  'owner',
];

const ENVIRONMENT = statement<{ readonly schema: string | null; readonly encoding: string }>(
  'environment',
  "SELECT current_schema() AS schema, current_setting('server_encoding') AS encoding",
);
const PRESENT = statement<{ readonly name: string }>(
  'tables present',
  `SELECT relname::text AS name FROM pg_class
   WHERE relnamespace = to_regnamespace(quote_ident(current_schema())) AND relname = ANY($1::text[]) AND relkind IN ('r', 'p')`,
);
const CREATE_REGISTER = statement(
  'create schema register',
  `CREATE TABLE schema_migration (
     version integer PRIMARY KEY,
     name text NOT NULL,
     applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     -- What the schema looked like after it: a version number alone does not show what was done by hand, or by half.
     description text[] NOT NULL
   )`,
);
const NEWEST = statement<{ readonly version: number; readonly description: readonly string[] }>(
  'newest migration',
  'SELECT version, description FROM schema_migration ORDER BY version DESC LIMIT 1',
);
const REGISTER = statement(
  'register migration',
  'INSERT INTO schema_migration (version, name, description) VALUES ($1, $2, $3::text[])',
);
/** Only facts that every version of PostgreSQL words in the same way. */
const DESCRIBE = statement<{ readonly line: string }>(
  'describe schema',
  `SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
     || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END AS line
   FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
   WHERE c.relnamespace = to_regnamespace(quote_ident(current_schema())) AND c.relname = ANY($1::text[])
     AND a.attnum > 0 AND NOT a.attisdropped
   UNION ALL
   SELECT i.relname || ' on ' || c.relname || CASE WHEN x.indisunique THEN ' unique' ELSE '' END
     || CASE WHEN x.indpred IS NULL THEN '' ELSE ' partial' END || CASE WHEN x.indisvalid THEN '' ELSE ' invalid' END
   FROM pg_class c JOIN pg_index x ON x.indrelid = c.oid JOIN pg_class i ON i.oid = x.indexrelid
   WHERE c.relnamespace = to_regnamespace(quote_ident(current_schema())) AND c.relname = ANY($1::text[])
   ORDER BY 1`,
);

/**
 * Applies the missing migrations, each in one transaction with its number, and checks that the result is what they made.
 * Adapters that start side by side take turns.
 * @throws SchemaError where the schema is newer, not a ledger's, or was changed by other means.
 */
export async function migrate(database: Database, migrations = POSTGRES_MIGRATIONS): Promise<void> {
  for (let version = 0; version < migrations.length; ) {
    version = await database.write('upgrade', 'SELECT 1', async (session) => {
      const found = await foundVersion(session, database.name, migrations);
      const next = migrations.find((migration) => migration.version > found);
      if (next === undefined) return found;
      if (found === 0) await session.query(CREATE_REGISTER);
      await session.script(next.sql);
      await session.query(REGISTER, next.version, next.name, await describe(session));
      return next.version;
    });
  }
  await database.read((session) => compare(session, database.name, migrations));
}

/** For a reader, which changes nothing: the schema must be there already. */
export async function requireSchema(database: Database, migrations = POSTGRES_MIGRATIONS): Promise<void> {
  await database.read(async (session) => {
    const found = await foundVersion(session, database.name, migrations);
    const known = migrations.length;
    if (found < known) {
      const problem = `Ledgeren ${database.name} er ikke opgraderet endnu. Start adapteren én gang, så opgraderer den`;
      throw new SchemaError(problem, { found, known });
    }
    await compare(session, database.name, migrations);
  });
}

async function foundVersion(session: Session, name: string, migrations: readonly Migration[]): Promise<number> {
  const known = migrations.length;
  const [environment] = await session.query(ENVIRONMENT);
  if (environment?.encoding !== 'UTF8') {
    const problem = `Databasen ${name} har tegnsættet ${environment?.encoding ?? '?'}. Opret den med UTF8`;
    throw new SchemaError(problem, { found: 0, known });
  }
  if (environment.schema === null) {
    const problem = `Databasen ${name} har intet skema på søgestien (search_path). Opret skemaet, eller ret søgestien`;
    throw new SchemaError(problem, { found: 0, known });
  }
  const present = new Set((await session.query(PRESENT, [...TABLES, 'schema_migration'])).map((table) => table.name));
  if (!present.has('schema_migration')) {
    if (present.size === 0) return 0;
    const problem = `Skemaet ${environment.schema} i ${name} har tabeller, der ikke er en ledgers. Angiv en anden database`;
    throw new SchemaError(problem, { found: 0, known });
  }
  const [newest] = await session.query(NEWEST);
  const found = newest?.version ?? 0;
  if (found > known) {
    const problem = `Ledgeren ${name} er skrevet af en nyere version af adapteren. Brug den version, eller hent en sikkerhedskopi`;
    throw new SchemaError(problem, { found, known });
  }
  return found;
}

async function describe(session: Session): Promise<readonly string[]> {
  return (await session.query(DESCRIBE, TABLES)).map(({ line }) => line);
}

/** What an administrator has added, an index for example, is no fault; what is missing or differs is. */
async function compare(session: Session, name: string, migrations: readonly Migration[]): Promise<void> {
  const [newest] = await session.query(NEWEST);
  const present = new Set(await describe(session));
  const differing = (newest?.description ?? []).filter((line) => !present.has(line));
  if (newest !== undefined && newest.description.length > 0 && differing.length === 0) return;
  throw new SchemaError(
    `Ledgeren ${name} er kun delvis opgraderet eller er ændret i hånden: ${differing.join(', ')} mangler eller afviger. ` +
      'Hent den seneste sikkerhedskopi, og start adapteren på den',
    { found: newest?.version ?? 0, known: migrations.length },
  );
}
