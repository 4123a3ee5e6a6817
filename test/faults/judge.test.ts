/** The judge must be able to say no: for every fault that it counts, evidence of that fault and of nothing else. */
import { describe, expect, test } from 'vitest';
import { type Effect, type Evidence, type Received, type Sent, UNDISTURBED } from './evidence.ts';
import { judge } from './judge.ts';
import type { Faults, Verdict } from './verdict.ts';

const disturbed = { ...UNDISTURBED, redeliveries: 1 };
const NOTHING: Evidence = {
  sent: [],
  effects: [],
  received: [],
  fejlkoe: [],
  awaitingPerson: [],
  disturbances: disturbed,
};

function sent(n: number, id: string, over: Partial<Sent> = {}): Sent {
  const base = {
    fagsystem: 'kulturskole',
    art: 'handling',
    id,
    role: 'anmodning',
    lines: ['K-1'],
    content: 'X 1',
    oere: 0n,
  } as const;
  return { ...base, n, correlationId: `c-${n}`, messageId: `m-${n}`, confirmed: true, afterAnswer: false, ...over };
}
function effect(seq: number, id: string, over: Partial<Effect> = {}): Effect {
  return {
    seq,
    noegle: `handling:${id}`,
    fagsystem: 'kulturskole',
    art: 'handling',
    id,
    content: 'X 1',
    oere: 0n,
    ...over,
  };
}
function kvittering(id: string, correlationId: string, over: Partial<Received> = {}): Received {
  const base = {
    fagsystem: 'kulturskole',
    art: 'kvittering',
    kode: 'ACCEPTERET',
    conflict: false,
    redelivered: false,
  } as const;
  return { ...base, id, correlationId, messageId: `k-${id}`, body: `body ${id}`, ...over };
}
const svar = (id: string, correlationId: string, over: Partial<Received> = {}): Received =>
  kvittering(id, correlationId, {
    art: 'svar',
    kode: 'GENNEMFOERT',
    messageId: `s-${id}`,
    body: `svar ${id}`,
    ...over,
  });
const modtaget = (id: string, correlationId: string): Received => kvittering(id, correlationId, { kode: 'MODTAGET' });

function verdictOf(evidence: Partial<Evidence>): Verdict {
  return judge({ ...NOTHING, ...evidence }, { requireRedeliveries: true });
}

const FAULTS: readonly (keyof Faults)[] = [
  'lost',
  'carriedOutTwice',
  'unexpected',
  'differingAnswers',
  'missingAnswers',
  'svarBeforeModtaget',
  'orderBroken',
];

/** Exactly these faults, and a verdict that is not ok. */
function expectFaults(evidence: Partial<Evidence>, faults: Partial<Faults>): void {
  const verdict = verdictOf(evidence);
  const found = Object.fromEntries(
    FAULTS.filter((fault) => verdict[fault] > 0).map((fault) => [fault, verdict[fault]]),
  );
  expect(found, verdict.findings.join('\n')).toEqual(faults);
  expect(verdict.ok).toBe(false);
}

/** One anmodning that is carried out and answered as it should be. */
const fine = { sent: [sent(1, 'a')], effects: [effect(1, 'a')], received: [kvittering('a', 'c-1')] };
const payment = { art: 'kontantIndbetaling', lines: ['kontant/1'], content: 'INDBETALING 500', oere: 500n } as const;

describe('what is as it should be', () => {
  test('is ok: done at once, done later, refused, repeated, contradicted, unreadable, untrusted, paid', () => {
    const verdict = verdictOf({
      sent: [
        sent(1, 'a'),
        sent(2, 'b', { lines: ['K-1', 'K-2'] }),
        sent(3, 'r', { role: 'regelbrud', lines: [] }),
        sent(4, 'a', { role: 'gentagelse', afterAnswer: true }),
        sent(5, 'a', { role: 'konflikt', content: 'X 2' }),
        sent(6, 'u', { role: 'ulaeselig', lines: [] }),
        sent(7, 'f', { role: 'falsk', lines: [] }),
        sent(8, 'p', payment),
        sent(9, 'n'),
      ],
      effects: [effect(1, 'a'), effect(2, 'b'), effect(3, 'p', payment)],
      received: [
        kvittering('a', 'c-1'),
        modtaget('b', 'c-2'),
        svar('b', 'c-2'),
        svar('b', 'c-2'),
        kvittering('r', 'c-3', { kode: 'AFVIST' }),
        kvittering('a', 'c-4'),
        kvittering('a', 'c-5', { kode: 'AFVIST', conflict: true, body: 'DA-104', messageId: 'k-5' }),
        kvittering('u', 'c-6', { art: 'transportkvittering', kode: 'FEJL', id: undefined }),
        kvittering('p', 'c-8'),
        kvittering('n', 'c-9', { kode: 'FEJLET' }),
      ],
      fejlkoe: ['m-6', 'm-7'],
    });
    expect(verdict.findings).toEqual([]);
    expect(verdict).toMatchObject({ ok: true, oereBooked: 500n, oereAccepted: 500n, repeatsReceived: 2, distinct: 5 });
  });

  test('proves nothing without a single redelivery', () => {
    expect(verdictOf({ ...fine, disturbances: UNDISTURBED }).ok).toBe(false);
    expect(judge({ ...NOTHING, ...fine, disturbances: UNDISTURBED }, { requireRedeliveries: false }).ok).toBe(true);
  });

  test('needs nothing of a message that was never confirmed', () => {
    expect(verdictOf({ sent: [sent(1, 'a', { confirmed: false })] }).ok).toBe(true);
  });

  test('is also an anmodning that waits for a person, and those behind it in its lines, but no other', () => {
    const waiting = {
      sent: [sent(1, 'a', { lines: ['K-1', 'K-2'] }), sent(2, 'b', { lines: ['K-2'] })],
      awaitingPerson: ['a'],
    };
    expect(verdictOf({ ...waiting, effects: [effect(1, 'a')] }).ok).toBe(true);
    expectFaults(
      { ...waiting, sent: [...waiting.sent, sent(3, 'c', { lines: ['K-3'] })] },
      { lost: 1, missingAnswers: 1 },
    );
  });
});

