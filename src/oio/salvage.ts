/**
 * What can still be learned of a message that the strict reader refused: which root it has and which conversation it
 * belongs to, so that a TransportKvittering can carry the sender's own id as its correlation_id.
 *
 * It is not a parser and decides nothing: what it finds is never processed. It scans text, and gives an id only where the
 * end of its element was seen, since half an id would be another conversation's. A lenient parser was measured too: of one
 * document cut short at each of its 356 bytes, fast-xml-parser gave the id of 17 and half an id of 18; this gives 171 and 0.
 */
import { isUtf8 } from 'node:buffer';
import { decodeSingleByte, decodeUnits, sniffEncoding } from './bytes.ts';
import { markupRanges } from './markup.ts';

/** Everything that was recovered; a field is absent where nothing certain was found. */
export interface Salvaged {
  /** White space collapsed, form C, 1 to 100 printable characters: what a `TransaktionsId` may be. */
  readonly transaktionsId?: string;
  /** The local name, form C. */
  readonly rootName?: string;
}

/** The ids stand at the beginning of every message, so more need not be looked at. */
const MAX_SALVAGE_BYTES = 256 * 1024;
const MAX_ID_CHARACTERS = 100;

const PREFIX = `(?:[^\\s<>/?!&;:"'=]{1,100}:)?`;
/** The three header dialects (spec 1): KOMBIT 2017, SKAT 2007, and the older OIO one. */
const ID_ELEMENT = new RegExp(
  `<${PREFIX}(?:TransaktionsId|TransaktionsID|TransaktionIdentifikator)(?:\\s[^<>]{0,1000})?(?<!/)>([^<>]{0,2000})</`,
);
/** The first start tag, whatever its name looks like: if that is broken, the next tag must not be taken for the root. */
const FIRST_TAG = /<(?![?!/\s])([^<>\s/]{1,300})([\s/>])?/;
const QUALIFIED_NAME = /^(?:[^:]+:)?([\p{L}_][\p{L}\p{M}\p{N}_.-]{0,199})$/u;
/** Up to its end, or up to its internal subset's. A declaration in the subset could hold markup, so it must not be read. */
const DOCTYPE = /<!doctype[^<>[]{0,1000}(?:\[[^\]]{0,20000}\]\s{0,100})?>?/i;
const REPLACEMENT_CHARACTER = '\ufffd';
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\ufffd]/u;
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));/g;
const BUILT_IN: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Never throws. Looks at the first 256 KiB at most; linear in them. */
export function salvage(bytes: Uint8Array): Salvaged {
  const [first, second] = decodings(bytes.subarray(0, MAX_SALVAGE_BYTES)).map(find);
  const transaktionsId = first?.transaktionsId ?? second?.transaktionsId;
  const rootName = first?.rootName ?? second?.rootName;
  return { ...(transaktionsId !== undefined && { transaktionsId }), ...(rootName !== undefined && { rootName }) };
}

/**
 * The text in the encoding that it states, and, where that left illegal bytes, in windows-1252: what most often hides
 * behind a message that says UTF-8 and is not.
 */
function decodings(head: Uint8Array): readonly string[] {
  const { encoding, bomBytes } = sniffEncoding(head);
  const body = head.subarray(bomBytes);
  switch (encoding) {
    case 'iso-8859-1':
    case 'windows-1252':
      return [decodeSingleByte(body, encoding)];
    case 'utf-16le':
    case 'utf-16be':
      return [decodeUnits(body, encoding)];
    default:
      return undeclaredDecodings(body);
  }
}

function undeclaredDecodings(body: Uint8Array): readonly string[] {
  // Whatever was stated was no help. Bytes tell UTF-16 from the rest by the zeros beside '<'.
  if (body[0] === 0x3c && body[1] === 0) return [decodeUnits(body, 'utf-16le')];
  if (body[0] === 0 && body[1] === 0x3c) return [decodeUnits(body, 'utf-16be')];
  const text = new TextDecoder().decode(body);
  return isUtf8(body) ? [text] : [text, decodeSingleByte(body, 'windows-1252')];
}

function find(text: string): Salvaged {
  const markup = visibleText(text).replace(DOCTYPE, '');
  const firstTag = FIRST_TAG.exec(markup);
  const isWhole = firstTag?.[2] !== undefined;
  const rootName = isWhole ? QUALIFIED_NAME.exec(firstTag[1] ?? '')?.[1]?.normalize('NFC') : undefined;
  const raw = ID_ELEMENT.exec(markup)?.[1];
  const transaktionsId = raw === undefined ? undefined : cleanId(raw);
  return { ...(transaktionsId !== undefined && { transaktionsId }), ...(rootName !== undefined && { rootName }) };
}

/** Without comments and processing instructions, and with CDATA as the text that it stands for. */
function visibleText(text: string): string {
  let visible = '';
  for (const { start, end, isCdata } of markupRanges(text)) {
    const part = text.slice(start, end);
    visible += isCdata ? part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : part;
  }
  return visible;
}

/** The id as a reader would give it, or undefined where it cannot be a legal one. */
function cleanId(raw: string): string | undefined {
  const id = raw
    .replace(REFERENCE, resolveReference)
    .replace(/[ \t\r\n]+/g, ' ')
    .trim()
    .normalize('NFC');
  const length = [...id].length;
  return length >= 1 && length <= MAX_ID_CHARACTERS && !UNPRINTABLE.test(id) ? id : undefined;
}

function resolveReference(reference: string, name?: string, decimal?: string, hexadecimal?: string): string {
  if (name !== undefined) return BUILT_IN[name] ?? reference;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
  // Code points that do not exist, and halves of one, become what cleanId refuses.
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? REPLACEMENT_CHARACTER : String.fromCodePoint(code);
}
