/**
 * A TCP proxy on loopback that misbehaves on request: cuts, resets, stalls, slows down, leaves connections half open, and
 * cuts within a chosen message to RabbitMQ or PostgreSQL, byte for byte. It changes no byte.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type AimedAt, AmqpFrames, type FrameReader, PostgresMessages } from './wire-frames.ts';

const SLOW_CHUNK_BYTES = 7;
const SLOW_EVERY_MS = 2;

interface Target {
  readonly host: string;
  readonly port: number;
  readonly frames: () => FrameReader;
}

interface Aim {
  readonly at: AimedAt;
  readonly offset: number;
  readonly fire: () => void;
}

class Pair {
  readonly client: Socket;
  /** RabbitMQ, or PostgreSQL. */
  readonly broker: Socket;
  readonly frames: FrameReader;
  /** Bytes of the aimed-at message that may still pass; undefined while nothing is aimed at. */
  left: number | undefined;
  swallows = false;
  /** What waits while it is slow, and the clock that lets it through. */
  backlog: Buffer[] = [];
  trickle: NodeJS.Timeout | undefined;

  constructor(client: Socket, broker: Socket, frames: FrameReader) {
    this.client = client;
    this.broker = broker;
    this.frames = frames;
  }

  cut(): void {
    this.client.destroy();
    this.broker.destroy();
  }

  reset(): void {
    this.client.resetAndDestroy();
    this.broker.resetAndDestroy();
  }
}

export class FaultProxy {
  readonly #server: Server;
  readonly #target: Target;
  readonly #pairs = new Set<Pair>();
  #aim: Aim | undefined;
  #stalled = false;
  #slow = false;
  /** The length of the latest whole publication that passed. */
  publishBytes = 0;

  private constructor(server: Server, target: Target) {
    this.#server = server;
    this.#target = target;
    server.on('connection', (client) => this.#connect(client));
  }

  /** Listens on a free port, and connects each client with the host and port of an AMQP or PostgreSQL URL. */
  static async open(targetUrl: string): Promise<FaultProxy> {
    const { protocol, hostname, port } = new URL(targetUrl);
    const server = createServer({ noDelay: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const isPostgres = protocol.startsWith('postgres');
    return new FaultProxy(server, {
      host: hostname,
      port: Number(port || (isPostgres ? 5432 : 5672)),
      frames: () => (isPostgres ? new PostgresMessages() : new AmqpFrames()),
    });
  }

  /** The same URL by way of the proxy. */
  urlFor(targetUrl: string): string {
    const url = new URL(targetUrl);
    url.hostname = '127.0.0.1';
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  get connections(): number {
    return this.#pairs.size;
  }

  /** Closes every connection in both directions. */
  cut(): void {
    for (const pair of this.#pairs) pair.cut();
  }

  /** Ends every connection with RST. */
  reset(): void {
    for (const pair of this.#pairs) pair.reset();
  }

  /** Nothing passes in either direction until {@link heal}; the connections stay open. */
  stall(): void {
    this.#stalled = true;
    for (const { client, broker } of this.#pairs) {
      client.pause();
      broker.pause();
    }
  }

  /** What clients send passes a few bytes at a time until {@link heal}. */
  slow(): void {
    this.#slow = true;
  }

  /** The broker sees every connection end; the clients don't, and what they send is swallowed. {@link heal} resets them. */
  halfOpen(): void {
    for (const pair of this.#pairs) {
      pair.swallows = true;
      pair.broker.destroy();
    }
  }

  heal(): void {
    this.#slow = false;
    for (const pair of this.#pairs) if (pair.swallows) pair.reset();
    if (!this.#stalled) return;
    this.#stalled = false;
    for (const { client, broker } of this.#pairs) {
      client.resume();
      broker.resume();
    }
  }

  /** Lets `offset` bytes of the next such message through and then cuts its connection. Resolves when that has happened. */
  cutWithin(at: AimedAt, offset: number): Promise<void> {
    return new Promise((resolve) => {
      this.#aim = { at, offset, fire: resolve };
    });
  }

  async close(): Promise<void> {
    this.#server.close();
    this.reset();
    await once(this.#server, 'close');
  }

  #connect(client: Socket): void {
    const { host, port, frames } = this.#target;
    const broker = connect({ host, port, noDelay: true });
    const pair = new Pair(client, broker, frames());
    this.#pairs.add(pair);
    for (const socket of [client, broker]) socket.on('error', () => undefined);
    client.on('close', () => {
      this.#pairs.delete(pair);
      broker.destroy();
    });
    broker.on('close', () => {
      if (!pair.swallows) client.destroy();
    });
    client.on('data', (data) => this.#toBroker(pair, data));
    broker.on('data', (data) => {
      if (!pair.swallows) client.write(data);
    });
    if (this.#stalled) {
      client.pause();
      broker.pause();
    }
  }

  #toBroker(pair: Pair, data: Buffer): void {
    if (pair.swallows) return;
    for (const { bytes, begins } of pair.frames.read(data)) {
      this.publishBytes = pair.frames.publishBytes || this.publishBytes;
      if (begins !== undefined && begins === this.#aim?.at && pair.left === undefined) pair.left = this.#aim.offset;
      if (pair.left !== undefined && this.#cutIfSpent(pair, bytes)) return;
      if (pair.left === undefined || pair.left >= 0) this.#forward(pair, bytes);
    }
  }

  /** Counts the bytes of the aimed-at message; where they are spent, the last of them passes and the connection ends. */
  #cutIfSpent(pair: Pair, bytes: Buffer): boolean {
    const left = pair.left ?? 0;
    if (bytes.length < left) {
      pair.left = left - bytes.length;
      return false;
    }
    const aim = this.#aim;
    this.#aim = undefined;
    pair.swallows = true;
    pair.broker.end(bytes.subarray(0, left));
    pair.client.resetAndDestroy();
    aim?.fire();
    return true;
  }

  #forward(pair: Pair, bytes: Buffer): void {
    if (!this.#slow && pair.backlog.length === 0) {
      pair.broker.write(bytes);
      return;
    }
    pair.backlog.push(bytes);
    pair.trickle ??= setInterval(() => this.#trickle(pair), SLOW_EVERY_MS);
  }

  /** Lets a little of what waits through; all of it once it need not be slow any more. */
  #trickle(pair: Pair): void {
    const waiting = Buffer.concat(pair.backlog);
    const passing = this.#slow ? waiting.subarray(0, SLOW_CHUNK_BYTES) : waiting;
    const rest = waiting.subarray(passing.length);
    pair.backlog = rest.length === 0 || !pair.broker.writable ? [] : [rest];
    if (pair.broker.writable) pair.broker.write(passing);
    if (pair.backlog.length > 0) return;
    clearInterval(pair.trickle);
    pair.trickle = undefined;
  }
}
