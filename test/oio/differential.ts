/**
 * Any number of documents, generated and broken in one or two places, judged by the reader with its JSON schemas and by the
 * XSDs with libxml2. The two must say the same; where they may differ stands in DIFFERENCES, and why in schemas/README.md.
 *
 * All chance comes from the seed, so a disagreement can be had again.
 */
import fc from 'fast-check';
import { type MessageStem, matchRoot, readDocument, type Spelling, writeDocument } from '../../src/oio/document.ts';
import { type DkaVersion, OWN_DKA_NAMESPACES } from '../../src/oio/namespaces.ts';
import type { XmlElement } from '../../src/oio/tree.ts';
import { type Seeded, seeded } from '../faults/seeded.ts';
import { documentsOf } from '../support/arbitrary-documents.ts';
import { accepting, toXml, treeOf } from '../support/tree.ts';
import { xsdProblems } from '../support/xsd.ts';
import { CHANGES, type ChangeName, changeOf, facetsOf, inDanish, inLowerCase, withoutXsi } from './changes.ts';

/** Where the reader and the XSDs may differ (schemas/README.md), each with what makes them agree again. */
const DIFFERENCES = {
  'UUID med store bogstaver': inLowerCase,
  'begge stavemåder i ét dokument': inDanish,
  'xsi:type eller xsi:nil': withoutXsi,
} as const satisfies Readonly<Record<string, (tree: XmlElement) => XmlElement>>;

export type Difference = keyof typeof DIFFERENCES;

/** What became of the documents with one kind of change. */
export interface Verdicts {
  readonly documents: number;
  readonly accepted: number;
  readonly refused: number;
}

export interface Proof {
  readonly seed: number;
  readonly documents: number;
  readonly byChange: Readonly<Record<ChangeName, Verdicts>>;
  /** How often each known difference was met. */
  readonly differences: Readonly<Record<Difference, number>>;
  /** The first few documents on which the two disagree without a known reason, with what each says. */
  readonly disagreements: readonly string[];
}

interface Subject {
  readonly stem: MessageStem;
  readonly version: DkaVersion;
  readonly spelling: Spelling;
}

const DKA: readonly MessageStem[] = [
  'debitorkonto-anmodning-afsend-i',
  'debitorkonto-anmodning-afsend-o',
  'debitorkonto-anmodning-svar-afsend-i',
  'debitorkonto-anmodning-svar-afsend-o',
];
const SKAT: readonly MessageStem[] = [
  'opkraevning-kontant-indbetaling-opret-i',
  'opkraevning-kontant-indbetaling-opret-o',
];
const SUBJECTS: readonly Subject[] = [
  ...DKA.flatMap((stem): Subject[] => [
    { stem, version: '1.0', spelling: 'danish' },
    { stem, version: '1.1', spelling: 'danish' },
  ]),
  ...SKAT.flatMap((stem): Subject[] => [
    { stem, version: '1.0', spelling: 'danish' },
    { stem, version: '1.0', spelling: 'ascii' },
  ]),
  { stem: 'transport-kvittering', version: '1.0', spelling: 'danish' },
];

const ACCEPTED = accepting(...Object.values(OWN_DKA_NAMESPACES));
/** So many documents are made of one that was generated: making a document costs as much as judging ten. */
const CHANGED_PER_GENERATED = 12;
const MAX_SHOWN = 5;

function readerProblem(xml: string): string | undefined {
  const root = treeOf(xml);
  const match = matchRoot(root, ACCEPTED);
  if (match === undefined) return 'unknown root';
  const result = readDocument(match.stem, root, match);
  return result.ok ? undefined : result.fejl.tekst;
}

function agree(tree: XmlElement): boolean {
  const xml = toXml(tree);
  return (readerProblem(xml) === undefined) === (xsdProblems(xml).length === 0);
}

/** The known difference that is the whole reason why the two disagree; undefined where there is another. */
function differenceIn(tree: XmlElement): Difference | undefined {
  const names = Object.keys(DIFFERENCES) as Difference[];
  const alone = names.find((name) => agree(DIFFERENCES[name](tree)));
  if (alone !== undefined) return alone;
  const without = names.reduce((left, name) => DIFFERENCES[name](left), tree);
  return agree(without) ? names.find((name) => DIFFERENCES[name](tree) !== tree) : undefined;
}

function* generated({ stem, version, spelling }: Subject, count: number, seed: number): Generator<XmlElement> {
  const namespace = OWN_DKA_NAMESPACES[version];
  for (const document of fc.sample(documentsOf(stem, version), { numRuns: count, seed })) {
    yield treeOf(writeDocument(stem, document, { namespace, spelling }));
  }
}

/** The document itself and then what chance makes of it, each with the last change's name. */
function* changed(tree: XmlElement, subject: Subject, chance: Seeded): Generator<readonly [ChangeName, XmlElement]> {
  const facets = facetsOf(subject.stem);
  yield ['uændret', tree];
  for (let number = 1; number < CHANGED_PER_GENERATED; number += 1) {
    const name = chance.pick(CHANGES);
    const once = changeOf(name, tree, facets, chance);
    // A second change in the same document shows whether one error hides another.
    yield [name, chance.percent(20) ? changeOf(chance.pick(CHANGES), once, facets, chance) : once];
  }
}

/** Judges so many documents, or a few more. Costs about half a millisecond for each. */
export function provedDocuments({ documents, seed }: { readonly documents: number; readonly seed: number }): Proof {
  const counts = new Map<ChangeName, { documents: number; accepted: number; refused: number }>();
  for (const name of ['uændret', ...CHANGES] as const) counts.set(name, { documents: 0, accepted: 0, refused: 0 });
  const differences: Record<Difference, number> = {
    'UUID med store bogstaver': 0,
    'begge stavemåder i ét dokument': 0,
    'xsi:type eller xsi:nil': 0,
  };
  const disagreements: string[] = [];
  let judged = 0;

  const judge = (name: ChangeName, tree: XmlElement): void => {
    const xml = toXml(tree);
    const read = readerProblem(xml);
    const valid = xsdProblems(xml);
    const count = counts.get(name);
    if (count === undefined) throw new RangeError(name);
    judged += 1;
    count.documents += 1;
    if ((read === undefined) === (valid.length === 0)) {
      count[read === undefined ? 'accepted' : 'refused'] += 1;
      return;
    }
    const difference = differenceIn(tree);
    if (difference !== undefined) differences[difference] += 1;
    else if (disagreements.length < MAX_SHOWN) {
      disagreements.push(`${name}\nreader: ${read ?? 'accepts'}\nXSD: ${valid.join('; ') || 'accepts'}\n${xml}`);
    }
  };

  const perSubject = Math.ceil(documents / CHANGED_PER_GENERATED / SUBJECTS.length);
  for (const [index, subject] of SUBJECTS.entries()) {
    const chance = seeded(seed).branch(`${index}`);
    for (const tree of generated(subject, perSubject, seed + index)) {
      for (const [name, one] of changed(tree, subject, chance)) judge(name, one);
    }
  }
  const byChange = Object.fromEntries(counts) as Record<ChangeName, Verdicts>;
  return { seed, documents: judged, byChange, differences, disagreements };
}
