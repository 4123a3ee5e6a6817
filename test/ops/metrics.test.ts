/** The metrics' table, and the observer that turns steps into them and into log lines. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { STEPS, type Step } from '../../src/flow/observe.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics, type Metrics, type Snapshot } from '../../src/ops/metrics.ts';
import { METRICS, type MetricDescription } from '../../src/ops/metrics-table.ts';
import { createObserver } from '../../src/ops/observer.ts';
import { waitFor } from '../support/wait.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

const SNAPSHOT: Snapshot = {
  now: NOW,
  broker: { consume: 'connected', publish: 'connecting', blocked: true, since: NOW },
  status: {
    draining: false,
    ledgerAvailable: true,
    paused: { debitorkonto: 'grænsen er nået' },
    counts: {
      byState: { recorded: 1, dispatching: 2, retrying: 0, inDoubt: 1, awaitingSvar: 4, done: 9 },
      unfinished: { debitorkonto: 3, kontantindbetaling: 1 },
      unpublished: 5,
      uleverede: 2,
      fejlkoe: 7,
      overdue: 1,
      oldestUnfinishedAt: NOW - 90_000,
      oldestInDoubtAt: NOW - 30_500,
    },
  },
};

let metrics: Metrics;
beforeEach(() => {
  metrics = createMetrics();
});
afterEach(() => metrics.close());

function linesOf(exposition: string): readonly string[] {
  return exposition.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

describe('the table of metrics', () => {
  const entries = Object.entries<MetricDescription>(METRICS);

  test('names are ASCII, begin with adapter_, and end in their unit', () => {
    for (const [name, { type, unit }] of entries) {
      expect(name).toMatch(/^adapter_[a-z_]+$/);
      expect(name.endsWith('_total'), name).toBe(type === 'counter');
      expect(name.endsWith('_seconds'), name).toBe(unit === 'sekunder');
    }
  });

  test('every family stands in the exposition, with its meaning', async () => {
    const exposition = await metrics.render(SNAPSHOT);
    for (const [name, { type, meaning }] of entries) {
      expect(exposition).toContain(`# HELP ${name} ${meaning}`);
      expect(exposition).toContain(`# TYPE ${name} ${type}`);
    }
  });

  test('two adapters in one process do not share a count', async () => {
    const other = createMetrics();
    metrics.count('adapter_commands_stale_total', 3);
    expect(linesOf(await metrics.render(SNAPSHOT))).toContain('adapter_commands_stale_total 3');
    expect(linesOf(await other.render(SNAPSHOT))).toContain('adapter_commands_stale_total 0');
    other.close();
  });

  test('gauges say what the ledger, the flow and the broker say now; ages are in seconds, and 0 where there is none', async () => {
    const lines = linesOf(await metrics.render(SNAPSHOT));
    expect(lines).toEqual(
      expect.arrayContaining([
        'adapter_messages_state{state="awaitingSvar"} 4',
        'adapter_unfinished{type="debitorkonto"} 3',
        'adapter_unfinished{type="kontantindbetaling"} 1',
        'adapter_uleverede 2',
        'adapter_fejlkoe 7',
        'adapter_overdue 1',
        'adapter_oldest_unfinished_seconds 90',
        'adapter_oldest_in_doubt_seconds 30.5',
        'adapter_oldest_unpublished_seconds 0',
        'adapter_intake_paused{type="debitorkonto"} 1',
        'adapter_intake_paused{type="kontantindbetaling"} 0',
        'adapter_broker_connected{connection="consume"} 1',
        'adapter_broker_connected{connection="publish"} 0',
        'adapter_broker_blocked 1',
        'adapter_ledger_available 1',
      ]),
    );
  });

  test('a counter read twice is counted once', async () => {
    metrics.count('adapter_deliveries_total', 2, 'debitorkonto');
    await metrics.render(SNAPSHOT);
    metrics.count('adapter_deliveries_total', 1, 'debitorkonto');
    expect(linesOf(await metrics.render(SNAPSHOT))).toContain('adapter_deliveries_total{queue="debitorkonto"} 3');
  });

  test('an event loop that stood still shows for how long, and nothing of the time between two looks', async () => {
    const delayed = async (quantile: string) => {
      const line = linesOf(await metrics.render(SNAPSHOT)).find((one) =>
        one.startsWith(`adapter_event_loop_delay_seconds{quantile="${quantile}"}`),
      );
      return Number(line?.split(' ')[1]);
    };
    // The least of several, since a busy machine delays some. The pauses are what is measured: looks fall within them.
    let least = Number.POSITIVE_INFINITY;
    await waitFor('looks at the loop that found hardly any delay', async () => {
      await pause(250);
      least = Math.min(least, await delayed('0.5'));
      return least < 0.03;
    });
    await pause(120);
    const until = performance.now() + 400;
    while (performance.now() < until);
    await pause(120);
    expect(await delayed('max')).toBeGreaterThanOrEqual(0.2);
  });

  test('lost connections are counted by connection', async () => {
    metrics.broker({ art: 'connected', connection: 'consume' });
    metrics.broker({ art: 'disconnected', connection: 'publish', aarsag: 'afbrudt' });
    const lines = linesOf(await metrics.render(SNAPSHOT));
    expect(lines).toContain('adapter_broker_disconnects_total{connection="publish"} 1');
    expect(lines.join()).not.toContain('adapter_broker_disconnects_total{connection="consume"}');
  });
});

describe('the observer', () => {
  function observerAt(level: 'debug' | 'info') {
    const lines: Record<string, unknown>[] = [];
    const log = createLog({ level, write: (line) => lines.push(JSON.parse(line)) });
    return { observe: createObserver(log, metrics), lines };
  }
  const ALL = Object.keys(STEPS) as Step[];

  test('every step is a log line with the step as its event', () => {
    const { observe, lines } = observerAt('debug');
    for (const step of ALL) observe(step, { queue: 'debitorkonto' });
    expect(lines.map(({ event }) => event)).toEqual(ALL);
  });

  test('what every message does is not logged at info; what somebody should look at is a warning', () => {
    const { observe, lines } = observerAt('info');
    for (const step of ALL) observe(step, {});
    const levels = new Map(lines.map(({ event, level }) => [event, level]));
    for (const step of [
      'delivery.received',
      'delivery.acked',
      'command.answered',
      'answer.confirmed',
      'answer.marked',
    ]) {
      expect(levels.has(step), step).toBe(false);
    }
    for (const step of ['sender.mismatch', 'answer.returned', 'backend.misbehaved', 'ledger.unavailable']) {
      expect(levels.get(step), step).toBe('warn');
    }
  });

  test('steps are counted by type and outcome, whatever the level of the log', async () => {
    const { observe } = observerAt('info');
    observe('delivery.received', { queue: 'debitorkonto', redelivered: true });
    observe('delivery.recorded', { queue: 'debitorkonto', count: 12 });
    observe('delivery.acked', { queue: 'debitorkonto', count: 12 });
    observe('message.refused', { queue: 'debitorkonto', messageId: 'm', kode: 'AFVIST' });
    observe('sender.mismatch', { queue: 'debitorkonto', kode: 'DA-120' });
    observe('command.answered', { kind: 'kontantindbetaling', udfald: 'udfoert', durationMs: 40 });
    const answer = { art: 'kvittering', kode: 'ACCEPTERET', routingKey: 'x.kvittering.kontantindbetaling' };
    observe('answer.confirmed', answer);
    observe('answer.confirmed', { ...answer, art: 'svarkvittering', routingKey: 'kommunedebitor.svar' });
    observe('svar.refused', { kode: 'DA-301' });
    const lines = linesOf(await metrics.render(SNAPSHOT));
    expect(lines).toEqual(
      expect.arrayContaining([
        'adapter_deliveries_total{queue="debitorkonto"} 1',
        'adapter_redeliveries_total{queue="debitorkonto"} 1',
        'adapter_recorded_total{queue="debitorkonto"} 12',
        'adapter_acked_total{queue="debitorkonto"} 12',
        'adapter_messages_total{queue="debitorkonto",outcome="refused"} 1',
        'adapter_messages_total{queue="debitorkonto",outcome="sender_mismatch"} 1',
        'adapter_commands_total{type="kontantindbetaling",udfald="udfoert"} 1',
        'adapter_command_duration_seconds_count{type="kontantindbetaling"} 1',
        'adapter_command_duration_seconds_sum{type="kontantindbetaling"} 0.04',
        'adapter_answers_total{type="kontantindbetaling",art="kvittering",kode="ACCEPTERET"} 1',
        'adapter_answers_total{type="udfald",art="svarkvittering",kode="ACCEPTERET"} 1',
        'adapter_svar_total{outcome="refused"} 1',
      ]),
    );
  });

  test('no field of a message becomes a label', async () => {
    const { observe } = observerAt('info');
    const planted = '0101701234';
    for (const step of ALL)
      observe(step, { messageId: planted, aarsag: planted, noegle: planted, reason: planted, id: planted });
    expect(await metrics.render(SNAPSHOT)).not.toContain(planted);
  });
});
