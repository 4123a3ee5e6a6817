/** Faults in what a handlingstype does, which show in what is owed afterwards. */
import type { HandlingCommand } from '../../../src/debitorsystem/debitorsystem.ts';
import type { FordringId } from '../../../src/domain/identer.ts';
import {
  also,
  ELSEWHERE,
  firstOf,
  fordringerOf,
  type HiddenFault,
  instead,
  on,
  onHandling,
  pretend,
  sides,
} from './in-front.ts';
import type { Wrong } from './wrapped-simulator.ts';

function doesNothing(kode: string): HiddenFault {
  // One at a time is how the kit looks: that works, or nothing could be seen.
  const isMeant = (command: HandlingCommand) =>
    command.handlingstype === kode && (kode !== 'NEDSKRIV' || fordringerOf(command) > 1);
  const wrong = onHandling(isMeant, (command, _simulate, ports) => pretend(command, ports));
  const reason = /virkningen mangler|skulle afvises|så meget kan ikke|kredit|er lukket|skal der skyldes/;
  return [new RegExp(`^${kode} i variant`), `siger, at ${kode} er gjort, og gør intet`, wrong, reason];
}

const HVER_FORDRING = ['NEDSKRIV', 'OPSKRIV', 'TILBAGEKALD', 'AFSKRIV', 'HENSTAND'];

export const HIDDEN_EFFECTS: readonly HiddenFault[] = [
  ...[...HVER_FORDRING, 'OMPOSTER', 'UDLIGN', 'OVERFOER_INDBETALING', 'OVERFOER_FORDRING', 'AFSLUT_KONTO'].map(
    doesNothing,
  ),
  [
    /^(?:NEDSKRIV|OPSKRIV|TILBAGEKALD|AFSKRIV|HENSTAND) i variant/,
    'gør det kun ved den første fordring',
    onHandling(
      (command) => on(...HVER_FORDRING)(command) && fordringerOf(command) !== 1,
      async (command, simulate, ports) => {
        await simulate(instead(command, { handling: firstOf(command) }));
        return pretend(command, ports);
      },
    ),
    /fordring nr\. 2\) skal der skyldes|skulle afvises/,
  ],
  [
    /^(?:NEDSKRIV|OPSKRIV|TILBAGEKALD|AFSKRIV|HENSTAND) i variant 2/,
    'gør det også ved de fordringer, der ikke er nævnt',
    onHandling(
      (command) => on(...HVER_FORDRING)(command) && fordringerOf(command) === 2,
      async (command, simulate, ports) => {
        const { handling } = command;
        if (handling.variant !== 2) return simulate(command);
        await simulate(instead(command, { handling: { variant: 1, debitorkonto: handling.debitorkonto } }));
        return pretend(command, ports);
      },
    ),
    /på to andre fordringer skal der skyldes|HENSTAND i variant 2/,
  ],
  [
    /^AENDR_TILSTAND i variant/,
    'lukker fordringen, når dens tilstand ændres',
    onHandling(on('AENDR_TILSTAND'), async (command, simulate) => {
      const udfald = await simulate(command);
      await simulate(also(command, 'TILBAGEKALD', firstOf(command)));
      return udfald;
    }),
    /efter AENDR_TILSTAND \(fordring nr\. 1\) skal der skyldes 100,00 kr\..*skyldes 0,00 kr\./,
  ],
  [
    /^OMPOSTER i variant/,
    'betaler til, men tager ikke fra',
    onHandling(on('OMPOSTER'), async (command, simulate) => {
      const { handling, parametre } = command;
      if (handling.variant !== 4) return simulate(command);
      await simulate(also(command, 'NEDSKRIV', { variant: 2, ...handling.til }, parametre.beloebOere));
      return { art: 'udfoert' };
    }),
    /efter OMPOSTER \(fra\) skal der skyldes 4,35 kr\..*virkningen mangler/,
  ],
  [
    /^OMPOSTER i variant/,
    'tager fra, men betaler ikke til',
    onHandling(on('OMPOSTER'), async (command, simulate) => {
      const { handling, parametre } = command;
      const udfald = await simulate(command);
      if (handling.variant === 4) {
        await simulate(also(command, 'OPSKRIV', { variant: 2, ...handling.til }, parametre.beloebOere));
      }
      return udfald;
    }),
    /efter OMPOSTER \(til\) skal der skyldes 95,65 kr\..*virkningen mangler/,
  ],
  [
    /^UDLIGN i variant/,
    'bruger hele kreditten',
    losesCredit('UDLIGN', 'fra'),
    /efter UDLIGN skal krediten være 0,29 kr\./,
  ],
  [
    /^OVERFOER_INDBETALING i variant/,
    'taber kreditten på vejen',
    losesCredit('OVERFOER_INDBETALING', 'til'),
    /skal krediten være (?:100,00|0,29) kr\./,
  ],
  [
    /^OVERFOER_FORDRING i variant/,
    'lukker den sidste undervejs',
    onHandling(on('OVERFOER_FORDRING'), async (command, simulate) => {
      const udfald = await simulate(instead(command));
      const { fra = ELSEWHERE, til = ELSEWHERE } = sides(command) ?? {};
      const fordringer = [`${fra}-F3` as FordringId];
      await simulate(also(command, 'TILBAGEKALD', { variant: 2, debitorkonto: til, fordringer }));
      return udfald;
    }),
    /efter OVERFOER_FORDRING \(fordring nr\. 3\) skal der skyldes 100,00 kr\..*lukket/,
  ],
  [
    /^AFSLUT_KONTO i variant/,
    'lukker også en debitorkonto med åbne fordringer',
    onHandling(on('AFSLUT_KONTO'), async (command, simulate) => {
      await simulate(also(command, 'TILBAGEKALD', command.handling));
      return simulate(instead(command));
    }),
    /AFSLUT_KONTO i variant 1 skulle afvises, men blev udført: debitorkontoen har en åben fordring/,
  ],
];

function losesCredit(kode: string, side: 'fra' | 'til'): Wrong {
  const isMeant = (command: HandlingCommand) => command.handlingstype === kode && sides(command)?.[side] !== ELSEWHERE;
  return onHandling(isMeant, async (command, simulate) => {
    const udfald = await simulate(instead(command));
    const fra = sides(command)?.[side] ?? ELSEWHERE;
    await simulate(also(command, 'OVERFOER_INDBETALING', { variant: 3, fra, til: ELSEWHERE }));
    return udfald;
  });
}
