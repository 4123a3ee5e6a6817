/**
 * The arrows of the house (spec: "Arrows"), and its smells. A file may import its own folder, and what stands on its
 * folder's list; `types:` marks a target of which only types may be imported.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const SRC = join(ROOT, 'src');

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  generated: ['ajv/dist/runtime', 'oio/formats'],
  oio: ['domain', 'errors', 'generated', 'saxes', 'node:'],
  anmodninger: [
    'domain',
    'errors',
    'oio',
    'types:generated',
    'types:ledger/ledger',
    'types:broker/delivery',
    'node:crypto',
  ],
  flow: [
    'domain',
    'errors',
    'anmodninger',
    'oio',
    'types:broker/delivery',
    'types:broker/publication',
    'ledger/ledger',
    'types:ledger/interventions',
    'types:debitorsystem/debitorsystem',
    'debitorsystem/udfald-contract',
    'debitorsystem/wire',
    'node:crypto',
    'node:events',
    'node:timers/promises',
  ],
  broker: ['domain', 'errors', 'amqplib', 'node:'],
  client: ['domain', 'errors', 'types:generated', 'oio', 'broker', 'node:crypto', 'node:timers/promises'],
  ledger: ['domain', 'errors', 'types:broker/delivery', 'better-sqlite3', 'pg', 'node:'],
  debitorsystem: [
    'domain',
    'errors',
    'log',
    'json-schema',
    'better-sqlite3',
    'fastify',
    'broker/addresses',
    'broker/kommando-client',
    'types:broker/link',
    'node:',
  ],
  ops: [
    'domain',
    'errors',
    'log',
    'config',
    'main',
    'installation',
    'rulebook',
    'types:flow',
    'types:ledger/ledger',
    'ledger',
    'broker',
    'oio',
    'anmodninger',
    'debitorsystem',
    'amqplib',
    'fastify',
    'commander',
    '@prometheus-io/client',
    'node:',
  ],
};

/** Files that stand in src/ itself. */
const TOP_MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'config.ts': ['errors', 'broker/addresses', 'oio/namespaces', 'node:'],
  'errors.ts': ['types:domain'],
  'installation.ts': [
    'types:anmodninger',
    'types:config',
    'debitorsystem/load',
    'errors',
    'ops/starter',
    'rulebook',
    'node:fs',
  ],
  'json-schema.ts': ['ajv'],
  'log.ts': ['types:config', 'domain/cpr', 'pino'],
  'rulebook.ts': ['types:anmodninger', 'types:config', 'config', 'types:domain', 'errors', 'generated', 'node:fs'],
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(SRC, join(entry.parentPath, entry.name)))
    .sort();
}

const FILES = sourceFiles(SRC);
const read = (file: string): string => readFileSync(join(SRC, file), 'utf8');

const IMPORT =
  /^\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

function importsOf(file: string): Import[] {
  return [...read(file).matchAll(IMPORT)].map((match) => {
    const specifier = match[2] ?? match[3] ?? match[4] ?? '';
    const target = specifier.startsWith('.') ? relative(SRC, resolve(SRC, dirname(file), specifier)) : specifier;
    return { file, target, typeOnly: match[1] !== undefined };
  });
}

const IMPORTS = FILES.flatMap(importsOf);
const roomOf = (path: string): string => path.split('/')[0] ?? '';

function isAllowed({ file, target, typeOnly }: Import): boolean {
  if (file === 'main.ts') return true;
  const isTop = !file.includes('/');
  if (!isTop && target.startsWith(`${roomOf(file)}/`)) return true;
  const allowed = isTop ? (TOP_MAY_IMPORT[file] ?? []) : (MAY_IMPORT[roomOf(file)] ?? []);
  return allowed.some((entry) => {
    const [, types, path = ''] = /^(types:)?(.*)$/.exec(entry) ?? [];
    return target.startsWith(path) && (types === undefined || typeOnly);
  });
}

