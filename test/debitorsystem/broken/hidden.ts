/**
 * Faults that show in no answer: what is said is right, and what is done is not. Each with the cases that must see it, and what
 * they must say about it. Here those in amounts, in size and in time; the others stand in the files beside it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { IkkeUdfoert, type Udfald } from '../../../src/debitorsystem/debitorsystem.ts';
import { formatBeloeb } from '../../../src/domain/beloeb.ts';
import type { DebitorkontoId } from '../../../src/domain/identer.ts';
import { HIDDEN_CASH } from './hidden-cash.ts';
import { HIDDEN_EFFECTS } from './hidden-effects.ts';
import { HIDDEN_MOVES } from './hidden-moves.ts';
import { HIDDEN_NAMES } from './hidden-names.ts';
import { HIDDEN_OWNERS } from './hidden-owners.ts';
import { another, fordringerOf, type HiddenFault, instead, on, onHandling, pretend } from './in-front.ts';
import { changedSvar, type Wrong } from './wrapped-simulator.ts';

/** As a program reckons that keeps kroner in floating point. */
function inFloat(round: (oere: number) => number): Wrong {
  return withBeloeb((oere) => BigInt(round(Number.parseFloat(formatBeloeb(oere)) * 100)));
}

function withBeloeb(change: (oere: bigint) => bigint): Wrong {
  return onHandling(
    ({ parametre }) => parametre.beloebOere !== undefined,
    (command, simulate) => {
      const { beloebOere = 0n } = command.parametre;
      return simulate({ ...command, parametre: { ...command.parametre, beloebOere: change(beloebOere) } });
    },
  );
}

/** The last of a thousand is forgotten, and has its line all the same. */
const SPRINGER_DEN_SIDSTE_OVER = onHandling(
  (command) => fordringerOf(command) === 1000,
  async (command, simulate, ports) => {
    const { handling } = command;
    if (handling.variant !== 2) return simulate(command);
    const fordringer = handling.fordringer.slice(0, -1);
    const udfald = await simulate(instead(command, { handling: { ...handling, fordringer } }));
    return udfald.art === 'udfoert' ? pretend(command, ports) : udfald;
  },
);

const OMFANG: readonly HiddenFault[] = [
  [/^Beløb, som kommatal/, 'runder ned', inFloat(Math.floor), /efter en opskrivning og 20 nedskrivninger.*rundet af/],
  [/^Beløb, som kommatal/, 'runder op', inFloat(Math.ceil), /efter en opskrivning og 20 nedskrivninger.*rundet af/],
  [/^(?:NEDSKRIV|OPSKRIV) i variant 2/, 'runder ned', inFloat(Math.floor), /rundet af/],
  [
    /^NEDSKRIV i variant 2/,
    'regner øre for kroner',
    withBeloeb((oere) => oere / 100n),
    /skal der skyldes 91,80 kr\. på fordringen, men .*faktor 100/,
  ],
  [
    /^Debitorsystemet har kittets data/,
    'regner kroner for øre',
    withBeloeb((oere) => oere * 100n),
    /NEDSKRIV med 100,00 kr\. på KIT-MAERKE.*afvist \(DA-204\): er beløbene læst som hele øre/,
  ],
  [
    /^Debitorsystemet har kittets data/,
    'kender ikke debitorkontoen',
    onHandling(on('NEDSKRIV'), (command, simulate) =>
      simulate({ ...command, handling: { variant: 1, debitorkonto: 'UKENDT' as DebitorkontoId } }),
    ),
    /afvist \(DA-201\): har debitorsystemet kittets data/,
  ],
  [
    /^1\.000 fordringer i én anmodning bliver udført senere/,
    'springer den sidste over',
    SPRINGER_DEN_SIDSTE_OVER,
    /HENSTAND i variant 2 skulle afvises, men .*: alle 1000 fordringer har fået/,
  ],
  [
    /^1\.000 fordringer i én anmodning bliver nedskrevet/,
    'springer den sidste over',
    SPRINGER_DEN_SIDSTE_OVER,
    /\(nr\. 1000\) skal der skyldes 95,65 kr\..*virkningen mangler/,
  ],
  [
    /^En STRAKS-handling, som den sidste fordring ikke/,
    'nedskriver den ene efter den anden, til det ikke kan lade sig gøre',
    onHandling(
      (command) => on('NEDSKRIV')(command) && fordringerOf(command) === 3,
      async (command, simulate) => {
        const { handling } = command;
        if (handling.variant !== 2) return simulate(command);
        let udfald: Udfald = { art: 'udfoert' };
        for (const fordring of handling.fordringer) {
          udfald = await simulate(instead(command, { handling: { ...handling, fordringer: [fordring] } }));
        }
        return udfald;
      },
    ),
    /efter afvisningen \(fordring nr\. 1\) skal der skyldes 100,00 kr\..*skyldes 0,00 kr\./,
  ],
];

