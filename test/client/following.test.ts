/** Which kvittering ends which wait. */
import { expect, test } from 'vitest';
import type { AnmodningKvittering, Understood } from '../../src/client/answers.ts';
import { awaitAnswer, Following } from '../../src/client/following.ts';
import { nameAnmodning, writeAnmodning } from '../../src/client/message.ts';
import { OWN_DKA_NAMESPACES } from '../../src/oio/namespaces.ts';
import { henstand, RUTE } from './scene.ts';

const namespaces = new Map([[OWN_DKA_NAMESPACES['1.0'], '1.0' as const]]);
const outgoing = writeAnmodning(nameAnmodning(henstand('KONTO-1')), RUTE, namespaces, 0);
const received = { messageId: 'm', correlationId: outgoing.id, body: new Uint8Array() };
const om = { art: 'debitorkonto', anmodningIdentifikator: outgoing.id, transaktionsId: 't', ...received } as const;

function understood(answer: AnmodningKvittering, call: string): Understood {
  return { answer, kind: 'debitorkonto', id: outgoing.id, call };
}

const MODTAGET: AnmodningKvittering = { ...om, kode: 'MODTAGET', forventetSvarDato: '2027-01-01' };
const BRUGT: AnmodningKvittering = {
  ...om,
  kode: 'AFVIST',
  begrundelse: undefined,
  fejl: [{ kode: 'DA-104', tekst: '' }],
  genbrugtId: true,
};

const isPending = (promise: Promise<unknown>) =>
  expect(awaitAnswer(promise, { what: 'kvittering', limitMs: 0, unclaimed: () => 0 })).rejects.toThrow('0 ms');

test('the refusal of another sender’s call that comes first ends no wait here; the kvittering that follows does', async () => {
  const following = new Following(10);
  const followed = await following.follow(outgoing, 0);
  following.settle(understood(BRUGT, 'somebody else’s'));
  await isPending(followed.kvittering.promise);
  following.settle(understood(MODTAGET, outgoing.correlationId));
  expect(await followed.kvittering.promise).toBe(MODTAGET);
});

test('the refusal of a call of its own ends the wait, whichever of them it answers', async () => {
  const following = new Following(10);
  const followed = await following.follow(outgoing, 0);
  expect(await following.follow({ ...outgoing, correlationId: 'the second' }, 0)).toBe(followed);
  following.settle(understood(BRUGT, 'the second'));
  expect(await followed.kvittering.promise).toBe(BRUGT);
});

test('no kvittering changes anything after MODTAGET', async () => {
  const following = new Following(10);
  const followed = await following.follow(outgoing, 0);
  following.settle(understood(MODTAGET, outgoing.correlationId));
  following.settle(understood(BRUGT, outgoing.correlationId));
  await isPending(followed.svar.promise);
});
