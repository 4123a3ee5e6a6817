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
import { KIT_DATA, wrappedSimulator } from './broken/wrapped-simulator.ts';
import { WRONGS } from './broken/wrongs.ts';
import { temporaryFolder } from './simulator-scene.ts';

const NAMES = DEBITORSYSTEM_CONTRACT.map(({ name }) => name);
const BY_KILLING = NAMES.filter((name) => name.includes('slået ihjel') || name.startsWith('Slået ihjel'));
const LIMITS = { answerLimitMs: 1000, svarLimitMs: 600 };

describe('a broken backend fails', () => {
  const cases = NAMES.filter((name) => !BY_KILLING.includes(name)).map((name) => {
    const [, what = 'intet', wrong] = WRONGS.find(([pattern]) => pattern.test(name)) ?? [];
    return { name, what, wrong };
  });

  test.each(cases)('“$name”, where it: $what', async ({ name, wrong }) => {
    if (wrong === undefined) throw new Error('no broken backend for this case');
    const [result] = await runContract(wrappedSimulator(wrong), { ...LIMITS, only: (one) => one === name });
    expect(result).toMatchObject({ name, outcome: 'fejlet' });
    // It says what is wrong in words of its own, not that something was unexpected somewhere.
    expect(result?.reason?.length).toBeGreaterThan(10);
  });

  test.each(BY_KILLING)('“%s”, where it remembers in memory only', async (name) => {
    const config = { data: KIT_DATA, store: join(temporaryFolder(), 'simulator.db'), senereDelayMs: 10 };
    const baseDir = join(import.meta.dirname, 'broken');
    const subject = await childProcessSubject({ name: './forgetful.ts', config, baseDir });
    const [result] = await runContract(subject, { svarLimitMs: 1500, only: (one) => one === name });
    expect(result).toMatchObject({ name, outcome: 'fejlet' });
  });
});

describe('the kit adapts to what a backend declares', () => {
  const declared: readonly (readonly [string, Partial<Capabilities>, number])[] = [
    ['opslag alone', { idempotent: false }, 6],
    ['neither idempotent nor opslag', { idempotent: false, opslag: false }, 12],
    ['one at a time', { concurrency: 1 }, 1],
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
        'Hverken svar, fejltekster eller log indeholder en kundes nummer',
        'Efter start siger health inden et sekund, at alt er vel',
      ]);
    }
  });

  test('a world with too little in it fails the case that runs out', async () => {
    const world = parseKitWorld({ aabne: [] });
    const results = await runContract(wrappedSimulator(), { world, only: (name) => name.startsWith('NEDSKRIV') });
    expect(results[0]?.reason).toContain('kittets verden har ikke nok i aabne');
  });
});

describe('what the kit works on', () => {
  test('is what the shipped data file holds', () => {
    expect(JSON.parse(readFileSync(KIT_DATA, 'utf8'))).toEqual(kitData(DEFAULT_WORLD));
  });

  test('can be an author’s own; what is wrong with it is said', () => {
    expect(parseKitWorld({ fagsystem: 'mit' }).fagsystem).toBe('mit');
    expect(() => parseKitWorld({ fagsystem: 'MIT', kunder: [] })).toThrow(ConfigurationError);
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
