/**
 * Opens one AMQP 0-9-1 connection to a vhost and closes it again: the only proof that a node is up, since its port opens
 * before it has booted. It is not a client; the adapter's connections are in `broker/`.
 */
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

const PROTOCOL_HEADER = Buffer.from([0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1]);
const FRAME_METHOD = 1;
const FRAME_END = 0xce;
const FRAME_HEADER_BYTES = 7;
const MAX_FRAME_BYTES = 131_072;
/** Class 10 (connection) and its methods, as one number: class × 1000 + method. */
const START = 10_010;
const START_OK = 10_011;
const TUNE = 10_030;
const TUNE_OK = 10_031;
const OPEN = 10_040;
const OPEN_OK = 10_041;
const CLOSE = 10_050;
const CLOSE_OK = 10_051;

export interface ProbeResult {
  /** The server's version, such as `3.10.8`; empty where the server does not say. */
  readonly version: string;
}

function shortString(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function longString(bytes: Buffer): Buffer {
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function methodFrame(method: number, ...args: Buffer[]): Buffer {
  const payload = Buffer.concat([Buffer.alloc(4), ...args]);
  payload.writeUInt16BE(Math.floor(method / 1000), 0);
  payload.writeUInt16BE(method % 1000, 2);
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  header.writeUInt8(FRAME_METHOD, 0);
  header.writeUInt32BE(payload.length, 3);
  return Buffer.concat([header, payload, Buffer.from([FRAME_END])]);
}

/** The server's properties are a table; `version` is a long string in it. */
function serverVersion(startArguments: Buffer): string {
  const key = Buffer.from('\x07versionS', 'latin1');
  const at = startArguments.indexOf(key);
  if (at < 0) return '';
  const length = startArguments.readUInt32BE(at + key.length);
  const from = at + key.length + 4;
  return startArguments.toString('utf8', from, from + length);
}

function closeReason(args: Buffer): string {
  return `${args.readUInt16BE(0)} ${args.toString('utf8', 3, 3 + args.readUInt8(2))}`;
}

interface Credentials {
  readonly user: string;
  readonly password: string;
  readonly vhost: string;
}

function credentialsOf(url: URL): Credentials {
  return {
    user: decodeURIComponent(url.username) || 'guest',
    password: decodeURIComponent(url.password) || 'guest',
    vhost: url.pathname.length > 1 ? decodeURIComponent(url.pathname.slice(1)) : '/',
  };
}

/** The next step of the handshake: what to send, or that it is done. */
function answerTo(method: number, args: Buffer, { user, password, vhost }: Credentials): Buffer | 'done' {
  switch (method) {
    case START:
      return methodFrame(
        START_OK,
        uint32(0),
        shortString('PLAIN'),
        longString(Buffer.from(`\0${user}\0${password}`)),
        shortString('en_US'),
      );
    case TUNE: {
      const tuned = Buffer.from(args.subarray(0, 8));
      tuned.writeUInt16BE(0, 6); // No heartbeat: the connection is closed at once.
      return Buffer.concat([
        methodFrame(TUNE_OK, tuned),
        methodFrame(OPEN, shortString(vhost), shortString(''), Buffer.from([0])),
      ]);
    }
    case OPEN_OK:
      return methodFrame(CLOSE, Buffer.from([0, 200]), shortString('probe'), Buffer.alloc(4));
    case CLOSE_OK:
      return 'done';
    case CLOSE:
      throw new Error(closeReason(args));
    default:
      throw new Error(`uventet AMQP-metode ${method}`);
  }
}

/** Splits complete method frames off the front of `buffer`. */
function* methodsIn(buffer: Buffer): Generator<{ method: number; args: Buffer; endsAt: number }> {
  let at = 0;
  while (buffer.length - at >= FRAME_HEADER_BYTES) {
    const size = buffer.readUInt32BE(at + 3);
    if (buffer.readUInt8(at) !== FRAME_METHOD || size > MAX_FRAME_BYTES) throw new Error('svarer ikke med AMQP 0-9-1');
    const endsAt = at + FRAME_HEADER_BYTES + size + 1;
    if (buffer.length < endsAt) return;
    const payload = buffer.subarray(at + FRAME_HEADER_BYTES, endsAt - 1);
    yield { method: payload.readUInt16BE(0) * 1000 + payload.readUInt16BE(2), args: payload.subarray(4), endsAt };
    at = endsAt;
  }
}

function openSocket(url: URL): Socket {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (url.protocol === 'amqps:') return connectTls({ host, port: Number(url.port || 5671), servername: host });
  return connectTcp({ host, port: Number(url.port || 5672) });
}

/**
 * Opens an AMQP connection on the URL's vhost and closes it.
 * @param timeLimitMs bound on the whole exchange.
 * @throws Error that says why: refused, wrong password, no such vhost, no answer.
 */
export function probeAmqp(url: string, timeLimitMs: number): Promise<ProbeResult> {
  const target = new URL(url);
  const credentials = credentialsOf(target);
  return new Promise((resolve, reject) => {
    const socket = openSocket(target);
    let received: Buffer = Buffer.alloc(0);
    let version = '';
    const deadline = setTimeout(() => fail(new Error('intet svar inden for fristen')), timeLimitMs);
    const fail = (error: unknown): void => {
      clearTimeout(deadline);
      socket.destroy();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const advance = (): void => {
      let consumed = 0;
      for (const { method, args, endsAt } of methodsIn(received)) {
        if (method === START) version = serverVersion(args);
        const answer = answerTo(method, args, credentials);
        if (answer === 'done') {
          clearTimeout(deadline);
          socket.destroy();
          resolve({ version });
          return;
        }
        socket.write(answer);
        consumed = endsAt;
      }
      received = received.subarray(consumed);
    };
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('forbindelsen blev lukket')));
    socket.on('data', (chunk: Buffer) => {
      try {
        received = Buffer.concat([received, chunk]);
        advance();
      } catch (error) {
        fail(error);
      }
    });
    socket.write(PROTOCOL_HEADER);
  });
}
