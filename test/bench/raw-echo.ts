/**
 * The physical limit: consume, publish a body of a kvittering's size with mandatory and confirm, ack when confirmed. No
 * work, no durability. A process of its own, as the adapter is one. Settings as an expert would choose them: noDelay,
 * prefetch 256, grouped acks, two connections.
 */
import { connect } from 'amqplib';
import { answerProperties, echoArguments, fail, onStop, PREFETCH } from './echo-arguments.ts';
import { PrefixAcks } from './prefix-acks.ts';

const { url, queue, exchange, routingKey } = echoArguments();
const body = Buffer.alloc(1400, 'x');

const [consuming, publishing] = [await connect(url, { noDelay: true }), await connect(url, { noDelay: true })];
const incoming = await consuming.createChannel();
const outgoing = await publishing.createConfirmChannel();
await incoming.prefetch(PREFETCH);

const acks = new PrefixAcks((deliveryTag) => {
  incoming.ack({ fields: { deliveryTag } } as Parameters<typeof incoming.ack>[0], true);
});
outgoing.on('return', () => fail('a message came back'));

await incoming.consume(queue, (message) => {
  if (message === null) return;
  const { deliveryTag } = message.fields;
  outgoing.publish(exchange, routingKey, body, answerProperties(message.properties.messageId), (error) => {
    if (error !== null && error !== undefined) fail(error);
    acks.confirmed(deliveryTag);
  });
});

onStop(async () => {
  // The receiver may have an answer before its confirm has come back here.
  await outgoing.waitForConfirms();
  acks.flush();
  await Promise.all([consuming.close(), publishing.close()]);
});
