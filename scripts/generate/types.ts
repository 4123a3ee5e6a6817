/** JSON schemas → src/generated/messages.ts: the TypeScript types of messages and of files of settings. */
import { compile } from 'json-schema-to-typescript';
import { type JsonSchema, judgedOf, messagesOf, type SchemaFile, strip } from './schemas.ts';

const NOT_IN_TYPES = ['$id', '$schema', 'discriminator', 'if', 'then', 'else', 'minItems', 'maxItems'];

/** Annotations would make two types of one definition wherever they stand beside a reference. */
function keepInTypes(keyword: string, value: unknown): boolean {
  // A choice of one property among several is left to the validators: its properties are simply optional.
  if (keyword === 'oneOf') return !JSON.stringify(value).startsWith('[{"required"');
  return !keyword.startsWith('x-') && !NOT_IN_TYPES.includes(keyword);
}

/** All schemas as definitions of one, so that what several messages share becomes one type. */
function bundle(files: readonly SchemaFile[]): JsonSchema {
  const definitions: Record<string, JsonSchema> = {};
  const add = (name: string, schema: JsonSchema): void => {
    if (name in definitions) throw new Error(`two schemas define ${name}`);
    const { definitions: _own, ...rest } = strip(schema, keepInTypes);
    definitions[name] = rest;
  };
  for (const { schema } of files) {
    for (const [name, definition] of Object.entries(schema.definitions ?? {})) add(name, definition);
  }
  for (const { schema } of judgedOf(files)) add(schema.title ?? '', schema);
  const messages = messagesOf(files);
  const root = {
    title: 'MessageTypes',
    description: 'Every message, by the stem of its schema.',
    type: 'object',
    properties: Object.fromEntries(
      messages.map(({ stem, schema }) => [stem, { $ref: `#/definitions/${schema.title}` }]),
    ),
    required: messages.map(({ stem }) => stem),
    additionalProperties: false,
    definitions,
  };
  return JSON.parse(JSON.stringify(root).replaceAll(/"[a-z0-9-]+\.schema\.json#/g, '"#')) as JsonSchema;
}

/** The text of src/generated/messages.ts, without its header. */
export async function generateTypes(files: readonly SchemaFile[]): Promise<string> {
  const text = await compile(bundle(files) as Parameters<typeof compile>[0], 'MessageTypes', {
    bannerComment: '',
    format: true,
    style: { singleQuote: true, printWidth: 120 },
    unreachableDefinitions: true,
    strictIndexSignatures: true,
  });
  // The generator notes where each type is used; that changes with every schema and says nothing to the reader.
  return text
    .replaceAll(
      /^ \*\n \* This (?:interface|type) was referenced by [\s\S]*?\n(?: \* via the `definition` .*\n)? \*\/$/gm,
      ' */',
    )
    .replaceAll(/^\/\*\*\n \* This (?:interface|type) was referenced by [\s\S]*?\*\/\n/gm, '');
}
