/**
 * The answers that come, each brought to whoever takes it, and acknowledged only then:
 *
 *   delivered ──▶ passed on before? ──▶ whoever waits for it gets it ──▶ acknowledged
 *            └──▶ a subscription for it? ──▶ called until it resolves ──▶ whoever waits gets it ──▶ acknowledged
 *            └──▶ a kvittering to what this client sent, or a svar that somebody waits for ──▶ they get it ──▶ acknowledged
 *            └──▶ held, unacknowledged, until there is a subscription or somebody waits; back in the queue at the end
 *
 * Answers about one anmodning are taken one after the other, in the order of the queue; others side by side.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { AnswerDelivery } from '../broker/answer-consumer.ts';
import type { DkaNamespaces } from '../oio/namespaces.ts';
import type { Kvittering, Svar, Understood } from './answers.ts';
import { readAnswer } from './answers.ts';
import { type Following, keyOf } from './following.ts';
import type { Problem } from './problem.ts';

export interface InboxOptions {
  readonly dkaNamespaces: DkaNamespaces;
  readonly following: Following;
  /** Answers that are held at a time: the consumer's prefetch. */
  readonly maxHeld: number;
  readonly onProblem: (problem: Problem) => void;
}

type Subscription<Answer> = (answer: Answer) => Promise<void> | void;

interface InHand {
  readonly understood: Understood;
  /** The first delivery of it on the present channel. */
  delivery: AnswerDelivery;
  /** It has been passed on before, and only a call that waits is to have it now. */
  readonly isRepeat: boolean;
  unclaimed: boolean;
}

/** So many message ids are remembered: more than can be redelivered, since only what is unacknowledged is. */
const MAX_REMEMBERED = 10_000;
const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 30_000;

export class Inbox {
  readonly #options: InboxOptions;
  readonly #inHand = new Map<string, InHand>();
  /** The last thing to be done about each anmodning. */
  readonly #chains = new Map<string, Promise<void>>();
  readonly #done = new Set<string>();
  readonly #stopping = new AbortController();
  #onKvittering: Subscription<Kvittering> | undefined;
  #onSvar: Subscription<Svar> | undefined;
  #unnamed = 0;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** Answers that nobody has taken yet. */
  get unclaimed(): number {
    let count = 0;
    for (const item of this.#inHand.values()) if (item.unclaimed) count += 1;
    return count;
  }

  subscribeKvittering(subscription: Subscription<Kvittering>): void {
    if (this.#onKvittering !== undefined) throw new Error('onKvittering er allerede sat');
    this.#onKvittering = subscription;
    this.#offerAgain((item) => item.understood.answer.art !== 'svar');
  }

  subscribeSvar(subscription: Subscription<Svar>): void {
    if (this.#onSvar !== undefined) throw new Error('onSvar er allerede sat');
    this.#onSvar = subscription;
    this.#offerAgain((item) => item.understood.answer.art === 'svar');
  }

  /** Somebody waits for the svar now. */
  svarWanted(key: string): void {
    this.#offerAgain(({ understood: { answer, kind, id } }) => answer.art === 'svar' && keyOf(kind, id) === key);
  }

  receive = (delivery: AnswerDelivery): void => {
    if (this.#stopping.signal.aborted) return;
    const { messageId } = delivery.answer;
    // The adapter gives every answer an id; what has none is taken as it comes.
    const name = messageId ?? `uden id ${++this.#unnamed}`;
    const present = this.#inHand.get(name);
    if (present !== undefined) {
      // Redelivered on a new channel, or published a second time while the first is being taken.
      if (present.delivery.isLive) delivery.ack();
      else present.delivery = delivery;
      // It may be somebody's now: a repeat is answered by what lay here already.
      if (present.unclaimed) this.#offer(name, present);
      return;
    }
    const understood = readAnswer(delivery.answer, this.#options.dkaNamespaces);
    if (understood === undefined) {
      this.#options.onProblem({ art: 'ulaeseligt-svar', messageId });
      delivery.refuse();
      return;
    }
    const isRepeat = messageId !== undefined && this.#done.has(messageId);
    const item = { understood, delivery, isRepeat, unclaimed: false };
    this.#inHand.set(name, item);
    this.#offer(name, item);
  };

  /** Takes nothing more, and resolves when what is being taken is taken; bounded by whoever calls. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#chains.values());
  }

  #offerAgain(concerns: (item: InHand) => boolean): void {
    for (const [name, item] of this.#inHand) {
      if (item.unclaimed && concerns(item)) this.#offer(name, item);
    }
  }

  #offer(name: string, item: InHand): void {
    item.unclaimed = false;
    const key = keyOf(item.understood.kind, item.understood.id);
    const before = this.#chains.get(key) ?? Promise.resolve();
    const now = before.then(() => this.#take(name, item));
    this.#chains.set(key, now);
    void now.finally(() => {
      if (this.#chains.get(key) === now) this.#chains.delete(key);
    });
  }

  /** Never rejects. */
  async #take(name: string, item: InHand): Promise<void> {
    const { following } = this.#options;
    const { answer } = item.understood;
    if (!item.isRepeat && !(await this.#passOn(item))) return;
    if (answer.messageId !== undefined) this.#remember(answer.messageId);
    this.#inHand.delete(name);
    following.settle(item.understood);
    item.delivery.ack();
  }

  /** @returns false where nobody takes it now, or the client is closed before somebody has. */
  async #passOn(item: InHand): Promise<boolean> {
    const { following, maxHeld, onProblem } = this.#options;
    const { answer } = item.understood;
    const subscription = this.#subscriptionFor(answer);
    if (subscription !== undefined) return this.#call(subscription, answer.messageId);
    // A kvittering that is lost with this process is had again by sending the same anmodning again; a svar is not.
    if (following.concerns(item.understood)) return true;
    item.unclaimed = true;
    if (this.unclaimed === maxHeld) onProblem({ art: 'ingen-modtager', antal: maxHeld });
    return false;
  }

  #subscriptionFor(answer: Kvittering | Svar): (() => Promise<void> | void) | undefined {
    const onSvar = this.#onSvar;
    const onKvittering = this.#onKvittering;
    if (answer.art === 'svar') return onSvar === undefined ? undefined : () => onSvar(answer);
    return onKvittering === undefined ? undefined : () => onKvittering(answer);
  }

  /** Calls until it resolves. @returns false where the client is closed before that. */
  async #call(subscription: () => Promise<void> | void, messageId: string | undefined): Promise<boolean> {
    const { signal } = this.#stopping;
    for (let retryMs = RETRY_FIRST_MS; !signal.aborted; retryMs = Math.min(RETRY_MAX_MS, retryMs * 2)) {
      try {
        await subscription();
        return true;
      } catch (error) {
        this.#options.onProblem({ art: 'modtager-fejlede', messageId, error });
        await pause(retryMs, undefined, { signal }).catch(() => undefined);
      }
    }
    return false;
  }

  #remember(messageId: string): void {
    this.#done.add(messageId);
    if (this.#done.size > MAX_REMEMBERED) {
      const [oldest] = this.#done;
      if (oldest !== undefined) this.#done.delete(oldest);
    }
  }
}
