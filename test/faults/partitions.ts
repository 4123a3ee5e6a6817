/**
 * Partitions: three RabbitMQ nodes in one cluster, quorum queues with three members, and an adapter that knows all three
 * nodes. Under load, round by round: the leader of a queue is killed, or frozen; a node is cut off from the other two, the
 * adapter's own or another. After every round the cluster is whole again; afterwards the judge reads the evidence.
 */
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { queueName } from '../../src/broker/topology.ts';
import { FaultProxy } from '../support/fault-proxy.ts';
import { type Cluster, type ClusterNode, startCluster } from '../support/rabbitmq-cluster.ts';
import { waitFor } from '../support/wait.ts';
import { judge } from './judge.ts';
import { runLoad } from './load.ts';
import type { LayerReport } from './report.ts';
import { type Seeded, seeded } from './seeded.ts';
import { openSite, type Site } from './site.ts';

export interface PartitionsOptions {
  readonly seed: number;
  readonly log: (line: string) => void;
  /** Of each of the four shapes. */
  readonly rounds: number;
}

type Range = readonly [minMs: number, maxMs: number];

const LANES = 24;
const MESSAGES_PER_SECOND = 40;
const VHOST = 'partitions';
const DOWN_MS = [1_000, 6_000] as const;
/** Shorter, and longer, than it takes for the others to give a silent node up. */
const FROZEN_MS: readonly [Range, Range] = [
  [1_000, 5_000],
  [14_000, 22_000],
];
const CUT_OFF_MS = [500, 8_000] as const;
const PAUSE_LIMIT_MS = 60_000;
const WHOLE_LIMIT_MS = 180_000;
const CALM_MS = [500, 3_000] as const;
const REST_LIMIT_MS = 180_000;
const CALL_LIMIT_MS = 5_000;
const PROBE_LIMIT_MS = 1_000;
/** So that a fagsystem notices soon that its node is frozen. */
const PARTY_HEARTBEAT_SECONDS = 5;

interface Place {
  readonly node: ClusterNode;
  /** Between the adapter and this node: tells whether the adapter is here. */
  readonly proxy: FaultProxy;
}

interface Stage {
  readonly cluster: Cluster;
  readonly places: readonly Place[];
  readonly site: Site;
  readonly random: Seeded;
}

const SHAPES = {
  'leder dræbt': killLeader,
  'leder frosset': freezeLeader,
  'node skåret fra, en anden end adapterens': cutOffOther,
  'node skåret fra, adapterens egen': cutOffOwn,
} as const satisfies Readonly<Record<string, (stage: Stage) => Promise<void>>>;
type Shape = keyof typeof SHAPES;
const SHAPE_NAMES = Object.keys(SHAPES) as Shape[];

interface QueueState {
  readonly name: string;
  readonly leader?: string;
  readonly online?: readonly string[];
}

/** As the management API of any node that answers sees them; empty where none does. */
async function queuesOf({ nodes }: Cluster): Promise<readonly QueueState[]> {
  for (const { broker } of nodes) {
    const { username, password } = new URL(broker.url);
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    try {
      const response = await fetch(`${broker.managementUrl}/api/queues/${VHOST}`, {
        headers: { authorization },
        signal: AbortSignal.timeout(CALL_LIMIT_MS),
      });
      if (response.ok) return (await response.json()) as readonly QueueState[];
    } catch {
      // Dead, frozen or paused.
    }
  }
  return [];
}

function accepts({ broker }: ClusterNode): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(broker.url).port), timeout: PROBE_LIMIT_MS });
    const end = (does: boolean) => () => {
      socket.destroy();
      resolve(does);
    };
    socket.on('connect', end(true)).on('error', end(false)).on('timeout', end(false));
  });
}

/** Every node takes connections, and every queue has its leader and all its members. */
async function isWhole(cluster: Cluster): Promise<boolean> {
  if (!(await Promise.all(cluster.nodes.map(accepts))).every(Boolean)) return false;
  const queues = await queuesOf(cluster);
  const isQueueWhole = ({ leader, online }: QueueState): boolean =>
    leader !== undefined && online?.length === cluster.nodes.length;
  return queues.length > 0 && queues.every(isQueueWhole);
}

async function leaderPlace({ cluster, places }: Stage): Promise<Place> {
  return waitFor('a leader', async () => {
    const queues = await queuesOf(cluster);
    const leader = queues.find(({ name }) => name === queueName('debitorkonto'))?.leader;
    return places.find(({ node }) => node.name === leader);
  });
}

async function killLeader(stage: Stage): Promise<void> {
  const { broker } = (await leaderPlace(stage)).node;
  await broker.kill();
  await pause(stage.random.int(...DOWN_MS));
  await broker.restart();
}

async function freezeLeader(stage: Stage): Promise<void> {
  const { random } = stage;
  const { broker } = (await leaderPlace(stage)).node;
  await broker.freeze();
  const [min, max] = random.pick(FROZEN_MS);
  await pause(random.int(min, max));
  await broker.thaw();
}

/** Until it has noticed that it stands alone, and stopped serving, and then some. */
async function cutOff({ cluster, random }: Stage, { node }: Place): Promise<void> {
  cluster.distribution.part([node.name]);
  await waitFor('a node cut off to pause', async () => !(await accepts(node)), PAUSE_LIMIT_MS);
  await pause(random.int(...CUT_OFF_MS));
  cluster.distribution.heal();
}

