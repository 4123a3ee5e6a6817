/** What the simulator accepts for later: its rules, and that its svar is neither lost nor changed. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HandlingCommand } from '../../src/domain/command.ts';
import type { Svar } from '../../src/domain/udfald.ts';
import {
  between,
  codesOf,
  command,
  fordring,
  konto,
  moving,
  named,
  paid,
  type ReportedSvar,
  type SeedKonto,
  startScene,
  temporaryFolder,
  whole,
} from './simulator-scene.ts';

interface Row {
  readonly rule: string;
  readonly konti: readonly SeedKonto[];
  readonly command: HandlingCommand;
  readonly status: Svar['status'];
  /** `identifikator`, `identifikator øre` or `identifikator kode` per FordringResultat, in order. */
  readonly resultat?: readonly string[];
  /** Codes that speak against the whole. */
  readonly fejl?: readonly string[];
  /** `identifikator: konto tilstand restbeloeb forfaldsdato`. */
  readonly fordringer?: Readonly<Record<string, string>>;
  readonly kredit?: Readonly<Record<string, bigint>>;
}

const MAX = '99999999999.99';

const renter = [
  fordring('F1'),
  fordring('F2'),
  fordring('R1', { type: 'RENTE', hovedfordring: 'F1' }),
  fordring('R2', { type: 'RENTE', hovedfordring: 'F1', forfaldsdato: '2026-01-01' }),
  fordring('R3', { type: 'RENTE', hovedfordring: 'F1', tilstand: 'UDLIGNET', restbeloeb: '0.00' }),
  fordring('G1', { type: 'GEBYR', hovedfordring: 'F1' }),
];