const EFTER_MS = 100;

const DELVIST = /^Et svar, der kun er delvist/;

/** Says that two of three are done, and does nothing. */
const PARTLY_PRETENDED = onHandling(
  (command) => on('HENSTAND')(command) && fordringerOf(command) === 3,
  async ({ noegle, anmodningIdentifikator, handling }, _simulate, ports) => {
    const fordringer = handling.variant === 2 ? handling.fordringer : [];
    const lines = fordringer.map(
      (fordring, at) => ({ fordring, resultat: at === 0 ? 'AFVIST' : 'GENNEMFOERT' }) as const,
    );
    const svar = { status: 'DELVIST_GENNEMFOERT', tid: ports.now(), resultat: { fordringer: lines } } as const;
    await ports.reportSvar({ noegle, anmodningIdentifikator }, svar);
    return { art: 'accepteretTilSenere' };
  },
);

const FORLOEB: readonly HiddenFault[] = [
  [
    /IkkeUdfoert lover, at intet sker$/,
    'siger IkkeUdfoert, når den afbrydes, og gør det bagefter',
    {
      breaks: ({ execute }) => ({
        async execute(command, context) {
          if (!context.signal.aborted) await pause(2);
          if (!context.signal.aborted) return execute(command, context);
          const late = { ...context, signal: new AbortController().signal, deadline: Number.MAX_SAFE_INTEGER };
          void pause(EFTER_MS)
            .then(() => execute(another(command), late))
            .catch(() => undefined);
          throw new IkkeUdfoert('afbrudt', { forbigaaende: true });
        },
      }),
    },
    /svarede debitorsystemet IkkeUdfoert, så bagefter skal der skyldes 100,00 kr\./,
  ],
  [
    /^To, der er accepteret til senere/,
    'svarer kun på den sidste på hver debitorkonto',
    {
      reports: (report) => async (reference, svar) =>
        svar.resultat?.fordringer.some(({ beloebOere }) => beloebOere === undefined) === true
          ? { art: 'modtaget' }
          : report(reference, svar),
    },
    /intet svar på HENSTAND inden/,
  ],
  [
    /^AFSKRIV i variant 1/,
    'melder et svar med et resultat uden fordringer',
    { reports: changedSvar((svar) => ({ ...svar, resultat: {} as never })) },
    /intet svar på AFSKRIV inden .*det er meldt, men kan ikke læses: resultat\.fordringer er ikke en liste/,
  ],
  [
    /^AFSKRIV i variant 2/,
    'har en adapter, der ikke kan læse dens svar',
    {
      reports: () => async () => ({ art: 'modtaget' }),
      breaks: ({ execute }, _opening, ports) => ({
        async execute(command, context) {
          if (command.art === 'handling' && command.handlingstype === 'AFSKRIV') {
            ports.log('http.svar-unreadable', { problem: 'resultat.fordringer mangler' });
          }
          return execute(command, context);
        },
      }),
    },
    /intet svar på AFSKRIV inden .*imens er meldt noget, der ikke kan læses: resultat\.fordringer mangler/,
  ],
  [
    DELVIST,
    'melder noget gjort, som den ikke gør',
    PARTLY_PRETENDED,
    /skulle afvises, men .*: det delvise svar melder/,
  ],
  [
    DELVIST,
    'melder det hele gennemført',
    { reports: changedSvar((svar) => ({ ...svar, status: 'GENNEMFOERT' })) },
    /kan ikke gives på den ene af tre fordringer, men svaret er GENNEMFOERT/,
  ],
  [
    DELVIST,
    'siger ikke, hvilke det er',
    {
      reports: changedSvar((svar) =>
        svar.status === 'DELVIST_GENNEMFOERT' ? { ...svar, resultat: { fordringer: [] } } : svar,
      ),
    },
    /DELVIST_GENNEMFOERT, men nævner ingen fordring/,
  ],
];

