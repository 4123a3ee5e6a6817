/**
 * A lane for plain documents: the tree of a document in which nothing is in doubt, at a fraction of the parser's price.
 *
 * It is no judge. It knows the part of XML that nearly every message keeps to (elements, attributes in quotes, character
 * data without references, names of Danish letters) and gives exactly the tree that `tree-reader.ts` gives. Of everything
 * else, every fault included, it says nothing: then the parser reads the document from its start and has the only word.
 * Why there are two: docs/decisions/0029. That they agree: test/oio/plain-reader.test.ts.
 *
 * Linear in the text, and it never throws.
 */
import type { XmlAttribute, XmlElement } from './tree.ts';
import type { TreeLimits } from './tree-reader.ts';

/**
 * What is not certainly plain: references, control characters, and what form C could change, could not stand alone, or is
 * no character. Plain are the letters of western Europe, and of all from U+0300 on only the dashes, quotation marks and
 * currency signs that word processors write.
 */
const NOT_PLAIN = /[^\t\n\u0020-%'-~\u00a0-\u02ff\u2010-\u2027\u2030-\u203a\u20a0-\u20bf]/;
const WHITE_SPACE = /^[ \t\n]*$/;

const DECLARATION =
  /^<\?xml version="1\.0"(?: encoding="([A-Za-z][A-Za-z0-9._-]*)")?(?: standalone="(?:yes|no)")? ?\?>/;
const NC_NAME = '[A-Za-z_ÆØÅæøå][A-Za-z0-9_.ÆØÅæøå-]{0,99}';
const NAME = `(?:${NC_NAME}:)?${NC_NAME}`;
const ATTRIBUTE = `[ \\t\\n]+(${NAME})=(?:"([^"<\\t\\n]*)"|'([^'<\\t\\n]*)')`;
const START_TAG = new RegExp(`^(${NAME})((?:${ATTRIBUTE})*)[ \\t\\n]*(/?)$`);
const EVERY_ATTRIBUTE = new RegExp(ATTRIBUTE, 'g');

/** Of a start tag. With the number of attributes it stays below what the parser reads of them. */
const MAX_TAG_LENGTH = 4096;
/** Of one element, namespace declarations included. Few enough to compare each with each. */
const MAX_ATTRIBUTES = 16;
/** In the document, namespace declarations included. An element that has one takes a copy of all that are in force. */
const MAX_ATTRIBUTES_IN_ALL = 400;

/** What may be done with these is the parser's to know. */
const RESERVED_PREFIX = /^xml/i;
const RESERVED_NAMESPACE = /^http:\/\/www\.w3\.org\/(?:XML\/1998\/namespace|2000\/xmlns\/)$/;
/** Without white space, which the parser takes off. */
const NAMESPACE = /^[!-~]{0,256}$/;

/** Start tags that are remembered, and how long each of them may be: a megabyte at the most. */
const MAX_REMEMBERED = 1000;
const MAX_REMEMBERED_LENGTH = 500;

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];
const NO_CHILDREN: XmlElement[] = [];

const GREATER = 0x3e;
const SLASH = 0x2f;

/** What prefixes stand for within an element that declares some. */
interface Scope {
  /** The default namespace is that of the prefix ''. */
  readonly bindings: ReadonlyMap<string, string>;
  /** The start tags met in it, as they are written between '<' and '>'. */
  readonly tags: Map<string, StartTag>;
}

/** What a start tag means in a scope, wherever it stands. */
interface StartTag {
  /** The name as it is written. */
  readonly qualified: string;
  readonly namespace: string;
  readonly local: string;
  readonly attributes: readonly TagAttribute[];
  /** Attributes and namespace declarations. */
  readonly attributeCount: number;
  readonly isEmpty: boolean;
  readonly scope: Scope;
}

/** An attribute or a namespace declaration as it is written. */
interface Written {
  readonly qualified: string;
  readonly value: string;
  /** From the tag's '<' to the name. */
  readonly offset: number;
}

interface TagAttribute extends Written {
  readonly namespace: string;
  readonly local: string;
}

/** An element while its end tag has not been met. */
interface Level {
  readonly element: XmlElement & { children: XmlElement[]; text: string };
  readonly tag: StartTag;
  readonly parent: Level | undefined;
  readonly depth: number;
}

