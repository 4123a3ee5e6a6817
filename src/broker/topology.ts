/**
 * The topology in RabbitMQ as one literal: the names that fagsystemer and dashboards depend on (spec 2), with kinds,
 * arguments and bindings. Declarations, definitions.json and the AsyncAPI document are made from it.
 *
 * It is data: it speaks to no broker, and the vhost is not in it (the connection's URL names that).
 *
 * What stands with other arguments can't be changed in place: a queue's arguments are final. So a change here is a
 * migration for every installation, and `declareTopology` refuses to start on a broker that still has the old ones.
 */
import type { Registry } from '../domain/registry.ts';
import type { QueueKind } from './delivery.ts';

/** Argument values that JSON and AMQP both carry and both broker generations understand. */
export type ArgumentValue = string | number | boolean;
export type Arguments = Readonly<Record<string, ArgumentValue>>;

export interface Exchange {
  readonly name: string;
  readonly type: 'topic' | 'fanout';
  readonly arguments: Arguments;
}

/** Always durable, never exclusive or deleted by itself. */
export interface Queue {
  readonly name: string;
  readonly arguments: Arguments;
}

export interface Binding {
  readonly exchange: string;
  readonly queue: string;
  readonly routingKey: string;
}

export interface Topology {
  /** In an order in which each stands before another names it. */
  readonly exchanges: readonly Exchange[];
  readonly queues: readonly Queue[];
  readonly bindings: readonly Binding[];
}

/** Where fagsystemer publish. */
export const ANMODNING_EXCHANGE = 'debitor.anmodning';
/** Where the adapter publishes kvitteringer and svar to fagsystemer. */
export const SVAR_EXCHANGE = 'debitor.svar';
/** Where a debitorsystem outside the process publishes. */
export const UDFALD_EXCHANGE = 'debitor.udfald';
/** Where the adapter answers a debitorsystem outside the process. */
export const UDFALD_KVITTERING_EXCHANGE = 'debitor.udfald.kvittering';
/** Where the adapter gives commands to a debitorsystem outside the process that takes them from a queue (backend `amqp`). */
export const KOMMANDO_EXCHANGE = 'debitor.kommando';
/** What the broker could not bring to the adapter. */
export const FEJLKOE_EXCHANGE = 'debitor.fejlkoe';

const QUEUE_NAMES: Readonly<Record<QueueKind, string>> = {
  debitorkonto: 'debitor.anmodning.debitorkonto',
  kontantindbetaling: 'debitor.anmodning.kontantindbetaling',
  udfald: 'debitor.udfald',
  fejlkoe: 'debitor.fejlkoe',
};

/** The name of a queue that the adapter consumes. */
export function queueName(kind: QueueKind): string {
  return QUEUE_NAMES[kind];
}

/** Whether an answer with this routing key is about a cash payment (spec 2: `<fagsystem>.kvittering.kontantindbetaling`). */
export function isAboutKontantIndbetaling(routingKey: string): boolean {
  return routingKey.endsWith('.kontantindbetaling');
}

/** The name of the queue that a fagsystem reads its kvitteringer and svar from. */
export function svarQueueName(fagsystem: string): string {
  return `${SVAR_EXCHANGE}.${fagsystem}`;
}

/** The name of the queue that a debitorsystem outside the process reads its answers from. */
export function udfaldKvitteringQueueName(debitorsystem: string): string {
  return `${UDFALD_KVITTERING_EXCHANGE}.${debitorsystem}`;
}

/** The name of the queue that a debitorsystem outside the process reads its commands from. */
export function kommandoQueueName(debitorsystem: string): string {
  return `${KOMMANDO_EXCHANGE}.${debitorsystem}`;
}

/** Returns to the queue before the broker gives a message up, on the queues where giving up is right (spec 2). */
const WORK_DELIVERY_LIMIT = 200;

/**
 * As good as no limit, said in a way that both generations understand: without the argument 4.x takes 20 and drops what
 * exceeds it, and −1 makes 3.10 give up at the first return. One return a second reaches it in 31 years. Below 2^31,
 * so that AMQP and JSON carry it as the same integer.
 */
const NO_DELIVERY_LIMIT = 1_000_000_000;

/**
 * What leaves a queue undelivered goes to the fejlkø, and stays in its queue until the fejlkø has it. At-least-once works
 * only together with reject-publish; no queue has a length limit, so nothing is ever rejected by it.
 */
const DEAD_LETTERED_TO_FEJLKOE: Arguments = {
  'x-dead-letter-exchange': FEJLKOE_EXCHANGE,
  'x-dead-letter-strategy': 'at-least-once',
  'x-overflow': 'reject-publish',
};

