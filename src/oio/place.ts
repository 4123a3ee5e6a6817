/** Where something is in a text, for people. Only for texts of errors: it counts from the beginning each time. */

/**
 * The line and the column of a character, as "linje 3, kolonne 14"; both count from 1.
 * @param offset in UTF-16 code units; one past the end is pulled back to the last character.
 */
export function placeAt(text: string, offset: number): string {
  const end = Math.max(0, Math.min(offset, text.length - 1));
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return `linje ${line}, kolonne ${end - lineStart + 1}`;
}
