/** Amounts. Always whole øre in a bigint; a JavaScript number never holds money. */

/** An amount in øre; 100 øre are one krone. */
export type Oere = bigint;

/** The largest amount of a message: 11 digits before the decimal point and 2 after it (seed: error 009). */
export const MAX_BELOEB_OERE: Oere = 9_999_999_999_999n;

/** xs:decimal without facets: an optional sign, digits, an optional point. No exponent, no thousands separator, not empty. */
const DECIMAL = /^([+-])?([0-9]*)(?:\.([0-9]*))?$/;

/** A loop and not a pattern: `0+$` takes quadratic time on a message of a million zeros and a one. */
export function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

/**
 * Reads a decimal with at most 11 digits before the point and 2 after it. Zeros that do not change the value
 * (`0000100.000`) are not counted, as in XSD's facets totalDigits and fractionDigits.
 * @returns the amount in øre, or undefined where the text is no such decimal.
 */
export function parseBeloeb(text: string): Oere | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const kroner = whole.replace(/^0+/, '');
  const oere = withoutTrailingZeros(fraction);
  if (kroner.length > 11 || oere.length > 2) return undefined;
  const value = BigInt(kroner + oere.padEnd(2, '0'));
  return sign === '-' ? -value : value;
}

/** Writes øre as a decimal with two decimals: `-12.05`. */
export function formatBeloeb(oere: Oere): string {
  const sign = oere < 0n ? '-' : '';
  const digits = (oere < 0n ? -oere : oere).toString().padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Whether the amount can stand in a message: at most 11 + 2 digits, whatever its sign. */
export function fitsInMessage(oere: Oere): boolean {
  return oere <= MAX_BELOEB_OERE && oere >= -MAX_BELOEB_OERE;
}
