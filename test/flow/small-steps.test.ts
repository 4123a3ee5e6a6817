/**
 * What happens in small steps, and in order even where it ends badly: what was delivered and is not recorded yet, commits
 * while cash payments come, and what comes after a stop or a fault of ours.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFlow } from '../../src/flow/adapter-flow.ts';
import { createBatches } from '../../src/flow/batches.ts';
import { createReader } from '../../src/flow/read.ts';
import { createReceiver } from '../../src/flow/receive.ts';
import { createRelay } from '../../src/flow/relay.ts';
import { type Claim, type Ledger, LedgerUnavailable } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { SYSTEM_WORLD } from '../../src/main.ts';
import { InProcess } from '../faults/in-process.ts';
import { InboundQueue, type Waiting } from '../faults/inbound-queue.ts';
import { type Lane, lanesFor } from '../faults/traffic.ts';
import { rulebook } from '../support/reading.ts';
import { waitFor } from '../support/wait.ts';

/** Beyond what any of this takes. */
const TURNS = 200;
const DRAIN_MS = 10_000;
const registryPath = join(import.meta.dirname, '..', 'fixtures', 'registry.json');

let folder: string;
let ledger: Ledger;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-small-steps-'));
  ledger = await openSqliteLedger({ path: join(folder, 'ledger.db'), owner: true });
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

async function turns(): Promise<void> {
  for (let count = 0; count < TURNS; count += 1) await turn();
}

function laneOf(run: string): Lane {
  const [lane] = lanesFor(7, run, 1);
  if (lane === undefined) throw new Error('there is no lane');
  return lane;
}

function waitingOf(lane: Lane, count: number): Waiting[] {
  return Array.from({ length: count }, () => ({
    message: lane.handling({ kode: 'OPSKRIV' }),
    delivery: undefined,
    redelivered: false,
  }));
}

const reader = createReader({ rulebook, requireUserId: true, maxMessageBytes: 1_000_000 });

/** A receiver over a ledger whose recording can be made to fail. */
function receiving(waiting: Waiting[], trouble: () => Error | undefined) {
  const recorded = new Set<string>();
  const faults: unknown[] = [];
  const receiver = createReceiver({
    queue: 'debitorkonto',
    ledger: {
      ...ledger,
      async record(arrivals, capacity) {
        const error = trouble();
        if (error !== undefined) throw error;
        const result = await ledger.record(arrivals, capacity);
        for (const { properties } of arrivals) recorded.add(properties.messageId ?? '');
        return result;
      },
    },
    read: reader,
    world: SYSTEM_WORLD,
    observe: () => undefined,
    capacity: () => ({ debitorkonto: 0, kontantindbetaling: 0 }),
    batches: createBatches(SYSTEM_WORLD.now),
    dispatch: () => undefined,
    publish: () => undefined,
    onUnfinished: () => undefined,
    onLedger: () => undefined,
    onFatal: (error) => faults.push(error),
  });
  const consumer = new InboundQueue('debitorkonto', waiting, (delivery) => receiver.onDelivery(delivery));
  receiver.attach(consumer);
  return { receiver, consumer, recorded, faults };
}

test('behind what a fault of ours has dropped nothing is recorded, and so nothing of it is acked', async () => {
  const waiting = waitingOf(laneOf('fatal'), 200);
  const all = waiting.length;
  let calls = 0;
  const scene = receiving(waiting, () => {
    calls += 1;
    // The group, the first message of it alone, and the same put aside.
    return calls <= 3 ? new TypeError('not foreseen') : undefined;
  });
  scene.consumer.pump();
  await waitFor('the fault', () => scene.faults.length > 0);
  await scene.receiver.idle();
  await turns();
  expect(scene.recorded.size + waiting.length).toBe(all);
});

test('behind what a stopped receiver has forgotten nothing is recorded, and so nothing of it is acked', async () => {
  const lane = laneOf('stopped');
  const waiting = waitingOf(lane, 3);
  let isAway = true;
  const scene = receiving(waiting, () => (isAway ? new LedgerUnavailable('away') : undefined));
  scene.consumer.pump();
  await turns();
  scene.receiver.stop();
  isAway = false;
  waiting.push(...waitingOf(lane, 1));
  scene.consumer.pump();
  await scene.receiver.idle();
  await turns();
  expect([scene.recorded.size, waiting.length]).toEqual([0, 4]);
});

test('what is delivered and not read yet is recorded before a receiver is idle', async () => {
  const waiting = waitingOf(laneOf('unread'), 60);
  const scene = receiving(waiting, () => undefined);
  scene.consumer.pump();
  await scene.receiver.idle();
  expect([scene.recorded.size, waiting.length]).toEqual([60, 0]);
});

