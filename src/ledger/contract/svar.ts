/** Contract: svar. Which anmodning they are for, what they are worth, and that none goes out before its MODTAGET. */
import assert from 'node:assert/strict';
import {
  accepted,
  acceptedForLater,
  anmodning,
  answer,
  answersOf,
  type ContractCase,
  confirmed,
  done,
  idsOf,
  inDoubt,
  NONE,
  only,
  PLENTY,
  recordClaimed,
  retrying,
  rule,
  svar,
  svarAnswer,
  svarArrival,
  T0,
} from './fixture.ts';

const SENERE = { svarform: 'SENERE', handlingstype: 'AFSKRIV' } as const;

const ACCEPTED: readonly ContractCase[] = [
  rule(
    'a svar goes out at once where its MODTAGET is published, written from the kontekst of its anmodning',
    async ({ ledger }) => {
      const claim = await acceptedForLater(ledger, 'a', { properties: { correlationId: 'c-1' } });
      const subjects: unknown[] = [];
      const report = svar('a', {
        write: (subject) => {
          subjects.push([subject.kontekst, subject.properties, subject.command.noegle]);
          return svarAnswer('a');
        },
      });
      const { verdict, answers } = await ledger.reportSvar(report);
      assert.equal(verdict, 'recorded');
      assert.deepEqual([only(answers).art, only(answers).seq], ['svar', claim.seq]);
      assert.deepEqual(subjects, [['kontekst-a', { correlationId: 'c-1' }, claim.command.noegle]]);
      assert.equal(only(await ledger.history('a')).message.state, 'done');
      assert.deepEqual(await ledger.awaitingSvar({ limit: 10 }), []);
    },
  ),
  rule('a svar waits until its MODTAGET is confirmed: returned or unconfirmed is not enough', async ({ ledger }) => {
    const claim = await recordClaimed(ledger, anmodning('a', SENERE));
    const modtaget = only((await ledger.settle([accepted(claim)], NONE)).answers);
    assert.deepEqual((await ledger.reportSvar(svar('a'))).answers, []);
    const { answerId } = modtaget;
    for (const art of ['returned', 'unknown'] as const) {
      assert.deepEqual(await ledger.markPublished([{ answerId, at: T0, art, nextAttemptAt: T0 + 60_000 }]), []);
      assert.deepEqual(await ledger.dueAnswers(T0 + 30_000, 10), []);
    }
    assert.deepEqual(
      (await ledger.dueAnswers(T0 + 60_000, 10)).map(({ art }) => art),
      ['kvittering'],
    );
    const released = await ledger.markPublished(confirmed(modtaget));
    assert.deepEqual(
      released.map(({ art }) => art),
      ['svar'],
    );
    assert.deepEqual(await ledger.dueAnswers(T0 + 99_000, 10), [], 'it is handed out already');
  }),
  rule('a svar waits for its MODTAGET over a restart too', async (under) => {
    const claim = await recordClaimed(under.ledger, anmodning('a', SENERE));
    await under.ledger.settle([accepted(claim)], NONE);
    await under.ledger.reportSvar(svar('a'));
    await under.restart();
    const due = await under.ledger.dueAnswers(T0 + 99_000, 10);
    assert.deepEqual(
      due.map(({ art }) => art),
      ['kvittering'],
    );
    assert.deepEqual(
      (await under.ledger.markPublished(confirmed(...due))).map(({ art }) => art),
      ['svar'],
    );
    await under.restart();
    assert.deepEqual(
      (await under.ledger.dueAnswers(T0 + 99_000, 10)).map(({ art }) => art),
      ['svar'],
    );
  }),
  rule(
    'a svar that is known with the udfald is kept behind its MODTAGET, and the same one reported later is the same',
    async ({ ledger }) => {
      const claim = await recordClaimed(ledger, anmodning('a', SENERE));
      const settlement = accepted(claim);
      assert.ok(settlement.state === 'awaitingSvar');
      const atOnce = { ...settlement, svar: { contentHash: 'gennemført', answer: svarAnswer('a') } };
      const { answers } = await ledger.settle([atOnce], NONE);
      assert.deepEqual(
        answers.map(({ kode }) => kode),
        ['MODTAGET'],
      );
      assert.equal(only(await ledger.history('a')).message.state, 'done');
      assert.equal((await ledger.reportSvar(svar('a'))).verdict, 'same');
      assert.deepEqual(
        (await ledger.markPublished(confirmed(...answers))).map(({ art }) => art),
        ['svar'],
      );
    },
  ),
  rule('the same svar again is accepted and adds nothing', async (under) => {
    await acceptedForLater(under.ledger, 'a');
    await under.ledger.reportSvar(svar('a'));
    await under.restart();
    assert.deepEqual(await under.ledger.reportSvar(svar('a')), { verdict: 'same', answers: [], claims: [] });
    assert.equal(only(await under.ledger.history('a')).answers.length, 2);
  }),
  rule('a repeat of an anmodning repeats its MODTAGET and never its svar', async ({ ledger }) => {
    await acceptedForLater(ledger, 'a');
    await ledger.reportSvar(svar('a'));
    const repeat = only(answersOf(await ledger.record([anmodning('a', SENERE)], PLENTY)));
    assert.deepEqual([repeat.art, repeat.kode], ['kvittering', 'MODTAGET']);
  }),
];

