import { describe, expect, test } from 'vitest';
import { propertiesOf } from '../../src/broker/consumer.ts';
import type { Delivery } from '../../src/broker/delivery.ts';
import { waitFor } from '../support/wait.ts';
import { freshUrl, numberOf, open, openDeclared, plain, proxyTo, range, send } from './world.ts';

async function depth(url: string, queue: string): Promise<number> {
  return (await (await (await plain(url)).createChannel()).checkQueue(queue)).messageCount;
}

const DEBITORKONTO = 'debitor.anmodning.debitorkonto';

describe('deliveries', () => {
  test('come in the order of the queue, and an ack covers all that came before', async () => {
    const url = await freshUrl();
    const { broker } = await openDeclared(url);
    await send(url, 1, 500);
    const got: Delivery[] = [];
    const consumer = await broker.consumer('debitorkonto', {
      prefetch: 100,
      onDelivery: (delivery) => {
        got.push(delivery);
        if (got.length % 50 === 0) {
          consumer.ackThrough(delivery);
        }
      },
    });
    await waitFor('all are there', () => got.length === 500);
    expect(got.map(numberOf)).toEqual(range(1, 500));
    expect(got.every(({ redelivered }) => !redelivered)).toBe(true);
    await consumer.stop();
    await waitFor('none is left', async () => (await depth(url, DEBITORKONTO)) === 0);
  });

  test('stop at the prefetch until something is acked', async () => {
    const url = await freshUrl();
    const { broker } = await openDeclared(url);
    await send(url, 1, 30);
    const got: Delivery[] = [];
    const consumer = await broker.consumer('debitorkonto', {
      prefetch: 10,
      onDelivery: (delivery) => got.push(delivery),
    });
    await waitFor('the prefetch is full', () => got.length === 10);
    const tenth = got[9];
    if (tenth === undefined) throw new Error('no tenth delivery');
    expect(await depth(url, DEBITORKONTO)).toBe(20);
    consumer.ackThrough(tenth);
    await waitFor('the next ten are there', () => got.length === 20);
  });

  test('that are acked twice, or after a later one, do no harm', async () => {
    const url = await freshUrl();
    const { broker, logged } = await openDeclared(url);
    const got: Delivery[] = [];
    const consumer = await broker.consumer('debitorkonto', {
      prefetch: 10,
      onDelivery: (delivery) => got.push(delivery),
    });
    await send(url, 1, 3);
    await waitFor('all are there', () => got.length === 3);
    for (const delivery of [...got].reverse().concat(got)) {
      consumer.ackThrough(delivery);
    }
    await send(url, 4, 4);
    await waitFor('the channel still works', () => got.length === 4);
    expect(logged).not.toContain('broker.channel-lost');
  });

  test('whose receiver throws are not lost, and do not end the consumer', async () => {
    const url = await freshUrl();
    const { broker, logged } = await openDeclared(url);
    const got: number[] = [];
    await broker.consumer('debitorkonto', {
      prefetch: 10,
      onDelivery: (delivery) => {
        got.push(numberOf(delivery));
        throw new Error('no receiver should');
      },
    });
    await send(url, 1, 2);
    await waitFor('both are there', () => got.length === 2);
    expect(logged).toContain('broker.listener-threw');
  });
});

