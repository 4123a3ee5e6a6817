/**
 * Text to a tree of elements in normalisation form C: saxes with gates of our own for what saxes lets through, each marked
 * "Gate" below. XML 1.0 (fifth edition) with namespaces and without document types.
 *
 * It is not the way in: `xml-reader.ts` is, and has dealt with bytes and document types before. The parser is made anew
 * for each document, since one that was left in the middle cannot be used again.
 */
import {
  type SaxesAttributeNSIncomplete,
  SaxesParser,
  type SaxesStartTagNS,
  type SaxesTagNS,
  type XMLDecl,
} from 'saxes';
import type { Fejl } from '../domain/fejl.ts';
import { fejl } from '../errors.ts';
import { costlyPart, hasMoreAmpersands } from './markup.ts';
import { MAX_COMBINING_MARKS, mayChangeInNfc, toNfc } from './nfc.ts';
import { placeAt } from './place.ts';
import type { XmlAttribute, XmlElement } from './tree.ts';
import { doctypeFault, faultOf } from './xml-fault.ts';

/** What a tree may cost. All are inclusive: a document at the limit is read. */
export interface TreeLimits {
  /** Of elements within elements, the root included; 64. */
  readonly maxDepth: number;
  /** Elements in the document, and attributes in the document; 250,000 of each. */
  readonly maxElements: number;
  /** Attributes of one element, namespace declarations included; 64. */
  readonly maxAttributes: number;
}

export type TreeResult = { readonly ok: true; readonly root: XmlElement } | { readonly ok: false; readonly fejl: Fejl };

const XML_DECLARATION = /^<\?xml[ \t\n]/;
const WHITE_SPACE = /[ \t\n]/;
/** Characters that may stand in a name but not begin one (XML 1.0, 2.3: NameChar without NameStartChar). */
const NOT_NAME_START = /^(?:[-.0-9\u00b7]|[\u0300-\u036f]|[\u203f\u2040])/;
/** A document up to this is given to the parser at once; above it, in pieces of this, with a look in between. */
const PIECE_CHARACTERS = 1024 * 1024;
/** Comments, processing instructions and CDATA sections in the document. Few enough to cost a fraction of a second. */
const MAX_OPAQUE = 250_000;
/** References in the document, and with them every '&' that is none. */
const MAX_REFERENCES = 1_000_000;
/** Of '-' in one comment, of '?' in one processing instruction, of ']' in one CDATA section. */
const MAX_BROKEN_UP = 250_000;
/** Of an element or an attribute, with its prefix. No schema has a name of a tenth of it. */
const MAX_NAME_LENGTH = 1000;
/** Of the values of all attributes together. saxes keeps a piece of string for each white space and reference in them. */
const MAX_ATTRIBUTE_CHARACTERS = 2 * 1024 * 1024;
/** Longer than any namespace that is in use. saxes copies and compares it once for each attribute with a prefix. */
const MAX_NAMESPACE_LENGTH = 256;

/** Thrown through saxes to make it stop at once; it would otherwise read on after an error. Holds no state. */
const STOP = new Error('The document is refused');

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];
const NO_CHILDREN: XmlElement[] = [];

/** An element that its end tag has not been met of; the tree has it already. */
interface OpenElement extends XmlElement {
  children: XmlElement[];
  text: string;
}

/** Both count from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

interface OpenAttribute extends Place {
  /** saxes fills in the namespace when the start tag ends. */
  readonly attribute: SaxesAttributeNSIncomplete;
}

/** White space or '=': what stands between an attribute's name and its value. Line ends are single line feeds here. */
function isBeforeValue(unit: number): boolean {
  return unit === 0x3d || unit === 0x20 || unit === 0x0a || unit === 0x09;
}

