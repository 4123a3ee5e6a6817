/**
 * Debian's packages: installing RabbitMQ as root, and unpacking a later suite's RabbitMQ in a folder without touching the
 * system. Both use the mirror and the keys that the machine's apt has already.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openGuard } from './guard.ts';
import { MARK_NAME } from './mark.ts';
import { BrokerUnavailable } from './running-broker.ts';

const UPDATE_LIMIT_MS = 180_000;
const INSTALL_LIMIT_MS = 600_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** The package's closure leaves out what every Debian has; its scripts need these. */
const PACKAGES = ['rabbitmq-server', 'dash', 'bash', 'coreutils', 'sed', 'grep', 'mawk', 'hostname'];

export function isDebian(): boolean {
  return process.platform === 'linux' && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

interface RunOptions {
  readonly limitMs: number;
  readonly environment?: Record<string, string>;
}

/** Runs a program in this process's environment with `environment` on top; a failure carries what it wrote. */
async function run(file: string, args: readonly string[], { limitMs, environment = {} }: RunOptions): Promise<string> {
  const settings = Object.entries({ DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C', ...environment });
  // `env` adds to the inherited environment, which holds a proxy where the machine needs one.
  const withEnvironment = [...settings.map(([name, value]) => `${name}=${value}`), file, ...args];
  try {
    const options = { encoding: 'utf8', timeout: limitMs, maxBuffer: MAX_OUTPUT_BYTES, cwd: '/' } as const;
    const { stdout } = await promisify(execFile)('env', withEnvironment, options);
    return stdout;
  } catch (error) {
    const text = error instanceof Error ? error.message.trim().split('\n').slice(-10).join('\n') : String(error);
    throw new BrokerUnavailable(`${file} ${args.at(-1) ?? ''} mislykkedes:\n${text}`, { cause: error });
  }
}

/**
 * Installs rabbitmq-server as root. The service is not started: RUNLEVEL=1 tells Debian's scripts so. Two runs that want it
 * at once take turns (apt itself does not wait for its lists), on a lock that needs no file of ours.
 */
export async function installPackage(log: (line: string) => void): Promise<void> {
  const inTurn = ['--timeout', String(INSTALL_LIMIT_MS / 1000), '/etc/apt', 'apt-get', '-qq'];
  log('Henter Debians pakkelister (apt-get update).');
  await run('flock', [...inTurn, 'update'], { limitMs: INSTALL_LIMIT_MS + UPDATE_LIMIT_MS });
  log('Installerer pakken rabbitmq-server (apt-get install); det tager normalt under et minut.');
  await run('flock', [...inTurn, '-y', '--no-install-recommends', 'install', 'rabbitmq-server'], {
    limitMs: 2 * INSTALL_LIMIT_MS,
    environment: { RUNLEVEL: '1' },
  });
}

/** Why a later suite can't be unpacked and run here; undefined where it can. */
export function obstacleToUnpacking(): string | undefined {
  if (!isDebian()) return 'det kræver Debian, hvis pakker hentes';
  const missing = ['/usr/bin/dpkg-deb', '/usr/bin/unshare', '/usr/sbin/chroot', KEYRING].filter(
    (path) => !existsSync(path),
  );
  return missing.length === 0 ? undefined : `der mangler ${missing.join(', ')}`;
}

/** The mirror that the machine's apt uses, so that a closed network's own mirror is used as well. */
async function mirror(): Promise<string> {
  const uris = await run('apt-get', ['update', '--print-uris'], { limitMs: UPDATE_LIMIT_MS });
  const found = /^'(\S+\/debian)\/dists\//m.exec(uris)?.[1];
  if (found === undefined) throw new BrokerUnavailable('Maskinens apt bruger intet spejl af Debian.');
  return found;
}

/** Options that make apt work in `folder` only, on an empty system and one suite. */
function privateApt(folder: string): string[] {
  const settings = {
    'Dir::Etc::sourcelist': `${folder}/sources.list`,
    'Dir::Etc::sourceparts': `${folder}/parts`,
    'Dir::Etc::preferencesparts': `${folder}/parts`,
    'Dir::State': `${folder}/state`,
    'Dir::State::status': `${folder}/state/status`,
    'Dir::Cache': `${folder}/cache`,
    'APT::Sandbox::User': 'root',
    'APT::Install-Recommends': 'false',
    'APT::Keep-Downloaded-Packages': 'true',
    'Acquire::Languages': 'none',
  };
  return ['-qq', ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])];
}

/** The few files of /etc and the mount points that a chroot needs. */
function furnish(root: string): void {
  for (const folder of ['proc', 'dev', 'tmp', 'node', 'etc', 'var']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'etc/hosts'), '127.0.0.1 localhost\n');
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/:/bin/sh\n');
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\n');
  writeFileSync(join(root, 'etc/nsswitch.conf'), 'hosts: files dns\n');
}

/**
 * Fetches `suite`'s rabbitmq-server with all that it needs and unpacks it as a tree to chroot into.
 * @param target the tree's folder. It appears whole by a rename or not at all, also where two runs fetch it at once.
 */
export async function unpackSuite(suite: string, target: string, log: (line: string) => void): Promise<void> {
  if (existsSync(target)) return;
  log(`Henter RabbitMQ fra Debian ${suite} (ca. 70 MB, én gang).`);
  const guard = openGuard({ parent: join(target, '..') });
  const folder = guard.directory;
  const environment = { [MARK_NAME]: folder };
  try {
    for (const part of ['parts', 'state/lists/partial', 'cache/archives/partial']) {
      mkdirSync(join(folder, part), { recursive: true });
    }
    writeFileSync(join(folder, 'state/status'), '');
    writeFileSync(join(folder, 'sources.list'), `deb [signed-by=${KEYRING}] ${await mirror()} ${suite} main\n`);
    const apt = privateApt(folder);
    await run('apt-get', [...apt, 'update'], { limitMs: UPDATE_LIMIT_MS, environment });
    await run('apt-get', [...apt, '-y', '--download-only', 'install', ...PACKAGES], {
      limitMs: INSTALL_LIMIT_MS,
      environment,
    });
    const root = join(folder, 'root');
    for (const part of ['bin', 'sbin', 'lib', 'lib64']) {
      mkdirSync(join(root, 'usr', part), { recursive: true });
      symlinkSync(`usr/${part}`, join(root, part));
    }
    const archives = join(folder, 'cache/archives');
    const unpack = 'dpkg-deb --fsys-tarfile "$1" | tar -x --keep-directory-symlink --no-same-owner -C "$2"';
    for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
      const args = ['-c', `set -e; ${unpack}`, 'sh', join(archives, name), root];
      await run('sh', args, { limitMs: UPDATE_LIMIT_MS, environment });
    }
    furnish(root);
    if (!existsSync(join(root, 'usr/lib/rabbitmq/bin/rabbitmq-server'))) {
      throw new BrokerUnavailable(`Pakken rabbitmq-server fra Debian ${suite} kunne ikke pakkes ud.`);
    }
    if (!existsSync(target)) renameSync(root, target);
  } finally {
    await guard.end();
  }
}
