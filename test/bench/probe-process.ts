/**
 * A fagsystem that measures how long its messages wait for their kvittering, in a process of its own so that nothing else
 * stands before them: `node probe-process.ts URL FAGSYSTEM KIND RUN USER-IDS`. Its parent tells it when to begin and end.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'amqplib';
import { svarQueueName } from '../../src/broker/topology.ts';
import { AnswerCheck } from './answer-check.ts';
import { seenAnswer } from './drain.ts';
import { publishOne } from './site.ts';
import { countIn, type Kind, type Sending } from './workload.ts';

/** Tells the process what to do. */
export type ProbeOrder =
  /** Publish evenly until told to end. */
  | { readonly art: 'begin'; readonly ratePerSecond: number }
  /** Publish one message, and end. */
  | { readonly art: 'one' }
  | { readonly art: 'end' }
  | { readonly art: 'close' };

/** What came of it: the latencies since it began, or what was wrong. */
export interface ProbeReport {
  readonly latenciesMs: readonly number[];
  readonly problems: readonly string[];
}

const CAPACITY = 1_000_000;
/** For the last answers to come in after the last message. */
const ANSWER_LIMIT_MS = 60_000;

const [url = '', fagsystem = '', kindText = '{}', run = '', userIds = 'true'] = process.argv.slice(2);
const kind: Kind = JSON.parse(kindText);
const sending: Sending = { fagsystem, kind, run };
const connection = await connect(url, { noDelay: true });
const channel = await connection.createConfirmChannel();
const check = new AnswerCheck(run, CAPACITY);
const sentAt = new Float64Array(CAPACITY);
let sent = 0;
let latenciesMs: number[] = [];
let ratePerSecond = 0;
let trouble: string | undefined;

channel.on('return', () => {
  trouble ??= 'en besked kom tilbage som umulig at aflevere';
});
await channel.consume(
  svarQueueName(fagsystem),
  (message) => {
    if (message === null) return;
    const at = performance.now();
    const answer = seenAnswer(message);
    if (check.take(answer)) latenciesMs.push(at - (sentAt[countIn(answer.correlationId)] ?? at));
  },
  { noAck: true },
);

function publishNext(): void {
  const n = sent;
  sent += 1;
  sentAt[n] = performance.now();
  publishOne(channel, sending, n, userIds === 'true').catch((error: unknown) => {
    trouble ??= String(error);
  });
}

/** Publishes what is due at the given rate; a late turn makes up for what it missed, so that the rate holds. */
async function publishEvenly(): Promise<void> {
  const [from, before] = [performance.now(), sent];
  while (ratePerSecond > 0) {
    const due = Math.floor(((performance.now() - from) * ratePerSecond) / 1000) + 1;
    while (sent - before < due && sent < CAPACITY) publishNext();
    const nextMs = from + (due * 1000) / ratePerSecond - performance.now();
    await pause(Math.max(0, Math.min(nextMs, 100)));
  }
}

async function report(): Promise<ProbeReport> {
  const deadline = performance.now() + ANSWER_LIMIT_MS;
  while (check.answered < sent && trouble === undefined && performance.now() < deadline) await pause(1);
  const problems = [...check.problems(sent), ...(trouble === undefined ? [] : [trouble])];
  const result = { latenciesMs, problems };
  latenciesMs = [];
  return result;
}

process.on('message', (order: ProbeOrder) => {
  switch (order.art) {
    case 'begin':
      ({ ratePerSecond } = order);
      void publishEvenly();
      break;
    case 'one':
      publishNext();
      void report().then((result) => process.send?.(result));
      break;
    case 'end':
      ratePerSecond = 0;
      void report().then((result) => process.send?.(result));
      break;
    case 'close':
      void connection.close().then(() => process.exit(0));
      break;
  }
});
process.on('disconnect', () => process.exit(1));
process.send?.({ ready: true });
