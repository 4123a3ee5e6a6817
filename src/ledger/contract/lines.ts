/** Contract: lines, capacity, retries, doubt and interruption: in which order, and how often, something is dispatched. */
import assert from 'node:assert/strict';
import type { Arrival, Claim, Ledger } from '../ledger.ts';
import {
  accepted,
  anmodning,
  type ContractCase,
  claimsOf,
  done,
  idsOf,
  inDoubt,
  indbetaling,
  NONE,
  only,
  PLENTY,
  recordClaimed,
  retrying,
  rule,
  T0,
} from './fixture.ts';

const onKonto = (id: string, ...konti: readonly string[]): Arrival => anmodning(id, { konti });

/** Settles claims one by one until nothing is claimed any more. @returns the ids in the order in which they were claimed. */
async function runToRest(ledger: Ledger, claims: readonly Claim[]): Promise<readonly string[]> {
  const order: string[] = [];
  const queue = [...claims];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    order.push(...idsOf([next]));
    queue.push(...(await ledger.settle([done(next)], PLENTY)).claims);
  }
  return order;
}

const ORDER: readonly ContractCase[] = [
  rule('on one line the next starts when the one before has its udfald', async ({ ledger }) => {
    const recorded = await ledger.record([onKonto('a', 'K'), onKonto('b', 'K'), onKonto('c', 'K')], PLENTY);
    assert.deepEqual(
      recorded.map(({ art }) => art),
      ['claimed', 'waiting', 'waiting'],
    );
    assert.deepEqual(await ledger.claim(PLENTY, T0 + 99_000), []);
    const first = await ledger.settle([done(only(claimsOf(recorded)))], PLENTY);
    assert.deepEqual(idsOf(first.claims), ['b']);
    const second = await ledger.settle([done(only(first.claims))], PLENTY);
    assert.deepEqual(idsOf(second.claims), ['c']);
  }),
  rule('different lines run side by side; a sender and a myndighed have lines of their own', async ({ ledger }) => {
    const other = anmodning('b', { konti: ['K'], sender: 'byggesag' });
    assert.equal(claimsOf(await ledger.record([onKonto('a', 'K'), other, onKonto('c', 'L')], PLENTY)).length, 3);
  }),
  rule('an anmodning between two debitorkonti waits for both lines, and holds both', async ({ ledger }) => {
    const batch = [
      onKonto('a', 'K'),
      onKonto('b', 'L'),
      onKonto('ab', 'K', 'L'),
      onKonto('a2', 'K'),
      onKonto('b2', 'L'),
    ];
    const [a, b] = claimsOf(await ledger.record(batch, PLENTY));
    assert.ok(a !== undefined && b !== undefined);
    assert.deepEqual((await ledger.settle([done(a)], PLENTY)).claims, [], 'L is still held');
    const both = only((await ledger.settle([done(b)], PLENTY)).claims);
    assert.deepEqual(idsOf([both]), ['ab']);
    assert.deepEqual(idsOf((await ledger.settle([done(both)], PLENTY)).claims), ['a2', 'b2']);
  }),
  rule('anmodninger that cross each other never lock each other out', async ({ ledger }) => {
    const pairs = [
      ['K', 'L'],
      ['L', 'K'],
      ['L', 'M'],
      ['M', 'K'],
      ['K', 'L'],
      ['M', 'L'],
      ['N', 'K'],
      ['K', 'N'],
    ] as const;
    const batch = pairs.map(([fra, til], index) => onKonto(String(index), fra, til));
    const order = await runToRest(ledger, claimsOf(await ledger.record(batch, PLENTY)));
    assert.deepEqual(order, ['0', '1', '2', '3', '4', '5', '6', '7']);
  }),
  rule('a debitorkonto that is named twice is one line', async ({ ledger }) => {
    const claim = await recordClaimed(ledger, onKonto('a', 'K', 'K'));
    await ledger.record([onKonto('b', 'K')], PLENTY);
    assert.deepEqual(idsOf((await ledger.settle([done(claim)], PLENTY)).claims), ['b']);
  }),
  rule('accepted for later is an udfald: the next on the line starts', async ({ ledger }) => {
    const claim = await recordClaimed(ledger, anmodning('a', { konti: ['K'], svarform: 'SENERE' }));
    await ledger.record([onKonto('b', 'K')], PLENTY);
    assert.deepEqual(idsOf((await ledger.settle([accepted(claim)], PLENTY)).claims), ['b']);
  }),
  rule('the order of a line survives a restart', async (under) => {
    await under.ledger.record([onKonto('a', 'K'), onKonto('b', 'K', 'L'), onKonto('c', 'L'), onKonto('d', 'K')], NONE);
    await under.restart();
    const order = await runToRest(under.ledger, await under.ledger.claim(PLENTY, T0));
    assert.deepEqual(order, ['a', 'b', 'c', 'd']);
  }),
];