describe('what is not acked', () => {
  test('comes again after the connection is cut, and an ack of the earlier delivery is forgotten', async () => {
    const url = await freshUrl();
    const proxy = await proxyTo(url);
    const { broker, events, logged } = await openDeclared(proxy.url);
    const got: Delivery[] = [];
    const consumer = await broker.consumer('debitorkonto', {
      prefetch: 10,
      onDelivery: (delivery) => got.push(delivery),
    });
    await send(url, 1, 5);
    await waitFor('all are there', () => got.length === 5);
    const [first] = got;
    if (first === undefined) throw new Error('no first delivery');
    consumer.ackThrough(first);
    await waitFor('the first is gone', async () => (await depth(url, DEBITORKONTO)) === 0 && got.length === 5);
    const earlier = [...got];
    // The ack has to be with the broker before the cut; a round trip on the same connection tells.
    await broker.topology.check();
    proxy.cut();
    await waitFor('four come again', () => got.length === 9);
    expect(got.slice(5).map(numberOf)).toEqual([2, 3, 4, 5]);
    expect(got.slice(5).every(({ redelivered }) => redelivered)).toBe(true);
    expect(events.map(({ art }) => art)).toContain('disconnected');

    // On the new channel these tags are other messages: acking them would lose those, or close the channel.
    for (const delivery of earlier) {
      consumer.ackThrough(delivery);
    }
    const losses = logged.filter((event) => event === 'broker.channel-lost').length;
    await send(url, 6, 6);
    await waitFor('the sixth is there', () => got.length === 10);
    expect(logged.filter((event) => event === 'broker.channel-lost')).toHaveLength(losses);
    await consumer.handBack();
    await waitFor('all five come again', () => got.length === 15);
    expect(got.slice(10).map(numberOf)).toEqual([2, 3, 4, 5, 6]);
  });

  test('returns to the queue, in order, when it is handed back while paused', async () => {
    const url = await freshUrl();
    const { broker } = await openDeclared(url);
    const got: number[] = [];
    const consumer = await broker.consumer('debitorkonto', {
      prefetch: 4,
      onDelivery: (delivery) => got.push(numberOf(delivery)),
    });
    await send(url, 1, 6);
    await waitFor('the prefetch is full', () => got.length === 4);
    consumer.pause('ledger');
    await consumer.handBack();
    await waitFor('all are in the queue', async () => (await depth(url, DEBITORKONTO)) === 6);
    got.length = 0;
    consumer.resume('ledger');
    await waitFor('they come again', () => got.length === 4);
    expect(got).toEqual([1, 2, 3, 4]);
  });

  test('goes to the next adapter in order when this one stops', async () => {
    const url = await freshUrl();
    const { broker } = await openDeclared(url);
    const { broker: standby } = await openDeclared(url);
    const mine: number[] = [];
    const theirs: number[] = [];
    const consumer = await broker.consumer('debitorkonto', {
      prefetch: 4,
      onDelivery: (delivery) => mine.push(numberOf(delivery)),
    });
    await standby.consumer('debitorkonto', {
      prefetch: 100,
      onDelivery: (delivery) => theirs.push(numberOf(delivery)),
    });
    await send(url, 1, 20);
    await waitFor('the prefetch is full', () => mine.length === 4);
    expect(theirs).toEqual([]);
    consumer.pause('ledger');
    await consumer.handBack();
    await waitFor('the other has all', () => theirs.length === 20);
    expect(theirs).toEqual(range(1, 20));
  });
});

describe('pause and resume', () => {
  test('keep the order, and every named reason must be gone before it goes on', async () => {
    const url = await freshUrl();
    const { broker, logged } = await openDeclared(url);
    const got: Delivery[] = [];
    const consumer = await broker.consumer('debitorkonto', {
      prefetch: 20,
      onDelivery: (delivery) => got.push(delivery),
    });
    await send(url, 1, 10);
    await waitFor('ten are there', () => got.length === 10);
    consumer.pause('ledger');
    consumer.pause('blokeret');
    const tenth = got[9];
    if (tenth === undefined) throw new Error('no tenth delivery');
    consumer.ackThrough(tenth);
    await waitFor('it no longer consumes', () => logged.includes('broker.consumer-paused'));
    await send(url, 11, 20);
    consumer.resume('ledger');
    expect(await depth(url, DEBITORKONTO)).toBe(10);
    consumer.resume('blokeret');
    await waitFor('all are there', () => got.length === 20);
    expect(got.map(numberOf)).toEqual(range(1, 20));
    const last = got[19];
    if (last === undefined) throw new Error('no last delivery');
    consumer.ackThrough(last);
    await consumer.stop();
    await waitFor('none is left', async () => (await depth(url, DEBITORKONTO)) === 0);
  });

  test('in quick succession end as the last call says, without a message lost or out of order', async () => {
    const url = await freshUrl();
    const { broker } = await openDeclared(url);
    const got: Delivery[] = [];
    const consumer = await broker.consumer('debitorkonto', {
      prefetch: 10,
      onDelivery: (delivery) => {
        got.push(delivery);
        consumer.ackThrough(delivery);
        const reason = String(got.length % 3);
        consumer.pause(reason);
        setImmediate(() => consumer.resume(reason));
      },
    });
    await send(url, 1, 300);
    await waitFor('all are there', () => got.length === 300);
    expect(got.map(numberOf)).toEqual(range(1, 300));
  });
});