const ROWS: Row[] = [
  {
    rule: 'AFSKRIV of named fordringer: AFSKREVET, nothing owed; renter of them are left alone',
    konti: [konto('K1', renter)],
    command: command('AFSKRIV', named('K1', 'F1')),
    status: 'GENNEMFOERT',
    resultat: ['F1 10000'],
    fordringer: { F1: 'K1 AFSKREVET 0 2026-06-01', R1: 'K1 AABEN 10000 2026-06-01' },
  },
  {
    rule: 'AFSKRIV of RENTE under a named fordring means its open renter, oldest first',
    konti: [konto('K1', renter)],
    command: command('AFSKRIV', named('K1', 'F1'), { objektType: 'RENTE' }),
    status: 'GENNEMFOERT',
    resultat: ['R2 10000', 'R1 10000'],
    fordringer: { F1: 'K1 AABEN 10000 2026-06-01', R3: 'K1 UDLIGNET 0 2026-06-01', G1: 'K1 AABEN 10000 2026-06-01' },
  },
  {
    rule: 'a rente that is named beside its main fordring is written off once',
    konti: [konto('K1', renter)],
    command: command('AFSKRIV', named('K1', 'R1', 'F1'), { objektType: 'RENTE' }),
    status: 'GENNEMFOERT',
    resultat: ['R1 10000', 'R2 10000'],
  },
  {
    rule: 'a named fordring without any open GEBYR is refused for itself alone',
    konti: [konto('K1', renter)],
    command: command('AFSKRIV', named('K1', 'F2', 'F1'), { objektType: 'GEBYR' }),
    status: 'DELVIST_GENNEMFOERT',
    resultat: ['F2 DA-203', 'G1 10000'],
  },
  {
    rule: 'AFSKRIV of GEBYR in variant 1 means every open gebyr of the konto',
    konti: [konto('K1', renter)],
    command: command('AFSKRIV', whole('K1'), { objektType: 'GEBYR' }),
    status: 'GENNEMFOERT',
    resultat: ['G1 10000'],
  },
  {
    rule: 'some closed: DELVIST_GENNEMFOERT, fordring by fordring',
    konti: [konto('K1', [paid('F1'), fordring('F2')])],
    command: command('AFSKRIV', named('K1', 'F1', 'F2')),
    status: 'DELVIST_GENNEMFOERT',
    resultat: ['F1 DA-203', 'F2 10000'],
    fordringer: { F1: 'K1 UDLIGNET 0 2026-06-01', F2: 'K1 AFSKREVET 0 2026-06-01' },
  },
  {
    rule: 'all closed: AFVIST, fordring by fordring',
    konti: [konto('K1', [paid('F1')])],
    command: command('AFSKRIV', named('K1', 'F1')),
    status: 'AFVIST',
    resultat: ['F1 DA-203'],
  },
  {
    rule: 'none open in variant 1: AFVIST, DA-203',
    konti: [konto('K1', [paid('F1')])],
    command: command('AFSKRIV', whole('K1')),
    status: 'AFVIST',
    fejl: ['DA-203'],
    resultat: [],
  },
  {
    rule: 'HENSTAND moves the forfaldsdato; one that is not later is DA-203 for that fordring',
    konti: [
      konto('K1', [
        fordring('F1'),
        fordring('F2', { forfaldsdato: '2026-12-31' }),
        fordring('F3', { forfaldsdato: '2026-12-30' }),
      ]),
    ],
    command: command('HENSTAND', named('K1', 'F1', 'F2', 'F3'), { virkningDato: '2026-12-31' }),
    status: 'DELVIST_GENNEMFOERT',
    resultat: ['F1', 'F2 DA-203', 'F3'],
    fordringer: { F1: 'K1 AABEN 10000 2026-12-31', F2: 'K1 AABEN 10000 2026-12-31', F3: 'K1 AABEN 10000 2026-12-31' },
  },
  {
    rule: 'OVERFOER_INDBETALING in variant 3: the credit of Fra becomes credit of Til',
    konti: [konto('K1', [], { kredit: '10.00' }), konto('K2', [fordring('F1')], { kredit: '0.05' })],
    command: command('OVERFOER_INDBETALING', between('K1', 'K2')),
    status: 'GENNEMFOERT',
    resultat: [],
    kredit: { K1: 0n, K2: 1_005n },
    fordringer: { F1: 'K2 AABEN 10000 2026-06-01' },
  },
  {
    rule: 'OVERFOER_INDBETALING without credit is DA-204',
    konti: [konto('K1', []), konto('K2', [])],
    command: command('OVERFOER_INDBETALING', between('K1', 'K2')),
    status: 'AFVIST',
    fejl: ['DA-204'],
    resultat: [],
  },
  {
    rule: 'a credit beyond 11 + 2 digits is DA-204, and the credit stays where it was',
    konti: [konto('K1', [], { kredit: '0.01' }), konto('K2', [], { kredit: MAX })],
    command: command('OVERFOER_INDBETALING', between('K1', 'K2')),
    status: 'AFVIST',
    fejl: ['DA-204'],
    resultat: [],
    kredit: { K1: 1n, K2: 9_999_999_999_999n },
  },
  {
    rule: 'OVERFOER_INDBETALING in variant 4: what was paid pays Til in order, and the rest becomes credit of Til’s konto',
    konti: [
      konto('K1', [paid('A'), fordring('B', { beloeb: '150.00' })]),
      konto('K2', [fordring('X', { beloeb: '20.00', restbeloeb: '20.00' }), fordring('Y'), paid('Z')]),
    ],
    command: command('OVERFOER_INDBETALING', moving(['K1', 'A', 'B'], ['K2', 'Z', 'X', 'Y'])),
    status: 'GENNEMFOERT',
    resultat: ['A 10000', 'B 5000', 'X 2000', 'Y 10000'],
    fordringer: {
      A: 'K1 AABEN 10000 2026-06-01',
      B: 'K1 AABEN 15000 2026-06-01',
      X: 'K2 UDLIGNET 0 2026-06-01',
      Y: 'K2 UDLIGNET 0 2026-06-01',
    },
    kredit: { K1: 0n, K2: 3_000n },
  },
  {
    rule: 'OVERFOER_INDBETALING where nothing was paid is DA-204',
    konti: [konto('K1', [fordring('A')]), konto('K2', [fordring('X')])],
    command: command('OVERFOER_INDBETALING', moving(['K1', 'A'], ['K2', 'X'])),
    status: 'AFVIST',
    fejl: ['DA-204'],
    resultat: [],
  },
  {
    rule: 'OVERFOER_FORDRING moves all that is open, renter too; an identifikator that Til has is DA-203 for that one',
    konti: [
      konto('K1', [fordring('F1'), fordring('F2'), paid('F3'), fordring('R1', { type: 'RENTE', hovedfordring: 'F1' })]),
      konto('K2', [paid('F2')]),
    ],
    command: command('OVERFOER_FORDRING', between('K1', 'K2')),
    status: 'DELVIST_GENNEMFOERT',
    resultat: ['F1 10000', 'F2 DA-203', 'R1 10000'],
    fordringer: { F1: 'K2 AABEN 10000 2026-06-01', R1: 'K2 AABEN 10000 2026-06-01', F3: 'K1 UDLIGNET 0 2026-06-01' },
  },
  {
    rule: 'OVERFOER_FORDRING with nothing open is DA-203',
    konti: [konto('K1', [paid('F1')]), konto('K2', [])],
    command: command('OVERFOER_FORDRING', between('K1', 'K2')),
    status: 'AFVIST',
    fejl: ['DA-203'],
    resultat: [],
  },
  {
    rule: 'AFSLUT_KONTO with an open fordring is AFVIST, DA-203',
    konti: [konto('K1', [fordring('F1', { tilstand: 'SAT_I_BERO' })])],
    command: command('AFSLUT_KONTO', whole('K1'), { objektType: 'KONTO' }),
    status: 'AFVIST',
    fejl: ['DA-203'],
    resultat: [],
  },
];

