/**
 * Random kills: a RabbitMQ of its own and real adapter processes under load. By the seed's choice the adapter is killed,
 * stopped in order or frozen, and so is the broker; afterwards all comes to rest, and the judge reads the evidence.
 *
 * The times are the machine's, so a seed gives the same traffic and the same plan of disturbances, not the same run.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type RunningBroker, startBroker } from '../../src/ops/broker-ladder.ts';
import { type OwnPostgres, startOwnPostgres } from '../support/postgres.ts';
import { judge } from './judge.ts';
import { runLoad } from './load.ts';
import type { LayerReport } from './report.ts';
import { type Seeded, seeded } from './seeded.ts';
import { openSite, type Site } from './site.ts';
import type { BackendName } from './site-settings.ts';

export interface KillsOptions {
  readonly seed: number;
  readonly log: (line: string) => void;
  readonly minutes: number;
  /** The disturbances go on, beyond the minutes, until there were so many; at most three times the minutes. */
  readonly atLeast: { readonly adapterKills: number; readonly brokerKills: number; readonly messages: number };
  /** Mean time between two disturbances of the adapter, and of the broker. */
  readonly adapterEveryMs: number;
  readonly brokerEveryMs: number;
  /** Mean time between two kills of PostgreSQL, where there is one. */
  readonly postgresEveryMs?: number;
  readonly messagesPerSecond: number;
  readonly lanes: number;
  /**
   * Adapters side by side; 1 where left out. More than one share a PostgreSQL of their own, which is killed now and then
   * too; one has a SQLite file.
   */
  readonly adapters?: number;
}

const FREEZE_MS = [1_000, 5_000] as const;
const REST_LIMIT_MS = 120_000;
const POSTGRES_EVERY_MS = 8_000;
/** RabbitMQ writes a queue's declaration to disk up to a second late; a kill before that loses it with its messages. */
const DECLARED_MS = 1_500;
const PROGRESS_MS = 10_000;

interface Done {
  brokerKills: number;
  postgresKills: number;
  freezes: number;
}

/** Ends a node and starts it again, on the same ports and data. */
async function killBroker(broker: RunningBroker): Promise<void> {
  await broker.kill();
  await broker.restart();
}

async function disturbAdapter(site: Site, random: Seeded, done: Done): Promise<void> {
  const adapter = site.adapters[random.int(0, site.adapters.length - 1)] ?? site.adapter;
  const drawn = random.int(1, 100);
  if (drawn <= 75) adapter.signal('SIGKILL');
  else if (drawn <= 88) adapter.signal('SIGTERM');
  else if (adapter.signal('SIGSTOP')) {
    done.freezes += 1;
    await pause(random.int(...FREEZE_MS));
    adapter.signal('SIGCONT');
  }
}

async function disturbBroker(broker: RunningBroker, random: Seeded, done: Done): Promise<void> {
  if (random.percent(80)) {
    await killBroker(broker);
    done.brokerKills += 1;
    return;
  }
  await broker.freeze();
  done.freezes += 1;
  await pause(random.int(...FREEZE_MS));
  await broker.thaw();
}

async function disturbPostgres(postgres: OwnPostgres | undefined, done: Done): Promise<void> {
  if (postgres === undefined) return;
  await postgres.kill();
  await postgres.start();
  done.postgresKills += 1;
}

/** Does something about once in `everyMs`, between half of it and one and a half times. */
async function repeat(
  everyMs: number,
  random: Seeded,
  goesOn: () => boolean,
  what: () => Promise<void>,
): Promise<void> {
  while (goesOn()) {
    const waitMs = everyMs * (0.5 + random.next());
    const until = performance.now() + waitMs;
    while (goesOn() && performance.now() < until) await pause(Math.min(200, Math.max(0, until - performance.now())));
    if (goesOn()) await what();
  }
}

interface Clock {
  goesOn(): boolean;
  end(): void;
}

function clockFor(options: KillsOptions, site: Site, done: Done): Clock {
  const startedAt = performance.now();
  const { minutes, atLeast } = options;
  let ended = false;
  return {
    goesOn() {
      const passedMs = performance.now() - startedAt;
      const enough =
        site.adapters.reduce((sum, { kills }) => sum + kills, 0) >= atLeast.adapterKills &&
        done.brokerKills >= atLeast.brokerKills &&
        site.sentCount >= atLeast.messages;
      return !ended && (passedMs < minutes * 60_000 || (!enough && passedMs < 3 * minutes * 60_000));
    },
    end() {
      ended = true;
    },
  };
}

