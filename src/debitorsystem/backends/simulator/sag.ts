/**
 * The matter of one command: the debitorkonti and fordringer that it names, found in the store. Says what is not there
 * (DA-201, DA-202) or closed (DA-203); what may be done with the rest is for the rules.
 */
import type { HandlingCommand } from '../../../domain/command.ts';
import type { Fejl } from '../../../domain/fejl.ts';
import type { HandlingParametre, KontoFordringer } from '../../../domain/handling.ts';
import type { DebitorkontoId, FordringId } from '../../../domain/identer.ts';
import { fejl } from '../../../errors.ts';
import type { Debitorkonto, Fordring, FordringType } from './model.ts';
import { mapInSteps, type Steps } from './steps.ts';

/** What is read of the store. Every call gives fresh copies. */
export interface SagReader {
  findKonto(
    fagsystem: HandlingCommand['fagsystem'],
    myndighed: HandlingCommand['myndighed'],
    identifikator: DebitorkontoId,
  ): Debitorkonto | undefined;
  findFordring(kontoNr: bigint, identifikator: FordringId): Fordring | undefined;
  openFordringer(kontoNr: bigint): Steps<Fordring[]>;
  openTilhoerende(hoved: Fordring, type: FordringType): Fordring[];
}

/** A fordring that the command names; undefined: there is none. */
export interface NamedFordring {
  readonly identifikator: FordringId;
  /** Where the command names it, for people: its place in the list, never its name. */
  readonly sted: string;
  readonly fordring: Fordring | undefined;
}

export interface Side {
  readonly konto: Debitorkonto;
  readonly named: readonly NamedFordring[];
}

/** By variant. In variant 4 an object that is named on both sides is one and the same copy. */
export type Omfang =
  | { readonly variant: 1; readonly konto: Debitorkonto }
  | { readonly variant: 2; readonly side: Side }
  | { readonly variant: 3; readonly fra: Debitorkonto; readonly til: Debitorkonto }
  | { readonly variant: 4; readonly fra: Side; readonly til: Side };

export interface Sag {
  readonly omfang: Omfang;
  readonly objektType: string;
  readonly parametre: HandlingParametre;
  readonly reader: SagReader;
}

export interface FoundSag {
  /** Debitorkonti that are not there or closed. */
  readonly kontoFejl: readonly Fejl[];
  /** Fordringer that are not there. */
  readonly fordringFejl: readonly Fejl[];
  /** Undefined exactly where there is a kontoFejl. */
  readonly sag: Sag | undefined;
}

export function* findSag(command: HandlingCommand, reader: SagReader): Steps<FoundSag> {
  const finder = new Finder(command, reader);
  const omfang = yield* finder.omfang();
  const { kontoFejl, fordringFejl } = finder;
  if (omfang === undefined || kontoFejl.length > 0) return { kontoFejl, fordringFejl, sag: undefined };
  const { objektType, parametre } = command;
  return { kontoFejl, fordringFejl, sag: { omfang, objektType, parametre, reader } };
}

class Finder {
  readonly kontoFejl: Fejl[] = [];
  readonly fordringFejl: Fejl[] = [];
  readonly #command: HandlingCommand;
  readonly #reader: SagReader;
  readonly #copies = new Map<bigint, Fordring>();

  constructor(command: HandlingCommand, reader: SagReader) {
    this.#command = command;
    this.#reader = reader;
  }

  *omfang(): Steps<Omfang | undefined> {
    const { handling } = this.#command;
    switch (handling.variant) {
      case 1: {
        const konto = this.#konto(handling.debitorkonto, 'DebitorkontoIdentifikator');
        return konto && { variant: 1, konto };
      }
      case 2: {
        const konto = this.#konto(handling.debitorkonto, 'DebitorkontoIdentifikator');
        return konto && { variant: 2, side: { konto, named: yield* this.#named(handling, konto, '') } };
      }
      case 3: {
        const fra = this.#konto(handling.fra, 'Fra');
        const til = handling.til === handling.fra ? fra : this.#konto(handling.til, 'Til');
        return fra && til && { variant: 3, fra, til };
      }
      case 4: {
        const { fra, til } = handling;
        const fraKonto = this.#konto(fra.debitorkonto, 'Fra');
        const tilKonto = til.debitorkonto === fra.debitorkonto ? fraKonto : this.#konto(til.debitorkonto, 'Til');
        const fraSide = fraKonto && { konto: fraKonto, named: yield* this.#named(fra, fraKonto, 'Fra, ') };
        const tilSide = tilKonto && { konto: tilKonto, named: yield* this.#named(til, tilKonto, 'Til, ') };
        return fraSide && tilSide && { variant: 4, fra: fraSide, til: tilSide };
      }
    }
  }

  #konto(identifikator: DebitorkontoId, sted: string): Debitorkonto | undefined {
    const { fagsystem, myndighed } = this.#command;
    const konto = this.#reader.findKonto(fagsystem, myndighed, identifikator);
    if (konto === undefined) this.kontoFejl.push(fejl('DA-201', sted));
    else if (konto.tilstand === 'LUKKET') this.kontoFejl.push(fejl('DA-203', `${sted}: debitorkontoen er lukket`));
    return konto;
  }

  #named(given: KontoFordringer, konto: Debitorkonto, prefix: string): Steps<NamedFordring[]> {
    return mapInSteps(given.fordringer, (identifikator, index) => {
      const sted = `${prefix}fordring nr. ${index + 1}`;
      const fordring = this.#fordring(konto.nr, identifikator);
      if (fordring === undefined) this.fordringFejl.push(fejl('DA-202', sted));
      return { identifikator, sted, fordring };
    });
  }

  #fordring(kontoNr: bigint, identifikator: FordringId): Fordring | undefined {
    const found = this.#reader.findFordring(kontoNr, identifikator);
    if (found === undefined) return undefined;
    const earlier = this.#copies.get(found.nr);
    if (earlier !== undefined) return earlier;
    this.#copies.set(found.nr, found);
    return found;
  }
}
