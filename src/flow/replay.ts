/**
 * fejlkø → replayed by a person: the stored bytes are read again, as if they had just been delivered with the properties that
 * they came with, and recorded by the same rules. They are not published again: RabbitMQ takes a user_id only from that very
 * user, and it is the user_id of the first delivery that the sender is known by.
 */
import type { QueueKind } from '../broker/delivery.ts';
import type { ByHand, Interventions } from '../ledger/interventions.ts';
import type { Arrival, FejlkoeEntry, Judgement } from '../ledger/ledger.ts';
import type { World } from './observe.ts';
import type { ReadDelivery } from './read.ts';

/** What became, or would become, of an entry. */
export type Replayed =
  /** Work for the debitorsystem; a refusal by a rule, with its code; a repeat; a svar, with its receipt's code. */
  | { readonly art: 'dispatch' | 'repeat' | 'nothing' }
  | { readonly art: 'answer' | 'svar'; readonly kode: string }
  /** It can't be used: it stays in the fejlkø as it was. */
  | { readonly art: 'fejlkoe'; readonly kode: string; readonly aarsag: string }
  /** Its routing key belongs to no queue. */
  | { readonly art: 'unroutable' }
  | { readonly art: 'notOpen' };

const SVAR_KEY = /^[a-z0-9-]{1,40}\.(?:udfald|svar)$/;

/** The queue of a message that the broker itself brought to the fejlkø is the one that its routing key names. */
function queueOf({ row: { queue, routingKey } }: FejlkoeEntry): QueueKind | undefined {
  if (queue !== 'fejlkoe') return queue;
  if (routingKey.startsWith('debitorkonto.')) return 'debitorkonto';
  if (routingKey.startsWith('kontantindbetaling.')) return 'kontantindbetaling';
  return SVAR_KEY.test(routingKey) ? 'udfald' : undefined;
}

/** An arrival that remembers how it was judged. */
function remembering(arrival: Arrival): { readonly arrival: Arrival; readonly judged: () => Judgement | undefined } {
  let judged: Judgement | undefined;
  const judge: Arrival['judge'] = (known) => {
    judged = arrival.judge(known);
    return judged;
  };
  return { arrival: { ...arrival, judge }, judged: () => judged };
}

/** @param by undefined: it is only judged, and nothing is changed. */
export async function replayEntry(
  entry: FejlkoeEntry,
  by: ByHand | undefined,
  ports: { readonly ledger: Pick<Interventions, 'replay'>; readonly read: ReadDelivery; readonly world: World },
): Promise<Replayed> {
  const { row, raw, properties, closed } = entry;
  if (closed !== undefined) return { art: 'notOpen' };
  const queue = queueOf(entry);
  if (queue === undefined) return { art: 'unroutable' };
  const delivery = { queue, exchange: '', routingKey: row.routingKey, redelivered: false, body: raw, properties };
  const { arrival, judged } = remembering(ports.read(delivery, ports.world.now()));
  const recorded = await ports.ledger.replay({ id: row.id, arrival, by });
  if (recorded === 'notOpen') return { art: 'notOpen' };
  const judgement = judged();
  if (judgement === undefined) throw new Error('it was recorded without being judged');
  switch (judgement.art) {
    case 'fejlkoe':
      return { art: 'fejlkoe', kode: judgement.kode, aarsag: judgement.aarsag };
    case 'answer':
    case 'svar': {
      const kode = recorded.art === 'answered' ? recorded.answers.at(-1)?.kode : undefined;
      return { art: judgement.art, kode: kode ?? 'ukendt' };
    }
    case 'repeat':
      return { art: recorded.art === 'nothing' ? 'nothing' : 'repeat' };
    case 'nothing':
    case 'dispatch':
      return { art: judgement.art };
  }
}
