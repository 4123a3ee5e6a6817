/** The simulator's rules that are answered at once (spec 4-backends, "The simulator's rules"), one row per rule. */
import { describe, expect, test } from 'vitest';
import type { HandlingCommand } from '../../src/domain/command.ts';
import {
  between,
  cash,
  codesOf,
  command,
  fordring,
  konto,
  moving,
  named,
  paid,
  type SeedKonto,
  startScene,
  whole,
} from './simulator-scene.ts';

interface Row {
  readonly rule: string;
  readonly konti: readonly SeedKonto[];
  readonly command: HandlingCommand;
  /** `identifikator: tilstand restbeloeb/beloeb betalt`, in øre. */
  readonly fordringer?: Readonly<Record<string, string>>;
  /** `identifikator` or `identifikator øre` per FordringResultat, in order. */
  readonly resultat?: readonly string[];
  readonly kredit?: Readonly<Record<string, bigint>>;
  /** Codes and places, in order; the command is refused and changes nothing. */
  readonly afvist?: readonly (readonly [kode: string, sted: string])[];
}

const MAX = '99999999999.99';

const AENDR_TILSTAND: Row[] = [
  {
    rule: 'AENDR_TILSTAND brings every named open fordring to the given tilstand; the one it has is no error',
    konti: [konto('K1', [fordring('F1'), fordring('F2', { tilstand: 'SAT_I_BERO' }), fordring('F3')])],
    command: command('AENDR_TILSTAND', named('K1', 'F1', 'F2'), { tilstand: 'SAT_I_BERO' }),
    fordringer: { F1: 'SAT_I_BERO 10000/10000 0', F2: 'SAT_I_BERO 10000/10000 0', F3: 'AABEN 10000/10000 0' },
    resultat: ['F1', 'F2'],
  },
  {
    rule: 'AENDR_TILSTAND in variant 1 means every open FORDRING, and no RENTE or GEBYR',
    konti: [
      konto('K1', [
        fordring('F1', { forfaldsdato: '2026-07-01' }),
        fordring('F2'),
        paid('F3'),
        fordring('R1', { type: 'RENTE', hovedfordring: 'F1' }),
      ]),
    ],
    command: command('AENDR_TILSTAND', whole('K1'), { tilstand: 'TIL_INDDRIVELSE' }),
    fordringer: { F1: 'TIL_INDDRIVELSE 10000/10000 0', F3: 'UDLIGNET 0/10000 10000', R1: 'AABEN 10000/10000 0' },
    resultat: ['F2', 'F1'],
  },
  {
    rule: 'a variant 1 that finds nothing open is DA-203',
    konti: [konto('K1', [paid('F1')])],
    command: command('AENDR_TILSTAND', whole('K1'), { tilstand: 'AABEN' }),
    afvist: [['DA-203', 'ingen åbne']],
  },
  {
    rule: 'a tilstand that is none of the three open ones is DA-103, where the catalogue let it through',
    konti: [konto('K1', [fordring('F1')])],
    command: command('AENDR_TILSTAND', named('K1', 'F1'), { tilstand: 'AFSKREVET' }),
    afvist: [['DA-103', 'Tilstand']],
  },
];

