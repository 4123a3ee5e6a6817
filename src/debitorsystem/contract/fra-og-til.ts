/** Cases: what is moved, and from where to where, beyond one fordring at a time. What each handlingstype moves: `flytninger.ts`. */
import assert from 'node:assert/strict';
import { assertRefused, carryOut } from './carried-out.ts';
import { all, type ContractCase, handlingstype, nedskriv } from './case.ts';
import { afslutning, between, handlingCommand, moving, nedskrivning } from './commands.ts';
import { assertKredit, assertRestbeloeb, assertRestbeloebEach, only } from './effects.ts';
import { assertAllRefused, betweenTwo, movesSomething } from './ejerskab.ts';
import { LOOKED_AT } from './omfang.ts';
import { saidUdfald } from './outcomes.ts';
import type { Stage } from './stage.ts';
import { type KitKonto, RESTBELOEB_OERE } from './world.ts';

const OWED = RESTBELOEB_OERE;
const MEST_OERE = 6_115n;
const REST_OERE = OWED - MEST_OERE;
const FLYTTET_OERE = 5_000n;
const LIDT_OERE = 2_929n;

/** So much of what was paid on one fordring is paid on another instead. */
async function pay(stage: Stage, fra: KitKonto, til: KitKonto, beloebOere: bigint): Promise<void> {
  await carryOut(stage, handlingCommand(stage.world, 'OMPOSTER', moving(fra, til), { beloebOere }));
}

function partsOf(konto: KitKonto): readonly [KitKonto, KitKonto, KitKonto] {
  const [one, two, three] = konto.fordringer.map((fordring) => only(konto, fordring));
  const hasThree = one !== undefined && two !== undefined && three !== undefined;
  return hasThree ? [one, two, three] : assert.fail('kittets verden: flere skal have tre fordringer');
}

const IORDEN: ContractCase = {
  name: 'OMPOSTER tager fra og betaler til fordringerne i den orden, de er nævnt',
  needs: all(nedskriv, handlingstype('OMPOSTER')),
  run: async (stage) => {
    const [betalt, fra, til] = [stage.take('betalte'), stage.take('flere'), stage.take('flere')];
    const [fra1, fra2] = partsOf(fra);
    const [til1, , til3] = partsOf(til);
    await pay(stage, betalt, fra1, MEST_OERE);
    await pay(stage, betalt, fra2, REST_OERE);
    await carryOut(stage, nedskrivning(stage.world, til3, OWED - LIDT_OERE));
    const fraNamed = { ...fra, fordringer: [...fra2.fordringer, ...fra1.fordringer] };
    const tilNamed = { ...til, fordringer: [...til3.fordringer, ...til1.fordringer] };
    await pay(stage, fraNamed, tilNamed, FLYTTET_OERE);
    const after = 'efter OMPOSTER, der nævner nr. 2 før nr. 1 som fra og nr. 3 før nr. 1 som til';
    await assertRestbeloebEach(stage, fra, [FLYTTET_OERE, OWED, OWED], `${after}, på fra`);
    await assertRestbeloebEach(stage, til, [OWED - (FLYTTET_OERE - LIDT_OERE), OWED, 0n], `${after}, på til`);
  },
};

const DELVIS_BETALT: ContractCase = {
  name: 'OVERFOER_FORDRING flytter det, der skyldes, også når noget af fordringen er betalt',
  needs: all(nedskriv, handlingstype('OMPOSTER'), handlingstype('OVERFOER_FORDRING')),
  run: async (stage) => {
    const [betalt, fra, til] = [stage.take('betalte'), stage.take('aabne'), stage.take('tomme')];
    await pay(stage, betalt, fra, MEST_OERE);
    await carryOut(stage, handlingCommand(stage.world, 'OVERFOER_FORDRING', between(fra, til)));
    const moved = { debitorkonto: til.debitorkonto, fordringer: fra.fordringer };
    const after = 'efter OVERFOER_FORDRING af en fordring, hvorpå der er betalt 61,15 kr.,';
    await assertRestbeloeb(stage, moved, REST_OERE, after, { foerOere: REST_OERE });
  },
};

/** After the cases of `omfang.ts`, which need the fordringer where they stand. */
const ALLE: ContractCase = {
  name: 'OVERFOER_FORDRING flytter alle 1.000 fordringer på en stor debitorkonto',
  needs: all(nedskriv, handlingstype('OVERFOER_FORDRING')),
  run: async (stage) => {
    const { stor } = stage.world;
    const til = stage.take('tomme');
    await carryOut(stage, handlingCommand(stage.world, 'OVERFOER_FORDRING', between(stor, til)));
    // Those that were looked at before are closed.
    const fordringer = stor.fordringer.filter((_, index) => !LOOKED_AT.includes(index));
    const moved = { debitorkonto: til.debitorkonto, fordringer };
    const udfald = await stage.execute(nedskrivning(stage.world, moved, 1n));
    const what = `efter OVERFOER_FORDRING skal alle åbne fordringer stå på den anden debitorkonto; NEDSKRIV af ${fordringer.length}`;
    assert.ok(udfald.art === 'udfoert', `${what} af dem dér skulle være udført, men blev ${saidUdfald(udfald)}`);
    const left = { ...stor, fordringer: fordringer.slice(-1) };
    await assertRefused(stage, nedskrivning(stage.world, left, 1n), 'fordringen er flyttet');
  },
};

const LUKKET: ContractCase = {
  name: 'Til en lukket debitorkonto kan intet flyttes: det bliver afvist, og intet sker på den, der skulle flyttes fra',
  needs: all(nedskriv, handlingstype('AFSLUT_KONTO'), movesSomething),
  run: async (stage) => {
    const lukket = stage.take('tomme');
    const [kredit, aaben] = [stage.take('kreditter'), stage.take('aabne')];
    await carryOut(stage, afslutning(stage.world, lukket));
    for (const konto of [kredit, aaben]) {
      const commands = betweenTwo(stage.world, { konto, hasPaid: false }, lukket);
      await assertAllRefused(stage, commands, 'debitorkontoen, der er nævnt som til, er lukket');
    }
    await assertRestbeloeb(stage, aaben, OWED, 'efter afvisningerne');
    await assertKredit(stage, kredit, OWED, 'efter afvisningerne');
  },
};

export const FRA_OG_TIL: readonly ContractCase[] = [IORDEN, DELVIS_BETALT, ALLE, LUKKET];
