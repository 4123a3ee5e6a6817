/** The wrapper that a backend's author copies, around the built-in simulator; it runs in a process that the kit kills. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { childProcessSubject, runContract } from '../../src/debitorsystem/contract.ts';
import { KIT_DATA, saldoIn } from './broken/wrapped-simulator.ts';
import { kitFolder } from './kit-folder.ts';

const config = { data: KIT_DATA, store: join(kitFolder(), 'simulator.db'), senereDelayMs: 20 };
const subject = await childProcessSubject({ name: 'simulator', config, baseDir: import.meta.dirname });
const results = await runContract({ ...subject, saldo: saldoIn(config.store) });

test.each(results)('$name', ({ outcome, reason }) => expect(outcome, reason).not.toBe('fejlet'));

test('no case is skipped', () => {
  expect(results.filter(({ outcome }) => outcome === 'sprunget over')).toEqual([]);
});
