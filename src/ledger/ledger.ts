/**
 * Port: the durable truth. What was received, what came of it, what is to be published. Implementations: `sqlite.ts`, and
 * its twin for PostgreSQL; both pass `contract.ts`. Every method is one transaction, durable when its promise resolves, or
 * rejects with {@link LedgerUnavailable}.
 *
 * It is not a queue of messages: it knows identities, lines, states and answers, and nothing of XML or RabbitMQ.
 */
import type { DeliveryProperties, QueueKind } from '../broker/delivery.ts';
import type { Command } from '../domain/command.ts';
import type { Instant } from '../domain/identer.ts';
import type { State } from '../domain/lifecycle.ts';
import type { LineParts } from '../domain/line.ts';

/** Position in the one total order of recording; from 1. */
export type Seq = number;

/**
 * The ledger can't read or write now (disk full, locked, connection gone). Nothing was changed, or, where the connection
 * was lost in the moment of a commit, perhaps all of it: trying the same again is right in either case.
 */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';
}

/** Commands wait for dispatch under one of two kinds, with capacities of their own. */
export type CommandKind = 'debitorkonto' | 'kontantindbetaling';

/** Free places for dispatch per kind; recording and settling hand out at most so many claims. */
export type Capacity = Readonly<Record<CommandKind, number>>;

// ---- recording -------------------------------------------------------------------------------------------------------

/** What makes two messages the same message. Unique per (kind, sender, id). */
export interface Identity {
  /** `svar`: a debitorsystem's DebitorkontoAnmodningSvarAfsend_I, whose sender is the debitorsystem. */
  readonly kind: CommandKind | 'svar';
  readonly sender: string;
  /** AnmodningIdentifikator; for cash the TransaktionsID. */
  readonly id: string;
  /** SHA-256, hex, of the parsed body without its header. */
  readonly contentHash: string;
  /** The payment's id at the card company; only for cash, only where not blank. */
  readonly eksternId?: string;
}

/** What the ledger knows of an identity at the moment of recording. */
export interface Known {
  /** `same`, `other`: the id was used before, with the same or with other content. */
  readonly earlier: 'none' | 'same' | 'other';
  /** The sender uses this eksternId under another id, and that payment was not refused. */
  readonly eksternIdUsed: boolean;
}

/** An answer as it will be published, composed and ready. */
export interface Answer {
  readonly art: 'kvittering' | 'transportkvittering' | 'svar' | 'svarkvittering';
  readonly exchange: string;
  readonly routingKey: string;
  readonly messageId: string;
  readonly correlationId?: string;
  /** Root element's local name. */
  readonly type: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** ForretningsValideringsKode, FEJL or SvarStatusKode: for the lists and the metrics. */
  readonly kode: string;
}

/** What is to be done with an arrival, now that it is known what came before it. */
export type Judgement =
  /** It waits for its turn in its lines and is then dispatched. */
  | {
      readonly art: 'dispatch';
      readonly command: Command;
      readonly lines: readonly LineParts[];
      /** What its answers need to know of it; opaque to the ledger. */
      readonly kontekst: string;
      readonly details: MessageDetails;
    }
  /** Answered at once, and finished: refused by a rule, or with other content than its id had before. */
  | { readonly art: 'answer'; readonly answer: Answer; readonly details: MessageDetails }
  /** The same message again: its stored first answer goes out once more, or nothing while there is none. */
  | {
      readonly art: 'repeat';
      /** The repeat's own: its answer's correlation id where the repeat has neither correlation id nor message id. */
      readonly transaktionsId?: string;
    }
  /**
   * A svar from a debitorsystem, and how its receipt is written once it is known what the svar was worth. Only a svar that was
   * accepted makes a later one a repeat: a refused one may be right tomorrow, and is judged anew.
   */
  | {
      readonly art: 'svar';
      readonly report: SvarReport;
      readonly receipt: (verdict: SvarVerdict) => Answer;
      readonly details: MessageDetails;
    }
  /** Understood, and there is nothing to record of it: it is acked and gone. */
  | { readonly art: 'nothing' }
  /** It can't be understood, or its sender can't be trusted: kept for people, with an answer where the sender is known. */
  | { readonly art: 'fejlkoe'; readonly kode: string; readonly aarsag: string; readonly answer?: Answer };

