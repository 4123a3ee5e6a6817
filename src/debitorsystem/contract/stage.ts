/**
 * Where the cases are played: the backend under test, the adapter's side of its ports, and what the adapter would do about
 * an unknown outcome. Every wait is bounded. One stage serves a whole run, so that a thousand cases cost one start.
 */
import assert from 'node:assert/strict';
import type { Oere } from '../../domain/beloeb.ts';
import type { Command, HandlingCommand } from '../../domain/command.ts';
import type { IdempotencyKey } from '../../domain/identer.ts';
import type { Svar, Udfald } from '../../domain/udfald.ts';
import type { Debitorsystem, ExecuteContext } from '../debitorsystem.ts';
import { isIkkeUdfoert, udfaldProblem } from '../udfald-contract.ts';
import { nedskrivning } from './commands.ts';
import { Postbox } from './postbox.ts';
import { type About, type KitSubject, SkipCase } from './subject.ts';
import type { KitKonto, KitWorld } from './world.ts';

export interface StageLimits {
  /** A command must be answered, one way or another, within this. */
  readonly answerMs: number;
  /** A svar must be reported within this. */
  readonly svarMs: number;
}

/** What came of asking, as the adapter would take it. */
export type Answer =
  | { readonly art: 'udfald'; readonly udfald: Udfald }
  /** IkkeUdfoert was thrown: it is certain that nothing was carried out. */
  | { readonly art: 'ikkeUdfoert'; readonly forbigaaende: boolean }
  /** Anything else was thrown. */
  | { readonly art: 'ukendt'; readonly kastet: string };

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 10_000;
/** Attempts at settling an unknown outcome. */
const MAX_ATTEMPTS = 5;
const PAUSE_MS = 50;

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

type Pool = 'aabne' | 'betalte' | 'kreditter' | 'tomme';

export class Stage {
  readonly about: About;
  readonly world: KitWorld;
  readonly postbox: Postbox;
  readonly #subject: KitSubject;
  readonly #limits: StageLimits;
  readonly #taken = new Map<Pool, number>();
  #backend: Debitorsystem | undefined;

  constructor(subject: KitSubject, world: KitWorld, limits: StageLimits) {
    const { idempotent, opslag, concurrency, svarformer = ['STRAKS', 'SENERE'] } = subject.capabilities;
    const { restarts, kill } = subject;
    this.about = { idempotent, opslag, concurrency, svarformer, restarts, kills: kill !== undefined, world };
    this.world = world;
    this.postbox = new Postbox();
    this.#subject = subject;
    this.#limits = limits;
  }

  // ---- the backend -----------------------------------------------------------------------------------------------------

  /** Opens the subject where it is not open. */
  async ready(): Promise<Debitorsystem> {
    this.#backend ??= await within('blev ikke klar', START_LIMIT_MS, this.#subject.open(this.postbox.ports));
    return this.#backend;
  }

