/**
 * The messages that this client has sent and whose answers somebody may wait for. It lives in memory only: answers that come
 * in another life of the process are the subscriptions' (inbox.ts).
 *
 *   sent ──▶ kvittering ──▶ ACCEPTERET, AFVIST, FEJLET, FEJL: followed no more
 *                      └──▶ MODTAGET ──▶ svar: followed no more
 *
 * The first kvittering of an anmodning stands: one that comes after MODTAGET is somebody else's, or a repeat.
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
  /** The correlation ids under which this client has sent it, the latest ones. */
  readonly calls: Set<string>;
  /** How many wait for the svar now: it is taken from the queue for somebody only. */
  svarWanted: number;
  /** The svar has come, perhaps before a kvittering that was asked for again. */
  isAnswered: boolean;
}

/** More repeats of one message than that are not told apart from another sender's. */
const MAX_CALLS = 100;

export function keyOf(kind: MessageKind, id: string): string {
  return `${kind} ${id}`;
}

/** Nobody need wait: a rejection that nobody sees is no fault of the process. */
function quietly<Value>(): PromiseWithResolvers<Value> {
  const settling = Promise.withResolvers<Value>();
  settling.promise.catch(() => undefined);
  return settling;
}

/** The same message again: no new wait, but one more call that may be answered. */
function withCall(followed: Followed, { correlationId }: Outgoing): Followed {
  followed.calls.add(correlationId);
  const [oldest] = followed.calls;
  if (followed.calls.size > MAX_CALLS && oldest !== undefined) followed.calls.delete(oldest);
  return followed;
}

/**
 * DA-104, DA-110 and FEJL refuse one call, and say nothing of any other under the same id: what was sent here stands where
 * another process sent something else. Every other kvittering is that of the id, whoever asked for it.
 */
function answersACallOf({ calls }: Followed, { answer, call }: Understood): boolean {
  const refusesOneCall = 'genbrugtId' in answer && (answer.genbrugtId || answer.kode === 'FEJL');
  return !refusesOneCall || (call !== undefined && calls.has(call));
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
    if (present !== undefined) return withCall(present, outgoing);
    await this.#room(roomLimitMs);
    if (this.#closed) throw new ClientClosed();
    const meanwhile = this.find(key);
    if (meanwhile !== undefined) return withCall(meanwhile, outgoing);
    const followed: Followed = {
      key,
      content: outgoing.content,
      kvittering: quietly(),
      svar: quietly(),
      calls: new Set([outgoing.correlationId]),
      svarWanted: 0,
      isAnswered: false,
    };
    this.#withoutKvittering.set(key, followed);
    return followed;
  }

  find(key: string): Followed | undefined {
    return this.#withoutKvittering.get(key) ?? this.#withoutSvar.get(key);
  }

  /** Whether somebody here waits for just this answer, or may yet. */
  concerns(understood: Understood): boolean {
    const key = keyOf(understood.kind, understood.id);
    const { answer } = understood;
    if (answer.art === 'svar') return (this.find(key)?.svarWanted ?? 0) > 0;
    const followed = this.#withoutKvittering.get(key);
    return followed !== undefined && answersACallOf(followed, understood);
  }

  /** It was never sent after all, unless an earlier call did. */
  forget(followed: Followed): void {
    if (followed.calls.size > 1) return;
    this.#withoutKvittering.delete(followed.key);
    this.#passRoomOn();
  }

  /** An answer has come and is taken care of: whoever waits for it gets it. */
  settle(understood: Understood): void {
    const { answer, kind, id } = understood;
    const key = keyOf(kind, id);
    if (answer.art === 'svar') {
      const followed = this.find(key);
      if (followed === undefined) return;
      followed.isAnswered = true;
      followed.svar.resolve(answer);
      this.#withoutSvar.delete(key);
      return;
    }
    const followed = this.#withoutKvittering.get(key);
    if (followed === undefined || !answersACallOf(followed, understood)) return;
    this.#withoutKvittering.delete(key);
    this.#passRoomOn();
    followed.kvittering.resolve(answer);
    if (answer.kode !== 'MODTAGET') {
      followed.svar.reject(new NoSvarFollows(answer.kode));
    } else if (!followed.isAnswered) {
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
