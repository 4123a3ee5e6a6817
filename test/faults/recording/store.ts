/**
 * The books of the recording debitorsystem: one row for every effect, however it came about. They outlive the adapter's
 * process, and the judge reads them. Not the simulator: it has no rules, only a memory.
 *
 * Without synchronous writes: what is killed here are processes, never the machine.
 */
import Database from 'better-sqlite3';
import type { Command } from '../../../src/domain/command.ts';
import { debitorkontiOf } from '../../../src/domain/handling.ts';
import type { Art, Effect } from '../evidence.ts';

/** A later result that the adapter has not taken yet. */
export interface Unreported {
  readonly noegle: string;
  readonly anmodning: string;
  readonly at: number;
}

export interface RecordingStore {
  /** Carries a command out, and with `senereAt` owes its later result. @returns the effect's number. */
  carryOut(command: Command, noegle: string, at: number, senereAt?: number): number;
  /** The number of the first effect under a key. */
  effectOf(noegle: string): number | undefined;
  /** Whether a key was accepted for later, reported or not. */
  isOwed(noegle: string): boolean;
  /** When the later result of a key is due. */
  senereAt(noegle: string): number | undefined;
  dueSvar(now: number, limit: number): readonly Unreported[];
  /** The adapter has taken it, or refused it for good. */
  reported(noegle: string, taken: boolean): void;
  close(): void;
}

interface EffectRow {
  readonly seq: number;
  readonly noegle: string;
  readonly fagsystem: string;
  readonly art: Art;
  readonly id: string;
  readonly content: string;
  readonly oere: string;
}

const BUSY_TIMEOUT_MS = 10_000;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS effect (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, noegle TEXT NOT NULL, fagsystem TEXT NOT NULL, art TEXT NOT NULL,
  id TEXT NOT NULL, content TEXT NOT NULL, oere TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS effect_noegle ON effect (noegle);
CREATE TABLE IF NOT EXISTS senere (
  noegle TEXT PRIMARY KEY, anmodning TEXT NOT NULL, at INTEGER NOT NULL, reported INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS senere_owed ON senere (at) WHERE reported = 0;
`;

function open(path: string): Database.Database {
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = OFF');
  db.exec(SCHEMA);
  return db;
}

/** What a handling does, in the words that the traffic uses too. */
export function handlingContent(kode: string, konti: readonly string[], oere: bigint): string {
  return `${kode} ${konti.join('+')} ${oere}`;
}

/** The same for a cash payment. */
export function kontantContent(oere: bigint): string {
  return `INDBETALING ${oere}`;
}

function identityOf(command: Command): readonly [art: Art, id: string, content: string, oere: bigint] {
  if (command.art === 'kontantIndbetaling') {
    return ['kontantIndbetaling', command.transaktionsId, kontantContent(command.beloebOere), command.beloebOere];
  }
  const { handlingstype, handling, parametre, anmodningIdentifikator } = command;
  const content = handlingContent(handlingstype, debitorkontiOf(handling), parametre.beloebOere ?? 0n);
  return ['handling', anmodningIdentifikator, content, 0n];
}

export function openRecordingStore(path: string): RecordingStore {
  const db = open(path);
  const insert = db.prepare<[string, string, Art, string, string, string, number]>(
    'INSERT INTO effect (noegle, fagsystem, art, id, content, oere, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const owe = db.prepare<[string, string, number]>(
    'INSERT OR IGNORE INTO senere (noegle, anmodning, at) VALUES (?, ?, ?)',
  );
  const find = db.prepare<[string], { readonly seq: number }>(
    'SELECT seq FROM effect WHERE noegle = ? ORDER BY seq LIMIT 1',
  );
  const due = db.prepare<[number, number], Unreported>(
    'SELECT noegle, anmodning, at FROM senere WHERE reported = 0 AND at <= ? ORDER BY at LIMIT ?',
  );
  const later = db.prepare<[string], { readonly at: number }>('SELECT at FROM senere WHERE noegle = ?');
  const mark = db.prepare<[number, string]>('UPDATE senere SET reported = ? WHERE noegle = ?');
  const carryOut = db.transaction((command: Command, noegle: string, at: number, senereAt?: number): number => {
    const [art, id, content, oere] = identityOf(command);
    const { lastInsertRowid } = insert.run(noegle, command.fagsystem, art, id, content, oere.toString(), at);
    if (senereAt !== undefined) owe.run(noegle, id, senereAt);
    return Number(lastInsertRowid);
  });
  return {
    carryOut: (command, noegle, at, senereAt) => carryOut.immediate(command, noegle, at, senereAt),
    effectOf: (noegle) => find.get(noegle)?.seq,
    isOwed: (noegle) => later.get(noegle) !== undefined,
    senereAt: (noegle) => later.get(noegle)?.at,
    dueSvar: (now, limit) => due.all(now, limit),
    reported(noegle, taken) {
      mark.run(taken ? 1 : 2, noegle);
    },
    close() {
      db.close();
    },
  };
}

/** Every effect in the books, in the order in which they happened. */
export function readEffects(path: string): readonly Effect[] {
  const db = open(path);
  try {
    const rows = db.prepare<[], EffectRow>(
      'SELECT seq, noegle, fagsystem, art, id, content, oere FROM effect ORDER BY seq',
    );
    return rows.all().map((row) => ({ ...row, oere: BigInt(row.oere) }));
  } finally {
    db.close();
  }
}

/** Later results that the adapter has not taken. */
export function countOwed(path: string): number {
  const db = open(path);
  try {
    const row = db
      .prepare<[], { readonly owed: number }>('SELECT count(*) AS owed FROM senere WHERE reported = 0')
      .get();
    return row?.owed ?? 0;
  } finally {
    db.close();
  }
}
