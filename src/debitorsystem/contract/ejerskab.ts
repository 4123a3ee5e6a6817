/**
 * Cases: whose debitorkonto it is. A command that names a debitorkonto of another myndighed or of another fagsystem is refused,
 * whichever of its sides names it and whether it is carried out at once or later; and nothing has happened to either.
 */
import type { HandlingCommand } from '../../domain/command.ts';
import { assertRefused } from './carried-out.ts';
import { all, type ContractCase, nedskriv } from './case.ts';
import {
  afskrivning,
  afslutning,
  between,
  handlingCommand,
  henstandTil,
  moving,
  named,
  nedskrivning,
  opskrivning,
  type Sender,
  tilbagekaldelse,
  tilstandsaendring,
  whole,
} from './commands.ts';
import { assertKredit, assertRestbeloeb } from './effects.ts';
import type { Stage } from './stage.ts';
import type { About } from './subject.ts';
import { type KitKonto, type KitWorld, RESTBELOEB_OERE } from './world.ts';

const BELOEB_OERE = 435n;

interface Owner {
  /** As the subject of a case's name. */
  readonly whose: string;
  readonly pool: 'andenMyndighedsKonti' | 'andetFagsystemsKonti';
  readonly sender: (world: KitWorld) => Sender;
}

const OWNERS: readonly Owner[] = [
  {
    whose: 'En anden myndigheds debitorkonto',
    pool: 'andenMyndighedsKonti',
    sender: ({ fagsystem, andenMyndighed }) => ({ fagsystem, myndighed: andenMyndighed }),
  },
  {
    whose: 'Et andet fagsystems debitorkonto',
    pool: 'andetFagsystemsKonti',
    sender: ({ andetFagsystem, myndighed }) => ({ fagsystem: andetFagsystem, myndighed }),
  },
];

/** On one debitorkonto, by variant 1 or 2. */
function onOne(world: KitWorld, konto: KitKonto): readonly HandlingCommand[] {
  const [all, some] = [whole(konto), named(konto)];
  return [
    nedskrivning(world, konto, BELOEB_OERE),
    opskrivning(world, konto, BELOEB_OERE),
    ...[all, some].flatMap((handling) => [
      tilstandsaendring(world, handling),
      henstandTil(world, handling),
      afskrivning(world, handling),
    ]),
    tilbagekaldelse(world, some),
    afslutning(world, konto),
  ];
}

/** What stands on the side of a command that names two debitorkonti. */
interface Side {
  readonly konto: KitKonto;
  /** Whether it has credit, and a fordring on which something is paid. */
  readonly hasPaid: boolean;
}

/** Between two debitorkonti, by variant 3 or 4: from those that have something to give. */
export function betweenTwo(world: KitWorld, fra: Side, til: KitKonto): readonly HandlingCommand[] {
  const hele = between(fra.konto, til);
  const paid = fra.hasPaid && fra.konto.fordringer.length > 0 && til.fordringer.length > 0;
  return [
    handlingCommand(world, 'UDLIGN', hele),
    handlingCommand(world, 'OVERFOER_INDBETALING', hele),
    handlingCommand(world, 'OVERFOER_FORDRING', hele),
    ...(paid
      ? [
          handlingCommand(world, 'OMPOSTER', moving(fra.konto, til), { beloebOere: BELOEB_OERE }),
          handlingCommand(world, 'OVERFOER_INDBETALING', moving(fra.konto, til)),
        ]
      : []),
  ];
}

/** Whether the debitorsystem can carry it out, so that it may only be refused for what it names. */
function isKnown({ world, svarformer }: About, { handlingstype, svarform }: HandlingCommand): boolean {
  return world.handlingstyper.includes(handlingstype) && (svarform === 'SENERE' || svarformer.includes('STRAKS'));
}

export async function assertAllRefused(stage: Stage, commands: readonly HandlingCommand[], why: string): Promise<void> {
  for (const command of commands) {
    if (isKnown(stage.about, command)) await assertRefused(stage, command, why);
  }
}

async function assertUntouched(stage: Stage, konto: KitKonto, owner: Sender): Promise<void> {
  await assertRestbeloeb(stage, konto, RESTBELOEB_OERE, 'efter afvisningerne', { sender: owner });
}

