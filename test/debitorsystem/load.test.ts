/** Which backends are taken, and what is said of those that are not. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createDebitorsystem, loadDebitorsystem } from '../../src/debitorsystem/load.ts';
import { ConfigurationError } from '../../src/errors.ts';
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
    const config = { data: 'data.json', store: ':memory:' };
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
