/** Faults in whose debitorkonto it is, which show when somebody else names it. */
import type { HandlingCommand } from '../../../src/debitorsystem/debitorsystem.ts';
import type { Cvr, DebitorkontoId, FagsystemId } from '../../../src/domain/identer.ts';
import { also, another, ELSEWHERE, type HiddenFault, on, onHandling, pretend, sides } from './in-front.ts';
import type { Wrong } from './wrapped-simulator.ts';

function isForeign(konto: DebitorkontoId | undefined): boolean {
  return konto?.startsWith('KIT-ANDE') === true;
}

function oneKonto({ handling }: HandlingCommand): DebitorkontoId | undefined {
  return handling.variant === 1 || handling.variant === 2 ? handling.debitorkonto : undefined;
}

/** Carries out what is meant on somebody else's debitorkonto as if it were the owner who asked. */
function looksAway(isMeant: (command: HandlingCommand) => boolean): Wrong {
  return onHandling(
    (command) => isForeign(oneKonto(command)) && isMeant(command),
    (command, simulate) => {
      const isMyndigheds = oneKonto(command)?.startsWith('KIT-ANDEN-MYNDIGHED') === true;
      const owner = isMyndigheds ? { myndighed: '55133018' as Cvr } : { fagsystem: 'daginstitution' as FagsystemId };
      return simulate({ ...command, ...owner });
    },
  );
}

const VED_ENHVER = /debitorkonto bliver afvist ved enhver/;
const SKULLE_AFVISES =
  /^[A-Z_]+ i variant \d skulle afvises, men .*: (?:en anden myndigheds|et andet fagsystems) debitorkonto er nævnt/;

export const HIDDEN_OWNERS: readonly HiddenFault[] = [
  [VED_ENHVER, 'ser ikke på, hvis debitorkontoen er', looksAway(() => true), SKULLE_AFVISES],
  [VED_ENHVER, 'ser kun på det ved STRAKS', looksAway(({ svarform }) => svarform === 'SENERE'), SKULLE_AFVISES],
  [
    VED_ENHVER,
    'ser kun på det, hvor der er nævnt fordringer',
    looksAway(({ handling }) => handling.variant === 1),
    SKULLE_AFVISES,
  ],
  [VED_ENHVER, 'ser kun på det ved NEDSKRIV', looksAway((command) => !on('NEDSKRIV')(command)), SKULLE_AFVISES],
  [
    VED_ENHVER,
    'afviser, men har gjort det',
    {
      breaks: ({ execute }) => ({
        async execute(command, context) {
          const isNamed = command.art === 'handling' && isForeign(oneKonto(command)) && on('NEDSKRIV')(command);
          if (!isNamed || command.myndighed === '55133018' || command.fagsystem === 'daginstitution') {
            return execute(command, context);
          }
          for (const owner of [{ myndighed: '55133018' as Cvr }, { fagsystem: 'daginstitution' as FagsystemId }]) {
            await execute(another({ ...command, ...owner }), context);
          }
          return execute(command, context);
        },
      }),
    },
    /efter afvisningerne skal der skyldes 100,00 kr\..*intet skulle ske/,
  ],
  [
    /debitorkonto bliver afvist som den, der flyttes fra/,
    'ser kun på, hvis til-kontoen er',
    onHandling(
      (command) => isForeign(sides(command)?.fra),
      (command, _simulate, ports) => pretend(command, ports),
    ),
    /^[A-Z_]+ i variant \d skulle afvises, men .* som fra$/,
  ],
  [
    /debitorkonto bliver afvist som den, der flyttes til/,
    'ser kun på, hvis fra-kontoen er',
    onHandling(
      (command) => isForeign(sides(command)?.til),
      (command, _simulate, ports) => pretend(command, ports),
    ),
    /^[A-Z_]+ i variant \d skulle afvises, men .* som til$/,
  ],
  [
    /debitorkonto bliver afvist som den, der flyttes til/,
    'har taget fra sin egen, før den afviser den anden',
    onHandling(
      (command) => isForeign(sides(command)?.til),
      async (command, simulate) => {
        const debitorkonto = sides(command)?.fra ?? ELSEWHERE;
        await simulate(also(command, 'TILBAGEKALD', { variant: 1, debitorkonto }));
        return simulate(command);
      },
    ),
    /efter afvisningerne skal der skyldes 100,00 kr\..*skyldes 0,00 kr\./,
  ],
];
