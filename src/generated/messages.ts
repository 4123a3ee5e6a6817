// Generated from schemas/ by scripts/generate.ts. Do not edit: change the schemas and run it again.
/**
 * Identificerer samtalen: den samme i en anmodning og i alle svar på den.
 */
export type TransaktionsId = string;
/**
 * Et tidspunkt (xs:dateTime) med et år på fire cifre og højst 9 decimaler; uden tidszone er det dansk tid.
 */
export type DatoTid = string;
/**
 * En UUID med små bogstaver. Store bogstaver tages imod og gøres små, før de prøves.
 */
export type UUID = string;
export type Tekst255 = string;
/**
 * Et CVR-nummer. Det prøves ikke med modulus 11.
 */
export type CVRNummer = string;
/**
 * En kode i kataloget over handlingstyper.
 */
export type HandlingTypeKode = string;
/**
 * En dato (xs:date) med et år på fire cifre; en tidszone er tilladt.
 */
export type Dato = string;
/**
 * Et beløb i kroner med fortegn; nuller, der ikke ændrer værdien, tælles ikke.
 */
export type Beloeb = string;
/**
 * En valutakode efter ISO 4217.
 */
export type Valuta = string;
/**
 * Fagsystemets egen identifikation af en debitorkonto.
 */
export type DebitorkontoIdentifikator = string;
/**
 * Hvilke objekter der menes; udelades den, gælder handlingstypens første.
 */
export type ObjektTypeKode = string;
/**
 * Fagsystemets egen identifikation af en fordring.
 */
export type FordringIdentifikator = string;
/**
 * Identificerer indbetalingen: den samme i svaret.
 */
export type TransaktionsID = string;
/**
 * Navnet på den service, der svarer.
 */
export type ServiceID = string;
export type PaakraevetParameterPost = PaakraevetBeloeb | PaakraevetFelt | PaakraevetNavngivetParameter;
/**
 * Id, AMQP-brugernavn og ord i routing key.
 */
export type RegistryId = string;

/**
 * Every message, by the stem of its schema.
 */
export interface MessageTypes {
  'debitorkonto-anmodning-afsend-i': DebitorkontoAnmodningAfsendI;
  'debitorkonto-anmodning-afsend-o': DebitorkontoAnmodningAfsendO;
  'debitorkonto-anmodning-svar-afsend-i': DebitorkontoAnmodningSvarAfsendI;
  'debitorkonto-anmodning-svar-afsend-o': DebitorkontoAnmodningSvarAfsendO;
  'opkraevning-kontant-indbetaling-opret-i': OpkraevningKontantIndbetalingOpretI;
  'opkraevning-kontant-indbetaling-opret-o': OpkraevningKontantIndbetalingOpretO;
  'transport-kvittering': TransportKvittering;
}
/**
 * Et fagsystem anmoder om en handling på debitorkonti eller fordringer (SF1590_B_04).
 */
export interface DebitorkontoAnmodningAfsendI {
  HovedOplysninger: HovedOplysningerMedRute;
  AnmodningIdentifikator: UUID;
  HandlingTypeKode: HandlingTypeKode;
  HandlingParametre?: HandlingParametre;
  DebitorkontoHandling?: DebitorkontoHandling;
  FordringHandling?: FordringHandling;
  DebitorkontiHandling?: DebitorkontiHandling;
  FordringerMellemDebitorkontiHandling?: FordringerMellemDebitorkontiHandling;
}
/**
 * Hovedoplysninger, hvor ruten er krævet.
 */
export interface HovedOplysningerMedRute {
  TransaktionsId: TransaktionsId;
  TransaktionsTid: DatoTid;
  RequestId?: UUID;
  OnBehalfOfUser?: Tekst255;
  CallersServiceCallIdentifier?: Tekst255;
  AccountingInfo?: Tekst255;
  AuthorityContext?: AuthorityContext;
  Rute: Rute;
}
/**
 * Den myndighed, der handles for.
 */
export interface AuthorityContext {
  MunicipalityCVR: CVRNummer;
}
/**
 * Hvem der sender til hvem. Rækkefølgen er fri.
 */
