/** Two versions of the SF1590_B_04 messages side by side: each is judged by its own schema and answered in its own namespace. */
import { describe, expect, test } from 'vitest';
import type { Delivery } from '../../src/broker/delivery.ts';
import { loadConfig } from '../../src/config.ts';
import { decodeCommand, encodeCommand } from '../../src/domain/command.ts';
import type { DispatchOutcome } from '../../src/domain/udfald.ts';
import { createReader } from '../../src/flow/read.ts';
import { settlementOf } from '../../src/flow/settle.ts';
import type { Arrival, Claim, Judgement, Known } from '../../src/ledger/ledger.ts';
import { DEFAULT_DKA_NAMESPACE, OWN_DKA_NAMESPACES } from '../../src/oio/namespaces.ts';
import { type AnmodningParts, anmodning, opskriv, paaKonto, svarFraDebitorsystem } from '../support/meddelelser.ts';
import { RECEIVED_AT, rulebook } from '../support/reading.ts';
import { treeOf } from '../support/tree.ts';
import { xsdProblems } from '../support/xsd.ts';

const V10 = OWN_DKA_NAMESPACES['1.0'];
const V11 = OWN_DKA_NAMESPACES['1.1'];
const OFFICIEL = 'http://officiel.example/sf1590/b/04';
const NOTHING_KNOWN: Known = { earlier: 'none', eksternIdUsed: false };
const SAG = '<SagIdentifikator>SAG-2026-17</SagIdentifikator>';

function reading(...dkaNamespaces: readonly string[]): (xml: string, queue?: Delivery['queue']) => Arrival {
  const read = createReader({
    rulebook: { ...rulebook, dkaNamespaces },
    requireUserId: true,
    maxMessageBytes: 1024 * 1024,
  });
  return (xml, queue = 'debitorkonto') => {
    const userId = queue === 'udfald' ? 'kommunedebitor' : 'kulturskole';
    const delivery: Delivery = {
      queue,
      exchange: queue === 'udfald' ? 'debitor.udfald' : 'debitor.anmodning',
      routingKey: queue === 'udfald' ? `${userId}.udfald` : `debitorkonto.${userId}`,
      redelivered: false,
      body: Buffer.from(xml),
      properties: { userId, messageId: 'message-1' },
    };
    return read(delivery, RECEIVED_AT);
  };
}

function inNamespace(xml: string, namespace: string): string {
  return xml.replaceAll(`xmlns="${DEFAULT_DKA_NAMESPACE}"`, `xmlns="${namespace}"`);
}

/** An OPSKRIV whose last but one parameter is what only version 1.1 has. */
function withSag(namespace: string, parts: Partial<AnmodningParts> = {}): string {
  const parametre = `<Beloeb>1</Beloeb><AarsagKode>TEST</AarsagKode>${SAG}<Parameter><Navn>a</Navn><Vaerdi>b</Vaerdi></Parameter>`;
  return inNamespace(opskriv('F-1', '1', { parametre, ...parts }), namespace);
}

function dispatched(arrival: Arrival): Judgement & { readonly art: 'dispatch' } {
  const judgement = arrival.judge(NOTHING_KNOWN);
  if (judgement.art !== 'dispatch') throw new Error(JSON.stringify(judgement));
  return judgement;
}

/** The command after its way through the ledger. */
function commandOf(arrival: Arrival) {
  const command = decodeCommand(encodeCommand(dispatched(arrival).command));
  if (command.art !== 'handling') throw new Error(command.art);
  return command;
}

function settled(arrival: Arrival, outcome: DispatchOutcome) {
  const { kontekst } = dispatched(arrival);
  const command = commandOf(arrival);
  const { properties } = arrival;
  const claim: Claim = {
    seq: 1,
    kind: 'debitorkonto',
    command,
    kontekst,
    attempt: 1,
    asked: 1,
    inDoubt: false,
    properties,
  };
  return settlementOf(claim, outcome, {
    svarform: command.svarform,
    attempt: 1,
    inDoubt: false,
    capabilities: { idempotent: true, opslag: true },
    policy: { maxAttempts: 1, initialDelayMs: 1, maxDelayMs: 1 },
    now: RECEIVED_AT + 1000,
    chance: 0,
  });
}

function namespaceOf(body: Uint8Array | undefined): string {
  expect(body && xsdProblems(body)).toEqual([]);
  return treeOf(body ?? '').namespace;
}

