/** Faults in what is moved from where to where, and in which order, and in what a date decides. */
import type { HandlingCommand } from '../../../src/debitorsystem/debitorsystem.ts';
import type { KontoFordringer } from '../../../src/domain/handling.ts';
import type { Dato, DebitorkontoId, FordringId } from '../../../src/domain/identer.ts';
import { also, ELSEWHERE, type HiddenFault, instead, on, onHandling, pretend, sides } from './in-front.ts';
import { changedSvar, type Wrong } from './wrapped-simulator.ts';

/** Takes or pays in the reversed order. */
function reversed(side: 'fra' | 'til'): Wrong {
  return onHandling(on('OMPOSTER'), (command, simulate) => {
    const { handling } = command;
    if (handling.variant !== 4) return simulate(command);
    const { debitorkonto, fordringer } = handling[side];
    return simulate({
      ...command,
      handling: { ...handling, [side]: { debitorkonto, fordringer: fordringer.toReversed() } },
    });
  });
}

/** The debitorkonto on which a fordring stands, whichever was named. */
function wherever({ fordringer, debitorkonto }: KontoFordringer): KontoFordringer {
  const [fordring = ''] = fordringer;
  const owner = fordring.replace(/-F[0-9]+$/, '');
  return { debitorkonto: owner.startsWith('KIT-') ? (owner as DebitorkontoId) : debitorkonto, fordringer };
}

function looksEverywhere(variant: 2 | 4): Wrong {
  return onHandling(
    ({ handling }) => handling.variant === variant,
    (command, simulate) => {
      const { handling } = command;
      if (handling.variant === 2) return simulate({ ...command, handling: { variant: 2, ...wherever(handling) } });
      if (handling.variant !== 4) return simulate(command);
      return simulate({ ...command, handling: { ...handling, til: wherever(handling.til) } });
    },
  );
}

