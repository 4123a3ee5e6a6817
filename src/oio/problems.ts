/**
 * What is wrong with a document, where, in Danish: the text of a DA-005. Never a value of the document, and no name of
 * the sender's own that holds as many digits as a CPR number could.
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

/** A name that the sender chose, fit to be shown. */
export function shownName(name: string): string {
  const masked = name.replace(/[0-9]{6,}/g, '…');
  return masked.length > MAX_NAME_LENGTH ? `${masked.slice(0, MAX_NAME_LENGTH)}…` : masked;
}

/** The paths of some elements, found in one walk: `/Root/Child[2]`, with a number where the name has siblings. */
function pathsOf(root: XmlElement, wanted: ReadonlySet<XmlElement>): ReadonlyMap<XmlElement, string> {
  const paths = new Map<XmlElement, string>();
  const walk = (element: XmlElement, path: string): void => {
    if (wanted.has(element)) paths.set(element, path);
    const counts = new Map<string, number>();
    for (const { name } of element.children) counts.set(name, (counts.get(name) ?? 0) + 1);
    const seen = new Map<string, number>();
    for (const child of element.children) {
      const number = (seen.get(child.name) ?? 0) + 1;
      seen.set(child.name, number);
      const position = (counts.get(child.name) ?? 0) > 1 ? `[${number}]` : '';
      walk(child, `${path}/${shownName(child.name)}${position}`);
    }
  };
  walk(root, `/${shownName(root.name)}`);
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
