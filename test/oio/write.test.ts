/** Writing messages, and reading them again. */

import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { MessageTypes } from '../../src/generated/messages.ts';
import {
  type MessageStem,
  matchRoot,
  readDocument,
  rootName,
  type Spelling,
  writeDocument,
} from '../../src/oio/document.ts';
import { DEFAULT_DKA_NAMESPACE, NAMESPACES, type NamespaceUris } from '../../src/oio/namespaces.ts';
import { type ElementPlan, planOf } from '../../src/oio/plan.ts';
import type { XmlElement } from '../../src/oio/tree.ts';
import { documentsOf } from '../support/arbitrary-documents.ts';
import { SAMPLES } from '../support/samples.ts';
import { accepting, STANDARD_NAMESPACES, treeOf } from '../support/tree.ts';
import { xsdProblems } from '../support/xsd.ts';

const STEMS = [...new Set(SAMPLES.map(({ stem }) => stem))];
const RUNS = 60;

function write<S extends MessageStem>(stem: S, document: MessageTypes[S], spelling: Spelling = 'danish'): Uint8Array {
  return writeDocument(stem, document, { namespace: DEFAULT_DKA_NAMESPACE, spelling });
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

function readBack(bytes: Uint8Array): unknown {
  const root = treeOf(bytes);
  const match = matchRoot(root, STANDARD_NAMESPACES);
  if (match === undefined) return undefined;
  const result = readDocument(match.stem, root, match);
  return result.ok ? result.document : result.fejl.tekst;
}

/** What xmlbuilder2 makes of the same document. */
function buildByOracle(stem: MessageStem, document: object, spelling: Spelling): string {
  const uris: NamespaceUris = { ...NAMESPACES, dka: DEFAULT_DKA_NAMESPACE };
  const add = (parent: XMLBuilder, plan: ElementPlan, value: unknown): void => {
    for (const one of Array.isArray(value) ? value : [value]) {
      const child = parent.ele(uris[plan.namespace], spelling === 'danish' ? plan.name : plan.key);
      if (typeof one === 'string') child.txt(one);
      else addAll(child, plan, Object(one));
    }
  };
  const addAll = (parent: XMLBuilder, plan: ElementPlan, object: Record<string, unknown>): void => {
    if (plan.content.art !== 'elements') return;
    for (const child of plan.content.children)
      if (object[child.key] !== undefined) add(parent, child, object[child.key]);
  };
  const root = create({ version: '1.0', encoding: 'UTF-8' });
  add(root, planOf(stem), document);
  return root.end();
}

/** A tree without its places, in a form that can be compared. */
function infoset({ namespace, name, attributes, children, text }: XmlElement): unknown {
  return { namespace, name, attributes: attributes.length, children: children.map(infoset), text };
}

describe('a written message', () => {
  test.each(SAMPLES)('is read back as it was, in both spellings: $stem', ({ stem, document }) => {
    for (const spelling of ['danish', 'ascii'] as const) {
      expect(readBack(write(stem, document, spelling))).toEqual(document);
    }
  });

  test.each(STEMS)('is read back as it was, whatever its values: %s', (stem) => {
    fc.assert(
      fc.property(documentsOf(stem), fc.constantFrom('danish' as const, 'ascii' as const), (document, spelling) => {
        expect(readBack(write(stem, document, spelling))).toEqual(document);
      }),
      { numRuns: RUNS },
    );
  });

  test.each(STEMS)('is valid by the XSDs, whatever its values: %s', (stem) => {
    fc.assert(
      fc.property(documentsOf(stem), fc.constantFrom('danish' as const, 'ascii' as const), (document, spelling) => {
        expect(xsdProblems(write(stem, document, spelling))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test.each(STEMS)('has the content that another writer gives it: %s', (stem) => {
    fc.assert(
      fc.property(documentsOf(stem), (document) => {
        expect(infoset(treeOf(write(stem, document)))).toEqual(
          infoset(treeOf(buildByOracle(stem, document, 'danish'))),
        );
      }),
      { numRuns: RUNS },
    );
  });

  test('is understood by another reader', () => {
    const parser = new XMLParser({
      removeNSPrefix: true,
      parseTagValue: false,
      ignoreDeclaration: true,
      trimValues: false,
    });
    const sample = SAMPLES.find(({ stem }) => stem === 'opkraevning-kontant-indbetaling-opret-i');
    if (sample === undefined) throw new Error('the sample is missing');
    expect(parser.parse(textOf(write(sample.stem, sample.document, 'ascii')))).toEqual({
      OpkraevningKontantIndbetalingOpret_I: sample.document,
    });
  });

  test('declares the prefixes that its type uses, and no others, on the root alone', () => {
    const kvittering = textOf(write('transport-kvittering', { TransportValideringsKode: 'FEJL' }));
    expect(kvittering).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<kv:TransportKvittering xmlns:kv="${NAMESPACES.kv}">` +
        '<kv:TransportValideringsKode>FEJL</kv:TransportValideringsKode></kv:TransportKvittering>',
    );
    for (const { stem, document } of SAMPLES) {
      const xml = textOf(write(stem, document));
      const declared = [...xml.matchAll(/xmlns:(\w+)=/g)].map(([, prefix]) => prefix);
      expect(new Set(declared).size).toBe(declared.length);
      expect(new Set(declared)).toEqual(new Set([...xml.matchAll(/<(\w+):/g)].map(([, prefix]) => prefix)));
    }
  });

  test('stands in the namespace that the caller names, which is escaped', () => {
    const [sample] = SAMPLES;
    if (sample === undefined) throw new Error('the sample is missing');
    const bytes = writeDocument(sample.stem, sample.document, { namespace: 'urn:a&b"c', spelling: 'danish' });
    expect(treeOf(bytes).namespace).toBe('urn:a&b"c');
    expect(matchRoot(treeOf(bytes), accepting('urn:a&b"c'))?.namespace).toBe('urn:a&b"c');
  });

  test('has its names with æ, ø and å or transliterated, as is asked', () => {
    const stem = 'opkraevning-kontant-indbetaling-opret-o';
    const document = {
      Kontekst: {
        HovedOplysningerSvar: { TransaktionsID: '1', ServiceID: 'x', TransaktionsTid: '2026-01-01T00:00:00Z' },
      },
    };
    expect(textOf(write(stem, document, 'danish'))).toContain('<skat:OpkrævningKontantIndbetalingOpret_O ');
    expect(textOf(write(stem, document, 'ascii'))).toContain('<skat:OpkraevningKontantIndbetalingOpret_O ');
    expect([rootName(stem, 'danish'), rootName(stem, 'ascii')]).toEqual([
      'OpkrævningKontantIndbetalingOpret_O',
      'OpkraevningKontantIndbetalingOpret_O',
    ]);
  });
});

describe('characters that mean something in XML', () => {
  const kvittering = (Begrundelse: string): string =>
    textOf(write('transport-kvittering', { TransportValideringsKode: 'FEJL', Begrundelse }));

  test('are escaped, and a carriage return survives', () => {
    expect(kvittering('a & b < c > d "e" ]]>\r')).toContain(
      '<kv:Begrundelse>a &amp; b &lt; c &gt; d &quot;e&quot; ]]&gt;&#13;</kv:Begrundelse>',
    );
  });

  test('are replaced in text for people where XML cannot hold them at all', () => {
    expect(kvittering('a\u0000b\u0008c\u001fd\ufffee\uffff')).toContain('>a\ufffdb\ufffdc\ufffdd\ufffde\ufffd<');
    expect(kvittering('en halv \ud83d, en hel 😀')).toContain('>en halv \ufffd, en hel 😀<');
    expect(kvittering('tab\tlinje\n\u007f\u0085')).toContain('>tab\tlinje\n\u007f\u0085<');
  });

  test('are refused in data where XML cannot hold them, since replacing them would change the data', () => {
    const answer = (id: string): string =>
      textOf(
        write('opkraevning-kontant-indbetaling-opret-o', {
          Kontekst: {
            HovedOplysningerSvar: { TransaktionsID: id, ServiceID: 'x', TransaktionsTid: '2026-01-01T00:00:00Z' },
          },
        }),
      );
    for (const illegal of ['\u0000', '\u000b', '\ud800', '\udfff', '\ufffe']) {
      expect(() => answer(`a${illegal}`)).toThrow(RangeError);
    }
    expect(answer('😀 & \ud83d\ude00')).toContain('>😀 &amp; 😀<');
  });
});