export interface Rute {
  AfsenderOrganisation: CVRNummer;
  AfsenderItSystemInstans: UUID;
  ModtagerOrganisation: CVRNummer;
  ModtagerItSystemInstans?: UUID;
}
/**
 * Hvilke der er krævet, bestemmer handlingstypen.
 */
export interface HandlingParametre {
  VirkningDato?: Dato;
  Beloeb?: Beloeb;
  ValutaOplysningKode?: Valuta;
  AarsagKode?: string;
  AarsagTekst?: string;
  /**
   * Fagsystemets egen identifikation af den sag, som handlingen hører til. Fra version 1.1.
   */
  SagIdentifikator?: string;
  Parameter?: Parameter[];
}
/**
 * En navngiven værdi, som handlingstypen definerer.
 */
export interface Parameter {
  Navn: string;
  Vaerdi: string;
}
/**
 * Variant 1: handling på én debitorkonto, ofte på alle dens objekter af en type.
 */
export interface DebitorkontoHandling {
  DebitorkontoIdentifikator: DebitorkontoIdentifikator;
  ObjektTypeKode?: ObjektTypeKode;
}
/**
 * Variant 2: handling på navngivne fordringer under én debitorkonto.
 */
export interface FordringHandling {
  DebitorkontoIdentifikator: DebitorkontoIdentifikator;
  FordringListe: FordringListe;
  ObjektTypeKode?: ObjektTypeKode;
}
/**
 * 1 til 10.000 fordringer.
 */
export interface FordringListe {
  FordringIdentifikator: FordringIdentifikator[];
}
/**
 * Variant 3: handling mellem to debitorkonti.
 */
export interface DebitorkontiHandling {
  Fra: Debitorkonto;
  Til: Debitorkonto;
  ObjektTypeKode?: ObjektTypeKode;
}
/**
 * En af de to debitorkonti i variant 3.
 */
export interface Debitorkonto {
  DebitorkontoIdentifikator: DebitorkontoIdentifikator;
}
/**
 * Variant 4: handling mellem navngivne fordringer på to debitorkonti eller på den samme.
 */
export interface FordringerMellemDebitorkontiHandling {
  Fra: DebitorkontoFordringer;
  Til: DebitorkontoFordringer;
  ObjektTypeKode?: ObjektTypeKode;
}
/**
 * En af de to sider i variant 4.
 */
export interface DebitorkontoFordringer {
  DebitorkontoIdentifikator: DebitorkontoIdentifikator;
  FordringListe: FordringListe;
}
/**
 * Kvitteringen for en debitorkontoanmodning.
 */
export interface DebitorkontoAnmodningAfsendO {
  HovedOplysningerSvar: HovedOplysningerSvar;
  AnmodningIdentifikator: UUID;
  Forretningskvittering: Forretningskvittering;
  HandlingResultat?: HandlingResultat;
  ForventetSvarDato?: Dato;
}
/**
 * Hovedoplysninger i et svar.
 */
export interface HovedOplysningerSvar {
  TransaktionsId: TransaktionsId;
  TransaktionsTid: DatoTid;
  RequestId?: UUID;
  SvarReaktion?: SvarReaktion[];
}
/**
 * Adapteren svarer kun med Advis; fejl står i kvitteringens FejlListe.
 */
export interface SvarReaktion {
  Advis: Advis;
}
/**
 * En besked, der ikke er en fejl.
 */
export interface Advis {
  AdvisId: string;
  AdvisTekst: string;
  KildeId?: string;
}
/**
 * Om anmodningen er accepteret, modtaget til senere, afvist eller fejlet. AFLEVERET bruges ikke af adapteren.
 */
export interface Forretningskvittering {
  ForretningsValideringsKode: 'MODTAGET' | 'AFLEVERET' | 'ACCEPTERET' | 'AFVIST' | 'FEJLET';
  Begrundelse?: string;
  FejlListe?: FejlListe;
}
/**
 * Alle grunde til et afslag.
 */
