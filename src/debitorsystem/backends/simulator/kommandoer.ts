/** What was answered to which key, and the opkrævningskonti, in the simulator's store, one method per statement. */
import type BetterSqlite3 from 'better-sqlite3';
import type { Oere } from '../../../domain/beloeb.ts';
import type { Dato, IdempotencyKey } from '../../../domain/identer.ts';
import { digest } from './digest.ts';

/** What the store keeps of a command that was answered. */
export interface StoredKommando {
  readonly nr: bigint;
  readonly udfald: string;
}

export interface NewKommando {
  readonly noegle: IdempotencyKey;
  readonly handlingstype?: string;
  readonly udfald: string;
  readonly udfoert: boolean;
  readonly kontant?: {
    readonly opkraevningskontoNr: bigint;
    readonly beloebOere: Oere;
    readonly indbetalingDato: Dato;
  };
}

export class Kommandoer {
  readonly #bookKontant;
  readonly #kommando;
  readonly #insertKommando;
  readonly #countUdfoert;

  constructor(db: BetterSqlite3.Database) {
    this.#bookKontant = db
      .prepare<[string, string, bigint], bigint>(
        `insert into opkraevningskonto (kundeType, kundeNummer, saldoOere) values (?, ?, ?)
         on conflict do update set saldoOere = saldoOere + excluded.saldoOere returning nr`,
      )
      .pluck();
    this.#kommando = db.prepare<[number, string], StoredKommando>(
      'select nr, udfald from kommando where noegleDigest = ? and noegle = ?',
    );
    this.#insertKommando = db.prepare<
      [string, number, string | null, string, bigint, bigint | null, bigint | null, string | null]
    >(
      `insert into kommando
         (noegle, noegleDigest, handlingstype, udfald, udfoert, opkraevningskontoNr, beloebOere, indbetalingDato)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#countUdfoert = db.prepare<[bigint]>('update kommando set udfoert = udfoert + 1 where nr = ?');
  }

  /** Adds to the customer's opkrævningskonto, a new one where the customer has none. @returns its number. */
  bookKontant(kundeType: string, kundeNummer: string, beloebOere: Oere): bigint {
    const nr = this.#bookKontant.get(kundeType, kundeNummer, beloebOere);
    if (nr === undefined) throw new Error('opkrævningskontoen blev ikke oprettet');
    return nr;
  }

  findKommando(noegle: IdempotencyKey): StoredKommando | undefined {
    return this.#kommando.get(digest(noegle), noegle);
  }

  /** Records a command as answered, whose key was looked for in the same transaction. @returns its number. */
  addKommando(k: NewKommando): bigint {
    const { lastInsertRowid } = this.#insertKommando.run(
      k.noegle,
      digest(k.noegle),
      k.handlingstype ?? null,
      k.udfald,
      k.udfoert ? 1n : 0n,
      k.kontant?.opkraevningskontoNr ?? null,
      k.kontant?.beloebOere ?? null,
      k.kontant?.indbetalingDato ?? null,
    );
    return BigInt(lastInsertRowid);
  }

  /** Throws where it has been carried out before: the whole transaction then falls. */
  countUdfoert(kommandoNr: bigint): void {
    this.#countUdfoert.run(kommandoNr);
  }
}
