/**
 * The flat forms of what goes over the border to a SQLite ledger's thread for every message, and back: a row of texts and
 * numbers in a fixed order. Copying an object from thread to thread writes each of its keys anew; a row is several times as
 * quick. What is out of the ordinary goes along as it is. Encoder and decoder of a form stand together.
 *
 * Bytes are not here: a form only says where they stand in the buffer that goes with it.
 */
import type { DeliveryProperties } from '../broker/delivery.ts';
import type { Answer, Identity, Published } from './ledger.ts';
import type { WireRecorded, WireSettlement } from './sqlite-thread-calls.ts';
import type { Flat, WireAnswer, WireArrival, WireBytes, WireOutboxAnswer } from './sqlite-wire.ts';

type Value = Flat<never>['values'][number];

/** Stands before an item that follows among the values, or is the next of the others. */
const HERE = 1;
const AMONG_OTHERS = 0;

/** Reads values in the order in which they were written. */
class Reader {
  readonly #values: readonly Value[];
  #at = 0;

  constructor(values: readonly Value[]) {
    this.#values = values;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#values.length;
  }

  text(): string {
    const value = this.#next();
    if (typeof value !== 'string') throw new TypeError('a text was expected in a flat form');
    return value;
  }

  optional(): string | undefined {
    return this.#values[this.#at] === undefined ? void this.#next() : this.text();
  }

  number(): number {
    const value = this.#next();
    if (typeof value !== 'number') throw new TypeError('a number was expected in a flat form');
    return value;
  }

  /** One of these words. */
  among<Word extends string>(words: readonly Word[]): Word {
    const word = words[this.number()];
    if (word === undefined) throw new TypeError('a word was expected in a flat form');
    return word;
  }

  bytes(): WireBytes {
    return [this.number(), this.number()];
  }

  #next(): Value {
    this.#at += 1;
    return this.#values[this.#at - 1];
  }
}

/** @param write writes an item and says so, or leaves it as it is. */
function flatten<Item>(items: readonly Item[], write: (item: Item, values: Value[]) => boolean): Flat<Item> {
  const values: Value[] = [];
  const others: Item[] = [];
  for (const item of items) {
    values.push(HERE);
    if (write(item, values)) continue;
    values[values.length - 1] = AMONG_OTHERS;
    others.push(item);
  }
  return { values, others };
}

function restore<Item>({ values, others }: Flat<Item>, read: (values: Reader) => Item): readonly Item[] {
  const reader = new Reader(values);
  const items: Item[] = [];
  let seen = 0;
  while (!reader.isAtEnd) {
    if (reader.number() === HERE) items.push(read(reader));
    else {
      items.push(...others.slice(seen, seen + 1));
      seen += 1;
    }
  }
  return items;
}

// ---- arrivals that are judged as dispatch ----------------------------------------------------------------------------

const QUEUES = ['debitorkonto', 'kontantindbetaling', 'udfald', 'fejlkoe'] as const;
const KINDS = ['debitorkonto', 'kontantindbetaling', 'svar'] as const;

export function flattenArrivals(arrivals: readonly WireArrival[]): Flat<WireArrival> {
  return flatten(arrivals, (arrival, values) => {
    const { queue, receivedAt, routingKey, raw, identity, fresh } = arrival;
    if (identity === undefined || fresh?.art !== 'dispatch') return false;
    const { messageId, correlationId, userId, contentType, traceparent, deathReason, deathQueue } = arrival.properties;
    const { kind, sender, id, contentHash, eksternId } = identity;
    const { command, kontekst, lineKeys, details } = fresh;
    values.push(QUEUES.indexOf(queue), receivedAt, routingKey, ...raw);
    values.push(messageId, correlationId, userId, contentType, traceparent, deathReason, deathQueue);
    values.push(KINDS.indexOf(kind), sender, id, contentHash, eksternId);
    values.push(...command, ...kontekst, lineKeys);
    values.push(details.transaktionsId, details.myndighed, details.handlingstype);
    return true;
  });
}

export function restoreArrivals(flat: Flat<WireArrival>): readonly WireArrival[] {
  return restore(flat, (reader) => ({
    queue: reader.among(QUEUES),
    receivedAt: reader.number(),
    routingKey: reader.text(),
    raw: reader.bytes(),
    properties: readProperties(reader),
    identity: readIdentity(reader),
    fresh: {
      art: 'dispatch',
      command: reader.bytes(),
      kontekst: reader.bytes(),
      lineKeys: reader.text(),
      details: readDetails(reader),
    },
  }));
}

function readProperties(reader: Reader): DeliveryProperties {
  const properties: { -readonly [Key in keyof DeliveryProperties]: string } = {};
  for (const key of PROPERTIES) {
    const value = reader.optional();
    if (value !== undefined) properties[key] = value;
  }
  return properties;
}

