/**
 * The adapter's throughput against raw echo, alternating in one run on one broker, with every message checked: answered once,
 * under its own correlation id. Absolute figures hold for one machine on one day; the ratio counts (spec 6).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { openBroker } from '../../src/broker/connection.ts';
import type { Registry } from '../../src/domain/registry.ts';
import { startBroker } from '../../src/ops/broker-ladder.ts';
import { bodyOf, FAGSYSTEM, idOf, registry, simulatorData } from './workload.ts';

export interface BenchOptions {
  readonly pairs: number;
  readonly messages: number;
  readonly log: (line: string) => void;
  /** Where a broker is already; the ladder finds one where left out. */
  readonly url?: string;
}

export interface Run {
  readonly who: 'raw' | 'adapter';
  readonly messagesPerSecond: number;
}

export interface BenchResult {
  readonly broker: string;
  readonly messages: number;
  readonly messageBytes: number;
  readonly runs: readonly Run[];
  readonly rawMedian: number;
  readonly adapterMedian: number;
  /** The median of the pairs' ratios. */
  readonly ratio_raw_echo: number;
}

const DONE_LIMIT_MS = 180_000;
/** The first answers pay for connecting and for cold code; they are answered and checked, not timed. */
const WARM_SHARE = 0.2;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

async function preload(url: string, run: string, messages: number): Promise<void> {
  const connection = await connect(url, { noDelay: true });
  const channel = await connection.createConfirmChannel();
  for (let n = 0; n < messages; n += 1) {
    const id = idOf(run, n);
    const options = {
      persistent: true,
      mandatory: true,
      messageId: id,
      correlationId: id,
      contentType: 'application/xml',
    };
    channel.publish('debitor.anmodning', `debitorkonto.${FAGSYSTEM}`, bodyOf(run, n), options);
    if (n % 500 === 499) await channel.waitForConfirms();
  }
  await channel.waitForConfirms();
  await connection.close();
}

/** Counts the answers of one run; resolves with messages per second over the timed part, every one of them checked. */
async function timeAnswers(url: string, run: string, messages: number, start: () => ChildProcess): Promise<number> {
  const connection = await connect(url, { noDelay: true });
  const channel = await connection.createChannel();
  const expected = new Set(Array.from({ length: messages }, (_, n) => idOf(run, n)));
  const warm = Math.floor(messages * WARM_SHARE);
  let warmAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let child: ChildProcess | undefined;
  try {
    const finished = new Promise<number>((resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`${expected.size} of ${messages} were not answered in time`)),
        DONE_LIMIT_MS,
      );
      const take = (correlationId: string): void => {
        if (!expected.delete(correlationId)) reject(new Error('an answer came twice, or to nothing that was sent'));
        const answered = messages - expected.size;
        if (answered === warm) warmAt = performance.now();
        if (answered === messages) resolve(((messages - warm) * 1000) / (performance.now() - warmAt));
      };
      void channel.consume(`debitor.svar.${FAGSYSTEM}`, (message) => take(String(message?.properties.correlationId)), {
        noAck: true,
      });
    });
    child = start();
    return await finished;
  } finally {
    clearTimeout(timer);
    if (child !== undefined && child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await connection.close();
  }
}

function startAdapterProcess(url: string, folder: string, run: string): ChildProcess {
  const cli = join(import.meta.dirname, '..', '..', 'src', 'ops', 'cli.ts');
  const env = {
    PATH: process.env['PATH'],
    ADAPTER_AMQP_URL: url,
    ADAPTER_LEDGER_URL: `sqlite:${join(folder, `${run}.db`)}`,
    ADAPTER_REGISTRY: join(folder, 'registry.json'),
    ADAPTER_BACKEND_CONFIG: JSON.stringify({
      data: join(folder, 'simulator.json'),
      store: join(folder, `${run}-sim.db`),
    }),
    // The ledger of the promises, the rules and the simulator are all on; the bench's publisher is an administrator.
    ADAPTER_REQUIRE_USER_ID: 'false',
    ADAPTER_HTTP_PORT: '0',
    ADAPTER_LOG_LEVEL: 'warn',
  };
  return spawn(process.execPath, [cli, 'start'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
}

async function declare(url: string): Promise<void> {
  const broker = await openBroker({
    url,
    registry: registry as unknown as Registry,
    log: () => undefined,
    now: () => Date.now(),
  });
  await broker.topology.declare();
  await broker.close();
}

export async function bench(options: BenchOptions): Promise<BenchResult> {
  const { pairs, messages, log } = options;
  const folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-bench-'));
  writeFileSync(join(folder, 'registry.json'), JSON.stringify(registry));
  writeFileSync(join(folder, 'simulator.json'), JSON.stringify(simulatorData));
  const broker = await startBroker({ log, ...(options.url === undefined ? {} : { url: options.url }) });
  try {
    const { url } = broker;
    await declare(url);
    const runs: Run[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      // Turn about who goes first, so that neither always meets the warmer machine.
      for (const who of pair % 2 === 0 ? (['raw', 'adapter'] as const) : (['adapter', 'raw'] as const)) {
        const run = `${who}-${pair}`;
        await preload(url, run, messages);
        const raw = join(import.meta.dirname, 'raw-echo.ts');
        const start =
          who === 'adapter'
            ? () => startAdapterProcess(url, folder, run)
            : () => spawn(process.execPath, [raw, url, `${FAGSYSTEM}.kvittering.debitorkonto`], { stdio: 'inherit' });
        const messagesPerSecond = await timeAnswers(url, run, messages, start);
        runs.push({ who, messagesPerSecond });
        log(`par ${pair + 1} af ${pairs}: ${who} ${Math.round(messagesPerSecond)} beskeder/s`);
      }
    }
    const of = (who: Run['who']): number[] => runs.filter((run) => run.who === who).map((run) => run.messagesPerSecond);
    const [raws, adapters] = [of('raw'), of('adapter')];
    return {
      broker: broker.version,
      messages,
      messageBytes: bodyOf('x', 0).length,
      runs,
      rawMedian: median(raws),
      adapterMedian: median(adapters),
      ratio_raw_echo: median(adapters.map((value, pair) => value / (raws[pair] ?? Number.NaN))),
    };
  } finally {
    await broker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
