/**
 * Bytes to a JSON value, or what is wrong with them and where. The engine's own messages quote the text, and often say no
 * place, so the place is looked for here. It knows nothing of what the value means; wire.ts does.
 */

export type JsonText =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      /** Of the catalogue in errors.ts: no JSON, or no UTF-8. */
      readonly kode: 'DA-001' | 'DA-002';
      /** Danish, with a place, without anything of the text. */
      readonly problem: string;
    };

const UTF8 = new TextDecoder('utf-8', { fatal: true });
/** A longer text is refused without a place: looking for it must not cost more than the message is worth. */
const MAX_SEARCHED = 1024 * 1024;

export function readJsonText(bytes: Uint8Array): JsonText {
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    return { ok: false, kode: 'DA-002', problem: 'det er ikke UTF-8' };
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const offset = offsetIn(error) ?? (text.length > MAX_SEARCHED ? undefined : faultOffset(text));
    const place = offset === undefined ? '' : `${placeAt(text, offset)}: `;
    return { ok: false, kode: 'DA-001', problem: `${place}det er ikke JSON` };
  }
}

/** Some of the engine's messages end with a place; only its number is taken. */
function offsetIn(error: unknown): number | undefined {
  const found = error instanceof SyntaxError ? / at position ([0-9]{1,9})\b/.exec(error.message)?.[1] : undefined;
  return found === undefined ? undefined : Number(found);
}

function placeAt(text: string, offset: number): string {
  const before = text.slice(0, offset);
  return `linje ${before.split('\n').length}, kolonne ${offset - before.lastIndexOf('\n')}`;
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)(?![\w.+-])/y;

/** Where a match ends that begins at an offset; undefined where there is none. */
function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** The offset of the first token that no JSON could have there. Only for a text that is known to be none. */
function faultOffset(text: string): number {
  /** What ends each object and array that is open. */
  const closings: string[] = [];
  let expected: 'value' | 'key' | 'colon' | 'next' = 'value';
  let isEmpty = false;
  let at = 0;
  for (;;) {
    at = endOf(SPACE, text, at) ?? at;
    const character = text.charAt(at);
    const closing = closings.at(-1);
    let end: number | undefined = at + 1;
    if (character !== '' && character === closing && (expected === 'next' || isEmpty)) {
      closings.pop();
      expected = 'next';
    } else if (expected === 'next') {
      if (closing === undefined || character !== ',') return at;
      expected = closing === '}' ? 'key' : 'value';
    } else if (expected === 'colon') {
      if (character !== ':') return at;
      expected = 'value';
    } else if (expected === 'key') {
      end = endOf(STRING, text, at);
      expected = 'colon';
    } else if (character === '{' || character === '[') {
      closings.push(character === '{' ? '}' : ']');
      expected = character === '{' ? 'key' : 'value';
    } else {
      end = endOf(STRING, text, at) ?? endOf(SCALAR, text, at);
      expected = 'next';
    }
    if (end === undefined) return at;
    isEmpty = character === '{' || character === '[';
    at = end;
  }
}
