/**
 * A backlog: the debitorsystem is down while fagsystemer go on sending. What is unfinished, and the adapter's memory, stay
 * within their bounds, health says why intake pauses, and all of it is carried out in order once the debitorsystem is back.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { queueName } from '../../src/broker/topology.ts';
import { pickFreePorts } from '../../src/ops/broker-ladder/free-ports.ts';
import { judge } from './judge.ts';
import { runLoad } from './load.ts';
import type { LayerReport } from './report.ts';
import { openSite, type Site } from './site.ts';
import type { SiteVhost } from './site-settings.ts';
import { healthOf, metricsOf, residentMib } from './status.ts';

export interface BacklogOptions {
  readonly seed: number;
  readonly log: (line: string) => void;
  readonly messages: number;
  /** ADAPTER_MAX_UNFINISHED. */
  readonly maxUnfinished: number;
  /** So long, with intake paused for everything that was sent, the debitorsystem stays down. */
  readonly downMs: number;
  readonly freshVhost: () => Promise<SiteVhost & { delete(): Promise<void> }>;
}

const KINDS = ['debitorkonto', 'kontantindbetaling'] as const;
const MAX_LANES = 500;
const PREFETCH = 256;
/** The group that reaches the bound, at most a prefetch, and what was delivered when that was acked. */
const OVERSHOOT = 2 * PREFETCH;
/** The whole process. With the usual bounds and 200,000 messages 430 were seen, and no growth from 70,000 of them on. */
const MEMORY_LIMIT_MIB = 600;
const SAMPLE_MS = 500;
const PROGRESS_EVERY = 20;
const PAUSED_LIMIT_MS = 120_000;
/** For carrying it out: far below what it does on a busy machine. */
const LEAST_PER_SECOND = 40;
const REST_LIMIT_MS = 120_000;

interface Sample {
  readonly rssMib: number;
  readonly unfinished: number;
  readonly paused: boolean;
}

/** Looks at the adapter again and again, and keeps the highest that it saw. */
class Watch {
  rssMib = 0;
  unfinished = 0;
  pauses = 0;
  latest: Sample | undefined;
  readonly curve: string[] = [];
  readonly #site: Site;
  readonly #port: number;
  readonly #startedAt = performance.now();
  readonly #log: (line: string) => void;
  #samples = 0;

  constructor(site: Site, port: number, log: (line: string) => void) {
    this.#site = site;
    this.#port = port;
    this.#log = log;
  }

