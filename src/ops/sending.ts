/** Where a message goes, seen from its sender: the party's kind and the routing key follow from the document's root. */
import type { Party } from '../broker/party-client.ts';
import { salvage } from '../oio/salvage.ts';

export type MessageKind = 'debitorkonto' | 'kontantindbetaling' | 'svar';

const ROOTS: ReadonlyMap<string, MessageKind> = new Map([
  ['DebitorkontoAnmodningAfsend_I', 'debitorkonto'],
  ['DebitorkontoAnmodningSvarAfsend_I', 'svar'],
  ['OpkrævningKontantIndbetalingOpret_I', 'kontantindbetaling'],
  ['OpkraevningKontantIndbetalingOpret_I', 'kontantindbetaling'],
]);

/** Of a document that may be broken; undefined where its root can't be made out or is none of ours. */
export function kindOf(body: Uint8Array): MessageKind | undefined {
  const { rootName } = salvage(body);
  return rootName === undefined ? undefined : ROOTS.get(rootName);
}

/** A svar is a debitorsystem's to send, everything else a fagsystem's. */
export function partyOf(kind: MessageKind, id: string): Party {
  return { art: kind === 'svar' ? 'debitorsystem' : 'fagsystem', id };
}

export function routingKeyOf(kind: MessageKind, id: string): string {
  return kind === 'svar' ? `${id}.svar` : `${kind}.${id}`;
}
