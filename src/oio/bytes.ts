/**
 * Bytes to text: which encoding a message is in, and whether its bytes are legal in it.
 *
 * It knows byte order marks and the encoding that an XML declaration names, and nothing else of XML. It never guesses:
 * a message is read in the encoding that it states (UTF-8 when it states none), or it is refused. It is not the place
 * for lenient reading; that is `salvage.ts`, which only borrows `sniffEncoding` and `decodeSingleByte`.
 */
import { isUtf8 } from 'node:buffer';
import type { Fejl } from '../domain/fejl.ts';
import { fejl } from '../errors.ts';
import { placeAt } from './place.ts';

/** The encodings that are read (spec 1, "Reading what the world really sends"). */
export type Encoding = 'utf-8' | 'iso-8859-1' | 'windows-1252' | 'utf-16le' | 'utf-16be';

export type DecodeResult =
  | {
      readonly ok: true;
      /** Without the byte order mark, and with every line end as a single line feed (XML 1.0, 2.11). */
      readonly text: string;
      /** The encoding as the XML declaration spells it, where one was found. */
      readonly declared: string | undefined;
    }
  | { readonly ok: false; readonly fejl: Fejl };

/** What the first bytes of a message say about its encoding. */
export interface Sniffed {
  /** Undefined where what is stated is not supported or contradicts itself; `problem` then says how. */
  readonly encoding: Encoding | undefined;
  /** Danish, without a final stop, and without anything from the message. */
  readonly problem: string;
  readonly declared: string | undefined;
  /** The length of the byte order mark: 0, 2 or 3. */
  readonly bomBytes: number;
}

/** An XML declaration is looked for in so many bytes; the reader refuses a document where that was too few. */
const DECLARATION_BYTES = 1024;
const DECLARED_ENCODING = /^<\?xml[ \t\r\n][^?<>]*?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*(?:"([^"?<>]*)"|'([^'?<>]*)')/;

/** Every name under which a supported encoding may be declared, in lower case. 'utf-16' says nothing of the order. */
const ENCODING_NAMES: ReadonlyMap<string, Encoding | 'utf-16'> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['iso-8859-1', 'iso-8859-1'],
  ['iso8859-1', 'iso-8859-1'],
  ['iso_8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['latin-1', 'iso-8859-1'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  ['utf-16', 'utf-16'],
  ['utf16', 'utf-16'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
]);

/** Bytes 0x80 to 0x9F of windows-1252; a space stands for the five that it does not define. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const C1 = /[\u0080-\u009f]/;
const UNDEFINED_IN_WINDOWS_1252 = /[\u0081\u008d\u008f\u0090\u009d]/;

/** An XML declaration stands first, or is none. */
const IN_DECLARATION = 'linje 1, XML-erklæringen';
const GZIP = 'meddelelsen er komprimeret med gzip; send den ukomprimeret og uden content_encoding gzip';

const UTF_16_UNITS = { 'utf-16le': 'UTF-16 (LE)', 'utf-16be': 'UTF-16 (BE)' } as const;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** What the byte order mark, the first four bytes and the XML declaration say. Reads at most 1 KiB. */
export function sniffEncoding(bytes: Uint8Array): Sniffed {
  const family = byteFamily(bytes);
  if (typeof family === 'string') return { encoding: undefined, problem: family, declared: undefined, bomBytes: 0 };
  const { byOrder, bomBytes } = family;
  const head = bytes.subarray(bomBytes, bomBytes + DECLARATION_BYTES);
  const opening = byOrder === undefined || byOrder === 'utf-8' ? decodeLatin1(head) : decodeUnits(head, byOrder);
  const match = DECLARED_ENCODING.exec(opening);
  const declared = match?.[1] ?? match?.[2];
  const refuse = (problem: string): Sniffed => ({ encoding: undefined, problem, declared, bomBytes });

  if (declared === undefined) {
    if (byOrder !== undefined && byOrder !== 'utf-8' && bomBytes === 0) {
      return refuse('linje 1: UTF-16 hverken med BOM eller erklæret');
    }
    return { encoding: byOrder ?? 'utf-8', problem: '', declared, bomBytes };
  }
  const named = ENCODING_NAMES.get(declared.toLowerCase());
  if (named === undefined) return refuse(`${IN_DECLARATION}: den erklærede tegnkodning understøttes ikke`);
  if (byOrder === undefined) {
    if (named.startsWith('utf-16'))
      return refuse(`${IN_DECLARATION}: UTF-16 er erklæret, men meddelelsen er ikke UTF-16`);
  } else if (named !== byOrder && !(named === 'utf-16' && byOrder !== 'utf-8')) {
    return refuse(
      bomBytes > 0
        ? `${IN_DECLARATION}: BOM og den erklærede tegnkodning siger ikke det samme`
        : `${IN_DECLARATION}: meddelelsen er UTF-16, men en anden tegnkodning er erklæret`,
    );
  }
  return { encoding: named === 'utf-16' ? byOrder : named, problem: '', declared, bomBytes };
}

