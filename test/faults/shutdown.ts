/**
 * Orderly stops: the adapter is told to stop (SIGTERM) where it passes a step of the flow, and under load. It must end by
 * itself with exit code 0 within its bound, ack everything that was delivered to it, and come to rest after the next start.
 *
 * RabbitMQ marks some messages as redelivered all the same: what a quorum queue has handed to the channel and the channel not
 * to the connection goes back when a consumer is cancelled. The adapter has never seen those.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { STEPS, type Step } from '../../src/flow/observe.ts';
import { AT_START, BY_CHANCE, CRASH_FLOWS, type CrashFlow, type Lanes, NOT_REACHED } from './crash-flows.ts';
import { judge } from './judge.ts';
import { runLoad } from './load.ts';
import type { LayerReport } from './report.ts';
import { openSite, type Site } from './site.ts';
import type { SiteVhost } from './site-settings.ts';
import { lanesFor } from './traffic.ts';
import { combine, type Verdict } from './verdict.ts';

export interface ShutdownOptions {
  readonly seed: number;
  readonly log: (line: string) => void;
  /** Every step of every flow; else every step once, in one of the flows that pass it. */
  readonly full: boolean;
  /** Stops under load, after those at the steps. */
  readonly stopsUnderLoad: number;
  readonly freshVhost: () => Promise<SiteVhost & { delete(): Promise<void> }>;
}

const STEP_NAMES = Object.keys(STEPS) as Step[];
const BOUND_MS = 10_000;
/** Beyond the drain: for closing the backend, the connections and the ledger, on a busy machine. */
const CLOSING_MS = 10_000;
const REST_LIMIT_MS = 90_000;
const ATTEMPTS = 3;
const DISARMED = '-:1';
/** What an orderly stop has no business to tell. */
const UNSEEMLY: ReadonlySet<string> = new Set([
  'broker.channel-lost',
  'broker.disconnected',
  'broker.severed',
  'broker.close-incomplete',
  'adapter.drainTimedOut',
  'adapter.fatal',
  'stop.failed',
  'stop.timedOut',
]);

interface LogLine {
  readonly event: string;
  readonly time: string;
}

function isLogLine(value: unknown): value is LogLine {
  return typeof value === 'object' && value !== null && 'event' in value && 'time' in value;
}

function logOf(site: Site): readonly LogLine[] {
  const text = readFileSync(site.adapter.logFile, 'utf8');
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): unknown => JSON.parse(line))
    .filter(isLogLine);
}

/** From being told to stop until everything is closed, in milliseconds, one for every stop. */
function stopTimes(lines: readonly LogLine[]): readonly number[] {
  const times: number[] = [];
  let toldAt: number | undefined;
  for (const { event, time } of lines) {
    if (event === 'adapter.stopping') toldAt = Date.parse(time);
    if (event !== 'adapter.stopped' || toldAt === undefined) continue;
    times.push(Date.parse(time) - toldAt);
    toldAt = undefined;
  }
  return times;
}

class ShutdownSite {
  readonly verdicts: Verdict[] = [];
  readonly problems: string[] = [];
  readonly hit = new Set<Step>();
  runs = 0;
  #repeatsBefore = 0;
  readonly #site: Site;
  readonly #seed: number;

  constructor(site: Site, seed: number) {
    this.#site = site;
    this.#seed = seed;
  }

  async discover(flow: CrashFlow): Promise<readonly Step[]> {
    const before = this.#site.steps();
    await this.#play(flow, `${flow.name}, uforstyrret`);
    const after = this.#site.steps();
    return STEP_NAMES.filter((step) => (after[step] ?? 0) > (before[step] ?? 0));
  }

  async stopAt(flow: CrashFlow, step: Step): Promise<void> {
    const { adapter } = this.#site;
    for (let attempt = 1; attempt <= ATTEMPTS && !this.hit.has(step); attempt += 1) {
      const before = adapter.stops;
      await adapter.untilReady();
      await adapter.arm(`${step}:1:SIGTERM`);
      await this.#play(flow, `${flow.name} × ${step}`);
      if (adapter.stops > before) this.hit.add(step);
      await adapter.untilReady();
      await adapter.arm(DISARMED);
    }
  }

  async stopUnderLoad(stops: number): Promise<void> {
    const { adapter } = this.#site;
    await adapter.untilReady();
    this.#begin();
    let left = stops;
    const load = { seed: this.#seed, run: `shutdown-load-${this.#seed}`, lanes: 40, messagesPerSecond: 150 };
    const running = runLoad(this.#site, { ...load, goesOn: () => left > 0 });
    while (left > 0) {
      await adapter.untilReady();
      // Not waited for: it spreads the stops over what the adapter does, from its first moment on.
      await pause((left % 5) * 100);
      const before = adapter.starts;
      adapter.signal('SIGTERM');
      while (adapter.starts === before) await pause(5);
      left -= 1;
    }
    await running;
    await this.#judge('under last', stops);
  }

  async #play(flow: CrashFlow, label: string): Promise<void> {
    this.runs += 1;
    this.#begin();
    await flow.play(this.#site, lanesFor(this.#seed, `shutdown-${this.runs}`, 6) as unknown as Lanes);
    await this.#judge(label, 0);
  }

  /** Messages that were in the ledger already when they arrived. */
  #repeats(): number {
    return this.#site.steps()['message.repeated'] ?? 0;
  }

  #begin(): void {
    this.#site.begin();
    this.#repeatsBefore = this.#repeats();
  }

