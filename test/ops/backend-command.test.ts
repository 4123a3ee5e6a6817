/** `debitor-adapter backend test`: what it prints of a backend, and how it exits. No broker is needed. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/ops/program.ts';
import type { Terminal } from '../../src/ops/terminal.ts';
import { temporaryFolder } from '../debitorsystem/simulator-scene.ts';
import { quietTerminal, runCli } from '../support/terminal.ts';

const folderWith = (name: string, content: string): string => {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
};

/** A world in which no handlingstype is known: what is left is cash payments, start and stop. */
const noHandlingstyper = (): string => folderWith('verden.json', '{ "handlingstyper": [] }');

const moduleAnswering = (udfald: string): string =>
  folderWith(
    'backend.mjs',
    `export default { name: 'mit', contract: 1, configSchema: { type: 'object', additionalProperties: false },
     capabilities: { idempotent: false, opslag: false, concurrency: 4 },
     create: () => ({ execute: async (command) => (${udfald}) }) };`,
  );

test('a backend that keeps the contract: exit 0, a line for each case, and why one was skipped', async () => {
  const path = moduleAnswering(
    "command.art === 'handling' ? { art: 'afvist', fejl: [{ kode: 'X', tekst: 'Nej' }] } : { art: 'udfoert' }",
  );
  const { code, out } = await runCli('backend', 'test', path, '--world', noHandlingstyper());
  expect(code).toBe(0);
  expect(out).toMatch(/^bestået {8}En handlingstype, som debitorsystemet ikke kender, bliver afvist$/m);
  expect(out).toMatch(/^sprunget over {2}Den samme kontante indbetaling igen.*\n {15}erklærer ikke idempotent$/m);
  expect(out).toMatch(/overholder kontrakten, så vidt den er afprøvet: \d+ bestået, 0 fejlet, \d+ sprunget over\.\n$/);
}, 60_000);

test('one that does not: exit 1, and what is wrong, also as JSON', async () => {
  const path = moduleAnswering("({ art: 'udfoert' })");
  const { code, out } = await runCli('backend', 'test', path, '--world', noHandlingstyper(), '--json');
  expect(code).toBe(1);
  const { overholder, fejlet, resultater } = JSON.parse(out) as {
    overholder: boolean;
    fejlet: number;
    resultater: { name: string; outcome: string; reason?: string }[];
  };
  expect({ overholder, fejlet }).toEqual({ overholder: false, fejlet: 1 });
  const failed = resultater.filter(({ outcome }) => outcome === 'fejlet');
  expect(failed.map(({ name }) => name)).toEqual(['En handlingstype, som debitorsystemet ikke kender, bliver afvist']);
  expect(failed[0]?.reason).toContain('skulle afvises, men blev udført');
}, 60_000);

test('says what came of each case as soon as it is known, and with --json nothing before all of it', async () => {
  const path = moduleAnswering("({ art: 'udfoert' })");
  const written: string[] = [];
  const terminal: Terminal = {
    ...quietTerminal,
    out: (text) => written.push(text),
  };
  await runProgram(['backend', 'test', path, '--world', noHandlingstyper()], terminal, '1.2.3');
  // One for each case, and the verdict.
  expect(written.length).toBeGreaterThan(30);
  expect(written.slice(0, -1).every((text) => /^(?:bestået|fejlet|sprunget over) /.test(text))).toBe(true);
  expect(written.at(-1)).toContain('overholder ikke kontrakten');
  written.length = 0;
  await runProgram(['backend', 'test', path, '--world', noHandlingstyper(), '--json'], terminal, '1.2.3');
  expect(written).toHaveLength(1);
}, 60_000);

/** A debitorsystem over HTTP in its plainest form: cash is booked, every handling refused. */
const SERVER = `
  const server = require('node:http').createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk)).on('end', () => {
      const isCash = body.includes('kontantIndbetaling');
      const udfald = isCash ? { art: 'udfoert' } : { art: 'afvist', fejl: [{ kode: 'X', tekst: 'Nej' }] };
      response.writeHead(isCash ? 200 : 422, { 'content-type': 'application/json' }).end(JSON.stringify(udfald));
    });
  });
  server.listen(Number(process.argv[2]), '127.0.0.1');
`;

test('a URL is tested over http, and its server restarted by the kit where it is told how', async () => {
  const listening = createServer().listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  listening.close();
  await once(listening, 'close');
  const server = folderWith('server.cjs', SERVER);
  const config = '{"capabilities":{"idempotent":false,"opslag":false}}';
  const start = `exec ${process.execPath} ${server} ${port}`;
  const url = `http://127.0.0.1:${port}`;
  const args = ['--world', noHandlingstyper(), '--config', config, '--json'];
  const { code, out } = await runCli('backend', 'test', url, ...args, '--start', start);
  const { resultater } = JSON.parse(out) as { resultater: { outcome: string; reason?: string }[] };
  expect(resultater.filter(({ outcome }) => outcome === 'fejlet')).toEqual([]);
  expect(code).toBe(0);
  const gone = await runCli('backend', 'test', url, ...args);
  expect(gone.code).toBe(1);
  expect(gone.out).toContain(`debitorsystemet kunne ikke startes: der lytter ingen på 127.0.0.1:${port}`);
}, 60_000);

test('cash is tried with the saldo that a command prints, and the report says where the command prints none', async () => {
  const path = moduleAnswering("({ art: 'udfoert' })");
  const { code, out } = await runCli('backend', 'test', path, '--world', noHandlingstyper(), '--saldo', 'echo nej');
  expect(code).toBe(1);
  expect(out).toMatch(
    /^fejlet {9}En kontant indbetaling flytter.*\n {15}--saldo skrev ikke et beløb som -12\.50, men 3 tegn/m,
  );
  const without = await runCli('backend', 'test', path, '--world', noHandlingstyper());
  expect(without.out).toMatch(/^sprunget over {2}En kontant indbetaling flytter.*\n {15}er IKKE prøvet: .*--saldo/m);
}, 60_000);

test.each([
  [['./findes-ikke.mjs'], 78, 'blev ikke fundet'],
  [['simulator', '--config', 'findes-ikke.json'], 78, '--config er hverken JSON eller stien'],
  [['simulator', '--config', '{"data":1}'], 78, 'data: skal være en tekst'],
  [['simulator', '--world', '{"fagsystem":"MIT"}'], 78, 'Kittets verden: fagsystem'],
  [['simulator', '--world', '{"handlingstyper":["NEDSKRIVE"]}'], 78, 'mente du NEDSKRIV?'],
  [['simulator', '--start', 'true'], 2, '--start hører til en URL'],
  [['http://127.0.0.1:1', '--config', '{"ukendt":1}'], 78, 'ukendt kendes ikke'],
])('%j is not tested: exit %i', async (args, expected, text) => {
  const { code, err } = await runCli('backend', 'test', ...args);
  expect(code).toBe(expected);
  expect(err).toContain(text);
});

test('has Danish help with examples', async () => {
  const { code, out } = await runCli('backend', 'test', '--help');
  expect(code).toBe(0);
  expect(out).toContain('debitor-adapter backend test simulator');
  expect(out).toContain('--json');
});
