/**
 * A debitorsystem of another house, spoken to over HTTP: any backend of ours behind schemas/debitorsystem/openapi.yaml, with
 * the signatures and certificates that the backend `http` knows. Its answers can be spoiled on the way.
 */
import { createServer, type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, request as requestHttps, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import {
  contentDigest,
  type HmacKey,
  type SignableRequest,
  sign,
  signatureProblem,
} from '../../src/debitorsystem/backends/http/signature.ts';
import type { Debitorsystem, DebitorsystemPorts, SvarReceipt } from '../../src/debitorsystem/debitorsystem.ts';
import { isIkkeUdfoert } from '../../src/debitorsystem/udfald-contract.ts';
import type { IdempotencyKey } from '../../src/domain/identer.ts';
import type { Udfald } from '../../src/domain/udfald.ts';
import { commandFromJson, svarAsJson, udfaldAsJson } from './wire-json.ts';

export interface Tls {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

/** Answers the request itself, and says so by true; or leaves it to the debitorsystem. */
export type Spoil = (request: IncomingMessage, response: ServerResponse, body: Buffer) => boolean;

export interface HttpDebitorsystemOptions {
  readonly create: (ports: DebitorsystemPorts) => Promise<Debitorsystem> | Debitorsystem;
  /** A free one where left out. */
  readonly port?: number;
  readonly hmac?: HmacKey;
  readonly tls?: Tls;
  /** Whether it wants a client's certificate, with `tls`; true where left out. */
  readonly asksForCertificate?: boolean;
  /** Where it reports svar. */
  readonly svarUrl?: string;
  readonly spoil?: Spoil;
  /** How it reads a command's bytes; UTF-8 where left out. */
  readonly encoding?: BufferEncoding;
  /** Whether a request is the adapter's, where it is not judged as it should be. */
  readonly judge?: (request: SignedRequest) => boolean;
}

export interface SignedRequest extends SignableRequest {
  readonly body: Buffer;
}

export interface RunningHttpDebitorsystem {
  readonly url: string;
  /** Requests that came, whatever became of them. */
  readonly requests: readonly {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
  }[];
  close(): Promise<void>;
}

const STATUS = { udfoert: 200, accepteretTilSenere: 202, afvist: 422 } as const;

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

export interface PostedSvar {
  readonly status: number;
  readonly body: { readonly art: string; readonly kode?: string; readonly tekst?: string };
}

export interface SvarPost {
  readonly url: string;
  readonly body: string | Buffer;
  readonly hmac?: HmacKey;
  readonly tls?: Tls;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  /** Sent in place of the body that was signed. */
  readonly replaceBody?: string;
  /** Of the signature; now where left out. */
  readonly at?: number;
}

/** Reports a svar as a debitorsystem does. */
export function postSvar(post: SvarPost): Promise<PostedSvar> {
  const { url, body, hmac, tls, headers = {}, method = 'POST', at = Date.now(), replaceBody } = post;
  const target = new URL(url);
  const digest = { 'content-digest': contentDigest(Buffer.from(body)) };
  const signable = {
    method,
    path: target.pathname,
    field: (name: string) => Object.entries(digest).find(([known]) => known === name)?.[1],
  };
  const signature =
    hmac === undefined ? {} : { ...digest, ...sign(signable, ['@method', '@path', 'content-digest'], hmac, at) };
  return new Promise<PostedSvar>((resolve, reject) => {
    const outgoing = (target.protocol === 'https:' ? requestHttps : requestHttp)(target, {
      method,
      agent: false,
      headers: { 'content-type': 'application/json', ...signature, ...headers },
      ...tls,
    });
    outgoing.on('error', reject);
    outgoing.on('response', (answer) => {
      bodyOf(answer).then(
        (text) => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text.toString('utf8')) }),
        reject,
      );
    });
    outgoing.end(replaceBody ?? body);
  });
}

function portsFor(options: HttpDebitorsystemOptions): DebitorsystemPorts {
  const { svarUrl, hmac, tls } = options;
  return {
    now: () => Date.now(),
    log: () => undefined,
    async reportSvar(reference, svar): Promise<SvarReceipt> {
      if (svarUrl === undefined) throw new Error('this debitorsystem has nowhere to report svar');
      const { status, body } = await postSvar({
        url: svarUrl,
        body: svarAsJson(reference, svar),
        ...(hmac === undefined ? {} : { hmac }),
        ...(tls === undefined ? {} : { tls }),
      });
      if (status === 200) return { art: 'modtaget' };
      if (status === 409) return { art: 'afvist', kode: body.kode ?? '' };
      if (status === 400) throw new TypeError(body.tekst);
      throw new Error(`HTTP ${status}`);
    },
  };
}

function isFrom(hmac: HmacKey, signed: SignedRequest): boolean {
  const { method, field, body } = signed;
  const isCommand = method === 'POST';
  const required = isCommand ? ['@method', '@path', 'content-digest', 'idempotency-key'] : ['@method', '@path'];
  return (
    signatureProblem(signed, required, hmac, Date.now()) === undefined &&
    (!isCommand || field('content-digest') === contentDigest(body))
  );
}

/** Starts one on a free port of this machine. */
export async function startHttpDebitorsystem(options: HttpDebitorsystemOptions): Promise<RunningHttpDebitorsystem> {
  const { hmac, tls } = options;
  const backend = await options.create(portsFor(options));
  await backend.start?.();
  const requests: { method: string; path: string; headers: IncomingMessage['headers'] }[] = [];

  function answerWith(response: ServerResponse, udfald: Udfald | undefined): void {
    if (udfald === undefined) send(response, 404, JSON.stringify({ art: 'aldrigSet' }));
    else send(response, STATUS[udfald.art], udfaldAsJson(udfald));
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    requests.push({ method, path, headers });
    const body = await bodyOf(request);
    if (options.spoil?.(request, response, body) === true) return;
    if (hmac !== undefined) {
      const field = (name: string) => request.headersDistinct[name]?.[0];
      const judge = options.judge ?? ((signed: SignedRequest) => isFrom(hmac, signed));
      if (!judge({ method, path, field, body })) {
        return send(response, 401, JSON.stringify({ art: 'ikkeUdfoert', forbigaaende: true, aarsag: 'HTTP 401' }));
      }
    }
    const signal = new AbortController().signal;
    if (method === 'GET') {
      const noegle = path.split('/').at(-1) as IdempotencyKey;
      return answerWith(response, await backend.lookup?.(noegle, signal));
    }
    const command = commandFromJson(body.toString(options.encoding ?? 'utf8'));
    try {
      answerWith(response, await backend.execute(command, { signal, deadline: Date.now() + 60_000, attempt: 1 }));
    } catch (error) {
      if (!isIkkeUdfoert(error)) throw error;
      const { forbigaaende, message: aarsag } = error;
      send(response, forbigaaende ? 503 : 501, JSON.stringify({ art: 'ikkeUdfoert', forbigaaende, aarsag }));
    }
  }

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response).catch(() => response.writeHead(500).end('{}'));
  };
  const asks = options.asksForCertificate ?? true;
  const tlsOptions: ServerOptions = { ...tls, requestCert: asks, rejectUnauthorized: asks };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tlsOptions, listener);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await backend.stop?.();
    },
  };
}
