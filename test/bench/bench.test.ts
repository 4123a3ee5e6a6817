/** The bench checks what it measures: a figure for wrong work must not come out of it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connect } from 'amqplib';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLedger } from '../../src/main.ts';
import { freshVhost, type Vhost } from '../support/broker.ts';
import { AnswerCheck } from './answer-check.ts';
import { type Drained, drain } from './drain.ts';
import { growLedger } from './grow-ledger.ts';
import { openSite, type Site } from './site.ts';
import { latencyOf, median } from './spread.ts';
import { adapter, PEERS, peer, type RunningSubject, rawEcho, type Subject } from './subject.ts';
import { FAGSYSTEM, idOf } from './workload.ts';

const run = promisify(execFile);
const MESSAGES = 100;
/** For the run that lacks an answer: no answer has come for so long. */
const STALL_MS = 5_000;
const SLOW_MACHINE_MS = 120_000;

let vhost: Vhost;
let site: Site;

beforeAll(async () => {
  vhost = await freshVhost();
  const { url, version } = vhost;
  site = await openSite({ url, version, pid: () => undefined }, () => undefined);
});
afterAll(async () => {
  await site?.close();
  await vhost?.delete();
});

/** An echo in this process that answers each message as often as `times` says. */
function echo(name: string, times: (n: number) => number): Subject {
  const start = (): RunningSubject => {
    const opening = (async () => {
      const connection = await connect(vhost.url, { noDelay: true });
      const channel = await connection.createConfirmChannel();
      let n = 0;
      await channel.consume('debitor.anmodning.debitorkonto', (message) => {
        if (message === null) return;
        const correlationId = String(message.properties.messageId);
        for (let left = times(n); left > 0; left -= 1) {
          channel.publish('debitor.svar', `${FAGSYSTEM}.kvittering.debitorkonto`, Buffer.from('x'), { correlationId });
        }
        channel.ack(message);
        n += 1;
      });
      return connection;
    })();
    return {
      pids: [],
      failed: new Promise(() => undefined),
      longestHoldUpMs: async () => 0,
      stop: async () => (await opening).close(),
    };
  };
  return { name, start };
}

const drained = (subject: Subject, runName: string, more: { readonly stallLimitMs?: number } = {}): Promise<Drained> =>
  drain(site, subject, { run: runName, messages: MESSAGES, ...more });

describe('a drain', () => {
  test('gives a rate where every message is answered once', { timeout: SLOW_MACHINE_MS }, async () => {
    const result = await drained(
      echo('once', () => 1),
      'once',
    );
    expect(result.messagesPerSecond).toBeGreaterThan(0);
    expect(result.tenths).toHaveLength(8);
  });

  test('fails where one answer is lost', { timeout: SLOW_MACHINE_MS }, async () => {
    const lost = drained(
      echo('lost', (n) => (n === 70 ? 0 : 1)),
      'lost',
      { stallLimitMs: STALL_MS },
    );
    await expect(lost).rejects.toThrow(`1 af ${MESSAGES} beskeder fik intet svar (${idOf('lost', 70)})`);
  });

  test('fails where one answer comes twice', { timeout: SLOW_MACHINE_MS }, async () => {
    const twice = drained(
      echo('twice', (n) => (n === 70 ? 2 : 1)),
      'twice',
    );
    await expect(twice).rejects.toThrow('1 svar kom mere end én gang');
  });

  test('fails where the very last answer comes twice', { timeout: SLOW_MACHINE_MS }, async () => {
    const twice = drained(
      echo('last', (n) => (n === MESSAGES - 1 ? 2 : 1)),
      'last',
    );
    await expect(twice).rejects.toThrow('1 svar kom mere end én gang');
  });

  test('is answered in full by raw echo and each of the peers', { timeout: SLOW_MACHINE_MS }, async () => {
    for (const subject of [rawEcho(site), ...PEERS.map((library) => peer(site, library))]) {
      const result = await drain(site, subject, { run: `tiny-${subject.name}`, messages: MESSAGES });
      expect(result.messages).toBe(MESSAGES);
    }
  });
});

describe('the checker', () => {
  test('tells a refusal, and an answer to nothing that was sent', () => {
    const check = new AnswerCheck('check', 2);
    check.take({ correlationId: idOf('check', 0), kode: 'AFVIST' });
    check.take({ correlationId: idOf('another', 1), kode: 'ACCEPTERET' });
    check.take({ correlationId: 'undefined', kode: undefined });
    expect(check.problems()).toEqual([
      `1 af 2 beskeder fik intet svar (${idOf('check', 1)})`,
      '2 svar hører ikke til noget, der blev sendt',
      '1 beskeder blev ikke accepteret (AFVIST)',
    ]);
  });

  test('medians and quantiles are those of the values', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([5, 1, 3])).toBe(3);
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(latencyOf(hundred)).toEqual({ count: 100, p50: 50, p99: 99, max: 100 });
  });
});

test('a grown ledger is one that the adapter can use, with every index and count', {
  timeout: SLOW_MACHINE_MS,
}, async () => {
  const path = join(site.folder, 'grown.db');
  const grown = adapter(site, { ledgerUrl: () => `sqlite:${path}` });
  await drained(grown, 'grown-before');
  expect(growLedger(path, 950, () => undefined)).toBe(1000);
  const db = new Database(path, { readonly: true });
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
  const ledger = await openLedger(`sqlite:${path}`, false);
  expect((await ledger.counts('2027-01-01' as Parameters<typeof ledger.counts>[0])).byState).toMatchObject({
    done: 1000,
  });
  await ledger.close();
  await drained(grown, 'grown-after');
});

test('--json holds what is promised, measured', { timeout: SLOW_MACHINE_MS }, async () => {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'bench.ts');
  const args = [script, 'throughput', '--json', '--pairs', '1', '--messages', '100'];
  const env = { PATH: process.env['PATH'], ADAPTER_AMQP_URL: vhost.url };
  const { stdout } = await run(process.execPath, args, { env });
  const result = JSON.parse(stdout);
  expect(Object.keys(result).slice(0, 5)).toEqual([
    'ratio_raw_echo',
    'ratio_fastest_peer',
    'latencies',
    'isolation',
    'scale',
  ]);
  expect(result.ratio_raw_echo).toBeGreaterThan(0);
  expect(result.throughput.rates.adapter.values).toHaveLength(1);
});
