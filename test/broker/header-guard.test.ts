import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Delivery } from '../../src/broker/delivery.ts';
import { waitFor } from '../support/wait.ts';
import { freshUrl, numberOf, openDeclared, plain, send } from './world.ts';

/** A basic.publish with a hand-made header table, on channel 1. */
function rawPublish(table: Buffer): Buffer {
  const frame = (type: number, payload: Buffer) => {
    const header = Buffer.alloc(7);
    header.writeUInt8(type, 0);
    header.writeUInt16BE(1, 1);
    header.writeUInt32BE(payload.length, 3);
    return Buffer.concat([header, payload, Buffer.from([0xce])]);
  };
  const short = (text: string) => Buffer.concat([Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)]);
  const uint32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const body = Buffer.from('1');
  const method = Buffer.concat([
    Buffer.from([0, 60, 0, 40, 0, 0]),
    short('debitor.anmodning'),
    short('debitorkonto.kulturskole'),
    Buffer.from([0]),
  ]);
  const properties = Buffer.concat([
    Buffer.from([0, 60, 0, 0, 0, 0, 0, 0]),
    uint32(0),
    uint32(body.length).subarray(4),
  ]);
  properties.writeBigUInt64BE(BigInt(body.length), 4);
  // content_type, headers, message_id
  const flags = Buffer.from([0xa0, 0x80]);
  const values = Buffer.concat([short('text/xml'), uint32(table.length), table, short('besked-1')]);
  return Buffer.concat([frame(1, method), frame(2, Buffer.concat([properties, flags, values])), frame(3, body)]);
}

function nestedTable(levels: number): Buffer {
  const bytes = Buffer.alloc(levels * 6);
  for (let level = 0; level < levels; level += 1) {
    bytes.write('F', level * 6 + 1);
    bytes.writeUInt32BE((levels - level - 1) * 6, level * 6 + 2);
  }
  return bytes;
}

describe('a message with strange headers', () => {
  test.for([
    // Not known to amqplib; RabbitMQ passes it on under another tag.
    ['a 64-bit integer with the tag L', Buffer.from([1, 0x61, 0x4c, 0, 0, 0, 0, 0, 0, 0, 7])],
    ['tables nested 15,000 levels deep', nestedTable(15_000)],
  ] as const)('with %s is delivered with its other properties, and takes no connection down', async ([, table]) => {
    const url = await freshUrl();
    const { broker, events } = await openDeclared(url);
    const got: Delivery[] = [];
    await broker.consumer('debitorkonto', { prefetch: 10, onDelivery: (delivery) => got.push(delivery) });
    const sender = await plain(url);
    await sender.createChannel();
    const socket: Socket = Reflect.get(sender.connection, 'stream');
    socket.write(rawPublish(table));
    await waitFor('it is there', () => got.length === 1);
    await send(url, 2, 2);
    await waitFor('so is the next', () => got.length === 2);
    expect(got.map(numberOf)).toEqual([1, 2]);
    expect(got[0]?.properties).toEqual({ messageId: 'besked-1', contentType: 'text/xml' });
    expect(events.filter(({ art }) => art === 'disconnected')).toEqual([]);
  });
});
