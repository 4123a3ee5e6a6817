/**
 * RabbitMQ 4 on a Debian whose own package is older: the next suite's package, unpacked in a cache folder and run in a
 * chroot, since this system's C library is too old for it. Nothing of the system is changed.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isRoot, obstacleToUnpacking, unpackSuite } from './debian.ts';
import { type Installation, versionNear } from './installation.ts';
import { BrokerUnavailable } from './running-broker.ts';

/** Debian 13 with RabbitMQ 4.0. A released suite, so that what runs does not change from one day to the next. */
const SUITE = 'trixie';
const BIN = '/usr/lib/rabbitmq/bin';
/**
 * Arguments: the tree, the node's directory, then the command. Everything is mounted in a namespace of its own, and so are
 * the processes: the end of the first one ends them all.
 */
const ENTER = [
  'set -e',
  'tree=$1 directory=$2',
  'shift 2',
  'mount --rbind /dev "$tree/dev"',
  'mount -t proc proc "$tree/proc"',
  'mount --bind "$directory" "$tree/node"',
  'exec chroot "$tree" "$@"',
].join('\n');

/** The node is the first child of `unshare`, which stays outside its namespace. */
function firstChild(pid: number): number | undefined {
  try {
    const child = Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1'), 10);
    return child > 0 ? child : undefined;
  } catch {
    return undefined; // It ended meanwhile.
  }
}

function installationIn(tree: string): Installation {
  const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private'];
  return {
    version: versionNear(join(tree, BIN)),
    searchPath: '/usr/sbin:/usr/bin:/sbin:/bin',
    inside: () => '/node',
    commandLine: (program, args, directory) => ({
      file: 'unshare',
      args: [
        ...(isRoot() ? [] : ['--map-root-user']),
        ...namespaces,
        ...['sh', '-c', ENTER, 'sh', tree, directory, `${BIN}/${program}`, ...args],
      ],
    }),
    nodePid: firstChild,
  };
}

/**
 * RabbitMQ 4, fetched on the first call on a machine.
 * @throws BrokerUnavailable that says why it can't be had here.
 */
export async function unpackedInstallation(log: (line: string) => void): Promise<Installation> {
  const obstacle = obstacleToUnpacking();
  if (obstacle !== undefined) throw new BrokerUnavailable(`RabbitMQ 4 kan ikke pakkes ud her: ${obstacle}.`);
  const tree = join(homedir(), '.cache/debitor-adapter', `rabbitmq-${SUITE}`);
  await unpackSuite(SUITE, tree, log);
  return installationIn(tree);
}
