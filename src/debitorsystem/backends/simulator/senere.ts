/**
 * The queue of what was accepted for later: carried out when due, reported until the adapter has recorded it, over
 * restarts. The queue itself stands in the store; here is only the clockwork.
 *
 *   due ──carried out, svar stored (one transaction)──▶ to be reported ──reported──▶ kept
 *                                                        │        ▲
 *                                                        └ failed ┘ again after a backoff
 */
import type { Instant } from '../../../domain/identer.ts';
import type { Svar } from '../../../domain/udfald.ts';
import type { DebitorsystemPorts } from '../../debitorsystem.ts';
import { encode, parseSvar } from './codec.ts';
import { type AcceptedCommand, decodeAccepted, type Execution } from './execution.ts';
import type { GroupCommit } from './group-commit.ts';
import type { DueRow } from './senere-rows.ts';
import type { Steps } from './steps.ts';
import type { Store } from './store.ts';

/** So many are carried out and reported side by side. */
const BATCH = 64;
const INITIAL_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 30_000;
/** A report that takes longer counts as failed; reporting again is safe. */
const REPORT_TIMEOUT_MS = 30_000;
/** After trouble with the store itself. */
const STORE_RETRY_MS = 1000;
/** Of a command as text, for each fordring that it may name: roughly. */
const BYTES_PER_ROW = 50;

interface CarriedOut {
  readonly accepted: AcceptedCommand;
  readonly svar: Svar;
}

export class SenereQueue {
  readonly #store: Store;
  readonly #group: GroupCommit;
  readonly #execution: Execution;
  readonly #ports: DebitorsystemPorts;
  #timer: NodeJS.Timeout | undefined;
  #timerDue: Instant = Number.POSITIVE_INFINITY;
  #isPumping = false;
  #isRunning = false;

  constructor(store: Store, group: GroupCommit, execution: Execution, ports: DebitorsystemPorts) {
    this.#store = store;
    this.#group = group;
    this.#execution = execution;
    this.#ports = ports;
  }

  /** Begins with what is due, also from before a restart. */
  start(): void {
    this.#isRunning = true;
    this.#wakeForNext();
  }

  /** Reports that are under way are left; they are made again after the next start. */
  stop(): void {
    this.#isRunning = false;
    this.#clearTimer();
  }

  /** Something is due at the given instant. */
  wakeAt(due: Instant): void {
    // While the pump runs it looks for itself what is due, and sets the timer when it ends.
    if (!this.#isRunning || this.#isPumping || due >= this.#timerDue) return;
    this.#clearTimer();
    this.#timerDue = due;
    this.#timer = setTimeout(() => void this.#pump(), Math.max(0, due - this.#ports.now()));
    this.#timer.unref();
  }

  #clearTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerDue = Number.POSITIVE_INFINITY;
  }

  #wakeForNext(): void {
    const due = this.#store.senere.nextSenere();
    if (due !== undefined) this.wakeAt(due);
  }

  async #pump(): Promise<void> {
    this.#clearTimer();
    this.#isPumping = true;
    try {
      while (this.#isRunning) {
        // In line with the commands: one that is under way has not been accepted yet.
        const { due, next } = await this.#group.submit(() => this.#look());
        if (due.length > 0) {
          await Promise.all(due.map((row) => this.#advance(row)));
          continue;
        }
        this.#isPumping = false;
        if (next !== undefined) this.wakeAt(next);
        return;
      }
      this.#isPumping = false;
    } catch (error) {
      this.#isPumping = false;
      this.#log('simulator.senere.fejl', error);
      this.wakeAt(this.#ports.now() + STORE_RETRY_MS);
    }
  }

  #look(): { readonly due: readonly DueRow[]; readonly next: Instant | undefined } {
    const due = this.#store.senere.dueSenere(this.#ports.now(), BATCH);
    return { due, next: due.length > 0 ? undefined : this.#store.senere.nextSenere() };
  }

  /** Brings one as far as it comes now. Rejects only where the store fails. */
  async #advance(row: DueRow): Promise<void> {
    try {
      const { accepted, svar } = await this.#carryOut(row);
      if (!this.#isRunning) return;
      await this.#report(accepted, svar);
    } catch (error) {
      this.#log('simulator.svar.udskudt', error);
      if (this.#isRunning) await this.#postpone(row);
      return;
    }
    if (this.#isRunning) await this.#group.submit(() => this.#store.senere.markRapporteret(row.kommandoNr));
  }

  #carryOut({ kommandoNr, bytes }: DueRow): Promise<CarriedOut> {
    return this.#group.submitSteps(() => this.#carryOutSteps(kommandoNr), Math.ceil(Number(bytes) / BYTES_PER_ROW));
  }

  /** Read inside the transaction that carries it out: another process on the same store may have done so meanwhile. */
  *#carryOutSteps(kommandoNr: bigint): Steps<CarriedOut> {
    const row = this.#store.senere.findSenere(kommandoNr);
    if (row === undefined) throw new Error('det, der var accepteret til senere, er der ikke');
    const accepted = decodeAccepted(kommandoNr, row.kommando);
    if (row.svar !== null) return { accepted, svar: parseSvar(row.svar) };
    const svar = yield* this.#execution.carryOutAccepted(accepted, this.#ports.now());
    this.#store.senere.saveSvar(kommandoNr, encode(svar));
    return { accepted, svar };
  }

  async #report({ command }: AcceptedCommand, svar: Svar): Promise<void> {
    const { noegle, anmodningIdentifikator } = command;
    const receipt = await withTimeout(this.#ports.reportSvar({ noegle, anmodningIdentifikator }, svar));
    if (receipt.art === 'afvist') {
      this.#ports.log('simulator.svar.afvist', { kode: receipt.kode, anmodningIdentifikator });
    }
  }

  async #postpone({ kommandoNr, forsoeg }: DueRow): Promise<void> {
    const delayMs = Math.min(MAX_BACKOFF_MS, INITIAL_BACKOFF_MS * 2 ** Math.min(Number(forsoeg), 20));
    await this.#group.submit(() => this.#store.senere.postponeSvar(kommandoNr, this.#ports.now() + delayMs));
  }

  #log(event: string, error: unknown): void {
    this.#ports.log(event, { aarsag: error instanceof Error ? error.name : typeof error });
  }
}

async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('rapporteringen tog for lang tid')), REPORT_TIMEOUT_MS);
    timer.unref();
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}