async function disturb(ground: Ground, site: Site, options: KillsOptions, done: Done): Promise<void> {
  const { seed, log } = options;
  const clock = clockFor(options, site, done);
  const { goesOn } = clock;
  const kills = (): number => site.adapters.reduce((sum, adapter) => sum + adapter.kills, 0);
  const adapters = seeded(seed).branch('adapter disturbances');
  const brokers = seeded(seed).branch('broker disturbances');
  const progress = setInterval(() => {
    log(
      `kills: ${site.sentCount} meddelelser; adapteren dræbt ${kills()} gange, RabbitMQ ${done.brokerKills}; frosset ${done.freezes} gange`,
    );
  }, PROGRESS_MS);
  try {
    await Promise.all([
      runLoad(site, { ...options, run: `kills-${seed}`, goesOn }),
      repeat(options.adapterEveryMs, adapters, goesOn, () => disturbAdapter(site, adapters, done)),
      repeat(options.brokerEveryMs, brokers, goesOn, () => disturbBroker(ground.broker, brokers, done)),
      repeat(options.postgresEveryMs ?? POSTGRES_EVERY_MS, seeded(seed).branch('ledger disturbances'), goesOn, () =>
        disturbPostgres(ground.postgres, done),
      ),
    ]);
  } finally {
    clock.end();
    clearInterval(progress);
  }
}

/** What the layer runs on, and hurts. */
interface Ground {
  readonly broker: RunningBroker;
  readonly postgres: OwnPostgres | undefined;
}

/**
 * @throws BrokerUnavailable where there is no RabbitMQ that can be killed.
 */
export async function runKills(options: KillsOptions): Promise<LayerReport> {
  const startedAt = performance.now();
  const { seed, log, adapters = 1 } = options;
  const broker = await startBroker({ log });
  let postgres: OwnPostgres | undefined;
  try {
    postgres = adapters > 1 ? await startOwnPostgres() : undefined;
    const name = `kills-${seed}`;
    const url = await broker.createVhost(name);
    const chooses = seeded(seed).branch('backend');
    const site = await openSite({
      vhost: { name, url, importDefinitions: (definitions) => broker.importDefinitions(definitions) },
      ...(postgres === undefined ? {} : { ledgerUrl: await postgres.freshUrl() }),
      adapters,
      // Both keep the same books, so one may be asked what the other was told to do.
      backend: () => chooses.pick<BackendName>(['idempotent', 'opslag']),
      recording: { maxDelayMs: 20, senereDelayMs: 300, transientPercent: 3, lostPercent: 1, silentPercent: 0.2 },
    });
    try {
      return await runOn({ broker, postgres }, site, options, startedAt);
    } finally {
      await site.close();
    }
  } finally {
    await postgres?.stop();
    await broker.stop();
  }
}

async function runOn(ground: Ground, site: Site, options: KillsOptions, startedAt: number): Promise<LayerReport> {
  const { seed, log } = options;
  await pause(DECLARED_MS);
  const done: Done = { brokerKills: 0, postgresKills: 0, freezes: 0 };
  await disturb(ground, site, options, done);
  log('kills: der sendes ikke mere; venter på ro');
  const rested = await site.rest(REST_LIMIT_MS);
  const sum = (count: 'kills' | 'stops' | 'starts'): number =>
    site.adapters.reduce((all, adapter) => all + adapter[count], 0);
  const disturbances = {
    adapterKills: sum('kills'),
    adapterStops: sum('stops'),
    brokerKills: done.brokerKills,
    freezes: done.freezes,
  };
  const verdict = judge(await site.evidence(disturbances), { requireRedeliveries: true });
  const { atLeast } = options;
  const short = (what: string, got: number, wanted: number): string[] =>
    got < wanted ? [`kun ${got} ${what}; der skulle være mindst ${wanted}`] : [];
  return {
    layer: 'kills',
    seed,
    verdict,
    counts: {
      'adaptere side om side': site.adapters.length,
      'starter af adapteren': sum('starts'),
      'starter, der mislykkedes': site.adapters.reduce((all, { failures }) => all + failures.length, 0),
      'sendt igen uden bekræftelse': [...site.parties.values()].reduce((all, { republished }) => all + republished, 0),
      'PostgreSQL dræbt': done.postgresKills,
      RabbitMQ: ground.broker.version,
    },
    problems: [
      ...(rested ? [] : [`der blev ikke ro i tide: ${site.unrest}`]),
      ...short('drab på adapteren', disturbances.adapterKills, atLeast.adapterKills),
      ...short('drab på RabbitMQ', disturbances.brokerKills, atLeast.brokerKills),
      ...short('meddelelser', verdict.sent, atLeast.messages),
      ...(ground.postgres === undefined ? [] : short('drab på PostgreSQL', done.postgresKills, 1)),
    ],
    durationMs: performance.now() - startedAt,
  };
}
