/**
 * What can be wrong with a document, as changes of its tree. Each is made at a place that chance picks, and most of them
 * are wrong only in some places. They know the schemas' facets, so that a value can be put just inside or just outside.
 */
import { join } from 'node:path';
import { type JsonSchema, readSchemas } from '../../scripts/generate/schemas.ts';
import type { MessageStem } from '../../src/oio/document.ts';
import { NAMESPACES, OWN_DKA_NAMESPACES, XSI_NAMESPACE } from '../../src/oio/namespaces.ts';
import { type ElementPlan, planOf } from '../../src/oio/plan.ts';
import type { XmlElement } from '../../src/oio/tree.ts';
import type { Seeded } from '../faults/seeded.ts';
import { attribute, element, elementsOf, replace, XML_NAMESPACE } from '../support/tree.ts';
import { DATES, NUMBERS, TIMES, VALUES } from '../support/values.ts';

export const CHANGES = [
  'mangler',
  'gentaget',
  'byttet',
  'omdøbt',
  'andet namespace',
  'anden version',
  'ukendt element',
  'værdi ved en grænse',
  'ét tegn ændret',
  'en anden værdi',
  'attribut',
  'tekst eller mellemrum',
  'anden stavemåde',
  'store bogstaver',
  'xsi',
] as const satisfies readonly [string, ...string[]];

export type ChangeName = 'uændret' | (typeof CHANGES)[number];

/** The facets of a value, as its JSON schema states them. */
interface Facets {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly enum?: readonly string[];
  readonly format?: string;
}

/** By the path of keys from the root, `HandlingParametre/Beloeb`. */
type FacetsByPath = ReadonlyMap<string, Facets>;

const FILES = new Map(
  readSchemas(join(import.meta.dirname, '..', '..', 'schemas')).map(({ stem, schema }) => [
    `${stem}.schema.json`,
    schema,
  ]),
);

function collect(schema: JsonSchema & Facets, file: string, path: string, found: Map<string, Facets>): void {
  if (schema.$ref !== undefined) {
    const [target = '', name = ''] = schema.$ref.split('#/definitions/');
    const place = target === '' ? file : target;
    collect(FILES.get(place)?.definitions?.[name] ?? {}, place, path, found);
  } else if (schema.type === 'array') {
    collect(schema.items ?? {}, file, path, found);
  } else if (schema.type === 'string') {
    found.set(path, schema);
  }
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    collect(property, file, path === '' ? key : `${path}/${key}`, found);
  }
}

const FACETS = new Map<MessageStem, FacetsByPath>();

/** The facets of every value of a message. */
export function facetsOf(stem: MessageStem): FacetsByPath {
  const known = FACETS.get(stem);
  if (known !== undefined) return known;
  const found = new Map<string, Facets>();
  collect(FILES.get(`${stem}.schema.json`) ?? {}, `${stem}.schema.json`, '', found);
  FACETS.set(stem, found);
  return found;
}

function transliterated(name: string): string {
  return name.replaceAll('æ', 'ae').replaceAll('ø', 'oe').replaceAll('å', 'aa');
}

