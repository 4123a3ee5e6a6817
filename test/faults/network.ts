/**
 * Network faults: a loopback proxy between the adapter and RabbitMQ, and between two adapters and PostgreSQL, cuts, resets,
 * stalls, slows and half-opens connections, and cuts at chosen bytes of a publication, of an acknowledgement and of a
 * COMMIT, while the fagsystemer, who are not disturbed, send.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { FaultProxy } from '../support/fault-proxy.ts';
import { startOwnPostgres } from '../support/postgres.ts';
import { waitFor } from '../support/wait.ts';
import { type AimedAt, COMMIT_BYTES } from '../support/wire-frames.ts';
import { judge } from './judge.ts';
import { runLoad } from './load.ts';
import type { LayerReport } from './report.ts';
import { type Seeded, seeded } from './seeded.ts';
import { openSite, type Site } from './site.ts';
import type { SiteOptions, SiteVhost } from './site-settings.ts';
import { combine, type Verdict } from './verdict.ts';

export interface NetworkOptions {
  readonly seed: number;
  readonly log: (line: string) => void;
  /** Every byte of a publication, and thousands of faults; else every byte of an acknowledgement and of a COMMIT, and some of a publication. */
  readonly full: boolean;
  readonly freshVhost: () => Promise<SiteVhost & { delete(): Promise<void> }>;
}

/** Frame header, class and method, delivery tag, multiple, frame end. */
const ACK_BYTES = 7 + 4 + 9 + 1;
const AIMED_PUBLISH_CUTS = 40;
const RANDOM_FAULTS = { ci: { rabbitmq: 30, postgres: 30 }, full: { rabbitmq: 2_500, postgres: 1_500 } } as const;
/** So often is every byte of a COMMIT cut at, and so often it arrives whole and only its answer does not. */
const COMMIT_CUTS = { ci: { rounds: 1, unanswered: 15 }, full: { rounds: 20, unanswered: 300 } } as const;
const UNNOTICED_MS = 25_000;
const STALL_MS = [100, 900] as const;
const REST_LIMIT_MS = 90_000;
const FAULT_LIMIT_MS = 90_000;
const LANES = 24;
const MESSAGES_PER_SECOND = 60;
const WARM_UP_MESSAGES = 20;
const ADAPTERS_ON_POSTGRES = 2;

type Fault =
  | { readonly art: 'cut' | 'reset' }
  | { readonly art: 'stall' | 'slow' | 'halfOpen'; readonly forMs: number }
  | { readonly art: 'aimed'; readonly at: AimedAt; readonly offset: number };

const LABELS: Readonly<Record<Exclude<Fault['art'], 'aimed'> | AimedAt, string>> = {
  cut: 'afbrudt',
  reset: 'nulstillet',
  stall: 'gået i stå',
  slow: 'langsom',
  halfOpen: 'halvåben',
  publish: 'afbrudt midt i en udgivelse',
  ack: 'afbrudt midt i en ack',
  commit: 'afbrudt i eller lige efter COMMIT',
};

/** Every byte where `count` is not smaller than the length, else the first, the last and some between, evenly. */
function offsets(length: number, count: number): readonly number[] {
  if (count >= length) return Array.from({ length }, (_, offset) => offset);
  return Array.from({ length: count }, (_, index) => Math.round((index * (length - 1)) / (count - 1)));
}

function aimed(at: AimedAt, length: number, count: number): readonly Fault[] {
  return offsets(length, count).map((offset) => ({ art: 'aimed', at, offset }));
}

/** So many faults by chance, and in full two that last so long that only heartbeats and time-outs notice them. */
function drawn(count: number, full: boolean, random: Seeded): readonly Fault[] {
  const faults = Array.from({ length: count }, (): Fault => {
    const art = random.pick<Exclude<Fault['art'], 'aimed'>>(['cut', 'reset', 'stall', 'slow', 'halfOpen']);
    return art === 'cut' || art === 'reset' ? { art } : { art, forMs: random.int(...STALL_MS) };
  });
  if (!full) return faults;
  return [...faults, { art: 'halfOpen', forMs: UNNOTICED_MS }, { art: 'stall', forMs: UNNOTICED_MS }];
}

