/**
 * Every refusal tells the sender what is wrong, where, and what to do, in Danish, and repeats nothing of the message that
 * could be a CPR number. The way is the whole one, from bytes to what people get to read.
 */
import { describe, expect, test } from 'vitest';
import type { QueueKind } from '../../src/broker/delivery.ts';
import { FEJLKODER } from '../../src/errors.ts';
import type { Judgement, Known } from '../../src/ledger/ledger.ts';
import { kontantIndbetaling, svarFraDebitorsystem } from '../support/meddelelser.ts';
import { readDelivery, textsOf } from '../support/reading.ts';
import { xsdProblems } from '../support/xsd.ts';
import { AGAINST_A_RULE, AGAINST_THE_SCHEMA, ANMODNING, CPR_NUMBER, UNREADABLE } from './faulty-messages.ts';

const CPR_WITH_DASH = '010170-1234';
const NOTHING_KNOWN: Known = { earlier: 'none', eksternIdUsed: false };

function judge(body: string | Uint8Array, queue: QueueKind = 'debitorkonto', known = NOTHING_KNOWN): Judgement {
  const userId = queue === 'udfald' ? 'kommunedebitor' : 'kulturskole';
  const routingKey = queue === 'udfald' ? `${userId}.udfald` : `${queue}.${userId}`;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const exchange = queue === 'udfald' ? 'debitor.udfald' : 'debitor.anmodning';
  const properties = { userId };
  return readDelivery({ queue, exchange, routingKey, redelivered: false, body: bytes, properties }).judge(known);
}

describe('a refusal says what, where and what to do', () => {
  test.each([...UNREADABLE, ...AGAINST_THE_SCHEMA])('$kode: $what', ({ make, kode, sted, queue }) => {
    const judgement = judge(make(), queue);
    if (judgement.art !== 'fejlkoe') throw new Error(judgement.art);
    const { hvad, afhjaelpning } = FEJLKODER[kode];
    const { aarsag, answer } = judgement;
    expect([judgement.kode, aarsag.startsWith(hvad), aarsag.endsWith(`. ${afhjaelpning}.`)]).toEqual([
      kode,
      true,
      true,
    ]);
    const said = aarsag.slice(hvad.length, aarsag.length - afhjaelpning.length - '. .'.length);
    if (sted === undefined) expect(said).toBe('');
    else if (typeof sted === 'string') expect(said).toBe(` (${sted})`);
    else expect(said.slice(2, -1)).toMatch(sted);
    // The answer says the same, in a form that the sender's own XSD admits.
    const xml = new TextDecoder().decode(answer?.body);
    expect(xml).toContain(`<kv:FejlKode>${kode}</kv:FejlKode>`);
    expect(xsdProblems(xml)).toEqual([]);
    expect(textsOf(judgement)).not.toContain(CPR_NUMBER);
  });

  test.each(AGAINST_A_RULE)('$kode: $what', ({ make, kode, sted, queue, known }) => {
    const judgement = judge(make(), queue, known);
    if (judgement.art !== 'answer') throw new Error(`${judgement.art} ${textsOf(judgement)}`);
    const { hvad, afhjaelpning } = FEJLKODER[kode];
    const texts = textsOf(judgement).split('\n');
    expect(texts).toContain(kode);
    expect(texts).toContain(`${hvad}${sted === undefined ? '' : ` (${String(sted)})`}. ${afhjaelpning}.`);
    expect(xsdProblems(judgement.answer.body)).toEqual([]);
    expect(texts.join('\n')).not.toContain(CPR_NUMBER);
  });

  test('for every code that can be met before the debitorsystem is asked there is a case above', () => {
    const met = new Set<string>([...UNREADABLE, ...AGAINST_THE_SCHEMA, ...AGAINST_A_RULE].map(({ kode }) => kode));
    const possible = Object.keys(FEJLKODER).filter((kode) => /^DA-(00[1-6]|10[1-8]|110)$/.test(kode));
    expect([...met].toSorted()).toEqual(possible);
  });

  test('every code has Danish texts without a final stop and without a number that looks like a person', () => {
    for (const { hvad, afhjaelpning, drift } of Object.values(FEJLKODER)) {
      for (const text of [hvad, afhjaelpning, drift.replace(/\.$/, '')]) expect(text).toMatch(/^[A-ZÆØÅ].{5,}[^.]$/);
      expect(hvad + afhjaelpning + drift).not.toMatch(/\d{6}/);
    }
  });
});

describe('no text repeats a CPR number', () => {
  const MESSAGES: readonly (readonly [queue: QueueKind, xml: string])[] = [
    ['debitorkonto', ANMODNING],
    ['kontantindbetaling', kontantIndbetaling({ transaktionsId: CPR_NUMBER, eksternId: CPR_NUMBER })],
    ['udfald', svarFraDebitorsystem({ id: '11111111-2222-4333-8444-555555555555', transaktionsId: CPR_NUMBER })],
  ];

  test.each(MESSAGES)('wherever in the message it is written: %s', (queue, xml) => {
    const outcomes = new Set<string>();
    for (const written of [
      CPR_NUMBER,
      ` ${CPR_NUMBER}`,
      `<a${CPR_NUMBER}>`,
      `&${CPR_NUMBER};`,
      ` a${CPR_NUMBER}="${CPR_NUMBER}" `,
      `<a${CPR_WITH_DASH}>`,
      `-${CPR_WITH_DASH}`,
    ]) {
      for (let at = 0; at <= xml.length; at += 1) {
        const judgement = judge(xml.slice(0, at) + written + xml.slice(at), queue);
        outcomes.add(judgement.art === 'fejlkoe' ? judgement.kode : judgement.art);
        const texts = textsOf(judgement);
        if (texts.includes(CPR_NUMBER) || texts.includes(CPR_WITH_DASH))
          throw new Error(`${written} at ${at}: ${texts}`);
      }
    }
    expect(outcomes).not.toContain('DA-901');
    expect([...outcomes]).toEqual(expect.arrayContaining(['DA-001', 'DA-004', 'DA-005']));
  });
});
