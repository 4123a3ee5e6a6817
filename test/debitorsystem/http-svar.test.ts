/** Where a debitorsystem reports svar: who may, what is taken, and what it is told. */
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { HttpConfig } from '../../src/debitorsystem/backends/http/config.ts';
import type { DebitorsystemPorts, SvarReference } from '../../src/debitorsystem/debitorsystem.ts';
import { loadDebitorsystem } from '../../src/debitorsystem/load.ts';
import type { IdempotencyKey, Uuid } from '../../src/domain/identer.ts';
import type { Svar } from '../../src/domain/udfald.ts';
import { postSvar } from '../support/http-debitorsystem.ts';
import { svarAsJson } from '../support/wire-json.ts';
import { createTestCa, SECRET, startHttpBackend } from './http-scene.ts';
import { temporaryFolder } from './simulator-scene.ts';

const REFERENCE = {
  noegle: 'handling:kulturskole:00000000-0000-4000-8000-000000000001' as IdempotencyKey,
  anmodningIdentifikator: '00000000-0000-4000-8000-000000000001' as Uuid,
};
const SVAR: Svar = { status: 'GENNEMFOERT', tid: 1_795_363_200_000 };
const BODY = svarAsJson(REFERENCE, SVAR);
const KEY = { keyId: 'debitorsystem', secret: Buffer.from(SECRET) };
const HMAC: Partial<HttpConfig> = { auth: { hmac: { keyId: KEY.keyId, secret: SECRET } } };

async function listen(config: Partial<HttpConfig> = HMAC, reportSvar?: DebitorsystemPorts['reportSvar']) {
  const reported: { reference: SvarReference; svar: Svar }[] = [];
  const port: DebitorsystemPorts['reportSvar'] = async (reference, svar) => {
    reported.push({ reference, svar });
    return (await reportSvar?.(reference, svar)) ?? { art: 'modtaget' };
  };
  const scene = await startHttpBackend({ url: 'http://127.0.0.1:9', svar: { port: 0 }, ...config }, port);
  return { ...scene, reported };
}

describe('a svar that is reported', () => {
  test('is answered modtaget once it is recorded, with the key it belongs to', async () => {
    const { svarUrl, reported } = await listen();
    const { status, body } = await postSvar({ url: svarUrl, body: BODY, hmac: KEY });
    expect([status, body]).toEqual([200, { art: 'modtaget', noegle: REFERENCE.noegle }]);
    expect(reported).toEqual([{ reference: REFERENCE, svar: SVAR }]);
  });

  test('is answered with the adapter’s code where it is refused for good', async () => {
    const { svarUrl } = await listen(HMAC, async () => ({ art: 'afvist', kode: 'DA-303' }));
    const { status, body } = await postSvar({ url: svarUrl, body: BODY, hmac: KEY });
    expect([status, body.art, body.kode]).toEqual([409, 'afvist', 'DA-303']);
    expect(body.tekst).toContain('allerede besvaret');
  });

  test('is to be reported again where the adapter can’t record now', async () => {
    const { svarUrl, logged } = await listen(HMAC, async () => {
      throw new Error('ledgeren kan ikke skrive');
    });
    const { status, body } = await postSvar({ url: svarUrl, body: BODY, hmac: KEY });
    expect([status, body]).toEqual([503, { art: 'proevIgen' }]);
    expect(logged.map(({ event }) => event)).toContain('http.svar-not-recorded');
  });

  test.each([
    ['no JSON', '{"noegle":', 'DA-001', 'det er ikke JSON'],
    ['nothing', '', 'DA-001', 'det er ikke JSON'],
    ['no UTF-8', Buffer.from('{"noegle":"\xe6"}', 'latin1'), 'DA-002', 'UTF-8'],
    ['another document', '{"art":"udfoert"}', 'DA-005', 'noegle mangler'],
    [
      'an unknown status',
      svarAsJson(REFERENCE, { ...SVAR, status: 'OK' as 'AFVIST' }),
      'DA-005',
      'status: skal være en af',
    ],
  ])(
    'that is %s is refused, and says where it is wrong, here and to operations',
    async (_what, text, kode, problem) => {
      const { svarUrl, reported, logged } = await listen();
      const { status, body } = await postSvar({ url: svarUrl, body: text, hmac: KEY });
      expect([status, body.art, body.kode]).toEqual([400, 'ulaeselig', kode]);
      expect(body.tekst).toContain(problem);
      expect(reported).toEqual([]);
      const told = logged.find(({ event }) => event === 'http.svar-unreadable');
      expect(told?.fields['problem']).toBe(body.tekst);
    },
  );

  test('that the port finds to be none is refused, not tried again', async () => {
    const { svarUrl } = await listen(HMAC, async () => {
      throw new TypeError('svarets tid er ikke et tidspunkt');
    });
    const { status, body } = await postSvar({ url: svarUrl, body: BODY, hmac: KEY });
    expect([status, body.kode]).toEqual([400, 'DA-005']);
  });

  test('caught and sent again within its window is the same svar again, and after it is refused', async () => {
    const { svarUrl, reported } = await listen();
    const at = Date.now();
    for (const _time of [1, 2]) {
      expect((await postSvar({ url: svarUrl, body: BODY, hmac: KEY, at })).status).toBe(200);
    }
    expect(reported).toHaveLength(2);
    for (const old of [at - 301_000, at + 302_000]) {
      const { status, body } = await postSvar({ url: svarUrl, body: BODY, hmac: KEY, at: old });
      expect([status, body.tekst]).toEqual([401, expect.stringContaining('fra adapterens ur')]);
    }
    expect(reported).toHaveLength(2);
  });
});

