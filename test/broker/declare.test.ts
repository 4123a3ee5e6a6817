import { describe, expect, test } from 'vitest';
import { TopologyMismatch } from '../../src/broker/declare.ts';
import { topologyFor } from '../../src/broker/topology.ts';
import { freshUrl, open, plain, publication, REGISTRY, registryOf } from './world.ts';

describe('declaring the topology', () => {
  test('creates everything, and a second declaration changes nothing', async () => {
    const { broker } = await open(await freshUrl());
    await broker.topology.declare();
    await broker.topology.declare();
    expect(await broker.topology.check()).toEqual([]);
    expect(await broker.publisher.publish(publication('1'))).toEqual({ art: 'confirmed' });
  });

  test('reports every object that stands with other arguments, and creates nothing then', async () => {
    const url = await freshUrl();
    const channel = await (await plain(url)).createChannel();
    await channel.assertQueue('debitor.udfald', { arguments: { 'x-queue-type': 'quorum' } });
    await channel.assertQueue('debitor.fejlkoe', { arguments: { 'x-queue-type': 'classic' } });
    await channel.assertExchange('debitor.svar', 'direct');
    const { broker } = await open(url);

    const error: unknown = await broker.topology.declare().catch((thrown: unknown) => thrown);

    if (!(error instanceof TopologyMismatch)) throw error;
    expect(error.problems.map(({ object }) => object)).toEqual([
      'exchangen debitor.svar',
      'køen debitor.fejlkoe',
      'køen debitor.udfald',
    ]);
    expect(error.message).toContain("received 'topic' but current is 'direct'");
    expect(error.message).toContain('x-queue-type');
    const missing = (await broker.topology.check()).filter((problem) => problem.missing);
    expect(missing).toHaveLength(4 + 5);
  });

  test.for([
    'x-single-active-consumer',
    'x-delivery-limit',
    'x-dead-letter-exchange',
    'x-dead-letter-strategy',
    'x-overflow',
  ])('sees that a queue lacks %s', async (argument) => {
    const url = await freshUrl();
    const channel = await (await plain(url)).createChannel();
    const queue = topologyFor(REGISTRY).queues.find(({ name }) => name === 'debitor.udfald');
    const { [argument]: _left, ...others } = queue?.arguments ?? {};
    await channel.assertQueue('debitor.udfald', { arguments: others });
    const { broker } = await open(url);
    const differing = (await broker.topology.check()).filter(({ missing }) => !missing);
    expect(differing.map(({ object }) => object)).toEqual(['køen debitor.udfald']);
  });

  test('a check creates nothing, and lists what is missing', async () => {
    const { broker } = await open(await freshUrl());
    const first = await broker.topology.check();
    const second = await broker.topology.check();
    expect(first).toHaveLength(12);
    expect(first).toContainEqual({ object: 'køen debitor.svar.kulturskole', problem: 'findes ikke', missing: true });
    expect(second).toEqual(first);
  });

  test('adds the queue of a new fagsystem to what stands', async () => {
    const url = await freshUrl();
    const { broker } = await open(url);
    await broker.topology.declare();
    const { broker: later } = await open(url, {
      registry: registryOf(['kulturskole', 'byggesag', 'daginstitution'], ['kommunedebitor']),
    });
    expect((await later.topology.check()).map(({ object }) => object)).toEqual(['køen debitor.svar.daginstitution']);
    await later.topology.declare();
    const routingKey = 'daginstitution.kvittering.debitorkonto';
    expect(await later.publisher.publish(publication('1', { routingKey }))).toEqual({ art: 'confirmed' });
  });
});
