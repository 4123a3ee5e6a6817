/** The same again, and others under the same id: what a client's waits get, against a real adapter on a real broker. */
import { randomUUID } from 'node:crypto';
import { type ChannelModel, connect } from 'amqplib';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Anmodning, FagsystemClientOptions, Kvittering, Svar } from '../../src/client/client.ts';
import { nameAnmodning, nameIndbetaling, writeAnmodning, writeIndbetaling } from '../../src/client/message.ts';
import { OWN_DKA_NAMESPACES, parseDkaNamespaces } from '../../src/oio/namespaces.ts';
import { type Party, startTestAdapter, type TestAdapter } from '../support/adapter.ts';
import { waitFor } from '../support/wait.ts';
import { betaling, henstand, openFor, opskriv, QUEUE, RUTE, readyIn, urlFor } from './scene.ts';

const SVAR_DELAY_MS = 1_000;
const NAMESPACES = Object.values(OWN_DKA_NAMESPACES);
const accepted = parseDkaNamespaces(NAMESPACES) ?? new Map();
const BYGGESAG = {
  afsender: { organisation: '55133018', itSystemInstans: '9c2f4d1a-6b3e-4f70-8a51-2d7c9e0b4f68' },
  modtager: { organisation: '55133018' },
};

let running: TestAdapter;
let admin: ChannelModel;
/** Another process of the same fagsystem, which leaves the queue to the client. */
let other: Party;

beforeAll(async () => {
  running = await startTestAdapter({
    senereDelayMs: SVAR_DELAY_MS,
    env: { ADAPTER_DKA_NAMESPACES: NAMESPACES.join(' ') },
  });
  admin = await connect(running.vhost.url, { noDelay: true });
  admin.on('error', () => undefined);
  other = await running.fagsystem('kulturskole', { consume: false });
});
afterAll(async () => {
  await other?.close();
  await admin?.close().catch(() => undefined);
  await running?.stop();
});

const open = (options: Partial<FagsystemClientOptions> = {}) => openFor(running, options);

/** As another process sends it: with a RequestId that the client knows nothing of. */
async function sendElsewhere(anmodning: Anmodning): Promise<void> {
  const { body, correlationId } = writeAnmodning(nameAnmodning(anmodning), RUTE, accepted, Date.now());
  await other.send(Buffer.from(body), { correlationId });
}

describe('the same sent again in the same process', () => {
  const kinds = ['with subscriptions', 'without subscriptions'] as const;

  test.each(kinds)('%s: every call gets the kvittering', async (kind) => {
    const { client } = await open({ maxUnderWay: 1, sendLimitMs: 5_000 });
    const kvitteringer: Kvittering[] = [];
    if (kind === 'with subscriptions') client.onKvittering((one) => void kvitteringer.push(one));
    const anmodning = { ...opskriv('F-1', 1n), anmodningIdentifikator: randomUUID() };
    const indbetaling = betaling({ transaktionsId: randomUUID() });
    const ids = new Set<string | undefined>();
    for (let call = 0; call < 10; call += 1) {
      const kvittering = await (await client.send(anmodning)).kvittering();
      const betalt = await (await client.sendIndbetaling(indbetaling)).kvittering();
      expect([kvittering.kode, betalt.kode]).toEqual(['ACCEPTERET', 'ACCEPTERET']);
      ids.add(kvittering.messageId).add(betalt.messageId);
    }
    // No place has been lost on the way: there is one only.
    expect((await (await client.send(opskriv('F-1', 1n))).kvittering()).kode).toBe('ACCEPTERET');
    expect(ids.size).toBe(2);
    // And the subscription is not told the same twice.
    expect(kvitteringer.length).toBe(kind === 'with subscriptions' ? 3 : 0);
    await waitFor('an empty queue', async () => (await readyIn(admin, QUEUE)) === 0);
  });

  test('after the wait ran out and the kvittering came late: the next call gets it', async () => {
    const { client } = await open();
    const passedOn = Promise.withResolvers<void>();
    client.onKvittering(() => passedOn.resolve());
    const anmodning = { ...opskriv('F-2', 1n), anmodningIdentifikator: randomUUID() };
    await expect((await client.send(anmodning)).kvittering({ limitMs: 0 })).rejects.toThrow(/anden proces|DA-120/);
    await passedOn.promise;
    expect((await (await client.send(anmodning)).kvittering()).kode).toBe('ACCEPTERET');
  });

  test('what lay unclaimed in the queue from an earlier life answers the call', async () => {
    // A fagsystem of its own: a repeat that nobody waited for may still come to the other's queue.
    const [id, rute] = ['byggesag', BYGGESAG];
    const opskrivning: Anmodning = {
      handlingstype: 'OPSKRIV',
      handling: { variant: 2, debitorkonto: 'BYG-1', fordringer: ['F-1'] },
      parametre: { beloeb: 1n, aarsagKode: 'TEST' },
    };
    const anmodning = { ...opskrivning, anmodningIdentifikator: randomUUID() };
    const earlier = await running.fagsystem(id, { consume: false });
    onTestFinished(() => earlier.close());
    await earlier.send(Buffer.from(writeAnmodning(nameAnmodning(anmodning), rute, accepted, Date.now()).body));
    const ready = () => readyIn(admin, `debitor.svar.${id}`);
    await waitFor('the kvittering', async () => (await ready()) === 1);
    const { client } = await open({ url: urlFor(running, id), ...rute });
    // Answers come in the order of the queue: the first one is held by now.
    await (await client.send(opskrivning)).kvittering();
    expect((await (await client.send(anmodning)).kvittering()).kode).toBe('ACCEPTERET');
    await client.close();
    expect(await ready()).toBe(0);
  });
});

