/** Contract: what a person changes beside the adapter. The adapter's own ledger stays open all the while, and must see it. */
import assert from 'node:assert/strict';
import type { Interventions } from '../interventions.ts';
import type { Claim, Seq, Settlement } from '../ledger.ts';
import {
  type AnmodningOptions,
  accepted,
  anmodning,
  answer,
  byHand,
  type ContractCase,
  confirmed,
  done,
  idsOf,
  inDoubt,
  indbetaling,
  type LedgerUnderTest,
  NONE,
  only,
  PLENTY,
  recordClaimed,
  retrying,
  rule,
  svarAnswer,
  T0,
  TODAY,
} from './fixture.ts';

type Decided = Exclude<Settlement, { readonly state: 'inDoubt' }>;

/** Of what `done`, `accepted` and `retrying` make; a person's decision is never in doubt. */
function decided(settlement: Settlement): Decided {
  assert.ok(settlement.state !== 'inDoubt');
  return settlement;
}

/** What a person finds in doubt, as they look at it. */
async function lookAt(beside: Interventions, seq: Seq): Promise<Claim> {
  const undecided = await beside.undecided(seq);
  assert.ok(undecided !== undefined, 'it is in doubt');
  return undecided.claim;
}

/** An anmodning that waits for a person, and another behind it in its line. */
async function doubtful({ ledger }: LedgerUnderTest, options: AnmodningOptions = {}): Promise<Claim> {
  const claim = await recordClaimed(ledger, anmodning('a', { konti: ['K'], ...options }));
  await ledger.record([anmodning('b', { konti: ['K'] })], PLENTY);
  await ledger.settle([inDoubt(claim)], PLENTY);
  return claim;
}

const kodesOf = (answers: readonly { readonly kode: string }[]): readonly string[] => answers.map(({ kode }) => kode);

