/**
 * Picks TCP ports on 127.0.0.1 that nothing listens on. They lie below the range that the system gives to outgoing
 * connections, so that a port does not get lost while a killed node is on its way up again.
 */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { BrokerUnavailable } from './running-broker.ts';

const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;
const MAX_TRIES = 200;

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Whether nothing listens on any of `ports` now. */
export async function areFree(ports: readonly number[]): Promise<boolean> {
  const free = await Promise.all(ports.map(isFree));
  return free.every(Boolean);
}

/** `count` free ports, all different. Another process can still take one before it is used: the caller tries again then. */
export async function pickFreePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let tries = 0; tries < MAX_TRIES && ports.size < count; tries += 1) {
    const port = randomInt(LOWEST_PORT, HIGHEST_PORT);
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  if (ports.size < count) {
    throw new BrokerUnavailable(`Der er ingen ledige porte mellem ${LOWEST_PORT} og ${HIGHEST_PORT} på 127.0.0.1.`);
  }
  return [...ports];
}
