/** Unicode normalisation form C, at a bounded price. Not a judge of what characters a text may hold. */

/** All text below U+0300 is in form C already. Surrogates are above it, so other planes are covered. */
const MAY_CHANGE = /[\u0300-\uffff]/;
const COMBINING_MARKS = /\p{M}+/gu;

/** The longest run of combining marks of the Stream-Safe Text Format (UAX 15). No written language needs as many. */
export const MAX_COMBINING_MARKS = 30;

/** False spares the work for nearly every message. */
export function mayChangeInNfc(text: string): boolean {
  return MAY_CHANGE.test(text);
}

/**
 * The text in form C; undefined where it has a run of more than MAX_COMBINING_MARKS marks. To order such a run costs its
 * square (measured: 40,000 marks take half a second, so 16 MiB of them would take hours).
 */
export function toNfc(text: string): string | undefined {
  if (!MAY_CHANGE.test(text)) return text;
  for (const { 0: marks } of text.matchAll(COMBINING_MARKS)) {
    if (marks.length > MAX_COMBINING_MARKS) return undefined;
  }
  return text.normalize('NFC');
}
