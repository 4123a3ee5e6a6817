/**
 * Where the cases are played: the backend under test, the adapter's side of its ports, and what the adapter would do about
 * an unknown outcome. Every wait is bounded. One stage serves a whole run, so that a thousand cases cost one start.
 */
import assert from 'node:assert/strict';
import type { Oere } from '../../domain/beloeb.ts';
import type { Command, HandlingCommand } from '../../domain/command.ts';
import type { DebitorkontoId, IdempotencyKey } from '../../domain/identer.ts';
import type { Svar, Udfald } from '../../domain/udfald.ts';
import type { Debitorsystem, ExecuteContext } from '../debitorsystem.ts';
import { textOf } from '../guarded.ts';
import { isIkkeUdfoert, udfaldProblem } from '../udfald-contract.ts';
import { type Answer, Unanswered, whatWasThrown } from './answer.ts';
import type { Fremmed } from './fremmed.ts';
import { type BackendEnded, Life } from './life.ts';
import { assertArt } from './outcomes.ts';
import type { Stream } from './output.ts';
import { Postbox } from './postbox.ts';
import { type About, type KitSubject, SkipCase } from './subject.ts';
import type { KitKonto, KitKunde, KitWorld, Pool } from './world.ts';

export interface StageLimits {
  /** A command must be answered, one way or another, within this. */
  readonly answerMs: number;
  /** A svar must be reported within this. */
  readonly svarMs: number;
}

/** A command, and what came of it. */
export interface Settled {
  readonly command: Command;
  readonly udfald: Udfald;
}

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 10_000;
/** Attempts at settling an unknown outcome. */
const MAX_ATTEMPTS = 5;
const PAUSE_MS = 50;
/** After so many in a row the next svar is waited for a tenth of the time. */
const MAX_LOST_SVAR = 3;
/** Longer than a command that prints it may take. */
const SALDO_LIMIT_MS = 15_000;

