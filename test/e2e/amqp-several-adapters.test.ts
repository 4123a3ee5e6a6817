/**
 * The backend `amqp` as a serious installation has it: RabbitMQ 4.x over TLS with a private CA, the backend's own user known
 * by its client certificate and with no more than an adapter's permissions, and two adapters on one PostgreSQL. Every adapter
 * hears every udfald, so it must be right whichever of them hears it, and whichever asked.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { definitionsFor } from '../../src/broker/definitions.ts';
import { createSimulator, type RunningSimulator } from '../../src/debitorsystem/backends/simulator.ts';
import { type RunningBroker, startBroker } from '../../src/ops/broker-ladder.ts';
import { createTestCa } from '../debitorsystem/http-scene.ts';
import { type Party, type Received, startTestAdapter, type TestAdapter, vhostOf } from '../support/adapter.ts';
import { type AdapterProcess, startAdapterProcess } from '../support/adapter-process.ts';
import { type RunningAmqpDebitorsystem, startAmqpDebitorsystem } from '../support/amqp-debitorsystem.ts';
import { listenWithTls } from '../support/broker-tls.ts';
import { anmodning, paaFordringer } from '../support/meddelelser.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { rulebook } from '../support/reading.ts';
import { waitFor } from '../support/wait.ts';

const ID = 'kommunedebitor';
const ADAPTER_USER = 'adapter-certifikat';
const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const LEASE_MS = 1_500;
const CONCURRENCY = 4;
/** Of which a quarter is kept for cash payments. */
const AT_A_TIME = 3;
const IN_TIME_MS = 60_000;
const LOG_TAIL = 4_000;
/** As many as two adapters can have under way. */
const KONTI = Array.from({ length: 2 * AT_A_TIME }, (_, index) => `KONTO-${index + 10}`);

let folder: string;
let broker: RunningBroker;
let postgres: TestPostgres;
let running: TestAdapter;
let other: AdapterProcess;
let kulturskole: Party;
let server: RunningAmqpDebitorsystem;
let simulator: RunningSimulator;
/** What becomes of a udfald on its way. */
let spoil: (udfald: string) => string | undefined = (udfald) => udfald;

