/**
 * A real adapter with the backend `amqp`, and behind it a debitorsystem that has no more than its own permissions on a real
 * RabbitMQ: udfald that come late, twice or not at all, and svar in JSON under the rules of those in XML.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSimulator, type RunningSimulator } from '../../src/debitorsystem/backends/simulator.ts';
import { type Party, type Received, startTestAdapter, type TestAdapter } from '../support/adapter.ts';
import { type RunningAmqpDebitorsystem, startAmqpDebitorsystem } from '../support/amqp-debitorsystem.ts';
import { freshVhost } from '../support/broker.ts';
import { anmodning, kontantIndbetaling, opskriv, paaFordringer } from '../support/meddelelser.ts';
import { waitFor } from '../support/wait.ts';

const ID = 'kommunedebitor';
const DATA = join(import.meta.dirname, '..', 'fixtures', 'simulator.json');
const HENSTAND = '<VirkningDato>2027-06-01</VirkningDato>';
/** Longer than anything here takes when nothing is left out. */
const DISPATCH_LIMIT_MS = 1500;

let running: TestAdapter;
let kulturskole: Party;
let server: RunningAmqpDebitorsystem;
let simulator: RunningSimulator;
let spoil: (udfald: string, attempt: number) => string | undefined = (udfald) => udfald;

beforeAll(async () => {
  const vhost = await freshVhost();
  running = await startTestAdapter({
    vhost,
    env: {
      ADAPTER_BACKEND: 'amqp',
      ADAPTER_BACKEND_CONFIG: JSON.stringify({ url: vhost.url, debitorsystem: ID }),
      ADAPTER_DISPATCH_TIMEOUT_MS: String(DISPATCH_LIMIT_MS),
    },
  });
  kulturskole = await running.fagsystem('kulturskole');
  const own = new URL(vhost.url);
  own.username = ID;
  own.password = 'kode';
  server = await startAmqpDebitorsystem({
    url: own.href,
    id: ID,
    create: (ports) => {
      simulator = createSimulator({ data: DATA, store: ':memory:', senereDelayMs: 5 }, ports);
      return simulator;
    },
    spoil: (udfald, attempt) => spoil(udfald, attempt),
  });
});
afterAll(async () => {
  await server?.close();
  await running?.stop();
});

function kodeOf({ xml }: Received): string | undefined {
  return /(?:ForretningsValideringsKode|SvarStatusKode)>([A-Z_]+)</.exec(xml)?.[1];
}

const beloebOf = (identifikator: string): bigint | undefined =>
  simulator.state().fordringer.find((one) => one.identifikator === identifikator)?.beloebOere;

async function kvitteringTo(correlationId: string) {
  const found = await waitFor(`a receipt for ${correlationId}`, () =>
    server.kvitteringer.find((one) => one.correlationId === correlationId),
  );
  expect(found.contentType).toBe('application/json');
  return JSON.parse(found.body) as { art: string; kode?: string };
}

const unknownOutcomes = (): number => running.logLines.filter((line) => line.includes('"udfald":"ukendt"')).length;

function svarJson(id: string, more: object = {}): string {
  const noegle = `handling:kulturskole:${id}`;
  return JSON.stringify({
    noegle,
    anmodningIdentifikator: id,
    status: 'GENNEMFOERT',
    tid: '2026-11-22T12:00:00Z',
    ...more,
  });
}

test('a command is carried out by the debitorsystem on its queue, and its udfald becomes the kvittering', async () => {
  expect(kodeOf(await kulturskole.ask(opskriv('F-1', '10.00')))).toBe('ACCEPTERET');
  expect(kodeOf(await kulturskole.ask(opskriv('FINDES-IKKE', '10.00')))).toBe('AFVIST');
  const { xml } = await kulturskole.ask(kontantIndbetaling(), { queue: 'kontantindbetaling' });
  expect(xml).not.toContain('Fejl>');
});

