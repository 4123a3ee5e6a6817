/**
 * The JSON schemas and the XSDs say the same. Every document here is judged by both, in the form that the reader makes
 * of it, and any disagreement fails.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchRoot, readDocument, writeDocument } from '../../src/oio/document.ts';
import { DEFAULT_DKA_NAMESPACE, NAMESPACES, OWN_DKA_NAMESPACES, XSI_NAMESPACE } from '../../src/oio/namespaces.ts';
import type { XmlElement } from '../../src/oio/tree.ts';
import { documentsOf } from '../support/arbitrary-documents.ts';
import { SAMPLES, type Sample } from '../support/samples.ts';
import { accepting, attribute, element, elementsOf, replace, toXml, treeOf, XML_NAMESPACE } from '../support/tree.ts';
import { VALUES } from '../support/values.ts';
import { xsdProblems } from '../support/xsd.ts';

const SPELLINGS = ['danish', 'ascii'] as const;

function sampleTree({ stem, document }: Sample, spelling: (typeof SPELLINGS)[number]): XmlElement {
  return treeOf(writeDocument(stem, document, { namespace: DEFAULT_DKA_NAMESPACE, spelling }));
}

/** The first sample as a message of version 1.1, with all that it has. */
function newestTree(): XmlElement {
  const [sample] = SAMPLES;
  if (sample?.stem !== 'debitorkonto-anmodning-afsend-i') throw new Error('the sample is missing');
  const document = {
    ...sample.document,
    HandlingParametre: { ...sample.document.HandlingParametre, SagIdentifikator: 'SAG-2026-17' },
  };
  return treeOf(writeDocument(sample.stem, document, { namespace: OWN_DKA_NAMESPACES['1.1'], spelling: 'danish' }));
}

const TREES = [
  ...SAMPLES.flatMap((sample) =>
    SPELLINGS.filter((spelling) => spelling === 'danish' || sample.stem.startsWith('opkraevning')).map((spelling) => ({
      title: `${Object.keys(sample.document).at(-1)} of ${sample.stem} (${spelling})`,
      tree: sampleTree(sample, spelling),
    })),
  ),
  { title: 'version 1.1', tree: newestTree() },
];
const ACCEPTED = accepting(...Object.values(OWN_DKA_NAMESPACES));

interface Verdict {
  readonly accepted: boolean;
  readonly reason: string;
}

function judgeByJsonSchema(xml: string): Verdict {
  const root = treeOf(xml);
  const match = matchRoot(root, ACCEPTED);
  if (match === undefined) return { accepted: false, reason: 'unknown root' };
  const result = readDocument(match.stem, root, match);
  return result.ok ? { accepted: true, reason: '' } : { accepted: false, reason: result.fejl.tekst };
}

interface Comparison {
  readonly judged: number;
  readonly accepted: number;
  /** What the two say, where they differ. */
  readonly disagreements: readonly string[];
}

function judgeAll(trees: readonly XmlElement[]): Comparison {
  let accepted = 0;
  const disagreements: string[] = [];
  for (const tree of trees) {
    const xml = toXml(tree);
    const json = judgeByJsonSchema(xml);
    const problems = xsdProblems(xml);
    if (json.accepted) accepted += 1;
    if (json.accepted !== (problems.length === 0)) {
      disagreements.push(`JSON: ${json.reason || 'accepts'}\nXSD: ${problems.join('; ') || 'accepts'}\n${xml}`);
    }
  }
  return { judged: trees.length, accepted, disagreements: disagreements.slice(0, 3) };
}

/** Elements that an earlier document has tried out in the same place are left alone. */
const tried = new Set<string>();

function placesOf(root: XmlElement, path: string): readonly { readonly one: XmlElement; readonly path: string }[] {
  const here = `${path}/${root.name}`;
  return [{ one: root, path: here }, ...root.children.flatMap((child) => placesOf(child, here))];
}

function withText(tree: XmlElement): readonly XmlElement[] {
  const leaves = placesOf(tree, '').filter(({ one, path }) => one.children.length === 0 && !tried.has(path));
  for (const { path } of leaves) tried.add(path);
  return leaves.flatMap(({ one }) => VALUES.map((text) => replace(tree, one, [{ ...one, text }])));
}

function swapped(tree: XmlElement, parent: XmlElement): readonly XmlElement[] {
  return parent.children.slice(1).map((_, index) => {
    const children = [...parent.children];
    children.splice(index, 2, ...parent.children.slice(index, index + 2).toReversed());
    return replace(tree, parent, [{ ...parent, children }]);
  });
}

