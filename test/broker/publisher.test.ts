import { Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { waitFor } from '../support/wait.ts';
import { freshUrl, openDeclared, plain, proxyTo, publication, range } from './world.ts';

describe('what is about cash payments', () => {
  const KONTANT = { routingKey: 'kulturskole.kvittering.kontantindbetaling' };

  test('has a channel of its own: it is confirmed while the other one dies with what is in flight on it', async () => {
    const { broker } = await openDeclared(await freshUrl());
    const { publisher } = broker;
    const [mass, kontant] = await Promise.all([
      // RabbitMQ closes the channel of whoever publishes to an exchange that is not there.
      publisher.publish(publication('1', { exchange: 'findes-ikke' })),
      publisher.publish(publication('2', KONTANT)),
    ]);
    expect([mass.art, kontant.art]).toEqual(['unknown', 'confirmed']);
  });

  test('does not wait for a place while as many others as there may be are in flight', async () => {
    const { broker } = await openDeclared(await freshUrl(), { publisher: { maxUnconfirmed: 1 } });
    const { publisher } = broker;
    const settled: string[] = [];
    const publish = async (messageId: string, overrides = {}): Promise<void> => {
      await publisher.publish(publication(messageId, overrides));
      settled.push(messageId);
    };
    await Promise.all([...range(1, 100).map((number) => publish(String(number))), publish('kontant', KONTANT)]);
    expect(settled.indexOf('kontant')).toBeLessThan(50);
  });
});

describe('what one turn publishes', () => {
  test('goes to the connection in few writes', async () => {
    const { broker } = await openDeclared(await freshUrl());
    const one = vi.spyOn(Socket.prototype, '_write');
    const together = vi.spyOn(Socket.prototype, '_writev');
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    await Promise.all(range(1, 200).map((number) => broker.publisher.publish(publication(String(number)))));
    expect(together).toHaveBeenCalled();
    expect(one.mock.calls.length + together.mock.calls.length).toBeLessThan(50);
  });
});

describe('a publication', () => {
  test('is confirmed only when it is in a queue', async () => {
    const { broker } = await openDeclared(await freshUrl());
    expect(await broker.publisher.publish(publication('1'))).toEqual({ art: 'confirmed' });
    expect(await broker.publisher.publish(publication('2', { routingKey: 'ukendt.kvittering.debitorkonto' }))).toEqual({
      art: 'returned',
    });
  });

  test('bears the properties of the contract, and no user_id', async () => {
    const url = await freshUrl();
    const { broker } = await openDeclared(url);
    await broker.publisher.publish(publication('besked-1', { correlationId: 'spørgsmål-1' }));
    const channel = await (await plain(url)).createChannel();
    const message = await channel.get('debitor.svar.kulturskole', { noAck: true });
    if (message === false) throw new Error('nothing arrived');
    const { properties } = message;
    expect(properties).toMatchObject({
      contentType: 'application/xml',
      contentEncoding: 'utf-8',
      deliveryMode: 2,
      appId: 'debitor-adapter',
      type: 'DebitorkontoAnmodningAfsend_O',
      messageId: 'besked-1',
      correlationId: 'spørgsmål-1',
      headers: { 'anmodning-id': 'besked-1', 'kvittering-kode': 'ACCEPTERET' },
    });
    expect(properties.userId).toBeUndefined();
    expect(properties.replyTo).toBeUndefined();
    expect(message.content.toString()).toBe('<svar>besked-1</svar>');
  });

  test('goes without a correlation_id that AMQP has no room for', async () => {
    const url = await freshUrl();
    const { broker } = await openDeclared(url);
    // 128 characters, 256 bytes.
    expect(await broker.publisher.publish(publication('1', { correlationId: 'ø'.repeat(128) }))).toEqual({
      art: 'confirmed',
    });
    const channel = await (await plain(url)).createChannel();
    const message = await channel.get('debitor.svar.kulturskole', { noAck: true });
    expect(message === false ? message : message.properties.correlationId).toBeUndefined();
  });

  test('that AMQP has no room for at all is unknown, and harms no other', async () => {
    const { broker } = await openDeclared(await freshUrl());
    const tooLong = broker.publisher.publish(publication('x'.repeat(300)));
    const other = broker.publisher.publish(publication('2'));
    expect((await tooLong).art).toBe('unknown');
    expect(await other).toEqual({ art: 'confirmed' });
  });
});

describe('many publications', () => {
  test('are in flight together, and each gets its own outcome', async () => {
    const url = await freshUrl();
    const { broker } = await openDeclared(url, { publisher: { maxUnconfirmed: 100 } });
    const outcomes = await Promise.all(
      range(1, 2_000).map((number) => {
        const routingKey = number % 10 === 0 ? 'ukendt.kvittering.debitorkonto' : 'kulturskole.kvittering.debitorkonto';
        return broker.publisher.publish(publication(String(number), { routingKey }));
      }),
    );
    expect(outcomes.map(({ art }) => art)).toEqual(
      range(1, 2_000).map((number) => (number % 10 === 0 ? 'returned' : 'confirmed')),
    );
    const channel = await (await plain(url)).createChannel();
    expect((await channel.checkQueue('debitor.svar.kulturskole')).messageCount).toBe(1_800);
  });

  test('of the same answer under the same id are told apart by where they go', async () => {
    const { broker } = await openDeclared(await freshUrl());
    const outcomes = await Promise.all(
      range(1, 50).map((number) =>
        broker.publisher.publish(
          publication(
            'samme',
            number % 2 === 0 ? {} : { routingKey: 'ukendt.kvittering.debitorkonto', correlationId: 'a' },
          ),
        ),
      ),
    );
    expect(outcomes.map(({ art }) => art)).toEqual(
      range(1, 50).map((number) => (number % 2 === 0 ? 'confirmed' : 'returned')),
    );
  });
});

describe('when the broker is lost', () => {
  test('what is in flight becomes unknown, and the next one is confirmed on a new connection', async () => {
    const proxy = await proxyTo(await freshUrl());
    const { broker, events } = await openDeclared(proxy.url);
    await broker.publisher.publish(publication('0'));
    proxy.stall();
    const outcomes = Promise.all(range(1, 20).map((number) => broker.publisher.publish(publication(String(number)))));
    proxy.thaw();
    proxy.cut();
    expect(new Set((await outcomes).map(({ art }) => art))).toEqual(new Set(['unknown']));
    await waitFor('both connections are back', () => events.filter(({ art }) => art === 'connected').length === 4);
    expect(await broker.publisher.publish(publication('21'))).toEqual({ art: 'confirmed' });
  });

  test('a publication is told so within a bound instead of waiting for ever', async () => {
    const proxy = await proxyTo(await freshUrl());
    const { broker } = await openDeclared(proxy.url);
    proxy.stall();
    proxy.cut();
    await waitFor('the loss is seen', () => broker.state().publish === 'connecting');
    const begun = performance.now();
    expect((await broker.publisher.publish(publication('1'))).art).toBe('unknown');
    expect(performance.now() - begun).toBeLessThan(3_000);
    proxy.thaw();
    await waitFor(
      'it is confirmed again',
      async () => (await broker.publisher.publish(publication('2'))).art === 'confirmed',
      20_000,
    );
  });

  test('a confirm that never comes is given up, and the next one is confirmed on a new channel', async () => {
    const proxy = await proxyTo(await freshUrl());
    const { broker } = await openDeclared(proxy.url, { publisher: { confirmTimeoutMs: 300 } });
    proxy.stall();
    expect(await broker.publisher.publish(publication('1'))).toEqual({
      art: 'unknown',
      aarsag: 'ingen bekræftelse i tide',
    });
    proxy.thaw();
    await waitFor(
      'it is confirmed again',
      async () => (await broker.publisher.publish(publication('2'))).art === 'confirmed',
    );
  });

  test('a channel that the broker closes is opened again, and what was in flight is unknown or confirmed', async () => {
    const { broker, logged } = await openDeclared(await freshUrl());
    const refused = await broker.publisher.publish(publication('1', { exchange: 'findes.ikke' }));
    expect(refused.art).toBe('unknown');
    await waitFor('the loss is logged', () => logged.includes('broker.channel-lost'));
    expect(await broker.publisher.publish(publication('2'))).toEqual({ art: 'confirmed' });
  });

  test('after close a publication is unknown at once', async () => {
    const { broker } = await openDeclared(await freshUrl());
    await broker.close();
    expect((await broker.publisher.publish(publication('1'))).art).toBe('unknown');
  });
});
