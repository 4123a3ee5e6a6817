/** Inserting messages into a PostgreSQL ledger: the narrow row, its payload, its lines, and its payment's id. */
import { encodeCommand } from '../domain/command.ts';
import type { State } from '../domain/lifecycle.ts';
import type { Arrival, Identity, Judgement, MessageDetails, Seq } from './ledger.ts';
import type { Unit } from './postgres-unit.ts';
import { contentDigest, digest } from './rows.ts';

export interface NewMessage {
  readonly seq: Seq;
  readonly arrival: Arrival;
  readonly identity: Identity;
  readonly details: MessageDetails;
  readonly first: boolean;
  readonly state: State;
  /** Set where the message is finished by being recorded. */
  readonly udfald?: string;
  readonly waitingOn: number;
  /** Set where the message is claimed by being recorded. */
  readonly claimedBy?: string;
  readonly work?: Extract<Judgement, { readonly art: 'dispatch' }>;
}

export function insertMessage(unit: Unit, message: NewMessage): void {
  const { seq, arrival, identity, details, first, state, udfald, waitingOn, claimedBy, work } = message;
  const { kind, sender, id, contentHash, eksternId } = identity;
  const { receivedAt, properties } = arrival;
  const { transaktionsId } = details;
  unit.insert('message', {
    seq,
    kind,
    sender,
    id,
    content_hash: contentHash,
    id_digest: digest(id),
    content_digest: contentDigest(contentHash),
    transaktion_digest: transaktionsId === id ? undefined : digest(transaktionsId),
    is_first: first ? 1 : 0,
    transaktions_id: transaktionsId,
    myndighed: details.myndighed,
    handlingstype: details.handlingstype,
    state,
    udfald,
    waiting_on: waitingOn,
    attempts: claimedBy === undefined ? 0 : 1,
    claimed_by: claimedBy,
    received_at: receivedAt,
    dispatched_at: claimedBy === undefined ? undefined : receivedAt,
    settled_at: state === 'done' ? receivedAt : undefined,
  });
  unit.insert('payload', {
    seq,
    routing_key: arrival.routingKey,
    user_id: properties.userId,
    correlation_id: properties.correlationId,
    message_id: properties.messageId,
    traceparent: properties.traceparent,
    command: work === undefined ? undefined : encodeCommand(work.command),
    kontekst: work?.kontekst,
    raw: arrival.raw,
  });
  if (work !== undefined && eksternId !== undefined) unit.insert('ekstern_id', { sender, ekstern_id: eksternId, seq });
}
