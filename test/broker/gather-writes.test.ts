/** One turn's writes are one write, and none waits for another turn's. */
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { gatherWrites } from '../../src/broker/gather-writes.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Remembers what it was given at a time. */
function recording(): { readonly stream: Writable; readonly given: string[] } {
  const given: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      given.push(chunk);
      done();
    },
    writev(chunks, done) {
      given.push(chunks.map(({ chunk }) => String(chunk)).join(''));
      done();
    },
  });
  gatherWrites(stream);
  return { stream, given };
}

test('what one turn writes is sent in one go, in order, and so is the next turn’s', async () => {
  const { stream, given } = recording();
  for (const part of ['a', 'b', 'c']) stream.write(part);
  expect(given).toEqual([]);
  await nextTurn();
  expect(given).toEqual(['abc']);
  stream.write('d');
  stream.write('e');
  await nextTurn();
  expect(given).toEqual(['abc', 'de']);
});

test('a callback is called, and an end in the same turn loses nothing', async () => {
  const { stream, given } = recording();
  const written = new Promise<void>((resolve) => stream.write('a', () => resolve()));
  stream.end('b');
  await written;
  await nextTurn();
  expect(given.join('')).toBe('ab');
});