  async close(): Promise<void> {
    if (this.#backend === undefined) return;
    this.#backend = undefined;
    await within('stop() blev ikke færdig', STOP_LIMIT_MS, this.#subject.close());
  }

  /** Stopped in good order, and started again. */
  async restart(): Promise<void> {
    await this.close();
    await this.ready();
  }

  /** Ended at once, and started again. Only for cases that need `kills`. */
  async killAndStart(): Promise<void> {
    this.#backend = undefined;
    assert.ok(this.#subject.kill !== undefined, 'kan ikke slås ihjel');
    await within('blev ikke slået ihjel', STOP_LIMIT_MS, this.#subject.kill());
    await this.ready();
  }

  async health(): Promise<unknown> {
    return (await this.ready()).health?.();
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

  // ---- commands --------------------------------------------------------------------------------------------------------

  /** Asks the backend once. An answer that breaks the contract, or none in time, fails the case. */
  async ask(command: Command, given: Partial<ExecuteContext> = {}): Promise<Answer> {
    const backend = await this.ready();
    const { answerMs } = this.#limits;
    this.postbox.expect(command);
    const controller = new AbortController();
    const context = { signal: controller.signal, deadline: Date.now() + answerMs, attempt: 1, ...given };
    try {
      const answered: unknown = await within('svarede ikke', answerMs, answerOf(backend, command, context));
      this.postbox.heard(answered);
      const udfald = udfaldProblem(answered, command);
      assert.ok(typeof udfald !== 'string', `svarede uden for kontrakten: ${String(udfald)}`);
      this.postbox.answered(command, udfald);
      return { art: 'udfald', udfald };
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      if (isIkkeUdfoert(error)) {
        this.postbox.heard(error.message);
        return { art: 'ikkeUdfoert', forbigaaende: error.forbigaaende };
      }
      return { art: 'ukendt', kastet: error instanceof Error ? error.name : typeof error };
    } finally {
      controller.abort();
    }
  }

  /** Asks once; anything but an udfald fails the case. */
  async execute(command: Command, given: Partial<ExecuteContext> = {}): Promise<Udfald> {
    const answer = await this.ask(command, given);
    if (answer.art === 'udfald') return answer.udfald;
    const what = answer.art === 'ukendt' ? `kastede ${answer.kastet}` : 'kastede IkkeUdfoert';
    return assert.fail(`${what}, hvor der skulle være svaret med et udfald`);
  }

  /** Asks until it is settled, as the adapter would: by the same key again, or by a look-up. */
  async settle(command: Command, first: Answer): Promise<Udfald> {
    let answer = first;
    for (let attempt = 2; attempt <= MAX_ATTEMPTS; attempt += 1) {
      if (answer.art === 'udfald') return answer.udfald;
      if (answer.art === 'ikkeUdfoert') assert.ok(answer.forbigaaende, 'kastede et permanent IkkeUdfoert');
      if (answer.art === 'ukendt' && !this.about.idempotent) {
        const found = await this.lookup(command);
        if (found !== undefined) return found;
      }
      answer = await this.ask(command, { attempt });
      if (answer.art !== 'udfald') await pause(PAUSE_MS);
    }
    return assert.fail(`gav intet udfald i ${MAX_ATTEMPTS} forsøg`);
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
    return within('lookup() svarede ikke', this.#limits.answerMs, found);
  }

  /** The svar that was reported to an accepted command, the first where there are more. */
  async svarTo(command: HandlingCommand): Promise<Svar> {
    const svar = await this.postbox.svarTo(command, this.#limits.svarMs);
    return svar ?? assert.fail(`intet svar inden ${this.#limits.svarMs} ms${this.postbox.complaint()}`);
  }

  /** Waits for something that a report of a svar sets off. */
  async reportTried(reported: Promise<void>): Promise<void> {
    await within(`svaret blev ikke rapporteret${this.postbox.complaint()}`, this.#limits.svarMs, reported);
  }

  /** Gives a command that must be accepted for later; a backend that answers it at once has nothing to test here. */
  async accept(command: HandlingCommand): Promise<void> {
    const udfald = await this.execute(command);
    if (udfald.art === 'udfoert') throw new SkipCase(`svarer ${command.handlingstype} med det samme`);
    assert.equal(udfald.art, 'accepteretTilSenere', `${command.handlingstype} blev ikke accepteret til senere`);
  }

  // ---- effects ---------------------------------------------------------------------------------------------------------

  /**
   * That a konto's one fordring owes exactly so much: one øre more can't be written down, and this can. It owes nothing
   * afterwards.
   */
  async assertRestbeloeb(konto: KitKonto, restbeloebOere: Oere, meaning: string): Promise<void> {
    const tooMuch = await this.execute(nedskrivning(this.world, konto, restbeloebOere + 1n));
    assert.equal(tooMuch.art, 'afvist', `${meaning}: der skyldes mere end ventet (virkningen mangler)`);
    const exact = await this.execute(nedskrivning(this.world, konto, restbeloebOere));
    assert.equal(
      exact.art,
      'udfoert',
      `${meaning}: der skyldes mindre end ventet (virkningen er sket mere end én gang)`,
    );
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