const BELOEB: Row[] = [
  {
    rule: 'NEDSKRIV lowers beloeb and restbeloeb of each by Beloeb; at 0 it is UDLIGNET, and what was paid stays',
    konti: [konto('K1', [fordring('F1'), fordring('F2', { beloeb: '150.00', restbeloeb: '40.00' })])],
    command: command('NEDSKRIV', named('K1', 'F1', 'F2'), { beloeb: '40.00' }),
    fordringer: { F1: 'AABEN 6000/6000 0', F2: 'UDLIGNET 0/11000 11000' },
    resultat: ['F1 4000', 'F2 4000'],
  },
  {
    rule: 'STRAKS is all or nothing, and every fordring that speaks against it is named by its place',
    konti: [
      konto('K1', [
        fordring('F1'),
        fordring('F2', { beloeb: '10.00', restbeloeb: '10.00' }),
        paid('F3'),
        fordring('F4'),
      ]),
    ],
    command: command('NEDSKRIV', named('K1', 'F1', 'F2', 'F3', 'FINDES-IKKE'), { beloeb: '10.01' }),
    afvist: [
      ['DA-204', 'fordring nr. 2'],
      ['DA-203', 'fordring nr. 3'],
      ['DA-202', 'fordring nr. 4'],
    ],
  },
  {
    rule: 'OPSKRIV raises both of each by Beloeb',
    konti: [konto('K1', [fordring('F1', { beloeb: '150.00', tilstand: 'SAT_I_BERO' })])],
    command: command('OPSKRIV', named('K1', 'F1'), { beloeb: '0.01' }),
    fordringer: { F1: 'SAT_I_BERO 10001/15001 5000' },
    resultat: ['F1 1'],
  },
  {
    rule: 'OPSKRIV to exactly 11 + 2 digits is possible',
    konti: [konto('K1', [fordring('F1', { beloeb: '99999999999.98', restbeloeb: '0.01' })])],
    command: command('OPSKRIV', named('K1', 'F1'), { beloeb: '0.01' }),
    fordringer: { F1: 'AABEN 2/9999999999999 9999999999997' },
    resultat: ['F1 1'],
  },
  {
    rule: 'OPSKRIV beyond 11 + 2 digits is DA-204, judged by beloeb and not by restbeloeb',
    konti: [konto('K1', [fordring('F1', { beloeb: MAX, restbeloeb: '0.01' })])],
    command: command('OPSKRIV', named('K1', 'F1'), { beloeb: '0.01' }),
    afvist: [['DA-204', 'fordring nr. 1']],
  },
  {
    rule: 'OPSKRIV of a closed fordring is DA-203: it does not open again',
    konti: [konto('K1', [paid('F1')])],
    command: command('OPSKRIV', named('K1', 'F1'), { beloeb: '1.00' }),
    afvist: [['DA-203', 'fordring nr. 1']],
  },
  {
    rule: 'a RENTE that is named is a fordring of its own',
    konti: [konto('K1', [fordring('F1'), fordring('R1', { type: 'RENTE', hovedfordring: 'F1' })])],
    command: command('NEDSKRIV', named('K1', 'R1'), { beloeb: '1.00' }),
    fordringer: { F1: 'AABEN 10000/10000 0', R1: 'AABEN 9900/9900 0' },
    resultat: ['R1 100'],
  },
  {
    rule: 'TILBAGEKALD leaves nothing owed; the claim and what was paid stay on record',
    konti: [konto('K1', [fordring('F1', { beloeb: '150.00' })])],
    command: command('TILBAGEKALD', named('K1', 'F1')),
    fordringer: { F1: 'TILBAGEKALDT 0/15000 5000' },
    resultat: ['F1 10000'],
  },
  {
    rule: 'TILBAGEKALD of what is closed already is DA-203',
    konti: [konto('K1', [fordring('F1', { tilstand: 'AFSKREVET', restbeloeb: '0.00' })])],
    command: command('TILBAGEKALD', named('K1', 'F1')),
    afvist: [['DA-203', 'fordring nr. 1']],
  },
];

const OMPOSTER: Row[] = [
  {
    rule: 'OMPOSTER takes from Fra in the order listed and pays Til in the order listed; an UDLIGNET Fra opens again',
    konti: [
      konto('K1', [paid('A'), fordring('B', { beloeb: '150.00', tilstand: 'TIL_INDDRIVELSE' }), paid('C')]),
      konto('K2', [fordring('X'), fordring('Y', { beloeb: '20.00', restbeloeb: '20.00' })]),
    ],
    command: command('OMPOSTER', moving(['K1', 'B', 'A', 'C'], ['K2', 'Y', 'X']), { beloeb: '70.00' }),
    fordringer: {
      A: 'AABEN 2000/10000 8000',
      B: 'TIL_INDDRIVELSE 15000/15000 0',
      C: 'UDLIGNET 0/10000 10000',
      X: 'AABEN 5000/10000 5000',
      Y: 'UDLIGNET 0/2000 2000',
    },
    resultat: ['B 5000', 'A 2000', 'Y 2000', 'X 5000'],
  },
  {
    rule: 'OMPOSTER within one debitorkonto is legal',
    konti: [konto('K1', [paid('A'), fordring('X')])],
    command: command('OMPOSTER', moving(['K1', 'A'], ['K1', 'X']), { beloeb: '100.00' }),
    fordringer: { A: 'AABEN 10000/10000 0', X: 'UDLIGNET 0/10000 10000' },
    resultat: ['A 10000', 'X 10000'],
  },
  {
    rule: 'OMPOSTER with too little paid and too little owed says both (DA-204)',
    konti: [konto('K1', [paid('A')]), konto('K2', [fordring('X')])],
    command: command('OMPOSTER', moving(['K1', 'A'], ['K2', 'X']), { beloeb: '100.01' }),
    afvist: [
      ['DA-204', 'Fra'],
      ['DA-204', 'Til'],
    ],
  },
  {
    rule: 'a closed Til fordring owes nothing, so it takes nothing',
    konti: [konto('K1', [paid('A')]), konto('K2', [paid('X')])],
    command: command('OMPOSTER', moving(['K1', 'A'], ['K2', 'X']), { beloeb: '1.00' }),
    afvist: [['DA-204', 'Til']],
  },
  {
    rule: 'what was paid on a withdrawn fordring can be moved, and the fordring stays withdrawn',
    konti: [
      konto('K1', [fordring('A', { tilstand: 'TILBAGEKALDT', restbeloeb: '0.00', betalt: '30.00' })]),
      konto('K2', [fordring('X')]),
    ],
    command: command('OMPOSTER', moving(['K1', 'A'], ['K2', 'X']), { beloeb: '30.00' }),
    fordringer: { A: 'TILBAGEKALDT 0/10000 0', X: 'AABEN 7000/10000 3000' },
    resultat: ['A 3000', 'X 3000'],
  },
  {
    rule: 'OMPOSTER names every fordring that is missing on either side',
    konti: [konto('K1', [paid('A')]), konto('K2', [fordring('X')])],
    command: command('OMPOSTER', moving(['K1', 'A', 'IKKE'], ['K2', 'X', 'IKKE']), { beloeb: '1.00' }),
    afvist: [
      ['DA-202', 'Fra, fordring nr. 2'],
      ['DA-202', 'Til, fordring nr. 2'],
    ],
  },
  {
    rule: 'the same fordring on both sides is DA-106, where the catalogue let it through',
    konti: [konto('K1', [fordring('A', { beloeb: '150.00' })])],
    command: command('OMPOSTER', moving(['K1', 'A'], ['K1', 'A']), { beloeb: '1.00' }),
    afvist: [['DA-106', 'Fra og Til']],
  },
];

