/**
 * A fagsystem as it should be written: it publishes a message until it is confirmed and not returned, always the same bytes
 * under the same ids, and acknowledges what it received once it is written down. It comes back after any loss. It has no
 * more than a fagsystem's least permissions.
 */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type ChannelModel, type ConfirmChannel, type ConsumeMessage, connect } from 'amqplib';
import type { Received } from './evidence.ts';
import type { Message } from './traffic.ts';

const RECONNECT_MS = 150;
const CONNECT_LIMIT_MS = 5_000;
/** A confirm that takes longer is a connection that is dead: the message is published again on another one. */
const CONFIRM_LIMIT_MS = 15_000;
const PREFETCH = 500;

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64').slice(0, 22);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

const ANSWERED_ID = /(?:AnmodningIdentifikator|TransaktionsID)>([^<]*)</;

/** What a fagsystem makes of a message out of its queue. */
export function receivedOf(
  fagsystem: string,
  message: Pick<ConsumeMessage, 'content' | 'properties'> & { readonly fields: { readonly redelivered: boolean } },
): Received {
  const { content, properties, fields } = message;
  const headers: Readonly<Record<string, unknown>> = properties.headers ?? {};
  const xml = content.toString('utf8');
  const type = textOf(properties.type) ?? '';
  const art =
    type === 'TransportKvittering' ? 'transportkvittering' : type.endsWith('SvarAfsend_I') ? 'svar' : 'kvittering';
  const id = ANSWERED_ID.exec(xml)?.[1];
  return {
    fagsystem,
    art,
    id: id === textOf(headers['anmodning-id']) ? id : undefined,
    correlationId: textOf(properties.correlationId),
    messageId: textOf(properties.messageId),
    kode: textOf(headers['kvittering-kode']),
    body: digestOf(content),
    conflict: /DA-1(?:04|10)</.test(xml),
    redelivered: fields.redelivered,
  };
}

interface Session {
  readonly channel: ConfirmChannel;
  readonly model: ChannelModel;
  readonly lost: Promise<'lost'>;
  /** Message ids that came back since no queue is bound. */
  readonly returned: Set<string>;
}

export class Party {
  readonly id: string;
  readonly received: Received[] = [];
  /** Publications beyond the first of a message. */
  republished = 0;
  /** Nodes of one broker, tried one after the other. */
  readonly #urls: readonly string[];
  #attempts = 0;
  /** Correlation ids that a kvittering came for. */
  readonly #answered = new Set<string>();
  #session: Session | undefined;
  #opened = Promise.withResolvers<void>();
  #stopped = false;
  readonly #running: Promise<void>;

  constructor(id: string, urls: readonly string[]) {
    this.id = id;
    this.#urls = urls;
    this.#running = this.#run();
  }

  get connected(): boolean {
    return this.#session !== undefined;
  }

  hasAnswer(correlationId: string): boolean {
    return this.#answered.has(correlationId);
  }

  /** Resolves once the message is confirmed and was not returned; false where the party was closed before that. */
  async publish(message: Message): Promise<boolean> {
    for (let attempt = 1; !this.#stopped; attempt += 1) {
      const session = this.#session;
      if (session === undefined) {
        await Promise.race([this.#opened.promise, pause(CONNECT_LIMIT_MS)]);
        continue;
      }
      if (attempt > 1) this.republished += 1;
      const outcome = await this.#publishOn(session, message);
      if (outcome === 'confirmed') return true;
      await pause(RECONNECT_MS);
    }
    return false;
  }

  async close(): Promise<void> {
    this.#stopped = true;
    this.#opened.resolve();
    const { model } = this.#session ?? {};
    await Promise.race([model?.close().catch(() => undefined), pause(CONNECT_LIMIT_MS, undefined, { ref: false })]);
    await this.#running;
  }

  async #publishOn(
    { channel, lost, model, returned }: Session,
    message: Message,
  ): Promise<'confirmed' | 'returned' | 'lost'> {
    const { promise, resolve } = Promise.withResolvers<'confirmed' | 'lost'>();
    try {
      channel.publish(
        'debitor.anmodning',
        `${message.queue}.${this.id}`,
        Buffer.from(message.body),
        {
          userId: this.id,
          contentType: 'application/xml',
          deliveryMode: 2,
          mandatory: true,
          messageId: message.messageId,
          correlationId: message.correlationId,
        },
        (error: unknown) => resolve(error === null || error === undefined ? 'confirmed' : 'lost'),
      );
    } catch {
      return 'lost';
    }
    const limit = new AbortController();
    const late = pause(CONFIRM_LIMIT_MS, 'late' as const, { signal: limit.signal }).catch(() => 'late' as const);
    const outcome = await Promise.race([promise, lost, late]);
    limit.abort();
    if (outcome === 'late') {
      await Promise.race([model.close().catch(() => undefined), pause(RECONNECT_MS)]);
      return 'lost';
    }
    return outcome === 'confirmed' && returned.delete(message.messageId) ? 'returned' : outcome;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#connectOnce();
      } catch {
        // The broker is not there, or not yet: tried again.
      }
      if (!this.#stopped) await pause(RECONNECT_MS);
    }
  }

  async #connectOnce(): Promise<void> {
    const url = this.#urls[this.#attempts % this.#urls.length] ?? '';
    this.#attempts += 1;
    const model = await connect(url, { noDelay: true, timeout: CONNECT_LIMIT_MS });
    const { promise: lost, resolve: lose } = Promise.withResolvers<'lost'>();
    model.on('error', () => lose('lost'));
    model.on('close', () => lose('lost'));
    try {
      const channel = await model.createConfirmChannel();
      channel.on('error', () => lose('lost'));
      channel.on('close', () => lose('lost'));
      const returned = new Set<string>();
      channel.on('return', ({ properties }) => returned.add(String(properties.messageId)));
      await channel.prefetch(PREFETCH);
      await channel.consume(`debitor.svar.${this.id}`, (message) => this.#receive(channel, message, lose));
      this.#session = { channel, model, lost, returned };
      this.#opened.resolve();
      await lost;
    } finally {
      this.#session = undefined;
      this.#opened = Promise.withResolvers<void>();
      if (this.#stopped) this.#opened.resolve();
      await Promise.race([model.close().catch(() => undefined), pause(RECONNECT_MS)]);
    }
  }

  #receive(channel: ConfirmChannel, message: ConsumeMessage | null, lose: (how: 'lost') => void): void {
    if (message === null) {
      lose('lost');
      return;
    }
    const received = receivedOf(this.id, message);
    this.received.push(received);
    if (received.art !== 'svar' && received.correlationId !== undefined) this.#answered.add(received.correlationId);
    try {
      channel.ack(message);
    } catch {
      // The channel is closing: it will be delivered again.
    }
  }
}
