/**
 * Message → XML. The tags of every message are put together once, from the plan; writing a document is then the joining
 * of strings. It does not judge the document: the types do, and tests hold the documents to the schemas.
 */
import type { MessageTypes } from '../generated/messages.ts';
import { NAMESPACES, type NamespaceKey } from './namespaces.ts';
import { type ElementPlan, type MessageStem, planOf, type RootPlan, type Spelling } from './plan.ts';

export interface WriteOptions {
  /** The URI that stands for `dka`. Messages whose root has a fixed namespace do not use it. */
  readonly namespace: string;
  readonly spelling: Spelling;
}

/** Writes one property of an object, with its tags; the empty string where it is absent. */
type PropertyWriter = (value: unknown) => string;

interface RootWriter {
  /** The document up to the URI of `dka`, or up to the end of the start tag. */
  readonly start: string;
  /** What follows the URI of `dka`; undefined where the document has none. */
  readonly afterDka: string | undefined;
  readonly properties: readonly (readonly [key: string, write: PropertyWriter])[];
  readonly end: string;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** What is not certainly plain: markup, and what is outside the characters of one UTF-16 unit that XML admits. */
const NEEDS_CARE = /[&<>"]|[^\t\n\u0020-\uD7FF\uE000-\uFFFD]/;
/** The complement of XML 1.0's Char. With the flag u a surrogate pair is one character, so only lone surrogates are found. */
const NOT_IN_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const EVERY_NOT_IN_XML = new RegExp(NOT_IN_XML, 'gu');

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}

/** Text for people, also from a debitorsystem: what XML cannot hold becomes U+FFFD. */
function writeFreeText(text: string): string {
  return NEEDS_CARE.test(text) ? escapeText(text.replace(EVERY_NOT_IN_XML, '�')) : text;
}

/**
 * Text that is data.
 * @throws RangeError where it holds a character that XML cannot hold: replacing it would change the data.
 */
function writeFixedText(text: string): string {
  if (!NEEDS_CARE.test(text)) return text;
  if (NOT_IN_XML.test(text)) throw new RangeError('the text holds a character that XML 1.0 cannot hold');
  return escapeText(text);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The content of an element, from the value of its property. */
function compileContent(plan: ElementPlan, spelling: Spelling): (value: unknown) => string {
  const { content } = plan;
  if (content.art === 'any') return () => '';
  if (content.art === 'text') {
    const write = content.freeText === true ? writeFreeText : writeFixedText;
    return (value) => {
      if (typeof value !== 'string') throw new TypeError(`${plan.key} is not a string`);
      return write(value);
    };
  }
  const properties = compileProperties(content.children, spelling);
  return (value) => {
    if (!isRecord(value)) throw new TypeError(`${plan.key} is not an object`);
    let xml = '';
    for (const [key, write] of properties) xml += write(value[key]);
    return xml;
  };
}

function compileProperty(plan: ElementPlan, spelling: Spelling): PropertyWriter {
  const name = `${plan.namespace}:${spelling === 'danish' ? plan.name : plan.key}`;
  const start = `<${name}>`;
  const end = `</${name}>`;
  const write = compileContent(plan, spelling);
  if (!plan.many) return (value) => (value === undefined ? '' : start + write(value) + end);
  return (value) => {
    if (value === undefined) return '';
    if (!Array.isArray(value)) throw new TypeError(`${plan.key} is not an array`);
    let xml = '';
    for (const item of value) xml += start + write(item) + end;
    return xml;
  };
}

function compileProperties(children: readonly ElementPlan[], spelling: Spelling): RootWriter['properties'] {
  return children
    .filter(({ content }) => content.art !== 'any')
    .map((child) => [child.key, compileProperty(child, spelling)] as const);
}

function namespacesUsed(plan: ElementPlan, found = new Set<NamespaceKey>()): ReadonlySet<NamespaceKey> {
  // What is never written needs no prefix.
  if (plan.content.art === 'any') return found;
  found.add(plan.namespace);
  if (plan.content.art === 'elements') for (const child of plan.content.children) namespacesUsed(child, found);
  return found;
}

function compileRoot(plan: RootPlan, spelling: Spelling): RootWriter {
  const name = `${plan.namespace}:${spelling === 'danish' ? plan.name : plan.key}`;
  let fixed = '';
  let usesDka = false;
  for (const key of namespacesUsed(plan)) {
    if (key === 'dka') usesDka = true;
    else fixed += ` xmlns:${key}="${NAMESPACES[key]}"`;
  }
  return {
    start: `${DECLARATION}<${name}${usesDka ? ' xmlns:dka="' : `${fixed}>`}`,
    afterDka: usesDka ? `"${fixed}>` : undefined,
    properties: compileProperties(plan.content.children, spelling),
    end: `</${name}>`,
  };
}

const COMPILED = new Map<string, RootWriter>();

/** Compiled at first use; there are as many as messages times spellings. */
function writerOf(stem: MessageStem, spelling: Spelling): RootWriter {
  const key = `${stem} ${spelling}`;
  let writer = COMPILED.get(key);
  if (writer === undefined) {
    writer = compileRoot(planOf(stem), spelling);
    COMPILED.set(key, writer);
  }
  return writer;
}

/**
 * Writes a message as UTF-8 with an XML declaration and all prefixes declared on the root.
 * @throws TypeError where a value is not what the schema's type says; RangeError where data holds a character that XML
 * cannot hold. Both are faults of the program, since documents are made of values that were read or made here.
 */
export function writeDocument<S extends MessageStem>(
  stem: S,
  document: MessageTypes[S],
  options: WriteOptions,
): Uint8Array {
  const writer = writerOf(stem, options.spelling);
  let xml = writer.start;
  if (writer.afterDka !== undefined) xml += writeFixedText(options.namespace) + writer.afterDka;
  const value: unknown = document;
  if (!isRecord(value)) throw new TypeError(`${stem} is not an object`);
  for (const [key, write] of writer.properties) xml += write(value[key]);
  return Buffer.from(xml + writer.end, 'utf8');
}