describe('lost', () => {
  test('is an anmodning that left no trace', () => {
    expectFaults({ sent: [sent(1, 'a')] }, { lost: 1, missingAnswers: 1 });
  });

  test('is an anmodning that was answered as carried out and was not', () => {
    expectFaults({ ...fine, effects: [] }, { lost: 1 });
  });

  test('is a repeat without an answer, where the first was answered before it was sent', () => {
    const repeat = (afterAnswer: boolean) => sent(2, 'a', { role: 'gentagelse', afterAnswer });
    expectFaults({ ...fine, sent: [...fine.sent, repeat(true)] }, { lost: 1 });
    expect(verdictOf({ ...fine, sent: [...fine.sent, repeat(false)] }).ok).toBe(true);
  });

  test('is a conflict that was never refused', () => {
    expectFaults({ ...fine, sent: [...fine.sent, sent(2, 'a', { role: 'konflikt', content: 'X 2' })] }, { lost: 1 });
  });

  test('is an unreadable or untrusted message that is not in the fejlkø', () => {
    const received = [kvittering('u', 'c-1', { art: 'transportkvittering', id: undefined })];
    expectFaults({ sent: [sent(1, 'u', { role: 'ulaeselig', lines: [] })], received }, { lost: 1 });
    expectFaults({ sent: [sent(1, 'f', { role: 'falsk', lines: [] })] }, { lost: 1 });
  });
});

describe('carried out twice', () => {
  test('is a second effect of one anmodning, under the same key or another', () => {
    expectFaults({ ...fine, effects: [effect(1, 'a'), effect(2, 'a')] }, { carriedOutTwice: 1 });
    expectFaults({ ...fine, effects: [effect(1, 'a'), effect(2, 'a', { noegle: 'another' })] }, { carriedOutTwice: 1 });
  });

  test('is not the same id from another fagsystem', () => {
    const other = { fagsystem: 'byggesag' };
    const both = { sent: [...fine.sent, sent(2, 'a', other)], effects: [effect(1, 'a'), effect(2, 'a', other)] };
    expect(verdictOf({ ...both, received: [kvittering('a', 'c-1'), kvittering('a', 'c-2', other)] }).ok).toBe(true);
  });
});

describe('unexpected', () => {
  const more = (one: Received): Partial<Evidence> => ({ ...fine, received: [...fine.received, one] });

  test('is an effect that nobody asked for, or of what a rule refuses', () => {
    expectFaults({ ...fine, effects: [effect(1, 'a'), effect(2, 'z')] }, { unexpected: 1 });
    const refused = [kvittering('r', 'c-1', { kode: 'AFVIST' })];
    const evidence = { sent: [sent(1, 'r', { role: 'regelbrud' })], received: refused, effects: [effect(1, 'r')] };
    expectFaults(evidence, { unexpected: 1 });
  });

  test('is an effect with the content of a conflict', () => {
    expectFaults({ ...fine, effects: [effect(1, 'a', { content: 'X 2' })] }, { unexpected: 1 });
  });

  test('is an effect of what was answered as not carried out', () => {
    expectFaults({ ...fine, received: [kvittering('a', 'c-1', { kode: 'FEJLET' })] }, { unexpected: 1 });
  });

  test('is an answer to nothing, to the wrong fagsystem, or about another anmodning', () => {
    expectFaults(more(kvittering('a', 'c-99')), { unexpected: 1 });
    expectFaults(more(kvittering('a', 'c-1', { fagsystem: 'byggesag' })), { unexpected: 1 });
    expectFaults(more(kvittering('b', 'c-1')), { unexpected: 1 });
    expectFaults(more(kvittering('a', 'c-1', { id: undefined })), { unexpected: 1 });
  });

  test('is an answer to a sender who is not trusted', () => {
    const evidence = { sent: [sent(1, 'f', { role: 'falsk' })], fejlkoe: ['m-1'], received: [kvittering('f', 'c-1')] };
    expectFaults(evidence, { unexpected: 1 });
  });

  test('is a svar to what was answered at once', () => {
    expectFaults(more(svar('a', 'c-1')), { unexpected: 1 });
  });

  test('is a conflict that is answered like the first', () => {
    const conflict = sent(2, 'a', { role: 'konflikt', content: 'X 2' });
    expectFaults({ ...more(kvittering('a', 'c-2')), sent: [...fine.sent, conflict] }, { unexpected: 1, lost: 1 });
  });
});

