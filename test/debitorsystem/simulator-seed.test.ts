/** The file that a simulator is loaded from, and the examples that are shipped. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSeed } from '../../src/debitorsystem/backends/simulator/seed.ts';
import { createSimulator } from '../../src/debitorsystem/backends/simulator.ts';
import { ConfigurationError } from '../../src/errors.ts';
import { compileSchema } from '../../src/json-schema.ts';
import { fordring, konto, paid, type SeedKonto, startScene, temporaryFolder } from './simulator-scene.ts';

const ROOT = join(import.meta.dirname, '..', '..');

function problemsOf(content: string): readonly string[] {
  const path = join(temporaryFolder(), 'data.json');
  writeFileSync(path, content);
  try {
    readSeed(path);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

const problemsOfKonti = (debitorkonti: readonly unknown[]): readonly string[] =>
  problemsOf(JSON.stringify({ debitorkonti }));

describe('a data file that is wrong is refused with every problem and its place', () => {
  test.each<[string, readonly SeedKonto[], readonly string[]]>([
    ['a debitorkonto twice', [konto('K1', []), konto('K1', [])], ['debitorkonti[1]: debitorkontoen står der før']],
    [
      'a fordring twice',
      [konto('K1', [paid('F1'), paid('F1')])],
      ['debitorkonti[0].fordringer[1]: fordringen står der før'],
    ],
    [
      'an open fordring that owes nothing, and a closed one that owes something',
      [konto('K1', [fordring('F1', { restbeloeb: '0.00' }), fordring('F2', { tilstand: 'UDLIGNET' })])],
      ['fordringer[0]: restbeloeb skal være over', 'fordringer[1]: restbeloeb skal være over'],
    ],
    [
      'amounts that do not add up',
      [konto('K1', [fordring('F1', { betalt: '0.01' }), fordring('F2', { restbeloeb: '100.01' })])],
      ['fordringer[0]: beloeb skal være', 'fordringer[1]: beloeb skal være'],
    ],
    [
      'a rente without its main fordring',
      [konto('K1', [fordring('R1', { type: 'RENTE' }), fordring('R2', { type: 'GEBYR', hovedfordring: 'R1' })])],
      ['fordringer[0]: hovedfordring skal være', 'fordringer[1]: hovedfordring skal være'],
    ],
    [
      'a main fordring with a main fordring',
      [konto('K1', [paid('F1'), { ...paid('F2'), hovedfordring: 'F1' }])],
      ['kun RENTE og GEBYR'],
    ],
    [
      'what is against the schema',
      [
        konto('K1', [fordring('F1', { beloeb: '1,00', tilstand: 'BETALT', forfaldsdato: '2026-02-30' })], {
          myndighed: '1',
        }),
      ],
      [
        'myndighed: skal passe',
        'tilstand: skal være en af "AABEN"',
        'beloeb: skal passe',
        'forfaldsdato: skal have formatet date',
      ],
    ],
  ])('%s', (_what, konti, expected) => {
    const problems = problemsOfKonti(konti);
    expect(problems).toHaveLength(expected.length);
    for (const [index, text] of expected.entries()) expect(problems[index]).toContain(text);
  });

  test('what is no JSON, without a word of its content', () => {
    const problems = problemsOf('{ "0101701234": ');
    expect(problems.join()).toContain('er ikke JSON');
    expect(problems.join()).not.toContain('0101701234');
  });

  test('a name that could be a CPR number is not shown', () => {
    const problems = problemsOf('{ "debitorkonti": [], "0101701234": 1 }');
    expect(problems).toHaveLength(1);
    expect(problems.join()).not.toContain('0101701234');
  });

  test('a hundred problems are counted, not all listed', () => {
    const problems = problemsOfKonti(Array.from({ length: 100 }, () => konto('K1', [])));
    expect(problems).toHaveLength(51);
    expect(problems.at(-1)).toContain('49');
  });

  test('and leaves no half-made store behind: the next start with a right file works', async () => {
    const folder = temporaryFolder();
    const config = { data: join(folder, 'missing.json'), store: join(folder, 'simulator.sqlite') };
    const ports = { now: () => 0, log: () => undefined, reportSvar: async () => ({ art: 'modtaget' as const }) };
    expect(() => createSimulator(config, ports)).toThrow(ConfigurationError);
    const scene = await startScene([konto('K1', [fordring('F1')])], { folder, store: config.store });
    expect(scene.fordring('F1').tilstand).toBe('AABEN');
  });
});

describe('the shipped examples', () => {
  const readJson = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

  test('simulator.json loads, and has something for every handlingstype to work on', () => {
    const ports = { now: () => 0, log: () => undefined, reportSvar: async () => ({ art: 'modtaget' as const }) };
    const simulator = createSimulator({ data: join(ROOT, 'examples/simulator.json'), store: ':memory:' }, ports);
    const { fordringer, debitorkonti } = simulator.state();
    expect(new Set(fordringer.map(({ tilstand }) => tilstand)).size).toBe(6);
    expect(new Set(fordringer.map(({ type }) => type)).size).toBe(3);
    expect(new Set(debitorkonti.map(({ fagsystem }) => fagsystem)).size).toBe(3);
    expect(new Set(debitorkonti.map(({ myndighed }) => myndighed)).size).toBe(2);
    expect(debitorkonti.some(({ tilstand }) => tilstand === 'LUKKET')).toBe(true);
    expect(debitorkonti.some(({ kreditOere }) => kreditOere > 0n)).toBe(true);
  });

  test('the registry knows every fagsystem and myndighed of simulator.json', () => {
    const registry = readJson('examples/registry.json') as { fagsystemer: { id: string; myndigheder: string[] }[] };
    const allowed = registry.fagsystemer.flatMap(({ id, myndigheder }) => myndigheder.map((cvr) => `${id} ${cvr}`));
    for (const { fagsystem, myndighed } of readSeed(join(ROOT, 'examples/simulator.json')).debitorkonti) {
      expect(allowed).toContain(`${fagsystem} ${myndighed}`);
    }
  });

  test('handlingstyper.json is a catalogue of the eleven, as its schema has it', () => {
    const schema = readJson('schemas/handlingstyper.schema.json') as Record<string, unknown>;
    const catalogue = readJson('examples/handlingstyper.json') as {
      handlingstyper: { kode: string; svarform: string }[];
    };
    expect(compileSchema({ ...schema, $id: 'handlingstyper' })(catalogue)).toEqual([]);
    expect(catalogue.handlingstyper.map(({ kode }) => kode)).toHaveLength(11);
    expect(catalogue.handlingstyper.filter(({ svarform }) => svarform === 'SENERE')).toHaveLength(5);
  });
});
