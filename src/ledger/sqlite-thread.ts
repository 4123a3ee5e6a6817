/**
 * The embedded ledger in a thread of its own, as a running adapter has it: rows, commits and the waiting for the disk cost
 * the thread that talks to RabbitMQ nothing, and calls that come while a commit is under way share the next one.
 *
 * This is the side of the thread that uses it; `sqlite-thread-entry.ts` is the other one.
 */
import { extname } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Answer, Arrival, Judgement, Ledger, OutboxAnswer, Recorded, Settlement, SvarReport } from './ledger.ts';
import type { SqliteLedgerOptions } from './sqlite-core.ts';
import { closedLedger } from './sqlite-database.ts';
import {
  flattenArrivals,
  flattenPublished,
  flattenSettlements,
  restoreAnswers,
  restoreRecorded,
} from './sqlite-flat.ts';
import { claimsOf, recordedOf, storedJudgement } from './sqlite-stored.ts';
import type {
  FromLedger,
  PlainMethod,
  ToLedger,
  WireCall,
  WireMethod,
  WireMethods,
  WireRecorded,
  WireResult,
  WireSettlement,
} from './sqlite-thread-calls.ts';
import {
  errorOf,
  Packer,
  type Question,
  type Replies,
  subjectOf,
  unpack,
  type WireArrival,
  type WireOutboxAnswer,
  wireAnswer,
  wireError,
  wireJudgement,
  wireReport,
} from './sqlite-wire.ts';

export interface ThreadData extends SqliteLedgerOptions {
  /** Where questions are answered. */
  readonly replies: MessagePort;
  /** One number, raised when there is an answer. */
  readonly answered: SharedArrayBuffer;
}

/** What a call left here, for its result and for questions about it. */
interface Subject {
  readonly arrivals: readonly Arrival[];
  readonly judgements: (Judgement | undefined)[];
  readonly report?: SvarReport;
  /** The answers that were sent with it: its result names them by their place. */
  readonly sent: readonly Answer[];
  /** What a question about it threw: it is the call's own error, and keeps its class and its cause. */
  thrown?: unknown;
}

