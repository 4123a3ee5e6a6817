/**
 * A TCP proxy on loopback that misbehaves on request: cuts, resets, stalls, slows down, leaves connections half open, and
 * cuts within a chosen AMQP frame, byte for byte. It reads frame headers on the way to the broker; it changes no byte.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What a client sends that a cut can be aimed at: a whole publication (method, header, body), or an acknowledgement. */
export type AimedAt = 'publish' | 'ack';

const PROTOCOL_HEADER_BYTES = 8;
const FRAME_HEADER_BYTES = 7;
const METHOD_BYTES = 4;
const FRAME_METHOD = 1;
const FRAME_HEADER = 2;
const CLASS_BASIC = 60;
const METHODS: Readonly<Record<number, AimedAt>> = { 40: 'publish', 80: 'ack' };
const SLOW_CHUNK_BYTES = 7;
const SLOW_EVERY_MS = 2;

interface Aim {
  readonly at: AimedAt;
  readonly offset: number;
  readonly fire: () => void;
}

/** Finds where frames begin in what a client sends, however it is cut into pieces. */
class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  #headerLeft = PROTOCOL_HEADER_BYTES;
  /** Of the publication whose content is coming. */
  #publishBytes = 0;
  #contentLeft = 0;
  /** The length of the latest whole publication, all its frames together. */
  publishBytes = 0;

  /** Whole pieces in order, each with what it begins. What is not complete yet is kept back. */
  *read(data: Buffer): Generator<{ readonly bytes: Buffer; readonly begins: AimedAt | undefined }> {
    this.#rest = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    if (this.#headerLeft > 0) {
      if (this.#rest.length < this.#headerLeft) return;
      yield { bytes: this.#take(this.#headerLeft), begins: undefined };
      this.#headerLeft = 0;
    }
    for (;;) {
      if (this.#rest.length < FRAME_HEADER_BYTES) return;
      const length = FRAME_HEADER_BYTES + this.#rest.readUInt32BE(3) + 1;
      if (this.#rest.length < length) return;
      const bytes = this.#take(length);
      yield { bytes, begins: this.#classify(bytes) };
    }
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  #classify(frame: Buffer): AimedAt | undefined {
    const type = frame.readUInt8(0);
    if (type === FRAME_METHOD && frame.length >= FRAME_HEADER_BYTES + METHOD_BYTES) {
      if (frame.readUInt16BE(FRAME_HEADER_BYTES) !== CLASS_BASIC) return undefined;
      const method = METHODS[frame.readUInt16BE(FRAME_HEADER_BYTES + 2)];
      if (method === 'publish') this.#publishBytes = frame.length;
      return method;
    }
    this.#publishBytes += frame.length;
    if (type === FRAME_HEADER) this.#contentLeft = Number(frame.readBigUInt64BE(FRAME_HEADER_BYTES + 4));
    else this.#contentLeft -= frame.length - FRAME_HEADER_BYTES - 1;
    if (this.#contentLeft === 0) this.publishBytes = this.#publishBytes;
    return undefined;
  }
}

class Pair {
  readonly client: Socket;
  readonly broker: Socket;
  readonly frames = new FrameReader();
  /** Bytes of the aimed-at message that may still pass; undefined while nothing is aimed at. */
  left: number | undefined;
  swallows = false;
  /** What waits while it is slow, and the clock that lets it through. */
  backlog: Buffer[] = [];
  trickle: NodeJS.Timeout | undefined;

  constructor(client: Socket, broker: Socket) {
    this.client = client;
    this.broker = broker;
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
  readonly #target: { readonly host: string; readonly port: number };
  readonly #pairs = new Set<Pair>();
  #aim: Aim | undefined;
  #stalled = false;
  #slow = false;
  /** The length of the latest whole publication that passed. */
  publishBytes = 0;

  private constructor(server: Server, target: { readonly host: string; readonly port: number }) {
    this.#server = server;
    this.#target = target;
    server.on('connection', (client) => this.#connect(client));
  }

  /** Listens on a free port, and connects each client with the host and port of an AMQP URL. */
  static async open(amqpUrl: string): Promise<FaultProxy> {
    const { hostname, port } = new URL(amqpUrl);
    const server = createServer({ noDelay: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultProxy(server, { host: hostname, port: Number(port || 5672) });
  }

  /** The same AMQP URL by way of the proxy. */
  urlFor(amqpUrl: string): string {
    const url = new URL(amqpUrl);
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
    const broker = connect({ ...this.#target, noDelay: true });
    const pair = new Pair(client, broker);
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