/** A queue of work for the adapter: one consumer at a time keeps the order, also over several adapter processes. */
const WORK: Arguments = {
  'x-queue-type': 'quorum',
  'x-single-active-consumer': true,
  'x-delivery-limit': WORK_DELIVERY_LIMIT,
  ...DEAD_LETTERED_TO_FEJLKOE,
};

/**
 * A queue of answers for someone else. A reader that crashes over and over must not use an answer up, hence no limit;
 * one that rejects an answer without requeueing must not make it vanish, hence the fejlkø.
 */
const ANSWERS: Arguments = {
  'x-queue-type': 'quorum',
  'x-delivery-limit': NO_DELIVERY_LIMIT,
  ...DEAD_LETTERED_TO_FEJLKOE,
};

/**
 * The last net. It has no dead-letter exchange: its own would be a cycle, which the broker breaks by dropping the message.
 * With no limit it keeps a message until an adapter has it in its ledger; which one, and in what order, does not matter.
 */
const FEJLKOE: Arguments = {
  'x-queue-type': 'quorum',
  'x-delivery-limit': NO_DELIVERY_LIMIT,
};

/**
 * A queue of commands for someone else. What expires or is given up here is dropped: the ledger has the command, and asks
 * about it again. Any number of consumers may share it, since two commands on one debitorkonto are never out at a time.
 */
const KOMMANDOER: Arguments = {
  'x-queue-type': 'quorum',
  'x-delivery-limit': WORK_DELIVERY_LIMIT,
};

/** What exists in every installation, whoever is registered. */
const FIXED = {
  exchanges: [
    { name: FEJLKOE_EXCHANGE, type: 'fanout', arguments: {} },
    { name: ANMODNING_EXCHANGE, type: 'topic', arguments: { 'alternate-exchange': FEJLKOE_EXCHANGE } },
    // No alternate exchange on these: it would take what is unroutable, and a mandatory publication would not be returned.
    { name: SVAR_EXCHANGE, type: 'topic', arguments: {} },
    { name: UDFALD_EXCHANGE, type: 'topic', arguments: {} },
    { name: UDFALD_KVITTERING_EXCHANGE, type: 'topic', arguments: {} },
  ],
  queues: [
    { name: QUEUE_NAMES.fejlkoe, arguments: FEJLKOE },
    { name: QUEUE_NAMES.debitorkonto, arguments: WORK },
    { name: QUEUE_NAMES.kontantindbetaling, arguments: WORK },
    { name: QUEUE_NAMES.udfald, arguments: WORK },
  ],
  bindings: [
    { exchange: FEJLKOE_EXCHANGE, queue: QUEUE_NAMES.fejlkoe, routingKey: '' },
    { exchange: ANMODNING_EXCHANGE, queue: QUEUE_NAMES.debitorkonto, routingKey: 'debitorkonto.*' },
    { exchange: ANMODNING_EXCHANGE, queue: QUEUE_NAMES.kontantindbetaling, routingKey: 'kontantindbetaling.*' },
    // Every key, not only the two that are right: a mistyped one then reaches the adapter, which keeps it and says so.
    { exchange: UDFALD_EXCHANGE, queue: QUEUE_NAMES.udfald, routingKey: '#' },
  ],
} as const satisfies Topology;

/** The whole topology of an installation: what is fixed, and one queue for each registered fagsystem and debitorsystem. */
export function topologyFor(registry: Registry): Topology {
  const svar = registry.fagsystemer.map(({ id }) => ({
    exchange: SVAR_EXCHANGE,
    queue: svarQueueName(id),
    routingKey: `${id}.#`,
  }));
  const udfaldKvittering = registry.debitorsystemer.map(({ id }) => ({
    exchange: UDFALD_KVITTERING_EXCHANGE,
    queue: udfaldKvitteringQueueName(id),
    routingKey: `${id}.#`,
  }));
  const perParty = [...svar, ...udfaldKvittering];
  return {
    exchanges: FIXED.exchanges,
    queues: [...FIXED.queues, ...perParty.map(({ queue }) => ({ name: queue, arguments: ANSWERS }))],
    bindings: [...FIXED.bindings, ...perParty],
  };
}

/** What the backend `amqp` needs beside it; only where that backend is used. */
export function kommandoTopologyFor(debitorsystem: string): Topology {
  const queue = kommandoQueueName(debitorsystem);
  return {
    // No alternate exchange: what is unroutable must come back.
    exchanges: [{ name: KOMMANDO_EXCHANGE, type: 'topic', arguments: {} }],
    queues: [{ name: queue, arguments: KOMMANDOER }],
    bindings: [{ exchange: KOMMANDO_EXCHANGE, queue, routingKey: debitorsystem }],
  };
}
