/** The simulator's state as it can be listed: for people, and for judging a run. It only reads. */
import BetterSqlite3 from 'better-sqlite3';
import type { Oere } from '../../../domain/beloeb.ts';
import {
  type Cvr,
  type Dato,
  type DebitorkontoId,
  type FagsystemId,
  type FordringId,
  type IdempotencyKey,
  KundeNummer,
} from '../../../domain/identer.ts';
import type { SvarStatusKode, Udfald } from '../../../domain/udfald.ts';
import { parseSvar, parseUdfald } from './codec.ts';
import type { FordringTilstand, FordringType } from './model.ts';

export interface FordringState {
  readonly fagsystem: FagsystemId;
  readonly myndighed: Cvr;
  readonly debitorkonto: DebitorkontoId;
  readonly identifikator: FordringId;
  readonly type: FordringType;
  /** The main fordring of a RENTE or GEBYR. */
  readonly hovedfordring: FordringId | null;
  readonly tilstand: FordringTilstand;
  readonly beloebOere: Oere;
  readonly restbeloebOere: Oere;
  readonly betaltOere: Oere;
  readonly forfaldsdato: Dato;
}

export interface DebitorkontoState {
  readonly fagsystem: FagsystemId;
  readonly myndighed: Cvr;
  readonly identifikator: DebitorkontoId;
  readonly navn: string;
  readonly tilstand: 'AABEN' | 'LUKKET';
  readonly kreditOere: Oere;
}

export interface OpkraevningskontoState {
  readonly nr: bigint;
  readonly kundeType: string;
  /** Prints masked. */
  readonly kundeNummer: KundeNummer;
  readonly saldoOere: Oere;
}

/** What was answered to one idempotency key. */
export interface KommandoState {
  readonly noegle: IdempotencyKey;
  /** Null for a cash payment. */
  readonly handlingstype: string | null;
  readonly udfald: Udfald['art'];
  /** How often it took effect: 0 or 1. */
  readonly udfoert: number;
  /** Of what was accepted for later and carried out. */
  readonly svarStatus: SvarStatusKode | null;
  readonly svarRapporteret: boolean;
  /** Only for a cash payment. */
  readonly booking: {
    readonly opkraevningskontoNr: bigint;
    readonly beloebOere: Oere;
    readonly indbetalingDato: Dato;
  } | null;
}

/** Over everything, whatever the limit of the lists. */
export interface SimulatorTotals {
  readonly debitorkonti: number;
  readonly fordringer: number;
  readonly kommandoer: number;
  /** Cash payments that were booked. */
  readonly bookinger: number;
  /** What the bookings add up to. */
  readonly bogfoertOere: Oere;
  /** What stands on the opkrævningskonti: the bookings and what the data file began with. */
  readonly saldoOere: Oere;
  readonly kreditOere: Oere;
  readonly betaltOere: Oere;
  readonly restbeloebOere: Oere;
}

export interface SimulatorState {
  readonly debitorkonti: readonly DebitorkontoState[];
  readonly fordringer: readonly FordringState[];
  readonly opkraevningskonti: readonly OpkraevningskontoState[];
  /** In the order in which they were answered. */
  readonly kommandoer: readonly KommandoState[];
  readonly totals: SimulatorTotals;
}

const DEFAULT_LIMIT = 10_000;

/**
 * Lists the state of a simulator's store, also while a simulator uses it.
 * @param path the store's file.
 * @param limit rows per list at most; 10,000 where left out.
 * @throws Error where there is no such store.
 */
export function readSimulatorState(path: string, limit: number = DEFAULT_LIMIT): SimulatorState {
  const db = new BetterSqlite3(path, { readonly: true, fileMustExist: true });
  try {
    db.defaultSafeIntegers(true);
    return listState(db, limit);
  } finally {
    db.close();
  }
}

/** All lists are of one and the same moment. @param db reads integers as bigint. */
export function listState(db: BetterSqlite3.Database, limit: number = DEFAULT_LIMIT): SimulatorState {
  const list = db.transaction(() => ({
    debitorkonti: listDebitorkonti(db, limit),
    fordringer: listFordringer(db, limit),
    opkraevningskonti: listOpkraevningskonti(db, limit),
    kommandoer: listKommandoer(db, limit),
    totals: sumUp(db),
  }));
  return list();
}

