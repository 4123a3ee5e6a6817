/** Cases: what must be refused, and how. A refusal is an udfald with reasons, never something thrown. */
import assert from 'node:assert/strict';
import type { Command } from '../../domain/command.ts';
import type { Fejlliste } from '../../domain/fejl.ts';
import type { DebitorkontoId, FordringId } from '../../domain/identer.ts';
import { type ContractCase, henstand, nedskriv } from './case.ts';
import { handlingCommand, henstandTil, indbetaling, named, nedskrivning } from './commands.ts';
import type { Stage } from './stage.ts';
import { RESTBELOEB_OERE } from './world.ts';

const BELOEB_OERE = 100n;
const UKENDT_KONTO = 'KIT-FINDES-IKKE' as DebitorkontoId;
/** As many as an anmodning may name on one side. */
const MAX_FORDRINGER = 10_000;
const UKENDTE = ['KIT-FINDES-IKKE-1' as FordringId, 'KIT-FINDES-IKKE-2' as FordringId];

async function refused(stage: Stage, command: Command): Promise<Fejlliste> {
  const udfald = await stage.execute(command);
  return udfald.art === 'afvist' ? udfald.fejl : assert.fail(`svarede ${udfald.art}, hvor det skulle afvise`);
}

export const AFVISNINGER: readonly ContractCase[] = [
  {
    name: 'En debitorkonto, der ikke findes, bliver afvist',
    needs: nedskriv,
    run: async (stage) => {
      const konto = { debitorkonto: UKENDT_KONTO, fordringer: UKENDTE };
      await refused(stage, nedskrivning(stage.world, konto, BELOEB_OERE));
    },
  },
  {
    name: 'En anden myndigheds debitorkonto bliver afvist, og intet sker på den',
    needs: nedskriv,
    run: async (stage) => {
      const konto = stage.take('aabne');
      const world = { ...stage.world, myndighed: stage.world.andenMyndighed };
      await refused(stage, nedskrivning(world, konto, BELOEB_OERE));
      await stage.assertRestbeloeb(konto, RESTBELOEB_OERE, 'efter afvisningen');
    },
  },
  {
    name: 'Flere fordringer, der ikke findes, giver flere fejl i én afvisning',
    needs: nedskriv,
    run: async (stage) => {
      const konto = stage.take('aabne');
      const command = nedskrivning(stage.world, { ...konto, fordringer: UKENDTE }, BELOEB_OERE);
      const fejl = await refused(stage, command);
      assert.ok(
        fejl.length >= UKENDTE.length,
        `${UKENDTE.length} fordringer findes ikke, men der er ${fejl.length} fejl`,
      );
    },
  },
  {
    name: 'Findes ingen af 10.000 fordringer, er der en fejl for hver',
    needs: nedskriv,
    run: async (stage) => {
      const fordringer = Array.from({ length: MAX_FORDRINGER }, (_, at) => `KIT-FINDES-IKKE-${at}` as FordringId);
      const command = nedskrivning(stage.world, { ...stage.take('aabne'), fordringer }, BELOEB_OERE);
      const fejl = await refused(stage, command);
      assert.ok(
        fejl.length >= fordringer.length,
        `${fordringer.length} fordringer findes ikke, men der er ${fejl.length} fejl`,
      );
    },
  },
  {
    name: 'En STRAKS-handling, der afvises for én fordring, er ikke sket på de andre',
    needs: nedskriv,
    run: async (stage) => {
      const konto = stage.take('aabne');
      const fordringer = [...konto.fordringer, ...UKENDTE];
      await refused(stage, nedskrivning(stage.world, { ...konto, fordringer }, BELOEB_OERE));
      await stage.assertRestbeloeb(konto, RESTBELOEB_OERE, 'efter afvisningen');
    },
  },
  {
    name: 'En fordring, der ikke findes, afvises også for det, der udføres senere',
    needs: henstand,
    run: async (stage) => {
      const command = henstandTil(stage.world, named(stage.take('aabne'), UKENDTE));
      const udfald = await stage.execute(command);
      assert.notEqual(udfald.art, 'udfoert', 'meldte henstand udført på fordringer, der ikke findes');
      if (udfald.art === 'accepteretTilSenere') {
        assert.equal((await stage.svarTo(command)).status, 'AFVIST', 'svaret er ikke AFVIST');
      }
    },
  },
  {
    name: 'En handlingstype, som debitorsystemet ikke kender, bliver afvist',
    run: async (stage) => {
      await refused(stage, handlingCommand(stage.world, 'KIT_UKENDT', named(stage.take('aabne'))));
    },
  },
  {
    name: 'Hverken svar, fejltekster eller log indeholder en kundes nummer',
    run: async (stage) => {
      for (const kunde of stage.world.kunder) {
        await stage.ask(indbetaling(stage.world, kunde, BELOEB_OERE));
        await stage.ask(indbetaling(stage.world, { ...kunde, kundeType: 'KIT-UKENDT' }, BELOEB_OERE));
      }
      for (const { kundeNummer } of stage.world.kunder) {
        // An authority's own CVR number may well be named elsewhere: only what could be a person's is looked for.
        if (kundeNummer.length < 10) continue;
        const hyphenated = `${kundeNummer.slice(0, 6)}-${kundeNummer.slice(6)}`;
        assert.ok(
          !stage.postbox.hasHeard(kundeNummer) && !stage.postbox.hasHeard(hyphenated),
          'en kundes nummer er skrevet',
        );
      }
    },
  },
];
