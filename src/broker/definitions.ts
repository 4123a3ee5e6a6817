/**
 * What a broker administrator imports: the topology, and users with the least they need, as a definitions.json that
 * RabbitMQ 3.10 and 4.x both read (`rabbitmqctl import_definitions FILE`, or `load_definitions`).
 *
 * It holds no policies: everything is an argument, and one policy with a key that a queue doesn't know would be void.
 * An import skips queues and exchanges that exist already, even where they differ; `checkTopology` finds those.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Registry } from '../domain/registry.ts';
import { ConfigurationError } from '../errors.ts';
import {
  ANMODNING_EXCHANGE,
  type Arguments,
  kommandoQueueName,
  svarQueueName,
  topologyFor,
  UDFALD_EXCHANGE,
  udfaldKvitteringQueueName,
} from './topology.ts';

export interface DefinitionsOptions {
  readonly vhost: string;
  /** The adapter's own AMQP user. */
  readonly adapterUser: string;
  /** Passwords by user name. They leave as salted hashes only, with a new salt at every call. */
  readonly passwords?: Readonly<Record<string, string>>;
  /** Users that log in with a client certificate alone: listed with an empty hash, which no password fits. */
  readonly certificateUsers?: readonly string[];
}

export interface DefinitionsUser {
  readonly name: string;
  readonly password_hash: string;
  readonly hashing_algorithm: 'rabbit_password_hashing_sha256';
  readonly tags: readonly string[];
}

