/**
 * docs/backends.md: its examples are what the adapter takes, its tables are what the catalogue and the kit hold, and what it
 * says happens when a backend does wrong is shown by the test that it names.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AMQP_CONFIG_SCHEMA } from '../../src/debitorsystem/backends/amqp/config.ts';
import { HTTP_CONFIG_SCHEMA } from '../../src/debitorsystem/backends/http/config.ts';
import { DEFAULT_WORLD, parseKitWorld } from '../../src/debitorsystem/contract.ts';
import { parseReportedSvar, udfaldProblem } from '../../src/debitorsystem/udfald-contract.ts';
import { readSvar, readUdfald } from '../../src/debitorsystem/wire.ts';
import { compileSchema } from '../../src/json-schema.ts';
import { runCli } from '../support/terminal.ts';
import { command, named as paaFordringer } from './simulator-scene.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const GUIDE = join(ROOT, 'docs', 'backends.md');
const guide = readFileSync(GUIDE, 'utf8');

/** What stands between a heading of the second level and the next. */
function section(heading: string): string {
  const [, rest = ''] = guide.split(`\n## ${heading}\n`);
  return rest.split('\n## ')[0] ?? '';
}

/** A section's tables, row by row, without their heads. */
function rowsOf(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  const isRule = (line: string | undefined): boolean => line?.startsWith('|---') === true;
  return lines
    .filter((line, index) => !isRule(line) && !isRule(lines[index + 1]))
    .map((line) => line.slice(2, -2).split(' | '));
}

describe('the JSON in the guide', () => {
  const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
  const configIs =
    (schema: Readonly<Record<string, unknown>>) =>
    (value: unknown): void =>
      expect(compileSchema(schema)(value)).toEqual([]);
  /** Throws where an example is not what it is said to be. */
  const JUDGES: Readonly<Record<string, (value: unknown) => void>> = {
    udfald: (value) => void readUdfald(bytes(value)),
    svar: (value) => void parseReportedSvar(readSvar(bytes(value)).svar),
    verden: (value) => void parseKitWorld(value),
    http: configIs(HTTP_CONFIG_SCHEMA),
    amqp: configIs(AMQP_CONFIG_SCHEMA),
  };
  const blocks = [...guide.matchAll(/^ *```json *(\S*)\n([\s\S]*?)^ *```$/gm)].map(([, kind = '', text = '']) => ({
    kind,
    text,
    title: `${kind}: ${text.trim().split('\n')[0]}`,
  }));
  const inline = [...guide.matchAll(/`(\{"[^`]+\})`/g)].map(([, text = '']) => ({ kind: 'udfald', text, title: text }));
  const examples = [...blocks, ...inline];

  test('is all of it looked at', () => {
    expect(blocks.map(({ kind }) => kind).filter((kind) => JUDGES[kind] === undefined)).toEqual([]);
    expect(new Set(examples.map(({ kind }) => kind))).toEqual(new Set(['http', 'udfald', 'svar', 'verden']));
    expect(guide.match(/```json/g)).toHaveLength(blocks.length);
  });

  test.each(examples)('is right: $title', ({ kind, text }) => {
    const value = JSON.parse(text) as object;
    JUDGES[kind]?.(value);
    // And would not be so with a field that is misspelt.
    expect(() => JUDGES[kind]?.({ ...value, ekstra: 1 })).toThrow();
  });

  test('of a world names everything that a world has', () => {
    const keys = blocks
      .filter(({ kind }) => kind === 'verden')
      .map(({ text }) => Object.keys(JSON.parse(text) as object));
    expect(keys.map((one) => one.sort())).toContainEqual(Object.keys(DEFAULT_WORLD).sort());
  });

  test('may have no more fields over a network, and in a module what is more is left out, as the table says', () => {
    const nedskriv = command('NEDSKRIV', paaFordringer('K-1', 'F-1'));
    const extra = { ekstra: 1, resultat: { fordringer: [{ fordring: 'F-1', resultat: 'GENNEMFOERT', ekstra: 2 }] } };
    expect(udfaldProblem({ art: 'udfoert', ...extra }, nedskriv)).toEqual({
      art: 'udfoert',
      resultat: { fordringer: [{ fordring: 'F-1', resultat: 'GENNEMFOERT' }] },
    });
    expect(parseReportedSvar({ status: 'GENNEMFOERT', tid: 0, ekstra: 1 })).toEqual({ status: 'GENNEMFOERT', tid: 0 });
    const wrongly = { fordringer: [{ fordring: 'F-1', resultat: 'GENNEMFOERT', fejl: [{ kode: 'X', tekst: 'nej' }] }] };
    expect(udfaldProblem({ art: 'udfoert', resultat: wrongly }, nedskriv)).toContain('fejl hører til resultat AFVIST');
    expect(udfaldProblem(readUdfald(bytes({ art: 'udfoert', resultat: wrongly })), nedskriv)).toContain(
      'fejl hører til',
    );
  });
});

