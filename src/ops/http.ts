/**
 * HTTP for the people on call, on a port of its own: /livez, /readyz, /metrics and the operations page. Reads only; it takes
 * no message and changes nothing.
 */
import { type FastifyReply, fastify } from 'fastify';
import type { BrokerState } from '../broker/connection.ts';
import { scrub } from '../domain/cpr.ts';
import type { Instant } from '../domain/identer.ts';
import type { FlowStatus } from '../flow/adapter-flow.ts';
import type { Metrics } from './metrics.ts';
import { CONTENT_SECURITY_POLICY, type PageLists, renderPage } from './page.ts';
import { isReady, readinessOf } from './readiness.ts';

export interface HttpOptions {
  /** The address to listen on; 127.0.0.1 unless an installation says otherwise. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly metrics: Metrics;
  readonly status: () => FlowStatus;
  readonly broker: () => BrokerState;
  /** Undefined where the backend is well, else why not; may reject or never settle. */
  readonly backendHealth: () => Promise<string | undefined>;
  /** What the page lists, each list bounded; may reject while the ledger can't be read. */
  readonly lists: () => Promise<PageLists>;
  readonly now: () => Instant;
}

export interface HttpServer {
  /** `http://127.0.0.1:8080`, with the port that was taken. */
  readonly url: string;
  close(): Promise<void>;
}

/** A request is a line and some headers; nothing here takes a body. */
const MAX_BODY_BYTES = 1024;
const REQUEST_LIMIT_MS = 10_000;
const NOT_READY = 503;

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

function urlOf(host: string, port: number): string {
  const reachable =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${reachable}:${port}`;
}

function sendText(reply: FastifyReply, code: number, text: string): FastifyReply {
  return reply.code(code).type('text/plain; charset=utf-8').send(text);
}

/**
 * Starts listening.
 * @throws the system's error where the address can't be taken.
 */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const { metrics, status, broker, now } = options;
  const server = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_LIMIT_MS,
    forceCloseConnections: true,
  });
  const snapshot = () => ({ status: status(), broker: broker(), now: now() });
  const readiness = () => readinessOf(status(), broker(), options.backendHealth);

  server.addHook('onSend', async (_request, reply, payload) => {
    reply.headers(HEADERS);
    const { statusCode } = reply;
    if (statusCode < 400 || statusCode === NOT_READY) return payload;
    // The library's own words would name the address that was asked for, or quote an error.
    reply.type('text/plain; charset=utf-8');
    return statusCode < 500 ? 'Findes ikke. Prøv /, /livez, /readyz eller /metrics.\n' : 'Der opstod en fejl.\n';
  });

  server.get('/livez', (_request, reply) => sendText(reply, 200, 'OK\n'));
  server.get<{ Querystring: { readonly verbose?: string } }>('/readyz', async (request, reply) => {
    const parts = await readiness();
    const ready = isReady(parts);
    const lines = parts.map(({ navn, niveau, tekst }) => `[${niveau}] ${navn}: ${tekst}\n`);
    const summary = ready ? 'OK\n' : 'IKKE KLAR\n';
    const text = request.query.verbose === undefined ? summary : `${lines.join('')}${summary}`;
    return sendText(reply, ready ? 200 : NOT_READY, scrub(text));
  });
  server.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.render(snapshot())),
  );
  server.get('/', async (_request, reply) => {
    const [parts, lists] = await Promise.all([readiness(), options.lists().catch(() => undefined)]);
    return reply.type('text/html; charset=utf-8').send(renderPage({ parts, snapshot: snapshot(), lists }));
  });

  try {
    await server.listen({ host: options.host, port: options.port });
  } catch (error) {
    await server.close();
    throw error;
  }
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: urlOf(options.host, port),
    async close() {
      await server.close();
      metrics.close();
    },
  };
}
