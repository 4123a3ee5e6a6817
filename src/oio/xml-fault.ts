/**
 * What is wrong with a document that is not well-formed, in Danish: the parser's English messages are turned into
 * explanations of our own, since the parser's may quote the document, and a quoted value could be a CPR number.
 *
 * What the parser says is pinned by test/assumptions/saxes.test.ts; a message that is not known here still gives a
 * correct refusal, only a less helpful one.
 */
import type { Fejl } from '../domain/fejl.ts';
import { fejl } from '../errors.ts';
import { bareAmpersandOffset, doctypeOffset, firstBlackOutsideOpaque } from './markup.ts';
import { placeAt } from './place.ts';

const XML_DECLARATION = 'XML-erklæringen er forkert';
const ATTRIBUTE = 'en attribut er skrevet forkert; skriv navn="værdi", med mellemrum foran';
const BARE_AMPERSAND = 'et &-tegn begynder ikke en reference; skriv &amp;';
const PROCESSING_INSTRUCTION = 'en processing instruction er skrevet forkert';
const RESERVED_NAMESPACE = 'et reserveret namespace eller præfiks er brugt forkert';
const UNKNOWN_FAULT = 'her er dokumentet ikke velformet';

const SECOND_ROOT = 'documents may contain only one root';
const TEXT_OUTSIDE = 'text data outside of root node';

/** Beginnings of the parser's messages, without its position. The first that fits counts. */
const EXPLANATIONS: readonly (readonly [beginning: string, explanation: string])[] = [
  ['unclosed tag', 'et element er ikke afsluttet'],
  ['unexpected close tag', 'et sluttag svarer ikke til det starttag, der er åbent'],
  ['unmatched closing tag', 'et sluttag har intet starttag'],
  ['unbound namespace prefix', 'et namespace-præfiks er ikke erklæret'],
  ['duplicate attribute', 'en attribut er angivet to gange i det samme element'],
  [SECOND_ROOT, 'dokumentet har mere end ét rodelement'],
  [TEXT_OUTSIDE, 'der er tekst uden for rodelementet'],
  ['document must contain a root element', 'dokumentet har intet rodelement'],
  ['unexpected end', 'dokumentet slutter midt i en konstruktion'],
  ['disallowed character in entity name', BARE_AMPERSAND],
  ['empty entity name', BARE_AMPERSAND],
  ['malformed character entity', 'en tegnreference er forkert eller står for et tegn, som XML ikke tillader'],
  ['disallowed character in tag name', 'et <-tegn begynder ikke et gyldigt tag; skriv &lt;, hvis det er tekst'],
  ['disallowed character in closing tag', 'et sluttag er skrevet forkert'],
  ['weird empty close tag', 'et sluttag er skrevet forkert'],
  ['forward-slash in opening tag', 'et tag er skrevet forkert'],
  ['disallowed character in attribute name', ATTRIBUTE],
  ['attribute without value', ATTRIBUTE],
  ['unquoted attribute value', ATTRIBUTE],
  ['no whitespace between attributes', ATTRIBUTE],
  ['disallowed character in processing instruction name', PROCESSING_INSTRUCTION],
  ['processing instruction', PROCESSING_INSTRUCTION],
  ['disallowed character.', 'her står et tegn, som XML ikke tillader'],
  ['the string "]]>"', 'tegnfølgen ]]> er ikke tilladt i tekst; skriv ]]&gt;'],
  ['malformed comment', 'en kommentar indeholder to bindestreger i træk'],
  ['incorrect syntax', 'en konstruktion, der begynder med <!, er skrevet forkert'],
  ['malformed name', 'et navn har et kolon for meget'],
  ['an XML declaration must be at the start', 'en XML-erklæring må kun stå allerførst i dokumentet'],
  ['the XML declaration must appear at the start', 'en XML-erklæring må kun stå allerførst i dokumentet'],
  ['XML declaration', XML_DECLARATION],
  ['The character ? is disallowed anywhere in XML declarations', XML_DECLARATION],
  ['did not expect any more name/value pairs', XML_DECLARATION],
  ['expected ', XML_DECLARATION],
  ['value required', XML_DECLARATION],
  ['value must be quoted', XML_DECLARATION],
  ['whitespace required', XML_DECLARATION],
  ['version number must match', XML_DECLARATION],
  ['encoding value must match', XML_DECLARATION],
  ['standalone value must match', XML_DECLARATION],
  ['xml prefix must be bound', RESERVED_NAMESPACE],
  ['xmlns prefix must be bound', RESERVED_NAMESPACE],
  ['the default namespace may not be set', RESERVED_NAMESPACE],
  ['may not assign', RESERVED_NAMESPACE],
  ['tags may not have "xmlns"', RESERVED_NAMESPACE],
  ['invalid attempt to undefine prefix', 'et namespace-præfiks er erklæret med et tomt namespace'],
];

