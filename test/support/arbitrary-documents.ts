/** Valid documents of a message, generated from its JSON schema, so that no test has its own idea of what is valid. */
import { join } from 'node:path';
import fc from 'fast-check';
import { type JsonSchema, readSchemas } from '../../scripts/generate/schemas.ts';
import type { MessageTypes } from '../../src/generated/messages.ts';
import type { MessageStem } from '../../src/oio/document.ts';
import { DKA_VERSIONS, type DkaVersion } from '../../src/oio/namespaces.ts';
import { collapse } from '../../src/oio/project.ts';

const FILES = new Map(
  readSchemas(join(import.meta.dirname, '..', '..', 'schemas')).map(({ stem, schema }) => [
    `${stem}.schema.json`,
    schema,
  ]),
);

interface Facets extends JsonSchema {
  readonly pattern?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
}

const twoDigits = (max: number, min = 0): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map((number) => String(number).padStart(2, '0'));

const zone = fc.constantFrom('', 'Z', '+01:00', '-14:00');
const dato = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), twoDigits(12, 1), twoDigits(28, 1), zone)
  .map(([year, month, day, offset]) => `${String(year).padStart(4, '0')}-${month}-${day}${offset}`);
const datoTid = fc
  .tuple(dato, twoDigits(23), twoDigits(59), twoDigits(59), fc.stringMatching(/^(\.[0-9]{1,9})?$/), zone)
  .map(
    ([day, hours, minutes, seconds, fraction, offset]) =>
      `${day.slice(0, 10)}T${hours}:${minutes}:${seconds}${fraction}${offset}`,
  );

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  dato,
  'dato-tid': datoTid,
  beloeb: fc.stringMatching(/^[+-]?[0-9]{1,11}(\.[0-9]{0,2}0{0,3})?$/),
  beloeb15: fc.stringMatching(/^[+-]?[0-8][0-9]{0,14}(\.[0-9]{0,2})?$/),
};

/** Any text that XML can hold and that reading leaves as it is. */
function textOf({ minLength = 0, maxLength = 60, ...schema }: Facets): fc.Arbitrary<string> {
  const character = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...'abcÆØÅæøå 0123456789-<>&"\'') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
  );
  return fc
    .string({ unit: character, maxLength: Math.min(maxLength, 60) })
    .map((text) => text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').normalize('NFC'))
    .map((text) => (schema['x-whitespace'] === 'preserve' ? text.replaceAll('\r', '') : collapse(text)))
    .filter((text) => [...text].length >= minLength && [...text].length <= maxLength);
}

/** What a schema is read with: the file that its references start from, and the version whose elements count. */
interface Context {
  readonly file: string;
  readonly version: DkaVersion;
}

function arbitraryOf(schema: Facets, context: Context): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    const [target = '', pointer = ''] = schema.$ref.split('#/definitions/');
    const name = target === '' ? context.file : target;
    const definition = FILES.get(name)?.definitions?.[pointer];
    if (definition === undefined) throw new Error(`${schema.$ref} does not exist`);
    return arbitraryOf(definition, { ...context, file: name });
  }
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
  if (schema.format !== undefined) return FORMATS[schema.format] ?? fc.constant('');
  if (schema.type === 'array')
    return fc.array(arbitraryOf(schema.items ?? {}, context), { minLength: 1, maxLength: 3 });
  if (schema.type === 'object') return objectOf(schema, context);
  return textOf(schema);
}

function isIn(version: DkaVersion, { 'x-since': since = '1.0' }: JsonSchema): boolean {
  return DKA_VERSIONS.indexOf(since) <= DKA_VERSIONS.indexOf(version);
}

function objectOf(schema: JsonSchema, context: Context): fc.Arbitrary<object> {
  const all = Object.entries(schema.properties ?? {})
    .filter(([, property]) => property['x-content'] === undefined)
    .filter(([, property]) => isIn(context.version, property));
  const choice = (schema.oneOf ?? []).flatMap(({ required = [] }) => required);
  const build = (left: readonly string[], required: readonly string[]): fc.Arbitrary<object> =>
    fc.record(
      Object.fromEntries(
        all.filter(([key]) => left.includes(key)).map(([key, property]) => [key, arbitraryOf(property, context)]),
      ),
      { requiredKeys: [...required], noNullPrototype: true },
    );
  const outside = all.map(([key]) => key).filter((key) => !choice.includes(key));
  const required = schema.required ?? [];
  if (choice.length === 0) return build(outside, required);
  return fc.oneof(...choice.map((chosen) => build([...outside, chosen], [...required, chosen])));
}

/** Valid documents of a version, in the form that reading gives them. */
export function documentsOf<S extends MessageStem>(
  stem: S,
  version: DkaVersion = '1.0',
): fc.Arbitrary<MessageTypes[S]> {
  const file = `${stem}.schema.json`;
  const schema = FILES.get(file);
  if (schema === undefined) throw new Error(`${file} does not exist`);
  return objectOf(schema, { file, version }) as fc.Arbitrary<MessageTypes[S]>;
}
