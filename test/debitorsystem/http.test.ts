/** What the backend `http` makes of what a debitorsystem answers, or does not. */
import type { Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { HttpConfig } from '../../src/debitorsystem/backends/http/config.ts';
import type { Debitorsystem, DebitorsystemPorts } from '../../src/debitorsystem/debitorsystem.ts';
import { isIkkeUdfoert } from '../../src/debitorsystem/udfald-contract.ts';
import type { Udfald } from '../../src/domain/udfald.ts';
import { type HttpDebitorsystemOptions, startHttpDebitorsystem } from '../support/http-debitorsystem.ts';
import { waitFor } from '../support/wait.ts';
import { closedPort, createTestCa, response, SECRET, startHttpBackend, startRawServer } from './http-scene.ts';
import { command, context, named, temporaryFolder } from './simulator-scene.ts';

const NEDSKRIV = () => command('NEDSKRIV', named('K', 'F'), { beloeb: '1.00' });
const HMAC = { keyId: 'adapter', secret: SECRET };
const KEY = { keyId: HMAC.keyId, secret: Buffer.from(SECRET) };
const UDFOERT = JSON.stringify({ art: 'udfoert' });

/** How the flow would take it: the udfald, or one of the three ways of giving none. */
async function outcomeOf(asking: Promise<Udfald | undefined>): Promise<string> {
  try {
    return (await asking)?.art ?? 'aldrig set';
  } catch (error) {
    if (isIkkeUdfoert(error)) return error.forbigaaende ? 'ikke udført, forbigående' : 'ikke udført, permanent';
    return `ukendt: ${error instanceof Error ? error.message : ''}`;
  }
}

async function serve(options: Omit<HttpDebitorsystemOptions, 'create'> & { backend?: Partial<Debitorsystem> }) {
  const { backend = {}, ...rest } = options;
  const create = (_ports: DebitorsystemPorts): Debitorsystem => ({
    execute: async () => ({ art: 'udfoert' }),
    ...backend,
  });
  const server = await startHttpDebitorsystem({ create, ...rest });
  onTestFinished(() => server.close());
  return server;
}

async function ask(onRequest: (socket: Socket, request: string) => void, config: Partial<HttpConfig> = {}) {
  const server = await startRawServer(onRequest);
  const { backend } = await startHttpBackend({ url: server.url, ...config });
  return { server, outcome: await outcomeOf(backend.execute(NEDSKRIV(), context())) };
}

describe('an answer', () => {
  const afvist = JSON.stringify({ art: 'afvist', fejl: [{ kode: 'X', tekst: 'nej' }] });
  const senere = JSON.stringify({ art: 'accepteretTilSenere' });
  const ikke = (forbigaaende: boolean) => JSON.stringify({ art: 'ikkeUdfoert', forbigaaende, aarsag: 'lukket' });
  test.each<[number, string, string]>([
    [200, UDFOERT, 'udfoert'],
    [200, senere, 'accepteretTilSenere'],
    [200, afvist, 'afvist'],
    [202, senere, 'accepteretTilSenere'],
    [409, afvist, 'afvist'],
    [422, afvist, 'afvist'],
    [503, ikke(true), 'ikke udført, forbigående'],
    [401, ikke(true), 'ikke udført, forbigående'],
    [422, ikke(false), 'ikke udført, permanent'],
    [400, 'Bad Request', 'ikke udført, permanent'],
    [501, '', 'ikke udført, permanent'],
    // What is not certain is unknown, however it looks.
    [503, '', 'ukendt: HTTP 503 uden et læseligt udfald'],
    [503, UDFOERT, 'ukendt: HTTP 503 med art udfoert'],
    [500, 'Internal Server Error', 'ukendt: HTTP 500 uden et læseligt udfald'],
    [404, JSON.stringify({ art: 'aldrigSet' }), 'ukendt: HTTP 404 med art aldrigSet'],
    [401, '{}', 'ukendt: HTTP 401 uden et læseligt udfald'],
    [422, '{"detail":[]}', 'ukendt: HTTP 422 uden et læseligt udfald'],
    [409, UDFOERT, 'ukendt: HTTP 409 med art udfoert'],
    [202, UDFOERT, 'ukendt: HTTP 202 med art udfoert'],
    [200, '', 'ukendt: HTTP 200 uden et læseligt udfald'],
    [200, '<html>OK</html>', 'ukendt: HTTP 200 uden et læseligt udfald'],
    [200, '{"art":"udfoert"', 'ukendt: HTTP 200 uden et læseligt udfald'],
    [201, UDFOERT, 'ukendt: HTTP 201 med art udfoert'],
  ])('%i with %s means %s', async (status, body, expected) => {
    expect((await ask((socket) => socket.write(response(status, body)))).outcome).toBe(expected);
  });

  test('422 in Latin-1 is unknown, and it is said that it is not UTF-8', async () => {
    const text = response(422, '{"art":"afvist","fejl":[{"kode":"X","tekst":"bel?b"}]}').replace('?', 'ø');
    const { outcome } = await ask((socket) => socket.write(Buffer.from(text, 'latin1')));
    expect(outcome).toBe('ukendt: HTTP 422 uden et læseligt udfald: det er ikke UTF-8');
  });

  test('that sends us elsewhere is not followed: the command is sent to nobody else', async () => {
    const other = await startRawServer((socket) => socket.write(response(200, UDFOERT)));
    const { outcome } = await ask((socket) => socket.write(response(307, '', { Location: `${other.url}/commands` })));
    expect(outcome).toContain('ukendt: HTTP 307');
    expect(other.connections).toEqual([]);
  });

  test('over the bound is cut, and the outcome is unknown', async () => {
    const { outcome } = await ask((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const block = 'x'.repeat(1024 * 1024);
      for (let sent = 0; sent < 18; sent += 1) socket.write(`100000\r\n${block}\r\n`);
    });
    expect(outcome).toContain('ukendt: svaret er over');
  });
});

describe('no answer', () => {
  test('where nobody listens, nothing was carried out; it is tried three times within the attempt', async () => {
    const { backend } = await startHttpBackend({ url: `http://127.0.0.1:${await closedPort()}` });
    expect(await outcomeOf(backend.execute(NEDSKRIV(), context()))).toBe('ikke udført, forbigående');
  });

  test('where the debitorsystem comes back between two tries, the same attempt succeeds', async () => {
    const port = await closedPort();
    const { backend } = await startHttpBackend({ url: `http://127.0.0.1:${port}` });
    const asked = outcomeOf(backend.execute(NEDSKRIV(), context()));
    const server = await startRawServer((socket) => socket.write(response(200, UDFOERT)), port);
    expect(await asked).toBe('udfoert');
    expect(server.connections).toHaveLength(1);
  });

  test('in time leaves the outcome unknown', async () => {
    const { outcome } = await ask(() => undefined, { timeoutMs: 50 });
    expect(outcome).toBe('ukendt: intet svar inden 50 ms');
  });

  test.each<[string, (socket: Socket) => void]>([
    ['before a byte of the answer', (socket) => socket.destroy()],
    ['by a reset', (socket) => socket.resetAndDestroy()],
    ['in the middle of its head', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Ty')],
    ['in the middle of its body', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{"art":"ud')],
    ['with something that is no HTTP', (socket) => socket.end('220 smtp.example ESMTP\r\n')],
  ])('when the connection is cut %s, after the request was read: unknown', async (_when, cut) => {
    expect((await ask(cut)).outcome).toContain('ukendt:');
  });

  test('from a connection that is cut before the request is read is unknown too: its bytes were on their way', async () => {
    const server = await startRawServer(() => undefined);
    server.onConnection((socket) => socket.destroy());
    const { backend } = await startHttpBackend({ url: server.url });
    expect(await outcomeOf(backend.execute(NEDSKRIV(), context()))).toContain('ukendt:');
  });

  test('is waited for no longer than the deadline, or than the adapter wants', async () => {
    const server = await startRawServer(() => undefined);
    const { backend } = await startHttpBackend({ url: server.url });
    const soon = context({ deadline: Date.now() + 50 });
    expect(await outcomeOf(backend.execute(NEDSKRIV(), soon))).toContain('ukendt: intet svar inden');
    const controller = new AbortController();
    const asked = outcomeOf(backend.execute(NEDSKRIV(), context({ signal: controller.signal })));
    await waitFor('the request', () => server.connections.length > 1);
    controller.abort();
    expect(await asked).toContain('ukendt:');
  });

  test('is asked for where the deadline is past: nothing is sent', async () => {
    const server = await startRawServer(() => undefined);
    const { backend } = await startHttpBackend({ url: server.url });
    const late = context({ deadline: Date.now() - 1 });
    expect(await outcomeOf(backend.execute(NEDSKRIV(), late))).toBe('ikke udført, forbigående');
    expect(await outcomeOf(backend.execute(NEDSKRIV(), context({ signal: AbortSignal.abort() })))).toBe(
      'ikke udført, forbigående',
    );
    expect(server.connections).toEqual([]);
  });
});

describe('a kept connection that the debitorsystem closes just as a command is sent on it', () => {
  /** Answers the first request on a connection, and cuts it at the second. */
  function closing() {
    const served = new WeakSet<Socket>();
    return startRawServer((socket) => {
      if (served.has(socket)) socket.destroy();
      else socket.write(response(200, UDFOERT));
      served.add(socket);
    });
  }

  test('is no doubt with one that recognises the key: the command is sent again at once', async () => {
    const server = await closing();
    const { backend } = await startHttpBackend({ url: server.url });
    expect(await outcomeOf(backend.execute(NEDSKRIV(), context()))).toBe('udfoert');
    expect(await outcomeOf(backend.execute(NEDSKRIV(), context()))).toBe('udfoert');
    expect(server.connections).toHaveLength(2);
  });

  test('does not happen with one that does not recognise it: every command has a connection of its own', async () => {
    const server = await closing();
    const { backend } = await startHttpBackend({ url: server.url, capabilities: { idempotent: false } });
    for (let asked = 0; asked < 3; asked += 1) {
      expect(await outcomeOf(backend.execute(NEDSKRIV(), context()))).toBe('udfoert');
    }
    expect(server.connections).toHaveLength(3);
  });
});

describe('a debitorsystem that does not answer', () => {
  test('is left alone for a while after five in a row, so that no more commands come into doubt, and then asked again', async () => {
    let well = false;
    const server = await startRawServer((socket) => socket.write(response(well ? 200 : 500, well ? UDFOERT : '')));
    const { backend, logged } = await startHttpBackend({ url: server.url, breakMs: 100 });
    const execute = () => outcomeOf(backend.execute(NEDSKRIV(), context()));
    for (let asked = 0; asked < 5; asked += 1) expect(await execute()).toContain('ukendt: HTTP 500');
    // While it rests, or by the look-up where this machine is so slow that the rest is over.
    expect(await backend.health?.()).toContain('debitorsystemet svarer');
    const before = server.requests();
    expect(await execute()).toBe('ikke udført, forbigående');
    expect(server.requests()).toBe(before);
    well = true;
    await waitFor('the breaker to let one through', async () => (await execute()) === 'udfoert');
    expect(await backend.health?.()).toBeUndefined();
    expect(logged.map(({ event }) => event)).toEqual(['http.circuit-opened', 'http.circuit-closed']);
  });

  test('and one that refuses for certain is not the same: it is well', async () => {
    const body = JSON.stringify({ art: 'ikkeUdfoert', forbigaaende: true });
    const server = await startRawServer((socket) => socket.write(response(503, body)));
    const { backend } = await startHttpBackend({ url: server.url });
    for (let asked = 0; asked < 7; asked += 1) {
      expect(await outcomeOf(backend.execute(NEDSKRIV(), context()))).toBe('ikke udført, forbigående');
    }
    expect(server.requests()).toBe(7);
  });
});

describe('a look-up', () => {
  const lookup = async (status: number, body: string) => {
    const server = await startRawServer((socket) => socket.write(response(status, body)));
    const { backend } = await startHttpBackend({ url: server.url });
    const noegle = NEDSKRIV().noegle;
    return { server, noegle, outcome: await outcomeOf(backend.lookup?.(noegle, context().signal) ?? Promise.reject()) };
  };

  test('asks for the key and gives its udfald', async () => {
    const { server, noegle, outcome } = await lookup(200, UDFOERT);
    expect(outcome).toBe('udfoert');
    expect(server.lastRequest()).toContain(`GET /commands/${noegle} HTTP/1.1`);
  });

  test('says never seen only where the debitorsystem itself says so: any proxy can answer 404', async () => {
    expect((await lookup(404, JSON.stringify({ art: 'aldrigSet' }))).outcome).toBe('aldrig set');
    expect((await lookup(404, '<html>Not Found</html>')).outcome).toContain('ukendt:');
    expect((await lookup(200, JSON.stringify({ art: 'aldrigSet' }))).outcome).toContain('ukendt:');
    expect((await lookup(503, '')).outcome).toContain('ukendt:');
  });
});

describe('what is sent', () => {
  test('names the key, the trace and the path below the configured address', async () => {
    const server = await serve({});
    const { backend } = await startHttpBackend({ url: `${server.url}/debitor/v1/` });
    const one = NEDSKRIV();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await backend.execute(one, context({ traceparent }));
    expect(server.requests).toEqual([
      {
        method: 'POST',
        path: '/debitor/v1/commands',
        headers: expect.objectContaining({
          'idempotency-key': one.noegle,
          traceparent,
          'content-type': 'application/json',
        }),
      },
    ]);
  });

  test('is signed, so that a debitorsystem with the same secret takes it and one with another does not', async () => {
    const server = await serve({ hmac: KEY, backend: { lookup: async () => undefined } });
    const right = await startHttpBackend({ url: server.url, auth: { hmac: HMAC } });
    expect(await outcomeOf(right.backend.execute(NEDSKRIV(), context()))).toBe('udfoert');
    expect(await outcomeOf(right.backend.lookup?.(NEDSKRIV().noegle, context().signal) ?? Promise.reject())).toBe(
      'aldrig set',
    );
    const wrong = await startHttpBackend({
      url: server.url,
      auth: { hmac: { ...HMAC, secret: SECRET.toUpperCase() } },
    });
    expect(await outcomeOf(wrong.backend.execute(NEDSKRIV(), context()))).toBe('ikke udført, forbigående');
    const none = await startHttpBackend({ url: server.url });
    expect(await outcomeOf(none.backend.execute(NEDSKRIV(), context()))).toBe('ikke udført, forbigående');
  });

  test('goes with a client certificate to a debitorsystem that demands one, and to no other than the CA vouches for', async () => {
    const ca = createTestCa(temporaryFolder());
    const server = await serve({ tls: ca.tls('debitorsystem') });
    const mtls = ca.issue('adapter');
    const trusted = await startHttpBackend({ url: server.url, caFile: ca.caFile, auth: { mtls } });
    expect(await outcomeOf(trusted.backend.execute(NEDSKRIV(), context()))).toBe('udfoert');
    // The handshake fails before the request is written, so nothing was carried out for certain.
    const elsewhere = await serve({ tls: createTestCa(temporaryFolder()).tls('en anden') });
    const mistrusting = await startHttpBackend({ url: elsewhere.url, caFile: ca.caFile, auth: { mtls } });
    expect(await outcomeOf(mistrusting.backend.execute(NEDSKRIV(), context()))).toBe('ikke udført, forbigående');
    expect(elsewhere.requests).toEqual([]);
    const stranger = createTestCa(temporaryFolder()).issue('adapter');
    const uninvited = await startHttpBackend({ url: server.url, caFile: ca.caFile, auth: { mtls: stranger } });
    expect(await outcomeOf(uninvited.backend.execute(NEDSKRIV(), context()))).not.toBe('udfoert');
    expect(server.requests).toHaveLength(1);
  });
});