/** Decodes a whole message, or says why it cannot be (DA-002). Linear in time and memory. */
export function decodeBytes(bytes: Uint8Array): DecodeResult {
  const { encoding, problem, declared, bomBytes } = sniffEncoding(bytes);
  if (encoding === undefined) return { ok: false, fejl: fejl('DA-002', problem) };
  const body = bytes.subarray(bomBytes);
  switch (encoding) {
    case 'utf-8': {
      if (!isUtf8(body)) {
        return { ok: false, fejl: fejl('DA-002', `${bytePlace(body, firstIllegalUtf8(body))}: ikke lovlig UTF-8`) };
      }
      const lines = withoutCarriageReturns(body);
      return { ok: true, declared, text: asBuffer(lines).toString('utf8') };
    }
    case 'iso-8859-1':
      return { ok: true, declared, text: decodeLatin1(withoutCarriageReturns(body)) };
    case 'windows-1252': {
      const raw = decodeLatin1(withoutCarriageReturns(body));
      const offset = raw.search(UNDEFINED_IN_WINDOWS_1252);
      if (offset >= 0) return { ok: false, fejl: fejl('DA-002', `${placeAt(raw, offset)}: ikke lovlig windows-1252`) };
      return { ok: true, declared, text: fromC1(raw) };
    }
    case 'utf-16le':
    case 'utf-16be':
      return decodeUtf16(body, encoding, declared);
  }
}

/** Text of a single-byte encoding, where a byte that windows-1252 does not define becomes a space. Never fails. */
export function decodeSingleByte(bytes: Uint8Array, encoding: 'iso-8859-1' | 'windows-1252'): string {
  const raw = decodeLatin1(bytes);
  return encoding === 'iso-8859-1' ? raw : fromC1(raw);
}

/** UTF-16 code units as they stand, lone surrogates included; an odd last byte is left out. Never fails. */
export function decodeUnits(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  if (encoding === 'utf-16le') return asBuffer(whole).toString('utf16le');
  // The swap is done in place, so it has to be done on a copy: the message must stay as it was received.
  return Buffer.from(whole).swap16().toString('utf16le');
}

/** The byte order mark, or the zero bytes around '<', or the reason why the bytes cannot be any supported encoding. */
function byteFamily(
  bytes: Uint8Array,
): { byOrder: 'utf-8' | 'utf-16le' | 'utf-16be' | undefined; bomBytes: number } | string {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    return 'linje 1: UTF-32 understøttes ikke';
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) return { byOrder: 'utf-8', bomBytes: 3 };
  if (a === 0xff && b === 0xfe) return { byOrder: 'utf-16le', bomBytes: 2 };
  if (a === 0xfe && b === 0xff) return { byOrder: 'utf-16be', bomBytes: 2 };
  if ((a === 0x3c && b === 0 && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0 && d === 0x3c)) {
    return 'linje 1: UTF-32 understøttes ikke';
  }
  if (a === 0x1f && b === 0x8b) return GZIP;
  if (a === 0x3c && b === 0) return { byOrder: 'utf-16le', bomBytes: 0 };
  if (a === 0 && b === 0x3c) return { byOrder: 'utf-16be', bomBytes: 0 };
  if (a === 0x4c && b === 0x6f && c === 0xa7 && d === 0x94) return 'linje 1: EBCDIC understøttes ikke';
  return { byOrder: undefined, bomBytes: 0 };
}

