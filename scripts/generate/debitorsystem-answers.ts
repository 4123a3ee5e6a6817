/**
 * What the adapter answers a debitorsystem outside the process, for every kind of thing that one may send on `debitor.udfald`:
 * each made by the code that runs. They are not files of examples/; the wire contract takes routing keys, types and codes of them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, SvarVerdict } from '../../src/ledger/ledger.ts';
import { type ReadExample, readerOfExamples } from './answers.ts';

const MESSAGES = join(import.meta.dirname, '..', '..', 'examples', 'meddelelser');
const DEBITORSYSTEM = 'kommunedebitor';
const KEYS = ['svar', 'udfald'] as const;

const SVAR_JSON = {
  noegle: 'handling:kulturskole:11111111-2222-4333-8444-555555555555',
  anmodningIdentifikator: '11111111-2222-4333-8444-555555555555',
  status: 'GENNEMFOERT',
  tid: '2026-11-22T09:30:00.000Z',
};
/** One of each answer: accepted, and refused. */
const VERDICTS: readonly SvarVerdict[] = ['recorded', 'unknown'];

interface Sent {
  readonly key: (typeof KEYS)[number];
  readonly contentType: 'application/xml' | 'application/json';
  readonly body: Uint8Array;
}

function everything(): readonly Sent[] {
  const xml = ['svar-debitorsystem.xml', 'ikke-velformet.xml'].map((file) => readFileSync(join(MESSAGES, file)));
  const json = [JSON.stringify(SVAR_JSON), '{'].map((text) => Buffer.from(text));
  return KEYS.flatMap((key) => [
    ...xml.map((body) => ({ key, contentType: 'application/xml' as const, body })),
    ...json.map((body) => ({ key, contentType: 'application/json' as const, body })),
  ]);
}

function answersTo({ key, contentType, body }: Sent, read: ReadExample): readonly Answer[] {
  const judgement = read({
    queue: 'udfald',
    exchange: 'debitor.udfald',
    routingKey: `${DEBITORSYSTEM}.${key}`,
    redelivered: false,
    body,
    properties: { userId: DEBITORSYSTEM, contentType, correlationId: 'samtale' },
  });
  if (judgement.art === 'svar') return VERDICTS.map((verdict) => judgement.receipt(verdict));
  return judgement.art === 'fejlkoe' && judgement.answer !== undefined ? [judgement.answer] : [];
}

/** Every answer, with who it is for. */
export function debitorsystemAnswers(): readonly { readonly answer: Answer; readonly afsender: string }[] {
  return everything().flatMap((sent) =>
    answersTo(sent, readerOfExamples).map((answer) => ({ answer, afsender: DEBITORSYSTEM })),
  );
}
