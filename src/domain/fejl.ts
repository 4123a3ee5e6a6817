/** One reason for a refusal, as it stands in a FejlListe or in an Advis. */
export interface Fejl {
  /** A code of the error catalogue (`errors.ts`), or a debitorsystem's own. 1 to 30 characters. */
  readonly kode: string;
  /** Danish, for people: what is wrong, where, and what to do. Never holds a value that could be a CPR number. */
  readonly tekst: string;
}

/** One or more: a refusal always says why. */
export type Fejlliste = readonly [Fejl, ...Fejl[]];
