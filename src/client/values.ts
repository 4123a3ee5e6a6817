/**
 * What a fagsystem asks for, as values: what stands in a message, without its XML and without its header. Identifications
 * that are left out are made by the client.
 */

/**
 * An amount: øre as a bigint (`125050n`), or kroner as decimal text (`'1250.50'`), at most 11 digits before the point and 2
 * after it. Never a number: 0.1 + 0.2 is not 0.3.
 */
export type Beloeb = bigint | string;

/** A debitorkonto, and fordringer on it: 1 to 10,000, each of 1 to 50 characters, the fagsystem's own identifiers. */
export interface KontoMedFordringer {
  readonly debitorkonto: string;
  readonly fordringer: readonly string[];
}

/** What the handling is carried out on: the four variants of SF1590_B_04. `objektType` left out: the handlingstype's first. */
export type Handling =
  /** On one debitorkonto, often on all its objects of a type. */
  | { readonly variant: 1; readonly debitorkonto: string; readonly objektType?: string }
  /** On named fordringer under one debitorkonto. */
  | ({ readonly variant: 2; readonly objektType?: string } & KontoMedFordringer)
  /** Between two debitorkonti, which must differ. */
  | { readonly variant: 3; readonly fra: string; readonly til: string; readonly objektType?: string }
  /** Between named fordringer on two debitorkonti, or on the same. */
  | {
      readonly variant: 4;
      readonly fra: KontoMedFordringer;
      readonly til: KontoMedFordringer;
      readonly objektType?: string;
    };

/** Which of them are required, the handlingstype says. */
export interface HandlingParametre {
  /** A date, `2026-12-01`. */
  readonly virkningDato?: string;
  readonly beloeb?: Beloeb;
  /** Only DKK is accepted. */
  readonly valuta?: string;
  /** 1 to 30 characters. */
  readonly aarsagKode?: string;
  /** 1 to 500 characters. */
  readonly aarsagTekst?: string;
  /** The fagsystem's own identifier of its case, 1 to 50 characters; from version 1.1 of the messages (`dkaNamespaces`). */
  readonly sagIdentifikator?: string;
  /** By name, such as `{ Tilstand: 'SAT_I_BERO' }`. */
  readonly navngivne?: Readonly<Record<string, string>>;
}

/** A debitorkontoanmodning. */
export interface Anmodning {
  /** A code of the catalogue of handlingstyper. */
  readonly handlingstype: string;
  readonly handling: Handling;
  readonly parametre?: HandlingParametre;
  /**
   * A UUID of the fagsystem's own choice. Store it before the anmodning is sent: the same anmodning sent again under it, in
   * another process too, is carried out once and answered with the same kvittering. A new one where left out.
   */
  readonly anmodningIdentifikator?: string;
  /** Names the conversation, 1 to 100 characters, the same in every answer. The anmodningIdentifikator where left out. */
  readonly transaktionsId?: string;
  /** The myndighed that is acted for (CVR); `afsender.organisation` where left out. It is written as both of them. */
  readonly myndighed?: string;
  /** Who asks, for the debitorsystem's log; at most 255 characters. */
  readonly paaVegneAf?: string;
  /** W3C trace context, passed on to the kvittering. */
  readonly traceparent?: string;
}

/** A cash payment. */
export interface KontantIndbetaling {
  /**
   * Names the payment, 1 to 100 characters, free of CPR numbers. Store it before the payment is sent: the same payment sent
   * again under it is booked once. A new UUID where left out.
   */
  readonly transaktionsId?: string;
  /** 8 to 11 digits. */
  readonly kundeNummer: string;
  /** `CPR-Person`, `CVR-Virksomhed` and so on: the ten of docs/vaerdier.md. */
  readonly kundeType: string;
  /** `Kontanter` or `Betalingskort`; another value is booked with an advis. */
  readonly indbetalingType: string;
  readonly beloeb: Beloeb;
  /** A date, `2026-11-22`. */
  readonly indbetalingDato: string;
  /** Only where it was paid online. */
  readonly online?: {
    /** At most 20 characters, never used for another payment of the same fagsystem. Empty: not checked. */
    readonly eksternId: string;
    readonly system: string;
  };
  readonly traceparent?: string;
}
