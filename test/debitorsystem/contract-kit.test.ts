/** The kit itself: that every case can fail, that it adapts to what a backend declares, and what it works on. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  childProcessSubject,
  DEBITORSYSTEM_CONTRACT,
  DEFAULT_WORLD,
  inProcessSubject,
  kitData,
  loadDebitorsystem,
  parseKitWorld,
  runContract,
} from '../../src/debitorsystem/contract.ts';
import type { Capabilities } from '../../src/debitorsystem/debitorsystem.ts';
import { ConfigurationError } from '../../src/errors.ts';
import { HIDDEN } from './broken/hidden.ts';
import type { HiddenFault } from './broken/in-front.ts';
import { KIT_DATA, saldoIn, type Wrong, wrappedSimulator } from './broken/wrapped-simulator.ts';
import { WRONGS } from './broken/wrongs.ts';
import { temporaryFolder } from './simulator-scene.ts';

const NAMES = DEBITORSYSTEM_CONTRACT.map(({ name }) => name);
const BY_KILLING = NAMES.filter((name) => name.includes('slået ihjel') || name.startsWith('Slået ihjel'));
const LIMITS = { answerLimitMs: 1000, svarLimitMs: 600 };

/** What Node says of a failed assertion, or of an error that nobody foresaw, in its own words. */
const NOT_OURS = /\+ actual|- expected|Expected|strictly|undefined|expression|TypeError|not a function/;

async function reasonAgainst(wrong: Wrong, name: string): Promise<string> {
  const [result] = await runContract(wrappedSimulator(wrong), { ...LIMITS, only: (one) => one === name });
  expect(result).toMatchObject({ name, outcome: 'fejlet' });
  const reason = result?.reason ?? '';
  // It says what is wrong in words of its own, not that something was unexpected somewhere.
  expect(reason.length).toBeGreaterThan(10);
  expect(reason).not.toMatch(NOT_OURS);
  return reason;
}

interface Fault {
  readonly name: string;
  readonly what: string;
  readonly wrong: Wrong | undefined;
  readonly said: RegExp;
}

const named =
  (name: string) =>
  ([, what, wrong, said]: HiddenFault): Fault => ({ name, what, wrong, said });

describe('a broken backend fails', () => {
  const faults: readonly HiddenFault[] = [
    ...WRONGS.map(([pattern, what, wrong]): HiddenFault => [pattern, what, wrong, /./]),
    ...HIDDEN,
  ];
  const cases: readonly Fault[] = NAMES.filter((name) => !BY_KILLING.includes(name)).flatMap((name) => {
    const own = faults.filter(([pattern]) => pattern.test(name));
    // A case without a broken backend is one that has never been seen to fail.
    return own.length === 0 ? [{ name, what: 'intet', wrong: undefined, said: /./ }] : own.map(named(name));
  });

  test.each(cases)('“$name”, where it: $what', async ({ name, wrong, said }) => {
    if (wrong === undefined) throw new Error('no broken backend for this case');
    expect(await reasonAgainst(wrong, name)).toMatch(said);
  });

  test('every one of them is seen by some case', () => {
    for (const [pattern, what] of faults) {
      expect(
        NAMES.some((name) => pattern.test(name)),
        what,
      ).toBe(true);
    }
  });

  test.each(BY_KILLING)('“%s”, where it remembers in memory only', async (name) => {
    const store = join(temporaryFolder(), 'simulator.db');
    const config = { data: KIT_DATA, store, senereDelayMs: 10 };
    const baseDir = join(import.meta.dirname, 'broken');
    const subject = await childProcessSubject({ name: './forgetful.ts', config, baseDir });
    const [result] = await runContract(
      { ...subject, saldo: saldoIn(store) },
      { svarLimitMs: 1500, only: (one) => one === name },
    );
    expect(result).toMatchObject({ name, outcome: 'fejlet' });
    expect(result?.reason).not.toMatch(NOT_OURS);
  });
});