  async look(phase: string): Promise<Sample> {
    const { pid } = this.#site.adapter;
    const metrics = await metricsOf(this.#port);
    const value = (name: string, kind: string): number => metrics.get(`${name}{type="${kind}"}`) ?? 0;
    const unfinished = KINDS.map((kind) => value('adapter_unfinished', kind));
    const sample = {
      rssMib: (pid === undefined ? undefined : residentMib(pid)) ?? 0,
      unfinished: unfinished.reduce((sum, count) => sum + count, 0),
      paused: KINDS.some((kind) => value('adapter_intake_paused', kind) === 1),
    };
    if (sample.paused && this.latest?.paused !== true) this.pauses += 1;
    this.latest = sample;
    this.rssMib = Math.max(this.rssMib, sample.rssMib);
    this.unfinished = Math.max(this.unfinished, ...unfinished);
    this.#samples += 1;
    if (this.#samples % PROGRESS_EVERY === 0) {
      const seconds = Math.round((performance.now() - this.#startedAt) / 1000);
      const answered = [...this.#site.parties.values()].reduce((sum, { received }) => sum + received.length, 0);
      this.curve.push(`${seconds}s:${sample.rssMib}`);
      this.#log(
        `backlog: ${phase}, ${seconds} s: ${this.#site.sentCount} sendt, ${answered} svar, ${sample.unfinished} uafsluttede, ${sample.rssMib} MiB`,
      );
    }
    await pause(SAMPLE_MS);
    return sample;
  }

  /** Looks until something holds; false where that has not come to pass within the bound. */
  async until(phase: string, boundMs: number, holds: (sample: Sample) => boolean): Promise<boolean> {
    const end = performance.now() + boundMs;
    while (performance.now() < end) if (holds(await this.look(phase))) return true;
    return false;
  }
}

/** Messages that wait in RabbitMQ for an adapter that takes them. */
async function waitingInBroker(site: Site): Promise<number> {
  return site.administer(async (admin) => {
    const channel = await admin.createChannel();
    let count = 0;
    for (const kind of KINDS) count += (await channel.checkQueue(queueName(kind))).messageCount;
    await channel.close();
    return count;
  });
}

async function sendAll(site: Site, watch: Watch, { seed, messages }: BacklogOptions): Promise<void> {
  const goesOn = (): boolean => site.sentCount < messages;
  const lanes = Math.min(MAX_LANES, Math.ceil(messages / 25));
  let sending = true;
  const done = runLoad(site, { seed, run: `backlog-${seed}`, lanes, messagesPerSecond: 20_000, goesOn }).finally(() => {
    sending = false;
  });
  while (sending) await watch.look('sender');
  await done;
}

/** What health must say while the bound is reached and nothing can be carried out. */
async function silenceOf(port: number, maxUnfinished: number): Promise<readonly string[]> {
  const { ready, text } = await healthOf(port);
  return [
    ...(ready ? ['/readyz siger klar, mens debitorsystemet er nede'] : []),
    ...(text.includes(`uden udfald (grænsen er ${maxUnfinished})`) ? [] : ['/readyz siger ikke, hvorfor der er pause']),
    ...(text.includes('prøve: nede') ? [] : ['/readyz siger ikke, at debitorsystemet er nede']),
  ];
}

export async function runBacklog(options: BacklogOptions): Promise<LayerReport> {
  const { maxUnfinished } = options;
  const vhost = await options.freshVhost();
  const [port] = await pickFreePorts(1);
  if (port === undefined) throw new Error('ingen ledig port');
  const folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-backlog-'));
  const down = join(folder, 'down');
  writeFileSync(down, '');
  const site = await openSite({
    vhost,
    backend: () => 'idempotent',
    recording: { maxDelayMs: 2, down },
    env: {
      ADAPTER_MAX_UNFINISHED: String(maxUnfinished),
      ADAPTER_PREFETCH: String(PREFETCH),
      ADAPTER_RETRY_MAX_MS: '2000',
      // Down is not broken: nothing may be given up while it lasts.
      ADAPTER_MAX_ATTEMPTS: '1000',
      ADAPTER_HTTP_PORT: String(port),
    },
  });
  try {
    return await runOn({ site, port, comeBack: () => rmSync(down) }, options);
  } finally {
    await site.close();
    rmSync(folder, { recursive: true, force: true });
    await vhost.delete();
  }
}

interface Ground {
  readonly site: Site;
  readonly port: number;
  /** The debitorsystem is well again. */
  readonly comeBack: () => void;
}

async function runOn({ site, port, comeBack }: Ground, options: BacklogOptions): Promise<LayerReport> {
  const watch = new Watch(site, port, options.log);
  const startedAt = performance.now();
  const { seed, log, messages, maxUnfinished, downMs } = options;
  const problems: string[] = [];
  await sendAll(site, watch, options);
  const sentMs = performance.now() - startedAt;
  if (!(await watch.until('venter på pause', PAUSED_LIMIT_MS, ({ paused }) => paused)))
    problems.push('modtagelsen holdt ikke pause');
  const end = performance.now() + downMs;
  await watch.until('nede', downMs, () => performance.now() >= end);
  problems.push(...(await silenceOf(port, maxUnfinished)));
  const waiting = await waitingInBroker(site);
  log(`backlog: debitorsystemet er tilbage; ${waiting} venter i RabbitMQ`);
  const { pauses } = watch;
  comeBack();
  const backAt = performance.now();
  const limitMs = REST_LIMIT_MS + (messages / LEAST_PER_SECOND) * 1000;
  let answered = -1;
  await watch.until('indhenter', limitMs, ({ unfinished, paused }) => {
    const now = [...site.parties.values()].reduce((sum, { received }) => sum + received.length, 0);
    const still = now === answered && unfinished === 0 && !paused;
    answered = now;
    return still;
  });
  if (!(await site.rest(REST_LIMIT_MS))) problems.push(`der blev ikke ro i tide: ${site.unrest}`);
  const backMs = performance.now() - backAt;
  if (waiting === 0) problems.push('intet ventede i RabbitMQ: der var ingen pukkel');
  if (watch.unfinished > maxUnfinished + OVERSHOOT)
    problems.push(`${watch.unfinished} uafsluttede; grænsen er ${maxUnfinished}`);
  if (watch.rssMib > MEMORY_LIMIT_MIB) problems.push(`adapteren brugte ${watch.rssMib} MiB`);
  return {
    layer: 'backlog',
    seed,
    verdict: judge(await site.evidence(), { requireRedeliveries: false }),
    counts: {
      'ventede i RabbitMQ, da det kom tilbage': waiting,
      'grænsen for uafsluttede': maxUnfinished,
      'flest uafsluttede af én slags': watch.unfinished,
      'mest hukommelse, MiB': watch.rssMib,
      'hukommelse over tid (sekund:MiB)': watch.curve.join(' '),
      'pauser set før og efter': `${pauses} + ${watch.pauses - pauses}`,
      'sendt på, s': Math.round(sentMs / 1000),
      'indhentet på, s': Math.round(backMs / 1000),
      'meddelelser i sekundet under indhentning': Math.round(messages / (backMs / 1000)),
    },
    problems,
    durationMs: performance.now() - startedAt,
  };
}
