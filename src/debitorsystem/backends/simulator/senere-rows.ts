/** What was accepted for later, in the simulator's store, one method per statement. The clockwork stands in `senere.ts`. */
import type BetterSqlite3 from 'better-sqlite3';
import type { Instant } from '../../../domain/identer.ts';

/** Something accepted for later that is due. */
export interface DueRow {
  readonly kommandoNr: bigint;
  readonly forsoeg: bigint;
  /** Of the command as text. */
  readonly bytes: bigint;
}

/** Something accepted for later: to be carried out where `svar` is null, else to be reported. */
export interface SenereRow {
  readonly kommando: string;
  readonly svar: string | null;
}

export class SenereRows {
  readonly #insertSenere;
  readonly #dueSenere;
  readonly #nextSenere;
  readonly #senere;
  readonly #updateSvar;
  readonly #updateForsoeg;
  readonly #updateRapporteret;

  constructor(db: BetterSqlite3.Database) {
    this.#insertSenere = db.prepare<[bigint, string, number]>(
      'insert into senere (kommandoNr, kommando, naesteTid, forsoeg, svar, rapporteret) values (?, ?, ?, 0, null, 0)',
    );
    this.#dueSenere = db.prepare<[number, number], DueRow>(
      `select kommandoNr, forsoeg, octet_length(kommando) as bytes from senere where rapporteret = 0 and naesteTid <= ?
       order by naesteTid, kommandoNr limit ?`,
    );
    this.#nextSenere = db
      .prepare<[], bigint>('select naesteTid from senere where rapporteret = 0 order by naesteTid, kommandoNr limit 1')
      .pluck();
    this.#senere = db.prepare<[bigint], SenereRow>('select kommando, svar from senere where kommandoNr = ?');
    this.#updateSvar = db.prepare<[string, bigint]>('update senere set svar = ? where kommandoNr = ? and svar is null');
    this.#updateForsoeg = db.prepare<[number, bigint]>(
      'update senere set forsoeg = forsoeg + 1, naesteTid = ? where kommandoNr = ?',
    );
    this.#updateRapporteret = db.prepare<[bigint]>('update senere set rapporteret = 1 where kommandoNr = ?');
  }

  addSenere(kommandoNr: bigint, kommando: string, due: Instant): void {
    this.#insertSenere.run(kommandoNr, kommando, due);
  }

  dueSenere(now: Instant, limit: number): DueRow[] {
    return this.#dueSenere.all(now, limit);
  }

  /** When the next thing is due; undefined: nothing waits. */
  nextSenere(): Instant | undefined {
    const due = this.#nextSenere.get();
    return due === undefined ? undefined : Number(due);
  }

  findSenere(kommandoNr: bigint): SenereRow | undefined {
    return this.#senere.get(kommandoNr);
  }

  saveSvar(kommandoNr: bigint, svar: string): void {
    this.#updateSvar.run(svar, kommandoNr);
  }

  postponeSvar(kommandoNr: bigint, until: Instant): void {
    this.#updateForsoeg.run(until, kommandoNr);
  }

  markRapporteret(kommandoNr: bigint): void {
    this.#updateRapporteret.run(kommandoNr);
  }
}
