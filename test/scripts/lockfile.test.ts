/**
 * `npm ci` refuses a lockfile that leaves out an optional package of another platform, and npm leaves it out where the
 * registry that wrote the lockfile does not have it. Then no fresh clone can be installed.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

const { packages }: { packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
  readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
);

/** Whether the package at `from` finds `name` in its own node_modules or in one above it. */
function isLocked(from: string, name: string): boolean {
  const above = from.lastIndexOf('node_modules/');
  const key = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  return key in packages || (from !== '' && isLocked(from.slice(0, Math.max(0, above - 1)), name));
}

it('locks the optional packages of every platform, so that a fresh clone can be installed', () => {
  const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(from, name)),
  );
  expect(missing).toEqual([]);
});

it('holds no download address, so that every machine uses its own registry', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});
