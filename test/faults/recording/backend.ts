/**
 * A debitorsystem that does nothing but keep books of what it was asked to do, badly behaved on request: by a share of the
 * commands, or by a word in AarsagTekst. The three modules beside it give it three sets of capabilities.
 */
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Capabilities,
  CONTRACT_VERSION,
  type Debitorsystem,
  type DebitorsystemDefinition,
  type DebitorsystemPorts,
  defineDebitorsystem,
  type ExecuteContext,
  IkkeUdfoert,
} from '../../../src/debitorsystem/debitorsystem.ts';
import type { Command } from '../../../src/domain/command.ts';
import type { IdempotencyKey, Uuid } from '../../../src/domain/identer.ts';
import type { Svar, Udfald } from '../../../src/domain/udfald.ts';
import { shareOf } from '../seeded.ts';
import { openRecordingStore, type RecordingStore, type Unreported } from './store.ts';

export interface RecordingConfig {
  /** The SQLite file with its books. */
  readonly store: string;
  /** The longest that a command takes; each takes its own part of it. */
  readonly maxDelayMs: number;
  /** From accepting for later until the svar is reported. */
  readonly senereDelayMs: number;
  /** Of a hundred attempts, so many are refused as transient before anything is carried out. */
  readonly transientPercent: number;
  /** So many are carried out, and then the answer is lost in an error. */
  readonly lostPercent: number;
  /** So many are carried out and never answered. */
  readonly silentPercent: number;
  /** While this file is there it is down: half of the commands are refused as transient, of the others nobody knows. */
  readonly down?: string;
}

/**
 * What AarsagTekst can ask for at the first attempt: a transient fault; carried out and the answer lost, never given, or
 * against the contract; refused; certainly never to be carried out; the svar before the udfald; a second, different svar.
 */
export type Script = 'forbigaaende' | 'tabt' | 'tavs' | 'vroevl' | 'afvist' | 'umuligt' | 'tidligt' | 'andetsvar';

export const SCRIPT_PREFIX = 'proeve:';

const REPORT_EVERY_MS = 50;
const REPORT_BATCH = 50;
/** Of a hundred later results, so many are reported twice, and so many commands are carried out at once after all. */
const REPORTED_TWICE_PERCENT = 10;
const AT_ONCE_PERCENT = 5;

const number = { type: 'number', minimum: 0 };
const CONFIG_SCHEMA = {
  type: 'object',
  required: ['store', 'maxDelayMs', 'senereDelayMs', 'transientPercent', 'lostPercent', 'silentPercent'],
  additionalProperties: false,
  properties: {
    store: { type: 'string' },
    maxDelayMs: number,
    senereDelayMs: number,
    transientPercent: number,
    lostPercent: number,
    silentPercent: number,
    down: { type: 'string' },
  },
};

function scriptOf(command: Command): string | undefined {
  const text = command.art === 'handling' ? command.parametre.aarsagTekst : undefined;
  return text?.startsWith(SCRIPT_PREFIX) ? text.slice(SCRIPT_PREFIX.length) : undefined;
}

function svarFor({ at }: Unreported): Svar {
  return { status: 'GENNEMFOERT', tid: at, begrundelse: 'Udført' };
}

class RecordingDebitorsystem implements Debitorsystem {
  readonly #config: RecordingConfig;
  readonly #ports: DebitorsystemPorts;
  readonly #capabilities: Capabilities;
  readonly #store: RecordingStore;
  #timer: NodeJS.Timeout | undefined;
  #reporting: Promise<void> | undefined;
  #stopped = false;
  /** Later results of which a different one is reported too. */
  readonly #contradicted = new Set<string>();

  constructor(config: RecordingConfig, ports: DebitorsystemPorts, capabilities: Capabilities) {
    this.#config = config;
    this.#ports = ports;
    this.#capabilities = capabilities;
    this.#store = openRecordingStore(config.store);
  }

  async execute(command: Command, context: ExecuteContext): Promise<Udfald> {
    const { noegle } = command;
    if (this.#isDown()) {
      if (shareOf(`${noegle} ${context.attempt} down`) < 0.5) throw new Error('prøve: nede');
      throw new IkkeUdfoert('prøve: nede', { forbigaaende: true });
    }
    const fault = this.#faultOf(command, context.attempt);
    const delayMs = shareOf(`${noegle} ${context.attempt} delay`) * this.#config.maxDelayMs;
    await this.#pause(delayMs / 2, context.signal);
    if (fault === 'forbigaaende') throw new IkkeUdfoert('prøve: forbigående', { forbigaaende: true });
    if (fault === 'umuligt') throw new IkkeUdfoert('prøve: umuligt', { forbigaaende: false });
    if (fault === 'afvist') return { art: 'afvist', fejl: [{ kode: 'PROEVE', tekst: 'Prøven afviser' }] };
    if (context.signal.aborted || this.#ports.now() > context.deadline) {
      // Whoever asked has given up by now, and may be asking again.
      throw new IkkeUdfoert('prøve: for sent', { forbigaaende: true });
    }
    const known = this.#capabilities.idempotent ? this.#store.effectOf(noegle) : undefined;
    const seq = known ?? this.#carryOut(command);
    if (fault === 'tidligt')
      await this.#report({ noegle, anmodning: idOf(command), at: this.#store.senereAt(noegle) ?? 0 });
    if (fault === 'andetsvar') this.#contradicted.add(noegle);
    if (fault === 'tabt') throw new Error('prøve: svaret gik tabt');
    if (fault === 'tavs') await new Promise<never>(() => undefined);
    if (fault === 'vroevl') return { art: 'maaske' } as unknown as Udfald;
    await this.#pause(delayMs / 2, context.signal);
    return this.#udfald(command, seq);
  }

