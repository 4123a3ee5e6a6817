/** The lane for plain documents: it takes the ordinary ones, it leaves the rest, and it never differs from the parser. */
import { describe, expect, test } from 'vitest';
import { writeDocument } from '../../src/oio/document.ts';
import { DEFAULT_DKA_NAMESPACE } from '../../src/oio/namespaces.ts';
import { readPlain } from '../../src/oio/plain-reader.ts';
import { DEFAULT_LIMITS } from '../../src/oio/xml-reader.ts';
import { bodyOf, FAGSYSTEM, type Kind } from '../bench/workload.ts';
import { SAMPLES } from '../support/samples.ts';
import { conformanceCases, withoutDoctype } from '../support/xmlconf.ts';
import { type Comparison, compareBytes, compareText, MESSAGES, provedPlain } from './plain-documents.ts';

const DOCUMENTS = 60_000;

function isLeft(text: string): boolean {
  return readPlain(text, undefined, DEFAULT_LIMITS) === undefined;
}

function count(comparisons: readonly Comparison[]): Readonly<Record<string, number>> {
  const names = comparisons.map((one) => (typeof one === 'string' ? one : one.disagreement));
  return Object.fromEntries(
    [...new Set(names)].toSorted().map((one) => [one, names.filter((two) => two === one).length]),
  );
}

describe('what the lane takes is what the parser reads, tree for tree', () => {
  test('in sixty thousand documents with changes where they mean something', () => {
    const { disagreements, documents, taken } = provedPlain({ documents: DOCUMENTS, seed: 1 });
    expect(disagreements).toEqual([]);
    expect(documents).toBe(DOCUMENTS);
    // Where the lane took nothing, nothing would be proved.
    expect(taken).toBeGreaterThan(DOCUMENTS / 20);
  });

  test('in the W3C XML conformance suite, with and without the document types', () => {
    const all = conformanceCases().map(({ bytes }) => bytes);
    const documents = [...all, ...all.map(withoutDoctype).filter((one) => one !== undefined)];
    const { taken = 0, left = 0, ...disagreements } = count(documents.map(compareBytes));
    expect(disagreements).toEqual({});
    expect(taken).toBeGreaterThan(100);
    expect(left).toBeGreaterThan(2000);
  });

  test('for every character that stands alone, in text and in an attribute', () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
    const texts = count(units.map((unit) => compareText(`<a b="1">e${unit}e</a>`)));
    const values = count(units.map((unit) => compareText(`<a b="${unit}">e</a>`)));
    expect([texts, values].map((one) => Object.keys(one))).toEqual([
      ['left', 'taken'],
      ['left', 'taken'],
    ]);
  });

  test('for every character in a name, first or later', () => {
    const units = Array.from({ length: 0x3000 }, (_, unit) => String.fromCharCode(unit));
    const names = units.flatMap((unit) => [unit, `a${unit}`, `p:${unit}`, `${unit}:a`]);
    const documents = names.flatMap((name) => [
      `<r xmlns:p="urn:p"><${name}/></r>`,
      `<r xmlns:p="urn:p"><a ${name}="1"/></r>`,
    ]);
    expect(Object.keys(count(documents.map((text) => compareText(text))))).toEqual(['left', 'taken']);
  });
});