const CAPACITY: readonly ContractCase[] = [
  rule('no more is claimed than there are places, for each kind on its own', async ({ ledger }) => {
    const batch = ['a', 'b', 'c'].flatMap((id) => [
      anmodning(id),
      indbetaling(id, { kunde: `1000000${id.charCodeAt(0) % 10}` }),
    ]);
    const recorded = await ledger.record(batch, { debitorkonto: 2, kontantindbetaling: 1 });
    assert.deepEqual(
      recorded.map(({ art }) => art),
      ['claimed', 'claimed', 'claimed', 'waiting', 'waiting', 'waiting'],
    );
    assert.deepEqual(await ledger.claim(NONE, T0), []);
    assert.deepEqual(idsOf(await ledger.claim({ debitorkonto: 1, kontantindbetaling: 1 }, T0)), ['b', 'c']);
    assert.deepEqual(idsOf(await ledger.claim(PLENTY, T0)), ['c']);
  }),
  rule('what waited for a place is claimed in the order of recording, of either kind', async ({ ledger }) => {
    await ledger.record([indbetaling('p'), anmodning('a'), anmodning('b')], NONE);
    const claim = only(await ledger.claim({ debitorkonto: 0, kontantindbetaling: 1 }, T0));
    const settled = await ledger.settle([done(claim)], { debitorkonto: 1, kontantindbetaling: 1 });
    assert.deepEqual(idsOf(settled.claims), ['a']);
    assert.deepEqual(idsOf(await ledger.claim(PLENTY, T0)), ['b']);
  }),
  rule('a newcomer does not overtake what is ready and waits for a place', async ({ ledger }) => {
    await ledger.record([anmodning('a')], NONE);
    const recorded = await ledger.record([anmodning('b'), indbetaling('p')], {
      debitorkonto: 1,
      kontantindbetaling: 1,
    });
    assert.deepEqual(
      recorded.map(({ art }) => art),
      ['waiting', 'claimed'],
    );
    assert.deepEqual(idsOf(await ledger.claim({ debitorkonto: 1, kontantindbetaling: 0 }, T0)), ['a']);
  }),
  rule('what is claimed is not claimed again', async ({ ledger }) => {
    await ledger.record([anmodning('a')], PLENTY);
    await ledger.record([anmodning('b')], NONE);
    assert.deepEqual(idsOf(await ledger.claim(PLENTY, T0)), ['b']);
    assert.deepEqual(await ledger.claim(PLENTY, T0 + 999_999), []);
  }),
];

