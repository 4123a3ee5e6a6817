/**
 * One connection to RabbitMQ that comes back by itself: amqplib's opt-in recovery, and what it lacks. It never throws out of
 * an event, ends a connection that has stopped answering, and closes within a bound.
 *
 * It knows no exchange and no queue: channels, and what runs on them, are `kept-channel.ts`'s and its users'.
 */
import { Socket } from 'node:net';
import { type ChannelModel, connect, credentials, type RecoveringChannelModel } from 'amqplib';
import type { Instant } from '../domain/identer.ts';
import { ConfigurationError } from '../errors.ts';
import { Addresses } from './addresses.ts';
import { gatherWrites } from './gather-writes.ts';
import { guardHeaderDecoding } from './header-guard.ts';
import { within } from './within.ts';

/** Publishing and consuming have a connection each, since an alarm in the broker blocks a publishing connection whole. */
export type LinkRole = 'consume' | 'publish';

export type LinkState = 'connecting' | 'connected' | 'closed';

/** Fields never hold a value of a message. */
export type Log = (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;

export interface TlsOptions {
  /** Certificates in PEM that the broker's is checked against; the system's where left out. */
  readonly ca?: string | Buffer;
  /** The adapter's own certificate and key in PEM. With them, and no user in the URL, it logs in by SASL EXTERNAL. */
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly passphrase?: string;
  /** The name that the broker's certificate must bear, where it is not the URL's host. */
  readonly servername?: string;
}

/** What happened to a connection; `since` of the state is the moment it happened. */
export type LinkEvent =
  | { readonly art: 'connected'; readonly connection: LinkRole }
  | { readonly art: 'disconnected'; readonly connection: LinkRole; readonly aarsag: string }
  | { readonly art: 'blocked'; readonly connection: LinkRole; readonly aarsag: string }
  | { readonly art: 'unblocked'; readonly connection: LinkRole };

export interface LinkOptions {
  /** `amqp://` or `amqps://`; its path is the vhost. Several, separated by commas, for the nodes of a cluster. */
  readonly url: string;
  readonly tls?: TlsOptions;
  /** What the broker's list of connections says of it, before the role; `debitor-adapter` where left out. */
  readonly connectionName?: string;
  /** Attempts at each address after the first before giving up at start; once connected it tries for ever. */
  readonly connectRetries: number;
  readonly log: Log;
  readonly now: () => Instant;
  readonly onEvent: (event: LinkEvent) => void;
}

/** Time without a sign from the broker before an attempt to connect is given up. */
const CONNECT_LIMIT_MS = 10_000;
/** For the broker's goodbye; then the socket is destroyed. */
const CLOSE_LIMIT_MS = 2_000;
/** For what is left in a lost connection's socket, such as the answer to the broker's own close. */
const LINGER_MS = 1_000;
/** A connection that is silent for two of these is dead. */
const HEARTBEAT_SECONDS = 10;
const RECONNECT_FIRST_MS = 100;
/** Between two attempts at the same address, at most. */
const RECONNECT_MAX_MS = 10_000;

/**
 * Who logs in. Decoded here: amqplib decodes a URL's user and password byte by byte, which breaks every letter outside ASCII.
 * Undefined where the URL names nobody and there is no certificate: then it is RabbitMQ's `guest`.
 */
function credentialsFor(url: URL, tls: TlsOptions | undefined): ReturnType<typeof credentials.external> | undefined {
  if (url.username !== '' || url.password !== '') {
    try {
      return credentials.plain(decodeURIComponent(url.username), decodeURIComponent(url.password));
    } catch {
      throw new ConfigurationError(['Bruger og kode i adressen på RabbitMQ skal være URL-kodede (UTF-8)']);
    }
  }
  return tls?.cert === undefined ? undefined : credentials.external();
}

/** amqplib keeps its socket to itself, but has no way to give up a connection whose peer is silent, nor to write in one go. */
function socketOf(model: ChannelModel): Socket | undefined {
  const stream: unknown = Reflect.get(model.connection, 'stream');
  return stream instanceof Socket ? stream : undefined;
}

export class Link {
  readonly role: LinkRole;
  readonly #options: LinkOptions;
  readonly #client: RecoveringChannelModel;
  readonly #addresses: Addresses;
  /** Aborting it destroys every socket of this link, one in the middle of its handshake included. */
  readonly #sockets: AbortController;
  readonly #connectedListeners = new Set<() => void>();
  #model: ChannelModel | undefined;
  #state: LinkState = 'connecting';
  #blocked = false;
  #since: Instant;

  /**
   * Resolves once connected; afterwards it reconnects by itself.
   * @throws ConfigurationError for a URL that is none; the last error where the broker can't be reached.
   */
  static async open(role: LinkRole, options: LinkOptions): Promise<Link> {
    const addresses = new Addresses(options.url);
    const { tls } = options;
    const login = credentialsFor(addresses.first, tls);
    const sockets = new AbortController();
    const socketOptions = {
      noDelay: true,
      keepAlive: true,
      timeout: CONNECT_LIMIT_MS,
      signal: sockets.signal,
      clientProperties: { connection_name: `${options.connectionName ?? 'debitor-adapter'} ${role}` },
      ...tls,
      ...(login === undefined ? {} : { credentials: login }),
      recovery: {
        initialDelay: RECONNECT_FIRST_MS,
        maxDelay: RECONNECT_MAX_MS / addresses.count,
        maxRetries: Number.POSITIVE_INFINITY,
        initialMaxRetries: (options.connectRetries + 1) * addresses.count - 1,
        // Listeners can be attached before the first attempt.
        waitForConnect: false,
        setup: (model: ChannelModel): Promise<void> => {
          // First: amqplib listens only after the set-up, and an error that nobody listens to ends the process.
          model.on('error', () => {});
          // Nothing here waits for the broker: amqplib does not bound the set-up, and would hang with it.
          const onCut = () => options.log('broker.headers-cut', { connection: role });
          if (!guardHeaderDecoding(model.connection, onCut)) {
            options.log('broker.header-guard-missing', { connection: role });
          }
          const socket = socketOf(model);
          if (socket !== undefined) gatherWrites(socket);
          return Promise.resolve();
        },
      },
    };
    const client = await connect(addresses.target(HEARTBEAT_SECONDS), socketOptions);
    const link = new Link(role, options, client, addresses, sockets);
    try {
      await link.#client.waitForConnect();
      return link;
    } catch (error) {
      await link.close();
      throw error;
    }
  }

  private constructor(
    role: LinkRole,
    options: LinkOptions,
    client: RecoveringChannelModel,
    addresses: Addresses,
    sockets: AbortController,
  ) {
    this.role = role;
    this.#options = options;
    this.#client = client;
    this.#addresses = addresses;
    this.#sockets = sockets;
    this.#since = options.now();
    client.on('connect', (model) => this.#connected(model));
    client.on('disconnect', (error) => this.#disconnected(error));
    client.on('connect-failed', (error) => {
      this.log('broker.connect-failed', { node: addresses.current.host, aarsag: error.message });
      addresses.next();
    });
    client.on('blocked', (reason) => this.#setBlocked(reason));
    client.on('unblocked', () => this.#setUnblocked());
    client.on('error', (error) => this.log('broker.connection-error', { aarsag: error.message }));
    client.on('handler-error', (error: unknown) => this.log('broker.listener-threw', { aarsag: String(error) }));
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Whether the broker takes no publications on this connection now (memory or disk alarm). */
  get blocked(): boolean {
    return this.#blocked;
  }

  /** When the present state began. */
  get since(): Instant {
    return this.#since;
  }

  /** The open connection; undefined while there is none. */
  get model(): ChannelModel | undefined {
    return this.#model;
  }

  log(event: string, fields: Readonly<Record<string, string | number | boolean>>): void {
    this.#options.log(event, { connection: this.role, ...fields });
  }

  /** Called at every new connection from now on. Must not throw. */
  onConnected(listener: () => void): void {
    this.#connectedListeners.add(listener);
  }

  /** Gives up a connection that has stopped answering; recovery makes a new one. Does nothing for an earlier connection. */
  sever(model: ChannelModel, aarsag: string): void {
    if (model === this.#model) {
      this.log('broker.severed', { aarsag });
      // With an error: amqplib does not notice a socket that is destroyed without one.
      socketOf(model)?.destroy(new Error(aarsag));
    }
  }

  /** Takes CLOSE_LIMIT_MS at most, also when the broker no longer answers. */
  async close(): Promise<void> {
    try {
      await within(this.#client.close(), CLOSE_LIMIT_MS, 'RabbitMQs farvel');
    } catch (error) {
      this.log('broker.close-incomplete', { aarsag: String(error) });
    }
    this.#sockets.abort();
    this.#model = undefined;
    this.#blocked = false;
    this.#enter('closed');
  }

  #enter(state: LinkState): void {
    if (this.#state !== 'closed') {
      this.#state = state;
      this.#since = this.#options.now();
    }
  }

  #connected(model: ChannelModel): void {
    this.#model = model;
    this.#enter('connected');
    this.log('broker.connected', { node: this.#addresses.current.host });
    this.#options.onEvent({ art: 'connected', connection: this.role });
    for (const listener of this.#connectedListeners) {
      listener();
    }
  }

  #disconnected(error: Error): void {
    const lost = this.#model;
    this.#model = undefined;
    this.#setUnblocked();
    this.#enter('connecting');
    this.log('broker.disconnected', { node: this.#addresses.current.host, aarsag: error.message });
    this.#addresses.next();
    this.#options.onEvent({ art: 'disconnected', connection: this.role, aarsag: error.message });
    const socket = lost === undefined ? undefined : socketOf(lost);
    if (socket !== undefined) {
      // amqplib only half-closes it, and a peer that is frozen or cut off never answers that.
      setTimeout(() => socket.destroy(), LINGER_MS).unref();
    }
  }

  #setBlocked(reason: string): void {
    this.#blocked = true;
    this.#since = this.#options.now();
    this.log('broker.blocked', { aarsag: reason });
    this.#options.onEvent({ art: 'blocked', connection: this.role, aarsag: reason });
  }

  #setUnblocked(): void {
    if (this.#blocked) {
      this.#blocked = false;
      this.#since = this.#options.now();
      this.log('broker.unblocked', {});
      this.#options.onEvent({ art: 'unblocked', connection: this.role });
    }
  }
}
