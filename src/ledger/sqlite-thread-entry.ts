/**
 * The thread of a SQLite ledger (see `sqlite-thread.ts`): takes calls in their order, those that wait together in one
 * transaction, and sends their results when that is durable.
 */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Answer, Known, OutboxAnswer, Settlement, SvarReport } from './ledger.ts';
import { type CallResult, openSqliteCore, type SqliteCore } from './sqlite-core.ts';
import {
  flattenAnswers,
  flattenRecorded,
  restoreArrivals,
  restorePublished,
  restoreSettlements,
} from './sqlite-flat.ts';
import type { StoredArrival, StoredJudgement } from './sqlite-stored.ts';
import type { ThreadData } from './sqlite-thread.ts';
import type {
  FromLedger,
  ToLedger,
  WireCall,
  WireMethod,
  WireMethods,
  WireResult,
  WireSettlement,
} from './sqlite-thread-calls.ts';
import {
  answerOf,
  errorOf,
  Packer,
  type Question,
  type Replies,
  unpack,
  type WireArrival,
  type WireJudgement,
  type WireOutboxAnswer,
  type WireSvarReport,
  wireError,
  wireSubject,
} from './sqlite-wire.ts';

/** The other thread is busy with one message at a time; beyond this it hangs, and a transaction must not. */
const REPLY_LIMIT_MS = 60_000;

const port = parentPort;
if (port === null) throw new Error('this is the entry of a thread');
const { replies, answered, ...options } = workerData as ThreadData;
const signal = new Int32Array(answered);

function send(message: FromLedger, transfer: readonly ArrayBuffer[] = []): void {
  port?.postMessage(message, [...transfer]);
}

/** Asks the other thread, and stands still until it has answered. */
function ask<Ask extends Question['ask']>(
  question: Extract<Question, { readonly ask: Ask }>,
): { readonly reply: Replies[Ask]; readonly buffer: ArrayBuffer } {
  const before = Atomics.load(signal, 0);
  send({ question });
  if (Atomics.wait(signal, 0, before, REPLY_LIMIT_MS) === 'timed-out') throw new Error('nobody answers the ledger');
  const received: { readonly message: ToLedger } | undefined = receiveMessageOnPort(replies);
  if (received === undefined) throw new Error('the ledger was answered with nothing');
  const { reply, error, buffer } = received.message;
  if (error !== undefined) throw errorOf(error);
  // One question at a time, so this is the answer to it.
  return { reply: reply as Replies[Ask], buffer };
}

function reportOf(wire: WireSvarReport, where: { readonly call: number; readonly arrival?: number }): SvarReport {
  return {
    ...wire,
    write(subject) {
      const { reply, buffer } = ask<'write'>({ ask: 'write', subject: wireSubject(subject), ...where });
      return answerOf(reply, buffer);
    },
    writeModtaget(subject) {
      const { reply, buffer } = ask<'writeModtaget'>({ ask: 'writeModtaget', subject: wireSubject(subject), ...where });
      return { answer: answerOf(reply.answer, buffer), forventetSvarDato: reply.forventetSvarDato };
    },
  };
}

/** The answers that came with a call, in the order in which they were sent, so that a result can name them. */
type Sent = Map<Uint8Array, number>;

function arrivalOf(wire: WireArrival, index: number, call: number, buffer: ArrayBuffer, sent: Sent): StoredArrival {
  const { fresh, raw, ...rest } = wire;
  let fingerprint = '';
  const judgementOf = (judgement: WireJudgement, from: ArrayBuffer): StoredJudgement => {
    switch (judgement.art) {
      case 'dispatch': {
        const { art, command, kontekst, lineKeys, details } = judgement;
        return { art, command: unpack(from, command), kontekst: unpack(from, kontekst), lineKeys, details };
      }
      case 'answer':
        return { ...judgement, answer: answerOf(judgement.answer, from) };
      case 'fejlkoe': {
        const { answer, ...plain } = judgement;
        fingerprint = judgement.fingerprint;
        return { ...plain, ...(answer === undefined ? {} : { answer: answerOf(answer, from) }) };
      }
      case 'svar': {
        const receipt = (verdict: Extract<Question, { readonly ask: 'receipt' }>['verdict']): Answer => {
          const given = ask<'receipt'>({ ask: 'receipt', call, arrival: index, verdict });
          return answerOf(given.reply, given.buffer);
        };
        const { report, details } = judgement;
        return { art: 'svar', details, report: reportOf(report, { call, arrival: index }), receipt };
      }
      default:
        return judgement;
    }
  };
  const known = fresh === undefined ? undefined : judgementOf(fresh, buffer);
  if (known !== undefined && 'answer' in known && known.answer !== undefined) sent.set(known.answer.body, sent.size);
  return {
    ...rest,
    raw: unpack(buffer, raw),
    // Judged before it is asked for, and only a judgement that needs it brings it.
    fingerprint: () => fingerprint,
    judge({ earlier, eksternIdUsed }: Known) {
      if (known !== undefined && earlier === 'none' && !eksternIdUsed) return known;
      const { reply, buffer: given } = ask<'judge'>({
        ask: 'judge',
        call,
        arrival: index,
        known: { earlier, eksternIdUsed },
      });
      return judgementOf(reply, given);
    },
  };
}

