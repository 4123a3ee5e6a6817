/** The kit's cases about who sends a command: each is failed by a debitorsystem that lets somebody in whom it should not. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { HttpConfig } from '../../src/debitorsystem/backends/http/config.ts';
import { contentDigest, signatureProblem } from '../../src/debitorsystem/backends/http/signature.ts';
import { createSimulator } from '../../src/debitorsystem/backends/simulator.ts';
import {
  DEBITORSYSTEM_CONTRACT,
  inProcessSubject,
  type KitResult,
  loadDebitorsystem,
  runContract,
} from '../../src/debitorsystem/contract.ts';
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
  'En kommando, der er signeret mere end 300 sekunder ude i fremtiden, får 401 og har ingen virkning',
  'En kommando, hvis signatur ikke dækker Content-Digest, får 401 og har ingen virkning',
  'En kommando, hvis signatur ikke dækker Idempotency-Key, får 401 og har ingen virkning',
  'Et opslag uden signatur eller certifikat får 401',
];
const MORE = 'En kommando med felter, som debitorsystemet ikke kender, bliver udført som ellers';

async function resultsFor(
  options: Omit<HttpDebitorsystemOptions, 'create'>,
  config: Omit<HttpConfig, 'url'>,
  names: readonly string[] = NAMES,
): Promise<readonly KitResult[]> {
  const store = join(temporaryFolder(), 'simulator.db');
  const create: HttpDebitorsystemOptions['create'] = (ports) => createSimulator({ data: KIT_DATA, store }, ports);
  const server = await startHttpDebitorsystem({ create, ...options });
  onTestFinished(() => server.close());
  const loaded = await loadDebitorsystem('http', { url: server.url, ...config }, { baseDir: '/' });
  const results = await runContract(inProcessSubject(loaded, { restarts: false }), {
    only: (name) => names.includes(name),
  });
  return results.filter(({ name }) => names.includes(name));
}

const HMAC: Omit<HttpConfig, 'url'> = { auth: { hmac: { keyId: KEY.keyId, secret: SECRET } } };
const REQUIRED = ['@method', '@path', 'content-digest', 'idempotency-key'];
const createdOf = ({ field }: SignedRequest): number =>
  Number(/created=([0-9]+)/.exec(field('signature-input') ?? '')?.[1]) * 1000;
const isDigestOf = ({ method, field, body }: SignedRequest): boolean =>
  method === 'GET' || field('content-digest') === contentDigest(body);
const isSigned = (signed: SignedRequest, at = Date.now(), required = REQUIRED): boolean =>
  signatureProblem(signed, signed.method === 'GET' ? REQUIRED.slice(0, 2) : required, KEY, at) === undefined;
const leavesOut = (component: string) => (signed: SignedRequest) =>
  isDigestOf(signed) &&
  isSigned(
    signed,
    Date.now(),
    REQUIRED.filter((one) => one !== component),
  );

test('one that judges a signature as it should passes them all', async () => {
  const results = await resultsFor({ hmac: KEY }, HMAC);
  expect(results.map(({ name, outcome }) => [name, outcome])).toEqual(NAMES.map((name) => [name, 'bestået']));
}, 30_000);

test.each<[string, NonNullable<HttpDebitorsystemOptions['judge']>, readonly number[], string]>([
  ['looks at nothing', () => true, [0, 1, 2, 3, 4, 5, 6, 7], 'fik HTTP 200, hvor der skulle svares 401'],
  ['takes any signature', ({ field }) => field('signature') !== undefined, [1, 2, 3, 4, 5, 6], 'fik HTTP 200'],
  [
    'does not compare the body with its digest',
    (signed) => isSigned(signed),
    [2],
    'en anden krop end den, der blev signeret',
  ],
  [
    'does not look at the time',
    (signed) => isDigestOf(signed) && isSigned(signed, createdOf(signed)),
    [3, 4],
    '(created)',
  ],
  [
    'takes a signature for old only where the time is behind',
    (signed) => isDigestOf(signed) && isSigned(signed, Math.max(Date.now(), createdOf(signed))),
    [4],
    'signeret 600 sekunder ude i fremtiden',
  ],
  ['does not want the digest signed', leavesOut('content-digest'), [5], 'ikke dækker "content-digest"'],
  ['does not want the key signed', leavesOut('idempotency-key'), [6], 'ikke dækker "idempotency-key"'],
  [
    'leaves look-ups open',
    (signed) => signed.method === 'GET' || (isDigestOf(signed) && isSigned(signed)),
    [7],
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

test('one that reads its requests as Latin-1 fails the case about names', async () => {
  const isAboutNames = (name: string): boolean => name.includes('med æøå');
  const names = DEBITORSYSTEM_CONTRACT.map(({ name }) => name).filter(isAboutNames);
  const [result] = await resultsFor({ hmac: KEY, encoding: 'latin1' }, HMAC, names);
  expect(result?.outcome).toBe('fejlet');
  expect(result?.reason).toContain('er navnet læst som UTF-8');
  const [right] = await resultsFor({ hmac: KEY }, HMAC, names);
  expect(right?.reason ?? right?.outcome).toBe('bestået');
}, 30_000);

test.each<[string, number]>([
  ['at the top', 400],
  ['among the parameters', 422],
])(
  'one that refuses a command with a field that it does not know, %s, fails with HTTP %i',
  async (where, status) => {
    const options: Omit<HttpDebitorsystemOptions, 'create'> = {
      hmac: KEY,
      spoil(_request, response, body) {
        const command: Record<string, unknown> = JSON.parse(body.toString());
        const looked = where === 'at the top' ? command : command['parametre'];
        if (typeof looked !== 'object' || looked === null || !('kitNytFelt' in looked)) return false;
        response.writeHead(status, { 'content-type': 'application/json' }).end('{"detail":"ukendt felt"}');
        return true;
      },
    };
    const [result] = await resultsFor(options, HMAC, [MORE]);
    expect(result?.outcome).toBe('fejlet');
    expect(result?.reason).toContain(`skulle have HTTP 200, men fik HTTP ${status}: kommandoer kan få nye felter`);
  },
  30_000,
);

test('without auth all of them are skipped, and it is said why', async () => {
  const results = await resultsFor({}, {});
  expect(results.map(({ outcome }) => outcome)).toEqual(NAMES.map(() => 'sprunget over'));
  expect(results[0]?.reason).toContain('uden auth');
}, 30_000);

test('fields that it does not know make no difference to one of ours, with or without a signature', async () => {
  for (const [options, config] of [[{}, {}] as const, [{ hmac: KEY }, HMAC] as const]) {
    const [result] = await resultsFor(options, config, [MORE]);
    expect(result?.reason ?? result?.outcome).toBe('bestået');
  }
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
      [7, asks ? 'bestået' : 'fejlet'],
    ]);
  },
  30_000,
);
