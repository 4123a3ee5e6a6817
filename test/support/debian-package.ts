/** Runtimes that a test needs and a machine may lack: installed from Debian's packages where that can be done. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { isDebian, isRoot } from '../../src/ops/broker-ladder/debian.ts';

const LIMIT_MS = 300_000;

function apt(...args: readonly string[]): void {
  // In turn with whoever else installs: apt itself does not wait for its lists.
  execFileSync('flock', ['--timeout', '300', '/etc/apt', 'apt-get', '-qq', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    stdio: 'ignore',
    timeout: LIMIT_MS,
  });
}

/**
 * Sees to it that the files are there, by installing the packages where they are not.
 * @returns why they can't be had; undefined: they are there.
 */
export function obstacleToPackages(files: readonly string[], packages: readonly string[]): string | undefined {
  const missing = (): boolean => files.some((file) => !existsSync(file));
  if (!missing()) return undefined;
  if (!isDebian() || !isRoot()) return `mangler ${packages.join(', ')}`;
  try {
    apt('update');
    apt('-y', '--no-install-recommends', 'install', ...packages);
  } catch (error) {
    return `${packages.join(', ')} kunne ikke installeres: ${error instanceof Error ? error.message : ''}`;
  }
  return missing() ? `${packages.join(', ')} gav ikke ${files.join(', ')}` : undefined;
}
