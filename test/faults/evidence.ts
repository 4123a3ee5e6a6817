/**
 * What a run of the adapter left behind, as seen from outside it: what was published to it, what the debitorsystem carried
 * out, what the fagsystemer received. Types only; `judge.ts` reads it, and knows nothing of how it was gathered.
 */

export type Art = 'handling' | 'kontantIndbetaling';

/** Who an anmodning is, however often it is sent. */
export interface Identity {
  readonly fagsystem: string;
  readonly art: Art;
  /** AnmodningIdentifikator; for cash the TransaktionsID. */
  readonly id: string;
}

export type Role =
  /** To be carried out once, unless the debitorsystem says no. */
  | 'anmodning'
  /** The same message as an earlier one of any role but this, with the same content. */
  | 'gentagelse'
  /** An id that was used before, with other content. */
  | 'konflikt'
  /** Refused by a rule. */
  | 'regelbrud'
  /** Can't be read: a TransportKvittering, and a place in the fejlkø. */
  | 'ulaeselig'
  /** Its sender can't be trusted: never answered, only a place in the fejlkø. */
  | 'falsk';

/** One message that a fagsystem published; publishing it again because no confirm came is not another one. */
export interface Sent extends Identity {
  /** The order of publication. Two messages that share a line are never on their way at the same time. */
  readonly n: number;
  /** Both belong to this message alone. */
  readonly correlationId: string;
  readonly messageId: string;
  readonly role: Role;
  /** The lines it stands in. */
  readonly lines: readonly string[];
  /** What is to be carried out, in the words that {@link Effect} uses. */
  readonly content: string;
  /** The amount of a cash payment, else 0. */
  readonly oere: bigint;
  /** RabbitMQ confirmed it, and did not return it. */
  readonly confirmed: boolean;
  /** The sender had the answer to the first already: a repeat that must be answered itself. */
  readonly afterAnswer: boolean;
}

/** Something that the debitorsystem carried out. */
export interface Effect extends Identity {
  /** The order in which they happened. */
  readonly seq: number;
  /** The idempotency key that it came under. */
  readonly noegle: string;
  readonly content: string;
  readonly oere: bigint;
}

/** One message out of a fagsystem's queue, in the queue's order. */
export interface Received {
  readonly fagsystem: string;
  readonly art: 'kvittering' | 'svar' | 'transportkvittering';
  /** As it stands in the document, where header `anmodning-id` says the same; else undefined. */
  readonly id: string | undefined;
  readonly correlationId: string | undefined;
  readonly messageId: string | undefined;
  /** Header `kvittering-kode`. */
  readonly kode: string | undefined;
  /** A digest of the body. */
  readonly body: string;
  /** It says that an id was used before with other content: DA-104 or DA-110. */
  readonly conflict: boolean;
  /** RabbitMQ says that it may have been delivered before. */
  readonly redelivered: boolean;
}

/** What was done to the adapter and its broker, and what it noticed. For the report, but for the first. */
export interface Disturbances {
  /** Deliveries that RabbitMQ made again: a run without one proves nothing. */
  readonly redeliveries: number;
  readonly adapterKills: number;
  readonly adapterStops: number;
  readonly brokerKills: number;
  readonly freezes: number;
  readonly networkFaults: number;
}

export const UNDISTURBED: Disturbances = {
  redeliveries: 0,
  adapterKills: 0,
  adapterStops: 0,
  brokerKills: 0,
  freezes: 0,
  networkFaults: 0,
};

export interface Evidence {
  readonly sent: readonly Sent[];
  readonly effects: readonly Effect[];
  readonly received: readonly Received[];
  /** The message ids of what stands in the fejlkø. */
  readonly fejlkoe: readonly string[];
  /** Ids of anmodninger that wait, visibly, for a person to decide: only with a backend that can settle no doubt. */
  readonly awaitingPerson: readonly string[];
  readonly disturbances: Disturbances;
}