function listDebitorkonti(db: BetterSqlite3.Database, limit: number): DebitorkontoState[] {
  return db
    .prepare<[number], DebitorkontoState>(
      `select fagsystem, myndighed, identifikator, navn, tilstand, kreditOere from debitorkonto
       order by fagsystem, myndighed, identifikator limit ?`,
    )
    .all(limit);
}

function listFordringer(db: BetterSqlite3.Database, limit: number): FordringState[] {
  return db
    .prepare<[number], FordringState>(
      `select fagsystem, myndighed, konto.identifikator as debitorkonto, f.identifikator, f.type,
              hoved.identifikator as hovedfordring, f.tilstand, f.beloebOere, f.restbeloebOere, f.betaltOere, f.forfaldsdato
       from fordring f join debitorkonto konto on konto.nr = f.kontoNr left join fordring hoved on hoved.nr = f.hovedNr
       order by fagsystem, myndighed, konto.identifikator, f.identifikator limit ?`,
    )
    .all(limit);
}

function listOpkraevningskonti(db: BetterSqlite3.Database, limit: number): OpkraevningskontoState[] {
  return db
    .prepare<[number], Omit<OpkraevningskontoState, 'kundeNummer'> & { readonly kundeNummer: string }>(
      'select nr, kundeType, kundeNummer, saldoOere from opkraevningskonto order by nr limit ?',
    )
    .all(limit)
    .map((row) => ({ ...row, kundeNummer: new KundeNummer(row.kundeNummer) }));
}

interface KommandoRow {
  readonly noegle: IdempotencyKey;
  readonly handlingstype: string | null;
  readonly udfald: string;
  readonly udfoert: bigint;
  readonly opkraevningskontoNr: bigint | null;
  readonly beloebOere: Oere | null;
  readonly indbetalingDato: Dato | null;
  readonly svar: string | null;
  readonly rapporteret: bigint | null;
}

function listKommandoer(db: BetterSqlite3.Database, limit: number): KommandoState[] {
  const rows = db.prepare<[number], KommandoRow>(
    `select noegle, handlingstype, udfald, udfoert, opkraevningskontoNr, beloebOere, indbetalingDato, svar, rapporteret
     from kommando left join senere on senere.kommandoNr = kommando.nr order by nr limit ?`,
  );
  return rows.all(limit).map((row) => {
    const { opkraevningskontoNr, beloebOere, indbetalingDato } = row;
    const isBooking = opkraevningskontoNr !== null && beloebOere !== null && indbetalingDato !== null;
    return {
      noegle: row.noegle,
      handlingstype: row.handlingstype,
      udfald: parseUdfald(row.udfald).art,
      udfoert: Number(row.udfoert),
      svarStatus: row.svar === null ? null : parseSvar(row.svar).status,
      svarRapporteret: row.rapporteret === 1n,
      booking: isBooking ? { opkraevningskontoNr, beloebOere, indbetalingDato } : null,
    };
  });
}

function sumUp(db: BetterSqlite3.Database): SimulatorTotals {
  const sum = (sql: string): bigint => db.prepare<[], bigint>(sql).pluck().get() ?? 0n;
  return {
    debitorkonti: Number(sum('select count(*) from debitorkonto')),
    fordringer: Number(sum('select count(*) from fordring')),
    kommandoer: Number(sum('select count(*) from kommando')),
    bookinger: Number(sum('select count(*) from kommando where beloebOere is not null')),
    bogfoertOere: sum('select coalesce(sum(beloebOere), 0) from kommando'),
    saldoOere: sum('select coalesce(sum(saldoOere), 0) from opkraevningskonto'),
    kreditOere: sum('select coalesce(sum(kreditOere), 0) from debitorkonto'),
    betaltOere: sum('select coalesce(sum(betaltOere), 0) from fordring'),
    restbeloebOere: sum('select coalesce(sum(restbeloebOere), 0) from fordring'),
  };
}