/** The user that the backend logs in as: no password, and what an adapter may do, no more. */
async function importAdapterUser(vhost: string): Promise<void> {
  const options = { vhost, adapterUser: ADAPTER_USER, certificateUsers: [ADAPTER_USER] };
  const { users, permissions, topic_permissions } = definitionsFor(rulebook.registry, options);
  const own = ({ user }: { readonly user: string }): boolean => user === ADAPTER_USER;
  await broker.importDefinitions({
    users: users.filter(({ name }) => name === ADAPTER_USER),
    permissions: permissions.filter(own),
    topic_permissions: topic_permissions.filter(own),
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-amqps-'));
  [broker, postgres] = await Promise.all([startBroker({ want: '4' }), startPostgres()]);
  const ca = createTestCa(folder);
  const tlsPort = await listenWithTls(broker, { caFile: ca.caFile, ...ca.issue('rabbitmq') });
  const vhost = vhostOf(broker);
  await importAdapterUser(vhost.name);
  const path = encodeURIComponent(vhost.name);
  const backend = {
    url: `amqps://127.0.0.1:${tlsPort}/${path}`,
    debitorsystem: ID,
    caFile: ca.caFile,
    ...ca.issue(ADAPTER_USER),
    concurrency: CONCURRENCY,
  };
  const env = {
    ADAPTER_LEDGER_URL: await postgres.freshUrl(),
    ADAPTER_LEDGER_LEASE_MS: String(LEASE_MS),
    ADAPTER_BACKEND: 'amqp',
    ADAPTER_BACKEND_CONFIG: JSON.stringify(backend),
    // Nothing here is left to run into it.
    ADAPTER_DISPATCH_TIMEOUT_MS: String(IN_TIME_MS),
  };
  running = await startTestAdapter({ vhost, env });
  const registry = join(FIXTURES, 'registry.json');
  const place = { ADAPTER_AMQP_URL: vhost.url, ADAPTER_REGISTRY: registry, ADAPTER_HTTP_PORT: '0' };
  other = await startAdapterProcess(folder, { ...env, ...place });
  // The one that can be killed becomes the one that reads the queues, and keeps them.
  await running.restart();
  kulturskole = await running.fagsystem('kulturskole');
  server = await startAmqpDebitorsystem({
    url: `amqps://${ID}:kode@127.0.0.1:${tlsPort}/${path}`,
    ca: readFileSync(ca.caFile, 'utf8'),
    id: ID,
    create: (ports) => {
      simulator = createSimulator(
        { data: join(FIXTURES, 'simulator.json'), store: ':memory:', senereDelayMs: 5 },
        ports,
      );
      return simulator;
    },
    spoil: (udfald) => spoil(udfald),
  });
}, 300_000);
afterAll(async () => {
  other?.child.kill('SIGKILL');
  await server?.close();
  await running?.stop();
  await postgres?.stop();
  await broker?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const opskriv = (konto: string): string => {
  const parametre = '<Beloeb>10.00</Beloeb><AarsagKode>TEST</AarsagKode>';
  return anmodning({ kode: 'OPSKRIV', handling: paaFordringer(konto, 'F-1'), parametre });
};

const koder = ({ properties }: Received): unknown => properties.headers?.['kvittering-kode'];

const answersTo = (correlationId: string): readonly unknown[] =>
  kulturskole.received.filter(({ properties }) => properties.correlationId === correlationId).map(koder);

/** How often anything has been carried out. */
const effects = (): number => simulator.state().kommandoer.reduce((sum, { udfoert }) => sum + udfoert, 0);

test('both log in with their certificate over TLS on 4.x', async () => {
  expect(broker.version).toMatch(/^4\./);
  const connections = await broker.ctl('list_connections', '--quiet', 'user', 'auth_mechanism', 'ssl');
  // Each adapter has a connection to publish on and one to listen on.
  expect(connections.match(/adapter-certifikat\s+EXTERNAL\s+true/g)).toHaveLength(4);
});

/** Keeps back every udfald from now on; `release` sends them on, the last one first, and keeps none back after that. */
function holdUdfald() {
  const held: { readonly udfald: string; readonly noegle: string }[] = [];
  const came = server.received.length;
  spoil = (udfald) => {
    held.push({ udfald, noegle: server.received[came + held.length] ?? '' });
    return undefined;
  };
  const release = async (): Promise<void> => {
    spoil = (udfald) => udfald;
    for (const { udfald, noegle } of held.toReversed()) await server.publish(`${ID}.udfald`, udfald, noegle);
  };
  return { held, came, release };
}

test('each adapter takes the udfald of what it has asked itself, among those that both hear', async () => {
  const { held, release } = holdUdfald();
  const sent: string[] = [];
  for (const konto of KONTI.slice(0, AT_A_TIME)) sent.push(await kulturskole.send(opskriv(konto)));
  // Its places are taken before the rest comes: whoever reads the queues may claim more than it can ask at once, and keep it.
  await waitFor('the first to have asked all it may at a time', () => held.length >= AT_A_TIME, IN_TIME_MS);
  for (const konto of KONTI.slice(AT_A_TIME)) sent.push(await kulturskole.send(opskriv(konto)));
  await waitFor('both to have asked all they may at a time', () => held.length >= KONTI.length, IN_TIME_MS).catch(
    (error: unknown) => {
      // Which of the two did not ask is not to be seen from here.
      const passed = `${other.passed('command.dispatching')} asked by the other process, ${held.length} in all`;
      throw new Error(`${String(error)}: ${passed}\n${other.log().slice(-LOG_TAIL)}`, { cause: error });
    },
  );
  expect(other.passed('command.dispatching')).toBe(AT_A_TIME);
  await release();
  for (const id of sent) await waitFor('the kvittering', () => answersTo(id).length > 0, IN_TIME_MS);
  expect(sent.flatMap(answersTo)).toEqual(sent.map(() => 'ACCEPTERET'));
  expect(new Set(server.received).size).toBe(server.received.length);
}, 120_000);

test('a svar that overtakes its udfald settles it, whichever adapter waits and whichever records the svar', async () => {
  const { held, release } = holdUdfald();
  const sent: string[] = [];
  const parametre = '<VirkningDato>2027-06-01</VirkningDato>';
  for (const konto of KONTI) {
    sent.push(
      await kulturskole.send(anmodning({ kode: 'HENSTAND', handling: paaFordringer(konto, 'F-1'), parametre })),
    );
  }
  for (const id of sent) await waitFor('the svar', () => answersTo(id).length > 1, IN_TIME_MS);
  expect(held).toHaveLength(KONTI.length);
  await release();
  // Behind the udfald that were released: what they did is done when it is answered.
  const last = await kulturskole.send(opskriv('KONTO-1'));
  await waitFor('the kvittering', () => answersTo(last).length > 0, IN_TIME_MS);
  expect(sent.map(answersTo)).toEqual(sent.map(() => ['MODTAGET', 'GENNEMFOERT']));
}, 120_000);

test('a udfald that comes when the adapter that asked is dead is taken from the one that lives, without asking again', async () => {
  const { held, came, release } = holdUdfald();
  const before = effects();
  const asked = await kulturskole.send(opskriv('KONTO-25'));
  await waitFor('the udfald', () => held.length === 1, IN_TIME_MS);
  await other.kill();
  await release();
  await waitFor('the kvittering', () => answersTo(asked).length > 0, IN_TIME_MS);
  expect(answersTo(asked)).toEqual(['ACCEPTERET']);
  expect([server.received.length - came, effects() - before]).toEqual([1, 1]);
}, 120_000);
