/**
 * The parts of an XML text that a parser looks into: everything but comments and processing instructions, with CDATA
 * set apart. It is not a parser: it judges nothing, and it works on broken documents too.
 */

/** Half-open, in UTF-16 code units. In CDATA, markup and references are plain text; the brackets are left out. */
export interface MarkupRange {
  readonly start: number;
  readonly end: number;
  readonly isCdata: boolean;
}

const OPAQUE = [
  { opening: '<!--', closing: '-->' },
  { opening: '<?', closing: '?>' },
  { opening: '<![CDATA[', closing: ']]>' },
] as const;

interface Opaque {
  readonly kind: (typeof OPAQUE)[number];
  /** Of its opening. */
  readonly start: number;
  /** After its opening. */
  readonly inside: number;
  /** Of its closing; undefined where it is never closed, and then it is the last one. */
  readonly end: number | undefined;
}

/** Comments, processing instructions and CDATA sections, in the order of the text. Linear in the text. */
function* opaqueParts(text: string): Generator<Opaque> {
  let at = text.indexOf('<');
  while (at >= 0) {
    const start = at;
    const kind = OPAQUE.find(({ opening }) => text.startsWith(opening, start));
    if (kind === undefined) {
      at = text.indexOf('<', at + 1);
      continue;
    }
    const inside = start + kind.opening.length;
    const end = text.indexOf(kind.closing, inside);
    if (end < 0) {
      yield { kind, start, inside, end: undefined };
      return;
    }
    yield { kind, start, inside, end };
    at = text.indexOf('<', end + kind.closing.length);
  }
}

/** In the order of the text. What follows an opening that is never closed is left out. Linear in the text. */
export function* markupRanges(text: string): Generator<MarkupRange> {
  let from = 0;
  for (const { kind, start, inside, end } of opaqueParts(text)) {
    yield { start: from, end: start, isCdata: false };
    if (end === undefined) return;
    if (kind.opening === '<![CDATA[') yield { start: inside, end, isCdata: true };
    from = end + kind.closing.length;
  }
  yield { start: from, end: text.length, isCdata: false };
}

/**
 * The offset of a comment, a processing instruction or a CDATA section in which more than `most` characters could have
 * begun its end: the parser keeps a piece of string for each of them (measured: 60 bytes).
 */
export function brokenUpOffset(text: string, most: number): number | undefined {
  for (const { kind, start, inside, end } of opaqueParts(text)) {
    const length = (end ?? text.length) - inside;
    if (length > most && occurs(text, kind.closing.charAt(0), inside, inside + length) > most) return start;
  }
  return undefined;
}

/** How often a character stands between two offsets. */
function occurs(text: string, character: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf(character, from); at >= 0 && at < to; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}

/** The offset of the first DOCTYPE that is markup and not text, in any case of letters; undefined where there is none. */
export function doctypeOffset(text: string): number | undefined {
  return firstOutsideOpaque(text, /<!doctype/gi);
}

/** The offset of the first `&` that begins neither a character reference nor an entity; undefined where there is none. */
export function bareAmpersandOffset(text: string): number | undefined {
  return firstOutsideOpaque(text, /&(?!(?:[\p{L}_:][\p{L}\p{M}\p{N}_.:-]{0,99}|#[0-9]{1,9}|#x[0-9a-fA-F]{1,8});)/gu);
}

/** Never searches the same part twice: a document of nothing but comments costs one pass. */
function firstOutsideOpaque(text: string, pattern: RegExp): number | undefined {
  let candidate = pattern.exec(text)?.index;
  if (candidate === undefined) return undefined;
  for (const { start, end, isCdata } of markupRanges(text)) {
    if (isCdata) continue;
    if (candidate < start) {
      pattern.lastIndex = start;
      candidate = pattern.exec(text)?.index;
      if (candidate === undefined) return undefined;
    }
    if (candidate < end) return candidate;
  }
  return undefined;
}
