/** Where a text stops being JSON. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJsonText } from '../../src/debitorsystem/json-text.ts';

function problemOf(text: string): string {
  const read = readJsonText(Buffer.from(text));
  return read.ok ? 'read' : read.problem;
}

describe('what is no JSON is refused with its place', () => {
  test.each([
    ['nothing', '', 1, 1],
    ['another language', '\n  <svar/>', 2, 3],
    ['a word', '{"a": hest}', 1, 7],
    ['a word cut short', '{"a": tru}', 1, 7],
    ['what is no number in JSON', '[1, NaN]', 1, 5],
    ['single quotes', "{\n  'a': 1}", 2, 3],
    ['a comma too many', '{"a": 1,\n}', 2, 1],
    ['a comma too many in a list', '[1,\n]', 2, 1],
    ['a comma too few', '{"a": 1\n "b": 2}', 2, 2],
    ['no colon', '{"a"\n1}', 2, 1],
    ['the wrong bracket', '{"a": [1}', 1, 9],
    ['a text cut short', '{"a": [1, {"b": "c"}', 1, 21],
    ['more after the end', '{"a": {}}\n x', 2, 2],
    ['a line feed in a string', '{"a": "x\ny"}', 1, 9],
    ['another escape', '{"a": "\\x"}', 1, 9],
    ['an empty object and a comma', '[{}, [], ,1]', 1, 10],
    ['a zero in front', '{"a": 01}', 1, 8],
  ])('%s', (_, text, line, column) => {
    expect(problemOf(text)).toBe(`linje ${line}, kolonne ${column}: det er ikke JSON`);
  });

  test('whatever chance makes of a JSON text, it is read, or refused with a place in it and without its values', () => {
    const texts = fc
      .json()
      .chain((json) =>
        fc
          .tuple(fc.nat(json.length), fc.constantFrom('', ',', '}', ']', '"', ':', 'x', '0', '\n', '{', '[', '\\'))
          .map(([at, inserted]) => json.slice(0, at) + inserted + json.slice(at + (inserted === '' ? 1 : 0))),
      );
    fc.assert(
      fc.property(texts, (text) => {
        const problem = problemOf(text);
        if (problem === 'read') return;
        const [, line = '', column = ''] = /^linje (\d+), kolonne (\d+): det er ikke JSON$/.exec(problem) ?? [];
        const lines = text.split('\n');
        expect(Number(line)).toBeLessThanOrEqual(lines.length);
        expect(Number(column)).toBeLessThanOrEqual((lines[Number(line) - 1]?.length ?? 0) + 1);
      }),
      { numRuns: 500 },
    );
  });

  test('one that is too long is refused without, and at once', () => {
    expect(problemOf(`[${'1,'.repeat(600_000)}hest]`)).toMatch(/^(linje 1, kolonne 1200002: )?det er ikke JSON$/);
    expect(problemOf('['.repeat(2_000_000))).toMatch(/det er ikke JSON$/);
  });

  test('what is no UTF-8 has a code of its own', () => {
    expect(readJsonText(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({
      ok: false,
      kode: 'DA-002',
      problem: 'det er ikke UTF-8',
    });
  });
});
