/**
 * recorded → dispatched → settled. Claims come from the ledger, which sees to the order of the lines; here they are only
 * kept within what the backend can do at once, cash payments first, with places that a mass run can't take from them.
 */
import { setMaxListeners } from 'node:events';
import type { Command } from '../domain/command.ts';
import type { Circumstances, RetryPolicy } from '../domain/lifecycle.ts';
import type { DispatchOutcome } from '../domain/udfald.ts';
import type { Capacity, Claim, CommandKind, Ledger, OutboxAnswer, Settlement } from '../ledger/ledger.ts';
import { type AskOptions, ask } from './ask.ts';
import type { Batches } from './batches.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import { settlementOf } from './settle.ts';

const NO_CAPACITY: Capacity = { debitorkonto: 0, kontantindbetaling: 0 };
const STOPPED = 'adapteren blev stoppet';

export interface DispatcherOptions extends Omit<AskOptions, 'stopping' | 'mayAsk'> {
  readonly ledger: Ledger;
  readonly retry: RetryPolicy;
  readonly batches: Pick<Batches, 'perCommit'>;
  readonly publish: (answers: readonly OutboxAnswer[]) => void;
  /** An anmodning has its udfald: it counts no longer as unfinished. */
  readonly onFinished: (kind: CommandKind) => void;
  readonly onLedger: (available: boolean) => void;
  readonly onFatal: (error: unknown) => void;
}

export interface Dispatcher {
  /** How many claims of each kind it would take now. */
  capacity(): Capacity;
  dispatch(claims: readonly Claim[]): void;
  /**
   * Takes no more claims; resolves when what is being asked is answered and recorded. What is unanswered after the grace is
   * aborted, and its outcome is unknown.
   */
  drain(graceMs: number): Promise<void>;
  /** Forgets what could not be recorded: the ledger is about to be closed, and takes it up at the next start. */
  abandon(): void;
}

interface Settling {
  readonly claim: Claim;
  readonly settlement: Settlement;
}

interface Places {
  readonly total: number;
  /** Most that debitorkontoanmodninger may take of them. */
  readonly debitorkonto: number;
}

/** A quarter of the places is kept free for cash payments, where there is more than one place. */
function placesOf(concurrency: number): Places {
  const reserved = concurrency === 1 ? 0 : Math.max(1, Math.floor(concurrency / 4));
  return { total: concurrency, debitorkonto: concurrency - reserved };
}