describe('differing answers', () => {
  test('are two bodies, or two message ids, for one anmodning', () => {
    const again = (over: Partial<Received>) => ({
      ...fine,
      received: [...fine.received, kvittering('a', 'c-1', over)],
    });
    expectFaults(again({ body: 'another' }), { differingAnswers: 1 });
    expectFaults(again({ messageId: 'another' }), { differingAnswers: 1 });
    expect(verdictOf(again({})).ok).toBe(true);
  });

  test('are two different svar', () => {
    const received = [modtaget('a', 'c-1'), svar('a', 'c-1'), svar('a', 'c-1', { body: 'another' })];
    expectFaults({ ...fine, received }, { differingAnswers: 1 });
  });

  test('are two answers to the same conflict, but not to two conflicts', () => {
    const refusal = (n: number, body: string) => kvittering('a', `c-${n}`, { kode: 'AFVIST', conflict: true, body });
    const conflicts = (content: string) => [
      sent(2, 'a', { role: 'konflikt', content: 'X 2' }),
      sent(3, 'a', { role: 'konflikt', content }),
    ];
    const received = [...fine.received, refusal(2, 'one'), refusal(3, 'two')];
    expectFaults({ ...fine, sent: [...fine.sent, ...conflicts('X 2')], received }, { differingAnswers: 1 });
    expect(verdictOf({ ...fine, sent: [...fine.sent, ...conflicts('X 3')], received }).ok).toBe(true);
  });
});

describe('missing answers', () => {
  test('are a kvittering that never came, and a svar after a MODTAGET', () => {
    expectFaults({ ...fine, received: [] }, { missingAnswers: 1 });
    expectFaults({ ...fine, received: [modtaget('a', 'c-1')] }, { missingAnswers: 1 });
    expectFaults({ ...fine, received: [svar('a', 'c-1')] }, { missingAnswers: 1, svarBeforeModtaget: 1 });
  });

  test('are a TransportKvittering that never came', () => {
    const evidence = { sent: [sent(1, 'u', { role: 'ulaeselig' })], fejlkoe: ['m-1'] };
    expectFaults(evidence, { missingAnswers: 1 });
  });
});

test('a svar before its MODTAGET is found', () => {
  expectFaults({ ...fine, received: [svar('a', 'c-1'), modtaget('a', 'c-1')] }, { svarBeforeModtaget: 1 });
});

describe('the order of a line', () => {
  const two = (linesOfB: readonly string[]): Partial<Evidence> => ({
    sent: [sent(1, 'a'), sent(2, 'b', { lines: linesOfB })],
    effects: [effect(1, 'b'), effect(2, 'a')],
    received: [kvittering('a', 'c-1'), kvittering('b', 'c-2')],
  });

  test('is broken by a later anmodning that was carried out first, also where it stands in two lines', () => {
    expectFaults(two(['K-1']), { orderBroken: 1 });
    expectFaults(two(['K-2', 'K-1']), { orderBroken: 1 });
    expect(verdictOf(two(['K-2'])).ok).toBe(true);
  });

  test('counts the first effect of each, and is not upset by one that was never carried out', () => {
    const refused = kvittering('b', 'c-2', { kode: 'AFVIST' });
    const sentAll = [sent(1, 'a'), sent(2, 'b'), sent(3, 'c')];
    const received = [kvittering('a', 'c-1'), refused, kvittering('c', 'c-3')];
    expect(verdictOf({ sent: sentAll, received, effects: [effect(4, 'a'), effect(9, 'c')] }).ok).toBe(true);
  });
});

test('øre that were booked and not accepted are found, in either direction', () => {
  const paid = {
    sent: [sent(1, 'p', payment)],
    effects: [effect(1, 'p', payment)],
    received: [kvittering('p', 'c-1')],
  };
  expect(verdictOf(paid).ok).toBe(true);
  const twice = verdictOf({ ...paid, effects: [effect(1, 'p', payment), effect(2, 'p', payment)] });
  expect(twice).toMatchObject({ ok: false, oereBooked: 1000n, oereAccepted: 500n });
  expect(verdictOf({ ...paid, effects: [] })).toMatchObject({ ok: false, oereBooked: 0n, oereAccepted: 500n });
});