test('a mark that waits for company is forgotten with the rest when the ledger is about to be closed', async () => {
  let marked = 0;
  let enough: () => void = () => undefined;
  const relay = createRelay({
    ledger: {
      ...ledger,
      async markPublished() {
        marked += 1;
        throw new LedgerUnavailable('closed');
      },
    },
    publisher: { publish: async () => ({ art: 'confirmed' }) },
    world: {
      ...SYSTEM_WORLD,
      after(_delayMs, run) {
        enough = run;
        return () => undefined;
      },
    },
    observe: () => undefined,
    batches: createBatches(SYSTEM_WORLD.now),
    onLedger: () => undefined,
    onFatal: (error) => {
      throw error;
    },
  });
  const [answer] = [{ answerId: 1, attempts: 0 }] as unknown as Parameters<typeof relay.publish>[0];
  if (answer === undefined) throw new Error('there is no answer');
  relay.publish([answer]);
  await turns();
  relay.abandon();
  enough();
  relay.publish([answer]);
  await turns();
  expect(marked).toBe(0);
});

test('a consumer that comes while the adapter is told to stop takes nothing', async () => {
  const waiting = waitingOf(laneOf('late'), 3);
  const flow = await createFlow(
    {
      rulebook,
      requireUserId: true,
      maxMessageBytes: 1_000_000,
      maxUnfinished: 1_000,
      dispatchTimeoutMs: 1_000,
      retry: { maxAttempts: 1, initialDelayMs: 1, maxDelayMs: 1 },
    },
    {
      ledger,
      publisher: { publish: async () => ({ art: 'confirmed' }) },
      canPublish: () => true,
      capabilities: { idempotent: true, opslag: false, concurrency: 1 },
      createBackend: async () => ({ execute: async () => ({ art: 'udfoert' }) }),
      world: SYSTEM_WORLD,
      observe: () => undefined,
      onFatal: (error) => {
        throw error;
      },
    },
  );
  await flow.start();
  const draining = flow.drain(DRAIN_MS);
  const consumer = new InboundQueue('debitorkonto', waiting, flow.receiver('debitorkonto'));
  flow.attach('debitorkonto', consumer);
  consumer.pump();
  await draining;
  expect(waiting.map(({ delivery }) => delivery)).toEqual([undefined, undefined, undefined]);
});

/** A world that notes how many arrivals each commit had, and which kinds each commit of udfald. */
async function watchedWorld() {
  const recorded: number[] = [];
  const settled: string[][] = [];
  const kinds = new Map<number, string>();
  const remember = (claims: readonly Claim[]): void => {
    for (const { seq, kind } of claims) kinds.set(seq, kind);
  };
  const world = new InProcess({
    ledgerPath: join(folder, 'world.db'),
    registryPath,
    capabilities: 'idempotent',
    wraps: {
      ledger: (real) => ({
        ...real,
        async record(arrivals, capacity) {
          recorded.push(arrivals.length);
          const result = await real.record(arrivals, capacity);
          for (const one of result) if (one.art === 'claimed') remember([one.claim]);
          return result;
        },
        async settle(settlements, capacity) {
          settled.push(settlements.map(({ seq }) => kinds.get(seq) ?? '?'));
          const result = await real.settle(settlements, capacity);
          remember(result.claims);
          return result;
        },
      }),
    },
  });
  await world.start();
  return { world, recorded, settled };
}

test('commits are large while no cash payment comes, and small while one does', async () => {
  const { world, recorded } = await watchedWorld();
  const [lane, other] = lanesFor(9, 'small', 2);
  if (lane === undefined || other === undefined) throw new Error('there are no lanes');
  for (let count = 0; count < 64; count += 1) world.publish(lane.handling({ kode: 'OPSKRIV' }));
  await world.quiet();
  expect(Math.max(...recorded)).toBe(32);
  recorded.length = 0;
  world.publish(other.indbetaling());
  for (let count = 0; count < 64; count += 1) world.publish(lane.handling({ kode: 'OPSKRIV' }));
  await world.quiet();
  expect(Math.max(...recorded)).toBeLessThanOrEqual(4);
  await world.rest();
  await world.stop();
});

test('the udfald of cash payments are recorded in commits of their own', async () => {
  const { world, settled } = await watchedWorld();
  const lanes = lanesFor(11, 'kinds', 4);
  for (const [index, lane] of lanes.entries()) {
    world.publish(index % 2 === 0 ? lane.indbetaling() : lane.handling({ kode: 'OPSKRIV' }));
  }
  await world.quiet();
  world.debitorsystem.answerAll();
  await world.quiet();
  expect(settled.flat().sort()).toEqual(['debitorkonto', 'debitorkonto', 'kontantindbetaling', 'kontantindbetaling']);
  for (const commit of settled) expect(new Set(commit).size).toBe(1);
  await world.rest();
  await world.stop();
});
