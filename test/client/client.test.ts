/** The client for fagsystemer, against a real adapter on a real broker, with a fagsystem's least permissions. */
import { randomBytes, randomUUID } from 'node:crypto';
import { type ChannelModel, type ConsumeMessage, connect } from 'amqplib';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  type Anmodning,
  AnswerTimedOut,
  ClientClosed,
  type FagsystemClientOptions,
  InvalidAnmodning,
  type Kvittering,
  NoSvarFollows,
  NotConfirmed,
  NotRouted,
  openFagsystemClient,
  type Svar,
} from '../../src/client/client.ts';
import { startTestAdapter, type TestAdapter } from '../support/adapter.ts';
import { freshVhost } from '../support/broker.ts';
import { FaultProxy } from '../support/fault-proxy.ts';
import { waitFor } from '../support/wait.ts';
import { xsdProblems } from '../support/xsd.ts';
import { betaling, henstand, openFor, opskriv, QUEUE, RUTE, readyIn, urlFor } from './scene.ts';

const SVAR_DELAY_MS = 200;

let running: TestAdapter;
let admin: ChannelModel;

beforeAll(async () => {
  running = await startTestAdapter({ senereDelayMs: SVAR_DELAY_MS });
  admin = await connect(running.vhost.url, { noDelay: true });
  admin.on('error', () => undefined);
});
afterAll(async () => {
  await admin?.close().catch(() => undefined);
  await running?.stop();
});

const urlOf = (id: string) => urlFor(running, id);
const open = (options: Partial<FagsystemClientOptions> = {}) => openFor(running, options);
const ready = () => readyIn(admin, QUEUE);

/** An earlier test's lost connections may have left a repeated kvittering behind. */
async function empty(): Promise<void> {
  const channel = await admin.createChannel();
  await channel.purgeQueue(QUEUE);
  await channel.close();
}

/** What is published to an exchange from now on, as seen beside it. */
async function listen(exchange: string) {
  const channel = await admin.createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.bindQueue(queue, exchange, '#');
  const messages: ConsumeMessage[] = [];
  await channel.consume(queue, (message) => message !== null && messages.push(message), { noAck: true });
  onTestFinished(() => channel.close().catch(() => undefined));
  return { messages, channel };
}