function pathOf(root: XmlElement, target: XmlElement, path = ''): string | undefined {
  for (const child of root.children) {
    const here = path === '' ? transliterated(child.name) : `${path}/${transliterated(child.name)}`;
    const found = child === target ? here : pathOf(child, target, here);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The Danish names, by their transliteration; only those that have one. */
const DANISH: ReadonlyMap<string, string> = new Map(
  (['opkraevning-kontant-indbetaling-opret-i', 'opkraevning-kontant-indbetaling-opret-o'] as const).flatMap((stem) => {
    const pairs: [string, string][] = [];
    const visit = ({ key, name, content }: ElementPlan): void => {
      if (key !== name) pairs.push([key, name]);
      if (content.art === 'elements') content.children.forEach(visit);
    };
    visit(planOf(stem));
    return pairs;
  }),
);

function otherSpelling(name: string): string {
  return DANISH.get(name) ?? transliterated(name);
}

/** The same tree where the change changes nothing, so that it can be told by identity. */
function everywhere(tree: XmlElement, change: (one: XmlElement) => XmlElement): XmlElement {
  const children = tree.children.map((child) => everywhere(child, change));
  const isSame = children.every((child, index) => child === tree.children[index]);
  return change(isSame ? tree : { ...tree, children });
}

const UUID = /^\s*[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\s*$/i;

/** UUIDs in lower case. */
export function inLowerCase(tree: XmlElement): XmlElement {
  return everywhere(tree, (one) =>
    UUID.test(one.text) && /[A-F]/.test(one.text) ? { ...one, text: one.text.toLowerCase() } : one,
  );
}

/** Every name with æ, ø and å where it has them. */
export function inDanish(tree: XmlElement): XmlElement {
  return everywhere(tree, (one) => (DANISH.has(one.name) ? { ...one, name: otherSpelling(one.name) } : one));
}

/** Without xsi:type and xsi:nil. */
export function withoutXsi(tree: XmlElement): XmlElement {
  return everywhere(tree, (one) => {
    const attributes = one.attributes.filter(
      ({ namespace, name }) => namespace !== XSI_NAMESPACE || (name !== 'type' && name !== 'nil'),
    );
    return attributes.length === one.attributes.length ? one : { ...one, attributes };
  });
}

function boundaryValue(facets: Facets | undefined, chance: Seeded): string {
  const { minLength = 0, maxLength, enum: values, format } = facets ?? {};
  if (values !== undefined) {
    const value = values[chance.int(0, values.length - 1)] ?? '';
    return chance.pick([value, value.toLowerCase(), `${value}X`, value.slice(1), ` ${value}\n`]);
  }
  if (format === 'dato') return DATES[chance.int(0, DATES.length - 1)] ?? '';
  if (format === 'dato-tid') return TIMES[chance.int(0, TIMES.length - 1)] ?? '';
  if (format !== undefined) return NUMBERS[chance.int(0, NUMBERS.length - 1)] ?? '';
  const edge = chance.percent(70) && maxLength !== undefined ? maxLength : minLength;
  const length = Math.max(0, edge + chance.int(-1, 1));
  const character = chance.pick(['x', 'ø', '😀', '\u00a0', '&']);
  return chance.percent(20) ? ` ${character.repeat(length)}\t` : character.repeat(length);
}

function editedText(text: string, chance: Seeded): string {
  const units = [...text];
  const at = chance.int(0, units.length);
  const character = chance.pick(['0', '9', 'x', 'F', '-', '+', '.', ',', ' ', 'Z', ':', 'å', '\n']);
  units.splice(at, chance.int(0, 1), ...(chance.percent(70) ? [character] : []));
  return units.join('');
}

function swapped(parent: XmlElement, chance: Seeded): XmlElement {
  if (parent.children.length < 2) return parent;
  const at = chance.int(0, parent.children.length - 2);
  const children = [...parent.children];
  children.splice(at, 2, ...parent.children.slice(at, at + 2).toReversed());
  return { ...parent, children };
}

const OTHER_VERSION: ReadonlyMap<string, string> = new Map([
  [OWN_DKA_NAMESPACES['1.0'], OWN_DKA_NAMESPACES['1.1']],
  [OWN_DKA_NAMESPACES['1.1'], OWN_DKA_NAMESPACES['1.0']],
]);

function inOtherVersion(tree: XmlElement): XmlElement {
  return everywhere(tree, (one) => ({ ...one, namespace: OTHER_VERSION.get(one.namespace) ?? one.namespace }));
}

function withAttribute(one: XmlElement, chance: Seeded): XmlElement {
  const added = chance.pick([
    attribute('', 'revision', '1.2'),
    attribute('', 'id', '1'),
    attribute('urn:x', 'revision', '1'),
    attribute(XSI_NAMESPACE, 'schemaLocation', 'urn:x x.xsd'),
    attribute(XSI_NAMESPACE, 'noNamespaceSchemaLocation', 'x.xsd'),
    attribute(XML_NAMESPACE, 'lang', 'da'),
  ]);
  return { ...one, attributes: [added] };
}

function withUnknown(one: XmlElement, chance: Seeded): XmlElement {
  const added = chance.pick([
    element(one.namespace, 'Ukendt'),
    element('urn:x', 'Ukendt', 'x'),
    element(NAMESPACES.k, 'Processing', 'x', [element('', 'y', '', [element('urn:z', 'z')])]),
    element(NAMESPACES.k, 'Identifikation', 'x'),
    element(one.namespace, 'SagIdentifikator', 'SAG-1'),
  ]);
  const children = [...one.children];
  children.splice(chance.int(0, children.length), 0, added);
  return { ...one, children };
}

const URIS: readonly [string, ...string[]] = [
  '',
  'urn:x',
  ...Object.values(NAMESPACES),
  ...Object.values(OWN_DKA_NAMESPACES),
];

/** What stands instead of the element: none, one or more. */
function changed(
  name: (typeof CHANGES)[number],
  one: XmlElement,
  facets: Facets | undefined,
  chance: Seeded,
): readonly XmlElement[] {
  switch (name) {
    case 'mangler':
      return [];
    case 'gentaget':
      return chance.percent(50) ? [one, one] : [one, one, one];
    case 'byttet':
      return [swapped(one, chance)];
    case 'omdøbt':
      return [
        { ...one, name: chance.pick([`${one.name}X`, one.name.toLowerCase(), 'Parameter', 'Fejl', 'FejlListe']) },
      ];
    case 'andet namespace':
      return [{ ...one, namespace: chance.pick(URIS) }];
    case 'anden version':
      return [inOtherVersion(one)];
    case 'ukendt element':
      return [withUnknown(one, chance)];
    case 'værdi ved en grænse':
      return [{ ...one, text: boundaryValue(facets, chance) }];
    case 'ét tegn ændret':
      return [{ ...one, text: editedText(one.text, chance) }];
    case 'en anden værdi':
      return [{ ...one, text: VALUES[chance.int(0, VALUES.length - 1)] ?? '' }];
    case 'attribut':
      return [withAttribute(one, chance)];
    case 'tekst eller mellemrum':
      return [{ ...one, text: chance.pick([`${one.text}tekst`, ` \n\t${one.text} `, `${one.text}\u00a0`]) }];
    case 'anden stavemåde':
      return [{ ...one, name: otherSpelling(one.name) }];
    case 'store bogstaver':
      return [{ ...one, text: one.text.toUpperCase() }];
    case 'xsi': {
      const [type, value] = chance.pick([
        ['type', 'Tekst50Type'],
        ['type', 'UUIDType'],
        ['nil', 'true'],
        ['nil', 'false'],
      ]);
      return [{ ...one, attributes: [attribute(XSI_NAMESPACE, type ?? '', value ?? '')] }];
    }
  }
}

/** Changes that concern a value are made where there is one; those of spelling and UUIDs where they mean something. */
function mayChange(name: (typeof CHANGES)[number], one: XmlElement): boolean {
  switch (name) {
    case 'værdi ved en grænse':
    case 'ét tegn ændret':
    case 'en anden værdi':
      return one.children.length === 0;
    case 'byttet':
      return one.children.length > 1;
    case 'anden stavemåde':
      return otherSpelling(one.name) !== one.name;
    case 'anden version':
      // The root, so that the whole document becomes one of the other version.
      return one.name.startsWith('DebitorkontoAnmodning');
    case 'store bogstaver':
      return one.text.toUpperCase() !== one.text;
    default:
      return true;
  }
}

/** The tree with one change made to it; the same tree where the change fits nowhere. */
export function changeOf(
  name: (typeof CHANGES)[number],
  tree: XmlElement,
  facets: FacetsByPath,
  chance: Seeded,
): XmlElement {
  const fitting = elementsOf(tree).filter((one) => mayChange(name, one));
  const target = fitting[chance.int(0, fitting.length - 1)];
  if (target === undefined) return tree;
  const by = changed(name, target, facets.get(pathOf(tree, target) ?? ''), chance);
  const [only] = by;
  // A document has one root, so the root is neither left out nor repeated.
  return target === tree ? (only ?? tree) : replace(tree, target, by);
}
