/**
 * The built-in backend `simulator`: a small real debitorsystem on its own embedded store, for demos, tests and a first
 * start. Its rules stand in `simulator/rules/`. It is not a model of any real debitorsystem's rules.
 */
import { existsSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import type { Command } from '../../domain/command.ts';
import { debitorkontiOf } from '../../domain/handling.ts';
import type { IdempotencyKey } from '../../domain/identer.ts';
import type { Udfald } from '../../domain/udfald.ts';
import {
  CONTRACT_VERSION,
  type Debitorsystem,
  type DebitorsystemPorts,
  defineDebitorsystem,
  type ExecuteContext,
  IkkeUdfoert,
} from '../debitorsystem.ts';
import {
  DEFAULT_LANGSOM_DELAY_MS,
  DEFAULT_SENERE_DELAY_MS,
  SIMULATOR_CONFIG_SCHEMA,
  type SimulatorConfig,
} from './simulator/config.ts';
import { Execution } from './simulator/execution.ts';
import { type Fault, Faults } from './simulator/faults.ts';
import { CommitFailed, GroupCommit } from './simulator/group-commit.ts';
import { loadSeed, readSeed } from './simulator/seed.ts';
import { SenereQueue } from './simulator/senere.ts';
import { listState, type SimulatorState } from './simulator/state.ts';
import { only, type Steps } from './simulator/steps.ts';
import { openStore, type Store } from './simulator/store.ts';

export default defineDebitorsystem<SimulatorConfig>({
  name: 'simulator',
  contract: CONTRACT_VERSION,
  configSchema: SIMULATOR_CONFIG_SCHEMA,
  configProblems({ data, store }) {
    // It is read for good where the store turns out to be empty.
    if (store === ':memory:' || !existsSync(store)) readSeed(data);
    return [];
  },
  capabilities: { idempotent: true, opslag: true, concurrency: 1000 },
  create: createSimulator,
});

/** The simulator, and a look into it. */
export interface RunningSimulator extends Debitorsystem {
  readonly lookup: NonNullable<Debitorsystem['lookup']>;
  readonly start: NonNullable<Debitorsystem['start']>;
  readonly stop: NonNullable<Debitorsystem['stop']>;
  readonly health: NonNullable<Debitorsystem['health']>;
  /** Its state as committed now. */
  state(): SimulatorState;
}

/**
 * Opens the simulator's store, and loads it from the data file where it is empty.
 * @throws ConfigurationError where the store is empty and the data file is missing or wrong.
 */
export function createSimulator(config: SimulatorConfig, ports: DebitorsystemPorts): RunningSimulator {
  const store = openStore(config.store, (empty) => loadSeed(empty, readSeed(config.data)));
  return new Simulator(config, ports, store);
}

class Simulator implements RunningSimulator {
  readonly #ports: DebitorsystemPorts;
  readonly #store: Store;
  readonly #group: GroupCommit;
  readonly #execution: Execution;
  readonly #senere: SenereQueue;
  readonly #faults: Faults;
  readonly #senereDelayMs: number;

  constructor(config: SimulatorConfig, ports: DebitorsystemPorts, store: Store) {
    this.#ports = ports;
    this.#store = store;
    this.#senereDelayMs = config.senereDelayMs ?? DEFAULT_SENERE_DELAY_MS;
    this.#group = new GroupCommit(store.db);
    this.#execution = new Execution(store, this.#senereDelayMs);
    this.#senere = new SenereQueue(store, this.#group, this.#execution, ports);
    this.#faults = new Faults(config.fejl ?? []);
  }

  async execute(command: Command, context: ExecuteContext): Promise<Udfald> {
    const fault = this.#faults.take(command, context.attempt);
    const outcome = await this.#carryOut(command, context, fault);
    if (outcome instanceof IkkeUdfoert) throw outcome;
    if (outcome.art === 'accepteretTilSenere') this.#senere.wakeAt(this.#ports.now() + this.#senereDelayMs);
    return answer(outcome, fault);
  }

  async #carryOut(command: Command, context: ExecuteContext, fault: Fault | undefined): Promise<Udfald | IkkeUdfoert> {
    try {
      return await this.#group.submitSteps(() => this.#carryOutSteps(command, context, fault), costOf(command));
    } catch (error) {
      if (error instanceof CommitFailed) throw error;
      // It was rolled back before the commit, so it is certain that nothing was carried out.
      const forbigaaende = isStoreTrouble(error) || !this.#store.db.open;
      return new IkkeUdfoert('simulatoren kunne ikke udføre kommandoen', { forbigaaende, cause: error });
    }
  }

  #carryOutSteps(command: Command, context: ExecuteContext, fault: Fault | undefined): Steps<Udfald | IkkeUdfoert> {
    // A key that is known keeps its answer, whatever else is the matter: "not carried out" would be a lie.
    const known = this.#execution.known(command.noegle);
    if (known !== undefined) return only(known);
    const now = this.#ports.now();
    const obstacle = obstacleOf(context, fault, now);
    if (obstacle !== undefined) return only(obstacle);
    return this.#execution.carryOut(command, now, fault?.art !== 'svarMangler');
  }

  /** Asked in line with the commands, so that one that is under way is known when this answers. */
  lookup(noegle: IdempotencyKey): Promise<Udfald | undefined> {
    return this.#group.submit(() => this.#execution.known(noegle), UNKNOWN_COST);
  }

  async start(): Promise<void> {
    this.#senere.start();
  }

  async stop(): Promise<void> {
    this.#senere.stop();
    // What was submitted before is finished first.
    await this.#group.submit(() => undefined);
    this.#store.db.close();
  }

  state(): SimulatorState {
    this.#group.settle();
    return listState(this.#store.db);
  }

  async health(): Promise<string | undefined> {
    try {
      // Out of line: what it would say of a command that is under way does not matter, only that it can be read.
      this.#store.senere.nextSenere();
      return undefined;
    } catch {
      return 'simulatorens lager kan ikke læses';
    }
  }
}

