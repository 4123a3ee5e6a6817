/** Contract: the outbox, and what people see: counts, lists, histories. */
import assert from 'node:assert/strict';
import { LedgerUnavailable } from '../ledger.ts';
import {
  accepted,
  acceptedForLater,
  anmodning,
  answer,
  answersOf,
  bytes,
  type ContractCase,
  claimsOf,
  confirmed,
  done,
  inDoubt,
  indbetaling,
  NONE,
  only,
  PLENTY,
  recordClaimed,
  retrying,
  rule,
  svar,
  T0,
  TODAY,
  unreadable,
} from './fixture.ts';

const OUTBOX: readonly ContractCase[] = [
  rule('an answer that was handed out is not due until a restart, and then all are, oldest first', async (under) => {
    const claims = claimsOf(await under.ledger.record([anmodning('a'), anmodning('b'), anmodning('c')], PLENTY));
    const { answers } = await under.ledger.settle(
      claims.map((claim) => done(claim)),
      NONE,
    );
    assert.deepEqual(await under.ledger.dueAnswers(T0 + 99_000, 10), []);
    await under.restart();
    assert.deepEqual(await under.ledger.dueAnswers(T0 + 99_000, 2), answers.slice(0, 2));
    assert.deepEqual(await under.ledger.dueAnswers(T0 + 99_000, 2), answers.slice(2));
    assert.deepEqual(await under.ledger.dueAnswers(T0 + 99_000, 2), []);
  }),
  rule('a confirmed answer is never due again, and confirming it twice changes nothing', async (under) => {
    const claim = await recordClaimed(under.ledger, anmodning('a'));
    const { answers } = await under.ledger.settle([done(claim)], NONE);
    await under.ledger.markPublished(confirmed(...answers));
    await under.ledger.markPublished(confirmed(...answers));
    await under.restart();
    assert.deepEqual(await under.ledger.dueAnswers(T0 + 99_000, 10), []);
    const row = only(only(await under.ledger.history('a')).answers);
    assert.deepEqual([row.publishedAt, row.attempts], [T0 + 2_000, 1]);
  }),
  rule('an answer without a confirm is due again at its time, and its attempts are counted', async ({ ledger }) => {
    const claim = await recordClaimed(ledger, anmodning('a'));
    const { answerId } = only((await ledger.settle([done(claim)], NONE)).answers);
    await ledger.markPublished([{ answerId, at: T0 + 2_000, art: 'unknown', nextAttemptAt: T0 + 60_000 }]);
    assert.equal(await ledger.nextDueAt(), T0 + 60_000);
    assert.deepEqual(await ledger.dueAnswers(T0 + 59_999, 10), []);
    const due = only(await ledger.dueAnswers(T0 + 60_000, 10));
    assert.deepEqual([due.answerId, due.attempts], [answerId, 1]);
    assert.deepEqual(await ledger.uleverede({ limit: 10 }), []);
    assert.equal(await ledger.nextDueAt(), undefined, 'it is being published');
  }),
  rule('a returned answer is uleveret since its first return, until it is confirmed', async ({ ledger }) => {
    const claim = await recordClaimed(ledger, anmodning('a'));
    const answered = only((await ledger.settle([done(claim)], NONE)).answers);
    const { answerId } = answered;
    await ledger.markPublished([{ answerId, at: T0 + 2_000, art: 'returned', nextAttemptAt: T0 + 3_000 }]);
    await ledger.markPublished([{ answerId, at: T0 + 4_000, art: 'returned', nextAttemptAt: T0 + 5_000 }]);
    await ledger.markPublished([{ answerId, at: T0 + 6_000, art: 'unknown', nextAttemptAt: T0 + 7_000 }]);
    const row = only(await ledger.uleverede({ limit: 10 }));
    assert.deepEqual([row.answerId, row.seq, row.returnedAt, row.attempts], [answerId, claim.seq, T0 + 2_000, 3]);
    assert.equal((await ledger.counts(TODAY)).uleverede, 1);
    await ledger.markPublished(confirmed(answered));
    assert.deepEqual(await ledger.uleverede({ limit: 10 }), []);
  }),
  rule('a repeated answer is published on its own, and listed as a repeat', async (under) => {
    const claim = await recordClaimed(under.ledger, anmodning('a'));
    await under.ledger.markPublished(confirmed(...(await under.ledger.settle([done(claim)], NONE)).answers));
    const [repeat] = answersOf(await under.ledger.record([anmodning('a')], PLENTY));
    await under.restart();
    assert.deepEqual(await under.ledger.dueAnswers(T0 + 99_000, 10), [repeat]);
    const { answers } = only(await under.ledger.history('a'));
    assert.deepEqual(
      answers.map((row) => [row.repeat, row.publishedAt === undefined]),
      [
        [false, false],
        [true, true],
      ],
    );
  }),
  rule('bytes and texts of an answer come back as they were given', async (under) => {
    const claim = await recordClaimed(under.ledger, anmodning('a'));
    const body = new Uint8Array(300_000).map((_, index) => index % 256);
    const headers = { 'anmodning-id': 'æøå "\\ \u{1F600}', traceparent: '' };
    const given = answer('a', { body, headers, correlationId: 'ø', kode: 'AFVIST' });
    await under.ledger.settle([{ ...claimBase(claim), state: 'done', udfald: 'afvist', answer: given }], NONE);
    await under.restart();
    const due = only(await under.ledger.dueAnswers(T0 + 99_000, 1));
    assert.deepEqual(Buffer.from(due.body), Buffer.from(body));
    assert.deepEqual([due.headers, due.correlationId, due.kode], [headers, 'ø', 'AFVIST']);
  }),
  rule('the next due instant is that of the earliest retry or answer', async ({ ledger }) => {
    assert.equal(await ledger.nextDueAt(), undefined);
    const [a, b] = claimsOf(await ledger.record([anmodning('a'), indbetaling('p')], PLENTY));
    assert.ok(a !== undefined && b !== undefined);
    assert.equal(await ledger.nextDueAt(), undefined, 'what is dispatched is not due');
    await ledger.settle([retrying(a, T0 + 70_000), inDoubt(b, T0 + 50_000)], NONE);
    assert.equal(await ledger.nextDueAt(), T0 + 50_000);
    await ledger.claim(PLENTY, T0 + 50_000);
    assert.equal(await ledger.nextDueAt(), T0 + 70_000);
  }),
];

