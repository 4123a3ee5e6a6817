/** What a backend can do wrong, one for each case of the kit: the proof that the case can fail. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Command, IkkeUdfoert, type Udfald } from '../../../src/debitorsystem/debitorsystem.ts';
import { type Cvr, KundeNummer } from '../../../src/domain/identer.ts';
import { changedSvar, underKey, underOwnKey, type Wrong } from './wrapped-simulator.ts';

let fresh = 0;
const nextFresh = (): number => {
  fresh += 1;
  return fresh;
};

const BELOEB = (command: Command): bigint =>
  (command.art === 'handling' ? command.parametre.beloebOere : command.beloebOere) ?? 0n;

function withBeloeb(command: Command, beloebOere: bigint): Command {
  return command.art === 'handling'
    ? { ...command, parametre: { ...command.parametre, beloebOere } }
    : { ...command, beloebOere };
}

const never = new Promise<never>(() => undefined);

const STRAKS_SVARER_SENERE: Wrong = { breaks: () => ({ execute: async () => ({ art: 'accepteretTilSenere' }) }) };
const SVAR_ER_AFVIST: Wrong = { reports: changedSvar((svar) => ({ ...svar, status: 'AFVIST' })) };
const GLEMMER_NOEGLEN: Wrong = {
  breaks: ({ execute }) => ({ execute: (command, context) => execute(underKey(command, nextFresh()), context) }),
  reports: underOwnKey,
};
/** Carries out only after it has answered, and forgets it when it is stopped. */
const HUSKER_KUN_I_HUKOMMELSEN: Wrong = {
  breaks: ({ execute, stop }, opening) => {
    const stopping = new AbortController();
    return {
      async execute(command, context) {
        if (opening > 1 || command.art !== 'handling' || command.svarform === 'STRAKS')
          return execute(command, context);
        void pause(200, undefined, { signal: stopping.signal }).then(
          () => execute(command, context),
          () => undefined,
        );
        return { art: 'accepteretTilSenere' };
      },
      stop: () => {
        stopping.abort();
        return stop();
      },
    };
  },
};
const RAPPORTERER_KUN_EN_GANG: Wrong = {
  reports: (report) => async (reference, svar) => {
    await report(reference, svar).catch(() => undefined);
    return { art: 'modtaget' };
  },
};

function listed(udfald: Udfald, count: number): Udfald {
  if (udfald.art !== 'udfoert' || udfald.resultat === undefined) return udfald;
  return { art: 'udfoert', resultat: { fordringer: udfald.resultat.fordringer.slice(0, count) } };
}