describe('the kit adapts to what a backend declares', () => {
  const declared: readonly (readonly [string, Partial<Capabilities>, number])[] = [
    ['opslag alone', { idempotent: false }, 7],
    ['neither idempotent nor opslag', { idempotent: false, opslag: false }, 18],
    ['one at a time', { concurrency: 1 }, 0],
  ];
  test.each(declared)('%s: the rest passes, and every skipped case says why', async (_what, capabilities, skipped) => {
    const results = await runContract(wrappedSimulator({ capabilities }));
    const notKilled = results.filter(({ name }) => !BY_KILLING.includes(name));
    expect(notKilled.filter(({ outcome }) => outcome === 'fejlet')).toEqual([]);
    const passedOver = notKilled.filter(({ outcome }) => outcome === 'sprunget over');
    expect(passedOver).toHaveLength(skipped);
    expect(passedOver.every(({ reason }) => reason?.startsWith('er') === true)).toBe(true);
  });

  test('a handlingstype that the world leaves out is skipped', async () => {
    const world = parseKitWorld({ handlingstyper: ['AENDR_TILSTAND'] });
    const results = await runContract(wrappedSimulator(), { world });
    expect(results.filter(({ outcome }) => outcome === 'fejlet')).toEqual([]);
    expect(results.find(({ name }) => name.startsWith('NEDSKRIV'))?.reason).toBe('verdenen nævner ikke NEDSKRIV');
  });

  test('a backend that can not start fails every case, and says why', async () => {
    // Where there is a store, it is only found to be empty when it is opened.
    const store = join(temporaryFolder(), 'tom.db');
    writeFileSync(store, '');
    const loaded = await loadDebitorsystem('simulator', { data: '/findes/ikke.json', store }, { baseDir: '/' });
    const results = await runContract(inProcessSubject(loaded));
    const tried = results.filter(({ outcome }) => outcome !== 'sprunget over');
    expect(tried.every(({ outcome, reason }) => outcome === 'fejlet' && reason?.includes('kan ikke læses'))).toBe(true);
  });

  test('a backend that throws at everything fails every case that gives it a command, and nothing else of the run', async () => {
    const breaks = () => ({
      execute: () => Promise.reject(new Error('nej')),
      lookup: () => Promise.reject(new Error('nej')),
    });
    for (const capabilities of [{}, { idempotent: false }]) {
      // A rejection that a case leaves behind would fail this file.
      const results = await runContract(wrappedSimulator({ breaks, capabilities }));
      const passed = results.filter(({ outcome }) => outcome === 'bestået').map(({ name }) => name);
      expect(passed).toEqual([
        'Efter start siger health inden et sekund, at alt er vel',
        'Hverken svar, fejltekster eller log indeholder en kundes nummer',
      ]);
    }
  });

  test('three svar in a row that never come are enough: the others are waited for a tenth of the time', async () => {
    const silent = wrappedSimulator({ reports: () => async () => ({ art: 'modtaget' }) });
    const only = (name: string) => name.endsWith('med svarform SENERE bliver udført');
    const results = await runContract(silent, { ...LIMITS, svarLimitMs: 200, only });
    const [first, second, third, ...rest] = results.map(({ reason }) => reason);
    for (const reason of [first, second, third]) expect(reason).toMatch(/^intet svar på [A-Z_]+ inden 200 ms$/);
    expect(rest.length).toBeGreaterThan(3);
    const short = /inden 20 ms \(ventetiden er sat ned, fordi \d svar i træk er udeblevet\)$/;
    for (const reason of rest) expect(reason).toMatch(short);
  });

  test('a world with too little in it fails the case that runs out', async () => {
    const world = parseKitWorld({ flere: [] });
    const results = await runContract(wrappedSimulator(), { world, only: (name) => name.startsWith('NEDSKRIV') });
    expect(results[0]?.reason).toContain('kittets verden har ikke nok i flere');
  });
});

describe('a world that was used before', () => {
  const only = (name: string) => /^(?:NEDSKRIV|TILBAGEKALD) i variant/.test(name);

  test('is one failure that says so, and nothing else is tried on it', async () => {
    const subject = wrappedSimulator();
    expect(new Set((await runContract(subject, { only })).map(({ outcome }) => outcome))).toEqual(new Set(['bestået']));
    const [used, ...rest] = await runContract(subject, { only });
    expect(used).toMatchObject({ name: 'Debitorsystemet har kittets data, og de er friske', outcome: 'fejlet' });
    expect(used?.reason).toMatch(/^verdenen er brugt: .*Giv debitorsystemet friske data \(examples\/kit-data\.json\)/);
    expect(rest.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['sprunget over', 'er ikke prøvet: verdenen er brugt'],
      ['sprunget over', 'er ikke prøvet: verdenen er brugt'],
    ]);
  });

  test('is not taken for one where the debitorsystem does not have it, or can not do what is asked of it', async () => {
    const refusing = (kode: string) => async () => ({
      art: 'afvist' as const,
      fejl: [{ kode, tekst: 'nej' }] as const,
    });
    const results = await runContract(wrappedSimulator({ breaks: () => ({ execute: refusing('X-1') }) }), { only });
    // It is only said where it was asked for, and the other cases say what they found.
    expect(results.map(({ reason }) => reason)).toEqual([
      'NEDSKRIV i variant 2 skulle lykkes på kittets data, men blev afvist (X-1)',
      'TILBAGEKALD i variant 2 skulle lykkes på kittets data, men blev afvist (X-1)',
    ]);
  });
});

