/** A backend's process that ends by itself under the kit: told at once, with how, started again for the next case, and not for ever. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  type ContractCase,
  childProcessSubject,
  inProcessSubject,
  type KitResult,
  type KitSubject,
  loadDebitorsystem,
  parseKitWorld,
  reachedSubject,
  runContract,
  serverSubject,
} from '../../src/debitorsystem/contract.ts';
import { KIT_DATA } from './broken/wrapped-simulator.ts';
import { closedPort } from './http-scene.ts';
import { temporaryFolder } from './simulator-scene.ts';

const SIMULATOR = pathToFileURL(join(import.meta.dirname, '../../src/debitorsystem/backends/simulator.ts')).href;
/** Far more than anything here takes: a kit that waits for somebody who is gone is seen by it. */
const LIMITS = { answerLimitMs: 30_000, svarLimitMs: 60_000 };
const CPR = '010170-1234';

/** A simulator in a process of its own, with these lines before it executes a command. */
async function subject(lines: string, after = 'udfald'): Promise<KitSubject> {
  const folder = temporaryFolder();
  const module = `
    import { existsSync, writeFileSync } from 'node:fs';
    import simulator from ${JSON.stringify(SIMULATOR)};
    const once = () => { const isFirst = !existsSync('${folder}/mark'); writeFileSync('${folder}/mark', ''); return isFirst; };
    export default { ...simulator, create: async (config, ports) => {
      const inner = await simulator.create(config, ports);
      return {
        start: () => inner.start(), stop: () => inner.stop(), health: () => inner.health(),
        lookup: (noegle) => inner.lookup(noegle),
        async execute(command, context) {
          ${lines}
          const udfald = await inner.execute(command, context);
          return ${after};
        },
      };
    } };`;
  writeFileSync(join(folder, 'backend.mjs'), module);
  const config = { data: KIT_DATA, store: join(folder, 'simulator.db'), senereDelayMs: 5 };
  return childProcessSubject({ name: './backend.mjs', config, baseDir: folder });
}

const nedskriv = (name: ContractCase['name']): boolean => /^(?:NEDSKRIV|TILBAGEKALD|OMPOSTER) i variant/.test(name);

async function failedOf(given: KitSubject, only = nedskriv): Promise<readonly KitResult[]> {
  return (await runContract(given, { ...LIMITS, only })).filter(({ outcome }) => outcome === 'fejlet');
}