describe('a sender that is not the debitorsystem is not let in', () => {
  test.each<[string, Partial<Parameters<typeof postSvar>[0]>, string]>([
    ['without a signature', {}, 'Signature-Input mangler'],
    ['with another secret', { hmac: { ...KEY, secret: Buffer.from(SECRET.toUpperCase()) } }, 'signaturen passer ikke'],
    ['with another key', { hmac: { ...KEY, keyId: 'ukendt' } }, 'keyid kendes ikke'],
    ['with a signature of another path', { hmac: KEY, url: '/svar/', headers: {} }, 'findes ikke'],
    [
      'with a signature of another body',
      { hmac: KEY, headers: { 'content-digest': 'sha-256=:x:' } },
      'signaturen passer ikke',
    ],
    [
      'with a signature that leaves out the body',
      {
        headers: {
          'signature-input': 'sig1=("@method" "@path");created=1;keyid="debitorsystem"',
          signature: `sig1=:${'A'.repeat(43)}=:`,
        },
      },
      'skal dække content-digest',
    ],
  ])('%s', async (_how, given, problem) => {
    const { svarUrl, reported, logged } = await listen();
    const url = given.url === undefined ? svarUrl : new URL(given.url, svarUrl).href;
    const { status, body } = await postSvar({ body: BODY, ...given, url });
    if (problem === 'findes ikke') expect(status).toBe(404);
    else {
      expect([status, body.art, body.kode]).toEqual([401, 'ulaeselig', 'DA-120']);
      expect(body.tekst).toContain(problem);
      expect(logged.map(({ event }) => event)).toContain('http.svar-sender-refused');
    }
    expect(reported).toEqual([]);
  });

  test('with the right signature and another body than it was made for', async () => {
    const { svarUrl, reported } = await listen();
    const other = svarAsJson(REFERENCE, { ...SVAR, status: 'AFVIST' });
    const { body } = await postSvar({ url: svarUrl, body: BODY, hmac: KEY, replaceBody: other });
    expect([body.kode, body.tekst]).toEqual(['DA-120', expect.stringContaining('Content-Digest passer ikke')]);
    expect(reported).toEqual([]);
  });

  test('is refused before its body is read', async () => {
    const { svarUrl } = await listen();
    const status = await new Promise((resolve, reject) => {
      const outgoing = request(svarUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': '1000000' },
      });
      outgoing.on('error', reject);
      outgoing.on('response', (answer) => {
        resolve(answer.statusCode);
        outgoing.destroy();
      });
      outgoing.flushHeaders();
    });
    expect(status).toBe(401);
  });

  test('with a certificate of another CA, or of the right CA with a name that is not mentioned', async () => {
    const ca = createTestCa(temporaryFolder());
    const config: Partial<HttpConfig> = {
      url: 'https://127.0.0.1:9',
      caFile: ca.caFile,
      auth: { mtls: ca.issue('adapter') },
      svar: { port: 0, tls: ca.issue('adapter-svar'), klienter: ['debitorsystem'] },
    };
    const { svarUrl, reported } = await listen(config);
    expect((await postSvar({ url: svarUrl, body: BODY, tls: ca.tls('debitorsystem') })).status).toBe(200);
    expect((await postSvar({ url: svarUrl, body: BODY, tls: ca.tls('en anden') })).status).toBe(401);
    const foreign = { ...createTestCa(temporaryFolder()).tls('debitorsystem'), ca: ca.tls('x').ca };
    await expect(postSvar({ url: svarUrl, body: BODY, tls: foreign })).rejects.toThrow();
    expect(reported).toHaveLength(1);
  });
});

