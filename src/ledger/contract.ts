/**
 * The contract of a ledger, as cases that any implementation must pass. Free of test frameworks: a test file loops over
 * the cases and gives each a way to make a fresh ledger. Real storage, no clock: every instant is an argument.
 */
import { BY_HAND } from './contract/by-hand.ts';
import type { ContractCase } from './contract/fixture.ts';
import { INTERVENTIONS } from './contract/interventions.ts';
import { LINES } from './contract/lines.ts';
import { PUBLISHING } from './contract/publishing.ts';
import { RECORDING } from './contract/recording.ts';
import { SVAR } from './contract/svar.ts';

/** Every rule of the port, each as a sentence with its check. */
export const LEDGER_CONTRACT: readonly ContractCase[] = [
  ...RECORDING,
  ...LINES,
  ...SVAR,
  ...PUBLISHING,
  ...INTERVENTIONS,
  ...BY_HAND,
];
