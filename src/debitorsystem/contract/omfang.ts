/** Cases: large and small. A thousand fordringer, amounts at the limits of a message, many commands side by side. */
import assert from 'node:assert/strict';
import { MAX_BELOEB_OERE, type Oere } from '../../domain/beloeb.ts';
import type { HandlingResultat } from '../../domain/udfald.ts';
import { assertRefused, carryOut } from './carried-out.ts';
import { all, type ContractCase, handlingstype, henstand, nedskriv, svarform } from './case.ts';
import { henstandTil, indbetaling, named, nedskrivning, opskrivning, tilstandsaendring } from './commands.ts';
import { assertRestbeloeb, only } from './effects.ts';
import { assertArt, kroner } from './outcomes.ts';
import type { Stage } from './stage.ts';
import { RESTBELOEB_OERE } from './world.ts';

/** Cash payments side by side, at most. */
const MAX_SIDE_BY_SIDE = 64;
/** Of a thousand fordringer, the first, the last, and those at the ends of what is likely to be worked on at a time. */
export const LOOKED_AT = [0, 1, 99, 100, 255, 256, 499, 500, 998, 999];
const BELOEB_OERE = 435n;
/** Times a hundred in floating point each of them is a little less or a little more than it is in øre. */
const SKAEVE_OERE = [7n, 28n, 29n, 57n, 58n, 110n, 113n, 115n, 201n, 203n, 220n, 435n, 820n, 1_001n, 1_998n, 2_007n];
const SKAEVE_STORE_OERE = [123_456_789n, 1_640_065_537n, 99_999_999_929n, 1_234_567_890_115n];
const RAISED_OERE = 9_876_543_210_987n;

/** The result may say nothing of each fordring; what it says is of each of them once. */
function assertEach(stage: Stage, resultat: HandlingResultat | undefined): void {
  if (resultat === undefined || resultat.fordringer.length === 0) return;
  const { fordringer } = stage.world.stor;
  const listed = new Set(resultat.fordringer.map(({ fordring }) => fordring));
  const missing = fordringer.filter((fordring) => !listed.has(fordring)).length;
  const rest = resultat.fordringer.length - (fordringer.length - missing);
  const said = `${missing} af ${fordringer.length} fordringer mangler, og ${rest} linjer er for meget`;
  assert.ok(missing === 0 && rest === 0, `resultatet nævner ikke hver fordring netop én gang: ${said}`);
}

/** One after the other on one fordring; what is owed at the end is what it was less their sum. */
async function nedskrivEach(stage: Stage, konto: Stage['world']['stor'], beloebOere: readonly Oere[]): Promise<Oere> {
  let sumOere = 0n;
  for (const one of beloebOere) {
    assertArt(
      await stage.execute(nedskrivning(stage.world, konto, one)),
      'udfoert',
      `en nedskrivning med ${kroner(one)}`,
    );
    sumOere += one;
  }
  return sumOere;
}