describe('a module', () => {
  test('that ends at a command fails the case with its exit code and its last words, masked', async () => {
    const lines = `if (command.handlingstype === 'TILBAGEKALD' && once()) { console.error('første linje'); console.error('kunde ${CPR}'); process.exit(3); }`;
    const results = await runContract(await subject(lines), { ...LIMITS, only: nedskriv });
    expect(results.map(({ outcome }) => outcome)).toEqual(['bestået', 'fejlet', 'bestået']);
    expect(results[1]?.reason).toBe(
      'debitorsystemet sluttede af sig selv (exitkode 3: første linje | kunde **********)',
    );
  }, 60_000);

  test('that ends each time is started again a few times, and then the rest is not tried', async () => {
    const results = await runContract(await subject('process.abort();'), LIMITS);
    const failed = results.filter(({ outcome }) => outcome === 'fejlet');
    expect(failed).toHaveLength(5);
    for (const { reason } of failed) expect(reason).toMatch(/^debitorsystemet sluttede af sig selv \(signal SIGABRT/);
    const reasons = results.map(({ reason }) => reason).filter((reason) => reason?.startsWith('er ikke prøvet'));
    expect(reasons.length).toBeGreaterThan(30);
    expect(new Set(reasons)).toEqual(new Set(['er ikke prøvet: debitorsystemet sluttede af sig selv 5 gange']));
  }, 120_000);

  test('that ends while its svar is waited for fails the case at once', async () => {
    const lines =
      "if (command.svarform === 'SENERE') { setTimeout(() => process.exit(4), 100); return { art: 'accepteretTilSenere' }; }";
    const startedAt = performance.now();
    const [failed] = await failedOf(await subject(lines), (name) => name.startsWith('HENSTAND i variant 1'));
    expect(failed?.reason).toBe('debitorsystemet sluttede af sig selv (exitkode 4)');
    expect(performance.now() - startedAt).toBeLessThan(LIMITS.svarLimitMs / 2);
  }, 90_000);

  test('that can not be started fails one case with what it wrote, and the rest is not tried', async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'backend.mjs'),
      `export default { name: 'x', contract: 1, configSchema: {}, capabilities: { idempotent: true, opslag: false, concurrency: 1 },
       create() { console.error('databasen findes ikke'); process.exit(9); } };`,
    );
    const results = await runContract(await childProcessSubject({ name: './backend.mjs', baseDir: folder }), LIMITS);
    const failed = results.filter(({ outcome }) => outcome === 'fejlet');
    expect(failed.map(({ reason }) => reason)).toEqual([
      'debitorsystemet kunne ikke startes: processen sluttede (exitkode 9: databasen findes ikke)',
    ]);
    expect(results.at(-1)?.reason).toBe('er ikke prøvet: debitorsystemet kunne ikke startes');
  }, 60_000);

  test('that throws has its words in the reason, and what it wrote as errors, masked', async () => {
    const lines = `console.error('SQLITE_BUSY ${CPR}'); throw new RangeError('kunde ${CPR} findes to gange');`;
    const [failed] = await failedOf(await subject(lines));
    expect(failed?.reason).toMatch(
      /^kastede RangeError: kunde \*{10} findes to gange, hvor der skulle .*; det skrev på stderr: SQLITE_BUSY \*{10}/,
    );
  }, 60_000);
});

/** A server that ends at its first command, after it has taken it. */
const SERVER = `
  require('node:http').createServer((request) => request.resume().on('end', () => {
    console.error('kunne ikke åbne databasen');
    process.exit(7);
  })).listen(Number(process.argv[2]), '127.0.0.1');
`;

test('a server that ends at a command fails the case with its exit code and its last words', async () => {
  const folder = temporaryFolder();
  const port = await closedPort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(folder, 'server.cjs'), SERVER);
  const client = inProcessSubject(await loadDebitorsystem('http', { url }, { baseDir: folder }), { restarts: false });
  const command = `exec ${process.execPath} ${join(folder, 'server.cjs')} ${port}`;
  const [failed] = await failedOf(serverSubject(client, { command, url }));
  expect(failed?.reason).toMatch(
    /^debitorsystemet sluttede af sig selv \(exitkode 7: kunne ikke åbne databasen\); prøven: kastede /,
  );
}, 60_000);

test('a server that somebody else has started, and that goes, fails the case that waits for it, and the rest is not tried', async () => {
  const folder = temporaryFolder();
  const port = await closedPort();
  const url = `http://127.0.0.1:${port}`;
  const server = createServer((request, response) => {
    // What is asked for later is accepted, and nobody is left to carry it out.
    request.resume().on('end', () => {
      response.writeHead(202, { 'content-type': 'application/json' }).end('{"art":"accepteretTilSenere"}');
      server.close();
      server.closeIdleConnections();
    });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const config = { url, svar: { port: 0 } };
  const client = inProcessSubject(await loadDebitorsystem('http', config, { baseDir: folder }));
  const world = parseKitWorld({ handlingstyper: ['HENSTAND'] });
  const results = await runContract(reachedSubject(client, url), {
    ...LIMITS,
    world,
    only: (name) => name.startsWith('HENSTAND i variant'),
  });
  expect(results.map(({ reason }) => reason)).toEqual([
    `debitorsystemet sluttede af sig selv (der lyttes ikke længere på 127.0.0.1:${port})`,
    `debitorsystemet kunne ikke startes: der lytter ingen på 127.0.0.1:${port}`,
  ]);
}, 60_000);
