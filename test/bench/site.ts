/**
 * Where the bench takes place: a broker with the adapter's topology and two fagsystemer on it, and a folder on a disk for
 * ledgers, stores and logs.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfirmChannel, connect } from 'amqplib';
import { openBroker } from '../../src/broker/connection.ts';
import type { Registry } from '../../src/domain/registry.ts';
import type { RunningBroker } from '../../src/ops/broker-ladder.ts';
import { folderOnDisk } from './machine.ts';
import {
  bodyOf,
  FAGSYSTEM,
  FAGSYSTEM_BESIDE,
  propertiesOf,
  registry,
  routingKeyOf,
  type Sending,
  simulatorData,
} from './workload.ts';

const PASSWORD = 'bench';
/** Publications without a confirm beyond which the next ones wait. */
const MAX_UNCONFIRMED = 1000;

/** What the bench needs of a broker: a vhost of its own. */
export interface BenchBroker {
  /** AMQP URL of an administrator on that vhost. */
  readonly url: string;
  readonly version: string;
  /** Process id of the node, where it is a process of ours. */
  readonly pid: () => number | undefined;
  /** Makes a user with all rights in the vhost, and gives its AMQP URL; absent on a broker that we may not administer. */
  readonly addUser?: (name: string, password: string) => Promise<string>;
}

export interface Site {
  readonly broker: BenchBroker;
  readonly folder: string;
  /** The AMQP URL that a fagsystem publishes under. */
  urlOf(fagsystem: string): string;
  /** Whether messages carry a user id that the broker vouches for, as the adapter asks for by default. */
  readonly userIds: boolean;
  readonly log: (line: string) => void;
  close(): Promise<void>;
}

export function benchBroker(broker: RunningBroker): BenchBroker {
  const { url, version } = broker;
  const vhost = decodeURIComponent(new URL(url).pathname.slice(1));
  const all = { configure: '.*', write: '.*', read: '.*' };
  return {
    url,
    version,
    pid: () => broker.pid(),
    ...(broker.vhostIsOurs ? { addUser: (name, password) => broker.addUser(name, password, vhost, all) } : {}),
  };
}

async function declare(url: string): Promise<void> {
  const broker = await openBroker({
    url,
    registry: registry as unknown as Registry,
    log: () => undefined,
    now: () => Date.now(),
  });
  await broker.topology.declare();
  await broker.close();
}

export async function openSite(broker: BenchBroker, log: (line: string) => void): Promise<Site> {
  const folder = mkdtempSync(join(folderOnDisk(), 'debitor-adapter-bench-'));
  try {
    writeFileSync(join(folder, 'registry.json'), JSON.stringify(registry));
    writeFileSync(join(folder, 'simulator.json'), JSON.stringify(simulatorData(false)));
    writeFileSync(join(folder, 'simulator-stor.json'), JSON.stringify(simulatorData(true)));
    await declare(broker.url);
    const urls = new Map<string, string>();
    for (const name of [FAGSYSTEM, FAGSYSTEM_BESIDE]) {
      urls.set(name, (await broker.addUser?.(name, PASSWORD)) ?? broker.url);
    }
    return {
      broker,
      folder,
      urlOf: (fagsystem) => urls.get(fagsystem) ?? broker.url,
      userIds: broker.addUser !== undefined,
      log,
      close: async () => rmSync(folder, { recursive: true, force: true }),
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Publishes one message of a run; resolves when the broker has confirmed it. */
export function publishOne(channel: ConfirmChannel, sending: Sending, n: number, userIds: boolean): Promise<void> {
  const { userId, ...properties } = propertiesOf(sending, n);
  const options = userIds ? { ...properties, userId } : properties;
  return new Promise((resolve, reject) => {
    channel.publish('debitor.anmodning', routingKeyOf(sending), bodyOf(sending, n), options, (error) =>
      error === null || error === undefined ? resolve() : reject(error),
    );
  });
}

/** Puts the messages 0 to `messages` - 1 of a run into their queue, every one of them confirmed. */
export async function preload(site: Site, sending: Sending, messages: number): Promise<void> {
  const connection = await connect(site.urlOf(sending.fagsystem), { noDelay: true });
  try {
    const channel = await connection.createConfirmChannel();
    let unconfirmed: Promise<void>[] = [];
    for (let n = 0; n < messages; n += 1) {
      unconfirmed.push(publishOne(channel, sending, n, site.userIds));
      if (unconfirmed.length < MAX_UNCONFIRMED) continue;
      await Promise.all(unconfirmed);
      unconfirmed = [];
    }
    await Promise.all(unconfirmed);
  } finally {
    await connection.close();
  }
}
