/**
 * Crash points: the adapter kills itself with SIGKILL where it passes a step of the flow, is started again, and runs to
 * rest; then the judge reads what came of it. First every flow is played once undisturbed, which tells the steps that it
 * passes; then once for every one of them.
 */
import { STEPS, type Step } from '../../src/flow/observe.ts';
import { AT_START, BY_CHANCE, CRASH_FLOWS, type CrashFlow, type Lanes, NOT_REACHED } from './crash-flows.ts';
import { judge } from './judge.ts';
import type { LayerReport } from './report.ts';
import { openSite, type Site } from './site.ts';
import type { BackendName, SiteVhost } from './site-settings.ts';
import { lanesFor } from './traffic.ts';
import { combine, type Verdict } from './verdict.ts';

export interface CrashOptions {
  readonly seed: number;
  readonly log: (line: string) => void;
  /** Every ordered pair of points, the second in the recovery from the first. */
  readonly full: boolean;
  readonly freshVhost: () => Promise<SiteVhost & { delete(): Promise<void> }>;
}

const STEP_NAMES = Object.keys(STEPS) as Step[];
const REST_LIMIT_MS = 90_000;
/** A point can be missed, where what leads to it hangs on timing: so often the run is made again. */
const ATTEMPTS = 3;
const DISARMED = '-:1';

/** What is killed where. */
interface Run {
  readonly flow: CrashFlow;
  readonly first: Step;
  readonly second?: Step;
}

function labelOf({ flow, first, second }: Run): string {
  return `${flow.name} × ${first}${second === undefined ? '' : ` → ${second}`}`;
}

class CrashSite {
  readonly verdicts: Verdict[] = [];
  readonly problems: string[] = [];
  readonly hit = new Set<Step>();
  runs = 0;
  missedByChance = 0;
  readonly #site: Site;
  readonly #seed: number;
  readonly #name: string;

  constructor(site: Site, seed: number, name: string) {
    this.#site = site;
    this.#seed = seed;
    this.#name = name;
  }

  /** Plays a flow undisturbed. @returns the steps that it passed. */
  async discover(flow: CrashFlow): Promise<readonly Step[]> {
    const before = this.#site.steps();
    await this.#play(flow, `${flow.name}, uforstyrret`);
    const after = this.#site.steps();
    return STEP_NAMES.filter((step) => (after[step] ?? 0) > (before[step] ?? 0));
  }

