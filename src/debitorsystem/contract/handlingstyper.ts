/** Cases: every handlingstype of the starter catalogue in each of its variants, which is every variant with every svarform. */
import assert from 'node:assert/strict';
import type { HandlingCommand } from '../../domain/command.ts';
import type { HandlingResultat } from '../../domain/udfald.ts';
import { all, type ContractCase, handlingstype } from './case.ts';
import {
  afskrivning,
  between,
  handlingCommand,
  henstandTil,
  moving,
  named,
  nedskrivning,
  opskrivning,
  tilbagekaldelse,
  tilstandsaendring,
  whole,
} from './commands.ts';
import type { Stage } from './stage.ts';

const BELOEB_OERE = 1_000n;

interface Plan {
  readonly kode: string;
  readonly variant: 1 | 2 | 3 | 4;
  readonly svarform: 'STRAKS' | 'SENERE';
  /** Takes what it needs of the world: objects on which the handling must succeed. */
  readonly command: (stage: Stage) => HandlingCommand;
}

/** One line for each, so that a missing one is seen. */
const PLANS: readonly Plan[] = [
  straks('AENDR_TILSTAND', 1, (stage) => tilstandsaendring(stage.world, whole(stage.take('aabne')))),
  straks('AENDR_TILSTAND', 2, (stage) => tilstandsaendring(stage.world, named(stage.take('aabne')))),
  straks('NEDSKRIV', 2, (stage) => nedskrivning(stage.world, stage.take('aabne'), BELOEB_OERE)),
  straks('OPSKRIV', 2, (stage) => opskrivning(stage.world, stage.take('aabne'), BELOEB_OERE)),
  straks('TILBAGEKALD', 2, (stage) => tilbagekaldelse(stage.world, named(stage.take('aabne')))),
  straks('OMPOSTER', 4, (stage) =>
    handlingCommand(stage.world, 'OMPOSTER', moving(stage.take('betalte'), stage.take('aabne')), {
      beloebOere: BELOEB_OERE,
    }),
  ),
  straks('UDLIGN', 3, (stage) =>
    handlingCommand(stage.world, 'UDLIGN', between(stage.take('kreditter'), stage.take('aabne'))),
  ),
  senere('AFSKRIV', 1, (stage) => afskrivning(stage.world, whole(stage.take('aabne')))),
  senere('AFSKRIV', 2, (stage) => afskrivning(stage.world, named(stage.take('aabne')))),
  senere('HENSTAND', 1, (stage) => henstandTil(stage.world, whole(stage.take('aabne')))),
  senere('HENSTAND', 2, (stage) => henstandTil(stage.world, named(stage.take('aabne')))),
  senere('OVERFOER_INDBETALING', 3, (stage) =>
    handlingCommand(stage.world, 'OVERFOER_INDBETALING', between(stage.take('kreditter'), stage.take('tomme'))),
  ),
  senere('OVERFOER_INDBETALING', 4, (stage) =>
    handlingCommand(stage.world, 'OVERFOER_INDBETALING', moving(stage.take('betalte'), stage.take('aabne'))),
  ),
  senere('OVERFOER_FORDRING', 3, (stage) =>
    handlingCommand(stage.world, 'OVERFOER_FORDRING', between(stage.take('aabne'), stage.take('tomme'))),
  ),
  senere('AFSLUT_KONTO', 1, (stage) => handlingCommand(stage.world, 'AFSLUT_KONTO', whole(stage.take('tomme')))),
];

function straks(kode: string, variant: Plan['variant'], command: Plan['command']): Plan {
  return { kode, variant, svarform: 'STRAKS', command };
}

function senere(kode: string, variant: Plan['variant'], command: Plan['command']): Plan {
  return { kode, variant, svarform: 'SENERE', command };
}

function assertGennemfoert(resultat: HandlingResultat | undefined): void {
  const refused = resultat?.fordringer.filter((one) => one.resultat === 'AFVIST') ?? [];
  assert.equal(refused.length, 0, 'meldte gennemført, men afviste en fordring');
}

/** Gives a command that must succeed, and waits for its svar where it was accepted for later. */
export async function carryOut(stage: Stage, command: HandlingCommand): Promise<HandlingResultat | undefined> {
  const udfald = await stage.execute(command);
  if (udfald.art === 'afvist') assert.fail(`blev afvist: ${udfald.fejl.map(({ kode }) => kode).join(', ')}`);
  if (udfald.art === 'udfoert') {
    assertGennemfoert(udfald.resultat);
    return udfald.resultat;
  }
  assert.equal(command.svarform, 'SENERE', 'svarede senere på en handlingstype med svarform STRAKS');
  assert.ok(stage.about.svarformer.includes('SENERE'), 'svarede senere uden at erklære svarform SENERE');
  const svar = await stage.svarTo(command);
  assert.equal(svar.status, 'GENNEMFOERT', 'svaret er ikke GENNEMFOERT');
  assertGennemfoert(svar.resultat);
  return svar.resultat;
}

export const HANDLINGSTYPER: readonly ContractCase[] = PLANS.map(({ kode, variant, svarform, command }) => ({
  name: `${kode} i variant ${variant} med svarform ${svarform} bliver udført`,
  needs: all(handlingstype(kode), ({ svarformer }) =>
    svarform === 'STRAKS' && !svarformer.includes('STRAKS') ? 'erklærer ikke svarform STRAKS' : undefined,
  ),
  run: async (stage) => {
    const given = command(stage);
    assert.equal(given.handling.variant, variant);
    assert.equal(given.svarform, svarform);
    await carryOut(stage, given);
  },
}));
