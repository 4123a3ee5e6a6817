/** What people are told about a file or a setting of theirs. */
import { describe, expect, test } from 'vitest';
import { compileSchema } from '../src/json-schema.ts';

describe('a problem is said in Danish, with its place, and without any value', () => {
  test.each<[string, Record<string, unknown>, unknown, readonly string[]]>([
    ['type', { type: 'object' }, [], ['skal være et objekt']],
    ['several types', { type: ['string', 'null'] }, 1, ['skal være en tekst eller null']],
    ['required', { required: ['a', 'b'] }, {}, ['a mangler', 'b mangler']],
    ['deep', { properties: { a: { items: { maximum: 5 } } } }, { a: [1, 6] }, ['a[1]: må højst være 5']],
    ['enum', { enum: ['JA', 'NEJ'] }, '0101701234', ['skal være en af "JA", "NEJ"']],
    ['format', { format: 'date' }, '2026-02-29', ['skal have formatet date']],
    ['uuid', { format: 'uuid' }, 'x', ['skal have formatet uuid']],
    ['if', JSON.parse('{"if":{"required":["a"]},"then":{"required":["b"]}}'), { a: 1 }, ['b mangler']],
    ['not', { not: { required: ['a'] } }, { a: 1 }, ['overholder ikke skemaets not']],
  ])('%s', (_what, schema, data, expected) => {
    expect(compileSchema(schema)(data)).toEqual(expected);
  });

  test('a property whose name could be a CPR number is not named, neither as a field nor on the way to one', () => {
    const schema = { additionalProperties: { type: 'string' }, maxProperties: 1 };
    const text = compileSchema(schema)({ '0101701234': 1, a: 'x' }).join();
    expect(text).not.toContain('0101701234');
    const unknown = compileSchema({ additionalProperties: false })({ '010170-1234': 1 }).join();
    expect(unknown).toContain('kendes ikke');
    expect(unknown).not.toContain('010170');
  });
});

test('what is right has no problems, in either draft', () => {
  for (const $schema of ['http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2020-12/schema']) {
    expect(compileSchema({ $schema, type: 'string' })('x')).toEqual([]);
  }
});

test('a schema that is none throws', () => {
  expect(() => compileSchema({ type: 'tekst' })).toThrow();
  expect(() => compileSchema({ ukendt: 1 })).toThrow();
});
