/** The command line beside a running adapter on a real broker: what it prints, and how it exits. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { SETTINGS } from '../../src/config.ts';
import { type Party, startTestAdapter, type TestAdapter } from '../support/adapter.ts';
import { anmodning, kontantIndbetaling, opskriv, paaFordringer } from '../support/meddelelser.ts';
import { runCli } from '../support/terminal.ts';
import { waitFor } from '../support/wait.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const FIXTURES = join(ROOT, 'test', 'fixtures');
const UNKNOWN_ID = 'aaaaaaaa-0000-4000-8000-000000000000';

let scene: TestAdapter;
let folder: string;
let byggesag: Party;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-cli-'));
  scene = await startTestAdapter({ senereDelayMs: 3_600_000 });
  byggesag = await scene.fagsystem('byggesag');
});
afterAll(async () => {
  await scene?.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => vi.unstubAllEnvs());

const ledger = (): readonly string[] => ['--ledger', scene.ledgerUrl];

function urlOf(user: string): string {
  const url = new URL(scene.vhost.url);
  url.username = user;
  url.password = 'kode';
  return url.href;
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The adapter's settings, as the shell of its operator has them. */
function stubSettings(changes: Readonly<Record<string, string>> = {}): void {
  const settings = {
    ADAPTER_AMQP_URL: scene.vhost.url,
    ADAPTER_LEDGER_URL: scene.ledgerUrl,
    ADAPTER_REGISTRY: join(FIXTURES, 'registry.json'),
    ...changes,
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
}

const henstand = (id: string, fordring: string): string =>
  anmodning({
    kode: 'HENSTAND',
    id,
    handling: paaFordringer('KONTO-1', fordring),
    parametre: '<VirkningDato>2030-01-01</VirkningDato>',
  });

describe('help and wrong use', () => {
  const COMMANDS = [
    ['start'],
    ['demo'],
    ['send'],
    ['status'],
    ['anmodning'],
    ['venter'],
    ['fejlkoe', 'list'],
    ['fejlkoe', 'show'],
    ['fejlkoe', 'replay'],
    ['fejlkoe', 'discard'],
    ['uleveret', 'list'],
    ['uleveret', 'redeliver'],
    ['i-tvivl', 'list'],
    ['i-tvivl', 'resolve'],
    ['svar'],
    ['topology', 'check'],
    ['topology', 'apply'],
    ['topology', 'definitions'],
    ['config'],
    ['doctor'],
  ];

  test.each(COMMANDS)('%s %s has Danish help with an example, and --json', async (...words) => {
    const { code, out } = await runCli(...words.filter((word) => word !== undefined), '--help');
    expect(code).toBe(0);
    expect(out).toContain('Brug: debitor-adapter');
    expect(out).toContain('Eksempel:\n');
    expect(out).toContain('--json');
    expect(out).not.toMatch(/Usage|Options:|Commands:|display help|default:/);
  });

  test('the help lists every exit code', async () => {
    const { out } = await runCli('--help');
    for (const code of [0, 1, 2, 69, 70, 78]) expect(out).toMatch(new RegExp(`^ +${code}  \\S`, 'm'));
  });

  test.each([
    [['findes-ikke'], 'Ukendt kommando: findes-ikke'],
    [['status', '--forkert'], 'Ukendt valg: --forkert'],
    [['anmodning'], 'Der mangler et argument: id'],
    [['send', 'x.xml'], 'Der mangler et valg'],
    [['venter', '--antal', 'mange'], 'Skal være et helt tal fra 1'],
    [['fejlkoe', 'show', '-7x'], 'valg'],
  ])('%j is wrong use: exit 2, and in Danish', async (args, text) => {
    const { code, err } = await runCli(...args);
    expect(code).toBe(2);
    expect(err).toContain(text);
    expect(err).not.toContain('error:');
  });

  test('a group without its command shows its help', async () => {
    const { code, err } = await runCli('fejlkoe');
    expect(code).toBe(2);
    expect(err).toContain('list');
  });
});

describe('config', () => {
  test('shows every setting with its value in force, and hides secrets', async () => {
    stubSettings({ ADAPTER_AMQP_URL: 'amqp://adapter:hemmelig@mq/debitor', ADAPTER_PREFETCH: '17' });
    const { code, out } = await runCli('config', '--json');
    const shown: { name: string; value: string }[] = JSON.parse(out);
    expect(code).toBe(0);
    expect(shown.map(({ name }) => name)).toEqual(Object.keys(SETTINGS));
    expect(shown.find(({ name }) => name === 'ADAPTER_PREFETCH')?.value).toBe('17');
    expect(out).not.toContain('hemmelig');
    expect((await runCli('config')).out).not.toContain('hemmelig');
  });

  test('reports every problem at once, with exit 78', async () => {
    stubSettings({ ADAPTER_PREFETCH: 'mange', ADAPTER_UKENDT: '1' });
    const { code, err } = await runCli('config');
    expect(code).toBe(78);
    expect(err).toContain('ADAPTER_PREFETCH skal være et helt tal');
    expect(err).toContain('ADAPTER_UKENDT kendes ikke');
  });
});

describe('send', () => {
  test('prints the kvittering, and exits 0 for a positive one', async () => {
    const { code, out, err } = await runCli(
      'send',
      file('ok.xml', opskriv('F-1', '1.00')),
      '--url',
      urlOf('kulturskole'),
    );
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('<kv:ForretningsValideringsKode>ACCEPTERET</kv:ForretningsValideringsKode>');
    expect(out.trimEnd().split('\n').at(-1)).toBe('DebitorkontoAnmodningAfsend_O: ACCEPTERET');
  });

  test('finds the queue of a cash payment by its root, and exits 1 for a negative answer, naming its errors', async () => {
    const path = file('kontant.xml', kontantIndbetaling({ valuta: 'EUR', beloeb: '1,5' }));
    const { code, out } = await runCli('send', path, '--url', urlOf('kulturskole'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).kvittering).toMatchObject({ kode: 'AFVIST', fejlkoder: ['009', '029'] });
  });

  test('sends a broken message too: its sender gets a TransportKvittering', async () => {
    const path = file('broken.xml', opskriv('F-1', '1.00').replace('</HandlingTypeKode>', ''));
    const { code, out } = await runCli('send', path, '--url', urlOf('kulturskole'));
    expect(code).toBe(1);
    expect(out).toContain('TransportKvittering: FEJL (DA-001)');
  });

  test('leaves the answers of others in the queue, in their order', async () => {
    const sender = await scene.fagsystem('kulturskole', { consume: false });
    const earlier = [await sender.send(opskriv('F-1', '1.00')), await sender.send(opskriv('F-1', '1.00'))];
    await runCli('send', file('own.xml', opskriv('F-1', '1.00')), '--url', urlOf('kulturskole'));
    const reader = await scene.fagsystem('kulturskole');
    await waitFor('both answers', () => reader.received.length >= 2).finally(() => reader.close());
    expect(reader.received.map(({ properties }) => properties.correlationId)).toEqual(earlier);
  });

  test('refuses, with exit 69, while somebody else reads the queue', async () => {
    const { code, err } = await runCli('send', file('b.xml', opskriv('F-1', '1.00')), '--url', urlOf('byggesag'));
    expect(code).toBe(69);
    expect(err).toContain('debitor.svar.byggesag læses allerede af en anden');
    expect(byggesag.received).toEqual([]);
  });

  test('exits 69 when no answer comes in time, and when there is no broker', async () => {
    const id = '11111111-0000-4000-8000-00000000000a';
    const args = ['send', file('late.xml', henstand(id, 'F-9')), '--url', urlOf('kulturskole')];
    const late = await runCli(...args, '--svar', '--timeout-ms', '300');
    expect(late.code).toBe(69);
    expect(late.err).toMatch(/Svaret kom ikke inden 300 ms.*DA-120/s);
    const none = await runCli(
      'send',
      file('n.xml', opskriv('F-1', '1.00')),
      '--url',
      'amqp://kulturskole:kode@127.0.0.1:1/',
    );
    expect(none.code).toBe(69);
    const wrongPassword = urlOf('kulturskole').replace(':kode@', ':forkert@');
    const refused = await runCli('send', file('n.xml', opskriv('F-1', '1.00')), '--url', wrongPassword, '--json');
    expect(refused.code).toBe(69);
    expect(JSON.parse(refused.out).fejl[0]).toContain('ACCESS_REFUSED');
  });

  test('says at once that a message under another user’s URL has no user_id, and what follows', async () => {
    const path = file('b.xml', opskriv('F-1', '1.00'));
    const { err } = await runCli('send', path, '--url', urlOf('byggesag'), '--fagsystem', 'kulturskole');
    expect(err).toMatch(/byggesag i --url er ikke kulturskole: .* uden user_id.*DA-120/s);
  });

  test('says what is missing about a file that can not be read, or an unknown root', async () => {
    expect((await runCli('send', join(folder, 'findes-ikke.xml'), '--url', urlOf('kulturskole'))).code).toBe(2);
    const unknown = await runCli('send', file('u.xml', '<Ukendt/>'), '--url', urlOf('kulturskole'));
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('--type');
  });
});

describe('lists beside a running adapter', () => {
  const waiting = '22222222-0000-4000-8000-00000000000b';

  beforeAll(async () => {
    const path = file('venter.xml', henstand(waiting, 'F-2'));
    await runCli('send', path, '--url', urlOf('kulturskole'));
  });

  test('status counts by state', async () => {
    const { code, out } = await runCli('status', ...ledger(), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ byState: { awaitingSvar: expect.any(Number) }, uleverede: 0 });
    expect((await runCli('status', ...ledger())).out).toMatch(/venter på svar +[1-9]/);
  });

  test('venter lists what has no svar yet, oldest first', async () => {
    const { out } = await runCli('venter', ...ledger(), '--json');
    const rows: { id: string; overFristen: boolean; receivedAt: string }[] = JSON.parse(out);
    expect(rows.find(({ id }) => id === waiting)).toMatchObject({ overFristen: false });
    expect(rows.map(({ receivedAt }) => receivedAt)).toEqual(rows.map(({ receivedAt }) => receivedAt).sort());
    expect(JSON.parse((await runCli('venter', ...ledger(), '--antal', '1', '--json')).out)).toHaveLength(1);
  });

  test('anmodning tells the whole history, in any case of the id', async () => {
    const steps = ['modtaget og bogført', 'debitorsystemet spurgt', 'udfald bogført', 'kvittering MODTAGET afleveret'];
    const { code, out } = await waitFor('all of it to be recorded', async () => {
      const shown = await runCli('anmodning', waiting.toUpperCase(), ...ledger());
      return steps.every((step) => shown.out.includes(step)) ? shown : undefined;
    });
    expect(code).toBe(0);
    const places = steps.map((step) => out.indexOf(step));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places[0]).toBeGreaterThan(0);
  });

  test('anmodning finds all messages of a conversation by its TransaktionsId, and exits 1 for an unknown id', async () => {
    const transaktionsId = 'samtale-om-to';
    for (const fordring of ['F-3', 'F-4']) {
      const path = file('to.xml', opskriv(fordring, '1.00', { transaktionsId }));
      await runCli('send', path, '--url', urlOf('kulturskole'));
    }
    expect(JSON.parse((await runCli('anmodning', transaktionsId, ...ledger(), '--json')).out)).toHaveLength(2);
    expect((await runCli('anmodning', UNKNOWN_ID, ...ledger())).code).toBe(1);
  });

  test('fejlkoe lists, groups by cause and shows one', async () => {
    const path = file('f.xml', opskriv('F-1', 'mange penge'));
    await runCli('send', path, '--url', urlOf('kulturskole'));
    await runCli('send', path, '--url', urlOf('kulturskole'));
    const rows: { id: number; kode: string }[] = JSON.parse(
      (await runCli('fejlkoe', 'list', ...ledger(), '--json')).out,
    );
    const mine = rows.filter(({ kode }) => kode === 'DA-005');
    expect(mine).toHaveLength(2);
    const grouped: { kode: string; antal: number }[] = JSON.parse(
      (await runCli('fejlkoe', 'list', '--group', ...ledger(), '--json')).out,
    );
    expect(grouped.find(({ kode }) => kode === 'DA-005')?.antal).toBe(2);
    const shown = await runCli('fejlkoe', 'show', String(mine[0]?.id), ...ledger());
    expect(shown.out).toContain('<Beloeb>mange penge</Beloeb>');
    expect(shown.out).toContain('DA-005');
    expect((await runCli('fejlkoe', 'show', '999999', ...ledger())).code).toBe(1);
  });

  test('uleveret lists an answer that no queue is bound for, since when', async () => {
    await scene.vhost.ctl('--vhost', scene.vhost.name, 'list_queues', 'name');
    const sender = await scene.fagsystem('kulturskole', { consume: false });
    await scene.vhost.ctl('--vhost', scene.vhost.name, 'delete_queue', 'debitor.svar.kulturskole');
    await sender.send(opskriv('F-1', '1.00'));
    const listed = await waitFor('the unrouted answer', async () => {
      const { out } = await runCli('uleveret', 'list', ...ledger(), '--json');
      const rows: { routingKey: string; returnedAt: string | null }[] = JSON.parse(out);
      return rows.length > 0 && rows;
    });
    expect(listed[0]).toMatchObject({
      routingKey: 'kulturskole.kvittering.debitorkonto',
      returnedAt: expect.any(String),
    });
    stubSettings();
    expect((await runCli('topology', 'check')).code).toBe(1);
    expect((await runCli('topology', 'apply')).code).toBe(0);
  });

  test('i-tvivl says so where nothing is', async () => {
    expect(await runCli('i-tvivl', 'list', ...ledger())).toMatchObject({ code: 0, out: 'Intet er i tvivl.\n' });
  });

  test('a ledger that is not there is exit 69, and none is created', async () => {
    const path = join(folder, 'mangler.db');
    const { code, err } = await runCli('status', '--ledger', `sqlite:${path}`);
    expect(code).toBe(69);
    expect(err).toContain('mangler.db');
    expect(() => readFileSync(path)).toThrow();
  });

  test('an answer that can not be given is JSON too, with --json', async () => {
    const { code, out } = await runCli('status', '--ledger', 'mysql:x', '--json');
    expect(code).toBe(78);
    expect(JSON.parse(out).fejl[0]).toContain('sqlite:');
  });
});