const UDLIGN: Row[] = [
  {
    rule: 'UDLIGN pays the oldest forfaldsdato first, then by identifikator, as far as the credit reaches',
    konti: [
      konto('K1', [], { kredit: '250.00' }),
      konto('K2', [
        fordring('B', { forfaldsdato: '2026-02-01' }),
        fordring('A', { forfaldsdato: '2026-02-01', tilstand: 'SAT_I_BERO' }),
        fordring('C', { forfaldsdato: '2026-01-01' }),
        fordring('D', { forfaldsdato: '2026-03-01' }),
      ]),
    ],
    command: command('UDLIGN', between('K1', 'K2')),
    fordringer: {
      C: 'UDLIGNET 0/10000 10000',
      A: 'UDLIGNET 0/10000 10000',
      B: 'AABEN 5000/10000 5000',
      D: 'AABEN 10000/10000 0',
    },
    resultat: ['C 10000', 'A 10000', 'B 5000'],
    kredit: { K1: 0n, K2: 0n },
  },
  {
    rule: 'UDLIGN leaves the credit that is not needed on Fra',
    konti: [konto('K1', [], { kredit: '250.00' }), konto('K2', [fordring('A')])],
    command: command('UDLIGN', between('K1', 'K2')),
    fordringer: { A: 'UDLIGNET 0/10000 10000' },
    resultat: ['A 10000'],
    kredit: { K1: 15000n, K2: 0n },
  },
  {
    rule: 'UDLIGN without credit (DA-204) and without anything open (DA-203) says both',
    konti: [konto('K1', []), konto('K2', [paid('A')])],
    command: command('UDLIGN', between('K1', 'K2')),
    afvist: [
      ['DA-204', 'Fra'],
      ['DA-203', 'Til'],
    ],
  },
];

