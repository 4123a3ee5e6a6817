/** The kit's cases about who sends a command: each is failed by a debitorsystem that lets somebody in whom it should not. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { HttpConfig } from '../../src/debitorsystem/backends/http/config.ts';
import { contentDigest, signatureProblem } from '../../src/debitorsystem/backends/http/signature.ts';
import { createSimulator } from '../../src/debitorsystem/backends/simulator.ts';
import { inProcessSubject, type KitResult, loadDebitorsystem, runContract } from '../../src/debitorsystem/contract.ts';
import {
  type HttpDebitorsystemOptions,
  type SignedRequest,
  startHttpDebitorsystem,
} from '../support/http-debitorsystem.ts';
import { KIT_DATA } from './broken/wrapped-simulator.ts';
import { closedPort, createTestCa, SECRET } from './http-scene.ts';
import { temporaryFolder } from './simulator-scene.ts';

const KEY = { keyId: 'kit', secret: Buffer.from(SECRET) };
const NAMES = [
  'En kommando uden signatur eller certifikat får 401 og har ingen virkning',
  'En kommando, der er signeret med en anden hemmelighed, får 401 og har ingen virkning',
  'En kommando, hvis krop ikke er den, der blev signeret, får 401 og har ingen virkning',
  'En kommando, der blev signeret for mere end 300 sekunder siden, får 401 og har ingen virkning',
  'Et opslag uden signatur eller certifikat får 401',
];

async function resultsFor(
  options: Omit<HttpDebitorsystemOptions, 'create'>,
  config: Omit<HttpConfig, 'url'>,
): Promise<readonly KitResult[]> {
  const store = join(temporaryFolder(), 'simulator.db');
  const create: HttpDebitorsystemOptions['create'] = (ports) => createSimulator({ data: KIT_DATA, store }, ports);
  const server = await startHttpDebitorsystem({ create, ...options });
  onTestFinished(() => server.close());
  const loaded = await loadDebitorsystem('http', { url: server.url, ...config }, { baseDir: '/' });
  const results = await runContract(inProcessSubject(loaded, { restarts: false }), {
    only: (name) => NAMES.includes(name),
  });
  return results.filter(({ name }) => NAMES.includes(name));
}

const HMAC: Omit<HttpConfig, 'url'> = { auth: { hmac: { keyId: KEY.keyId, secret: SECRET } } };
const REQUIRED = ['@method', '@path'];
const createdOf = ({ field }: SignedRequest): number =>
  Number(/created=([0-9]+)/.exec(field('signature-input') ?? '')?.[1]) * 1000;
const isDigestOf = ({ method, field, body }: SignedRequest): boolean =>
  method === 'GET' || field('content-digest') === contentDigest(body);
const isSigned = (signed: SignedRequest, at = Date.now()): boolean =>
  signatureProblem(signed, REQUIRED, KEY, at) === undefined;

test('one that judges a signature as it should passes them all', async () => {
  const results = await resultsFor({ hmac: KEY }, HMAC);
  expect(results.map(({ name, outcome }) => [name, outcome])).toEqual(NAMES.map((name) => [name, 'bestået']));
}, 30_000);

test.each<[string, NonNullable<HttpDebitorsystemOptions['judge']>, readonly number[], string]>([
  ['looks at nothing', () => true, [0, 1, 2, 3, 4], 'fik HTTP 200, hvor der skulle svares 401'],
  ['takes any signature', ({ field }) => field('signature') !== undefined, [1, 2, 3], 'fik HTTP 200'],
  [
    'does not compare the body with its digest',
    (signed) => isSigned(signed),
    [2],
    'en anden krop end den, der blev signeret',
  ],
  [
    'does not look at the time',
    (signed) => isDigestOf(signed) && isSigned(signed, createdOf(signed)),
    [3],
    'signeret for 600 sekunder siden',
  ],
  [
    'leaves look-ups open',
    (signed) => signed.method === 'GET' || (isDigestOf(signed) && isSigned(signed)),
    [4],
    'et opslag',
  ],
])(
  'one that %s fails',
  async (_what, judge, failing, text) => {
    const results = await resultsFor({ hmac: KEY, judge }, HMAC);
    const failed = results.filter(({ outcome }) => outcome === 'fejlet');
    expect(failed.map(({ name }) => NAMES.indexOf(name))).toEqual(failing);
    for (const { reason } of failed) expect(reason).toContain(text);
  },
  30_000,
);

test('one that answers 401, and carries the command out all the same, fails', async () => {
  const options: Omit<HttpDebitorsystemOptions, 'create'> = {
    spoil(request, response) {
      if (request.headers['signature'] !== undefined) return false;
      const writeHead = response.writeHead.bind(response) as (status: number) => typeof response;
      response.writeHead = () => writeHead(401);
      return false;
    },
  };
  const [first] = await resultsFor(options, HMAC);
  expect(first?.outcome).toBe('fejlet');
  expect(first?.reason).toContain('efter en kommando uden signatur eller certifikat');
}, 30_000);

test('without auth all of them are skipped, and it is said why', async () => {
  const results = await resultsFor({}, {});
  expect(results.map(({ outcome }) => outcome)).toEqual(NAMES.map(() => 'sprunget over'));
  expect(results[0]?.reason).toContain('uden auth');
}, 30_000);

test.each([true, false])(
  'with certificates: one that asks for them passes, and one that does not fails (%s)',
  async (asks) => {
    const folder = temporaryFolder();
    const ca = createTestCa(folder);
    const server = ca.tls('debitorsystem');
    const options = { tls: server, asksForCertificate: asks, port: await closedPort() };
    const results = await resultsFor(options, { auth: { mtls: ca.issue('adapter') }, caFile: ca.caFile });
    const tried = results.filter(({ outcome }) => outcome !== 'sprunget over');
    expect(tried.map(({ name, outcome }) => [NAMES.indexOf(name), outcome])).toEqual([
      [0, asks ? 'bestået' : 'fejlet'],
      [4, asks ? 'bestået' : 'fejlet'],
    ]);
  },
  30_000,
);