export const OMFANG: readonly ContractCase[] = [
  {
    name: '1.000 fordringer i én anmodning bliver udført med det samme',
    needs: all(svarform('STRAKS'), handlingstype('AENDR_TILSTAND')),
    run: async (stage) => {
      assertEach(stage, await carryOut(stage, tilstandsaendring(stage.world, named(stage.world.stor))));
    },
  },
  {
    name: '1.000 fordringer i én anmodning bliver udført senere, hver og en',
    needs: henstand,
    run: async (stage) => {
      const { stor } = stage.world;
      assertEach(stage, await carryOut(stage, henstandTil(stage.world, named(stor))));
      // Not one is left that could be given henstand to the same day. The other way round, and by themselves: whoever skips
      // the last of many would skip it again.
      const { length } = stor.fordringer;
      const why = `alle ${length} fordringer har fået den samme henstand i forvejen`;
      await assertRefused(stage, henstandTil(stage.world, named(stor, stor.fordringer.toReversed())), why);
      for (const one of [stor.fordringer.slice(0, 1), stor.fordringer.slice(-1)]) {
        await assertRefused(stage, henstandTil(stage.world, named(stor, one)), why);
      }
    },
  },
  {
    name: '1.000 fordringer i én anmodning bliver nedskrevet, den første, den sidste og dem imellem',
    needs: nedskriv,
    run: async (stage) => {
      const { stor } = stage.world;
      assertEach(stage, await carryOut(stage, nedskrivning(stage.world, stor, BELOEB_OERE)));
      for (const index of LOOKED_AT) {
        const fordring = stor.fordringer[index];
        if (fordring === undefined) continue;
        const place = `efter en nedskrivning af ${stor.fordringer.length} fordringer (nr. ${index + 1})`;
        await assertRestbeloeb(stage, only(stor, fordring), RESTBELOEB_OERE - BELOEB_OERE, place);
      }
    },
  },
  {
    name: 'Beløb, som kommatal ikke kan holde, bliver udført på øren',
    needs: all(nedskriv, handlingstype('OPSKRIV')),
    run: async (stage) => {
      const konto = stage.take('aabne');
      await carryOut(stage, opskrivning(stage.world, konto, RAISED_OERE));
      const sumOere = await nedskrivEach(stage, konto, [...SKAEVE_OERE, ...SKAEVE_STORE_OERE]);
      const left = RESTBELOEB_OERE + RAISED_OERE - sumOere;
      const after = 'efter en opskrivning og 20 nedskrivninger med skæve beløb';
      await assertRestbeloeb(stage, konto, left, after, { foerOere: RESTBELOEB_OERE + RAISED_OERE });
    },
  },
  {
    name: 'Det mindste beløb, 0,01 kr., bliver udført på øren',
    needs: nedskriv,
    run: async (stage) => {
      const konto = stage.take('aabne');
      const sumOere = await nedskrivEach(stage, konto, [1n]);
      await assertRestbeloeb(stage, konto, RESTBELOEB_OERE - sumOere, 'efter en nedskrivning med 0,01 kr.');
    },
  },
  {
    name: 'Det største beløb, 99.999.999.999,99 kr., bliver udført på øren, og mere bliver afvist',
    needs: all(nedskriv, handlingstype('OPSKRIV')),
    run: async (stage) => {
      const { graense } = stage.world;
      const over = await stage.execute(opskrivning(stage.world, graense, 1n));
      assertArt(over, 'afvist', 'en opskrivning til mere end 11 cifre og 2 decimaler');
      await nedskrivEach(stage, graense, [MAX_BELOEB_OERE]);
      const more = await stage.execute(nedskrivning(stage.world, graense, 1n));
      assertArt(more, 'afvist', 'en nedskrivning efter den, der nedskrev alt,');
    },
  },
  {
    name: 'Kontante indbetalinger på det største, det mindste, et negativt og intet beløb får et udfald',
    run: async (stage) => {
      for (const beloebOere of [MAX_BELOEB_OERE, 1n, -MAX_BELOEB_OERE, 0n]) {
        for (const kunde of stage.world.kunder) {
          const udfald = await stage.execute(indbetaling(stage.world, kunde, beloebOere));
          if (beloebOere === 1n) assertArt(udfald, 'udfoert', 'en kendt kundes indbetaling på 0,01 kr.');
        }
      }
    },
  },
  {
    name: 'Så mange kommandoer side om side, som debitorsystemet erklærer, får alle et udfald',
    run: async (stage) => {
      const many = Math.min(stage.about.concurrency, MAX_SIDE_BY_SIDE);
      const payments = Array.from({ length: many }, (_, index) => {
        const kundeNummer = String(20_000_000 + index);
        return indbetaling(stage.world, { kundeType: 'CVR-Virksomhed', kundeNummer }, BigInt(index + 1));
      });
      await Promise.all(payments.map((payment) => stage.execute(payment)));
    },
  },
];
