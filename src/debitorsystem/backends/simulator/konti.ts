/** Debitorkonti and fordringer in the simulator's store, one method per statement. It judges nothing. */
import type BetterSqlite3 from 'better-sqlite3';
import type { Oere } from '../../../domain/beloeb.ts';
import type { Cvr, DebitorkontoId, FagsystemId, FordringId } from '../../../domain/identer.ts';
import type { Debitorkonto, Fordring, FordringType } from './model.ts';

/** Above this one statement with all rows is quicker than one statement per row: a third of the time for 10,000. */
const MAX_SINGLE_UPDATES = 50;

const FORDRING_COLUMNS =
  'nr, kontoNr, identifikator, type, tilstand, beloebOere, restbeloebOere, betaltOere, forfaldsdato';

export interface NewDebitorkonto {
  readonly fagsystem: string;
  readonly myndighed: string;
  readonly identifikator: string;
  readonly navn: string;
  readonly tilstand: string;
  readonly kreditOere: Oere;
}

export type NewFordring = Omit<Fordring, 'nr'> & { readonly hovedNr: bigint | null };

export class Konti {
  readonly #konto;
  readonly #fordring;
  readonly #fordringer;
  readonly #tilhoerende;
  readonly #updateKonto;
  readonly #updateFordring;
  readonly #updateFordringer;
  readonly #insertKonto;
  readonly #insertFordring;

  constructor(db: BetterSqlite3.Database) {
    this.#konto = db.prepare<[string, string, string], Debitorkonto>(
      'select nr, tilstand, kreditOere from debitorkonto where fagsystem = ? and myndighed = ? and identifikator = ?',
    );
    this.#fordring = db.prepare<[bigint, string], Fordring>(
      `select ${FORDRING_COLUMNS} from fordring where kontoNr = ? and identifikator = ?`,
    );
    this.#fordringer = db.prepare<[bigint], Fordring>(
      `select ${FORDRING_COLUMNS} from fordring where kontoNr = ? and restbeloebOere > 0
       order by forfaldsdato, identifikator`,
    );
    this.#tilhoerende = db.prepare<[bigint, bigint, string], Fordring>(
      `select ${FORDRING_COLUMNS} from fordring where hovedNr = ? and kontoNr = ? and type = ? and restbeloebOere > 0
       order by forfaldsdato, identifikator`,
    );
    this.#updateKonto = db.prepare<[string, bigint, bigint]>(
      'update debitorkonto set tilstand = ?, kreditOere = ? where nr = ?',
    );
    this.#updateFordring = db.prepare<[bigint, string, bigint, bigint, bigint, string, bigint]>(
      `update fordring set kontoNr = ?, tilstand = ?, beloebOere = ?, restbeloebOere = ?, betaltOere = ?, forfaldsdato = ?
       where nr = ?`,
    );
    this.#updateFordringer = db.prepare<[string]>(
      `update fordring set kontoNr = j.value ->> 1, tilstand = j.value ->> 2, beloebOere = j.value ->> 3,
         restbeloebOere = j.value ->> 4, betaltOere = j.value ->> 5, forfaldsdato = j.value ->> 6
       from json_each(?) j where nr = cast(j.value ->> 0 as integer)`,
    );
    this.#insertKonto = db.prepare<[string, string, string, string, string, bigint]>(
      'insert into debitorkonto (fagsystem, myndighed, identifikator, navn, tilstand, kreditOere) values (?, ?, ?, ?, ?, ?)',
    );
    this.#insertFordring = db.prepare<[bigint, string, string, bigint | null, string, bigint, bigint, bigint, string]>(
      `insert into fordring
         (kontoNr, identifikator, type, hovedNr, tilstand, beloebOere, restbeloebOere, betaltOere, forfaldsdato)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  findKonto(fagsystem: FagsystemId, myndighed: Cvr, identifikator: DebitorkontoId): Debitorkonto | undefined {
    return this.#konto.get(fagsystem, myndighed, identifikator);
  }

  findFordring(kontoNr: bigint, identifikator: FordringId): Fordring | undefined {
    return this.#fordring.get(kontoNr, identifikator);
  }

  /** All open fordringer under a debitorkonto, oldest forfaldsdato first, then by identifikator. */
  openFordringer(kontoNr: bigint): Fordring[] {
    return this.#fordringer.all(kontoNr);
  }

  /** The open renter or gebyrer of one fordring that stand under the same debitorkonto as it. */
  openTilhoerende(hoved: Fordring, type: FordringType): Fordring[] {
    return this.#tilhoerende.all(hoved.nr, hoved.kontoNr, type);
  }

  saveKonto(konto: Debitorkonto): void {
    this.#updateKonto.run(konto.tilstand, konto.kreditOere, konto.nr);
  }

  saveFordringer(fordringer: readonly Fordring[]): void {
    if (fordringer.length > MAX_SINGLE_UPDATES) {
      this.#saveMany(fordringer);
      return;
    }
    for (const f of fordringer) {
      this.#updateFordring.run(
        f.kontoNr,
        f.tilstand,
        f.beloebOere,
        f.restbeloebOere,
        f.betaltOere,
        f.forfaldsdato,
        f.nr,
      );
    }
  }

  #saveMany(fordringer: readonly Fordring[]): void {
    // Integers go as text, which the columns' type turns into integers again: JSON has no bigint.
    const rows = fordringer.map((f) => [
      f.nr.toString(),
      f.kontoNr.toString(),
      f.tilstand,
      f.beloebOere.toString(),
      f.restbeloebOere.toString(),
      f.betaltOere.toString(),
      f.forfaldsdato,
    ]);
    this.#updateFordringer.run(JSON.stringify(rows));
  }

  addKonto(k: NewDebitorkonto): bigint {
    return BigInt(
      this.#insertKonto.run(k.fagsystem, k.myndighed, k.identifikator, k.navn, k.tilstand, k.kreditOere)
        .lastInsertRowid,
    );
  }

  addFordring(f: NewFordring): bigint {
    return BigInt(
      this.#insertFordring.run(
        f.kontoNr,
        f.identifikator,
        f.type,
        f.hovedNr,
        f.tilstand,
        f.beloebOere,
        f.restbeloebOere,
        f.betaltOere,
        f.forfaldsdato,
      ).lastInsertRowid,
    );
  }
}
