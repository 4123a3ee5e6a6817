/**
 * A whole flow in this process, over a real SQLite ledger, with nothing but ports around it: queues that keep what is not
 * acked, a publisher, a debitorsystem whose every answer is chosen, and a clock that is moved by hand. It can be killed
 * before or after any commit: what was in memory is gone, what was committed is not.
 *
 * For the model layer and for adapters that are broken on purpose: `wraps` changes a port on its way to the flow.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { Rulebook } from '../../src/anmodninger/definition.ts';
import type { QueueKind } from '../../src/broker/delivery.ts';
import type { Publication, Publisher, PublishOutcome } from '../../src/broker/publication.ts';
import { loadConfig } from '../../src/config.ts';
import type { Debitorsystem, DebitorsystemPorts } from '../../src/debitorsystem/debitorsystem.ts';
import { datoAt } from '../../src/domain/dato.ts';
import { type AdapterFlow, createFlow } from '../../src/flow/adapter-flow.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';
import { loadRulebook } from '../../src/rulebook.ts';
import { ChosenDebitorsystem } from './chosen-debitorsystem.ts';
import { type Evidence, type Received, type Sent, UNDISTURBED } from './evidence.ts';
import { InboundQueue, type Waiting } from './inbound-queue.ts';
import { receivedOf } from './party.ts';
import { seeded } from './seeded.ts';
import type { Message } from './traffic.ts';

/** Changes a port on its way to the flow. */
export interface Wraps {
  readonly ledger?: (ledger: Ledger) => Ledger;
  readonly publisher?: (publisher: Publisher) => Publisher;
  readonly backend?: (backend: Debitorsystem) => Debitorsystem;
}

/** The ledger's writing operations, where a crash can be aimed. */
export type Commit = 'record' | 'settle' | 'reportSvar' | 'markPublished';

export interface CrashPoint {
  readonly commit: Commit;
  readonly when: 'before' | 'after';
}

export interface InProcessOptions {
  readonly ledgerPath: string;
  readonly registryPath: string;
  readonly capabilities: 'idempotent' | 'opslag' | 'neither';
  readonly wraps?: Wraps;
}

const T0 = Date.UTC(2027, 0, 4, 8);
/** Turns of the event loop in which nothing may have happened. */
const STILL_TURNS = 4;
const MAX_TURNS = 10_000;
const MAX_ROUNDS = 60;
const ROUND_MS = 90_000;
const LIST_PAGE = 1000;
const DRAIN_MS = 10_000;

class Dead extends Error {}

interface Incarnation {
  readonly flow: AdapterFlow;
  readonly consumers: readonly InboundQueue[];
  readonly ledger: Ledger;
  dead: boolean;
}

/** Calls that are counted, so that it can be told when nothing happens any more. */
interface Activity {
  calls: number;
}