function withStructure(tree: XmlElement): readonly XmlElement[] {
  return elementsOf(tree).flatMap((one) => {
    const children =
      one === tree
        ? []
        : [[], [one, one], [one, one, one], [element(one.namespace, 'Ukendt'), one], [one, element('urn:x', 'Ukendt')]];
    const changed = [
      { ...one, name: `${one.name}X` },
      { ...one, name: one.name.toLowerCase() },
      ...[...Object.values(NAMESPACES), ...Object.values(OWN_DKA_NAMESPACES), '', 'urn:x'].map((namespace) => ({
        ...one,
        namespace,
      })),
      { ...one, text: `${one.text}tekst` },
      { ...one, text: ` \n\t${one.text} ` },
      { ...one, children: [] },
      { ...one, children: [], text: '' },
      { ...one, children: one.children.toReversed() },
      { ...one, children: [...one.children, element(one.namespace, 'Processing')] },
      {
        ...one,
        children: [
          ...one.children,
          element(NAMESPACES.k, 'Processing', 'x', [element('', 'y', '', [element('urn:z', 'z')])]),
        ],
      },
      {
        ...one,
        children: [
          ...one.children,
          { ...element(NAMESPACES.k, 'Identifikation', 'x'), attributes: [attribute('urn:y', 'y', '1')] },
        ],
      },
      { ...one, attributes: [attribute('', 'revision', '1.2')] },
      { ...one, attributes: [attribute('', 'id', '1')] },
      { ...one, attributes: [attribute('urn:x', 'revision', '1')] },
      { ...one, attributes: [attribute(XSI_NAMESPACE, 'schemaLocation', 'urn:x x.xsd')] },
      { ...one, attributes: [attribute(XML_NAMESPACE, 'lang', 'da')] },
    ];
    return [...[...children, ...changed.map((by) => [by])].map((by) => replace(tree, one, by)), ...swapped(tree, one)];
  });
}

/** One change at a place that a number picks: another value in a leaf, or one of the changes of structure. */
function changeOne(
  tree: XmlElement,
  { where, what, value }: { readonly where: number; readonly what: number; readonly value: string },
): XmlElement {
  const elements = elementsOf(tree).slice(1);
  const target = elements[where % elements.length];
  if (target === undefined) return tree;
  const by = [
    target.children.length === 0 ? [{ ...target, text: value }] : [{ ...target, text: ' \n' }],
    [],
    [target, target],
    [{ ...target, name: `${target.name}X` }],
    [{ ...target, namespace: 'urn:x' }],
    [{ ...target, children: target.children.toReversed() }],
  ];
  return replace(tree, target, by[what % by.length] ?? []);
}

describe('the JSON schemas and the XSDs agree', () => {
  test.each(TREES)('on a complete document: $title', ({ tree }) => {
    expect(judgeAll([tree])).toEqual({ judged: 1, accepted: 1, disagreements: [] });
  });

  test.each(TREES)('on every value in every element: $title', ({ tree }) => {
    const { judged, accepted, disagreements } = judgeAll(withText(tree));
    expect(disagreements).toEqual([]);
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThan(judged);
  });

  test.each(TREES)(
    'on every element left out, repeated, moved, renamed, or in another namespace: $title',
    ({ tree }) => {
      const { judged, accepted, disagreements } = judgeAll(withStructure(tree));
      expect(disagreements).toEqual([]);
      expect(accepted).toBeGreaterThan(10);
      expect(accepted).toBeLessThan(judged / 2);
    },
  );

  test('on how many fordringer there may be', () => {
    const listed = SAMPLES.find(({ document }) => 'FordringHandling' in document);
    if (listed === undefined) throw new Error('the sample is missing');
    const tree = sampleTree(listed, 'danish');
    const liste = elementsOf(tree).find(({ name }) => name === 'FordringListe');
    const [fordring] = liste?.children ?? [];
    if (liste === undefined || fordring === undefined) throw new Error('the sample has no fordringer');
    const withFordringer = (antal: number): XmlElement =>
      replace(tree, liste, [{ ...liste, children: Array.from({ length: antal }, () => fordring) }]);
    expect(judgeAll([1, 10_000].map(withFordringer))).toEqual({ judged: 2, accepted: 2, disagreements: [] });
    expect(judgeAll([0, 10_001].map(withFordringer))).toEqual({ judged: 2, accepted: 0, disagreements: [] });
  });

  test('on generated documents with up to three things changed at random', () => {
    const stems = [...new Set(SAMPLES.map(({ stem }) => stem))];
    const generated = fc.oneof(
      ...stems.map((stem) =>
        documentsOf(stem).map((document) =>
          treeOf(writeDocument(stem, document, { namespace: DEFAULT_DKA_NAMESPACE, spelling: 'danish' })),
        ),
      ),
    );
    const verdicts = { accepted: 0, refused: 0 };
    const changes = fc.array(fc.record({ where: fc.nat(), what: fc.nat(), value: fc.constantFrom(...VALUES) }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(generated, changes, (tree, steps) => {
        const changed = steps.reduce(changeOne, tree);
        const { accepted, disagreements } = judgeAll([changed]);
        verdicts[accepted === 1 ? 'accepted' : 'refused'] += 1;
        expect(disagreements).toEqual([]);
      }),
      { numRuns: 400 },
    );
    expect(verdicts.accepted).toBeGreaterThan(100);
    expect(verdicts.refused).toBeGreaterThan(100);
  });
});
