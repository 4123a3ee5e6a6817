/**
 * Between the port and what a SQLite ledger stores: a command is text there. Both ledgers on the core translate here, the
 * one in the caller's thread and the one in a thread of its own.
 */
import { hash } from 'node:crypto';
import { decodeCommand, encodeCommand } from '../domain/command.ts';
import type { LineParts } from '../domain/line.ts';
import type {
  Arrival,
  Claim,
  CommandKind,
  Judgement,
  Known,
  MessageDetails,
  Recorded,
  Seq,
  Settled,
  SvarRecorded,
} from './ledger.ts';
import { keptProperties } from './rows.ts';

type Work = Extract<Judgement, { readonly art: 'dispatch' }>;

/** A text, or its bytes in UTF-8 where it came from another thread: stored, they are the same. */
export type Utf8 = string | Uint8Array;

/** What is to be dispatched, as it is stored. */
export interface StoredWork {
  readonly art: 'dispatch';
  /** As `encodeCommand` wrote it. */
  readonly command: Utf8;
  readonly kontekst: Utf8;
  /** The keys of its lines, each once and one after the other: a character stands for a byte. */
  readonly lineKeys: string;
  readonly details: MessageDetails;
}

export type StoredJudgement = Exclude<Judgement, Work> | StoredWork;

/** An arrival that is judged in terms of what is stored. */
export interface StoredArrival extends Omit<Arrival, 'judge'> {
  readonly judge: (known: Known) => StoredJudgement;
}

/** What became of it. Whoever judged it has the command of a claim, and makes the claim of it. */
export type StoredRecorded =
  | Exclude<Recorded, { readonly art: 'claimed' }>
  | { readonly art: 'claimed'; readonly seq: Seq };

export interface StoredClaim extends Omit<Claim, 'command'> {
  readonly command: string;
}

export type StoredSettled = Omit<Settled, 'claims'> & { readonly claims: readonly StoredClaim[] };
export type StoredSvarRecorded = Omit<SvarRecorded, 'claims'> & { readonly claims: readonly StoredClaim[] };

/** @param onJudged told of each judgement; it is judged again where the transaction is tried again. */
export function storedArrival(arrival: Arrival, onJudged?: (judgement: Judgement) => void): StoredArrival {
  const judge: StoredArrival['judge'] = (known) => {
    const judgement = arrival.judge(known);
    onJudged?.(judgement);
    return storedJudgement(judgement);
  };
  return { ...arrival, judge };
}

export function storedJudgement(judgement: Judgement): StoredJudgement {
  if (judgement.art !== 'dispatch') return judgement;
  const { art, command, lines, kontekst, details } = judgement;
  return { art, command: encodeCommand(command), kontekst, lineKeys: keysOf(lines), details };
}

/** 16 bytes of the SHA-256 of its parts for each line. Not the parts, since a cash line's hold a KundeNummer. */
function keysOf(lines: readonly LineParts[]): string {
  const keys = lines.map((parts) => hash('sha256', JSON.stringify(parts), 'binary').slice(0, 16));
  return [...new Set(keys)].join('');
}

export function claimsOf(stored: readonly StoredClaim[]): readonly Claim[] {
  return stored.map((claim) => ({ ...claim, command: decodeCommand(claim.command) }));
}

/** @param judgement what the arrival was judged as, in the transaction that was committed. */
export function recordedOf(stored: StoredRecorded, arrival: Arrival, judgement: Judgement | undefined): Recorded {
  if (stored.art !== 'claimed') return stored;
  if (judgement?.art !== 'dispatch') throw new Error(`message ${stored.seq} was claimed but not judged as dispatch`);
  return { art: 'claimed', claim: firstClaim(stored.seq, arrival, judgement) };
}

/** The claim of a message that could start at once: the very command that was judged, so that nothing is decoded. */
function firstClaim(seq: Seq, arrival: Arrival, { command, kontekst }: Work): Claim {
  const kind: CommandKind = command.art === 'handling' ? 'debitorkonto' : 'kontantindbetaling';
  return {
    seq,
    kind,
    command,
    kontekst,
    attempt: 1,
    asked: 1,
    inDoubt: false,
    properties: keptProperties(arrival.properties),
  };
}
