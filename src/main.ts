/**
 * The composition root: starts an adapter, and drains and stops it. Nothing else constructs a connection or reads a clock.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Broker, openBroker } from './broker/connection.ts';
import type { TlsOptions } from './broker/link.ts';
import { reached } from './broker/unreachable.ts';
import type { Config } from './config.ts';
import { createDebitorsystem } from './debitorsystem/load.ts';
import { scrub } from './domain/cpr.ts';
import { type AdapterFlow, createFlow } from './flow/adapter-flow.ts';
import { createDesk, type Desk } from './flow/desk.ts';
import type { Observe, World } from './flow/observe.ts';
import { loadInstallation } from './installation.ts';
import type { Ledger } from './ledger/ledger.ts';
import { openPostgresLedger } from './ledger/postgres.ts';
import { openPostgresInterventions } from './ledger/postgres-interventions.ts';
import { openSqliteLedger } from './ledger/sqlite.ts';
import { openSqliteInterventions } from './ledger/sqlite-interventions.ts';
import { openSqliteThread } from './ledger/sqlite-thread.ts';
import type { Log } from './log.ts';
import { createBrokerLog } from './ops/broker-log.ts';
import { type HttpServer, startHttp } from './ops/http.ts';
import { createMetrics } from './ops/metrics.ts';
import { createObserver } from './ops/observer.ts';
import type { PageLists } from './ops/page.ts';

/** A running adapter. */
export interface Adapter {
  /** Where the operations page, health and metrics are: `http://127.0.0.1:8080`. */
  readonly httpUrl: string;
  /** Drains and stops, within ADAPTER_SHUTDOWN_TIMEOUT_MS. Safe to call again. */
  stop(): Promise<void>;
  /** Settles when it has stopped; rejects where a fault of its own ended it. */
  readonly stopped: Promise<void>;
}

/** What an adapter may be given beside its settings. */
export interface Surroundings {
  /** The system's clock and chance where left out. */
  readonly world?: World;
  /** Told of every step of the flow, before the log and the metrics are. */
  readonly watch?: Observe;
}

