/** A debitorsystem that the kit starts by a command: when it counts as up, and that nothing is left of it. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { type KitSubject, serverSubject } from '../../src/debitorsystem/contract.ts';
import type { DebitorsystemPorts } from '../../src/debitorsystem/debitorsystem.ts';
import { eventually, findProcesses } from '../support/processes.ts';

const ports: DebitorsystemPorts = {
  now: () => 0,
  log: () => undefined,
  reportSvar: async () => ({ art: 'modtaget' }),
};

function countingClient(): KitSubject & { opened: number; closed: number } {
  const client = {
    capabilities: { idempotent: true, opslag: false, concurrency: 1 },
    restarts: false,
    opened: 0,
    closed: 0,
    async open() {
      client.opened += 1;
      return { execute: async () => ({ art: 'udfoert' as const }) };
    },
    async close() {
      client.closed += 1;
    },
  };
  return client;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const remaining = (mark: string) => findProcesses(({ environment }) => environment.includes(`MARK=${mark}`));

test.each(['close', 'kill'] as const)(
  'is up after open, and gone with its shell and children after %s',
  async (how) => {
    const mark = randomUUID();
    const port = await freePort();
    const client = countingClient();
    const server = `MARK=${mark} ${process.execPath} -e "net.createServer().listen(${port}, '127.0.0.1')"`;
    const subject = serverSubject(client, {
      command: `MARK=${mark} sleep 300 & ${server}`,
      url: `http://127.0.0.1:${port}/`,
    });
    for (let round = 1; round <= 2; round += 1) {
      await subject.open(ports);
      expect(client.opened).toBe(round);
      await eventually('both processes', 5000, () => (remaining(mark).length === 2 ? true : undefined));
      await subject[how]?.();
      await eventually('nothing', 5000, () => (remaining(mark).length === 0 ? true : undefined));
      expect(client.closed).toBe(round);
    }
  },
);

test('a command that ends at once is told apart from a server that is slow', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const subject = serverSubject(countingClient(), { command: 'exit 3', url });
  await expect(subject.open(ports)).rejects.toThrow('kommandoen, der skulle starte debitorsystemet, sluttede');
});

test('a server that was there before is not taken for the one that the command starts', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const subject = serverSubject(countingClient(), { command: 'sleep 300', url: `http://127.0.0.1:${port}` });
  await expect(subject.open(ports)).rejects.toThrow(`der lytter allerede noget på 127.0.0.1:${port}`);
  server.close();
});
