/**
 * RabbitMQ in a container of our own, with its ports on 127.0.0.1. Needs an engine that answers: the client alone is not one.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { probeAmqp } from './amqp-probe.ts';
import { pickFreePorts } from './free-ports.ts';
import { openGuard } from './guard.ts';
import { administrationOf, canAdminister, type ManagementAccess } from './management.ts';
import { BrokerUnavailable, type RunningBroker, type WantedGeneration } from './running-broker.ts';

const ENGINE_LIMIT_MS = 5_000;
const COMMAND_LIMIT_MS = 60_000;
const PULL_LIMIT_MS = 600_000;
const BOOT_LIMIT_MS = 60_000;
const READINESS_INTERVAL_MS = 200;
const PROBE_LIMIT_MS = 5_000;
const LOG_TAIL_LINES = '30';

async function docker(args: readonly string[], limitMs = COMMAND_LIMIT_MS): Promise<string> {
  const { stdout } = await promisify(execFile)('docker', args, { encoding: 'utf8', timeout: limitMs });
  return stdout;
}

/** Whether an engine answers within a few seconds; a client without an engine, or no client, is false. */
export async function dockerAnswers(): Promise<boolean> {
  try {
    await docker(['info', '--format', '{{.ServerVersion}}'], ENGINE_LIMIT_MS);
    return true;
  } catch {
    return false; // The cause does not matter: the next rung is tried.
  }
}

async function untilReady(container: string, access: ManagementAccess): Promise<string> {
  const deadline = performance.now() + BOOT_LIMIT_MS;
  let obstacle: unknown;
  while (performance.now() < deadline) {
    try {
      const { version } = await probeAmqp(access.amqpUrl, PROBE_LIMIT_MS);
      if (await canAdminister(access)) return version;
    } catch (error) {
      obstacle = error;
    }
    await delay(READINESS_INTERVAL_MS);
  }
  const log = await docker(['logs', '--tail', LOG_TAIL_LINES, container]);
  throw new BrokerUnavailable(
    `RabbitMQ i Docker var ikke klar efter ${BOOT_LIMIT_MS / 1000} s. Det sidste i dens log:\n${log}`,
    { cause: obstacle },
  );
}

/** The arguments of `docker run`. The container is not removed when it dies, since `restart` wants its data. */
function runArguments(container: string, image: string, password: string, amqp: number, management: number): string[] {
  return [
    ...['run', '--detach', '--name', container, '--hostname', container],
    ...['--publish', `127.0.0.1:${amqp}:5672`, '--publish', `127.0.0.1:${management}:15672`],
    ...['--env', 'RABBITMQ_DEFAULT_USER=debitor-adapter', '--env', `RABBITMQ_DEFAULT_PASS=${password}`],
    ...['--env', 'RABBITMQ_DEFAULT_VHOST=debitor-adapter', image],
  ];
}

/** Pulls the image where it is missing and starts a container. Nothing of it is left when this throws. */
export async function startContainer(want: WantedGeneration, log: (line: string) => void): Promise<RunningBroker> {
  const image = want === '3.10' ? 'rabbitmq:3.10-management' : 'rabbitmq:4-management';
  const [amqp, management] = await pickFreePorts(2);
  if (amqp === undefined || management === undefined) throw new BrokerUnavailable('Der er ikke ledige porte nok.');
  const container = `debitor-adapter-${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const access: ManagementAccess = {
    baseUrl: `http://127.0.0.1:${management}`,
    amqpUrl: `amqp://debitor-adapter:${password}@127.0.0.1:${amqp}/debitor-adapter`,
  };
  log(`Starter ${image} i Docker; første gang hentes den, og det kan tage et par minutter.`);
  const guard = openGuard({ container });
  try {
    await docker(runArguments(container, image, password, amqp, management), PULL_LIMIT_MS);
    const version = await untilReady(container, access);
    return {
      ...administrationOf(access),
      url: access.amqpUrl,
      version,
      rung: 'docker',
      vhostIsOurs: true,
      managementUrl: access.baseUrl,
      ctl: (...args) => docker(['exec', container, 'rabbitmqctl', ...args]),
      pid: () => undefined,
      async kill() {
        await docker(['kill', '--signal', 'KILL', container]);
        await docker(['wait', container]);
      },
      async restart() {
        await docker(['restart', container]);
        await untilReady(container, access);
      },
      async freeze() {
        await docker(['pause', container]);
      },
      async thaw() {
        await docker(['unpause', container]);
      },
      stop: () => guard.end(),
    };
  } catch (error) {
    await guard.end();
    throw error;
  }
}