function decodeUtf16(body: Uint8Array, encoding: 'utf-16le' | 'utf-16be', declared: string | undefined): DecodeResult {
  const name = UTF_16_UNITS[encoding];
  const raw = decodeUnits(body, encoding);
  if (!raw.isWellFormed()) {
    const place = placeAt(raw, firstLoneSurrogate(raw));
    return { ok: false, fejl: fejl('DA-002', `${place}: ikke lovlig ${name}`) };
  }
  if (body.length % 2 !== 0) {
    const place = placeAt(raw, raw.length);
    return { ok: false, fejl: fejl('DA-002', `${place}: et ulige antal bytes er ikke lovlig ${name}`) };
  }
  // Splitting and joining is far cheaper than a regular expression on a text that is nothing but line ends.
  const text = raw.includes('\r') ? raw.split('\r\n').join('\n').split('\r').join('\n') : raw;
  return { ok: true, declared, text };
}

/** A view, not a copy. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Real ISO-8859-1. `TextDecoder('iso-8859-1')` would give windows-1252. */
function decodeLatin1(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('latin1');
}

/** Unit by unit and not by a regular expression, which would cost seconds on a message of nothing but euro signs. */
function fromC1(raw: string): string {
  if (!C1.test(raw)) return raw;
  const units = Buffer.from(raw, 'utf16le');
  for (let at = 0; at < units.length; at += 2) {
    const byte = units[at] ?? 0;
    if (byte < 0x80 || byte > 0x9f) continue;
    const unit = WINDOWS_1252.charCodeAt(byte - 0x80);
    units[at] = unit & 0xff;
    units[at + 1] = unit >> 8;
  }
  return units.toString('utf16le');
}

/**
 * CR LF and CR become LF, as XML 1.0 (2.11) has it, before the text is made: the parser would do the same, at the price
 * of one piece of string per line end, which is half a gigabyte for a message of nothing else.
 */
function withoutCarriageReturns(bytes: Uint8Array): Uint8Array {
  const first = bytes.indexOf(CARRIAGE_RETURN);
  if (first < 0) return bytes;
  const lines = new Uint8Array(bytes.length);
  lines.set(bytes.subarray(0, first));
  let length = first;
  for (let index = first; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === CARRIAGE_RETURN) {
      if (bytes[index + 1] === LINE_FEED) index += 1;
      lines[length] = LINE_FEED;
    } else {
      lines[length] = byte;
    }
    length += 1;
  }
  return lines.subarray(0, length);
}

const BLOCK_BYTES = 4096;

/** The offset of the first byte that UTF-8 does not allow. Only for bytes that are known to hold one. */
function firstIllegalUtf8(bytes: Uint8Array): number {
  let from = 0;
  while (from < bytes.length) {
    let to = Math.min(from + BLOCK_BYTES, bytes.length);
    // A block ends before a character, so that a character across two blocks is not taken for an illegal one.
    for (let back = 0; back < 3 && to < bytes.length && isContinuation(bytes[to]); back += 1) to -= 1;
    if (!isUtf8(bytes.subarray(from, to))) break;
    from = to;
  }
  while (from < bytes.length) {
    const length = utf8Length(bytes[from] ?? 0);
    if (length === 0 || !isUtf8(bytes.subarray(from, from + length))) return from;
    from += length;
  }
  return from;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** How many bytes the character that begins with this byte has; 0 where none begins with it. */
function utf8Length(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc2 || byte > 0xf4) return 0;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

/** Where a byte is, for people: its line, and its number in that line. */
function bytePlace(bytes: Uint8Array, offset: number): string {
  let line = 1;
  let lineStart = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0 && at < offset; at = bytes.indexOf(LINE_FEED, at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return `linje ${line}, byte ${offset - lineStart + 1}`;
}

function firstLoneSurrogate(text: string): number {
  const match = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(text);
  return match?.index ?? text.length;
}
