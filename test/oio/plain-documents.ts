/**
 * Any number of documents on the border of what is plain, read by the lane for plain documents and by the parser. Whatever the
 * lane takes, the parser must take as well, and give the same tree. All chance comes from the seed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { decodeBytes } from '../../src/oio/bytes.ts';
import { doctypeOffset } from '../../src/oio/markup.ts';
import { readPlain } from '../../src/oio/plain-reader.ts';
import { TreeReader } from '../../src/oio/tree-reader.ts';
import { DEFAULT_LIMITS, type ReadLimits } from '../../src/oio/xml-reader.ts';
import { type Seeded, seeded } from '../faults/seeded.ts';

/** What the lane and the parser make of one document. */
export type Comparison =
  /** The lane leaves it to the parser. */
  | 'left'
  /** Both read it, and the trees are equal in everything. */
  | 'taken'
  | { readonly disagreement: string };

/** What the reader says without the lane: everything that `readXml` does after the bytes are a text. */
function parsed(text: string, declared: string | undefined, limits: ReadLimits) {
  if (text.startsWith('\ufeff')) return 'more than one byte order mark';
  if (doctypeOffset(text) !== undefined) return 'a DOCTYPE';
  const result = new TreeReader(text, declared, limits).read();
  return result.ok ? result.root : result.fejl.tekst;
}

export function compareText(text: string, declared = declaredIn(text), limits = DEFAULT_LIMITS): Comparison {
  const plain = readPlain(text, declared, limits);
  if (plain === undefined) return 'left';
  const tree = parsed(text, declared, limits);
  if (isDeepStrictEqual(plain, tree)) return 'taken';
  const shown = typeof tree === 'string' ? `the parser refuses: ${tree}` : JSON.stringify(tree);
  return { disagreement: `${JSON.stringify(text)}\nlane: ${JSON.stringify(plain)}\nparser: ${shown}` };
}

/** Of bytes that are no text there is nothing to compare. */
export function compareBytes(bytes: Uint8Array): Comparison {
  const decoded = decodeBytes(bytes);
  return decoded.ok ? compareText(decoded.text, decoded.declared) : 'left';
}

/** The encoding that a text says it was in. */
function declaredIn(text: string): string | undefined {
  return /^<\?xml [^?]*encoding="([^"]*)"/.exec(text)?.[1];
}

function messagesIn(...path: readonly string[]): readonly string[] {
  const folder = join(import.meta.dirname, '..', '..', ...path);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xml'))
    .toSorted()
    .map((name) => decodeBytes(readFileSync(join(folder, name))))
    .filter((decoded) => decoded.ok)
    .map(({ text }) => text);
}

/** Every message of the examples and the fixtures. */
export const MESSAGES: readonly string[] = [...messagesIn('examples'), ...messagesIn('test', 'fixtures')];

/** Small, so that a change is likely to fall where it means something. */
const SMALL: readonly [string, ...string[]] = [
  '<a/>',
  '<a>t</a>',
  '<a><b>1</b><b>2</b> x </a>\n',
  '<?xml version="1.0" encoding="UTF-8"?>\n<a b="1" c=\'2\'>\n  <d>t</d>\n  <e/>\n</a>\n',
  '<?xml version="1.0"?><p:a xmlns:p="urn:p"><p:b>t</p:b><p:b\n>u</p:b></p:a>',
  '<a xmlns="urn:a"><b xmlns="urn:b"><c/></b><b xmlns=""><c/></b><c/></a>',
  '<p:a xmlns:p="urn:p" xmlns:q="urn:q">\n <q:b p:c="1" q:c="2" c="3"/>\n <p:b xmlns:p="urn:r"><p:c/></p:b><p:c/>\n</p:a>',
  '<a xmlns:p="urn:p"\n   xmlns="urn:d" p:b="1"\n\tc="–"><p:d>é – €</p:d><p:d/></a>',
  '<æ:Beløb xmlns:æ="urn:æ">Å ]] ></æ:Beløb>',
];

