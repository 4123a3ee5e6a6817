/**
 * The element plan: how each message stands in XML. Its data is generated from the JSON schemas; here it becomes the
 * tables that reading (project.ts) and writing (write.ts) are driven by. It says nothing about facets: the compiled
 * validators judge those.
 */
import type { MessageTypes } from '../generated/messages.ts';
import { type AnyContent, type ElementData, type ElementsData, ROOTS, type TextContent } from '../generated/plan.ts';
import {
  DKA_VERSIONS,
  type DkaNamespaces,
  type DkaVersion,
  NAMESPACES,
  type NamespaceKey,
  type NamespaceUris,
} from './namespaces.ts';
import type { XmlElement } from './tree.ts';

/** A message by the stem of its schema's file name. */
export type MessageStem = keyof MessageTypes;

export interface ElementsContent {
  readonly art: 'elements';
  /** In the order that the schema demands. */
  readonly children: readonly ElementPlan[];
  /** By local name, in both spellings; within one parent a name never stands in two namespaces. */
  readonly byName: ReadonlyMap<string, ElementPlan>;
  readonly anyOrder: boolean;
  /** By local name, what a later version of the message has here and this one has not. */
  readonly later: ReadonlyMap<string, DkaVersion>;
  /** The keys of the children of which there must be exactly one, for the text of the problem; else empty. */
  readonly choice: readonly string[];
}

export interface ElementPlan {
  readonly key: string;
  readonly name: string;
  readonly namespace: NamespaceKey;
  readonly many: boolean;
  /** The place among its siblings, from 0. */
  readonly place: number;
  readonly content: TextContent | AnyContent | ElementsContent;
}

export interface RootPlan extends ElementPlan {
  readonly stem: MessageStem;
  readonly attributes: ReadonlySet<string>;
  readonly content: ElementsContent;
}

function isIn(version: DkaVersion, { since = '1.0' }: { readonly since?: DkaVersion }): boolean {
  return DKA_VERSIONS.indexOf(since) <= DKA_VERSIONS.indexOf(version);
}

/** Reading keeps a bit of a number for each. */
const MAX_CHILDREN = 32;

function compileElements(data: ElementsData, version: DkaVersion): ElementsContent {
  const children = data.children
    .filter((child) => isIn(version, child))
    .map((child, place) => compileElement(child, place, version));
  if (children.length > MAX_CHILDREN)
    throw new RangeError(`an element has more than ${MAX_CHILDREN} kinds of children`);
  const byName = new Map<string, ElementPlan>();
  for (const child of children) byName.set(child.name, child).set(child.key, child);
  const later = new Map<string, DkaVersion>();
  for (const { key, name, since } of data.children) {
    if (since !== undefined && !isIn(version, { since })) later.set(name, since).set(key, since);
  }
  return { art: 'elements', children, byName, anyOrder: data.anyOrder === true, later, choice: data.choice ?? [] };
}

function compileElement(data: ElementData, place: number, version: DkaVersion): ElementPlan {
  return {
    key: data.key,
    name: data.name,
    namespace: data.namespace,
    many: data.many === true,
    place,
    content: data.content.art === 'elements' ? compileElements(data.content, version) : data.content,
  };
}

function compileRoots(version: DkaVersion): ReadonlyMap<MessageStem, RootPlan> {
  return new Map(
    ROOTS.map((root) => [
      root.stem,
      {
        stem: root.stem,
        key: root.key,
        name: root.name,
        namespace: root.namespace,
        many: false,
        place: 0,
        attributes: new Set(root.attributes),
        content: compileElements(root.content, version),
      },
    ]),
  );
}

const PLANS: ReadonlyMap<DkaVersion, ReadonlyMap<MessageStem, RootPlan>> = new Map(
  DKA_VERSIONS.map((version) => [version, compileRoots(version)]),
);
const NEWEST_VERSION = DKA_VERSIONS[DKA_VERSIONS.length - 1] ?? '1.0';

/** A root element has the same name in every version. */
const STEMS_BY_ROOT_NAME: ReadonlyMap<string, MessageStem> = new Map(
  ROOTS.flatMap(({ stem, name, key }): [string, MessageStem][] => [
    [name, stem],
    [key, stem],
  ]),
);

/** The plan of a message in a version; without one, in the newest, which has all that the others have. */
export function planOf(stem: MessageStem, version: DkaVersion = NEWEST_VERSION): RootPlan {
  const plan = PLANS.get(version)?.get(stem);
  if (plan === undefined) throw new RangeError(`no schema is called ${stem}`);
  return plan;
}

/** The URIs that count in a document of this message: `dka` is the one that its root uses. */
export function urisOf(plan: RootPlan, rootNamespace: string): NamespaceUris {
  return plan.namespace === 'dka' ? { ...NAMESPACES, dka: rootNamespace } : { ...NAMESPACES, dka: '' };
}

/** Whether names keep æ, ø and å or are transliterated. */
export type Spelling = 'danish' | 'ascii';

/** The local name of a message's root element: also what AMQP's property `type` says of it (spec 2-broker). */
export function rootName(stem: MessageStem, spelling: Spelling): string {
  const plan = planOf(stem);
  return spelling === 'danish' ? plan.name : plan.key;
}

/** Which message a root element begins. */
export interface RootMatch {
  readonly stem: MessageStem;
  /** The URI actually used for the root's namespace. */
  readonly namespace: string;
  /** What the namespace says of a message in `dka`; all others have only the first. */
  readonly version: DkaVersion;
  /** `ascii` where a name that has æ, ø or å came transliterated; an answer uses the same spelling. */
  readonly spelling: Spelling;
}

/**
 * Which message a root element is; undefined for an unknown root.
 * @param dkaNamespaces the accepted URIs of the namespace `dka` (`ADAPTER_DKA_NAMESPACES`).
 */
export function matchRoot(root: XmlElement, dkaNamespaces: DkaNamespaces): RootMatch | undefined {
  const stem = STEMS_BY_ROOT_NAME.get(root.name);
  if (stem === undefined) return undefined;
  const plan = planOf(stem);
  const { namespace } = root;
  const fixed = plan.namespace === 'dka' ? undefined : NAMESPACES[plan.namespace];
  const version = fixed === namespace ? '1.0' : fixed === undefined ? dkaNamespaces.get(namespace) : undefined;
  if (version === undefined) return undefined;
  return { stem, namespace, version, spelling: root.name === plan.name ? 'danish' : 'ascii' };
}