test('a udfald that is lost leaves the anmodning in doubt, and the same key gets it: it is carried out once', async () => {
  const before = beloebOf('F-2') ?? 0n;
  const lost = server.received.length + 1;
  spoil = (udfald, attempt) => (attempt === lost ? undefined : udfald);
  expect(kodeOf(await kulturskole.ask(opskriv('F-2', '10.00')))).toBe('ACCEPTERET');
  expect(beloebOf('F-2')).toBe(before + 1000n);
  const keys = server.received.slice(lost - 1);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

test('a udfald that comes when nobody waits for it any more settles the anmodning without asking again', async () => {
  const held: { udfald: string; noegle: string }[] = [];
  const late = server.received.length + 1;
  spoil = (udfald, attempt) => {
    if (attempt === late) held.push({ udfald, noegle: server.received.at(-1) ?? '' });
    return attempt >= late ? undefined : udfald;
  };
  const before = unknownOutcomes();
  const asked = await kulturskole.send(opskriv('F-3', '10.00'));
  const first = await waitFor('the held udfald', () => held.at(0));
  await waitFor('the time to be up', () => unknownOutcomes() > before);
  await server.publish(`${ID}.udfald`, first.udfald, first.noegle);
  expect(kodeOf(await kulturskole.answer(asked))).toBe('ACCEPTERET');
});

test('ikkeUdfoert is believed of the sending that it answers only: said of another, it is no proof', async () => {
  let shared = 0;
  spoil = (udfald) => {
    shared += 1;
    return shared === 1 ? JSON.stringify({ art: 'ikkeUdfoert', forbigaaende: true }) : udfald;
  };
  expect(kodeOf(await kulturskole.ask(opskriv('F-4', '10.00')))).toBe('ACCEPTERET');
  expect(shared).toBe(2);
  spoil = () => undefined;
  const came = server.received.length;
  const asked = await kulturskole.send(opskriv('F-5', '10.00'));
  const noegle = await waitFor('the command', () => server.received.at(came));
  // Final, as it says; but without the header that names the sending.
  await server.publish(`${ID}.udfald`, JSON.stringify({ art: 'ikkeUdfoert', forbigaaende: false }), noegle);
  spoil = (udfald) => udfald;
  expect(kodeOf(await kulturskole.answer(asked))).toBe('ACCEPTERET');
});

test('what is accepted for later is answered MODTAGET, and its svar in JSON is recorded, answered and sent on', async () => {
  spoil = (udfald) => udfald;
  const id = randomUUID();
  const asked = anmodning({ kode: 'HENSTAND', handling: paaFordringer('KONTO-1', 'F-6'), parametre: HENSTAND, id });
  const correlationId = await kulturskole.send(asked);
  expect(kodeOf(await kulturskole.answer(correlationId))).toBe('MODTAGET');
  const svar = await kulturskole.answer(correlationId, 2);
  expect([kodeOf(svar), svar.routingKey]).toEqual(['GENNEMFOERT', 'kulturskole.svar.debitorkonto']);
  expect(await kvitteringTo(`handling:kulturskole:${id}`)).toMatchObject({ art: 'modtaget' });

  const other = randomUUID();
  await server.publish(`${ID}.svar`, svarJson(id, { status: 'AFVIST' }), other);
  expect(await kvitteringTo(other)).toMatchObject({ art: 'afvist', kode: 'DA-303' });
  const unknown = randomUUID();
  await server.publish(`${ID}.svar`, svarJson(randomUUID()), unknown);
  expect(await kvitteringTo(unknown)).toMatchObject({ art: 'afvist', kode: 'DA-301' });
});

test('the same svar again gets the same receipt, under the same message id', async () => {
  spoil = () => JSON.stringify({ art: 'accepteretTilSenere' });
  const id = randomUUID();
  const parts = { kode: 'HENSTAND', handling: paaFordringer('KONTO-1', 'FINDES-IKKE'), parametre: HENSTAND, id };
  expect(kodeOf(await kulturskole.ask(anmodning(parts)))).toBe('MODTAGET');
  const times = ['første', 'anden'].map((name) => `${name} ${id}`);
  for (const correlationId of times) {
    await server.publish(`${ID}.svar`, svarJson(id), correlationId);
    expect(await kvitteringTo(correlationId)).toMatchObject({ art: 'modtaget' });
  }
  const bodies = server.kvitteringer
    .filter(({ correlationId }) => times.includes(correlationId))
    .map(({ body }) => body);
  expect(new Set(bodies).size).toBe(1);
});

test.each([
  ['udfald', 'no JSON at all', '{"art":', 'DA-001'],
  ['udfald', 'another document', svarJson(randomUUID()), 'DA-005'],
  ['svar', 'a udfald', JSON.stringify({ art: 'udfoert' }), 'DA-005'],
  [
    'svar',
    'money as a number',
    svarJson(randomUUID(), { resultat: { fordringer: [{ fordring: 'F', resultat: 'GENNEMFOERT', beloeb: 1 }] } }),
    'DA-005',
  ],
])('under %s, %s is put aside, and the debitorsystem is told', async (key, _what, body, kode) => {
  const correlationId = randomUUID();
  await server.publish(`${ID}.${key}`, body, correlationId);
  expect(await kvitteringTo(correlationId)).toMatchObject({ art: 'ulaeselig', kode });
});

test('a udfald that nobody asked for is neither kept nor complained about', async () => {
  const count = () => running.logLines.filter((line) => line.includes('message.unreadable')).length;
  const before = count();
  await server.publish(`${ID}.udfald`, JSON.stringify({ art: 'udfoert' }), 'handling:kulturskole:ukendt');
  const after = randomUUID();
  await server.publish(`${ID}.svar`, svarJson(randomUUID()), after);
  await kvitteringTo(after);
  expect(count()).toBe(before);
});

test('a restart in the middle of a command carries it out once', async () => {
  spoil = () => undefined;
  const before = beloebOf('F-7') ?? 0n;
  const came = server.received.length;
  const correlationId = await kulturskole.send(opskriv('F-7', '10.00'));
  await waitFor('the command', () => server.received.length > came);
  await running.restart();
  spoil = (udfald) => udfald;
  expect(kodeOf(await kulturskole.answer(correlationId))).toBe('ACCEPTERET');
  expect(beloebOf('F-7')).toBe(before + 1000n);
});
