/**
 * A real adapter process, and behind each built-in backend a real debitorsystem process, killed (SIGKILL) in the middle of
 * commands and started again: every anmodning has one effect and one answer.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import type { ExampleProcess } from '../debitorsystem/example-process.ts';
import { closedPort, SECRET } from '../debitorsystem/http-scene.ts';
import { type Party, type Received, startTestAdapter, type TestAdapter } from '../support/adapter.ts';
import { type AdapterProcess, startAdapterProcess } from '../support/adapter-process.ts';
import { freshVhost, type Vhost } from '../support/broker.ts';
import { anmodning, kontantIndbetaling, paaFordringer } from '../support/meddelelser.ts';
import { startOwnDebitorsystem } from '../support/own-debitorsystem.ts';
import { waitFor } from '../support/wait.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const KONTI = Array.from({ length: 16 }, (_, index) => `KONTO-${index + 10}`);
const ROUNDS = 6;
const ID = 'kommunedebitor';
const IN_TIME_MS = 60_000;

/** How a backend is configured, and what stands behind it. */
interface Kind {
  readonly config: unknown;
  /** Undefined where the debitorsystem is in the adapter's own process. */
  readonly startServer?: () => Promise<ExampleProcess>;
}

/** Every command is answered a while after it is carried out: there is always something in between to be killed. */
const simulatorIn = (folder: string) => ({
  data: join(FIXTURES, 'simulator.json'),
  store: join(folder, 'simulator.db'),
  senereDelayMs: 50,
  fejl: [{ art: 'langsom', delayMs: 100 } as const],
});

const KINDS: Readonly<Record<string, (folder: string, vhost: Vhost) => Promise<Kind>>> = {
  simulator: async (folder) => ({ config: simulatorIn(folder) }),
  async http(folder) {
    const [port, svarPort] = [await closedPort(), await closedPort()];
    const hmac = { keyId: 'adapter', secret: SECRET };
    const simulator = simulatorIn(folder);
    const svarUrl = `http://127.0.0.1:${svarPort}/svar`;
    return {
      config: { url: `http://127.0.0.1:${port}`, auth: { hmac }, breakMs: 200, svar: { port: svarPort } },
      startServer: () => startOwnDebitorsystem({ via: 'http', port, hmac, svarUrl, simulator }),
    };
  },
  async amqp(folder, vhost) {
    const own = new URL(vhost.url);
    own.username = ID;
    own.password = 'kode';
    const simulator = simulatorIn(folder);
    return {
      config: { url: vhost.url, debitorsystem: ID },
      startServer: () => startOwnDebitorsystem({ via: 'amqp', url: own.href, id: ID, simulator }),
    };
  },
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Scene {
  readonly sender: Party;
  readonly store: string;
  adapter(): AdapterProcess;
  killAdapter(): Promise<void>;
  /** Undefined where there is none. */
  readonly killServer: (() => Promise<void>) | undefined;
}

async function openScene(backend: keyof typeof KINDS): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-killed-'));
  const vhost = await freshVhost();
  const kind = await KINDS[backend]?.(folder, vhost);
  if (kind === undefined) throw new Error('no such backend');
  const settings = {
    ADAPTER_LEDGER_URL: `sqlite:${join(folder, 'ledger.db')}`,
    ADAPTER_REGISTRY: join(FIXTURES, 'registry.json'),
    ADAPTER_BACKEND: backend,
    ADAPTER_BACKEND_CONFIG: JSON.stringify(kind.config),
    ADAPTER_RETRY_INITIAL_MS: '50',
    ADAPTER_RETRY_MAX_MS: '500',
    ADAPTER_MAX_ATTEMPTS: '1000',
  };
  // Users and queues, and the fagsystem; it carries nothing out itself.
  const running: TestAdapter = await startTestAdapter({ vhost, env: settings });
  await running.adapter.stop();
  closers.push(async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const environment = { ...settings, ADAPTER_AMQP_URL: vhost.url, ADAPTER_HTTP_PORT: '0' };
  let adapter = await startAdapterProcess(folder, environment);
  closers.push(() => adapter.kill());
  let server = await kind.startServer?.();
  closers.push(async () => server?.kill());
  const { startServer } = kind;
  return {
    sender: await running.fagsystem('kulturskole'),
    store: join(folder, 'simulator.db'),
    adapter: () => adapter,
    async killAdapter() {
      await adapter.kill();
      adapter = await startAdapterProcess(folder, environment);
    },
    killServer:
      startServer === undefined
        ? undefined
        : async () => {
            await server?.kill();
            server = await startServer();
          },
  };
}

/** What is to be answered: with a kvittering, and for `senere` with a svar too. */
interface Sent {
  readonly id: string;
  readonly senere: boolean;
}

/** For each debitorkonto amounts that only fit in their order and once each, a later svar among them; and payments. */
async function sendAll(sender: Party): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, konto] of KONTI.entries()) {
      const handling = paaFordringer(konto, 'F-1');
      const senere = round === 2;
      const parametre = senere
        ? '<VirkningDato>2027-06-01</VirkningDato>'
        : '<Beloeb>5000.00</Beloeb><AarsagKode>TEST</AarsagKode>';
      // Up and down in turn: down is more than there is, unless the one before it went up.
      const kode = senere ? 'HENSTAND' : [1, 4].includes(round) ? 'NEDSKRIV' : 'OPSKRIV';
      sent.push({ id: await sender.send(anmodning({ kode, handling, parametre })), senere });
      const kundeNummer = String(10_000_000 + round * KONTI.length + index);
      const payment = kontantIndbetaling({ kundeNummer, kundeType: 'CVR-Virksomhed', beloeb: '1.00' });
      sent.push({ id: await sender.send(payment, { queue: 'kontantindbetaling' }), senere: false });
    }
  }
  return sent;
}