/** Two adapters on one queue: the first consumes, and the other stands by. */
async function pairOn(url: string, prefetch: number) {
  const { broker } = await openDeclared(url);
  const { broker: standby } = await openDeclared(url);
  const mine: Delivery[] = [];
  const theirs: Delivery[] = [];
  const consumer = await broker.consumer('debitorkonto', { prefetch, onDelivery: (delivery) => mine.push(delivery) });
  await standby.consumer('debitorkonto', { prefetch: 100, onDelivery: (delivery) => theirs.push(delivery) });
  const ackThrough = (number: number): void => {
    const delivery = mine.find((one) => numberOf(one) === number);
    if (delivery === undefined) throw new Error(`${number} was not delivered`);
    consumer.ackThrough(delivery);
  };
  return { consumer, mine, theirs, ackThrough };
}

describe('a pause, with another adapter standing by,', () => {
  test('lets nobody overtake what is not recorded yet; nothing that is recorded comes again', async () => {
    const url = await freshUrl();
    const { consumer, mine, theirs, ackThrough } = await pairOn(url, 4);
    await send(url, 1, 20);
    await waitFor('the window is full', () => mine.length === 4);
    consumer.pause('uafsluttede');
    const quiet = consumer.quiet();
    ackThrough(2);
    // Whoever asks the queue after that would see a consumer that had been cancelled.
    expect(await depth(url, DEBITORKONTO)).toBe(16);
    expect(theirs).toEqual([]);
    ackThrough(4);
    await quiet;
    await waitFor('the other has the rest', () => theirs.length === 16);
    expect(theirs.map(numberOf)).toEqual(range(5, 20));
    expect(theirs.some(({ redelivered }) => redelivered)).toBe(false);
  });

  test('gives back in order what is not recorded in time', async () => {
    const url = await freshUrl();
    const { consumer, mine, theirs, ackThrough } = await pairOn(url, 4);
    await send(url, 1, 10);
    await waitFor('the window is full', () => mine.length === 4);
    consumer.pause('nedlukning');
    ackThrough(1);
    await waitFor('the other has the rest', () => theirs.length === 9);
    expect(theirs.map(numberOf)).toEqual(range(2, 10));
  });

  test('takes what still comes until all of it is recorded', async () => {
    const url = await freshUrl();
    const { consumer, mine, theirs, ackThrough } = await pairOn(url, 100);
    await send(url, 1, 3);
    await waitFor('three are there', () => mine.length === 3);
    consumer.pause('uafsluttede');
    await send(url, 4, 6);
    await waitFor('what came meanwhile is there too', () => mine.length === 6);
    ackThrough(6);
    await consumer.quiet();
    await send(url, 7, 9);
    await waitFor('the other has the rest', () => theirs.length === 3);
    expect(theirs.map(numberOf)).toEqual(range(7, 9));
  });

  test('that ends before it took effect leaves nothing unacked', async () => {
    const url = await freshUrl();
    const { consumer, mine, theirs, ackThrough } = await pairOn(url, 100);
    await send(url, 1, 3);
    await waitFor('three are there', () => mine.length === 3);
    consumer.pause('uafsluttede');
    ackThrough(2);
    consumer.resume('uafsluttede');
    ackThrough(3);
    await send(url, 4, 5);
    await waitFor('it goes on', () => mine.length === 5);
    await consumer.stop();
    await waitFor('the other has the rest', () => theirs.length === 2);
    expect(theirs.map(numberOf)).toEqual([4, 5]);
  });
});

