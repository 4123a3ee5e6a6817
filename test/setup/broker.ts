/**
 * One RabbitMQ for the whole run. It is started when the first test file asks for a vhost, so that a run of pure tests costs
 * no boot, and it is gone when the run ends. Test files live in other processes: they ask over a small HTTP server on
 * loopback, see `test/support/broker.ts`.
 *
 * ADAPTER_AMQP_URL, where it is set, names a broker that someone else runs: vhosts and users made there are deleted again.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import type { RunningBroker } from '../../src/ops/broker-ladder.ts';
import { startBroker } from '../../src/ops/broker-ladder.ts';
import type { BrokerRequest } from '../support/broker.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where `test/support/broker.ts` asks for vhosts. */
    brokerControlUrl: string;
  }
}

async function bodyOf(request: IncomingMessage): Promise<BrokerRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** What the test files made and did not delete. It goes with a broker of ours, but not with someone else's. */
interface Made {
  readonly vhosts: Set<string>;
  readonly users: Set<string>;
}

async function perform(broker: RunningBroker, made: Made, request: BrokerRequest): Promise<unknown> {
  switch (request.kind) {
    case 'createVhost':
      made.vhosts.add(request.vhost);
      return {
        url: await broker.createVhost(request.vhost),
        version: broker.version,
        managementUrl: broker.managementUrl,
      };
    case 'deleteVhost':
      made.vhosts.delete(request.vhost);
      return broker.deleteVhost(request.vhost);
    case 'addUser':
      made.users.add(request.user);
      return broker.addUser(request.user, request.password, request.vhost, request.permissions, request.topic);
    case 'importDefinitions':
      return broker.importDefinitions(request.definitions, request.vhost);
    case 'ctl':
      return broker.ctl(...request.args);
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<RunningBroker> | undefined;
  const made: Made = { vhosts: new Set(), users: new Set() };
  const server = createServer((request, response) => {
    const answer = async (): Promise<unknown> => {
      const body = await bodyOf(request);
      const url = process.env['ADAPTER_AMQP_URL'];
      starting ??= startBroker({
        ...(url === undefined ? {} : { url }),
        log: (line) => project.vitest.logger.log(line),
      });
      return perform(await starting, made, body);
    };
    answer().then(
      (result) => response.end(JSON.stringify({ result })),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  project.provide('brokerControlUrl', `http://127.0.0.1:${port}/`);

  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const broker = await starting?.catch(() => undefined);
    if (broker?.rung === 'url') {
      for (const vhost of made.vhosts) await broker.deleteVhost(vhost);
      for (const user of made.users) await broker.deleteUser(user);
    }
    await broker?.stop();
  };
}
