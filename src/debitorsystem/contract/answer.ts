/** What came of asking a backend once, as the adapter would take it. */
import assert from 'node:assert/strict';
import type { Command } from '../../domain/command.ts';
import type { Udfald } from '../../domain/udfald.ts';

export type Answer =
  | { readonly art: 'udfald'; readonly udfald: Udfald }
  /** IkkeUdfoert was thrown: it is certain that nothing was carried out. */
  | { readonly art: 'ikkeUdfoert'; readonly forbigaaende: boolean; readonly aarsag: string }
  /** Anything else was thrown: its name and what it said. */
  | { readonly art: 'ukendt'; readonly kastet: string };

type Thrown = Exclude<Answer, { art: 'udfald' }>;

export function whatWasThrown(answer: Thrown): string {
  return answer.art === 'ukendt' ? `kastede ${answer.kastet}` : `kastede IkkeUdfoert (${answer.aarsag})`;
}

/** A command was given that must have an udfald, and got none. */
export class Unanswered extends assert.AssertionError {
  readonly command: Command;
  readonly answer: Thrown;

  constructor(command: Command, answer: Thrown) {
    super({ message: `${whatWasThrown(answer)}, hvor der skulle være svaret med et udfald` });
    this.command = command;
    this.answer = answer;
  }
}
