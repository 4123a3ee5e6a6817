/**
 * Hides CPR numbers in what people are shown of a message. Stricter than the log's net, which must not damage ids: here
 * every group of ten digits goes, whatever date it could be, since a message can hold anything.
 *
 * It is not for what is stored or sent.
 */

/** Six digits and four, alone among digits, with a hyphen or white space between them or nothing. */
const TEN_DIGITS = /(?<![0-9])([0-9]{6})([-\s]?)([0-9]{4})(?![0-9])/g;
/** A digit written as a character reference is a digit. */
const DIGIT_REFERENCE = /&#(?:0*(4[89]|5[0-7])|x0*(3[0-9]));/gi;

/** Replaces what could be a CPR number by asterisks, and keeps everything else. */
export function maskCpr(text: string): string {
  return text
    .replace(DIGIT_REFERENCE, (_whole, decimal: string | undefined, hex: string | undefined) =>
      String.fromCharCode(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)),
    )
    .replace(TEN_DIGITS, '******$2****');
}

const UTF_16 = { 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] } as const;

/** The text of a message in any encoding that a message may have; bytes that are no text become U+FFFD. */
export function textOfMessage(raw: Uint8Array): string {
  const [first, second] = raw;
  if ((first === UTF_16['utf-16le'][0] && second === UTF_16['utf-16le'][1]) || (first === 0x3c && second === 0)) {
    return new TextDecoder('utf-16le').decode(raw);
  }
  if ((first === UTF_16['utf-16be'][0] && second === UTF_16['utf-16be'][1]) || (first === 0 && second === 0x3c)) {
    return new TextDecoder('utf-16be').decode(raw);
  }
  const utf8 = new TextDecoder('utf-8').decode(raw);
  return utf8.includes('\uFFFD') ? new TextDecoder('windows-1252').decode(raw) : utf8;
}
