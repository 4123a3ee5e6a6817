/**
 * What a fagsystem asks to have done, and the catalogue that says what may be asked for (seed SF1590_B_04: four variants;
 * the handling's type decides whether its result comes at once or later).
 */
import type { Oere } from './beloeb.ts';
import type { Dato, DebitorkontoId, FordringId, HandlingTypeKode } from './identer.ts';

/** The four variants, numbered as in the seed. */
export type VariantNummer = 1 | 2 | 3 | 4;

/** Fordringer under one debitorkonto. */
export interface KontoFordringer {
  readonly debitorkonto: DebitorkontoId;
  /** 1 to 10,000 fordringer, each once. */
  readonly fordringer: readonly FordringId[];
}

/** On what the handling is to be done. */
export type Handling =
  /** Variant 1: one debitorkonto, often all its objects of one type. */
  | { readonly variant: 1; readonly debitorkonto: DebitorkontoId }
  /** Variant 2: named fordringer under one debitorkonto. */
  | ({ readonly variant: 2 } & KontoFordringer)
  /** Variant 3: from one debitorkonto to another. */
  | { readonly variant: 3; readonly fra: DebitorkontoId; readonly til: DebitorkontoId }
  /** Variant 4: from named fordringer to named fordringer, on two debitorkonti or on the same. */
  | { readonly variant: 4; readonly fra: KontoFordringer; readonly til: KontoFordringer };

/** A named value that the handlingstype defines; names need not be unique. */
export interface Parameter {
  readonly navn: string;
  readonly vaerdi: string;
}

/** HandlingParametre. What is given is passed on, also where the handlingstype does not ask for it. */
export interface HandlingParametre {
  readonly virkningDato?: Dato;
  readonly beloebOere?: Oere;
  /** ISO 4217; only DKK passes the rules. */
  readonly valuta?: string;
  readonly aarsagKode?: string;
  readonly aarsagTekst?: string;
  /** The fagsystem's own id of the sag that the handling belongs to; only in messages of version 1.1. */
  readonly sagIdentifikator?: string;
  readonly parametre: readonly Parameter[];
}

/** STRAKS: the kvittering holds the result. SENERE: the kvittering is MODTAGET and one svar follows. */
export type Svarform = 'STRAKS' | 'SENERE';

/** A value that a handlingstype requires in HandlingParametre. */
export type PaakraevetParameter =
  | { readonly felt: 'Beloeb'; readonly positiv: boolean }
  | { readonly felt: 'VirkningDato' | 'AarsagKode' }
  | { readonly felt: 'Parameter'; readonly navn: string; readonly vaerdier: readonly string[] };

/** One entry of the catalogue of handlingstyper (`ADAPTER_HANDLINGSTYPER`). */
export interface Handlingstype {
  readonly kode: HandlingTypeKode;
  readonly navn: string;
  readonly varianter: readonly VariantNummer[];
  readonly svarform: Svarform;
  readonly paakraevede: readonly PaakraevetParameter[];
  /** Allowed ObjektTypeKoder; the first is meant where the anmodning names none. Never empty. */
  readonly objektTyper: readonly string[];
  /** Calendar days until the svar is expected; only with SENERE. */
  readonly fristDage?: number;
  /** Whether the same fordring on both sides is an error (DA-106), as in OMPOSTER. */
  readonly adskilteSider: boolean;
}

/** The debitorkonti that a handling touches: one, or the two of variants 3 and 4. */
export function debitorkontiOf(handling: Handling): readonly DebitorkontoId[] {
  switch (handling.variant) {
    case 1:
    case 2:
      return [handling.debitorkonto];
    case 3:
      return [handling.fra, handling.til];
    case 4:
      return handling.fra.debitorkonto === handling.til.debitorkonto
        ? [handling.fra.debitorkonto]
        : [handling.fra.debitorkonto, handling.til.debitorkonto];
  }
}
