/**
 * read → recorded, many in one commit, in order → acked. The only place that acks. What was recorded is handed on at once:
 * claims to be dispatched, answers to be published.
 *
 * While the ledger can't write, nothing is acked, and so intake stands still at the prefetch. What was delivered is held for
 * a while and then given back, and intake pauses, so that RabbitMQ's acknowledgement time-out never closes the channel under us.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Consumer, Delivery, QueueKind } from '../broker/delivery.ts';
import type { Instant } from '../domain/identer.ts';
import {
  type Arrival,
  type Capacity,
  type Claim,
  type CommandKind,
  type Judgement,
  type Ledger,
  LedgerUnavailable,
  type OutboxAnswer,
  type Recorded,
} from '../ledger/ledger.ts';
import type { Batches } from './batches.ts';
import { createGroupCommit } from './group-commit.ts';
import type { Observe, World } from './observe.ts';
import { ownFault, type ReadDelivery } from './read.ts';

/** Unacked deliveries are given back after the ledger has been unable to write for so long. */
const HOLD_MS = 20_000;
/** How often a ledger that can't write is asked whether it can, once its deliveries are given back. */
const PROBE_MS = 1_000;

export interface ReceiverOptions {
  readonly queue: QueueKind;
  readonly ledger: Ledger;
  readonly read: ReadDelivery;
  readonly world: World;
  readonly observe: Observe;
  readonly capacity: () => Capacity;
  readonly batches: Batches;
  readonly dispatch: (claims: readonly Claim[]) => void;
  readonly publish: (answers: readonly OutboxAnswer[]) => void;
  /** An anmodning was recorded that has no udfald yet. */
  readonly onUnfinished: (kind: CommandKind) => void;
  readonly onLedger: (available: boolean) => void;
  readonly onFatal: (error: unknown) => void;
}

export interface Receiver {
  onDelivery(delivery: Delivery): void;
  /** The consumer whose deliveries it receives; given once, before the first delivery. */
  attach(consumer: Consumer): void;
  /** Resolves when everything delivered is recorded and acked. */
  idle(): Promise<void>;
  /** Forgets what is not recorded yet, and records and acks nothing more: RabbitMQ has all of it, and delivers it again. */
  stop(): void;
}

interface Pending {
  readonly delivery: Delivery;
  readonly arrival: Arrival;
  /** How it was judged, once the ledger has asked. */
  readonly judgement: () => Judgement | undefined;
}

/** Remembers the judgement that the ledger asked for, so that it can be told about once it is durable. */
function pendingOf(delivery: Delivery, arrival: Arrival): Pending {
  let judged: Judgement | undefined;
  const judge: Arrival['judge'] = (known) => {
    judged = arrival.judge(known);
    return judged;
  };
  return { delivery, arrival: { ...arrival, judge }, judgement: () => judged };
}

/** The same delivery, as what a fault of ours has put aside. */
function putAside({ identity: _unread, ...arrival }: Arrival, error: unknown): Arrival {
  return { ...arrival, judge: () => ownFault(error) };
}

