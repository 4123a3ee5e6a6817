/**
 * Rules that move what was paid: OMPOSTER, UDLIGN, OVERFOER_INDBETALING. Not one øre comes or goes: what leaves a fordring
 * or a credit arrives on another. A closed Til fordring takes nothing (its restbeloeb is 0), and is no error by itself.
 */
import { MAX_BELOEB_OERE, type Oere } from '../../../../domain/beloeb.ts';
import type { Fejl } from '../../../../domain/fejl.ts';
import { fejl } from '../../../../errors.ts';
import { type Debitorkonto, type Fordring, pay, takeBack } from '../model.ts';
import type { Side } from '../sag.ts';
import { positiveBeloeb } from './fordring.ts';
import { atOnce, type Kendelse, type Linje, notSupported, type Rule, refuse } from './kendelse.ts';

/** What moves on which fordring; one that both gives and takes counts with the difference. */
class Flytning {
  readonly #moved = new Map<Fordring, Oere>();

  /** Takes back from the fordringer in order. @returns how much there was. */
  collect(fordringer: readonly Fordring[], wantedOere: Oere): Oere {
    return this.#each(fordringer, wantedOere, takeBack, -1n);
  }

  /** Pays the fordringer in order. @returns how much they took. */
  distribute(fordringer: readonly Fordring[], availableOere: Oere): Oere {
    return this.#each(fordringer, availableOere, pay, 1n);
  }

  kendelse(konti: readonly Debitorkonto[]): Kendelse {
    const linjer: Linje[] = [];
    for (const [fordring, movedOere] of this.#moved) {
      const beloebOere = movedOere < 0n ? -movedOere : movedOere;
      if (beloebOere > 0n) linjer.push({ fordring: fordring.identifikator, beloebOere });
    }
    return { fejl: [], linjer, fordringer: [...this.#moved.keys()], konti };
  }

  #each(fordringer: readonly Fordring[], oere: Oere, move: (f: Fordring, oere: Oere) => Oere, sign: Oere): Oere {
    let leftOere = oere;
    for (const fordring of fordringer) {
      if (leftOere === 0n) break;
      const movedOere = move(fordring, leftOere);
      if (movedOere === 0n) continue;
      leftOere -= movedOere;
      this.#moved.set(fordring, (this.#moved.get(fordring) ?? 0n) + sign * movedOere);
    }
    return oere - leftOere;
  }
}

export const omposter = atOnce((sag) => {
  const beloebOere = positiveBeloeb(sag);
  if (beloebOere === undefined) return refuse(fejl('DA-103', 'Beloeb'));
  if (sag.omfang.variant !== 4) return refuse(notSupported());
  const { fra, til } = sag.omfang;
  const missing = missingOf(fra, til);
  if (missing.length > 0) return refuse(...missing);
  const [fraFordringer, tilFordringer] = [fordringerOf(fra), fordringerOf(til)];
  const bothSides = new Set([...fraFordringer, ...tilFordringer]);
  if (bothSides.size < fraFordringer.length + tilFordringer.length) return refuse(fejl('DA-106', 'Fra og Til'));
  // Judged before anything moves, so that both sides' shortage is told at once.
  const shortages: Fejl[] = [];
  if (sumOf(fraFordringer, (f) => f.betaltOere) < beloebOere) {
    shortages.push(fejl('DA-204', 'Fra: der er betalt mindre end Beloeb'));
  }
  if (sumOf(tilFordringer, (f) => f.restbeloebOere) < beloebOere) {
    shortages.push(fejl('DA-204', 'Til: der skyldes mindre end Beloeb'));
  }
  if (shortages.length > 0) return refuse(...shortages);
  const flytning = new Flytning();
  flytning.distribute(tilFordringer, flytning.collect(fraFordringer, beloebOere));
  return flytning.kendelse([]);
});

export const udlign: Rule = function* (sag) {
  if (sag.omfang.variant !== 3) return refuse(notSupported());
  const { fra, til } = sag.omfang;
  const open = yield* sag.reader.openFordringer(til.nr);
  const problems: Fejl[] = [];
  if (fra.kreditOere === 0n) problems.push(fejl('DA-204', 'Fra har ingen kredit'));
  if (open.length === 0) problems.push(fejl('DA-203', 'Til har ingen åbne fordringer'));
  if (problems.length > 0) return refuse(...problems);
  const flytning = new Flytning();
  fra.kreditOere -= flytning.distribute(open, fra.kreditOere);
  return flytning.kendelse([fra]);
};

export const overfoerIndbetaling = atOnce((sag) => {
  const { omfang } = sag;
  if (omfang.variant === 3) {
    const { fra, til } = omfang;
    const kreditOere = fra.kreditOere;
    if (kreditOere === 0n) return refuse(fejl('DA-204', 'Fra har ingen kredit'));
    fra.kreditOere = 0n;
    if (!addKredit(til, kreditOere)) return refuse(kreditOverflow());
    return { fejl: [], linjer: [], fordringer: [], konti: [fra, til] };
  }
  if (omfang.variant !== 4) return refuse(notSupported());
  const missing = missingOf(omfang.fra, omfang.til);
  if (missing.length > 0) return refuse(...missing);
  const fraFordringer = fordringerOf(omfang.fra);
  const paidOere = sumOf(fraFordringer, (fordring) => fordring.betaltOere);
  if (paidOere === 0n) return refuse(fejl('DA-204', 'Fra: der er intet betalt'));
  const flytning = new Flytning();
  const collectedOere = flytning.collect(fraFordringer, paidOere);
  const restOere = collectedOere - flytning.distribute(fordringerOf(omfang.til), collectedOere);
  if (!addKredit(omfang.til.konto, restOere)) return refuse(kreditOverflow());
  return flytning.kendelse(restOere > 0n ? [omfang.til.konto] : []);
});

function addKredit(konto: Debitorkonto, oere: Oere): boolean {
  if (konto.kreditOere + oere > MAX_BELOEB_OERE) return false;
  konto.kreditOere += oere;
  return true;
}

function kreditOverflow(): Fejl {
  return fejl('DA-204', 'Til: kreditten ville få mere end 11 cifre og 2 decimaler');
}

/** Between named fordringer nothing can move while one of them is not there. */
function missingOf(...sides: readonly Side[]): Fejl[] {
  const missing = sides.flatMap((side) => side.named).filter(({ fordring }) => fordring === undefined);
  return missing.map(({ sted }) => fejl('DA-202', sted));
}

function fordringerOf(side: Side): Fordring[] {
  // A set: what is paid on a fordring counts once, however often it is named.
  return [...new Set(side.named.flatMap(({ fordring }) => (fordring === undefined ? [] : [fordring])))];
}

function sumOf(fordringer: readonly Fordring[], oere: (fordring: Fordring) => Oere): Oere {
  return fordringer.reduce((sum, fordring) => sum + oere(fordring), 0n);
}
