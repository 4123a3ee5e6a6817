/**
 * The judge can fail: adapters that are broken on purpose, each in one port and in one way, and the judge says so. Each
 * scene is also played with the adapter as it is, and then nothing is found.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IdempotencyKey } from '../../src/domain/identer.ts';
import type { Ledger, OutboxAnswer, Settlement } from '../../src/ledger/ledger.ts';
import { InProcess, type Wraps } from './in-process.ts';
import { judge } from './judge.ts';
import { type Lane, lanesFor } from './traffic.ts';
import type { Faults, Verdict } from './verdict.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-broken-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const registryPath = join(import.meta.dirname, '..', 'fixtures', 'registry.json');
let worlds = 0;

type Scene = (world: InProcess, lane: Lane) => Promise<void>;

async function play(scene: Scene, wraps: Wraps): Promise<Verdict> {
  worlds += 1;
  const ledgerPath = join(folder, `${worlds}.db`);
  const world = new InProcess({ ledgerPath, registryPath, capabilities: 'idempotent', wraps });
  await world.start();
  const [lane] = lanesFor(worlds, 'broken', 1);
  if (lane === undefined) throw new Error('there is no lane');
  await scene(world, lane);
  await world.rest();
  const verdict = judge(await world.evidence(), { requireRedeliveries: false });
  await world.stop();
  return verdict;
}

interface Breakage {
  readonly what: string;
  readonly fault: keyof Faults;
  readonly wraps: Wraps;
  readonly scene: Scene;
}

/** Says that it is recorded, and records a little later. */
function acksBeforeTheCommit(ledger: Ledger): Ledger {
  return {
    ...ledger,
    record(arrivals, capacity) {
      const late = async (): Promise<void> => {
        for (let turns = 0; turns < 50; turns += 1) await turn();
        await ledger.record(arrivals, capacity);
      };
      late().catch(() => undefined);
      return Promise.resolve(arrivals.map((_, index) => ({ art: 'waiting', seq: index + 1 }) as const));
    },
  };
}

function answersOf(settlements: readonly Settlement[]): readonly OutboxAnswer[] {
  return settlements.flatMap((settlement) =>
    'answer' in settlement
      ? [{ ...settlement.answer, answerId: -settlement.seq, seq: settlement.seq, attempts: 0 }]
      : [],
  );
}

/** Hands answers out to be published, and records them a little later. */
function publishesBeforeTheCommit(ledger: Ledger): Ledger {
  return {
    ...ledger,
    settle(settlements, capacity) {
      const late = async (): Promise<void> => {
        for (let turns = 0; turns < 50; turns += 1) await turn();
        const { answers } = await ledger.settle(settlements, capacity);
        const at = settlements[0]?.at ?? 0;
        await ledger.markPublished(answers.map(({ answerId }) => ({ answerId, at, art: 'confirmed' })));
      };
      late().catch(() => undefined);
      return Promise.resolve({ answers: answersOf(settlements), claims: [], stale: [] });
    },
    markPublished: (published) => ledger.markPublished(published.filter(({ answerId }) => answerId > 0)),
  };
}

/** Puts every anmodning in a line of its own. */
function ignoresLines(ledger: Ledger): Ledger {
  let lines = 0;
  return {
    ...ledger,
    record(arrivals, capacity) {
      const alone = arrivals.map((arrival) => {
        const judgeAlone: typeof arrival.judge = (known) => {
          const judgement = arrival.judge(known);
          lines += 1;
          return judgement.art === 'dispatch' ? { ...judgement, lines: [['debitorkonto', `${lines}`]] } : judgement;
        };
        return { ...arrival, judge: judgeAlone };
      });
      return ledger.record(alone, capacity);
    },
  };
}

/** Waits, turn by turn, until something is so; a broken adapter need not come that far by itself. */
async function until(condition: () => boolean): Promise<void> {
  for (let turns = 0; turns < 500 && !condition(); turns += 1) await turn();
  expect(condition()).toBe(true);
}

const BREAKAGES: readonly Breakage[] = [
  {
    what: 'acks before the commit',
    fault: 'lost',
    wraps: { ledger: acksBeforeTheCommit },
    async scene(world, lane) {
      world.publish(lane.handling({ kode: 'OPSKRIV' }));
      await until(() => world.unackedCount === 0);
      await world.crash();
    },
  },
  {
    what: 'publishes before the commit',
    fault: 'differingAnswers',
    wraps: { ledger: publishesBeforeTheCommit },
    async scene(world, lane) {
      world.publish(lane.handling({ kode: 'OPSKRIV' }));
      await until(() => world.debitorsystem.waiting > 0);
      world.debitorsystem.answerAll();
      await until(() => world.received.length > 0);
      world.now += 1_000;
      await world.crash();
    },
  },
  {
    what: 'forgets the idempotency key from one attempt to the next',
    fault: 'carriedOutTwice',
    wraps: {
      backend: (backend) => ({
        ...backend,
        execute: (command, context) =>
          backend.execute({ ...command, noegle: `${command.noegle}:${context.attempt}` as IdempotencyKey }, context),
      }),
    },
    async scene(world, lane) {
      world.publish(lane.handling({ kode: 'OPSKRIV' }));
      await world.quiet();
      world.debitorsystem.answer(0, 'tabtEfter');
      await world.quiet();
    },
  },
  {
    what: 'takes a returned answer for a confirmed one',
    fault: 'missingAnswers',
    wraps: {
      publisher: (publisher) => ({
        async publish(publication) {
          const outcome = await publisher.publish(publication);
          return outcome.art === 'returned' ? { art: 'confirmed' } : outcome;
        },
      }),
    },
    async scene(world, lane) {
      world.unbound.add(lane.fagsystem);
      world.publish(lane.handling({ kode: 'OPSKRIV' }));
      await world.quiet();
      world.debitorsystem.answerAll();
      await world.quiet();
    },
  },
  {
    what: 'dispatches past the head of a line',
    fault: 'orderBroken',
    wraps: { ledger: ignoresLines },
    async scene(world, lane) {
      const first = lane.handling({ kode: 'UDLIGN' });
      world.publish(first);
      for (let more = 0; more < 4; more += 1) world.publish(lane.handling({ kode: 'UDLIGN' }));
      await world.quiet();
      world.debitorsystem.answer(0, 'forbigaaende');
      await world.quiet();
    },
  },
];

describe.each(BREAKAGES)('an adapter that $what', ({ fault, wraps, scene }) => {
  test(`is found out: ${fault}`, async () => {
    const verdict = await play(scene, wraps);
    expect(verdict[fault], verdict.findings.join('\n')).toBeGreaterThan(0);
    expect(verdict.ok).toBe(false);
  });

  test('is the only one: as it is, nothing is found in the same scene', async () => {
    const verdict = await play(scene, {});
    expect(verdict.findings).toEqual([]);
    expect(verdict.ok).toBe(true);
  });
});