export function createReceiver(options: ReceiverOptions): Receiver {
  const { queue, ledger, observe, world } = options;
  let consumer: Consumer | undefined;
  /** Recorded before the consumer was attached: acked when it is. */
  let unackedLast: Delivery | undefined;
  let unavailableSince: number | undefined;
  let probe: NodeJS.Timeout | undefined;
  /** Not read yet. */
  const delivered: { readonly delivery: Delivery; readonly receivedAt: Instant }[] = [];
  let isReading = false;

  function ack(): void {
    if (consumer === undefined || unackedLast === undefined) return;
    consumer.ackThrough(unackedLast);
    unackedLast = undefined;
  }

  function distribute(recorded: readonly Recorded[]): void {
    const claims: Claim[] = [];
    for (const one of recorded) {
      switch (one.art) {
        case 'claimed':
          options.onUnfinished(one.claim.kind);
          claims.push(one.claim);
          break;
        case 'waiting':
          options.onUnfinished(queue === 'kontantindbetaling' ? 'kontantindbetaling' : 'debitorkonto');
          break;
        case 'answered':
          options.publish(one.answers);
          break;
        case 'nothing':
          break;
      }
    }
    if (claims.length > 0) options.dispatch(claims);
  }

  /** Tells of what is out of the ordinary about a message. */
  function tell({ delivery, judgement }: Pending): void {
    const judged = judgement();
    const { messageId } = delivery.properties;
    switch (judged?.art) {
      case 'answer':
        observe('message.refused', { queue, messageId, kode: judged.answer.kode });
        break;
      case 'repeat':
        observe('message.repeated', { queue, messageId });
        break;
      case 'fejlkoe': {
        const { kode, aarsag } = judged;
        observe(kode === 'DA-120' ? 'sender.mismatch' : 'message.unreadable', { queue, messageId, kode, aarsag });
        break;
      }
      default:
        break;
    }
  }

  /**
   * Records a group. Where a fault of ours lies in one of its messages, each is recorded alone, and the one that can't be is
   * put aside in the fejlkø: no message stops the next.
   */
  async function record(items: readonly Pending[]): Promise<readonly Recorded[]> {
    const arrivals = items.map(({ arrival }) => arrival);
    try {
      return await ledger.record(arrivals, options.capacity());
    } catch (error) {
      if (error instanceof LedgerUnavailable) throw error;
      const [only] = arrivals;
      if (arrivals.length === 1 && only !== undefined)
        return ledger.record([putAside(only, error)], options.capacity());
      for (const item of items) {
        // Handed on at once: were the ledger gone at a later one, this one's claim would be known to nobody.
        distribute(await record([item]));
      }
      return [];
    }
  }

  const group = createGroupCommit<Pending>({
    maxItems: options.batches.perCommit,
    async commit(items) {
      const recorded = await record(items);
      observe('delivery.recorded', { queue, count: items.length });
      unackedLast = items.at(-1)?.delivery;
      ack();
      observe('delivery.acked', { queue, count: items.length });
      items.forEach(tell);
      distribute(recorded);
    },
    onUnavailable(error) {
      unavailableSince ??= world.now();
      observe('ledger.unavailable', { queue, reason: error.message });
      options.onLedger(false);
      // Not paused yet: nothing is acked, so the prefetch bounds what comes. A pause would let another adapter's consumer
      // take over while these deliveries are still out here, and record what is behind them first.
      if (world.now() - unavailableSince >= HOLD_MS) giveBack();
    },
    onAvailable() {
      if (unavailableSince === undefined) return;
      available();
    },
    onFatal: options.onFatal,
  });

  function available(): void {
    unavailableSince = undefined;
    observe('ledger.available', { queue });
    options.onLedger(true);
    consumer?.resume('ledger');
  }

  function giveBack(): void {
    if (probe !== undefined) return;
    observe('delivery.handedBack', { queue, count: delivered.length + group.size });
    delivered.length = 0;
    group.clear();
    // In one turn, so that the channel is closed without a cancel before it.
    consumer?.pause('ledger');
    void consumer?.handBack();
    probe = setInterval(() => {
      ledger.probe(world.now()).then(
        () => {
          clearInterval(probe);
          probe = undefined;
          available();
        },
        () => options.onLedger(false), // Asked again at the next tick.
      );
    }, PROBE_MS);
  }

  /** Reads a few of what was delivered, and leaves the rest for the next turn: others have a word in between. */
  function readSome(): void {
    for (const { delivery, receivedAt } of delivered.splice(0, options.batches.perTurn())) {
      group.add(pendingOf(delivery, options.read(delivery, receivedAt)));
    }
    isReading = delivered.length > 0;
    if (isReading) setImmediate(readSome);
  }

  return {
    onDelivery(delivery) {
      observe('delivery.received', { queue, redelivered: delivery.redelivered });
      delivered.push({ delivery, receivedAt: world.now() });
      if (isReading) return;
      isReading = true;
      setImmediate(readSome);
    },
    attach(given) {
      consumer = given;
      ack();
    },
    async idle() {
      while (isReading) await nextTurn();
      await group.idle();
    },
    stop() {
      clearInterval(probe);
      delivered.length = 0;
      group.close();
    },
  };
}
