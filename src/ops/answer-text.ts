/** What people are shown of an answer: its code, the codes of its errors, the document. */
import type { PartyAnswer } from '../broker/party-client.ts';
import { prettyXml } from '../oio/pretty.ts';
import type { XmlElement } from '../oio/tree.ts';
import { readXml } from '../oio/xml-reader.ts';

/** Every dialect of answer has its own names for the code of an error or an advis. */
const CODE_ELEMENTS: ReadonlySet<string> = new Set(['FejlKode', 'FejlNummer', 'AdvisId', 'AdvisNummer']);

export interface AnswerSummary {
  /** ACCEPTERET, MODTAGET, AFVIST, FEJLET, FEJL, or the svar's status. */
  readonly kode: string;
  /** In the document's order. */
  readonly fejlkoder: readonly string[];
  /** Indented; the bytes as text where they are no XML. */
  readonly xml: string;
}

function codesIn(element: XmlElement): readonly string[] {
  if (CODE_ELEMENTS.has(element.name)) return [element.text];
  return element.children.flatMap(codesIn);
}

export function summaryOf({ kode, body }: Pick<PartyAnswer, 'kode' | 'body'>): AnswerSummary {
  const read = readXml(body);
  if (!read.ok) return { kode: kode ?? 'ukendt', fejlkoder: [], xml: new TextDecoder().decode(body) };
  return { kode: kode ?? 'ukendt', fejlkoder: codesIn(read.root), xml: prettyXml(read.root) };
}

/** Codes with which a sender need do nothing more. */
const POSITIVE: ReadonlySet<string> = new Set(['ACCEPTERET', 'MODTAGET', 'GENNEMFOERT', 'DELVIST_GENNEMFOERT']);

export function isPositive(kode: string): boolean {
  return POSITIVE.has(kode);
}