const REFUSED: readonly ContractCase[] = [
  rule('a second and different svar is refused, and the first stands', async ({ ledger }) => {
    await acceptedForLater(ledger, 'a');
    await ledger.reportSvar(svar('a'));
    const second = await ledger.reportSvar(svar('a', { contentHash: 'afvist' }));
    assert.deepEqual(second, { verdict: 'answeredOtherwise', answers: [], claims: [] });
    assert.equal((await ledger.reportSvar(svar('a'))).verdict, 'same');
  }),
  rule('a svar to an anmodning that is not known is refused', async ({ ledger }) => {
    await acceptedForLater(ledger, 'a');
    for (const report of [svar('b'), svar('a', { fagsystem: 'byggesag' }), svar('a', { transaktionsId: 'en anden' })]) {
      assert.equal((await ledger.reportSvar(report)).verdict, 'unknown');
    }
    const exact = svar('a', { fagsystem: 'kulturskole', transaktionsId: 'transaktion-a', handlingstype: 'AFSKRIV' });
    assert.equal((await ledger.reportSvar(exact)).verdict, 'recorded');
  }),
  rule('a svar that could be meant for two fagsystemer is not guessed', async ({ ledger }) => {
    await acceptedForLater(ledger, 'a');
    await acceptedForLater(ledger, 'a', { sender: 'byggesag' });
    assert.equal((await ledger.reportSvar(svar('a'))).verdict, 'unknown');
    assert.equal((await ledger.reportSvar(svar('a', { fagsystem: 'byggesag' }))).verdict, 'recorded');
  }),
  rule('a svar with another handlingstype is refused', async ({ ledger }) => {
    await acceptedForLater(ledger, 'a');
    assert.equal((await ledger.reportSvar(svar('a', { handlingstype: 'HENSTAND' }))).verdict, 'otherHandlingstype');
    assert.equal((await ledger.reportSvar(svar('a', { handlingstype: 'AFSKRIV' }))).verdict, 'recorded');
  }),
  rule('a svar to what was answered at once, or was never dispatched, is refused', async ({ ledger }) => {
    const details = { transaktionsId: 't' };
    await ledger.record(
      [anmodning('nej', { judge: () => ({ art: 'answer', answer: answer('nej'), details }) })],
      PLENTY,
    );
    for (const udfald of ['udfoert', 'afvist', 'fejlet'] as const) {
      const claim = await recordClaimed(ledger, anmodning(udfald, SENERE));
      await ledger.settle([done(claim, udfald)], NONE);
    }
    await ledger.record([anmodning('ny', SENERE)], NONE);
    for (const id of ['nej', 'udfoert', 'afvist', 'fejlet', 'ny']) {
      assert.equal((await ledger.reportSvar(svar(id))).verdict, 'notLater', id);
    }
    assert.deepEqual(idsOf(await ledger.claim(PLENTY, T0)), ['ny'], 'it still has its turn');
  }),
  rule(
    'a svar to an anmodning with svarform STRAKS is refused while it is being dispatched, and its claim stands',
    async ({ ledger }) => {
      const claim = await recordClaimed(ledger, anmodning('a'));
      assert.equal((await ledger.reportSvar(svar('a'))).verdict, 'notLater');
      assert.deepEqual((await ledger.settle([done(claim)], NONE)).stale, []);
    },
  ),
];

