/**
 * One timed run: messages wait in the queue, a subject is started, and every answer is checked. The rate is taken from the
 * first fifth on, so that connecting and cold code are answered and checked, but not timed.
 */
import { type ConsumeMessage, connect } from 'amqplib';
import { svarQueueName } from '../../src/broker/topology.ts';
import { AnswerCheck, type SeenAnswer, WrongAnswers } from './answer-check.ts';
import { emptyQueues, takeBack } from './leftovers.ts';
import { cpuSeconds, rssMb } from './machine.ts';
import { preload, type Site } from './site.ts';
import type { RunningSubject, Subject } from './subject.ts';
import { FAGSYSTEM, type Sending } from './workload.ts';

/** Without an answer for so long, the run has failed. */
const STALL_LIMIT_MS = 60_000;
const WARM_SHARE = 0.2;
const RSS_EVERY_MS = 250;

export interface DrainOptions {
  /** Names the ids and files of the run; new for every run. */
  readonly run: string;
  readonly messages: number;
  readonly stallLimitMs?: number;
  /** Called once, when the first fifth is answered. */
  readonly onWarm?: () => void;
  /** Called when the last one is answered, before the subject is stopped. */
  readonly onDone?: () => Promise<void>;
}

export interface Drained {
  readonly who: string;
  readonly messages: number;
  readonly messagesPerSecond: number;
  /** Seconds that were timed. */
  readonly seconds: number;
  /** Messages per second in each tenth of the run after the first fifth: eight of them. */
  readonly tenths: readonly number[];
  /** Cores that the subject and the broker used while it was timed; undefined where that can't be seen. */
  readonly subjectCores: number | undefined;
  readonly brokerCores: number | undefined;
  /** Memory of the subject in MB, sampled until the end; empty where that can't be seen. */
  readonly rssMb: readonly number[];
}

function wrong(who: string, check: AnswerCheck): WrongAnswers {
  return new WrongAnswers(`${who}: ${check.problems().join('; ')}`);
}

export function seenAnswer({ properties }: ConsumeMessage): SeenAnswer {
  const { correlationId, headers } = properties as {
    readonly correlationId?: unknown;
    readonly headers?: Readonly<Record<string, unknown>>;
  };
  const kode = headers?.['kvittering-kode'];
  return { correlationId: String(correlationId), kode: typeof kode === 'string' ? kode : undefined };
}

const sum = (values: readonly (number | undefined)[]): number | undefined =>
  values.reduce<number | undefined>(
    (total, value) => (total === undefined || value === undefined ? undefined : total + value),
    0,
  );

/** Processor time and instants of a run that is under way. */
class Stopwatch {
  readonly #pids: readonly number[];
  readonly #brokerPid: number | undefined;
  #from = 0;
  #to = 0;
  #before: readonly [number | undefined, number | undefined] = [undefined, undefined];
  #after: readonly [number | undefined, number | undefined] = [undefined, undefined];
  readonly #marks: number[] = [];
  readonly #rss: number[] = [];
  readonly #sampling: NodeJS.Timeout;

  constructor(pids: readonly number[], brokerPid: number | undefined) {
    this.#pids = pids;
    this.#brokerPid = brokerPid;
    this.#sampling = setInterval(() => this.#sample(), RSS_EVERY_MS);
  }

  #sample(): void {
    const total = sum(this.#pids.map(rssMb));
    if (total !== undefined && total > 0) this.#rss.push(total);
  }

  #cpu(): readonly [number | undefined, number | undefined] {
    const subject = this.#pids.length === 0 ? undefined : sum(this.#pids.map(cpuSeconds));
    return [subject, this.#brokerPid === undefined ? undefined : cpuSeconds(this.#brokerPid)];
  }

  begin(): void {
    this.#before = this.#cpu();
    this.#from = performance.now();
    this.#marks.push(this.#from);
  }

  tenth(): void {
    this.#marks.push(performance.now());
  }

  end(): void {
    this.#to = performance.now();
    this.#after = this.#cpu();
    this.#sample();
    this.stop();
  }

  stop(): void {
    clearInterval(this.#sampling);
  }

  result(who: string, messages: number): Drained {
    const seconds = (this.#to - this.#from) / 1000;
    const timed = messages - Math.floor(messages * WARM_SHARE);
    const cores = (which: 0 | 1): number | undefined => {
      const [before, after] = [this.#before[which], this.#after[which]];
      return before === undefined || after === undefined ? undefined : (after - before) / seconds;
    };
    const tenth = messages / 10;
    return {
      who,
      messages,
      messagesPerSecond: timed / seconds,
      seconds,
      tenths: this.#marks.slice(1).map((at, index) => (tenth * 1000) / (at - (this.#marks[index] ?? at))),
      subjectCores: cores(0),
      brokerCores: cores(1),
      rssMb: this.#rss,
    };
  }
}

/** Preloads, starts the subject, and resolves when everything is answered once and the subject has stopped. */
export async function drain(site: Site, subject: Subject, options: DrainOptions): Promise<Drained> {
  const sending: Sending = { fagsystem: FAGSYSTEM, kind: { art: 'debitorkonto' }, run: options.run };
  await preload(site, sending, options.messages);
  return drainPreloaded(site, subject, options);
}

async function drainPreloaded(site: Site, subject: Subject, options: DrainOptions): Promise<Drained> {
  const connection = await connect(site.broker.url, { noDelay: true });
  const check = new AnswerCheck(options.run, options.messages);
  let running: RunningSubject | undefined;
  let watch: Stopwatch | undefined;
  try {
    const channel = await connection.createChannel();
    const answers = countAnswers(check, subject.name, options, () => watch);
    const { consumerTag } = await channel.consume(
      svarQueueName(FAGSYSTEM),
      (message) => message !== null && answers.take(seenAnswer(message)),
      { noAck: true },
    );
    running = subject.start(options.run);
    watch = new Stopwatch(running.pids, site.broker.pid());
    await Promise.race([answers.finished, running.failed]);
    watch.end();
    await options.onDone?.();
    await running.stop();
    running = undefined;
    await takeBack(site, subject.name);
    await channel.cancel(consumerTag);
    if (check.problems().length > 0) throw wrong(subject.name, check);
    return watch.result(subject.name, options.messages);
  } catch (error) {
    await running?.stop().catch(() => undefined);
    await emptyQueues(site);
    throw error;
  } finally {
    watch?.stop();
    await connection.close();
  }
}

function countAnswers(check: AnswerCheck, who: string, options: DrainOptions, watch: () => Stopwatch | undefined) {
  const { messages, stallLimitMs = STALL_LIMIT_MS } = options;
  const warm = Math.floor(messages * WARM_SHARE);
  const tenth = messages / 10;
  let nextMark = Math.ceil(warm + tenth);
  let stalled: NodeJS.Timeout | undefined;
  let take: (answer: SeenAnswer) => void = () => undefined;
  const finished = new Promise<void>((resolve, reject) => {
    const giveUp = (): void => reject(wrong(who, check));
    stalled = setTimeout(giveUp, stallLimitMs);
    take = (answer) => {
      stalled?.refresh();
      if (!check.take(answer)) return giveUp();
      const { answered } = check;
      if (answered === warm) {
        watch()?.begin();
        options.onWarm?.();
      }
      if (answered >= nextMark) {
        watch()?.tenth();
        nextMark += tenth;
      }
      if (answered === messages) resolve();
    };
  }).finally(() => clearTimeout(stalled));
  finished.catch(() => undefined); // It is awaited; but the subject may fail first.
  return { finished, take: (answer: SeenAnswer) => take(answer) };
}
