/**
 * The same as `read.ts` for what a debitorsystem outside the process sends as JSON on `debitor.udfald`: a svar is recorded by
 * the same rules as one in XML, and answered in JSON. A udfald is nothing to record: whichever adapter waits for it has heard
 * it on a queue of its own (backend `amqp`), and what nobody heard is asked for again.
 */
import { refusalOf, svarReportOf } from '../anmodninger/debitorkontoanmodning/svar.ts';
import { contentHash } from '../anmodninger/definition.ts';
import type { Delivery } from '../broker/delivery.ts';
import { parseReportedSvar } from '../debitorsystem/udfald-contract.ts';
import { readSvar, readUdfald, type SvarBesked, WireProblem, writeSvarkvittering } from '../debitorsystem/wire.ts';
import type { Fejl } from '../domain/fejl.ts';
import type { Instant } from '../domain/identer.ts';
import type { RegisteredDebitorsystem } from '../domain/registry.ts';
import { fejl } from '../errors.ts';
import type { Answer, Identity, Judgement, Known, SvarVerdict } from '../ledger/ledger.ts';
import { compose, composeJson } from './compose.ts';
import { fagsystemOf } from './report-svar.ts';

interface Read {
  readonly identity?: Identity;
  readonly judge: (known: Known) => Judgement;
}

export interface JsonRefusal {
  readonly refused: Fejl;
}

const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

export function isJson({ queue, properties }: Delivery): boolean {
  return queue === 'udfald' && JSON_TYPE.test(properties.contentType ?? '');
}

/** The same codes as for XML, in words that fit JSON. */
const JSON_FEJL = {
  'DA-001': ['Meddelelsen er ikke velformet JSON', 'Ret den, og send den igen'],
  'DA-002': ['Meddelelsens tegnkodning kan ikke læses', 'Send JSON i UTF-8'],
} as const;

/** What is wrong with it, for people; anything else is ours. */
function refusalFor(error: unknown): Fejl {
  if (error instanceof WireProblem && error.kode !== 'DA-005') {
    const [hvad, afhjaelpning] = JSON_FEJL[error.kode];
    return { kode: error.kode, tekst: `${hvad} (${error.message}). ${afhjaelpning}.` };
  }
  if (error instanceof WireProblem || error instanceof TypeError) return fejl('DA-005', error.message);
  throw error;
}

/** Reads it; or says why it is refused, which is then for the caller to answer with {@link jsonRefusal}. */
export function readJson(
  delivery: Delivery,
  debitorsystem: RegisteredDebitorsystem,
  receivedAt: Instant,
  maxBytes: number,
): Read | JsonRefusal {
  const { body, routingKey } = delivery;
  if (body.length > maxBytes) return { refused: fejl('DA-006', `højst ${maxBytes} byte`) };
  try {
    if (routingKey === `${debitorsystem.id}.udfald`) {
      readUdfald(body);
      return { judge: () => ({ art: 'nothing' }) };
    }
    const { reference, svar } = readSvar(body);
    return readingOf(delivery, debitorsystem, { reference, svar: parseReportedSvar(svar) }, receivedAt);
  } catch (error) {
    return { refused: refusalFor(error) };
  }
}

function readingOf(
  delivery: Delivery,
  { id: debitorsystem }: RegisteredDebitorsystem,
  { reference, svar }: SvarBesked,
  receivedAt: Instant,
): Read {
  const { noegle, anmodningIdentifikator } = reference;
  const fagsystem = fagsystemOf(noegle);
  const reported = { svar, anmodningId: anmodningIdentifikator, at: receivedAt };
  const report = svarReportOf(fagsystem === undefined ? reported : { ...reported, fagsystem }, compose);
  // When it was decided belongs to it as to one in XML: a later look at the same outcome is a message of its own.
  const identity: Identity = {
    kind: 'svar',
    sender: debitorsystem,
    id: anmodningIdentifikator,
    contentHash: contentHash({ noegle, svar: report.contentHash, tid: svar.tid }),
  };
  const receipt = (verdict: SvarVerdict): Answer => {
    const refusal = refusalOf(verdict);
    const text =
      refusal === undefined
        ? writeSvarkvittering({ art: 'modtaget', noegle })
        : writeSvarkvittering({ art: 'afvist', noegle, ...refusal });
    return composeJson('svarkvittering', text, {
      art: 'svarkvittering',
      exchange: 'debitor.udfald.kvittering',
      routingKey: `${debitorsystem}.svar`,
      kode: refusal === undefined ? 'ACCEPTERET' : 'AFVIST',
      anmodningId: anmodningIdentifikator,
      properties: delivery.properties,
    });
  };
  const judge = ({ earlier }: Known): Judgement =>
    earlier === 'same' ? { art: 'repeat' } : { art: 'svar', report, receipt, details: { transaktionsId: '' } };
  return { identity, judge };
}

/** What a known debitorsystem is told of JSON that can't be read. */
export function jsonRefusal(delivery: Delivery, { kode, tekst }: Fejl, fingerprint: string): Answer {
  return composeJson('svarkvittering', writeSvarkvittering({ art: 'ulaeselig', kode, tekst }), {
    art: 'transportkvittering',
    exchange: 'debitor.udfald.kvittering',
    routingKey: delivery.routingKey,
    kode: 'FEJL',
    fingerprint,
    properties: delivery.properties,
  });
}
