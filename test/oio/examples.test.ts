/** The examples that fagsystemer build after: they follow the schemas, but for those that are broken on purpose. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { answerExamples } from '../../scripts/generate/answers.ts';
import { FEJLKODER } from '../../src/errors.ts';
import { matchRoot, readDocument, writeDocument } from '../../src/oio/document.ts';
import { OWN_DKA_NAMESPACES } from '../../src/oio/namespaces.ts';
import type { XmlElement } from '../../src/oio/tree.ts';
import { readXml } from '../../src/oio/xml-reader.ts';
import { accepting, STANDARD_NAMESPACES, treeOf } from '../support/tree.ts';
import { xsdProblems } from '../support/xsd.ts';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');

/** Broken on purpose, each with what shows it. */
const BROKEN: Readonly<Record<string, 'not well-formed' | 'against the schema'>> = {
  'ikke-velformet.xml': 'not well-formed',
  'mod-skemaet.xml': 'against the schema',
};

const filesOf = (folder: string): readonly string[] => readdirSync(join(EXAMPLES, folder)).toSorted();
const bytesOf = (folder: string, file: string): Buffer => readFileSync(join(EXAMPLES, folder, file));

/** What a document says, without places, prefixes, comments and white space between elements. */
function infoset({ namespace, name, children, text }: XmlElement): unknown {
  return { namespace, name, children: children.map(infoset), text: children.length === 0 ? text : '' };
}

describe('a message of examples/meddelelser/', () => {
  test.each(filesOf('meddelelser').filter((file) => BROKEN[file] === undefined))('%s follows its XSD', (file) => {
    const { root } = { root: treeOf(bytesOf('meddelelser', file)) };
    expect(matchRoot(root, STANDARD_NAMESPACES)).toBeDefined();
    expect(xsdProblems(bytesOf('meddelelser', file))).toEqual([]);
  });

  test.each(Object.entries(BROKEN))('%s is %s, as it is meant to be', (file, how) => {
    const read = readXml(bytesOf('meddelelser', file));
    expect(read.ok).toBe(how === 'against the schema');
    if (read.ok) expect(xsdProblems(bytesOf('meddelelser', file))).not.toEqual([]);
  });
});

describe('a message of examples/meddelelser-1.1/', () => {
  test.each(filesOf('meddelelser-1.1'))('%s is one of version 1.1, which 1.0 does not have', (file) => {
    const bytes = bytesOf('meddelelser-1.1', file);
    expect(xsdProblems(bytes)).toEqual([]);
    const root = treeOf(bytes);
    expect(matchRoot(root, STANDARD_NAMESPACES)).toBeUndefined();
    const match = matchRoot(root, accepting(...Object.values(OWN_DKA_NAMESPACES)));
    if (match === undefined) throw new Error('not one of our messages');
    expect(match.version).toBe('1.1');
    expect(readDocument(match.stem, root, match)).toMatchObject({
      ok: true,
      document: { HandlingParametre: { SagIdentifikator: expect.any(String) } },
    });
  });
});

describe('an answer of examples/svar/', () => {
  test('is there for every answer that the generator makes, and none is left over', () => {
    expect(filesOf('svar')).toEqual(
      answerExamples()
        .map(({ path }) => path.replace('examples/svar/', ''))
        .toSorted(),
    );
  });

  test('is there for every code of every kvittering and svar', () => {
    const codes = Object.groupBy(answerExamples(), ({ answer }) => answer.type);
    const of = (type: string) => [...new Set(codes[type]?.map(({ answer }) => answer.kode))].sort();
    // AFLEVERET is a code of the schema that the adapter does not use (spec 1).
    expect(of('DebitorkontoAnmodningAfsend_O')).toEqual(['ACCEPTERET', 'AFVIST', 'FEJLET', 'MODTAGET']);
    expect(of('DebitorkontoAnmodningSvarAfsend_I')).toEqual(['AFVIST', 'DELVIST_GENNEMFOERT', 'FEJLET', 'GENNEMFOERT']);
    expect(of('DebitorkontoAnmodningSvarAfsend_O')).toEqual(['ACCEPTERET', 'AFVIST']);
    expect(of('OpkrævningKontantIndbetalingOpret_O')).toEqual(['ACCEPTERET', 'AFVIST', 'FEJLET']);
    expect(of('OpkraevningKontantIndbetalingOpret_O')).toEqual(['ACCEPTERET']);
    expect(of('TransportKvittering')).toEqual(['FEJL']);
  });

  test.each(filesOf('svar'))('%s follows its XSD, and our own writer writes the same document', (file) => {
    const bytes = bytesOf('svar', file);
    expect(xsdProblems(bytes)).toEqual([]);
    const root = treeOf(bytes);
    const match = matchRoot(root, STANDARD_NAMESPACES);
    if (match === undefined) throw new Error('not one of our messages');
    const read = readDocument(match.stem, root, match);
    if (!read.ok) throw new Error(read.fejl.tekst);
    const { namespace, spelling } = match;
    expect(infoset(treeOf(writeDocument(match.stem, read.document, { namespace, spelling })))).toEqual(infoset(root));
  });

  test.each(filesOf('svar'))('%s gives the catalogue’s text with every code of ours', (file) => {
    const texts = [
      ...bytesOf('svar', file)
        .toString()
        .matchAll(/Fejl(?:Kode|Nummer)>(DA-\d+)<.*?FejlTekst>([^<]*)</gs),
    ];
    for (const [, kode = '', tekst = ''] of texts) {
      const entry = Object.entries(FEJLKODER).find(([known]) => known === kode)?.[1];
      expect(tekst.startsWith(entry?.hvad ?? 'an unknown code'), `${kode}: ${tekst}`).toBe(true);
    }
  });
});
