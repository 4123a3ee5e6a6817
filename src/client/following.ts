/**
 * The messages that this client has sent and whose answers somebody may wait for. It lives in memory only: answers that come
 * in another life of the process are the subscriptions' (inbox.ts).
 *
 *   sent ──▶ kvittering ──▶ ACCEPTERET, AFVIST, FEJLET, FEJL: followed no more
 *                      └──▶ MODTAGET ──▶ svar: followed no more
 */
import type { Kvittering, Svar, Understood } from './answers.ts';
import { AnswerTimedOut, ClientClosed, NoSvarFollows, NotFollowed, TooManyUnderWay } from './faults.ts';
import type { MessageKind, Outgoing } from './message.ts';

/** One message that is followed. */
export interface Followed {
  readonly key: string;
  readonly content: string;
  readonly kvittering: PromiseWithResolvers<Kvittering>;
  readonly svar: PromiseWithResolvers<Svar>;
  /** How many wait for the svar now: it is taken from the queue for somebody only. */
  svarWanted: number;
}

export function keyOf(kind: MessageKind, id: string): string {
  return `${kind} ${id}`;
}

/** Nobody need wait: a rejection that nobody sees is no fault of the process. */
function quietly<Value>(): PromiseWithResolvers<Value> {
  const settling = Promise.withResolvers<Value>();
  settling.promise.catch(() => undefined);
  return settling;
}

interface WaitOptions {
  readonly what: 'kvittering' | 'svar';
  readonly limitMs: number;
  /** How many answers in the queue nobody takes. */
  readonly unclaimed: () => number;
}

/** @throws AnswerTimedOut; the promise itself is not affected by that. */
export async function awaitAnswer<Value>(promise: Promise<Value>, options: WaitOptions): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const { what, limitMs, unclaimed } = options;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AnswerTimedOut(what, limitMs, unclaimed())), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

export class Following {
  readonly #maxUnderWay: number;
  readonly #withoutKvittering = new Map<string, Followed>();
  /** The kvittering was MODTAGET. In the order of the kvitteringer. */
  readonly #withoutSvar = new Map<string, Followed>();
  readonly #waitingForRoom = new Set<PromiseWithResolvers<void>>();
  #closed = false;

  constructor(maxUnderWay: number) {
    this.#maxUnderWay = maxUnderWay;
  }

  /**
   * Follows a message that is about to be sent; one that is followed already is the same one.
   * @throws TooManyUnderWay where there is no room within the limit; ClientClosed.
   */
  async follow(outgoing: Outgoing, roomLimitMs: number): Promise<Followed> {
    const key = keyOf(outgoing.kind, outgoing.id);
    const present = this.find(key);
    if (present !== undefined) return present;
    await this.#room(roomLimitMs);
    if (this.#closed) throw new ClientClosed();
    const meanwhile = this.find(key);
    if (meanwhile !== undefined) return meanwhile;
    const followed: Followed = {
      key,
      content: outgoing.content,
      kvittering: quietly(),
      svar: quietly(),
      svarWanted: 0,
    };
    this.#withoutKvittering.set(key, followed);
    return followed;
  }

  find(key: string): Followed | undefined {
    return this.#withoutKvittering.get(key) ?? this.#withoutSvar.get(key);
  }

  /** It was never sent after all. */
  forget(followed: Followed): void {
    this.#withoutKvittering.delete(followed.key);
    this.#passRoomOn();
  }

  /** An answer has come and is taken care of: whoever waits gets it. */
  settle({ answer, kind, id }: Understood): void {
    const key = keyOf(kind, id);
    const followed = this.find(key);
    if (followed === undefined) return;
    if (answer.art === 'svar') {
      followed.svar.resolve(answer);
      this.#withoutSvar.delete(key);
      return;
    }
    this.#withoutKvittering.delete(key);
    this.#passRoomOn();
    followed.kvittering.resolve(answer);
    if (answer.kode !== 'MODTAGET') {
      followed.svar.reject(new NoSvarFollows(answer.kode));
    } else {
      this.#withoutSvar.set(key, followed);
      this.#dropOldest();
    }
  }

  close(): void {
    this.#closed = true;
    for (const { kvittering, svar } of [...this.#withoutKvittering.values(), ...this.#withoutSvar.values()]) {
      kvittering.reject(new ClientClosed());
      svar.reject(new ClientClosed());
    }
    for (const waiting of this.#waitingForRoom) waiting.reject(new ClientClosed());
    this.#withoutKvittering.clear();
    this.#withoutSvar.clear();
  }

  /** Weeks may pass until a svar: what is waited for longest goes first, since its subscription is the better way. */
  #dropOldest(): void {
    if (this.#withoutSvar.size <= this.#maxUnderWay) return;
    const [oldest] = this.#withoutSvar.values();
    if (oldest === undefined) return;
    this.#withoutSvar.delete(oldest.key);
    oldest.svar.reject(new NotFollowed());
  }

  async #room(limitMs: number): Promise<void> {
    while (this.#withoutKvittering.size >= this.#maxUnderWay) {
      const waiting = Promise.withResolvers<void>();
      this.#waitingForRoom.add(waiting);
      const timer = setTimeout(() => waiting.reject(new TooManyUnderWay(this.#maxUnderWay)), limitMs);
      try {
        await waiting.promise;
      } finally {
        clearTimeout(timer);
        this.#waitingForRoom.delete(waiting);
      }
    }
  }

  #passRoomOn(): void {
    const [next] = this.#waitingForRoom;
    next?.resolve();
  }
}