const KONTO: Row[] = [
  {
    rule: 'a debitorkonto of another fagsystem is not there (DA-201)',
    konti: [konto('K1', [fordring('F1')], { fagsystem: 'byggesag' })],
    command: command('TILBAGEKALD', named('K1', 'F1')),
    afvist: [['DA-201', 'DebitorkontoIdentifikator']],
  },
  {
    rule: 'a debitorkonto of another myndighed is not there (DA-201)',
    konti: [konto('K1', [fordring('F1')], { myndighed: '55133018' })],
    command: command('TILBAGEKALD', named('K1', 'F1')),
    afvist: [['DA-201', 'DebitorkontoIdentifikator']],
  },
  {
    rule: 'two debitorkonti that are not there are both said',
    konti: [],
    command: command('UDLIGN', between('K1', 'K2')),
    afvist: [
      ['DA-201', 'Fra'],
      ['DA-201', 'Til'],
    ],
  },
  {
    rule: 'a fordring of another debitorkonto is not there (DA-202)',
    konti: [konto('K1', [fordring('F1')]), konto('K2', [fordring('F2')])],
    command: command('TILBAGEKALD', named('K1', 'F1', 'F2')),
    afvist: [['DA-202', 'fordring nr. 2']],
  },
  {
    rule: 'a LUKKET konto refuses everything (DA-203), and what is not under it is said too',
    konti: [konto('K1', [fordring('F1')], { tilstand: 'LUKKET' })],
    command: command('TILBAGEKALD', named('K1', 'F1', 'IKKE')),
    afvist: [
      ['DA-203', 'lukket'],
      ['DA-202', 'fordring nr. 2'],
    ],
  },
  {
    rule: 'a LUKKET Til refuses as a LUKKET Fra does',
    konti: [konto('K1', [], { kredit: '1.00' }), konto('K2', [fordring('F1')], { tilstand: 'LUKKET' })],
    command: command('UDLIGN', between('K1', 'K2')),
    afvist: [['DA-203', 'Til: debitorkontoen er lukket']],
  },
  {
    rule: 'a handlingstype that the simulator does not know is refused, with a code of its own',
    konti: [konto('K1', [fordring('F1')])],
    command: command('EFTERGIV', named('K1', 'F1')),
    afvist: [['SIM-001', 'kan ikke udføre']],
  },
  {
    rule: 'so is a variant that it does not know for the handlingstype',
    konti: [konto('K1', [fordring('F1')])],
    command: command('UDLIGN', named('K1', 'F1')),
    afvist: [['SIM-001', 'kan ikke udføre']],
  },
];

describe.each([
  ['AENDR_TILSTAND', AENDR_TILSTAND],
  ['NEDSKRIV, OPSKRIV, TILBAGEKALD', BELOEB],
  ['OMPOSTER', OMPOSTER],
  ['UDLIGN', UDLIGN],
  ['what is not there or closed', KONTO],
])('%s', (_title, rows) => {
  test.each(rows)('$rule', async (row) => {
    const scene = await startScene(row.konti);
    const before = scene.snapshot();
    const udfald = await scene.execute(row.command);

    if (row.afvist !== undefined) {
      expect(udfald.art).toBe('afvist');
      expect(codesOf(udfald)).toEqual(row.afvist.map(([kode]) => kode));
      const texts = udfald.art === 'afvist' ? udfald.fejl.map((fejl) => fejl.tekst) : [];
      for (const [index, [, sted]] of row.afvist.entries()) expect(texts[index]).toContain(sted);
      expect(scene.snapshot()).toEqual(before);
      return;
    }
    if (udfald.art !== 'udfoert') throw new Error(JSON.stringify(udfald));
    const resultat = udfald.resultat?.fordringer.map(({ fordring: id, beloebOere }) =>
      beloebOere === undefined ? id : `${id} ${beloebOere}`,
    );
    expect(resultat).toEqual(row.resultat);
    expect(udfald.resultat?.debitorsystemReference).toBe('SIM-000001');
    for (const [id, expected] of Object.entries(row.fordringer ?? {})) {
      const { tilstand, restbeloebOere, beloebOere, betaltOere } = scene.fordring(id);
      expect(`${id} ${tilstand} ${restbeloebOere}/${beloebOere} ${betaltOere}`).toBe(`${id} ${expected}`);
    }
    for (const [id, kreditOere] of Object.entries(row.kredit ?? {})) expect(scene.kreditOf(id)).toBe(kreditOere);
  });
});

describe('cash', () => {
  test('is booked at once on the customer’s opkrævningskonto; an unknown customer gets a new one', async () => {
    const scene = await startScene([]);
    expect((await scene.execute(cash(12_345n))).art).toBe('udfoert');
    await scene.execute(cash(5n));
    await scene.execute(cash(7n, { kundeType: 'SE-Virksomhed', kundeNummer: '01017012' }));
    const { opkraevningskonti, totals } = scene.simulator.state();
    expect(opkraevningskonti.map(({ kundeType, saldoOere }) => [kundeType, saldoOere])).toEqual([
      ['CPR-Person', 12_350n],
      ['SE-Virksomhed', 7n],
    ]);
    expect(totals).toMatchObject({ bookinger: 3, bogfoertOere: 12_357n, saldoOere: 12_357n });
  });

  test('of zero or less is booked as it is', async () => {
    const scene = await startScene([]);
    await scene.execute(cash(0n));
    await scene.execute(cash(-9_999_999_999_999n));
    expect(scene.simulator.state().totals).toMatchObject({ bookinger: 2, bogfoertOere: -9_999_999_999_999n });
  });

  test('lists its customers masked', async () => {
    const scene = await startScene([]);
    await scene.execute(cash(1n));
    expect(`${scene.simulator.state().opkraevningskonti[0]?.kundeNummer}`).toBe('**********');
  });
});
