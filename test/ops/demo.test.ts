/** The demo as a user starts it: its own process, its own broker, and nothing left afterwards. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSample, SAMPLES } from '../../src/ops/samples.ts';
import { kindOf } from '../../src/ops/sending.ts';
import { exampleFile } from '../../src/ops/starter.ts';
import { waitFor } from '../support/wait.ts';

const CLI = join(import.meta.dirname, '..', '..', 'src', 'ops', 'cli.ts');
const DEMO_LIMIT_MS = 60_000;

interface Demo {
  readonly out: () => string;
  readonly err: () => string;
  readonly exited: Promise<number | null>;
  interrupt(): void;
}

function startDemo(...args: readonly string[]): Demo {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ADAPTER_')));
  const child = spawn(process.execPath, [CLI, 'demo', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const exited = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  return { out: () => out, err: () => err, exited, interrupt: () => void child.kill('SIGINT') };
}

const demoFolders = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('debitor-demo-'));

test('every shipped sample is played, and its root is that of the queue it is sent to', () => {
  const shipped = readdirSync(exampleFile('meddelelser')).sort();
  expect([...new Set(SAMPLES.map(({ fil }) => fil))].sort()).toEqual(shipped);
  for (const { fil, kind } of SAMPLES) expect(kindOf(readSample(fil)), fil).toBe(kind);
});

test(
  'once: every sample gets exactly the expected answers, and nothing is left',
  async () => {
    const before = demoFolders();
    const demo = startDemo('--once', '--json');
    const code = await demo.exited;
    const { ok, beskeder } = JSON.parse(demo.out());
    expect(beskeder.flatMap(({ problemer }: { problemer: string[] }) => problemer)).toEqual([]);
    expect({ code, ok, antal: beskeder.length }).toEqual({ code: 0, ok: true, antal: SAMPLES.length });
    expect(demoFolders().filter((folder) => !before.includes(folder))).toEqual([]);
  },
  DEMO_LIMIT_MS,
);

test(
  'it stays with its page until Ctrl-C, which leaves nothing behind',
  async () => {
    const before = demoFolders();
    const demo = startDemo();
    await waitFor('the invitation', () => demo.out().includes('Stop med Ctrl-C'), DEMO_LIMIT_MS);
    const page = /http:\/\/127\.0\.0\.1:[0-9]+\//.exec(demo.out())?.[0] ?? '';
    const amqp = new URL(/amqp:\/\/\S+/.exec(demo.out())?.[0] ?? '');
    expect((await fetch(page)).status).toBe(200);
    // Every fagsystem's own address: a message under another's is never answered.
    for (const id of ['kulturskole', 'daginstitution', 'byggesag']) {
      expect(demo.out()).toMatch(new RegExp(`^ +${id} +amqp://${id}:[0-9a-f]+@`, 'm'));
    }
    // As from a terminal: once to everybody, and once more passed on by npm.
    demo.interrupt();
    demo.interrupt();
    expect(await demo.exited).toBe(0);
    await expect(fetch(page)).rejects.toThrow();
    await expect(fetch(`http://127.0.0.1:${amqp.port}/`)).rejects.toThrow();
    expect(demoFolders().filter((folder) => !before.includes(folder))).toEqual([]);
  },
  DEMO_LIMIT_MS,
);

test(
  'Ctrl-C while it still starts leaves nothing behind either',
  async () => {
    const before = demoFolders();
    const demo = startDemo('--once');
    await waitFor('the first progress line', () => demo.err() !== '', DEMO_LIMIT_MS);
    demo.interrupt();
    expect(await demo.exited).toBe(1);
    expect(demoFolders().filter((folder) => !before.includes(folder))).toEqual([]);
  },
  DEMO_LIMIT_MS,
);