function svarformOf(command: Command): 'STRAKS' | 'SENERE' {
  return command.art === 'handling' ? command.svarform : 'STRAKS';
}

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { ledger, observe, world, capabilities } = options;
  const places = placesOf(capabilities.concurrency);
  const running = { debitorkonto: 0, kontantindbetaling: 0 };
  const queued: Record<CommandKind, Claim[]> = { debitorkonto: [], kontantindbetaling: [] };
  const asking = new Set<Promise<void>>();
  const stopping = new AbortController();
  // Every command that is being asked about listens to it.
  setMaxListeners(0, stopping.signal);
  let draining = false;
  const mayAsk = (): boolean => ledger.mayAsk();
  const takesClaims = (): boolean => !draining && mayAsk();

  /**
   * Cash payments do not stand behind a mass run's: each kind has commits of its own. A line is of one kind, so no order runs
   * across them.
   */
  const settlements = { debitorkonto: settlementGroup(), kontantindbetaling: settlementGroup() };

  function settlementGroup(): GroupCommit<Settling> {
    return createGroupCommit<Settling>({
      maxItems: options.batches.perCommit,
      async commit(items) {
        // Their places are free again whatever comes of the commit: count them before asking for new claims.
        const free = capacityWith(items.map(({ claim }) => claim));
        const settled = await ledger.settle(
          items.map(({ settlement }) => settlement),
          takesClaims() ? free : NO_CAPACITY,
        );
        observe('command.settled', { count: items.length });
        const stale = new Set(settled.stale);
        for (const { claim, settlement } of items) {
          running[claim.kind] -= 1;
          if (stale.has(claim.seq)) observe('command.stale', { seq: claim.seq });
          else if (settlement.state === 'done' || settlement.state === 'awaitingSvar') options.onFinished(claim.kind);
        }
        options.publish(settled.answers);
        dispatch(settled.claims);
        next();
      },
      onUnavailable(error) {
        observe('ledger.unavailable', { reason: error.message });
        options.onLedger(false);
      },
      onAvailable: () => options.onLedger(true),
      onFatal: options.onFatal,
    });
  }

  function settle(claim: Claim, settlement: Settlement): void {
    settlements[claim.kind].add({ claim, settlement });
  }

  function capacityWith(leaving: readonly Claim[]): Capacity {
    const cashLeaving = leaving.filter(({ kind }) => kind === 'kontantindbetaling').length;
    const debitorkonto = running.debitorkonto + queued.debitorkonto.length - (leaving.length - cashLeaving);
    const kontant = running.kontantindbetaling + queued.kontantindbetaling.length - cashLeaving;
    return {
      debitorkonto: Math.max(0, Math.min(places.debitorkonto - debitorkonto, places.total - debitorkonto - kontant)),
      // What is queued beyond its own places takes none of those that are kept for cash.
      kontantindbetaling: Math.max(0, places.total - Math.min(debitorkonto, places.debitorkonto) - kontant),
    };
  }

  async function carryOut(claim: Claim): Promise<void> {
    const { kind, seq, attempt, command } = claim;
    const startedAt = world.now();
    observe('command.dispatching', { kind, seq, attempt, noegle: command.noegle });
    const { outcome, inDoubt } = await ask(claim, { ...options, stopping: stopping.signal, mayAsk });
    const now = world.now();
    observe('command.answered', { kind, seq, attempt, udfald: outcome.art, durationMs: now - startedAt });
    const circumstances = {
      svarform: svarformOf(command),
      attempt: claim.asked,
      capabilities,
      policy: options.retry,
      inDoubt,
      now,
      chance: world.chance(),
    };
    settle(claim, settledSafely(claim, outcome, circumstances));
  }

  /** An udfald whose answer can't be written must not stop the adapter: nobody is told anything, and it is in doubt. */
  function settledSafely(claim: Claim, outcome: DispatchOutcome, circumstances: Circumstances): Settlement {
    try {
      return settlementOf(claim, outcome, circumstances);
    } catch (error) {
      const problem = `dets udfald kan ikke skrives som svar (${error instanceof Error ? error.name : typeof error})`;
      observe('backend.misbehaved', { noegle: claim.command.noegle, problem });
      return settlementOf(claim, { art: 'ukendt', aarsag: problem }, circumstances);
    }
  }

  function start(claim: Claim): void {
    // After a freeze: another adapter may be asking about it by now, and one that is asked twice may do it twice.
    if (!mayAsk()) {
      release(claim, 'adapteren stod stille for længe til, at den stadig sikkert var dens');
      return;
    }
    running[claim.kind] += 1;
    const asked = carryOut(claim)
      .catch(options.onFatal)
      .finally(() => asking.delete(asked));
    asking.add(asked);
  }

  /** A claim that was not asked about yet: given back as it came, due at once, and no attempt is used up. */
  function release(claim: Claim, aarsag: string): void {
    const { seq, attempt, inDoubt } = claim;
    const now = world.now();
    const unasked = { at: now, nextAttemptAt: now, aarsag, unasked: true } as const;
    running[claim.kind] += 1;
    settle(claim, { seq, attempt, ...unasked, state: inDoubt ? 'inDoubt' : 'retrying' });
  }

  /** Starts what there is room for, cash payments first. */
  function next(): void {
    const inUse = () => running.debitorkonto + running.kontantindbetaling;
    while (inUse() < places.total) {
      const cash = queued.kontantindbetaling.shift();
      const other = cash ?? (running.debitorkonto < places.debitorkonto ? queued.debitorkonto.shift() : undefined);
      if (other === undefined) break;
      start(other);
    }
  }

  function dispatch(claims: readonly Claim[]): void {
    if (draining) {
      for (const claim of claims) release(claim, STOPPED);
      return;
    }
    for (const claim of claims) queued[claim.kind].push(claim);
    next();
  }

  return {
    capacity: () => (takesClaims() ? capacityWith([]) : NO_CAPACITY),
    dispatch,
    async drain(graceMs) {
      draining = true;
      for (const claim of [...queued.kontantindbetaling.splice(0), ...queued.debitorkonto.splice(0)]) {
        release(claim, STOPPED);
      }
      const timer = setTimeout(() => stopping.abort(), graceMs);
      await Promise.all(asking);
      clearTimeout(timer);
      await Promise.all(Object.values(settlements).map((group) => group.idle()));
    },
    abandon() {
      for (const group of Object.values(settlements)) group.close();
    },
  };
}
