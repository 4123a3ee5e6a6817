import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../src/errors.ts';
import { waitFor } from '../support/wait.ts';
import { freshUrl, open, openDeclared, proxyTo, publication, range } from './world.ts';

describe('opening', () => {
  test('gives up after a bounded number of attempts where nobody answers, without the password in the error', async () => {
    // Port 1 on loopback: nothing listens there.
    const opening = open('amqp://bruger:hemmelig@127.0.0.1:1/', { connectRetries: 1 });
    const error: unknown = await opening.catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('ECONNREFUSED');
    expect(JSON.stringify(error)).not.toContain('hemmelig');
  });

  test('says of an address that is none what it should look like, and never repeats it', async () => {
    for (const url of ['http://bruger:hemmelig@rabbit', 'bruger:hemmelig@rabbit', '']) {
      const error: unknown = await open(url).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain('amqp://');
      expect(JSON.stringify(error) + String(error)).not.toContain('hemmelig');
    }
  });

  test.for(range(1, 6))(
    'survives a reset right after answer number %i of the broker, and connects in the end',
    async (nth) => {
      const proxy = await proxyTo(await freshUrl());
      let answers = 0;
      proxy.afterAnswer = (client) => {
        answers += 1;
        if (answers === nth) {
          client.resetAndDestroy();
        }
      };
      const { broker } = await open(proxy.url);
      await waitFor('it works', async () => {
        const tried = await broker.topology.declare().then(
          () => true,
          () => false,
        );
        return tried && (await broker.publisher.publish(publication('1'))).art === 'confirmed';
      });
      expect(answers).toBeGreaterThan(nth);
    },
  );
});

describe('the state', () => {
  test('is told of every loss and every return, with the moment', async () => {
    const proxy = await proxyTo(await freshUrl());
    let now = 1_000;
    const { broker, events } = await open(proxy.url, { now: () => now });
    expect(broker.state()).toEqual({ consume: 'connected', publish: 'connected', blocked: false, since: 1_000 });
    now = 2_000;
    proxy.cut();
    await waitFor('both are back', () => events.filter(({ art }) => art === 'connected').length === 4);
    expect(
      events
        .filter(({ art }) => art === 'disconnected')
        .map(({ connection }) => connection)
        .sort(),
    ).toEqual(['consume', 'publish']);
    expect(broker.state()).toEqual({ consume: 'connected', publish: 'connected', blocked: false, since: 2_000 });
    await broker.close();
    expect(broker.state()).toMatchObject({ consume: 'closed', publish: 'closed' });
  });
});

describe('close', () => {
  test('is quick where the broker answers, and leaves no connection', async () => {
    const proxy = await proxyTo(await freshUrl());
    const { broker } = await openDeclared(proxy.url);
    await broker.consumer('debitorkonto', { prefetch: 10, onDelivery: () => {} });
    expect(proxy.connections()).toBe(2);
    const begun = performance.now();
    await broker.close();
    expect(performance.now() - begun).toBeLessThan(1_000);
    await waitFor('both are gone', () => proxy.connections() === 0);
  });

  test('returns within its bound where the broker no longer answers, and settles what was in flight', async () => {
    const proxy = await proxyTo(await freshUrl());
    const { broker } = await openDeclared(proxy.url);
    await broker.consumer('debitorkonto', { prefetch: 10, onDelivery: () => {} });
    proxy.stall();
    const outcome = broker.publisher.publish(publication('1'));
    const begun = performance.now();
    await broker.close();
    expect(performance.now() - begun).toBeLessThan(6_000);
    expect((await outcome).art).toBe('unknown');
    proxy.thaw();
    await waitFor('no socket is left open', () => proxy.connections() === 0);
  });

  test('returns within its bound while it is reconnecting', async () => {
    const proxy = await proxyTo(await freshUrl());
    const { broker, events } = await openDeclared(proxy.url);
    proxy.stall();
    proxy.cut();
    await waitFor('the loss is seen', () => events.some(({ art }) => art === 'disconnected'));
    const begun = performance.now();
    await broker.close();
    expect(performance.now() - begun).toBeLessThan(6_000);
    proxy.thaw();
    await waitFor('no socket is left open', () => proxy.connections() === 0);
  });
});
