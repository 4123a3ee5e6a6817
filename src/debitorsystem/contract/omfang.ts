/** Cases: large and small. A thousand fordringer, amounts at the limits of a message, many commands side by side. */
import assert from 'node:assert/strict';
import { MAX_BELOEB_OERE } from '../../domain/beloeb.ts';
import type { HandlingResultat } from '../../domain/udfald.ts';
import { all, type ContractCase, handlingstype, henstand, nedskriv, svarform } from './case.ts';
import { henstandTil, indbetaling, named, nedskrivning, opskrivning, tilstandsaendring } from './commands.ts';
import { carryOut } from './handlingstyper.ts';
import type { Stage } from './stage.ts';
import { RESTBELOEB_OERE } from './world.ts';

/** Cash payments side by side, at most. */
const MAX_SIDE_BY_SIDE = 64;

function assertEach(stage: Stage, resultat: HandlingResultat | undefined): void {
  if (resultat === undefined || resultat.fordringer.length === 0) return;
  const expected = [...stage.world.stor.fordringer].sort();
  const listed = resultat.fordringer.map(({ fordring }) => fordring).sort();
  assert.deepEqual(listed, expected, 'resultatet nævner ikke hver fordring netop én gang');
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
    name: '1.000 fordringer i én anmodning bliver udført senere',
    needs: henstand,
    run: async (stage) => {
      assertEach(stage, await carryOut(stage, henstandTil(stage.world, named(stage.world.stor))));
    },
  },
  {
    name: 'Det mindste beløb, 0,01 kr., bliver udført på øren',
    needs: nedskriv,
    run: async (stage) => {
      const konto = stage.take('aabne');
      const udfald = await stage.execute(nedskrivning(stage.world, konto, 1n));
      assert.equal(udfald.art, 'udfoert', 'nedskrev ikke med 0,01 kr.');
      await stage.assertRestbeloeb(konto, RESTBELOEB_OERE - 1n, 'efter 0,01 kr.');
    },
  },
  {
    name: 'Det største beløb, 99.999.999.999,99 kr., bliver udført på øren, og mere bliver afvist',
    needs: all(nedskriv, handlingstype('OPSKRIV')),
    run: async (stage) => {
      const { graense } = stage.world;
      const over = await stage.execute(opskrivning(stage.world, graense, 1n));
      assert.equal(over.art, 'afvist', 'opskrev til mere end 11 cifre og 2 decimaler');
      const most = await stage.execute(nedskrivning(stage.world, graense, MAX_BELOEB_OERE));
      assert.equal(most.art, 'udfoert', 'nedskrev ikke med 99.999.999.999,99 kr.');
      const more = await stage.execute(nedskrivning(stage.world, graense, 1n));
      assert.equal(more.art, 'afvist', 'skylder stadig noget efter 99.999.999.999,99 kr.');
    },
  },
  {
    name: 'Kontante indbetalinger på det største, det mindste, et negativt og intet beløb får et udfald',
    run: async (stage) => {
      for (const beloebOere of [MAX_BELOEB_OERE, 1n, -MAX_BELOEB_OERE, 0n]) {
        for (const kunde of stage.world.kunder) {
          const udfald = await stage.execute(indbetaling(stage.world, kunde, beloebOere));
          if (beloebOere === 1n) assert.equal(udfald.art, 'udfoert', 'en kendt kundes 0,01 kr. blev ikke bogført');
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
