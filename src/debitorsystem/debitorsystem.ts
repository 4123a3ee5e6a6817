/**
 * Port: a debitorsystem. What a backend author implements; built-in implementations stand in `backends/`, what they all
 * must pass in `contract.ts`, and a guide of one page in docs/backends.md.
 *
 * A backend is one ES module whose default export is made by {@link defineDebitorsystem}. The adapter gives it one command
 * at a time per line (debitorkonto or customer), different lines side by side up to the declared concurrency, and asks for
 * one of two things to be thrown: {@link IkkeUdfoert} where it is certain that nothing was carried out, and anything else
 * where it is not. Types past this point are free of XML and of RabbitMQ.
 */
import type { Command } from '../domain/command.ts';
import type { Svarform } from '../domain/handling.ts';
import type { IdempotencyKey, Instant, Uuid } from '../domain/identer.ts';
import type { Svar, Udfald } from '../domain/udfald.ts';

// What an author meets in the port, so that one import is enough.
export type { Oere } from '../domain/beloeb.ts';
export {
  type Command,
  decodeCommand,
  encodeCommand,
  type HandlingCommand,
  type KontantIndbetalingCommand,
} from '../domain/command.ts';
export type { Fejl, Fejlliste } from '../domain/fejl.ts';
export type { Handling, HandlingParametre, KontoFordringer, Svarform } from '../domain/handling.ts';
export type { DebitorkontoId, FordringId, IdempotencyKey, Instant, KundeNummer, Uuid } from '../domain/identer.ts';
export type { FordringResultat, HandlingResultat, Svar, SvarStatusKode, Udfald } from '../domain/udfald.ts';

/**
 * The version of this contract, a whole number. A backend that speaks another one is refused at start. What only adds (an
 * optional field, an optional capability) keeps the number; what an existing backend would have to be changed for gets the
 * next one (docs/decisions/0012-debitorsystem-contract.md).
 */
export const CONTRACT_VERSION = 1;

/** What a backend can do. What it declares, the adapter relies on and the kit of `contract.ts` tests. */
export interface Capabilities {
  /**
   * The same idempotency key twice has one effect, and gives the same udfald, for at least five years and over restarts.
   * Lost outcomes are then settled by asking again.
   */
  readonly idempotent: boolean;
  /** `lookup` can tell what became of a key. Lost outcomes of a backend that is not idempotent are settled by it. */
  readonly opslag: boolean;
  /**
   * The svarformer it can answer with; both where left out. STRAKS: it can carry out at once (`udfoert`). SENERE: it can
   * answer `accepteretTilSenere` and report a svar. Without SENERE it is still given the catalogue's SENERE handlingstyper,
   * answers `udfoert`, and the fagsystem gets MODTAGET and the svar. Without STRAKS the adapter does not start while the
   * catalogue has a STRAKS handlingstype.
   */
  readonly svarformer?: readonly Svarform[];
  /** Commands that it can work on side by side; 1 to 1,000. From 2 on a quarter of them is kept for cash payments. */
  readonly concurrency: number;
}

/**
 * Thrown by a backend: it is certain that nothing was carried out, and that nothing will be.
 * Forbigaaende (transient): the adapter asks again with the same key, with backoff, up to `ADAPTER_MAX_ATTEMPTS`. Otherwise
 * the anmodning is answered FEJLET, for ever. Anything else that a backend throws leaves the anmodning in doubt.
 * Recognised by its name and its field, so a backend may carry a copy of its own.
 */
export class IkkeUdfoert extends Error {
  override readonly name = 'IkkeUdfoert';
  readonly forbigaaende: boolean;

  /** @param aarsag for operations, at most 500 characters; must not hold a CPR number (what is shaped like one is masked). */
  constructor(aarsag: string, options: { readonly forbigaaende: boolean; readonly cause?: unknown }) {
    super(aarsag, options.cause === undefined ? undefined : { cause: options.cause });
    this.forbigaaende = options.forbigaaende;
  }
}