const RETRIES: readonly ContractCase[] = [
  rule('one that is retried keeps its place and blocks its own line only', async ({ ledger }) => {
    const claim = await recordClaimed(ledger, onKonto('a', 'K'));
    await ledger.record([onKonto('b', 'K')], PLENTY);
    await ledger.settle([retrying(claim, T0 + 10_000)], PLENTY);
    await recordClaimed(ledger, onKonto('c', 'L'));
    assert.deepEqual(await ledger.claim(PLENTY, T0 + 9_999), []);
    const again = only(await ledger.claim(PLENTY, T0 + 10_000));
    assert.deepEqual([...idsOf([again]), again.attempt, again.inDoubt], ['a', 2, false]);
    assert.deepEqual(idsOf((await ledger.settle([done(again)], PLENTY)).claims), ['b']);
  }),
  rule('one in doubt without a time waits for a person, and its line with it', async (under) => {
    const claim = await recordClaimed(under.ledger, onKonto('a', 'K'));
    await under.ledger.record([onKonto('b', 'K')], PLENTY);
    await under.ledger.settle([inDoubt(claim)], PLENTY);
    assert.deepEqual(await under.ledger.claim(PLENTY, T0 + 999_999_999), []);
    await under.restart();
    assert.deepEqual(await under.ledger.claim(PLENTY, T0 + 999_999_999), []);
    const row = only(await under.ledger.inDoubt({ limit: 10 }));
    assert.deepEqual([row.id, row.aarsag], ['a', 'intet svar i tide']);
  }),
  rule('one in doubt that is asked about again is claimed as in doubt, from then on for good', async ({ ledger }) => {
    const claim = await recordClaimed(ledger, anmodning('a'));
    await ledger.settle([inDoubt(claim, T0 + 10_000)], PLENTY);
    const second = only(await ledger.claim(PLENTY, T0 + 10_000));
    assert.deepEqual([second.attempt, second.inDoubt], [2, true]);
    await ledger.settle([retrying(second, T0 + 20_000)], NONE);
    const third = only(await ledger.claim(PLENTY, T0 + 20_000));
    assert.deepEqual([third.attempt, third.inDoubt], [3, true]);
  }),
  rule('a claim that is given back unasked is claimed again as it was, and counts as no attempt', async (under) => {
    const first = await recordClaimed(under.ledger, onKonto('a', 'K'));
    assert.deepEqual([first.attempt, first.asked], [1, 1]);
    const unasked = { at: T0, nextAttemptAt: T0, aarsag: 'adapteren blev stoppet', unasked: true } as const;
    await under.ledger.settle([{ ...unasked, seq: first.seq, attempt: 1, state: 'retrying' }], NONE);
    await under.restart();
    const second = only(await under.ledger.claim(PLENTY, T0));
    assert.deepEqual([second.attempt, second.asked, second.inDoubt], [2, 1, false]);
    assert.deepEqual((await under.ledger.settle([done(first)], NONE)).stale, [first.seq], 'the token is another one');
    await under.ledger.settle([inDoubt(second, T0)], NONE);
    const third = only(await under.ledger.claim(PLENTY, T0));
    assert.deepEqual([third.attempt, third.asked, third.inDoubt], [3, 2, true]);
    await under.ledger.settle([{ ...unasked, seq: third.seq, attempt: 3, state: 'inDoubt' }], NONE);
    const fourth = only(await under.ledger.claim(PLENTY, T0));
    assert.deepEqual([fourth.attempt, fourth.asked, fourth.inDoubt], [4, 2, true]);
    const { events } = only(await under.ledger.history('a'));
    assert.deepEqual(
      events.map(({ event }) => event),
      ['unasked', 'inDoubt', 'unasked'],
    );
  }),
  rule('what is due comes before newer messages when there are too few places', async ({ ledger }) => {
    const claim = await recordClaimed(ledger, anmodning('a'));
    await ledger.settle([retrying(claim, T0 + 10_000)], NONE);
    await ledger.record([anmodning('b')], NONE);
    assert.deepEqual(idsOf(await ledger.claim({ debitorkonto: 1, kontantindbetaling: 1 }, T0 + 10_000)), ['a']);
  }),
];