interface Pending {
  readonly subject: Subject;
  readonly resolve: (value: WireMethods[WireMethod]['result'], buffer: ArrayBuffer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What the thread's young objects may take, in MB. It sees much and keeps little, so more is only memory: with V8's own limit
 * it took 60 MB more, at the same speed.
 */
const YOUNG_MB = 8;
const NOTHING: Subject = { arrivals: [], judgements: [], sent: [] };
const FRESH = { earlier: 'none', eksternIdUsed: false } as const;

/**
 * Opens the ledger as its owner, in a thread of its own.
 * @throws LedgerUnavailable where it is owned by another process or can't be opened.
 * @throws SchemaError where its schema is not one that this version can work with.
 */
export async function openSqliteThread(path: string): Promise<Ledger> {
  const thread = new LedgerThread(path);
  await thread.opened;
  return thread.ledger();
}

class LedgerThread {
  readonly opened: Promise<void>;
  readonly #path: string;
  readonly #worker: Worker;
  readonly #replies: MessagePort;
  readonly #answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #pending = new Map<number, Pending>();
  #calls = 0;
  /** Why no more calls are taken. */
  #ended: Error | undefined;

  constructor(path: string) {
    this.#path = path;
    const { port1, port2 } = new MessageChannel();
    this.#replies = port1;
    const workerData: ThreadData = { path, owner: true, replies: port2, answered: this.#answered.buffer };
    // The compiled program has the same files under another extension.
    const entry = new URL(`./sqlite-thread-entry${extname(import.meta.url)}`, import.meta.url);
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    this.#worker = new Worker(entry, { workerData, transferList: [port2], name: 'ledger', resourceLimits });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.opened = promise;
    this.#worker.on('message', (message: FromLedger) => {
      if ('results' in message) this.#settle(message.results, message.buffer);
      else if ('question' in message) this.#answer(message.question);
      else if ('opened' in message) resolve();
      else reject(errorOf(message.failed));
    });
    const end = (error: Error): void => {
      reject(error);
      this.#end(error);
    };
    this.#worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => end(new Error('the thread of the ledger has ended')));
  }

  ledger(): Ledger {
    const plain =
      <Method extends PlainMethod>(method: Method) =>
      (...args: WireMethods[Method]['args']): Promise<WireMethods[Method]['result']> =>
        this.#call(method, args, NOTHING, new Packer(), (value) => value);
    return {
      record: (arrivals, capacity) => this.#record(arrivals, capacity),
      claim: (...args) => this.#call('claim', args, NOTHING, new Packer(), claimsOf),
      settle: (settlements, capacity) => this.#settleAll(settlements, capacity),
      reportSvar: (report, capacity) => {
        const subject = { ...NOTHING, report };
        return this.#call('reportSvar', [wireReport(report), capacity], subject, new Packer(), (value, buffer) => ({
          verdict: value.verdict,
          answers: value.answers.map((answer) => outboxAnswerOf(answer, buffer, subject)),
          claims: claimsOf(value.claims),
        }));
      },
      dueAnswers: (...args) => this.#call('dueAnswers', args, NOTHING, new Packer(), outboxAnswersOf),
      markPublished: (published) =>
        this.#call('markPublished', [flattenPublished(published)], NOTHING, new Packer(), outboxAnswersOf),
      mayAsk: () => true, // Nobody else can own it while this process lives.
      takeUpInterrupted: plain('takeUpInterrupted'),
      nextDueAt: plain('nextDueAt'),
      counts: plain('counts'),
      history: plain('history'),
      awaitingSvar: plain('awaitingSvar'),
      inDoubt: plain('inDoubt'),
      uleverede: plain('uleverede'),
      fejlkoe: plain('fejlkoe'),
      fejlkoeRaw: plain('fejlkoeRaw'),
      probe: plain('probe'),
      close: () => this.#close(),
    };
  }

  #record(arrivals: readonly Arrival[], capacity: WireMethods['record']['args'][1]): Promise<readonly Recorded[]> {
    const packer = new Packer();
    const sent: Answer[] = [];
    const judgements: (Judgement | undefined)[] = [];
    const wired = arrivals.map((arrival): WireArrival => {
      const { queue, receivedAt, routingKey, properties, identity } = arrival;
      const judgement = judgedFresh(arrival);
      judgements.push(judgement);
      const id = identity === undefined ? {} : { identity };
      const base = { queue, receivedAt, routingKey, properties, raw: packer.add(arrival.raw), ...id };
      if (judgement === undefined) return base;
      if ('answer' in judgement && judgement.answer !== undefined) sent.push(judgement.answer);
      return { ...base, fresh: wireJudgement(storedJudgement(judgement), arrival, packer) };
    });
    const subject: Subject = { arrivals, judgements, sent };
    return this.#call('record', [flattenArrivals(wired), capacity], subject, packer, (flat, buffer) => {
      const recorded = restoreRecorded(flat);
      return arrivals.flatMap((arrival, index) => {
        const one = recorded[index];
        return one === undefined ? [] : [recordedFrom(one, arrival, judgements[index], buffer, subject)];
      });
    });
  }

  #settleAll(settlements: readonly Settlement[], capacity: WireMethods['settle']['args'][1]) {
    const packer = new Packer();
    const sent: Answer[] = [];
    const wire = (answer: Answer) => {
      sent.push(answer);
      return wireAnswer(answer, packer);
    };
    const wired = settlements.map((settlement): WireSettlement => {
      if (settlement.state === 'done') return { ...settlement, answer: wire(settlement.answer) };
      if (settlement.state !== 'awaitingSvar') return settlement;
      const { svar, answer, ...rest } = settlement;
      const base = { ...rest, answer: wire(answer) };
      return svar === undefined ? base : { ...base, svar: { ...svar, answer: wire(svar.answer) } };
    });
    const subject: Subject = { ...NOTHING, sent };
    return this.#call('settle', [flattenSettlements(wired), capacity], subject, packer, (value, buffer) => ({
      answers: restoreAnswers(value.answers).map((answer) => outboxAnswerOf(answer, buffer, subject)),
      claims: claimsOf(value.claims),
      stale: value.stale,
    }));
  }

  async #close(): Promise<void> {
    if (this.#ended !== undefined) return;
    await this.#call('close', [], NOTHING, new Packer(), () => undefined);
    this.#end(closedLedger(this.#path));
    this.#replies.close();
    await this.#worker.terminate();
  }

  #call<Method extends WireMethod, Result>(
    method: Method,
    args: WireMethods[Method]['args'],
    subject: Subject,
    packer: Packer,
    convert: (value: WireMethods[Method]['result'], buffer: ArrayBuffer) => Result,
  ): Promise<Result> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    this.#calls += 1;
    const call = this.#calls;
    const buffer = packer.pack();
    return new Promise((resolve, reject) => {
      // The result with a call's number is that call's: the one place where the types of the two sides meet.
      this.#pending.set(call, {
        subject,
        resolve: (value, results) => resolve(convert(value as WireMethods[Method]['result'], results)),
        reject,
      });
      this.#worker.ref();
      this.#worker.postMessage({ call, method, args, buffer } as WireCall, [buffer]);
    });
  }

  #settle(results: readonly WireResult[], buffer: ArrayBuffer): void {
    for (const result of results) {
      const pending = this.#pending.get(result.call);
      this.#pending.delete(result.call);
      if (result.ok) pending?.resolve(result.value, buffer);
      else
        pending?.reject(
          result.error.kind === 'fault' ? (pending.subject.thrown ?? errorOf(result.error)) : errorOf(result.error),
        );
    }
    // An idle ledger does not keep a process alive.
    if (this.#pending.size === 0) this.#worker.unref();
  }

  /** The ledger's thread stands still until it has the answer. */
  #answer(question: Question): void {
    const packer = new Packer();
    let message: Omit<ToLedger, 'buffer'>;
    const subject = this.#pending.get(question.call)?.subject ?? { ...NOTHING };
    try {
      message = { reply: replyTo(question, subject, packer) };
    } catch (error) {
      subject.thrown = error;
      message = { reply: undefined, error: wireError(error) };
    }
    const buffer = packer.pack();
    this.#replies.postMessage({ ...message, buffer } satisfies ToLedger, [buffer]);
    Atomics.add(this.#answered, 0, 1);
    Atomics.notify(this.#answered, 0);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#ended);
    this.#pending.clear();
  }
}