describe('the ordinary documents take the lane', () => {
  const KINDS: readonly Kind[] = [
    { art: 'debitorkonto' },
    { art: 'kontantindbetaling' },
    { art: 'large', fordringer: 10_000 },
  ];

  test.each(KINDS)('what the bench sends: %o', (kind) => {
    expect(compareBytes(bodyOf({ fagsystem: FAGSYSTEM, kind, run: 'lane' }, 1))).toBe('taken');
  });

  test('every message of the examples and the fixtures that has no reference, once its comment is taken out', () => {
    const plain = MESSAGES.map((text) => text.replaceAll(/<!--.*?-->/gs, '')).filter((text) => !text.includes('&'));
    expect(plain.length).toBeGreaterThan(100);
    // The one that is left is not well-formed: examples/meddelelser/ikke-velformet.xml.
    expect(count(plain.map((text) => compareText(text)))).toEqual({ taken: plain.length - 1, left: 1 });
  });

  test('our own documents of every kind, in both spellings and every encoding that holds them', () => {
    const texts = SAMPLES.flatMap(({ stem, document }) =>
      (['danish', 'ascii'] as const).map((spelling) =>
        Buffer.from(writeDocument(stem, document, { namespace: DEFAULT_DKA_NAMESPACE, spelling }))
          .toString()
          .replaceAll(/&[a-z]+;/g, '–'),
      ),
    );
    const bytes = texts.flatMap((text) => [
      Buffer.from(text),
      Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`),
      Buffer.from(`\ufeff${text.replace('UTF-8', 'UTF-16')}`, 'utf16le'),
      Buffer.from(text.replace('UTF-8', 'ISO-8859-1').replaceAll('–', '-'), 'latin1'),
    ]);
    expect(count(bytes.map(compareBytes))).toEqual({ taken: bytes.length });
  });
});

describe('the lane leaves to the parser what is not certainly plain', () => {
  const DOUBTFUL: readonly (readonly [what: string, text: string])[] = [
    ['a reference', '<a>&amp;</a>'],
    ['a comment', '<a><!-- b --></a>'],
    ['an instruction', '<a><?b?></a>'],
    ['CDATA', '<a><![CDATA[b]]></a>'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['XML 1.1', '<?xml version="1.1"?><a/>'],
    ['a second byte order mark', '\ufeff<a/>'],
    ['a name beyond the Danish letters', '<é/>'],
    ['the prefix xml', '<a xml:lang="da"/>'],
    ['a tag that the end tag does not fit', '<a></b>'],
    ['an end tag with white space', '<a></a >'],
    ['a prefix that is not declared', '<p:a/>'],
    ['the same attribute twice', '<a b="1" b="2"/>'],
    ['two attributes of one name in full', '<a xmlns:p="urn:p" xmlns:q="urn:p" p:b="1" q:b="2"/>'],
    ['two roots', '<a/><a/>'],
    ['text outside the root', '<a/>b'],
    ['nothing', ''],
    ['white space', ' \n'],
    ['no end', '<a><b></b>'],
  ];
  test.each(DOUBTFUL)('%s', (_, text) => {
    expect(isLeft(text)).toBe(true);
  });

  test('an encoding that is declared elsewhere than the bytes were searched for it', () => {
    expect(readPlain('<?xml version="1.0" encoding="UTF-8"?><a/>', undefined, DEFAULT_LIMITS)).toBeUndefined();
    expect(readPlain('<a/>', 'UTF-8', DEFAULT_LIMITS)).toBeUndefined();
  });

  test('more than a limit allows, and all that is at it is taken', () => {
    const limits = { ...DEFAULT_LIMITS, maxDepth: 2, maxElements: 4, maxAttributes: 2 };
    const taken = ['<a><b/></a>', '<a><b/><b/><b/></a>', '<a b="1" xmlns:c="d"/>'];
    const left = ['<a><b><c/></b></a>', '<a><b/><b/><b/><b/></a>', '<a b="1" c="2" xmlns:c="d"/>'];
    expect(taken.map((text) => compareText(text, undefined, limits))).toEqual(['taken', 'taken', 'taken']);
    expect(left.map((text) => compareText(text, undefined, limits))).toEqual(['left', 'left', 'left']);
  });

  test('many tags of many kinds, without remembering them all', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `a${index}`);
    const text = `<r>${names.map((name) => `<${name} xmlns:p="urn:${name}"/>`).join('')}</r>`;
    expect(isLeft(text)).toBe(true);
    expect(compareText(`<r>${names.map((name) => `<${name}><p/></${name}>`).join('')}</r>`)).toBe('taken');
    expect(compareText('<r><a1 xmlns="urn:1"><p/></a1><p/></r>')).toBe('taken');
  });
});
