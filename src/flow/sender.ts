/**
 * Who sent a delivery. RabbitMQ vouches for `user_id`; the routing key, and where the message has one its Rute, must agree
 * with it (spec 2, "Who may send what"). Pure.
 */
import type { Sender } from '../anmodninger/definition.ts';
import type { Delivery } from '../broker/delivery.ts';
import { type Fagsystem, findDebitorsystem, findFagsystem, type Registry } from '../domain/registry.ts';
import { NAMESPACES } from '../oio/namespaces.ts';
import { collapse } from '../oio/project.ts';
import type { XmlElement } from '../oio/tree.ts';

export type SenderVerdict =
  | { readonly art: 'known'; readonly sender: Sender }
  /** Never answered. The reason names no value that the sender chose. */
  | { readonly art: 'unknown'; readonly aarsag: string };

const FROM_FAGSYSTEM = /^(?:debitorkonto|kontantindbetaling)\.([a-z0-9-]{1,40})$/;
const FROM_DEBITORSYSTEM = /^([a-z0-9-]{1,40})\.(?:udfald|svar)$/;

function unknown(aarsag: string): SenderVerdict {
  return { art: 'unknown', aarsag };
}

export function identifySender(delivery: Delivery, registry: Registry, requireUserId: boolean): SenderVerdict {
  const pattern = delivery.queue === 'udfald' ? FROM_DEBITORSYSTEM : FROM_FAGSYSTEM;
  const id = pattern.exec(delivery.routingKey)?.[1];
  if (id === undefined) return unknown('routing key har ikke den form, som køen kræver');
  const { userId } = delivery.properties;
  if (userId === undefined && requireUserId) return unknown('user_id mangler');
  if (userId !== undefined && userId !== id) return unknown('user_id og routing key nævner ikke det samme');
  if (delivery.queue === 'udfald') {
    const debitorsystem = findDebitorsystem(registry, id);
    if (debitorsystem === undefined) return unknown('debitorsystemet står ikke i registret');
    return { art: 'known', sender: { art: 'debitorsystem', debitorsystem } };
  }
  const fagsystem = findFagsystem(registry, id);
  if (fagsystem === undefined) return unknown('fagsystemet står ikke i registret');
  return { art: 'known', sender: { art: 'fagsystem', fagsystem } };
}

function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name && one.namespace === NAMESPACES.k);
}

/** As the schema has it, once white space is collapsed and capitals are made small. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Whether a readable k:Rute says that another it-system sends. It is looked for in the tree, so that a message against its
 * schema is judged by it too. A missing Rute contradicts nobody, nor does one that names no UUID: that is for the schema to
 * refuse, and the sender to be told.
 */
export function ruteContradicts(root: XmlElement, fagsystem: Fagsystem): boolean {
  const rute = child(child(root, 'HovedOplysninger'), 'Rute');
  const instans = collapse(child(rute, 'AfsenderItSystemInstans')?.text ?? '').toLowerCase();
  return UUID.test(instans) && !fagsystem.itSystemInstanser.some((known) => known === instans);
}
