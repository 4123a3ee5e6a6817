/** Who a message says that it is from: what contradicts the user that RabbitMQ vouches for, and what is only wrong. */
import { describe, expect, test } from 'vitest';
import { opskriv } from '../support/meddelelser.ts';
import { readDelivery } from '../support/reading.ts';

const OWN = '5b0d6c2e-3f7a-4b1c-9d2e-8a7f6c5b4a31';
const OF_ANOTHER = '9c2f4d1a-6b3e-4f70-8a51-2d7c9e0b4f68';

function outcome(instans: string): { readonly art: string; readonly answered: boolean } {
  const body = Buffer.from(opskriv('F-1', '1').replace(`>${OWN}<`, `>${instans}<`));
  const judgement = readDelivery({
    queue: 'debitorkonto',
    exchange: 'debitor.anmodning',
    routingKey: 'debitorkonto.kulturskole',
    redelivered: false,
    body,
    properties: { userId: 'kulturskole' },
  }).judge({ earlier: 'none', eksternIdUsed: false });
  return judgement.art === 'fejlkoe'
    ? { art: judgement.kode, answered: judgement.answer !== undefined }
    : { art: judgement.art, answered: false };
}

describe('AfsenderItSystemInstans', () => {
  test.each([OWN, `\n  ${OWN.toUpperCase()}\t`])('of the sender is taken, however it is written: %j', (instans) => {
    expect(outcome(instans)).toEqual({ art: 'dispatch', answered: false });
  });

  test.each([OF_ANOTHER, OF_ANOTHER.toUpperCase(), ` ${OF_ANOTHER} `, '00000000-0000-0000-0000-000000000000'])(
    'of another it-system is a security event, and never answered: %j',
    (instans) => {
      expect(outcome(instans)).toEqual({ art: 'DA-120', answered: false });
    },
  );

  test.each([
    `{${OWN}}`,
    `urn:uuid:${OWN}`,
    OWN.slice(0, -1),
    OF_ANOTHER.replaceAll('-', ''),
    `${OWN} ${OWN}`,
    'x',
    '',
  ])('that is no UUID is against the schema, and the sender is told: %j', (instans) => {
    expect(outcome(instans)).toEqual({ art: 'DA-005', answered: true });
  });
});
