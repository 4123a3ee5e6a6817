import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { connect } from 'amqplib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { probeAmqp } from '../../src/ops/broker-ladder/amqp-probe.ts';
import type { Installation } from '../../src/ops/broker-ladder/installation.ts';
import { MARK_NAME } from '../../src/ops/broker-ladder/mark.ts';
import { startPrivateNode } from '../../src/ops/broker-ladder/private-node.ts';
import { BrokerUnavailable, type RunningBroker, startBroker } from '../../src/ops/broker-ladder.ts';
import { brokerDirectory, brokerProcesses, remainsOf } from '../support/broker-remains.ts';
import { eventually, findProcesses } from '../support/processes.ts';

const LADDER = new URL('../../src/ops/broker-ladder.ts', import.meta.url).href;

function pidOf(broker: RunningBroker): number {
  const pid = broker.pid();
  if (pid === undefined) throw new Error('the node does not run');
  return pid;
}

let broker: RunningBroker;

beforeAll(async () => {
  broker = await startBroker();
});
afterAll(() => broker.stop());
beforeEach(({ skip }) => {
  skip(broker.rung === 'docker', 'RabbitMQ er ikke installeret på maskinen, og disse prøver gælder en installeret');
});

describe('a private node', () => {
  it('accepts AMQP connections on loopback only, and disturbs no other Erlang on the machine', async () => {
    const connection = await connect(broker.url);
    await connection.close();
    const processes = brokerProcesses(brokerDirectory(pidOf(broker)));
    const epmd = processes.find(({ name }) => name === 'epmd');
    expect(epmd?.environment.filter((entry) => entry.startsWith('ERL_EPMD_')).sort()).toEqual([
      'ERL_EPMD_ADDRESS=127.0.0.1',
      expect.not.stringMatching(/=4369$/),
    ]);
    const listeners = await broker.ctl(
      'eval',
      '[A || {listener, _, _, _, A, _, _} <- rabbit_networking:active_listeners()].',
    );
    expect(listeners).not.toContain('{0,0,0,0}');
    expect(listeners).toContain('{127,0,0,1}');
  });

  it('gives vhosts, users and definitions that hold for one vhost', async () => {
    const url = await broker.createVhost('egen vhost');
    const permissions = { configure: '', write: '^amq\\.topic$', read: '' };
    const topic = { exchange: 'amq.topic', write: '^tilladt$', read: '' };
    const userUrl = await broker.addUser('fagsystem-a', 'kode', 'egen vhost', permissions, topic);
    await broker.importDefinitions(
      { queues: [{ name: 'q', durable: true, auto_delete: false, arguments: {} }] },
      'egen vhost',
    );
    const connection = await connect(url);
    const channel = await connection.createChannel();
    expect(await channel.checkQueue('q')).toMatchObject({ queue: 'q', messageCount: 0 });
    await connection.close();
    expect(await probeAmqp(userUrl, 5_000)).toEqual({ version: broker.version });
    await broker.deleteUser('fagsystem-a');
    await expect(probeAmqp(userUrl, 5_000)).rejects.toThrow();
    await broker.deleteVhost('egen vhost');
    await expect(probeAmqp(url, 5_000)).rejects.toThrow(/530|403/);
  });

  it('answers nothing while it is frozen, and goes on afterwards', async () => {
    await broker.freeze();
    await expect(probeAmqp(broker.url, 300)).rejects.toThrow('intet svar inden for fristen');
    await broker.thaw();
    await expect(probeAmqp(broker.url, 10_000)).resolves.toBeDefined();
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
    const before = pidOf(broker);

    await broker.kill();
    expect(broker.pid()).toBeUndefined();
    await expect(probeAmqp(broker.url, 5_000)).rejects.toThrow('ECONNREFUSED');
    await broker.restart();

    expect(broker.pid()).not.toBe(before);
    const again = await connect(broker.url);
    const message = await (await again.createChannel()).get('varig', { noAck: true });
    expect(message === false ? undefined : message.content.toString()).toBe('besked');
    await again.close();
  });

  it('is used as it is, and left as it is, when it is named by a URL and has no management API there', async () => {
    const existing = await startBroker({ url: broker.url });
    expect(existing).toMatchObject({ rung: 'url', url: broker.url, version: broker.version, vhostIsOurs: false });
    await expect(existing.createVhost('x')).rejects.toThrow(BrokerUnavailable);
    await expect(existing.kill()).rejects.toThrow(BrokerUnavailable);
    await expect(existing.ctl('stop')).rejects.toThrow(BrokerUnavailable);
    await existing.stop();
    await expect(probeAmqp(broker.url, 5_000)).resolves.toBeDefined();
  });

  it('is gone with every process and its directory when stop resolves', async () => {
    const directory = brokerDirectory(pidOf(broker));
    const names = brokerProcesses(directory).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['beam.smp', 'epmd', 'erl_child_setup']));
    await broker.stop();
    expect(remainsOf(directory)).toEqual([]);
    await broker.stop();
  });
});

describe('a process that dies without stopping its broker', () => {
  /** Starts a broker in a process of its own, in a process group of its own as a terminal gives it. */
  function startParent(): { pid: number; booted: Promise<void> } {
    const script = `import { startBroker } from '${LADDER}'; await startBroker(); console.log('booted'); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (parent.pid === undefined) throw new Error('the parent did not start');
    const booted = new Promise<void>((resolve) => parent.stdout.once('data', () => resolve()));
    return { pid: parent.pid, booted };
  }

  async function directoryOfNodeUnder(parentPid: number): Promise<string> {
    const node = await eventually('the node starts', 30_000, () =>
      findProcesses(
        ({ parentPid: itsParent, name, environment }) =>
          itsParent === parentPid && name === 'beam.smp' && environment.some((entry) => entry.startsWith(MARK_NAME)),
      ).at(0),
    );
    return brokerDirectory(node.pid);
  }

  it('leaves nothing after SIGKILL', async () => {
    const { pid, booted } = startParent();
    await booted;
    const directory = await directoryOfNodeUnder(pid);
    process.kill(pid, 'SIGKILL');
    await eventually('all is gone', 10_000, () => (remainsOf(directory).length === 0 ? true : undefined));
  });

  it('leaves nothing after Ctrl-C in the middle of the boot', async () => {
    const { pid } = startParent();
    const directory = await directoryOfNodeUnder(pid);
    process.kill(-pid, 'SIGINT');
    await eventually('all is gone', 10_000, () => (remainsOf(directory).length === 0 ? true : undefined));
  });
});

describe('what can not be started', () => {
  it('ends in an error with the end of the node’s log, and leaves nothing', async () => {
    const broken: Installation = {
      version: '3.10.8',
      searchPath: '/usr/bin:/bin',
      inside: (directory) => directory,
      commandLine: () => ({ file: 'sh', args: ['-c', 'echo "BOOT FAILED: $RABBITMQ_PID_FILE"; exit 1'] }),
      nodePid: (pid) => pid,
    };
    const failure = await startPrivateNode(broken, 'local').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BrokerUnavailable);
    const directory = /BOOT FAILED: (\S+)\/pid/.exec(String(failure))?.[1];
    expect(directory).toContain(tmpdir());
    expect(remainsOf(directory ?? tmpdir())).toEqual([]);
  });

  it('names the host and not the password when a URL does not answer', async () => {
    const failure = await startBroker({ url: 'amqp://bruger:hemmelig@127.0.0.1:1/v' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BrokerUnavailable);
    expect(String(failure)).toContain('127.0.0.1:1');
    expect(String(failure)).not.toContain('hemmelig');
  });
});