const MELLEM_TO = ['UDLIGN', 'OMPOSTER', 'OVERFOER_INDBETALING', 'OVERFOER_FORDRING'];

export function movesSomething({ world }: About): string | undefined {
  const some = MELLEM_TO.some((kode) => world.handlingstyper.includes(kode));
  return some ? undefined : `verdenen nævner ingen af ${MELLEM_TO.join(', ')}`;
}

function casesOf({ whose, pool, sender }: Owner): readonly ContractCase[] {
  const hasKonti = ({ world }: About) => (world[pool].length > 0 ? undefined : `verdenen nævner ingen ${pool}`);
  const why = `${whose.charAt(0).toLowerCase()}${whose.slice(1)} er nævnt`;
  return [
    {
      name: `${whose} bliver afvist ved enhver handlingstype, straks og senere, og intet sker på den`,
      needs: all(nedskriv, hasKonti),
      run: async (stage) => {
        const konto = stage.take(pool);
        await assertAllRefused(stage, onOne(stage.world, konto), why);
        await assertUntouched(stage, konto, sender(stage.world));
      },
    },
    {
      name: `${whose} bliver afvist som den, der flyttes fra, og intet sker på nogen af dem`,
      needs: all(nedskriv, hasKonti, movesSomething),
      run: async (stage) => {
        const [konto, own] = [stage.take(pool), stage.take('aabne')];
        const commands = betweenTwo(stage.world, { konto, hasPaid: true }, own);
        await assertAllRefused(stage, commands, `${why} som fra`);
        await assertUntouched(stage, konto, sender(stage.world));
        await assertUntouched(stage, own, stage.world);
      },
    },
    {
      name: `${whose} bliver afvist som den, der flyttes til, og intet sker på nogen af dem`,
      needs: all(nedskriv, hasKonti, movesSomething),
      run: async (stage) => {
        const [konto, aaben] = [stage.take(pool), stage.take('aabne')];
        const [kredit, betalt] = [stage.take('kreditter'), stage.take('betalte')];
        const commands = [kredit, betalt, aaben].flatMap((one) =>
          betweenTwo(stage.world, { konto: one, hasPaid: one === betalt }, konto),
        );
        await assertAllRefused(stage, commands, `${why} som til`);
        await assertUntouched(stage, konto, sender(stage.world));
        await assertUntouched(stage, aaben, stage.world);
        await assertRestbeloeb(stage, betalt, 0n, 'efter afvisningerne', { foerOere: 0n });
        await assertKredit(stage, kredit, RESTBELOEB_OERE, 'efter afvisningerne');
      },
    },
  ];
}

const STAAR_ANDETSTEDS = 'fordringen står på en anden debitorkonto end den nævnte';

const EN_ANDENS_FORDRING: ContractCase = {
  name: 'En fordring på en anden debitorkonto end den nævnte bliver afvist, også som fra og som til, og intet sker på den',
  needs: nedskriv,
  run: async (stage) => {
    const { world } = stage;
    const [konto, anden] = [stage.take('aabne'), stage.take('aabne')];
    const mixed = { debitorkonto: konto.debitorkonto, fordringer: anden.fordringer };
    await assertAllRefused(
      stage,
      onOne(world, mixed).filter(({ handling }) => handling.variant === 2),
      STAAR_ANDETSTEDS,
    );
    if (world.handlingstyper.includes('OMPOSTER') || world.handlingstyper.includes('OVERFOER_INDBETALING')) {
      const betalt = stage.take('betalte');
      const fraMixed = { debitorkonto: konto.debitorkonto, fordringer: betalt.fordringer };
      const move = (fra: KitKonto, til: KitKonto) =>
        betweenTwo(world, { konto: fra, hasPaid: true }, til).filter(({ handling }) => handling.variant === 4);
      await assertAllRefused(stage, move(betalt, mixed), `${STAAR_ANDETSTEDS} som til`);
      await assertAllRefused(stage, move(fraMixed, konto), `${STAAR_ANDETSTEDS} som fra`);
      await assertRestbeloeb(stage, betalt, 0n, 'efter afvisningerne', { foerOere: 0n });
    }
    for (const one of [konto, anden]) await assertUntouched(stage, one, world);
  },
};

export const EJERSKAB: readonly ContractCase[] = [...OWNERS.flatMap(casesOf), EN_ANDENS_FORDRING];
