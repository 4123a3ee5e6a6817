/** What the broker code believes of amqplib 2.3.1. When one of these fails after an upgrade, read what its comment names. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer, Socket } from 'node:net';
import { type ChannelModel, connect } from 'amqplib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guardHeaderDecoding, withoutHeaderTable } from '../../src/broker/header-guard.ts';
import { freshVhost } from '../support/broker.ts';

let url: string;
let model: ChannelModel;

beforeAll(async () => {
  ({ url } = await freshVhost());
  model = await connect(url);
  model.on('error', () => {});
});

afterAll(async () => {
  await model.close();
});

describe('amqplib', () => {
  test('is the version that these assumptions were read from', () => {
    const manifest = createRequire(import.meta.url)
      .resolve('amqplib')
      .replace(/channel_api\.js$/, 'package.json');
    expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({ version: '2.3.1' });
  });

  test('keeps its socket in connection.stream: link.ts destroys it when the broker no longer answers', () => {
    expect(Reflect.get(model.connection, 'stream')).toBeInstanceOf(Socket);
  });

  test('notices a socket that is destroyed with an error: link.ts gives one', async () => {
    const lost = await connect(url);
    lost.on('error', () => {});
    const closed = new Promise<void>((resolve) => {
      lost.on('close', () => resolve());
    });
    const socket: Socket = Reflect.get(lost.connection, 'stream');
    socket.destroy(new Error('given up'));
    await closed;
  });

  test('reads frames through connection.recvFrame and keeps the rest in connection.rest: header-guard.ts stands between', async () => {
    const guarded = await connect(url);
    expect(guardHeaderDecoding(guarded.connection, () => {})).toBe(true);
    const channel = await guarded.createChannel();
    const { queue } = await channel.assertQueue('', { exclusive: true });
    channel.sendToQueue(queue, Buffer.from('1'), { headers: { a: 1 } });
    const message = await channel.get(queue, { noAck: true });
    expect(message === false ? message : message.properties.headers).toEqual({ a: 1 });
    await guarded.close();
    expect(guardHeaderDecoding({}, () => {})).toBe(false);
  });

  test('tells of a return before the confirm of the same publication: publisher.ts correlates by that', async () => {
    const channel = await model.createConfirmChannel();
    const told: string[] = [];
    channel.on('return', () => told.push('return'));
    channel.publish('', 'findes-ikke', Buffer.from('1'), { mandatory: true }, () => told.push('confirm'));
    await channel.waitForConfirms();
    expect(told).toEqual(['return', 'confirm']);
  });

  test('writes nothing and keeps the channel when a property is too long: publisher.ts calls that publication unknown', async () => {
    const channel = await model.createConfirmChannel();
    expect(() => channel.publish('', 'x', Buffer.from('1'), { messageId: 'x'.repeat(256) })).toThrow(TypeError);
    expect(() => channel.publish('', 'x', Buffer.from('1'), { headers: { a: 'x'.repeat(70_000) } })).toThrow(
      RangeError,
    );
    await channel.waitForConfirms();
    await channel.checkExchange('amq.topic');
  });

  test('acks by the bare tag, whichever channel delivered: consumer.ts binds each delivery to its channel', async () => {
    const first = await model.createChannel();
    const { queue } = await first.assertQueue('amqplib-acks', { exclusive: true });
    first.sendToQueue(queue, Buffer.from('1'));
    first.sendToQueue(queue, Buffer.from('2'));
    const one = await first.get(queue);
    const second = await model.createChannel();
    const two = await second.get(queue);
    if (one === false || two === false) throw new Error('nothing arrived');
    expect([one.fields.deliveryTag, two.fields.deliveryTag]).toEqual([1, 1]);
    second.ack(one);
    await second.close();
    // The second message was acked by the first one's tag, and is gone.
    expect((await first.checkQueue(queue)).messageCount).toBe(0);
  });

  test('ends a hanging attempt to connect when its signal is aborted: link.ts does so on close', async () => {
    const silent = createServer((client) => client.on('error', () => {}));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const abort = new AbortController();
    const socketOptions = { signal: abort.signal, timeout: 60_000 };
    const hanging = connect(`amqp://127.0.0.1:${port}/`, socketOptions);
    setImmediate(() => abort.abort());
    await expect(hanging).rejects.toThrow('aborted');
    silent.close();
  });

  test('ends a hanging TLS handshake by the same signal', async () => {
    const silent = createServer((client) => client.on('error', () => {}));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const abort = new AbortController();
    const hanging = connect(`amqps://127.0.0.1:${port}/`, { ...{ signal: abort.signal }, timeout: 60_000 });
    setImmediate(() => abort.abort());
    await expect(hanging).rejects.toThrow('aborted');
    silent.close();
  });
});

describe('cutting a header table out of a frame', () => {
  test('leaves alone what is no whole content header with a table', () => {
    for (const bytes of [
      '',
      '02',
      '0100010000000e003c00000000000000000001a000ce',
      '0200010000000e003c000000000000000000010000ce',
    ]) {
      expect(withoutHeaderTable(Buffer.from(bytes, 'hex'))).toBeUndefined();
    }
  });
});