  async crash(run: Run): Promise<void> {
    const { adapter } = this.#site;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = adapter.kills;
      this.#site.crashAtNextStart = run.second === undefined ? undefined : `${run.second}:1`;
      await adapter.arm(`${run.first}:1`);
      await this.#play(run.flow, labelOf(run), () => adapter.kills - before);
      const kills = adapter.kills - before;
      if (kills > 0) this.hit.add(run.first);
      if (kills > 1 && run.second !== undefined) this.hit.add(run.second);
      await this.#disarm();
      if (kills > 0) return;
    }
    const missed = `${labelOf(run)}: punktet blev ikke ramt i ${ATTEMPTS} forsøg`;
    if (BY_CHANCE.has(run.first)) this.missedByChance += 1;
    else this.problems.push(missed);
  }

  async #disarm(): Promise<void> {
    this.#site.crashAtNextStart = undefined;
    await this.#site.adapter.untilReady();
    await this.#site.adapter.arm(DISARMED);
  }

  async #play(flow: CrashFlow, label: string, kills = (): number => 0): Promise<void> {
    this.runs += 1;
    this.#site.begin();
    const lanes = lanesFor(this.#seed, `${this.#name}-${this.runs}`, 6) as unknown as Lanes;
    await flow.play(this.#site, lanes);
    if (!(await this.#site.rest(REST_LIMIT_MS)))
      this.problems.push(`${label}: ingen ro inden for ${REST_LIMIT_MS} ms (${this.#site.unrest})`);
    const verdict = judge(await this.#site.evidence({ adapterKills: kills() }), { requireRedeliveries: false });
    this.verdicts.push({ ...verdict, findings: verdict.findings.map((finding) => `${label}: ${finding}`) });
  }
}

function runsFor(points: ReadonlyMap<CrashFlow, readonly Step[]>, full: boolean): readonly Run[] {
  const runs = [...points].flatMap(([flow, steps]) => steps.map((first): Run => ({ flow, first })));
  const interrupted = runs
    .filter(({ first }) => first === 'command.dispatching')
    .flatMap(({ flow, first }) => AT_START.map((second): Run => ({ flow, first, second })));
  if (!full) return [...runs, ...interrupted.slice(0, 2)];
  const pairs = [...points].flatMap(([flow, steps]) =>
    steps.flatMap((first) => [...steps, ...AT_START].map((second): Run => ({ flow, first, second }))),
  );
  return [...runs, ...pairs];
}

/**
 * With a debitorsystem that can settle no doubt: what was being asked about waits for a person, visibly, and what stands in
 * other lines goes on. Once, on a site of its own, since what waits stays there.
 */
async function leaveInDoubt(options: CrashOptions): Promise<CrashSite> {
  const { site, close } = await openCrashSite(options, 'neither', { ADAPTER_MAX_UNFINISHED: '1000' });
  try {
    const doubtful = new CrashSite(site, options.seed, 'crash-neither');
    const [flow] = CRASH_FLOWS;
    if (flow === undefined) throw new Error('there is no flow');
    await doubtful.crash({ flow, first: 'command.answered' });
    const waiting = doubtful.verdicts.reduce((all, { awaitingPerson }) => all + awaitingPerson, 0);
    if (waiting === 0) doubtful.problems.push('intet venter på et menneske, skønt ingen kan afgøre tvivlen');
    return doubtful;
  } finally {
    await close();
  }
}

async function openCrashSite(
  options: CrashOptions,
  backend: BackendName,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly site: Site; close(): Promise<void> }> {
  const vhost = await options.freshVhost();
  const site = await openSite({
    vhost,
    backend: () => backend,
    recording: { maxDelayMs: 40 },
    // So few that the flows reach the bound, and intake pauses.
    env: { ADAPTER_MAX_UNFINISHED: '3', ADAPTER_DISPATCH_TIMEOUT_MS: '600', ...env },
    traceSteps: true,
  });
  return {
    site,
    async close() {
      await site.close();
      await vhost.delete();
    },
  };
}

/** The runs are shared out between two sites, one with each way of settling a doubt; in full, each makes all of them. */
const BACKENDS: readonly BackendName[] = ['idempotent', 'opslag'];

export async function runCrash(options: CrashOptions): Promise<LayerReport> {
  const startedAt = performance.now();
  const { seed, log, full } = options;
  const opened = await Promise.all(BACKENDS.map((backend) => openCrashSite(options, backend)));
  try {
    const sites = opened.map(({ site }, index) => new CrashSite(site, seed, `crash-${BACKENDS[index] ?? index}`));
    const [firstSite] = sites;
    if (firstSite === undefined) throw new Error('there is no site');
    const points = new Map<CrashFlow, readonly Step[]>();
    for (const flow of CRASH_FLOWS) points.set(flow, await firstSite.discover(flow));
    const runs = runsFor(points, full);
    log(`crash: ${runs.length} kørsler over ${points.size} forløb`);
    await Promise.all(
      sites.map(async (site, index) => {
        const own = full ? runs : runs.filter((_, position) => position % sites.length === index);
        for (const run of own) {
          await site.crash(run);
          if (site.runs % 20 === 0) log(`crash: ${site.runs} af ${own.length} på anlæg ${index + 1}`);
        }
      }),
    );
    return reportOf([...sites, await leaveInDoubt(options)], points, options, performance.now() - startedAt);
  } finally {
    await Promise.all(opened.map(({ close }) => close()));
  }
}

function reportOf(
  sites: readonly CrashSite[],
  points: ReadonlyMap<CrashFlow, readonly Step[]>,
  { seed }: CrashOptions,
  durationMs: number,
): LayerReport {
  const hit = new Set(sites.flatMap((site) => [...site.hit]));
  const missed = STEP_NAMES.filter((step) => !hit.has(step) && NOT_REACHED[step] === undefined);
  const perFlow = [...points].map(([flow, steps]) => [`punkter i ${flow.name}`, steps.length] as const);
  const unreached = Object.entries(NOT_REACHED).map(([step, reason]) => [`nås ikke: ${step}`, reason] as const);
  return {
    layer: 'crash',
    seed,
    verdict: combine(
      sites.flatMap(({ verdicts }) => verdicts),
      { requireRedeliveries: true },
    ),
    counts: {
      kørsler: sites.reduce((all, { runs }) => all + runs, 0),
      'tilfældige punkter, der ikke kom igen': sites.reduce((all, { missedByChance }) => all + missedByChance, 0),
      'punkter ramt': `${hit.size} af ${STEP_NAMES.length}`,
      ...Object.fromEntries(perFlow),
      ...Object.fromEntries(unreached),
    },
    problems: [
      ...sites.flatMap(({ problems }) => problems),
      ...missed.map((step) => `ingen kørsel blev dræbt ved ${step}`),
    ],
    durationMs,
  };
}