export interface FejlListe {
  Fejl: Fejl[];
}
/**
 * Én grund til et afslag.
 */
export interface Fejl {
  FejlKode: string;
  FejlTekst: string;
}
/**
 * Resultatet af en handling.
 */
export interface HandlingResultat {
  DebitorsystemReference?: string;
  FordringResultat?: FordringResultat[];
}
/**
 * Hvad der skete med én fordring.
 */
export interface FordringResultat {
  FordringIdentifikator: FordringIdentifikator;
  ResultatKode: 'GENNEMFOERT' | 'AFVIST';
  Beloeb?: Beloeb;
  FejlListe?: FejlListe;
}
/**
 * Det senere resultat af en anmodning, der er kvitteret MODTAGET.
 */
export interface DebitorkontoAnmodningSvarAfsendI {
  HovedOplysninger: HovedOplysninger;
  AnmodningIdentifikator: UUID;
  HandlingTypeKode: HandlingTypeKode;
  SvarStatusKode: 'GENNEMFOERT' | 'DELVIST_GENNEMFOERT' | 'AFVIST' | 'FEJLET';
  SvarTid: DatoTid;
  Begrundelse?: string;
  HandlingResultat?: HandlingResultat;
  FejlListe?: FejlListe;
}
/**
 * Hovedoplysninger, hvor ruten kan udelades.
 */
export interface HovedOplysninger {
  TransaktionsId: TransaktionsId;
  TransaktionsTid: DatoTid;
  RequestId?: UUID;
  OnBehalfOfUser?: Tekst255;
  CallersServiceCallIdentifier?: Tekst255;
  AccountingInfo?: Tekst255;
  AuthorityContext?: AuthorityContext;
  Rute?: Rute;
}
/**
 * Kvitteringen til debitorsystemet for et svar: ACCEPTERET eller AFVIST.
 */
export interface DebitorkontoAnmodningSvarAfsendO {
  HovedOplysningerSvar: HovedOplysningerSvar;
  AnmodningIdentifikator: UUID;
  Forretningskvittering: Forretningskvittering;
}
/**
 * Én kontant indbetaling, der skal bogføres på kundens opkrævningskonto.
 */
export interface OpkraevningKontantIndbetalingOpretI {
  Kontekst: IndbetalingKontekst;
  KundeIdentifikation: KundeIdentifikation;
  OpkraevningIndbetalingOplysninger: OpkraevningIndbetalingOplysninger;
  OnlineOpkraevningIndbetaling?: OnlineOpkraevningIndbetaling;
}
export interface IndbetalingKontekst {
  HovedOplysninger: SkatHovedOplysninger;
}
/**
 * Hovedoplysninger i SKATs dialekt.
 */
export interface SkatHovedOplysninger {
  TransaktionsID: TransaktionsID;
  TransaktionsTid: DatoTid;
}
/**
 * Hvem der har betalt. KundeType prøves af reglerne (fejl 001), ikke af skemaet.
 */
export interface KundeIdentifikation {
  KundeNummer: string;
  KundeType: string;
}
/**
 * Selve indbetalingen. Beløb og valuta prøves af reglerne (fejl 009 og 029), ikke af skemaet.
 */
export interface OpkraevningIndbetalingOplysninger {
  OpkraevningKontantIndbetalingType: string;
  OpkraevningIndbetalingBeloeb: string;
  ValutaOplysningKode: string;
  OpkraevningIndbetalingDato: Dato;
}
/**
 * Kun når indbetalingen er sket online.
 */
export interface OnlineOpkraevningIndbetaling {
  OpkraevningKontoIndbetalingEksternID: string;
  OpkraevningIndbetalingSystem: string;
}
/**
 * Svaret på en kontant indbetaling.
 */
export interface OpkraevningKontantIndbetalingOpretO {
  Kontekst: IndbetalingKontekstSvar;
}
export interface IndbetalingKontekstSvar {
  HovedOplysningerSvar: SkatHovedOplysningerSvar;
}
/**
 * Hovedoplysninger i et svar. Uden en Fejl er indbetalingen bogført.
 */