describe('a consumer comes back by itself', () => {
  test('after the queue was deleted and declared again', async () => {
    const url = await freshUrl();
    const { broker, logged } = await openDeclared(url);
    const got: number[] = [];
    await broker.consumer('debitorkonto', { prefetch: 10, onDelivery: (delivery) => got.push(numberOf(delivery)) });
    const channel = await (await plain(url)).createChannel();
    await channel.deleteQueue(DEBITORKONTO);
    await waitFor('the cancel is seen', () => logged.includes('broker.consumer-cancelled'));
    // By another adapter: 4.0.5 can answer a consume twice on a queue that is just being made, which costs the connection.
    const { broker: other } = await open(url);
    await other.topology.declare();
    await send(url, 1, 3);
    await waitFor('it consumes again', () => got.length === 3);
    expect(got).toEqual([1, 2, 3]);
  });

  test('and starting it on a queue that is not there is refused', async () => {
    const url = await freshUrl();
    const { broker } = await openDeclared(url);
    await (await (await plain(url)).createChannel()).deleteQueue('debitor.udfald');
    await expect(broker.consumer('udfald', { prefetch: 1, onDelivery: () => {} })).rejects.toThrow('NOT_FOUND');
  });

  test('after the broker has stopped answering on an open connection', async () => {
    const url = await freshUrl();
    const proxy = await proxyTo(url);
    const withHeartbeat = new URL(proxy.url);
    withHeartbeat.searchParams.set('heartbeat', '1');
    const { broker, events } = await openDeclared(withHeartbeat.href);
    const got: number[] = [];
    await broker.consumer('debitorkonto', { prefetch: 10, onDelivery: (delivery) => got.push(numberOf(delivery)) });
    proxy.stall();
    await waitFor('the silence is noticed', () => events.some(({ art }) => art === 'disconnected'));
    proxy.thaw();
    await send(url, 1, 3);
    await waitFor('it consumes again', () => got.length === 3, 20_000);
  });
});

describe('properties', () => {
  const none = {
    contentType: undefined,
    contentEncoding: undefined,
    headers: undefined,
    deliveryMode: undefined,
    priority: undefined,
    correlationId: undefined,
    replyTo: undefined,
    expiration: undefined,
    messageId: undefined,
    timestamp: undefined,
    type: undefined,
    userId: undefined,
    appId: undefined,
    clusterId: undefined,
  };

  test('of another type, or too long, are left out and never throw', () => {
    const strange: unknown[] = [null, 7, true, {}, [], Buffer.from('x'), '', 'x'.repeat(256)];
    for (const value of strange) {
      const headers: Record<string, unknown> = { traceparent: value, 'x-death': value };
      expect(propertiesOf({ properties: { ...none, messageId: value, userId: value, headers } })).toEqual({});
      expect(propertiesOf({ properties: { ...none, headers: { 'x-death': [value] as never } } })).toEqual({});
    }
  });

  test('tell why the broker put a message into the fejlkø', async () => {
    const url = await freshUrl();
    const { broker } = await openDeclared(url);
    const userId = new URL(url).username;
    const channel = await (await plain(url)).createConfirmChannel();
    channel.publish('debitor.svar', 'kulturskole.svar.debitorkonto', Buffer.from('1'), {
      persistent: true,
      headers: { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
    });
    channel.publish('debitor.anmodning', 'ukendt', Buffer.from('2'), { persistent: true, userId });
    await channel.waitForConfirms();
    const message = await channel.get('debitor.svar.kulturskole');
    if (message === false) throw new Error('nothing arrived');
    channel.reject(message, false);
    const got: Delivery[] = [];
    await broker.consumer('fejlkoe', { prefetch: 10, onDelivery: (delivery) => got.push(delivery) });
    await waitFor('both are in the fejlkø', () => got.length === 2);
    const byBody = new Map(got.map((delivery) => [numberOf(delivery), delivery]));
    expect(byBody.get(1)?.properties).toEqual({
      deathReason: 'rejected',
      deathQueue: 'debitor.svar.kulturskole',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    });
    expect(byBody.get(2)).toMatchObject({ queue: 'fejlkoe', routingKey: 'ukendt', properties: { userId } });
  });
});
