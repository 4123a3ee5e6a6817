/**
 * Lines: what must happen one after the other. An anmodning starts when it heads the line of its debitorkonto, in variants
 * 3 and 4 the lines of both; recording gives one total order, so no deadlock is possible (spec 3, promise 4).
 */
import type { Command } from './command.ts';
import { debitorkontiOf } from './handling.ts';

/** The parts that name a line. The ledger keeps a digest of them, since a cash line's hold a KundeNummer. */
export type LineParts = readonly [kind: 'debitorkonto' | 'kontant', ...parts: string[]];

export function linesOf(command: Command): readonly LineParts[] {
  if (command.art === 'kontantIndbetaling') {
    return [['kontant', command.kundeType, command.kundeNummer.reveal()]];
  }
  return debitorkontiOf(command.handling).map((konto) => ['debitorkonto', command.fagsystem, command.myndighed, konto]);
}