describe('with both versions accepted', () => {
  const read = reading(V10, V11);

  test('1.1 passes its element on to the debitorsystem, 1.0 never has it', () => {
    expect(commandOf(read(withSag(V11))).parametre).toMatchObject({ sagIdentifikator: 'SAG-2026-17' });
    expect(commandOf(read(inNamespace(opskriv('F-1', '1'), V11))).parametre).not.toHaveProperty('sagIdentifikator');
    expect(commandOf(read(opskriv('F-1', '1'))).parametre).not.toHaveProperty('sagIdentifikator');
  });

  test('1.0 refuses the element, and says which version has it', () => {
    expect(read(withSag(V10)).judge(NOTHING_KNOWN)).toMatchObject({
      art: 'fejlkoe',
      kode: 'DA-005',
      aarsag: expect.stringMatching(
        /linje \d+, kolonne \d+, \/DebitorkontoAnmodningAfsend_I\/HandlingParametre\/SagIdentifikator: elementet findes først i version 1\.1/,
      ),
    });
  });

  test.each([V10, V11])('the kvittering stands in the namespace of its anmodning: %s', (namespace) => {
    const settlement = settled(read(inNamespace(opskriv('F-1', '1'), namespace)), { art: 'udfoert' });
    expect(namespaceOf('answer' in settlement ? settlement.answer.body : undefined)).toBe(namespace);
    const refused = inNamespace(opskriv('F-1', '1', { kode: 'UKENDT' }), namespace);
    const judgement = read(refused).judge(NOTHING_KNOWN);
    expect(namespaceOf(judgement.art === 'answer' ? judgement.answer.body : undefined)).toBe(namespace);
  });

  test.each([V10, V11])('so does a later svar, in whatever version the debitorsystem reports it: %s', (namespace) => {
    const id = '11111111-2222-4333-8444-555555555555';
    const parametre = '<AarsagKode>TEST</AarsagKode>';
    const later = anmodning({ kode: 'AFSKRIV', handling: paaKonto('K-1'), parametre, id, transaktionsId: 'T-1' });
    const arrival = read(inNamespace(later, namespace));
    const modtaget = settled(arrival, { art: 'accepteretTilSenere' });
    expect(namespaceOf('answer' in modtaget ? modtaget.answer.body : undefined)).toBe(namespace);

    for (const reportedIn of [V10, V11]) {
      const svar = svarFraDebitorsystem({ id, transaktionsId: 'T-1', kode: 'AFSKRIV' });
      const judgement = read(inNamespace(svar, reportedIn), 'udfald').judge(NOTHING_KNOWN);
      if (judgement.art !== 'svar') throw new Error(JSON.stringify(judgement));
      expect(namespaceOf(judgement.receipt('recorded').body)).toBe(reportedIn);
      const { kontekst } = dispatched(arrival);
      const subject = { command: commandOf(arrival), kontekst, properties: arrival.properties };
      expect(namespaceOf(judgement.report.write(subject).body)).toBe(namespace);
    }
  });

  test('the same anmodning in the other version is a repeat, and with the element it is another content', () => {
    const id = '99999999-2222-4333-8444-555555555555';
    const first = read(opskriv('F-1', '1', { id }));
    expect(read(inNamespace(opskriv('F-1', '1', { id }), V11)).identity).toEqual(first.identity);
    const other = opskriv('F-1', '1', { id }).replace('</AarsagKode>', `</AarsagKode>${SAG}`);
    expect(read(inNamespace(other, V11)).identity).toMatchObject({ id, kind: 'debitorkonto' });
    expect(read(inNamespace(other, V11)).identity?.contentHash).not.toBe(first.identity?.contentHash);
  });
});

describe('which version a namespace is', () => {
  test('is 1.0 where nothing else is said, and what is not accepted is refused', () => {
    expect(loadConfig({ ADAPTER_AMQP_URL: 'amqp://x' }).ADAPTER_DKA_NAMESPACES).toEqual([V10]);
    expect(reading(V10)(withSag(V11)).judge(NOTHING_KNOWN)).toMatchObject({ art: 'fejlkoe', kode: 'DA-004' });
    expect(reading(OFFICIEL)(withSag(OFFICIEL)).judge(NOTHING_KNOWN)).toMatchObject({ kode: 'DA-005' });
  });

  test('can be said of a namespace that is not our own', () => {
    const read = reading(V10, `${OFFICIEL}=1.1`);
    expect(commandOf(read(withSag(OFFICIEL))).parametre).toMatchObject({ sagIdentifikator: 'SAG-2026-17' });
    const settlement = settled(read(withSag(OFFICIEL)), { art: 'udfoert' });
    expect('answer' in settlement ? treeOf(settlement.answer.body).namespace : undefined).toBe(OFFICIEL);
  });

  test.each([[`${OFFICIEL}=2.0`], [`${V10} ${V10}`], [`${V10},${V10}=1.1`], ['']])(
    'must be known, once for each: %s',
    (value) => {
      const problem = /ADAPTER_DKA_NAMESPACES skal nævne/;
      expect(() => loadConfig({ ADAPTER_AMQP_URL: 'amqp://x', ADAPTER_DKA_NAMESPACES: value })).toThrow(problem);
    },
  );
});