export interface SkatHovedOplysningerSvar {
  TransaktionsID: TransaktionsID;
  ServiceID: ServiceID;
  TransaktionsTid: DatoTid;
  SvarReaktion?: SkatSvarReaktion[];
}
/**
 * Netop én fejl eller ét advis.
 */
export interface SkatSvarReaktion {
  Fejl?: SkatFejl;
  Advis?: SkatAdvis;
}
/**
 * Én grund til, at indbetalingen ikke er bogført.
 */
export interface SkatFejl {
  FejlNummer: string;
  FejlTekst: string;
  ServiceID: ServiceID;
  Identifikation: SkatFejlFelter;
}
/**
 * Felterne i en fejl.
 */
export interface SkatFejlFelter {
  OpkraevningKontantIndbetalingOpret_FejlId: OpkraevningKontantIndbetalingOpretFejlId;
}
export interface OpkraevningKontantIndbetalingOpretFejlId {
  FejlIdentifikation: FejlIdentifikation;
}
/**
 * De værdier, fejlen handler om; hver kun, hvor dens dokumenterede type rummer den.
 */
export interface FejlIdentifikation {
  OpkraevningFordringBeloeb?: string;
  KundeType?: string;
  ValutaOplysningKode?: Valuta;
}
/**
 * En besked, der ikke er en fejl.
 */
export interface SkatAdvis {
  AdvisNummer: string;
  AdvisTekst: string;
}
/**
 * Svaret på en meddelelse, der ikke kunne læses. Adapteren bruger kun FEJL.
 */
export interface TransportKvittering {
  TransportValideringsKode: 'OK' | 'ADVARSEL' | 'FEJL';
  Begrundelse?: string;
  FejlListe?: FejlListe;
}
/**
 * Én handlingstype.
 */
export interface HandlingstypePost {
  kode: string;
  navn: string;
  /**
   * De varianter af anmodningen, som handlingstypen kan bruges med.
   */
  varianter: (1 | 2 | 3 | 4)[];
  /**
   * STRAKS: resultatet står i kvitteringen. SENERE: det kommer i et svar.
   */
  svarform: 'STRAKS' | 'SENERE';
  /**
   * De parametre, der er krævet.
   */
  paakraevede: PaakraevetParameterPost[];
  /**
   * De objekttyper, der er tilladt; den første gælder, når anmodningen ikke nævner nogen.
   */
  objektTyper: string[];
  /**
   * Kalenderdage, til svaret ventes; kun og altid med svarform SENERE.
   */
  fristDage?: number;
  /**
   * Om den samme fordring på begge sider er en fejl (DA-106).
   */
  adskilteSider: boolean;
}
export interface PaakraevetBeloeb {
  felt: 'Beloeb';
  /**
   * Om beløbet skal være større end nul.
   */
  positiv: boolean;
}
export interface PaakraevetFelt {
  felt: 'VirkningDato' | 'AarsagKode';
}
export interface PaakraevetNavngivetParameter {
  felt: 'Parameter';
  navn: string;
  /**
   * De værdier, der er tilladt.
   */
  vaerdier: string[];
}
export interface FagsystemPost {
  id: RegistryId;
  navn: string;
  /**
   * De it-systeminstanser, der er dette fagsystem, med små bogstaver.
   */
  itSystemInstanser: UUID[];
  /**
   * CVR-numre på de myndigheder, fagsystemet må handle for.
   */
  myndigheder: CVRNummer[];
}
export interface DebitorsystemPost {
  id: RegistryId;
  navn: string;
}
/**
 * Kataloget over handlingstyper (ADAPTER_HANDLINGSTYPER).
 */
export interface HandlingstyperFil {
  $schema?: string;
  handlingstyper: HandlingstypePost[];
}
/**
 * De fagsystemer og debitorsystemer, der må sende (ADAPTER_REGISTRY).
 */
export interface RegistryFil {
  $schema?: string;
  fagsystemer: FagsystemPost[];
  debitorsystemer: DebitorsystemPost[];
}
