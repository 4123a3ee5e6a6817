/**
 * Rows of the ledger's tables as the databases return them, and their translation into the port's terms. Shared by the
 * implementations; knows the columns, but no database.
 */
import { hash } from 'node:crypto';
import type { DeliveryProperties } from '../broker/delivery.ts';
import { type Command, decodeCommand } from '../domain/command.ts';
import type { Instant } from '../domain/identer.ts';
import type { State } from '../domain/lifecycle.ts';
import type { LineParts } from '../domain/line.ts';
import type {
  Answer,
  AnswerRow,
  Claim,
  CommandKind,
  EventRow,
  FejlkoeClosing,
  FejlkoeEntry,
  FejlkoeRow,
  Identity,
  MessageRow,
  OutboxAnswer,
  Seq,
  SvarSubject,
} from './ledger.ts';

/** A number that indexes a text: 48 bits of its SHA-256. Equal texts have equal digests; always compare the text too. */
export function digest(text: string): number {
  return Number.parseInt(hash('sha256', text, 'hex').slice(0, 12), 16);
}

const SHA_256 = /^[0-9a-f]{64}$/;

/** The same for a text that is a SHA-256 itself, as the content hash of a message is. */
export function contentDigest(contentHash: string): number {
  return SHA_256.test(contentHash) ? Number.parseInt(contentHash.slice(0, 12), 16) : digest(contentHash);
}

/** The key of a line: 16 bytes of the SHA-256 of its parts. Not the parts, since a cash line's hold a KundeNummer. */
export function lineKey(parts: LineParts): Buffer {
  return Buffer.from(hash('sha256', JSON.stringify(parts), 'hex').slice(0, 32), 'hex');
}

/** The keys of a message's lines, each once. */
export function lineKeys(lines: readonly LineParts[]): readonly Buffer[] {
  const byText = new Map<string, Buffer>();
  for (const parts of lines) {
    const key = lineKey(parts);
    byText.set(key.toString('hex'), key);
  }
  return [...byText.values()];
}

export function encodeHeaders(headers: Answer['headers']): string {
  return JSON.stringify(headers);
}

/** The inverse of {@link encodeHeaders}; only for text that it wrote. */
function decodeHeaders(text: string): Answer['headers'] {
  return JSON.parse(text) as Answer['headers'];
}

