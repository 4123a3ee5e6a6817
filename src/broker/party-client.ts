/**
 * Speaks to RabbitMQ as one of the parties outside the adapter: a fagsystem, or a debitorsystem outside the process. It
 * publishes messages with mandatory and confirm, and receives what the adapter answers. For the command line and the demo.
 *
 * It does not come back after a lost connection: whoever uses it is a person who waits, and is told.
 */
import { type ChannelModel, type ConfirmChannel, type ConsumeMessage, connect } from 'amqplib';
import { addressesOf } from './addresses.ts';
import { ANSWER_LIMIT_MS } from './kept-channel.ts';
import { ANMODNING_EXCHANGE, svarQueueName, UDFALD_EXCHANGE, udfaldKvitteringQueueName } from './topology.ts';
import { reached } from './unreachable.ts';
import { within } from './within.ts';

/** Who one is, and so where one publishes and what one reads. */
export interface Party {
  readonly art: 'fagsystem' | 'debitorsystem';
  /** As in the registry. */
  readonly id: string;
}

export interface PartyMessage {
  readonly routingKey: string;
  readonly body: Uint8Array;
  readonly messageId: string;
  readonly correlationId: string;
}

/** What the adapter sent to the party. */
export interface PartyAnswer {
  readonly routingKey: string;
  readonly type: string;
  readonly correlationId: string | undefined;
  readonly messageId: string | undefined;
  /** Header `kvittering-kode`. */
  readonly kode: string | undefined;
  readonly body: Uint8Array;
}

export interface PartyClientOptions {
  /** `amqp://user:password@host:port/vhost`. */
  readonly url: string;
  readonly party: Party;
  /**
   * Takes an answer: true acknowledges it, so that it is gone from the queue; false leaves it there for others, at the
   * latest when the client is closed. Must not throw.
   */
  readonly take: (answer: PartyAnswer) => boolean;
  /** The connection or the channel was lost after it was opened. */
  readonly onLost: (error: Error) => void;
}

export interface PartyClient {
  /** @throws what RabbitMQ refused, or TimeLimitExceeded. `returned`: no queue is bound for the routing key. */
  publish(message: PartyMessage): Promise<'confirmed' | 'returned'>;
  /** What was not taken is back in the queue, in its place, when it resolves. */
  close(): Promise<void>;
}

/** Somebody else reads the party's queue: whoever waits there for an answer might never see it, or take others'. */
export class QueueInUse extends Error {
  override readonly name = 'QueueInUse';
}

/** Answers that are looked at and left, at most: those before the awaited one in the queue. */
const MAX_HELD = 2000;
const CLOSE_LIMIT_MS = 2000;

function textHeader(message: ConsumeMessage, name: string): string | undefined {
  const headers: unknown = message.properties.headers;
  if (typeof headers !== 'object' || headers === null) return undefined;
  const value: unknown = Reflect.get(headers, name);
  return typeof value === 'string' ? value : undefined;
}

