/**
 * The proof layers by hand, before a release or for a seed that failed: `npm run prove -- LAYER`. The last thing printed is
 * a table of counts; the exit code is 0 only where the judge found nothing.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { BrokerUnavailable, startBroker } from '../src/ops/broker-ladder.ts';
import { runBacklog } from '../test/faults/backlog.ts';
import { runCrash } from '../test/faults/crash.ts';
import { runKills } from '../test/faults/kills.ts';
import { runModel } from '../test/faults/model.ts';
import { runNetwork } from '../test/faults/network.ts';
import { runPartitions } from '../test/faults/partitions.ts';
import { isOk, type LayerReport, reportJson, reportTable } from '../test/faults/report.ts';
import { runShutdown } from '../test/faults/shutdown.ts';
import type { SiteVhost } from '../test/faults/site-settings.ts';

const USAGE = `Brug: npm run prove -- LAG [valg]

Lag:
  crash    adapteren dræbes ved hvert nummereret trin, startes igen og løber til ro
  kills    tilfældige drab på adapter og RabbitMQ under last
  network  afbrudte, langsomme og halvåbne forbindelser mellem adapter og RabbitMQ, og mellem adapter og PostgreSQL
  partitions
           tre RabbitMQ-noder i en klynge: en køs leder dræbt og frosset, en node skåret fra, adapterens egen skåret fra
  model    tilfældige forløb mod en lille model
  shutdown adapteren bedes stoppe (SIGTERM) ved hvert nummereret trin og under last
  backlog  debitorsystemet er nede, mens der sendes; grænser, hukommelse og rækkefølge
  all      dem alle, efter hinanden

Valg:
  --full        de fulde tal, som før en udgivelse (timer)
  --seed N      samme træk som en tidligere kørsel; ellers et nyt, der udskrives
  --minutes M   så længe varer kills (5; med --full 180); er det kortere, kræves der ingen bestemte tal
  --adapters N  så mange adaptere side om side i kills (1); flere deles om en PostgreSQL, der også dræbes
  --messages N  så mange meddelelser i backlog (200000)
  --json        rapporten som JSON; fremdriften skrives da til standard error
`;

const LAYERS = ['crash', 'kills', 'network', 'partitions', 'model', 'shutdown', 'backlog'] as const;
type Layer = (typeof LAYERS)[number];

interface Choice {
  readonly layers: readonly Layer[];
  readonly seed: number;
  /** Undefined: as long as is usual. */
  readonly minutes: number | undefined;
  readonly full: boolean;
  readonly json: boolean;
  readonly adapters: number;
  readonly messages: number;
}

const MAX_SEED = 2 ** 31 - 1;
const MAX_MINUTES = 24 * 60;
const CI_MINUTES = 5;
const MAX_ADAPTERS = 10;
const BACKLOG_MESSAGES = 200_000;
const MAX_MESSAGES = 10_000_000;
const MAX_UNFINISHED = 10_000;
const BACKLOG_DOWN_MS = 60_000;
const STOPS_UNDER_LOAD = 20;

function wholeNumber(text: string | undefined, standard: number, max: number): number | undefined {
  if (text === undefined) return standard;
  return /^[0-9]{1,10}$/.test(text) && Number(text) <= max ? Number(text) : undefined;
}

/** Undefined where it is not a known command line. */
function parseChoice(args: readonly string[]): Choice | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        full: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        seed: { type: 'string' },
        minutes: { type: 'string' },
        adapters: { type: 'string' },
        messages: { type: 'string' },
      },
    });
    const [name, ...more] = positionals;
    const layers = name === 'all' ? LAYERS : LAYERS.filter((layer) => layer === name);
    const seed = wholeNumber(values.seed, randomInt(MAX_SEED), MAX_SEED);
    const minutes = values.minutes === undefined ? undefined : wholeNumber(values.minutes, 0, MAX_MINUTES);
    const adapters = wholeNumber(values.adapters, 1, MAX_ADAPTERS);
    const messages = wholeNumber(values.messages, BACKLOG_MESSAGES, MAX_MESSAGES);
    if (layers.length === 0 || more.length > 0) return undefined;
    if (seed === undefined || minutes === 0 || !adapters || !messages) return undefined;
    if (values.minutes !== undefined && minutes === undefined) return undefined;
    return { layers, seed, minutes, full: values.full, json: values.json, adapters, messages };
  } catch {
    return undefined;
  }
}