/** Each with the cases that must see it, by their names. */
export const WRONGS: readonly (readonly [RegExp, string, Wrong])[] = [
  [/med svarform STRAKS bliver udført$/, 'svarer senere på alt', STRAKS_SVARER_SENERE],
  [/med svarform SENERE bliver udført$/, 'melder alt afvist', SVAR_ER_AFVIST],
  [
    /^En debitorkonto, der ikke findes/,
    'kaster, hvor den skulle afvise',
    {
      breaks: ({ execute }) => ({
        async execute(command, context) {
          const udfald = await execute(command, context);
          if (udfald.art === 'afvist') throw new IkkeUdfoert('findes ikke', { forbigaaende: false });
          return udfald;
        },
      }),
    },
  ],
  [
    /^En anden myndigheds kommando/,
    'ser ikke på myndigheden',
    {
      breaks: ({ execute }) => ({
        execute: (command, context) => execute({ ...command, myndighed: '29189846' as Cvr } as Command, context),
      }),
    },
  ],
  [
    /^Flere fordringer, der ikke findes/,
    'siger kun den første fejl',
    {
      breaks: ({ execute }) => ({
        async execute(command, context) {
          const udfald = await execute(command, context);
          return udfald.art === 'afvist' ? { art: 'afvist', fejl: [udfald.fejl[0]] } : udfald;
        },
      }),
    },
  ],
  [
    /^Findes ingen af 10.000 fordringer/,
    'siger højst 1.000 fejl',
    {
      breaks: ({ execute }) => ({
        async execute(command, context) {
          const udfald = await execute(command, context);
          if (udfald.art !== 'afvist') return udfald;
          const [first, ...rest] = udfald.fejl;
          return { art: 'afvist', fejl: [first, ...rest.slice(0, 999)] };
        },
      }),
    },
  ],
  [
    /^En STRAKS-handling, der afvises for én/,
    'udfører fordring for fordring',
    {
      breaks: ({ execute }) => ({
        async execute(command, context) {
          if (command.art !== 'handling' || command.handling.variant !== 2) return execute(command, context);
          let last = await execute(command, context);
          for (const fordring of last.art === 'afvist' ? command.handling.fordringer : []) {
            const handling = { ...command.handling, fordringer: [fordring] };
            last = await execute(underKey({ ...command, handling }, nextFresh()), context);
          }
          return last;
        },
      }),
    },
  ],
  [
    /^En fordring, der ikke findes, afvises også/,
    'siger udført til alt',
    { breaks: () => ({ execute: async () => ({ art: 'udfoert' }) }) },
  ],
  [
    /^En handlingstype, som debitorsystemet ikke kender/,
    'siger udført til alt',
    { breaks: () => ({ execute: async () => ({ art: 'udfoert' }) }) },
  ],
  [
    /^Hverken svar, fejltekster eller log/,
    'skriver kundens nummer i sin log',
    {
      breaks: ({ execute }, _opening, ports) => ({
        execute(command, context) {
          if ('kundeNummer' in command && command.kundeNummer instanceof KundeNummer) {
            ports.log('booket', { kunde: command.kundeNummer.reveal() });
          }
          return execute(command, context);
        },
      }),
    },
  ],
  [/^Den samme nøgle igen giver det samme udfald/, 'glemmer nøglen', GLEMMER_NOEGLEN],
  [
    /^Den samme nøgle igen giver den samme afvisning/,
    'husker kun det, der blev udført',
    {
      breaks: ({ execute, lookup }) => ({
        async execute(command, context) {
          const known = await lookup(command.noegle, context.signal);
          return execute(known?.art === 'afvist' ? underKey(command, nextFresh()) : command, context);
        },
      }),
    },
  ],
  [
    /^Den samme nøgle flere gange samtidig/,
    'ser efter nøglen, før den skriver den',
    {
      breaks: ({ execute }) => {
        const known = new Map<string, Udfald>();
        return {
          async execute(command, context) {
            const before = known.get(command.noegle);
            if (before !== undefined) return before;
            const udfald = await execute(underKey(command, nextFresh()), context);
            known.set(command.noegle, udfald);
            return udfald;
          },
        };
      },
    },
  ],
  [
    /^Den samme kontante indbetaling igen giver/,
    'giver en ny reference hver gang',
    {
      breaks: ({ execute }) => ({
        async execute(command, context) {
          await execute(command, context);
          return { art: 'udfoert', resultat: { debitorsystemReference: `NY-${nextFresh()}`, fordringer: [] } };
        },
      }),
    },
  ],
  [/^Den samme nøgle igen for det, der er accepteret/, 'glemmer nøglen', GLEMMER_NOEGLEN],
  [
    /^Den samme nøgle efter en genstart/,
    'husker kun nøglen i hukommelsen',
    {
      breaks: ({ execute }, opening) => ({
        execute: (command, context) => execute(underKey(command, `aabning-${opening}`), context),
      }),
    },
  ],
  [/^Et opslag på en ukendt nøgle/, 'kender alt', { breaks: () => ({ lookup: async () => ({ art: 'udfoert' }) }) }],
  [
    /^Et opslag giver det udfald, som kommandoen fik/,
    'siger udført om det, der blev afvist',
    {
      breaks: ({ lookup }) => ({
        async lookup(noegle, signal) {
          const found = await lookup(noegle, signal);
          return found?.art === 'afvist' ? { art: 'udfoert' } : found;
        },
      }),
    },
  ],
  [
    /^Et opslag efter en genstart/,
    'slår kun op i hukommelsen',
    { breaks: ({ lookup }, opening) => (opening === 1 ? { lookup } : { lookup: async () => undefined }) },
  ],
  [
    /^Et opslag, der intet finder/,
    'slår op uden at se det, der er undervejs',
    {
      capabilities: { idempotent: false },
      breaks: ({ execute }) => ({
        async execute(command, context) {
          await pause(30);
          return execute(command, { ...context, signal: new AbortController().signal });
        },
      }),
    },
  ],
  [/^Et svar rapporteres igen/, 'rapporterer kun én gang', RAPPORTERER_KUN_EN_GANG],
  [
    /^Et svar, som adapteren afviser for stedse/,
    'bliver ved med det, der er afvist',
    {
      reports: (report) => {
        let isStuck = false;
        return async (reference, svar) => {
          if (isStuck) throw new Error('venter på det forrige');
          const receipt = await report(reference, svar);
          isStuck = receipt.art === 'afvist';
          return receipt;
        };
      },
    },
  ],
  [
    /^Et svar hører til netop det, der er accepteret/,
    'svarer også på det, den afviste',
    {
      breaks: ({ execute }, _opening, ports) => ({
        async execute(command, context) {
          const udfald = await execute(command, context);
          if (command.art === 'handling' && udfald.art === 'afvist') {
            const { noegle, anmodningIdentifikator } = command;
            await ports.reportSvar({ noegle, anmodningIdentifikator }, { status: 'AFVIST', tid: ports.now() });
          }
          return udfald;
        },
      }),
    },
  ],
  [/^Et svar kommer, selv om debitorsystemet bliver genstartet/, 'husker kun i hukommelsen', HUSKER_KUN_I_HUKOMMELSEN],
  [
    /^Et svar kommer, selv om adapteren er væk/,
    'rapporterer kun, til den bliver stoppet',
    { reports: (report, opening) => (opening === 1 ? report : async () => ({ art: 'modtaget' })) },
  ],
  [
    /^Et svar melder en afskrivning/,
    'melder alt gennemført',
    { reports: changedSvar((svar) => ({ ...svar, status: 'GENNEMFOERT' })) },
  ],
  [
    /^1\.000 fordringer i én anmodning bliver udført med det samme/,
    'nævner kun de første 999',
    {
      breaks: ({ execute }) => ({
        execute: async (command, context) => listed(await execute(command, context), 999),
      }),
    },
  ],
  [
    /^1\.000 fordringer i én anmodning bliver udført senere/,
    'nævner kun de første 999',
    {
      reports: changedSvar(({ resultat, ...svar }) => ({
        ...svar,
        resultat: { fordringer: (resultat?.fordringer ?? []).slice(0, 999) },
      })),
    },
  ],
  [
    /^Det mindste beløb/,
    'regner i hele kroner',
    {
      breaks: ({ execute }) => ({
        execute: (command, context) => execute(withBeloeb(command, (BELOEB(command) / 100n) * 100n), context),
      }),
    },
  ],
  [
    /^Det største beløb/,
    'regner i kommatal med 24 bit',
    {
      breaks: ({ execute }) => ({
        execute: (command, context) =>
          execute(withBeloeb(command, BigInt(Math.trunc(Math.fround(Number(BELOEB(command)))))), context),
      }),
    },
  ],
  [
    /^Kontante indbetalinger på det største/,
    'kaster ved et negativt beløb',
    {
      breaks: ({ execute }) => ({
        async execute(command, context) {
          if (BELOEB(command) < 0n) throw new RangeError('negativt');
          return execute(command, context);
        },
      }),
    },
  ],
  [
    /^Så mange kommandoer side om side/,
    'tager kun én ad gangen',
    {
      breaks: ({ execute }) => {
        let isBusy = false;
        return {
          async execute(command, context) {
            if (isBusy) throw new IkkeUdfoert('optaget', { forbigaaende: true });
            isBusy = true;
            try {
              return await execute(command, context);
            } finally {
              isBusy = false;
            }
          },
        };
      },
    },
  ],
  [
    /^Hvad en kommando har gjort/,
    'svarer, før den udfører',
    {
      breaks: ({ execute }) => ({
        async execute(command, context) {
          void pause(20)
            .then(() => execute(command, { ...context, signal: new AbortController().signal }))
            .catch(() => undefined);
          return { art: 'udfoert' };
        },
      }),
    },
  ],
  [
    /^En kommando, hvis frist er overskredet/,
    'udfører, og siger, at intet er sket',
    {
      breaks: ({ execute }) => ({
        async execute(command, context) {
          if (!context.signal.aborted) return execute(command, context);
          const late = { ...context, signal: new AbortController().signal, deadline: Number.MAX_SAFE_INTEGER };
          await execute(underKey(command, nextFresh()), late);
          throw new IkkeUdfoert('for sent', { forbigaaende: true });
        },
      }),
    },
  ],
  [
    /undervejs, bliver afsluttet, og virkningen sker netop én gang$/,
    'svarer aldrig, når den er afbrudt',
    {
      breaks: ({ execute }) => ({
        async execute(command, context) {
          await pause(20);
          return context.signal.aborted ? never : execute(command, context);
        },
      }),
    },
  ],
  [/^Efter start siger health/, 'er ikke klar', { breaks: () => ({ health: async () => 'ikke klar' }) }],
  [
    /^Efter stop og start udføres/,
    'kommer ikke op igen',
    {
      breaks: ({ execute }, opening) => ({
        execute: opening === 1 ? execute : () => Promise.reject(new Error('lukket')),
      }),
    },
  ],
];
