/** Looks at a broker without touching anything that stands there: who it is, and whether the adapter's user may publish. */
import { type ChannelModel, connect, credentials } from 'amqplib';
import { ANSWER_LIMIT_MS } from './kept-channel.ts';
import type { TlsOptions } from './link.ts';
import { SVAR_EXCHANGE } from './topology.ts';
import { reached } from './unreachable.ts';
import { within } from './within.ts';

export interface BrokerProbe {
  /** Such as `RabbitMQ`. */
  readonly product: string;
  readonly version: string;
  /** Undefined where the adapter's user may write to the exchange of answers, else what the broker said. */
  readonly writeRefusal: string | undefined;
}

const CLOSE_LIMIT_MS = 2000;
/** Ids are in lower case, so no queue is bound for it. */
const UNBOUND_KEY = 'DOCTOR';

/**
 * Whether an answer could be published. The routing key is bound to no queue, and the message is not mandatory: RabbitMQ
 * checks the permission and drops it.
 */
async function writeRefusal(model: ChannelModel): Promise<string | undefined> {
  const channel = await model.createConfirmChannel();
  const refused = new Promise<string>((resolve) => {
    channel.on('error', (error) => resolve(error.message));
  });
  const confirmed = new Promise<undefined>((resolve) => {
    // An error here means that the channel is gone; its own event says why.
    channel.publish(SVAR_EXCHANGE, UNBOUND_KEY, Buffer.alloc(0), {}, (error: unknown) => {
      if (!error) resolve(undefined);
    });
  });
  return Promise.race([refused, confirmed]);
}

/** @throws BrokerUnreachable, what RabbitMQ refused afterwards, or TimeLimitExceeded. */
export async function probeBroker(url: string, tls: TlsOptions | undefined): Promise<BrokerProbe> {
  const { username, password } = new URL(url);
  const external = tls?.cert !== undefined && username === '' && password === '';
  const login = external ? { credentials: credentials.external() } : {};
  const model = await reached(connect(url, { timeout: ANSWER_LIMIT_MS, noDelay: true, ...tls, ...login }));
  model.on('error', () => undefined);
  try {
    const { product, version } = model.connection.serverProperties;
    return { product, version, writeRefusal: await within(writeRefusal(model), ANSWER_LIMIT_MS, 'RabbitMQs svar') };
  } finally {
    await within(model.close(), CLOSE_LIMIT_MS, 'RabbitMQs farvel').catch(() => undefined);
  }
}