/** A line's part that is no code. */
const COMMENT = /^\s*(?:\/\*\*?|\*).*$|\/\/ .*$/;

function offenders(pattern: RegExp, except: (file: string) => boolean = () => false): string[] {
  return FILES.filter((file) => !except(file) && !file.startsWith('generated/')).flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line.replace(COMMENT, '')) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
      ),
  );
}

describe('the arrows', () => {
  test('there is something to look at', () => {
    expect(FILES.length).toBeGreaterThan(40);
    expect(IMPORTS.length).toBeGreaterThan(100);
  });

  test('point only where the house lets them', () => {
    expect(IMPORTS.filter((one) => !isAllowed(one)).map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('make no cycle', () => {
    const graph = new Map(FILES.map((file) => [file, importsOf(file).map(({ target }) => target)]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (path.includes(file) || done.has(file)) return;
      for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of FILES) visit(file, []);
    expect(cycles).toEqual([]);
  });

  test('the message definitions never import each other', () => {
    const between = IMPORTS.filter(({ file, target }) => {
      if (!file.startsWith('anmodninger/') || !target.startsWith('anmodninger/')) return false;
      if (file === 'anmodninger/catalogue.ts' || target === 'anmodninger/definition.ts') return false;
      return dirname(file) !== dirname(target) || dirname(file) === 'anmodninger';
    });
    expect(between.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });
});

describe('the habits', () => {
  test('no internal barrels, no drawers', () => {
    expect(
      FILES.filter((file) => /(^|\/)(index|utils?|helpers?|common|types|interfaces|shared)(\.ts|\/)/.test(file)),
    ).toEqual([]);
    expect(offenders(/^export \* from/)).toEqual([]);
  });

  test('files stay under 400 lines, most of them far under', () => {
    const lengths = FILES.filter((file) => !file.startsWith('generated/')).map((file) => read(file).split('\n').length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(400);
    expect(lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(180);
  });

  test('only config.ts reads the environment', () => {
    expect(offenders(/process\.env/, (file) => file === 'config.ts')).toEqual([]);
  });

  test('no object is made with another one as its prototype: each costs V8 a type of its own, which keeps the other alive', () => {
    expect(offenders(/Object\.(create\((?!null\))|setPrototypeOf)/)).toEqual([]);
  });

  test('only the command line ends the process', () => {
    expect(offenders(/process\.exit\(/, (file) => file === 'ops/cli.ts' || file.endsWith('watchdog.ts'))).toEqual([]);
  });

  test('the pure folders read no clock, no chance, and make no ids', () => {
    const pure = (file: string): boolean => !/^(domain|anmodninger|oio)\//.test(file);
    expect(offenders(/Date\.now\(|new Date\(\)|Math\.random\(|randomUUID|randomBytes/, pure)).toEqual([]);
  });

  test('nothing is any, nothing is forced, nothing is left to do', () => {
    expect(offenders(/(:|<|as )\s*any\b|@ts-(ignore|expect-error|nocheck)/)).toEqual([]);
    const unfinished = /\b(TODO|FIXME|XXX|HACK)\b/;
    expect(FILES.filter((file) => unfinished.test(read(file)))).toEqual([]);
  });

  test('our own names say dispatch, receive and consume; handling is a word of the domain', () => {
    expect(offenders(/\b(handle(?!Type\b|When\b)[A-Z]\w*|\w+Handler|Handler)\b/)).toEqual([]);
    expect(offenders(/\b(class|interface|type)\s+\w*(Manager|Service|Helper|Util|Impl)\b/)).toEqual([]);
  });

  test('identifiers and file names are ASCII', () => {
    expect(FILES.filter((file) => /[^\x20-\x7e]/.test(file))).toEqual([]);
    expect(offenders(/\b(const|let|function|class|interface|type)\s+\w*[æøåÆØÅ]/)).toEqual([]);
  });
});
