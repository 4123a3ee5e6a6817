/** Debitorkonti and fordringer in the simulator's store, one method per statement. It judges nothing. */
import type BetterSqlite3 from 'better-sqlite3';
import type { Oere } from '../../../domain/beloeb.ts';
import type { Cvr, DebitorkontoId, FagsystemId, FordringId } from '../../../domain/identer.ts';
import { type Debitorkonto, type Fordring, type FordringType, isOpen } from './model.ts';
import { only, STEP_ROWS, type Steps } from './steps.ts';

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
  readonly #moveFordringer;
  readonly #insertKonto;
  readonly #insertFordring;

  constructor(db: BetterSqlite3.Database) {
    this.#konto = db.prepare<[string, string, string], Debitorkonto>(
      'select nr, tilstand, kreditOere from debitorkonto where fagsystem = ? and myndighed = ? and identifikator = ?',
    );
    this.#fordring = db.prepare<[bigint, string], Fordring>(
      `select ${FORDRING_COLUMNS} from fordring where kontoNr = ? and identifikator = ?`,
    );
    this.#fordringer = db.prepare<[bigint, string, number], Fordring>(
      `select ${FORDRING_COLUMNS} from fordring where kontoNr = ? and identifikator > ? order by identifikator limit ?`,
    );
    this.#tilhoerende = db.prepare<[bigint, bigint, string], Fordring>(
      `select ${FORDRING_COLUMNS} from fordring where hovedNr = ? and kontoNr = ? and type = ? and restbeloebOere > 0
       order by forfaldsdato, identifikator`,
    );
    this.#updateKonto = db.prepare<[string, bigint, bigint]>(
      'update debitorkonto set tilstand = ?, kreditOere = ? where nr = ?',
    );
    // Without kontoNr, which is indexed: the index would be written anew for every row.
    this.#updateFordring = db.prepare<[string, bigint, bigint, bigint, string, bigint]>(
      `update fordring set tilstand = ?, beloebOere = ?, restbeloebOere = ?, betaltOere = ?, forfaldsdato = ?
       where nr = ?`,
    );
    this.#updateFordringer = db.prepare<[string]>(
      `update fordring set tilstand = j.value ->> 1, beloebOere = j.value ->> 2, restbeloebOere = j.value ->> 3,
         betaltOere = j.value ->> 4, forfaldsdato = j.value ->> 5
       from json_each(?) j where nr = cast(j.value ->> 0 as integer)`,
    );
    this.#moveFordringer = db.prepare<[string]>(
      `update fordring set kontoNr = j.value ->> 1 from json_each(?) j where nr = cast(j.value ->> 0 as integer)`,
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
  *openFordringer(kontoNr: bigint): Steps<Fordring[]> {
    const open: Fordring[] = [];
    for (let last = ''; ; ) {
      const rows = this.#fordringer.all(kontoNr, last, STEP_ROWS);
      open.push(...rows.filter(isOpen));
      if (rows.length < STEP_ROWS) break;
      last = rows.at(-1)?.identifikator ?? last;
      yield;
    }
    // Sorting keeps the order of those that are alike, which is that of their identifikatorer.
    return open.sort((a, b) => (a.forfaldsdato < b.forfaldsdato ? -1 : Number(a.forfaldsdato > b.forfaldsdato)));
  }

  /** The open renter or gebyrer of one fordring that stand under the same debitorkonto as it. */
  openTilhoerende(hoved: Fordring, type: FordringType): Fordring[] {
    return this.#tilhoerende.all(hoved.nr, hoved.kontoNr, type);
  }

  saveKonto(konto: Debitorkonto): void {
    this.#updateKonto.run(konto.tilstand, konto.kreditOere, konto.nr);
  }

  /** What changed on fordringer that stand where they stood. */
  saveFordringer(fordringer: readonly Fordring[]): Steps<void> {
    if (fordringer.length <= MAX_SINGLE_UPDATES) {
      for (const f of fordringer) {
        this.#updateFordring.run(f.tilstand, f.beloebOere, f.restbeloebOere, f.betaltOere, f.forfaldsdato, f.nr);
      }
      return only(undefined);
    }
    // Integers go as text, which the columns' type turns into integers again: JSON has no bigint.
    return saveInSteps(this.#updateFordringer, fordringer, (f) => [
      f.nr.toString(),
      f.tilstand,
      f.beloebOere.toString(),
      f.restbeloebOere.toString(),
      f.betaltOere.toString(),
      f.forfaldsdato,
    ]);
  }

  /** That fordringer stand under another debitorkonto. */
  moveFordringer(fordringer: readonly Fordring[]): Steps<void> {
    return saveInSteps(this.#moveFordringer, fordringer, (f) => [f.nr.toString(), f.kontoNr.toString()]);
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

/** One statement for as many rows as make a step. */
function* saveInSteps(
  statement: BetterSqlite3.Statement<[string]>,
  fordringer: readonly Fordring[],
  rowOf: (fordring: Fordring) => readonly string[],
): Steps<void> {
  for (let from = 0; from < fordringer.length; from += STEP_ROWS) {
    const rows = fordringer.slice(from, from + STEP_ROWS).map(rowOf);
    statement.run(JSON.stringify(rows));
    if (rows.length === STEP_ROWS) yield;
  }
}
