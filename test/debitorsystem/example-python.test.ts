/** The example in Python passes the contract's kit over `http`, killed and restarted as the kit wants it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type KitResult, type KitSubject, loadDebitorsystem, runContract } from '../../src/debitorsystem/contract.ts';
import type { Debitorsystem } from '../../src/debitorsystem/debitorsystem.ts';
import { createDebitorsystem } from '../../src/debitorsystem/load.ts';
import { obstacleToPackages } from '../support/debian-package.ts';
import { type ExampleProcess, startExample } from './example-process.ts';
import { closedPort, SECRET } from './http-scene.ts';
import { kitFolder } from './kit-folder.ts';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');
const PYTHON = '/usr/bin/python3';

async function subject(folder: string): Promise<KitSubject> {
  const svarPort = await closedPort();
  const secretFile = join(folder, 'hemmelighed');
  writeFileSync(secretFile, SECRET);
  const program = [
    join(EXAMPLES, 'debitorsystem', 'python', 'debitorsystem.py'),
    ...['--port', '0', '--lager', join(folder, 'lager.db'), '--data', join(EXAMPLES, 'kit-data.json')],
    ...['--key-id', 'kit', '--hemmelighed', secretFile, '--svar-url', `http://127.0.0.1:${svarPort}/svar`],
    ...['--senere-sekunder', '0.05', '--igen-sekunder', '0.2'],
  ];
  const load = (url: string) => {
    const config = { url, auth: { hmac: { keyId: 'kit', secretFile } }, svar: { port: svarPort } };
    return loadDebitorsystem('http', config, { baseDir: folder });
  };
  let server: ExampleProcess | undefined;
  let backend: Debitorsystem | undefined;
  return {
    capabilities: (await load('http://127.0.0.1')).capabilities,
    restarts: true,
    async open(ports) {
      server = await startExample(PYTHON, program);
      backend = await createDebitorsystem(await load(server.listening), ports);
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
  };
}

const obstacle = obstacleToPackages([PYTHON], ['python3']);
const results: readonly KitResult[] = obstacle === undefined ? await runContract(await subject(kitFolder())) : [];

test.skipIf(obstacle !== undefined)('the example in Python can be run', () =>
  expect(results.length).toBeGreaterThan(0),
);

test.each(results)('$name', ({ outcome, reason }) => expect(outcome, reason).not.toBe('fejlet'));

test.skipIf(obstacle !== undefined)('only the case for backends that are not idempotent is skipped', () => {
  const skipped = results.filter(({ outcome }) => outcome === 'sprunget over');
  expect(skipped.map(({ reason }) => reason)).toEqual(['er idempotent: spørges igen i stedet']);
});
