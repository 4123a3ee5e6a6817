/**
 * Group commit: what comes in during one turn of the event loop, or while a commit is under way, shares the next commit.
 * A lone item waits for company only where there is a linger. One commit at a time, in order; while the ledger can't write,
 * the same group is tried again, with a growing pause, and nothing is dropped.
 *
 * Once it is closed, by its owner or by a fault of ours, it takes nothing more: what comes behind something that was dropped
 * must not be committed, since whoever acks it acks all before it too.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { LedgerUnavailable } from '../ledger/ledger.ts';

const INITIAL_PAUSE_MS = 50;
const MAX_PAUSE_MS = 2000;

export interface GroupCommitOptions<Item> {
  /** One transaction. Only LedgerUnavailable is tried again. */
  readonly commit: (items: readonly Item[]) => Promise<void>;
  /** Most items in one commit, asked before each. */
  readonly maxItems: () => number;
  /** Calls back when a commit has waited for company long enough; it waits for none where left out. */
  readonly linger?: (enough: () => void) => () => void;
  readonly onUnavailable: (error: LedgerUnavailable) => void;
  readonly onAvailable: () => void;
  /** A fault of ours: the process can't go on. */
  readonly onFatal: (error: unknown) => void;
}

export interface GroupCommit<Item> {
  add(item: Item): void;
  /** Items not committed yet, those under way included. */
  readonly size: number;
  /** Resolves when nothing is left to commit. */
  idle(): Promise<void>;
  /** Forgets what is not committed yet. A commit that is under way may still succeed. */
  clear(): void;
  /** The same, and nothing that is added from now on is committed. */
  close(): void;
}

export function createGroupCommit<Item>(options: GroupCommitOptions<Item>): GroupCommit<Item> {
  let waiting: Item[] = [];
  let underWay: readonly Item[] = [];
  let running = false;
  let generation = 0;
  let closed = false;
  let idleWaiters: (() => void)[] = [];
  /** Ends the wait for company. */
  let enough: (() => void) | undefined;

  /** Resolves when the commit is large enough, or has waited long enough, or somebody waits for its end. */
  async function company(linger: (enough: () => void) => () => void): Promise<void> {
    if (idleWaiters.length > 0 || waiting.length >= options.maxItems()) return;
    await new Promise<void>((resolve) => {
      const callOff = linger(resolve);
      enough = () => {
        callOff();
        resolve();
      };
    });
    enough = undefined;
  }

  async function commitGroup(items: readonly Item[]): Promise<void> {
    const mine = generation;
    for (let pauseMs = INITIAL_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
      try {
        await options.commit(items);
        options.onAvailable();
        return;
      } catch (error) {
        if (!(error instanceof LedgerUnavailable)) throw error;
        options.onUnavailable(error);
      }
      await pause(pauseMs);
      if (mine !== generation) return;
    }
  }

  async function run(): Promise<void> {
    try {
      while (waiting.length > 0) {
        if (options.linger !== undefined) await company(options.linger);
        if (waiting.length === 0) break;
        const maxItems = options.maxItems();
        underWay = waiting.length <= maxItems ? waiting : waiting.slice(0, maxItems);
        waiting = waiting.slice(underWay.length);
        await commitGroup(underWay);
        underWay = [];
      }
    } catch (error) {
      // Nobody will commit what waits: were it left here, whoever waits for an empty group on the way out would wait for ever.
      closed = true;
      waiting = [];
      options.onFatal(error);
    } finally {
      underWay = [];
      running = false;
      const waiters = idleWaiters;
      idleWaiters = [];
      for (const wake of waiters) wake();
    }
  }

  function clear(): void {
    waiting = [];
    generation += 1;
    enough?.();
  }

  return {
    add(item) {
      if (closed) return;
      waiting.push(item);
      if (enough !== undefined && waiting.length >= options.maxItems()) enough();
      if (running) return;
      running = true;
      // At the end of this turn: everything that one read from the socket brought is then in the group.
      setImmediate(() => void run());
    },
    get size() {
      return waiting.length + underWay.length;
    },
    idle() {
      if (!running) return Promise.resolve();
      const idle = new Promise<void>((resolve) => idleWaiters.push(resolve));
      enough?.();
      return idle;
    },
    clear,
    close() {
      closed = true;
      clear();
    },
  };
}
