/** rabbitmq-client: its Consumer and its Publisher with confirms; acks one by one, which is what its Consumer offers. */
import { Connection } from 'rabbitmq-client';
import { answerProperties, echoArguments, fail, onStop, PREFETCH } from '../echo-arguments.ts';
import { kvitteringFor } from './work.ts';

const { url, queue, exchange, routingKey } = echoArguments();
const connection = new Connection({ url, noDelay: true });
connection.on('error', fail);
const publisher = connection.createPublisher({ confirm: true });
publisher.on('basic.return', () => fail('a message came back'));

const consumer = connection.createConsumer(
  { queue, queueOptions: { passive: true }, qos: { prefetchCount: PREFETCH } },
  async (message) => {
    const { persistent, ...properties } = answerProperties(message.messageId);
    await publisher.send({ exchange, routingKey, ...properties, durable: persistent }, kvitteringFor(message.body));
  },
);
consumer.on('error', fail);

onStop(async () => {
  await consumer.close();
  await publisher.close();
  await connection.close();
});
