/** What a debitorsystem answers to a command, at once (udfald) or later (svar). */
import type { Oere } from './beloeb.ts';
import type { Fejlliste } from './fejl.ts';
import type { FordringId, Instant } from './identer.ts';

/** What became of one fordring. */
export interface FordringResultat {
  readonly fordring: FordringId;
  readonly resultat: 'GENNEMFOERT' | 'AFVIST';
  readonly beloebOere?: Oere;
  /** Why it was refused; only with AFVIST. */
  readonly fejl?: Fejlliste;
}

export interface HandlingResultat {
  /** The debitorsystem's own reference, 1 to 100 characters. */
  readonly debitorsystemReference?: string;
  readonly fordringer: readonly FordringResultat[];
}

/** What a debitorsystem answers to a command when it is asked. */
export type Udfald =
  /** Carried out. */
  | { readonly art: 'udfoert'; readonly resultat?: HandlingResultat }
  /** Accepted; exactly one svar will be reported. Only for a handlingstype with svarform SENERE. */
  | { readonly art: 'accepteretTilSenere' }
  /** Refused; nothing was carried out. */
  | { readonly art: 'afvist'; readonly fejl: Fejlliste };

/** What came of asking a debitorsystem: its udfald, or what is known where it gave none. */
export type DispatchOutcome =
  | Udfald
  /** It is certain that nothing was carried out. Transient: worth trying again. */
  | { readonly art: 'ikkeUdfoert'; readonly forbigaaende: boolean; readonly aarsag: string }
  /** It may or may not have been carried out: in doubt (promise 5). */
  | { readonly art: 'ukendt'; readonly aarsag: string };

export type SvarStatusKode = 'GENNEMFOERT' | 'DELVIST_GENNEMFOERT' | 'AFVIST' | 'FEJLET';

/** The later result of a command that was accepted for later. */
export interface Svar {
  readonly status: SvarStatusKode;
  /** When the debitorsystem decided. */
  readonly tid: Instant;
  /** For people, at most 1,000 characters. */
  readonly begrundelse?: string;
  readonly resultat?: HandlingResultat;
  readonly fejl?: Fejlliste;
}

const SVAR_STATUSKODER: ReadonlySet<string> = new Set<SvarStatusKode>([
  'GENNEMFOERT',
  'DELVIST_GENNEMFOERT',
  'AFVIST',
  'FEJLET',
]);

export function isSvarStatusKode(text: string): text is SvarStatusKode {
  return SVAR_STATUSKODER.has(text);
}