describe('topology', () => {
  test('check finds nothing wrong beside a running adapter', async () => {
    stubSettings();
    expect(await runCli('topology', 'check', '--json')).toMatchObject({ code: 0, out: '[]\n' });
  });

  test('definitions name every party, hold passwords as hashes only, and spare the adapter’s own user', async () => {
    stubSettings();
    const passwords = file('koder.json', JSON.stringify({ kulturskole: 'meget-hemmelig' }));
    const certificates = ['--certificates', 'byggesag, kommunedebitor'];
    const { code, out, err } = await runCli(
      'topology',
      'definitions',
      '--passwords',
      passwords,
      ...certificates,
      '--vhost',
      'prod',
    );
    const definitions: { users: { name: string; password_hash: string }[]; vhosts: unknown } = JSON.parse(out);
    expect(code).toBe(0);
    expect(definitions.vhosts).toEqual([{ name: 'prod' }]);
    expect(definitions.users.map(({ name }) => name).sort()).toEqual(['byggesag', 'kommunedebitor', 'kulturskole']);
    expect(definitions.users.find(({ name }) => name === 'kulturskole')?.password_hash).not.toBe('');
    expect(out).not.toContain('meget-hemmelig');
    // The adapter's own user is in no list, so somebody must have made it.
    expect(err).toMatch(/rører ikke deres koder: \S+\.\nDe skal findes i RabbitMQ, før/);
  });

  test('definitions without passwords list nobody, and say who must be there', async () => {
    stubSettings();
    const { code, out, err } = await runCli('topology', 'definitions');
    expect({ code, users: JSON.parse(out).users }).toEqual({ code: 0, users: [] });
    expect(err).toMatch(/kulturskole, byggesag, kommunedebitor/);
  });

  test('definitions are refused where the passwords name nobody that is known', async () => {
    stubSettings();
    const passwords = file('koder.json', JSON.stringify({ kulturskoel: 'x' }));
    const { code, err } = await runCli('topology', 'definitions', '--passwords', passwords);
    expect({ code, err }).toEqual({ code: 78, err: expect.stringContaining('kulturskoel') });
  });

  test('a broker that can not be reached is exit 69', async () => {
    stubSettings({ ADAPTER_AMQP_URL: 'amqp://127.0.0.1:1/' });
    expect((await runCli('topology', 'check')).code).toBe(69);
  });
});

