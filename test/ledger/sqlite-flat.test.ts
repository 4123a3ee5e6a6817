/** The flat forms that go over the border to the ledger's thread: what goes in comes out, whatever is mixed with what. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeliveryProperties } from '../../src/broker/delivery.ts';
import {
  anmodning,
  answer as answerOf,
  claimsOf,
  done,
  NONE,
  only,
  PLENTY,
} from '../../src/ledger/contract/fixture.ts';
import type { Identity, MessageDetails, Published, Settlement } from '../../src/ledger/ledger.ts';
import {
  flattenAnswers,
  flattenArrivals,
  flattenPublished,
  flattenRecorded,
  flattenSettlements,
  restoreAnswers,
  restoreArrivals,
  restorePublished,
  restoreRecorded,
  restoreSettlements,
} from '../../src/ledger/sqlite-flat.ts';
import { openSqliteThread } from '../../src/ledger/sqlite-thread.ts';
import type { WireRecorded, WireSettlement } from '../../src/ledger/sqlite-thread-calls.ts';
import type { Flat, WireAnswer, WireArrival, WireOutboxAnswer } from '../../src/ledger/sqlite-wire.ts';

const text = fc.string({ unit: 'binary' });
const number = fc.nat(Number.MAX_SAFE_INTEGER);
const place = fc.tuple(number, number);

/** Every key of the type is named here, so that one that is new fails to compile until the forms know it. */
function record<T extends object>(
  required: { readonly [Key in keyof T as undefined extends T[Key] ? never : Key]: fc.Arbitrary<T[Key]> },
  optional: {
    readonly [Key in keyof T as undefined extends T[Key] ? Key : never]-?: fc.Arbitrary<Exclude<T[Key], undefined>>;
  },
): fc.Arbitrary<T> {
  return fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) as never }) as fc.Arbitrary<T>;
}

const properties = record<DeliveryProperties>(
  {},
  {
    messageId: text,
    correlationId: text,
    userId: text,
    contentType: text,
    traceparent: text,
    deathReason: text,
    deathQueue: text,
  },
);
const identity = record<Identity>(
  {
    kind: fc.constantFrom('debitorkonto', 'kontantindbetaling', 'svar'),
    sender: text,
    id: text,
    contentHash: text,
  },
  { eksternId: text },
);
const details = record<MessageDetails>({ transaktionsId: text }, { myndighed: text, handlingstype: text });
const arrived = {
  queue: fc.constantFrom('debitorkonto', 'kontantindbetaling', 'udfald', 'fejlkoe'),
  receivedAt: number,
  routingKey: text,
  properties,
  raw: place,
};
const dispatch = fc.record({
  art: fc.constant('dispatch'),
  command: place,
  kontekst: place,
  lineKeys: text,
  details,
});
const fejlkoe = fc.record({ art: fc.constant('fejlkoe'), kode: text, aarsag: text, fingerprint: text });
const arrival: fc.Arbitrary<WireArrival> = fc.oneof(
  fc.record({ ...arrived, identity, fresh: dispatch }),
  fc.record({ ...arrived, identity }),
  fc.record({ ...arrived, fresh: fejlkoe }),
);

const answer = record<WireAnswer>(
  {
    art: fc.constantFrom('kvittering', 'transportkvittering', 'svar', 'svarkvittering'),
    exchange: text,
    routingKey: text,
    messageId: text,
    type: text,
    kode: text,
    // Names as AMQP knows them: a header of the name of an object's own prototype is not one of ours.
    headers: fc.dictionary(fc.stringMatching(/^[a-z-]{1,9}$/), text, { noNullPrototype: true }),
    body: place,
  },
  { correlationId: text },
);
const settled = { seq: number, attempt: number, at: number };
const settlement: fc.Arbitrary<WireSettlement> = fc.oneof(
  fc.record({
    ...settled,
    state: fc.constant('done'),
    udfald: fc.constantFrom('udfoert', 'afvist', 'fejlet'),
    answer,
  }),
  fc.record({ ...settled, state: fc.constant('retrying'), nextAttemptAt: number, aarsag: text }),
  fc.record({ ...settled, state: fc.constant('awaitingSvar'), answer, forventetSvarDato: text }),
);

const published: fc.Arbitrary<Published> = fc.oneof(
  fc.record({ art: fc.constant('confirmed'), answerId: number, at: number }),
  fc.record({ art: fc.constantFrom('returned', 'unknown'), answerId: number, at: number, nextAttemptAt: number }),
);
const sentAnswer = fc.record(
  { sent: number, answerId: number, attempts: number, seq: number },
  { requiredKeys: ['sent', 'answerId', 'attempts'] },
);
const outboxAnswer: fc.Arbitrary<WireOutboxAnswer> = fc.oneof(
  sentAnswer,
  fc.tuple(answer, number, number).map(([given, answerId, attempts]) => ({ ...given, answerId, attempts })),
);
const recorded: fc.Arbitrary<WireRecorded> = fc.oneof(
  fc.record({ art: fc.constantFrom('claimed', 'waiting'), seq: number }),
  fc.record({ art: fc.constant('nothing') }),
  fc.record({ art: fc.constant('answered'), judgement: fc.constant('answer'), answers: fc.array(outboxAnswer) }),
);

function comesBack<Item>(
  item: fc.Arbitrary<Item>,
  flatten: (items: readonly Item[]) => Flat<Item>,
  restore: (flat: Flat<Item>) => readonly Item[],
): void {
  fc.assert(
    fc.property(fc.array(item), (items) => {
      expect(restore(structuredClone(flatten(items)))).toStrictEqual(structuredClone(items));
    }),
    { numRuns: 300 },
  );
}

describe('what goes over the border in a flat form comes out as it went in, and in its order', () => {
  test('arrivals', () => comesBack(arrival, flattenArrivals, restoreArrivals));
  test('settlements', () => comesBack(settlement, flattenSettlements, restoreSettlements));
  test('publications', () => comesBack(published, flattenPublished, restorePublished));
  test('what became of arrivals', () => comesBack(recorded, flattenRecorded, restoreRecorded));
  test('answers', () => comesBack(outboxAnswer, flattenAnswers, restoreAnswers));
});

test('a form that is not whole is not taken for one', () => {
  const { values, others } = flattenPublished([{ art: 'confirmed', answerId: 1, at: 2 }]);
  expect(() => restorePublished({ values: values.slice(0, -1), others })).toThrow(TypeError);
});

test('a call that the thread can not restore fails alone, also among others, and the ledger goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  const ledger = await openSqliteThread(join(folder, 'ledger.db'));
  try {
    const [first, second] = claimsOf(await ledger.record([anmodning('a'), anmodning('b')], PLENTY));
    if (first === undefined || second === undefined) throw new Error('they were not claimed');
    // No program of ours makes one; what it stands for is a fault of ours that is found at last.
    const notText: unknown = 7;
    const faulty = { ...done(first), answer: answerOf('a', { headers: { antal: notText as string } }) } as Settlement;
    const together = await Promise.allSettled([ledger.settle([faulty], NONE), ledger.settle([done(second)], NONE)]);
    expect(together.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(only((await ledger.settle([done(first)], NONE)).answers).seq).toBe(first.seq);
  } finally {
    await ledger.close();
    rmSync(folder, { recursive: true });
  }
});
