/** The JSON schemas as the generator reads them. Every cast of the generator stands here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DkaVersion, NamespaceKey } from '../../src/oio/namespaces.ts';

/** The keywords that the schemas use, with our annotations of how a value stands in XML (schemas/README.md). */
export interface JsonSchema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly required?: readonly string[];
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly 'x-root'?: string;
  readonly 'x-name'?: string;
  readonly 'x-namespace'?: NamespaceKey;
  readonly 'x-content-namespace'?: NamespaceKey;
  readonly 'x-attributes'?: readonly string[];
  readonly 'x-order'?: 'any';
  readonly 'x-whitespace'?: 'preserve';
  readonly 'x-content'?: 'any';
  readonly 'x-lowercase'?: true;
  readonly 'x-free-text'?: true;
  readonly 'x-krav'?: string;
  readonly 'x-since'?: DkaVersion;
}

/** One file of schemas/. */
export interface SchemaFile {
  /** The file name without `.schema.json`. */
  readonly stem: string;
  readonly schema: JsonSchema;
}

const SUFFIX = '.schema.json';

/** All schemas of a folder, in the order of their names. */
export function readSchemas(folder: string): readonly SchemaFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .toSorted()
    .map((name) => {
      const schema = JSON.parse(readFileSync(join(folder, name), 'utf8')) as JsonSchema;
      if (schema.$id !== name) throw new Error(`${name} has the $id ${schema.$id}`);
      return { stem: name.slice(0, -SUFFIX.length), schema };
    });
}

/** The message's schemas: those that say which root element they describe. */
export function messagesOf(files: readonly SchemaFile[]): readonly SchemaFile[] {
  return files.filter(({ schema }) => schema['x-root'] !== undefined);
}

/** The schemas that code is asked to judge by: the messages, and the files of settings. */
export function judgedOf(files: readonly SchemaFile[]): readonly SchemaFile[] {
  return files.filter(({ schema }) => schema.type === 'object');
}

/**
 * A schema without what a given reader of it must not see.
 * @param keep decides on each keyword; contents of `x-content: any` are left out in any case, as they are never kept.
 */
export function strip(schema: JsonSchema, keep: (keyword: string, value: unknown) => boolean): JsonSchema {
  const visit = (value: unknown, isMap: boolean): unknown => {
    if (Array.isArray(value)) return value.map((item) => visit(item, false));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(
      ([key, inner]) => (isMap || keep(key, inner)) && !(isMap && isAnyContent(inner)),
    );
    return Object.fromEntries(
      entries.map(([key, inner]) => [key, visit(inner, !isMap && (key === 'properties' || key === 'definitions'))]),
    );
  };
  return visit(schema, false) as JsonSchema;
}

function isAnyContent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'x-content' in value;
}
