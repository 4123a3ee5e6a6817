/**
 * A message for people to read: one element a line, indented, with the prefixes of the specification. For what is shown
 * only: white space between elements is not what was sent.
 */
import { NAMESPACES } from './namespaces.ts';
import type { XmlElement } from './tree.ts';

const PREFIXES: ReadonlyMap<string, string> = new Map(Object.entries(NAMESPACES).map(([prefix, uri]) => [uri, prefix]));
const INDENT = '  ';

/** A namespace that is none of the fixed ones is the installation's own for SF1590 (`dka`), or none at all. */
function prefixOf(namespace: string): string | undefined {
  return namespace === '' ? undefined : (PREFIXES.get(namespace) ?? 'dka');
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function declarations(root: XmlElement): string {
  const found = new Map<string, string>();
  const visit = ({ namespace, children }: XmlElement): void => {
    const prefix = prefixOf(namespace);
    if (prefix !== undefined) found.set(prefix, namespace);
    children.forEach(visit);
  };
  visit(root);
  return [...found].map(([prefix, uri]) => `\n${INDENT}${INDENT}xmlns:${prefix}="${escapeText(uri)}"`).join('');
}

function write({ namespace, name, children, text }: XmlElement, depth: number, start: string): string {
  const prefix = prefixOf(namespace);
  const qualified = prefix === undefined ? name : `${prefix}:${name}`;
  const margin = INDENT.repeat(depth);
  if (children.length === 0) {
    const content = escapeText(text);
    return content === ''
      ? `${margin}<${qualified}${start}/>\n`
      : `${margin}<${qualified}${start}>${content}</${qualified}>\n`;
  }
  const inside = children.map((child) => write(child, depth + 1, '')).join('');
  return `${margin}<${qualified}${start}>\n${inside}${margin}</${qualified}>\n`;
}

/** The tree as indented XML, without a declaration; attributes are left out (our answers have none). */
export function prettyXml(root: XmlElement): string {
  return write(root, 0, declarations(root));
}
