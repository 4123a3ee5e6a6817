/** Faults in what is known by which name or key: two that are alike are taken for one. */

import { DEFAULT_WORLD } from '../../../src/debitorsystem/contract.ts';
import type { Command, HandlingCommand, Udfald } from '../../../src/debitorsystem/debitorsystem.ts';
import type { DebitorkontoId, FordringId, IdempotencyKey } from '../../../src/domain/identer.ts';
import { another, type HiddenFault, onHandling } from './in-front.ts';
import type { Wrong } from './wrapped-simulator.ts';

type Alike = (one: string, other: string) => boolean;

/** Takes the first name that is like the one that was asked for; of those that are exactly it, where there is one. */
function found<Name extends string>(names: readonly Name[], asked: Name, alike: Alike, exactFirst: boolean): Name {
  if (exactFirst && names.includes(asked)) return asked;
  return names.find((name) => alike(name, asked)) ?? asked;
}

const KONTI = DEFAULT_WORLD.navne.map(({ debitorkonto }) => debitorkonto);

function kontiBy(alike: Alike, exactFirst = true): Wrong {
  return onHandling(
    ({ handling }) => handling.variant === 2,
    (command, simulate) => {
      const { handling } = command;
      if (handling.variant !== 2) return simulate(command);
      const debitorkonto: DebitorkontoId = found(KONTI, handling.debitorkonto, alike, exactFirst);
      return simulate({ ...command, handling: { ...handling, debitorkonto } });
    },
  );
}

function fordringerBy(alike: Alike, exactFirst = true): Wrong {
  return onHandling(
    ({ handling }) => handling.variant === 2,
    (command, simulate) => {
      const { handling } = command;
      if (handling.variant !== 2) return simulate(command);
      const konto = DEFAULT_WORLD.navne.find(({ debitorkonto }) => debitorkonto === handling.debitorkonto);
      const fordringer: FordringId[] = handling.fordringer.map((asked) =>
        found(konto?.fordringer ?? [], asked, alike, exactFirst),
      );
      return simulate({ ...command, handling: { ...handling, fordringer } });
    },
  );
}

const by =
  (change: (name: string) => unknown): Alike =>
  (one, other) =>
    change(one) === change(other);

