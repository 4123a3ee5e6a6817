import { describe, expect, test } from 'vitest';
import { Addresses, parseAddresses } from '../../src/broker/addresses.ts';
import { loadConfig, showConfig } from '../../src/config.ts';
import { ConfigurationError } from '../../src/errors.ts';
import { waitFor } from '../support/wait.ts';
import { freshUrl, numberOf, open, openDeclared, proxyTo, range, send } from './world.ts';

const NODE_A = 'amqp://adapter:hemmelig@a/debitor';
const NODE_B = 'amqp://adapter:hemmelig@b:5673/debitor';

describe('the addresses of RabbitMQ', () => {
  test.each([
    ['one', NODE_A, ['a']],
    ['several, with or without a space after the comma', `${NODE_A},${NODE_B}, ${NODE_A}`, ['a', 'b:5673', 'a']],
    ['one with a comma in its password', 'amqp://adapter:en,to@a/debitor', ['a']],
    ['several over TLS', 'amqps://a/debitor,amqps://b/debitor', ['a', 'b']],
  ])('can be %s', (_, text, hosts) => {
    const parsed = parseAddresses(text);
    expect(typeof parsed === 'string' ? parsed : parsed.map(({ host }) => host)).toEqual(hosts);
  });

  test.each([
    ['of two vhosts', `${NODE_A},amqp://adapter:hemmelig@b/anden`],
    ['of two users', `${NODE_A},amqp://anden:hemmelig@b/debitor`],
    ['with and without TLS', `${NODE_A},amqps://adapter:hemmelig@b/debitor`],
    ['that are none', 'rabbitmq'],
    ['of another protocol', 'http://a/debitor'],
    ['of which there are too many', Array.from({ length: 21 }, () => NODE_A).join(',')],
  ])('are refused: %s; and the refusal shows nothing of them', (_, text) => {
    const problem = parseAddresses(text);
    expect(problem).toBeTypeOf('string');
    expect(problem).not.toContain('hemmelig');
    expect(() => loadConfig({ ADAPTER_AMQP_URL: text })).toThrow(ConfigurationError);
  });

  test('are shown without their passwords', () => {
    const shown = showConfig({ ADAPTER_AMQP_URL: `${NODE_A}, ${NODE_B}` }).find(
      (one) => one.name === 'ADAPTER_AMQP_URL',
    );
    expect(shown?.value).toBe('amqp://adapter:***@a/debitor,amqp://adapter:***@b:5673/debitor');
  });

  test('are tried in turn, and after the last the first again', () => {
    const addresses = new Addresses(`${NODE_A},${NODE_B}?heartbeat=5`.replace('debitor,', 'debitor?heartbeat=5,'));
    const target = addresses.target(10);
    const seen = range(1, 3).map(() => {
      const { hostname, port, vhost, heartbeat } = target;
      addresses.next();
      return [hostname, port, vhost, heartbeat];
    });
    expect(seen).toEqual([
      ['a', 5672, 'debitor', 5],
      ['b', 5673, 'debitor', 5],
      ['a', 5672, 'debitor', 5],
    ]);
  });
});

describe('a connection to a cluster', () => {
  test('goes to the next node where one does not answer, and stays until that is lost too', async () => {
    const url = await freshUrl();
    const [first, second] = [await proxyTo(url), await proxyTo(url)];
    const nowhere = new URL(url);
    nowhere.port = '1';
    const { broker, events } = await openDeclared([nowhere.href, first.url, second.url].join(','));
    const got: number[] = [];
    const consumer = await broker.consumer('debitorkonto', {
      prefetch: 10,
      onDelivery: (delivery) => {
        got.push(numberOf(delivery));
        consumer.ackThrough(delivery);
      },
    });
    await send(url, 1, 3);
    await waitFor('the first node that answers serves', () => got.length === 3);
    expect([first.connections(), second.connections()]).toEqual([2, 0]);
    first.cut();
    await waitFor('both connections are lost', () => events.filter(({ art }) => art === 'disconnected').length === 2);
    await waitFor('the next node serves', () => broker.state().consume === 'connected' && second.connections() === 2);
    await send(url, 4, 6);
    await waitFor('all are there', () => new Set(got).size === 6);
    expect(new Set(got)).toEqual(new Set(range(1, 6)));
  });

  test('is given up at start only when every node was tried', async () => {
    const nowhere = 'amqp://127.0.0.1:1/,amqp://127.0.0.1:2/';
    const failed: string[] = [];
    const opening = open(nowhere, {
      connectRetries: 1,
      log: (event, fields) => {
        if (event === 'broker.connect-failed') failed.push(String(fields['node']));
      },
    });
    await expect(opening).rejects.toThrow('ECONNREFUSED');
    expect(failed).toEqual(['127.0.0.1:1', '127.0.0.1:2', '127.0.0.1:1', '127.0.0.1:2']);
  });
});
