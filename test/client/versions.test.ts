/** A fagsystem's processes share one queue, and are upgraded one by one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAnswer } from '../../src/client/answers.ts';
import { readableNamespaces } from '../../src/client/options.ts';
import { OWN_DKA_NAMESPACES, parseDkaNamespaces } from '../../src/oio/namespaces.ts';

const EXAMPLE = join(import.meta.dirname, '..', '..', 'examples', 'svar', 'kvittering-accepteret.xml');

test('a client that writes version 1.0 reads the answer to what a newer process sent in 1.1', () => {
  const asked = parseDkaNamespaces([OWN_DKA_NAMESPACES['1.0']]);
  if (asked === undefined) throw new Error('the own namespace is not known');
  const text = readFileSync(EXAMPLE, 'utf8').replaceAll(OWN_DKA_NAMESPACES['1.0'], OWN_DKA_NAMESPACES['1.1']);
  expect(text).toContain(OWN_DKA_NAMESPACES['1.1']);
  const answer = {
    routingKey: 'kulturskole.kvittering.debitorkonto',
    type: 'DebitorkontoAnmodningAfsend_O',
    correlationId: undefined,
    messageId: undefined,
    kode: 'ACCEPTERET',
    body: Buffer.from(text),
  };
  expect(readAnswer(answer, readableNamespaces(asked))?.answer).toMatchObject({
    art: 'debitorkonto',
    kode: 'ACCEPTERET',
  });
  expect(readAnswer(answer, asked)).toBeUndefined();
});
