/** What the broker tests share: a registry, brokers opened with it, and a proxy that hurts. */
import { once } from 'node:events';
import { type AddressInfo, connect as connectSocket, createServer, type Socket } from 'node:net';
import { type ChannelModel, connect } from 'amqplib';
import { onTestFinished } from 'vitest';
import { type Broker, type BrokerEvent, type BrokerOptions, openBroker } from '../../src/broker/connection.ts';
import type { Delivery } from '../../src/broker/delivery.ts';
import type { Publication } from '../../src/broker/publication.ts';
import type { DebitorsystemId, FagsystemId } from '../../src/domain/identer.ts';
import type { Registry } from '../../src/domain/registry.ts';
import { freshVhost } from '../support/broker.ts';

export function registryOf(fagsystemer: readonly string[], debitorsystemer: readonly string[]): Registry {
  return {
    fagsystemer: fagsystemer.map((id) => ({ id: id as FagsystemId, navn: id, itSystemInstanser: [], myndigheder: [] })),
    debitorsystemer: debitorsystemer.map((id) => ({ id: id as DebitorsystemId, navn: id })),
  };
}

export const REGISTRY = registryOf(['kulturskole', 'byggesag'], ['kommunedebitor']);

/** An administrator's AMQP URL on a vhost of its own. */
export async function freshUrl(): Promise<string> {
  return (await freshVhost()).url;
}

export interface Opened {
  readonly broker: Broker;
  readonly events: readonly BrokerEvent[];
  /** The names of what was logged. */
  readonly logged: readonly string[];
}

/** Opens a broker that is closed at the end of the test. */
export async function open(url: string, options: Partial<BrokerOptions> = {}): Promise<Opened> {
  const events: BrokerEvent[] = [];
  const logged: string[] = [];
  const broker = await openBroker({
    url,
    registry: REGISTRY,
    log: (event) => logged.push(event),
    now: () => Date.now(),
    onState: (event) => events.push(event),
    ...options,
  });
  onTestFinished(() => broker.close());
  return { broker, events, logged };
}

/** The same, with the topology declared. */
export async function openDeclared(url: string, options: Partial<BrokerOptions> = {}): Promise<Opened> {
  const opened = await open(url, options);
  await opened.broker.topology.declare();
  return opened;
}

/** A plain connection that plays a fagsystem or an administrator. */
export async function plain(url: string): Promise<ChannelModel> {
  const model = await connect(url, { noDelay: true });
  model.on('error', () => {});
  onTestFinished(async () => {
    await model.close().catch(() => {});
  });
  return model;
}

/** Publishes anmodninger as `kulturskole`, each with its number as body, and waits for their confirms. */
export async function send(url: string, from: number, to: number): Promise<void> {
  const channel = await (await plain(url)).createConfirmChannel();
  for (let number = from; number <= to; number += 1) {
    channel.publish('debitor.anmodning', 'debitorkonto.kulturskole', Buffer.from(String(number)), { persistent: true });
  }
  await channel.waitForConfirms();
}

export function numberOf(delivery: Delivery): number {
  return Number(Buffer.from(delivery.body).toString());
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, position) => from + position);
}

export function publication(messageId: string, overrides: Partial<Publication> = {}): Publication {
  return {
    exchange: 'debitor.svar',
    routingKey: 'kulturskole.kvittering.debitorkonto',
    messageId,
    type: 'DebitorkontoAnmodningAfsend_O',
    body: Buffer.from(`<svar>${messageId}</svar>`),
    headers: { 'anmodning-id': messageId, 'kvittering-kode': 'ACCEPTERET' },
    ...overrides,
  };
}

export interface Proxy {
  readonly url: string;
  /** Ends every connection with a reset. */
  cut(): void;
  /** Forwards nothing any more, in either direction, on connections that stay open: a frozen peer. */
  stall(): void;
  thaw(): void;
  /** Connections that are open now. */
  connections(): number;
  /** Called each time that something from the broker has been forwarded to a client. */
  afterAnswer: (client: Socket) => void;
}

/** A proxy on loopback in front of a broker, closed at the end of the test. */
export async function proxyTo(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<readonly [Socket, Socket]>();
  let stalled = false;
  const server = createServer((client) => {
    const upstream = connectSocket(Number(port), hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        client.destroy();
        upstream.destroy();
      });
      if (stalled) {
        socket.pause();
      }
    }
    client.on('data', (bytes) => upstream.write(bytes));
    upstream.on('data', (bytes) => {
      client.write(bytes, () => proxy.afterAnswer(client));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  const eachSocket = (act: (socket: Socket) => void) => {
    for (const socket of [...pairs].flat()) {
      act(socket);
    }
  };
  const proxy: Proxy = {
    url: url.href,
    cut: () => eachSocket((socket) => socket.resetAndDestroy()),
    stall: () => {
      stalled = true;
      eachSocket((socket) => socket.pause());
    },
    thaw: () => {
      stalled = false;
      eachSocket((socket) => socket.resume());
    },
    connections: () => pairs.size,
    afterAnswer: () => {},
  };
  onTestFinished(() => {
    eachSocket((socket) => socket.destroy());
    server.close();
  });
  return proxy;
}