  lookup(noegle: IdempotencyKey): Promise<Udfald | undefined> {
    const seq = this.#store.effectOf(noegle);
    return Promise.resolve(seq === undefined ? undefined : this.#udfaldOfSeq(noegle, seq));
  }

  async health(): Promise<string | undefined> {
    return this.#isDown() ? 'prøve: nede' : undefined;
  }

  #isDown(): boolean {
    const { down } = this.#config;
    return down !== undefined && existsSync(down);
  }

  async start(): Promise<void> {
    this.#timer = setInterval(() => {
      this.#reporting ??= this.#reportDue().finally(() => {
        this.#reporting = undefined;
      });
    }, REPORT_EVERY_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#store.close();
  }

  #faultOf(command: Command, attempt: number): string | undefined {
    const script = scriptOf(command);
    if (script !== undefined) return attempt === 1 ? script : undefined;
    const { transientPercent, lostPercent, silentPercent } = this.#config;
    const drawn = shareOf(`${command.noegle} ${attempt} fault`) * 100;
    if (drawn < transientPercent) return 'forbigaaende';
    if (drawn < transientPercent + lostPercent) return 'tabt';
    return drawn < transientPercent + lostPercent + silentPercent ? 'tavs' : undefined;
  }

  #carryOut(command: Command): number {
    const now = this.#ports.now();
    const later = isLater(command, command.noegle) ? now + this.#config.senereDelayMs : undefined;
    return this.#store.carryOut(command, command.noegle, now, later);
  }

  #udfald(command: Command, seq: number): Udfald {
    return isLater(command, command.noegle) ? { art: 'accepteretTilSenere' } : carriedOut(seq);
  }

  /** A look-up has the key alone; whether it was accepted for later stands in the books. */
  #udfaldOfSeq(noegle: string, seq: number): Udfald {
    return this.#store.isOwed(noegle) ? { art: 'accepteretTilSenere' } : carriedOut(seq);
  }

  async #pause(delayMs: number, signal: AbortSignal): Promise<void> {
    if (delayMs >= 1) await pause(delayMs, undefined, { signal }).catch(() => undefined);
  }

  async #reportDue(): Promise<void> {
    const due = this.#store.dueSvar(this.#ports.now(), REPORT_BATCH);
    await Promise.all(
      due.map(async (one) => {
        if (shareOf(`${one.noegle} twice`) * 100 < REPORTED_TWICE_PERCENT) await this.#report(one);
        await this.#report(one);
      }),
    );
  }

  /** Not taken is not reported: it is tried again at the next tick, also after a restart. */
  async #report(one: Unreported): Promise<void> {
    const reference = { noegle: one.noegle as IdempotencyKey, anmodningIdentifikator: one.anmodning as Uuid };
    const svar = svarFor(one);
    try {
      const receipt = await this.#ports.reportSvar(reference, svar);
      if (this.#contradicted.delete(one.noegle)) await this.#ports.reportSvar(reference, { ...svar, status: 'AFVIST' });
      if (!this.#stopped) this.#store.reported(one.noegle, receipt.art === 'modtaget');
    } catch {
      // The adapter can't record now.
    }
  }
}

function idOf(command: Command): string {
  return command.art === 'handling' ? command.anmodningIdentifikator : command.transaktionsId;
}

function carriedOut(seq: number): Udfald {
  return { art: 'udfoert', resultat: { debitorsystemReference: `REF-${seq}`, fordringer: [] } };
}

/** Some of what could be later is carried out at once, always the same ones. */
function isLater(command: Command, noegle: string): boolean {
  if (command.art !== 'handling' || command.svarform !== 'SENERE') return false;
  return scriptOf(command) !== undefined || shareOf(`${noegle} at once`) * 100 >= AT_ONCE_PERCENT;
}

export function recordingDefinition(
  name: string,
  capabilities: Capabilities,
): DebitorsystemDefinition<RecordingConfig> {
  return defineDebitorsystem<RecordingConfig>({
    name,
    contract: CONTRACT_VERSION,
    configSchema: CONFIG_SCHEMA,
    capabilities,
    create(config, ports): Debitorsystem {
      const made = new RecordingDebitorsystem(config, ports, capabilities);
      const { lookup } = made;
      return {
        execute: (command, context) => made.execute(command, context),
        start: () => made.start(),
        health: () => made.health(),
        stop: () => made.stop(),
        ...(capabilities.opslag ? { lookup: lookup.bind(made) } : {}),
      };
    },
  });
}
