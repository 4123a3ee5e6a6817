/**
 * The physical limit: consume, publish a body of a kvittering's size with mandatory and confirm, ack when confirmed. No
 * work, no durability. A process of its own, as the adapter is one. Settings as an expert would choose them: noDelay,
 * prefetch 256, grouped acks, two connections.
 */
import { connect } from 'amqplib';

const [url = '', routingKey = ''] = process.argv.slice(2);
const PREFETCH = 256;
const body = Buffer.alloc(1400, 'x');

const [consuming, publishing] = [await connect(url, { noDelay: true }), await connect(url, { noDelay: true })];
const incoming = await consuming.createChannel();
const outgoing = await publishing.createConfirmChannel();
await incoming.prefetch(PREFETCH);

let firstUnacked = 1;
const confirmed = new Set<number>();
let ackAsked = false;

function ackPrefix(): void {
  ackAsked = false;
  let last = 0;
  while (confirmed.delete(firstUnacked)) {
    last = firstUnacked;
    firstUnacked += 1;
  }
  // A prefix of the channel is confirmed: one ack for all of it.
  if (last > 0) incoming.ack({ fields: { deliveryTag: last } } as Parameters<typeof incoming.ack>[0], true);
}

await incoming.consume('debitor.anmodning.debitorkonto', (message) => {
  if (message === null) return;
  const { deliveryTag } = message.fields;
  const { correlationId } = message.properties as { correlationId: string };
  const options = {
    persistent: true,
    mandatory: true,
    correlationId,
    messageId: correlationId,
    contentType: 'application/xml',
  };
  outgoing.publish('debitor.svar', routingKey, body, options, (error) => {
    if (error !== null && error !== undefined) throw error;
    confirmed.add(deliveryTag);
    if (ackAsked) return;
    ackAsked = true;
    setImmediate(ackPrefix);
  });
});

process.on('SIGTERM', () => {
  void Promise.all([consuming.close(), publishing.close()]).then(() => process.exit(0));
});
