/**
 * A throw-away RabbitMQ node of our own: its own name, ports, epmd, cookie and directory, everything on 127.0.0.1, so that
 * it disturbs no other node on the machine. Its watchdog ends it when this process ends, in whatever way.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { probeAmqp } from './amqp-probe.ts';
import { areFree, pickFreePorts } from './free-ports.ts';
import { type Guard, openGuard } from './guard.ts';
import type { Installation } from './installation.ts';
import { administrationOf, canAdminister, type ManagementAccess } from './management.ts';
import { MARK_NAME } from './mark.ts';
import { BrokerUnavailable, type Rung, type RunningBroker } from './running-broker.ts';

const BOOT_LIMIT_MS = 60_000;
const READINESS_INTERVAL_MS = 100;
const PROBE_LIMIT_MS = 5_000;
const ORDERLY_STOP_LIMIT_MS = 15_000;
const CTL_LIMIT_MS = 60_000;
const CTL_MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
const MAX_BOOTS = 3;
const LOG_TAIL_LINES = 30;

interface Ports {
  readonly amqp: number;
  readonly management: number;
  readonly distribution: number;
  readonly epmd: number;
}

interface Identity {
  readonly ports: Ports;
  readonly cookie: string;
  readonly password: string;
  readonly access: ManagementAccess;
  readonly place: ClusterPlace | undefined;
}

/** What a node shares with the others of its cluster. */
export interface ClusterPlace {
  readonly cookie: string;
  /** The administrator's. */
  readonly password: string;
  /** Where the nodes find each other: an epmd that someone else runs. */
  readonly epmdPort: number;
  /** Lines for rabbitmq.conf. */
  readonly settings: readonly string[];
  /** For Erlang, beside the node's own. */
  readonly erlangArgs: string;
}

/** The node's name in Erlang. */
export function nodeNameFor(amqpPort: number): string {
  return `debitor-adapter-${amqpPort}@localhost`;
}

function writeConfiguration(directory: string, { ports, cookie, password, place }: Identity): void {
  const home = join(directory, 'home');
  mkdirSync(home);
  writeFileSync(join(home, '.erlang.cookie'), cookie, { mode: 0o400 });
  writeFileSync(join(directory, 'enabled_plugins'), '[rabbitmq_management].\n');
  const settings = [
    `listeners.tcp.1 = 127.0.0.1:${ports.amqp}`,
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${ports.management}`,
    'default_user = debitor-adapter',
    `default_pass = ${password}`,
    'default_vhost = debitor-adapter',
    // A throw-away node on a small disk should work, not raise an alarm that blocks every publisher.
    'disk_free_limit.absolute = 20MB',
    'log.file = false',
    'log.console = true',
    'log.console.level = info',
    ...(place?.settings ?? []),
  ];
  writeFileSync(join(directory, 'rabbitmq.conf'), `${settings.join('\n')}\n`, { mode: 0o600 });
}

function environmentOf(
  installation: Installation,
  directory: string,
  { ports, place }: Identity,
): Record<string, string> {
  const seen = installation.inside(directory);
  const loopback = '-kernel inet_dist_use_interface {127,0,0,1}';
  return {
    [MARK_NAME]: directory,
    PATH: installation.searchPath,
    HOME: `${seen}/home`,
    LANG: 'C.UTF-8',
    // epmd is started by the first Erlang program that wants it. A call without these two would start one on the
    // default port, which would outlive us and disturb an ordinary node of the machine.
    ERL_EPMD_PORT: String(ports.epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: nodeNameFor(ports.amqp),
    RABBITMQ_DIST_PORT: String(ports.distribution),
    RABBITMQ_MNESIA_BASE: `${seen}/data`,
    RABBITMQ_LOG_BASE: `${seen}/log`,
    RABBITMQ_PID_FILE: `${seen}/pid`,
    RABBITMQ_CONFIG_FILE: `${seen}/rabbitmq.conf`,
    RABBITMQ_ADVANCED_CONFIG_FILE: `${seen}/advanced.config`,
    RABBITMQ_ENABLED_PLUGINS_FILE: `${seen}/enabled_plugins`,
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    // Busy waiting would take the processor from the tests that the node serves.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `${loopback} +sbwt none +sbwtdcpu none +sbwtdio none ${place?.erlangArgs ?? ''}`,
    RABBITMQ_CTL_ERL_ARGS: loopback,
    // Makes the script end in exec, so that the started process is the node itself and takes our signals.
    RUNNING_UNDER_SYSTEMD: 'true',
  };
}

function logTail(directory: string): string {
  return readFileSync(join(directory, 'node.log'), 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function isError(error: unknown): error is Error {
  return error instanceof Error;
}

/** Waits until an AMQP connection and the management API work; throws when the node ends or the bound has passed. */
async function untilReady(child: ChildProcess, directory: string, access: ManagementAccess): Promise<string> {
  const deadline = performance.now() + BOOT_LIMIT_MS;
  let obstacle = 'intet svar';
  while (performance.now() < deadline && !hasEnded(child)) {
    try {
      const { version } = await probeAmqp(access.amqpUrl, PROBE_LIMIT_MS);
      if (await canAdminister(access)) return version;
      obstacle = 'management-API svarer ikke';
    } catch (error) {
      obstacle = isError(error) ? error.message : String(error);
    }
    await delay(READINESS_INTERVAL_MS);
  }
  const reason = hasEnded(child)
    ? 'stoppede under opstarten'
    : `var ikke klar efter ${BOOT_LIMIT_MS / 1000} s (${obstacle})`;
  throw new BrokerUnavailable(`RabbitMQ ${reason}. Det sidste i dens log:\n${logTail(directory)}`);
}

async function pickIdentity(place: ClusterPlace | undefined): Promise<Identity> {
  const [amqp, management, distribution, ownEpmd] = await pickFreePorts(4);
  const epmd = place?.epmdPort ?? ownEpmd;
  if (amqp === undefined || management === undefined || distribution === undefined || epmd === undefined) {
    throw new BrokerUnavailable('Der er ikke ledige porte nok på 127.0.0.1.');
  }
  const password = place?.password ?? randomBytes(12).toString('hex');
  return {
    ports: { amqp, management, distribution, epmd },
    cookie: place?.cookie ?? randomBytes(16).toString('hex'),
    password,
    place,
    access: {
      baseUrl: `http://127.0.0.1:${management}`,
      amqpUrl: `amqp://debitor-adapter:${password}@127.0.0.1:${amqp}/debitor-adapter`,
    },
  };
}

