/** What a fagsystem is told, before it is written as XML. */
import type { Fejl, Fejlliste } from './fejl.ts';
import type { Dato } from './identer.ts';
import type { HandlingResultat } from './udfald.ts';

/** The content of a forretningskvittering for a debitorkontoanmodning (spec 1-wire, the table of situations). */
export type Kvittering =
  /** Carried out now; nothing follows, ever. */
  | { readonly kode: 'ACCEPTERET'; readonly resultat?: HandlingResultat }
  /** Accepted for later; exactly one svar follows. */
  | { readonly kode: 'MODTAGET'; readonly forventetSvarDato: Dato }
  /** A rule or the debitorsystem says no. */
  | { readonly kode: 'AFVIST'; readonly fejl: Fejlliste }
  /** It is certain that nothing was carried out, and it will not be tried again. */
  | { readonly kode: 'FEJLET'; readonly fejl: Fejlliste };

/** The offending values that a cash payment's Fejl echoes, each only where its documented type admits it (seed: FejlId). */
export interface FejlIdentifikation {
  readonly OpkraevningFordringBeloeb?: string;
  readonly KundeType?: string;
  readonly ValutaOplysningKode?: string;
}

export interface KontantFejl extends Fejl {
  readonly identifikation: FejlIdentifikation;
}

/** The content of the answer to a cash payment: booked where `fejl` is empty. Advis never refuse. */
export interface KontantKvittering {
  readonly kode: 'ACCEPTERET' | 'AFVIST' | 'FEJLET';
  readonly fejl: readonly KontantFejl[];
  readonly advis: readonly Fejl[];
}