const claimBase = (claim: { readonly seq: number; readonly attempt: number }) => ({
  seq: claim.seq,
  attempt: claim.attempt,
  at: T0 + 1_000,
});

const SIGHTS: readonly ContractCase[] = [
  rule('the counts tell of every state, of what is unfinished by kind, and survive a restart', async (under) => {
    const batch = ['a', 'b', 'c', 'd', 'e'].map((id) => anmodning(id, { svarform: 'SENERE' }));
    const [a, b, c, d] = claimsOf(
      await under.ledger.record([...batch, anmodning('f', { konti: ['konto-a'] })], PLENTY),
    );
    assert.ok(a !== undefined && b !== undefined && c !== undefined && d !== undefined);
    await under.ledger.record([indbetaling('p'), unreadable('x')], PLENTY);
    await under.ledger.settle([retrying(a, T0 + 9_000), inDoubt(b), accepted(c), done(d)], NONE);
    const expected = { recorded: 1, dispatching: 2, retrying: 1, inDoubt: 1, awaitingSvar: 1, done: 1 };
    for (const restart of [false, true]) {
      if (restart) await under.restart();
      const counts = await under.ledger.counts(TODAY);
      assert.deepEqual(counts.byState, expected);
      assert.deepEqual(counts.unfinished, { debitorkonto: 4, kontantindbetaling: 1 });
      assert.deepEqual([counts.unpublished, counts.uleverede, counts.fejlkoe], [2, 0, 1]);
    }
  }),
  rule(
    'the counts tell since when the oldest of each sort waits, and how many svar are past their date',
    async ({ ledger }) => {
      const empty = await ledger.counts(TODAY);
      assert.deepEqual(
        Object.keys(empty).filter((key) => key.startsWith('oldest')),
        [],
      );
      const ids = ['a', 'b', 'c', 'd'];
      const batch = ids.map((id, index) => anmodning(id, { at: T0 + index, svarform: 'SENERE' }));
      const [a, b, c, d] = claimsOf(await ledger.record(batch, PLENTY));
      assert.ok(a !== undefined && b !== undefined && c !== undefined && d !== undefined);
      await ledger.settle([accepted(a, '2026-11-21'), accepted(b, TODAY), inDoubt(c), retrying(d, T0)], NONE);
      const counts = await ledger.counts(TODAY);
      assert.equal(counts.oldestAwaitingSvarAt, T0);
      assert.equal(counts.oldestInDoubtAt, T0 + 2);
      assert.equal(counts.oldestUnfinishedAt, T0 + 2);
      assert.equal(counts.oldestUnpublishedAt, T0 + 1_000);
      assert.equal(counts.overdue, 1, 'the date itself is not past');
    },
  ),
  rule('the oldest unpublished answer waits since it was made, also where it was tried in vain', async ({ ledger }) => {
    const [a, b] = claimsOf(await ledger.record([anmodning('a'), anmodning('b')], PLENTY));
    assert.ok(a !== undefined && b !== undefined);
    const first = only((await ledger.settle([done(a, 'udfoert', T0 + 1_000)], NONE)).answers);
    const second = only((await ledger.settle([done(b, 'udfoert', T0 + 2_000)], NONE)).answers);
    const oldest = async () => (await ledger.counts(TODAY)).oldestUnpublishedAt;
    const inVain = { at: T0 + 3_000, art: 'unknown', nextAttemptAt: T0 + 60_000 } as const;
    assert.equal(await oldest(), T0 + 1_000);
    await ledger.markPublished([{ ...inVain, answerId: first.answerId }]);
    assert.equal(await oldest(), T0 + 1_000);
    await ledger.markPublished([{ ...inVain, answerId: second.answerId, nextAttemptAt: T0 + 50_000 }]);
    assert.equal(await oldest(), T0 + 1_000);
    await ledger.markPublished(confirmed(first));
    assert.equal(await oldest(), T0 + 2_000);
    await ledger.markPublished(confirmed(second));
    assert.equal(await oldest(), undefined);
  }),
  rule(
    'a history is found by id and by TransaktionsId, with answers and with what was out of the ordinary',
    async ({ ledger }) => {
      const claim = await recordClaimed(ledger, anmodning('a', { transaktionsId: 't' }));
      await ledger.record([anmodning('b', { transaktionsId: 't' }), anmodning('c')], NONE);
      await ledger.record([anmodning('a', { transaktionsId: 't' })], NONE);
      await ledger.settle([retrying(claim, T0 + 5_000)], NONE);
      const again = only(await ledger.claim({ debitorkonto: 1, kontantindbetaling: 0 }, T0 + 5_000));
      await ledger.settle([done(again)], NONE);
      const [found] = await ledger.history('a');
      assert.ok(found !== undefined);
      assert.deepEqual(
        found.events.map(({ event }) => event),
        ['repeat', 'retrying'],
      );
      assert.deepEqual(
        found.answers.map(({ art, kode }) => [art, kode]),
        [['kvittering', 'ACCEPTERET']],
      );
      assert.deepEqual(found.message, {
        ...{ seq: claim.seq, kind: 'debitorkonto', sender: 'kulturskole', id: 'a', transaktionsId: 't' },
        ...{ myndighed: '29189846', handlingstype: 'NEDSKRIV', state: 'done', udfald: 'udfoert', attempts: 2 },
        ...{
          receivedAt: T0,
          dispatchedAt: T0,
          settledAt: T0 + 1_000,
          aarsag: 'debitorsystemet er optaget',
          first: true,
        },
      });
      assert.deepEqual(
        (await ledger.history('t')).map(({ message }) => message.id),
        ['a', 'b'],
      );
      assert.deepEqual(await ledger.history('findes ikke'), []);
    },
  ),
  rule('a cash payment is found once by its TransaktionsID', async ({ ledger }) => {
    await ledger.record([indbetaling('p')], PLENTY);
    assert.equal(only(await ledger.history('p')).message.kind, 'kontantindbetaling');
  }),
  rule('a history tells of a svar, its receipt, and of reports that were refused', async ({ ledger }) => {
    await acceptedForLater(ledger, 'a');
    await ledger.reportSvar(svar('a'));
    await ledger.reportSvar(svar('a', { contentHash: 'andet' }));
    const found = only(await ledger.history('a'));
    assert.deepEqual(
      found.answers.map(({ art }) => art),
      ['kvittering', 'svar'],
    );
    assert.deepEqual(found.events, [{ at: T0 + 5_000, event: 'svarRefused', detail: 'answeredOtherwise' }]);
  }),
  rule('lists are pages, oldest first', async ({ ledger }) => {
    for (const id of ['a', 'b', 'c']) await acceptedForLater(ledger, id);
    const first = await ledger.awaitingSvar({ limit: 2 });
    assert.deepEqual(
      first.map(({ id }) => id),
      ['a', 'b'],
    );
    const rest = await ledger.awaitingSvar({ limit: 2, after: first.at(-1)?.seq ?? 0 });
    assert.deepEqual(
      rest.map(({ id }) => id),
      ['c'],
    );
    await ledger.record([unreadable('x'), unreadable('y')], PLENTY);
    const [entry] = await ledger.fejlkoe({ limit: 1 });
    assert.ok(entry !== undefined);
    assert.equal((await ledger.fejlkoe({ limit: 9, after: entry.id })).length, 1);
  }),
  rule('a ledger can be asked whether it writes, and says so when it is closed', async ({ ledger }) => {
    await ledger.probe(T0);
    await ledger.close();
    await assert.rejects(ledger.probe(T0), LedgerUnavailable);
    await assert.rejects(ledger.record([anmodning('a')], PLENTY), LedgerUnavailable);
    await assert.rejects(ledger.counts(TODAY), LedgerUnavailable);
    await ledger.close();
  }),
  rule('the raw bytes of an unreadable message come back as they were', async ({ ledger }) => {
    const raw = new Uint8Array(256).map((_, index) => index);
    await ledger.record(
      [
        { ...unreadable('x'), raw },
        { ...unreadable('tom'), raw: bytes('') },
      ],
      PLENTY,
    );
    const [row, empty] = await ledger.fejlkoe({ limit: 2 });
    assert.deepEqual(Buffer.from((await ledger.fejlkoeRaw(row?.id ?? 0))?.raw ?? []), Buffer.from(raw));
    assert.deepEqual([row?.bytes, empty?.bytes], [256, 0]);
  }),
];

export const PUBLISHING: readonly ContractCase[] = [...OUTBOX, ...SIGHTS];