export const SYSTEM_WORLD: World = {
  now: () => Date.now(),
  chance: () => Math.random(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** For each part to close: a backend has 10 seconds (its port says so), and RabbitMQ's connections bound themselves. */
const CLOSE_LIMIT_MS = 10_000;

const SQLITE = 'sqlite:';

/** What only a ledger that adapters share needs to know. */
export interface SharedLedgerOptions {
  readonly leaseMs: number;
  /** Told of lost connections. */
  readonly log: Log;
}

/** Opens the ledger that a URL names, for the adapter itself (`owner`) or for the lists of the command line. */
export function openLedger(url: string, owner: boolean, shared?: SharedLedgerOptions): Promise<Ledger> {
  if (!url.startsWith(SQLITE)) {
    if (shared === undefined) return openPostgresLedger({ url, owner });
    const { leaseMs, log } = shared;
    return openPostgresLedger({ url, owner, leaseMs, log: (event, fields) => log.warn(event, fields) });
  }
  const path = url.slice(SQLITE.length);
  if (owner && path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  return owner ? openSqliteThread(path) : openSqliteLedger({ path, owner });
}

/** Opens what a person may do to the ledger that a URL names, beside the adapters that run on it. */
export async function openDesk(url: string): Promise<Desk> {
  const ledger = url.startsWith(SQLITE)
    ? await openSqliteInterventions(url.slice(SQLITE.length))
    : await openPostgresInterventions(url);
  return createDesk(ledger, SYSTEM_WORLD);
}

/** So many rows the operations page shows of each list. */
const PAGE_ROWS = 100;

async function pageLists(ledger: Ledger): Promise<PageLists> {
  const page = { limit: PAGE_ROWS };
  return {
    awaitingSvar: await ledger.awaitingSvar(page),
    inDoubt: await ledger.inDoubt(page),
    uleverede: await ledger.uleverede(page),
    fejlkoe: await ledger.fejlkoe(page),
  };
}

/** Certificates for RabbitMQ, where the settings name any. */
export function tlsOf(config: Config): { readonly tls?: TlsOptions } {
  const { ADAPTER_AMQP_CA: ca, ADAPTER_AMQP_CERT: cert, ADAPTER_AMQP_KEY: key } = config;
  if (ca === '' && cert === '') return {};
  return { tls: { ...(ca === '' ? {} : { ca }), ...(cert === '' ? {} : { cert, key }) } };
}

function observedBy(watch: Observe | undefined, observe: Observe): Observe {
  if (watch === undefined) return observe;
  return (step, fields) => {
    watch(step, fields);
    observe(step, fields);
  };
}

/** Runs a promise for at most so long. */
async function within(promise: Promise<unknown>, boundMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), boundMs);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Starts an adapter: settings files, ledger, backend, RabbitMQ, and then the flow.
 * @throws ConfigurationError, SchemaError, LedgerUnavailable or BrokerUnreachable, or what RabbitMQ refused; nothing is left open then.
 */
export async function startAdapter(config: Config, log: Log, surroundings: Surroundings = {}): Promise<Adapter> {
  const world = surroundings.world ?? SYSTEM_WORLD;
  const { rulebook, debitorsystem: loaded } = await loadInstallation({ values: config, problems: [] });
  const metrics = createMetrics();
  const observe = observedBy(surroundings.watch, createObserver(log, metrics));
  const closers: (() => Promise<void>)[] = [];
  let finish: (error?: unknown) => void = () => undefined;
  const stopped = new Promise<void>((resolve, reject) => {
    finish = (error) => (error === undefined ? resolve() : reject(error));
  });
  stopped.catch(() => undefined); // Whoever waits for it hears of it; nobody has to.

  let flow: AdapterFlow | undefined;
  let broker: Broker | undefined;
  let stopping: Promise<void> | undefined;
  let fatal: unknown;

  async function close(): Promise<void> {
    flow?.abandon();
    for (const closer of closers.splice(0).reverse()) {
      const closing = closer().catch((error: unknown) => log.error('stop.failed', { reason: scrub(String(error)) }));
      if (!(await within(closing, CLOSE_LIMIT_MS))) log.warn('stop.timedOut', { boundMs: CLOSE_LIMIT_MS });
    }
  }

  async function drain(): Promise<boolean> {
    const boundMs = config.ADAPTER_SHUTDOWN_TIMEOUT_MS;
    return flow === undefined || within(flow.drain(boundMs), boundMs);
  }

  function stop(cause?: unknown): Promise<void> {
    stopping ??= (async () => {
      log.info('adapter.stopping');
      const drained = await drain();
      if (!drained) log.warn('adapter.drainTimedOut', { boundMs: config.ADAPTER_SHUTDOWN_TIMEOUT_MS });
      await close();
      log.info('adapter.stopped', { drained });
      finish(cause);
    })();
    return stopping;
  }

  function onFatal(error: unknown): void {
    fatal ??= error;
    log.error('adapter.fatal', { reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    void stop(error);
  }

  try {
    const ledger = await openLedger(config.ADAPTER_LEDGER_URL, true, { leaseMs: config.ADAPTER_LEDGER_LEASE_MS, log });
    closers.push(() => ledger.close());
    const opening = openBroker({
      url: config.ADAPTER_AMQP_URL,
      ...tlsOf(config),
      registry: rulebook.registry,
      publisher: { confirmTimeoutMs: config.ADAPTER_CONFIRM_TIMEOUT_MS },
      log: createBrokerLog(log),
      now: world.now,
      onState(event) {
        metrics.broker(event);
        flow?.blocked(broker?.state().blocked ?? false);
        // What could not be published meanwhile is due now.
        if (event.art === 'connected' || event.art === 'unblocked') flow?.wake();
      },
    });
    broker = await reached(opening);
    const opened = broker;
    closers.push(() => opened.close());
    await opened.topology.declare();
    flow = await createFlow(
      {
        rulebook,
        requireUserId: config.ADAPTER_REQUIRE_USER_ID,
        maxMessageBytes: config.ADAPTER_MAX_MESSAGE_BYTES,
        maxUnfinished: config.ADAPTER_MAX_UNFINISHED,
        dispatchTimeoutMs: config.ADAPTER_DISPATCH_TIMEOUT_MS,
        retry: {
          maxAttempts: config.ADAPTER_MAX_ATTEMPTS,
          initialDelayMs: config.ADAPTER_RETRY_INITIAL_MS,
          maxDelayMs: config.ADAPTER_RETRY_MAX_MS,
        },
      },
      {
        ledger,
        publisher: opened.publisher,
        canPublish: () => opened.state().publish === 'connected' && !opened.state().blocked,
        capabilities: loaded.capabilities,
        createBackend: (reportSvar) =>
          createDebitorsystem(loaded, {
            reportSvar,
            now: world.now,
            log: (event, fields) => log.info(`backend.${event}`, fields),
          }),
        world,
        observe,
        onFatal,
      },
    );
    const running = flow;
    closers.push(async () => running.backend.stop?.());
    const http: HttpServer = await startHttp({
      host: config.ADAPTER_HTTP_HOST,
      port: config.ADAPTER_HTTP_PORT,
      metrics,
      status: () => running.status(),
      broker: () => opened.state(),
      backendHealth: async () => running.backend.health?.(),
      lists: () => pageLists(ledger),
      now: world.now,
    });
    closers.push(() => http.close());
    await running.start();
    await consumeAll(opened, running, config, () => {
      if (stopping !== undefined) throw fatal ?? new Error('adapteren blev stoppet, mens den startede');
    });
    log.info('adapter.started', { http: http.url, backend: loaded.definition.name });
    return { httpUrl: http.url, stop: () => stop(), stopped };
  } catch (error) {
    // A fault that stopped it while it started is the cause; what failed since then is its consequence.
    if (stopping === undefined) await stop(error);
    else await stopping;
    throw fatal ?? error;
  }
}

async function consumeAll(broker: Broker, flow: AdapterFlow, config: Config, mayGoOn: () => void): Promise<void> {
  const prefetches = {
    debitorkonto: config.ADAPTER_PREFETCH,
    kontantindbetaling: config.ADAPTER_KONTANT_PREFETCH,
    udfald: config.ADAPTER_KONTANT_PREFETCH,
    fejlkoe: config.ADAPTER_KONTANT_PREFETCH,
  } as const;
  for (const queue of ['kontantindbetaling', 'debitorkonto', 'udfald', 'fejlkoe'] as const) {
    mayGoOn();
    const consumer = await broker.consumer(queue, { prefetch: prefetches[queue], onDelivery: flow.receiver(queue) });
    flow.attach(queue, consumer);
  }
  mayGoOn();
}
