/** What the debitorsystem keeps, in SQLite. Amounts are whole øre in a bigint, from end to end. */
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { DebitorkontoId, FordringId, IdempotencyKey, Svar, Udfald } from 'debitor-adapter/debitorsystem';

export interface Fordring {
  readonly nr: bigint;
  readonly id: FordringId;
  readonly restOere: bigint;
  readonly forfaldsdato: string;
}

export type Lager = ReturnType<typeof aabnLager>;

const TABELLER = `
  create table konto (nr integer primary key, fagsystem text, myndighed text, id text, unique (fagsystem, myndighed, id));
  create table fordring (nr integer primary key, kontoNr integer, id text, restOere integer, forfaldsdato text,
    unique (kontoNr, id));
  create table indbetaling (noegle text primary key, kunde text, beloebOere integer, dato text);
  create table kommando (noegle text primary key, udfald text not null);
  create table senere (noegle text primary key, kommando text not null, svar text, rapporteret integer not null);
  pragma user_version = 1;
`;

/** JSON with øre as text: JSON has no bigint. */
const skriv = (value: Udfald | Svar): string =>
  JSON.stringify(value, (_key, held: unknown) => (typeof held === 'bigint' ? held.toString() : held));
const laes = (text: unknown): unknown =>
  JSON.parse(String(text), (key, held: unknown) => (key === 'beloebOere' ? BigInt(String(held)) : held));

export function aabnLager(store: string, data: string) {
  const db = new DatabaseSync(store);
  db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 1000');

  function forbered(sql: string) {
    const statement = db.prepare(sql);
    statement.setReadBigInts(true);
    return statement;
  }

  /** Nothing in it waits, so no two can get in each other's way. */
  function iTransaktion<T>(arbejd: () => T): T {
    db.exec('begin immediate');
    try {
      const resultat = arbejd();
      db.exec('commit');
      return resultat;
    } catch (error) {
      db.exec('rollback');
      throw error;
    }
  }

  if (db.prepare('pragma user_version').get()?.['user_version'] === 0) {
    iTransaktion(() => {
      db.exec(TABELLER);
      const konto = db.prepare('insert into konto (fagsystem, myndighed, id) values (?, ?, ?)');
      const fordring = db.prepare('insert into fordring (kontoNr, id, restOere, forfaldsdato) values (?, ?, ?, ?)');
      for (const { fagsystem, myndighed, identifikator, fordringer } of JSON.parse(readFileSync(data, 'utf8'))
        .debitorkonti) {
        const { lastInsertRowid } = konto.run(fagsystem, myndighed, identifikator);
        for (const one of fordringer) {
          const restOere = BigInt(one.restbeloeb.replace('.', ''));
          fordring.run(lastInsertRowid, one.identifikator, restOere, one.forfaldsdato);
        }
      }
    });
  }

  const sql = {
    konto: forbered('select nr from konto where fagsystem = ? and myndighed = ? and id = ?'),
    fordring: forbered('select nr, id, restOere, forfaldsdato from fordring where kontoNr = ? and id = ?'),
    aabne: forbered('select nr, id, restOere, forfaldsdato from fordring where kontoNr = ? and restOere > 0'),
    gemFordring: forbered('update fordring set restOere = ?, forfaldsdato = ? where nr = ?'),
    indbetaling: forbered('insert into indbetaling values (?, ?, ?, ?)'),
    udfald: forbered('select udfald from kommando where noegle = ?'),
    gemUdfald: forbered('insert into kommando values (?, ?)'),
    gemSenere: forbered('insert into senere values (?, ?, null, 0)'),
    senere: forbered('select kommando, svar from senere where noegle = ?'),
    gemSvar: forbered('update senere set svar = ? where noegle = ?'),
    rapporteret: forbered('update senere set rapporteret = 1 where noegle = ?'),
    urapporterede: forbered('select noegle from senere where rapporteret = 0 order by rowid limit 100'),
  };

  return {
    iTransaktion,
    luk: () => db.close(),
    erVel: () => db.isOpen,
    findKonto: (fagsystem: string, myndighed: string, id: DebitorkontoId) =>
      sql.konto.get(fagsystem, myndighed, id)?.['nr'] as bigint | undefined,
    findFordring: (kontoNr: bigint, id: FordringId) => sql.fordring.get(kontoNr, id) as Fordring | undefined,
    aabneFordringer: (kontoNr: bigint) => sql.aabne.all(kontoNr) as unknown as Fordring[],
    gemFordring: ({ nr, restOere, forfaldsdato }: Fordring) => sql.gemFordring.run(restOere, forfaldsdato, nr),
    gemIndbetaling: (noegle: IdempotencyKey, kunde: string, beloebOere: bigint, dato: string) =>
      sql.indbetaling.run(noegle, kunde, beloebOere, dato),
    findUdfald(noegle: IdempotencyKey) {
      const row = sql.udfald.get(noegle);
      return row === undefined ? undefined : (laes(row['udfald']) as Udfald);
    },
    gemUdfald: (noegle: IdempotencyKey, udfald: Udfald) => sql.gemUdfald.run(noegle, skriv(udfald)),
    gemSenere: (noegle: IdempotencyKey, kommando: string) => sql.gemSenere.run(noegle, kommando),
    findSenere(noegle: IdempotencyKey) {
      const row = sql.senere.get(noegle);
      const svar = row?.['svar'];
      return { kommando: String(row?.['kommando']), svar: typeof svar === 'string' ? (laes(svar) as Svar) : undefined };
    },
    gemSvar: (noegle: IdempotencyKey, svar: Svar) => sql.gemSvar.run(skriv(svar), noegle),
    markerRapporteret: (noegle: IdempotencyKey) => sql.rapporteret.run(noegle),
    urapporterede: () => sql.urapporterede.all().map((row) => String(row['noegle']) as IdempotencyKey),
  };
}

/** What a customer has paid, read beside whatever has the store open: for the contract's kit, and for people. */
export function laesSaldo(store: string, kundeType: string, kundeNummer: string): bigint {
  const db = new DatabaseSync(store, { readOnly: true });
  try {
    const statement = db.prepare('select coalesce(sum(beloebOere), 0) as saldo from indbetaling where kunde = ?');
    statement.setReadBigInts(true);
    return statement.get(`${kundeType}:${kundeNummer}`)?.['saldo'] as bigint;
  } finally {
    db.close();
  }
}
