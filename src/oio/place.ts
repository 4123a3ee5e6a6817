/** Where something is in a text, for people. Only for texts of errors: it counts from the beginning each time. */

const LINE_FEED = 0x0a;

/**
 * The line and the column of a character, as "linje 3, kolonne 14"; both count from 1.
 * @param offset in UTF-16 code units; one past the end is pulled back to the last character.
 */
export function placeAt(text: string, offset: number): string {
  const end = Math.max(0, Math.min(offset, text.length - 1));
  let line = 1;
  let lineStart = 0;
  // Unit by unit: a search from line to line costs ten times as much where every character is a line feed.
  for (let at = 0; at < end; at += 1) {
    if (text.charCodeAt(at) !== LINE_FEED) continue;
    line += 1;
    lineStart = at + 1;
  }
  return `linje ${line}, kolonne ${end - lineStart + 1}`;
}
