/**
 * Port: a debitorsystem. What a backend author implements; built-in implementations stand in `backends/`.
 *
 * A backend is one ES module whose default export is made by {@link defineDebitorsystem}. The adapter asks it to carry out
 * one command at a time per line (debitorkonto or customer), different lines side by side up to the declared concurrency.
 */
import type { Command } from '../domain/command.ts';
import type { IdempotencyKey, Instant, Uuid } from '../domain/identer.ts';
import type { Svar, Udfald } from '../domain/udfald.ts';

/** The version of this contract. A backend that speaks another major version is refused at start. */
export const CONTRACT_VERSION = 1;

export interface Capabilities {
  /** The same idempotency key twice has one effect, and gives the same udfald. Lost outcomes are then settled by asking again. */
  readonly idempotent: boolean;
  /** `lookup` can tell what became of a key. */
  readonly opslag: boolean;
  /** Commands that it can work on side by side; 1 to 1,000. */
  readonly concurrency: number;
}

/**
 * Thrown by a backend: it is certain that nothing was carried out.
 * Forbigående (transient): the adapter asks again, with backoff. Otherwise the anmodning is answered FEJLET, for ever.
 * Anything else that a backend throws leaves the anmodning in doubt.
 */
export class IkkeUdfoert extends Error {
  override readonly name = 'IkkeUdfoert';
  readonly forbigaaende: boolean;

  /** @param aarsag for operations; must not hold a CPR number. */
  constructor(aarsag: string, options: { readonly forbigaaende: boolean; readonly cause?: unknown }) {
    super(aarsag, options.cause === undefined ? undefined : { cause: options.cause });
    this.forbigaaende = options.forbigaaende;
  }
}

export interface ExecuteContext {
  /** Aborted at the deadline and at shutdown. What is answered after the deadline is ignored: the outcome counts as unknown. */
  readonly signal: AbortSignal;
  readonly deadline: Instant;
  /** From 1. Above 1 the same key has been sent before. */
  readonly attempt: number;
  /** W3C trace context of the anmodning, where it had one. */
  readonly traceparent?: string;
}

/** Which command a svar belongs to. */
export interface SvarReference {
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
   * Reporting twice, before the udfald has been returned, or after a restart is safe. Rejects where the adapter cannot
   * record now; report again later.
   */
  readonly reportSvar: (reference: SvarReference, svar: Svar) => Promise<SvarReceipt>;
  readonly now: () => Instant;
  /** One event for operations. Fields must not hold a CPR number. */
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
}

/** A running backend. */
export interface Debitorsystem {
  /** Carries out one command. Throw {@link IkkeUdfoert} where nothing was carried out for certain. */
  execute(command: Command, context: ExecuteContext): Promise<Udfald>;
  /** What became of a key; undefined: never seen, and it will not be carried out. Required with capability `opslag`. */
  lookup?(noegle: IdempotencyKey, signal: AbortSignal): Promise<Udfald | undefined>;
  /** Called once, before the first command. Rejecting stops the adapter's start. */
  start?(): Promise<void>;
  /** Called once, when no command is running any more. Must settle within 10 seconds. */
  stop?(): Promise<void>;
  /** Undefined where it is well, else why not, for `/readyz`. Must answer within a second. */
  health?(): Promise<string | undefined>;
}

export interface DebitorsystemDefinition<Config = unknown> {
  readonly name: string;
  readonly contract: number;
  /** JSON Schema of `ADAPTER_BACKEND_CONFIG`; validated at start. */
  readonly configSchema: Readonly<Record<string, unknown>>;
  readonly capabilities: Capabilities;
  readonly create: (config: Config, ports: DebitorsystemPorts) => Promise<Debitorsystem> | Debitorsystem;
}

/** Types a backend's definition; checks nothing, `load.ts` does. */
export function defineDebitorsystem<Config>(
  definition: DebitorsystemDefinition<Config>,
): DebitorsystemDefinition<Config> {
  return definition;
}
