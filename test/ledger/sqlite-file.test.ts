/** What is special to the embedded ledger: its file, its one owner, its readers, its schema, and a disk that fails. */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { anmodning, NONE, PLENTY, recordClaimed, T0, TODAY, unreadable } from '../../src/ledger/contract/fixture.ts';
import { type Ledger, LedgerUnavailable } from '../../src/ledger/ledger.ts';
import { SQLITE_MIGRATIONS } from '../../src/ledger/migrations/sqlite.ts';
import { SchemaError } from '../../src/ledger/schema-error.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { openSqliteInterventions } from '../../src/ledger/sqlite-interventions.ts';

let folder: string;
let path: string;
const opened: Ledger[] = [];
const children: ChildProcessWithoutNullStreams[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-file-'));
  path = join(folder, 'data', 'ledger.db');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const ledger of opened.splice(0)) await ledger.close();
  rmSync(folder, { recursive: true });
});

async function open(owner = true): Promise<Ledger> {
  const ledger = await openSqliteLedger({ path, owner });
  opened.push(ledger);
  return ledger;
}

/** Another process that owns the ledger; `ask` sends a line and gives its answer. */
async function startOwner() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'owner-process.ts'), path]);
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (line?: string): Promise<string> => {
    if (line !== undefined) child.stdin.write(`${line}\n`);
    return String((await lines.next()).value);
  };
  expect(await ask()).toBe('open');
  return { child, ask };
}

describe('the file', () => {
  test('is created with its folder, and only its user may read it and its log', async () => {
    const ledger = await open();
    await ledger.record([anmodning('a')], NONE);
    for (const name of [path, `${path}-wal`]) expect(statSync(name).mode & 0o077).toBe(0);
  });

  test('is written through to the disk with every commit', async () => {
    const prepare = vi.spyOn(Database.prototype, 'prepare');
    await open();
    const connection = prepare.mock.contexts.at(-1);
    prepare.mockRestore();
    if (!(connection instanceof Database)) throw new Error('no connection was opened');
    expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(connection.pragma('synchronous', { simple: true })).toBe(2);
  });

  test('may be memory alone', async () => {
    path = ':memory:';
    const [one, other] = [await open(), await open()];
    await recordClaimed(one, anmodning('a'));
    expect((await other.counts(TODAY)).unfinished.debitorkonto).toBe(0);
  });

  test('that is no database, or another program’s, is refused and left as it is', async () => {
    await (await open()).close();
    const foreign = join(folder, 'foreign.db');
    const other = new Database(foreign);
    other.exec('CREATE TABLE message (a)');
    other.close();
    await expect(openSqliteLedger({ path: foreign, owner: true })).rejects.toThrow(/ikke en ledger.*/);
    await expect(openSqliteLedger({ path: foreign, owner: true })).rejects.toThrow(SchemaError);
    await expect(openSqliteLedger({ path: folder, owner: true })).rejects.toThrow(LedgerUnavailable);
  });
});

describe('the owner', () => {
  test('is one at a time, and the refusal names the file', async () => {
    const first = await open();
    await expect(open()).rejects.toThrow(LedgerUnavailable);
    await expect(open()).rejects.toThrow(`Ledgeren ${path} bruges af en anden kørende adapter`);
    await first.close();
    await (await open()).probe(T0);
  });

  test('in another process holds the file until it dies, however it dies', async () => {
    const { child, ask } = await startOwner();
    expect(await ask('record a 10')).toBe('ok');
    await expect(open()).rejects.toThrow(LedgerUnavailable);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    expect((await (await open(false)).counts(TODAY)).byState.recorded).toBe(1);
    expect((await (await open()).counts(TODAY)).byState.recorded).toBe(1);
  });

  test('that could not start leaves nothing locked', async () => {
    await (await open()).close();
    const raw = new Database(path);
    raw.pragma('user_version = 99');
    await expect(open()).rejects.toThrow(SchemaError);
    raw.pragma(`user_version = ${SQLITE_MIGRATIONS.length}`);
    raw.close();
    await (await open()).probe(T0);
  });
});

describe('a line', () => {
  test('that another process has freed is free for the owner too, although it keeps the lines in memory', async () => {
    const ledger = await open();
    await recordClaimed(ledger, anmodning('a', { konti: ['K'] }));
    const raw = new Database(path);
    raw.exec("UPDATE message SET state = 'done'");
    raw.close();
    await recordClaimed(ledger, anmodning('b', { konti: ['K'] }));
  });
});

