/**
 * What is wrong with a document, where, in Danish: the text of a DA-005. Never a value of the document, and no digits of
 * a name of the sender's own that holds as many as a CPR number could.
 */
import type { Fejl } from '../domain/fejl.ts';
import { fejl } from '../errors.ts';
import type { XmlElement } from './tree.ts';

export interface Problem {
  /** The element that it concerns; its path is shown. */
  readonly element: XmlElement;
  readonly line: number;
  readonly column: number;
  /** What is wrong, without a final stop. */
  readonly tekst: string;
}

/** As many problems as one text holds. */
const MAX_SHOWN = 20;

const MAX_NAME_LENGTH = 60;

/** Fewer digits than these can't be a CPR number, however they are spread over a name. */
const MIN_CPR_DIGITS = 6;

/**
 * A name that the sender chose, fit to be shown: without digits where it has as many as could be a CPR number, wherever in
 * the name they stand. Cut before it is searched.
 */
export function shownName(name: string): string {
  const start = name.slice(0, 2 * MAX_NAME_LENGTH);
  const digits = start.match(/\p{Nd}/gu)?.length ?? 0;
  const masked = digits < MIN_CPR_DIGITS ? start : start.replace(/\p{Nd}+(?:[^\p{L}\p{Nd}]+\p{Nd}+)*/gu, '…');
  return masked.length > MAX_NAME_LENGTH ? `${masked.slice(0, MAX_NAME_LENGTH)}…` : masked;
}

/** A step of a path: the name, with its number where it has siblings of the same name. */
function stepTo(child: XmlElement, parent: XmlElement): string {
  const siblings = parent.children.filter(({ name }) => name === child.name);
  const position = siblings.length > 1 ? `[${siblings.indexOf(child) + 1}]` : '';
  return `/${shownName(child.name)}${position}`;
}

/** The paths of a few elements: `/Root/Child[2]`. The walk ends when all are found, and only their steps are written. */
function pathsOf(root: XmlElement, wanted: ReadonlySet<XmlElement>): ReadonlyMap<XmlElement, string> {
  const paths = new Map<XmlElement, string>();
  const ancestors: XmlElement[] = [];
  const walk = (element: XmlElement): void => {
    ancestors.push(element);
    if (wanted.has(element)) {
      const steps = ancestors.slice(1).map((child, index) => stepTo(child, ancestors[index] ?? root));
      paths.set(element, `/${shownName(root.name)}${steps.join('')}`);
    }
    for (const child of element.children) {
      if (paths.size === wanted.size) break;
      walk(child);
    }
    ancestors.pop();
  };
  walk(root);
  return paths;
}

/** A DA-005 that names the first problems in document order. */
export function fejlOf(root: XmlElement, problems: readonly Problem[]): Fejl {
  const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const shown = sorted.slice(0, MAX_SHOWN);
  const paths = pathsOf(root, new Set(shown.map(({ element }) => element)));
  const texts = shown.map(
    ({ element, line, column, tekst }) => `linje ${line}, kolonne ${column}, ${paths.get(element) ?? '/'}: ${tekst}`,
  );
  if (sorted.length > shown.length) texts.push('der er flere fejl, som ikke er vist');
  return fejl('DA-005', texts.join('; '));
}
