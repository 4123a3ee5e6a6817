/**
 * The contract of a debitorsystem, as cases that every backend must pass, and the run of them. Free of test frameworks: a
 * test file of ten lines shows the results (docs/backends.md), and `debitor-adapter backend test` prints them.
 *
 * The cases tell effects apart by commands alone (what is left to write down says what was written down), so any backend can
 * be tested from outside, in any language. Only what cash payments do needs a second way in: the customer's saldo.
 */
import { AssertionError } from 'node:assert';
import { scrub } from '../domain/cpr.ts';
import { AFSENDER } from './contract/afsender.ts';
import { AFVISNINGER } from './contract/afvisninger.ts';
import { Unanswered } from './contract/answer.ts';
import type { ContractCase, KitResult } from './contract/case.ts';
import { EJERSKAB } from './contract/ejerskab.ts';
import { exposed } from './contract/exposed.ts';
import { FORFALD } from './contract/forfald.ts';
import { FORLOEB } from './contract/forloeb.ts';
import { FORTROLIGHED, secretNumbers } from './contract/fortrolighed.ts';
import { FRA_OG_TIL } from './contract/fra-og-til.ts';
import { FRISK, UsedWorld } from './contract/frisk.ts';
import { HANDLINGSTYPER } from './contract/handlingstyper.ts';
import { IDEMPOTENS } from './contract/idempotens.ts';
import { KONTANT } from './contract/kontant.ts';
import { BackendEnded } from './contract/life.ts';
import { NAVNE } from './contract/navne.ts';
import { FOERSTE_NOEGLE, NOEGLER } from './contract/noegler.ts';
import { OMFANG } from './contract/omfang.ts';
import { Stage, within } from './contract/stage.ts';
import { type KitSubject, SkipCase } from './contract/subject.ts';
import { SVAR } from './contract/svar.ts';
import { DEFAULT_WORLD, type KitWorld } from './contract/world.ts';

export type { ContractCase, KitResult } from './contract/case.ts';
export { childProcessSubject, type ModuleChoice } from './contract/child-process.ts';
export { inProcessSubject } from './contract/in-process.ts';
export { kitData } from './contract/kit-data.ts';
export { saldoByCommand } from './contract/saldo-command.ts';
export { reachedSubject, serverSubject } from './contract/server-process.ts';
export type { KitSubject } from './contract/subject.ts';
export { DEFAULT_WORLD, type KitKonto, type KitKunde, type KitWorld, parseKitWorld } from './contract/world.ts';
export { loadDebitorsystem } from './load.ts';

/** Every rule of the contract, as a sentence with its check, in the order in which they are run. */
export const DEBITORSYSTEM_CONTRACT: readonly ContractCase[] = [
  FRISK,
  ...HANDLINGSTYPER,
  ...FORFALD,
  ...AFVISNINGER,
  ...NAVNE,
  ...EJERSKAB,
  ...IDEMPOTENS,
  ...NOEGLER,
  ...SVAR,
  ...OMFANG,
  ...FRA_OG_TIL,
  ...KONTANT,
  ...FORLOEB,
  FOERSTE_NOEGLE,
  FORTROLIGHED,
];

export interface ContractOptions {
  /** What the backend has to work on; {@link DEFAULT_WORLD} where left out. */
  readonly world?: KitWorld;
  /** Which cases, by their name; all where left out. That the world is fresh is always looked at first. */
  readonly only?: (name: string) => boolean;
  /** How long a command may take; 10,000 where left out. */
  readonly answerLimitMs?: number;
  /** How long a svar may take after it was accepted; 30,000 where left out. */
  readonly svarLimitMs?: number;
  /** Told of each result as it comes. */
  readonly onResult?: (result: KitResult) => void;
}

/** Beyond the waits of a case, each of which is bounded too. */
const CASE_LIMIT_MS = 300_000;
const MAX_REASON = 600;
/** The end of a process is seen a little after the connection to it broke. */
const END_SEEN_MS = 300;
/** Ends by itself, after which the rest is not tried: each start takes its time. */
const MAX_ENDS = 5;

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : `kastede ${typeof error}`;
  // An assertion of Node's own adds the two values, which only its first line is needed of.
  const said = error instanceof AssertionError && error.generatedMessage ? text : (text.split('\n\n')[0] ?? text);
  return scrub(said).slice(0, MAX_REASON);
}

