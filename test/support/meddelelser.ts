/** Documents for the tests, in their plainest form. */
import { randomUUID } from 'node:crypto';

const SYSTEMS: Readonly<Record<string, string>> = {
  kulturskole: '5b0d6c2e-3f7a-4b1c-9d2e-8a7f6c5b4a31',
  byggesag: '9c2f4d1a-6b3e-4f70-8a51-2d7c9e0b4f68',
};

export interface AnmodningParts {
  readonly kode: string;
  /** The variant's element, in the dka namespace by default. */
  readonly handling: string;
  readonly parametre?: string;
  readonly id?: string;
  readonly transaktionsId?: string;
  readonly requestId?: string;
  readonly fagsystem?: string;
  readonly cvr?: string;
}

export function anmodning(parts: AnmodningParts): string {
  const cvr = parts.cvr ?? '29189846';
  const parametre = parts.parametre === undefined ? '' : `<HandlingParametre>${parts.parametre}</HandlingParametre>`;
  return `<DebitorkontoAnmodningAfsend_I xmlns="urn:oio:debitor:debitorkontoanmodning:1.0">
  <k:HovedOplysninger xmlns:k="http://kombit.dk/xml/schemas/kontekst/2017/01/01/">
    <k:TransaktionsId>${parts.transaktionsId ?? `T-${randomUUID()}`}</k:TransaktionsId>
    <k:TransaktionsTid>2026-11-20T09:15:00</k:TransaktionsTid>
    <k:RequestId>${parts.requestId ?? randomUUID()}</k:RequestId>
    <k:Rute>
      <k:AfsenderOrganisation>${cvr}</k:AfsenderOrganisation>
      <k:AfsenderItSystemInstans>${SYSTEMS[parts.fagsystem ?? 'kulturskole']}</k:AfsenderItSystemInstans>
      <k:ModtagerOrganisation>${cvr}</k:ModtagerOrganisation>
    </k:Rute>
  </k:HovedOplysninger>
  <AnmodningIdentifikator>${parts.id ?? randomUUID()}</AnmodningIdentifikator>
  <HandlingTypeKode>${parts.kode}</HandlingTypeKode>
  ${parametre}
  ${parts.handling}
</DebitorkontoAnmodningAfsend_I>`;
}

const konto = (id: string): string => `<DebitorkontoIdentifikator>${id}</DebitorkontoIdentifikator>`;
const liste = (fordringer: readonly string[]): string =>
  `<FordringListe>${fordringer.map((id) => `<FordringIdentifikator>${id}</FordringIdentifikator>`).join('')}</FordringListe>`;

export const paaKonto = (id: string): string => `<DebitorkontoHandling>${konto(id)}</DebitorkontoHandling>`;
export const paaFordringer = (id: string, ...fordringer: string[]): string =>
  `<FordringHandling>${konto(id)}${liste(fordringer)}</FordringHandling>`;
export const mellemKonti = (fra: string, til: string): string =>
  `<DebitorkontiHandling><Fra>${konto(fra)}</Fra><Til>${konto(til)}</Til></DebitorkontiHandling>`;
export const mellemFordringer = (fra: readonly [string, ...string[]], til: readonly [string, ...string[]]): string =>
  `<FordringerMellemDebitorkontiHandling><Fra>${konto(fra[0])}${liste(fra.slice(1))}</Fra><Til>${konto(til[0])}${liste(til.slice(1))}</Til></FordringerMellemDebitorkontiHandling>`;

/** Opskriv: the quickest way to see that something was carried out once. */
export function opskriv(fordring: string, kroner: string, more: Partial<AnmodningParts> = {}): string {
  const parametre = `<Beloeb>${kroner}</Beloeb><AarsagKode>TEST</AarsagKode>`;
  return anmodning({ kode: 'OPSKRIV', handling: paaFordringer('KONTO-1', fordring), parametre, ...more });
}

export interface IndbetalingParts {
  readonly transaktionsId?: string;
  readonly kundeNummer?: string;
  readonly kundeType?: string;
  readonly beloeb?: string;
  readonly valuta?: string;
  readonly eksternId?: string;
}

export function kontantIndbetaling(parts: IndbetalingParts = {}): string {
  const online =
    parts.eksternId === undefined
      ? ''
      : `<OnlineOpkrævningIndbetaling><OpkrævningKontoIndbetalingEksternID>${parts.eksternId}</OpkrævningKontoIndbetalingEksternID><OpkrævningIndbetalingSystem>DMROnline</OpkrævningIndbetalingSystem></OnlineOpkrævningIndbetaling>`;
  return `<OpkrævningKontantIndbetalingOpret_I xmlns="http://skat.dk/begrebsmodel/2009/01/15/">
  <Kontekst><HovedOplysninger xmlns="http://skat.dk/begrebsmodel/xml/schemas/kontekst/2007/05/31/">
    <TransaktionsID>${parts.transaktionsId ?? randomUUID()}</TransaktionsID>
    <TransaktionsTid>2026-11-20T10:00:00</TransaktionsTid>
  </HovedOplysninger></Kontekst>
  <KundeIdentifikation><KundeNummer>${parts.kundeNummer ?? '0101701234'}</KundeNummer><KundeType>${parts.kundeType ?? 'CPR-Person'}</KundeType></KundeIdentifikation>
  <OpkrævningIndbetalingOplysninger>
    <OpkrævningKontantIndbetalingType>Kontanter</OpkrævningKontantIndbetalingType>
    <OpkrævningIndbetalingBeløb>${parts.beloeb ?? '100.00'}</OpkrævningIndbetalingBeløb>
    <ValutaOplysningKode>${parts.valuta ?? 'DKK'}</ValutaOplysningKode>
    <OpkrævningIndbetalingDato>2026-11-20</OpkrævningIndbetalingDato>
  </OpkrævningIndbetalingOplysninger>
  ${online}
</OpkrævningKontantIndbetalingOpret_I>`;
}

export function svarFraDebitorsystem(parts: {
  readonly id: string;
  readonly transaktionsId: string;
  readonly kode?: string;
  readonly status?: string;
}): string {
  return `<DebitorkontoAnmodningSvarAfsend_I xmlns="urn:oio:debitor:debitorkontoanmodning:1.0">
  <k:HovedOplysninger xmlns:k="http://kombit.dk/xml/schemas/kontekst/2017/01/01/">
    <k:TransaktionsId>${parts.transaktionsId}</k:TransaktionsId>
    <k:TransaktionsTid>2026-11-21T09:15:00</k:TransaktionsTid>
  </k:HovedOplysninger>
  <AnmodningIdentifikator>${parts.id}</AnmodningIdentifikator>
  <HandlingTypeKode>${parts.kode ?? 'HENSTAND'}</HandlingTypeKode>
  <SvarStatusKode>${parts.status ?? 'GENNEMFOERT'}</SvarStatusKode>
  <SvarTid>2026-11-21T09:14:00+01:00</SvarTid>
</DebitorkontoAnmodningSvarAfsend_I>`;
}
