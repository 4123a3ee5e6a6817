/**
 * Holds the answers of a run to what was sent: each message answered once, accepted, and nothing else. It counts; when the
 * run is over is for its owner to say.
 */
import { countIn, idOf } from './workload.ts';

/** What a drain or a probe gets from an answer. */
export interface SeenAnswer {
  readonly correlationId: string;
  /** The header `kvittering-kode`; undefined where the one that answers sets none. */
  readonly kode: string | undefined;
}

/** What was answered is not what was sent: a figure for it would mean nothing. */
export class WrongAnswers extends Error {
  override readonly name = 'WrongAnswers';
}

/** So many of a sort of trouble are told with their ids. */
const MAX_TOLD = 3;

export class AnswerCheck {
  readonly messages: number;
  readonly #run: string;
  readonly #times: Uint8Array;
  readonly #refused: string[] = [];
  #answered = 0;
  #twice = 0;
  #foreign = 0;

  constructor(run: string, messages: number) {
    this.#run = run;
    this.messages = messages;
    this.#times = new Uint8Array(messages);
  }

  /** How many have at least one answer. */
  get answered(): number {
    return this.#answered;
  }

  /** @returns whether it is the first answer to its message. */
  take({ correlationId, kode }: SeenAnswer): boolean {
    const n = countIn(correlationId);
    const times = this.#times[n];
    if (times === undefined || idOf(this.#run, n) !== correlationId) {
      this.#foreign += 1;
      return false;
    }
    if (kode !== undefined && kode !== 'ACCEPTERET' && kode !== 'OK') this.#refused.push(kode);
    this.#times[n] = Math.min(times + 1, 255);
    if (times > 0) {
      this.#twice += 1;
      return false;
    }
    this.#answered += 1;
    return true;
  }

  /**
   * What is wrong now that the run is over, a line each; empty where every message was answered once.
   * @param sent how many were sent, where it was fewer than there was room for.
   */
  problems(sent = this.messages): readonly string[] {
    const missing = sent - this.#answered;
    const found: string[] = [];
    if (missing > 0) found.push(`${missing} af ${sent} beskeder fik intet svar (${this.#ids(0)})`);
    if (this.#twice > 0) found.push(`${this.#twice} svar kom mere end én gang (${this.#ids(2)})`);
    if (this.#foreign > 0) found.push(`${this.#foreign} svar hører ikke til noget, der blev sendt`);
    const [kode] = this.#refused;
    if (kode !== undefined) found.push(`${this.#refused.length} beskeder blev ikke accepteret (${kode})`);
    return found;
  }

  /** The first ids with no answer (0), or with more than one (2). */
  #ids(times: 0 | 2): string {
    const ids: string[] = [];
    for (let n = 0; n < this.messages && ids.length < MAX_TOLD; n += 1) {
      const seen = this.#times[n] ?? 0;
      if (times === 0 ? seen === 0 : seen > 1) ids.push(idOf(this.#run, n));
    }
    return ids.join(', ');
  }
}
