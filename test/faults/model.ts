/**
 * The model layer: generated sequences of everything that can come from outside, in any order, played to a real flow over a
 * real ledger, and compared with a small model of what must come of it. fast-check shrinks what fails.
 */
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { SvarStatusKode } from '../../src/domain/udfald.ts';
import type { Choice } from './chosen-debitorsystem.ts';
import type { Evidence, Received } from './evidence.ts';
import { type Commit, InProcess } from './in-process.ts';
import { judge } from './judge.ts';
import type { LayerReport } from './report.ts';
import { type Lane, lanesFor, type Message } from './traffic.ts';
import { combine, type Verdict } from './verdict.ts';

export interface ModelOptions {
  readonly seed: number;
  readonly log: (line: string) => void;
  readonly sequences: number;
}

type Capability = 'idempotent' | 'opslag' | 'neither';

/** One thing that happens. Numbers choose among what there is at that moment, whatever that is. */
export type Move =
  | {
      readonly art: 'send';
      readonly what: 'straks' | 'senere' | 'kontant' | 'regelbrud' | 'ulaeselig' | 'falsk';
      readonly lane: number;
    }
  | { readonly art: 'gentag' | 'modsig'; readonly which: number }
  | { readonly art: 'answer'; readonly which: number; readonly choice: Choice }
  | { readonly art: 'svar'; readonly which: number; readonly status: SvarStatusKode }
  | { readonly art: 'earlySvar'; readonly which: number; readonly status: SvarStatusKode }
  | { readonly art: 'straySvar'; readonly which: number }
  | { readonly art: 'pass'; readonly seconds: number }
  | { readonly art: 'publish'; readonly fate: 'arrived' | 'lost' | 'returned' }
  | { readonly art: 'crash' }
  | { readonly art: 'crashAt'; readonly commit: Commit; readonly when: 'before' | 'after' };

