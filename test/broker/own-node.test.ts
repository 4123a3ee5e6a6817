/** What needs a broker of its own, since it is done to the whole node: an alarm, a frozen node, TLS. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Delivery } from '../../src/broker/delivery.ts';
import { type RunningBroker, startBroker } from '../../src/ops/broker-ladder.ts';
import { listenWithTls } from '../support/broker-tls.ts';
import { waitFor } from '../support/wait.ts';
import { numberOf, open, openDeclared, publication, send } from './world.ts';

let node: RunningBroker;

beforeAll(async () => {
  node = await startBroker();
});

afterAll(async () => {
  await node.stop();
});

describe('a broker with a memory alarm', () => {
  test('is told as blocked; publications wait, deliveries still come, and all goes on when it is over', async () => {
    const url = await node.createVhost('alarm');
    const { broker, events } = await openDeclared(url, { publisher: { confirmTimeoutMs: 20_000 } });
    const got: Delivery[] = [];
    const consumer = await broker.consumer('debitorkonto', {
      prefetch: 10,
      onDelivery: (delivery) => got.push(delivery),
    });
    await send(url, 1, 20);
    await waitFor('the prefetch is full', () => got.length === 10);
    await node.ctl('set_vm_memory_high_watermark', '0.000001');
    // A connection is blocked at its first publication under the alarm.
    const first = broker.publisher.publish(publication('1'));
    await waitFor('blocked', () => broker.state().blocked);
    const second = broker.publisher.publish(publication('2'));
    const tenth = got[9];
    if (tenth === undefined) throw new Error('no tenth delivery');
    consumer.ackThrough(tenth);
    await waitFor('the next ten are there', () => got.length === 20);
    expect(got.map(numberOf).at(-1)).toBe(20);

    await node.ctl('set_vm_memory_high_watermark', '0.4');
    expect(await first).toEqual({ art: 'confirmed' });
    expect(await second).toEqual({ art: 'confirmed' });
    expect(events.map(({ art }) => art)).toEqual(['connected', 'connected', 'blocked', 'unblocked']);
    expect(broker.state().blocked).toBe(false);
  });

  test('keeps a publication no longer than the confirm time-out', async () => {
    const url = await node.createVhost('alarm-2');
    const { broker } = await openDeclared(url, { publisher: { confirmTimeoutMs: 500 } });
    await node.ctl('set_vm_memory_high_watermark', '0.000001');
    try {
      const outcomes = await Promise.all([
        broker.publisher.publish(publication('1')),
        broker.publisher.publish(publication('2')),
      ]);
      expect(outcomes.map(({ art }) => art)).toEqual(['unknown', 'unknown']);
    } finally {
      await node.ctl('set_vm_memory_high_watermark', '0.4');
    }
    await waitFor(
      'it publishes again',
      async () => (await broker.publisher.publish(publication('3'))).art === 'confirmed',
    );
  });
});

describe('a frozen broker', () => {
  test('does not keep close() beyond its bound', async () => {
    const { broker } = await openDeclared(await node.createVhost('frossen'));
    await broker.consumer('debitorkonto', { prefetch: 10, onDelivery: () => {} });
    await node.freeze();
    try {
      const outcome = broker.publisher.publish(publication('1'));
      const begun = performance.now();
      await broker.close();
      expect(performance.now() - begun).toBeLessThan(6_000);
      expect((await outcome).art).toBe('unknown');
    } finally {
      await node.thaw();
    }
  });
});

describe('TLS', () => {
  let directory: string;
  let port: number;

  async function openssl(...args: readonly string[]): Promise<void> {
    await promisify(execFile)('openssl', args, { cwd: directory });
  }

  async function certificate(name: string, authority: string): Promise<void> {
    await writeFile(join(directory, `${name}.ext`), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`];
    await openssl('req', ...key, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const signed = ['-CA', `${authority}.pem`, '-CAkey', `${authority}.key`, '-CAcreateserial', '-days', '2'];
    await openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-extfile', `${name}.ext`, '-out', `${name}.pem`);
  }

  async function authority(name: string): Promise<void> {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`];
    await openssl('req', '-x509', ...key, '-out', `${name}.pem`, '-days', '2', '-subj', `/CN=${name}`);
  }

  const pem = (file: string): Promise<Buffer> => readFile(join(directory, file));

  function tlsUrl(vhost: string, user?: { readonly name: string; readonly password: string }): string {
    const login = user === undefined ? '' : `${user.name}:${user.password}@`;
    return `amqps://${login}localhost:${port}/${vhost}`;
  }

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'debitor-adapter-tls-'));
    await authority('ca');
    await authority('fremmed-ca');
    await certificate('server', 'ca');
    await certificate('adapter', 'ca');
    await certificate('ukendt', 'ca');
    await node.createVhost('tls');
    const all = { configure: '.*', write: '.*', read: '.*' };
    await node.addUser('med-kode', 'kode', 'tls', all);
    // The certificate's common name is the user; its password is never used.
    await node.addUser('adapter', 'ubrugt-kode', 'tls', all);
    const file = (name: string): string => join(directory, name);
    const files = { caFile: file('ca.pem'), certFile: file('server.pem'), keyFile: file('server.key') };
    port = await listenWithTls(node, files);
  });

  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  test('checks the broker against the given CA, and logs in with a password', async () => {
    const tls = { ca: await pem('ca.pem') };
    const { broker } = await openDeclared(tlsUrl('tls', { name: 'med-kode', password: 'kode' }), { tls });
    expect(await broker.publisher.publish(publication('1'))).toEqual({ art: 'confirmed' });
  });

  test('refuses a broker whose certificate another CA has signed', async () => {
    const tls = { ca: await pem('fremmed-ca.pem') };
    const opening = open(tlsUrl('tls', { name: 'med-kode', password: 'kode' }), { tls, connectRetries: 0 });
    await expect(opening).rejects.toThrow(/certificate/);
  });

  test('refuses a broker whose certificate bears another name', async () => {
    const tls = { ca: await pem('ca.pem'), servername: 'rabbit.eksempel.dk' };
    const opening = open(tlsUrl('tls', { name: 'med-kode', password: 'kode' }), { tls, connectRetries: 0 });
    await expect(opening).rejects.toThrow(/rabbit\.eksempel\.dk/);
  });

  test('logs in by SASL EXTERNAL with a client certificate where the URL names no user', async () => {
    const tls = { ca: await pem('ca.pem'), cert: await pem('adapter.pem'), key: await pem('adapter.key') };
    const { broker } = await openDeclared(tlsUrl('tls'), { tls });
    expect(await broker.publisher.publish(publication('1'))).toEqual({ art: 'confirmed' });
    const connections = await node.ctl('list_connections', '--quiet', 'user', 'auth_mechanism', 'ssl');
    expect(connections).toMatch(/adapter\s+EXTERNAL\s+true/);
  });

  test('a certificate whose name is no user is refused', async () => {
    const tls = { ca: await pem('ca.pem'), cert: await pem('ukendt.pem'), key: await pem('ukendt.key') };
    await expect(open(tlsUrl('tls'), { tls, connectRetries: 0 })).rejects.toThrow(/ACCESS[-_]REFUSED/);
  });
});
