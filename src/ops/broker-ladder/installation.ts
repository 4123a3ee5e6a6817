/**
 * A RabbitMQ on this machine's disk, and how its programs are run: one that is installed, or a tree that was unpacked. It
 * starts nothing itself; `private-node.ts` does.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Debian's own folder: the programs in /usr/sbin change to another user and to its directory. */
const DEBIAN_BIN = '/usr/lib/rabbitmq/bin';
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export interface CommandLine {
  readonly file: string;
  readonly args: readonly string[];
}

export interface Installation {
  /** RabbitMQ's version as far as the folder's name tells; empty where it does not. */
  readonly version: string;
  /** PATH for its programs. */
  readonly searchPath: string;
  /** Where its programs see the node's directory. */
  inside(directory: string): string;
  /** The command line that runs `rabbitmq-server` or `rabbitmqctl`. */
  commandLine(program: 'rabbitmq-server' | 'rabbitmqctl', args: readonly string[], directory: string): CommandLine;
  /** The Erlang node's process id, of the process that `commandLine` started; undefined while there is none yet. */
  nodePid(startedPid: number): number | undefined;
}

function whereIs(program: string): string | undefined {
  const { stdout, status } = spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program], { encoding: 'utf8' });
  const path = stdout.trim();
  return status === 0 && path.startsWith('/') ? path : undefined;
}

/** The version in a name such as `rabbitmq_server-3.10.8`, looked for above `bin`, below it, and in its real path. */
export function versionNear(bin: string): string {
  const siblings = join(bin, '../lib');
  const names = [realpathSync(bin), ...(existsSync(siblings) ? readdirSync(siblings) : [])];
  return names.map((name) => /rabbitmq(?:_server)?[-/](\d+\.\d+\.\d+)/.exec(name)?.[1]).find(Boolean) ?? '';
}

/** Whether dpkg is in the middle of installing the package, for another run that was a few seconds earlier. */
function isHalfInstalled(): boolean {
  const { stdout } = spawnSync('dpkg-query', ['--status', 'rabbitmq-server'], { encoding: 'utf8' });
  // Without dpkg, or with a RabbitMQ that did not come as a package, it says nothing.
  return (
    typeof stdout === 'string' && /^Status: .* (half-installed|unpacked|half-configured|triggers-\w+)$/m.test(stdout)
  );
}

/** The RabbitMQ that is installed on this machine, if any. */
export function findInstallation(): Installation | undefined {
  const onPath = whereIs('rabbitmq-server');
  const bin = existsSync(join(DEBIAN_BIN, 'rabbitmq-server'))
    ? DEBIAN_BIN
    : onPath === undefined
      ? undefined
      : dirname(realpathSync(onPath));
  if (bin === undefined || (bin === DEBIAN_BIN && isHalfInstalled())) return undefined;
  const erlang = whereIs('erl');
  return {
    version: versionNear(bin),
    searchPath: [bin, ...(erlang === undefined ? [] : [dirname(erlang)]), SYSTEM_PATH].join(':'),
    inside: (directory) => directory,
    commandLine: (program, args) => ({ file: join(bin, program), args }),
    nodePid: (startedPid) => startedPid, // The server's script ends in exec, see RUNNING_UNDER_SYSTEMD.
  };
}
