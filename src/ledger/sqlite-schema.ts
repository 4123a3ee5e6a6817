/** Brings a SQLite ledger to the schema that this version knows, or says why it can't. */
import Database from 'better-sqlite3';
import type { Migration } from './migrations/migration.ts';
import { SQLITE_MIGRATIONS } from './migrations/sqlite.ts';
import { SchemaError } from './schema-error.ts';
import { type Connection, IN_MEMORY, prepareTransact } from './sqlite-database.ts';

/** Marks a SQLite file as a ledger of this adapter: the letters DBAD. */
const APPLICATION_ID = 0x44424144;

/**
 * Applies the missing migrations, each in one transaction with its number, and checks that the result is what they make.
 * @throws SchemaError where the file is newer, not a ledger, or was changed by other means.
 */
export function migrate(connection: Connection, path: string, migrations = SQLITE_MIGRATIONS): void {
  const found = foundVersion(connection, path, migrations);
  const transact = prepareTransact(connection);
  for (const migration of migrations) {
    if (migration.version > found) transact(() => apply(connection, migration));
  }
  compare(connection, path, migrations);
}

/** For a reader, which changes nothing: the schema must be there already. */
export function requireSchema(connection: Connection, path: string, migrations = SQLITE_MIGRATIONS): void {
  const found = foundVersion(connection, path, migrations);
  const known = migrations.length;
  if (found < known) {
    throw new SchemaError(`Ledgeren ${path} er ikke opgraderet endnu. Start adapteren én gang, så opgraderer den`, {
      found,
      known,
    });
  }
  compare(connection, path, migrations);
}

function foundVersion(connection: Connection, path: string, migrations: readonly Migration[]): number {
  const found = Number(connection.pragma('user_version', { simple: true }));
  const application = Number(connection.pragma('application_id', { simple: true }));
  const known = migrations.length;
  const empty = connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (!empty && application !== APPLICATION_ID) {
    throw new SchemaError(`Filen ${path} er en database, men ikke en ledger. Angiv en anden fil`, { found, known });
  }
  if (found > known) {
    throw new SchemaError(
      `Ledgeren ${path} er skrevet af en nyere version af adapteren. Brug den version, eller hent en sikkerhedskopi`,
      { found, known },
    );
  }
  return found;
}

function apply(connection: Connection, migration: Migration): void {
  connection.exec(migration.sql);
  connection.pragma(`application_id = ${APPLICATION_ID}`);
  connection.pragma(`user_version = ${migration.version}`);
}

interface SchemaObject {
  readonly name: string;
  readonly sql: string;
}

/** A version number alone does not show an upgrade that was done by hand and only by half. */
function compare(connection: Connection, path: string, migrations: readonly Migration[]): void {
  const model = new Database(IN_MEMORY);
  try {
    for (const migration of migrations) model.exec(migration.sql);
    const present = new Map(objectsOf(connection).map(({ name, sql }) => [name, sql]));
    const differing = objectsOf(model).filter(({ name, sql }) => present.get(name) !== sql);
    if (differing.length === 0) return;
    const names = differing.map(({ name }) => name).join(', ');
    throw new SchemaError(
      `Ledgeren ${path} er kun delvis opgraderet eller er ændret i hånden: ${names} mangler eller afviger. ` +
        'Hent den seneste sikkerhedskopi, og start adapteren på den',
      { found: Number(connection.pragma('user_version', { simple: true })), known: migrations.length },
    );
  } finally {
    model.close();
  }
}

function objectsOf(connection: Connection): readonly SchemaObject[] {
  return connection
    .prepare<[], SchemaObject>(
      "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .all();
}
