/**
 * The values of METRICS (`metrics-table.ts`), for Prometheus. One registry per adapter, so two adapters in one process do not
 * mix.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from '@prometheus-io/client';
import type { BrokerEvent, BrokerState } from '../broker/connection.ts';
import type { Instant } from '../domain/identer.ts';
import type { FlowStatus } from '../flow/adapter-flow.ts';
import type { CommandKind, Counts } from '../ledger/ledger.ts';
import { METRICS, type MetricDescription } from './metrics-table.ts';

export type MetricName = keyof typeof METRICS;
type CounterName = { [N in MetricName]: (typeof METRICS)[N]['type'] extends 'counter' ? N : never }[MetricName];

/** What gauges are read from, at the moment somebody asks. */
export interface Snapshot {
  readonly status: FlowStatus;
  readonly broker: BrokerState;
  readonly now: Instant;
}

export interface Metrics {
  /** Adds to a counter. Cheap: one look-up in a map. `labels` stand in the order of METRICS, from closed sets alone. */
  count(name: CounterName, amount: number, ...labels: readonly string[]): void;
  /** How long the debitorsystem took to answer. */
  commandDuration(type: CommandKind, seconds: number): void;
  broker(event: BrokerEvent): void;
  readonly contentType: string;
  /** The exposition for Prometheus. */
  render(snapshot: Snapshot): Promise<string>;
  close(): void;
}

const KINDS: readonly CommandKind[] = ['debitorkonto', 'kontantindbetaling'];
const DURATION_BUCKETS_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60];
const NANOSECONDS = 1e9;
/** How often the event loop is looked at. Each look wakes an idle process: at 20 ms they were half of what it cost. */
const LOOP_LOOK_MS = 50;

/** Counters are kept as plain numbers and handed to the library when they are read: counting is on every message's way. */
interface Tally {
  readonly counter: Counter<string>;
  readonly values: Map<string, { readonly labels: readonly string[]; amount: number }>;
}

function createTallies(registry: Registry): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const [name, { type, labels, meaning }] of Object.entries<MetricDescription>(METRICS)) {
    if (type !== 'counter') continue;
    const counter = new Counter({ name, help: meaning, labelNames: [...labels], registers: [registry] });
    tallies.set(name, { counter, values: new Map() });
  }
  return tallies;
}

function createGauges(registry: Registry): (name: MetricName, value: number, ...labels: readonly string[]) => void {
  const gauges = new Map<string, Gauge<string>>();
  for (const [name, { type, labels, meaning }] of Object.entries<MetricDescription>(METRICS)) {
    if (type !== 'gauge') continue;
    gauges.set(name, new Gauge({ name, help: meaning, labelNames: [...labels], registers: [registry] }));
  }
  return (name, value, ...labels) => {
    const gauge = gauges.get(name);
    if (labels.length === 0) gauge?.set(value);
    else gauge?.labels(...labels).set(value);
  };
}

type SetGauge = ReturnType<typeof createGauges>;

function setCounts(set: SetGauge, counts: Counts, now: Instant): void {
  const age = (at: Instant | undefined): number => (at === undefined ? 0 : Math.max(0, now - at) / 1000);
  for (const [state, amount] of Object.entries(counts.byState)) set('adapter_messages_state', amount, state);
  for (const kind of KINDS) set('adapter_unfinished', counts.unfinished[kind], kind);
  set('adapter_unpublished', counts.unpublished);
  set('adapter_uleverede', counts.uleverede);
  set('adapter_fejlkoe', counts.fejlkoe);
  set('adapter_overdue', counts.overdue);
  set('adapter_oldest_unfinished_seconds', age(counts.oldestUnfinishedAt));
  set('adapter_oldest_awaiting_svar_seconds', age(counts.oldestAwaitingSvarAt));
  set('adapter_oldest_unpublished_seconds', age(counts.oldestUnpublishedAt));
  set('adapter_oldest_in_doubt_seconds', age(counts.oldestInDoubtAt));
}

function setSnapshot(set: SetGauge, { status, broker, now }: Snapshot): void {
  if (status.counts !== undefined) setCounts(set, status.counts, now);
  for (const kind of KINDS) set('adapter_intake_paused', status.paused[kind] === undefined ? 0 : 1, kind);
  set('adapter_ledger_available', status.ledgerAvailable ? 1 : 0);
  set('adapter_draining', status.draining ? 1 : 0);
  for (const connection of ['consume', 'publish'] as const) {
    set('adapter_broker_connected', broker[connection] === 'connected' ? 1 : 0, connection);
  }
  set('adapter_broker_blocked', broker.blocked ? 1 : 0);
}

function setLoopDelay(set: SetGauge, delay: ReturnType<typeof monitorEventLoopDelay>): void {
  // The histogram holds the time between two looks; what that is beyond the time they should be apart is delay. Before its
  // first sample it answers with values that mean nothing.
  const seconds = (nanoseconds: number): number =>
    delay.count === 0 ? 0 : Math.max(0, nanoseconds / NANOSECONDS - LOOP_LOOK_MS / 1000);
  set('adapter_event_loop_delay_seconds', seconds(delay.percentile(50)), '0.5');
  set('adapter_event_loop_delay_seconds', seconds(delay.percentile(99)), '0.99');
  set('adapter_event_loop_delay_seconds', seconds(delay.max), 'max');
  delay.reset();
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const tallies = createTallies(registry);
  const set = createGauges(registry);
  const name = 'adapter_command_duration_seconds';
  const { meaning, labels } = METRICS[name];
  const durations = new Histogram({
    name,
    help: meaning,
    labelNames: [...labels],
    buckets: DURATION_BUCKETS_SECONDS,
    registers: [registry],
  });
  const durationOf = {
    debitorkonto: durations.labels('debitorkonto'),
    kontantindbetaling: durations.labels('kontantindbetaling'),
  };
  const delay = monitorEventLoopDelay({ resolution: LOOP_LOOK_MS });
  delay.enable();

  function count(counterName: CounterName, amount: number, ...values: readonly string[]): void {
    const tally = tallies.get(counterName);
    if (tally === undefined) return;
    const key = values.length === 1 ? (values[0] ?? '') : values.join(' ');
    const entry = tally.values.get(key);
    if (entry === undefined) tally.values.set(key, { labels: values, amount });
    else entry.amount += amount;
  }

  return {
    count,
    commandDuration: (type, seconds) => durationOf[type].observe(seconds),
    broker(event) {
      if (event.art === 'disconnected') count('adapter_broker_disconnects_total', 1, event.connection);
    },
    contentType: registry.contentType,
    render(snapshot) {
      setSnapshot(set, snapshot);
      setLoopDelay(set, delay);
      for (const { counter, values } of tallies.values()) {
        if (values.size === 0) continue;
        counter.reset();
        for (const { labels: given, amount } of values.values()) counter.labels(...given).inc(amount);
      }
      return registry.metrics();
    },
    close: () => {
      delay.disable();
    },
  };
}