/** Undefined where it throws: then it is asked for in its turn, and that throws where the port says it does. */
function judgedFresh(arrival: Arrival): Judgement | undefined {
  try {
    return arrival.judge(FRESH);
  } catch {
    return undefined;
  }
}

function outboxAnswerOf(wire: WireOutboxAnswer, buffer: ArrayBuffer, { sent }: Subject): OutboxAnswer {
  if (!('sent' in wire)) return { ...wire, body: unpack(buffer, wire.body) };
  const answer = sent[wire.sent];
  if (answer === undefined) throw new Error('an answer that was not sent came back');
  const { answerId, attempts, seq } = wire;
  return { ...answer, answerId, attempts, ...(seq === undefined ? {} : { seq }) };
}

function outboxAnswersOf(wired: readonly WireOutboxAnswer[], buffer: ArrayBuffer): readonly OutboxAnswer[] {
  return wired.map((answer) => outboxAnswerOf(answer, buffer, NOTHING));
}

function recordedFrom(
  wired: WireRecorded,
  arrival: Arrival,
  judgement: Judgement | undefined,
  buffer: ArrayBuffer,
  subject: Subject,
): Recorded {
  if (wired.art !== 'answered') return recordedOf(wired, arrival, judgement);
  return { ...wired, answers: wired.answers.map((answer) => outboxAnswerOf(answer, buffer, subject)) };
}

function replyTo(question: Question, subject: Subject, packer: Packer): Replies[keyof Replies] {
  if (question.ask === 'judge') {
    const arrival = subject.arrivals[question.arrival];
    if (arrival === undefined) throw new Error('asked about an arrival that is not there');
    const judgement = arrival.judge(question.known);
    subject.judgements[question.arrival] = judgement;
    return wireJudgement(storedJudgement(judgement), arrival, packer);
  }
  const judgement = question.arrival === undefined ? undefined : subject.judgements[question.arrival];
  const judgedSvar = judgement?.art === 'svar' ? judgement : undefined;
  if (question.ask === 'receipt') {
    if (judgedSvar === undefined) throw new Error('asked for a receipt of what is no svar');
    return wireAnswer(judgedSvar.receipt(question.verdict), packer);
  }
  const report = judgedSvar?.report ?? subject.report;
  if (report === undefined) throw new Error('asked about a svar that was not reported');
  if (question.ask === 'write') return wireAnswer(report.write(subjectOf(question.subject)), packer);
  const { answer, forventetSvarDato } = report.writeModtaget(subjectOf(question.subject));
  return { answer: wireAnswer(answer, packer), forventetSvarDato };
}
