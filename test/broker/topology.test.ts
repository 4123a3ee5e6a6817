import { describe, expect, test } from 'vitest';
import { kommandoTopologyFor, topologyFor } from '../../src/broker/topology.ts';
import { REGISTRY } from './world.ts';

const topology = topologyFor(REGISTRY);
const queue = (name: string) => topology.queues.find((candidate) => candidate.name === name);

describe('the topology', () => {
  test('has the names that fagsystemer and dashboards depend on', () => {
    expect(topology.exchanges.map(({ name, type }) => `${type} ${name}`).sort()).toEqual([
      'fanout debitor.fejlkoe',
      'topic debitor.anmodning',
      'topic debitor.svar',
      'topic debitor.udfald',
      'topic debitor.udfald.kvittering',
    ]);
    expect(topology.queues.map(({ name }) => name).sort()).toEqual([
      'debitor.anmodning.debitorkonto',
      'debitor.anmodning.kontantindbetaling',
      'debitor.fejlkoe',
      'debitor.svar.byggesag',
      'debitor.svar.kulturskole',
      'debitor.udfald',
      'debitor.udfald.kvittering.kommunedebitor',
    ]);
  });

  test('gives an alternate exchange to debitor.anmodning alone, since one on debitor.svar would hide what is unroutable', () => {
    const alternates = topology.exchanges.map((exchange) => [exchange.name, exchange.arguments['alternate-exchange']]);
    expect(alternates.filter(([, alternate]) => alternate !== undefined)).toEqual([
      ['debitor.anmodning', 'debitor.fejlkoe'],
    ]);
  });

  test('lets one consumer at a time read the queues whose order counts', () => {
    for (const name of ['debitor.anmodning.debitorkonto', 'debitor.anmodning.kontantindbetaling', 'debitor.udfald']) {
      expect(queue(name)?.arguments).toEqual({
        'x-queue-type': 'quorum',
        'x-single-active-consumer': true,
        'x-delivery-limit': 200,
        'x-dead-letter-exchange': 'debitor.fejlkoe',
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
      });
    }
  });

  test('states a delivery limit on every queue: 4.x takes 20 where there is none, and 3.10 gives up at once where it is negative', () => {
    for (const { arguments: given } of topology.queues) {
      expect(given['x-queue-type']).toBe('quorum');
      expect(given['x-delivery-limit']).toBeGreaterThanOrEqual(200);
    }
  });

  test('never drops an answer that its reader rejects: it goes to the fejlkø', () => {
    for (const name of ['debitor.svar.kulturskole', 'debitor.udfald.kvittering.kommunedebitor']) {
      expect(queue(name)?.arguments).toMatchObject({
        'x-dead-letter-exchange': 'debitor.fejlkoe',
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
      });
    }
  });

  test('gives the fejlkø no dead-letter exchange: its own would be a cycle, which the broker breaks by dropping', () => {
    expect(queue('debitor.fejlkoe')?.arguments).not.toHaveProperty('x-dead-letter-exchange');
  });

  test('uses only arguments that both broker generations know', () => {
    const known = [
      'alternate-exchange',
      'x-queue-type',
      'x-single-active-consumer',
      'x-delivery-limit',
      'x-dead-letter-exchange',
      'x-dead-letter-strategy',
      'x-overflow',
    ];
    for (const { arguments: given } of [...topology.exchanges, ...topology.queues]) {
      expect(known).toEqual(expect.arrayContaining(Object.keys(given)));
    }
  });
});

describe('the queue of commands for a debitorsystem outside the process', () => {
  const kommando = kommandoTopologyFor('kommunedebitor');

  test('stands beside the topology, and is a quorum queue that drops what it gives up: the ledger has the command', () => {
    expect(kommando).toEqual({
      exchanges: [{ name: 'debitor.kommando', type: 'topic', arguments: {} }],
      queues: [
        { name: 'debitor.kommando.kommunedebitor', arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 200 } },
      ],
      bindings: [
        { exchange: 'debitor.kommando', queue: 'debitor.kommando.kommunedebitor', routingKey: 'kommunedebitor' },
      ],
    });
  });
});
