/**
 * What the broker ladder gives: one running RabbitMQ, whatever rung it came from, with the means to set it up and to hurt it.
 * It is not a client: nothing here publishes or consumes.
 */

/** Which RabbitMQ is wanted: the generation that Debian 12 installs, the current one, or whatever is at hand. */
export type WantedGeneration = '3.10' | '4' | 'any';

/** Where the broker came from; see `broker-ladder.ts` for the order. */
export type Rung = 'url' | 'local' | 'docker' | 'apt' | 'unpacked';

/** Regular expressions over names of exchanges and queues, as RabbitMQ's permissions take them. */
export interface Permissions {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

/** Regular expressions over routing keys on one topic exchange. */
export interface TopicPermissions {
  readonly exchange: string;
  readonly write: string;
  readonly read: string;
}

/** What can be set up through the management API. Every method rejects with {@link BrokerUnavailable} when it can't. */
export interface BrokerAdministration {
  /** Creates the vhost if it is not there, with all permissions for the administrator. Resolves with its AMQP URL. */
  createVhost(name: string): Promise<string>;
  /** Deletes the vhost with everything in it; one that is not there is no error. */
  deleteVhost(name: string): Promise<void>;
  /** Creates or changes a user and its permissions in one vhost. Resolves with the AMQP URL for that user there. */
  addUser(
    name: string,
    password: string,
    vhost: string,
    permissions: Permissions,
    topic?: TopicPermissions,
  ): Promise<string>;
  /** Deletes the user with its permissions in every vhost; one that is not there is no error. */
  deleteUser(name: string): Promise<void>;
  /** Imports a definitions.json; without `vhost` the definitions name their own. */
  importDefinitions(definitions: unknown, vhost?: string): Promise<void>;
}

/** A RabbitMQ that accepts connections. Everything it consists of is gone when `stop` resolves. */
export interface RunningBroker extends BrokerAdministration {
  /** `amqp://user:password@host:port/vhost` of an administrator, on a vhost that is empty at first (see `vhostIsOurs`). */
  readonly url: string;
  /** RabbitMQ's own version, such as `3.10.8`. */
  readonly version: string;
  readonly rung: Rung;
  /** False only on the url rung without a management API: then `url` is the vhost that was given, and others use it. */
  readonly vhostIsOurs: boolean;
  /** `http://host:port` of the management API; it takes the user and password of `url`. Absent where there is none. */
  readonly managementUrl: string | undefined;
  /** Runs rabbitmqctl against the node and resolves with its standard output. Rejects where the node is not ours. */
  ctl(...args: readonly string[]): Promise<string>;
  /** The process id of the Erlang node now; undefined while it is dead, and where the node is not a process of ours. */
  pid(): number | undefined;
  /**
   * Ends the node as a crash would (SIGKILL). Resolves when it is dead; its data stays for `restart`. RabbitMQ writes the
   * declaration of a queue to disk up to a second late: one that is younger can be lost with its confirmed messages.
   */
  kill(): Promise<void>;
  /** Starts the same node again on the same ports and data, after an orderly stop where it still runs. */
  restart(): Promise<void>;
  /** Stops the node's clock (SIGSTOP): connections stay open and nothing answers. */
  freeze(): Promise<void>;
  /** Ends `freeze`. */
  thaw(): Promise<void>;
  /** Ends the node and removes everything of it: processes, directories, containers, vhosts. Safe to call twice. */
  stop(): Promise<void>;
}

/** No broker could be had, or the broker at hand can't do what was asked. The text says what the reader can do (Danish). */
export class BrokerUnavailable extends Error {
  override readonly name = 'BrokerUnavailable';
}