/**
 * The scope around the root, and with it the start tags of the documents before: each sender's are the same from document
 * to document. Nothing of a document but its tags is kept.
 */
let outermost: Scope = { bindings: new Map(), tags: new Map() };
let remembered = 0;

/** Undefined where the prefix is not declared. */
function namespaceOf(qualified: string, { bindings }: Scope): string | undefined {
  const colon = qualified.indexOf(':');
  return colon < 0 ? (bindings.get('') ?? '') : bindings.get(qualified.slice(0, colon));
}

function localOf(qualified: string): string {
  return qualified.slice(qualified.indexOf(':') + 1);
}

function isDeclaration({ qualified }: Written): boolean {
  return qualified === 'xmlns' || qualified.startsWith('xmlns:');
}

/** The scope within a tag that has these declarations; undefined where one of them is not plain. */
function scopeWithin(scope: Scope, declarations: readonly Written[]): Scope | undefined {
  if (declarations.length === 0) return scope;
  const bindings = new Map(scope.bindings);
  for (const { qualified, value } of declarations) {
    const prefix = qualified.slice('xmlns:'.length);
    if (RESERVED_PREFIX.test(prefix) || RESERVED_NAMESPACE.test(value) || !NAMESPACE.test(value)) return undefined;
    if (prefix !== '' && value === '') return undefined;
    bindings.set(prefix, value);
  }
  return { bindings, tags: new Map() };
}

function parseAttributes(list: string, listOffset: number): readonly Written[] {
  return [...list.matchAll(EVERY_ATTRIBUTE)].map((match) => {
    const [all, qualified = '', quoted, apostrophed] = match;
    const offset = listOffset + match.index + all.indexOf(qualified);
    return { qualified, value: quoted ?? apostrophed ?? '', offset };
  });
}

/** Undefined where the tag is not plain. */
function parseTag(written: string, outer: Scope): StartTag | undefined {
  const [whole, qualified = '', list = ''] = START_TAG.exec(written) ?? [];
  if (whole === undefined) return undefined;
  const all = parseAttributes(list, 1 + qualified.length);
  if (new Set(all.map((one) => one.qualified)).size < all.length) return undefined;
  const scope = scopeWithin(outer, all.filter(isDeclaration));
  const namespace = scope && namespaceOf(qualified, scope);
  if (scope === undefined || namespace === undefined) return undefined;
  const attributes: TagAttribute[] = [];
  for (const one of all) {
    if (isDeclaration(one)) continue;
    // The default namespace is none of attributes.
    const attributeNamespace = one.qualified.includes(':') ? namespaceOf(one.qualified, scope) : '';
    if (attributeNamespace === undefined) return undefined;
    attributes.push({ ...one, namespace: attributeNamespace, local: localOf(one.qualified) });
  }
  if (new Set(attributes.map(({ namespace: uri, local }) => `${local} ${uri}`)).size < attributes.length)
    return undefined;
  const isEmpty = whole.endsWith('/');
  return { qualified, namespace, local: localOf(qualified), attributes, attributeCount: all.length, isEmpty, scope };
}

/** What a tag means, from memory where it has been met. */
function tagOf(written: string, scope: Scope): StartTag | undefined {
  const known = scope.tags.get(written);
  if (known !== undefined || written.length > MAX_TAG_LENGTH) return known;
  if (remembered >= MAX_REMEMBERED || written.length > MAX_REMEMBERED_LENGTH) return parseTag(written, scope);
  // A copy, since a part of a text keeps all of it in memory.
  const copy = Buffer.from(written).toString();
  const tag = parseTag(copy, scope);
  if (tag !== undefined) {
    scope.tags.set(copy, tag);
    remembered += 1;
  }
  return tag;
}

/** Reads one document once. */
class PlainReader {
  readonly #text: string;
  readonly #limits: TreeLimits;
  #elements = 0;
  #attributes = 0;
  #line = 1;
  #lineStart = 0;
  /** The first line feed that is not counted yet; the end of the text where there is none. */
  #lineFeed: number;

  constructor(text: string, limits: TreeLimits) {
    this.#text = text;
    this.#limits = limits;
    this.#lineFeed = this.#lineFeedFrom(0);
  }