export class InProcess {
  readonly debitorsystem: ChosenDebitorsystem;
  readonly received: Received[] = [];
  now = T0;
  crashes = 0;
  /** Fagsystemer whose queue is not bound: what is published to them is returned. */
  readonly unbound = new Set<string>();
  /** What the next publications come to, other than confirmed: arrived or not, and no confirm. */
  readonly unconfirmed: ('arrived' | 'lost')[] = [];
  crashAt: CrashPoint | undefined;
  readonly #options: InProcessOptions;
  readonly #rulebook: Rulebook;
  readonly #chance = seeded(1);
  readonly #sent: Sent[] = [];
  readonly #activity: Activity = { calls: 0 };
  readonly #queues: Readonly<Record<QueueKind, Waiting[]>> = {
    debitorkonto: [],
    kontantindbetaling: [],
    udfald: [],
    fejlkoe: [],
  };
  #redeliveries = 0;
  #running: Incarnation | undefined;

  constructor(options: InProcessOptions) {
    this.#options = options;
    this.#rulebook = loadRulebook(
      loadConfig({ ADAPTER_AMQP_URL: 'amqp://localhost', ADAPTER_REGISTRY: options.registryPath }),
    );
    this.debitorsystem = new ChosenDebitorsystem(options.capabilities, this.#activity);
  }

  /** In the queues that the adapter consumes: not acked yet. */
  get unackedCount(): number {
    return Object.values(this.#queues).reduce((all, queue) => all + queue.length, 0);
  }

  /** Puts a message into its queue; to the fagsystem it is confirmed. */
  publish(message: Message): void {
    const { body: _body, about, ...rest } = message;
    const afterAnswer =
      about !== undefined && this.received.some(({ correlationId, art }) => correlationId === about && art !== 'svar');
    this.#sent.push({ ...rest, n: this.#sent.length, confirmed: true, afterAnswer });
    this.#queues[message.queue].push({ message, delivery: undefined, redelivered: false });
    for (const consumer of this.#running?.consumers ?? []) consumer.pump();
  }

  async start(): Promise<void> {
    const { ledgerPath, wraps = {} } = this.#options;
    const sqlite = await openSqliteLedger({ path: ledgerPath, owner: true });
    const incarnation: { dead: boolean } = { dead: false };
    const mortal = this.#mortal(sqlite, incarnation);
    const publisher = this.#publisher(incarnation);
    const { execute, lookup, ...rest } = this.debitorsystem.ports();
    const backend: Debitorsystem = { execute, ...(lookup === undefined ? {} : { lookup }), ...rest };
    const flow = await createFlow(
      {
        rulebook: this.#rulebook,
        requireUserId: true,
        maxMessageBytes: 1_000_000,
        maxUnfinished: 1_000,
        dispatchTimeoutMs: 3_600_000,
        retry: { maxAttempts: 4, initialDelayMs: 1_000, maxDelayMs: 10_000 },
      },
      {
        ledger: wraps.ledger?.(mortal) ?? mortal,
        publisher: wraps.publisher?.(publisher) ?? publisher,
        canPublish: () => true,
        capabilities: this.debitorsystem.capabilities,
        createBackend: (reportSvar: DebitorsystemPorts['reportSvar']) => {
          this.debitorsystem.attach(reportSvar);
          return Promise.resolve(wraps.backend?.(backend) ?? backend);
        },
        world: {
          now: () => this.now,
          chance: () => this.#chance.next(),
          after(_delayMs, run) {
            // What waits a moment for company waits a turn here: the clock is the test's.
            const waiting = setImmediate(run);
            return () => clearImmediate(waiting);
          },
        },
        observe: (step, fields) => {
          if (step === 'delivery.received' && fields['redelivered'] === true) this.#redeliveries += 1;
        },
        onFatal: (error) => {
          if (!(error instanceof Dead)) throw error;
        },
      },
    );
    const consumers = (['debitorkonto', 'kontantindbetaling', 'udfald', 'fejlkoe'] as const).map((kind) => {
      const consumer = new InboundQueue(kind, this.#queues[kind], flow.receiver(kind));
      flow.attach(kind, consumer);
      return consumer;
    });
    this.#running = Object.assign(incarnation, { flow, consumers, ledger: sqlite });
    await flow.start();
    for (const consumer of consumers) consumer.pump();
  }

  /** Kills it now, and starts it again. */
  async crash(): Promise<void> {
    this.#die();
    await this.quiet();
  }

  /** Resolves when nothing happens any more without the clock or the debitorsystem; starts what died meanwhile. */
  async quiet(): Promise<void> {
    for (let turns = 0, still = 0, before = -1; still < STILL_TURNS; turns += 1) {
      if (turns > MAX_TURNS) throw new Error('it does not come to rest');
      await turn();
      if (this.#running?.dead === true) await this.#startAgain(this.#running);
      still = this.#activity.calls === before ? still + 1 : 0;
      before = this.#activity.calls;
    }
  }

  /** Lets time pass, and has the flow look for what is due. */
  async pass(ms: number): Promise<void> {
    this.now += ms;
    this.#running?.flow.wake();
    await this.quiet();
  }

  /** Lets everything come to its end: every call is answered, every later result reported, time passes. */
  async rest(): Promise<void> {
    this.crashAt = undefined;
    this.unconfirmed.length = 0;
    this.unbound.clear();
    await this.quiet();
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const asked = this.debitorsystem.answerAll();
      await this.quiet();
      const reported = await this.debitorsystem.reportAll(this.now);
      await this.pass(ROUND_MS);
      if (!asked && !reported && (await this.#atRest())) return;
    }
    throw new Error(`not at rest after ${MAX_ROUNDS} rounds`);
  }

  async evidence(): Promise<Evidence> {
    const { ledger } = this.#alive();
    const fejlkoe = (await ledger.fejlkoe({ limit: LIST_PAGE })).flatMap(({ messageId }) => messageId ?? []);
    const inDoubt = await ledger.inDoubt({ limit: LIST_PAGE });
    return {
      sent: this.#sent,
      effects: this.debitorsystem.effects,
      received: this.received,
      fejlkoe,
      awaitingPerson: inDoubt.filter(({ nextAttemptAt }) => nextAttemptAt === undefined).map(({ id }) => id),
      disturbances: { ...UNDISTURBED, adapterKills: this.crashes, redeliveries: this.#redeliveries },
    };
  }

  /** Forgets what is past; only at rest, before a new sequence on the same ledger. */
  forget(): void {
    this.#sent.length = 0;
    this.received.length = 0;
    this.#redeliveries = 0;
    this.crashes = 0;
    this.debitorsystem.forget();
  }

  async stop(): Promise<void> {
    const { flow, ledger } = this.#alive();
    this.debitorsystem.answerAll();
    await flow.drain(DRAIN_MS);
    flow.abandon();
    await ledger.close();
  }

  #alive(): Incarnation {
    if (this.#running === undefined) throw new Error('it was never started');
    return this.#running;
  }

  async #atRest(): Promise<boolean> {
    const { ledger } = this.#alive();
    const { unfinished, unpublished } = await ledger.counts(datoAt(this.now));
    const inDoubt = await ledger.inDoubt({ limit: LIST_PAGE });
    const waits = inDoubt.some(({ nextAttemptAt }) => nextAttemptAt === undefined);
    const empty = Object.values(this.#queues).every((queue) => queue.length === 0);
    const due = this.debitorsystem.waiting > 0 || (await ledger.nextDueAt()) !== undefined;
    return (
      empty && !due && unpublished === 0 && (waits || unfinished.debitorkonto + unfinished.kontantindbetaling === 0)
    );
  }

  #die(): void {
    const running = this.#running;
    if (running === undefined || running.dead) return;
    running.dead = true;
    this.crashes += 1;
    this.#activity.calls += 1;
    for (const consumer of running.consumers) void consumer.stop();
    this.debitorsystem.hangUp(new Dead('the adapter died'));
  }

  async #startAgain(dead: Incarnation): Promise<void> {
    this.#running = undefined;
    // Nothing of it can reach the ledger any more; this only stops its clockwork.
    await dead.flow.drain(DRAIN_MS);
    dead.flow.abandon();
    await dead.ledger.close();
    await this.start();
    this.#activity.calls += 1;
  }

  /** A ledger that dies with its incarnation, and at the crash point. */
  #mortal(ledger: Ledger, incarnation: { dead: boolean }): Ledger {
    const live = async <T>(work: () => Promise<T>, commit?: Commit): Promise<T> => {
      this.#activity.calls += 1;
      const point = this.crashAt?.commit === commit ? this.crashAt : undefined;
      if (point?.when === 'before') this.#hitCrashPoint();
      if (incarnation.dead) throw new Dead('the adapter died before this');
      const result = await work();
      if (point?.when === 'after') this.#hitCrashPoint();
      if (incarnation.dead) throw new Dead('the adapter died after this');
      return result;
    };
    return {
      record: (arrivals, capacity) => live(() => ledger.record(arrivals, capacity), 'record'),
      claim: (capacity, now) => live(() => ledger.claim(capacity, now)),
      settle: (settlements, capacity) => live(() => ledger.settle(settlements, capacity), 'settle'),
      reportSvar: (report, capacity) => live(() => ledger.reportSvar(report, capacity), 'reportSvar'),
      mayAsk: () => ledger.mayAsk(),
      takeUpInterrupted: (askAgain, now) => live(() => ledger.takeUpInterrupted(askAgain, now)),
      dueAnswers: (now, limit) => live(() => ledger.dueAnswers(now, limit)),
      markPublished: (published) => live(() => ledger.markPublished(published), 'markPublished'),
      nextDueAt: () => ledger.nextDueAt(),
      counts: (today) => ledger.counts(today),
      history: (id) => ledger.history(id),
      awaitingSvar: (page) => ledger.awaitingSvar(page),
      inDoubt: (page) => ledger.inDoubt(page),
      uleverede: (page) => ledger.uleverede(page),
      fejlkoe: (page) => ledger.fejlkoe(page),
      fejlkoeRaw: (id) => ledger.fejlkoeRaw(id),
      probe: (now) => live(() => ledger.probe(now)),
      close: () => ledger.close(),
    };
  }

  #hitCrashPoint(): void {
    this.crashAt = undefined;
    this.#die();
  }

  #publisher(incarnation: { readonly dead: boolean }): Publisher {
    return {
      publish: async (publication: Publication): Promise<PublishOutcome> => {
        await turn();
        this.#activity.calls += 1;
        if (incarnation.dead) return { art: 'unknown', aarsag: 'the adapter died' };
        const fagsystem = publication.routingKey.split('.')[0] ?? '';
        if (this.unbound.has(fagsystem)) return { art: 'returned' };
        const fate = this.unconfirmed.shift();
        if (fate !== 'lost') this.#deliver(fagsystem, publication);
        return fate === undefined ? { art: 'confirmed' } : { art: 'unknown', aarsag: 'no confirm' };
      },
    };
  }

  #deliver(fagsystem: string, { type, messageId, correlationId, headers, body }: Publication): void {
    const properties = { type, messageId, correlationId, headers } as Parameters<typeof receivedOf>[1]['properties'];
    this.received.push(
      receivedOf(fagsystem, { content: Buffer.from(body), properties, fields: { redelivered: false } }),
    );
  }
}
