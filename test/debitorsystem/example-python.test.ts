/** The example in Python passes the contract's kit over `http` with certificates on both sides, killed and restarted as the kit wants it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  inProcessSubject,
  type KitResult,
  type KitSubject,
  loadDebitorsystem,
  runContract,
} from '../../src/debitorsystem/contract.ts';
import type { Debitorsystem } from '../../src/debitorsystem/debitorsystem.ts';
import { createDebitorsystem } from '../../src/debitorsystem/load.ts';
import { obstacleToPackages } from '../support/debian-package.ts';
import { type ExampleProcess, startExample } from './example-process.ts';
import { closedPort, createTestCa } from './http-scene.ts';
import { paidBy } from './journal-saldo.ts';
import { kitFolder } from './kit-folder.ts';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');
const PROGRAM = join(EXAMPLES, 'debitorsystem', 'python', 'debitorsystem.py');
const PYTHON = '/usr/bin/python3';

async function subject(folder: string): Promise<KitSubject> {
  const svarPort = await closedPort();
  const port = await closedPort();
  const ca = createTestCa(folder);
  const [own, adapter, adapterSvar] = ['debitorsystem', 'adapter', 'adapter-svar'].map((name) => ca.issue(name));
  if (own === undefined || adapter === undefined || adapterSvar === undefined) throw new Error('three were issued');
  const settings = join(folder, 'indstillinger.json');
  const places = { vaert: '127.0.0.1', port, svarVaert: '127.0.0.1', svarPort };
  const files = { data: join(EXAMPLES, 'kit-data.json'), journal: join(folder, 'journal.jsonl') };
  const tls = { ca: ca.caFile, certifikat: own.certFile, noegle: own.keyFile, adapter: 'adapter' };
  const waits = { senereSekunder: 0.05, igenSekunder: 0.2 };
  writeFileSync(settings, JSON.stringify({ ...places, ...files, ...tls, ...waits }));
  const config = {
    url: `https://127.0.0.1:${port}`,
    auth: { mtls: adapter },
    caFile: ca.caFile,
    svar: { port: svarPort, tls: adapterSvar, klienter: ['debitorsystem'] },
  };
  const loaded = await loadDebitorsystem('http', config, { baseDir: folder });
  const { fremmed } = inProcessSubject(loaded);
  let server: ExampleProcess | undefined;
  let backend: Debitorsystem | undefined;
  return {
    capabilities: loaded.capabilities,
    restarts: true,
    async open(ports) {
      server = await startExample(PYTHON, [PROGRAM, settings]);
      backend = await createDebitorsystem(loaded, ports);
      await backend.start?.();
      return backend;
    },
    async close() {
      await server?.stop();
      await backend?.stop?.();
    },
    async kill() {
      await server?.kill();
      await backend?.stop?.();
    },
    ...(fremmed === undefined ? {} : { fremmed }),
    saldo: async (kunde) => paidBy(kunde, files.journal),
  };
}

const obstacle = obstacleToPackages([PYTHON], ['python3']);
const results: readonly KitResult[] = obstacle === undefined ? await runContract(await subject(kitFolder())) : [];

test.skipIf(obstacle !== undefined)('the example in Python can be run', () =>
  expect(results.length).toBeGreaterThan(0),
);

test.each(results)('$name', ({ outcome, reason }) => expect(outcome, reason).not.toBe('fejlet'));

test.skipIf(obstacle !== undefined)('only what it says that it can not do is skipped', () => {
  const skipped = results.filter(({ outcome }) => outcome === 'sprunget over').map(({ reason }) => reason);
  // It knows the adapter by its certificate.
  expect(new Set(skipped)).toEqual(new Set(['er ikke med auth.hmac']));
});

test.skipIf(obstacle !== undefined)('somebody without the adapter’s certificate is not let in', () => {
  const about = results.filter(({ name }) => name.includes('certifikat'));
  expect(about.map(({ outcome }) => outcome)).toEqual(['bestået', 'bestået']);
});
