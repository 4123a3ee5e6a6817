/** The simulator's nouns and what may happen to them. Objects here are copies, read for one command; the store is the truth. */
import { MAX_BELOEB_OERE, type Oere } from '../../../domain/beloeb.ts';
import type { Dato, FordringId } from '../../../domain/identer.ts';

/** Interest and fees are fordringer of their own with a reference to their main fordring (seed: OpkrævningFordringBeløb). */
export type FordringType = 'FORDRING' | 'RENTE' | 'GEBYR';

export const AABNE_TILSTANDE = ['AABEN', 'SAT_I_BERO', 'TIL_INDDRIVELSE'] as const;
export type AabenTilstand = (typeof AABNE_TILSTANDE)[number];
export type FordringTilstand = AabenTilstand | 'UDLIGNET' | 'TILBAGEKALDT' | 'AFSKREVET';

export interface Debitorkonto {
  /** The store's own number of it. */
  readonly nr: bigint;
  readonly tilstand: 'AABEN' | 'LUKKET';
  /** Paid, not yet used. Never negative. */
  kreditOere: Oere;
}

export interface Fordring {
  readonly nr: bigint;
  /** The debitorkonto that it stands under. */
  kontoNr: bigint;
  readonly identifikator: FordringId;
  readonly type: FordringType;
  tilstand: FordringTilstand;
  /** The claim; beloeb = restbeloeb + betalt while it is open or UDLIGNET. */
  beloebOere: Oere;
  /** What is still owed; above 0 exactly while it is open. */
  restbeloebOere: Oere;
  /** What was paid on it, also when it was withdrawn or written off afterwards. */
  betaltOere: Oere;
  forfaldsdato: Dato;
}

export function isOpen(fordring: Fordring): boolean {
  return fordring.restbeloebOere > 0n;
}

export function isAabenTilstand(text: string): text is AabenTilstand {
  return AABNE_TILSTANDE.some((tilstand) => tilstand === text);
}

/** Raises or lowers the claim. @returns false, with nothing changed, where the result would be negative or too large. */
export function adjustClaim(fordring: Fordring, changeOere: Oere): boolean {
  const restbeloebOere = fordring.restbeloebOere + changeOere;
  const beloebOere = fordring.beloebOere + changeOere;
  if (restbeloebOere < 0n || beloebOere > MAX_BELOEB_OERE) return false;
  fordring.beloebOere = beloebOere;
  fordring.restbeloebOere = restbeloebOere;
  if (restbeloebOere === 0n) fordring.tilstand = 'UDLIGNET';
  return true;
}

/** Ends the claim with nothing owed. What was paid on it stays. @returns what was owed. */
export function closeClaim(fordring: Fordring, tilstand: 'TILBAGEKALDT' | 'AFSKREVET'): Oere {
  const owedOere = fordring.restbeloebOere;
  fordring.restbeloebOere = 0n;
  fordring.tilstand = tilstand;
  return owedOere;
}

/** Pays on an open fordring, at most its restbeloeb. @returns how much it took. */
export function pay(fordring: Fordring, availableOere: Oere): Oere {
  const takenOere = smaller(availableOere, fordring.restbeloebOere);
  if (takenOere === 0n) return 0n;
  fordring.betaltOere += takenOere;
  fordring.restbeloebOere -= takenOere;
  if (fordring.restbeloebOere === 0n) fordring.tilstand = 'UDLIGNET';
  return takenOere;
}

/**
 * Takes back what was paid, at most all of it. The claim is owed again, and what was UDLIGNET opens again; a claim that
 * was withdrawn or written off stays so, since nothing is owed on it whether paid or not.
 * @returns how much was taken.
 */
export function takeBack(fordring: Fordring, wantedOere: Oere): Oere {
  const takenOere = smaller(wantedOere, fordring.betaltOere);
  if (takenOere === 0n) return 0n;
  fordring.betaltOere -= takenOere;
  if (fordring.tilstand === 'TILBAGEKALDT' || fordring.tilstand === 'AFSKREVET') return takenOere;
  fordring.restbeloebOere += takenOere;
  if (fordring.tilstand === 'UDLIGNET') fordring.tilstand = 'AABEN';
  return takenOere;
}

function smaller(a: Oere, b: Oere): Oere {
  return a < b ? a : b;
}
