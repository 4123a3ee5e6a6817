/**
 * The catalogue of error codes: what a code says to the sender, what follows, and what operations do. Codes are never
 * reused. Texts are Danish and never hold a value of the message, since any value could be a CPR number.
 */
import type { Fejl } from './domain/fejl.ts';

export type Konsekvens = 'TransportKvittering' | 'AFVIST' | 'FEJLET' | 'svar afvist' | 'fejlkø uden svar';

interface Fejlkode {
  /** What is wrong, without a final stop. `fejl()` adds where, and what the sender does about it. */
  readonly hvad: string;
  readonly afhjaelpning: string;
  readonly konsekvens: Konsekvens;
  /** What operations do when the code shows up. */
  readonly drift: string;
}

const INTET = 'Intet; afsenderen retter og sender igen.';

export const FEJLKODER = {
  'DA-001': {
    hvad: 'Meddelelsen er ikke velformet XML',
    afhjaelpning: 'Ret dokumentet, så det er velformet XML 1.0 med erklærede namespaces, og send det igen',
    konsekvens: 'TransportKvittering',
    drift: 'Se meddelelsen med debitor-adapter fejlkoe show.',
  },
  'DA-002': {
    hvad: 'Meddelelsens tegnkodning kan ikke læses',
    afhjaelpning:
      'Send UTF-8, eller erklær ISO-8859-1, windows-1252 eller UTF-16, og sørg for, at alle bytes er lovlige i den',
    konsekvens: 'TransportKvittering',
    drift: 'Se meddelelsen med debitor-adapter fejlkoe show.',
  },
  'DA-003': {
    hvad: 'Meddelelsen indeholder en DOCTYPE eller en entitet, der ikke er tilladt',
    afhjaelpning: 'Fjern DOCTYPE, og brug kun de fem indbyggede entiteter og tegnreferencer',
    konsekvens: 'TransportKvittering',
    drift: 'Kan være et angreb: se, hvem afsenderen er, med debitor-adapter fejlkoe show.',
  },
  'DA-004': {
    hvad: 'Rodelementet kendes ikke på denne kø',
    afhjaelpning: 'Kontrollér rodelementets navn og namespace, og at meddelelsen er sendt med den rigtige routing key',
    konsekvens: 'TransportKvittering',
    drift: 'Er det en ny version af meddelelsen, så føj dens namespace til ADAPTER_DKA_NAMESPACES.',
  },
  'DA-005': {
    hvad: 'Meddelelsen overholder ikke sit skema',
    afhjaelpning: 'Ret meddelelsen efter skemaet, og send den igen',
    konsekvens: 'TransportKvittering',
    drift: INTET,
  },
  'DA-006': {
    hvad: 'Meddelelsen overskrider en grænse',
    afhjaelpning: 'Del meddelelsen op, eller gør den mindre',
    konsekvens: 'TransportKvittering',
    drift: 'Er det størrelsen i byte, der er for lav, så hæv ADAPTER_MAX_MESSAGE_BYTES; de andre grænser er faste.',
  },
  'DA-101': {
    hvad: 'HandlingTypeKode findes ikke i kataloget over handlingstyper',
    afhjaelpning: 'Brug en kode fra kataloget; driften kan sige, hvilke der findes',
    konsekvens: 'AFVIST',
    drift: 'Mangler handlingstypen, så føj den til filen i ADAPTER_HANDLINGSTYPER.',
  },
  'DA-102': {
    hvad: 'Handlingstypen kan ikke bruges med denne variant af anmodningen',
    afhjaelpning: 'Brug en af de varianter, som kataloget tillader for handlingstypen',
    konsekvens: 'AFVIST',
    drift: INTET,
  },
  'DA-103': {
    hvad: 'En parameter mangler eller er ugyldig',
    afhjaelpning: 'Ret HandlingParametre efter kataloget',
    konsekvens: 'AFVIST',
    drift: INTET,
  },
  'DA-104': {
    hvad: 'AnmodningIdentifikator er brugt før med et andet indhold',
    afhjaelpning:
      'Er det en ny anmodning, så send den med en ny AnmodningIdentifikator; er det den samme, gælder den første kvittering. Det første, der er sendt under den, står ved magt',
    konsekvens: 'AFVIST',
    drift: 'Sker det ofte, så danner fagsystemet ikke unikke identifikatorer.',
  },
  'DA-105': {
    hvad: 'ObjektTypeKode er ikke tilladt for handlingstypen',
    afhjaelpning: 'Brug en af de objekttyper, som kataloget tillader, eller udelad ObjektTypeKode',
    konsekvens: 'AFVIST',
    drift: INTET,
  },
  'DA-106': {
    hvad: 'Den samme fordring er angivet mere end én gang',
    afhjaelpning: 'Angiv hver fordring én gang',
    konsekvens: 'AFVIST',
    drift: INTET,
  },
  'DA-107': {
    hvad: 'Fra og Til er den samme debitorkonto',
    afhjaelpning: 'Angiv to forskellige debitorkonti',
    konsekvens: 'AFVIST',
    drift: INTET,
  },
  'DA-108': {
    hvad: 'Fagsystemet må ikke handle for myndigheden, eller myndigheden er angivet forskelligt',
    afhjaelpning: 'Angiv en myndighed, som fagsystemet er registreret for, og den samme begge steder',
    konsekvens: 'AFVIST',
    drift: 'Skal fagsystemet handle for myndigheden, så føj den til filen i ADAPTER_REGISTRY.',
  },
  'DA-110': {
    hvad: 'Indbetalingens id er brugt før',
    afhjaelpning:
      'Er det en ny indbetaling, så send den med et nyt TransaktionsID og sit eget OpkrævningKontoIndbetalingEksternID; er det den samme, gælder den første kvittering',
    konsekvens: 'AFVIST',
    drift: 'Indbetalingen er ikke bogført igen. Spørg afsenderen, om det var en gentagelse.',
  },
  'DA-120': {
    hvad: 'Afsenderen er ikke den, som den giver sig ud for',
    afhjaelpning: 'Afsenderens bruger, routing key og Rute skal nævne det samme registrerede fagsystem',
    konsekvens: 'fejlkø uden svar',
    drift: 'En sikkerhedshændelse: undersøg, hvem der har sendt, før meddelelsen afspilles eller kasseres.',
  },
  'DA-121': {
    hvad: 'Ingen kø passer til meddelelsens routing key',
    afhjaelpning: 'Send til debitorkonto.<fagsystem> eller kontantindbetaling.<fagsystem>',
    konsekvens: 'fejlkø uden svar',
    drift: 'Fortæl afsenderen, hvilken routing key der er den rigtige; den får ingen kvittering.',
  },
  'DA-122': {
    hvad: 'RabbitMQ har opgivet at aflevere meddelelsen til adapteren',
    afhjaelpning: 'Driften afspiller den fra fejlkøen',
    konsekvens: 'fejlkø uden svar',
    drift:
      'Årsagen står i parentes. expired: afsenderen har sat expiration; bed den om at lade være. delivery_limit: find grunden til de mange afleveringsforsøg i loggen. Afspil så meddelelsen.',
  },
  'DA-201': {
    hvad: 'Debitorkontoen findes ikke for fagsystemet og myndigheden',
    afhjaelpning: 'Kontrollér DebitorkontoIdentifikator og myndighed',
    konsekvens: 'AFVIST',
    drift: INTET,
  },
  'DA-202': {
    hvad: 'Fordringen findes ikke under debitorkontoen',
    afhjaelpning: 'Kontrollér FordringIdentifikator',
    konsekvens: 'AFVIST',
    drift: INTET,
  },
  'DA-203': {
    hvad: 'Handlingen er ikke mulig i den tilstand, som debitorkontoen eller fordringen har',
    afhjaelpning: 'Hent tilstanden, og vælg en handling, der er mulig i den',
    konsekvens: 'AFVIST',
    drift: INTET,
  },
  'DA-204': {
    hvad: 'Beløbet er større, end der er dækning for, eller resultatet kan ikke rummes',
    afhjaelpning: 'Ret beløbet',
    konsekvens: 'AFVIST',
    drift: INTET,
  },
  'DA-301': {
    hvad: 'Svaret hører til en anmodning, der ikke kendes',
    afhjaelpning: 'Kontrollér AnmodningIdentifikator og TransaktionsId',
    konsekvens: 'svar afvist',
    drift: 'Undersøg med debitorsystemet, hvilken anmodning der er udført.',
  },
  'DA-302': {
    hvad: 'Svaret hører til en anmodning, der ikke er accepteret til senere',
    afhjaelpning: 'Send kun svar på anmodninger, der er kvitteret MODTAGET',
    konsekvens: 'svar afvist',
    drift: 'Undersøg med debitorsystemet, om anmodningen er udført to gange.',
  },
  'DA-303': {
    hvad: 'Anmodningen er allerede besvaret med et andet svar',
    afhjaelpning: 'Det første svar gælder; send ikke et andet',
    konsekvens: 'svar afvist',
    drift: 'Undersøg med debitorsystemet, hvilket svar der er det rigtige.',
  },
  'DA-304': {
    hvad: 'Svarets HandlingTypeKode er ikke anmodningens',
    afhjaelpning: 'Send svaret med anmodningens HandlingTypeKode',
    konsekvens: 'svar afvist',
    drift: 'Undersøg med debitorsystemet, hvilken anmodning der er udført.',
  },
  'DA-900': {
    hvad: 'Anmodningen kunne ikke udføres på grund af en teknisk fejl, og intet er udført',
    afhjaelpning: 'Send den igen med en ny identifikator',
    konsekvens: 'FEJLET',
    drift: 'Se årsagen med debitor-adapter anmodning ID.',
  },
  'DA-901': {
    hvad: 'En fejl i adapteren hindrede, at meddelelsen kunne behandles',
    afhjaelpning: 'Driften afspiller den fra fejlkøen, når fejlen er rettet',
    konsekvens: 'fejlkø uden svar',
    drift: 'Find fejlen i loggen under samme message_id, og meld den til leverandøren.',
  },
} as const satisfies Record<string, Fejlkode>;

export type Fejlkoder = keyof typeof FEJLKODER;

/**
 * A Fejl of the catalogue: what is wrong, where, what to do.
 * @param sted where it is and what exactly, without a final stop: names, positions and bounds, never a value of the message.
 */
export function fejl(kode: Fejlkoder, sted?: string): Fejl {
  const { hvad, afhjaelpning } = FEJLKODER[kode];
  return { kode, tekst: `${hvad}${sted === undefined ? '' : ` (${sted})`}. ${afhjaelpning}.` };
}

/** Wrong settings, or files that they name: the process must not start. Lists every problem that was found. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Konfigurationen er ugyldig:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}