/** What the lists and the history show of a message. Never a CPR number. */
export interface MessageDetails {
  readonly transaktionsId: string;
  readonly myndighed?: string;
  readonly handlingstype?: string;
}

export interface Arrival {
  readonly queue: QueueKind;
  readonly receivedAt: Instant;
  readonly routingKey: string;
  readonly properties: DeliveryProperties;
  readonly raw: Uint8Array;
  /**
   * Hex digest that is equal for a redelivery of the same message; keeps a redelivery from a second fejlkø entry. Costs a pass
   * over the bytes, and only the fejlkø asks for it.
   */
  readonly fingerprint: () => string;
  /** Undefined where the message could not be read far enough; then judge is called with nothing known. */
  readonly identity?: Identity;
  /** Pure and quick: called inside the transaction, and called again when the transaction is tried again. */
  readonly judge: (known: Known) => Judgement;
}

/** What became of one arrival. */
export type Recorded =
  /** Waits in line, or for a free place. */
  | { readonly art: 'waiting'; readonly seq: Seq }
  /** Already claimed: dispatch it now. */
  | { readonly art: 'claimed'; readonly claim: Claim }
  | { readonly art: 'answered'; readonly judgement: Judgement['art']; readonly answers: readonly OutboxAnswer[] }
  /** A repeat of what is not answered yet, or what there was nothing to record of. */
  | { readonly art: 'nothing' };

// ---- dispatching and settling ----------------------------------------------------------------------------------------

/** The right, and the duty, to ask the debitorsystem about one anmodning. */
export interface Claim {
  readonly seq: Seq;
  readonly kind: CommandKind;
  readonly command: Command;
  readonly kontekst: string;
  /** How often it has been claimed, this time included; from 1. Also the fencing token: only the latest claim can settle. */
  readonly attempt: number;
  /** How often the debitorsystem has been asked about it, this time included; from 1. A claim that was given back unasked counts not. */
  readonly asked: number;
  /** The outcome of an earlier attempt is unknown. */
  readonly inDoubt: boolean;
  /** Of the anmodning: messageId, correlationId and traceparent are kept. */
  readonly properties: DeliveryProperties;
}

export type Settlement = {
  readonly seq: Seq;
  /** The attempt of the claim that is settled; a settlement of an older claim changes nothing. */
  readonly attempt: number;
  readonly at: Instant;
} & (
  | { readonly state: 'done'; readonly udfald: 'udfoert' | 'afvist' | 'fejlet'; readonly answer: Answer }
  | {
      readonly state: 'awaitingSvar';
      readonly answer: Answer;
      /** YYYY-MM-DD. */
      readonly forventetSvarDato: string;
      /** The svar, where it is known already; published after the answer is. */
      readonly svar?: { readonly contentHash: string; readonly answer: Answer };
    }
  | { readonly state: 'retrying'; readonly nextAttemptAt: Instant; readonly aarsag: string; readonly unasked?: true }
  /** `unasked`, here and above: nobody was asked this time. The claim is given back as it came, and counts as no attempt. */
  | { readonly state: 'inDoubt'; readonly nextAttemptAt?: Instant; readonly aarsag: string; readonly unasked?: true }
);

export interface Settled {
  /** To be published now, in this order. */
  readonly answers: readonly OutboxAnswer[];
  /** What now heads its lines and was claimed within the capacity. */
  readonly claims: readonly Claim[];
  /** Settlements that were refused since a later claim, or a person, was faster. */
  readonly stale: readonly Seq[];
}

// ---- svar ------------------------------------------------------------------------------------------------------------

