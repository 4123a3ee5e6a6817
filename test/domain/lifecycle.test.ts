import { describe, expect, test } from 'vitest';
import { addDays, datoAt } from '../../src/domain/dato.ts';
import type { Dato } from '../../src/domain/identer.ts';
import { backoffMs, type Circumstances, decide, TRANSITIONS, UNFINISHED } from '../../src/domain/lifecycle.ts';

const policy = { maxAttempts: 3, initialDelayMs: 1000, maxDelayMs: 10_000 };
const neither = { idempotent: false, opslag: false };
const idempotent = { idempotent: true, opslag: false };

function circumstances(changes: Partial<Circumstances> = {}): Circumstances {
  return {
    svarform: 'STRAKS',
    attempt: 1,
    capabilities: neither,
    policy,
    inDoubt: false,
    now: 0,
    chance: 1,
    ...changes,
  };
}

const notCarriedOut = (forbigaaende: boolean) => ({ art: 'ikkeUdfoert', forbigaaende, aarsag: 'nede' }) as const;
const unknown = { art: 'ukendt', aarsag: 'time-out' } as const;

describe('after the debitorsystem was asked', () => {
  test('a transient fault is tried again until the attempts are used up, and is then FEJLET', () => {
    expect(decide(notCarriedOut(true), circumstances({ attempt: 2 }))).toEqual({
      next: 'retrying',
      nextAttemptAt: 2000,
      aarsag: 'nede',
    });
    expect(decide(notCarriedOut(true), circumstances({ attempt: 3 })).next).toBe('fejlet');
  });

  test('a permanent fault is FEJLET at once', () => {
    expect(decide(notCarriedOut(false), circumstances()).next).toBe('fejlet');
  });

  test('an unknown outcome is never FEJLET, however often it is met', () => {
    for (const attempt of [1, 3, 1000]) {
      expect(decide(unknown, circumstances({ attempt })).next).toBe('inDoubt');
    }
  });

  test('an unknown outcome waits for a person where the backend can neither recognise nor look up a key', () => {
    expect(decide(unknown, circumstances())).toEqual({ next: 'inDoubt', aarsag: 'time-out' });
    expect(decide(unknown, circumstances({ capabilities: idempotent }))).toMatchObject({ nextAttemptAt: 1000 });
  });

  test('"nothing was carried out this time" does not clear the doubt about an earlier attempt', () => {
    const again = circumstances({ inDoubt: true, attempt: 99, capabilities: idempotent });
    expect(decide(notCarriedOut(false), again).next).toBe('inDoubt');
    expect(decide(notCarriedOut(true), again).next).toBe('inDoubt');
  });

  test('a handlingstype that promises its result at once is not answered MODTAGET', () => {
    expect(decide({ art: 'accepteretTilSenere' }, circumstances()).next).toBe('inDoubt');
    expect(decide({ art: 'accepteretTilSenere' }, circumstances({ svarform: 'SENERE' })).next).toBe('awaitingSvar');
  });

  test('a handlingstype with a later svar gets MODTAGET and its svar also where the result is there at once', () => {
    expect(decide({ art: 'udfoert' }, circumstances({ svarform: 'SENERE' }))).toEqual({
      next: 'awaitingSvar',
      udfoertStraks: true,
    });
  });

  test('backoff doubles up to its bound and is spread by half', () => {
    expect([1, 2, 3, 4, 5, 60].map((attempt) => backoffMs(attempt, policy, 1))).toEqual([
      1000, 2000, 4000, 8000, 10_000, 10_000,
    ]);
    expect(backoffMs(1, policy, 0)).toBe(500);
  });
});

test('what is finished goes nowhere, and what is unfinished can still be finished', () => {
  expect(TRANSITIONS.done).toEqual([]);
  for (const state of UNFINISHED) expect(TRANSITIONS[state].length).toBeGreaterThan(0);
});

test('a day is a Danish day, summer and winter', () => {
  expect(datoAt(Date.parse('2026-06-30T22:30:00Z'))).toBe('2026-07-01');
  expect(datoAt(Date.parse('2026-12-31T22:59:00Z'))).toBe('2026-12-31');
  expect(addDays('2026-02-27' as Dato, 2)).toBe('2026-03-01');
});