describe('what cash payments do', () => {
  test('is not tried where the saldo can not be seen, which every such case says', async () => {
    const { saldo: _left, ...subject } = wrappedSimulator();
    const results = await runContract(subject, { only: (name) => /kontant/i.test(name) });
    const skipped = results.filter(({ outcome }) => outcome === 'sprunget over');
    expect(skipped).toHaveLength(7);
    for (const { reason } of skipped)
      expect(reason).toMatch(/er IKKE prøvet: .*bogføres rigtigt.*--saldo "<kommando>"/);
  });

  test('may move the saldo the other way', async () => {
    const other = wrappedSimulator({ saldo: (saldoOere) => 5n - saldoOere });
    const results = await runContract(other, { only: (name) => name.startsWith('En kontant indbetaling') });
    expect(results.map(({ outcome, reason }) => reason ?? outcome)).toEqual(['bestået', 'bestået']);
  });
});

describe('what the kit works on', () => {
  test('is what the shipped data file holds', () => {
    expect(JSON.parse(readFileSync(KIT_DATA, 'utf8'))).toEqual(kitData(DEFAULT_WORLD));
  });

  test('can be an author’s own; what is wrong with it is said', () => {
    expect(parseKitWorld({ fagsystem: 'mit' }).fagsystem).toBe('mit');
    expect(() => parseKitWorld({ fagsystem: 'MIT', kunder: [] })).toThrow(ConfigurationError);
    expect(() => parseKitWorld({ kunder: DEFAULT_WORLD.kunder.slice(0, 1) })).toThrow(ConfigurationError);
    expect(() => parseKitWorld({ myndighed: '55133018' })).toThrow('andenMyndighed skal være en anden end myndighed');
    expect(() => parseKitWorld({ fagsystem: 'daginstitution' })).toThrow('andetFagsystem skal være et andet');
    expect(() => parseKitWorld({ aabne: [{ debitorkonto: 'A', fordringer: [] }] })).toThrow('aabne[0] skal have 1');
    const twice = [{ debitorkonto: 'KIT-TOM-1', fordringer: [] }];
    expect(() => parseKitWorld({ kreditter: twice })).toThrow('den samme debitorkonto står to steder');
  });

  test.each([
    ['NEDSKRIVE', 'NEDSKRIV'],
    ['nedskriv', 'NEDSKRIV'],
    ['OVERFØR_FORDRING', 'OVERFOER_FORDRING'],
    ['HENSTANDD', 'HENSTAND'],
  ])('does not take %s for a handlingstype, and says which one is nearest', (misspelt, nearest) => {
    const said = `handlingstyper[1]: ${misspelt} er ikke i startkataloget; mente du ${nearest}?`;
    expect(() => parseKitWorld({ handlingstyper: ['UDLIGN', misspelt] })).toThrow(said);
  });

  test('covers every variant with every svarform, and every handlingstype of the starter catalogue in every variant', () => {
    const path = join(import.meta.dirname, '..', '..', 'examples', 'handlingstyper.json');
    const catalogue = JSON.parse(readFileSync(path, 'utf8')) as {
      handlingstyper: { kode: string; svarform: string; varianter: number[] }[];
    };
    const expected = catalogue.handlingstyper.flatMap(({ kode, svarform, varianter }) =>
      varianter.map((variant) => `${kode} i variant ${variant} med svarform ${svarform} bliver udført`),
    );
    expect(NAMES.filter((name) => / i variant \d /.test(name)).sort()).toEqual(expected.sort());
    for (const variant of [1, 2, 3, 4]) {
      for (const svarform of ['STRAKS', 'SENERE']) {
        expect(expected.some((name) => name.includes(`variant ${variant} med svarform ${svarform}`))).toBe(true);
      }
    }
  });

  test('has a name of its own for every case', () => {
    expect(new Set(NAMES).size).toBe(NAMES.length);
  });
});
