import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ChannelModel } from 'amqplib';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  type Definitions,
  type DefinitionsOptions,
  definitionsFor,
  missingUsers,
} from '../../src/broker/definitions.ts';
import { ConfigurationError } from '../../src/errors.ts';
import { freshVhost, type Vhost } from '../support/broker.ts';
import { open, plain, publication, registryOf } from './world.ts';

// Users belong to the broker, not to a vhost: other tests on the same broker must not have the same.
const suffix = randomBytes(4).toString('hex');
const [adapter, skole, sag, debitor] = [`adapter-${suffix}`, `skole-${suffix}`, `sag-${suffix}`, `debitor-${suffix}`];
const registry = registryOf([skole, sag], [debitor]);
const password = 'en-kode';
// Letters outside ASCII have to reach the broker as UTF-8, from the URL as from the definitions.
const adapterPassword = 'rød grød: %/@';

describe('the definitions', () => {
  const passwords = { [skole]: password };

  test('hash each password with a salt of its own, and never hold it', () => {
    const first = definitionsFor(registry, { vhost: 'v', adapterUser: adapter, passwords });
    const second = definitionsFor(registry, { vhost: 'v', adapterUser: adapter, passwords });
    expect(JSON.stringify(first)).not.toContain(password);
    expect(first.users.find(({ name }) => name === skole)?.password_hash).not.toBe(
      second.users.find(({ name }) => name === skole)?.password_hash,
    );
  });

  test('leave out a user without a password, which an import then spares, and list one with a certificate alone', () => {
    const made = definitionsFor(registry, { vhost: 'v', adapterUser: adapter, passwords, certificateUsers: [sag] });
    expect(made.users.map(({ name, password_hash }) => [name, password_hash === ''])).toEqual([
      [skole, false],
      [sag, true],
    ]);
    expect(made.permissions.map(({ user }) => user)).toEqual([adapter, skole, sag, debitor]);
    expect(missingUsers(made)).toEqual([adapter, debitor]);
  });

  test('are refused where a password or a certificate is nobody’s', () => {
    const make = (options: Partial<DefinitionsOptions>) => () =>
      definitionsFor(registry, { vhost: 'v', adapterUser: adapter, ...options });
    expect(make({ passwords: { ...passwords, [`${skole}r`]: 'x' } })).toThrow(`${skole}r`);
    expect(make({ certificateUsers: ['ingen'] })).toThrow(ConfigurationError);
  });

  test('hold no policy, and no argument that one generation does not know', () => {
    const definitions = definitionsFor(registry, { vhost: 'v', adapterUser: adapter });
    expect(Object.keys(definitions)).not.toContain('policies');
    expect(JSON.stringify(definitions)).not.toMatch(/apply-to|"x-delivery-limit":-/);
  });

  test('are refused where two parties would share a user', () => {
    const make = () => definitionsFor(registryOf(['samme'], ['samme']), { vhost: 'v', adapterUser: adapter });
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow('samme');
  });
});