const SAMME_NOEGLE = /^Den samme nøgle igen giver det samme udfald/;

/** Carries out the first command on each debitorkonto, and says that it did not. */
function denies(capabilities: NonNullable<Wrong['capabilities']>): Wrong {
  const seen = new Set<string>();
  const denied = onHandling(
    (command) => fordringerOf(command) === 1,
    async (command, simulate) => {
      const { handling } = command;
      const name = handling.variant === 2 ? handling.debitorkonto : '';
      const isFirst = name.startsWith('KIT-AABEN') && !seen.has(name);
      seen.add(name);
      const udfald = await simulate(command);
      if (isFirst) throw new IkkeUdfoert('databasen er optaget', { forbigaaende: true });
      return udfald;
    },
  );
  return { ...denied, capabilities };
}

/** What is said of a fault is the worse half of it. */
const SANDHED: readonly HiddenFault[] = [
  [
    SAMME_NOEGLE,
    'siger IkkeUdfoert om det, der er sket',
    denies({}),
    /^kastede IkkeUdfoert .*sket: et opslag på nøglen siger/,
  ],
  [
    SAMME_NOEGLE,
    'siger IkkeUdfoert om det, der er sket, og kan ikke slå op',
    denies({ opslag: false }),
    /^kastede IkkeUdfoert .*men virkningen er sket: det ses af, hvad der skyldes/,
  ],
  [
    SAMME_NOEGLE,
    'siger IkkeUdfoert, og det er sandt',
    {
      breaks: ({ execute }) => ({
        async execute(command, context) {
          if (command.art === 'handling' && command.parametre.beloebOere === 435n)
            throw new IkkeUdfoert('nej', { forbigaaende: true });
          return execute(command, context);
        },
      }),
    },
    /^kastede IkkeUdfoert \(nej\), hvor der skulle være svaret med et udfald$/,
  ],
  [
    /^Et opslag, der intet finder/,
    'siger aldrig set om det, der er undervejs, selv om den kender nøglen igen',
    {
      breaks: ({ execute }) => ({
        async execute(command, context) {
          if (context.signal.aborted) throw new IkkeUdfoert('afbrudt', { forbigaaende: true });
          await pause(EFTER_MS);
          return execute(command, { ...context, signal: new AbortController().signal });
        },
      }),
    },
    /^et opslag 25 ms efter kommandoen fandt intet, men den blev bagefter udført/,
  ],
  [
    DELVIST,
    'melder et svar med den forrige kommandos reference',
    {
      reports: (report) => {
        let latest: Parameters<typeof report>[0] | undefined;
        return (reference, svar) => {
          const given = latest ?? reference;
          latest = reference;
          return report(given, svar);
        };
      },
    },
    /^intet svar på HENSTAND inden .*imens er meldt et svar, hvis reference er en anden kommandos \(HENSTAND i variant 2\)/,
  ],
];

export const HIDDEN: readonly HiddenFault[] = [
  ...HIDDEN_EFFECTS,
  ...HIDDEN_OWNERS,
  ...HIDDEN_NAMES,
  ...HIDDEN_MOVES,
  ...OMFANG,
  ...FORLOEB,
  ...SANDHED,
  ...HIDDEN_CASH,
];
