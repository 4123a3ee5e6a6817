/**
 * The adapter's way to RabbitMQ: two connections that come back by themselves, the consumers on one, the publisher on the
 * other, and the topology. Built once, by the composition root.
 */
import type { ChannelModel } from 'amqplib';
import type { Instant } from '../domain/identer.ts';
import type { Registry } from '../domain/registry.ts';
import { type ConsumerOptions, QueueConsumer } from './consumer.ts';
import { checkTopology, declareTopology, type TopologyProblem } from './declare.ts';
import type { Consumer, QueueKind } from './delivery.ts';
import { Link, type LinkEvent, type LinkState, type Log, type TlsOptions } from './link.ts';
import type { Publisher } from './publication.ts';
import { ConfirmingPublisher, type PublisherOptions } from './publisher.ts';
import { isAboutKontantIndbetaling, topologyFor } from './topology.ts';
import { within } from './within.ts';

export type { LinkEvent as BrokerEvent } from './link.ts';

export interface BrokerOptions {
  /**
   * `amqp://` or `amqps://`, with user and password unless a client certificate is used; the path is the vhost. Several,
   * separated by commas, for the nodes of a cluster.
   */
  readonly url: string;
  readonly tls?: TlsOptions;
  readonly registry: Registry;
  readonly publisher?: Partial<PublisherOptions>;
  /** Attempts after the first before `openBroker` gives up; 5 by default, some 3 seconds. */
  readonly connectRetries?: number;
  readonly log: Log;
  readonly now: () => Instant;
  /** Told of every change of either connection. Must not throw. */
  readonly onState?: (event: LinkEvent) => void;
}

export interface BrokerState {
  readonly consume: LinkState;
  readonly publish: LinkState;
  /** RabbitMQ takes no publications now (memory or disk alarm): intake should pause. */
  readonly blocked: boolean;
  /** When the latest change of either connection happened. */
  readonly since: Instant;
}

export interface Broker {
  /** Starts consuming. Rejects where the first attempt fails (no such queue, no permission). */
  consumer(queue: QueueKind, options: ConsumerOptions): Promise<Consumer>;
  readonly publisher: Publisher;
  state(): BrokerState;
  readonly topology: {
    /** What is missing or differs; creates nothing. Rejects while there is no connection. */
    check(): Promise<readonly TopologyProblem[]>;
    /** Declares what is missing. Rejects with TopologyMismatch where something differs. */
    declare(): Promise<void>;
  };
  /** Stops all consumers and the publisher and closes both connections, within 6 seconds however the broker behaves. */
  close(): Promise<void>;
}

const MAX_UNCONFIRMED = 256;
const CONFIRM_TIMEOUT_MS = 30_000;
const CONNECT_RETRIES = 5;
/** For the channels; the connections take 2 seconds more at most. */
const STOP_LIMIT_MS = 3_000;

async function openLinks(options: BrokerOptions, onEvent: (event: LinkEvent) => void): Promise<readonly [Link, Link]> {
  const linkOptions = {
    url: options.url,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    connectRetries: options.connectRetries ?? CONNECT_RETRIES,
    log: options.log,
    now: options.now,
    onEvent,
  };
  const consume = await Link.open('consume', linkOptions);
  try {
    return [consume, await Link.open('publish', linkOptions)];
  } catch (error) {
    await consume.close();
    throw error;
  }
}

/** @throws the last error where the broker can't be reached, ConfigurationError where the URL is none. */
export async function openBroker(options: BrokerOptions): Promise<Broker> {
  let publishers: readonly ConfirmingPublisher[] = [];
  const [consumeLink, publishLink] = await openLinks(options, (event) => {
    options.onState?.(event);
    if (event.art === 'unblocked') {
      for (const publisher of publishers) publisher.unblocked();
    }
  });
  const publisherOptions = {
    maxUnconfirmed: options.publisher?.maxUnconfirmed ?? MAX_UNCONFIRMED,
    confirmTimeoutMs: options.publisher?.confirmTimeoutMs ?? CONFIRM_TIMEOUT_MS,
  };
  // What is about cash payments has a channel of its own, so that it does not stand behind a mass run's answers.
  const publisher = new ConfirmingPublisher(publishLink, publisherOptions);
  const kontant = new ConfirmingPublisher(publishLink, publisherOptions);
  publishers = [publisher, kontant];
  const consumers = new Set<QueueConsumer>();
  const topology = topologyFor(options.registry);
  const connected = (): ChannelModel => {
    if (consumeLink.model === undefined) {
      throw new Error('Der er ingen forbindelse til RabbitMQ');
    }
    return consumeLink.model;
  };
  return {
    publisher: {
      publish: (publication) =>
        (isAboutKontantIndbetaling(publication.routingKey) ? kontant : publisher).publish(publication),
    },
    async consumer(queue, consumerOptions) {
      const consumer = await QueueConsumer.start(consumeLink, queue, consumerOptions);
      consumers.add(consumer);
      return consumer;
    },
    state: () => ({
      consume: consumeLink.state,
      publish: publishLink.state,
      blocked: publishLink.blocked,
      since: Math.max(consumeLink.since, publishLink.since),
    }),
    topology: {
      check: async () => checkTopology(connected(), topology),
      declare: async () => declareTopology(connected(), topology),
    },
    async close() {
      const stopping = [...consumers, ...publishers].map((one) => one.stop());
      try {
        await within(Promise.all(stopping), STOP_LIMIT_MS, 'Lukningen af kanalerne');
      } catch (error) {
        options.log('broker.close-incomplete', { aarsag: String(error) });
      }
      await Promise.all([consumeLink.close(), publishLink.close()]);
    },
  };
}
