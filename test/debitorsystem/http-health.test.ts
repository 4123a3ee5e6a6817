/** What the backend `http` says of the debitorsystem's health before any command has shown it. */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { HttpConfig } from '../../src/debitorsystem/backends/http/config.ts';
import { Health } from '../../src/debitorsystem/backends/http/health.ts';
import { startHttpDebitorsystem } from '../support/http-debitorsystem.ts';
import { waitFor } from '../support/wait.ts';
import { closedPort, response, SECRET, startHttpBackend, startRawServer } from './http-scene.ts';
import { command, context, named } from './simulator-scene.ts';

const UKENDT = JSON.stringify({ art: 'aldrigSet' });

async function healthOf(status: number, body = '', config: Partial<HttpConfig> = {}) {
  const server = await startRawServer((socket) => socket.write(response(status, body)));
  const { backend } = await startHttpBackend({ url: `${server.url}/debitor`, ...config });
  return { problem: await backend.health?.(), request: server.lastRequest().split('\r\n')[0] };
}

describe('with look-ups, a key that is never sent is looked up', () => {
  test('and the debitorsystem that says so is well', async () => {
    const { problem, request } = await healthOf(404, UKENDT);
    expect([problem, request]).toEqual([undefined, 'GET /debitor/commands/sundhed HTTP/1.1']);
  });

  test.each([
    [404, '<html>', 'HTTP 404 på et opslag'],
    [200, JSON.stringify({ art: 'udfoert' }), 'HTTP 200 på et opslag'],
    [500, '', 'HTTP 500 på et opslag'],
    [301, '', 'HTTP 301 på et opslag'],
    [401, '', 'afviser adapteren (HTTP 401)'],
    [403, '', 'afviser adapteren (HTTP 403)'],
  ])('and HTTP %d with %s is not well', async (status, body, expected) => {
    expect((await healthOf(status, body)).problem).toContain(expected);
  });

  test('and one that does not take our signature is not well', async () => {
    const server = await startHttpDebitorsystem({
      create: () => ({ execute: async () => ({ art: 'udfoert' }), lookup: async () => undefined }),
      hmac: { keyId: 'adapter', secret: Buffer.from(SECRET) },
    });
    onTestFinished(() => server.close());
    const health = async (secret: string) => {
      const { backend } = await startHttpBackend({ url: server.url, auth: { hmac: { keyId: 'adapter', secret } } });
      return backend.health?.();
    };
    expect(await health(SECRET)).toBeUndefined();
    expect(await health(`${SECRET}, men en anden`)).toContain('afviser adapteren (HTTP 401)');
  });
});

describe('without look-ups', () => {
  const capabilities = { opslag: false };
  test('any answer shows that it is there, but no fault of its own and no refusal of us', async () => {
    expect((await healthOf(404, '', { capabilities })).problem).toBeUndefined();
    expect((await healthOf(405, '', { capabilities })).problem).toBeUndefined();
    expect((await healthOf(500, '', { capabilities })).problem).toContain('HTTP 500');
    expect((await healthOf(401, '', { capabilities })).problem).toContain('HTTP 401');
  });
});

describe('with a path of its own', () => {
  const sundhedssti = '/klar';
  test('2xx there is well, and nothing else', async () => {
    const { problem, request } = await healthOf(204, '', { sundhedssti });
    expect([problem, request]).toEqual([undefined, 'GET /debitor/klar HTTP/1.1']);
    expect((await healthOf(503, '', { sundhedssti })).problem).toContain('HTTP 503 på /klar');
    expect((await healthOf(404, UKENDT, { sundhedssti })).problem).toContain('HTTP 404 på /klar');
  });
});

test('a debitorsystem that is not there is not well, before any command has been sent', async () => {
  const { backend } = await startHttpBackend({ url: `http://127.0.0.1:${await closedPort()}` });
  expect(await backend.health?.()).toContain('svarer ikke over HTTP (ECONNREFUSED)');
});

test('one that takes the connection and never answers is not well, and one that is slow with commands is', async () => {
  const silent = await startRawServer(() => undefined);
  const quiet = await startHttpBackend({ url: silent.url });
  expect(await quiet.backend.health?.()).toContain('intet svar inden 800 ms');

  const slow = await startRawServer((socket, request) => {
    if (request.startsWith('GET')) socket.write(response(404, UKENDT));
  });
  const { backend } = await startHttpBackend({ url: slow.url, concurrency: 1, timeoutMs: 60_000 });
  const controller = new AbortController();
  const asking = backend.execute(command('NEDSKRIV', named('K', 'F'), { beloeb: '1.00' }), {
    ...context(),
    signal: controller.signal,
  });
  await waitFor('the command', () => slow.requests() === 1);
  expect(await backend.health?.()).toBeUndefined();
  controller.abort();
  await expect(asking).rejects.toThrow();
});

describe('it is asked no more than is needed', () => {
  function scene() {
    let [now, asked, resting] = [0, 0, false];
    let problem: string | undefined = 'nede';
    const health = new Health({
      now: () => now,
      isResting: () => resting,
      ask: async () => {
        asked += 1;
        return problem;
      },
    });
    return {
      health,
      asked: () => asked,
      pass: (ms: number) => {
        now += ms;
      },
      become: (next: string | undefined) => {
        problem = next;
      },
      rest: (next: boolean) => {
        resting = next;
      },
    };
  }

  test('once for all who look at the same time or shortly after, and again later', async () => {
    const { health, asked, pass, become } = scene();
    expect(await Promise.all([health.problem(), health.problem()])).toEqual(['nede', 'nede']);
    pass(1_999);
    become(undefined);
    expect([await health.problem(), asked()]).toEqual(['nede', 1]);
    pass(1);
    expect([await health.problem(), asked()]).toEqual([undefined, 2]);
  });

  test('not at all where it has just answered a command, nor while commands are kept from it', async () => {
    const { health, asked, rest } = scene();
    health.heard();
    expect(await health.problem()).toBeUndefined();
    rest(true);
    expect(await health.problem()).toContain('fik intet svar');
    expect(asked()).toBe(0);
  });
});
