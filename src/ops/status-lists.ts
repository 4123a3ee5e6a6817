/** Words and groupings that the lists of the command line and the operations page share. Pure; reads no ledger. */
import type { Instant } from '../domain/identer.ts';
import type { State } from '../domain/lifecycle.ts';
import type { FejlkoeRow } from '../ledger/ledger.ts';

/** What the states are called to people, in the order of a message's life. */
export const STATE_NAMES: Readonly<Record<State, string>> = {
  recorded: 'modtaget, venter på tur',
  dispatching: 'hos debitorsystemet',
  retrying: 'forsøges igen',
  inDoubt: 'i tvivl',
  awaitingSvar: 'venter på svar',
  done: 'afsluttet',
};

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A span for people, in its two largest units: `3 t 12 min`. */
export function ageText(spanMs: number): string {
  const span = Math.max(0, spanMs);
  if (span < MINUTE_MS) return `${Math.floor(span / SECOND_MS)} s`;
  if (span < HOUR_MS) return `${Math.floor(span / MINUTE_MS)} min ${Math.floor((span % MINUTE_MS) / SECOND_MS)} s`;
  if (span < DAY_MS) return `${Math.floor(span / HOUR_MS)} t ${Math.floor((span % HOUR_MS) / MINUTE_MS)} min`;
  return `${Math.floor(span / DAY_MS)} d ${Math.floor((span % DAY_MS) / HOUR_MS)} t`;
}

const COPENHAGEN = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Copenhagen',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** An instant as people in Denmark read it: `2026-11-22 13:05:09`. */
export function instantText(at: Instant): string {
  return COPENHAGEN.format(at);
}

/** Entries of the fejlkø that have the same cause. */
export interface FejlkoeCause {
  readonly kode: string;
  readonly aarsag: string;
  readonly antal: number;
  readonly oldestAt: Instant;
  /** The first entry, as an example to look at. */
  readonly id: number;
}

/** A place in a message (`linje 3, kolonne 14`) makes two entries with one cause look different. */
const PLACE = /\b(linje|kolonne|byte|tegn) [0-9]+/g;

/** Groups entries by code and reason, most frequent first. */
export function causesOf(rows: readonly FejlkoeRow[]): readonly FejlkoeCause[] {
  const causes = new Map<string, FejlkoeCause>();
  for (const { id, kode, aarsag, receivedAt } of rows) {
    const general = aarsag.replace(PLACE, '$1 …');
    const key = `${kode} ${general}`;
    const known = causes.get(key) ?? { kode, aarsag: general, antal: 0, oldestAt: receivedAt, id };
    causes.set(key, { ...known, antal: known.antal + 1, oldestAt: Math.min(known.oldestAt, receivedAt) });
  }
  return [...causes.values()].sort((one, other) => other.antal - one.antal);
}