const PARSER_POSITION = /^\d+:\d+: /;
const UNDEFINED_ENTITY = 'undefined entity';
/** Messages that a bare & before them may be the true reason for: the parser reads on to the next semicolon. */
const AFTER_BARE_AMPERSAND = ['unclosed tag', 'unexpected end', 'disallowed character in entity name', 'empty entity'];

/** How far the parser had come. */
export interface ParserPlace {
  /** In UTF-16 code units: the last character that it had read. */
  readonly offset: number;
  /** Where the innermost open element begins ("linje 3, kolonne 14"), if one is open. */
  readonly openElement: string | undefined;
  /** Where the root ended; 0 where it has not. */
  readonly rootEnd: number;
}

/** The parser sees some faults only where the part ends that is one; its beginning is where a person looks. */
function beginningOf(said: string, text: string, { offset, rootEnd }: ParserPlace): number {
  if (said.startsWith(TEXT_OUTSIDE)) return firstBlackOutsideOpaque(text, rootEnd) ?? offset;
  if (said.startsWith(SECOND_ROOT)) return Math.max(text.lastIndexOf('<', offset), 0);
  return offset;
}

/**
 * The refusal for what the parser said.
 * @param text the whole document
 */
export function faultOf(message: string, text: string, place: ParserPlace): Fejl {
  const { offset, openElement } = place;
  const said = message.replace(PARSER_POSITION, '');
  if (said.startsWith(UNDEFINED_ENTITY)) {
    const start = text.lastIndexOf('&', offset);
    return fejl('DA-003', `${placeAt(text, start < 0 ? offset : start)}: en entitet, der ikke er indbygget i XML`);
  }
  // An XML document type is written in capitals; HTML's is not, and its sender needs the same advice.
  const doctype = doctypeOffset(text);
  if (doctype !== undefined && doctype <= offset) return doctypeFault(text, doctype);
  if (AFTER_BARE_AMPERSAND.some((beginning) => said.startsWith(beginning))) {
    const ampersand = bareAmpersandOffset(text);
    if (ampersand !== undefined && ampersand <= offset) {
      return fejl('DA-001', `${placeAt(text, ampersand)}: ${BARE_AMPERSAND}`);
    }
  }
  if (said.startsWith('unclosed tag') && openElement !== undefined) {
    return fejl('DA-001', `${placeAt(text, offset)}: elementet, der begynder i ${openElement}, er ikke afsluttet`);
  }
  if (said === 'disallowed character.' && text.charAt(offset) === '<') {
    return fejl('DA-001', `${placeAt(text, offset)}: tegnet < står i en attribut; skriv &lt;`);
  }
  const known = EXPLANATIONS.find(([beginning]) => said.startsWith(beginning));
  return fejl('DA-001', `${placeAt(text, beginningOf(said, text, place))}: ${known?.[1] ?? UNKNOWN_FAULT}`);
}

/** The refusal of a DOCTYPE, wherever it stands. */
export function doctypeFault(text: string, offset: number): Fejl {
  return fejl('DA-003', `${placeAt(text, offset)}: en DOCTYPE`);
}