/** Reads one document once. Its `read` never throws. */
export class TreeReader {
  readonly #text: string;
  readonly #declared: string | undefined;
  readonly #limits: TreeLimits;
  /** False spares the work for nearly every message: no character of it can change in form C. */
  readonly #mayNeedNfc: boolean;
  readonly #parser: SaxesParser<{ xmlns: true; forceXMLVersion: true; defaultXMLVersion: '1.0' }>;
  readonly #open: OpenElement[] = [];
  #root: XmlElement | undefined;
  #fejl: Fejl | undefined;
  #elements = 0;
  #attributes = 0;
  #attributeCharacters = 0;
  /** Where the root ended; 0 before. */
  #rootEnd = 0;
  #tagPlace: Place = { line: 1, column: 1 };
  #tagAttributes = 0;
  #isInTag = false;
  #pending: OpenAttribute[] = [];

  constructor(text: string, declared: string | undefined, limits: TreeLimits) {
    this.#text = text;
    this.#declared = declared;
    this.#limits = limits;
    this.#mayNeedNfc = mayChangeInNfc(text) || text.includes('&#');
    // XML 1.0, fifth edition, reads every version 1.x as 1.0; saxes would apply the rules of 1.1 to all but 1.0.
    this.#parser = new SaxesParser({ xmlns: true, forceXMLVersion: true, defaultXMLVersion: '1.0' });
  }

