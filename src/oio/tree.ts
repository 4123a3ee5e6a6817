/**
 * The element tree that the XML reader builds and the document codec judges.
 *
 * It is plain data: no parser, no node types beyond elements, no comments and no
 * processing instructions. It is not a DOM: it has no parents and cannot be edited.
 */

/** One attribute, with its place in the document. `xmlns` declarations are not attributes here. */
export interface XmlAttribute {
  /** The namespace URI, or the empty string for an attribute without a prefix. */
  readonly namespace: string;
  /** The local name, in Unicode normalisation form C. */
  readonly name: string;
  /** The value after entity and character references are resolved. */
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in characters. */
  readonly column: number;
}

/** One element with its namespace resolved. */
export interface XmlElement {
  /** The namespace URI, or the empty string for an element in no namespace. */
  readonly namespace: string;
  /** The local name, in Unicode normalisation form C. */
  readonly name: string;
  /** The line of the start tag, counted from 1. */
  readonly line: number;
  /** The column of the start tag, counted from 1. */
  readonly column: number;
  /** In document order, without `xmlns` declarations. */
  readonly attributes: readonly XmlAttribute[];
  /** In document order. */
  readonly children: readonly XmlElement[];
  /**
   * The character data including CDATA, concatenated, in normalisation form C, with white
   * space as sent. Where there are children it is all the text between them.
   */
  readonly text: string;
}
