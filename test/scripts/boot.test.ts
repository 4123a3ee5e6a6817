import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';

const BOOT = join(import.meta.dirname, '../../scripts/boot.mjs');
const LOCK = { name: 'x', version: '1.0.0', lockfileVersion: 3, packages: { '': { name: 'x', version: '1.0.0' } } };

let folder: string;

/** A package of its own without dependencies, so that an install needs no registry. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-boot-'));
  mkdirSync(join(folder, 'scripts'));
  copyFileSync(BOOT, join(folder, 'scripts/boot.mjs'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'x', version: '1.0.0' }));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(LOCK));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function pretendInstalled(): void {
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{}');
}

const A = { version: '1.0.0', integrity: 'sha512-a' };
const B = { version: '2.0.0', integrity: 'sha512-b' };

/** Both lockfiles, with these packages in the one of the package and in the one of what is installed. */
function pretendLocked(wanted: object, installed: object): void {
  pretendInstalled();
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ ...LOCK, packages: { ...LOCK.packages, ...wanted } }),
  );
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
}

function boot(...args: string[]): ChildProcess {
  return spawn(process.execPath, [join(folder, 'scripts/boot.mjs'), ...args], {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function finished(child: ChildProcess): Promise<{ code: unknown; output: string; errors: string }> {
  if (child.stdout === null || child.stderr === null) throw new Error('no pipes');
  const [[code], output, errors] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return { code, output, errors };
}

it('passes arguments, output and the exit code through, without a word of its own', async () => {
  pretendInstalled();
  const script = 'console.log(process.argv.slice(1).join()); process.exit(7)';
  expect(await finished(boot('-e', script, 'a', 'b'))).toEqual({ code: 7, output: 'a,b\n', errors: '' });
});

it('passes SIGTERM on and waits for the orderly end', async () => {
  pretendInstalled();
  const script =
    "process.on('SIGTERM', () => { console.log('i orden'); process.exit(3); }); console.log('klar'); setInterval(() => {}, 1000)";
  const child = boot('-e', script);
  child.stdout?.once('data', () => child.kill('SIGTERM'));
  expect(await finished(child)).toMatchObject({ code: 3, output: 'klar\ni orden\n' });
});

it('prefers the pinned Node, and puts it first on the path', async () => {
  pretendInstalled();
  const bin = join(folder, 'node_modules/.bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'node'), '#!/bin/sh\necho "pinned $1 $PATH"\n', { mode: 0o755 });
  const { code, output } = await finished(boot('script.ts'));
  expect(code).toBe(0);
  expect(output.startsWith(`pinned script.ts ${bin}:`)).toBe(true);
});

it('installs when nothing is installed, and when an install was interrupted', async () => {
  mkdirSync(join(folder, 'node_modules'));
  const { code, errors } = await finished(boot('-e', ''));
  expect({ code, errors }).toMatchObject({ code: 0, errors: expect.stringContaining('Installerer afhængigheder') });
  expect(existsSync(join(folder, 'node_modules/.package-lock.json'))).toBe(true);
});

const A_AT = 'node_modules/a';
const B_AT = 'node_modules/b';

it.each<[string, object, object]>([
  ['another version is installed', { [A_AT]: A }, { [A_AT]: { ...A, version: '1.0.1' } }],
  ['other content is installed', { [A_AT]: A }, { [A_AT]: { ...A, integrity: 'sha512-x' } }],
  ['a package is missing', { [A_AT]: A, [B_AT]: B }, { [A_AT]: A }],
  ['a package is there that should not be', { [A_AT]: A }, { [A_AT]: A, [B_AT]: B }],
])('installs again when %s', async (_what, wanted, installed) => {
  pretendLocked(wanted, installed);
  // Without a registry to reach: that it tries is enough.
  const child = boot('-e', '');
  const { errors } = await finished(child);
  expect(errors).toContain('Installerer afhængigheder');
});

it('installs nothing when the same is installed, whatever the times of the files say, and though optional ones are left out', async () => {
  const optional = { [B_AT]: { ...B, optional: true }, 'node_modules/c': { ...B, devOptional: true } };
  pretendLocked({ [A_AT]: A, ...optional }, { [A_AT]: A });
  utimesSync(join(folder, 'package-lock.json'), new Date(), new Date(Date.now() + 60_000));
  expect(await finished(boot('-e', ''))).toEqual({ code: 0, output: '', errors: '' });
});

it('installs nothing through a link, since npm would empty what it leads to, and says what to do', async () => {
  const shared = join(folder, 'faelles');
  mkdirSync(shared);
  writeFileSync(join(shared, 'andres'), 'x');
  symlinkSync(shared, join(folder, 'node_modules'));
  const { code, output, errors } = await finished(boot('-e', 'console.log("kørt")'));
  expect({ code, output }).toEqual({ code: 1, output: '' });
  expect(errors).toContain(`rm ${join(folder, 'node_modules')}`);
  expect(errors).not.toContain('Installerer');
  expect(readdirSync(shared)).toEqual(['andres']);
});

it('runs through a link to what is installed as it should be', async () => {
  const shared = join(folder, 'faelles');
  mkdirSync(shared);
  writeFileSync(join(shared, '.package-lock.json'), '{}');
  symlinkSync(shared, join(folder, 'node_modules'));
  expect(await finished(boot('-e', 'console.log("kørt")'))).toEqual({ code: 0, output: 'kørt\n', errors: '' });
});

it('ends with a clear message and runs nothing when the install fails', async () => {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'x', version: '1.0.0', dependencies: { y: '1.0.0' } }),
  );
  const { code, output, errors } = await finished(boot('-e', 'console.log("kørt")'));
  expect({ code, output }).toEqual({ code: 1, output: '' });
  expect(errors).toContain('npm ci mislykkedes');
});