const PIECES: readonly [string, ...string[]] = [
  ...([
    '<',
    '>',
    '/',
    '</',
    '/ ',
    '< ',
    '/>',
    '"',
    "'",
    '=',
    ' ',
    '\n',
    '\t',
    ':',
    '&',
    ';',
    '-',
    '.',
    '?',
    '!',
    ']',
    '0',
  ] as const),
  ...([
    ']]>',
    ']]',
    '&amp;',
    '&#10;',
    '<!--',
    '-->',
    '<![CDATA[',
    '<?a?>',
    '<!DOCTYPE a>',
    '<?xml version="1.0"?>',
  ] as const),
  ...(['<a>', '</a>', '<a/>', '<b>', '</b>', '<p:a>', '</p:a>', '<p:b/>', '<q:a/>', '<xml:a/>', '<xmlns:a/>'] as const),
  ...([
    ' b="1"',
    " c='2'",
    'b="1"',
    ' p:c="1"',
    ' q:c="1"',
    ' p:b=""',
    ' xml:lang="da"',
    ' a="<"',
    ' a=">"',
    ' a="\n"',
  ] as const),
  ...([
    ' xmlns="urn:p"',
    ' xmlns=""',
    ' xmlns:p="urn:p"',
    ' xmlns:q="urn:p"',
    ' xmlns:p=""',
    ' xmlns:p="urn:q "',
  ] as const),
  ...([
    ' xmlns:xml="urn:p"',
    ' xmlns:xmlns="urn:p"',
    ' xmlns:xmlp="urn:p"',
    ' xmlns:P="urn:p"',
    ' xmlns:="urn:p"',
  ] as const),
  ' xmlns:xml="http://www.w3.org/XML/1998/namespace"',
  ' xmlns:q="http://www.w3.org/XML/1998/namespace"',
  ' xmlns="http://www.w3.org/2000/xmlns/"',
  ...([
    ' xmlns:__proto__="urn:p"',
    '<__proto__:a/>',
    '<constructor/>',
    ' toString="1"',
    ' hasOwnProperty:a="1"',
  ] as const),
  ...([
    '\r',
    '\r\n',
    '\0',
    '\u0001',
    '\u007f',
    '\u0085',
    '\u009f',
    '\u00a0',
    '\u00b7',
    '\u00ad',
    '\u0300',
    'a\u030a',
  ] as const),
  ...(['\u2000', '\u2010', '\u2028', '\u203f', '\u20ac', '\u2126', '\ufeff', '\ufffd', '\ufffe', '\uffff'] as const),
  ...(['\ud800', '\udc00', '😀', 'æ', 'é', '×', 'ĳ', 'ʼn'] as const),
];

function withOneChange(text: string, chance: Seeded): string {
  const at = chance.int(0, text.length);
  const before = text.slice(0, at);
  const kind = chance.int(0, 9);
  if (kind < 5) return before + chance.pick(PIECES) + text.slice(at);
  if (kind < 7) return before + chance.pick(PIECES) + text.slice(at + chance.int(1, 4));
  if (kind < 8) return before + text.slice(at + chance.int(1, 8));
  const from = chance.int(0, text.length);
  const copied = text.slice(from, from + chance.int(1, 30));
  return kind < 9 ? before + copied + text.slice(at) : before + text.slice(from);
}

/** Between a tag's parts, where most of what is written there means something. */
function withOneChangeInTag(text: string, chance: Seeded): string {
  const places = [...text.matchAll(/[<>/="' ]/g)].map(({ index }) => index);
  const at = (places[chance.int(0, places.length - 1)] ?? 0) + chance.int(0, 1);
  return text.slice(0, at) + chance.pick(PIECES) + text.slice(at + (chance.percent(30) ? 1 : 0));
}

function changed(text: string, chance: Seeded): string {
  let now = text;
  for (let left = chance.pick([1, 1, 1, 2, 3]); left > 0; left -= 1) {
    now = chance.percent(50) ? withOneChange(now, chance) : withOneChangeInTag(now, chance);
  }
  return now;
}

/** Limits that a small document can meet. */
function limitsOf(chance: Seeded): ReadLimits {
  if (chance.percent(90)) return DEFAULT_LIMITS;
  return {
    ...DEFAULT_LIMITS,
    maxDepth: chance.int(1, 3),
    maxElements: chance.int(1, 5),
    maxAttributes: chance.int(0, 3),
  };
}

export interface PlainProof {
  readonly seed: number;
  readonly documents: number;
  /** How many of them the lane took. */
  readonly taken: number;
  /** The first few. */
  readonly disagreements: readonly string[];
}

const MAX_SHOWN = 5;
/** Every so many are changes of a whole message. */
const MESSAGE_EVERY = 20;

/** Compares so many documents. Costs about a twentieth of a millisecond for each. */
export function provedPlain({ documents, seed }: { readonly documents: number; readonly seed: number }): PlainProof {
  const chance = seeded(seed).branch('plain');
  const disagreements: string[] = [];
  let taken = 0;
  for (let number = 0; number < documents; number += 1) {
    const isMessage = number % MESSAGE_EVERY === 0;
    const text = isMessage ? (MESSAGES[chance.int(0, MESSAGES.length - 1)] ?? '') : chance.pick(SMALL);
    const changedText = changed(text, chance);
    // What the bytes were searched for need not be what the text says.
    const declared = chance.percent(95) ? declaredIn(changedText) : 'UTF-16';
    const comparison = compareText(changedText, declared, limitsOf(chance));
    if (comparison === 'taken') taken += 1;
    else if (comparison !== 'left' && disagreements.length < MAX_SHOWN) disagreements.push(comparison.disagreement);
  }
  return { seed, documents, taken, disagreements };
}
