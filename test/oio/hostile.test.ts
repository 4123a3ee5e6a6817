/** What the reader does with documents that were made to hurt it, and with documents that chance has broken. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { salvage } from '../../src/oio/salvage.ts';
import { readXml } from '../../src/oio/xml-reader.ts';
import { costInMessages, MESSAGES_PER_SECOND } from '../support/cpu.ts';

const SIZE = 4 * 1024 * 1024;
/** Half a second on a quiet machine. 16 MiB of what costs most: test/flow/read-cost.test.ts. */
const MOST_MESSAGES = MESSAGES_PER_SECOND / 2;
const fill = (part: string, size = SIZE): string => part.repeat(Math.floor(size / Buffer.byteLength(part)));
const declaredAs = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>`;

type Outcome = 'read' | 'DA-001' | 'DA-002' | 'DA-003' | 'DA-006';

const HOSTILE: readonly (readonly [what: string, make: () => string | Uint8Array, outcome: Outcome])[] = [
  ['one text', () => `<a>${fill('x')}</a>`, 'read'],
  ['one comment', () => `<a><!--${fill('x')}--></a>`, 'read'],
  ['character references', () => `<a>${fill('&#65;')}</a>`, 'read'],
  ['entities', () => `<a>${fill('&amp;')}</a>`, 'read'],
  ['more entities', () => `<a>${fill('&lt;')}</a>`, 'DA-006'],
  ['brackets and entities', () => `<a>${fill(']]&gt;')}</a>`, 'read'],
  ['comments', () => `<a>${fill('<!---->')}</a>`, 'DA-006'],
  ['comments with a DOCTYPE in each', () => `<a>${fill('<!--<!DOCTYPE-->')}</a>`, 'DA-006'],
  ['instructions', () => `<a>${fill('<?a ?b?>')}</a>`, 'DA-006'],
  ['CDATA sections', () => `<a>${fill('<![CDATA[]]>')}</a>`, 'DA-006'],
  ['carriage returns', () => `<a>${fill('\r')}</a>`, 'read'],
  ['line feeds after the root', () => `<a/>${fill('\n')}`, 'read'],
  ['one name', () => `<${fill('a', SIZE / 2)}></${fill('a', SIZE / 2)}>`, 'DA-006'],
  ['one name of an attribute, and as much text', () => `<a ${fill('b', 500_000)}="1">${fill(' ')}</a>`, 'DA-006'],
  [
    'long names of attributes, and as much text',
    () => `<a>${`<a ${fill('b', 60_000)}="1"/>`.repeat(60)}${fill('b', SIZE / 8)}</a>`,
    'DA-006',
  ],
  ['an attribute far from its value', () => `<a b${fill('\n', SIZE / 8)}=${fill('\n', SIZE / 8)}"1"/>`, 'read'],
  ['attributes of line feeds', () => `<a>${`<a b="${fill('\n', 900_000)}"/>`.repeat(5)}</a>`, 'DA-006'],
  ['runs of 30 combining marks', () => `<a>${fill(`a${'\u0301\u0316'.repeat(15)}`)}</a>`, 'read'],
  ['characters that grow in form C', () => `<a>${fill('\ufb2c')}</a>`, 'read'],
  [
    'euro signs in windows-1252',
    () => Buffer.concat([Buffer.from(`${declaredAs('cp1252')}<a>`), Buffer.alloc(SIZE, 0x80), Buffer.from('</a>')]),
    'read',
  ],
  ['carriage returns in UTF-16', () => Buffer.from(`\ufeff<a>${fill('\r', SIZE / 2)}</a>`, 'utf16le'), 'read'],
  ['one attribute', () => `<a b="${fill('x')}"/>`, 'DA-006'],
  ['one attribute of line feeds', () => `<a b="${fill('\n')}"/>`, 'DA-006'],
  [
    'attributes of one element',
    () => `<a${Array.from({ length: 100_000 }, (_, at) => ` a${at}=""`).join('')}/>`,
    'DA-006',
  ],
  [
    'elements with many attributes',
    () => `<a>${fill('<a a="" b="" c="" d="" e="" f="" g="" h=""/>', 2 * SIZE)}</a>`,
    'DA-006',
  ],
  ['elements', () => `<a>${fill('<a/>')}</a>`, 'DA-006'],
  ['depth', () => fill('<a>'), 'DA-006'],
  ['one comment of hyphens', () => `<a><!--${fill('- ')}--></a>`, 'DA-006'],
  ['one instruction of question marks', () => `<a><?p ${fill('? ')}?></a>`, 'DA-006'],
  ['one CDATA section of brackets', () => `<a><![CDATA[${fill('] ')}]]></a>`, 'DA-006'],
  ['a CDATA section that is never ended', () => `<a><![CDATA[${fill('x')}`, 'DA-001'],
  [
    'a long namespace used often',
    () => `<r xmlns:p="${fill('u', SIZE / 2)}">${fill('<a p:b="" p:c=""/>', SIZE / 2)}</r>`,
    'DA-006',
  ],
  ['combining marks', () => `<a>${fill('\u0301\u0316')}</a>`, 'DA-006'],
  ['one reference', () => `<a>&#${fill('1')};</a>`, 'DA-001'],
  ['bare ampersands', () => `<a>${fill('& ')}</a>`, 'DA-006'],
  ['bare ampersands far apart', () => `<a>${fill('&        ')}</a>`, 'DA-001'],
  ['ampersands in comments, and no end', () => `<a>${fill('<!--&       -->')}<b>`, 'DA-006'],
  ['ampersands in long comments, and no end', () => `<a>${fill('<!--&                 -->')}<b>`, 'DA-001'],
  ['openings', () => fill('<'), 'DA-001'],
  ['spaces', () => fill(' '), 'DA-001'],
  ['an XML declaration that is never ended', () => `<?xml ${fill(' ')}`, 'DA-001'],
  ['end tags', () => `<a>${fill('</a>')}`, 'DA-001'],
  ['zero bytes', () => new Uint8Array(SIZE), 'DA-001'],
  ['a DOCTYPE', () => `<!DOCTYPE a [${fill('<!ENTITY a "b">')}]><a/>`, 'DA-003'],
  ['an illegal byte after many lines', () => Buffer.concat([Buffer.from(fill('æ\n')), Uint8Array.of(0xff)]), 'DA-002'],
  ['continuation bytes', () => Buffer.alloc(SIZE, 0xa0), 'DA-002'],
  [
    'a lone surrogate at the end',
    () => Buffer.concat([Uint8Array.of(0xff, 0xfe), Buffer.alloc(SIZE, 0x20), Uint8Array.of(0, 0xdc)]),
    'DA-002',
  ],
];

describe('four million bytes of anything cost no more than ordinary messages of as many bytes would', () => {
  test.each(HOSTILE)('%s', (_, make, outcome) => {
    const document = make();
    const bytes = typeof document === 'string' ? Buffer.from(document) : document;
    const { cost, result } = costInMessages(() => {
      salvage(bytes);
      return readXml(bytes);
    }, MOST_MESSAGES);
    expect(result.ok ? 'read' : result.fejl.kode).toBe(outcome);
    expect(cost).toBeLessThan(MOST_MESSAGES);
  });
});

const CPR_NUMBER = '0101701234';
const VALID = [
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<!-- 0101701234 -->',
  '<d:A0101701234 xmlns:d="urn:0101701234" xmlns="urn:b" b0101701234="0101701234">',
  '<c d:e="0101701234&amp;">0101701234 æøå €</c><?p0101701234 0101701234?>',
  '<![CDATA[0101701234 & <]]>&#48;101701234',
  '</d:A0101701234>',
].join('\n');

const mutation = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(), length: fc.integer({ min: 1, max: 20 }) }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.nat(),
    text: fc.constantFrom(
      '<',
      '>',
      '&',
      '&x;',
      '</',
      '/>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '"',
      '<!DOCTYPE',
      '\0',
      ':',
      '=',
    ),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(bytes: Buffer, change: Mutation): Buffer {
  const at = change.at % (bytes.length + 1);
  switch (change.kind) {
    case 'set': {
      const copy = Buffer.from(bytes);
      if (at < copy.length) copy[at] = change.byte;
      return copy;
    }
    case 'delete':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + change.length)]);
    case 'insert':
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(change.text), bytes.subarray(at)]);
    case 'cut':
      return bytes.subarray(0, at);
  }
}

