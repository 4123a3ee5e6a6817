/**
 * Faults on request: which command meets which of the configured faults. What a fault then does stands in `simulator.ts`.
 * Nothing here is random, so that a run can be repeated: a share is decided by the command's key and attempt.
 */
import type { Command } from '../../../domain/command.ts';
import type { FaultConfig } from './config.ts';
import { digest } from './digest.ts';

export type Fault = Pick<FaultConfig, 'art' | 'delayMs'>;

export class Faults {
  readonly #configured: readonly { readonly fault: FaultConfig; left: number }[];

  constructor(configured: readonly FaultConfig[]) {
    this.#configured = configured.map((fault) => ({ fault, left: fault.antal ?? Number.POSITIVE_INFINITY }));
  }

  /** The first configured fault that strikes the command, counted as used; undefined: none. */
  take(command: Command, attempt: number): Fault | undefined {
    for (const [index, entry] of this.#configured.entries()) {
      if (entry.left <= 0 || !strikes(entry.fault, command, attempt, index)) continue;
      entry.left -= 1;
      return entry.fault;
    }
    return undefined;
  }
}

function strikes({ naar }: FaultConfig, command: Command, attempt: number, index: number): boolean {
  if (naar === undefined) return true;
  if (naar.fagsystem !== undefined && naar.fagsystem !== command.fagsystem) return false;
  const { handlingstype, anmodningIdentifikator, andel } = naar;
  if (handlingstype !== undefined || anmodningIdentifikator !== undefined) {
    if (command.art !== 'handling') return false;
    if (handlingstype !== undefined && handlingstype !== command.handlingstype) return false;
    if (
      anmodningIdentifikator !== undefined &&
      anmodningIdentifikator.toLowerCase() !== command.anmodningIdentifikator
    ) {
      return false;
    }
  }
  return andel === undefined || shareOf(`${index}:${attempt}:${command.noegle}`) < andel;
}

/** 0 (included) to 1 (excluded). */
function shareOf(text: string): number {
  return digest(text) / 2 ** 32;
}