describe('doctor', () => {
  test('finds all well beside a running adapter, and says that one owns the ledger', async () => {
    stubSettings();
    const { code, out } = await runCli('doctor');
    expect(out).not.toContain('FEJL');
    expect(code).toBe(0);
    expect(out).toMatch(/OK +rabbitmq: RabbitMQ [34]\./);
    expect(out).toMatch(/OK +topologi: som den skal være/);
    expect(out).toMatch(/ADVARSEL +ledger, ejer: .*bruges af en anden kørende adapter/);
  });

  test('names what is wrong and what to do, with exit 1', async () => {
    stubSettings({
      ADAPTER_AMQP_URL: 'amqp://127.0.0.1:1/',
      ADAPTER_LEDGER_URL: `sqlite:${join(folder, 'ny', 'l.db')}`,
    });
    const { code, out } = await runCli('doctor', '--json');
    const findings: { emne: string; niveau: string; goer?: string }[] = JSON.parse(out);
    expect(code).toBe(1);
    expect(findings.filter(({ niveau }) => niveau === 'FEJL').map(({ emne }) => emne)).toEqual(['rabbitmq']);
    expect(findings.every(({ niveau, goer }) => niveau === 'OK' || goer !== undefined)).toBe(true);
  });

  test('looks at every node of a cluster, and only warns of one that is down', async () => {
    const down = new URL(scene.vhost.url);
    down.port = '1';
    stubSettings({ ADAPTER_AMQP_URL: `${down.href},${scene.vhost.url}` });
    const { code, out } = await runCli('doctor');
    expect(code).toBe(0);
    expect(out).toMatch(/ADVARSEL +rabbitmq 127\.0\.0\.1:1: /);
    expect(out).toMatch(/OK +rabbitmq 127\.0\.0\.1:\d+: RabbitMQ [34]\./);
    expect(out).toMatch(/OK +topologi: som den skal være/);
    expect(out).not.toContain(down.password);
  });

  test('goes as far as it can with settings that are wrong', async () => {
    stubSettings({ ADAPTER_PREFETCH: '0' });
    const { code, out } = await runCli('doctor');
    expect(code).toBe(1);
    expect(out).toMatch(/FEJL +indstillinger: ADAPTER_PREFETCH/);
  });
});