const koder = ({ properties }: Received): unknown => properties.headers?.['kvittering-kode'];

/** Distinct answers, in the order in which each came first: a kill can publish one twice, byte for byte. */
function answersTo(sender: Party, id: string): readonly unknown[] {
  const answers = sender.received.filter(({ properties }) => properties.correlationId === id);
  return [...new Map(answers.toReversed().map((one) => [one.xml, one])).values()].toReversed().map(koder);
}

/** Commands that the adapter's present process has given and heard nothing of. */
const underWay = (adapter: AdapterProcess): number =>
  adapter.passed('command.dispatching') - adapter.passed('command.answered');

test.each(Object.keys(KINDS))(
  '%s',
  async (backend) => {
    const scene = await openScene(backend);
    const { sender, killServer } = scene;
    const sending = sendAll(sender);
    const busy = () => waitFor('commands under way', () => underWay(scene.adapter()) >= 4, IN_TIME_MS);
    await busy();
    await scene.killAdapter();
    expect(scene.adapter().passed('command.interrupted'), 'killed in the middle of a command').toBeGreaterThan(0);
    if (killServer !== undefined) {
      await busy();
      await killServer();
      await busy();
      await Promise.all([killServer(), scene.killAdapter()]);
    }
    const sent = await sending;
    const unanswered = (): number => {
      const came = Map.groupBy(sender.received, ({ properties }) => String(properties.correlationId));
      return sent.filter(({ id, senere }) => (came.get(id)?.length ?? 0) < (senere ? 2 : 1)).length;
    };
    await waitFor('every answer', () => unanswered() === 0, IN_TIME_MS);
    for (const { id, senere } of sent) {
      expect(answersTo(sender, id)).toEqual(senere ? ['MODTAGET', 'GENNEMFOERT'] : ['ACCEPTERET']);
    }
    const store = new Database(scene.store, { readonly: true });
    const booked = store.prepare('SELECT count(*) AS commands, sum(udfoert) AS effects FROM kommando').get();
    store.close();
    expect(booked).toEqual({ commands: sent.length, effects: sent.length });
  },
  240_000,
);
