/**
 * The programs of examples/fagsystem/ do what docs/fagsystemer.md says of them, against a real adapter that runs with the
 * shipped examples, as a fagsystem with its least permissions.
 *
 * C# is not among them: Debian has no .NET, and a test should download nothing from elsewhere. csharp/Program.cs is run by no
 * test, and the page says so.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { startTestAdapter, type TestAdapter } from '../support/adapter.ts';
import { obstacleToPackages } from '../support/debian-package.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const EXAMPLES = join(ROOT, 'examples');
const PROGRAMS = join(EXAMPLES, 'fagsystem');
const SAMPLE = join(EXAMPLES, 'meddelelser', 'variant-2-senere.xml');
const RUN_LIMIT_MS = 90_000;
const INSTALL_LIMIT_MS = 400_000;
/** Debian's; another Python may stand before it on the path. */
const PYTHON = '/usr/bin/python3';
/** Only a JDK has it, and running a source file needs one. */
const JAVAC = '/usr/bin/javac';
const JARS = ['/usr/share/java/amqp-client.jar', '/usr/share/java/slf4j-api.jar'];

let running: TestAdapter;
let folder: string;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-programs-'));
  running = await startTestAdapter({
    env: {
      ADAPTER_REGISTRY: join(EXAMPLES, 'registry.json'),
      ADAPTER_BACKEND_CONFIG: JSON.stringify({
        data: join(EXAMPLES, 'simulator.json'),
        store: join(folder, 'simulator.db'),
        senereDelayMs: 100,
      }),
    },
  });
  const url = new URL(running.vhost.url);
  url.username = 'daginstitution';
  url.password = 'kode';
  environment = { ...process.env, AMQP_URL: url.href };
});
afterAll(async () => {
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(file: string, args: readonly string[], cwd = folder): Promise<string> {
  const { stdout } = await promisify(execFile)(file, args, { cwd, env: environment, timeout: RUN_LIMIT_MS });
  return stdout;
}

/**
 * It was sent, its kvittering came, then its svar; nothing came twice. Henstand is given once: whoever asks after the first is
 * told AFVIST by the debitorsystem, which is a svar as good as any.
 */
function expectConversation(output: string): void {
  const id = /^sendt ([0-9a-f-]{36})$/m.exec(output)?.[1] ?? 'nothing was sent';
  const answers = [...output.matchAll(/^(kvittering|svar) ([A-Z_]+) (\S+) \(\d+ bytes\)$/gm)];
  expect(
    answers.filter((answer) => answer[3] === id).map(([, art, kode]) => `${art} ${kode}`),
    output,
  ).toEqual(['kvittering MODTAGET', expect.stringMatching(/^svar (DELVIST_GENNEMFOERT|AFVIST)$/)]);
}

/** Skips with the reason where the files can't be had; fails where CI is true, so that nothing is left out silently. */
function need(context: TestContext, files: readonly string[], packages: readonly string[]): void {
  const obstacle = obstacleToPackages(files, packages);
  if (obstacle === undefined) return;
  if (process.env['CI'] === 'true') throw new Error(obstacle);
  context.skip(obstacle);
}

test('Python (pika)', { timeout: INSTALL_LIMIT_MS }, async (context) => {
  need(context, [PYTHON, '/usr/lib/python3/dist-packages/pika/__init__.py'], ['python3-pika']);
  expectConversation(await run(PYTHON, [join(PROGRAMS, 'python', 'send.py')]));
});

test('Java (com.rabbitmq.client)', { timeout: INSTALL_LIMIT_MS }, async (context) => {
  need(context, [...JARS, JAVAC], ['librabbitmq-client-java', 'libslf4j-java', 'default-jdk-headless']);
  expectConversation(await run('java', ['-cp', JARS.join(':'), join(PROGRAMS, 'java', 'Send.java'), SAMPLE]));
});

test('TypeScript: what is built and published as debitor-adapter/client, with its types', {
  timeout: 120_000,
}, async () => {
  const installed = join(folder, 'node_modules', 'debitor-adapter');
  mkdirSync(installed, { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(installed, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(installed, 'node_modules'));
  symlinkSync(join(ROOT, 'node_modules', '@types'), join(folder, 'node_modules', '@types'));
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const build = ['-p', join(ROOT, 'tsconfig.build.json'), '--noCheck', '--outDir', join(installed, 'dist')];
  await run(process.execPath, [tsc, ...build]);
  cpSync(join(PROGRAMS, 'typescript', 'send.ts'), join(folder, 'send.ts'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  // The oldest that is promised: what the client uses itself must not stand in its public types.
  const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
  await run(process.execPath, [tsc, ...strict, join(folder, 'send.ts')]);
  expectConversation(await run(process.execPath, [join(folder, 'send.ts')]));
});