const DECIDED: readonly ContractCase[] = [
  rule(
    'what a person decides is answered and frees its line, and the adapter that runs beside finds both',
    async (under) => {
      const { ledger } = under;
      const claim = await doubtful(under, { properties: { correlationId: 'c-1' } });
      const beside = await under.beside();
      const undecided = await beside.undecided(claim.seq);
      assert.deepEqual(undecided, { claim: { ...claim, inDoubt: true }, state: 'inDoubt' });
      assert.equal(await beside.resolve(byHand(decided(done(claim)))), 'resolved');
      const due = only(await ledger.dueAnswers(T0 + 1_000, 10));
      assert.deepEqual([due.seq, due.kode, due.messageId], [claim.seq, 'ACCEPTERET', 'message-id-a']);
      assert.deepEqual(idsOf(await ledger.claim(PLENTY, T0 + 1_000)), ['b']);
      await ledger.markPublished(confirmed(due));
      const { message, answers, events } = only(await ledger.history('a'));
      assert.deepEqual([message.state, message.udfald, answers.length], ['done', 'udfoert', 1]);
      const { event, detail, at } = events.at(-1) ?? {};
      assert.deepEqual([event, detail, at], ['resolved', 'afgjort; Anne Hansen: set i debitorsystemet', T0 + 1_000]);
      const { byState, unpublished, oldestInDoubtAt } = await ledger.counts(TODAY);
      assert.deepEqual([byState.inDoubt, byState.done, unpublished, oldestInDoubtAt], [0, 1, 0, undefined]);
    },
  ),
  rule('a refusal and a FEJLET by a person free the payment’s id, a booking keeps it', async (under) => {
    const { ledger } = under;
    const beside = await under.beside();
    for (const udfald of ['udfoert', 'afvist', 'fejlet'] as const) {
      const claim = await recordClaimed(ledger, indbetaling(udfald, { kunde: udfald, eksternId: `kort-${udfald}` }));
      await ledger.settle([inDoubt(claim)], NONE);
      assert.equal(await beside.resolve(byHand(decided(done(claim, udfald)))), 'resolved');
      const again = indbetaling(`${udfald}-igen`, { kunde: udfald, eksternId: `kort-${udfald}` });
      const [recorded] = await ledger.record([again], PLENTY);
      assert.equal(recorded?.art, udfald === 'udfoert' ? 'answered' : 'claimed', udfald);
    }
  }),
  rule('what a person says was accepted for later waits for its svar', async (under) => {
    const claim = await doubtful(under, { svarform: 'SENERE', handlingstype: 'AFSKRIV' });
    const beside = await under.beside();
    assert.equal(await beside.resolve(byHand(decided(accepted(claim)))), 'resolved');
    assert.deepEqual(kodesOf(await under.ledger.dueAnswers(T0 + 1_000, 10)), ['MODTAGET']);
    assert.deepEqual(
      (await under.ledger.awaitingSvar({ limit: 10 })).map(({ id, forventetSvarDato }) => [id, forventetSvarDato]),
      [['a', '2026-12-01']],
    );
    assert.deepEqual(idsOf(await under.ledger.claim(PLENTY, T0 + 1_000)), ['b']);
  }),
  rule('a svar that a person gives with it stays behind the MODTAGET', async (under) => {
    const { ledger } = under;
    const claim = await doubtful(under, { svarform: 'SENERE', handlingstype: 'AFSKRIV' });
    const settlement = decided(accepted(claim));
    assert.ok(settlement.state === 'awaitingSvar');
    const beside = await under.beside();
    await beside.resolve(byHand({ ...settlement, svar: { contentHash: 'gennemført', answer: svarAnswer('a') } }));
    const modtaget = await ledger.dueAnswers(T0 + 1_000, 10);
    assert.deepEqual(kodesOf(modtaget), ['MODTAGET']);
    assert.deepEqual(kodesOf(await ledger.markPublished(confirmed(...modtaget))), ['GENNEMFOERT']);
  }),
  rule(
    'what was certainly not carried out is asked about again, without a doubt, also over a restart',
    async (under) => {
      const claim = await doubtful(under);
      const beside = await under.beside();
      assert.equal(await beside.resolve(byHand(decided(retrying(claim, T0 + 1_000)))), 'resolved');
      await under.restart();
      await under.ledger.takeUpInterrupted(false, T0 + 1_000);
      const again = only(await under.ledger.claim(PLENTY, T0 + 1_000));
      assert.deepEqual(idsOf([again]), ['a'], 'its line is still its own');
      assert.deepEqual([again.attempt, again.inDoubt], [2, false]);
      assert.deepEqual((await under.ledger.settle([done(again)], NONE)).stale, []);
    },
  ),
  rule('what is decided holds over a restart', async (under) => {
    const claim = await doubtful(under);
    await (await under.beside()).resolve(byHand(decided(done(claim))));
    await under.restart();
    assert.equal(await under.ledger.takeUpInterrupted(true, T0 + 2_000), 0);
    assert.deepEqual(kodesOf(await under.ledger.dueAnswers(T0 + 2_000, 10)), ['ACCEPTERET']);
    assert.deepEqual(idsOf(await under.ledger.claim(PLENTY, T0 + 2_000)), ['b']);
  }),
];