describe('whatever happens to a document on its way', () => {
  test('the document that is broken below is read as it stands', () => {
    expect(readXml(Buffer.from(VALID)).ok).toBe(true);
  });

  test('it is read, or refused with a code of the reader and a text without anything that was in it', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.constantFrom('utf8' as const, 'utf16le' as const),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (encoding, changes) => {
          const original = encoding === 'utf8' ? VALID : `\ufeff${VALID.replace('UTF-8', 'UTF-16')}`;
          const bytes = changes.reduce(mutate, Buffer.from(original, encoding));
          salvage(bytes);
          const result = readXml(bytes);
          seen.add(result.ok ? 'read' : result.fejl.kode);
          if (result.ok) return;
          expect(result.fejl.kode).toMatch(/^DA-00[1236]$/);
          expect(result.fejl.tekst).toMatch(/^Meddelelsen.*\. [A-ZÆØÅ].*\.$/);
          expect(result.fejl.tekst).not.toContain(CPR_NUMBER);
          expect(result.fejl.tekst.replace(/(linje|kolonne|byte) \d+/g, '')).not.toMatch(/\d{6}/);
        },
      ),
      { numRuns: 2000 },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['read', 'DA-001', 'DA-002', 'DA-003']));
  });

  test('bytes of any kind are no different', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        salvage(bytes);
        const result = readXml(bytes);
        return result.ok || /^DA-00[1236]$/.test(result.fejl.kode);
      }),
      { numRuns: 1000 },
    );
  });
});
