/** The contract's kit on the backend `http`: with a debitorsystem of ours behind it, its state kept over restarts. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSimulator } from '../../src/debitorsystem/backends/simulator.ts';
import { type KitSubject, loadDebitorsystem, runContract } from '../../src/debitorsystem/contract.ts';
import type { Debitorsystem } from '../../src/debitorsystem/debitorsystem.ts';
import { createDebitorsystem } from '../../src/debitorsystem/load.ts';
import { type RunningHttpDebitorsystem, startHttpDebitorsystem } from '../support/http-debitorsystem.ts';
import { closedPort, SECRET } from './http-scene.ts';
import { kitFolder } from './kit-folder.ts';

const KIT_DATA = join(import.meta.dirname, '..', '..', 'examples', 'kit-data.json');

/** Both ends: the debitorsystem is a server in this process, on a store that outlives it. */
async function subject(folder: string, idempotent: boolean): Promise<KitSubject> {
  const hmac = { keyId: 'kit', secret: SECRET };
  const svarPort = await closedPort();
  const configFor = (url: string) => ({ url, auth: { hmac }, capabilities: { idempotent }, svar: { port: svarPort } });
  const load = (url: string) => loadDebitorsystem('http', configFor(url), { baseDir: folder });
  let server: RunningHttpDebitorsystem | undefined;
  let backend: Debitorsystem | undefined;
  return {
    capabilities: (await load('http://127.0.0.1')).capabilities,
    restarts: true,
    async open(ports) {
      const store = join(folder, 'simulator.db');
      server = await startHttpDebitorsystem({
        hmac: { keyId: hmac.keyId, secret: Buffer.from(SECRET) },
        svarUrl: `http://127.0.0.1:${svarPort}/svar`,
        create: (serverPorts) => createSimulator({ data: KIT_DATA, store, senereDelayMs: 5 }, serverPorts),
      });
      backend = await createDebitorsystem(await load(server.url), ports);
      await backend.start?.();
      return backend;
    },
    async close() {
      await server?.close();
      await backend?.stop?.();
    },
  };
}

for (const idempotent of [true, false]) {
  const results = await runContract(await subject(kitFolder(), idempotent));
  describe(`http in front of a debitorsystem that ${idempotent ? 'recognises a key' : 'can look a key up'}`, () => {
    test.each(results)('$name', ({ outcome, reason }) => expect(outcome, reason).not.toBe('fejlet'));
  });
}
