/**
 * Money in the simulator: whatever is asked of it in whatever order, not one øre comes or goes that should not.
 *   paid money   = Σ betalt on fordringer + Σ credit on debitorkonti: no handling changes it; only cash brings more,
 *                  and that stands on the opkrævningskonti
 *   owed money   = Σ restbeloeb: falls by what is paid on open fordringer, by NEDSKRIV, TILBAGEKALD and AFSKRIV, rises
 *                  by OPSKRIV and by what is taken back; otherwise beloeb = restbeloeb + betalt while open or UDLIGNET
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SimulatorState } from '../../src/debitorsystem/backends/simulator/state.ts';
import type { Command } from '../../src/domain/command.ts';
import {
  between,
  cash,
  command,
  fordring,
  konto,
  moving,
  named,
  paid,
  startScene,
  temporaryFolder,
  whole,
} from './simulator-scene.ts';

const KONTI = ['K1', 'K2'] as const;
const FORDRINGER = ['A', 'B', 'C', 'D', 'R'] as const;

const seed = [
  konto(
    'K1',
    [
      fordring('A'),
      fordring('B', { beloeb: '150.00', tilstand: 'SAT_I_BERO' }),
      paid('C'),
      fordring('R', { type: 'RENTE', hovedfordring: 'A', beloeb: '3.33', restbeloeb: '3.33' }),
    ],
    { kredit: '42.42' },
  ),
  konto(
    'K2',
    [fordring('A', { beloeb: '70.00', restbeloeb: '0.01' }), fordring('D', { tilstand: 'TIL_INDDRIVELSE' })],
    {
      kredit: '0.00',
    },
  ),
];

const konto$ = fc.constantFrom(...KONTI);
const list$ = fc.uniqueArray(fc.constantFrom(...FORDRINGER), { minLength: 1, maxLength: 4 });
const beloeb$ = fc.constantFrom('0.01', '1.00', '33.33', '50.00', '100.00', '99999999999.99');
const svarform$ = fc.constantFrom('STRAKS', 'SENERE');
const objektType$ = fc.constantFrom('FORDRING', 'RENTE', 'GEBYR');

const onFordringer$ = fc
  .record({
    kode: fc.constantFrom('AENDR_TILSTAND', 'NEDSKRIV', 'OPSKRIV', 'TILBAGEKALD', 'AFSKRIV', 'HENSTAND'),
    handling: fc.oneof(
      konto$.map(whole),
      fc.tuple(konto$, list$).map(([on, fordringer]) => named(on, ...fordringer)),
    ),
    beloeb: beloeb$,
    svarform: svarform$,
    objektType: objektType$,
    tilstand: fc.constantFrom('AABEN', 'SAT_I_BERO', 'TIL_INDDRIVELSE'),
    virkningDato: fc.constantFrom('2026-01-01', '2026-12-31'),
  })
  .map(
    ({ kode, handling, ...details }) =>
      (): Command =>
        command(kode, handling, details),
  );

const ofMoney$ = fc
  .record({
    kode: fc.constantFrom('OMPOSTER', 'UDLIGN', 'OVERFOER_INDBETALING', 'OVERFOER_FORDRING'),
    sides: fc.tuple(konto$, list$, konto$, list$),
    beloeb: beloeb$,
    svarform: svarform$,
    variant4: fc.boolean(),
  })
  .map(({ kode, sides: [fra, fraFordringer, til, tilFordringer], beloeb, svarform, variant4 }) => (): Command => {
    const isBetween = kode === 'OMPOSTER' || (kode === 'OVERFOER_INDBETALING' && variant4);
    const handling = isBetween ? moving([fra, ...fraFordringer], [til, ...tilFordringer]) : between(fra, til);
    return command(kode, handling, { beloeb, svarform });
  });

const cash$ = fc.bigInt({ min: -500n, max: 500n }).map((oere) => (): Command => cash(oere));
const commands$ = fc.array(
  fc.oneof({ weight: 4, arbitrary: onFordringer$ }, { weight: 5, arbitrary: ofMoney$ }, cash$),
  {
    minLength: 1,
    maxLength: 15,
  },
);

interface Money {
  readonly paidOere: bigint;
  readonly owedOere: bigint;
  readonly saldoOere: bigint;
}

function moneyOf({ totals }: SimulatorState): Money {
  const { betaltOere, kreditOere, restbeloebOere, saldoOere } = totals;
  return { paidOere: betaltOere + kreditOere, owedOere: restbeloebOere, saldoOere };
}

/** What may be compared before and after a refusal: everything but the record of the command itself. */
function possessionsOf({ debitorkonti, fordringer, opkraevningskonti }: SimulatorState): unknown {
  return { debitorkonti, fordringer, opkraevningskonti };
}

/** Plain conditions: an `expect` for each of them would take most of the time. */
function unsoundOf({ fordringer, debitorkonti }: SimulatorState): unknown[] {
  const unsoundFordringer = fordringer.filter(({ tilstand, beloebOere, restbeloebOere, betaltOere }) => {
    const isSettled = tilstand === 'TILBAGEKALDT' || tilstand === 'AFSKREVET';
    const isOpen = !isSettled && tilstand !== 'UDLIGNET';
    return (
      restbeloebOere < 0n ||
      betaltOere < 0n ||
      beloebOere > 9_999_999_999_999n ||
      (!isSettled && restbeloebOere + betaltOere !== beloebOere) ||
      restbeloebOere > 0n !== isOpen
    );
  });
  return [...unsoundFordringer, ...debitorkonti.filter(({ kreditOere }) => kreditOere < 0n)];
}

/** Which of the two sums a handlingstype may change, and in which direction. */
const OWED_MAY_FALL = new Set(['NEDSKRIV', 'TILBAGEKALD', 'AFSKRIV', 'UDLIGN', 'OVERFOER_INDBETALING', 'OMPOSTER']);
const OWED_MAY_RISE = new Set(['OPSKRIV', 'OVERFOER_INDBETALING', 'OMPOSTER']);

test('no handling makes or destroys what was paid, nothing is owed below zero, and a refusal changes nothing', async () => {
  const folder = temporaryFolder();
  await fc.assert(
    fc.asyncProperty(commands$, async (makers) => {
      const scene = await startScene(seed, { folder });
      try {
        let state = scene.simulator.state();
        for (const make of makers) {
          const given = make();
          const earlier = state;
          const answer = given.art === 'handling' ? await scene.answerTo(given) : await scene.execute(given);
          state = scene.simulator.state();
          const isRefused = 'art' in answer ? answer.art === 'afvist' : answer.status === 'AFVIST';
          if (isRefused) expect(possessionsOf(state)).toEqual(possessionsOf(earlier));
          expect(unsoundOf(state)).toEqual([]);
          const [before, after] = [moneyOf(earlier), moneyOf(state)];
          expect(after.paidOere).toBe(before.paidOere);
          expect(after.saldoOere - before.saldoOere).toBe(given.art === 'handling' ? 0n : given.beloebOere);
          const kode = given.art === 'handling' ? given.handlingstype : 'kontant';
          if (after.owedOere < before.owedOere) expect(OWED_MAY_FALL).toContain(kode);
          if (after.owedOere > before.owedOere) expect(OWED_MAY_RISE).toContain(kode);
        }
      } finally {
        await scene.simulator.stop();
      }
    }),
    { numRuns: 120 },
  );
}, 60_000);
