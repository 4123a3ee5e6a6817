/** Whether the backend `amqp` sees that its debitorsystem takes commands, as an adapter with no more than its own permissions. */
import { randomBytes } from 'node:crypto';
import { connect } from 'amqplib';
import { expect, onTestFinished, test } from 'vitest';
import { definitionsFor } from '../../src/broker/definitions.ts';
import { createDebitorsystem, loadDebitorsystem } from '../../src/debitorsystem/load.ts';
import { registryOf } from '../broker/world.ts';
import { freshVhost } from '../support/broker.ts';
import { waitFor } from '../support/wait.ts';

const suffix = randomBytes(4).toString('hex');
const [adapter, id] = [`adapter-${suffix}`, `debitor-${suffix}`];
const QUEUE = `debitor.kommando.${id}`;

test('the debitorsystem is well while somebody reads its queue, and says what is wrong while nobody does', async () => {
  const vhost = await freshVhost();
  onTestFinished(() => vhost.delete());
  const definitions = definitionsFor(registryOf([], [id]), { vhost: vhost.name, adapterUser: adapter });
  await vhost.importDefinitions({ ...definitions, permissions: [], topic_permissions: [] });
  const own = definitions.permissions.find(({ user }) => user === adapter);
  if (own === undefined) throw new Error('the adapter has permissions');
  const url = await vhost.addUser(adapter, 'kode', own);
  let now = 0;
  const loaded = await loadDebitorsystem('amqp', { url, debitorsystem: id }, { baseDir: '/' });
  const backend = await createDebitorsystem(loaded, {
    now: () => now,
    log: () => undefined,
    reportSvar: async () => ({ art: 'modtaget' }),
  });
  await backend.start?.();
  onTestFinished(async () => backend.stop?.());
  /** RabbitMQ counts the readers of a queue a little after they come and go. */
  const healthBecomes = (expected: string | undefined): Promise<true> =>
    waitFor(`health to be ${expected}`, async () => {
      now += 2_000;
      const said = await backend.health?.();
      return expected === undefined ? said === undefined : said?.includes(expected);
    });

  await healthBecomes('ingen læser debitorsystemets kø');
  const debitorsystem = await connect(vhost.url);
  onTestFinished(() => debitorsystem.close());
  const channel = await debitorsystem.createChannel();
  const { consumerTag } = await channel.consume(QUEUE, () => undefined);
  expect(await backend.health?.()).toContain('ingen læser'); // Not asked again so soon.
  await healthBecomes(undefined);
  await channel.cancel(consumerTag);
  await healthBecomes('ingen læser');
  await channel.deleteQueue(QUEUE);
  await healthBecomes('debitorsystemets kø findes ikke i RabbitMQ');
}, 30_000);