/** The circumstances of one attempt. */
export interface ExecuteContext {
  /** Aborted at the deadline and at shutdown. What is answered after the deadline is ignored: the outcome counts as unknown. */
  readonly signal: AbortSignal;
  /** `ADAPTER_DISPATCH_TIMEOUT_MS` after the command was given. */
  readonly deadline: Instant;
  /** From 1. Above 1 the same key has been sent before. */
  readonly attempt: number;
  /** W3C trace context of the anmodning, where it had one. */
  readonly traceparent?: string;
}

/** Which command a svar belongs to. */
export interface SvarReference {
  /** The command's own `noegle`, where the backend kept it: it also says which fagsystem's anmodning is meant. */
  readonly noegle?: IdempotencyKey;
  readonly anmodningIdentifikator: Uuid;
}

/** What the adapter made of a reported svar. */
export type SvarReceipt =
  /** Recorded, now or by an earlier report of the same svar: it will be published. */
  | { readonly art: 'modtaget' }
  /** Refused for good (DA-301 to DA-304); reporting it again gives the same. */
  | { readonly art: 'afvist'; readonly kode: string };

/** What the adapter hands to a backend. */
export interface DebitorsystemPorts {
  /**
   * Reports the later result of a command that was accepted for later. Durable: when it resolves, the svar is recorded.
   * Reporting twice, before the udfald has been returned, or after a restart is safe.
   * @throws TypeError (as a rejection) naming what is wrong where it is no svar: do not report it again as it is.
   * Any other rejection: the adapter cannot record now; report again later.
   */
  readonly reportSvar: (reference: SvarReference, svar: Svar) => Promise<SvarReceipt>;
  readonly now: () => Instant;
  /** One event for operations, logged as `backend.<event>`. Fields must not hold a CPR number. */
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
}

/** A running backend. */
export interface Debitorsystem {
  /**
   * Carries out one command. The udfald is final once it is returned: what it says is durable by then.
   * Throw {@link IkkeUdfoert} where nothing was carried out for certain, anything else where that is not known.
   */
  execute(command: Command, context: ExecuteContext): Promise<Udfald>;
  /**
   * What became of a key; undefined: never seen, and it will not be carried out. Required with capability `opslag`.
   * Rejecting leaves the anmodning in doubt; it is asked again later.
   */
  lookup?(noegle: IdempotencyKey, signal: AbortSignal): Promise<Udfald | undefined>;
  /** Called once, before the first command, and settles within 60 seconds. Rejecting stops the adapter's start. */
  start?(): Promise<void>;
  /** Called once, when no command is running any more. Must settle within 10 seconds; then the process ends all the same. */
  stop?(): Promise<void>;
  /** Undefined where it is well, else why not, in Danish, for `/readyz`. Must answer within a second. */
  health?(): Promise<string | undefined>;
}

/** What a backend's module exports by default. */
export interface DebitorsystemDefinition<Config = unknown> {
  /** For people and for the log; 1 to 100 characters. */
  readonly name: string;
  /** The contract that the backend was written for: {@link CONTRACT_VERSION} as a number, so that a change is noticed. */
  readonly contract: number;
  /** JSON Schema (2020-12, or draft-07 where it says so) of `ADAPTER_BACKEND_CONFIG`; validated at start. */
  readonly configSchema: Readonly<Record<string, unknown>>;
  /**
   * What is wrong with a configuration that the schema lets through (a file that can't be read), in Danish; nothing where all
   * is well. Asked before anything is opened, so that it is told together with everything else. It must change nothing.
   */
  readonly configProblems?: (config: Config) => readonly string[];
  /** What it can do; a function where that depends on its configuration. */
  readonly capabilities: Capabilities | ((config: Config) => Capabilities);
  /** Makes a backend that is not started. The configuration has been validated. */
  readonly create: (config: Config, ports: DebitorsystemPorts) => Promise<Debitorsystem> | Debitorsystem;
}

/** Types a backend's definition; checks nothing, `load.ts` does. */
export function defineDebitorsystem<Config>(
  definition: DebitorsystemDefinition<Config>,
): DebitorsystemDefinition<Config> {
  return definition;
}