/** A svar that a debitorsystem reports for an anmodning. */
export interface SvarReport {
  /** AnmodningIdentifikator of a debitorkontoanmodning. */
  readonly anmodningId: string;
  /** Which fagsystem's, where it is known: a command's idempotency key says it, a message does not. */
  readonly fagsystem?: string;
  /** The conversation, where it is known; another one's anmodning is not meant. */
  readonly transaktionsId?: string;
  readonly handlingstype?: string;
  readonly at: Instant;
  readonly contentHash: string;
  /** Writes the svar for the fagsystem, from the anmodning's kontekst. */
  readonly write: (subject: SvarSubject) => Answer;
  /** Writes the MODTAGET that must go before it, where the anmodning was in doubt. */
  readonly writeModtaget: (subject: SvarSubject) => { readonly answer: Answer; readonly forventetSvarDato: string };
}

export interface SvarSubject {
  readonly kontekst: string;
  readonly command: Command;
  /** Of the anmodning: messageId, correlationId and traceparent are kept. */
  readonly properties: DeliveryProperties;
}

/** `unknown` DA-301, `notLater` DA-302, `answeredOtherwise` DA-303, `otherHandlingstype` DA-304; the other two accept it. */
export type SvarVerdict = 'recorded' | 'same' | 'unknown' | 'notLater' | 'answeredOtherwise' | 'otherHandlingstype';

export interface SvarRecorded {
  readonly verdict: SvarVerdict;
  readonly answers: readonly OutboxAnswer[];
  readonly claims: readonly Claim[];
}

// ---- publishing ------------------------------------------------------------------------------------------------------

export interface OutboxAnswer extends Answer {
  readonly answerId: number;
  /** The message it answers; undefined for a TransportKvittering. */
  readonly seq?: Seq;
  /** How often publishing it has been tried before. */
  readonly attempts: number;
}

export type Published =
  | { readonly answerId: number; readonly at: Instant; readonly art: 'confirmed' }
  | {
      readonly answerId: number;
      readonly at: Instant;
      /** `returned`: no queue is bound; listed as uleveret. */
      readonly art: 'returned' | 'unknown';
      readonly nextAttemptAt: Instant;
    };

// ---- lists for people ------------------------------------------------------------------------------------------------

export interface MessageRow {
  readonly seq: Seq;
  readonly kind: Identity['kind'];
  readonly sender: string;
  readonly id: string;
  readonly transaktionsId: string;
  readonly myndighed?: string;
  readonly handlingstype?: string;
  readonly state: State;
  readonly udfald?: string;
  readonly attempts: number;
  readonly receivedAt: Instant;
  readonly dispatchedAt?: Instant;
  readonly settledAt?: Instant;
  readonly nextAttemptAt?: Instant;
  readonly forventetSvarDato?: string;
  readonly aarsag?: string;
  /** False where the id was used before with other content. */
  readonly first: boolean;
}

export interface AnswerRow {
  readonly answerId: number;
  readonly seq?: Seq;
  readonly art: Answer['art'];
  readonly routingKey: string;
  readonly messageId: string;
  readonly kode: string;
  readonly type: string;
  readonly createdAt: Instant;
  readonly publishedAt?: Instant;
  readonly attempts: number;
  /** Since when no queue was bound for it. */
  readonly returnedAt?: Instant;
  /** A repeat of an earlier answer. */
  readonly repeat: boolean;
}

export interface EventRow {
  readonly at: Instant;
  readonly event: string;
  readonly detail?: string;
}

export interface History {
  readonly message: MessageRow;
  readonly answers: readonly AnswerRow[];
  readonly events: readonly EventRow[];
}

export interface FejlkoeRow {
  readonly id: number;
  readonly queue: QueueKind;
  readonly kode: string;
  readonly aarsag: string;
  readonly routingKey: string;
  readonly userId?: string;
  readonly messageId?: string;
  readonly receivedAt: Instant;
  /** How often the same message has arrived. */
  readonly seen: number;
  readonly bytes: number;
}

/** One entry with all that was kept of its message. */
export interface FejlkoeEntry {
  readonly row: FejlkoeRow;
  readonly raw: Uint8Array;
  readonly properties: DeliveryProperties;
  /** Undefined while it is open. */
  readonly closed?: FejlkoeClosing;
}

