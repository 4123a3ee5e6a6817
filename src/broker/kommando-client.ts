/**
 * Gives commands to a debitorsystem outside the process on a queue, and hears its udfald: the RabbitMQ part of the backend
 * `amqp`, on connections of its own.
 *
 *   debitor.kommando ── <debitorsystem> ──▶ debitor.kommando.<debitorsystem> ──▶ the debitorsystem
 *   debitor.udfald ── <debitorsystem>.udfald ──▶ debitor.udfald.adapter.<id>, this process's own, gone with its channel
 *                                            └─▶ debitor.udfald, which the adapter's flow reads for svar
 *
 * Every adapter hears every udfald on a queue of its own, since it may be any of them that waits for it. That queue is lost
 * with its connection, and that is enough: a udfald that nobody heard is asked for again with the same key.
 */
import { randomUUID } from 'node:crypto';
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import type { Instant } from '../domain/identer.ts';
import { propertiesOf } from './consumer.ts';
import { declareTopology } from './declare.ts';
import { ANSWER_LIMIT_MS, KeptChannel } from './kept-channel.ts';
import { Link, type Log, type TlsOptions } from './link.ts';
import type { PublishOutcome } from './publication.ts';
import { ConfirmingPublisher } from './publisher.ts';
import { KOMMANDO_EXCHANGE, kommandoQueueName, kommandoTopologyFor, UDFALD_EXCHANGE } from './topology.ts';
import { within } from './within.ts';

export interface KommandoMessage {
  /** The command's idempotency key: its correlation_id, and its udfald's. */
  readonly noegle: string;
  /** Names this sending of it: its message_id. */
  readonly kommandoId: string;
  /** JSON. */
  readonly body: Uint8Array;
  readonly traceparent?: string;
  /** RabbitMQ drops it when nobody has taken it for so long. */
  readonly expirationMs: number;
}

export interface UdfaldMessage {
  readonly noegle: string;
  /** The message_id of the command that it answers, where the debitorsystem says it (header `kommando-id`). */
  readonly kommandoId?: string;
  readonly body: Uint8Array;
}

export interface KommandoClientOptions {
  readonly url: string;
  readonly tls?: TlsOptions;
  /** As in the registry. */
  readonly debitorsystem: string;
  /** Whether a udfald must bear the debitorsystem's user_id, which RabbitMQ has checked. */
  readonly requireUserId: boolean;
  readonly confirmTimeoutMs: number;
  readonly log: Log;
  readonly now: () => Instant;
  /** Must not throw. */
  readonly onUdfald: (udfald: UdfaldMessage) => void;
}

export interface KommandoClient {
  /** Never rejects. `returned`: nobody has declared the debitorsystem's queue. */
  send(message: KommandoMessage): Promise<PublishOutcome>;
  /** Whether commands can be sent and their udfald heard now. */
  isReady(): boolean;
  /**
   * How many read the debitorsystem's queue now; undefined: it is not there.
   * Rejects where RabbitMQ has not said so within the time.
   */
  countReaders(limitMs: number): Promise<number | undefined>;
  close(): Promise<void>;
}

const CONNECT_RETRIES = 5;
const MAX_UNCONFIRMED = 1_000;
/** Udfald that wait for this process; more than it can have asked for are none of its own. */
const OWN_QUEUE = {
  exclusive: true,
  autoDelete: true,
  durable: false,
  arguments: { 'x-queue-type': 'classic', 'x-max-length': 10_000, 'x-overflow': 'drop-head' },
} as const;
const STOP_LIMIT_MS = 3_000;
/** AMQP's reply code of a queue that is not there. */
const NOT_FOUND = 404;

function kommandoIdOf(message: ConsumeMessage): string | undefined {
  const value: unknown = message.properties.headers?.['kommando-id'];
  return typeof value === 'string' ? value : undefined;
}

/** Undefined where it is not a udfald that RabbitMQ vouches for; the adapter's flow reads it too, and tells of that. */
function udfaldOf(message: ConsumeMessage, options: KommandoClientOptions): UdfaldMessage | undefined {
  const { correlationId, userId, contentType } = propertiesOf(message);
  const vouched = userId === options.debitorsystem || (userId === undefined && !options.requireUserId);
  if (!vouched || correlationId === undefined || !/^application\/json\b/i.test(contentType ?? '')) return undefined;
  const kommandoId = kommandoIdOf(message);
  return { noegle: correlationId, body: message.content, ...(kommandoId === undefined ? {} : { kommandoId }) };
}

