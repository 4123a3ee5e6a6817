/**
 * Trouble with what the adapter stores in, under real processes: the ledger's disk full, the ledger locked, PostgreSQL
 * frozen and stopped, RabbitMQ out of memory and disk. Nothing is acked that is not recorded, health says why, and all goes
 * on by itself.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { queueName } from '../../src/broker/topology.ts';
import { pickFreePorts } from '../../src/ops/broker-ladder/free-ports.ts';
import { startBroker } from '../../src/ops/broker-ladder.ts';
import { freshVhost } from '../support/broker.ts';
import { type OwnPostgres, startOwnPostgres } from '../support/postgres.ts';
import { findProcesses } from '../support/processes.ts';
import { waitFor } from '../support/wait.ts';
import { judge } from './judge.ts';
import { openSite, type Site } from './site.ts';
import type { SiteOptions, SiteVhost } from './site-settings.ts';
import { healthOf, metricsOf } from './status.ts';
import { type Lane, lanesFor } from './traffic.ts';

const SEED = 20_261_122;
const LIMIT_MS = 480_000;
const BOUND_MS = 120_000;
const LANES = 6;
const PER_LANE = 5;
const SENT = LANES * PER_LANE;

interface Ground {
  readonly site: Site;
  readonly port: number;
  readonly lanes: readonly Lane[];
  readonly vhostName: string;
  ctl(...args: readonly string[]): Promise<string>;
}

interface GroundOptions extends Partial<Omit<SiteOptions, 'vhost'>> {
  readonly vhost?: SiteVhost & { ctl(...args: readonly string[]): Promise<string> };
}

/** One after the other: their fagsystemer are the same users of one RabbitMQ, which makes no user twice at a time. */
let latestOpening: Promise<unknown> = Promise.resolve();

async function withGround(options: GroundOptions, play: (ground: Ground) => Promise<void>): Promise<void> {
  const own = options.vhost === undefined ? await freshVhost() : undefined;
  const vhost = options.vhost ?? {
    name: own?.name ?? '',
    url: own?.url ?? '',
    importDefinitions: (definitions: unknown) => own?.importDefinitions(definitions, 'global') ?? Promise.resolve(),
  };
  const [port = 0] = await pickFreePorts(1);
  const opening = latestOpening.then(() =>
    openSite({
      backend: () => 'idempotent',
      traceSteps: true,
      ...options,
      vhost,
      env: { ADAPTER_HTTP_PORT: String(port), ...options.env },
    }),
  );
  latestOpening = opening.catch(() => undefined);
  const site = await opening;
  try {
    const ctl = (...args: readonly string[]): Promise<string> =>
      (own ?? options.vhost)?.ctl(...args) ?? Promise.resolve('');
    await play({ site, port, lanes: lanesFor(SEED, vhost.name, LANES), vhostName: vhost.name, ctl });
  } finally {
    await site.close();
    await own?.delete();
  }
}

async function send({ site, lanes }: Ground): Promise<void> {
  await Promise.all(
    lanes.map(async (lane, index) => {
      for (let n = 0; n < PER_LANE; n += 1)
        await site.send((index + n) % 3 === 0 ? lane.indbetaling() : lane.handling());
    }),
  );
}

/** What stands in the adapter's queues, delivered to it or not, and not acked. */
async function unackedAndReady({ vhostName, ctl }: Ground): Promise<number> {
  const lines = (
    await ctl('list_queues', '--quiet', '--no-table-headers', '--vhost', vhostName, 'name', 'messages')
  ).split('\n');
  const counts = new Map(lines.map((line) => line.trim().split(/\s+/) as [string, string]));
  const kinds = ['debitorkonto', 'kontantindbetaling'] as const;
  return kinds.reduce((sum, kind) => sum + Number(counts.get(queueName(kind)) ?? Number.NaN), 0);
}