describe('what is carried out later is judged by the state of then', () => {
  test.each(ROWS)('$rule', async (row) => {
    const scene = await startScene(row.konti);
    const svar = await scene.svarTo(row.command);
    expect(svar.status).toBe(row.status);
    expect(codesOf(svar)).toEqual(row.fejl ?? []);
    const lines = svar.resultat?.fordringer.map(({ fordring: id, beloebOere, fejl }) =>
      [id, beloebOere, fejl?.map(({ kode }) => kode).join()].filter((part) => part !== undefined).join(' '),
    );
    expect(lines).toEqual(row.resultat);
    expect(svar.resultat?.debitorsystemReference).toBe('SIM-000001');
    for (const [id, expected] of Object.entries(row.fordringer ?? {})) {
      const { debitorkonto, tilstand, restbeloebOere, forfaldsdato } = scene.fordring(id);
      expect(`${id} ${debitorkonto} ${tilstand} ${restbeloebOere} ${forfaldsdato}`).toBe(`${id} ${expected}`);
    }
    for (const [id, kreditOere] of Object.entries(row.kredit ?? {})) expect(scene.kreditOf(id)).toBe(kreditOere);
    const [kommando] = scene.simulator.state().kommandoer;
    expect(kommando).toMatchObject({ udfoert: row.status === 'AFVIST' ? 0 : 1, svarStatus: row.status });
  });

  test('AFSLUT_KONTO closes the konto, which then refuses everything', async () => {
    const scene = await startScene([konto('K1', [paid('F1')])]);
    expect((await scene.svarTo(command('AFSLUT_KONTO', whole('K1')))).status).toBe('GENNEMFOERT');
    expect(scene.simulator.state().debitorkonti[0]?.tilstand).toBe('LUKKET');
    expect(codesOf(await scene.execute(command('AFSLUT_KONTO', whole('K1'))))).toEqual(['DA-203']);
  });

  test('a rente is still found under its main fordring after both were moved', async () => {
    const scene = await startScene([konto('K1', renter), konto('K2', [])]);
    await scene.svarTo(command('OVERFOER_FORDRING', between('K1', 'K2')));
    const svar = await scene.svarTo(command('AFSKRIV', named('K2', 'F1'), { objektType: 'RENTE' }));
    expect(svar.resultat?.fordringer.map(({ fordring: id }) => id)).toEqual(['R2', 'R1']);
  });

  test('a rule of a STRAKS type does the same where an installation has made it SENERE, fordring by fordring', async () => {
    const scene = await startScene([konto('K1', [fordring('F1'), paid('F2')])]);
    const given = { beloeb: '1.00', svarform: 'SENERE' } as const;
    const svar = await scene.svarTo(command('NEDSKRIV', named('K1', 'F1', 'F2'), given));
    expect(svar.status).toBe('DELVIST_GENNEMFOERT');
    expect(scene.fordring('F1').restbeloebOere).toBe(9_900n);
  });
});

