/**
 * What is shaped like a CPR number, as a second net behind the types that mask themselves. It must not damage ids, digests
 * and times: those are what operations find a message by.
 */

/** What people put between the parts of a number: a hyphen or dash of any length, a space of any width, a stop, a stroke. */
const BETWEEN = '[-\\t \\u00a0\\u00ad\\u2000-\\u2015\\u202f\\u2212./]';

/**
 * Six digits that are a date (day, or day + 60 of a replacement number; month; year) and four more, with one sign or none
 * between the parts, three at most before the last, and no further digit on either side.
 */
const CPR_SHAPED = new RegExp(
  [
    '(?<![0-9])(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])',
    '(?:0[1-9]|1[0-2])',
    `[0-9]{2}${BETWEEN}{0,3}[0-9]{4}(?![0-9])`,
  ].join(`${BETWEEN}?`),
  'g',
);

/** A UUID, a W3C trace context, or a digest of 16 hexadecimal digits or more, with a letter among them. */
const HEX_ID =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}|(?=[0-9]*[a-f])[0-9a-f]{16,128})$/;
/** As long as the longest of them. */
const MAX_HEX_ID = 128;
const MASKED = '**********';
const ONLY_HEX = /^[0-9a-f-]+$/;

function isHexUnit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x66) || unit === 0x2d;
}

/** Replaces what is shaped like a CPR number by asterisks. Linear in the text, whatever it holds. */
export function scrub(text: string): string {
  // Of the run of hexadecimal digits that was looked at last: one run may hold many numbers.
  let runEnd = 0;
  let isId = false;
  return text.replace(CPR_SHAPED, (found, offset: number) => {
    if (!ONLY_HEX.test(found)) return MASKED;
    if (offset >= runEnd) {
      let start = offset;
      while (start > runEnd && isHexUnit(text.charCodeAt(start - 1))) start -= 1;
      runEnd = offset + found.length;
      while (isHexUnit(text.charCodeAt(runEnd))) runEnd += 1;
      isId = runEnd - start <= MAX_HEX_ID && HEX_ID.test(text.slice(start, runEnd));
    }
    return isId ? found : MASKED;
  });
}

/** At a cut, the beginning of a number whose end is gone. */
const CUT_NUMBER = new RegExp(`(?:[0-9]${BETWEEN}{0,3}){1,10}$`);
/** Half of a character that takes two units. */
const CUT_CHARACTER = /[\ud800-\udbff]$/;

/**
 * The same for a text that is to be cut: what is left is at most `max` UTF-16 code units, and the cut leaves no half of a
 * number. What is cut off is not even looked at, so that it costs nothing.
 */
export function scrubAndCut(text: string, max: number): string {
  if (text.length <= max) return scrub(text).slice(0, max);
  const start = text.slice(0, max).replace(CUT_NUMBER, '').replace(CUT_CHARACTER, '');
  return scrub(start).slice(0, max);
}
