/**
 * What is shaped like a CPR number, as a second net behind the types that mask themselves. It must not damage ids, digests
 * and times: those are what operations find a message by.
 */

/**
 * Six digits that are a date (day, or day + 60 of a replacement number; month; year) and four more, with nothing, a hyphen or
 * a space between, and no further digit on either side.
 */
const CPR_SHAPED =
  /(?<![0-9])(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])(?:0[1-9]|1[0-2])[0-9]{2}[- ]?[0-9]{4}(?![0-9])/g;

/** A UUID, a W3C trace context, or a digest of 16 hexadecimal digits or more, with a letter among them. */
const HEX_ID =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}|(?=[0-9]*[a-f])[0-9a-f]{16,128})$/;
/** Longer than any of them. */
const MAX_RUN = 130;

function isInHexId(text: string, start: number, end: number): boolean {
  const left = /[0-9a-f-]*$/.exec(text.slice(Math.max(0, start - MAX_RUN), start))?.[0] ?? '';
  const right = /^[0-9a-f-]*/.exec(text.slice(end, end + MAX_RUN))?.[0] ?? '';
  return HEX_ID.test(left + text.slice(start, end) + right);
}

/** Replaces what is shaped like a CPR number by asterisks. */
export function scrub(text: string): string {
  return text.replace(CPR_SHAPED, (found, offset: number) =>
    isInHexId(text, offset, offset + found.length) ? found : '**********',
  );
}
