/** Every type of message that the adapter understands. A new type is one file and one line here. */
import type { QueueKind } from '../broker/delivery.ts';
import { debitorkontoanmodning } from './debitorkontoanmodning/debitorkontoanmodning.ts';
import { svarFraDebitorsystem } from './debitorkontoanmodning/svar.ts';
import type { Compose, Incoming, MessageDefinition, MessageStem, Understood, Untrusted } from './definition.ts';
import { kontantIndbetaling } from './kontant-indbetaling.ts';

const DEFINITIONS = [debitorkontoanmodning, kontantIndbetaling, svarFraDebitorsystem] as const;

/** A definition whose document type is bound: what reads the document need not know which type it is. */
export interface BoundDefinition {
  readonly stem: MessageStem;
  readonly queue: QueueKind;
  readonly interpret: (incoming: Incoming<unknown>, compose: Compose) => Understood | Untrusted;
}

function bind<S extends MessageStem>(definition: MessageDefinition<S>): BoundDefinition {
  return {
    stem: definition.stem,
    queue: definition.queue,
    // The document was checked against the schema of this very stem, which is what its type was generated from.
    interpret: (incoming, compose) =>
      definition.interpret(incoming as Parameters<MessageDefinition<S>['interpret']>[0], compose),
  };
}

const BY_STEM: ReadonlyMap<MessageStem, BoundDefinition> = new Map(
  [bind(debitorkontoanmodning), bind(kontantIndbetaling), bind(svarFraDebitorsystem)].map((definition) => [
    definition.stem,
    definition,
  ]),
);

/** The definition of a type that is accepted on a queue; undefined where it is none, or belongs to another queue. */
export function definitionFor(stem: MessageStem, queue: QueueKind): BoundDefinition | undefined {
  const definition = BY_STEM.get(stem);
  return definition?.queue === queue ? definition : undefined;
}

/** Where a type belongs, to tell a sender that chose the wrong queue. */
export function queueOf(stem: MessageStem): QueueKind | undefined {
  return DEFINITIONS.find((definition) => definition.stem === stem)?.queue;
}
