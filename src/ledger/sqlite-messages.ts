/** Inserting messages into a SQLite ledger: the narrow row, its payload, and its payment's id. */
import type { Instant } from '../domain/identer.ts';
import type { State } from '../domain/lifecycle.ts';
import type { Arrival, Identity, MessageDetails, Seq } from './ledger.ts';
import { contentDigest, digest } from './rows.ts';
import type { Connection } from './sqlite-database.ts';
import type { StoredWork, Utf8 } from './sqlite-stored.ts';

export interface NewMessage {
  readonly arrival: Omit<Arrival, 'judge'>;
  readonly identity: Identity;
  readonly details: MessageDetails;
  readonly first: boolean;
  readonly state: State;
  /** Set where the message is finished by being recorded. */
  readonly udfald?: string;
  readonly waitingOn: number;
  /** Set where the message is claimed by being recorded. */
  readonly claimedIn?: number;
  /** What is to be dispatched, and what its answers need to know. */
  readonly work?: Pick<StoredWork, 'command' | 'kontekst' | 'lineKeys'>;
}

type Text = string | null;
type MessageValues = [
  kind: string,
  sender: string,
  id: string,
  contentHash: string,
  idDigest: number,
  contentDigest: number,
  transaktionDigest: number | null,
  isFirst: number,
  transaktionsId: string,
  myndighed: Text,
  handlingstype: Text,
  state: State,
  udfald: Text,
  waitingOn: number,
  attempts: number,
  claimedIn: number | null,
  receivedAt: Instant,
  dispatchedAt: Instant | null,
  settledAt: Instant | null,
];
type PayloadValues = [
  seq: Seq,
  routingKey: string,
  userId: Text,
  correlationId: Text,
  messageId: Text,
  traceparent: Text,
  command: Utf8 | null,
  kontekst: Utf8 | null,
  lineKeys: Uint8Array | null,
  raw: Uint8Array,
];

export function prepareMessages(connection: Connection): (message: NewMessage) => Seq {
  const insert = connection.prepare<MessageValues>(
    `INSERT INTO message (kind, sender, id, content_hash, id_digest, content_digest, transaktion_digest, is_first,
       transaktions_id, myndighed, handlingstype, state, udfald, waiting_on, attempts, claimed_in, received_at,
       dispatched_at, settled_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPayload = connection.prepare<PayloadValues>(
    `INSERT INTO payload (seq, routing_key, user_id, correlation_id, message_id, traceparent, command, kontekst,
       line_keys, raw) VALUES (?, ?, ?, ?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), ?, ?)`,
  );
  const insertEksternId = connection.prepare<[string, string, Seq]>(
    'INSERT INTO ekstern_id (sender, ekstern_id, seq) VALUES (?, ?, ?)',
  );

  return ({ arrival, identity, details, first, state, udfald, waitingOn, claimedIn, work }) => {
    const { kind, sender, id, contentHash, eksternId } = identity;
    const { receivedAt, properties } = arrival;
    const { transaktionsId } = details;
    const { lastInsertRowid } = insert.run(
      kind,
      sender,
      id,
      contentHash,
      digest(id),
      contentDigest(contentHash),
      transaktionsId === id ? null : digest(transaktionsId),
      first ? 1 : 0,
      transaktionsId,
      details.myndighed ?? null,
      details.handlingstype ?? null,
      state,
      udfald ?? null,
      waitingOn,
      claimedIn === undefined ? 0 : 1,
      claimedIn ?? null,
      receivedAt,
      claimedIn === undefined ? null : receivedAt,
      state === 'done' ? receivedAt : null,
    );
    const seq = Number(lastInsertRowid);
    insertPayload.run(
      seq,
      arrival.routingKey,
      properties.userId ?? null,
      properties.correlationId ?? null,
      properties.messageId ?? null,
      properties.traceparent ?? null,
      work?.command ?? null,
      work?.kontekst ?? null,
      work === undefined ? null : Buffer.from(work.lineKeys, 'latin1'),
      arrival.raw,
    );
    if (work !== undefined && eksternId !== undefined) insertEksternId.run(sender, eksternId, seq);
    return seq;
  };
}
