/** Contract: identities, repeats, conflicts, and the fejlkø. */
import assert from 'node:assert/strict';
import type { Arrival } from '../ledger.ts';
import {
  anmodning,
  answer,
  answersOf,
  type ContractCase,
  claimsOf,
  done,
  idsOf,
  indbetaling,
  NONE,
  only,
  PLENTY,
  recordClaimed,
  rule,
  T0,
  text,
  unreadable,
} from './fixture.ts';

const FIRST_STEPS: readonly ContractCase[] = [
  rule('a batch is recorded in its order, and what heads its lines is claimed at once', async ({ ledger }) => {
    const recorded = await ledger.record([anmodning('a'), anmodning('b'), anmodning('c')], PLENTY);
    const claims = claimsOf(recorded);
    assert.deepEqual(idsOf(claims), ['a', 'b', 'c']);
    const seqs = claims.map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      seqs.toSorted((one, other) => one - other),
    );
    assert.equal(new Set(seqs).size, 3);
  }),
  rule('a claim carries its command, its kontekst and the properties that its answers need', async (under) => {
    const properties = { messageId: 'm-1', correlationId: 'c-1', traceparent: '00-1-1-01', userId: 'kulturskole' };
    const kept = { messageId: 'm-1', correlationId: 'c-1', traceparent: '00-1-1-01' };
    const arrivals = [anmodning('a', { properties }), anmodning('b', { properties })];
    const [first] = claimsOf(await under.ledger.record(arrivals, { debitorkonto: 1, kontantindbetaling: 0 }));
    await under.restart();
    const second = only(await under.ledger.claim(PLENTY, T0));
    for (const [claim, id] of [
      [first, 'a'],
      [second, 'b'],
    ] as const) {
      assert.ok(claim !== undefined);
      assert.deepEqual(idsOf([claim]), [id]);
      assert.deepEqual(claim.properties, kept);
      assert.equal(claim.kontekst, `kontekst-${id}`);
      assert.equal(claim.attempt, 1);
      assert.equal(claim.inDoubt, false);
      assert.ok(claim.command.art === 'handling');
      assert.equal(claim.command.parametre.beloebOere, 12345n);
    }
  }),
  rule('a KundeNummer survives the ledger with all its digits', async ({ ledger }) => {
    await ledger.record([indbetaling('p', { kunde: '0101701234' })], NONE);
    const { command } = only(await ledger.claim(PLENTY, T0));
    assert.ok(command.art === 'kontantIndbetaling');
    assert.equal(command.kundeNummer.reveal(), '0101701234');
  }),
  rule('an empty batch records nothing', async ({ ledger }) => {
    assert.deepEqual(await ledger.record([], PLENTY), []);
    assert.deepEqual(await ledger.settle([], PLENTY), { answers: [], claims: [], stale: [] });
  }),
  rule('what is refused by a rule is answered at once and finished', async ({ ledger }) => {
    const details = { transaktionsId: 't' };
    const refused = anmodning('a', {
      judge: () => ({ art: 'answer', answer: answer('nej', { kode: 'AFVIST' }), details }),
    });
    const [recorded] = await ledger.record([refused], PLENTY);
    assert.ok(recorded?.art === 'answered' && recorded.judgement === 'answer');
    assert.equal(text(only(recorded.answers).body), '<kvittering>nej</kvittering>');
    const { message } = only(await ledger.history('a'));
    assert.equal(message.state, 'done');
    assert.equal(message.first, true);
    const [again] = await ledger.record([anmodning('a')], PLENTY);
    assert.ok(again?.art === 'answered' && again.judgement === 'repeat', 'its repeat gets the same answer');
    assert.equal(text(only(again.answers).body), '<kvittering>nej</kvittering>');
  }),
];

