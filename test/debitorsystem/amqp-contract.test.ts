/**
 * The contract's kit on the backend `amqp`, with a debitorsystem of ours behind it: both in processes of their own, which are
 * stopped, started and killed, the state kept on disk.
 */
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { childProcessSubject, type KitSubject, runContract } from '../../src/debitorsystem/contract.ts';
import { freshVhost } from '../support/broker.ts';
import { startOwnDebitorsystem } from '../support/own-debitorsystem.ts';
import { type SvarReader, startSvarReader } from '../support/svar-reader.ts';
import { saldoIn } from './broken/wrapped-simulator.ts';
import { byKilling, type Killed, killedInTurn } from './killed-in-turn.ts';
import { kitFolder } from './kit-folder.ts';

const KIT_DATA = join(import.meta.dirname, '..', '..', 'examples', 'kit-data.json');
const ID = 'kommunedebitor';

const readers: SvarReader[] = [];

async function subject(killed: Killed): Promise<KitSubject> {
  const folder = kitFolder();
  const vhost = await freshVhost();
  afterAll(() => vhost.delete());
  // The vhost's administrator plays both parts here; what each may do is tested with the definitions.
  const config = { url: vhost.url, debitorsystem: ID, requireUserId: false };
  const simulator = { data: KIT_DATA, store: join(folder, 'simulator.db'), senereDelayMs: 5 };
  const client = await childProcessSubject({ name: 'amqp', config, baseDir: folder });
  const inTurn = killedInTurn({
    killed,
    client,
    startServer: () => startOwnDebitorsystem({ via: 'amqp', url: vhost.url, id: ID, simulator }),
  });
  let reader: SvarReader | undefined;
  return {
    ...inTurn,
    saldo: saldoIn(simulator.store),
    async open(ports) {
      // The adapter's flow stands for all of the run; it is the backend and the debitorsystem that end.
      if (reader === undefined) {
        reader = await startSvarReader(vhost.url, ID, ports);
        readers.push(reader);
      }
      return inTurn.open(ports);
    },
  };
}

const whole = await runContract(await subject('debitorsystem'));
const killed = await runContract(await subject('adapter'), { only: byKilling });
for (const reader of readers) await reader.close();

describe('amqp in front of a debitorsystem that is killed', () => {
  test.each(whole)('$name', ({ outcome, reason }) => expect(outcome, reason).not.toBe('fejlet'));

  test('only the cases about look-ups are skipped', () => {
    const skipped = whole.filter(({ outcome }) => outcome === 'sprunget over').map(({ reason }) => reason);
    expect(new Set(skipped)).toEqual(new Set(['erklærer ikke opslag']));
  });
});

describe('amqp whose own process is killed', () => {
  test.each(killed)('$name', ({ outcome, reason }) => expect(outcome, reason).toBe('bestået'));
});
