/**
 * Tree → plain object, in one pass over the elements. It checks what concerns elements: names, namespaces, order,
 * repetition, attributes, and text where elements belong. It does not check what is missing, nor any value: the compiled
 * validators do that on the object it gives.
 */
import type { TextContent } from '../generated/plan.ts';
import { type NamespaceUris, XSI_NAMESPACE } from './namespaces.ts';
import { type ElementPlan, type ElementsContent, type RootPlan, urisOf } from './plan.ts';
import { type Problem, shownName } from './problems.ts';
import type { XmlAttribute, XmlElement } from './tree.ts';

export interface Projection {
  /** What was understood, also where there are problems. */
  readonly document: Record<string, unknown>;
  /** In document order; bounded, so that a hostile document does not fill the memory with them. */
  readonly problems: readonly Problem[];
}

interface Pass {
  readonly uris: NamespaceUris;
  readonly problems: Problem[];
}

/** More than is ever shown, so that sorting by place still picks the first ones. */
const MAX_PROBLEMS = 100;

const ANY_WHITE_SPACE_TO_COLLAPSE = /[\t\n\r]|^ | $| {2}/;
const SPACE = 0x20;
const BLACK = /[^ \t\n\r]/;

const NO_ATTRIBUTES: ReadonlySet<string> = new Set();
const XSI_ATTRIBUTES: ReadonlySet<string> = new Set(['schemaLocation', 'noNamespaceSchemaLocation']);
/** They would change what an element is, so no element may have them; also not one whose content is free. */
const XSI_OF_MEANING: ReadonlySet<string> = new Set(['type', 'nil']);

/** As many names as a problem lists of what may stand in a place. */
const MAX_NAMES = 10;

/**
 * White space as XML Schema's `collapse`: the four white space characters of XML only, so a no-break space stays. Unit by
 * unit and not by a regular expression, which would keep a piece of string for each run: 350 MB for 16 MiB of them.
 */
export function collapse(text: string): string {
  if (!ANY_WHITE_SPACE_TO_COLLAPSE.test(text)) return text;
  const units = new Uint16Array(text.length);
  let length = 0;
  let isPending = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === SPACE || unit === 0x09 || unit === 0x0a || unit === 0x0d) {
      isPending = length > 0;
      continue;
    }
    if (isPending) {
      units[length] = SPACE;
      length += 1;
      isPending = false;
    }
    units[length] = unit;
    length += 1;
  }
  return Buffer.from(units.buffer, 0, 2 * length).toString('utf16le');
}

function report(pass: Pass, element: XmlElement, tekst: string, at: XmlElement | XmlAttribute = element): void {
  if (pass.problems.length < MAX_PROBLEMS) pass.problems.push({ element, line: at.line, column: at.column, tekst });
}

function checkAttributes(element: XmlElement, allowed: ReadonlySet<string>, pass: Pass): void {
  for (const attribute of element.attributes) {
    const known =
      attribute.namespace === ''
        ? allowed.has(attribute.name)
        : attribute.namespace === XSI_NAMESPACE && XSI_ATTRIBUTES.has(attribute.name);
    if (!known) report(pass, element, `attributten ${shownName(attribute.name)} er ikke tilladt`, attribute);
  }
}

/** Of an element with free content. */
function checkFreeAttributes(element: XmlElement, pass: Pass): void {
  for (const attribute of element.attributes) {
    if (attribute.namespace === XSI_NAMESPACE && XSI_OF_MEANING.has(attribute.name))
      report(pass, element, `attributten ${attribute.name} er ikke tilladt`, attribute);
  }
}

/** Why an element can't stand where it does, and what can. Names of the schema, none of the document. */
function unknownElement(content: ElementsContent, child: XmlElement, latest: ElementPlan | undefined): string {
  const since = content.later.get(child.name);
  if (since !== undefined) return `elementet findes først i version ${since}`;
  const possible = content.children.filter(({ key, place, many }) => {
    if (latest === undefined || content.anyOrder) return true;
    if (key !== latest.key && content.choice.includes(key) && content.choice.includes(latest.key)) return false;
    return place > latest.place || (many && place === latest.place);
  });
  if (possible.length === 0) return `elementet kendes ikke her; efter ${latest?.name ?? ''} kan intet element stå`;
  const names = possible.slice(0, MAX_NAMES).map(({ name }) => name);
  return `elementet kendes ikke her; her kan stå ${names.join(', ')}${possible.length > MAX_NAMES ? ' …' : ''}`;
}

function projectText(content: TextContent, element: XmlElement, pass: Pass): string {
  const [child] = element.children;
  if (child !== undefined) report(pass, element, 'må kun indeholde tekst, men indeholder elementer', child);
  const text = content.preserve === true ? element.text : collapse(element.text);
  return content.lowercase === true ? text.toLowerCase() : text;
}

function projectElements(content: ElementsContent, element: XmlElement, pass: Pass): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  if (BLACK.test(element.text)) report(pass, element, 'må kun indeholde elementer, men indeholder tekst');
  let latest: ElementPlan | undefined;
  // A bit for each place: asking the object for a key that it lacks costs more than all the rest.
  let seen = 0;
  for (const child of element.children) {
    const plan = content.byName.get(child.name);
    if (plan === undefined) {
      report(pass, child, unknownElement(content, child, latest));
      continue;
    }
    if (child.namespace !== pass.uris[plan.namespace]) {
      report(pass, child, `elementet står i et forkert namespace; det skal være ${pass.uris[plan.namespace]}`);
    }
    if (!content.anyOrder && latest !== undefined) {
      if (plan.place < latest.place) report(pass, child, `elementet skal stå før ${latest.name}`);
      else latest = plan;
    } else {
      latest = plan;
    }
    if (plan.content.art === 'any') {
      if (child.attributes.length > 0) checkFreeAttributes(child, pass);
      continue;
    }
    if (child.attributes.length > 0) checkAttributes(child, NO_ATTRIBUTES, pass);
    const value =
      plan.content.art === 'text' ? projectText(plan.content, child, pass) : projectElements(plan.content, child, pass);
    const bit = 1 << plan.place;
    if ((seen & bit) === 0) {
      seen |= bit;
      object[plan.key] = plan.many ? [value] : value;
      continue;
    }
    const present = object[plan.key];
    if (Array.isArray(present)) present.push(value);
    else report(pass, child, 'elementet må kun forekomme én gang');
  }
  return object;
}

/**
 * Reads a tree as a message.
 * @param rootNamespace the URI of the root's namespace, as {@link matchRoot} gave it.
 */
export function project(plan: RootPlan, root: XmlElement, rootNamespace: string): Projection {
  const pass: Pass = { uris: urisOf(plan, rootNamespace), problems: [] };
  checkAttributes(root, plan.attributes, pass);
  const document = projectElements(plan.content, root, pass);
  return { document, problems: pass.problems };
}