async function openLink(role: 'consume' | 'publish', { url, tls, log, now }: KommandoClientOptions): Promise<Link> {
  const connectionName = 'debitor-adapter kommando';
  const options = { url, connectionName, connectRetries: CONNECT_RETRIES, log, now, onEvent: () => undefined };
  return Link.open(role, tls === undefined ? options : { ...options, tls });
}

/** A channel that hears the debitorsystem's udfald. */
async function listen(model: ChannelModel, options: KommandoClientOptions): Promise<Channel> {
  const channel = await model.createChannel();
  // An error that nobody listens to would cost the whole connection.
  channel.on('error', () => {});
  const { queue } = await channel.assertQueue(`${UDFALD_EXCHANGE}.adapter.${randomUUID()}`, OWN_QUEUE);
  await channel.bindQueue(queue, UDFALD_EXCHANGE, `${options.debitorsystem}.udfald`);
  const receive = (message: ConsumeMessage | null): void => {
    const udfald = message === null ? undefined : udfaldOf(message, options);
    if (udfald !== undefined) options.onUdfald(udfald);
  };
  // Not acked: what this process has not taken in when it ends would be nobody's.
  await channel.consume(queue, receive, { noAck: true });
  return channel;
}

/**
 * Connects, declares the debitorsystem's queue where it is missing, and listens.
 * @throws TopologyMismatch, or what RabbitMQ refused; nothing is left open then.
 */
export async function openKommandoClient(options: KommandoClientOptions): Promise<KommandoClient> {
  const consumeLink = await openLink('consume', options);
  let publishLink: Link | undefined;
  let kept: KeptChannel<Channel> | undefined;
  const closeLinks = async (): Promise<void> => {
    await kept?.stop();
    await Promise.all([consumeLink.close(), publishLink?.close()]);
  };
  try {
    if (consumeLink.model === undefined) throw new Error('Der er ingen forbindelse til RabbitMQ');
    await declareTopology(consumeLink.model, kommandoTopologyFor(options.debitorsystem));
    publishLink = await openLink('publish', options);
    const listening = Promise.withResolvers<void>();
    kept = new KeptChannel<Channel>(consumeLink, {
      name: `${UDFALD_EXCHANGE}.adapter`,
      open: (model) => {
        const opening = listen(model, options);
        opening.catch(listening.reject);
        return opening;
      },
      onOpened: () => listening.resolve(),
      onLost: () => undefined,
    });
    await within(listening.promise, 2 * ANSWER_LIMIT_MS, `Læsningen fra ${UDFALD_EXCHANGE}`);
  } catch (error) {
    await closeLinks();
    throw error;
  }
  return clientOf(options, { consumeLink, publishLink }, kept, closeLinks);
}

/** Asked by a passive declaration, which wants no permission, on a channel of its own: where there is no queue it is closed. */
async function readersOf(model: ChannelModel, queue: string): Promise<number | undefined> {
  const channel = await model.createChannel();
  channel.on('error', () => {});
  try {
    return (await channel.checkQueue(queue)).consumerCount;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === NOT_FOUND) return undefined;
    throw error;
  } finally {
    channel.close().catch(() => undefined);
  }
}

function clientOf(
  options: KommandoClientOptions,
  { consumeLink, publishLink }: { readonly consumeLink: Link; readonly publishLink: Link },
  kept: KeptChannel<Channel>,
  closeLinks: () => Promise<void>,
): KommandoClient {
  const { debitorsystem, confirmTimeoutMs } = options;
  const publisher = new ConfirmingPublisher(publishLink, { maxUnconfirmed: MAX_UNCONFIRMED, confirmTimeoutMs });
  return {
    send: ({ noegle, kommandoId, body, traceparent, expirationMs }) =>
      publisher.publish({
        exchange: KOMMANDO_EXCHANGE,
        routingKey: debitorsystem,
        messageId: kommandoId,
        correlationId: noegle,
        type: 'command.json',
        body,
        headers: traceparent === undefined ? {} : { traceparent },
        expirationMs,
      }),
    isReady: () => kept.channel !== undefined && publishLink.state === 'connected' && !publishLink.blocked,
    async countReaders(limitMs) {
      const { model } = consumeLink;
      if (model === undefined) throw new Error('Der er ingen forbindelse til RabbitMQ');
      const queue = kommandoQueueName(debitorsystem);
      return within(readersOf(model, queue), limitMs, `Spørgsmålet om ${queue}`);
    },
    async close() {
      await within(publisher.stop(), STOP_LIMIT_MS, 'Lukningen af kanalen').catch(() => undefined);
      await closeLinks();
    },
  };
}
