/** Cases: what must be refused, and how. A refusal is an udfald with reasons, never something thrown. */
import assert from 'node:assert/strict';
import type { Command } from '../../domain/command.ts';
import type { Fejlliste } from '../../domain/fejl.ts';
import type { DebitorkontoId, FordringId } from '../../domain/identer.ts';
import { assertRefused } from './carried-out.ts';
import { type ContractCase, henstand, nedskriv } from './case.ts';
import { handlingCommand, henstandTil, named, nedskrivning } from './commands.ts';
import { assertRestbeloeb, assertRestbeloebEach, only } from './effects.ts';
import { assertArt, saidUdfald } from './outcomes.ts';
import type { Stage } from './stage.ts';
import { RESTBELOEB_OERE } from './world.ts';

const BELOEB_OERE = 115n;
const UKENDT_KONTO = 'KIT-FINDES-IKKE' as DebitorkontoId;
/** As many as an anmodning may name on one side. */
const MAX_FORDRINGER = 10_000;
const UKENDTE = ['KIT-FINDES-IKKE-1' as FordringId, 'KIT-FINDES-IKKE-2' as FordringId];

/** @param why what must be refused, as the beginning of a sentence. */
async function refused(stage: Stage, command: Command, why: string): Promise<Fejlliste> {
  const udfald = await stage.execute(command);
  return udfald.art === 'afvist' ? udfald.fejl : assert.fail(`${why} skulle afvises, men blev ${saidUdfald(udfald)}`);
}

function assertOneForEach(fejl: Fejlliste, fordringer: readonly FordringId[]): void {
  const said = `${fordringer.length} fordringer findes ikke, men afvisningen har ${fejl.length} fejl`;
  assert.ok(fejl.length >= fordringer.length, said);
}

export const AFVISNINGER: readonly ContractCase[] = [
  {
    name: 'En debitorkonto, der ikke findes, bliver afvist',
    needs: nedskriv,
    run: async (stage) => {
      const konto = { debitorkonto: UKENDT_KONTO, fordringer: UKENDTE };
      await refused(stage, nedskrivning(stage.world, konto, BELOEB_OERE), 'en debitorkonto, der ikke findes,');
    },
  },
  {
    name: 'En anden myndigheds kommando på debitorkontoen bliver afvist, og intet sker på den',
    needs: nedskriv,
    run: async (stage) => {
      const konto = stage.take('aabne');
      const world = { ...stage.world, myndighed: stage.world.andenMyndighed };
      await refused(stage, nedskrivning(world, konto, BELOEB_OERE), 'en anden myndigheds kommando');
      await assertRestbeloeb(stage, konto, RESTBELOEB_OERE, 'efter afvisningen');
    },
  },
  {
    name: 'Flere fordringer, der ikke findes, giver flere fejl i én afvisning',
    needs: nedskriv,
    run: async (stage) => {
      const konto = stage.take('aabne');
      const command = nedskrivning(stage.world, { ...konto, fordringer: UKENDTE }, BELOEB_OERE);
      assertOneForEach(await refused(stage, command, 'fordringer, der ikke findes,'), UKENDTE);
    },
  },
  {
    name: 'Findes ingen af 10.000 fordringer, er der en fejl for hver',
    needs: nedskriv,
    run: async (stage) => {
      const fordringer = Array.from({ length: MAX_FORDRINGER }, (_, at) => `KIT-FINDES-IKKE-${at}` as FordringId);
      const command = nedskrivning(stage.world, { ...stage.take('aabne'), fordringer }, BELOEB_OERE);
      assertOneForEach(await refused(stage, command, 'fordringer, der ikke findes,'), fordringer);
    },
  },
  {
    name: 'En STRAKS-handling, der afvises for én fordring, er ikke sket på de andre',
    needs: nedskriv,
    run: async (stage) => {
      const konto = stage.take('aabne');
      const fordringer = [...konto.fordringer, ...UKENDTE];
      const command = nedskrivning(stage.world, { ...konto, fordringer }, BELOEB_OERE);
      await refused(stage, command, 'en nedskrivning, hvor nogle af fordringerne ikke findes,');
      await assertRestbeloeb(stage, konto, RESTBELOEB_OERE, 'efter afvisningen');
    },
  },
  {
    name: 'En STRAKS-handling, som den sidste fordring ikke har beløb nok til, er ikke sket på de andre',
    needs: nedskriv,
    run: async (stage) => {
      const konto = stage.take('flere');
      const last = only(konto, konto.fordringer.at(-1) ?? assert.fail('kittets verden: flere skal have fordringer'));
      const first = await stage.execute(nedskrivning(stage.world, last, BELOEB_OERE));
      assertArt(first, 'udfoert', 'en nedskrivning');
      const command = nedskrivning(stage.world, konto, RESTBELOEB_OERE);
      await refused(stage, command, 'en nedskrivning med mere, end der skyldes på den sidste fordring,');
      const left = [RESTBELOEB_OERE, RESTBELOEB_OERE, RESTBELOEB_OERE - BELOEB_OERE];
      await assertRestbeloebEach(stage, konto, left, 'efter afvisningen');
    },
  },
  {
    name: 'En fordring, der ikke findes, afvises også for det, der udføres senere',
    needs: henstand,
    run: async (stage) => {
      const command = henstandTil(stage.world, named(stage.take('aabne'), UKENDTE));
      await assertRefused(stage, command, 'fordringerne findes ikke');
    },
  },
  {
    name: 'En handlingstype, som debitorsystemet ikke kender, bliver afvist',
    run: async (stage) => {
      const command = handlingCommand(stage.world, 'KIT_UKENDT', named(stage.take('aabne')));
      await refused(stage, command, 'en handlingstype, der ikke findes,');
    },
  },
];
