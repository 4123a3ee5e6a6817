/** What a dispatcher that drains does with claims that it was given and has asked nobody about. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { IkkeUdfoert } from '../../src/debitorsystem/debitorsystem.ts';
import type { Udfald } from '../../src/domain/udfald.ts';
import { createBatches } from '../../src/flow/batches.ts';
import { createDispatcher, type Dispatcher } from '../../src/flow/dispatch.ts';
import { createReader } from '../../src/flow/read.ts';
import type { Claim, Ledger, OutboxAnswer } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { SYSTEM_WORLD } from '../../src/main.ts';
import { deliveryOf } from '../support/in-memory-ports.ts';
import { opskriv } from '../support/meddelelser.ts';
import { rulebook } from '../support/reading.ts';
import { waitFor } from '../support/wait.ts';

const MAX_ATTEMPTS = 2;
const PLENTY = { debitorkonto: 10, kontantindbetaling: 10 };

let folder: string;
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-release-'));
  ledger = await openSqliteLedger({ path: join(folder, 'ledger.db'), owner: true });
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

function dispatcherFor(execute: () => Promise<Udfald>, answers: OutboxAnswer[] = []): Dispatcher {
  return createDispatcher({
    ledger,
    backend: { execute },
    capabilities: { idempotent: true, opslag: false, concurrency: 4 },
    timeoutMs: 5000,
    retry: { maxAttempts: MAX_ATTEMPTS, initialDelayMs: 1, maxDelayMs: 1 },
    world: { ...SYSTEM_WORLD, chance: () => 0 },
    batches: createBatches(() => Date.now()),
    observe: () => undefined,
    publish: (published) => answers.push(...published),
    onFinished: () => undefined,
    onLedger: () => undefined,
    onFatal: (error) => {
      throw error;
    },
  });
}

async function recordOne(): Promise<Claim> {
  const read = createReader({ rulebook, requireUserId: true, maxMessageBytes: 1_000_000 });
  const arrival = read(deliveryOf('debitorkonto', opskriv('F-1', '1.00')), Date.now());
  const [recorded] = await ledger.record([arrival], PLENTY);
  if (recorded?.art !== 'claimed') throw new Error(`it was ${recorded?.art ?? 'not recorded'}`);
  return recorded.claim;
}

test('claims given to a draining dispatcher are given back however often, and cost none of the attempts', async () => {
  let claims: readonly Claim[] = [await recordOne()];
  for (let stops = 1; stops <= 2 * MAX_ATTEMPTS; stops += 1) {
    const draining = dispatcherFor(() => Promise.reject(new Error('asked, although it drains')));
    await draining.drain(1000);
    draining.dispatch(claims);
    await draining.drain(0);
    claims = await ledger.claim(PLENTY, Date.now());
    expect(claims).toHaveLength(1);
  }

  let asked = 0;
  const answers: OutboxAnswer[] = [];
  const running = dispatcherFor(async () => {
    asked += 1;
    if (asked < MAX_ATTEMPTS) throw new IkkeUdfoert('travlt', { forbigaaende: true });
    return { art: 'udfoert' };
  }, answers);
  running.dispatch(claims);
  await waitFor('an answer', async () => {
    running.dispatch(await ledger.claim(PLENTY, Date.now()));
    return answers.length > 0;
  });
  expect(answers.map(({ kode }) => kode)).toEqual(['ACCEPTERET']);
  expect(asked).toBe(MAX_ATTEMPTS);
  await running.drain(1000);
});