  /** @param from where the root begins. */
  read(from: number): XmlElement | undefined {
    const text = this.#text;
    let at = from;
    let level: Level | undefined;
    for (;;) {
      let closed: XmlElement | undefined;
      if (text.charCodeAt(at + 1) === SLASH) {
        if (level === undefined || !this.#isEndTag(at, level.tag.qualified)) return undefined;
        at += level.tag.qualified.length + '</>'.length;
        closed = level.element;
        level = level.parent;
      } else {
        const end = text.indexOf('>', at);
        const tag = end < 0 ? undefined : tagOf(text.slice(at + 1, end), level?.tag.scope ?? outermost);
        const opened = tag && this.#open(tag, at, level);
        if (opened === undefined) return undefined;
        at = end + 1;
        if (opened.tag.isEmpty) closed = opened.element;
        else level = opened;
      }
      if (level === undefined) return WHITE_SPACE.test(text.slice(at)) ? closed : undefined;
      const next = text.indexOf('<', at);
      if (next < 0) return undefined;
      level.element.text += text.slice(at, next);
      at = next;
    }
  }

  /** An element as the last child of its parent; undefined where it would be more than a limit allows. */
  #open(tag: StartTag, at: number, parent: Level | undefined): Level | undefined {
    const { maxDepth, maxElements, maxAttributes } = this.#limits;
    const depth = parent === undefined ? 1 : parent.depth + 1;
    this.#elements += 1;
    this.#attributes += tag.attributeCount;
    if (depth > maxDepth || this.#elements > maxElements) return undefined;
    if (tag.attributeCount > Math.min(maxAttributes, MAX_ATTRIBUTES)) return undefined;
    if (this.#attributes > Math.min(maxElements, MAX_ATTRIBUTES_IN_ALL)) return undefined;
    this.#countLines(at);
    const element = {
      namespace: tag.namespace,
      name: tag.local,
      line: this.#line,
      column: at - this.#lineStart + 1,
      attributes: tag.attributes.length === 0 ? NO_ATTRIBUTES : this.#attributesAt(tag, at),
      children: NO_CHILDREN,
      text: '',
    };
    if (parent !== undefined) {
      if (parent.element.children === NO_CHILDREN) parent.element.children = [element];
      else parent.element.children.push(element);
    }
    return { element, tag, parent, depth };
  }

  #attributesAt({ attributes }: StartTag, at: number): readonly XmlAttribute[] {
    return attributes.map(({ namespace, local, value, offset }) => {
      this.#countLines(at + offset);
      return { namespace, name: local, value, line: this.#line, column: at + offset - this.#lineStart + 1 };
    });
  }

  #isEndTag(at: number, qualified: string): boolean {
    const text = this.#text;
    return text.startsWith(qualified, at + 2) && text.charCodeAt(at + 2 + qualified.length) === GREATER;
  }

  /** Brings line and column to an offset. Each is further on than the one before. */
  #countLines(offset: number): void {
    while (this.#lineFeed < offset) {
      this.#line += 1;
      this.#lineStart = this.#lineFeed + 1;
      this.#lineFeed = this.#lineFeedFrom(this.#lineStart);
    }
  }

  #lineFeedFrom(offset: number): number {
    const found = this.#text.indexOf('\n', offset);
    return found < 0 ? this.#text.length : found;
  }
}

/**
 * The tree of a plain document; undefined where it is not certainly one.
 * @param text without a byte order mark, and with line feeds for line ends.
 * @param declared the encoding that the XML declaration names, where one was found.
 */
export function readPlain(text: string, declared: string | undefined, limits: TreeLimits): XmlElement | undefined {
  if (NOT_PLAIN.test(text) || text.includes(']]>')) return undefined;
  const declaration = DECLARATION.exec(text);
  if (declaration?.[1] !== declared) return undefined;
  const end = declaration?.[0].length ?? 0;
  const root = text.indexOf('<', end);
  if (root < 0 || !WHITE_SPACE.test(text.slice(end, root))) return undefined;
  if (remembered >= MAX_REMEMBERED) {
    outermost = { bindings: new Map(), tags: new Map() };
    remembered = 0;
  }
  return new PlainReader(text, limits).read(root);
}