export async function within<T>(what: string, limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new assert.AssertionError({ message: `${what} inden ${limitMs} ms` })), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export class Stage {
  readonly about: About;
  readonly world: KitWorld;
  readonly postbox: Postbox;
  readonly #subject: KitSubject;
  readonly #limits: StageLimits;
  readonly #taken = new Map<Pool, number>();
  /** The first key that was used on each debitorkonto. */
  readonly #firstOn = new Map<DebitorkontoId, IdempotencyKey>();
  /** Svar that never came, since the last that did. */
  #lostInRow = 0;
  #backend: Debitorsystem | undefined;
  #life: Life | undefined;
  #hasBroken = false;
  #first: Settled | undefined;

  constructor(subject: KitSubject, world: KitWorld, limits: StageLimits) {
    const { idempotent, opslag, concurrency, svarformer = ['STRAKS', 'SENERE'] } = subject.capabilities;
    const { restarts, kill, saldo, fremmed } = subject;
    const known = fremmed?.auth === undefined ? {} : { auth: fremmed.auth };
    const can = { restarts, kills: kill !== undefined, saldo: saldo !== undefined };
    this.about = { idempotent, opslag, concurrency, svarformer, ...can, world, ...known };
    this.world = world;
    this.postbox = new Postbox();
    this.#subject = subject;
    this.#limits = limits;
  }

  // ---- the backend -----------------------------------------------------------------------------------------------------

  /**
   * Opens the subject where it is not open.
   * @throws BackendEnded where it was opened, and has ended by itself since; `close` makes it ready to be opened again.
   */
  async ready(): Promise<Debitorsystem> {
    if (this.#life?.ended !== undefined) throw this.#life.ended;
    if (this.#backend === undefined) {
      this.#backend = await within('blev ikke klar', START_LIMIT_MS, this.#subject.open(this.postbox.ports));
      this.#life = new Life(this.#subject, () => this.postbox.giveUp());
    }
    return this.#backend;
  }

  async close(): Promise<void> {
    if (this.#backend === undefined) return;
    this.#forget();
    await within('stop() blev ikke færdig', STOP_LIMIT_MS, this.#subject.close());
  }

  /** Stopped in good order, and started again. */
  async restart(): Promise<void> {
    await this.close();
    await this.ready();
  }

  /** Ended at once, and started again. Only for cases that need `kills`. */
  async killAndStart(): Promise<void> {
    this.#forget();
    assert.ok(this.#subject.kill !== undefined, 'kan ikke slås ihjel');
    await within('blev ikke slået ihjel', STOP_LIMIT_MS, this.#subject.kill());
    await this.ready();
  }

  /** Somebody who is not the adapter; undefined where the backend is not reached over a network. */
  get fremmed(): Fremmed | undefined {
    return this.#subject.fremmed;
  }

  async health(): Promise<unknown> {
    const backend = await this.ready();
    return this.#during(Promise.resolve(backend.health?.()));
  }

  /** How the backend has ended by itself; undefined where it runs, or where that can't be seen. */
  get ended(): BackendEnded | undefined {
    return this.#life?.ended;
  }

  /** The same, where it may be about to be seen. */
  async endedWithin(limitMs: number): Promise<BackendEnded | undefined> {
    const life = this.#life;
    if (this.#subject.ended === undefined || life === undefined) return undefined;
    await within('', limitMs, life.during(new Promise(() => undefined))).catch(() => undefined);
    return life.ended;
  }

  /** A new case: what the backend did and wrote before is not about it. */
  begin(): void {
    this.#hasBroken = false;
    this.lastErrors();
  }

  /** Whether the backend has given no answer to something in this case, which may be the first sign of its end. */
  get hasBroken(): boolean {
    return this.#hasBroken;
  }

  /** What the backend has written as errors since this was asked last. */
  lastErrors(): string {
    return this.#subject.lastErrors?.() ?? '';
  }

  /** How often which stream of its processes held what must not stand there; undefined where that can't be seen. */
  get written(): ReadonlyMap<Stream, number> | undefined {
    return this.#subject.output?.found;
  }

  #forget(): void {
    this.#life?.release();
    this.#backend = undefined;
    this.#life = undefined;
  }

  #during<T>(work: Promise<T>): Promise<T> {
    return this.#life?.during(work) ?? work;
  }

  // ---- the world -------------------------------------------------------------------------------------------------------

  /** A debitorkonto that no case of this run has used. */
  take(pool: Pool): KitKonto {
    const index = this.#taken.get(pool) ?? 0;
    this.#taken.set(pool, index + 1);
    const konto = this.world[pool][index];
    assert.ok(konto !== undefined, `kittets verden har ikke nok i ${pool}: der skal være mindst ${index + 1}`);
    return konto;
  }

  #used(command: Command): void {
    if (command.art !== 'handling' || !('debitorkonto' in command.handling)) return;
    const { debitorkonto } = command.handling;
    if (!this.#firstOn.has(debitorkonto)) this.#firstOn.set(debitorkonto, command.noegle);
  }

  /** Whether no other command had named the debitorkonto before; of those that move between two nothing is known. */
  isFirstOn(debitorkonto: DebitorkontoId, { noegle }: Command): boolean {
    return this.#firstOn.get(debitorkonto) === noegle;
  }

  // ---- commands --------------------------------------------------------------------------------------------------------

  /** Asks the backend once. An answer that breaks the contract, or none in time, fails the case. */
  async ask(command: Command, given: Partial<ExecuteContext> = {}): Promise<Answer> {
    const backend = await this.ready();
    const { answerMs } = this.#limits;
    this.postbox.expect(command);
    this.#used(command);
    const controller = new AbortController();
    const context = { signal: controller.signal, deadline: Date.now() + answerMs, attempt: 1, ...given };
    const asked = answerOf(backend, command, context);
    try {
      const answered: unknown = await within('svarede ikke', answerMs, this.#during(asked));
      this.postbox.heard(answered);
      const udfald = udfaldProblem(answered, command);
      assert.ok(typeof udfald !== 'string', `svarede uden for kontrakten: ${String(udfald)}`);
      this.postbox.answered(command, udfald);
      this.#first ??= { command, udfald };
      return { art: 'udfald', udfald };
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      this.#hasBroken = true;
      if (isIkkeUdfoert(error)) {
        this.postbox.heard(error.message);
        return { art: 'ikkeUdfoert', forbigaaende: error.forbigaaende, aarsag: textOf(error) };
      }
      return { art: 'ukendt', kastet: error instanceof Error ? `${error.name}: ${textOf(error)}` : typeof error };
    } finally {
      controller.abort();
    }
  }

  /** The first command of the run that got an udfald. */
  get first(): Settled | undefined {
    return this.#first;
  }

  /** Asks once; anything but an udfald fails the case. */
  async execute(command: Command, given: Partial<ExecuteContext> = {}): Promise<Udfald> {
    const answer = await this.ask(command, given);
    if (answer.art === 'udfald') return answer.udfald;
    throw new Unanswered(command, answer);
  }

  /** Asks until it is settled, as the adapter would: by the same key again, or by a look-up. */
  async settle(command: Command, first: Answer): Promise<Udfald> {
    let answer = first;
    for (let attempt = 2; attempt <= MAX_ATTEMPTS; attempt += 1) {
      if (answer.art === 'udfald') return answer.udfald;
      if (answer.art === 'ikkeUdfoert') assert.ok(answer.forbigaaende, `${whatWasThrown(answer)} som permanent`);
      if (answer.art === 'ukendt' && !this.about.idempotent) {
        const found = await this.lookup(command);
        if (found !== undefined) return found;
      }
      answer = await this.ask(command, { attempt });
      if (answer.art !== 'udfald') await pause(PAUSE_MS);
    }
    const last = answer.art === 'udfald' ? '' : `; sidst: ${whatWasThrown(answer)}`;
    return assert.fail(`gav intet udfald i ${MAX_ATTEMPTS} forsøg${last}`);
  }

  async lookup({ noegle, ...command }: Command): Promise<Udfald | undefined> {
    const found = await this.lookupKey(noegle);
    if (found === undefined) return undefined;
    const udfald = udfaldProblem(found, { noegle, ...command } as Command);
    assert.ok(typeof udfald !== 'string', `lookup() svarede uden for kontrakten: ${String(udfald)}`);
    return udfald;
  }

  async lookupKey(noegle: IdempotencyKey): Promise<unknown> {
    const backend = await this.ready();
    assert.ok(backend.lookup !== undefined, 'lookup() mangler');
    const found = backend.lookup(noegle, new AbortController().signal);
    return within('lookup() svarede ikke', this.#limits.answerMs, this.#during(found));
  }

  /** The svar that was reported to an accepted command, the first where there are more. */
  async svarTo(command: HandlingCommand): Promise<Svar> {
    const limitMs = this.#svarLimitMs;
    const svar = await this.#during(this.postbox.svarTo(command, limitMs));
    if (svar === undefined) throw this.#noSvar(command, limitMs);
    this.#lostInRow = 0;
    return svar;
  }

  /** Waits for something that a report of the command's svar sets off. */
  async reportTried(command: HandlingCommand, reported: Promise<void>): Promise<void> {
    const limitMs = this.#svarLimitMs;
    try {
      await within('svaret blev ikke meldt', limitMs, this.#during(reported));
      this.#lostInRow = 0;
    } catch (error) {
      throw this.ended === undefined ? this.#noSvar(command, limitMs) : error;
    }
  }

  /** A backend that never reports must not make a run of it that lasts for ever. */
  get #svarLimitMs(): number {
    const { svarMs } = this.#limits;
    return this.#lostInRow < MAX_LOST_SVAR ? svarMs : Math.ceil(svarMs / 10);
  }

  #noSvar(command: HandlingCommand, limitMs: number): assert.AssertionError {
    const isShort = limitMs < this.#limits.svarMs;
    const short = isShort ? ` (ventetiden er sat ned, fordi ${this.#lostInRow} svar i træk er udeblevet)` : '';
    this.#lostInRow += 1;
    const message = `intet svar på ${command.handlingstype} inden ${limitMs} ms${short}${this.postbox.whyNone(command)}`;
    return new assert.AssertionError({ message });
  }

  /** Gives a command that must be accepted for later; a backend that answers it at once has nothing to test here. */
  async accept(command: HandlingCommand): Promise<void> {
    const udfald = await this.execute(command);
    if (udfald.art === 'udfoert') throw new SkipCase(`svarer ${command.handlingstype} med det samme`);
    assertArt(udfald, 'accepteretTilSenere', command.handlingstype);
  }

  // ---- effects ---------------------------------------------------------------------------------------------------------

  /** What a customer's cash payments have come to. Only for cases that need `saldo`. */
  async saldo(kunde: KitKunde): Promise<Oere> {
    const { saldo } = this.#subject;
    assert.ok(saldo !== undefined, 'kundens saldo kan ikke ses');
    const said: unknown = await within('kundens saldo kom ikke', SALDO_LIMIT_MS, saldo(kunde));
    return typeof said === 'bigint' ? said : assert.fail('saldo() gav ikke hele øre i en bigint');
  }
}

/** A backend that throws at once is one that rejects. */
async function answerOf(backend: Debitorsystem, command: Command, context: ExecuteContext): Promise<unknown> {
  return backend.execute(command, context);
}

export function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });
}
