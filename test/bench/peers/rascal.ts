/**
 * rascal with its recommended defaults (`withDefaultConfig`: confirms, persistent, mandatory). It publishes one message at a
 * time on each channel of a pool, so the default pool of 5 would hold it back. It acks one by one.
 */
import rascal from 'rascal';
import { answerProperties, echoArguments, fail, onStop, PREFETCH } from '../echo-arguments.ts';
import { kvitteringFor } from './work.ts';

const { url, queue, exchange, routingKey } = echoArguments();
/** In one run with 5, 32, 128 and 256 channels this gave the most: 818, 1745, 2389 and 1394 messages per second. */
const POOL = 128;
const vhost = decodeURIComponent(new URL(url).pathname.slice(1));
const broker = await rascal.BrokerAsPromised.create(
  rascal.withDefaultConfig({
    vhosts: {
      [vhost]: {
        connection: { url, socketOptions: { noDelay: true }, options: { channelMax: 2047 } },
        publicationChannelPools: { confirmPool: { max: POOL, min: POOL, autostart: true } },
        exchanges: { [exchange]: { assert: false } },
        queues: { [queue]: { assert: false } },
      },
    },
    publications: { kvittering: { vhost, exchange, routingKey } },
    subscriptions: { anmodning: { vhost, queue, prefetch: PREFETCH } },
  }),
);
broker.on('error', fail);

const subscription = await broker.subscribe('anmodning');
subscription.on('error', fail);
subscription.on('invalid_content', fail);
subscription.on('message', async (message, content, ackOrNack) => {
  const { persistent, mandatory, ...options } = answerProperties(message.properties.messageId);
  const publication = await broker.publish('kvittering', kvitteringFor(content), { options });
  publication.on('success', () => ackOrNack());
  publication.on('return', () => fail('a message came back'));
  publication.on('error', fail);
});

onStop(() => broker.shutdown());