const REPEATS: readonly ContractCase[] = [
  rule(
    'the same message again gets the stored answer: same body, same message id, also after a restart',
    async (under) => {
      const claim = await recordClaimed(under.ledger, anmodning('a'));
      const first = only((await under.ledger.settle([done(claim)], NONE)).answers);
      await under.restart();
      const repeat = only(answersOf(await under.ledger.record([anmodning('a', { at: T0 + 9_000 })], PLENTY)));
      assert.deepEqual(Buffer.from(repeat.body), Buffer.from(first.body));
      const pick = ({ art, exchange, routingKey, messageId, type, headers, kode }: typeof first) => ({
        art,
        exchange,
        routingKey,
        messageId,
        type,
        headers,
        kode,
      });
      assert.deepEqual(pick(repeat), pick(first));
      assert.notEqual(repeat.answerId, first.answerId);
      assert.deepEqual(await under.ledger.claim(PLENTY, T0 + 99_000), []);
    },
  ),
  rule(
    "a repeated answer takes the repeat's correlation id, else its message id, else keeps its own",
    async ({ ledger }) => {
      const claim = await recordClaimed(ledger, anmodning('a'));
      const settlement = done(claim);
      assert.ok(settlement.state === 'done');
      await ledger.settle([{ ...settlement, answer: answer('a', { correlationId: 'første' }) }], NONE);
      const properties = [{ correlationId: 'c', messageId: 'm' }, { messageId: 'm' }, {}];
      const repeats = await ledger.record(
        properties.map((each) => anmodning('a', { properties: each })),
        PLENTY,
      );
      assert.deepEqual(
        answersOf(repeats).map(({ correlationId }) => correlationId),
        ['c', 'm', 'første'],
      );
    },
  ),
  rule('a repeat while the first is unfinished adds nothing, also within one batch', async ({ ledger }) => {
    const recorded = await ledger.record([anmodning('a'), anmodning('a')], PLENTY);
    assert.deepEqual(
      recorded.map(({ art }) => art),
      ['claimed', 'nothing'],
    );
    const [later] = await ledger.record([anmodning('a')], PLENTY);
    assert.equal(later?.art, 'nothing');
    assert.equal((await ledger.counts('2026-11-22')).unfinished.debitorkonto, 1);
  }),
  rule('other content under a used id is judged so, and leaves the first alone', async ({ ledger }) => {
    const claim = await recordClaimed(ledger, anmodning('a'));
    const [conflict] = await ledger.record([anmodning('a', { content: 'andet' })], PLENTY);
    assert.ok(conflict?.art === 'answered' && conflict.judgement === 'answer');
    assert.equal(only((await ledger.settle([done(claim)], NONE)).answers).kode, 'ACCEPTERET');
    assert.deepEqual(
      (await ledger.history('a')).map(({ message }) => message.first),
      [true, false],
    );
  }),
  rule(
    'a repeat of a refused conflict gets its refusal again, and a repeat of the first its own answer',
    async ({ ledger }) => {
      const claim = await recordClaimed(ledger, anmodning('a'));
      await ledger.record([anmodning('a', { content: 'andet' })], PLENTY);
      await ledger.settle([done(claim)], NONE);
      const contents = ['andet', 'indhold', 'tredje', 'andet'];
      const repeats = await ledger.record(
        contents.map((content) => anmodning('a', { content })),
        PLENTY,
      );
      assert.deepEqual(
        answersOf(repeats).map(({ messageId }) => messageId),
        ['message-id-a-andet', 'message-id-a', 'message-id-a-tredje', 'message-id-a-andet'],
      );
    },
  ),
  rule('the same id of another sender, or of another kind, is another message', async ({ ledger }) => {
    const arrivals = [
      anmodning('a'),
      anmodning('a', { sender: 'byggesag' }),
      indbetaling('a', { sender: 'kulturskole' }),
    ];
    assert.equal(claimsOf(await ledger.record(arrivals, PLENTY)).length, 3);
  }),
  rule('what was used before is never recorded as work again, whatever it is judged', async ({ ledger }) => {
    const claim = await recordClaimed(ledger, anmodning('a'));
    await ledger.settle([done(claim)], NONE);
    const fresh = anmodning('a').judge({ earlier: 'none', eksternIdUsed: false });
    const before = await ledger.counts('2026-11-22');
    await assert.rejects(ledger.record([anmodning('a', { judge: () => fresh })], PLENTY));
    assert.deepEqual(await ledger.counts('2026-11-22'), before);
  }),
];

const PAYMENTS: readonly ContractCase[] = [
  rule(
    "a payment's id at the card company is used by one payment of a sender, also within one batch",
    async ({ ledger }) => {
      const arrivals = [
        indbetaling('p', { eksternId: 'kort-1' }),
        indbetaling('q', { eksternId: 'kort-1' }),
        indbetaling('p', { eksternId: 'kort-1' }),
        indbetaling('r', { eksternId: 'kort-1', sender: 'anden' }),
        indbetaling('s', { eksternId: 'kort-2' }),
      ];
      const recorded = await ledger.record(arrivals, PLENTY);
      assert.deepEqual(
        recorded.map(({ art }) => art),
        ['claimed', 'answered', 'nothing', 'waiting', 'waiting'],
      );
      assert.equal(only(answersOf(recorded)).messageId, 'message-id-DA-110-q');
    },
  ),
  rule('a refused payment gives its id at the card company free, a booked one keeps it', async ({ ledger }) => {
    for (const [udfald, next] of [
      ['afvist', 'claimed'],
      ['fejlet', 'claimed'],
      ['udfoert', 'answered'],
    ] as const) {
      const eksternId = `kort-${udfald}`;
      const claim = await recordClaimed(ledger, indbetaling(`p-${udfald}`, { eksternId }));
      await ledger.settle([done(claim, udfald)], NONE);
      const [recorded] = await ledger.record([indbetaling(`q-${udfald}`, { eksternId })], PLENTY);
      assert.equal(recorded?.art, next, `after ${udfald}`);
      if (recorded?.art === 'claimed') await ledger.settle([done(recorded.claim)], NONE);
    }
  }),
];