/** How a person closed an entry of the fejlkø. */
export interface FejlkoeClosing {
  readonly at: Instant;
  readonly decision: 'afspillet' | 'kasseret';
  readonly hvem: string;
  readonly hvorfor: string;
}

export interface Counts {
  readonly byState: Readonly<Record<State, number>>;
  /** recorded + dispatching + retrying + inDoubt: what the bound on unfinished work counts, kind by kind. */
  readonly unfinished: Readonly<Record<CommandKind, number>>;
  readonly unpublished: number;
  readonly uleverede: number;
  readonly fejlkoe: number;
  /** Undefined where there is none. */
  readonly oldestUnfinishedAt?: Instant;
  readonly oldestAwaitingSvarAt?: Instant;
  readonly oldestUnpublishedAt?: Instant;
  readonly oldestInDoubtAt?: Instant;
  /** awaitingSvar whose ForventetSvarDato is past. */
  readonly overdue: number;
}

/** A page of a list, oldest first. */
export interface Page {
  readonly limit: number;
  /** Rows after this seq, answerId or fejlkø id. */
  readonly after?: number;
}

export interface Ledger {
  /** Records arrivals in their order, in one transaction, and claims what can start at once within the capacity. */
  record(arrivals: readonly Arrival[], capacity: Capacity): Promise<readonly Recorded[]>;
  /** Claims what heads its lines and is due, oldest first. */
  claim(capacity: Capacity, now: Instant): Promise<readonly Claim[]>;
  /** Records outcomes with their answers, frees lines, and claims, as `claim` does, what can start now: oldest first. */
  settle(settlements: readonly Settlement[], capacity: Capacity): Promise<Settled>;
  /**
   * Records a svar, its publication held back until the MODTAGET is published. A svar proves that the debitorsystem has
   * accepted the anmodning for later: where its udfald is not recorded yet (dispatching, retrying, inDoubt; svarform
   * SENERE), it is settled here with a MODTAGET, and the claim that is still out becomes stale. One that was never
   * dispatched is `notLater`. Without a capacity, lines that this frees are not claimed: ask {@link Ledger.claim}. The
   * same holds for a svar that is recorded as an arrival.
   */
  reportSvar(report: SvarReport, capacity?: Capacity): Promise<SvarRecorded>;
  /**
   * Claims whose process is gone: after a restart of an embedded ledger all of them, else those whose lease is over.
   * Moves them to inDoubt, due at once where `askAgain`, else to wait for a person. The first call after opening does so
   * also with those that were in doubt before: another backend may be able to settle what the last one could not, or the
   * other way round. Called again and again, since an adapter beside this one may be gone at any time.
   */
  takeUpInterrupted(askAgain: boolean, now: Instant): Promise<number>;
  /**
   * Whether what this adapter has claimed is certainly still its own to ask about. False where it was frozen, or could not
   * reach the ledger, for so long that another may have taken its claims up: whoever asks then may have it done twice.
   */
  mayAsk(): boolean;
  /** Unpublished answers that are due and not being published, oldest first. */
  dueAnswers(now: Instant, limit: number): Promise<readonly OutboxAnswer[]>;
  /** Marks what became of publications; returns svar that may be published now, since their MODTAGET is. */
  markPublished(published: readonly Published[]): Promise<readonly OutboxAnswer[]>;
  /** When the next retry or the next answer is due; undefined where none is. */
  nextDueAt(): Promise<Instant | undefined>;

  counts(today: string): Promise<Counts>;
  /** All messages with this id or TransaktionsId, oldest first, at most 100. */
  history(id: string): Promise<readonly History[]>;
  awaitingSvar(page: Page): Promise<readonly MessageRow[]>;
  inDoubt(page: Page): Promise<readonly MessageRow[]>;
  uleverede(page: Page): Promise<readonly AnswerRow[]>;
  fejlkoe(page: Page): Promise<readonly FejlkoeRow[]>;
  /** Also one that is closed. */
  fejlkoeRaw(id: number): Promise<FejlkoeEntry | undefined>;

  /** Whether it can write now: one small durable write. Rejects with LedgerUnavailable where not. */
  probe(now: Instant): Promise<void>;
  close(): Promise<void>;
}