/** A case's failure: what was wrong, and what the backend itself wrote about it, or how it came to its end. */
async function failure(error: unknown, stage: Stage): Promise<string> {
  const ended = error instanceof BackendEnded ? error : await stage.endedWithin(stage.hasBroken ? END_SEEN_MS : 0);
  if (ended === error) return reasonOf(error);
  if (ended !== undefined) return `${reasonOf(ended)}; prøven: ${reasonOf(error)}`;
  const reason = `${reasonOf(error)}${error instanceof Unanswered ? await exposed(stage, error) : ''}`;
  const written = stage.lastErrors();
  return written === '' ? reason : `${reason}; det skrev på stderr: ${written}`;
}

/** @param onFailure told what a failed case threw. */
async function runCase(
  { name, run }: ContractCase,
  stage: Stage,
  onFailure: (error: unknown) => void,
): Promise<KitResult> {
  stage.begin();
  try {
    await within('sagen blev ikke færdig', CASE_LIMIT_MS, run(stage));
    if (stage.ended !== undefined) throw stage.ended;
    return { name, outcome: 'bestået' };
  } catch (error) {
    if (error instanceof SkipCase) return { name, outcome: 'sprunget over', reason: error.message };
    onFailure(error);
    return { name, outcome: 'fejlet', reason: await failure(error, stage) };
  }
}

/** The run of the cases on one stage: which backend is up, how often it has ended, and whether there is any use in going on. */
class Run {
  readonly #stage: Stage;
  #ends = 0;
  #stopped: string | undefined;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Nothing that comes after can be tried. */
  get isStopped(): boolean {
    return this.#stopped !== undefined;
  }

  async result(one: ContractCase): Promise<KitResult> {
    const { name } = one;
    const notFor = one.needs?.(this.#stage.about);
    if (notFor !== undefined) return { name, outcome: 'sprunget over', reason: notFor };
    if (this.#stopped !== undefined) {
      return { name, outcome: 'sprunget over', reason: `er ikke prøvet: ${this.#stopped}` };
    }
    try {
      await this.#stage.ready();
    } catch (error) {
      if (!(error instanceof BackendEnded)) {
        this.#stopped = 'debitorsystemet kunne ikke startes';
        return { name, outcome: 'fejlet', reason: `${this.#stopped}: ${reasonOf(error)}` };
      }
    }
    const result = await runCase(one, this.#stage, (error) => {
      if (error instanceof UsedWorld) this.#stopped = 'verdenen er brugt';
    });
    if (result.outcome === 'fejlet') await this.#mend();
    return result;
  }

  /** What is left of a failed case must not fail the next one. */
  async #mend(): Promise<void> {
    if (this.#stage.ended !== undefined) this.#ends += 1;
    if (this.#ends === MAX_ENDS) this.#stopped = `debitorsystemet sluttede af sig selv ${MAX_ENDS} gange`;
    await this.#stage.close().catch(() => undefined);
  }
}

/**
 * Runs the contract on a backend, case by case, and stops it at the end. One that ends by itself is started again for the
 * next case, a few times.
 * @returns one result per case, in order. Never rejects: a backend that can't be started fails the first case that needs it,
 * and the rest is not tried; no more is it on a world that an earlier run has used.
 */
export async function runContract(subject: KitSubject, options: ContractOptions = {}): Promise<readonly KitResult[]> {
  const { world = DEFAULT_WORLD, only = () => true, answerLimitMs = 10_000, svarLimitMs = 30_000 } = options;
  subject.output?.seek(secretNumbers(world));
  const stage = new Stage(subject, world, { answerMs: answerLimitMs, svarMs: svarLimitMs });
  const run = new Run(stage);
  const results: KitResult[] = [];
  const cases = subject.fremmed === undefined ? DEBITORSYSTEM_CONTRACT : [...DEBITORSYSTEM_CONTRACT, ...AFSENDER];
  for (const one of cases.filter(({ name }) => name === FRISK.name || only(name))) {
    const result = await run.result(one);
    if (one === FRISK && !only(FRISK.name) && !run.isStopped) continue;
    results.push(result);
    options.onResult?.(result);
  }
  await stage.close().catch(() => undefined);
  return results;
}
