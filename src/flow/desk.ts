/**
 * What a person can do from the command line, beside the adapters that run on the same ledger: the verbs of the flow that
 * are theirs. It publishes and dispatches nothing.
 */
import type { ByHand, Interventions, Undecided } from '../ledger/interventions.ts';
import type { FejlkoeEntry, MessageRow } from '../ledger/ledger.ts';
import type { World } from './observe.ts';
import { createReader, type ReaderOptions } from './read.ts';
import { type Replayed, replayEntry } from './replay.ts';
import { type Decision, type Resolved, resolveUndecided } from './resolve.ts';
import { reportSvarByHand, type SvarReported } from './svar-by-hand.ts';

export interface Desk extends Pick<Interventions, 'history' | 'undecided' | 'fejlkoe' | 'fejlkoeRaw' | 'close'> {
  /** Decides what became of an anmodning in doubt. @param by undefined: only shows what the decision would come to. */
  resolve(undecided: Undecided, decision: Decision, by?: ByHand): Promise<Resolved>;
  /** Reports the svar of an anmodning. @param by undefined: only shows what it would come to. */
  reportSvar(anmodning: MessageRow, svar: Parameters<typeof reportSvarByHand>[1], by?: ByHand): Promise<SvarReported>;
  /** Has answers tried again now that no queue was bound for. @returns how many. */
  redeliver(answerId?: number): Promise<number>;
  /** Gives a way to replay entries of the fejlkø, by rules that are read once. @param by undefined: only shows. */
  replayer(options: ReaderOptions): (entry: FejlkoeEntry, by?: ByHand) => Promise<Replayed>;
  /** Closes entries of the fejlkø for good. @returns how many were open. */
  discard(ids: readonly number[], by: ByHand): Promise<number>;
}

export function createDesk(ledger: Interventions, world: World): Desk {
  const ports = { ledger, world };
  return {
    history: (id) => ledger.history(id),
    undecided: (seq) => ledger.undecided(seq),
    fejlkoe: (page) => ledger.fejlkoe(page),
    fejlkoeRaw: (id) => ledger.fejlkoeRaw(id),
    resolve: (undecided, decision, by) => resolveUndecided(undecided, decision, by, ports),
    reportSvar: (anmodning, svar, by) => reportSvarByHand(anmodning, svar, by, ports),
    redeliver: (answerId) => ledger.redeliver(world.now(), answerId),
    replayer(options) {
      const read = createReader(options);
      return (entry, by) => replayEntry(entry, by, { ...ports, read });
    },
    discard: (ids, by) => ledger.discard(ids, world.now(), by),
    close: () => ledger.close(),
  };
}
