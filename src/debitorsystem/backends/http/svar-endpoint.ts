/**
 * Where a debitorsystem reports svar to the backend `http`: POST /svar, on a listener of its own. It answers 200 only once
 * the svar is recorded.
 *
 * Who it is, is known before a body is read: by the signature over the body's digest, or by a client certificate. A request
 * that is caught and sent again within the window of its signature is the same svar again, which changes nothing.
 */
import { TLSSocket } from 'node:tls';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { type Fejlkoder, fejl } from '../../../errors.ts';
import type { DebitorsystemPorts } from '../../debitorsystem.ts';
import { readSvar, type SvarBesked, type Svarkvittering, WireProblem, writeSvarkvittering } from '../../wire.ts';
import type { SvarSettings } from './config.ts';
import { contentDigest, type SignableRequest, signatureProblem } from './signature.ts';

const PATH = '/svar';
const MAX_BODY_BYTES = 16 * 1024 * 1024;
const REQUEST_LIMIT_MS = 10_000;
const MAX_CONNECTIONS = 100;
/** So long a debitorsystem should wait before it reports again. */
const RETRY_AFTER_SECONDS = '5';
const TOO_LARGE = 413;
/** What the library answers by itself, in our words. */
const FOR_STORT: Svarkvittering = {
  art: 'ulaeselig',
  kode: 'DA-006',
  tekst: `svaret er over ${MAX_BODY_BYTES} byte`,
};
const IKKE_ET_SVAR: Svarkvittering = {
  art: 'ulaeselig',
  kode: 'DA-005',
  tekst: 'send svaret som application/json med POST /svar',
};
const COVERED = ['@method', '@path', 'content-digest'] as const;

export interface SvarEndpoint {
  /** `https://127.0.0.1:8443/svar`, with the port that was taken. */
  readonly url: string;
  close(): Promise<void>;
}

interface Options {
  readonly settings: SvarSettings;
  readonly ports: DebitorsystemPorts;
}

/** Repeated fields are no single value, which is what a signature covers. */
function signable(request: FastifyRequest): SignableRequest {
  return {
    method: request.method,
    path: request.url,
    field: (name) => {
      const values = request.raw.headersDistinct[name];
      return values?.length === 1 ? values[0] : undefined;
    },
  };
}

/** Why the sender is not let in; undefined: it is the debitorsystem. */
function senderProblem(request: FastifyRequest, { settings, ports }: Options): string | undefined {
  const { hmac, clients } = settings;
  if (hmac !== undefined) return signatureProblem(signable(request), COVERED, hmac, ports.now());
  if (clients === undefined) return undefined;
  const { socket } = request.raw;
  // TLS has checked the certificate against the CA; a CA may have given certificates to others too.
  const name = socket instanceof TLSSocket && socket.authorized ? socket.getPeerCertificate().subject?.CN : undefined;
  return typeof name === 'string' && clients.names.includes(name)
    ? undefined
    : 'klientcertifikatet er ikke et af de nævnte';
}

/** Replies that we wrote; all others are the library's. */
const OURS = new WeakSet<FastifyReply>();

function answer(reply: FastifyReply, status: number, body: Svarkvittering): FastifyReply {
  OURS.add(reply);
  return reply.code(status).type('application/json; charset=utf-8').send(writeSvarkvittering(body));
}

function unreadable(reply: FastifyReply, status: number, kode: Fejlkoder, tekst: string): FastifyReply {
  return answer(reply, status, { art: 'ulaeselig', kode, tekst });
}

async function report({ reference, svar }: SvarBesked, reply: FastifyReply, ports: DebitorsystemPorts) {
  const { noegle } = reference;
  try {
    const receipt = await ports.reportSvar(reference, svar);
    if (receipt.art === 'modtaget') return answer(reply, 200, { art: 'modtaget', noegle });
    return answer(reply, 409, {
      art: 'afvist',
      noegle,
      kode: receipt.kode,
      tekst: fejl(receipt.kode as Fejlkoder).tekst,
    });
  } catch (error) {
    // The port says so of a svar that is none; anything else is the adapter, which can't record now.
    if (error instanceof TypeError) return unreadable(reply, 400, 'DA-005', error.message);
    ports.log('http.svar-not-recorded', { aarsag: error instanceof Error ? error.name : 'ukendt fejl' });
    return answer(reply.header('retry-after', RETRY_AFTER_SECONDS), 503, { art: 'proevIgen' });
  }
}

function serverFor({ certificate, clients }: SvarSettings): FastifyInstance {
  const common = {
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_LIMIT_MS,
    forceCloseConnections: true,
  } as const;
  if (certificate === undefined) return fastify(common);
  const client = clients === undefined ? {} : { ca: clients.ca, requestCert: true, rejectUnauthorized: true };
  return fastify({ ...common, https: { ...certificate, ...client } }) as unknown as FastifyInstance;
}

/**
 * Starts listening.
 * @throws the system's error where the address can't be taken.
 */
export async function openSvarEndpoint(options: Options): Promise<SvarEndpoint> {
  const { settings, ports } = options;
  const server = serverFor(settings);
  server.server.maxConnections = MAX_CONNECTIONS;
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addHook('onRequest', async (request, reply) => {
    const problem = senderProblem(request, options);
    if (problem === undefined) return;
    ports.log('http.svar-sender-refused', { aarsag: problem });
    // The rest of the request is not read, so the connection can't be used again.
    await unreadable(reply.header('connection', 'close'), 401, 'DA-120', problem);
  });
  server.addHook('onSend', async (_request, reply, payload) => {
    if (OURS.has(reply)) return payload;
    // The library's own words would name the address that was asked for.
    reply.removeHeader('content-length');
    return writeSvarkvittering(reply.statusCode === TOO_LARGE ? FOR_STORT : IKKE_ET_SVAR);
  });
  server.post<{ Body: Buffer }>(PATH, async (request, reply) => {
    const body = request.body;
    if (settings.hmac !== undefined && signable(request).field('content-digest') !== contentDigest(body)) {
      return unreadable(reply, 401, 'DA-120', 'Content-Digest passer ikke med indholdet');
    }
    let besked: SvarBesked;
    try {
      besked = readSvar(body);
    } catch (error) {
      if (!(error instanceof WireProblem)) throw error;
      ports.log('http.svar-unreadable', { problem: error.message });
      return unreadable(reply, 400, error.kode, error.message);
    }
    return report(besked, reply, ports);
  });
  try {
    await server.listen({ host: settings.host, port: settings.port });
  } catch (error) {
    await server.close();
    throw error;
  }
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : settings.port;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return {
    url: `${settings.certificate === undefined ? 'http' : 'https'}://${host}:${port}${PATH}`,
    close: () => server.close(),
  };
}
