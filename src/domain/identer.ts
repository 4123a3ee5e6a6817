/**
 * Identifiers, as types that cannot be mixed up. Parsing happens at the border (`oio/`, `config.ts`); here they are only
 * named. What can hold a CPR number is a class whose printing is masked; its text is had by calling `reveal()` alone.
 */

declare const brand: unique symbol;
type Brand<Name extends string> = string & { readonly [brand]: Name };

/** A fagsystem's id in the registry: 1 to 40 of `a-z 0-9 -`; also its AMQP user name and its routing key word. */
export type FagsystemId = Brand<'FagsystemId'>;
/** A debitorsystem's id in the registry; same form as {@link FagsystemId}. */
export type DebitorsystemId = Brand<'DebitorsystemId'>;
/** A CVR number: eight digits. Never checked with modulus 11 (the authorities' own test numbers fail it). */
export type Cvr = Brand<'Cvr'>;
/** A UUID in lower case. */
export type Uuid = Brand<'Uuid'>;
/** The fagsystem's own name of a debitorkonto, 1 to 50 characters. */
export type DebitorkontoId = Brand<'DebitorkontoId'>;
/** The fagsystem's own name of a fordring, 1 to 50 characters. */
export type FordringId = Brand<'FordringId'>;
/** Identifies the conversation, 1 to 100 characters: the same in an anmodning and in all its answers. */
export type TransaktionsId = Brand<'TransaktionsId'>;
/** A code of the catalogue of handlingstyper, 1 to 50 characters. */
export type HandlingTypeKode = Brand<'HandlingTypeKode'>;
/** A calendar date, `YYYY-MM-DD`, in Europe/Copenhagen where it was derived from an instant. */
export type Dato = Brand<'Dato'>;
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;
/**
 * Names one command for ever, over restarts and redeliveries: what a debitorsystem uses to recognise a repeated command.
 * Opaque, at most 200 characters of `A-Z a-z 0-9 : . _ -`, and free of CPR numbers.
 */
export type IdempotencyKey = Brand<'IdempotencyKey'>;

const MASK = '**********';

/**
 * A customer's number in a cash payment: CVR, SE or AKR number, or a CPR number (seed: KundeNummer, `[0-9]{8,11}`).
 * Prints as asterisks wherever it is printed: in a template, in JSON, in a log line, in a debugger.
 */
export class KundeNummer {
  readonly #digits: string;

  constructor(digits: string) {
    this.#digits = digits;
  }

  /** The digits themselves. Call it only where they leave for the debitorsystem or the ledger, never for a log or an error. */
  reveal(): string {
    return this.#digits;
  }

  get length(): number {
    return this.#digits.length;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `KundeNummer(${MASK})`;
  }
}