  read(): TreeResult {
    this.#listen();
    try {
      if (this.#text.length <= PIECE_CHARACTERS) this.#parser.write(this.#text);
      else this.#writeInPieces();
      this.#parser.close();
    } catch {
      // STOP, or an error of saxes' own: whatever it was, nothing of the document is trusted.
      return { ok: false, fejl: this.#fejl ?? this.#fault('') };
    }
    return this.#root === undefined ? { ok: false, fejl: this.#fault('') } : { ok: true, root: this.#root };
  }

  /**
   * No more handlers than the document needs: each one more is a property more on saxes' parser, and past a dozen of them
   * V8 gives up its fast layout for that object (measured: a tenth of the whole time).
   */
  #listen(): void {
    const parser = this.#parser;
    parser.on('opentagstart', (tag) => this.#startTag(tag));
    parser.on('attribute', (attribute) => this.#collectAttribute(attribute));
    parser.on('opentag', (tag) => this.#openElement(tag));
    parser.on('closetag', () => this.#closeElement());
    parser.on('text', (text) => this.#appendText(text));
    parser.on('error', (error) => this.#refuse(this.#fault(error.message)));
    if (this.#text.includes('<![CDATA[')) parser.on('cdata', (text) => this.#appendText(text));
    // What is left is in a comment or in CDATA, or our own search is wrong; then the parser has the last word.
    if (this.#text.includes('<!DOCTYPE')) {
      parser.on('doctype', () => this.#refuse(doctypeFault(this.#text, this.#offset())));
    }
    // The XML declaration does not count: it stands at 0, and the parser does not report it as an instruction.
    const afterDeclaration = XML_DECLARATION.test(this.#text) ? 1 : 0;
    if (this.#text.includes('<?', afterDeclaration))
      parser.on('processinginstruction', ({ body }) => this.#checkInstruction(body));
  }

  /** Gate: what saxes builds out of many small strings could take 30 times the size of the message. */
  #writeInPieces(): void {
    const costly = costlyPart(this.#text, { parts: MAX_OPAQUE, brokenUp: MAX_BROKEN_UP });
    if (costly !== undefined) {
      const reason =
        costly.why === 'parts'
          ? `mere end ${MAX_OPAQUE} kommentarer, processing instructions og CDATA-dele`
          : `mere end ${MAX_BROKEN_UP} forekomster af det tegn, der kan afslutte delen`;
      this.#refuse(fejl('DA-006', `${placeAt(this.#text, costly.offset)}: ${reason}`));
    }
    if (hasMoreAmpersands(this.#text, MAX_REFERENCES)) {
      this.#refuse(fejl('DA-006', `mere end ${MAX_REFERENCES} referencer (&-tegn)`));
    }
    for (let from = 0; from < this.#text.length; from += PIECE_CHARACTERS) {
      const tagProgress = this.#isInTag ? this.#attributes : -1;
      this.#parser.write(this.#text.slice(from, from + PIECE_CHARACTERS));
      if (this.#isInTag && this.#attributes === tagProgress) {
        this.#refuseHere('DA-006', `en attribut på mere end ${PIECE_CHARACTERS} tegn`);
      }
    }
  }

  #checkDeclaration(declaration: XMLDecl): void {
    if (declaration.version === '1.1') this.#refuseHere('DA-001', 'XML 1.1 læses ikke; brug XML 1.0');
    // Gate: saxes reads text and cannot know. A declaration that our own search did not see in full could
    // otherwise have the message read in another encoding than the one that it states.
    if (declaration.encoding !== this.#declared) {
      this.#refuse(fejl('DA-002', 'linje 1, XML-erklæringen: tegnkodningen står ikke inden for de første 1024 bytes'));
    }
  }

  #startTag(tag: SaxesStartTagNS): void {
    if (this.#elements === 0) this.#checkDeclaration(this.#parser.xmlDecl);
    if (this.#open.length >= this.#limits.maxDepth) {
      this.#refuseHere('DA-006', `mere end ${this.#limits.maxDepth} elementer inde i hinanden`);
    }
    this.#elements += 1;
    if (this.#elements > this.#limits.maxElements) {
      this.#refuseHere('DA-006', `mere end ${this.#limits.maxElements} elementer`);
    }
    this.#tagAttributes = 0;
    this.#isInTag = true;
    // The parser has read '<', the name and one character more.
    this.#tagPlace = this.#before(this.#parser.position - tag.name.length - 2);
    if (tag.name.length > MAX_NAME_LENGTH) this.#refuseName(this.#tagPlace);
  }

  #collectAttribute(attribute: SaxesAttributeNSIncomplete): void {
    this.#attributes += 1;
    this.#tagAttributes += 1;
    if (this.#tagAttributes > this.#limits.maxAttributes) {
      this.#refuseHere('DA-006', `mere end ${this.#limits.maxAttributes} attributter i et element`);
    }
    if (this.#attributes > this.#limits.maxElements) {
      this.#refuseHere('DA-006', `mere end ${this.#limits.maxElements} attributter`);
    }
    if (attribute.name.length > MAX_NAME_LENGTH) this.#refuseName(this.#before(this.#attributeStart(attribute.name)));
    this.#attributeCharacters += attribute.value.length;
    if (this.#attributeCharacters > MAX_ATTRIBUTE_CHARACTERS) {
      this.#refuseHere('DA-006', `attributter på tilsammen mere end ${MAX_ATTRIBUTE_CHARACTERS} tegn`);
    }
    if (attribute.prefix !== '') this.#checkLocalName(attribute.local);
    if (attribute.prefix === 'xmlns' || attribute.name === 'xmlns') {
      // Gate: a namespace of megabytes, compared for each attribute that uses it, is a way to stop the reader.
      if (attribute.value.length > MAX_NAMESPACE_LENGTH) {
        this.#refuseHere('DA-006', `et namespace på mere end ${MAX_NAMESPACE_LENGTH} tegn`);
      }
      return;
    }
    this.#pending.push({ ...this.#before(this.#attributeStart(attribute.name)), attribute });
  }

  /** Where the name of the attribute begins whose closing quote the parser has just read. Each step goes back once. */
  #attributeStart(name: string): number {
    const closing = this.#offset();
    // A raw value cannot hold its own quote, so the search from the closing one finds the opening one.
    let end = this.#text.lastIndexOf(this.#text.charAt(closing), closing - 1);
    while (isBeforeValue(this.#text.charCodeAt(end - 1))) end -= 1;
    return end - name.length;
  }

  #openElement(tag: SaxesTagNS): void {
    this.#isInTag = false;
    if (tag.prefix !== '') this.#checkLocalName(tag.local);
    const element: OpenElement = {
      namespace: tag.uri,
      name: this.#normalise(tag.local),
      line: this.#tagPlace.line,
      column: this.#tagPlace.column,
      attributes: this.#pending.length === 0 ? NO_ATTRIBUTES : this.#takeAttributes(),
      children: NO_CHILDREN,
      text: '',
    };
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = element;
    else if (parent.children === NO_CHILDREN) parent.children = [element];
    else parent.children.push(element);
    this.#open.push(element);
  }

  #closeElement(): void {
    const element = this.#open.pop();
    if (element !== undefined) element.text = this.#normalise(element.text);
    if (this.#open.length === 0) this.#rootEnd = this.#parser.position;
  }

  /** Also called with the white space before and after the root, which belongs to no element. */
  #appendText(text: string): void {
    const element = this.#open.at(-1);
    if (element !== undefined) element.text += text;
  }

  #takeAttributes(): readonly XmlAttribute[] {
    const taken = this.#pending.map(({ line, column, attribute }) => ({
      namespace: attribute.uri,
      name: this.#normalise(attribute.local),
      value: this.#normalise(attribute.value),
      line,
      column,
    }));
    this.#pending = [];
    // Gate: two names that differ in the document may be one in form C, and then no one could say which counts.
    if (this.#mayNeedNfc && new Set(taken.map(({ namespace, name }) => `${name} ${namespace}`)).size < taken.length) {
      this.#refuseHere('DA-001', 'en attribut er angivet to gange i det samme element');
    }
    return taken;
  }

  /** Gate: saxes checks that a whole name is a Name, but not that the part after the colon is one (Namespaces 1.0, 4). */
  #checkLocalName(local: string): void {
    if (NOT_NAME_START.test(local)) this.#refuseHere('DA-001', 'et navn efter et kolon begynder med et forkert tegn');
  }

  /** Gate: saxes reads `<?a?b?>` as the instruction a, but a target must be followed by white space or the end. */
  #checkInstruction(body: string): void {
    if (!body.startsWith('?')) return;
    const start = this.#parser.position - '?>'.length - body.length;
    if (!WHITE_SPACE.test(this.#text.charAt(start - 1))) {
      this.#refuseHere('DA-001', 'en processing instruction er skrevet forkert');
    }
  }

  #normalise(text: string): string {
    if (!this.#mayNeedNfc) return text;
    const normal = toNfc(text);
    if (normal !== undefined) return normal;
    return this.#refuseHere('DA-006', `mere end ${MAX_COMBINING_MARKS} kombinerende tegn efter hinanden`);
  }

  /** The offset of the last character that the parser has read. */
  #offset(): number {
    return Math.max(0, this.#parser.position - 1);
  }

  /** The place of a character shortly before the parser; both from 1. Costs the characters between, when lines are. */
  #before(offset: number): Place {
    const column = this.#parser.columnIndex - (this.#parser.position - offset) + 1;
    if (column > 0) return { line: this.#parser.line, column };
    let line = this.#parser.line;
    for (let at = offset; at < this.#parser.position; at += 1) if (this.#text.charCodeAt(at) === 0x0a) line -= 1;
    return { line, column: offset - this.#text.lastIndexOf('\n', offset) };
  }

  #fault(message: string): Fejl {
    const innermost = this.#open.at(-1);
    const place = innermost && `linje ${innermost.line}, kolonne ${innermost.column}`;
    return faultOf(message, this.#text, { offset: this.#offset(), openElement: place, rootEnd: this.#rootEnd });
  }

  #refuseName({ line, column }: Place): never {
    this.#refuse(fejl('DA-006', `linje ${line}, kolonne ${column}: et navn på mere end ${MAX_NAME_LENGTH} tegn`));
  }

  #refuseHere(kode: 'DA-001' | 'DA-006', hvad: string): never {
    this.#refuse(fejl(kode, `${placeAt(this.#text, this.#offset())}: ${hvad}`));
  }

  /** Remembers the refusal and leaves the parser. */
  #refuse(reason: Fejl): never {
    this.#fejl ??= reason;
    throw STOP;
  }
}
