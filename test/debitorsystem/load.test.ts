/** Which backends are taken, and what is said of those that are not. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Debitorsystem } from '../../src/debitorsystem/debitorsystem.ts';
import { BackendStartFailed, guarded } from '../../src/debitorsystem/guarded.ts';
import { createDebitorsystem, loadDebitorsystem } from '../../src/debitorsystem/load.ts';
import type { Handlingstype } from '../../src/domain/handling.ts';
import { ConfigurationError } from '../../src/errors.ts';
import { outcomeOfError } from '../../src/ops/faults.ts';
import { KIT_DATA } from './broken/wrapped-simulator.ts';
import { temporaryFolder } from './simulator-scene.ts';

const BACKEND = `{
  name: 'mit', contract: 1, configSchema: { type: 'object', additionalProperties: false, properties: { url: { type: 'string' } } },
  capabilities: { idempotent: true, opslag: false, concurrency: 10 }, create: () => ({ execute: async () => ({ art: 'udfoert' }) }),
}`;

const ports = { now: () => 0, log: () => undefined, reportSvar: async () => ({ art: 'modtaget' as const }) };

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

async function problemsOf(name: string, baseDir: string, config?: unknown): Promise<string> {
  try {
    await loadDebitorsystem(name, config, { baseDir });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.join('\n');
    throw error;
  }
  return '';
}

describe('a backend is found', () => {
  test('by its built-in name', async () => {
    const config = { data: KIT_DATA, store: ':memory:' };
    const loaded = await loadDebitorsystem('simulator', config, { baseDir: '/' });
    expect(loaded.definition.name).toBe('simulator');
    expect(loaded.config).toEqual(config);
  });

  test('by a path from the given folder, by an absolute path and by a file: URL', async () => {
    const baseDir = folderWith({ 'ude/backend.mjs': `export default ${BACKEND}` });
    const path = join(baseDir, 'ude/backend.mjs');
    for (const name of ['./ude/backend.mjs', path, pathToFileURL(path).href]) {
      expect((await loadDebitorsystem(name, undefined, { baseDir })).definition.name).toBe('mit');
    }
  });

  test.each([
    ['main', '{"type":"module","main":"backend.js"}'],
    ['exports', '{"type":"module","exports":"./backend.js"}'],
    ['exports to import alone', '{"type":"module","exports":{".":{"types":"./backend.d.ts","import":"./backend.js"}}}'],
  ])('by its package’s name, with %s', async (_how, description) => {
    const baseDir = folderWith({
      'node_modules/@firma/backend/package.json': description,
      'node_modules/@firma/backend/backend.js': `export default ${BACKEND}`,
    });
    expect((await loadDebitorsystem('@firma/backend', {}, { baseDir })).definition.name).toBe('mit');
  });
});

describe('a backend that cannot be used is refused in Danish', () => {
  test.each([
    ['a path that leads nowhere', './findes-ikke.mjs', 'blev ikke fundet'],
    ['a package that is not installed', '@firma/findes-ikke', 'blev ikke fundet'],
    ['a name that is no built-in', 'simulatoren', 'simulator'],
    ['a module that fails when it is loaded', './fails.mjs', 'kunne ikke indlæses: ingen licens'],
    ['a module without a default export', './nothing.mjs', 'ingen default export'],
  ])('%s', async (_what, name, expected) => {
    const baseDir = folderWith({ 'fails.mjs': "throw new Error('ingen licens')", 'nothing.mjs': 'export const a = 1' });
    expect(await problemsOf(name, baseDir)).toContain(expected);
  });

  test('one of another contract version', async () => {
    const baseDir = folderWith({ 'b.mjs': `export default { ...${BACKEND}, contract: 2 }` });
    expect(await problemsOf('./b.mjs', baseDir)).toBe(
      'ADAPTER_BACKEND: ./b.mjs: taler kontraktversion 2; adapteren taler 1',
    );
  });

  test('one with several things wrong, all of them said', async () => {
    const baseDir = folderWith({
      'b.mjs': "export default { name: '', capabilities: { idempotent: 'ja', concurrency: 1001 } }",
    });
    const problems = (await problemsOf('./b.mjs', baseDir)).split('\n');
    const expected = ['name', 'kontraktversion', 'configSchema', 'create', 'idempotent', 'opslag', 'fra 1 til 1000'];
    expect(problems).toHaveLength(expected.length);
    for (const [index, word] of expected.entries()) expect(problems[index]).toContain(word);
  });

  test.each(['0', '1.5', '1001', "'10'"])('concurrency %s', async (concurrency) => {
    const baseDir = folderWith({
      'b.mjs': `export default { ...${BACKEND}, capabilities: { idempotent: true, opslag: false, concurrency: ${concurrency} } }`,
    });
    expect(await problemsOf('./b.mjs', baseDir)).toContain('capabilities.concurrency');
  });

  test('one whose configSchema is no schema', async () => {
    const baseDir = folderWith({ 'b.mjs': `export default { ...${BACKEND}, configSchema: { type: 'tekst' } }` });
    expect(await problemsOf('./b.mjs', baseDir)).toContain('er ugyldigt');
  });

  test('a configuration with several things wrong, all of them said', async () => {
    const config = { store: 1, senereDelayMs: -1, fejl: [{ art: 'altid' }], hemmelig: true };
    const problems = await problemsOf('simulator', '/', config);
    for (const text of [
      'data mangler',
      'store: skal være en tekst',
      'senereDelayMs: skal være mindst 0',
      'fejl[0].art',
      'hemmelig kendes ikke',
    ]) {
      expect(problems).toContain(`ADAPTER_BACKEND_CONFIG: ${text}`);
    }
  });

  test.each([
    ['names a file that is not there', "() => ['filen a kan ikke læses', 'filen b kan ikke læses']", 2],
    ['throws at it, with what looks like a CPR number', "() => { throw new Error('0101701234 er lukket') }", 1],
    ['says no list of it', "() => 'filen mangler'", 1],
  ])('a configuration that the backend itself %s', async (_what, configProblems, count) => {
    const baseDir = folderWith({ 'b.mjs': `export default { ...${BACKEND}, configProblems: ${configProblems} }` });
    const problems = await problemsOf('./b.mjs', baseDir, {});
    expect(problems.split('\n')).toHaveLength(count);
    expect(problems).toMatch(/^ADAPTER_BACKEND/);
    expect(problems).not.toContain('0101701234');
  });

  test('one that promises look-ups and cannot, when it is made', async () => {
    const capabilities = '{ idempotent: true, opslag: true, concurrency: 1 }';
    const baseDir = folderWith({ 'b.mjs': `export default { ...${BACKEND}, capabilities: ${capabilities} }` });
    const loaded = await loadDebitorsystem('./b.mjs', {}, { baseDir });
    await expect(createDebitorsystem(loaded, ports)).rejects.toThrow('lookup() mangler');
  });
});

test('a backend that keeps its promises is made', async () => {
  const baseDir = folderWith({ 'b.mjs': `export default ${BACKEND}` });
  const loaded = await loadDebitorsystem('./b.mjs', { url: 'http://localhost' }, { baseDir });
  expect(typeof (await createDebitorsystem(loaded, ports)).execute).toBe('function');
});

describe('the svarformer that a backend can answer with', () => {
  const capabilities = (svarformer: string): string =>
    `{ idempotent: true, opslag: false, concurrency: 1, svarformer: ${svarformer} }`;
  const handlingstyper = [
    { kode: 'NEDSKRIV', svarform: 'STRAKS' },
    { kode: 'HENSTAND', svarform: 'SENERE' },
  ] as unknown as readonly Handlingstype[];

  async function load(svarformer: string): Promise<unknown> {
    const baseDir = folderWith({
      'b.mjs': `export default { ...${BACKEND}, capabilities: ${capabilities(svarformer)} }`,
    });
    return loadDebitorsystem('./b.mjs', {}, { baseDir, handlingstyper });
  }

  test('must be able to answer at once what the catalogue promises at once', async () => {
    await expect(load("['SENERE']")).rejects.toThrow(
      'ADAPTER_HANDLINGSTYPER: NEDSKRIV har svarform STRAKS, som backend mit ikke kan svare med',
    );
  });

  test.each(["['STRAKS']", "['STRAKS', 'SENERE']", 'undefined'])('%s fits any catalogue', async (svarformer) => {
    await expect(load(svarformer)).resolves.toBeDefined();
  });

  test.each(["'STRAKS'", '[]', "['SNART']"])('%s is none', async (svarformer) => {
    await expect(load(svarformer)).rejects.toThrow('capabilities.svarformer skal være en liste');
  });
});

describe('capabilities that depend on the configuration', () => {
  const backend = (body: string): string => `export default { ...${BACKEND}, capabilities: ({ url }) => (${body}) };`;

  test('are asked for once the configuration is valid', async () => {
    const baseDir = folderWith({ 'b.mjs': backend('{ idempotent: url !== "x", opslag: false, concurrency: 2 }') });
    const loaded = await loadDebitorsystem('./b.mjs', { url: 'x' }, { baseDir });
    expect(loaded.capabilities).toEqual({ idempotent: false, opslag: false, concurrency: 2 });
  });

  test('are judged like any others', async () => {
    const baseDir = folderWith({ 'b.mjs': backend('{ concurrency: 0 }') });
    expect(await problemsOf('./b.mjs', baseDir)).toContain('capabilities.concurrency');
  });
});

describe('a backend that does not come up', () => {
  const udfoert: Debitorsystem['execute'] = async () => ({ art: 'udfoert' });

  test('because making it failed, is told with its own words and without what looks like a CPR number', async () => {
    const create = "create: () => { throw new Error('kunde 0101701234 mangler') }";
    const baseDir = folderWith({ 'b.mjs': `export default { ...${BACKEND}, ${create} }` });
    const made = createDebitorsystem(await loadDebitorsystem('./b.mjs', {}, { baseDir }), ports);
    await expect(made).rejects.toThrow(
      new BackendStartFailed('Backend mit kunne ikke oprettes: kunde ********** mangler'),
    );
  });

  test.each([
    ['throws at start', () => Promise.reject(new Error('ingen forbindelse')), 'ingen forbindelse'],
    ['throws what is no error', () => Promise.reject('nej'), 'kastede string'],
    ['is never ready', () => new Promise<void>(() => undefined), 'var ikke klar inden 20 ms'],
  ])('because it %s, stops the start: exit 69', async (_what, start, reason) => {
    const failed: unknown = await guarded('mit', { execute: udfoert, start }, 20)
      .start?.()
      .catch((error: unknown) => error);
    expect(outcomeOfError(failed)).toMatchObject({
      exit: 'unavailable',
      text: `Backend mit kunne ikke starte: ${reason}\n`,
    });
  });

  test('a health that is no text is told as a fault, and one that leaks is masked', async () => {
    const health = (given: unknown) => guarded('mit', { execute: udfoert, health: async () => given as string });
    expect(await health(undefined).health?.()).toBeUndefined();
    expect(await health(7).health?.()).toBe('har svaret uden for kontrakten');
    expect(await health('kunde 0101701234 er låst').health?.()).toBe('kunde ********** er låst');
  });
});
