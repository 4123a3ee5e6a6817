/**
 * Cases: every handlingstype of the starter catalogue in each of its variants, which is every variant with every svarform,
 * and what each has done. What is relied on of its effect stands in docs/backends.md.
 */
import assert from 'node:assert/strict';
import type { Oere } from '../../domain/beloeb.ts';
import type { HandlingCommand } from '../../domain/command.ts';
import type { Handling } from '../../domain/handling.ts';
import { assertBeloeb, assertRefused, carryOut } from './carried-out.ts';
import { all, type ContractCase, handlingstype } from './case.ts';
import {
  afskrivning,
  afslutning,
  henstandTil,
  named,
  nedskrivning,
  opskrivning,
  type Sender,
  tilbagekaldelse,
  tilstandsaendring,
  whole,
} from './commands.ts';
import { assertRestbeloeb, assertRestbeloebEach, canSee, only } from './effects.ts';
import {
  type Given,
  omposter,
  overfoerBetalt,
  overfoerFordring,
  overfoerKredit,
  type Prepare,
  udlign,
} from './flytninger.ts';
import type { Stage } from './stage.ts';
import { type KitKonto, RESTBELOEB_OERE } from './world.ts';

/** In floating point it is not 820 when it is multiplied by a hundred. */
const BELOEB_OERE = 820n;
const OWED = RESTBELOEB_OERE;

interface Plan {
  readonly kode: string;
  readonly variant: 1 | 2 | 3 | 4;
  readonly svarform: 'STRAKS' | 'SENERE';
  readonly prepare: Prepare;
}

/** One line for each, so that a missing one is seen. */
const PLANS: readonly Plan[] = [
  straks('AENDR_TILSTAND', 1, onWhole(tilstandsaendring, OWED)),
  straks('AENDR_TILSTAND', 2, onTwo(byName(tilstandsaendring), OWED)),
  straks(
    'NEDSKRIV',
    2,
    onTwo((sender, two) => nedskrivning(sender, two, BELOEB_OERE), OWED - BELOEB_OERE),
  ),
  straks(
    'OPSKRIV',
    2,
    onTwo((sender, two) => opskrivning(sender, two, BELOEB_OERE), OWED + BELOEB_OERE),
  ),
  straks('TILBAGEKALD', 2, onTwo(byName(tilbagekaldelse), 0n)),
  straks('OMPOSTER', 4, omposter),
  straks('UDLIGN', 3, udlign),
  senere('AFSKRIV', 1, onWhole(afskrivning, 0n)),
  senere('AFSKRIV', 2, onTwo(byName(afskrivning), 0n)),
  senere('HENSTAND', 1, henstandOnWhole),
  senere('HENSTAND', 2, henstandOnTwo),
  senere('OVERFOER_INDBETALING', 3, overfoerKredit),
  senere('OVERFOER_INDBETALING', 4, overfoerBetalt),
  senere('OVERFOER_FORDRING', 3, overfoerFordring),
  senere('AFSLUT_KONTO', 1, afslut),
];

function straks(kode: string, variant: Plan['variant'], prepare: Prepare): Plan {
  return { kode, variant, svarform: 'STRAKS', prepare };
}

function senere(kode: string, variant: Plan['variant'], prepare: Prepare): Plan {
  return { kode, variant, svarform: 'SENERE', prepare };
}

type ByKonto = (sender: Sender, konto: KitKonto) => HandlingCommand;
type ByHandling = (sender: Sender, handling: Handling) => HandlingCommand;

function byName(make: ByHandling): ByKonto {
  return (sender, konto) => make(sender, named(konto));
}

/** The first two of its three fordringer. */
function firstTwo({ debitorkonto, fordringer }: KitKonto): KitKonto {
  return { debitorkonto, fordringer: fordringer.slice(0, 2) };
}

/** Variant 1: all of the debitorkonto's open fordringer are meant. */
function onWhole(make: ByHandling, leftOere: Oere): Prepare {
  return (stage) => {
    const konto = stage.take('flere');
    const command = make(stage.world, whole(konto));
    const look = () => assertRestbeloebEach(stage, konto, [leftOere, leftOere, leftOere], after(command));
    return { command, look };
  };
}

/** Variant 2: only the named ones are meant, here two of three. */
function onTwo(make: ByKonto, leftOere: Oere): Prepare {
  return (stage) => {
    const konto = stage.take('flere');
    const command = make(stage.world, firstTwo(konto));
    async function look(): Promise<void> {
      await assertRestbeloebEach(stage, firstTwo(konto), [leftOere, leftOere], after(command));
      const [, , third] = konto.fordringer;
      assert.ok(third !== undefined, 'kittets verden: flere skal have tre fordringer');
      await assertRestbeloeb(stage, only(konto, third), OWED, `${after(command)} på to andre fordringer`);
    }
    return { command, look };
  };
}

function after({ handlingstype: kode }: HandlingCommand): string {
  return `efter ${kode}`;
}

const ALREADY =
  'den samme henstand er givet i forvejen, så enten havde den ingen virkning, eller også ses der ikke på forfaldsdatoen';

/** What has been given henstand can't be given it once more until the same day. */
function henstandOnWhole(stage: Stage): Given {
  return henstandOn(stage, stage.take('flere'), whole);
}

function henstandOn(stage: Stage, konto: KitKonto, make: (konto: KitKonto) => Handling): Given {
  const command = henstandTil(stage.world, make(konto));
  async function look(): Promise<void> {
    for (const fordring of konto.fordringer) {
      await assertRefused(stage, henstandTil(stage.world, named(only(konto, fordring))), ALREADY);
    }
    await assertRestbeloebEach(stage, konto, [OWED, OWED, OWED], after(command));
  }
  return { command, look };
}

function henstandOnTwo(stage: Stage): Given {
  const konto = stage.take('flere');
  const { command, look } = henstandOn(stage, firstTwo(konto), named);
  return {
    command,
    async look() {
      await look();
      // The third was not named, so it can still be given henstand.
      const rest = { ...konto, fordringer: konto.fordringer.slice(2) };
      await carryOut(stage, henstandTil(stage.world, named(rest)));
      await assertRestbeloebEach(stage, rest, [OWED], after(command));
    },
  };
}

function afslut(stage: Stage): Given {
  const konto = stage.take('tomme');
  const command = afslutning(stage.world, konto);
  async function look(): Promise<void> {
    await assertRefused(stage, afslutning(stage.world, konto), 'debitorkontoen er lukket');
    const aaben = stage.take('aabne');
    const why = 'debitorkontoen har en åben fordring';
    await assertRefused(stage, afslutning(stage.world, aaben), why);
    await assertRestbeloeb(stage, aaben, OWED, 'efter en afslutning, der er afvist,');
  }
  return { command, look };
}

export const HANDLINGSTYPER: readonly ContractCase[] = PLANS.map(({ kode, variant, svarform, prepare }) => ({
  name: `${kode} i variant ${variant} med svarform ${svarform} bliver udført`,
  needs: all(handlingstype(kode), ({ svarformer }) =>
    svarform === 'STRAKS' && !svarformer.includes('STRAKS') ? 'erklærer ikke svarform STRAKS' : undefined,
  ),
  run: async (stage) => {
    const { command, look } = await prepare(stage);
    const resultat = await carryOut(stage, command);
    if (canSee(stage.about)) await look();
    assertBeloeb(command, resultat);
  },
}));