test('what is asked for in another way is told how, without its own words', async () => {
  const { svarUrl } = await listen({});
  for (const [path, given, expected, kode] of [
    ['/0101701234', {}, 404, 'DA-005'],
    ['/svar', { headers: { 'content-type': 'text/xml' } }, 415, 'DA-005'],
    ['/svar', { body: `"${'x'.repeat(16 * 1024 * 1024)}"` }, 413, 'DA-006'],
  ] as const) {
    const { status, body } = await postSvar({ url: new URL(path, svarUrl).href, body: BODY, ...given });
    expect([status, body.art, body.kode]).toEqual([expected, 'ulaeselig', kode]);
    expect(JSON.stringify(body)).not.toContain('0101701234');
  }
});

describe('a configuration is refused', () => {
  const hmac = { keyId: 'adapter', secret: SECRET };
  const tls = { certFile: '/findes/ikke.pem', keyFile: '/findes/ikke.key' };
  test.each<[string, object, string]>([
    ['where CPR numbers would travel in the clear', { url: 'http://debitor.example', auth: { hmac } }, 'https://'],
    ['where anyone could pass for the adapter', { url: 'https://debitor.example' }, 'auth mangler'],
    ['where the URL holds a password', { url: 'https://a:b@debitor.example', auth: { hmac } }, 'kode'],
    ['where it is no HTTP', { url: 'ftp://127.0.0.1' }, 'http:// eller https://'],
    [
      'where the secret is short',
      { url: 'http://127.0.0.1', auth: { hmac: { keyId: 'a', secret: 'kort' } } },
      'secret',
    ],
    [
      'where the secret is given twice',
      { url: 'http://127.0.0.1', auth: { hmac: { ...hmac, secretFile: '/x' } } },
      'ikke begge',
    ],
    [
      'where a file can’t be read',
      { url: 'https://127.0.0.1', auth: { mtls: tls } },
      '/findes/ikke.pem kan ikke læses',
    ],
    ['where both ways are given', { url: 'https://127.0.0.1', auth: { hmac, mtls: tls } }, 'auth'],
    [
      'where svar could come from anywhere unencrypted',
      { url: 'http://127.0.0.1', auth: { hmac }, svar: { host: '0.0.0.0', port: 0 } },
      'svar.tls mangler',
    ],
    [
      'where any certificate of a CA would do',
      { url: 'https://127.0.0.1', auth: { mtls: tls }, svar: { port: 0, tls } },
      'svar.klienter mangler',
    ],
  ])('%s', async (_why, config, problem) => {
    await expect(startHttpBackend(config as HttpConfig)).rejects.toThrow(problem);
  });

  test('or not: where another layer protects it, and says so', async () => {
    await startHttpBackend({ url: 'http://debitor.example', tilladUsikker: true, svar: { host: '0.0.0.0', port: 0 } });
  });

  test('and what it declares decides what the adapter relies on; without a place for svar nothing is accepted for later', async () => {
    const load = async (config: object) => (await loadDebitorsystem('http', config, { baseDir: '/' })).capabilities;
    const url = 'http://127.0.0.1';
    expect(await load({ url })).toEqual({ idempotent: true, opslag: true, concurrency: 16, svarformer: ['STRAKS'] });
    const declared = { capabilities: { idempotent: false }, concurrency: 3, svar: { port: 1 } };
    expect(await load({ url, ...declared })).toEqual({ idempotent: false, opslag: true, concurrency: 3 });
  });
});