const REFUSED: readonly ContractCase[] = [
  rule('only what is in doubt can be decided by a person', async (under) => {
    const { ledger } = under;
    const beside = await under.beside();
    const asked = await recordClaimed(ledger, anmodning('spurgt'));
    const answered = await recordClaimed(ledger, anmodning('besvaret'));
    const later = await recordClaimed(ledger, anmodning('senere', { svarform: 'SENERE' }));
    const again = await recordClaimed(ledger, anmodning('igen'));
    await ledger.settle([done(answered), accepted(later), retrying(again, T0 + 60_000)], NONE);
    const [waiting] = await ledger.record([anmodning('ny')], NONE);
    assert.ok(waiting?.art === 'waiting');
    const unknown = { ...asked, seq: 999 };
    for (const claim of [asked, answered, later, again, { ...asked, seq: waiting.seq }, unknown]) {
      assert.equal(await beside.undecided(claim.seq), undefined);
      assert.equal(await beside.resolve(byHand(decided(done(claim)))), 'notInDoubt');
    }
    assert.deepEqual((await ledger.settle([done(asked)], NONE)).stale, []);
  }),
  rule('two people decide one anmodning once, and one answer is sent', async (under) => {
    const claim = await doubtful(under);
    const [one, other] = [await under.beside(), await under.beside()];
    const verdicts = await Promise.all([
      one.resolve(byHand(decided(done(claim)))),
      other.resolve(byHand(decided(done(claim, 'fejlet')))),
    ]);
    assert.deepEqual(verdicts.toSorted(), ['notInDoubt', 'resolved']);
    assert.equal((await under.ledger.dueAnswers(T0 + 9_000, 10)).length, 1);
  }),
  rule('a decision about an attempt that is not the latest is refused', async (under) => {
    const { ledger } = under;
    const first = await recordClaimed(ledger, anmodning('a'));
    await ledger.settle([inDoubt(first, T0 + 2_000)], NONE);
    const beside = await under.beside();
    const seen = await lookAt(beside, first.seq);
    const second = only(await ledger.claim(PLENTY, T0 + 2_000));
    await ledger.settle([inDoubt(second, T0 + 4_000)], NONE);
    assert.equal(await beside.resolve(byHand(decided(done(seen)))), 'changed');
    assert.deepEqual(await ledger.dueAnswers(T0 + 9_000, 10), []);
    assert.equal(await beside.resolve(byHand(decided(done(await lookAt(beside, first.seq))))), 'resolved');
    assert.deepEqual(await ledger.claim(PLENTY, T0 + 9_000), [], 'and it is not asked about again');
  }),
];

const WHILE_ASKED: readonly ContractCase[] = [
  rule('while an adapter asks again, a person can say that it was carried out: the claim is stale', async (under) => {
    const { ledger } = under;
    const first = await recordClaimed(ledger, anmodning('a', { konti: ['K'] }));
    await ledger.record([anmodning('b', { konti: ['K'] })], PLENTY);
    await ledger.settle([inDoubt(first, T0 + 2_000)], NONE);
    const second = only(await ledger.claim(PLENTY, T0 + 2_000));
    const beside = await under.beside();
    const undecided = await beside.undecided(first.seq);
    assert.deepEqual([undecided?.state, undecided?.claim.attempt], ['beingAsked', 2]);
    assert.equal(await beside.resolve(byHand(decided(done(second)))), 'resolved');
    const late = { ...done(second, 'afvist'), answer: answer('for-sent') };
    const settled = await ledger.settle([late], PLENTY);
    assert.deepEqual([settled.answers, settled.stale], [[], [first.seq]]);
    assert.deepEqual(idsOf(settled.claims), ['b']);
    assert.deepEqual(
      (await ledger.dueAnswers(T0 + 9_000, 10)).map(({ messageId }) => messageId),
      ['message-id-a'],
    );
  }),
  rule('while an adapter asks again, nobody can say that it was not carried out', async (under) => {
    const { ledger } = under;
    const first = await recordClaimed(ledger, anmodning('a'));
    await ledger.settle([inDoubt(first, T0 + 2_000)], NONE);
    const second = only(await ledger.claim(PLENTY, T0 + 2_000));
    const beside = await under.beside();
    for (const settlement of [done(second, 'afvist'), done(second, 'fejlet'), retrying(second, T0 + 3_000)]) {
      assert.equal(await beside.resolve(byHand(decided(settlement))), 'beingAsked');
    }
    assert.deepEqual((await ledger.settle([done(second)], NONE)).stale, []);
  }),
];

export const INTERVENTIONS: readonly ContractCase[] = [...DECIDED, ...REFUSED, ...WHILE_ASKED];
