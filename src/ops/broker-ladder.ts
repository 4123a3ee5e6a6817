/**
 * One way to a real RabbitMQ for the demo, the tests and the load runs, on whatever machine they are started. The rungs are
 * tried in this order, and the first that gives the wanted generation is taken:
 *
 *   url       a broker that someone else runs, named by its URL; nothing that stands there is touched
 *   local     the rabbitmq-server that is installed, as a throw-away node on free ports
 *   docker    a container, when an engine answers
 *   apt       as root on Debian: install the package, then as `local`
 *   unpacked  on Debian, for generation 4 or for those who are not root: a later suite's package, unpacked in a cache folder
 *
 * It is for trying and testing. `debitor-adapter start` never uses it.
 */
import { installPackage, isDebian, isRoot } from './broker-ladder/debian.ts';
import { dockerAnswers, startContainer } from './broker-ladder/docker.ts';
import { useExisting } from './broker-ladder/existing.ts';
import { findInstallation } from './broker-ladder/installation.ts';
import { startPrivateNode } from './broker-ladder/private-node.ts';
import { BrokerUnavailable, type RunningBroker, type WantedGeneration } from './broker-ladder/running-broker.ts';
import { unpackedInstallation } from './broker-ladder/unpacked.ts';

export type {
  Permissions,
  Rung,
  RunningBroker,
  TopicPermissions,
  WantedGeneration,
} from './broker-ladder/running-broker.ts';
export { BrokerUnavailable };

export interface StartBrokerOptions {
  /** The generation that is needed; `any` takes what comes first. Default `any`. */
  readonly want?: WantedGeneration;
  /** The value of ADAPTER_AMQP_URL where it is set. */
  readonly url?: string;
  /** Takes one line (Danish, without line break) per step that the user may wait for. */
  readonly log?: (line: string) => void;
}

interface Search {
  readonly want: WantedGeneration;
  readonly url: string | undefined;
  readonly log: (line: string) => void;
}

function isWanted(version: string, want: WantedGeneration): boolean {
  return want === 'any' || version.startsWith(`${want}.`);
}

/** A rung gives a broker, or the reason (Danish, no final stop) why it has none. */
type Outcome = RunningBroker | string;

async function fromUrl({ url, want }: Search): Promise<Outcome> {
  if (url === undefined) return 'ADAPTER_AMQP_URL er ikke sat';
  const broker = await useExisting(url);
  if (isWanted(broker.version, want)) return broker;
  await broker.stop();
  return `RabbitMQ på ADAPTER_AMQP_URL er version ${broker.version}`;
}

async function fromInstallation({ want, log }: Search): Promise<Outcome> {
  const installation = findInstallation();
  if (installation === undefined) return 'rabbitmq-server er ikke installeret';
  if (installation.version !== '' && !isWanted(installation.version, want)) {
    return `den installerede rabbitmq-server er version ${installation.version}`;
  }
  log(`Starter den installerede RabbitMQ ${installation.version} som en midlertidig node.`);
  const broker = await startPrivateNode(installation, 'local');
  if (isWanted(broker.version, want)) return broker;
  await broker.stop();
  return `den installerede rabbitmq-server er version ${broker.version}`;
}

async function fromDocker({ want, log }: Search): Promise<Outcome> {
  if (!(await dockerAnswers())) return 'Docker svarer ikke';
  try {
    return await startContainer(want, log);
  } catch (error) {
    return `Docker kunne ikke starte RabbitMQ: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function fromPackage({ want, log }: Search): Promise<Outcome> {
  if (!isDebian() || !isRoot()) return 'pakken installeres kun af root på Debian';
  if (findInstallation() !== undefined) return 'pakken er allerede installeret';
  try {
    await installPackage(log);
  } catch (error) {
    if (error instanceof BrokerUnavailable) return error.message;
    throw error;
  }
  const installation = findInstallation();
  if (installation === undefined) return 'pakken blev installeret, men rabbitmq-server blev ikke fundet';
  if (!isWanted(installation.version, want)) return `pakken er version ${installation.version}`;
  return startPrivateNode(installation, 'apt');
}

async function fromLaterSuite({ want, log }: Search): Promise<Outcome> {
  if (want === '3.10') return 'en nyere Debians pakke er ikke version 3.10';
  try {
    const installation = await unpackedInstallation(log);
    log(`Starter RabbitMQ ${installation.version} i en chroot.`);
    return await startPrivateNode(installation, 'unpacked');
  } catch (error) {
    if (error instanceof BrokerUnavailable) return error.message;
    throw error;
  }
}

function nothingFound(want: WantedGeneration, reasons: readonly string[]): BrokerUnavailable {
  const generation = want === 'any' ? '' : ` ${want}`;
  return new BrokerUnavailable(
    [
      `Der kunne ikke findes eller startes en RabbitMQ${generation}:`,
      ...reasons.map((reason) => `  - ${reason}`),
      'Vælg én af disse:',
      '  - brug en, der kører:  ADAPTER_AMQP_URL=amqp://bruger:kode@vært:5672/vhost',
      '  - Debian og Ubuntu:    sudo apt-get update && sudo apt-get install --no-install-recommends rabbitmq-server',
      '  - macOS:               brew install rabbitmq',
      '  - Docker:              start Docker, så "docker info" svarer, og prøv igen',
    ].join('\n'),
  );
}

/**
 * Finds or starts a RabbitMQ. Call `stop()` when done; a process that dies without it leaves nothing behind either.
 * @throws BrokerUnavailable with every rung's reason and the commands that help; or, where a rung should have worked
 * (a URL that is set, a package that is installed), with what went wrong there.
 */
export async function startBroker(options: StartBrokerOptions = {}): Promise<RunningBroker> {
  const search = { want: options.want ?? 'any', url: options.url, log: options.log ?? (() => undefined) };
  // The package of a Debian that has no RabbitMQ 4 is not worth installing for those who want one.
  const fromDebian = search.want === '4' ? [fromLaterSuite] : [fromPackage, fromLaterSuite];
  const reasons: string[] = [];
  for (const rung of [fromUrl, fromInstallation, fromDocker, ...fromDebian]) {
    const outcome = await rung(search);
    if (typeof outcome !== 'string') return outcome;
    reasons.push(outcome);
  }
  throw nothingFound(search.want, reasons);
}
