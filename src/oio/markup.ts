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

const CDATA_OPENING = '<![CDATA[';

const OPAQUE = [
  { opening: '<!--', closing: '-->' },
  { opening: '<?', closing: '?>' },
  { opening: CDATA_OPENING, closing: ']]>' },
] as const;

const EXCLAMATION_MARK = 0x21;
const QUESTION_MARK = 0x3f;
const BLACK = /[^ \t\n\r]/;

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
    const next = text.charCodeAt(start + 1);
    const kind =
      next === EXCLAMATION_MARK || next === QUESTION_MARK
        ? OPAQUE.find(({ opening }) => text.startsWith(opening, start))
        : undefined;
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
    if (kind.opening === CDATA_OPENING) yield { start: inside, end, isCdata: true };
    from = end + kind.closing.length;
  }
  yield { start: from, end: text.length, isCdata: false };
}

/** What would cost the parser more than its length in the document says. */
export interface CostlyPart {
  readonly offset: number;
  /** One part too many, or a part in which its end could have begun too often: measured, 60 bytes for each time. */
  readonly why: 'parts' | 'brokenUp';
}

/**
 * The first comment, processing instruction or CDATA section that is more than `most.parts`, or in which more than
 * `most.brokenUp` characters could have begun its end. Linear in the text.
 */
export function costlyPart(
  text: string,
  most: { readonly parts: number; readonly brokenUp: number },
): CostlyPart | undefined {
  let parts = 0;
  for (const { kind, start, inside, end } of opaqueParts(text)) {
    parts += 1;
    if (parts > most.parts) return { offset: start, why: 'parts' };
    const stretch = { from: inside, to: end ?? text.length, most: most.brokenUp };
    const isLong = stretch.to - inside > most.brokenUp;
    if (isLong && occurs(text, kind.closing.charAt(0), stretch) > most.brokenUp) {
      return { offset: start, why: 'brokenUp' };
    }
  }
  return undefined;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly most: number;
}

/** How often a character stands between two offsets, counted no further than `most` and one. */
function occurs(text: string, character: string, { from, to, most }: Stretch): number {
  let count = 0;
  for (let at = text.indexOf(character, from); at >= 0 && at < to; at = text.indexOf(character, at + 1)) {
    count += 1;
    if (count > most) break;
  }
  return count;
}

/** Whether a text has more references than `most`, and `&` that are none counted with them. */
export function hasMoreAmpersands(text: string, most: number): boolean {
  return occurs(text, '&', { from: 0, to: text.length, most }) > most;
}

/** The offset of the first DOCTYPE that is markup and not text, in any case of letters; undefined where there is none. */
export function doctypeOffset(text: string): number | undefined {
  return firstOutsideOpaque(text, /<!doctype/gi);
}

/** The offset of the first `&` that begins neither a character reference nor an entity; undefined where there is none. */
export function bareAmpersandOffset(text: string): number | undefined {
  return firstOutsideOpaque(text, /&(?!(?:[\p{L}_:][\p{L}\p{M}\p{N}_.:-]{0,99}|#[0-9]{1,9}|#x[0-9a-fA-F]{1,8});)/gu);
}

/** The offset of what comes first from `from` on and is no white space, no comment and no instruction. */
export function firstBlackOutsideOpaque(text: string, from: number): number | undefined {
  for (const { start, end, isCdata } of markupRanges(text)) {
    if (isCdata && start >= from) return start - CDATA_OPENING.length;
    if (end <= from) continue;
    const black = text.slice(Math.max(start, from), end).search(BLACK);
    if (black >= 0) return Math.max(start, from) + black;
  }
  return undefined;
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