const LANES = 3;
const which = fc.nat({ max: 20 });
const status = fc.constantFrom<SvarStatusKode[]>('GENNEMFOERT', 'AFVIST');
const choice = fc.constantFrom<Choice[]>(
  'udfoert',
  'udfoert',
  'udfoert',
  'afvist',
  'forbigaaende',
  'umuligt',
  'tabtFoer',
  'tabtEfter',
  'vroevl',
);

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      art: fc.constant('send'),
      what: fc.constantFrom('straks', 'straks', 'senere', 'senere', 'kontant', 'regelbrud', 'ulaeselig', 'falsk'),
      lane: fc.nat({ max: LANES - 1 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ art: fc.constantFrom('gentag', 'gentag', 'modsig'), which }) },
  { weight: 8, arbitrary: fc.record({ art: fc.constant('answer'), which, choice }) },
  { weight: 4, arbitrary: fc.record({ art: fc.constant('svar'), which, status }) },
  { weight: 2, arbitrary: fc.record({ art: fc.constant('earlySvar'), which, status }) },
  { weight: 1, arbitrary: fc.record({ art: fc.constant('straySvar'), which }) },
  { weight: 2, arbitrary: fc.record({ art: fc.constant('pass'), seconds: fc.integer({ min: 1, max: 120 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ art: fc.constant('publish'), fate: fc.constantFrom('arrived', 'lost', 'returned') }),
  },
  { weight: 2, arbitrary: fc.record({ art: fc.constant('crash') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      art: fc.constant('crashAt'),
      commit: fc.constantFrom<Commit[]>('record', 'settle', 'reportSvar', 'markPublished'),
      when: fc.constantFrom('before', 'after'),
    }),
  },
);

const MIN_MOVES = 4;
const MAX_MOVES = 24;
const moves = fc.array(move, { minLength: MIN_MOVES, maxLength: MAX_MOVES, size: 'max' });

const SENERE_KODE = 'OVERFOER_INDBETALING';

function isSenere({ content }: Message): boolean {
  return content.startsWith(SENERE_KODE);
}

/** A sequence on one world: the moves, and what the model says about each. */
class Sequence {
  readonly wrong: string[] = [];
  readonly #world: InProcess;
  readonly #lanes: readonly Lane[];
  /** What can be repeated and contradicted, with the lane that it came from. */
  readonly #sent: { readonly message: Message; readonly lane: Lane }[] = [];

  constructor(world: InProcess, lanes: readonly Lane[]) {
    this.#world = world;
    this.#lanes = lanes;
  }

  async make(one: Move): Promise<void> {
    const { debitorsystem } = this.#world;
    switch (one.art) {
      case 'send':
        this.#send(one.what, one.lane);
        break;
      case 'gentag':
      case 'modsig': {
        const earlier = this.#sent[this.#sent.length === 0 ? 0 : one.which % this.#sent.length];
        if (earlier !== undefined) this.#world.publish(earlier.lane[one.art](earlier.message));
        break;
      }
      case 'answer':
        debitorsystem.answer(one.which, one.choice);
        break;
      case 'svar':
        await this.#report(one.which, one.status);
        break;
      case 'earlySvar':
        await debitorsystem.reportEarly(one.which, one.status, this.#world.now).catch(() => undefined);
        break;
      case 'straySvar':
        await this.#reportStray(one.which);
        break;
      case 'pass':
        await this.#world.pass(one.seconds * 1000);
        break;
      case 'publish':
        if (one.fate === 'returned') for (const { fagsystem } of this.#lanes) this.#world.unbound.add(fagsystem);
        else {
          this.#world.unbound.clear();
          this.#world.unconfirmed.push(one.fate);
        }
        break;
      case 'crash':
        await this.#world.crash();
        break;
      case 'crashAt':
        this.#world.crashAt = { commit: one.commit, when: one.when };
        break;
    }
    await this.#world.quiet();
  }

  #send(what: Extract<Move, { art: 'send' }>['what'], number: number): void {
    const lane = this.#lanes[number % this.#lanes.length];
    if (lane === undefined) return;
    if (what === 'regelbrud' || what === 'ulaeselig' || what === 'falsk') {
      this.#world.publish(lane[what]());
      return;
    }
    const wishes = { straks: { kode: 'UDLIGN' }, senere: { kode: SENERE_KODE } } as const;
    const message = what === 'kontant' ? lane.indbetaling() : lane.handling(wishes[what]);
    this.#sent.push({ message, lane });
    this.#world.publish(message);
  }

  /** The first svar is taken; the same again is taken again; a different one is refused, for ever. */
  async #report(number: number, kode: SvarStatusKode): Promise<void> {
    const { debitorsystem, now } = this.#world;
    const accepted = [...debitorsystem.accepted.values()];
    const one = accepted[accepted.length === 0 ? 0 : number % accepted.length];
    if (one === undefined) return;
    const before = one.taken ? one.svar?.status : undefined;
    // Where the adapter died over it nobody knows what became of it.
    const receipt = await debitorsystem.report(one, kode, now).catch(() => undefined);
    if (receipt === undefined) return;
    const expected = before === undefined || before === kode ? 'modtaget' : 'afvist';
    if (receipt.art !== expected) this.wrong.push(`svar ${kode} after ${before ?? 'none'} was ${receipt.art}`);
  }

  /** A svar to what is answered at once, and so is owed none, is refused whatever has become of it. */
  async #reportStray(number: number): Promise<void> {
    const { debitorsystem, now } = this.#world;
    const straks = this.#sent.filter(({ message }) => message.art === 'handling' && !isSenere(message));
    const { message } = straks[straks.length === 0 ? 0 : number % straks.length] ?? {};
    if (message === undefined) return;
    const receipt = await debitorsystem.reportStray(message, now).catch(() => undefined);
    if (receipt?.art === 'modtaget') this.wrong.push(`${message.id}: a svar that nobody owed was taken`);
  }

  /** What the debitorsystem decided, against what the fagsystem was told. */
  compare(evidence: Evidence): void {
    const { debitorsystem } = this.#world;
    const done = new Set(evidence.effects.map(({ noegle }) => noegle.split(':').at(-1)));
    const waits = new Set(evidence.awaitingPerson);
    const told = new Map<string, Received[]>();
    for (const one of evidence.received) {
      if (one.id !== undefined && !one.conflict) told.set(one.id, [...(told.get(one.id) ?? []), one]);
    }
    for (const { message } of this.#sent) {
      if (message.art !== 'handling' || waits.size > 0) continue;
      const key = `handling:${message.fagsystem}:${message.id}`;
      const accepted = debitorsystem.accepted.get(key);
      const refused = debitorsystem.refused.has(key);
      const expected =
        accepted !== undefined ? 'MODTAGET' : done.has(message.id) ? 'ACCEPTERET' : refused ? 'AFVIST' : 'FEJLET';
      const answers = told.get(message.id) ?? [];
      const kode = answers.find(({ art }) => art === 'kvittering')?.kode;
      if (kode !== expected) this.wrong.push(`${message.id}: told ${kode ?? 'nothing'}, the model says ${expected}`);
      const svar = answers.find(({ art }) => art === 'svar')?.kode;
      if (svar !== accepted?.svar?.status)
        this.wrong.push(`${message.id}: svar ${svar ?? 'none'}, the model says ${accepted?.svar?.status ?? 'none'}`);
    }
  }
}

