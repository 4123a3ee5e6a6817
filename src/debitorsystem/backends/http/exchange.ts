/**
 * One HTTP request and its answer, told so that its sender knows what may have happened: whether anything left this machine
 * is what separates *nothing was carried out* from *unknown*. No redirect is followed, and the answer's size is bounded.
 */
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { HttpSettings } from './config.ts';

/** An answer with the results of 20,000 fordringer is some 4 MiB. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
/** For a connection, its TLS handshake included; within the time for the whole. */
const CONNECT_LIMIT_MS = 5_000;
/** Connections that are kept open between commands. */
const MAX_FREE_SOCKETS = 16;

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** The whole path on the wire. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** No answer came. */
export class ExchangeFailed extends Error {
  override readonly name = 'ExchangeFailed';
  /** False: it is certain that nothing of the request has left this machine. */
  readonly sent: boolean;
  /** A connection that had been kept open broke without a sign of an answer: most likely closed before the request came. */
  readonly stale: boolean;

  constructor(aarsag: string, options: { readonly sent: boolean; readonly stale: boolean; readonly cause?: unknown }) {
    super(aarsag, { cause: options.cause });
    this.sent = options.sent;
    this.stale = options.stale;
  }
}

export interface Exchange {
  /** @throws ExchangeFailed */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): void;
}

type ExchangeSettings = Pick<HttpSettings, 'url' | 'concurrency' | 'idempotent' | 'clientCertificate' | 'ca'>;

/** A system's error code says why; its message could hold an address, which is no secret, but adds nothing. */
function reasonOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

async function readBody(answer: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a stream without an encoding gives buffers');
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) throw new Error(`svaret er over ${MAX_ANSWER_BYTES} byte`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function openExchange({ url, concurrency, idempotent, clientCertificate, ca }: ExchangeSettings): Exchange {
  const encrypted = url.protocol === 'https:';
  // A kept connection can close just as a command is sent on it, and nobody knows then whether the command arrived: only
  // with one that recognises a repeated key is that no harm.
  const pool = { keepAlive: idempotent, maxSockets: concurrency, maxFreeSockets: MAX_FREE_SOCKETS };
  const agent = encrypted
    ? new HttpsAgent({ ...pool, ...clientCertificate, ...(ca === undefined ? {} : { ca }) })
    : new HttpAgent(pool);

  function send({ method, path, headers, body, signal, timeoutMs }: HttpRequest): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      let sent = false;
      let answered = false;
      const options = { method, agent, signal, path, headers: { ...headers } };
      const outgoing = (encrypted ? requestHttps : requestHttp)(new URL(url.origin), options);
      const timers = [setTimeout(() => outgoing.destroy(new Error(`intet svar inden ${timeoutMs} ms`)), timeoutMs)];
      const fail = (error: Error): void => {
        for (const timer of timers) clearTimeout(timer);
        const stale = outgoing.reusedSocket && !answered && !signal.aborted && 'code' in error;
        reject(new ExchangeFailed(reasonOf(error), { sent, stale, cause: error }));
      };
      outgoing.once('socket', (socket) => {
        if (outgoing.reusedSocket) {
          sent = true;
          return;
        }
        const connect = setTimeout(
          () => outgoing.destroy(new Error(`ingen forbindelse inden ${CONNECT_LIMIT_MS} ms`)),
          CONNECT_LIMIT_MS,
        );
        timers.push(connect);
        // The request's bytes wait in the socket until then.
        socket.once(encrypted ? 'secureConnect' : 'connect', () => {
          sent = true;
          clearTimeout(connect);
        });
      });
      outgoing.on('error', fail);
      outgoing.once('response', (answer) => {
        answered = true;
        readBody(answer).then(
          (received) => {
            for (const timer of timers) clearTimeout(timer);
            resolve({ status: answer.statusCode ?? 0, body: received });
          },
          (error: unknown) => {
            outgoing.destroy();
            fail(error instanceof Error ? error : new Error('svaret kunne ikke læses'));
          },
        );
      });
      outgoing.end(body);
    });
  }

  return { send, close: () => agent.destroy() };
}
