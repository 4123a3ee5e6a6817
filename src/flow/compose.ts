/** Composes an answer: its document as XML or JSON, its message id, its headers. The one place where answers get their properties. */
import { hash } from 'node:crypto';
import { type AnswerEnvelope, type Compose, uuidOf } from '../anmodninger/definition.ts';
import type { Answer } from '../ledger/ledger.ts';
import { rootName, writeDocument } from '../oio/document.ts';

/** AMQP's bound for a short string; a longer correlation id is left out (spec 2). */
const MAX_CORRELATION_BYTES = 255;

function correlationOf(...candidates: readonly (string | undefined)[]): string | undefined {
  const first = candidates.find((candidate) => candidate !== undefined && candidate !== '');
  return first !== undefined && Buffer.byteLength(first) <= MAX_CORRELATION_BYTES ? first : undefined;
}

type Envelope = AnswerEnvelope & { readonly body: Uint8Array; readonly type: string };

function answerWith({ body, type, ...envelope }: Envelope): Answer {
  const { art, exchange, routingKey, kode, anmodningId, transaktionsId, properties } = envelope;
  const correlationId = correlationOf(properties.correlationId, properties.messageId, transaktionsId);
  // A TransportKvittering has nothing in it that names what it answers, so its id is derived from that too.
  const answered = anmodningId ?? envelope.fingerprint ?? '';
  return {
    art,
    exchange,
    routingKey,
    // Derived from the answer: the same answer sent again has the same id.
    messageId: uuidOf(routingKey, answered, hash('sha256', body, 'hex')),
    ...(correlationId === undefined ? {} : { correlationId }),
    type,
    body,
    headers: {
      ...(anmodningId === undefined ? {} : { 'anmodning-id': anmodningId }),
      'kvittering-kode': kode,
      ...(properties.traceparent === undefined ? {} : { traceparent: properties.traceparent }),
    },
    kode,
  };
}

export const compose: Compose = (stem, document, envelope) => {
  const body = writeDocument(stem, document, { namespace: envelope.namespace, spelling: envelope.spelling });
  return answerWith({ ...envelope, body, type: rootName(stem, envelope.spelling) });
};

/** An answer in JSON, to a debitorsystem that speaks it. */
export function composeJson(schema: 'svarkvittering', text: string, envelope: AnswerEnvelope): Answer {
  return answerWith({ ...envelope, body: Buffer.from(text), type: `${schema}.json` });
}
