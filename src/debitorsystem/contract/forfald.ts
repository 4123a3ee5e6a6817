/** Cases: what is decided by the day on which a fordring is due. */
import assert from 'node:assert/strict';
import type { Dato } from '../../domain/identer.ts';
import { assertRefused, carryOut } from './carried-out.ts';
import { all, type ContractCase, handlingstype, henstand, nedskriv } from './case.ts';
import { between, handlingCommand, henstandTil, named, nedskrivning } from './commands.ts';
import { assertRestbeloebEach, only } from './effects.ts';
import { forHenstand, navne } from './navne.ts';
import { NAVNE_FORFALD, RESTBELOEB_OERE } from './world.ts';

const DAGEN_EFTER = '2031-01-01' as Dato;
const SENERE = '2031-01-31' as Dato;
const SENEST = '2031-02-01' as Dato;
const LIDT_OERE = 29n;

export const FORFALD: readonly ContractCase[] = [
  {
    name: 'HENSTAND til forfaldsdatoen selv bliver afvist, og til dagen efter udført',
    needs: all(henstand, navne),
    run: async (stage) => {
      const handling = named(forHenstand(stage));
      const why = `fordringen forfalder netop den dag (${NAVNE_FORFALD})`;
      await assertRefused(stage, henstandTil(stage.world, handling, NAVNE_FORFALD), why);
      await carryOut(stage, henstandTil(stage.world, handling, DAGEN_EFTER));
    },
  },
  {
    name: 'UDLIGN betaler den ældste forfaldsdato først, også når den er ældst efter en henstand på de andre',
    needs: all(nedskriv, henstand, handlingstype('UDLIGN')),
    run: async (stage) => {
      const [fra, til] = [stage.take('kreditter'), stage.take('flere')];
      const [first, second, third] = til.fordringer;
      const hasThree = first !== undefined && second !== undefined && third !== undefined;
      assert.ok(hasThree, 'kittets verden: flere skal have tre fordringer');
      await carryOut(stage, henstandTil(stage.world, named(til, [first]), SENEST));
      await carryOut(stage, henstandTil(stage.world, named(til, [third]), SENERE));
      // The credit is a little more than the oldest owes: the rest of it goes to the one that is due next.
      await carryOut(stage, nedskrivning(stage.world, only(til, second), LIDT_OERE));
      await carryOut(stage, handlingCommand(stage.world, 'UDLIGN', between(fra, til)));
      const left = [RESTBELOEB_OERE, 0n, RESTBELOEB_OERE - LIDT_OERE];
      await assertRestbeloebEach(stage, til, left, 'efter UDLIGN i forfaldsdatoernes orden: nr. 2, 3, 1');
    },
  },
];