describe('an anmodning', () => {
  const straks: readonly (readonly [string, Anmodning])[] = [
    [
      '1',
      {
        handlingstype: 'AENDR_TILSTAND',
        handling: { variant: 1, debitorkonto: 'KONTO-10', objektType: 'FORDRING' },
        parametre: { navngivne: { Tilstand: 'SAT_I_BERO' } },
      },
    ],
    ['2', opskriv('F-1', '12.05')],
    ['3', { handlingstype: 'UDLIGN', handling: { variant: 3, fra: 'KONTO-2', til: 'KONTO-3' } }],
    [
      '4',
      {
        handlingstype: 'OMPOSTER',
        handling: {
          variant: 4,
          fra: { debitorkonto: 'KONTO-2', fordringer: ['F-1'] },
          til: { debitorkonto: 'KONTO-3', fordringer: ['F-1'] },
        },
        parametre: { beloeb: 10_000n, valuta: 'DKK' },
      },
    ],
  ];

  test.each(straks)('of variant %s is sent from its values and answered with its result', async (_, anmodning) => {
    const { client } = await open();
    const sendt = await client.send(anmodning);
    const kvittering = await sendt.kvittering();
    expect(kvittering).toMatchObject({
      art: 'debitorkonto',
      kode: 'ACCEPTERET',
      anmodningIdentifikator: sendt.anmodningIdentifikator,
      transaktionsId: sendt.transaktionsId,
      resultat: { fordringer: expect.arrayContaining([expect.objectContaining({ resultat: 'GENNEMFOERT' })]) },
    });
    await expect(sendt.svar()).rejects.toThrow(NoSvarFollows);
  });

  test('is persistent, names its user, carries its ids, and follows the XSD', async () => {
    const { messages } = await listen('debitor.anmodning');
    const { client } = await open();
    const id = randomUUID();
    const traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
    const sendt = await client.send({
      ...opskriv('F-2', 1n),
      anmodningIdentifikator: id.toUpperCase(),
      transaktionsId: 'samtale <1> & "2"',
      myndighed: '29189846',
      paaVegneAf: 'sagsbehandler',
      traceparent,
    });
    expect((await sendt.kvittering()).transaktionsId).toBe('samtale <1> & "2"');
    expect(sendt.anmodningIdentifikator).toBe(id);
    const [message] = messages;
    expect(message?.fields.routingKey).toBe('debitorkonto.kulturskole');
    expect(message?.properties).toMatchObject({
      deliveryMode: 2,
      userId: 'kulturskole',
      contentType: 'application/xml',
      contentEncoding: 'utf-8',
      correlationId: expect.stringMatching(new RegExp(`^${id}/[0-9a-f]{8}$`)),
      type: 'DebitorkontoAnmodningAfsend_I',
      headers: { traceparent },
    });
    const xml = message?.content ?? Buffer.alloc(0);
    expect(xml.toString()).toContain(`<k:RequestId>${message?.properties.messageId}</k:RequestId>`);
    // The XSD judges UUIDs in lower case.
    expect(xsdProblems(xml.toString().replaceAll(id.toUpperCase(), id))).toEqual([]);
  });

  test('that is accepted for later is answered MODTAGET, and then by its svar', async () => {
    const { client } = await open();
    const sendt = await client.send(henstand('KONTO-12'));
    const kvittering = await sendt.kvittering();
    expect(kvittering).toMatchObject({
      kode: 'MODTAGET',
      forventetSvarDato: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    expect(await sendt.svar()).toMatchObject({
      art: 'svar',
      anmodningIdentifikator: sendt.anmodningIdentifikator,
      transaktionsId: sendt.transaktionsId,
      handlingstype: 'HENSTAND',
      status: 'GENNEMFOERT',
      fejl: [],
    });
    expect(await ready()).toBe(0);
  });

  test('that is refused says every reason', async () => {
    const { client } = await open();
    const sendt = await client.send({
      handlingstype: 'NEDSKRIV',
      handling: { variant: 2, debitorkonto: 'KONTO-1', fordringer: ['F-1', 'F-1'] },
    });
    const kvittering = await sendt.kvittering();
    if (kvittering.kode !== 'AFVIST') throw new Error(kvittering.kode);
    expect(kvittering.fejl.map(({ kode }) => kode).sort()).toEqual(['DA-103', 'DA-103', 'DA-106']);
    expect(kvittering.begrundelse).toContain('afvist');
  });

  test('that was sent before, in another life of the process, gets the same kvittering and is carried out once', async () => {
    const anmodningIdentifikator = randomUUID();
    const first = await open();
    const kvittering = await (
      await first.client.send({ ...opskriv('F-3', 700n), anmodningIdentifikator })
    ).kvittering();
    await first.client.close();
    const second = await open();
    const repeat = await (await second.client.send({ ...opskriv('F-3', 700n), anmodningIdentifikator })).kvittering();
    expect(repeat).toEqual(kvittering);
    const down: Anmodning = { ...opskriv('F-3', 100_701n), handlingstype: 'NEDSKRIV' };
    expect((await (await second.client.send(down)).kvittering()).kode).toBe('AFVIST');
    const exact: Anmodning = { ...opskriv('F-3', 100_700n), handlingstype: 'NEDSKRIV' };
    expect((await (await second.client.send(exact)).kvittering()).kode).toBe('ACCEPTERET');
  });

  test('that is sent twice while it waits is one anmodning with one kvittering, and with other content it is not sent', async () => {
    const { client } = await open();
    const anmodningIdentifikator = randomUUID();
    const [one, two] = await Promise.all([
      client.send({ ...henstand('KONTO-15'), anmodningIdentifikator }),
      client.send({ ...henstand('KONTO-15'), anmodningIdentifikator }),
    ]);
    expect((await one.kvittering()).messageId).toBe((await two.kvittering()).messageId);
    // MODTAGET: it is under way until its svar has come.
    const other = client.send({ ...henstand('KONTO-16'), anmodningIdentifikator });
    await expect(other).rejects.toThrow(/DA-104|brugt før/);
    expect((await one.svar()).messageId).toBe((await two.svar()).messageId);
  });
});

describe('a cash payment', () => {
  test.each([
    ['øre', 12_550n, '125.50'],
    ['decimal text', '100', '100'],
  ])('is booked with its amount in %s', async (_, beloeb, written) => {
    const { messages } = await listen('debitor.anmodning');
    const { client } = await open();
    const online = { eksternId: randomUUID().slice(0, 20), system: 'DMROnline' };
    const sendt = await client.sendIndbetaling(betaling({ beloeb, online }));
    expect(await sendt.kvittering()).toMatchObject({
      art: 'kontantindbetaling',
      kode: 'ACCEPTERET',
      transaktionsId: sendt.transaktionsId,
      advis: [],
    });
    const [message] = messages;
    expect(message?.fields.routingKey).toBe('kontantindbetaling.kulturskole');
    expect(message?.content.toString()).toContain(`<skat:OpkrævningIndbetalingBeløb>${written}<`);
    expect(xsdProblems(message?.content ?? '')).toEqual([]);
  });

  test('that is refused says every reason, and an advis refuses nothing', async () => {
    const { client } = await open();
    const refused = await (await client.sendIndbetaling(betaling({ kundeType: 'Ukendt' }))).kvittering();
    expect(refused).toMatchObject({ kode: 'AFVIST', fejl: [{ kode: '001' }] });
    const advised = await (await client.sendIndbetaling(betaling({ indbetalingType: 'Mønter' }))).kvittering();
    expect(advised).toMatchObject({ kode: 'ACCEPTERET', advis: [{ kode: 'A-01' }] });
  });
});

describe('what does not follow the schema', () => {
  const broken: readonly (readonly [string, Anmodning, RegExp])[] = [
    ['an identifier over its length', opskriv('F'.repeat(51), 1n), /FordringIdentifikator.*højst have 50 tegn/],
    [
      'an empty list',
      { ...opskriv('', 1n), handling: { variant: 2, debitorkonto: 'K', fordringer: [] } },
      /FordringListe/,
    ],
    ['a date that does not exist', { ...henstand('K'), parametre: { virkningDato: '2027-02-30' } }, /VirkningDato/],
    ['an amount with three decimals', opskriv('F-1', '1.005'), /Beloeb skal være øre/],
    ['an amount beyond 11 digits', opskriv('F-1', 10n ** 13n), /Beloeb skal være øre/],
    ['an amount as a number', opskriv('F-1', JSON.parse('100.1')), /Beloeb skal være øre/],
    [
      'an id that is no UUID',
      { ...opskriv('F-1', 1n), anmodningIdentifikator: '0101701234' },
      /AnmodningIdentifikator/,
    ],
    ['a character that XML cannot hold', opskriv('F-\u0000', 1n), /tegn, som XML ikke kan rumme/],
    ['an element of a later version', { ...opskriv('F-1', 1n), parametre: { sagIdentifikator: 'S' } }, /version 1\.1/],
  ];

  test.each(broken)(
    '%s is not sent, and the error says where without saying what stood there',
    async (_, anmodning, text) => {
      const { messages } = await listen('debitor.anmodning');
      const { client } = await open();
      const error = await client.send(anmodning).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(InvalidAnmodning);
      expect(String(error)).toMatch(text);
      expect(String(error)).not.toContain('0101701234');
      expect(messages).toEqual([]);
    },
  );
});

describe('a lost connection', () => {
  async function throughProxy(): Promise<{ readonly proxy: FaultProxy; readonly url: string }> {
    const proxy = await FaultProxy.open(running.vhost.url);
    onTestFinished(() => proxy.close());
    return { proxy, url: proxy.urlFor(urlOf('kulturskole')) };
  }

  test.each([
    ['in the middle of the message', 'publish', (length: number) => Math.floor(length / 2)],
    ['between the message and its confirm', 'publish', (length: number) => length],
  ] as const)('%s: it is published again, carried out once and answered', async (_, at, offsetOf) => {
    const { proxy, url } = await throughProxy();
    const { messages } = await listen('debitor.anmodning');
    const { client, problems } = await open({ url });
    const before = await client.send(opskriv('F-4', 1n));
    await before.kvittering();
    const anmodning = { ...opskriv('F-4', 100n), anmodningIdentifikator: randomUUID() };
    const cut = proxy.cutWithin(at, offsetOf(proxy.publishBytes));
    const sending = client.send(anmodning);
    await cut;
    const sendt = await sending;
    expect((await sendt.kvittering()).kode).toBe('ACCEPTERET');
    expect(problems.some((problem) => problem.art === 'forbindelse')).toBe(true);
    const bodies = messages.map(({ content }) => content.toString());
    const published = bodies.filter((xml) => xml.includes(anmodning.anmodningIdentifikator));
    expect(new Set(published).size).toBe(1);
    expect(published.length).toBe(offsetOf(2) === 2 ? 2 : 1);
  });

  test('before the answer: it is consumed again by itself, and the kvittering arrives', async () => {
    await empty();
    const { proxy, url } = await throughProxy();
    const { client } = await open({ url });
    const kvitteringer: Kvittering[] = [];
    client.onKvittering((kvittering) => void kvitteringer.push(kvittering));
    const cut = proxy.cutWithin('ack', 0);
    const first = await client.send(opskriv('F-5', 1n));
    expect((await first.kvittering()).kode).toBe('ACCEPTERET');
    await cut;
    const second = await client.send(opskriv('F-5', 1n));
    expect((await second.kvittering()).kode).toBe('ACCEPTERET');
    // The first was delivered again, since its ack was lost; it is recognised and acknowledged, and passed on once.
    await waitFor('an empty queue', async () => (await ready()) === 0);
    const { messageId } = await first.kvittering();
    expect(kvitteringer.filter((one) => one.messageId === messageId)).toHaveLength(1);
  });

  test('by the broker closing every connection, in the middle of many: all are answered once', async () => {
    const { client } = await open();
    const count = 40;
    const kvitteringer: Kvittering[] = [];
    client.onKvittering((kvittering) => void kvitteringer.push(kvittering));
    const sends: Promise<{ kvittering(): Promise<Kvittering> }>[] = [];
    for (let number = 0; number < count; number += 1) {
      sends.push(client.send(opskriv('F-6', 1n)));
      if (number === count / 2) {
        await Promise.race(sends);
        await running.vhost.ctl('close_all_connections', '--vhost', running.vhost.name, 'proeve');
      }
    }
    const sent = await Promise.all(sends);
    const answers = await Promise.all(sent.map((one) => one.kvittering()));
    expect(answers.every(({ kode }) => kode === 'ACCEPTERET')).toBe(true);
    expect(new Set(kvitteringer.map(({ messageId }) => messageId)).size).toBe(count);
    expect(kvitteringer.length).toBe(count);
    admin = await connect(running.vhost.url, { noDelay: true });
    admin.on('error', () => undefined);
  });

  test('for good: the caller gets what to send again, with its ids', async () => {
    const { proxy, url } = await throughProxy();
    const { client } = await open({ url, sendLimitMs: 1_500 });
    proxy.stall();
    const error = await client.send(opskriv('F-7', 1n)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof NotConfirmed)) throw error;
    proxy.heal();
    const sendt = await client.send(error.igen);
    expect((await sendt.kvittering()).kode).toBe('ACCEPTERET');
  });
});

describe('an answer', () => {
  test('that comes twice is passed on once', async () => {
    const { client } = await open();
    const svar: Svar[] = [];
    client.onSvar((one) => void svar.push(one));
    const { messages, channel } = await listen('debitor.svar');
    const sendt = await client.send(henstand('KONTO-17'));
    const original = await waitFor('the svar', () =>
      messages.find(({ fields }) => fields.routingKey.includes('.svar.')),
    );
    await sendt.svar();
    const { userId: _user, ...properties } = original.properties;
    channel.publish('debitor.svar', original.fields.routingKey, original.content, properties);
    const after = await client.send(henstand('KONTO-18'));
    await after.svar();
    await waitFor('an empty queue', async () => (await ready()) === 0);
    expect(svar.map(({ anmodningIdentifikator }) => anmodningIdentifikator)).toEqual([
      sendt.anmodningIdentifikator,
      after.anmodningIdentifikator,
    ]);
  });

  test('is acknowledged only when the subscription has resolved, and whoever waits gets it after that', async () => {
    const { client } = await open();
    const stored = Promise.withResolvers<void>();
    const called = Promise.withResolvers<void>();
    client.onSvar(async () => {
      called.resolve();
      await stored.promise;
    });
    const sendt = await client.send(henstand('KONTO-19'));
    await sendt.kvittering();
    const waited = sendt.svar();
    await called.promise;
    const limited = sendt.svar({ limitMs: 50 });
    await expect(limited).rejects.toThrow(AnswerTimedOut);
    stored.resolve();
    expect((await waited).status).toBe('GENNEMFOERT');
  });

  test('whose subscription throws is passed on again until it does not', async () => {
    const { client, problems } = await open();
    let calls = 0;
    client.onSvar(() => {
      calls += 1;
      if (calls < 3) throw new Error('databasen er væk');
    });
    const sendt = await client.send(henstand('KONTO-21'));
    expect((await sendt.svar()).status).toBe('GENNEMFOERT');
    expect(calls).toBe(3);
    expect(problems.filter(({ art }) => art === 'modtager-fejlede')).toHaveLength(2);
  });

  test('that was not stored before the client closed comes to the next life of the process', async () => {
    await empty();
    const first = await open();
    const called = Promise.withResolvers<void>();
    first.client.onSvar(() => {
      called.resolve();
      throw new Error('databasen er væk');
    });
    const sendt = await first.client.send(henstand('KONTO-22'));
    await called.promise;
    await first.client.close();
    await expect(sendt.svar()).rejects.toThrow(ClientClosed);
    // A quorum queue takes back what was not acknowledged after the channel is closed, not with it.
    await waitFor('that it is back', async () => (await ready()) === 1);
    const second = await open();
    const received = Promise.withResolvers<Svar>();
    second.client.onSvar(received.resolve);
    expect((await received.promise).anmodningIdentifikator).toBe(sendt.anmodningIdentifikator);
    await waitFor('an empty queue', async () => (await ready()) === 0);
  });

  test('that nobody takes stays in the queue, and a subscription that comes later gets it', async () => {
    await empty();
    const first = await open();
    const sendt = await first.client.send(henstand('KONTO-23'));
    expect((await sendt.kvittering()).kode).toBe('MODTAGET');
    await first.client.close();
    await waitFor('the svar', async () => (await ready()) === 1);

    const second = await open({ prefetch: 1 });
    await waitFor('that it is held', () => second.problems.some(({ art }) => art === 'ingen-modtager'));
    const received = Promise.withResolvers<Svar>();
    second.client.onSvar(received.resolve);
    expect((await received.promise).anmodningIdentifikator).toBe(sendt.anmodningIdentifikator);
  });

  test('that is no answer of the adapter goes to the fejlkø, and the next one is taken', async () => {
    const { client, problems } = await open();
    const channel = await admin.createChannel();
    channel.publish('debitor.svar', 'kulturskole.svar.debitorkonto', Buffer.from('<andet/>'), { messageId: 'x' });
    await channel.close();
    await waitFor('the problem', () => problems.some(({ art }) => art === 'ulaeseligt-svar'));
    expect((await (await client.send(opskriv('F-8', 1n))).kvittering()).kode).toBe('ACCEPTERET');
  });
});

describe('what is bounded', () => {
  test('a client that follows as many as it may sends the next when a kvittering has come', async () => {
    const { client } = await open({ maxUnderWay: 2 });
    const sends = Array.from({ length: 6 }, () => client.send(opskriv('F-9', 1n)));
    const answers = await Promise.all((await Promise.all(sends)).map((one) => one.kvittering()));
    expect(answers.map(({ kode }) => kode)).toEqual(Array(6).fill('ACCEPTERET'));
  });

  test('an anmodning that no queue takes is told at once', async () => {
    const vhost = await freshVhost();
    const user = `w-${randomBytes(4).toString('hex')}`;
    const model = await connect(vhost.url);
    const channel = await model.createChannel();
    // As a broker on which no adapter has ever been: no queue for anmodninger.
    await channel.assertExchange('debitor.anmodning', 'topic');
    await channel.assertQueue(`debitor.svar.${user}`);
    await model.close();
    const url = await vhost.addUser(user, 'kode', { configure: '^$', write: '.*', read: '.*' });
    const { client } = await open({ url });
    await expect(client.send(opskriv('F-1', 1n))).rejects.toThrow(NotRouted);
    await client.close();
    await expect(client.send(opskriv('F-1', 1n))).rejects.toThrow(ClientClosed);
    await vhost.delete();
  });

  test('a fagsystem without a queue is told when it opens', async () => {
    const url = urlOf('kulturskole');
    await expect(openFagsystemClient({ url, ...RUTE, fagsystem: 'findes-ikke' })).rejects.toThrow(
      /debitor\.svar\.findes-ikke/,
    );
  });
});
