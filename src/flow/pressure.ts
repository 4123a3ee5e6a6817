/**
 * When to take no more: what is recorded and unfinished is bounded, kind by kind, and so the backlog stays in RabbitMQ,
 * where its depth can be seen. A blocked publishing connection stops intake too: answers would only pile up.
 */
import type { Consumer } from '../broker/delivery.ts';
import type { CommandKind, Counts } from '../ledger/ledger.ts';
import type { Observe } from './observe.ts';

/** Intake goes on when this share of the bound is left, so that it does not stop and go at every message. */
const RESUME_AT = 0.8;

export interface Pressure {
  /** The consumer of a kind; given once. */
  attach(kind: CommandKind, consumer: Consumer): void;
  recorded(kind: CommandKind): void;
  finished(kind: CommandKind): void;
  /** What the ledger counts: corrects what was counted here, and counts what other adapters do. */
  correct(counts: Counts): void;
  blocked(isBlocked: boolean): void;
  /** Why intake of a kind pauses; undefined while it does not. */
  reason(kind: CommandKind): string | undefined;
}

export function createPressure(maxUnfinished: number, observe: Observe): Pressure {
  const unfinished = { debitorkonto: 0, kontantindbetaling: 0 };
  const full = { debitorkonto: false, kontantindbetaling: false };
  const consumers = new Map<CommandKind, Consumer>();
  let isBlocked = false;

  function judge(kind: CommandKind): void {
    const isFull = unfinished[kind] >= (full[kind] ? maxUnfinished * RESUME_AT : maxUnfinished);
    if (isFull === full[kind]) return;
    full[kind] = isFull;
    observe(isFull ? 'intake.paused' : 'intake.resumed', { kind, reason: 'uafsluttede', unfinished: unfinished[kind] });
    if (isFull) consumers.get(kind)?.pause('uafsluttede');
    else consumers.get(kind)?.resume('uafsluttede');
  }

  return {
    attach(kind, consumer) {
      consumers.set(kind, consumer);
      if (full[kind]) consumer.pause('uafsluttede');
      if (isBlocked) consumer.pause('blokeret');
    },
    recorded(kind) {
      unfinished[kind] += 1;
      judge(kind);
    },
    finished(kind) {
      unfinished[kind] = Math.max(0, unfinished[kind] - 1);
      judge(kind);
    },
    correct(counts) {
      for (const kind of ['debitorkonto', 'kontantindbetaling'] as const) {
        unfinished[kind] = counts.unfinished[kind];
        judge(kind);
      }
    },
    blocked(now) {
      if (now === isBlocked) return;
      isBlocked = now;
      observe(now ? 'intake.paused' : 'intake.resumed', { reason: 'blokeret' });
      for (const consumer of consumers.values()) {
        if (now) consumer.pause('blokeret');
        else consumer.resume('blokeret');
      }
    },
    reason(kind) {
      if (isBlocked) return 'RabbitMQ har blokeret forbindelsen';
      return full[kind] ? `${unfinished[kind]} anmodninger er uden udfald (grænsen er ${maxUnfinished})` : undefined;
    },
  };
}
