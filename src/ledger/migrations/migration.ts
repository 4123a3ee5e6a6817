/** One numbered step of a ledger's schema. Embedded as text, so that the compiled program needs no files beside it. */
export interface Migration {
  /** From 1, without gaps. */
  readonly version: number;
  /** Two or three words, for messages. */
  readonly name: string;
  /** Run in one transaction together with the new version number. */
  readonly sql: string;
}