test('the table of handlingstyper has every code, variant and svarform of the starter catalogue, and no other', () => {
  const { handlingstyper } = JSON.parse(readFileSync(join(ROOT, 'examples', 'handlingstyper.json'), 'utf8')) as {
    handlingstyper: { kode: string; varianter: number[]; svarform: string }[];
  };
  const expected = handlingstyper.flatMap(({ kode, varianter, svarform }) =>
    varianter.map((one) => [kode, one, svarform]),
  );
  const told = rowsOf(section('Handlingstyperne'))
    .filter(([kode]) => kode?.startsWith('`'))
    .flatMap(([kode = '', varianter = '', svarform = '']) =>
      varianter.split(', ').map((variant) => [kode.replaceAll('`', ''), Number(variant), svarform]),
    );
  expect(told.sort()).toEqual(expected.sort());
});

test('the table of the kit’s world counts what the kit uses', () => {
  const told = rowsOf(section('Kittets verden')).map(([name = '', count = '']) => [name.replaceAll('`', ''), count]);
  const counted = Object.entries(DEFAULT_WORLD).flatMap(([name, value]) => {
    if (typeof value === 'string' || name === 'handlingstyper') return [];
    if (name === 'kunder') return [[name, 'mindst 2']];
    return [[name, Array.isArray(value) ? String(value.length) : '1']];
  });
  expect(told.sort()).toEqual(counted.sort());
});

test('every link leads to a file, and every anchor to a heading', () => {
  const slug = (heading: string): string =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
  const slugsIn = (path: string): string[] =>
    [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slug(heading));
  const links = [...guide.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
  expect(links.length).toBeGreaterThan(10);
  for (const link of links) {
    const [file = '', anchor] = link.split('#');
    const path = file === '' ? GUIDE : join(ROOT, 'docs', file);
    expect(existsSync(path), link).toBe(true);
    if (anchor !== undefined) expect(slugsIn(path), link).toContain(anchor);
  }
});

test('every option in its commands is one, and its package has the version of this one', async () => {
  const { out } = await runCli('backend', 'test', '--help');
  const commands = [...guide.matchAll(/^debitor-adapter backend test .*$/gm)].map(([line]) => line);
  const options = `${commands.join(' ')} ${section('Afprøv den')}`.match(/(?<= |`)--[a-z-]+/g) ?? [];
  expect(new Set(options).size).toBeGreaterThan(4);
  for (const option of new Set(options)) expect(out).toContain(option);
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  for (const [, named] of guide.matchAll(/debitor-adapter-([0-9][^ ]*)\.tgz/g)) expect(named).toBe(version);
});

const rows = rowsOf(section('Når noget går galt'));
const named = rows.flatMap(([what = '', _consequence, _seen, tests = '']) =>
  tests.split('; ').map((one) => {
    const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(one) ?? [];
    return { what, file, title };
  }),
);

test('every wrong in the table has a test', () => {
  expect(rows.length).toBeGreaterThan(15);
  expect(named.every(({ file, title }) => file !== '' && title !== '')).toBe(true);
});

test.each(named)('$what: $file, $title', ({ file, title }) => {
  expect(readFileSync(join(ROOT, 'test', file), 'utf8')).toContain(title);
});
