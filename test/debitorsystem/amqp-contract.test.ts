/** The contract's kit on the backend `amqp`, with a debitorsystem of ours behind it, its state kept over restarts. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createSimulator } from '../../src/debitorsystem/backends/simulator.ts';
import { type KitSubject, loadDebitorsystem, runContract } from '../../src/debitorsystem/contract.ts';
import { createDebitorsystem } from '../../src/debitorsystem/load.ts';
import { type RunningAmqpDebitorsystem, startAmqpDebitorsystem } from '../support/amqp-debitorsystem.ts';
import { freshVhost } from '../support/broker.ts';
import { type SvarReader, startSvarReader } from '../support/svar-reader.ts';
import { kitFolder } from './kit-folder.ts';

const KIT_DATA = join(import.meta.dirname, '..', '..', 'examples', 'kit-data.json');
const DEBITORSYSTEM = 'kommunedebitor';

const vhost = await freshVhost();
afterAll(() => vhost.delete());
const folder = kitFolder();

async function subject(): Promise<KitSubject> {
  // The vhost's administrator plays both parts here; what each may do is tested with the definitions.
  const config = { url: vhost.url, debitorsystem: DEBITORSYSTEM, requireUserId: false };
  const loaded = await loadDebitorsystem('amqp', config, { baseDir: folder });
  let reader: SvarReader | undefined;
  let server: RunningAmqpDebitorsystem | undefined;
  let stop: (() => Promise<void>) | undefined;
  return {
    capabilities: loaded.capabilities,
    restarts: true,
    async open(ports) {
      reader = await startSvarReader(vhost.url, DEBITORSYSTEM, ports);
      const backend = await createDebitorsystem(loaded, ports);
      await backend.start?.();
      stop = backend.stop;
      server = await startAmqpDebitorsystem({
        url: vhost.url,
        id: DEBITORSYSTEM,
        create: (serverPorts) =>
          createSimulator({ data: KIT_DATA, store: join(folder, 'simulator.db'), senereDelayMs: 5 }, serverPorts),
      });
      return backend;
    },
    async close() {
      await server?.close();
      await stop?.();
      await reader?.close();
    },
  };
}

const results = await runContract(await subject());

test.each(results)('$name', ({ outcome, reason }) => expect(outcome, reason).not.toBe('fejlet'));

test('only the cases about look-ups and about being killed are skipped', () => {
  const skipped = results.filter(({ outcome }) => outcome === 'sprunget over').map(({ reason }) => reason);
  expect(new Set(skipped)).toEqual(new Set(['erklærer ikke opslag', 'kan ikke slås ihjel af kittet']));
});
