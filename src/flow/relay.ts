/**
 * answer recorded → published, confirmed and not returned → marked. An answer that was returned or not confirmed stays in
 * the ledger and is tried again; its message id is the same each time, so a receiver can tell a repeat.
 */
import type { Publisher } from '../broker/publication.ts';
import { backoffMs } from '../domain/lifecycle.ts';
import type { Ledger, OutboxAnswer, Published } from '../ledger/ledger.ts';
import type { Batches } from './batches.ts';
import { createGroupCommit } from './group-commit.ts';
import type { Observe, World } from './observe.ts';

/**
 * What is published is marked a little later, together with others: a mark that a crash loses costs one repeat, and every
 * commit that is saved is one that nobody waits for.
 */
const MARK_LINGER_MS = 10;
/** An answer without a queue, or without a confirm, is tried again after one second at first and a minute at last. */
const RETRY = { maxAttempts: Number.POSITIVE_INFINITY, initialDelayMs: 1000, maxDelayMs: 60_000 };
/** Answers under way beyond which none are taken from the ledger, after a restart or a lost connection. */
const MAX_DUE = 1000;

export interface RelayOptions {
  readonly ledger: Ledger;
  readonly publisher: Publisher;
  readonly world: World;
  readonly observe: Observe;
  readonly batches: Pick<Batches, 'perCommit'>;
  readonly onLedger: (available: boolean) => void;
  readonly onFatal: (error: unknown) => void;
}

export interface Relay {
  publish(answers: readonly OutboxAnswer[]): void;
  /** Publishes what is due in the ledger and not under way. */
  publishDue(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Forgets what could not be marked: the ledger is about to be closed; what was published is published again. */
  abandon(): void;
}

export function createRelay(options: RelayOptions): Relay {
  const { ledger, publisher, world, observe } = options;
  const underWay = new Set<Promise<void>>();

  const marks = createGroupCommit<Published>({
    maxItems: options.batches.perCommit,
    linger: (enough) => world.after(MARK_LINGER_MS, enough),
    async commit(published) {
      const released = await ledger.markPublished(published);
      observe('answer.marked', { count: published.length });
      publish(released);
    },
    onUnavailable(error) {
      observe('ledger.unavailable', { reason: error.message });
      options.onLedger(false);
    },
    onAvailable: () => options.onLedger(true),
    onFatal: options.onFatal,
  });

  async function publishOne(answer: OutboxAnswer): Promise<void> {
    const { answerId, art, kode, routingKey, messageId } = answer;
    observe('answer.publishing', { answerId, art, routingKey, messageId });
    const outcome = await publisher.publish(answer);
    const at = world.now();
    if (outcome.art === 'confirmed') {
      observe('answer.confirmed', { answerId, art, kode, routingKey, messageId });
      marks.add({ answerId, at, art: 'confirmed' });
      return;
    }
    const nextAttemptAt = at + backoffMs(answer.attempts + 1, RETRY, world.chance());
    const reason = outcome.art === 'unknown' ? outcome.aarsag : undefined;
    const step = outcome.art === 'returned' ? 'answer.returned' : 'answer.unconfirmed';
    observe(step, { answerId, art, routingKey, messageId, reason });
    marks.add({ answerId, at, art: outcome.art, nextAttemptAt });
  }

  function publish(answers: readonly OutboxAnswer[]): void {
    for (const answer of answers) {
      const published = publishOne(answer)
        .catch(options.onFatal)
        .finally(() => underWay.delete(published));
      underWay.add(published);
    }
  }

  return {
    publish,
    async publishDue() {
      const room = MAX_DUE - underWay.size;
      if (room > 0) publish(await ledger.dueAnswers(world.now(), room));
    },
    async idle() {
      while (underWay.size > 0 || marks.size > 0) {
        await Promise.all(underWay);
        await marks.idle();
      }
    },
    abandon: () => marks.close(),
  };
}