describe('what is said at once', () => {
  test.each([
    ['a debitorkonto that is not there', command('AFSKRIV', whole('IKKE')), ['DA-201']],
    ['every fordring that is not there', command('AFSKRIV', named('K1', 'X', 'F1', 'Y')), ['DA-202', 'DA-202']],
    ['a LUKKET konto', command('OVERFOER_FORDRING', between('K1', 'K2')), ['DA-203']],
    ['a handlingstype that it does not know', command('EFTERGIV', whole('K1'), { svarform: 'SENERE' }), ['SIM-001']],
  ])('%s is refused, and no svar follows', async (_what, given, codes) => {
    const scene = await startScene([konto('K1', [fordring('F1')]), konto('K2', [], { tilstand: 'LUKKET' })]);
    expect(codesOf(await scene.execute(given))).toEqual(codes);
    await scene.svarTo(command('AFSKRIV', named('K1', 'F1')));
    expect(scene.reported).toHaveLength(1);
  });

  test('a closed fordring is accepted: its tilstand is judged when it is carried out', async () => {
    const scene = await startScene([konto('K1', [paid('F1')])], { senereDelayMs: 60_000 });
    expect(await scene.execute(command('AFSKRIV', named('K1', 'F1')))).toEqual({ art: 'accepteretTilSenere' });
  });
});

describe('what changed between acceptance and carrying out', () => {
  test('a konto that was closed meanwhile gives the svar AFVIST, DA-203', async () => {
    const folder = temporaryFolder();
    const store = join(folder, 'simulator.sqlite');
    const clock = { now: 1_000_000 };
    const scene = await startScene([konto('K1', [paid('F1')])], {
      folder,
      store,
      senereDelayMs: 100,
      now: () => clock.now,
    });
    await scene.execute(command('AFSLUT_KONTO', whole('K1')));
    await scene.execute(command('AFSKRIV', named('K1', 'F1')));
    await scene.simulator.stop();
    clock.now += 100;
    const reports: ReportedSvar[] = [];
    await new Promise<void>((resolve) => {
      void startScene([], {
        folder,
        store,
        now: () => clock.now,
        async reportSvar(report) {
          if (reports.push(report) === 2) resolve();
          return { art: 'modtaget' };
        },
      });
    });
    expect(reports.map(({ svar }) => [svar.status, ...codesOf(svar)])).toEqual([['GENNEMFOERT'], ['AFVIST', 'DA-203']]);
  });

  test('a fordring that was moved away meanwhile is DA-202 for itself alone', async () => {
    const scene = await startScene([konto('K1', [fordring('F1'), paid('F2')]), konto('K2', [])], { senereDelayMs: 20 });
    const moved = scene.svarTo(command('OVERFOER_FORDRING', between('K1', 'K2')));
    const svar = await scene.svarTo(command('AFSKRIV', named('K1', 'F1', 'F2')));
    await moved;
    expect(svar.resultat?.fordringer.flatMap(({ fejl }) => fejl?.map(({ kode }) => kode))).toEqual([
      'DA-202',
      'DA-203',
    ]);
  });
});