export interface DefinitionsPermission {
  readonly user: string;
  readonly vhost: string;
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

export interface DefinitionsTopicPermission {
  readonly user: string;
  readonly vhost: string;
  readonly exchange: string;
  readonly write: string;
  readonly read: string;
}

export interface Definitions {
  readonly users: readonly DefinitionsUser[];
  readonly vhosts: readonly { readonly name: string }[];
  readonly permissions: readonly DefinitionsPermission[];
  readonly topic_permissions: readonly DefinitionsTopicPermission[];
  readonly exchanges: readonly {
    readonly name: string;
    readonly vhost: string;
    readonly type: string;
    readonly durable: true;
    readonly auto_delete: false;
    readonly internal: false;
    readonly arguments: Arguments;
  }[];
  readonly queues: readonly {
    readonly name: string;
    readonly vhost: string;
    readonly durable: true;
    readonly auto_delete: false;
    readonly arguments: Arguments;
  }[];
  readonly bindings: readonly {
    readonly source: string;
    readonly vhost: string;
    readonly destination: string;
    readonly destination_type: 'queue';
    readonly routing_key: string;
    readonly arguments: Arguments;
  }[];
}

/** Matches no name: RabbitMQ's pattern for "nothing". */
const NOTHING = '^$';

/** The adapter declares, consumes and publishes, but only within its own names, and never through the default exchange. */
const OWN_NAMES = '^debitor\\.(anmodning|svar|udfald|fejlkoe|kommando)(\\.|$)';

function exactly(name: string): string {
  return `^${name.replaceAll('.', '\\.')}$`;
}

/**
 * RabbitMQ's salted SHA-256: four bytes, then the digest of them and the password.
 * @param salt random, except where a file that is shipped must be the same each time.
 */
export function passwordHash(password: string, salt: Uint8Array = randomBytes(4)): string {
  const digest = createHash('sha256').update(salt).update(password, 'utf8').digest();
  return Buffer.concat([salt, digest]).toString('base64');
}

function user(name: string, password: string | undefined): DefinitionsUser {
  return {
    name,
    password_hash: password === undefined ? '' : passwordHash(password),
    hashing_algorithm: 'rabbit_password_hashing_sha256',
    tags: [],
  };
}

/** A name that is misspelt would leave its user as it is, or without a way in, and nobody would be told. */
function checkKnown(names: readonly string[], given: readonly string[], what: string): readonly string[] {
  return given
    .filter((name) => !names.includes(name))
    .map((name) => `${what} nævner ${name}, som hverken er adapterens bruger, et fagsystem eller et debitorsystem`);
}

/** One name, one user: were a fagsystem and a debitorsystem to share it, each could do what the other may. */
function checkUserNames(names: readonly string[]): void {
  const twice = new Set(names.filter((name, position) => names.indexOf(name) !== position));
  if (twice.size > 0) {
    throw new ConfigurationError(
      [...twice].map(
        (name) => `Brugeren ${name} forekommer mere end én gang blandt adapteren, fagsystemerne og debitorsystemerne`,
      ),
    );
  }
}

/**
 * Users without a password or a certificate are left out of `users`, so that an import touches none that stands already; it
 * fails halfway where one of them does not. {@link missingUsers} names them.
 * @throws ConfigurationError where the adapter, a fagsystem and a debitorsystem don't all have names of their own, or where a
 * password or a certificate is nobody's.
 */
export function definitionsFor(registry: Registry, options: DefinitionsOptions): Definitions {
  const { vhost, adapterUser } = options;
  const fagsystemer = registry.fagsystemer.map(({ id }) => id);
  const debitorsystemer = registry.debitorsystemer.map(({ id }) => id);
  const names = [adapterUser, ...fagsystemer, ...debitorsystemer];
  checkUserNames(names);
  const passwords = new Map(Object.entries(options.passwords ?? {}));
  const { certificateUsers = [] } = options;
  const unknown = [
    ...checkKnown(names, [...passwords.keys()], 'Filen med adgangskoder'),
    ...checkKnown(names, certificateUsers, 'Listen over brugere med certifikat'),
  ];
  if (unknown.length > 0) throw new ConfigurationError(unknown);
  const topology = topologyFor(registry);
  return {
    users: names
      .filter((name) => passwords.has(name) || certificateUsers.includes(name))
      .map((name) => user(name, passwords.get(name))),
    vhosts: [{ name: vhost }],
    permissions: [
      { user: adapterUser, vhost, configure: OWN_NAMES, write: OWN_NAMES, read: OWN_NAMES },
      ...fagsystemer.map((id) => ({
        user: id,
        vhost,
        configure: NOTHING,
        write: exactly(ANMODNING_EXCHANGE),
        read: exactly(svarQueueName(id)),
      })),
      ...debitorsystemer.map((id) => ({
        user: id,
        vhost,
        configure: NOTHING,
        write: exactly(UDFALD_EXCHANGE),
        read: `${exactly(udfaldKvitteringQueueName(id))}|${exactly(kommandoQueueName(id))}`,
      })),
    ],
    topic_permissions: [
      ...fagsystemer.map((id) => ({
        user: id,
        vhost,
        exchange: ANMODNING_EXCHANGE,
        write: '^(debitorkonto|kontantindbetaling)\\.{username}$',
        read: NOTHING,
      })),
      ...debitorsystemer.map((id) => ({
        user: id,
        vhost,
        exchange: UDFALD_EXCHANGE,
        write: '^{username}\\.(udfald|svar)$',
        read: NOTHING,
      })),
    ],
    exchanges: topology.exchanges.map((exchange) => ({
      name: exchange.name,
      vhost,
      type: exchange.type,
      durable: true,
      auto_delete: false,
      internal: false,
      arguments: exchange.arguments,
    })),
    queues: topology.queues.map((queue) => ({
      name: queue.name,
      vhost,
      durable: true,
      auto_delete: false,
      arguments: queue.arguments,
    })),
    bindings: topology.bindings.map((binding) => ({
      source: binding.exchange,
      vhost,
      destination: binding.queue,
      destination_type: 'queue',
      routing_key: binding.routingKey,
      arguments: {},
    })),
  };
}

/** The users that have permissions in the definitions, and must stand on the broker before these can be imported. */
export function missingUsers({ users, permissions }: Definitions): readonly string[] {
  return permissions.map((one) => one.user).filter((name) => !users.some((listed) => listed.name === name));
}