/** The node's process: started, ended and started again in the same directory, on the same ports. */
class NodeProcess {
  readonly #installation: Installation;
  readonly #directory: string;
  readonly #identity: Identity;
  #child: ChildProcess | undefined;

  constructor(installation: Installation, directory: string, identity: Identity) {
    this.#installation = installation;
    this.#directory = directory;
    this.#identity = identity;
  }

  /** Starts the node and resolves with RabbitMQ's version when it is ready. */
  async start(): Promise<string> {
    const { file, args } = this.#installation.commandLine('rabbitmq-server', [], this.#directory);
    const log = openSync(join(this.#directory, 'node.log'), 'a', 0o600);
    const child = spawn(file, args, {
      env: environmentOf(this.#installation, this.#directory, this.#identity),
      cwd: this.#directory,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#child = child;
    child.unref();
    await once(child, 'spawn');
    return untilReady(child, this.#directory, this.#identity.access);
  }

  pid(): number | undefined {
    const child = this.#child;
    if (child?.pid === undefined || hasEnded(child)) return undefined;
    return this.#installation.nodePid(child.pid);
  }

  signal(signal: NodeJS.Signals): void {
    const pid = this.pid();
    if (pid === undefined) throw new BrokerUnavailable('RabbitMQ-noden kører ikke.');
    process.kill(pid, signal);
  }

  /** Ends the node and resolves when it is dead; one that is dead already is left so. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child === undefined || this.pid() === undefined) return;
    child.ref();
    const exited = once(child, 'exit');
    this.signal(signal);
    if (signal === 'SIGTERM') {
      this.signal('SIGCONT'); // A frozen node would not see the request.
      const inTime = await Promise.race([exited, delay(ORDERLY_STOP_LIMIT_MS, 'late', { ref: false })]);
      if (inTime === 'late') this.signal('SIGKILL');
    }
    await exited;
  }

  async ctl(args: readonly string[]): Promise<string> {
    const commandLine = this.#installation.commandLine('rabbitmqctl', args, this.#directory);
    const { stdout } = await promisify(execFile)(commandLine.file, commandLine.args, {
      env: environmentOf(this.#installation, this.#directory, this.#identity),
      cwd: this.#directory,
      encoding: 'utf8',
      timeout: CTL_LIMIT_MS,
      maxBuffer: CTL_MAX_OUTPUT_BYTES,
    });
    return stdout;
  }
}

function describe(node: NodeProcess, guard: Guard, identity: Identity, rung: Rung, version: string): RunningBroker {
  return {
    ...administrationOf(identity.access),
    url: identity.access.amqpUrl,
    version,
    rung,
    vhostIsOurs: true,
    managementUrl: identity.access.baseUrl,
    ctl: (...args) => node.ctl(args),
    pid: () => node.pid(),
    kill: () => node.end('SIGKILL'),
    async restart() {
      await node.end('SIGTERM');
      await node.start();
    },
    async freeze() {
      node.signal('SIGSTOP');
    },
    async thaw() {
      node.signal('SIGCONT');
    },
    stop: () => guard.end(),
  };
}

function ownPorts({ ports: { epmd, ...others }, place }: Identity): readonly number[] {
  return place === undefined ? [...Object.values(others), epmd] : Object.values(others);
}

/**
 * Starts a private node of `installation`; ports that someone took meanwhile are picked again.
 * @param place where it is one of a cluster; otherwise it stands alone.
 * @throws BrokerUnavailable with the end of the node's log when it does not come up. Nothing of it is left then.
 */
export async function startPrivateNode(
  installation: Installation,
  rung: Rung,
  place?: ClusterPlace,
): Promise<RunningBroker> {
  for (let boots = 1; ; boots += 1) {
    const guard = openGuard();
    let identity: Identity | undefined;
    try {
      identity = await pickIdentity(place);
      writeConfiguration(guard.directory, identity);
      const node = new NodeProcess(installation, guard.directory, identity);
      const version = await node.start();
      return describe(node, guard, identity, rung, version);
    } catch (error) {
      await guard.end();
      // Now that ours is gone, a port that is in use was taken by another between picking and listening.
      const portWasTaken = identity !== undefined && !(await areFree(ownPorts(identity)));
      if (!portWasTaken || boots === MAX_BOOTS) throw error;
    }
  }
}
