/**
 * The flow of one adapter, wired: what each verb hands to the next. It owns no connection and reads no clock; it is started
 * with ports and drained before they are closed.
 *
 *   RabbitMQ → receive → ledger → dispatch → debitorsystem → settle → ledger → relay → RabbitMQ
 *                                   ▲ sweep: retries and answers that are due       ▲ report-svar
 */
import type { Rulebook } from '../anmodninger/definition.ts';
import type { Consumer, OnDelivery, QueueKind } from '../broker/delivery.ts';
import type { Publisher } from '../broker/publication.ts';
import type { Capabilities, Debitorsystem, DebitorsystemPorts } from '../debitorsystem/debitorsystem.ts';
import type { RetryPolicy } from '../domain/lifecycle.ts';
import type { Capacity, Claim, Counts, Ledger, OutboxAnswer } from '../ledger/ledger.ts';
import { createBatches } from './batches.ts';
import { createDispatcher, type Dispatcher } from './dispatch.ts';
import type { Observe, World } from './observe.ts';
import { createPressure } from './pressure.ts';
import { createReader } from './read.ts';
import { createReceiver } from './receive.ts';
import { createRelay } from './relay.ts';
import { createSvarPort } from './report-svar.ts';
import { createSweeper } from './sweep.ts';

export interface FlowSettings {
  readonly rulebook: Rulebook;
  readonly requireUserId: boolean;
  readonly maxMessageBytes: number;
  readonly maxUnfinished: number;
  readonly dispatchTimeoutMs: number;
  readonly retry: RetryPolicy;
}

export interface FlowPorts {
  readonly ledger: Ledger;
  readonly publisher: Publisher;
  readonly canPublish: () => boolean;
  readonly capabilities: Capabilities;
  /** Makes the backend, which is handed the port that it reports svar through. */
  readonly createBackend: (reportSvar: DebitorsystemPorts['reportSvar']) => Promise<Debitorsystem>;
  readonly world: World;
  readonly observe: Observe;
  /** The process can't go on: a fault of ours. */
  readonly onFatal: (error: unknown) => void;
}

/** How the flow is doing, for health and metrics. */
export interface FlowStatus {
  readonly draining: boolean;
  readonly ledgerAvailable: boolean;
  readonly paused: { readonly debitorkonto?: string; readonly kontantindbetaling?: string };
  /** Of the latest sweep; undefined before the first. */
  readonly counts?: Counts;
}

export interface AdapterFlow {
  readonly backend: Debitorsystem;
  /** Where the deliveries of a queue go. */
  receiver(queue: QueueKind): OnDelivery;
  /** The consumer of a queue, once it consumes. */
  attach(queue: QueueKind, consumer: Consumer): void;
  /** Takes up what an earlier run left, and starts the clockwork. */
  start(): Promise<void>;
  /** The publishing connection is blocked by the broker, or no longer. */
  blocked(isBlocked: boolean): void;
  status(): FlowStatus;
  /** Looks now for what is due: after a connection came back. */
  wake(): void;
  /**
   * Stops intake, finishes what is being asked, records and publishes it. What the debitorsystem has not answered when most
   * of the bound is used up is aborted.
   */
  drain(boundMs: number): Promise<void>;
  /** Forgets what could not be recorded; the last thing before the ledger is closed, whether drained or not. */
  abandon(): void;
}

/** Of the bound on draining, what the debitorsystem's answers may take; the rest is for recording and publishing them. */
const ANSWER_SHARE = 0.6;

const QUEUES: readonly QueueKind[] = ['debitorkonto', 'kontantindbetaling', 'udfald', 'fejlkoe'];

