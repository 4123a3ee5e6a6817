/** Trees of documents for tests: read, changed at one element, and written again with every namespace declared in place. */

import { DEFAULT_DKA_NAMESPACE, type DkaNamespaces, parseDkaNamespaces } from '../../src/oio/namespaces.ts';
import type { XmlAttribute, XmlElement } from '../../src/oio/tree.ts';
import { readXml } from '../../src/oio/xml-reader.ts';

/** The namespace that the prefix `xml` is bound to in every document. */
export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** The namespaces that a setting would accept. */
export function accepting(...entries: readonly string[]): DkaNamespaces {
  const namespaces = parseDkaNamespaces(entries);
  if (namespaces === undefined) throw new RangeError('no such list of namespaces');
  return namespaces;
}

/** What the adapter accepts where no setting says otherwise. */
export const STANDARD_NAMESPACES = accepting(DEFAULT_DKA_NAMESPACE);

/** Reads bytes that must be well-formed. */
export function treeOf(xml: string | Uint8Array): XmlElement {
  const result = readXml(typeof xml === 'string' ? Buffer.from(xml) : xml);
  if (!result.ok) throw new Error(result.fejl.tekst);
  return result.root;
}

/** An element in no particular place. */
export function element(namespace: string, name: string, text = '', children: readonly XmlElement[] = []): XmlElement {
  return { namespace, name, line: 1, column: 1, attributes: [], children, text };
}

/** An attribute in no particular place. */
export function attribute(namespace: string, name: string, value: string): XmlAttribute {
  return { namespace, name, value, line: 1, column: 1 };
}

/** All elements, the root first. */
export function elementsOf(root: XmlElement): readonly XmlElement[] {
  return [root, ...root.children.flatMap(elementsOf)];
}

/** The tree with one element replaced by others, by none, or by itself with something changed. */
export function replace(root: XmlElement, target: XmlElement, by: readonly XmlElement[]): XmlElement {
  const inside = (parent: XmlElement): XmlElement => ({
    ...parent,
    children: parent.children.flatMap((child) => (child === target ? by : [inside(child)])),
  });
  if (root !== target) return inside(root);
  const [only] = by;
  if (only === undefined || by.length > 1) throw new RangeError('a document has one root');
  return only;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Well-formed XML of a tree. Text comes before the children. */
export function toXml({ namespace, name, attributes, children, text }: XmlElement): string {
  const written = attributes.map((one, index) => {
    const value = `${one.name}="${escapeXml(one.value)}"`;
    if (one.namespace === '') return ` ${value}`;
    if (one.namespace === XML_NAMESPACE) return ` xml:${value}`;
    return ` xmlns:a${index}="${escapeXml(one.namespace)}" a${index}:${value}`;
  });
  return `<${name} xmlns="${escapeXml(namespace)}"${written.join('')}>${escapeXml(text)}${children.map(toXml).join('')}</${name}>`;
}
