/** What a backend's processes write is searched by the kit for its customers' numbers, and never shown. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Output } from '../../src/debitorsystem/contract/output.ts';
import {
  childProcessSubject,
  inProcessSubject,
  type KitResult,
  type KitSubject,
  loadDebitorsystem,
  runContract,
  serverSubject,
} from '../../src/debitorsystem/contract.ts';
import { KIT_DATA } from './broken/wrapped-simulator.ts';
import { closedPort } from './http-scene.ts';
import { temporaryFolder } from './simulator-scene.ts';

const SIMULATOR = pathToFileURL(join(import.meta.dirname, '../../src/debitorsystem/backends/simulator.ts')).href;
const NAME = 'Hverken svar, fejltekster eller log indeholder en kundes nummer';
const NUMBER = /010170-?1234/;

/** Of the kit's first case and the one about numbers. */
async function resultFor(subject: KitSubject): Promise<KitResult | undefined> {
  const results = await runContract(subject, { only: (name) => name === NAME });
  expect(results.map(({ name }) => name)).toEqual([NAME]);
  return results[0];
}

describe('a module', () => {
  /** A simulator in a process of its own, with these lines before it executes a command with a customer. */
  async function subject(lines: string): Promise<KitSubject> {
    const folder = temporaryFolder();
    const module = `
      import simulator from ${JSON.stringify(SIMULATOR)};
      export default { ...simulator, create: async (config, ports) => {
        const inner = await simulator.create(config, ports);
        return {
          start: () => inner.start(), stop: () => inner.stop(), health: () => inner.health(),
          lookup: (noegle) => inner.lookup(noegle),
          execute(command, context) {
            if (command.art === 'kontantIndbetaling') { const nummer = command.kundeNummer.reveal(); ${lines} }
            return inner.execute(command, context);
          },
        };
      } };`;
    writeFileSync(join(folder, 'backend.mjs'), module);
    const config = { data: KIT_DATA, store: join(folder, 'simulator.db') };
    return childProcessSubject({ name: './backend.mjs', config, baseDir: folder });
  }

  test.each([
    ['stdout', 'in a line of its own', "console.log('kunde ' + nummer);"],
    [
      'stderr',
      'with its hyphen, among much else',
      "console.error('x'.repeat(70_000) + nummer.slice(0, 6) + '-' + nummer.slice(6));",
    ],
  ])(
    'that writes a number on %s, %s, fails, and the number is not told',
    async (stream, _how, lines) => {
      const result = await resultFor(await subject(lines));
      expect(result?.outcome).toBe('fejlet');
      expect(result?.reason).toMatch(
        new RegExp(
          `^processen har skrevet nummeret på en kunde af en kontant indbetaling på ${stream}, 2 gange i hele`,
        ),
      );
      expect(result?.reason).not.toMatch(NUMBER);
    },
    60_000,
  );

  test('that writes the masked number passes', async () => {
    const result = await resultFor(await subject('console.log(String(command.kundeNummer), nummer.slice(0, 4));'));
    expect(result?.reason ?? result?.outcome).toBe('bestået');
  }, 60_000);
});

/** A server that has carried out whatever it is asked, and writes what it is told to of it, the last at its end. */
const SERVER = `
  let held = '';
  require('node:http').createServer((request, response) => {
    let body = '';
    request.on('data', (data) => (body += data)).on('end', () => {
      const last = process.argv[3] === 'body' ? body : body.length + ' byte';
      held = last;
      if (process.argv[3] === 'body') process.stderr.write(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"art":"udfoert"}');
    });
  }).listen(Number(process.argv[2]), '127.0.0.1');
  process.on('SIGTERM', () => { console.log(held); process.exit(0); });
`;

test.each([
  ['body', /^processen har skrevet nummeret .* på std(?:out|err), \d gange? i hele kørslen/],
  ['length', /^bestået$/],
])(
  'a server that the kit starts, and that logs the %s of what it is sent: %s',
  async (what, said) => {
    const folder = temporaryFolder();
    const port = await closedPort();
    const url = `http://127.0.0.1:${port}`;
    writeFileSync(join(folder, 'server.cjs'), SERVER);
    const client = inProcessSubject(await loadDebitorsystem('http', { url }, { baseDir: folder }), { restarts: false });
    const command = `exec ${process.execPath} ${join(folder, 'server.cjs')} ${port} ${what}`;
    const result = await resultFor(serverSubject(client, { command, url }));
    expect(result?.reason ?? result?.outcome).toMatch(said);
    expect(result?.reason ?? '').not.toMatch(NUMBER);
  },
  60_000,
);

test('a number is found once for each time, also where it comes in pieces', async () => {
  const output = new Output();
  output.seek(['0101701234', '010170-1234']);
  const pieces = ['a 01017', '01234 b 010170', '-1234', '0101701234', ' 0101701235'];
  const program = `(async () => { for (const piece of ${JSON.stringify(pieces)}) {
    process.stdout.write(piece); await new Promise((resolve) => setTimeout(resolve, 20)); } })()`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'pipe'] });
  output.listen(child);
  await once(child, 'close');
  expect([...output.found]).toEqual([['stdout', 3]]);
  output.seek([]);
  expect(output.found.size).toBe(0);
}, 30_000);
