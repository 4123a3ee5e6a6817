/**
 * Network faults: a loopback proxy between the adapter and RabbitMQ cuts, resets, stalls, slows and half-opens connections,
 * and cuts at chosen bytes of a publication and of an acknowledgement, while the fagsystemer, who are not disturbed, send.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type AimedAt, FaultProxy } from '../support/fault-proxy.ts';
import { waitFor } from '../support/wait.ts';
import { judge } from './judge.ts';
import { runLoad } from './load.ts';
import type { LayerReport } from './report.ts';
import { type Seeded, seeded } from './seeded.ts';
import { openSite, type Site } from './site.ts';
import type { SiteVhost } from './site-settings.ts';

export interface NetworkOptions {
  readonly seed: number;
  readonly log: (line: string) => void;
  /** Every byte of a publication, and thousands of faults; else every byte of an acknowledgement and some of a publication. */
  readonly full: boolean;
  readonly freshVhost: () => Promise<SiteVhost & { delete(): Promise<void> }>;
}

/** Frame header, class and method, delivery tag, multiple, frame end. */
const ACK_BYTES = 7 + 4 + 9 + 1;
const AIMED_PUBLISH_CUTS = 60;
const RANDOM_FAULTS = { ci: 30, full: 4_000 } as const;
const UNNOTICED_MS = 25_000;
const STALL_MS = [100, 900] as const;
const REST_LIMIT_MS = 90_000;
const FAULT_LIMIT_MS = 90_000;
const LANES = 24;
const MESSAGES_PER_SECOND = 60;
const WARM_UP_MESSAGES = 20;

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
};

/** Every byte where `count` is not smaller than the length, else the first, the last and some between, evenly. */
function offsets(length: number, count: number): readonly number[] {
  if (count >= length) return Array.from({ length }, (_, offset) => offset);
  return Array.from({ length: count }, (_, index) => Math.round((index * (length - 1)) / (count - 1)));
}

function plan(publishBytes: number, full: boolean, random: Seeded): readonly Fault[] {
  const aimed = (at: AimedAt, length: number, count: number): Fault[] =>
    offsets(length, count).map((offset) => ({ art: 'aimed', at, offset }));
  const drawn = Array.from({ length: full ? RANDOM_FAULTS.full : RANDOM_FAULTS.ci }, (): Fault => {
    const art = random.pick<Exclude<Fault['art'], 'aimed'>>(['cut', 'reset', 'stall', 'slow', 'halfOpen']);
    return art === 'cut' || art === 'reset' ? { art } : { art, forMs: random.int(...STALL_MS) };
  });
  const faults = [
    ...aimed('ack', ACK_BYTES, ACK_BYTES),
    ...aimed('publish', publishBytes, full ? publishBytes : AIMED_PUBLISH_CUTS),
    ...drawn,
    // Long enough to be noticed by the heartbeats alone.
    ...(full
      ? ([
          { art: 'halfOpen', forMs: UNNOTICED_MS },
          { art: 'stall', forMs: UNNOTICED_MS },
        ] as const)
      : []),
  ];
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

interface Inflicted {
  readonly faults: number;
  readonly counts: Readonly<Record<string, number>>;
}

async function inflictAll(proxy: FaultProxy, site: Site, options: NetworkOptions): Promise<Inflicted> {
  const { seed, full, log } = options;
  await waitFor('traffic', () => proxy.publishBytes > 0 && site.sentCount >= WARM_UP_MESSAGES, FAULT_LIMIT_MS);
  const publishBytes = proxy.publishBytes;
  const faults = plan(publishBytes, full, seeded(seed).branch('network'));
  const counts: Record<string, number> = { 'byte i en udgivelse': publishBytes };
  for (const [index, fault] of faults.entries()) {
    // The adapter's two connections are back: one for consuming, one for publishing.
    await waitFor('both connections', () => proxy.connections >= 2, FAULT_LIMIT_MS);
    await inflict(proxy, fault);
    const label = fault.art === 'aimed' ? LABELS[fault.at] : LABELS[fault.art];
    counts[label] = (counts[label] ?? 0) + 1;
    if ((index + 1) % 50 === 0) log(`network: ${index + 1} af ${faults.length} fejl`);
  }
  return { faults: faults.length, counts };
}

export async function runNetwork(options: NetworkOptions): Promise<LayerReport> {
  const vhost = await options.freshVhost();
  const proxy = await FaultProxy.open(vhost.url);
  try {
    const site = await openSite({
      vhost,
      backend: () => 'idempotent',
      adapterAmqpUrl: proxy.urlFor(vhost.url),
      env: { ADAPTER_CONFIRM_TIMEOUT_MS: '2000' },
      traceSteps: true,
    });
    try {
      return await runOn(proxy, site, options);
    } finally {
      await site.close();
    }
  } finally {
    await proxy.close();
    await vhost.delete();
  }
}

async function runOn(proxy: FaultProxy, site: Site, options: NetworkOptions): Promise<LayerReport> {
  const startedAt = performance.now();
  const { seed } = options;
  let goesOn = true;
  const load = runLoad(site, {
    seed,
    run: `network-${seed}`,
    lanes: LANES,
    messagesPerSecond: MESSAGES_PER_SECOND,
    goesOn: () => goesOn,
  });
  let inflicted: Inflicted;
  try {
    inflicted = await inflictAll(proxy, site, options);
  } finally {
    goesOn = false;
    await load;
  }
  const rested = await site.rest(REST_LIMIT_MS);
  const disturbances = { networkFaults: inflicted.faults, adapterKills: site.adapter.kills };
  const verdict = judge(await site.evidence(disturbances), { requireRedeliveries: true });
  const unconfirmed = site.steps()['answer.unconfirmed'] ?? 0;
  return {
    layer: 'network',
    seed,
    verdict,
    counts: { ...inflicted.counts, 'svar uden bekræftelse, udgivet igen': unconfirmed },
    problems: [
      ...(rested ? [] : [`der blev ikke ro i tide: ${site.unrest}`]),
      ...(unconfirmed > 0 ? [] : ['ingen udgivelse stod nogensinde uden bekræftelse']),
      ...(site.adapter.starts === 1
        ? []
        : [`adapteren blev startet ${site.adapter.starts} gange: den skal overleve netværket`]),
    ],
    durationMs: performance.now() - startedAt,
  };
}
