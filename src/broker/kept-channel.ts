/**
 * One channel that is opened again whenever it is lost: with its connection, by the broker (an error on it), or because its
 * user gave it up. amqplib recovers connections only.
 *
 * What runs on the channel is its user's; nothing is replayed here.
 */
import type { Channel, ChannelModel } from 'amqplib';
import type { Link } from './link.ts';
import { TimeLimitExceeded, within } from './within.ts';

/** Bound on one question to the broker; past it the connection is regarded as dead. */
export const ANSWER_LIMIT_MS = 10_000;
const CLOSE_LIMIT_MS = 2_000;
const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 5_000;
/** A channel that has lived for so long was sound; the next loss is tried again quickly. */
const SOUND_AFTER_MS = 5_000;

export interface ChannelUser<C extends Channel> {
  /** For the log. */
  readonly name: string;
  readonly open: (model: ChannelModel) => Promise<C>;
  /** A new channel is there. Must not throw. */
  readonly onOpened: (channel: C) => void;
  /** The channel given to `onOpened` is gone. Called once for each, before the next `onOpened`. Must not throw. */
  readonly onLost: (channel: C, aarsag: string) => void;
}

export class KeptChannel<C extends Channel> {
  readonly #link: Link;
  readonly #user: ChannelUser<C>;
  #current: { readonly channel: C; readonly model: ChannelModel; readonly sound: NodeJS.Timeout } | undefined;
  #opening = false;
  #closing = 0;
  #stopped = false;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(link: Link, user: ChannelUser<C>) {
    this.#link = link;
    this.#user = user;
    link.onConnected(() => {
      this.#failures = 0;
      this.#openSoon(0);
    });
    this.#openSoon(0);
  }

  get channel(): C | undefined {
    return this.#current?.channel;
  }

  /**
   * Closes the channel, and opens a new one unless stopped. Its user hears of the loss at once. Does nothing for a channel
   * that is gone already. Bounded: a broker that doesn't answer costs the connection.
   * @param how as a matter of routine, or because something is wrong with it: for the log.
   */
  async discard(channel: C, aarsag: string, how: 'orderly' | 'faulty' = 'faulty'): Promise<void> {
    const current = this.#current;
    if (current?.channel !== channel) {
      return;
    }
    this.#forget(aarsag, how);
    // No new channel before the old one is closed: its unacked messages must be back in the queue first, in their order.
    this.#closing += 1;
    try {
      await within(channel.close(), CLOSE_LIMIT_MS, 'Lukningen af en kanal');
    } catch (error) {
      if (error instanceof TimeLimitExceeded) {
        this.#link.sever(current.model, error.message);
      }
      // Anything else: it was closed already.
    } finally {
      this.#closing -= 1;
    }
    this.#openSoon(this.#retryDelayMs());
  }

  /** Closes the channel for good. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    if (this.#current !== undefined) {
      await this.discard(this.#current.channel, 'adapteren lukker');
    }
  }

  /** Ends the connection that the channel runs on, since the broker doesn't answer on it. */
  sever(channel: C, aarsag: string): void {
    if (this.#current?.channel === channel) {
      this.#link.sever(this.#current.model, aarsag);
    }
  }

  #openSoon(delayMs: number): void {
    clearTimeout(this.#retry);
    if (!this.#stopped) {
      this.#retry = setTimeout(() => void this.#open(), delayMs);
    }
  }

  #retryDelayMs(): number {
    return this.#failures === 0 ? 0 : Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** (this.#failures - 1));
  }

  async #open(): Promise<void> {
    const model = this.#link.model;
    if (model === undefined || this.#stopped || this.#opening || this.#closing > 0 || this.#current !== undefined) {
      // Whatever is in the way opens it when it is done: a new connection, an opening, a closing.
      return;
    }
    this.#opening = true;
    try {
      const channel = await within(this.#user.open(model), ANSWER_LIMIT_MS, 'Åbningen af en kanal');
      this.#adopt(channel, model);
    } catch (error) {
      this.#failures += 1;
      this.#link.log('broker.channel-failed', { channel: this.#user.name, aarsag: String(error) });
      if (error instanceof TimeLimitExceeded) {
        this.#link.sever(model, error.message);
      }
      this.#openSoon(this.#retryDelayMs());
    } finally {
      this.#opening = false;
    }
  }

  #adopt(channel: C, model: ChannelModel): void {
    let aarsag = 'kanalen blev lukket';
    channel.on('error', (error) => {
      aarsag = error.message;
    });
    channel.on('handler-error', (error) => {
      this.#link.log('broker.listener-threw', { channel: this.#user.name, aarsag: String(error) });
    });
    channel.on('close', () => {
      if (this.#current?.channel === channel) {
        this.#failures += 1;
        this.#forget(aarsag);
        this.#openSoon(this.#retryDelayMs());
      }
    });
    if (this.#stopped || this.#link.model !== model) {
      // The connection went while the channel was on its way, and its `close` may have come before anyone listened.
      void channel.close().catch(() => {});
      this.#openSoon(0);
      return;
    }
    const sound = setTimeout(() => {
      this.#failures = 0;
    }, SOUND_AFTER_MS).unref();
    this.#current = { channel, model, sound };
    this.#user.onOpened(channel);
  }

  #forget(aarsag: string, how: 'orderly' | 'faulty' = 'faulty'): void {
    const current = this.#current;
    if (current !== undefined) {
      this.#current = undefined;
      clearTimeout(current.sound);
      this.#link.log(this.#stopped || how === 'orderly' ? 'broker.channel-closed' : 'broker.channel-lost', {
        channel: this.#user.name,
        aarsag,
      });
      this.#user.onLost(current.channel, aarsag);
    }
  }
}
