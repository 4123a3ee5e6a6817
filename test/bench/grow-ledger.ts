/**
 * Makes a large SQLite ledger out of a small one that an adapter has written: its finished rows again and again under new
 * ids, in the real schema and with all its indexes. The bodies of the copies are cut short: they are only ever appended,
 * so their size costs disk and not time.
 */
import Database from 'better-sqlite3';

/** Random text and numbers of the kinds that the ledger's columns hold. */
const UUID =
  "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";
const SHA_256 = 'lower(hex(randomblob(32)))';
const DIGEST = 'abs(random() % 281474976710656)';
const KEPT_BYTES = 100;

/** What stands in a column of a copy; every other column is copied as it is. `k` counts the copies. */
const COLUMNS: Readonly<Record<string, string>> = {
  seq: 'seq + k * :rows',
  answer_id: 'answer_id + k * :answers',
  id: UUID,
  transaktions_id: UUID,
  message_id: UUID,
  content_hash: SHA_256,
  id_digest: DIGEST,
  content_digest: DIGEST,
  transaktion_digest: `CASE WHEN transaktion_digest IS NULL THEN NULL ELSE ${DIGEST} END`,
  raw: `substr(raw, 1, ${KEPT_BYTES})`,
  body: `substr(body, 1, ${KEPT_BYTES})`,
  command: 'NULL',
  kontekst: 'NULL',
};
/** Tables whose rows belong to a finished message. */
const TABLES = ['message', 'payload', 'answer', 'answer_body'] as const;
/** Rows of a table that one statement makes. */
const ROWS_AT_A_TIME = 500_000;

type Db = Database.Database;

function indexesOf(db: Db): readonly { readonly name: string; readonly sql: string }[] {
  return db
    .prepare<[], { readonly name: string; readonly sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
       AND tbl_name IN (${TABLES.map((table) => `'${table}'`).join(', ')})`,
    )
    .all();
}

function numberOf(db: Db, sql: string): number {
  return Number(db.prepare<[], number>(sql).pluck().get());
}

function copyStatement(db: Db, table: (typeof TABLES)[number]) {
  const columns = db.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}') ORDER BY cid`).pluck().all();
  const key = columns.includes('seq') && table !== 'answer' ? 'seq <= :rows' : 'answer_id <= :answers';
  const values = columns.map((column) => COLUMNS[column] ?? column).join(', ');
  return db.prepare(
    `WITH RECURSIVE copies (k) AS (SELECT :from UNION ALL SELECT k + 1 FROM copies WHERE k < :to)
     INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values} FROM copies, ${table} WHERE ${key}`,
  );
}

/** @returns how many messages the ledger holds then: `rows`, rounded up to a multiple of what it held. */
export function growLedger(path: string, rows: number, log: (line: string) => void): number {
  const db = new Database(path, { fileMustExist: true });
  try {
    // Nobody else has it, and one that is half grown is of no use.
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.pragma('cache_size = -500000');
    const unfinished = numberOf(db, "SELECT count(*) FROM message WHERE state <> 'done'");
    const [has, answers] = [
      numberOf(db, 'SELECT max(seq) FROM message'),
      numberOf(db, 'SELECT max(answer_id) FROM answer'),
    ];
    if (has === 0 || unfinished > 0) throw new Error('only a ledger with nothing but finished messages can be grown');
    const indexes = indexesOf(db);
    for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
    const copies = Math.ceil(rows / has) - 1;
    const statements = TABLES.map((table) => copyStatement(db, table));
    const step = Math.max(1, Math.floor(ROWS_AT_A_TIME / has));
    for (let from = 1; from <= copies; from += step) {
      const to = Math.min(copies, from + step - 1);
      for (const statement of statements) statement.run({ from, to, rows: has, answers });
      log(`ledger: ${(to + 1) * has} anmodninger`);
    }
    for (const { sql } of indexes) db.exec(sql);
    db.prepare('UPDATE counter SET amount = amount * ?').run(copies + 1);
    db.pragma('journal_mode = WAL');
    return (copies + 1) * has;
  } finally {
    db.close();
  }
}