/** In the order in which they are written. */
const PROPERTIES = [
  'messageId',
  'correlationId',
  'userId',
  'contentType',
  'traceparent',
  'deathReason',
  'deathQueue',
] as const;

function readIdentity(reader: Reader): Identity {
  const identity = {
    kind: reader.among(KINDS),
    sender: reader.text(),
    id: reader.text(),
    contentHash: reader.text(),
  };
  const eksternId = reader.optional();
  return eksternId === undefined ? identity : { ...identity, eksternId };
}

function readDetails(reader: Reader) {
  const transaktionsId = reader.text();
  const myndighed = reader.optional();
  const handlingstype = reader.optional();
  return {
    transaktionsId,
    ...(myndighed === undefined ? {} : { myndighed }),
    ...(handlingstype === undefined ? {} : { handlingstype }),
  };
}

// ---- settlements that finish ------------------------------------------------------------------------------------------

const UDFALD = ['udfoert', 'afvist', 'fejlet'] as const;
const ARTER = ['kvittering', 'transportkvittering', 'svar', 'svarkvittering'] as const;

export function flattenSettlements(settlements: readonly WireSettlement[]): Flat<WireSettlement> {
  return flatten(settlements, (settlement, values) => {
    if (settlement.state !== 'done') return false;
    const { seq, attempt, at, udfald, answer } = settlement;
    values.push(seq, attempt, at, UDFALD.indexOf(udfald));
    writeAnswer(answer, values);
    return true;
  });
}

export function restoreSettlements(flat: Flat<WireSettlement>): readonly WireSettlement[] {
  return restore(flat, (reader) => ({
    state: 'done',
    seq: reader.number(),
    attempt: reader.number(),
    at: reader.number(),
    udfald: reader.among(UDFALD),
    answer: readAnswer(reader),
  }));
}

function writeAnswer(answer: WireAnswer, values: Value[]): void {
  const { art, exchange, routingKey, messageId, correlationId, type, kode, headers, body } = answer;
  values.push(ARTER.indexOf(art), exchange, routingKey, messageId, correlationId, type, kode, ...body);
  const names = Object.keys(headers);
  values.push(names.length);
  for (const name of names) values.push(name, headers[name]);
}

function readAnswer(reader: Reader): WireAnswer {
  const [art, exchange, routingKey, messageId] = [reader.among(ARTER), reader.text(), reader.text(), reader.text()];
  const correlationId = reader.optional();
  const [type, kode, body] = [reader.text(), reader.text(), reader.bytes()];
  const base = { art, exchange, routingKey, messageId, type, kode, body, headers: readHeaders(reader) };
  return correlationId === undefined ? base : { ...base, correlationId };
}

function readHeaders(reader: Reader): Answer['headers'] {
  const headers: Record<string, string> = {};
  for (let left = reader.number(); left > 0; left -= 1) {
    const name = reader.text();
    headers[name] = reader.text();
  }
  return headers;
}

// ---- publications that were confirmed ---------------------------------------------------------------------------------

export function flattenPublished(published: readonly Published[]): Flat<Published> {
  return flatten(published, (one, values) => {
    if (one.art !== 'confirmed') return false;
    values.push(one.answerId, one.at);
    return true;
  });
}

export function restorePublished(flat: Flat<Published>): readonly Published[] {
  return restore(flat, (reader) => ({ art: 'confirmed', answerId: reader.number(), at: reader.number() }));
}

// ---- results ----------------------------------------------------------------------------------------------------------

const PLACES = ['claimed', 'waiting'] as const;

export function flattenRecorded(recorded: readonly WireRecorded[]): Flat<WireRecorded> {
  return flatten(recorded, (one, values) => {
    if (one.art !== 'claimed' && one.art !== 'waiting') return false;
    values.push(PLACES.indexOf(one.art), one.seq);
    return true;
  });
}

export function restoreRecorded(flat: Flat<WireRecorded>): readonly WireRecorded[] {
  return restore(flat, (reader) => ({ art: reader.among(PLACES), seq: reader.number() }));
}

/** Answers that the other side has sent in this very call. */
export function flattenAnswers(answers: readonly WireOutboxAnswer[]): Flat<WireOutboxAnswer> {
  return flatten(answers, (answer, values) => {
    if (!('sent' in answer) || answer.seq === undefined) return false;
    values.push(answer.sent, answer.answerId, answer.attempts, answer.seq);
    return true;
  });
}

export function restoreAnswers(flat: Flat<WireOutboxAnswer>): readonly WireOutboxAnswer[] {
  return restore(flat, (reader) => ({
    sent: reader.number(),
    answerId: reader.number(),
    attempts: reader.number(),
    seq: reader.number(),
  }));
}
