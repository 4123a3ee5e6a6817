/** What the embedded ledger believes of SQLite and of better-sqlite3. When one of these fails, read the ledger again. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';

const LIBRARY = createRequire(import.meta.url).resolve('better-sqlite3');

let folder: string;
let path: string;
let db: Database.Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
  path = join(folder, 'assumption.db');
  db = new Database(path, { timeout: 0 });
  db.pragma('journal_mode = WAL');
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

test('better-sqlite3 makes WAL mean NORMAL on its own, which a power cut can take commits from: FULL must be asked for', () => {
  const again = new Database(path);
  again.exec('CREATE TABLE t (a)');
  expect(again.pragma('synchronous', { simple: true })).toBe(1);
  again.pragma('synchronous = FULL');
  expect(again.pragma('synchronous', { simple: true })).toBe(2);
  again.close();
});

test('a commit survives the process being killed right after it', async () => {
  db.exec('CREATE TABLE t (a)');
  const script = `
    const Database = require(${JSON.stringify(LIBRARY)});
    const db = new Database(${JSON.stringify(path)});
    db.prepare('INSERT INTO t VALUES (1)').run();
    db.exec('BEGIN'); db.prepare('INSERT INTO t VALUES (2)').run();
    process.kill(process.pid, 'SIGKILL');`;
  const child = spawn(process.execPath, ['-e', script]);
  const signal = await new Promise((resolve) => child.once('exit', (_code, name) => resolve(name)));
  expect(signal).toBe('SIGKILL');
  expect(db.prepare('SELECT a FROM t').pluck().all()).toEqual([1]);
});

test('a second BEGIN EXCLUSIVE on the same file is refused at once, in the same process too', () => {
  db.exec('BEGIN EXCLUSIVE');
  const other = new Database(path, { timeout: 0 });
  expect(() => other.exec('BEGIN EXCLUSIVE')).toThrow(expect.objectContaining({ code: 'SQLITE_BUSY' }));
  db.exec('ROLLBACK');
  other.exec('BEGIN EXCLUSIVE');
  other.close();
});

test('a read-only connection reads the last commit while a transaction is being written', () => {
  db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1); BEGIN IMMEDIATE; INSERT INTO t VALUES (2)');
  const reader = new Database(path, { readonly: true });
  expect(reader.prepare('SELECT count(*) FROM t').pluck().get()).toBe(1);
  db.exec('COMMIT');
  expect(reader.prepare('SELECT count(*) FROM t').pluck().get()).toBe(2);
  expect(() => reader.exec('DELETE FROM t')).toThrow(expect.objectContaining({ code: 'SQLITE_READONLY' }));
  reader.close();
});

test('AUTOINCREMENT never gives out a number again, also when the latest rows are gone', () => {
  db.exec('CREATE TABLE t (seq INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)');
  db.exec("INSERT INTO t (a) VALUES ('a'), ('b'); DELETE FROM t");
  expect(Number(db.prepare("INSERT INTO t (a) VALUES ('c')").run().lastInsertRowid)).toBe(3);
});

test('without AUTOINCREMENT a number follows the greatest that is there, so only deleting that one could give it twice', () => {
  db.exec('CREATE TABLE t (seq INTEGER PRIMARY KEY, a TEXT)');
  db.exec("INSERT INTO t (a) VALUES ('a'), ('b'), ('c'); DELETE FROM t WHERE seq < 3");
  expect(Number(db.prepare("INSERT INTO t (a) VALUES ('d')").run().lastInsertRowid)).toBe(4);
});

test('bytes of UTF-8 that are cast are stored as the text that they are', () => {
  db.exec('CREATE TABLE t (a TEXT) STRICT');
  const text = 'Værdi → 😀 \u0000 "æøå"';
  const insert = db.prepare('INSERT INTO t VALUES (CAST(? AS TEXT))');
  for (const value of [text, Buffer.from(text), null]) insert.run(value);
  expect(db.prepare('SELECT a FROM t').pluck().all()).toEqual([text, text, null]);
});

test('instants and 48-bit digests come back as the same numbers from a STRICT INTEGER column', () => {
  db.exec('CREATE TABLE t (a INTEGER) STRICT');
  const numbers = [0, 1_700_000_000_000, 2 ** 48 - 1, Number.MAX_SAFE_INTEGER];
  for (const number of numbers) db.prepare('INSERT INTO t VALUES (?)').run(number);
  expect(db.prepare('SELECT a FROM t ORDER BY a').pluck().all()).toEqual(numbers);
  expect(() => db.prepare('INSERT INTO t VALUES (?)').run(0.5)).toThrow(/cannot store REAL/);
});

test('DDL, user_version and application_id are part of a transaction: a schema is never upgraded by half', () => {
  db.exec('BEGIN; CREATE TABLE t (a); PRAGMA user_version = 7; PRAGMA application_id = 8; ROLLBACK');
  expect(db.pragma('user_version', { simple: true })).toBe(0);
  expect(db.pragma('application_id', { simple: true })).toBe(0);
  expect(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0);
});

test('a Uint8Array is stored as a BLOB and comes back as a Buffer with the same bytes', () => {
  db.exec('CREATE TABLE t (a BLOB) STRICT');
  db.prepare('INSERT INTO t VALUES (?)').run(new Uint8Array([0, 255, 7]).subarray(1));
  expect(db.prepare('SELECT a FROM t').pluck().get()).toEqual(Buffer.from([255, 7]));
});
