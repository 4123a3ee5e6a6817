/**
 * What goes between a SQLite ledger's thread and the thread that uses it: plain data, with the bytes of a whole call packed
 * into one buffer that changes hands. A copy of a view would copy the buffer under it, however big that is.
 *
 * What only the using thread can do — judge an arrival, write a svar — the ledger's thread asks for in the middle of its
 * transaction, and waits.
 */
import { decodeCommand, encodeCommand } from '../domain/command.ts';
import type { SvarSubject, SvarVerdict } from './ledger.ts';
import {
  type Answer,
  type Arrival,
  type Known,
  LedgerUnavailable,
  type OutboxAnswer,
  type SvarReport,
} from './ledger.ts';
import { SchemaError } from './schema-error.ts';
import type { StoredJudgement, Utf8 } from './sqlite-stored.ts';

/** Where bytes stand in the buffer that goes with a message. */
export type WireBytes = readonly [offset: number, length: number];

/** Gathers the bytes of one message; a text's are its UTF-8. */
export class Packer {
  readonly #parts: Utf8[] = [];
  #length = 0;

  add(part: Utf8): WireBytes {
    const place = [this.#length, Buffer.byteLength(part)] as const;
    this.#parts.push(part);
    this.#length += place[1];
    return place;
  }

  /** A buffer of its own, to be handed over. */
  pack(): ArrayBuffer {
    const buffer = new ArrayBuffer(this.#length);
    const packed = Buffer.from(buffer);
    let offset = 0;
    for (const part of this.#parts) {
      if (typeof part === 'string') offset += packed.write(part, offset);
      else {
        packed.set(part, offset);
        offset += part.byteLength;
      }
    }
    return buffer;
  }
}

/** A view, not a copy. */
export function unpack(buffer: ArrayBuffer, [offset, length]: WireBytes): Buffer {
  return Buffer.from(buffer, offset, length);
}

/** Items in their order, as rows of values or as they are; `sqlite-flat.ts` writes and reads them. */
export interface Flat<Item> {
  readonly values: readonly (string | number | undefined)[];
  readonly others: readonly Item[];
}

export type WireAnswer = Omit<Answer, 'body'> & { readonly body: WireBytes };

export function wireAnswer(answer: Answer, packer: Packer): WireAnswer {
  return { ...answer, body: packer.add(answer.body) };
}

export function answerOf(wire: WireAnswer, buffer: ArrayBuffer): Answer {
  return { ...wire, body: unpack(buffer, wire.body) };
}

/** An answer in the outbox; where the other side has sent it in this very call, only which one it is. */
export type WireOutboxAnswer =
  | (Omit<OutboxAnswer, 'body'> & { readonly body: WireBytes })
  | (Pick<OutboxAnswer, 'answerId' | 'seq' | 'attempts'> & { readonly sent: number });

type Plain<T extends StoredJudgement['art']> = Extract<StoredJudgement, { readonly art: T }>;

/** Without the functions of a svar, which are asked for. */
export type WireJudgement =
  | (Omit<Plain<'dispatch'>, 'command' | 'kontekst'> & { readonly command: WireBytes; readonly kontekst: WireBytes })
  | Plain<'repeat'>
  | Plain<'nothing'>
  | (Omit<Plain<'answer'>, 'answer'> & { readonly answer: WireAnswer })
  | (Omit<Plain<'fejlkoe'>, 'answer'> & { readonly answer?: WireAnswer; readonly fingerprint: string })
  | { readonly art: 'svar'; readonly report: WireSvarReport; readonly details: Plain<'svar'>['details'] };

export type WireSvarReport = Omit<SvarReport, 'write' | 'writeModtaget'>;

export function wireReport({ write: _write, writeModtaget: _writeModtaget, ...plain }: SvarReport): WireSvarReport {
  return plain;
}

export function wireJudgement(judgement: StoredJudgement, arrival: Arrival, packer: Packer): WireJudgement {
  switch (judgement.art) {
    case 'dispatch': {
      const { art, command, kontekst, lineKeys, details } = judgement;
      return { art, command: packer.add(command), kontekst: packer.add(kontekst), lineKeys, details };
    }
    case 'answer':
      return { ...judgement, answer: wireAnswer(judgement.answer, packer) };
    case 'fejlkoe': {
      const { answer, ...rest } = judgement;
      return {
        ...rest,
        fingerprint: arrival.fingerprint(),
        ...(answer === undefined ? {} : { answer: wireAnswer(answer, packer) }),
      };
    }
    case 'svar':
      return { art: 'svar', report: wireReport(judgement.report), details: judgement.details };
    default:
      return judgement;
  }
}

export interface WireArrival extends Omit<Arrival, 'judge' | 'raw' | 'fingerprint'> {
  readonly raw: WireBytes;
  /** How it is judged where nothing is known of it, as is nearly always so; a svar is always asked about. */
  readonly fresh?: WireJudgement;
}

/** The subject of a svar, its command as text: a KundeNummer does not survive the way. */
export type WireSubject = Omit<SvarSubject, 'command'> & { readonly command: string };

export function wireSubject({ command, ...rest }: SvarSubject): WireSubject {
  return { ...rest, command: encodeCommand(command) };
}

export function subjectOf({ command, ...rest }: WireSubject): SvarSubject {
  return { ...rest, command: decodeCommand(command) };
}

/** What the ledger's thread asks of the other one, about the call with this number. */
export type Question = { readonly call: number } & (
  | { readonly ask: 'judge'; readonly arrival: number; readonly known: Known }
  | { readonly ask: 'receipt'; readonly arrival: number; readonly verdict: SvarVerdict }
  /** `arrival` is left out where the call itself is the report. */
  | { readonly ask: 'write'; readonly arrival?: number; readonly subject: WireSubject }
  | { readonly ask: 'writeModtaget'; readonly arrival?: number; readonly subject: WireSubject }
);

/** Answers to the four questions, in their order. */
export interface Replies {
  readonly judge: WireJudgement;
  readonly receipt: WireAnswer;
  readonly write: WireAnswer;
  readonly writeModtaget: { readonly answer: WireAnswer; readonly forventetSvarDato: string };
}

export interface WireError {
  readonly kind: 'unavailable' | 'schema' | 'fault';
  readonly message: string;
  readonly stack?: string;
  readonly found?: number;
  readonly known?: number;
}

export function wireError(error: unknown): WireError {
  if (!(error instanceof Error)) return { kind: 'fault', message: String(error) };
  const { message, stack } = error;
  const base = { message, ...(stack === undefined ? {} : { stack }) };
  if (error instanceof LedgerUnavailable) return { ...base, kind: 'unavailable' };
  if (error instanceof SchemaError) return { ...base, kind: 'schema', found: error.found, known: error.known };
  return { ...base, kind: 'fault' };
}

export function errorOf({ kind, message, stack, found = 0, known = 0 }: WireError): Error {
  if (kind === 'unavailable') return new LedgerUnavailable(message);
  const error = kind === 'schema' ? new SchemaError('', { found, known }) : new Error();
  error.message = message;
  if (stack !== undefined) error.stack = stack;
  return error;
}
