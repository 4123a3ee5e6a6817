/**
 * The strict XML reader: the bytes of a message to a tree of elements, or one reason for a refusal.
 *
 * It knows nothing of messages, schemas or white space that is to be collapsed. Nothing here throws to the caller,
 * everything is bounded, and no text of a refusal holds anything of the document but positions.
 */
import { fejl } from '../errors.ts';
import { decodeBytes } from './bytes.ts';
import { doctypeOffset } from './markup.ts';
import { readPlain } from './plain-reader.ts';
import { type TreeLimits, TreeReader, type TreeResult } from './tree-reader.ts';
import { doctypeFault } from './xml-fault.ts';

/** What a document may cost. All are inclusive: a document at the limit is read. */
export interface ReadLimits extends TreeLimits {
  /** Of the message as it was received. ADAPTER_MAX_MESSAGE_BYTES; 16 MiB. */
  readonly maxBytes: number;
}

export const DEFAULT_LIMITS: ReadLimits = {
  maxBytes: 16 * 1024 * 1024,
  maxDepth: 64,
  maxElements: 250_000,
  maxAttributes: 64,
};

export type ReadResult = TreeResult;

const BYTE_ORDER_MARK = 0xfeff;

/**
 * Reads a whole message. Never throws; time and memory are linear in the message.
 * Refuses with DA-006 (larger than maxBytes), else DA-002 (encoding), else DA-003 (DOCTYPE), else with what comes first in
 * the document: DA-001 (not well-formed), DA-003 (entity) or DA-006 (another limit). The source is spec 1, "Reading what
 * the world really sends".
 */
export function readXml(bytes: Uint8Array, limits: ReadLimits = DEFAULT_LIMITS): ReadResult {
  if (bytes.length > limits.maxBytes) {
    return refusal('DA-006', `${bytes.length} bytes; højst ${limits.maxBytes} er tilladt`);
  }
  if (bytes.length === 0) return refusal('DA-001', 'meddelelsen er tom');
  const decoded = decodeBytes(bytes);
  if (!decoded.ok) return decoded;
  const { text, declared } = decoded;
  const plain = readPlain(text, declared, limits);
  if (plain !== undefined) return { ok: true, root: plain };
  // Gate: saxes reads over one byte order mark of its own, so two of them would pass.
  if (text.charCodeAt(0) === BYTE_ORDER_MARK) return refusal('DA-001', 'linje 1, kolonne 1: der er mere end én BOM');
  // Before the parser, so that not a single declaration of a document type is read.
  const doctype = text.includes('<!DOCTYPE') ? doctypeOffset(text) : undefined;
  if (doctype !== undefined) return { ok: false, fejl: doctypeFault(text, doctype) };
  return new TreeReader(text, declared, limits).read();
}

function refusal(kode: 'DA-001' | 'DA-006', sted: string): ReadResult {
  return { ok: false, fejl: fejl(kode, sted) };
}
