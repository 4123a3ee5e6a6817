/**
 * Three adapters on one PostgreSQL and one RabbitMQ. The one that records is stopped in good order and the next one is
 * killed, both under load: the promises hold across them (spec 3, "Several adapters").
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLedger } from '../../src/main.ts';
import { type Party, type Received, startTestAdapter, type TestAdapter } from '../support/adapter.ts';
import { type AdapterProcess, startAdapterProcess } from '../support/adapter-process.ts';
import { anmodning, kontantIndbetaling, paaFordringer } from '../support/meddelelser.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { waitFor } from '../support/wait.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const KONTI = Array.from({ length: 16 }, (_, index) => `KONTO-${index + 10}`);
const LEASE_MS = 2_000;
/** For the answers of one wave, over the lease of one that was killed. */
const IN_TIME_MS = 60_000;

let postgres: TestPostgres;
let folder: string;
let running: TestAdapter;
let sender: Party;
let environment: Readonly<Record<string, string>>;
const neighbours: AdapterProcess[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-several-'));
  const backend = {
    data: join(FIXTURES, 'simulator.json'),
    store: join(folder, 'simulator.db'),
    senereDelayMs: 50,
    fejl: [
      // So slow that one adapter's places are soon taken.
      { art: 'langsom', delayMs: 8000, naar: { fagsystem: 'byggesag' } },
      // Slow enough that there is always something under way when an adapter ends.
      { art: 'langsom', delayMs: 150, naar: { fagsystem: 'kulturskole' } },
    ],
  };
  environment = {
    ADAPTER_LEDGER_URL: await postgres.freshUrl(),
    ADAPTER_LEDGER_LEASE_MS: String(LEASE_MS),
    ADAPTER_BACKEND_CONFIG: JSON.stringify(backend),
  };
  running = await startTestAdapter({ env: environment });
  sender = await running.fagsystem('kulturskole');
  neighbours.push(...(await Promise.all([startNeighbour(), startNeighbour()])));
});
afterAll(async () => {
  for (const { child } of neighbours) child.kill('SIGKILL');
  await running?.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function startNeighbour(): Promise<AdapterProcess> {
  return startAdapterProcess(folder, {
    ...environment,
    ADAPTER_AMQP_URL: running.vhost.url,
    ADAPTER_REGISTRY: join(FIXTURES, 'registry.json'),
    ADAPTER_HTTP_PORT: '0',
  });
}

const koder = ({ properties }: Received): unknown => properties.headers?.['kvittering-kode'];

/** The correlation ids of a wave: those answered at once, and those with a later svar. */
interface Wave {
  readonly straks: readonly string[];
  readonly senere: readonly string[];
}

/**
 * One wave: on each debitorkonto amounts that only fit in their order, with a later svar among them, beside payments by as
 * many customers. Some are sent twice. @returns the correlation ids, by what is to be answered.
 */
async function sendWave(wave: number): Promise<Wave> {
  const straks: string[] = [];
  const senere: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    for (const [index, konto] of KONTI.entries()) {
      const handling = paaFordringer(konto, 'F-1');
      if (round === 5) {
        const parametre = `<VirkningDato>2027-06-0${wave}</VirkningDato>`;
        senere.push(await sender.send(anmodning({ kode: 'HENSTAND', handling, parametre })));
        continue;
      }
      // Up and down in turn; down is more than there is, unless the one before it went up.
      const up = (round < 5 ? round : round - 1) % 2 === 0;
      const parametre = '<Beloeb>5000.00</Beloeb><AarsagKode>TEST</AarsagKode>';
      const document = anmodning({ kode: up ? 'OPSKRIV' : 'NEDSKRIV', handling, parametre });
      straks.push(await sender.send(document));
      if (index === round) await sender.send(document);
    }
    for (let payment = 0; payment < 16; payment += 1) {
      const kundeNummer = String(10_000_000 + wave * 1000 + round * 16 + payment);
      const document = kontantIndbetaling({ kundeNummer, kundeType: 'CVR-Virksomhed', beloeb: '1.00' });
      straks.push(await sender.send(document, { queue: 'kontantindbetaling' }));
    }
  }
  // Nine rounds went up and down: the last of them up.
  for (const konto of KONTI) {
    const parametre = '<Beloeb>5000.00</Beloeb><AarsagKode>TEST</AarsagKode>';
    straks.push(await sender.send(anmodning({ kode: 'NEDSKRIV', handling: paaFordringer(konto, 'F-1'), parametre })));
  }
  return { straks, senere };
}

/** Distinct answers under a correlation id, in the order in which each came first. */
function answersTo(correlationId: string): readonly Received[] {
  const answers = sender.received.filter(({ properties }) => properties.correlationId === correlationId);
  return [...new Map(answers.toReversed().map((answer) => [answer.xml, answer])).values()].toReversed();
}

async function untilAnswered(party: Party, { straks, senere }: Wave): Promise<void> {
  const missing = (): number => {
    const counts = Map.groupBy(party.received, ({ properties }) => String(properties.correlationId));
    const lacks = (ids: readonly string[], n: number) => ids.filter((id) => (counts.get(id)?.length ?? 0) < n).length;
    return lacks(straks, 1) + lacks(senere, 2);
  };
  await waitFor('every answer of the wave', () => missing() === 0, IN_TIME_MS);
}

/** The neighbour that RabbitMQ has made the recorder, once it has recorded something. */
function recorder(): Promise<AdapterProcess> {
  return waitFor('another adapter to record', () => neighbours.find(({ passed }) => passed('delivery.recorded') > 0));
}

test('answer everything once and in order while one of them is stopped and another is killed', async () => {
  const first = sendWave(1);
  await waitFor('answers', () => sender.received.length > 40 || undefined, IN_TIME_MS);
  await running.adapter.stop();
  const doomed = await recorder();
  const waves: Wave[] = [await first];
  const second = sendWave(2);
  await waitFor('the recorder to be busy', () => doomed.passed('command.dispatching') > 40 || undefined, IN_TIME_MS);
  await doomed.kill();
  waves.push(await second);
  for (const wave of waves) await untilAnswered(sender, wave);

  for (const { straks, senere } of waves) {
    for (const id of straks) expect(answersTo(id).map(koder), answersTo(id)[0]?.xml).toEqual(['ACCEPTERET']);
    for (const id of senere) expect(answersTo(id).map(koder)).toEqual(['MODTAGET', 'GENNEMFOERT']);
  }
  const survivor = neighbours.find((one) => one !== doomed);
  expect(survivor?.passed('command.interrupted'), 'the claims of the killed one were taken up').toBeGreaterThan(0);

  const total = waves.reduce((sum, { straks, senere }) => sum + straks.length + senere.length, 0);
  const store = new Database(join(folder, 'simulator.db'), { readonly: true });
  const booked = store.prepare('SELECT count(*) AS commands, sum(udfoert) AS effects FROM kommando').get();
  const amounts = store
    .prepare(
      'SELECT DISTINCT restbeloebOere FROM fordring JOIN debitorkonto d ON d.nr = kontoNr WHERE d.identifikator IN (SELECT value FROM json_each(?))',
    )
    .all(JSON.stringify(KONTI));
  store.close();
  expect(booked).toEqual({ commands: total, effects: total });
  expect(amounts).toEqual([{ restbeloebOere: 100_000 }]);

  const ledger = await openLedger(environment['ADAPTER_LEDGER_URL'] ?? '', false);
  const counts = await ledger.counts('2026-11-22');
  await ledger.close();
  expect([counts.byState.done, counts.unfinished, counts.fejlkoe]).toEqual([
    total,
    { debitorkonto: 0, kontantindbetaling: 0 },
    0,
  ]);
}, 120_000);

test('share a backlog: what one has no place for, another carries out', async () => {
  const newcomer = await startNeighbour();
  neighbours.push(newcomer);
  const survivor = neighbours.find(({ child }) => child.exitCode === null && child.signalCode === null);
  const before = survivor?.passed('command.dispatching') ?? 0;
  const other = await running.fagsystem('byggesag');
  const sent: string[] = [];
  // More than the simulator's thousand places, and sooner than the first of them are free again.
  for (let batch = 0; batch < 15; batch += 1) {
    const payments = Array.from({ length: 100 }, (_, index) => {
      const kunde = { kundeNummer: String(20_000_000 + batch * 100 + index), kundeType: 'CVR-Virksomhed' };
      const document = kontantIndbetaling({ ...kunde, beloeb: '1.00', transaktionsId: randomUUID() });
      return other.send(document, { queue: 'kontantindbetaling' });
    });
    sent.push(...(await Promise.all(payments)));
  }
  await untilAnswered(other, { straks: sent, senere: [] });
  expect(survivor?.passed('command.dispatching')).toBeGreaterThan(before);
  expect(newcomer.passed('command.dispatching')).toBeGreaterThan(0);
}, 150_000);