/** Runs a layer on vhosts of a broker that is there for it alone. */
async function onBroker(
  log: (line: string) => void,
  run: (freshVhost: () => Promise<SiteVhost & { delete(): Promise<void> }>) => Promise<LayerReport>,
): Promise<LayerReport> {
  const broker = await startBroker({ log });
  let vhosts = 0;
  try {
    return await run(async () => {
      vhosts += 1;
      const name = `prove-${vhosts}`;
      const url = await broker.createVhost(name);
      return {
        name,
        url,
        importDefinitions: (definitions) => broker.importDefinitions(definitions),
        delete: () => broker.deleteVhost(name),
      };
    });
  } finally {
    await broker.stop();
  }
}

/** What the specification asks for in CI, and before a release. */
const KILLS = {
  ci: { adapterKills: 50, brokerKills: 5, messages: 10_000 },
  full: { adapterKills: 3_000, brokerKills: 300, messages: 1_000_000 },
} as const;
const KILLS_PACE = {
  ci: { adapterEveryMs: 2_500, brokerEveryMs: 30_000, messagesPerSecond: 60, lanes: 40 },
  full: { adapterEveryMs: 2_500, brokerEveryMs: 20_000, messagesPerSecond: 200, lanes: 120 },
} as const;
const FULL_MINUTES = 180;
/** Of each of the four shapes. */
const PARTITION_ROUNDS = { ci: 2, full: 15 } as const;
const SEQUENCES = { ci: 2_000, full: 50_000 } as const;

function runLayer(
  layer: Layer,
  { seed, full, minutes, adapters, messages }: Choice,
  log: (line: string) => void,
): Promise<LayerReport> {
  const size = full ? 'full' : 'ci';
  switch (layer) {
    case 'crash':
      return onBroker(log, (freshVhost) => runCrash({ seed, log, full, freshVhost }));
    case 'network':
      return onBroker(log, (freshVhost) => runNetwork({ seed, log, full, freshVhost }));
    case 'partitions':
      return runPartitions({ seed, log, rounds: PARTITION_ROUNDS[size] });
    case 'model':
      return runModel({ seed, log, sequences: SEQUENCES[size] });
    case 'shutdown':
      return onBroker(log, (freshVhost) =>
        runShutdown({ seed, log, full, stopsUnderLoad: STOPS_UNDER_LOAD, freshVhost }),
      );
    case 'backlog': {
      const bounds = { maxUnfinished: MAX_UNFINISHED, downMs: BACKLOG_DOWN_MS };
      return onBroker(log, (freshVhost) => runBacklog({ seed, log, messages, ...bounds, freshVhost }));
    }
    case 'kills': {
      const usual = full ? FULL_MINUTES : CI_MINUTES;
      const lasting = minutes ?? usual;
      // A shorter run than the usual is for trying: then no counts are asked for.
      const atLeast = lasting < usual ? { adapterKills: 1, brokerKills: 0, messages: 1 } : KILLS[size];
      return runKills({ seed, log, minutes: lasting, atLeast, ...KILLS_PACE[size], adapters });
    }
  }
}

async function prove(choice: Choice): Promise<number> {
  const log = (line: string): void => {
    (choice.json ? process.stderr : process.stdout).write(`${line}\n`);
  };
  const reports: LayerReport[] = [];
  for (const layer of choice.layers) {
    log(`${layer}: seed ${choice.seed}`);
    const report = await runLayer(layer, choice, log);
    reports.push(report);
    if (!choice.json) process.stdout.write(`\n${reportTable(report)}\n\n`);
  }
  if (choice.json) process.stdout.write(`${JSON.stringify(reports.map(reportJson), null, 2)}\n`);
  return reports.every(isOk) ? 0 : 1;
}

const choice = parseChoice(process.argv.slice(2));
if (choice === undefined) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
  try {
    process.exitCode = await prove(choice);
  } catch (error) {
    const reason =
      error instanceof BrokerUnavailable ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`Beviset kunne ikke føres: ${reason}\n`);
    process.exitCode = 1;
  }
}