function shuffled(faults: readonly Fault[], random: Seeded): readonly Fault[] {
  const order = new Map(faults.map((fault) => [fault, random.next()]));
  return faults.toSorted((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
}

async function inflict(proxy: FaultProxy, fault: Fault): Promise<void> {
  switch (fault.art) {
    case 'cut':
      proxy.cut();
      break;
    case 'reset':
      proxy.reset();
      break;
    case 'aimed': {
      let fired = false;
      void proxy.cutWithin(fault.at, fault.offset).then(() => {
        fired = true;
      });
      await waitFor(`a cut within ${fault.at}`, () => fired, FAULT_LIMIT_MS);
      break;
    }
    case 'stall':
    case 'slow':
    case 'halfOpen':
      proxy[fault.art]();
      await pause(fault.forMs);
      proxy.heal();
      break;
  }
}

/** One way that is disturbed: the proxies on it, and what is done to them once there is traffic. */
interface Way {
  readonly name: 'rabbitmq' | 'postgres';
  readonly label: string;
  readonly proxies: readonly [FaultProxy, ...FaultProxy[]];
  /** So many connections a proxy has when all is well. */
  readonly connections: number;
  /** Asked once there is traffic, and `isReady`. */
  readonly plan: (random: Seeded) => readonly Fault[];
  readonly isReady: () => boolean;
}

/** What came of one way. */
interface Inflicted {
  readonly verdict: Verdict;
  readonly counts: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
  readonly steps: Readonly<Record<string, number>>;
}

async function inflictAll(
  way: Way,
  site: Site,
  { seed, log }: NetworkOptions,
): Promise<Readonly<Record<string, number>>> {
  await waitFor('traffic', () => site.sentCount >= WARM_UP_MESSAGES && way.isReady(), FAULT_LIMIT_MS);
  const random = seeded(seed).branch(`network ${way.name}`);
  const faults = shuffled(way.plan(random), random);
  const counts: Record<string, number> = {};
  for (const [index, fault] of faults.entries()) {
    const proxy = random.pick(way.proxies);
    await waitFor('the connections to be back', () => proxy.connections >= way.connections, FAULT_LIMIT_MS);
    await inflict(proxy, fault);
    const label = `${way.label}: ${fault.art === 'aimed' ? LABELS[fault.at] : LABELS[fault.art]}`;
    counts[label] = (counts[label] ?? 0) + 1;
    if ((index + 1) % 50 === 0) log(`network: ${index + 1} af ${faults.length} fejl mod ${way.label}`);
  }
  return counts;
}

async function disturb(way: Way, siteOptions: SiteOptions, options: NetworkOptions): Promise<Inflicted> {
  const site = await openSite(siteOptions);
  try {
    let goesOn = true;
    const { seed } = options;
    const load = runLoad(site, {
      seed,
      run: `network-${way.name}-${seed}`,
      lanes: LANES,
      messagesPerSecond: MESSAGES_PER_SECOND,
      goesOn: () => goesOn,
    });
    let counts: Readonly<Record<string, number>>;
    try {
      counts = await inflictAll(way, site, options);
    } finally {
      goesOn = false;
      await load;
    }
    const rested = await site.rest(REST_LIMIT_MS);
    const networkFaults = Object.values(counts).reduce((all, count) => all + count, 0);
    const starts = site.adapters.reduce((all, adapter) => all + adapter.starts, 0);
    return {
      verdict: judge(await site.evidence({ networkFaults }), { requireRedeliveries: way.name === 'rabbitmq' }),
      counts,
      problems: [
        ...(rested ? [] : [`${way.label}: der blev ikke ro i tide: ${site.unrest}`]),
        ...(starts === site.adapters.length
          ? []
          : [`${way.label}: adapteren blev startet ${starts} gange: den skal overleve netværket`]),
      ],
      steps: site.steps(),
    };
  } finally {
    await site.close();
  }
}

async function betweenAdapterAndRabbit(options: NetworkOptions): Promise<Inflicted> {
  const { full } = options;
  const vhost = await options.freshVhost();
  const proxy = await FaultProxy.open(vhost.url);
  try {
    const way: Way = {
      name: 'rabbitmq',
      label: 'RabbitMQ',
      proxies: [proxy],
      // One for consuming, one for publishing.
      connections: 2,
      plan: (random) => [
        ...aimed('ack', ACK_BYTES, ACK_BYTES),
        ...aimed('publish', proxy.publishBytes, full ? proxy.publishBytes : AIMED_PUBLISH_CUTS),
        ...drawn(RANDOM_FAULTS[full ? 'full' : 'ci'].rabbitmq, full, random),
      ],
      isReady: () => proxy.publishBytes > 0,
    };
    const siteOptions: SiteOptions = {
      vhost,
      backend: () => 'idempotent',
      adapterAmqpUrl: proxy.urlFor(vhost.url),
      env: { ADAPTER_CONFIRM_TIMEOUT_MS: '2000' },
      traceSteps: true,
    };
    const inflicted = await disturb(way, siteOptions, options);
    const unconfirmed = inflicted.steps['answer.unconfirmed'] ?? 0;
    return {
      ...inflicted,
      counts: { ...inflicted.counts, 'svar uden bekræftelse, udgivet igen': unconfirmed },
      problems: [
        ...inflicted.problems,
        ...(unconfirmed > 0 ? [] : ['ingen udgivelse stod nogensinde uden bekræftelse']),
      ],
    };
  } finally {
    await proxy.close();
    await vhost.delete();
  }
}

/** Each of two adapters has a proxy of its own, so that they are cut off one at a time. */
async function betweenAdaptersAndPostgres(options: NetworkOptions): Promise<Inflicted> {
  const { full } = options;
  const { rounds, unanswered } = COMMIT_CUTS[full ? 'full' : 'ci'];
  const vhost = await options.freshVhost();
  const postgres = await startOwnPostgres();
  const proxies: FaultProxy[] = [];
  try {
    const ledgerUrl = await postgres.freshUrl();
    for (let count = 0; count < ADAPTERS_ON_POSTGRES; count += 1) proxies.push(await FaultProxy.open(ledgerUrl));
    const [first, ...others] = proxies;
    if (first === undefined) throw new Error('there is no proxy');
    const way: Way = {
      name: 'postgres',
      label: 'PostgreSQL',
      proxies: [first, ...others],
      connections: 1,
      plan: (random) => [
        ...Array.from({ length: rounds }, () => aimed('commit', COMMIT_BYTES, COMMIT_BYTES)).flat(),
        ...Array.from({ length: unanswered }, () => ({ art: 'aimed', at: 'commit', offset: COMMIT_BYTES }) as const),
        ...drawn(RANDOM_FAULTS[full ? 'full' : 'ci'].postgres, full, random),
      ],
      isReady: () => true,
    };
    const siteOptions: SiteOptions = {
      vhost,
      backend: () => 'opslag',
      ledgerUrl,
      adapters: ADAPTERS_ON_POSTGRES,
      adapterLedgerUrls: proxies.map((proxy) => proxy.urlFor(ledgerUrl)),
      traceSteps: true,
    };
    const inflicted = await disturb(way, siteOptions, options);
    const unavailable = inflicted.steps['ledger.unavailable'] ?? 0;
    return {
      ...inflicted,
      counts: { ...inflicted.counts, 'ledgeren kunne ikke skrives': unavailable },
      problems: [...inflicted.problems, ...(unavailable > 0 ? [] : ['ledgeren kunne altid skrives'])],
    };
  } finally {
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await postgres.stop();
    await vhost.delete();
  }
}

export async function runNetwork(options: NetworkOptions): Promise<LayerReport> {
  const startedAt = performance.now();
  const ways = [await betweenAdapterAndRabbit(options), await betweenAdaptersAndPostgres(options)];
  return {
    layer: 'network',
    seed: options.seed,
    verdict: combine(
      ways.map(({ verdict }) => verdict),
      { requireRedeliveries: true },
    ),
    counts: Object.assign({}, ...ways.map(({ counts }) => counts)),
    problems: ways.flatMap(({ problems }) => problems),
    durationMs: performance.now() - startedAt,
  };
}