async function untilHealthSays({ port }: Ground, says: RegExp): Promise<void> {
  let latest = '';
  await waitFor(
    `health to say ${says}`,
    async () => {
      const { ready, text } = await healthOf(port).catch(() => ({ ready: true, text: 'intet svar' }));
      latest = text;
      return !ready && says.test(text);
    },
    BOUND_MS,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${latest}`);
  });
}

async function untilMetric({ port }: Ground, name: string, value: number): Promise<void> {
  await waitFor(`${name} ${value}`, async () => (await metricsOf(port)).get(name) === value, BOUND_MS);
}

async function untilPassed({ site }: Ground, step: string): Promise<void> {
  await waitFor(step, () => (site.steps()[step] ?? 0) > 0, BOUND_MS);
}

/** It came back by itself, in the same process, and the judge finds nothing. */
async function expectRecovered(ground: Ground): Promise<void> {
  const { site, port } = ground;
  // A queue's own count, which the site asks for, leaves out what is delivered and not acked.
  await waitFor('RabbitMQ to be rid of it all', async () => (await unackedAndReady(ground)) === 0, BOUND_MS);
  const rested = await site.rest(BOUND_MS);
  expect(rested, site.unrest).toBe(true);
  await waitFor('the adapter to be ready', async () => (await healthOf(port)).ready, BOUND_MS);
  for (const kind of ['debitorkonto', 'kontantindbetaling'])
    await untilMetric(ground, `adapter_intake_paused{type="${kind}"}`, 0);
  const verdict = judge(await site.evidence(), { requireRedeliveries: false });
  expect(verdict, verdict.findings.join('\n')).toMatchObject({ ok: true, sent: site.sentCount });
  expect(site.adapter.starts, 'it was started again').toBe(1);
}

/** A ledger that can't write: from the first sign of it until its deliveries are given back, and all of the way back. */
async function troubleWithLedger(
  ground: Ground,
  trouble: {
    readonly begin: () => Promise<void> | void;
    readonly end: () => Promise<void> | void;
    readonly handsBack: boolean;
  },
): Promise<void> {
  const { site } = ground;
  await send(ground);
  expect(await site.rest(BOUND_MS), site.unrest).toBe(true);
  await trouble.begin();
  try {
    await send(ground);
    await untilHealthSays(ground, /ledger\W+.*kan ikke skrive/i);
    await untilMetric(ground, 'adapter_ledger_available', 0);
    await untilMetric(ground, 'adapter_intake_paused{type="debitorkonto"}', 1);
    await waitFor('all of it to be in RabbitMQ', async () => (await unackedAndReady(ground)) === SENT, BOUND_MS);
    if (trouble.handsBack) {
      await untilPassed(ground, 'delivery.handedBack');
      expect(await unackedAndReady(ground)).toBe(SENT);
    }
  } finally {
    await trouble.end();
  }
  await expectRecovered(ground);
  expect(site.sentCount).toBe(2 * SENT);
}

/** A small disk of its own for the ledger, where mounting one is permitted; else undefined. */
function mountSmallDisk(folder: string): string | undefined {
  const path = join(folder, 'disk');
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=700', 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    return undefined;
  }
}

test.concurrent('a full disk: nothing is acked, and when there is room again all is carried out', {
  timeout: LIMIT_MS,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-storage-'));
  const disk = mountSmallDisk(folder);
  const ledger = join(disk ?? folder, 'ledger.db');
  try {
    await withGround({ ledgerUrl: `sqlite:${ledger}` }, async (ground) => {
      const { pid = 0 } = ground.site.adapter;
      const filler = join(folder, 'disk', 'filler');
      // Without a disk of our own the process may write no file beyond the size that its log has now.
      const limit = (bytes: string): void => void execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
      await troubleWithLedger(ground, {
        begin() {
          if (disk === undefined) limit(String(statSync(`${ledger}-wal`).size));
          else writeFileSync(filler, Buffer.alloc(statfsSync(disk).bavail * statfsSync(disk).bsize));
        },
        end() {
          if (disk === undefined) limit('unlimited');
          else rmSync(filler);
        },
        handsBack: false,
      });
    });
  } finally {
    if (disk !== undefined) execFileSync('umount', [disk]);
    rmSync(folder, { recursive: true, force: true });
  }
});

test.concurrent('a ledger that another process keeps locked: deliveries are given back after a while, and taken again', {
  timeout: LIMIT_MS,
}, async () => {
  await withGround({}, async (ground) => {
    const other = new Database(ground.site.ledgerUrl.slice('sqlite:'.length), { timeout: 5_000 });
    try {
      await troubleWithLedger(ground, {
        begin: () => void other.exec('BEGIN EXCLUSIVE'),
        end: () => void other.exec('ROLLBACK'),
        handsBack: true,
      });
    } finally {
      other.close();
    }
  });
});

/** The server's first process, and then all that it has started. */
function processesOf(url: string): readonly number[] {
  const { port } = new URL(url);
  const [first] = findProcesses(
    ({ commandLine }) => /\bpostgres -D /.test(commandLine) && commandLine.includes(` -p ${port} `),
  );
  if (first === undefined) throw new Error('PostgreSQL was not found');
  return [first.pid, ...findProcesses(({ parentPid }) => parentPid === first.pid).map(({ pid }) => pid)];
}

async function withPostgres(play: (ground: Ground, postgres: OwnPostgres) => Promise<void>): Promise<void> {
  const postgres = await startOwnPostgres();
  try {
    await withGround({ ledgerUrl: await postgres.freshUrl() }, (ground) => play(ground, postgres));
  } finally {
    await postgres.stop();
  }
}

test.concurrent('PostgreSQL frozen: nothing is acked, and all goes on when it is back', {
  timeout: LIMIT_MS,
}, async () => {
  await withPostgres(async (ground, postgres) => {
    let frozen: readonly number[] = [];
    const answers = (): Promise<boolean> =>
      postgres.sql('SELECT 1').then(
        () => true,
        () => false,
      );
    await troubleWithLedger(ground, {
      begin() {
        frozen = processesOf(postgres.url);
        for (const pid of frozen) process.kill(pid, 'SIGSTOP');
      },
      async end() {
        for (const pid of frozen) process.kill(pid, 'SIGCONT');
        await waitFor('PostgreSQL to answer', answers, BOUND_MS);
      },
      handsBack: false,
    });
  });
});

test.concurrent('PostgreSQL stopped: deliveries are given back after a while, and taken again', {
  timeout: LIMIT_MS,
}, async () => {
  await withPostgres(async (ground, postgres) => {
    await troubleWithLedger(ground, { begin: () => postgres.kill(), end: () => postgres.start(), handsBack: true });
  });
});

/** What sets an alarm on a node of our own, and what takes it away. */
const ALARMS = [
  ['memory', ['set_vm_memory_high_watermark', '0.000001'], ['set_vm_memory_high_watermark', '0.4']],
  ['disk', ['set_disk_free_limit', '1000000000000000'], ['set_disk_free_limit', '50MB']],
] as const;

test.concurrent('RabbitMQ out of memory, and then out of disk: intake pauses, what is answered is kept, and all goes on', {
  timeout: LIMIT_MS,
}, async () => {
  const node = await startBroker();
  const folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-storage-'));
  try {
    const url = await node.createVhost('alarm');
    const importDefinitions = (definitions: unknown): Promise<void> => node.importDefinitions(definitions);
    const vhost = { name: 'alarm', url, importDefinitions, ctl: (...args: readonly string[]) => node.ctl(...args) };
    const down = join(folder, 'down');
    const options = {
      vhost,
      recording: { down },
      env: {
        ADAPTER_MAX_UNFINISHED: '4',
        ADAPTER_PREFETCH: '2',
        ADAPTER_KONTANT_PREFETCH: '2',
        ADAPTER_CONFIRM_TIMEOUT_MS: '2000',
        ADAPTER_MAX_ATTEMPTS: '1000',
      },
    };
    await withGround(options, async (ground) => {
      for (const [, begin, end] of ALARMS) {
        ground.site.begin();
        writeFileSync(down, '');
        await send(ground);
        // Most of it waits in RabbitMQ: so few may be unfinished here.
        await untilHealthSays(ground, /uden udfald/);
        await node.ctl(...begin);
        try {
          rmSync(down);
          await untilHealthSays(ground, /RabbitMQ har blokeret forbindelsen/);
          await untilMetric(ground, 'adapter_broker_blocked', 1);
          for (const kind of ['debitorkonto', 'kontantindbetaling'])
            await untilMetric(ground, `adapter_intake_paused{type="${kind}"}`, 1);
          await waitFor('the rest to stay in RabbitMQ', async () => (await unackedAndReady(ground)) > 0, BOUND_MS);
        } finally {
          await node.ctl(...end);
        }
        await expectRecovered(ground);
      }
    });
  } finally {
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
