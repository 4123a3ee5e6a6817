/** The contract of a debitorsystem, run on this one: `npm test`. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import {
  childProcessSubject,
  type KitKunde,
  kitData,
  parseKitWorld,
  runContract,
} from 'debitor-adapter/debitorsystem/contract';
import { laesSaldo } from './lager.ts';

const world = parseKitWorld(JSON.parse(readFileSync(join(import.meta.dirname, 'verden.json'), 'utf8')));
const folder = mkdtempSync(join(tmpdir(), 'mit-debitorsystem-'));
const config = { store: join(folder, 'store.db'), data: join(folder, 'data.json') };
writeFileSync(config.data, JSON.stringify(kitData(world)));

const subject = {
  ...(await childProcessSubject({ name: './backend.ts', config, baseDir: import.meta.dirname })),
  saldo: async ({ kundeType, kundeNummer }: KitKunde) => laesSaldo(config.store, kundeType, kundeNummer),
};
for (const { name, outcome, reason } of await runContract(subject, { world })) {
  test(name, { skip: outcome === 'sprunget over' && reason }, () => assert.notEqual(outcome, 'fejlet', reason));
}