export interface Played {
  readonly verdict: Verdict;
  readonly wrong: readonly string[];
}

/** In memory where the system has such a folder: the model is about what is decided, and only waits for a disk. */
function memoryFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}

/** Worlds that are used for sequence after sequence, so that a ledger need not be made for each. */
class Worlds {
  readonly #folder = mkdtempSync(join(memoryFolder(), 'debitor-adapter-model-'));
  readonly #registryPath = join(import.meta.dirname, '..', 'fixtures', 'registry.json');
  readonly #open = new Map<Capability, InProcess>();
  #made = 0;
  #sequences = 0;

  async play(capability: Capability, sequence: readonly Move[], seed: number): Promise<Played> {
    // One that can settle no doubt is left with work that waits for a person, so it is used once.
    const world = this.#open.get(capability) ?? (await this.#make(capability));
    this.#open.delete(capability);
    this.#sequences += 1;
    const played = new Sequence(world, lanesFor(seed, `model-${this.#sequences}`, LANES));
    for (const one of sequence) await played.make(one);
    await world.rest();
    const evidence = await world.evidence();
    played.compare(evidence);
    const verdict = judge(evidence, { requireRedeliveries: false });
    world.forget();
    if (verdict.awaitingPerson > 0 || !verdict.ok || played.wrong.length > 0) await world.stop();
    else this.#open.set(capability, world);
    return { verdict, wrong: played.wrong };
  }

  async close(): Promise<void> {
    for (const world of this.#open.values()) await world.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #make(capability: Capability): Promise<InProcess> {
    this.#made += 1;
    const ledgerPath = join(this.#folder, `${this.#made}.db`);
    const world = new InProcess({ ledgerPath, registryPath: this.#registryPath, capabilities: capability });
    await world.start();
    return world;
  }
}

const capability = fc.constantFrom<Capability[]>('idempotent', 'opslag', 'neither');
const PROGRESS_EVERY = 500;
/** For shrinking what fails, too, which can take long where it fails by never coming to rest. */
const LIMIT_PER_SEQUENCE_MS = 120;
const LIMIT_MS = 60_000;

export async function runModel(options: ModelOptions): Promise<LayerReport> {
  const startedAt = performance.now();
  const { seed, log, sequences } = options;
  const limitMs = LIMIT_MS + sequences * LIMIT_PER_SEQUENCE_MS;
  const worlds = new Worlds();
  const verdicts: Verdict[] = [];
  let played = 0;
  let made = 0;
  try {
    const outcome = await fc.check(
      fc.asyncProperty(capability, moves, async (able, sequence) => {
        const { verdict, wrong } = await worlds.play(able, sequence, seed);
        played += 1;
        made += sequence.length;
        if (played % PROGRESS_EVERY === 0) log(`model: ${played} af ${sequences} forløb`);
        if (verdict.ok && wrong.length === 0) verdicts.push({ ...verdict, findings: [] });
        else throw new Error([...wrong, ...verdict.findings].join('; '));
      }),
      { seed, numRuns: sequences, interruptAfterTimeLimit: limitMs, markInterruptAsFailure: true },
    );
    const interrupted = outcome.interrupted ? [`afbrudt efter ${outcome.numRuns} forløb: det varede for længe`] : [];
    const problems = outcome.failed
      ? [
          `modeksempel: ${JSON.stringify(outcome.counterexample)}`,
          `sti ${outcome.counterexamplePath ?? '-'}`,
          String(outcome.errorInstance),
          ...interrupted,
        ]
      : [];
    return {
      layer: 'model',
      seed,
      verdict: combine(verdicts, { requireRedeliveries: true }),
      counts: { forløb: outcome.numRuns, 'hændelser i dem': made },
      problems,
      durationMs: performance.now() - startedAt,
    };
  } finally {
    await worlds.close();
  }
}
