/** RabbitMQ 4 through the ladder. The first run on a machine that has no RabbitMQ 4 fetches one (some 70 MB). */
import { connect } from 'amqplib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { probeAmqp } from '../../src/ops/broker-ladder/amqp-probe.ts';
import { type RunningBroker, startBroker } from '../../src/ops/broker-ladder.ts';
import { brokerDirectory, remainsOf } from '../support/broker-remains.ts';

const FETCH_AND_BOOT_LIMIT_MS = 600_000;

let broker: RunningBroker;

beforeAll(async () => {
  broker = await startBroker({ want: '4', log: (line) => console.log(line) });
}, FETCH_AND_BOOT_LIMIT_MS);
afterAll(() => broker.stop());

it('is a RabbitMQ 4 that clients and rabbitmqctl reach', async () => {
  expect(broker.version).toMatch(/^4\./);
  const connection = await connect(await broker.createVhost('egen'));
  await connection.close();
  expect(await broker.ctl('list_vhosts', '--silent')).toContain('egen');
});

it('comes back from SIGKILL on the same URL with its durable messages', async () => {
  const connection = await connect(broker.url);
  connection.on('error', () => undefined);
  const channel = await connection.createConfirmChannel();
  channel.on('error', () => undefined);
  await channel.assertQueue('varig', { durable: true });
  await broker.ctl('eval', 'mnesia:sync_log().'); // A declaration younger than a second could be lost.
  channel.sendToQueue('varig', Buffer.from('besked'), { persistent: true });
  await channel.waitForConfirms();
  await broker.kill();
  await broker.restart();
  const again = await connect(broker.url);
  const message = await (await again.createChannel()).get('varig', { noAck: true });
  expect(message === false ? undefined : message.content.toString()).toBe('besked');
  await again.close();
});

it('is gone with every process and its directory when stop resolves', async () => {
  const pid = broker.pid();
  // In Docker there is neither a process nor a directory of ours: what can be seen is that nothing answers any more.
  const directory = pid === undefined ? undefined : brokerDirectory(pid);
  await broker.stop();
  if (directory !== undefined) expect(remainsOf(directory)).toEqual([]);
  await expect(probeAmqp(broker.url, 5_000)).rejects.toThrow('ECONNREFUSED');
});