/** A day before or after the one that was asked for, as in another time zone. */
function daysOff(days: number): Wrong {
  return onHandling(on('HENSTAND'), (command, simulate) => {
    const { virkningDato = '' } = command.parametre;
    const date = new Date(`${virkningDato}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() + days);
    const moved = date.toISOString().slice(0, 10) as Dato;
    return simulate({ ...command, parametre: { ...command.parametre, virkningDato: moved } });
  });
}

const isTil =
  (prefix: string) =>
  (command: HandlingCommand): boolean =>
    sides(command)?.til.startsWith(prefix) === true;

/** Takes in on a debitorkonto that it has closed. */
function takesInOnClosed(): Wrong {
  const closed = new Set<DebitorkontoId>();
  return onHandling(
    () => true,
    async (command, simulate, ports) => {
      const { handling } = command;
      if (on('AFSLUT_KONTO')(command) && handling.variant === 1) closed.add(handling.debitorkonto);
      const til = sides(command)?.til;
      return til !== undefined && closed.has(til) ? pretend(command, ports) : simulate(command);
    },
  );
}

const HENSTAND = /^HENSTAND til forfaldsdatoen selv/;
const OMPOSTER = /^OMPOSTER tager fra og betaler til/;
const ANDENS_FORDRING = /^En fordring på en anden debitorkonto/;
const TID = /^Et svars tid/;
const HOUR_MS = 3_600_000;

export const HIDDEN_MOVES: readonly HiddenFault[] = [
  [HENSTAND, 'regner datoen en dag frem', daysOff(1), /skulle afvises, men .*: fordringen forfalder netop den dag/],
  [HENSTAND, 'regner datoen en dag tilbage', daysOff(-1), /HENSTAND i variant 2.*AFVIST/],
  [
    /^UDLIGN betaler den ældste/,
    'betaler den første fordring først',
    onHandling(
      (command) => on('UDLIGN')(command) && isTil('KIT-FLERE')(command),
      async (command, simulate) => {
        const { fra = ELSEWHERE, til = ELSEWHERE } = sides(command) ?? {};
        await simulate(also(command, 'OVERFOER_INDBETALING', { variant: 3, fra, til: ELSEWHERE }));
        const fordringer = [`${til}-F1` as FordringId];
        await simulate(also(command, 'NEDSKRIV', { variant: 2, debitorkonto: til, fordringer }, 10_000n));
        return { art: 'udfoert' };
      },
    ),
    /efter UDLIGN i forfaldsdatoernes orden: nr\. 2, 3, 1 \(fordring nr\. 1\) skal der skyldes 100,00 kr\./,
  ],
  [
    OMPOSTER,
    'tager fra i den modsatte orden',
    reversed('fra'),
    /, på fra \(fordring nr\. 1\) skal der skyldes 50,00 kr\./,
  ],
  [
    OMPOSTER,
    'betaler til i den modsatte orden',
    reversed('til'),
    /, på til \(fordring nr\. 1\) skal der skyldes 79,29 kr\./,
  ],
  [
    /^OVERFOER_FORDRING flytter det, der skyldes/,
    'lader hele fordringen skyldes igen',
    onHandling(
      (command) => on('OVERFOER_FORDRING')(command) && sides(command)?.fra.startsWith('KIT-AABEN') === true,
      async (command, simulate) => {
        const { fra = ELSEWHERE, til = ELSEWHERE } = sides(command) ?? {};
        const udfald = await simulate(instead(command));
        const fordringer = [`${fra}-F1` as FordringId];
        await simulate(also(command, 'OPSKRIV', { variant: 2, debitorkonto: til, fordringer }, 6_115n));
        return udfald;
      },
    ),
    /hvorpå der er betalt 61,15 kr\., skal der skyldes 38,85 kr\..*skyldes 100,00 kr\./,
  ],
  [
    /^OVERFOER_FORDRING flytter alle 1\.000/,
    'flytter ingen, når der er mange',
    onHandling(
      (command) => on('OVERFOER_FORDRING')(command) && sides(command)?.fra === 'KIT-STOR',
      (command, _simulate, ports) => pretend(command, ports),
    ),
    /skal alle åbne fordringer stå på den anden debitorkonto; NEDSKRIV af 990 .*afvist \(DA-202/,
  ],
  [
    /^Til en lukket debitorkonto kan intet flyttes/,
    'tager imod på det lukkede',
    takesInOnClosed(),
    /skulle afvises, men .*: debitorkontoen, der er nævnt som til, er lukket/,
  ],
  [
    ANDENS_FORDRING,
    'slår fordringen op på alle debitorkonti',
    looksEverywhere(2),
    /skulle afvises, men .* end den nævnte$/,
  ],
  [ANDENS_FORDRING, 'slår til-fordringen op på alle debitorkonti', looksEverywhere(4), /end den nævnte som til$/],
  [
    /^(?:NEDSKRIV|OPSKRIV) i variant 2/,
    'siger restbeløbet for det beløb, der er gjort',
    onHandling(on('NEDSKRIV', 'OPSKRIV'), async (command, simulate) => {
      const udfald = await simulate(command);
      if (udfald.art !== 'udfoert' || udfald.resultat === undefined) return udfald;
      const fordringer = udfald.resultat.fordringer.map((line) => ({ ...line, beloebOere: 9_180n }));
      return { art: 'udfoert', resultat: { fordringer } };
    }),
    /er udført med 8,20 kr\., men resultatets linje nr\. 1 siger 91,80 kr\./,
  ],
  [
    TID,
    'siger dansk tid for UTC',
    { reports: changedSvar((svar) => ({ ...svar, tid: svar.tid + HOUR_MS })) },
    /^svarets tid er 3[56]\d\d sekunder ude i fremtiden: er det dansk tid/,
  ],
  [
    TID,
    'har et ur, der er en time bagefter',
    { reports: changedSvar((svar) => ({ ...svar, tid: svar.tid - HOUR_MS })) },
    /^svarets tid er 3[56]\d\d sekunder, før kommandoen blev givet/,
  ],
];
