/** amqp-connection-manager: a channel to consume and one to publish; its ack takes all up to a message, so acks are grouped. */
import { connect } from 'amqp-connection-manager';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { answerProperties, echoArguments, fail, onStop, PREFETCH } from '../echo-arguments.ts';
import { PrefixAcks } from '../prefix-acks.ts';
import { kvitteringFor } from './work.ts';

const { url, queue, exchange, routingKey } = echoArguments();
const connection = connect([url], { connectionOptions: { noDelay: true } });
connection.on('connectFailed', ({ err }) => fail(err));
const incoming = connection.createChannel({ confirm: false });
const outgoing = connection.createChannel({
  setup: (channel: ConfirmChannel) => {
    channel.on('return', () => fail('a message came back'));
  },
});
incoming.on('error', fail);
outgoing.on('error', fail);

const acks = new PrefixAcks((deliveryTag) => {
  incoming.ack({ fields: { deliveryTag } } as Parameters<typeof incoming.ack>[0], true);
});

const underWay = new Set<Promise<unknown>>();

async function answer({ content, properties, fields }: ConsumeMessage): Promise<void> {
  await outgoing.publish(exchange, routingKey, kvitteringFor(content), answerProperties(properties.messageId));
  acks.confirmed(fields.deliveryTag);
}

function receive(message: ConsumeMessage): void {
  const answered = answer(message)
    .catch(fail)
    .finally(() => underWay.delete(answered));
  underWay.add(answered);
}

await outgoing.waitForConnect();
await incoming.consume(queue, receive, { prefetch: PREFETCH });

onStop(async () => {
  await Promise.all(underWay);
  acks.flush();
  await incoming.close();
  await outgoing.close();
  await connection.close();
});
