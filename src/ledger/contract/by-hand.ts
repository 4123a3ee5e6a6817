/** Contract: svar, deliveries and replays by a person, beside the adapter. What is in doubt stands in `interventions.ts`. */
import assert from 'node:assert/strict';
import {
  accepted,
  acceptedForLater,
  anmodning,
  answer,
  type ContractCase,
  confirmed,
  done,
  idsOf,
  inDoubt,
  NONE,
  only,
  PLENTY,
  recordClaimed,
  rule,
  svar,
  T0,
  TODAY,
  unreadable,
} from './fixture.ts';

const kodesOf = (answers: readonly { readonly kode: string }[]): readonly string[] => answers.map(({ kode }) => kode);

const BY = { hvem: 'Anne Hansen', hvorfor: 'brev af 12. november' } as const;
const SENERE = { svarform: 'SENERE', handlingstype: 'AFSKRIV' } as const;

const SVAR_BY_HAND: readonly ContractCase[] = [
  rule('a svar that a person reports goes out behind its MODTAGET, with who and why in the history', async (under) => {
    const { ledger } = under;
    const claim = await recordClaimed(ledger, anmodning('a', SENERE));
    const modtaget = (await ledger.settle([accepted(claim)], NONE)).answers;
    const beside = await under.beside();
    const given = { seq: claim.seq, report: svar('a'), decision: 'GENNEMFOERT', by: BY };
    assert.equal(await beside.reportSvar(given), 'recorded');
    assert.deepEqual(await ledger.dueAnswers(T0 + 9_000, 10), []);
    assert.deepEqual(kodesOf(await ledger.markPublished(confirmed(...modtaget))), ['GENNEMFOERT']);
    const { message, events } = only(await ledger.history('a'));
    assert.deepEqual([message.state, events.at(-1)?.event], ['done', 'svarByHand']);
    assert.equal(events.at(-1)?.detail, 'GENNEMFOERT; Anne Hansen: brev af 12. november');
    assert.equal(await beside.reportSvar(given), 'same');
    const { verdict } = await ledger.reportSvar(svar('a', { contentHash: 'afvist' }));
    assert.equal(verdict, 'answeredOtherwise');
  }),
  rule('a svar that a person reports where its MODTAGET is published is found by the adapter', async (under) => {
    const claim = await acceptedForLater(under.ledger, 'a');
    const beside = await under.beside();
    await beside.reportSvar({ seq: claim.seq, report: svar('a'), decision: 'GENNEMFOERT', by: BY });
    assert.deepEqual(kodesOf(await under.ledger.dueAnswers(T0 + 9_000, 10)), ['GENNEMFOERT']);
  }),
  rule('a svar that is only judged changes nothing', async (under) => {
    const claim = await recordClaimed(under.ledger, anmodning('a', SENERE));
    await under.ledger.settle([inDoubt(claim)], NONE);
    const beside = await under.beside();
    const before = [await under.ledger.history('a'), await under.ledger.counts(TODAY)];
    const look = { seq: claim.seq, report: svar('a'), decision: 'GENNEMFOERT', by: undefined };
    assert.equal(await beside.reportSvar(look), 'recorded');
    assert.deepEqual([await under.ledger.history('a'), await under.ledger.counts(TODAY)], before);
    assert.deepEqual(await under.ledger.dueAnswers(T0 + 9_000, 10), []);
    assert.equal(await beside.reportSvar({ ...look, by: BY }), 'recorded', 'and what is recorded next is all of it');
    assert.deepEqual(kodesOf(await under.ledger.dueAnswers(T0 + 9_000, 10)), ['MODTAGET']);
    const { byState, unpublished } = await under.ledger.counts(TODAY);
    assert.deepEqual([byState.inDoubt, byState.done, unpublished], [0, 1, 2]);
  }),
  rule('a svar that a person reports is refused for what every svar is refused for', async (under) => {
    const claim = await recordClaimed(under.ledger, anmodning('a'));
    const beside = await under.beside();
    const given = { seq: claim.seq, report: svar('a'), decision: 'GENNEMFOERT', by: BY };
    assert.equal(await beside.reportSvar(given), 'notLater');
    assert.equal(await beside.reportSvar({ ...given, report: svar('b') }), 'unknown');
    assert.deepEqual((await under.ledger.settle([done(claim)], NONE)).stale, []);
  }),
];

const REDELIVERED: readonly ContractCase[] = [
  rule('answers that no queue was bound for are due again when a person says so, one or all', async (under) => {
    const { ledger } = under;
    const [a, b, c] = [
      await recordClaimed(ledger, anmodning('a')),
      await recordClaimed(ledger, anmodning('b')),
      await recordClaimed(ledger, anmodning('c')),
    ];
    const { answers } = await ledger.settle([done(a), done(b), done(c)], NONE);
    const failed = answers.map(({ answerId, seq }) => {
      const art = seq === c.seq ? ('unknown' as const) : ('returned' as const);
      return { answerId, at: T0, art, nextAttemptAt: T0 + 60_000 };
    });
    await ledger.markPublished(failed);
    const beside = await under.beside();
    const [first] = await ledger.uleverede({ limit: 10 });
    assert.equal(await beside.redeliver(T0 + 5_000, 999), 0);
    assert.equal(await beside.redeliver(T0 + 5_000, first?.answerId), 1);
    const due = await ledger.dueAnswers(T0 + 5_000, 10);
    assert.deepEqual(
      due.map(({ answerId }) => answerId),
      [first?.answerId],
    );
    await ledger.markPublished(confirmed(...due));
    assert.equal(await beside.redeliver(T0 + 5_000), 1, 'what is delivered is not sent again');
    assert.deepEqual(
      (await ledger.dueAnswers(T0 + 5_000, 10)).map(({ seq }) => seq),
      [b.seq],
    );
  }),
];

