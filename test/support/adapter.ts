/** A real adapter in this process, on a vhost of its own, and fagsystemer with no more than their least permissions. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChannelModel, type ConfirmChannel, type ConsumeMessage, connect } from 'amqplib';
import { XMLParser } from 'fast-xml-parser';
import { definitionsFor } from '../../src/broker/definitions.ts';
import { loadConfig } from '../../src/config.ts';
import type { Registry } from '../../src/domain/registry.ts';
import { createLog } from '../../src/log.ts';
import { type Adapter, startAdapter } from '../../src/main.ts';
import type { RunningBroker } from '../../src/ops/broker-ladder.ts';
import { loadRulebook } from '../../src/rulebook.ts';
import { freshVhost, type Vhost } from './broker.ts';
import { waitFor } from './wait.ts';

const PASSWORD = 'kode';
const FIXTURES = join(import.meta.dirname, '..', 'fixtures');

/** What a fagsystem received. */
export interface Received {
  readonly xml: string;
  /** Prefixes taken away; every value is text; attributes are left out. */
  readonly document: Record<string, unknown>;
  readonly routingKey: string;
  readonly properties: ConsumeMessage['properties'];
}

export interface Sending {
  readonly queue?: 'debitorkonto' | 'kontantindbetaling';
  readonly routingKey?: string;
  readonly messageId?: string;
  readonly correlationId?: string;
  /** Null: not set. */
  readonly userId?: string | null;
  readonly headers?: Record<string, unknown>;
}

export interface Party {
  readonly id: string;
  readonly received: readonly Received[];
  send(body: string | Buffer, sending?: Sending): Promise<string>;
  /** Sends, and resolves with the first answer under the same correlation id. */
  ask(body: string | Buffer, sending?: Sending): Promise<Received>;
  /** Resolves with the n-th (from 1) answer under a correlation id. */
  answer(correlationId: string, n?: number): Promise<Received>;
  close(): Promise<void>;
}

const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreAttributes: true, trimValues: false });

class AmqpParty implements Party {
  readonly id: string;
  readonly received: Received[] = [];
  readonly #connection: ChannelModel;
  readonly #channel: ConfirmChannel;
  readonly #exchange: string;

  constructor(id: string, connection: ChannelModel, channel: ConfirmChannel, exchange: string) {
    this.id = id;
    this.#connection = connection;
    this.#channel = channel;
    this.#exchange = exchange;
  }

  receive = (message: ConsumeMessage | null): void => {
    if (message === null) return;
    const xml = message.content.toString('utf8');
    const { routingKey } = message.fields;
    this.received.push({ xml, document: parser.parse(xml), routingKey, properties: message.properties });
    this.#channel.ack(message);
  };

  async send(body: string | Buffer, sending: Sending = {}): Promise<string> {
    const correlationId = sending.correlationId ?? randomUUID();
    const routingKey = sending.routingKey ?? `${sending.queue ?? 'debitorkonto'}.${this.id}`;
    const userId = sending.userId === null ? {} : { userId: sending.userId ?? this.id };
    this.#channel.publish(this.#exchange, routingKey, Buffer.from(body), {
      ...userId,
      contentType: 'application/xml',
      deliveryMode: 2,
      mandatory: true,
      messageId: sending.messageId ?? randomUUID(),
      correlationId,
      headers: sending.headers ?? {},
    });
    await this.#channel.waitForConfirms();
    return correlationId;
  }

  async ask(body: string | Buffer, sending: Sending = {}): Promise<Received> {
    return this.answer(await this.send(body, sending));
  }

  answer(correlationId: string, n = 1): Promise<Received> {
    return waitFor(`answer ${n} to ${correlationId}`, () =>
      this.received.filter(({ properties }) => properties.correlationId === correlationId).at(n - 1),
    );
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}