export async function createFlow(settings: FlowSettings, ports: FlowPorts): Promise<AdapterFlow> {
  const { ledger, world, observe, onFatal, capabilities } = ports;
  let started = false;
  let draining = false;
  let ledgerAvailable = true;
  let counts: Counts | undefined;
  const consumers = new Map<QueueKind, Consumer>();
  const pressure = createPressure(settings.maxUnfinished, observe);
  const onLedger = (available: boolean): void => {
    ledgerAvailable = available;
  };

  const batches = createBatches(world.now);
  const relay = createRelay({ ledger, publisher: ports.publisher, world, observe, batches, onLedger, onFatal });
  const publish = (answers: readonly OutboxAnswer[]): void => relay.publish(answers);
  // A backend is made before what dispatches to it, and may report a svar while it is being made.
  let dispatcher: Dispatcher | undefined;
  const dispatch = (claims: readonly Claim[]): void => dispatcher?.dispatch(claims);
  const capacity = (): Capacity => dispatcher?.capacity() ?? { debitorkonto: 0, kontantindbetaling: 0 };
  const reportSvar = createSvarPort({ ledger, world, observe, publish, capacity, dispatch });
  const backend = await ports.createBackend(reportSvar);
  const running = createDispatcher({
    ledger,
    backend,
    capabilities,
    timeoutMs: settings.dispatchTimeoutMs,
    retry: settings.retry,
    batches,
    world,
    observe,
    publish,
    onFinished: (kind) => pressure.finished(kind),
    onLedger,
    onFatal,
  });
  const askAgain = capabilities.idempotent || capabilities.opslag;
  dispatcher = running;
  const sweeper = createSweeper({
    ledger,
    relay,
    world,
    observe,
    askAgain,
    capacity: () => dispatcher.capacity(),
    dispatch,
    canPublish: ports.canPublish,
    onCounts(latest) {
      counts = latest;
      pressure.correct(latest);
    },
    ledgerAvailable: () => ledgerAvailable,
    onLedger,
    onFatal,
  });
  const read = createReader(settings);
  const receivers = new Map(
    QUEUES.map((queue) => {
      const onUnfinished = pressure.recorded;
      const options = {
        queue,
        ledger,
        read,
        world,
        observe,
        capacity,
        batches,
        dispatch,
        publish,
        onUnfinished,
        onLedger,
        onFatal,
      };
      return [queue, createReceiver(options)] as const;
    }),
  );

  function receiverOf(queue: QueueKind) {
    const receiver = receivers.get(queue);
    if (receiver === undefined) throw new TypeError(`no receiver for ${queue}`);
    return receiver;
  }

  /** What is delivered before RabbitMQ has heard of the pause is recorded and acked too: it need not be delivered again. */
  async function endIntake(): Promise<void> {
    for (const consumer of consumers.values()) consumer.pause('nedlukning');
    await Promise.all([...consumers.values()].map((consumer) => consumer.quiet()));
    await Promise.all([...receivers.values()].map((receiver) => receiver.idle()));
  }

  return {
    backend,
    receiver: (queue) => {
      const receiver = receiverOf(queue);
      if (queue !== 'kontantindbetaling') return (delivery) => receiver.onDelivery(delivery);
      return (delivery) => {
        batches.kontantDelivered();
        receiver.onDelivery(delivery);
      };
    },
    attach(queue, consumer) {
      consumers.set(queue, consumer);
      receiverOf(queue).attach(consumer);
      // It came while the adapter was told to stop: what has ended intake did not know it.
      if (draining) consumer.pause('nedlukning');
      if (queue === 'debitorkonto' || queue === 'kontantindbetaling') pressure.attach(queue, consumer);
    },
    async start() {
      const interrupted = await ledger.takeUpInterrupted(askAgain, world.now());
      if (interrupted > 0) observe('command.interrupted', { count: interrupted });
      await backend.start?.();
      started = true;
      await sweeper.sweep();
      sweeper.start();
    },
    blocked: (isBlocked) => pressure.blocked(isBlocked),
    status() {
      const unwritable = ledgerAvailable ? undefined : 'ledgeren kan ikke skrive';
      const debitorkonto = unwritable ?? pressure.reason('debitorkonto');
      const kontantindbetaling = unwritable ?? pressure.reason('kontantindbetaling');
      const paused = {
        ...(debitorkonto === undefined ? {} : { debitorkonto }),
        ...(kontantindbetaling === undefined ? {} : { kontantindbetaling }),
      };
      return { draining, ledgerAvailable, paused, ...(counts === undefined ? {} : { counts }) };
    },
    wake() {
      if (started && !draining) void sweeper.sweep();
    },
    async drain(boundMs) {
      draining = true;
      await Promise.all([endIntake(), sweeper.stop(), running.drain(boundMs * ANSWER_SHARE)]);
      // What a commit that was under way has claimed meanwhile is given back, and that is recorded too.
      await running.drain(0);
      await relay.idle();
    },
    abandon() {
      for (const receiver of receivers.values()) receiver.stop();
      running.abandon();
      relay.abandon();
    },
  };
}