const REPLAYED: readonly ContractCase[] = [
  rule(
    'a message of the fejlkø that is replayed is recorded like any other, and its entry is closed',
    async (under) => {
      const { ledger } = under;
      await ledger.record([unreadable('a'), unreadable('b')], PLENTY);
      const [entry, other] = await ledger.fejlkoe({ limit: 10 });
      assert.ok(entry !== undefined && other !== undefined);
      const beside = await under.beside();
      const replayed = await beside.replay({ id: entry.id, arrival: anmodning('a', { at: T0 + 5_000 }), by: BY });
      assert.ok(replayed !== 'notOpen' && replayed.art === 'waiting');
      assert.deepEqual(idsOf(await ledger.claim(PLENTY, T0 + 5_000)), ['a'], 'the adapter finds it');
      const { events } = only(await ledger.history('a'));
      assert.deepEqual(
        events.map(({ event, detail }) => [event, detail]),
        [['replayed', `fejlkø nr. ${entry.id}; Anne Hansen: brev af 12. november`]],
      );
      assert.deepEqual(
        (await ledger.fejlkoe({ limit: 10 })).map(({ id }) => id),
        [other.id],
      );
      const closed = { at: T0 + 5_000, decision: 'afspillet', ...BY };
      assert.deepEqual((await beside.fejlkoeRaw(entry.id))?.closed, closed);
      assert.deepEqual((await ledger.fejlkoeRaw(entry.id))?.properties, {
        messageId: 'delivery-a',
        userId: 'kulturskole',
      });
      assert.equal((await ledger.counts(TODAY)).fejlkoe, 1);
      assert.equal(await beside.replay({ id: entry.id, arrival: anmodning('a'), by: BY }), 'notOpen');
    },
  ),
  rule('a replayed message that was recorded meanwhile is a repeat: its answer goes out again', async (under) => {
    const { ledger } = under;
    await ledger.record([unreadable('a')], PLENTY);
    const claim = await recordClaimed(ledger, anmodning('a'));
    const first = await ledger.settle([done(claim)], NONE);
    await ledger.markPublished(confirmed(...first.answers));
    const beside = await under.beside();
    const { id } = only(await ledger.fejlkoe({ limit: 10 }));
    const replayed = await beside.replay({ id, arrival: anmodning('a'), by: BY });
    assert.ok(replayed !== 'notOpen' && replayed.art === 'answered' && replayed.judgement === 'repeat');
    assert.deepEqual(
      (await ledger.dueAnswers(T0 + 9_000, 10)).map(({ messageId }) => messageId),
      ['message-id-a'],
    );
    assert.deepEqual(await ledger.claim(PLENTY, T0 + 9_000), [], 'and nothing is carried out again');
  }),
  rule(
    'a message that can’t be used yet stays in the fejlkø as it was, and its sender hears nothing',
    async (under) => {
      const { ledger } = under;
      await ledger.record([unreadable('a')], PLENTY);
      const before = [await ledger.fejlkoe({ limit: 10 }), await ledger.counts(TODAY)];
      const { id } = only(await ledger.fejlkoe({ limit: 10 }));
      const beside = await under.beside();
      const replayed = await beside.replay({ id, arrival: unreadable('a', { answer: answer('nej') }), by: BY });
      assert.ok(replayed !== 'notOpen' && replayed.art === 'answered' && replayed.judgement === 'fejlkoe');
      assert.deepEqual([await ledger.fejlkoe({ limit: 10 }), await ledger.counts(TODAY)], before);
      assert.deepEqual(await ledger.dueAnswers(T0 + 9_000, 10), []);
    },
  ),
  rule('a replay that is only judged changes nothing', async (under) => {
    const { ledger } = under;
    await ledger.record([unreadable('a')], PLENTY);
    const { id } = only(await ledger.fejlkoe({ limit: 10 }));
    const before = [await ledger.fejlkoe({ limit: 10 }), await ledger.counts(TODAY)];
    const beside = await under.beside();
    const replayed = await beside.replay({ id, arrival: anmodning('a'), by: undefined });
    assert.ok(replayed !== 'notOpen' && replayed.art === 'waiting');
    assert.deepEqual([await ledger.fejlkoe({ limit: 10 }), await ledger.counts(TODAY)], before);
    assert.deepEqual([await ledger.claim(PLENTY, T0), await ledger.history('a')], [[], []]);
  }),
  rule(
    'what is discarded is closed for good, each entry once, and the same message again is a new entry',
    async (under) => {
      const { ledger } = under;
      await ledger.record([unreadable('a'), unreadable('b'), unreadable('c')], PLENTY);
      const [a, b, c] = (await ledger.fejlkoe({ limit: 10 })).map(({ id }) => id);
      assert.ok(a !== undefined && b !== undefined && c !== undefined);
      const beside = await under.beside();
      assert.equal(await beside.discard([a, b, 4711], T0 + 5_000, BY), 2);
      assert.equal(await beside.discard([a], T0 + 6_000, BY), 0);
      assert.equal(await beside.replay({ id: a, arrival: anmodning('a'), by: BY }), 'notOpen');
      assert.deepEqual((await ledger.fejlkoeRaw(b))?.closed, { at: T0 + 5_000, decision: 'kasseret', ...BY });
      assert.equal((await ledger.counts(TODAY)).fejlkoe, 1);
      await ledger.record([unreadable('a')], PLENTY);
      const open = await ledger.fejlkoe({ limit: 10 });
      assert.deepEqual([open.length, open[0]?.id, open[1]?.seen], [2, c, 1]);
    },
  ),
];

export const BY_HAND: readonly ContractCase[] = [...SVAR_BY_HAND, ...REDELIVERED, ...REPLAYED];
