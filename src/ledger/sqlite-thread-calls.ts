/** The calls between a SQLite ledger's thread and the one that uses it, and their results, method by method. */
import type { Capacity, Ledger, Published, Seq, Settlement } from './ledger.ts';
import type { StoredClaim, StoredRecorded } from './sqlite-stored.ts';
import type {
  Flat,
  Question,
  Replies,
  WireAnswer,
  WireArrival,
  WireError,
  WireOutboxAnswer,
  WireSvarReport,
} from './sqlite-wire.ts';

type Answered = Extract<StoredRecorded, { readonly art: 'answered' }>;
type Settling<State extends Settlement['state']> = Extract<Settlement, { readonly state: State }>;
type LaterSvar = NonNullable<Settling<'awaitingSvar'>['svar']>;

export type WireSettlement =
  | Settling<'retrying'>
  | Settling<'inDoubt'>
  | (Omit<Settling<'done'>, 'answer'> & { readonly answer: WireAnswer })
  | (Omit<Settling<'awaitingSvar'>, 'answer' | 'svar'> & {
      readonly answer: WireAnswer;
      readonly svar?: Omit<LaterSvar, 'answer'> & { readonly answer: WireAnswer };
    });

export type WireRecorded =
  | Exclude<StoredRecorded, Answered>
  | (Omit<Answered, 'answers'> & { readonly answers: readonly WireOutboxAnswer[] });

/** Methods whose arguments and results are plain data as they are. */
export type PlainMethod =
  | 'takeUpInterrupted'
  | 'nextDueAt'
  | 'counts'
  | 'history'
  | 'awaitingSvar'
  | 'inDoubt'
  | 'uleverede'
  | 'fejlkoe'
  | 'fejlkoeRaw'
  | 'probe'
  | 'close';

/** Arguments and result of every method, as they go over the border. */
export type WireMethods = {
  [Method in PlainMethod]: {
    readonly args: Parameters<Ledger[Method]>;
    readonly result: Awaited<ReturnType<Ledger[Method]>>;
  };
} & {
  record: {
    readonly args: readonly [Flat<WireArrival>, Capacity];
    readonly result: Flat<WireRecorded>;
  };
  claim: { readonly args: Parameters<Ledger['claim']>; readonly result: readonly StoredClaim[] };
  settle: {
    readonly args: readonly [Flat<WireSettlement>, Capacity];
    readonly result: {
      readonly answers: Flat<WireOutboxAnswer>;
      readonly claims: readonly StoredClaim[];
      readonly stale: readonly Seq[];
    };
  };
  reportSvar: {
    readonly args: readonly [WireSvarReport, Capacity | undefined];
    readonly result: {
      readonly verdict: Awaited<ReturnType<Ledger['reportSvar']>>['verdict'];
      readonly answers: readonly WireOutboxAnswer[];
      readonly claims: readonly StoredClaim[];
    };
  };
  dueAnswers: { readonly args: Parameters<Ledger['dueAnswers']>; readonly result: readonly WireOutboxAnswer[] };
  markPublished: { readonly args: readonly [Flat<Published>]; readonly result: readonly WireOutboxAnswer[] };
};

export type WireMethod = keyof WireMethods;

export type WireCall = {
  [Method in WireMethod]: {
    readonly call: number;
    readonly method: Method;
    readonly args: WireMethods[Method]['args'];
    readonly buffer: ArrayBuffer;
  };
}[WireMethod];

export type WireResult =
  | { readonly call: number; readonly ok: true; readonly value: WireMethods[WireMethod]['result'] }
  | { readonly call: number; readonly ok: false; readonly error: WireError };

/** From the ledger's thread. */
export type FromLedger =
  | { readonly opened: true }
  | { readonly failed: WireError }
  | { readonly results: readonly WireResult[]; readonly buffer: ArrayBuffer }
  | { readonly question: Question };

/** The answer to a question. */
export type ToLedger = {
  readonly reply: Replies[keyof Replies] | undefined;
  readonly error?: WireError;
  readonly buffer: ArrayBuffer;
};
