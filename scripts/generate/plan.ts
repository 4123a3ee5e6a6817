/** JSON schemas → src/generated/plan.ts: how each message stands in XML. */
import type { ElementData, ElementsData, RootData, TextContent } from '../../src/generated/plan.ts';
import type { DkaVersion, NamespaceKey } from '../../src/oio/namespaces.ts';
import { type JsonSchema, messagesOf, type SchemaFile } from './schemas.ts';

/** Stands in what is generated, so that generated code imports nothing of the house but the formats. */
const TYPES = `import type { MessageTypes } from './messages.ts';

/** Character data. */
export interface TextContent {
  readonly art: 'text';
  /** White space is kept as sent; elsewhere it is collapsed. */
  readonly preserve?: true;
  /** Normalised to lower case (UUIDs). */
  readonly lowercase?: true;
  /** Text for people: what XML cannot hold is replaced when it is written, and is an error elsewhere. */
  readonly freeText?: true;
  /** What the value must be, in Danish; for a pattern or a format. */
  readonly krav?: string;
}

/** Any content; read over and not kept. */
export interface AnyContent {
  readonly art: 'any';
}

/** Child elements, in the order that the schema demands. */
export interface ElementsData {
  readonly art: 'elements';
  readonly children: readonly ElementData[];
  /** The children come in any order (xs:all). */
  readonly anyOrder?: true;
  /** The keys of the children of which there must be exactly one. */
  readonly choice?: readonly string[];
}

/** One element. */
export interface ElementData {
  /** The property in the document: the local name in ASCII, which is also the transliterated spelling. */
  readonly key: string;
  /** The local name with æ, ø and å. */
  readonly name: string;
  readonly namespace: 'dka' | 'k' | 'kv' | 'skat' | 'sk';
  /** It may be repeated; its property is an array. */
  readonly many?: true;
  /** The version of the messages that it came with; absent for the first. */
  readonly since?: '1.1';
  readonly content: TextContent | AnyContent | ElementsData;
}

/** One root element. */
export interface RootData extends ElementData {
  readonly stem: keyof MessageTypes;
  /** Attributes that the root may have, apart from those of XML Schema itself. */
  readonly attributes: readonly string[];
  readonly content: ElementsData;
}
`;

/** A schema and the file it stands in, which its references start from. */
interface Placed {
  readonly schema: JsonSchema;
  readonly file: string;
}

const TRANSLITERATED: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa', Æ: 'Ae', Ø: 'Oe', Å: 'Aa' };

function transliterate(name: string): string {
  return name.replace(/[æøåÆØÅ]/g, (letter) => TRANSLITERATED[letter] ?? letter);
}

/** Follows references; annotations beside a reference win over those of what it names. */
function resolve(placed: Placed, files: ReadonlyMap<string, JsonSchema>): Placed {
  const { $ref, ...beside } = placed.schema;
  if ($ref === undefined) return placed;
  const [fileName, pointer = ''] = $ref.split('#');
  const file = fileName === '' || fileName === undefined ? placed.file : fileName;
  const name = pointer.replace('/definitions/', '');
  const target = files.get(file)?.definitions?.[name];
  if (target === undefined) throw new Error(`${placed.file}: ${$ref} does not exist`);
  const resolved = resolve({ schema: target, file }, files);
  return { schema: { ...resolved.schema, ...beside }, file: resolved.file };
}

/** The validators know only the newest version, so what a version adds must be something that a document can do without. */
function checkAdditions({ schema, file }: Placed): void {
  const added = Object.entries(schema.properties ?? {}).filter(([, property]) => property['x-since'] !== undefined);
  const needed = [...(schema.required ?? []), ...(schema.oneOf ?? []).flatMap(({ required = [] }) => required)];
  for (const [key] of added) {
    if (needed.includes(key)) throw new Error(`${file}: ${key} has x-since, so it must be optional`);
  }
}

function laterVersion(since: DkaVersion, file: string): Exclude<DkaVersion, '1.0'> {
  if (since === '1.0') throw new Error(`${file}: x-since 1.0 says nothing; every element is as old as that`);
  return since;
}

function textContent(schema: JsonSchema): TextContent {
  return {
    art: 'text',
    ...(schema['x-whitespace'] === 'preserve' ? { preserve: true } : {}),
    ...(schema['x-lowercase'] === true ? { lowercase: true } : {}),
    ...(schema['x-free-text'] === true ? { freeText: true } : {}),
    ...(schema['x-krav'] === undefined ? {} : { krav: schema['x-krav'] }),
  };
}

function elementsContent(
  placed: Placed,
  files: ReadonlyMap<string, JsonSchema>,
  namespace: NamespaceKey,
): ElementsData {
  const { schema, file } = placed;
  const choice = (schema.oneOf ?? []).flatMap(({ required = [] }) => required);
  checkAdditions(placed);
  return {
    art: 'elements',
    ...(schema['x-order'] === 'any' ? { anyOrder: true } : {}),
    ...(choice.length === 0 ? {} : { choice }),
    children: Object.entries(schema.properties ?? {}).map(([key, property]) =>
      elementData(key, { schema: property, file }, files, namespace),
    ),
  };
}

function elementData(
  key: string,
  property: Placed,
  files: ReadonlyMap<string, JsonSchema>,
  parentNamespace: NamespaceKey,
): ElementData {
  const { schema, file } = resolve(property, files);
  const name = schema['x-name'] ?? key;
  if (transliterate(name) !== key) throw new Error(`${file}: ${key} is not the transliteration of ${name}`);
  const namespace = schema['x-namespace'] ?? parentNamespace;
  const many = schema.type === 'array';
  const inner = many && schema.items !== undefined ? resolve({ schema: schema.items, file }, files) : { schema, file };
  const since = schema['x-since'];
  const base = {
    key,
    name,
    namespace,
    ...(many ? { many: true as const } : {}),
    ...(since === undefined ? {} : { since: laterVersion(since, file) }),
  };
  if (schema['x-content'] === 'any') return { ...base, content: { art: 'any' } };
  if (inner.schema.type === 'string') return { ...base, content: textContent(inner.schema) };
  if (inner.schema.type !== 'object') throw new Error(`${file}: ${key} is neither text nor elements`);
  return { ...base, content: elementsContent(inner, files, schema['x-content-namespace'] ?? namespace) };
}

function rootData({ stem, schema }: SchemaFile, files: ReadonlyMap<string, JsonSchema>): RootData {
  const name = schema['x-root'];
  const namespace = schema['x-namespace'];
  if (name === undefined || namespace === undefined) throw new Error(`${stem} lacks x-root or x-namespace`);
  return {
    stem: stem as RootData['stem'],
    key: transliterate(name),
    name,
    namespace,
    attributes: schema['x-attributes'] ?? [],
    content: elementsContent({ schema, file: `${stem}.schema.json` }, files, namespace),
  };
}

/** The text of src/generated/plan.ts, without its header. */
export function generatePlan(files: readonly SchemaFile[]): string {
  const byFile = new Map(files.map(({ stem, schema }) => [`${stem}.schema.json`, schema]));
  const roots = messagesOf(files).map((file) => rootData(file, byFile));
  return [
    TYPES,
    '/** Every root element, and how its message stands in XML. */',
    `export const ROOTS: readonly RootData[] = ${JSON.stringify(roots, undefined, 2)};`,
    '',
  ].join('\n');
}