const EARLY: readonly ContractCase[] = [
  rule(
    'a svar that comes before the udfald settles its anmodning with a MODTAGET, and the claim is stale',
    async ({ ledger }) => {
      const claim = await recordClaimed(ledger, anmodning('a', { ...SENERE, konti: ['K'] }));
      await ledger.record([anmodning('b', { konti: ['K'] })], PLENTY);
      const early = await ledger.reportSvar(svar('a'));
      assert.equal(early.verdict, 'recorded');
      const modtaget = only(early.answers);
      assert.equal(modtaget.kode, 'MODTAGET');
      assert.deepEqual(early.claims, [], 'without a capacity nothing is claimed');
      const settled = await ledger.settle([accepted(claim)], PLENTY);
      assert.deepEqual([settled.answers, settled.stale], [[], [claim.seq]]);
      assert.deepEqual(idsOf(settled.claims), ['b'], 'its line is free');
      assert.deepEqual(
        (await ledger.markPublished(confirmed(modtaget))).map(({ art }) => art),
        ['svar'],
      );
    },
  ),
  rule('a svar that comes early claims what it freed, within the capacity that it is given', async ({ ledger }) => {
    await recordClaimed(ledger, anmodning('a', { ...SENERE, konti: ['K'] }));
    await ledger.record([anmodning('b', { konti: ['K'] })], PLENTY);
    assert.deepEqual(idsOf((await ledger.reportSvar(svar('a'), PLENTY)).claims), ['b']);
  }),
  rule('a svar decides what was in doubt, or was thought to have done nothing', async ({ ledger }) => {
    for (const [id, unsettled] of [
      ['i-tvivl', inDoubt],
      ['igen', retrying],
    ] as const) {
      const claim = await recordClaimed(ledger, anmodning(id, { ...SENERE, konti: [id] }));
      await ledger.record([anmodning(`${id}-næste`, { konti: [id] })], PLENTY);
      await ledger.settle([unsettled(claim, T0 + 60_000)], NONE);
      assert.equal((await ledger.reportSvar(svar(id))).verdict, 'recorded');
      assert.deepEqual(
        idsOf(await ledger.claim(PLENTY, T0 + 999_999)),
        [`${id}-næste`],
        'and it is not asked about again',
      );
      const { message } = only(await ledger.history(id));
      assert.deepEqual([message.state, message.forventetSvarDato], ['done', '2026-12-01']);
    }
  }),
];

const ARRIVALS: readonly ContractCase[] = [
  rule('a svar that arrives as a message is recorded, and its receipt tells what it was worth', async ({ ledger }) => {
    await acceptedForLater(ledger, 'a');
    const [recorded] = await ledger.record([svarArrival(svar('a'))], PLENTY);
    assert.ok(recorded?.art === 'answered' && recorded.judgement === 'svar');
    assert.deepEqual(
      recorded.answers.map(({ art, messageId }) => [art, messageId]),
      [
        ['svar', 'message-id-svar-a-kontekst-a'],
        ['svarkvittering', 'message-id-recorded'],
      ],
    );
  }),
  rule('the same svar message again gets the same receipt, another svar gets its own', async ({ ledger }) => {
    await acceptedForLater(ledger, 'a');
    const other = svar('a', { contentHash: 'andet' });
    const batch = [svar('a'), svar('a'), other, other, svar('b'), svar('b')].map(svarArrival);
    const receipts = answersOf(await ledger.record(batch, PLENTY)).filter(({ art }) => art === 'svarkvittering');
    assert.deepEqual(
      receipts.map(({ messageId }) => messageId),
      [
        ...['message-id-recorded', 'message-id-recorded'],
        ...['message-id-answeredOtherwise', 'message-id-answeredOtherwise'],
        ...['message-id-unknown', 'message-id-unknown'],
      ],
    );
    assert.equal((await ledger.counts('2026-11-22')).byState.done, 4);
  }),
  rule('a svar message that was refused is judged anew: it may have come too early', async ({ ledger }) => {
    const early = svarArrival(svar('a'));
    const kodes = async () => answersOf(await ledger.record([early], PLENTY)).map(({ messageId }) => messageId);
    assert.deepEqual(await kodes(), ['message-id-unknown']);
    assert.deepEqual(await kodes(), ['message-id-unknown'], 'the same refusal is the stored one');
    await acceptedForLater(ledger, 'a');
    assert.deepEqual(await kodes(), ['message-id-svar-a-kontekst-a', 'message-id-recorded']);
    assert.deepEqual(await kodes(), ['message-id-recorded'], 'and an accepted one is repeated');
  }),
  rule('a svar message that comes before the udfald hands out the MODTAGET, and frees the line', async ({ ledger }) => {
    const claim = await recordClaimed(ledger, anmodning('a', { ...SENERE, konti: ['K'] }));
    const recorded = await ledger.record([svarArrival(svar('a')), anmodning('b', { konti: ['K'] })], PLENTY);
    assert.deepEqual(
      answersOf(recorded).map(({ kode, art }) => `${art} ${kode}`),
      ['kvittering MODTAGET', 'svarkvittering ACCEPTERET'],
    );
    assert.equal(recorded[1]?.art, 'claimed');
    assert.deepEqual((await ledger.settle([accepted(claim)], NONE)).stale, [claim.seq]);
  }),
];

export const SVAR: readonly ContractCase[] = [...ACCEPTED, ...REFUSED, ...EARLY, ...ARRIVALS];