describe('the process', () => {
  const CLI = join(ROOT, 'src', 'ops', 'cli.ts');

  test('start runs until SIGTERM, and then exits 0', async () => {
    const settings = {
      ADAPTER_AMQP_URL: scene.vhost.url,
      ADAPTER_LEDGER_URL: `sqlite:${join(folder, 'own', 'ledger.db')}`,
      ADAPTER_REGISTRY: join(FIXTURES, 'registry.json'),
      ADAPTER_HTTP_PORT: '0',
    };
    const child = spawn(process.execPath, [CLI, 'start'], { cwd: folder, env: { ...process.env, ...settings } });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    const exited = new Promise((resolve) => child.on('exit', (code) => resolve(code)));
    await waitFor('the start', () => out.includes('"event":"adapter.started"'));
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(out).toContain('"event":"adapter.stopped"');
    expect(out).not.toContain(new URL(scene.vhost.url).password);
  });

  test.each([
    ['a setting that is missing', {}, 78],
    ['a broker that can not be reached', { ADAPTER_AMQP_URL: 'amqp://127.0.0.1:1/' }, 69],
  ])('start exits at once for %s', (_what, settings, code) => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      ADAPTER_LEDGER_URL: `sqlite:${join(folder, 'x', 'l.db')}`,
      ...settings,
    };
    const ran = spawnSync(process.execPath, [CLI, 'start'], { cwd: folder, env, encoding: 'utf8', timeout: 25_000 });
    expect(ran.status).toBe(code);
    expect(ran.stderr).not.toBe('');
  });

  test('an error that nobody caught is logged, stops the adapter in good order, and is exit 70', () => {
    const backend = file(
      'backend.mjs',
      `export default {
        name: 'faulty', contract: 1, configSchema: { type: 'object' },
        capabilities: { idempotent: true, opslag: false, concurrency: 1 },
        create: () => ({
          execute: async () => ({ art: 'udfoert' }),
          start: async () => {
            setInterval(() => undefined, 1000); // What it leaves running must not keep the process alive.
            setTimeout(() => { throw new Error('bagved, med 0101701234'); }, 100);
          },
        }),
      };`,
    );
    const env = {
      PATH: process.env['PATH'] ?? '',
      ADAPTER_AMQP_URL: scene.vhost.url,
      ADAPTER_LEDGER_URL: `sqlite:${join(folder, 'faulty', 'l.db')}`,
      ADAPTER_REGISTRY: join(FIXTURES, 'registry.json'),
      ADAPTER_HTTP_PORT: '0',
      ADAPTER_BACKEND: backend,
    };
    const ran = spawnSync(process.execPath, [CLI, 'start'], { cwd: folder, env, encoding: 'utf8', timeout: 25_000 });
    expect(ran.status).toBe(70);
    expect(ran.stdout).toContain('"event":"process.fault"');
    expect(ran.stdout).toContain('"event":"adapter.stopped"');
    expect(ran.stdout + ran.stderr).toContain('bagved');
    expect(ran.stdout + ran.stderr).not.toContain('0101701234');
  });

  test('NO_COLOR and a pipe give text without colours', () => {
    const env = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' };
    const ran = spawnSync(process.execPath, [CLI, 'doctor'], { cwd: folder, env, encoding: 'utf8' });
    expect(ran.stdout).toContain('FEJL');
    expect(ran.stdout.includes('\u001b')).toBe(false);
  });

  test('the launcher runs the program, under whatever Node it is started with', () => {
    const ran = spawnSync(join(ROOT, 'bin', 'debitor-adapter.mjs'), ['--version'], { encoding: 'utf8' });
    expect(ran.stdout).toMatch(/^[0-9]+\.[0-9]+\.[0-9]+\n$/);
    expect(ran.status).toBe(0);
  });
});
