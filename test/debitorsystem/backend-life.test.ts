/** An adapter as a process, with a backend that does not come up, or does not go down. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshVhost, type Vhost } from '../support/broker.ts';
import { waitFor } from '../support/wait.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LIMIT_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-life-'));
let vhost: Vhost;
beforeAll(async () => {
  vhost = await freshVhost();
});
afterAll(async () => {
  await vhost?.delete();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the adapter with a backend that has these too. */
function start(name: string, members: string) {
  const backend = join(folder, `${name}.mjs`);
  const made = `{ execute: async () => ({ art: 'udfoert' }), ${members} }`;
  writeFileSync(
    backend,
    `export default { name: 'mit', contract: 1, configSchema: {}, create: () => (${made}),
      capabilities: { idempotent: true, opslag: false, concurrency: 1 } }`,
  );
  const env = {
    PATH: process.env['PATH'],
    ADAPTER_AMQP_URL: vhost.url,
    ADAPTER_LEDGER_URL: `sqlite:${join(folder, `${name}.db`)}`,
    ADAPTER_HTTP_PORT: '0',
    ADAPTER_BACKEND: backend,
  };
  const child = spawn(process.execPath, [join(ROOT, 'src', 'ops', 'cli.ts'), 'start'], { cwd: folder, env });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (more) => (text += more));
  const ended = once(child, 'exit');
  return { child, text: () => text, exitCode: async (): Promise<unknown> => (await ended)[0] };
}

test(
  'one that fails at its start ends the adapter with exit 69, and nothing is received',
  async () => {
    const { text, exitCode } = start('start', "start: async () => { throw new Error('ingen forbindelse') }");
    expect(await exitCode()).toBe(69);
    expect(text()).toContain('Backend mit kunne ikke starte: ingen forbindelse');
    expect(text()).not.toContain('"event":"adapter.started"');
  },
  LIMIT_MS,
);

test(
  'one that never comes to an end at its stop does not keep the adapter: it says so and exits 0',
  async () => {
    const { child, text, exitCode } = start('stop', 'stop: () => new Promise(() => undefined)');
    await waitFor('the start', () => text().includes('"event":"adapter.started"'), LIMIT_MS);
    child.kill('SIGTERM');
    expect(await exitCode()).toBe(0);
    expect(text()).toContain('"event":"stop.timedOut"');
  },
  2 * LIMIT_MS,
);