describe('after an import', () => {
  let vhost: Vhost;
  let definitions: Definitions;

  beforeAll(async () => {
    vhost = await freshVhost();
    definitions = definitionsFor(registry, {
      vhost: vhost.name,
      adapterUser: adapter,
      passwords: { [adapter]: adapterPassword, [skole]: password, [debitor]: password },
      certificateUsers: [sag],
    });
    await vhost.importDefinitions(definitions, 'global');
    // Importing the same again, with other salts, changes nothing; nor does it without the passwords.
    await vhost.importDefinitions(definitions, 'global');
    await vhost.importDefinitions(definitionsFor(registry, { vhost: vhost.name, adapterUser: adapter }), 'global');
  });

  function urlOf(user: string, secret = password): string {
    const url = new URL(vhost.url);
    url.username = encodeURIComponent(user);
    url.password = encodeURIComponent(secret);
    return url.href;
  }

  /** What the broker says to a publication with mandatory and confirm; `confirmed` where it took it. */
  async function tryToPublish(
    model: ChannelModel,
    exchange: string,
    routingKey: string,
    userId: string,
  ): Promise<string> {
    const channel = await model.createConfirmChannel();
    let verdict = 'confirmed';
    channel.on('error', (error) => {
      verdict = error.message;
    });
    channel.on('return', () => {
      verdict = 'returned';
    });
    channel.publish(exchange, routingKey, Buffer.from('x'), { mandatory: true, persistent: true, userId });
    await channel.waitForConfirms().catch(() => {});
    return verdict;
  }

  async function tryToRead(model: ChannelModel, queue: string): Promise<string> {
    const channel = await model.createChannel();
    channel.on('error', () => {});
    return channel
      .consume(queue, () => {}, { noAck: false })
      .then(
        () => 'consuming',
        (error: unknown) => String(error),
      );
  }

  test('the adapter finds its topology as it should be, may declare it, and may publish and consume', async () => {
    const { broker } = await open(urlOf(adapter, adapterPassword), { registry });
    expect(await broker.topology.check()).toEqual([]);
    await broker.topology.declare();
    const routingKey = `${skole}.kvittering.debitorkonto`;
    expect(await broker.publisher.publish(publication('1', { routingKey }))).toEqual({ art: 'confirmed' });
    await broker.consumer('fejlkoe', { prefetch: 1, onDelivery: () => {} });
  });

  test('the adapter may do nothing outside its own names', async () => {
    const { broker } = await open(urlOf(adapter, adapterPassword), { registry });
    expect((await broker.publisher.publish(publication('1', { exchange: '' }))).art).toBe('unknown');
    const refused = await broker.publisher.publish(publication('1', { exchange: 'amq.topic' }));
    expect(refused).toMatchObject({ art: 'unknown', aarsag: expect.stringContaining('ACCESS_REFUSED') });
  });

  test('a fagsystem publishes under its own key with its own user_id, and reads its own queue', async () => {
    const model = await plain(urlOf(skole));
    expect(await tryToPublish(model, 'debitor.anmodning', `debitorkonto.${skole}`, skole)).toBe('confirmed');
    expect(await tryToPublish(model, 'debitor.anmodning', `kontantindbetaling.${skole}`, skole)).toBe('confirmed');
    const { broker } = await open(urlOf(adapter, adapterPassword), { registry });
    await broker.publisher.publish(publication('1', { routingKey: `${skole}.svar.debitorkonto` }));
    const channel = await model.createChannel();
    const received = await new Promise<string>((resolve, reject) => {
      const take = (message: { content: Buffer } | null) => {
        if (message === null) {
          reject(new Error('cancelled'));
        } else {
          resolve(message.content.toString());
        }
      };
      channel
        .consume(`debitor.svar.${skole}`, (message) => {
          if (message !== null) {
            channel.ack(message);
          }
          take(message);
        })
        .catch(reject);
    });
    expect(received).toContain('<svar>');
    await channel.close();
  });

  test('a fagsystem is refused the key, the user_id and the queue of another', async () => {
    const model = await plain(urlOf(skole));
    expect(await tryToPublish(model, 'debitor.anmodning', `debitorkonto.${sag}`, skole)).toContain('ACCESS_REFUSED');
    expect(await tryToPublish(model, 'debitor.anmodning', `debitorkonto.${skole}.mere`, skole)).toContain(
      'ACCESS_REFUSED',
    );
    expect(await tryToPublish(model, 'debitor.anmodning', `debitorkonto.${skole}`, sag)).toContain(
      'PRECONDITION_FAILED',
    );
    expect(await tryToRead(model, `debitor.svar.${sag}`)).toContain('ACCESS_REFUSED');
    expect(await tryToRead(model, 'debitor.anmodning.debitorkonto')).toContain('ACCESS_REFUSED');
  });

  test('a fagsystem may publish nowhere else, not even through the default exchange, and declare nothing', async () => {
    const model = await plain(urlOf(skole));
    for (const exchange of ['debitor.svar', 'debitor.udfald', 'debitor.fejlkoe', '']) {
      expect(await tryToPublish(model, exchange, `debitor.svar.${sag}`, skole)).toContain('ACCESS_REFUSED');
    }
    const channel = await model.createChannel();
    channel.on('error', () => {});
    await expect(channel.assertQueue(`debitor.svar.${skole}.kopi`)).rejects.toThrow('ACCESS_REFUSED');
  });

  test('a debitorsystem publishes its udfald and svar, and reads its own answers only', async () => {
    const model = await plain(urlOf(debitor));
    expect(await tryToPublish(model, 'debitor.udfald', `${debitor}.udfald`, debitor)).toBe('confirmed');
    expect(await tryToPublish(model, 'debitor.udfald', `${debitor}.svar`, debitor)).toBe('confirmed');
    expect(await tryToPublish(model, 'debitor.udfald', 'andet.svar', debitor)).toContain('ACCESS_REFUSED');
    expect(await tryToPublish(model, 'debitor.anmodning', `debitorkonto.${skole}`, debitor)).toContain(
      'ACCESS_REFUSED',
    );
    expect(await tryToRead(model, `debitor.udfald.kvittering.${debitor}`)).toBe('consuming');
    expect(await tryToRead(model, 'debitor.udfald')).toContain('ACCESS_REFUSED');
  });

  test('a user without a password cannot log in with one, not even an empty one', async () => {
    await expect(plain(urlOf(sag, ''))).rejects.toThrow('ACCESS-REFUSED');
    await expect(plain(urlOf(sag))).rejects.toThrow('ACCESS-REFUSED');
  });
});

describe('what compose.yaml imports', () => {
  const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples', 'rabbitmq');
  const shipped: Definitions = JSON.parse(readFileSync(join(EXAMPLES, 'definitions.json'), 'utf8'));

  test('has a user for everybody but the adapter, whose own stands already', () => {
    expect(missingUsers(shipped)).toEqual(['adapter']);
    expect(shipped.users.map(({ password_hash }) => password_hash)).not.toContain('');
  });

  test('goes through the management API, and its passwords are those of the page', async (context) => {
    const vhost = await freshVhost();
    if (vhost.managementUrl === undefined) return context.skip('this RabbitMQ has no management API');
    const { username, password: secret } = new URL(vhost.url);
    const management = new URL(vhost.managementUrl);
    management.username = username;
    management.password = secret;
    // Users belong to the broker, which others use at the same time: the same hashes under names of their own.
    const named = (name: string): string => `${name}-${suffix}`;
    const own = {
      users: shipped.users.map((user) => ({ ...user, name: named(user.name) })),
      permissions: shipped.permissions
        .filter(({ user }) => user !== 'adapter')
        .map((one) => ({ ...one, user: named(one.user), vhost: vhost.name })),
    };
    const file = join(mkdtempSync(join(tmpdir(), 'debitor-definitions-')), 'definitions.json');
    onTestFinished(() => rmSync(dirname(file), { recursive: true }));
    writeFileSync(file, JSON.stringify(own));
    const env = { ...process.env, MANAGEMENT_URL: management.href };
    await promisify(execFile)(process.execPath, [join(EXAMPLES, 'import.mjs'), file], { env });
    const passwords: Record<string, string> = JSON.parse(readFileSync(join(EXAMPLES, 'adgangskoder.json'), 'utf8'));
    for (const { name } of shipped.users) {
      const url = new URL(vhost.url);
      url.username = named(name);
      url.password = passwords[name] ?? '';
      await (await plain(url.href)).close();
    }
  });
});