export interface TestAdapter {
  readonly adapter: Adapter;
  readonly vhost: AdapterVhost;
  readonly folder: string;
  readonly ledgerUrl: string;
  readonly logLines: readonly string[];
  fagsystem(id: string, options?: { readonly consume?: boolean }): Promise<Party>;
  debitorsystem(id: string): Promise<Party>;
  /** The same settings, ledger and simulator again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** What a test adapter needs of the broker it runs on: the shared one's fresh vhost, or a node of the test's own. */
export type AdapterVhost = Pick<Vhost, 'name' | 'url' | 'importDefinitions' | 'ctl' | 'delete'>;

export interface TestAdapterOptions {
  /** Where it runs; a fresh vhost of the shared broker where left out. */
  readonly vhost?: AdapterVhost;
  readonly env?: Readonly<Record<string, string>>;
  readonly senereDelayMs?: number;
}

async function openParty(url: string, id: string, exchange: string, queue: string | undefined): Promise<Party> {
  const connection = await connect(url, { noDelay: true });
  connection.on('error', () => undefined);
  const channel = await connection.createConfirmChannel();
  channel.on('error', () => undefined);
  const party = new AmqpParty(id, connection, channel, exchange);
  if (queue !== undefined) await channel.consume(queue, party.receive);
  return party;
}

export async function startTestAdapter(options: TestAdapterOptions = {}): Promise<TestAdapter> {
  const vhost = options.vhost ?? (await freshVhost());
  const folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-test-'));
  const ledgerUrl = `sqlite:${join(folder, 'ledger.db')}`;
  const config = loadConfig({
    ADAPTER_AMQP_URL: vhost.url,
    ADAPTER_LEDGER_URL: ledgerUrl,
    ADAPTER_REGISTRY: join(FIXTURES, 'registry.json'),
    ADAPTER_BACKEND_CONFIG: JSON.stringify({
      data: join(FIXTURES, 'simulator.json'),
      store: join(folder, 'simulator.db'),
      senereDelayMs: options.senereDelayMs ?? 50,
    }),
    ADAPTER_HTTP_PORT: '0',
    ADAPTER_LOG_LEVEL: 'debug',
    ADAPTER_RETRY_INITIAL_MS: '50',
    ...options.env,
  });
  const { registry } = loadRulebook(config);
  await importUsers(vhost, registry);
  const logLines: string[] = [];
  const log = createLog({ level: config.ADAPTER_LOG_LEVEL, write: (line) => logLines.push(line) });
  let adapter = await startAdapter(config, log);
  const parties: Party[] = [];
  const userUrl = (id: string): string => {
    const url = new URL(vhost.url);
    url.username = id;
    url.password = PASSWORD;
    return url.href;
  };
  const keep = async (opening: Promise<Party>): Promise<Party> => {
    const party = await opening;
    parties.push(party);
    return party;
  };
  return {
    get adapter() {
      return adapter;
    },
    vhost,
    folder,
    ledgerUrl,
    logLines,
    fagsystem: (id, { consume = true } = {}) =>
      keep(openParty(userUrl(id), id, 'debitor.anmodning', consume ? `debitor.svar.${id}` : undefined)),
    debitorsystem: (id) => keep(openParty(userUrl(id), id, 'debitor.udfald', `debitor.udfald.kvittering.${id}`)),
    async restart() {
      await adapter.stop();
      adapter = await startAdapter(config, log);
    },
    async stop() {
      await Promise.allSettled(parties.map((party) => party.close()));
      await adapter.stop();
      await vhost.delete();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The vhost of a node that a test started for itself. */
export function vhostOf(broker: RunningBroker): AdapterVhost {
  return {
    name: decodeURIComponent(new URL(broker.url).pathname.slice(1)),
    url: broker.url,
    importDefinitions: (definitions) => broker.importDefinitions(definitions),
    ctl: (...args) => broker.ctl(...args),
    delete: async () => undefined,
  };
}

async function importUsers(vhost: AdapterVhost, registry: Registry): Promise<void> {
  const ids = [...registry.fagsystemer, ...registry.debitorsystemer].map(({ id }) => id as string);
  const passwords = Object.fromEntries(ids.map((id) => [id, PASSWORD]));
  const adapterUser = new URL(vhost.url).username;
  const { users, permissions, topic_permissions } = definitionsFor(registry, {
    vhost: vhost.name,
    adapterUser,
    passwords,
  });
  // The adapter itself runs as the vhost's administrator here; the queues are for it to declare.
  const others = permissions.filter(({ user }) => user !== adapterUser);
  const topics = topic_permissions.filter(({ user }) => user !== adapterUser);
  await vhost.importDefinitions({ users, permissions: others, topic_permissions: topics }, 'global');
}
