/**
 * The reader and the W3C XML conformance suite. The suite is about XML with document types, which the reader refuses as a
 * whole; so the documents that have one are asked twice: as they stand, and without it.
 */
import { XmlDocument } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import { readXml } from '../../src/oio/xml-reader.ts';
import { type ConformanceCase, conformanceCases, withoutDoctype } from '../support/xmlconf.ts';

const CASES = conformanceCases();
/** XML 1.0, fifth edition, and a definite answer. */
const OURS = CASES.filter(({ isXml10, type }) => isXml10 && type !== 'error');

/** They speak of a DOCTYPE in a comment, an instruction, a CDATA section: there it is text. */
const DOCTYPE_AS_TEXT = ['o-p15pass1', 'o-p16pass1', 'o-p18pass1'];
/** Element names of colons alone: legal in XML 1.0, not in Namespaces in XML 1.0, which OIO-XML is built on. */
const NOT_NAMESPACE_WELL_FORMED = ['o-p04pass1', 'o-p05pass1'];

function verdictOf(bytes: Uint8Array): string {
  const result = readXml(bytes);
  return result.ok ? 'read' : result.fejl.kode;
}

/** How many of the cases had which verdict. */
function count(cases: readonly ConformanceCase[]): Readonly<Record<string, number>> {
  const verdicts = cases.map(({ bytes }) => verdictOf(bytes)).toSorted();
  return Object.fromEntries([...new Set(verdicts)].map((one) => [one, verdicts.filter((two) => two === one).length]));
}

function idsOf(cases: readonly ConformanceCase[], verdict: string): readonly string[] {
  return cases.filter(({ bytes }) => verdictOf(bytes) === verdict).map(({ id }) => id);
}

/** The judge: what libxml2 says of a document without a DOCTYPE, namespaces included. */
function isWellFormed(bytes: Uint8Array): boolean {
  try {
    XmlDocument.fromBuffer(bytes).dispose();
    return true;
  } catch {
    return false;
  }
}

describe('of the W3C XML conformance suite', () => {
  test('all 2,585 cases of the catalogue are found, 1,974 of them about XML 1.0 as it is now and with a definite answer', () => {
    expect([CASES.length, OURS.length]).toEqual([2585, 1974]);
  });

  test('every document that is not well-formed and has no DOCTYPE is refused: 243 of 243', () => {
    const broken = OURS.filter(({ type, hasDoctype }) => type === 'not-wf' && !hasDoctype);
    // DA-002: the bytes are not legal in the encoding. DA-003: an entity that nothing declares.
    expect(count(broken)).toEqual({ 'DA-001': 225, 'DA-002': 15, 'DA-003': 3 });
  });

  test('every document without a DOCTYPE that is well-formed is read', () => {
    const sound = OURS.filter(({ type, hasDoctype }) => type !== 'not-wf' && !hasDoctype);
    expect(count(sound)).toEqual({ read: 70, 'DA-001': 2 });
    expect(idsOf(sound, 'DA-001')).toEqual(NOT_NAMESPACE_WELL_FORMED);
  });

  test('every document with a DOCTYPE is refused, whatever else it is', () => {
    const withDoctype = OURS.filter(({ hasDoctype }) => hasDoctype);
    expect(count(withDoctype)).toEqual({ 'DA-003': 1634, 'DA-002': 21, 'DA-001': 1, read: 3 });
    expect(idsOf(withDoctype, 'read')).toEqual(DOCTYPE_AS_TEXT);
    // Its XML declaration is not closed, so that the DOCTYPE stands in what the declaration runs on into.
    expect(idsOf(withDoctype, 'DA-001')).toEqual(['o-p39fail5']);
  });

  test('a document whose DOCTYPE is taken off is read where libxml2 finds the rest well-formed, and else refused', () => {
    const disagreements: string[] = [];
    const counts = { read: 0, refused: 0, uncut: 0 };
    for (const { id, bytes } of OURS.filter(({ hasDoctype }) => hasDoctype)) {
      const rest = withoutDoctype(bytes);
      if (rest === undefined) {
        counts.uncut += 1;
        continue;
      }
      const { ok } = readXml(rest);
      counts[ok ? 'read' : 'refused'] += 1;
      if (ok !== isWellFormed(rest)) disagreements.push(id);
    }
    expect(disagreements).toEqual([]);
    expect(counts).toEqual({ read: 1208, refused: 440, uncut: 11 });
  });

  test('what is only about XML 1.1 or older editions, or left undecided, is refused but for what XML 1.0 now allows', () => {
    const others = CASES.filter((one) => !OURS.includes(one));
    expect(count(others)).toEqual({ 'DA-001': 75, 'DA-002': 17, 'DA-003': 516, read: 3 });
    // An xml:space of no known meaning, and two names that the fifth edition allows.
    expect(idsOf(others, 'read')).toEqual(['rmt-e2e-57', 'rmt-016', 'rmt-019']);
  });
});
