/**
 * The contract of a debitorsystem, as cases that every backend must pass, and the run of them. Free of test frameworks: a
 * test file of ten lines shows the results (docs/backends.md), and `debitor-adapter backend test` prints them.
 *
 * The cases tell effects apart by commands alone (what is left to write down says what was written down), so any backend can
 * be tested from outside, in any language.
 */
import { AssertionError } from 'node:assert';
import { scrub } from '../domain/cpr.ts';
import { AFVISNINGER } from './contract/afvisninger.ts';
import type { ContractCase, KitResult } from './contract/case.ts';
import { FORLOEB } from './contract/forloeb.ts';
import { HANDLINGSTYPER } from './contract/handlingstyper.ts';
import { IDEMPOTENS } from './contract/idempotens.ts';
import { OMFANG } from './contract/omfang.ts';
import { Stage, within } from './contract/stage.ts';
import { type KitSubject, SkipCase } from './contract/subject.ts';
import { SVAR } from './contract/svar.ts';
import { DEFAULT_WORLD, type KitWorld } from './contract/world.ts';

export type { ContractCase, KitResult } from './contract/case.ts';
export { childProcessSubject, type ModuleChoice } from './contract/child-process.ts';
export { inProcessSubject } from './contract/in-process.ts';
export { serverSubject } from './contract/server-process.ts';
export type { KitSubject } from './contract/subject.ts';
export { DEFAULT_WORLD, type KitKonto, type KitWorld, kitData, parseKitWorld } from './contract/world.ts';
export { loadDebitorsystem } from './load.ts';

/** Every rule of the contract, as a sentence with its check, in the order in which they are run. */
export const DEBITORSYSTEM_CONTRACT: readonly ContractCase[] = [
  ...HANDLINGSTYPER,
  ...AFVISNINGER,
  ...IDEMPOTENS,
  ...SVAR,
  ...OMFANG,
  ...FORLOEB,
];

export interface ContractOptions {
  /** What the backend has to work on; {@link DEFAULT_WORLD} where left out. */
  readonly world?: KitWorld;
  /** Which cases, by their name; all where left out. */
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

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : `kastede ${typeof error}`;
  // An assertion of Node's own adds the two values, which only its first line is needed of.
  const said = error instanceof AssertionError && error.generatedMessage ? text : (text.split('\n\n')[0] ?? text);
  return scrub(said).slice(0, MAX_REASON);
}

async function runCase({ name, run }: ContractCase, stage: Stage): Promise<KitResult> {
  try {
    await within('sagen blev ikke færdig', CASE_LIMIT_MS, run(stage));
    return { name, outcome: 'bestået' };
  } catch (error) {
    if (error instanceof SkipCase) return { name, outcome: 'sprunget over', reason: error.message };
    // What is left of a failed case must not fail the next one.
    await stage.restart().catch(() => undefined);
    return { name, outcome: 'fejlet', reason: reasonOf(error) };
  }
}

/**
 * Runs the contract on a backend, case by case, and stops it at the end.
 * @returns one result per case, in order. Never rejects: a backend that can't be started fails every case.
 */
export async function runContract(subject: KitSubject, options: ContractOptions = {}): Promise<readonly KitResult[]> {
  const { world = DEFAULT_WORLD, only = () => true, answerLimitMs = 10_000, svarLimitMs = 30_000 } = options;
  const stage = new Stage(subject, world, { answerMs: answerLimitMs, svarMs: svarLimitMs });
  const results: KitResult[] = [];
  let dead: string | undefined;
  const add = (result: KitResult): void => {
    results.push(result);
    options.onResult?.(result);
  };
  for (const one of DEBITORSYSTEM_CONTRACT.filter(({ name }) => only(name))) {
    const { name } = one;
    const notFor = one.needs?.(stage.about);
    if (notFor !== undefined) {
      add({ name, outcome: 'sprunget over', reason: notFor });
      continue;
    }
    try {
      if (dead === undefined) await stage.ready();
    } catch (error) {
      dead = `debitorsystemet kunne ikke startes: ${reasonOf(error)}`;
    }
    add(dead === undefined ? await runCase(one, stage) : { name, outcome: 'fejlet', reason: dead });
  }
  await stage.close().catch(() => undefined);
  return results;
}
