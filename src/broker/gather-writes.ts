/**
 * Sends what one turn of the event loop writes to a socket in one go. amqplib writes every frame by itself, and each costs a
 * system call and a packet (decision 0028).
 */
import type { Writable } from 'node:stream';

/** Nothing is held back beyond the turn in which it was written; an end in that turn sends it all the same. */
export function gatherWrites(socket: Writable): void {
  const write = socket.write.bind(socket) as (...written: unknown[]) => boolean;
  let isGathering = false;
  socket.write = (...written: unknown[]): boolean => {
    if (!isGathering) {
      isGathering = true;
      socket.cork();
      process.nextTick(() => {
        isGathering = false;
        socket.uncork();
      });
    }
    return write(...written);
  };
}