async function cutOffOther(stage: Stage): Promise<void> {
  const [first, ...others] = stage.places.filter(({ proxy }) => proxy.connections === 0);
  if (first !== undefined) await cutOff(stage, stage.random.pick([first, ...others]));
}

async function cutOffOwn(stage: Stage): Promise<void> {
  const own = await waitFor('an adapter that is connected', () =>
    stage.places.find(({ proxy }) => proxy.connections > 0),
  );
  await cutOff(stage, own);
}

interface Seen {
  readonly shapes: Record<string, number>;
  leaderChanges: number;
  longestMs: number;
}

async function playRounds(stage: Stage, { rounds, log }: PartitionsOptions): Promise<Seen> {
  const { cluster, random, site } = stage;
  const seen: Seen = { shapes: {}, leaderChanges: 0, longestMs: 0 };
  const plan = Array.from({ length: rounds }, () => SHAPE_NAMES).flat();
  for (const [index, shape] of plan.entries()) {
    await waitFor('a cluster that is whole', () => isWhole(cluster), WHOLE_LIMIT_MS);
    await pause(random.int(...CALM_MS));
    const before = await leaderPlace(stage);
    const startedAt = performance.now();
    await SHAPES[shape](stage);
    await waitFor('a cluster that is whole again', () => isWhole(cluster), WHOLE_LIMIT_MS);
    seen.longestMs = Math.max(seen.longestMs, performance.now() - startedAt);
    seen.shapes[shape] = (seen.shapes[shape] ?? 0) + 1;
    if ((await leaderPlace(stage)) !== before) seen.leaderChanges += 1;
    log(`partitions: ${index + 1} af ${plan.length} (${shape}); ${site.sentCount} meddelelser`);
  }
  return seen;
}

/** @throws BrokerUnavailable where there is no RabbitMQ that a cluster can be made of. */
export async function runPartitions(options: PartitionsOptions): Promise<LayerReport> {
  const startedAt = performance.now();
  const { seed, log } = options;
  const cluster = await startCluster(log);
  const proxies: FaultProxy[] = [];
  try {
    const [{ broker }] = cluster.nodes;
    const url = await broker.createVhost(VHOST);
    const places: Place[] = [];
    for (const node of cluster.nodes) {
      const proxy = await FaultProxy.open(node.broker.url);
      proxies.push(proxy);
      places.push({ node, proxy });
    }
    const [one, two, three] = cluster.nodes.map(({ broker: { url: nodeUrl } }) => {
      const at = new URL(url);
      at.host = new URL(nodeUrl).host;
      at.searchParams.set('heartbeat', String(PARTY_HEARTBEAT_SECONDS));
      return at.href;
    });
    const site = await openSite({
      vhost: { name: VHOST, url, importDefinitions: (definitions) => broker.importDefinitions(definitions) },
      backend: () => 'idempotent',
      adapterAmqpUrl: proxies.map((proxy) => proxy.urlFor(url)).join(','),
      partyAmqpUrls: [one ?? url, two ?? url, three ?? url],
      env: { ADAPTER_CONFIRM_TIMEOUT_MS: '10000' },
      traceSteps: true,
    });
    try {
      const stage = { cluster, places, site, random: seeded(seed).branch('partitions') };
      return await reportOn(stage, options, startedAt);
    } finally {
      await site.close();
    }
  } finally {
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await cluster.stop();
  }
}

async function reportOn(stage: Stage, options: PartitionsOptions, startedAt: number): Promise<LayerReport> {
  const { site, cluster } = stage;
  const { seed } = options;
  let goesOn = true;
  const run = `partitions-${seed}`;
  const pace = { lanes: LANES, messagesPerSecond: MESSAGES_PER_SECOND, goesOn: () => goesOn };
  const load = runLoad(site, { seed, run, ...pace });
  let seen: Seen;
  try {
    seen = await playRounds(stage, options);
  } finally {
    goesOn = false;
    await load;
  }
  const rested = await site.rest(REST_LIMIT_MS);
  const { shapes } = seen;
  const disturbances = {
    adapterKills: site.adapter.kills,
    brokerKills: shapes['leder dræbt'] ?? 0,
    freezes: shapes['leder frosset'] ?? 0,
  };
  const starts = site.adapter.starts;
  return {
    layer: 'partitions',
    seed,
    verdict: judge(await site.evidence(disturbances), { requireRedeliveries: true }),
    counts: {
      ...shapes,
      'køens leder skiftede': seen.leaderChanges,
      'længste runde (s)': (seen.longestMs / 1000).toFixed(1),
      'svar uden bekræftelse, udgivet igen': site.steps()['answer.unconfirmed'] ?? 0,
      'sendt igen uden bekræftelse': [...site.parties.values()].reduce((all, { republished }) => all + republished, 0),
      RabbitMQ: `${cluster.nodes.length} × ${cluster.nodes[0].broker.version}`,
    },
    problems: [
      ...(rested ? [] : [`der blev ikke ro i tide: ${site.unrest}`]),
      ...(seen.leaderChanges > 0 ? [] : ['køens leder skiftede aldrig']),
      ...(starts === 1 ? [] : [`adapteren blev startet ${starts} gange: den skal overleve klyngen`]),
    ],
    durationMs: performance.now() - startedAt,
  };
}