function settlementOf(wire: WireSettlement, buffer: ArrayBuffer, sent: Sent): Settlement {
  const revive = (answer: Parameters<typeof answerOf>[0]): Answer => {
    const revived = answerOf(answer, buffer);
    sent.set(revived.body, sent.size);
    return revived;
  };
  if (wire.state === 'done') return { ...wire, answer: revive(wire.answer) };
  if (wire.state !== 'awaitingSvar') return wire;
  const { svar, ...rest } = wire;
  const base = { ...rest, answer: revive(wire.answer) };
  return svar === undefined ? base : { ...base, svar: { ...svar, answer: revive(svar.answer) } };
}

function outbox(answers: readonly OutboxAnswer[], sent: Sent, packer: Packer): readonly WireOutboxAnswer[] {
  return answers.map((answer) => {
    const place = sent.get(answer.body);
    if (place === undefined) return { ...answer, body: packer.add(answer.body) };
    const { answerId, attempts, seq } = answer;
    return { sent: place, answerId, attempts, ...(seq === undefined ? {} : { seq }) };
  });
}

type Result = WireMethods[WireMethod]['result'];
/** Does a call's work, and says how its result is written, once that is durable. */
type Prepared = { readonly work: () => (packer: Packer) => Result };

function prepare(core: SqliteCore, wire: WireCall): Prepared {
  const sent: Sent = new Map();
  const { call, buffer } = wire;
  switch (wire.method) {
    case 'record': {
      const [flat, capacity] = wire.args;
      const arrivals = restoreArrivals(flat).map((arrival, index) => arrivalOf(arrival, index, call, buffer, sent));
      return {
        work() {
          const recorded = core.record(arrivals, capacity);
          return (packer) =>
            flattenRecorded(
              recorded.map((one) =>
                one.art === 'answered' ? { ...one, answers: outbox(one.answers, sent, packer) } : one,
              ),
            );
        },
      };
    }
    case 'settle': {
      const [flat, capacity] = wire.args;
      const settlements = restoreSettlements(flat).map((settlement) => settlementOf(settlement, buffer, sent));
      return {
        work() {
          const settled = core.settle(settlements, capacity);
          return (packer) => ({ ...settled, answers: flattenAnswers(outbox(settled.answers, sent, packer)) });
        },
      };
    }
    case 'reportSvar': {
      const [report, capacity] = wire.args;
      return {
        work() {
          const reported = core.reportSvar(reportOf(report, { call }), capacity);
          return (packer) => ({ ...reported, answers: outbox(reported.answers, sent, packer) });
        },
      };
    }
    case 'dueAnswers':
    case 'markPublished': {
      return {
        work() {
          const answers =
            wire.method === 'dueAnswers'
              ? core.dueAnswers(...wire.args)
              : core.markPublished(restorePublished(wire.args[0]));
          return (packer) => outbox(answers, sent, packer);
        },
      };
    }
    default:
      return {
        work() {
          const result = plainResult(core, wire);
          return () => result;
        },
      };
  }
}

type PlainCall = Exclude<
  WireCall,
  { readonly method: 'record' | 'settle' | 'reportSvar' | 'dueAnswers' | 'markPublished' }
>;

function plainResult(core: SqliteCore, wire: PlainCall): Result {
  switch (wire.method) {
    case 'claim':
      return core.claim(...wire.args);
    case 'takeUpInterrupted':
      return core.takeUpInterrupted(...wire.args);
    case 'nextDueAt':
      return core.nextDueAt();
    case 'counts':
      return core.counts(...wire.args);
    case 'history':
      return core.history(...wire.args);
    case 'awaitingSvar':
      return core.awaitingSvar(...wire.args);
    case 'inDoubt':
      return core.inDoubt(...wire.args);
    case 'uleverede':
      return core.uleverede(...wire.args);
    case 'fejlkoe':
      return core.fejlkoe(...wire.args);
    case 'fejlkoeRaw':
      return core.fejlkoeRaw(...wire.args);
    case 'probe':
      return core.probe(...wire.args);
    case 'close':
      return core.close();
  }
}

/** What may share a transaction: what neither reads what another call has not committed yet, nor is asked for rarely. */
const SHARED: ReadonlySet<WireMethod> = new Set<WireMethod>(['record', 'settle', 'markPublished']);

/** Calls in their order, those that may share a transaction side by side. */
function groupsOf(calls: readonly WireCall[]): readonly (readonly WireCall[])[] {
  const groups: WireCall[][] = [];
  let shares = false;
  for (const call of calls) {
    const mayShare = SHARED.has(call.method);
    const latest = groups.at(-1);
    if (mayShare && shares && latest !== undefined) latest.push(call);
    else groups.push([call]);
    shares = mayShare;
  }
  return groups;
}

function resultOf(call: number, result: CallResult<(packer: Packer) => Result>, packer: Packer): WireResult {
  return result.ok
    ? { call, ok: true, value: result.value(packer) }
    : { call, ok: false, error: wireError(result.error) };
}

function serve(core: SqliteCore, calls: readonly WireCall[]): void {
  for (const group of groupsOf(calls)) {
    const results = core.together(group.map((call) => () => prepare(core, call).work()));
    const packer = new Packer();
    const wired = group.flatMap(({ call }, index) => {
      const result = results[index];
      return result === undefined ? [] : [resultOf(call, result, packer)];
    });
    const buffer = packer.pack();
    send({ results: wired, buffer }, [buffer]);
  }
}

try {
  const core = openSqliteCore(options);
  port.on('message', (first: WireCall) => {
    const calls = [first];
    for (;;) {
      const next: { readonly message: WireCall } | undefined = receiveMessageOnPort(port);
      if (next === undefined) break;
      calls.push(next.message);
    }
    serve(core, calls);
  });
  send({ opened: true });
} catch (error) {
  send({ failed: wireError(error) });
}