const FENCING: readonly ContractCase[] = [
  rule('only the latest claim can settle: an older one changes nothing', async ({ ledger }) => {
    const old = await recordClaimed(ledger, onKonto('a', 'K'));
    await ledger.record([onKonto('b', 'K')], PLENTY);
    await ledger.settle([inDoubt(old, T0 + 10_000)], NONE);
    assert.deepEqual((await ledger.settle([done(old)], PLENTY)).stale, [old.seq], 'in doubt by now');
    const claim = only(await ledger.claim(PLENTY, T0 + 10_000));
    assert.deepEqual(await ledger.settle([done(old)], PLENTY), { answers: [], claims: [], stale: [old.seq] });
    assert.deepEqual(idsOf((await ledger.settle([done(claim)], PLENTY)).claims), ['b']);
  }),
  rule('a claim is settled once, and the answer of a second settlement is not kept', async ({ ledger }) => {
    const claim = await recordClaimed(ledger, anmodning('a'));
    const settled = await ledger.settle([done(claim), done(claim, 'afvist')], NONE);
    assert.deepEqual([settled.answers.length, settled.stale], [1, [claim.seq]]);
    assert.equal(only(await ledger.history('a')).message.udfald, 'udfoert');
    assert.deepEqual((await ledger.settle([{ ...done(claim), seq: 4711 }], NONE)).stale, [4711]);
  }),
  rule('answers come back in the order of their settlements', async ({ ledger }) => {
    const [a, b, c] = claimsOf(await ledger.record([anmodning('a'), anmodning('b'), anmodning('c')], PLENTY));
    assert.ok(a !== undefined && b !== undefined && c !== undefined);
    const { answers } = await ledger.settle([done(c), done(a), done(b)], NONE);
    assert.deepEqual(
      answers.map(({ seq }) => seq),
      [c.seq, a.seq, b.seq],
    );
  }),
  rule('claims of a process that is gone become in doubt, due at once where asking again is safe', async (under) => {
    const claim = await recordClaimed(under.ledger, onKonto('a', 'K'));
    await under.ledger.record([onKonto('b', 'K')], PLENTY);
    await under.restart();
    assert.deepEqual(await under.ledger.claim(PLENTY, T0 + 5_000), [], 'not before it is taken up');
    assert.equal(await under.ledger.takeUpInterrupted(true, T0 + 5_000), 1);
    assert.deepEqual((await under.ledger.settle([done(claim)], PLENTY)).stale, [claim.seq]);
    const again = only(await under.ledger.claim(PLENTY, T0 + 5_000));
    assert.deepEqual([...idsOf([again]), again.attempt, again.inDoubt], ['a', 2, true]);
    assert.deepEqual(idsOf((await under.ledger.settle([done(again)], PLENTY)).claims), ['b']);
  }),
  rule('claims of a process that is gone wait for a person where asking again is not safe', async (under) => {
    await recordClaimed(under.ledger, anmodning('a'));
    await under.restart();
    assert.equal(await under.ledger.takeUpInterrupted(false, T0), 1);
    assert.deepEqual(await under.ledger.claim(PLENTY, T0 + 999_999_999), []);
    assert.equal(await under.ledger.nextDueAt(), undefined);
    assert.equal(only(await under.ledger.inDoubt({ limit: 10 })).id, 'a');
  }),
  rule(
    'what was in doubt before is asked about, or waits for a person, as the backend of this run can',
    async (under) => {
      const claim = await recordClaimed(under.ledger, anmodning('a'));
      await under.ledger.settle([inDoubt(claim, T0 + 5)], NONE);
      await under.restart();
      await under.ledger.takeUpInterrupted(false, T0);
      assert.deepEqual(await under.ledger.claim(PLENTY, T0 + 999_999_999), []);
      await under.restart();
      await under.ledger.takeUpInterrupted(true, T0);
      const again = only(await under.ledger.claim(PLENTY, T0));
      assert.deepEqual(idsOf([again]), ['a']);
      await under.ledger.settle([inDoubt(again)], NONE);
      await under.ledger.takeUpInterrupted(true, T0);
      assert.deepEqual(await under.ledger.claim(PLENTY, T0 + 999_999_999), [], 'only once: this backend has spoken');
    },
  ),
  rule('claims of this process are not taken up, and what waits or is finished is not either', async (under) => {
    const claim = await recordClaimed(under.ledger, anmodning('a'));
    await under.ledger.settle([done(claim)], NONE);
    await under.ledger.record([anmodning('b')], NONE);
    await under.restart();
    const now = only(await under.ledger.claim(PLENTY, T0));
    assert.equal(await under.ledger.takeUpInterrupted(true, T0), 0);
    assert.deepEqual((await under.ledger.settle([done(now)], NONE)).stale, []);
  }),
];

export const LINES: readonly ContractCase[] = [...ORDER, ...CAPACITY, ...RETRIES, ...FENCING];
