/** The template in examples/ as an author has it: a copy in a folder of its own, with the package among its dependencies. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from './simulator-scene.ts';

const ROOT = join(import.meta.dirname, '..', '..');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
}

/** The package as it is published, but with each of its exports taken from src/, which needs no build. */
function installPackage(folder: string): Manifest {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
  const { name, version, exports } = manifest;
  const installed = join(folder, 'node_modules', name);
  for (const target of Object.values(exports)) {
    if (typeof target === 'string') continue;
    const source = join(ROOT, target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts'));
    const path = join(installed, target.default);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `export * from ${JSON.stringify(pathToFileURL(source).href)};\n`);
  }
  writeFileSync(join(installed, 'package.json'), JSON.stringify({ name, version, type: 'module', exports }));
  return manifest;
}

test('passes the kit as it stands, kills included, and skips only what it says that it can not do', () => {
  const folder = join(temporaryFolder(), 'mit-debitorsystem');
  cpSync(join(ROOT, 'examples', 'backend-skabelon'), folder, { recursive: true });
  const { name, version } = installPackage(folder);
  const own = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies: unknown };
  expect(own.dependencies).toEqual({ [name]: version });
  const ran = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--test', '--test-reporter=tap', 'backend.test.ts'],
    { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } },
  );
  expect(ran.stdout).toMatch(/^# fail 0$/m);
  expect(ran.status).toBe(0);
  const skipped = [...ran.stdout.matchAll(/# SKIP (.*)$/gm)].map(([, reason]) => reason);
  expect(skipped.filter((reason) => !reason?.startsWith('verdenen nævner'))).toEqual([]);
  expect(Number(/^# pass (\d+)$/m.exec(ran.stdout)?.[1])).toBeGreaterThan(35);
}, 90_000);