  async #judge(label: string, stops: number): Promise<void> {
    if (!(await this.#site.rest(REST_LIMIT_MS)))
      this.problems.push(`${label}: ingen ro inden for ${REST_LIMIT_MS} ms (${this.#site.unrest})`);
    const evidence = await this.#site.evidence({ adapterStops: stops });
    const repeated = this.#repeats() - this.#repeatsBefore;
    const conflicts = evidence.sent
      .filter(({ role }) => role === 'konflikt')
      .map(({ id, content }) => `${id} ${content}`);
    const sentAgain =
      evidence.sent.filter(({ role }) => role === 'gentagelse').length + conflicts.length - new Set(conflicts).size;
    if (repeated > sentAgain)
      this.problems.push(`${label}: ${repeated - sentAgain} leveringer kom igen, skønt de var bogført`);
    const verdict = judge(evidence, { requireRedeliveries: false });
    this.verdicts.push({ ...verdict, findings: verdict.findings.map((finding) => `${label}: ${finding}`) });
  }
}

/** What each stop looks like in the log. */
function manners(site: Site): { readonly times: readonly number[]; readonly problems: readonly string[] } {
  const unacked = site.steps()['unacked'] ?? 0;
  const lines = logOf(site);
  const times = stopTimes(lines);
  const unseemly = [...new Set(lines.map(({ event }) => event).filter((event) => UNSEEMLY.has(event)))];
  const late = times.filter((time) => time > BOUND_MS + CLOSING_MS);
  return {
    times,
    problems: [
      ...site.adapter.failures.map((failure) => `adapteren endte med ${failure}`),
      ...unseemly.map((event) => `loggen fortæller om ${event}`),
      ...(unacked === 0 ? [] : [`${unacked} leveringer blev modtaget og gik tilbage til RabbitMQ`]),
      ...late.map((time) => `en nedlukning varede ${time} ms`),
      ...(times.length === site.adapter.stops
        ? []
        : [`${times.length} nedlukninger i loggen, ${site.adapter.stops} endte`]),
    ],
  };
}

export async function runShutdown(options: ShutdownOptions): Promise<LayerReport> {
  const startedAt = performance.now();
  const { seed, log, full, stopsUnderLoad } = options;
  const vhost = await options.freshVhost();
  const site = await openSite({
    vhost,
    backend: () => 'idempotent',
    recording: { maxDelayMs: 40 },
    env: {
      // So few that the flows reach the bound, and intake pauses.
      ADAPTER_MAX_UNFINISHED: '3',
      ADAPTER_DISPATCH_TIMEOUT_MS: '600',
      ADAPTER_SHUTDOWN_TIMEOUT_MS: String(BOUND_MS),
      ADAPTER_LOG_LEVEL: 'info',
    },
    traceSteps: true,
  });
  try {
    const ground = new ShutdownSite(site, seed);
    const flowsOf = new Map<Step, CrashFlow[]>();
    for (const flow of CRASH_FLOWS)
      for (const step of await ground.discover(flow)) flowsOf.set(step, [...(flowsOf.get(step) ?? []), flow]);
    // Each step in another flow than the one before it, so that all of them are stopped in.
    const runs = [...flowsOf].flatMap(([step, flows], index) =>
      flows.filter((_, position) => full || position === index % flows.length).map((flow) => ({ step, flow })),
    );
    log(`shutdown: ${runs.length} nedlukninger over ${CRASH_FLOWS.length} forløb`);
    for (const { step, flow } of runs) await ground.stopAt(flow, step);
    await ground.stopUnderLoad(stopsUnderLoad);
    const { adapter } = site;
    await adapter.stop();
    const { times, problems } = manners(site);
    const mustBeHit = STEP_NAMES.filter(
      (step) => NOT_REACHED[step] === undefined && !AT_START.includes(step) && !BY_CHANCE.has(step),
    );
    const missed = mustBeHit.filter((step) => !ground.hit.has(step));
    return {
      layer: 'shutdown',
      seed,
      verdict: combine(ground.verdicts, { requireRedeliveries: false }),
      counts: {
        'punkter ramt': `${ground.hit.size} af ${STEP_NAMES.length}`,
        'ordnede nedlukninger': times.length,
        'længste nedlukning, ms': Math.max(...times),
      },
      problems: [...ground.problems, ...problems, ...missed.map((step) => `ingen kørsel blev stoppet ved ${step}`)],
      durationMs: performance.now() - startedAt,
    };
  } finally {
    await site.close();
    await vhost.delete();
  }
}
