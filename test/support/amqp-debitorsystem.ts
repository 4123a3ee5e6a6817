/**
 * A debitorsystem of another house, spoken to over RabbitMQ: any backend of ours behind the queues of the backend `amqp`,
 * with no more than a debitorsystem's own permissions where its URL names its own user.
 */
import { randomUUID } from 'node:crypto';
import { type ConfirmChannel, type ConsumeMessage, connect } from 'amqplib';
import type { Debitorsystem, DebitorsystemPorts, SvarReceipt } from '../../src/debitorsystem/debitorsystem.ts';
import { isIkkeUdfoert } from '../../src/debitorsystem/udfald-contract.ts';
import { commandFromJson, svarAsJson, udfaldAsJson } from './wire-json.ts';

export interface AmqpDebitorsystemOptions {
  readonly url: string;
  /** CA certificates in PEM, for an `amqps://` URL. */
  readonly ca?: string;
  readonly id: string;
  readonly create: (ports: DebitorsystemPorts) => Promise<Debitorsystem> | Debitorsystem;
  /** Leaves the answer out, or changes it on its way: undefined sends nothing. */
  readonly spoil?: (udfald: string, attempt: number) => string | undefined;
}

export interface RunningAmqpDebitorsystem {
  /** The keys of the commands that came, in order. */
  readonly received: readonly string[];
  readonly kvitteringer: readonly {
    readonly correlationId: string;
    readonly contentType: string;
    readonly body: string;
  }[];
  /** Publishes anything as the debitorsystem. */
  publish(routingKey: string, body: string, correlationId: string, contentType?: string): Promise<void>;
  close(): Promise<void>;
}

const RECEIPT_LIMIT_MS = 1000;

/** Starts it once its queue is there: the backend declares it. */
export async function startAmqpDebitorsystem(options: AmqpDebitorsystemOptions): Promise<RunningAmqpDebitorsystem> {
  const { url, id, ca } = options;
  const connection = await connect(url, { noDelay: true, ...(ca === undefined ? {} : { ca }) });
  connection.on('error', () => undefined);
  const channel: ConfirmChannel = await connection.createConfirmChannel();
  channel.on('error', () => undefined);
  const received: string[] = [];
  const kvitteringer: { correlationId: string; contentType: string; body: string }[] = [];
  const waiting = new Map<string, (receipt: SvarReceipt) => void>();
  const user = decodeURIComponent(new URL(url).username);

  function publish(
    routingKey: string,
    body: string,
    correlationId: string,
    more: { readonly contentType?: string; readonly headers?: Record<string, string> } = {},
  ): Promise<void> {
    const properties = {
      contentType: 'application/json',
      persistent: true,
      messageId: randomUUID(),
      correlationId,
      ...(user === id ? { userId: id } : {}),
      ...more,
    };
    return new Promise((resolve, reject) => {
      channel.publish('debitor.udfald', routingKey, Buffer.from(body), properties, (error) =>
        error === null ? resolve() : reject(error),
      );
    });
  }

  const backend = await options.create({
    now: () => Date.now(),
    log: () => undefined,
    async reportSvar(reference, svar) {
      const noegle = reference.noegle ?? '';
      const receipt = new Promise<SvarReceipt>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('no receipt')), RECEIPT_LIMIT_MS);
        waiting.set(noegle, (given) => {
          clearTimeout(timer);
          resolve(given);
        });
      });
      await publish(`${id}.svar`, svarAsJson(reference, svar), noegle);
      return receipt;
    },
  });
  await backend.start?.();

  async function carryOut(message: ConsumeMessage): Promise<void> {
    const { messageId, correlationId } = message.properties;
    received.push(correlationId);
    const context = { signal: new AbortController().signal, deadline: Date.now() + 60_000, attempt: 1 };
    let udfald: string;
    try {
      udfald = udfaldAsJson(await backend.execute(commandFromJson(message.content.toString('utf8')), context));
    } catch (error) {
      if (!isIkkeUdfoert(error)) throw error;
      udfald = JSON.stringify({ art: 'ikkeUdfoert', forbigaaende: error.forbigaaende, aarsag: error.message });
    }
    const sent = options.spoil === undefined ? udfald : options.spoil(udfald, received.length);
    if (sent !== undefined)
      await publish(`${id}.udfald`, sent, correlationId, { headers: { 'kommando-id': messageId } });
    channel.ack(message);
  }

  function takeReceipt(message: ConsumeMessage): void {
    const { correlationId, contentType } = message.properties;
    const body = message.content.toString('utf8');
    kvitteringer.push({ correlationId, contentType, body });
    const { art, kode } = JSON.parse(body) as { art: string; kode?: string };
    waiting.get(correlationId)?.(art === 'modtaget' ? { art } : { art: 'afvist', kode: kode ?? '' });
    channel.ack(message);
  }

  await channel.prefetch(50);
  const ignore = (): void => undefined;
  await channel.consume(`debitor.kommando.${id}`, (message) => {
    if (message !== null) carryOut(message).catch(ignore);
  });
  await channel.consume(`debitor.udfald.kvittering.${id}`, (message) => {
    if (message !== null) takeReceipt(message);
  });
  return {
    received,
    kvitteringer,
    publish: (routingKey, body, correlationId, contentType = 'application/json') =>
      publish(routingKey, body, correlationId, { contentType }),
    async close() {
      await connection.close().catch(ignore);
      await backend.stop?.();
    },
  };
}
