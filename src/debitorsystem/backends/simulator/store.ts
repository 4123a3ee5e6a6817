/**
 * The simulator's own embedded store: its tables, and how it is opened. The tables' checks only stop what must never be;
 * the rules judge before. Everything that writes runs inside a transaction of `group-commit.ts`.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { ConfigurationError } from '../../../errors.ts';
import { Kommandoer } from './kommandoer.ts';
import { Konti } from './konti.ts';
import { SenereRows } from './senere-rows.ts';

/** How long one attempt to begin waits for another process that holds the store; the event loop stands still meanwhile. */
const BUSY_TIMEOUT_MS = 10;
/** The same while the store is opened: another process may be loading it. */
const OPEN_TIMEOUT_MS = 30_000;

/** So many pages of 4 KB are written before they are copied from the log into the file. */
const CHECKPOINT_PAGES = 2000;

/** Version of the tables; an older one than 1 is an empty file. */
const TABLES_VERSION = 2n;

const TABLES = `
  create table debitorkonto (
    nr integer primary key,
    fagsystem text not null,
    myndighed text not null,
    identifikator text not null,
    navn text not null,
    tilstand text not null check (tilstand in ('AABEN', 'LUKKET')),
    kreditOere integer not null check (kreditOere between 0 and 9999999999999),
    unique (fagsystem, myndighed, identifikator)
  ) strict;
  create table fordring (
    nr integer primary key,
    kontoNr integer not null references debitorkonto (nr),
    identifikator text not null,
    type text not null check (type in ('FORDRING', 'RENTE', 'GEBYR')),
    hovedNr integer references fordring (nr) check ((hovedNr is null) = (type = 'FORDRING')),
    tilstand text not null
      check (tilstand in ('AABEN', 'SAT_I_BERO', 'TIL_INDDRIVELSE', 'UDLIGNET', 'TILBAGEKALDT', 'AFSKREVET')),
    beloebOere integer not null check (beloebOere between 0 and 9999999999999),
    restbeloebOere integer not null check (restbeloebOere between 0 and beloebOere),
    betaltOere integer not null check (betaltOere between 0 and beloebOere - restbeloebOere),
    forfaldsdato text not null,
    unique (kontoNr, identifikator),
    check ((restbeloebOere > 0) = (tilstand in ('AABEN', 'SAT_I_BERO', 'TIL_INDDRIVELSE')))
  ) strict;
  create index fordring_hoved on fordring (hovedNr) where hovedNr is not null;
  create table opkraevningskonto (
    nr integer primary key,
    kundeType text not null,
    kundeNummer text not null,
    saldoOere integer not null,
    unique (kundeType, kundeNummer)
  ) strict;
  -- One row per idempotency key that was answered. udfoert counts how often it took effect: 0 or 1, never more.
  create table kommando (
    nr integer primary key,
    noegle text not null,
    noegleDigest integer not null,
    handlingstype text,
    udfald text not null,
    udfoert integer not null check (udfoert between 0 and 1),
    opkraevningskontoNr integer references opkraevningskonto (nr),
    beloebOere integer,
    indbetalingDato text
  ) strict;
  -- Short, since its rows come in no order: what a commit writes is mostly pages of it. The key itself is always compared too.
  create index kommando_noegle on kommando (noegleDigest);
  -- What was accepted for later: to be carried out (svar is null), then reported, then kept.
  create table senere (
    kommandoNr integer primary key references kommando (nr),
    kommando text not null,
    naesteTid integer not null,
    forsoeg integer not null,
    svar text,
    rapporteret integer not null check (rapporteret in (0, 1))
  ) strict;
  create index senere_naeste on senere (naesteTid, kommandoNr) where rapporteret = 0;
`;

/** The open store: the prepared statements of each group of tables. */
export interface Store {
  readonly db: BetterSqlite3.Database;
  readonly konti: Konti;
  readonly kommandoer: Kommandoer;
  readonly senere: SenereRows;
}

/**
 * Opens the store, and creates its tables where it is new.
 * @param path a file, whose folder is made where it is missing, or `:memory:`.
 * @throws ConfigurationError where the file was made by another version; what `load` throws, with nothing created.
 * @param load called once, in the transaction that creates the tables: puts the first state into them.
 */
export function openStore(path: string, load: (store: Store) => void): Store {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const db = new BetterSqlite3(path, { timeout: OPEN_TIMEOUT_MS });
  try {
    // It holds customers' numbers: nobody else on the machine reads along.
    if (path !== ':memory:') chmodSync(path, 0o600);
    db.defaultSafeIntegers(true);
    db.pragma('journal_mode = WAL');
    // What is committed survives the end of the process, however that comes, and not a power cut, which may leave a file that
    // can't be read: it is no debitorsystem that anyone keeps accounts in, and waiting for the disk, at a commit or when the
    // log is copied into the file, would hold up the adapter's only thread.
    db.pragma('synchronous = OFF');
    // A page that many commits changed is copied into the file once; so many are copied within a few milliseconds.
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    db.pragma('foreign_keys = ON');
    const store = db.transaction(() => prepareStore(db, load)).immediate();
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    return store;
  } catch (error) {
    db.close();
    throw error;
  }
}

function prepareStore(db: BetterSqlite3.Database, load: (store: Store) => void): Store {
  const version = db.pragma('user_version', { simple: true });
  if (version !== 0n && version !== TABLES_VERSION) {
    throw new ConfigurationError([
      'Simulatorens lager er dannet af en anden version. Slet filen, eller angiv en anden',
    ]);
  }
  if (version === 0n) db.exec(TABLES);
  const store = { db, konti: new Konti(db), kommandoer: new Kommandoer(db), senere: new SenereRows(db) };
  if (version === 0n) {
    load(store);
    db.pragma(`user_version = ${TABLES_VERSION}`);
  }
  return store;
}
