/** Reading one delivery as a running adapter would, with the shipped catalogue and a registry of the tests' own. */
import { join } from 'node:path';
import type { Delivery } from '../../src/broker/delivery.ts';
import { loadConfig } from '../../src/config.ts';
import { createReader } from '../../src/flow/read.ts';
import type { Arrival, Judgement } from '../../src/ledger/ledger.ts';
import { loadRulebook } from '../../src/rulebook.ts';

export const RECEIVED_AT = Date.parse('2026-11-20T08:15:30.250Z');

const config = loadConfig({
  ADAPTER_AMQP_URL: 'amqp://localhost',
  ADAPTER_REGISTRY: join(import.meta.dirname, '..', 'fixtures', 'registry.json'),
});
export const rulebook = loadRulebook(config);
const read = createReader({ rulebook, requireUserId: true, maxMessageBytes: config.ADAPTER_MAX_MESSAGE_BYTES });

export function readDelivery(delivery: Delivery): Arrival {
  return read(delivery, RECEIVED_AT);
}

const TEXTS = /<\w+:(?:FejlTekst|FejlKode|FejlNummer|Begrundelse|AdvisTekst|AdvisNummer)>([^<]*)</g;

/**
 * What people get to read of a judgement: the reason in the lists, the texts of the answer, and all of a TransportKvittering.
 * Not what an answer repeats because it must: ids, and in the answer to a payment the FejlIdentifikation.
 */
export function textsOf(judgement: Judgement): string {
  const answer = judgement.art === 'answer' || judgement.art === 'fejlkoe' ? judgement.answer : undefined;
  const xml = new TextDecoder().decode(answer?.body);
  if (judgement.art === 'fejlkoe') return `${judgement.aarsag}\n${xml}`;
  return [...xml.matchAll(TEXTS)].map(([, text]) => text).join('\n');
}
