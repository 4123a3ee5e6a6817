/** What a start is told of its settings, files and backend: everything that is wrong, at once, before anything is opened. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readSettings } from '../src/config.ts';
import { ConfigurationError } from '../src/errors.ts';
import { loadInstallation } from '../src/installation.ts';

const folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-installation-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function problemsOf(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  try {
    await loadInstallation(readSettings(env));
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

const AMQP = { ADAPTER_AMQP_URL: 'amqp://127.0.0.1:1/' };
const WRONG = {
  ADAPTER_PREFETCH: 'mange',
  ADAPTER_IT_SYSTEM_INSTANS: 'ikke en uuid',
  ADAPTER_REGISTRY: join(folder, 'findes-ikke.json'),
  ADAPTER_HANDLINGSTYPER: file('handlingstyper.json', '{"handlingstyper": [{"kode": "A"}]}'),
  ADAPTER_BACKEND: 'http',
  ADAPTER_BACKEND_CONFIG: JSON.stringify({
    url: 'http://debitor.example/',
    auth: { hmac: { keyId: 'adapter', secretFile: join(folder, 'ingen-hemmelighed') } },
  }),
};
const EXPECTED = [
  'ADAPTER_AMQP_URL mangler',
  'ADAPTER_PREFETCH skal være',
  'ADAPTER_IT_SYSTEM_INSTANS skal være',
  'ADAPTER_REGISTRY: filen',
  'ADAPTER_HANDLINGSTYPER: ',
  'ADAPTER_BACKEND_CONFIG: url skal begynde med https://',
  'ADAPTER_BACKEND_CONFIG: filen',
];

test('settings, registry, catalogue and the backend with its files are all judged, whatever else is wrong', async () => {
  const problems = await problemsOf(WRONG);
  for (const expected of EXPECTED) expect(problems.join('\n')).toContain(expected);
});

test('a wrong backend is told beside a wrong setting, and what is right beside it is not complained about', async () => {
  expect(await problemsOf({ ...AMQP, ADAPTER_PREFETCH: '0', ADAPTER_BACKEND: './findes-ikke.js' })).toEqual([
    expect.stringContaining('ADAPTER_PREFETCH'),
    expect.stringContaining('ADAPTER_BACKEND: ./findes-ikke.js blev ikke fundet'),
  ]);
  expect(await problemsOf({ ...AMQP, ADAPTER_BACKEND_CONFIG: '{"data":' })).toEqual([
    expect.stringContaining('hverken JSON eller stien'),
  ]);
});

test.each([
  ['simulator', { data: join(folder, 'ingen-data.json'), store: join(folder, 'ny.db') }, 'datafil'],
  ['amqp', { url: 'amqp://mq/', debitorsystem: 'd', caFile: join(folder, 'ingen-ca') }, 'ingen-ca kan ikke læses'],
])(
  'the built-in backend %s says which file it lacks before it is made, and makes none',
  async (backend, config, text) => {
    const env = { ...AMQP, ADAPTER_BACKEND: backend, ADAPTER_BACKEND_CONFIG: JSON.stringify(config) };
    expect(await problemsOf(env)).toEqual([expect.stringMatching(new RegExp(`^ADAPTER_BACKEND_CONFIG: .*${text}`))]);
    expect(existsSync(join(folder, 'ny.db'))).toBe(false);
  },
);

test('the shipped defaults need no more than an address of RabbitMQ', async () => {
  const { rulebook, debitorsystem } = await loadInstallation(readSettings(AMQP));
  expect(rulebook.handlingstyper.size).toBeGreaterThan(0);
  expect(debitorsystem.definition.name).toBe('simulator');
});

test('start tells all of it, with exit 78', () => {
  const cli = join(import.meta.dirname, '..', 'src', 'ops', 'cli.ts');
  const env = { PATH: process.env['PATH'] ?? '', ...WRONG };
  const ran = spawnSync(process.execPath, [cli, 'start'], { cwd: folder, env, encoding: 'utf8', timeout: 60_000 });
  expect(ran.status).toBe(78);
  for (const expected of EXPECTED) expect(ran.stderr).toContain(expected);
}, 90_000);
