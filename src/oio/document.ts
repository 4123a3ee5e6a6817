/**
 * A tree as a checked message: the border behind which there is no `unknown` and no XML. The reading of bytes comes before
 * it (xml-reader.ts), the rules of the business after it (anmodninger/).
 */
import type { Fejl } from '../domain/fejl.ts';
import type { MessageTypes } from '../generated/messages.ts';
import { type MessageStem, planOf, type RootMatch } from './plan.ts';
import { fejlOf } from './problems.ts';
import { project } from './project.ts';
import type { XmlElement } from './tree.ts';
import { validate } from './validate.ts';

export { type MessageStem, matchRoot, type RootMatch, rootName, type Spelling } from './plan.ts';
export { writeDocument } from './write.ts';

/** A message that satisfies its schema, or a DA-005 whose text names the first 20 problems. */
export type DocumentResult<T> =
  | { readonly ok: true; readonly document: T }
  | { readonly ok: false; readonly fejl: Fejl };

/**
 * Reads a tree as the message that `matchRoot` recognised, and judges it by the message's schema. Values are normalised:
 * white space collapsed except where it is to be preserved, UUIDs in lower case.
 * @param match its `namespace` is the one that counts in the whole document of a message in `dka`.
 */
export function readDocument<S extends MessageStem>(
  stem: S,
  root: XmlElement,
  match: Pick<RootMatch, 'namespace' | 'version'>,
): DocumentResult<MessageTypes[S]> {
  const plan = planOf(stem, match.version);
  const { document, problems } = project(plan, root, match.namespace);
  const found = [...problems, ...validate(plan, document, root)];
  if (found.length > 0) return { ok: false, fejl: fejlOf(root, found) };
  // The validator compiled from the schema of this stem has just accepted the object, and the type comes from that schema.
  return { ok: true, document: document as unknown as MessageTypes[S] };
}