describe('a reader', () => {
  test('sees what the owner commits, beside it and without it, and can change nothing', async () => {
    const owner = await open();
    const reader = await open(false);
    await recordClaimed(owner, anmodning('a'));
    expect((await reader.history('a')).map(({ message }) => message.state)).toEqual(['dispatching']);
    await expect(reader.record([anmodning('b')], PLENTY)).rejects.toThrow(LedgerUnavailable);
    await expect(reader.probe(T0)).rejects.toThrow(LedgerUnavailable);
    await reader.close();
    await owner.close();
    expect((await (await open(false)).counts(TODAY)).byState.dispatching).toBe(1);
  });

  test('of a file that is not there is told so', async () => {
    await expect(open(false)).rejects.toThrow(LedgerUnavailable);
    await expect(open(false)).rejects.toThrow(path);
  });

  test('of a ledger that is not upgraded yet is told to start the adapter', async () => {
    await (await open()).close();
    const raw = new Database(path);
    raw.pragma('user_version = 0');
    raw.close();
    await expect(open(false)).rejects.toThrow('Start adapteren');
  });
});

describe('the schema', () => {
  test('of an older adapter is brought up to date with what it holds, and a person’s command waits for that', async () => {
    await (await open()).close();
    const raw = new Database(path);
    raw.exec('DROP TABLE fejlkoe_closing; PRAGMA user_version = 1');
    raw.close();
    await expect(openSqliteInterventions(path)).rejects.toThrow('Start adapteren');
    const upgraded = await open();
    await upgraded.record([unreadable('a')], NONE);
    const person = await openSqliteInterventions(path);
    expect(await person.discard([1], T0, { hvem: 'Anne', hvorfor: 'dublet' })).toBe(1);
    await person.close();
    expect((await upgraded.counts(TODAY)).fejlkoe).toBe(0);
  });

  test('of a newer adapter is refused, with both versions and what to do', async () => {
    await (await open()).close();
    const raw = new Database(path);
    raw.pragma('user_version = 99');
    raw.close();
    await expect(open()).rejects.toMatchObject({ name: 'SchemaError', found: 99, known: SQLITE_MIGRATIONS.length });
    await expect(open(false)).rejects.toThrow(/nyere version.*99/);
  });

  test('that was upgraded by half, or changed by hand, is refused and says what differs', async () => {
    await (await open()).close();
    const raw = new Database(path);
    raw.exec('DROP INDEX message_ready');
    raw.close();
    await expect(open()).rejects.toThrow(/delvis opgraderet.*message_ready/);
    await expect(open(false)).rejects.toThrow(SchemaError);
  });

  test('lets every statement find its rows by an index, so that it stays quick beside millions of rows', async () => {
    const statements = new Set<string>();
    const prepare = vi.spyOn(Database.prototype, 'prepare');
    await open();
    for (const [source] of prepare.mock.calls) statements.add(source);
    prepare.mockRestore();
    const raw = new Database(path, { readonly: true });
    const scans = [...statements]
      .filter(
        (source) => /^(SELECT|UPDATE|DELETE)/.test(source) && !/sqlite_schema|FROM counter|UPDATE owner/.test(source),
      )
      .flatMap((source) => {
        const values = Array.from(source.matchAll(/\?/g), () => null);
        const plan = raw.prepare<null[], { detail: string }>(`EXPLAIN QUERY PLAN ${source}`).all(...values);
        // These hold what is not published or not finished yet, or the values that were given: never what piles up.
        const bad = plan.filter(
          ({ detail }) => /SCAN/.test(detail) && !/answer_(due|postponed)|json_each|SCAN \(subquery/.test(detail),
        );
        return bad.map(({ detail }) => `${detail}: ${source}`);
      });
    raw.close();
    expect(statements.size).toBeGreaterThan(30);
    expect(scans).toEqual([]);
  });
});

describe('a disk that fails', () => {
  test('a write that is locked out changes nothing, says so, and succeeds when it is tried again', async () => {
    const ledger = await open();
    const raw = new Database(path);
    raw.exec('BEGIN IMMEDIATE');
    await expect(ledger.record([anmodning('a')], PLENTY)).rejects.toMatchObject({
      name: 'LedgerUnavailable',
      message: expect.stringContaining('låst'),
      cause: { code: 'SQLITE_BUSY' },
    });
    expect((await ledger.counts(TODAY)).byState.dispatching).toBe(0);
    raw.exec('ROLLBACK');
    raw.close();
    await recordClaimed(ledger, anmodning('a'));
  });

  test('a write for which there is no room changes nothing, and succeeds when there is room again', async () => {
    const { child, ask } = await startOwner();
    const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${bytes}:`]);
    expect(await ask('record a 1000')).toBe('ok');
    limit(String(statSync(`${path}-wal`).size + 50_000));
    expect(await ask('record b 200000')).toContain('LedgerUnavailable');
    expect(await ask('record c 1000')).toBe('ok');
    limit('unlimited');
    expect(await ask('record b 200000')).toBe('ok');
    const counts = await (await open(false)).counts(TODAY);
    expect(counts.byState.recorded).toBe(3);
  });
});