/** As SQL's LIKE. */
const like: Alike = (name, asked) => {
  const literal = asked.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('%', '.*').replaceAll('_', '.')}$`).test(name);
};
const lowerCase = (name: string): string => name.toLowerCase();
const asNumber = (name: string): unknown => (/^[0-9]+$/.test(name) ? Number(name) : name);

const NAESTEN = /^En debitorkonto eller fordring, der næsten hedder/;
const NETOP = /^Debitorkonti og fordringer med æøå/;
const TEGN_FOR_TEGN = /: navne sammenlignes tegn for tegn$/;

const NAVNE: readonly HiddenFault[] = [
  [
    NAESTEN,
    'ser ikke forskel på store og små bogstaver i debitorkonti',
    kontiBy(by(lowerCase)),
    /byttet om, skulle afvises/,
  ],
  [NAESTEN, 'ser ikke forskel på store og små bogstaver i fordringer', fordringerBy(by(lowerCase)), TEGN_FOR_TEGN],
  [NAESTEN, 'slår debitorkonti op med LIKE', kontiBy(like), /på en debitorkonto, .*med (?:_|%) for det sidste tegn/],
  [NAESTEN, 'slår fordringer op med LIKE', fordringerBy(like), /på en fordring, .*med (?:_|%) for det sidste tegn/],
  [NAESTEN, 'tager brede bogstaver for almindelige', kontiBy(by((name) => name.normalize('NFKC'))), /\(NFKC\)/],
  [NAESTEN, 'regner debitorkonti for tal', kontiBy(by(asNumber)), /med et nul mere foran/],
  [
    NAESTEN,
    'taber de bogstaver, der ikke er i ASCII',
    kontiBy(by((name) => name.replaceAll(/[^ -~]/g, ''))),
    /uden de bogstaver, der ikke er i ASCII/,
  ],
  [
    NETOP,
    'gemmer 49 tegn af et navn',
    kontiBy(
      by((name) => name.slice(0, 49)),
      false,
    ),
    /NEDSKRIV på KIT-NAVN-X{40}B skulle være udført, men blev afvist/,
  ],
  [
    NETOP,
    'gemmer 49 tegn af en fordrings navn',
    fordringerBy(
      by((name) => name.slice(0, 49)),
      false,
    ),
    /på hver fordring, hvis navne er næsten ens \(KIT-NAVN-X{40}A\), skal der skyldes/,
  ],
  [
    NETOP,
    'ser ikke forskel på store og små æøå',
    kontiBy(by(lowerCase), false),
    /NEDSKRIV på KIT-NAVN-æøå skulle være udført, men blev afvist/,
  ],
  [
    NETOP,
    'ser ikke forskel på 0017 og 17',
    kontiBy(by(asNumber), false),
    /NEDSKRIV på 17 skulle være udført, men blev afvist/,
  ],
  [
    NETOP,
    'læser navne som Latin-1',
    onHandling(
      ({ handling }) => handling.variant === 2,
      (command, simulate) => {
        const { handling } = command;
        if (handling.variant !== 2) return simulate(command);
        const read = Buffer.from(handling.debitorkonto, 'utf8').toString('latin1') as DebitorkontoId;
        return simulate({ ...command, handling: { ...handling, debitorkonto: read } });
      },
    ),
    /NEDSKRIV på KIT-NAVN-ÆØÅ skulle være udført, men blev afvist \(DA-201\): er navnet læst som UTF-8, med alle dets tegn/,
  ],
];

/** Knows what it has answered by something else than the key. */
function knownBy(what: (command: HandlingCommand) => string): Wrong {
  return {
    breaks: ({ execute }) => {
      const known = new Map<string, Udfald>();
      return {
        async execute(command, context) {
          if (command.art !== 'handling') return execute(command, context);
          const before = known.get(what(command));
          if (before !== undefined) return before;
          const udfald = await execute(command, context);
          known.set(what(command), udfald);
          return udfald;
        },
      };
    },
  };
}

/** Forgets what is not among the last of so many: carries it out again. */
function keeps(count: number): Wrong {
  return {
    breaks: ({ execute, lookup }) => {
      const kept = new Map<IdempotencyKey, Udfald>();
      const seen = new Set<IdempotencyKey>();
      return {
        async execute(command: Command, context) {
          const before = kept.get(command.noegle);
          if (before !== undefined) return before;
          const isForgotten = seen.has(command.noegle);
          seen.add(command.noegle);
          const udfald = await execute(isForgotten ? another(command) : command, context);
          kept.set(command.noegle, udfald);
          const [oldest] = kept.keys();
          if (kept.size > count && oldest !== undefined) kept.delete(oldest);
          return udfald;
        },
        lookup,
      };
    },
  };
}

const NOEGLE = /^En nøgle kendes på hvert/;
const TAGET_FOR = /skal være en ny kommando og afvises.* men blev udført, som den første/;

const NOEGLER: readonly HiddenFault[] = [
  [NOEGLE, 'gemmer 100 tegn af en nøgle', knownBy(({ noegle }) => noegle.slice(0, 100)), TAGET_FOR],
  [
    NOEGLE,
    'ser ikke forskel på store og små bogstaver i en nøgle',
    knownBy(({ noegle }) => lowerCase(noegle)),
    TAGET_FOR,
  ],
  [
    /^Den samme AnmodningIdentifikator fra to fagsystemer/,
    'kender en kommando på dens AnmodningIdentifikator',
    knownBy(({ anmodningIdentifikator }) => anmodningIdentifikator),
    TAGET_FOR,
  ],
  ...[50, 1_000].map((count): HiddenFault => {
    const said =
      /^kørslens første nøgle, mindst \d+ kommandoer senere, gav et andet udfald: afvist .*hvor det før var udført/;
    return [/^Kørslens første nøgle/, `husker de seneste ${count} nøgler`, keeps(count), said];
  }),
];

export const HIDDEN_NAMES: readonly HiddenFault[] = [...NAVNE, ...NOEGLER];