describe('an id that is used again for something else', () => {
  test('is told apart, and refuses that use of it alone', async () => {
    const { client } = await open();
    const anmodningIdentifikator = randomUUID();
    const transaktionsId = randomUUID();
    await (await client.send({ ...opskriv('F-4', 1n), anmodningIdentifikator })).kvittering();
    await (await client.sendIndbetaling(betaling({ transaktionsId }))).kvittering();
    const again = await (await client.send({ ...opskriv('F-4', 2n), anmodningIdentifikator })).kvittering();
    expect(again).toMatchObject({ kode: 'AFVIST', genbrugtId: true, fejl: [{ kode: 'DA-104' }] });
    const paid = await (await client.sendIndbetaling(betaling({ transaktionsId, beloeb: 2n }))).kvittering();
    expect(paid).toMatchObject({ kode: 'AFVIST', genbrugtId: true, fejl: [{ kode: 'DA-110' }] });
    const refused = await (await client.send({ ...opskriv('F-4', 1n), handlingstype: 'UKENDT' })).kvittering();
    expect(refused).toMatchObject({ kode: 'AFVIST', genbrugtId: false });
  });

  test.each([
    ['with a subscription', 'KONTO-20'],
    ['without one', 'KONTO-24'],
  ] as const)('by another process, %s: whoever waits for the svar gets the svar', async (kind, debitorkonto) => {
    const { client } = await open();
    const others: Kvittering[] = [];
    const subscribes = kind === 'with a subscription';
    if (subscribes) client.onKvittering((one) => void ('genbrugtId' in one && one.genbrugtId && others.push(one)));
    const anmodningIdentifikator = randomUUID();
    const sendt = await client.send({ ...henstand(debitorkonto), anmodningIdentifikator });
    expect((await sendt.kvittering()).kode).toBe('MODTAGET');
    await sendElsewhere({ ...henstand('KONTO-25'), anmodningIdentifikator });
    if (subscribes) await waitFor('the refusal of the other', () => others.length === 1);
    const svar: Svar = await sendt.svar();
    expect(svar).toMatchObject({ anmodningIdentifikator, status: 'GENNEMFOERT' });
    await client.close();
    // What was refused is the other's: it lies there for it, where nobody here has taken it.
    expect(await readyIn(admin, QUEUE)).toBe(subscribes ? 0 : 1);
    const channel = await admin.createChannel();
    await channel.purgeQueue(QUEUE);
    await channel.close();
  });
});

describe('a refusal of one call', () => {
  test('that an earlier life of the process got already comes to this one’s call too', async () => {
    const anmodningIdentifikator = randomUUID();
    const first = await open();
    await (await first.client.send({ ...opskriv('F-5', 1n), anmodningIdentifikator })).kvittering();
    const refused = await (await first.client.send({ ...opskriv('F-5', 2n), anmodningIdentifikator })).kvittering();
    await first.client.close();
    const second = await open();
    const again = await (await second.client.send({ ...opskriv('F-5', 2n), anmodningIdentifikator })).kvittering();
    expect(again).toMatchObject({ genbrugtId: true, messageId: refused.messageId });
  });

  test('of a cash payment, that another process got, leaves the wait for one’s own', async () => {
    const { client } = await open();
    const others: Kvittering[] = [];
    client.onKvittering((one) => void ('genbrugtId' in one && one.genbrugtId && others.push(one)));
    const transaktionsId = randomUUID();
    const sendt = await client.sendIndbetaling(betaling({ transaktionsId }));
    const elsewhere = writeIndbetaling(nameIndbetaling(betaling({ transaktionsId, beloeb: 2n })), Date.now());
    await other.send(Buffer.from(elsewhere.body), {
      queue: 'kontantindbetaling',
      correlationId: elsewhere.correlationId,
    });
    await waitFor('the refusal of the other', () => others.length === 1);
    expect((await sendt.kvittering()).kode).toBe('ACCEPTERET');
  });

  test('that could not be read is told to the call', async () => {
    const { client } = await open({ dkaNamespaces: ['urn:ikke-aaben=1.1', OWN_DKA_NAMESPACES['1.0']] });
    const sendt = await client.send(opskriv('F-6', 1n));
    expect(await sendt.kvittering()).toMatchObject({
      kode: 'FEJL',
      genbrugtId: false,
      anmodningIdentifikator: sendt.anmodningIdentifikator,
      fejl: [{ kode: 'DA-004', tekst: expect.stringContaining('i et andet namespace; her skal') }],
    });
  });
});

describe('what an anmodning may say', () => {
  test('another myndighed of the fagsystem is acted for; and a client that was opened and closed had no problem', async () => {
    const { client, problems } = await open();
    const sendt = await client.send({ ...opskriv('F-1', 1n), myndighed: '55133018' });
    // The simulator has no debitorkonto for it, and so it was the simulator that was asked.
    expect(await sendt.kvittering()).toMatchObject({ kode: 'AFVIST', fejl: [{ kode: 'DA-201' }] });
    await client.close();
    expect(problems).toEqual([]);
  });

  test('sagIdentifikator goes with version 1.1', async () => {
    const { client } = await open({ dkaNamespaces: [OWN_DKA_NAMESPACES['1.1']] });
    const { parametre, ...rest } = opskriv('F-6', 1n);
    const sendt = await client.send({ ...rest, parametre: { ...parametre, sagIdentifikator: 'SAG-1' } });
    const kvittering = await sendt.kvittering();
    expect(kvittering.kode).toBe('ACCEPTERET');
    expect(Buffer.from(kvittering.body).toString()).toContain(OWN_DKA_NAMESPACES['1.1']);
  });
});