const FAULTS: readonly ContractCase[] = [
  rule(
    'a judgement that throws in the middle of a batch leaves nothing of the batch, and is passed on as it is',
    async ({ ledger }) => {
      const fault = new RangeError('fejl i en regel');
      const bad = anmodning('b', {
        judge: () => {
          throw fault;
        },
      });
      const batch = [anmodning('a'), indbetaling('p', { eksternId: 'kort' }), unreadable('x'), bad];
      await assert.rejects(ledger.record(batch, PLENTY), (error) => error === fault);
      const counts = await ledger.counts('2026-11-22');
      assert.equal(
        Object.values(counts.byState).reduce((sum, count) => sum + count),
        0,
      );
      assert.equal(counts.fejlkoe, 0);
      const again = await ledger.record([anmodning('a'), indbetaling('q', { eksternId: 'kort' })], PLENTY);
      assert.deepEqual(idsOf(claimsOf(again)), ['a', 'q']);
      const after = await ledger.counts('2026-11-22');
      assert.deepEqual(
        [after.byState.dispatching, after.fejlkoe],
        [2, 0],
        'what was undone is not counted later either',
      );
    },
  ),
  rule(
    'what there is nothing to record of leaves nothing, and what stands around it is recorded',
    async ({ ledger }) => {
      const nothing: Arrival = { ...unreadable('x'), judge: () => ({ art: 'nothing' }) };
      const recorded = await ledger.record([anmodning('a'), nothing, anmodning('b')], PLENTY);
      assert.equal(recorded[1]?.art, 'nothing');
      assert.deepEqual(idsOf(claimsOf(recorded)), ['a', 'b']);
      assert.deepEqual(await ledger.fejlkoe({ limit: 10 }), []);
    },
  ),
  rule(
    'what is unreadable is kept with its bytes and its reason, once however often it arrives',
    async ({ ledger }) => {
      await ledger.record([unreadable('x'), unreadable('x')], PLENTY);
      await ledger.record([unreadable('x'), unreadable('y')], PLENTY);
      const rows = await ledger.fejlkoe({ limit: 10 });
      assert.deepEqual(
        rows.map(({ seen, bytes }) => [seen, bytes]),
        [
          [3, 2],
          [1, 2],
        ],
      );
      const kept = await ledger.fejlkoeRaw(rows[0]?.id ?? 0);
      assert.ok(kept !== undefined);
      assert.equal(text(kept.raw), '<x');
      assert.deepEqual(kept.row, rows[0]);
      const { kode, aarsag, queue, userId, messageId } = kept.row;
      assert.deepEqual(
        [kode, aarsag, queue, userId, messageId],
        ['DA-001', 'ikke velformet', 'debitorkonto', 'kulturskole', 'delivery-x'],
      );
      assert.equal(await ledger.fejlkoeRaw(4711), undefined);
    },
  ),
  rule('what is unreadable is answered each time it arrives, by the same message id', async ({ ledger }) => {
    const broken = unreadable('x', { answer: answer('x', { art: 'transportkvittering', kode: 'FEJL' }) });
    const first = only(answersOf(await ledger.record([broken], PLENTY)));
    const second = only(answersOf(await ledger.record([broken], PLENTY)));
    assert.equal(first.seq, undefined);
    assert.equal(first.messageId, second.messageId);
    assert.notEqual(first.answerId, second.answerId);
  }),
  rule('what is unreadable does not use up an id', async ({ ledger }) => {
    const judge = () => ({ art: 'fejlkoe', kode: 'DA-005', aarsag: 'skema' }) as const;
    await ledger.record([anmodning('a', { judge })], PLENTY);
    assert.deepEqual(idsOf([await recordClaimed(ledger, anmodning('a', { content: 'rettet' }))]), ['a']);
  }),
];

export const RECORDING: readonly ContractCase[] = [...FIRST_STEPS, ...REPEATS, ...PAYMENTS, ...FAULTS];