describe('the svar is neither lost nor changed', () => {
  const konti = [konto('K1', [fordring('F1')])];

  test('a report that was rejected is made again, with the same content and the same tid', async () => {
    let failures = 2;
    const scene = await startScene(konti, {
      async reportSvar() {
        failures -= 1;
        if (failures >= 0) throw new Error('adapteren kan ikke gemme nu');
        return { art: 'modtaget' };
      },
    });
    const given = command('AFSKRIV', named('K1', 'F1'));
    const svar = await scene.svarTo(given);
    expect(scene.reported).toHaveLength(3);
    expect(
      scene.reported.every((report) => JSON.stringify(report, bigints) === JSON.stringify(scene.reported[0], bigints)),
    ).toBe(true);
    expect(scene.reported[0]?.reference).toEqual({
      noegle: given.noegle,
      anmodningIdentifikator: given.anmodningIdentifikator,
    });
    expect(svar.status).toBe('GENNEMFOERT');
  });

  test('a stop between carrying out and reporting reports the same svar after the restart, and carries out nothing twice', async () => {
    const folder = temporaryFolder();
    const store = join(folder, 'simulator.sqlite');
    let firstReport: ReportedSvar | undefined;
    let reportedOnce: () => void = () => undefined;
    const wasReported = new Promise<void>((resolve) => {
      reportedOnce = resolve;
    });
    const first = await startScene(konti, {
      folder,
      store,
      reportSvar(report) {
        firstReport = report;
        reportedOnce();
        return new Promise(() => undefined);
      },
    });
    await first.execute(command('AFSKRIV', named('K1', 'F1')));
    await wasReported;
    await first.simulator.stop();

    const again = await new Promise<ReportedSvar>((resolve) => {
      void startScene([], {
        folder,
        store,
        async reportSvar(report) {
          resolve(report);
          return { art: 'modtaget' };
        },
      });
    });
    expect(again).toEqual(firstReport);
  });

  test('a svar that the adapter refuses for good is logged and not reported again', async () => {
    const scene = await startScene([konto('K1', [fordring('F1'), fordring('F2')])], {
      reportSvar: async () => ({ art: 'afvist', kode: 'DA-301' }),
    });
    await scene.svarTo(command('AFSKRIV', named('K1', 'F1')));
    await scene.svarTo(command('AFSKRIV', named('K1', 'F2')));
    expect(scene.reported).toHaveLength(2);
    expect(scene.logged.map(({ event }) => event)).toContain('simulator.svar.afvist');
  });

  test('nothing is carried out or reported before its time', async () => {
    const scene = await startScene(konti, { senereDelayMs: 60_000 });
    await scene.execute(command('AFSKRIV', named('K1', 'F1')));
    await scene.simulator.lookup(command('AFSKRIV', whole('K1')).noegle, new AbortController().signal);
    expect(scene.reported).toEqual([]);
    expect(scene.fordring('F1').tilstand).toBe('AABEN');
  });

  test('two processes on one store that find the same due carry it out once, and report the same svar', async () => {
    const fordringer = Array.from({ length: 20 }, (_, index) => fordring(`F${index}`));
    const folder = temporaryFolder();
    const clock = { now: 1_000_000 };
    const options = { folder, store: join(folder, 'simulator.sqlite'), senereDelayMs: 100, now: () => clock.now };
    const first = await startScene([konto('K1', fordringer)], options);
    await Promise.all(
      fordringer.map(({ identifikator }) => first.execute(command('AFSKRIV', named('K1', identifikator)))),
    );
    await first.simulator.stop();
    clock.now += 100;

    const reports: ReportedSvar[] = [];
    await new Promise<void>((resolve) => {
      const reportSvar = async (report: ReportedSvar) => {
        if (reports.push(report) === 40) resolve();
        return { art: 'modtaget' as const };
      };
      void Promise.all([startScene([], { ...options, reportSvar }), startScene([], { ...options, reportSvar })]);
      // Both have set their timers by now: let both expire, so that each reads what is due before the other has begun.
      const begun = performance.now();
      while (performance.now() < begun + 3);
    });
    expect(reports.every(({ svar }) => svar.status === 'GENNEMFOERT')).toBe(true);
    expect(new Set(reports.map((report) => JSON.stringify(report, bigints))).size).toBe(20);
  });

  test('two hundred at once are each reported once', async () => {
    const fordringer = Array.from({ length: 200 }, (_, index) => fordring(`F${index}`));
    const scene = await startScene([konto('K1', fordringer)]);
    const svar = await Promise.all(
      fordringer.map(({ identifikator }) => scene.svarTo(command('AFSKRIV', named('K1', identifikator)))),
    );
    expect(svar.every(({ status }) => status === 'GENNEMFOERT')).toBe(true);
    expect(new Set(scene.reported.map(({ reference }) => reference.noegle)).size).toBe(200);
    expect(scene.reported).toHaveLength(200);
  });
});

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}` : value;
}