function textOrNone(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** What a delivery from a party's queue says; a property of another type than it should have is left out. */
export function answerOf(message: ConsumeMessage): PartyAnswer {
  const { properties, fields, content } = message;
  return {
    routingKey: fields.routingKey,
    type: textOrNone(properties.type) ?? '',
    correlationId: textOrNone(properties.correlationId),
    messageId: textOrNone(properties.messageId),
    kode: textHeader(message, 'kvittering-kode'),
    body: content,
  };
}

/** Consumes the party's queue. @throws QueueInUse where somebody else does already. */
async function consume(channel: ConfirmChannel, options: PartyClientOptions): Promise<void> {
  const { party, take } = options;
  const queue = party.art === 'fagsystem' ? svarQueueName(party.id) : udfaldKvitteringQueueName(party.id);
  const { consumerCount } = await channel.checkQueue(queue);
  if (consumerCount > 0) {
    throw new QueueInUse(
      `Køen ${queue} læses allerede af en anden; stop den først, eller brug dens egen udskrift af svarene`,
    );
  }
  await channel.prefetch(MAX_HELD);
  await channel.consume(queue, (message) => {
    if (message === null) return;
    if (take(answerOf(message))) channel.ack(message);
  });
}

class AmqpPartyClient implements PartyClient {
  readonly #model: ChannelModel;
  readonly #channel: ConfirmChannel;
  readonly #party: Party;
  readonly #returned = new Set<string>();
  /** RabbitMQ checks it against the connection's user, so it is set only where the two are the same. */
  readonly #userId: string | undefined;
  #lost: Error | undefined;
  #closing = false;
  /** Publications that wait for their confirm. */
  readonly #waiting = new Set<(error: Error) => void>();

  constructor(model: ChannelModel, channel: ConfirmChannel, { url, party, onLost }: PartyClientOptions) {
    this.#model = model;
    this.#channel = channel;
    this.#party = party;
    this.#userId = userOf(url) === party.id ? party.id : undefined;
    const lose = (error: Error): void => {
      if (this.#lost !== undefined || this.#closing) return;
      this.#lost = error;
      for (const reject of this.#waiting) reject(error);
      onLost(error);
    };
    model.on('error', lose);
    model.on('close', (error) => lose(error ?? new Error('forbindelsen til RabbitMQ blev lukket')));
    channel.on('error', lose);
    channel.on('close', () => lose(new Error('RabbitMQ lukkede kanalen')));
    channel.on('return', ({ properties }) => {
      const id: unknown = properties.messageId;
      if (typeof id === 'string') this.#returned.add(id);
    });
  }

  publish(message: PartyMessage): Promise<'confirmed' | 'returned'> {
    const confirmed = new Promise<'confirmed' | 'returned'>((resolve, reject) => {
      if (this.#lost !== undefined) return reject(this.#lost);
      this.#waiting.add(reject);
      const settled = (error: unknown): void => {
        this.#waiting.delete(reject);
        if (error) reject(error instanceof Error ? error : new Error('RabbitMQ bekræftede ikke meddelelsen'));
        // A return comes before the confirm of the same message.
        else resolve(this.#returned.delete(message.messageId) ? 'returned' : 'confirmed');
      };
      this.#channel.publish(
        this.#party.art === 'fagsystem' ? ANMODNING_EXCHANGE : UDFALD_EXCHANGE,
        message.routingKey,
        Buffer.from(message.body),
        { ...this.#properties(), messageId: message.messageId, correlationId: message.correlationId },
        settled,
      );
    });
    return within(confirmed, ANSWER_LIMIT_MS, 'RabbitMQs bekræftelse');
  }

  async close(): Promise<void> {
    this.#closing = true;
    // The channel first: closing the connection alone overtakes acknowledgements that are still buffered for the channel.
    await within(this.#channel.close(), CLOSE_LIMIT_MS, 'Lukningen af kanalen').catch(() => undefined);
    await within(this.#model.close(), CLOSE_LIMIT_MS, 'RabbitMQs farvel').catch(() => undefined);
  }

  #properties() {
    const base = { mandatory: true, persistent: true, contentType: 'application/xml' };
    return this.#userId === undefined ? base : { ...base, userId: this.#userId };
  }
}

/** The user of an AMQP URL, or of several; guest where it names none, as amqplib has it. */
export function userOf(url: string): string {
  const [{ username }] = addressesOf(url);
  return username === '' ? 'guest' : decodeURIComponent(username);
}

/**
 * Connects as the party and consumes its queue.
 * @throws BrokerUnreachable, QueueInUse, or what RabbitMQ refused afterwards.
 */
export async function openPartyClient(options: PartyClientOptions): Promise<PartyClient> {
  const clientProperties = { connection_name: `debitor-adapter som ${options.party.id}` };
  const model = await reached(connect(options.url, { noDelay: true, timeout: ANSWER_LIMIT_MS, clientProperties }));
  // Before anything else: an error that nobody listens to ends the process.
  model.on('error', () => undefined);
  try {
    const channel = await within(model.createConfirmChannel(), ANSWER_LIMIT_MS, 'Åbningen af en kanal');
    channel.on('error', () => undefined);
    const client = new AmqpPartyClient(model, channel, options);
    await within(consume(channel, options), ANSWER_LIMIT_MS, 'RabbitMQs svar');
    return client;
  } catch (error) {
    await within(model.close(), CLOSE_LIMIT_MS, 'RabbitMQs farvel').catch(() => undefined);
    throw error;
  }
}