/** A full disk or a lock passes; a row that the store's checks refuse will be refused again. */
function isStoreTrouble(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && !error.code.startsWith('SQLITE_CONSTRAINT');
}

/** Why a command is not even begun; undefined: nothing is in its way. */
function obstacleOf(context: ExecuteContext, fault: Fault | undefined, now: number): IkkeUdfoert | undefined {
  if (fault?.art === 'forbigaaende') return new IkkeUdfoert('bestilt forbigående fejl', { forbigaaende: true });
  if (fault?.art === 'permanent') return new IkkeUdfoert('bestilt permanent fejl', { forbigaaende: false });
  if (context.signal.aborted || now >= context.deadline) {
    return new IkkeUdfoert('fristen var overskredet, før kommandoen blev begyndt', { forbigaaende: true });
  }
  return undefined;
}

/** What the adapter gets to hear, after the command was carried out. */
async function answer(udfald: Udfald, fault: Fault | undefined): Promise<Udfald> {
  switch (fault?.art) {
    case 'ukendt':
      throw new Error('bestilt fejl: udfaldet gik tabt');
    case 'langsom': {
      const delayMs = fault.delayMs ?? DEFAULT_LANGSOM_DELAY_MS;
      return new Promise((resolve) => {
        setTimeout(() => resolve(udfald), delayMs).unref();
      });
    }
    case 'svarMangler':
      // Accepted for later: it is the svar that will be missing. Otherwise the answer itself never comes.
      return udfald.art === 'accepteretTilSenere' ? udfald : new Promise<never>(() => undefined);
    default:
      return udfald;
  }
}

/** Stands for rows of which it is not known before how many they are: those of a whole debitorkonto, or of an answer. */
const UNKNOWN_COST = 50;

/** Roughly how many rows it touches. */
function costOf(command: Command): number {
  if (command.art === 'kontantIndbetaling') return 1;
  const { handling } = command;
  switch (handling.variant) {
    case 1:
    case 3:
      return debitorkontiOf(handling).length * UNKNOWN_COST;
    case 2:
      return handling.fordringer.length;
    case 4:
      return handling.fra.fordringer.length + handling.til.fordringer.length;
  }
}
