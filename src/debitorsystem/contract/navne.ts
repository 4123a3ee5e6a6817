/**
 * Cases: debitorkonti and fordringer are known by every character of their names. What is nearly a name is refused, and a
 * command on one of two that are alike hits just that one.
 */
import assert from 'node:assert/strict';
import type { DebitorkontoId, FordringId } from '../../domain/identer.ts';
import { all, type ContractCase, nedskriv } from './case.ts';
import { nedskrivning } from './commands.ts';
import { assertRestbeloeb, only } from './effects.ts';
import { saidUdfald } from './outcomes.ts';
import type { Stage } from './stage.ts';
import type { About } from './subject.ts';
import { type KitKonto, type KitWorld, RESTBELOEB_OERE } from './world.ts';

const BELOEB_OERE = 435n;
/** Each fordring gets a little more than the one before it. */
const MERE_OERE = 29n;
const MAX_LENGTH = 50;
/** From `!` to `~` in the wide forms of Unicode, which NFKC takes for the same. */
const TO_WIDE = 0xfee0;
/** Which of a debitorkonto's fordringer is whose. */
const NAESTEN = 0;
const NETOP = [1, 2];
const HENSTAND = 3;

export const navne = ({ world }: About): string | undefined =>
  world.navne.length > 0 ? undefined : 'verdenen nævner ingen navne';

/** One of the four fordringer, as a debitorkonto of its own. */
function fordringOf(konto: KitKonto, at: number): KitKonto {
  return only(konto, konto.fordringer[at] ?? assert.fail('kittets verden: navne skal have fire fordringer'));
}

/** One that no case about names writes down. */
export function forHenstand({ world }: Stage): KitKonto {
  return fordringOf(world.navne[0] ?? assert.fail('kittets verden: navne mangler'), HENSTAND);
}

function otherCase(name: string): string {
  const upper = name.toUpperCase();
  return upper === name ? name.toLowerCase() : upper;
}

/**
 * What could be taken for a name by whoever compares something else than its characters, and how it differs. Not with blanks
 * more or less, and only in form C: those differences are gone before a command comes to a debitorsystem.
 */
function nearly(name: string): readonly (readonly [string, string])[] {
  const butLast = [...name].slice(0, -1).join('');
  const first = String.fromCharCode(name.charCodeAt(0) + TO_WIDE);
  const near: readonly (readonly [string, string])[] = [
    [otherCase(name), 'med store og små bogstaver byttet om'],
    [name.replaceAll(/[^ -~]/g, ''), 'uden de bogstaver, der ikke er i ASCII'],
    [name.replaceAll(/[^ -~]/g, '?'), 'med ? for de bogstaver, der ikke er i ASCII'],
    [name.replaceAll('Å', 'A'), 'uden ringen over Å'],
    [butLast, 'uden det sidste tegn'],
    [`${name}0`, 'med et tegn mere'],
    [`${butLast}_`, 'med _ for det sidste tegn'],
    [`${butLast}%`, 'med % for det sidste tegn'],
    ...(/^[!-~]/.test(name) ? ([[`${first}${name.slice(1)}`, 'med et bredt første tegn (NFKC)']] as const) : []),
    ...(/^[0-9]+$/.test(name) ? ([[`0${name}`, 'med et nul mere foran']] as const) : []),
  ];
  return near.filter(([id]) => id !== name && id.trim() === id && id.length > 0 && id.length <= MAX_LENGTH);
}

function namesIn({ navne: konti }: KitWorld): ReadonlySet<string> {
  return new Set(konti.flatMap(({ debitorkonto, fordringer }) => [debitorkonto, ...fordringer]));
}

async function assertUnknown(stage: Stage, konto: KitKonto, what: string): Promise<void> {
  const udfald = await stage.execute(nedskrivning(stage.world, konto, BELOEB_OERE));
  const said = `NEDSKRIV på ${what} skulle afvises, men blev ${saidUdfald(udfald)}: navne sammenlignes tegn for tegn`;
  assert.ok(udfald.art === 'afvist', said);
}

export const NAVNE: readonly ContractCase[] = [
  {
    name: 'En debitorkonto eller fordring, der næsten hedder som en anden, bliver afvist, og intet sker på den anden',
    needs: all(nedskriv, navne),
    run: async (stage) => {
      const known = namesIn(stage.world);
      for (const konto of stage.world.navne) {
        const one = fordringOf(konto, NAESTEN);
        const [fordring = ''] = one.fordringer;
        for (const [id, how] of nearly(konto.debitorkonto)) {
          if (known.has(id)) continue;
          const near = { ...one, debitorkonto: id as DebitorkontoId };
          await assertUnknown(stage, near, `en debitorkonto, der hedder som en anden ${how},`);
        }
        for (const [id, how] of nearly(fordring)) {
          if (known.has(id)) continue;
          await assertUnknown(stage, only(konto, id as FordringId), `en fordring, der hedder som en anden ${how},`);
        }
        await assertRestbeloeb(stage, one, RESTBELOEB_OERE, 'efter kommandoer på det, der næsten hedder det samme,');
      }
    },
  },
  {
    name: 'Debitorkonti og fordringer med æøå, med 50 tegn og med næsten ens navne er hver sin: en kommando rammer netop den nævnte',
    needs: all(nedskriv, navne),
    run: async (stage) => {
      const konti = stage.world.navne.flatMap((konto) => NETOP.map((at) => fordringOf(konto, at)));
      const beloebOere = (index: number) => BELOEB_OERE + BigInt(index) * MERE_OERE;
      for (const [index, konto] of konti.entries()) {
        const udfald = await stage.execute(nedskrivning(stage.world, konto, beloebOere(index)));
        const said = `NEDSKRIV på ${konto.debitorkonto} skulle være udført, men blev ${saidUdfald(udfald)}`;
        assert.ok(udfald.art === 'udfoert', `${said}: er navnet læst som UTF-8, med alle dets tegn?`);
      }
      for (const [index, konto] of konti.entries()) {
        const after = `efter en nedskrivning på hver fordring, hvis navne er næsten ens (${konto.debitorkonto}),`;
        await assertRestbeloeb(stage, konto, RESTBELOEB_OERE - beloebOere(index), after);
      }
    },
  },
];
