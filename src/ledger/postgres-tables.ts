/**
 * Inserting rows into a PostgreSQL ledger: one statement per table however many rows there are. The rows travel as one JSON
 * text, their bytes behind each other in one binary value, which costs no escaping.
 */
import { type Session, type Statement, statement, storable } from './postgres-database.ts';

type ColumnType = 'bigint' | 'integer' | 'text' | 'hex' | 'bytes';
type ColumnValue<Type> = Type extends 'bytes' ? Uint8Array : Type extends 'text' | 'hex' ? string : number;
type Columns = Readonly<Record<string, ColumnType>>;

const TABLES = {
  message: {
    seq: 'bigint',
    kind: 'text',
    sender: 'text',
    id: 'text',
    content_hash: 'text',
    id_digest: 'bigint',
    content_digest: 'bigint',
    transaktion_digest: 'bigint',
    is_first: 'integer',
    transaktions_id: 'text',
    myndighed: 'text',
    handlingstype: 'text',
    state: 'text',
    udfald: 'text',
    waiting_on: 'integer',
    attempts: 'integer',
    claimed_by: 'text',
    received_at: 'bigint',
    dispatched_at: 'bigint',
    settled_at: 'bigint',
  },
  payload: {
    seq: 'bigint',
    routing_key: 'text',
    user_id: 'text',
    correlation_id: 'text',
    message_id: 'text',
    traceparent: 'text',
    command: 'text',
    kontekst: 'text',
    raw: 'bytes',
  },
  line: { line_key: 'hex', seq: 'bigint' },
  ekstern_id: { sender: 'text', ekstern_id: 'text', seq: 'bigint' },
  answer: {
    answer_id: 'bigint',
    seq: 'bigint',
    art: 'text',
    exchange: 'text',
    routing_key: 'text',
    message_id: 'text',
    correlation_id: 'text',
    type: 'text',
    kode: 'text',
    repeat_of: 'bigint',
    created_at: 'bigint',
    due_at: 'bigint',
    after_answer_id: 'bigint',
    held: 'integer',
    publishing_by: 'text',
  },
  answer_body: { answer_id: 'bigint', headers: 'text', body: 'bytes' },
  svar: { seq: 'bigint', content_hash: 'text', answer_id: 'bigint', received_at: 'bigint' },
  fejlkoe: {
    fingerprint: 'text',
    queue: 'text',
    kode: 'text',
    aarsag: 'text',
    routing_key: 'text',
    user_id: 'text',
    message_id: 'text',
    properties: 'text',
    received_at: 'bigint',
    seen: 'integer',
    bytes: 'integer',
    raw: 'bytes',
  },
  event: { seq: 'bigint', at: 'bigint', event: 'text', detail: 'text' },
} as const satisfies Readonly<Record<string, Columns>>;

export type TableName = keyof typeof TABLES;

/** A row to insert; a column that is left out is NULL. */
export type RowOf<Name extends TableName> = {
  readonly [Column in keyof (typeof TABLES)[Name]]?: ColumnValue<(typeof TABLES)[Name][Column]> | undefined;
};

type AnyRow = Readonly<Record<string, string | number | Uint8Array | undefined>>;

/** The order in which a transaction writes its rows. */
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

/** Most bytes of messages or answers in one statement; a single row may be bigger. */
const MAX_STATEMENT_BYTES = 16 * 1024 * 1024;

function insertInto(name: string, columns: Columns): Statement<never> {
  const names = Object.keys(columns);
  const values = Object.entries(columns).map(([column, type]) => {
    if (type === 'bytes') return 'substring($2::bytea FROM r.bytes_from FOR r.bytes_length)';
    return type === 'hex' ? `decode(r.${column}, 'hex')` : `r.${column}`;
  });
  const given = Object.entries(columns).map(([column, type]) => {
    if (type === 'bytes') return 'bytes_from integer, bytes_length integer';
    return `${column} ${type === 'hex' ? 'text' : type}`;
  });
  return statement(
    `insert ${name}`,
    `INSERT INTO ${name} (${names.join(', ')})
     SELECT ${values.join(', ')} FROM json_to_recordset($1::json) AS r(${given.join(', ')})`,
  );
}

const INSERTS = new Map<string, { readonly insert: Statement<never>; readonly bytes: string | undefined }>(
  Object.entries(TABLES).map(([name, columns]) => {
    const bytes = Object.entries(columns).find(([, type]) => type === 'bytes')?.[0];
    return [name, { insert: insertInto(name, columns), bytes }];
  }),
);

/** Rows as the JSON that `json_to_recordset` reads. */
export function recordset(rows: readonly object[]): string {
  // JSON writes a NUL as an escape, which PostgreSQL could not turn into a text.
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'string' ? storable(value) : value));
}

export async function insertRows<Name extends TableName>(
  session: Session,
  name: Name,
  rows: readonly RowOf<Name>[],
): Promise<void> {
  const table = INSERTS.get(name);
  if (table === undefined) throw new Error(`no table ${name}`);
  const { insert, bytes } = table;
  if (bytes === undefined) {
    await session.query(insert, recordset(rows));
    return;
  }
  for (const part of inParts(rows, bytes)) {
    let from = 1;
    const narrow = part.map(({ [bytes]: content, ...row }) => {
      const bytes_length = content instanceof Uint8Array ? content.byteLength : 0;
      const placed = { ...row, bytes_from: from, bytes_length };
      from += bytes_length;
      return placed;
    });
    await session.query(insert, recordset(narrow), Buffer.concat(part.map((row) => bytesOf(row, bytes))));
  }
}

function bytesOf(row: AnyRow, column: string): Uint8Array {
  const content = row[column];
  return content instanceof Uint8Array ? content : new Uint8Array();
}

function inParts(rows: readonly AnyRow[], column: string): readonly (readonly AnyRow[])[] {
  const parts: AnyRow[][] = [];
  let size = 0;
  for (const row of rows) {
    const length = bytesOf(row, column).byteLength;
    const part = parts.at(-1);
    if (part === undefined || size + length > MAX_STATEMENT_BYTES) {
      parts.push([row]);
      size = length;
    } else {
      part.push(row);
      size += length;
    }
  }
  return parts;
}
