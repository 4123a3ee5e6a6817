/**
 * The contract's kit on the backend `http`, with a debitorsystem of ours behind it: both in processes of their own, which are
 * stopped, started and killed, the state kept on disk.
 */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { childProcessSubject, type KitSubject, runContract } from '../../src/debitorsystem/contract.ts';
import { startOwnDebitorsystem } from '../support/own-debitorsystem.ts';
import { saldoIn } from './broken/wrapped-simulator.ts';
import { closedPort, SECRET } from './http-scene.ts';
import { byKilling, type Killed, killedInTurn } from './killed-in-turn.ts';
import { kitFolder } from './kit-folder.ts';

const KIT_DATA = join(import.meta.dirname, '..', '..', 'examples', 'kit-data.json');

async function subject(idempotent: boolean, killed: Killed): Promise<KitSubject> {
  const folder = kitFolder();
  const hmac = { keyId: 'kit', secret: SECRET };
  const [port, svarPort] = [await closedPort(), await closedPort()];
  const url = `http://127.0.0.1:${port}`;
  const config = { url, auth: { hmac }, capabilities: { idempotent }, svar: { port: svarPort } };
  const simulator = { data: KIT_DATA, store: join(folder, 'simulator.db'), senereDelayMs: 5 };
  const server = { via: 'http', port, hmac, svarUrl: `http://127.0.0.1:${svarPort}/svar`, simulator } as const;
  const client = await childProcessSubject({ name: 'http', config, baseDir: folder });
  const inTurn = killedInTurn({ killed, client, startServer: () => startOwnDebitorsystem(server) });
  return { ...inTurn, saldo: saldoIn(simulator.store) };
}

for (const idempotent of [true, false]) {
  const what = idempotent ? 'recognises a key' : 'can look a key up';
  const whole = await runContract(await subject(idempotent, 'debitorsystem'));
  describe(`http in front of a debitorsystem that ${what}, and is killed`, () => {
    test.each(whole)('$name', ({ outcome, reason }) => expect(outcome, reason).not.toBe('fejlet'));

    test('no case about being killed is skipped', () => {
      expect(whole.filter(({ name, outcome }) => byKilling(name) && outcome === 'bestået')).toHaveLength(3);
    });
  });

  const killed = await runContract(await subject(idempotent, 'adapter'), { only: byKilling });
  describe(`http whose own process is killed, in front of a debitorsystem that ${what}`, () => {
    test.each(killed)('$name', ({ outcome, reason }) => expect(outcome, reason).toBe('bestået'));
  });
}
