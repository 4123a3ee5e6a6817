/**
 * What a type of inbound message defines, and what every definition may use. A definition is pure: it takes the document
 * and the circumstances, `now` included, and returns data. Definitions never import each other.
 *
 *   document (checked by its schema) → interpret → Understood: who it is, and what is to be done with it once it is known
 *   whether it came before (judge).
 */
import { hash } from 'node:crypto';
import type { DeliveryProperties, QueueKind } from '../broker/delivery.ts';
import { parseBeloeb } from '../domain/beloeb.ts';
import type { Handlingstype } from '../domain/handling.ts';
import type { FagsystemId, Instant, Uuid } from '../domain/identer.ts';
import type { Fagsystem, RegisteredDebitorsystem, Registry } from '../domain/registry.ts';
import type { MessageTypes } from '../generated/messages.ts';
import type { Answer, Identity, Judgement, Known } from '../ledger/ledger.ts';

export type MessageStem = keyof MessageTypes;

/** What judging needs beside the message: the settings files, and names of our own. */
export interface Rulebook {
  readonly registry: Registry;
  readonly handlingstyper: ReadonlyMap<string, Handlingstype>;
  /** As `ADAPTER_DKA_NAMESPACES` has them: a URI, or `URI=version`. */
  readonly dkaNamespaces: readonly string[];
  /** Stands for the debitorsystem in a svar's Rute where the anmodning named no ModtagerItSystemInstans. */
  readonly ownItSystemInstans: Uuid;
}

/** Who sent a message, as far as RabbitMQ vouches for it. */
export type Sender =
  | { readonly art: 'fagsystem'; readonly fagsystem: Fagsystem }
  | { readonly art: 'debitorsystem'; readonly debitorsystem: RegisteredDebitorsystem };

/** A message on its way to being understood. */
export interface Incoming<Document> {
  readonly document: Document;
  /** The URI of the root's namespace: an answer is written in the same. */
  readonly namespace: string;
  /** How the root was spelled: an answer is spelled in the same way. */
  readonly spelling: 'danish' | 'ascii';
  readonly sender: Sender;
  readonly routingKey: string;
  readonly properties: DeliveryProperties;
  readonly receivedAt: Instant;
  readonly rulebook: Rulebook;
}

/** Writes an answer's document as XML; `oio/` does. */
export type Compose = <S extends MessageStem>(
  stem: S,
  document: MessageTypes[S],
  envelope: AnswerEnvelope & { readonly namespace: string; readonly spelling: 'danish' | 'ascii' },
) => Answer;

/** Whom an answer is for, and when it is written. */
export interface ReplyTo {
  readonly fagsystem: FagsystemId;
  /** Of the message that is answered: its correlation_id, message_id and traceparent are passed on. */
  readonly properties: DeliveryProperties;
  readonly now: Instant;
}

/** Where an answer goes and what its headers say; what is equal for every answer is added where it is composed. */
export interface AnswerEnvelope {
  readonly art: Answer['art'];
  readonly exchange: 'debitor.svar' | 'debitor.udfald.kvittering';
  readonly routingKey: string;
  readonly kode: string;
  /** AnmodningIdentifikator; for cash the TransaktionsID. Undefined where the message could not be read. */
  readonly anmodningId?: string;
  readonly transaktionsId?: string;
  /** What tells this answer from another with the same text, where there is no anmodningId: a digest of the delivery. */
  readonly fingerprint?: string;
  /** Of the message that is answered. */
  readonly properties: DeliveryProperties;
}

/** A message that was read and is trusted: its identity, and how to judge it. */
export interface Understood {
  readonly identity: Identity;
  readonly judge: (known: Known) => Judgement;
}

/** The sender's own documents contradict who RabbitMQ says it is: a security event, never answered. */
export interface Untrusted {
  readonly untrusted: string;
}

export interface MessageDefinition<S extends MessageStem = MessageStem> {
  readonly stem: S;
  /** The queue it is accepted on; on any other its root is unknown (DA-004). */
  readonly queue: QueueKind;
  readonly interpret: (incoming: Incoming<MessageTypes[S]>, compose: Compose) => Understood | Untrusted;
}

/** The value that counts of an amount or a date, which its key tells from other texts. */
function byValue(key: string, text: string): string {
  if (key.endsWith('Dato')) return datoOf(text);
  return key.endsWith('Beloeb') ? (parseBeloeb(text)?.toString() ?? text) : text;
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** The same object where nothing in it counts by value, so that a copy is made only of what holds such a text. */
function canonicalOf(body: Fields): unknown {
  if (Array.isArray(body)) return body.some(isObject) ? body.map((item: Fields) => canonicalOf(item)) : body;
  let canonical: Record<string, unknown> | undefined;
  for (const key of Object.keys(body)) {
    const value = body[key];
    const counts = typeof value === 'string' ? byValue(key, value) : isObject(value) ? canonicalOf(value) : value;
    if (counts === value) continue;
    canonical ??= { ...body };
    canonical[key] = counts;
  }
  return canonical ?? body;
}

/**
 * SHA-256 of a body without its header: what makes two messages equal. Property order is the schema's. Amounts and dates
 * count by value, so `100` and `100.00`, and a date with and without an offset, are the same content.
 */
export function contentHash(body: Fields): string {
  // Not by a replacer: JSON calls one for each value, which costs several times the writing.
  return hash('sha256', JSON.stringify(canonicalOf(body)), 'hex');
}

/** A UUID that is the same for the same parts, for ever (form of a version 8 UUID, RFC 9562, from SHA-256). */
export function uuidOf(...parts: readonly string[]): Uuid {
  const hex = hash('sha256', JSON.stringify(parts), 'hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}` as Uuid;
}

/** The date of an xs:date, whose zone says nothing about a calendar date in Denmark. */
export function datoOf(text: string): string {
  return text.slice(0, 10);
}