/** The properties of an anmodning that its answers need; only these are kept beside it. */
export function keptProperties({ messageId, correlationId, traceparent }: DeliveryProperties): DeliveryProperties {
  return {
    ...(messageId === undefined ? {} : { messageId }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}

interface PropertiesRecord {
  readonly correlation_id: string | null;
  readonly message_id: string | null;
  readonly traceparent: string | null;
}

function propertiesOf(row: PropertiesRecord): DeliveryProperties {
  return {
    ...(row.message_id === null ? {} : { messageId: row.message_id }),
    ...(row.correlation_id === null ? {} : { correlationId: row.correlation_id }),
    ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
  };
}

export interface ClaimRecord extends PropertiesRecord {
  readonly seq: Seq;
  readonly kind: CommandKind;
  readonly attempts: number;
  /** How many of them were given back unasked. */
  readonly unasked: number;
  readonly in_doubt_before: number;
  readonly state: State;
  readonly command: string;
  readonly kontekst: string;
}

/** The claim of a row that was read before its attempts were counted up. */
export function claimOf(row: ClaimRecord): Claim {
  return { ...claimOfText(row), command: decodeCommand(row.command) };
}

/** The same with the command as text. */
export function claimOfText(row: ClaimRecord): Omit<Claim, 'command'> & { readonly command: string } {
  return {
    seq: row.seq,
    kind: row.kind,
    command: row.command,
    kontekst: row.kontekst,
    attempt: row.attempts + 1,
    asked: row.attempts + 1 - row.unasked,
    inDoubt: row.in_doubt_before === 1,
    properties: propertiesOf(row),
  };
}

export interface SubjectRecord extends PropertiesRecord {
  readonly command: string;
  readonly kontekst: string;
}

export function subjectOf(row: SubjectRecord, command: Command): SvarSubject {
  return {
    kontekst: row.kontekst,
    command,
    properties: propertiesOf(row),
  };
}

export interface OutboxRecord {
  readonly answer_id: number;
  readonly seq: Seq | null;
  readonly art: Answer['art'];
  readonly exchange: string;
  readonly routing_key: string;
  readonly message_id: string;
  readonly correlation_id: string | null;
  readonly type: string;
  readonly kode: string;
  readonly attempts: number;
  readonly headers: string;
  readonly body: Uint8Array;
}

export function outboxAnswerOf(row: OutboxRecord): OutboxAnswer {
  return {
    answerId: row.answer_id,
    ...(row.seq === null ? {} : { seq: row.seq }),
    attempts: row.attempts,
    art: row.art,
    exchange: row.exchange,
    routingKey: row.routing_key,
    messageId: row.message_id,
    ...(row.correlation_id === null ? {} : { correlationId: row.correlation_id }),
    type: row.type,
    kode: row.kode,
    headers: decodeHeaders(row.headers),
    body: row.body,
  };
}

/** The columns that {@link messageRowOf} reads, as an SQL list. */
export const MESSAGE_COLUMNS =
  'seq, kind, sender, id, transaktions_id, myndighed, handlingstype, state, udfald, attempts, received_at, ' +
  'dispatched_at, settled_at, next_attempt_at, forventet_svar_dato, aarsag, is_first';

export interface MessageRecord {
  readonly seq: Seq;
  readonly kind: Identity['kind'];
  readonly sender: string;
  readonly id: string;
  readonly transaktions_id: string;
  readonly myndighed: string | null;
  readonly handlingstype: string | null;
  readonly state: State;
  readonly udfald: string | null;
  readonly attempts: number;
  readonly received_at: Instant;
  readonly dispatched_at: Instant | null;
  readonly settled_at: Instant | null;
  readonly next_attempt_at: Instant | null;
  readonly forventet_svar_dato: string | null;
  readonly aarsag: string | null;
  readonly is_first: number;
}

export function messageRowOf(row: MessageRecord): MessageRow {
  return {
    seq: row.seq,
    kind: row.kind,
    sender: row.sender,
    id: row.id,
    transaktionsId: row.transaktions_id,
    ...(row.myndighed === null ? {} : { myndighed: row.myndighed }),
    ...(row.handlingstype === null ? {} : { handlingstype: row.handlingstype }),
    state: row.state,
    ...(row.udfald === null ? {} : { udfald: row.udfald }),
    attempts: row.attempts,
    receivedAt: row.received_at,
    ...(row.dispatched_at === null ? {} : { dispatchedAt: row.dispatched_at }),
    ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
    ...(row.next_attempt_at === null ? {} : { nextAttemptAt: row.next_attempt_at }),
    ...(row.forventet_svar_dato === null ? {} : { forventetSvarDato: row.forventet_svar_dato }),
    ...(row.aarsag === null ? {} : { aarsag: row.aarsag }),
    first: row.is_first === 1,
  };
}

/** The columns that {@link answerRowOf} reads, as an SQL list. */
export const ANSWER_COLUMNS =
  'answer_id, seq, art, routing_key, message_id, kode, type, created_at, published_at, attempts, returned_at, repeat_of';

export interface AnswerRecord {
  readonly answer_id: number;
  readonly seq: Seq | null;
  readonly art: Answer['art'];
  readonly routing_key: string;
  readonly message_id: string;
  readonly kode: string;
  readonly type: string;
  readonly created_at: Instant;
  readonly published_at: Instant | null;
  readonly attempts: number;
  readonly returned_at: Instant | null;
  readonly repeat_of: number | null;
}

export function answerRowOf(row: AnswerRecord): AnswerRow {
  return {
    answerId: row.answer_id,
    ...(row.seq === null ? {} : { seq: row.seq }),
    art: row.art,
    routingKey: row.routing_key,
    messageId: row.message_id,
    kode: row.kode,
    type: row.type,
    createdAt: row.created_at,
    ...(row.published_at === null ? {} : { publishedAt: row.published_at }),
    attempts: row.attempts,
    ...(row.returned_at === null ? {} : { returnedAt: row.returned_at }),
    repeat: row.repeat_of !== null,
  };
}

/** What stands in a history beside the regular steps. */
export type EventName =
  /** Nothing was carried out; it is tried again. */
  | 'retrying'
  /** A claim was given back before anybody was asked. Counted, since it is no attempt: never deleted while it is unfinished. */
  | 'unasked'
  /** The outcome of an attempt is unknown. */
  | 'inDoubt'
  /** The adapter ended between asking and recording the outcome. */
  | 'interrupted'
  /** The same message arrived again. */
  | 'repeat'
  /** This message uses an id that another content used before. */
  | 'conflict'
  /** A reported svar was not accepted for it; the detail is the verdict. */
  | 'svarRefused'
  /** A reported svar settled it before its udfald was recorded; the detail is the state that it was in. */
  | 'svarSettled'
  /** A person decided what became of it while it was in doubt; the detail says what, who and why. */
  | 'resolved'
  /** A person reported its svar; the detail says who and why. */
  | 'svarByHand'
  /** A person replayed it from the fejlkø; the detail says which entry, who and why. */
  | 'replayed';

/** A counted sort of rows, and its state: an answer is `uleveret` and `unpublished` at once. */
export type Counted =
  | readonly [subject: Identity['kind'], state: State]
  | readonly [subject: 'answer', state: 'unpublished' | 'uleveret']
  | readonly [subject: 'fejlkoe', state: 'open'];

export interface EventRecord {
  readonly at: Instant;
  readonly event: string;
  readonly detail: string | null;
}

export function eventRowOf(row: EventRecord): EventRow {
  return { at: row.at, event: row.event, ...(row.detail === null ? {} : { detail: row.detail }) };
}

/** The columns that {@link fejlkoeRowOf} reads, as an SQL list. */
export const FEJLKOE_COLUMNS = 'id, queue, kode, aarsag, routing_key, user_id, message_id, received_at, seen, bytes';

export interface FejlkoeRecord {
  readonly id: number;
  readonly queue: FejlkoeRow['queue'];
  readonly kode: string;
  readonly aarsag: string;
  readonly routing_key: string;
  readonly user_id: string | null;
  readonly message_id: string | null;
  readonly received_at: Instant;
  readonly seen: number;
  readonly bytes: number;
}

/** The columns beside {@link FEJLKOE_COLUMNS} that {@link fejlkoeEntryOf} reads, of `fejlkoe f` and `fejlkoe_closing c`. */
export const FEJLKOE_ENTRY_COLUMNS = 'f.properties, f.closed_at, c.decision, c.hvem, c.hvorfor, f.raw';

export interface FejlkoeEntryRecord extends FejlkoeRecord {
  readonly properties: string;
  readonly closed_at: Instant | null;
  readonly decision: FejlkoeClosing['decision'] | null;
  readonly hvem: string | null;
  readonly hvorfor: string | null;
  readonly raw: Uint8Array;
}

export function fejlkoeEntryOf(record: FejlkoeEntryRecord): FejlkoeEntry {
  const { closed_at: at, decision, hvem, hvorfor, raw } = record;
  const isClosed = at !== null && decision !== null && hvem !== null && hvorfor !== null;
  return {
    row: fejlkoeRowOf(record),
    raw,
    // Written by the ledger itself when the entry was kept.
    properties: JSON.parse(record.properties) as DeliveryProperties,
    ...(isClosed ? { closed: { at, decision, hvem, hvorfor } } : {}),
  };
}

export function fejlkoeRowOf(row: FejlkoeRecord): FejlkoeRow {
  return {
    id: row.id,
    queue: row.queue,
    kode: row.kode,
    aarsag: row.aarsag,
    routingKey: row.routing_key,
    ...(row.user_id === null ? {} : { userId: row.user_id }),
    ...(row.message_id === null ? {} : { messageId: row.message_id }),
    receivedAt: row.received_at,
    seen: row.seen,
    bytes: row.bytes,
  };
}
