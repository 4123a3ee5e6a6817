/** Health, metrics and the operations page over real HTTP, on ports of their own. */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { type HttpOptions, type HttpServer, startHttp } from '../../src/ops/http.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import type { PageLists } from '../../src/ops/page.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const EMPTY: PageLists = { awaitingSvar: [], inDoubt: [], uleverede: [], fejlkoe: [] };

let server: HttpServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function get(
  path: string,
  changes: Partial<HttpOptions> = {},
): Promise<{ status: number; text: string; headers: Headers }> {
  server ??= await startHttp({
    host: '127.0.0.1',
    port: 0,
    metrics: createMetrics(),
    status: () => ({ draining: false, ledgerAvailable: true, paused: {} }),
    broker: () => ({ consume: 'connected', publish: 'connected', blocked: false, since: NOW }),
    backendHealth: async () => undefined,
    lists: async () => EMPTY,
    now: () => NOW,
    ...changes,
  });
  const response = await fetch(`${server.url}${path}`);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const lost: HttpOptions['broker'] = () => ({ consume: 'connecting', publish: 'connected', blocked: false, since: NOW });

describe('livez', () => {
  test('is well as long as the process answers, whatever the broker does', async () => {
    expect(await get('/livez', { broker: lost })).toMatchObject({ status: 200, text: 'OK\n' });
  });
});

describe('readyz', () => {
  test('is ready when every part is', async () => {
    expect(await get('/readyz')).toMatchObject({ status: 200, text: 'OK\n' });
  });

  test.each<[string, Partial<HttpOptions>, string]>([
    ['a lost connection', { broker: lost }, '[fejl] rabbitmq modtagelse: forbinder'],
    [
      'a blocked connection',
      { broker: () => ({ consume: 'connected', publish: 'connected', blocked: true, since: NOW }) },
      '[fejl] rabbitmq blokering:',
    ],
    [
      'a ledger that can not write',
      { status: () => ({ draining: false, ledgerAvailable: false, paused: {} }) },
      '[fejl] ledger: kan ikke skrive',
    ],
    ['draining', { status: () => ({ draining: true, ledgerAvailable: true, paused: {} }) }, '[fejl] nedlukning:'],
    [
      'a backend that is not well',
      { backendHealth: async () => 'ingen forbindelse' },
      '[fejl] debitorsystem: ingen forbindelse',
    ],
    [
      'a backend that throws',
      { backendHealth: () => Promise.reject(new TypeError('0101701234')) },
      '[fejl] debitorsystem: kan ikke spørges (TypeError)',
    ],
  ])('%s makes it not ready, and ?verbose names the part', async (_what, changes, line) => {
    expect(await get('/readyz', changes)).toMatchObject({ status: 503, text: 'IKKE KLAR\n' });
    expect((await get('/readyz?verbose')).text).toContain(line);
  });

  test('waits a second at most for a backend that never answers', async () => {
    const startedAt = Date.now();
    const answer = await get('/readyz?verbose', { backendHealth: () => new Promise(() => undefined) });
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('svarede ikke inden 1 sekund');
    expect(Date.now() - startedAt).toBeLessThan(3000);
  });

  test('a pause is shown with its reason, and does not make it unready', async () => {
    const paused = { debitorkonto: '10000 anmodninger er uden udfald' };
    const answer = await get('/readyz?verbose', { status: () => ({ draining: false, ledgerAvailable: true, paused }) });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('[advarsel] modtagelse debitorkonto: holder pause: 10000 anmodninger er uden udfald');
  });
});

describe('metrics', () => {
  test('are in the text format of Prometheus', async () => {
    const answer = await get('/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.text).toContain('# TYPE adapter_fejlkoe gauge');
  });
});

describe('the operations page', () => {
  const EVIL = '<script>alert(1)</script>';
  const row = {
    seq: 1,
    kind: 'debitorkonto',
    sender: 'kulturskole',
    id: EVIL,
    transaktionsId: 't',
    state: 'awaitingSvar',
    attempts: 1,
    receivedAt: NOW - 3_600_000,
    forventetSvarDato: '2026-11-20',
    first: true,
  } as const;
  const fejl = { queue: 'debitorkonto', routingKey: 'k', receivedAt: NOW - 60_000, seen: 1, bytes: 10 } as const;

  test('is Danish, and has headings and captions', async () => {
    const { text, headers } = await get('/');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('<html lang="da">');
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(text.match(/<table>/g)?.length).toBe(text.match(/<caption>/g)?.length);
  });

  test('holds no script, and its policy allows only its own style sheet', async () => {
    const { text, headers } = await get('/');
    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers.get('content-security-policy')).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(text).not.toMatch(/<script|javascript:|\son[a-z]+=| style=/);
  });

  test('what a sender chose is text, never markup, and CPR numbers in it are masked', async () => {
    const lists = { ...EMPTY, awaitingSvar: [row, { ...row, seq: 2, id: 'sag 010170-1234' }] };
    const { text } = await get('/', { lists: async () => lists });
    expect(text).not.toContain(EVIL);
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toContain('010170-1234');
  });

  test('the fejlkø is grouped by cause, also where only the place in the message differs', async () => {
    const entries = [7, 12].map((line) => ({
      ...fejl,
      id: line,
      kode: 'DA-001',
      aarsag: `Ikke velformet (linje ${line})`,
    }));
    const { text } = await get('/', { lists: async () => ({ ...EMPTY, fejlkoe: entries }) });
    expect(text).toContain('<td>Ikke velformet (linje …)</td><td class="tal">2</td>');
  });

  test('is there without its lists while the ledger can not be read', async () => {
    const answer = await get('/', { lists: () => Promise.reject(new Error('låst')) });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('listerne mangler');
  });
});

test('an unknown address is answered without repeating it, and says no more than it must', async () => {
  const answer = await get('/findes-ikke?x=0101701234');
  expect(answer).toMatchObject({ status: 404 });
  expect(answer.text).not.toContain('0101701234');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('a port that is taken is an error, and leaves nothing behind', async () => {
  await get('/livez');
  const port = Number(new URL(server?.url ?? '').port);
  const second = startHttp({
    host: '127.0.0.1',
    port,
    metrics: createMetrics(),
    status: () => ({ draining: false, ledgerAvailable: true, paused: {} }),
    broker: lost,
    backendHealth: async () => undefined,
    lists: async () => EMPTY,
    now: () => NOW,
  });
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
