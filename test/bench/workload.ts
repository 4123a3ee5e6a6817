/**
 * What the bench sends: distinct messages that all can be carried out, spread over many lines. Debitorkontoanmodninger of
 * about 2.6 KB, one of as many fordringer as is asked for, and cash payments.
 */
import { createHash } from 'node:crypto';

/** Sends the mass of debitorkontoanmodninger; the user of the same name is made on the broker. */
export const FAGSYSTEM = 'debitor-adapter-bench';
/** Sends what is measured beside a mass run, so that its answers have a queue of their own. */
export const FAGSYSTEM_BESIDE = 'debitor-adapter-bench-beside';

const INSTANSER: Readonly<Record<string, string>> = {
  [FAGSYSTEM]: '4f1d2c3b-5a69-4788-9a0b-1c2d3e4f5a6b',
  [FAGSYSTEM_BESIDE]: '5e2c1d0f-6b78-4697-8b1c-2d3e4f5a6b7c',
};
const CVR = '29189846';
const KONTI = 1000;
/** The debitorkonto whose fordringer a large anmodning names. */
const LARGE_KONTO = 'KONTO-STOR';
export const LARGE_FORDRINGER = 10_000;

export const registry = {
  fagsystemer: Object.entries(INSTANSER).map(([id, instans]) => ({
    id,
    navn: id,
    itSystemInstanser: [instans],
    myndigheder: [CVR],
  })),
  debitorsystemer: [],
};

const fordring = (identifikator: string) => ({
  identifikator,
  tilstand: 'AABEN',
  beloeb: '1000.00',
  restbeloeb: '1000.00',
  forfaldsdato: '2027-01-01',
});

const konto = (fagsystem: string, identifikator: string, fordringer: readonly string[]) => ({
  fagsystem,
  myndighed: CVR,
  identifikator,
  fordringer: fordringer.map(fordring),
});

/** @param large whether it has the debitorkonto with {@link LARGE_FORDRINGER} fordringer, which takes a while to load. */
export function simulatorData(large: boolean) {
  const ordinary = Array.from({ length: KONTI }, (_, index) => index).flatMap((index) =>
    Object.keys(INSTANSER).map((fagsystem) => konto(fagsystem, `KONTO-${index}`, ['F-1'])),
  );
  const fordringer = Array.from({ length: LARGE_FORDRINGER }, (_, index) => `F-${index}`);
  return { debitorkonti: large ? [...ordinary, konto(FAGSYSTEM, LARGE_KONTO, fordringer)] : ordinary };
}

const COUNT_DIGITS = 12;

/** The n-th id of a run: the same run and n give the same id. It begins like chance and ends in n. */
export function idOf(run: string, n: number): string {
  const hex = createHash('sha256').update(`${run}:${n}`).digest('hex');
  const count = n.toString(16).padStart(COUNT_DIGITS, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${count}`;
}

/** Which n an id of a run stands for; NaN where it is none. */
export function countIn(id: string): number {
  return Number.parseInt(id.slice(-COUNT_DIGITS), 16);
}

const TEKST = 'Rettet efter henvendelse fra borgeren; se sagens journal for begrundelsen og beregningen. '
  .repeat(5)
  .trim();
const PARAMETRE = Array.from(
  { length: 8 },
  (_, index) =>
    `      <dka:Parameter>\n        <dka:Navn>Oplysning${index}</dka:Navn>\n        <dka:Vaerdi>Værdi ${index} af otte</dka:Vaerdi>\n      </dka:Parameter>\n`,
).join('');

function anmodning(fagsystem: string, id: string, debitorkonto: string, fordringer: readonly string[]): Buffer {
  const liste = fordringer
    .map((one) => `      <dka:FordringIdentifikator>${one}</dka:FordringIdentifikator>\n`)
    .join('');
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<dka:DebitorkontoAnmodningAfsend_I xmlns:dka="urn:oio:debitor:debitorkontoanmodning:1.0" xmlns:k="http://kombit.dk/xml/schemas/kontekst/2017/01/01/">
  <k:HovedOplysninger>
    <k:TransaktionsId>BENCH-${id}</k:TransaktionsId>
    <k:TransaktionsTid>2026-11-20T09:15:00.000+01:00</k:TransaktionsTid>
    <k:RequestId>${id}</k:RequestId>
    <k:Rute>
      <k:AfsenderOrganisation>${CVR}</k:AfsenderOrganisation>
      <k:AfsenderItSystemInstans>${INSTANSER[fagsystem]}</k:AfsenderItSystemInstans>
      <k:ModtagerOrganisation>${CVR}</k:ModtagerOrganisation>
    </k:Rute>
  </k:HovedOplysninger>
  <dka:AnmodningIdentifikator>${id}</dka:AnmodningIdentifikator>
  <dka:HandlingTypeKode>OPSKRIV</dka:HandlingTypeKode>
  <dka:HandlingParametre>
      <dka:Beloeb>0.01</dka:Beloeb>
      <dka:ValutaOplysningKode>DKK</dka:ValutaOplysningKode>
      <dka:AarsagKode>BENCH</dka:AarsagKode>
      <dka:AarsagTekst>${TEKST}</dka:AarsagTekst>
${PARAMETRE}  </dka:HandlingParametre>
  <dka:FordringHandling>
    <dka:DebitorkontoIdentifikator>${debitorkonto}</dka:DebitorkontoIdentifikator>
    <dka:FordringListe>
${liste}    </dka:FordringListe>
  </dka:FordringHandling>
</dka:DebitorkontoAnmodningAfsend_I>
`);
}

function kontantIndbetaling(id: string, n: number): Buffer {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<OpkrævningKontantIndbetalingOpret_I xmlns="http://skat.dk/begrebsmodel/2009/01/15/">
  <Kontekst>
    <HovedOplysninger xmlns="http://skat.dk/begrebsmodel/xml/schemas/kontekst/2007/05/31/">
      <TransaktionsID>${id}</TransaktionsID>
      <TransaktionsTid>2026-11-20T10:00:00</TransaktionsTid>
    </HovedOplysninger>
  </Kontekst>
  <KundeIdentifikation>
    <KundeNummer>${String(10_000_000 + (n % KONTI))}</KundeNummer>
    <KundeType>SE-Virksomhed</KundeType>
  </KundeIdentifikation>
  <OpkrævningIndbetalingOplysninger>
    <OpkrævningKontantIndbetalingType>Kontanter</OpkrævningKontantIndbetalingType>
    <OpkrævningIndbetalingBeløb>100.00</OpkrævningIndbetalingBeløb>
    <ValutaOplysningKode>DKK</ValutaOplysningKode>
    <OpkrævningIndbetalingDato>2026-11-20</OpkrævningIndbetalingDato>
  </OpkrævningIndbetalingOplysninger>
</OpkrævningKontantIndbetalingOpret_I>
`);
}

/** Which kind of message is sent; `large` names as many fordringer of one debitorkonto as is asked for. */
export type Kind =
  | { readonly art: 'debitorkonto' }
  | { readonly art: 'kontantindbetaling' }
  | { readonly art: 'large'; readonly fordringer: number };

/** A run of messages: who sends, what kind, and the name that makes its ids its own. */
export interface Sending {
  readonly fagsystem: string;
  readonly kind: Kind;
  readonly run: string;
}

export function routingKeyOf({ fagsystem, kind }: Sending): string {
  return `${kind.art === 'kontantindbetaling' ? 'kontantindbetaling' : 'debitorkonto'}.${fagsystem}`;
}

/** The n-th message of a run. */
export function bodyOf({ fagsystem, kind, run }: Sending, n: number): Buffer {
  const id = idOf(run, n);
  switch (kind.art) {
    case 'debitorkonto':
      return anmodning(fagsystem, id, `KONTO-${n % KONTI}`, ['F-1']);
    case 'kontantindbetaling':
      return kontantIndbetaling(id, n);
    case 'large':
      return anmodning(
        fagsystem,
        id,
        LARGE_KONTO,
        Array.from({ length: kind.fordringer }, (_, index) => `F-${index}`),
      );
  }
}

/** AMQP properties of the n-th message, as a fagsystem is asked to set them. */
export function propertiesOf({ fagsystem, run }: Sending, n: number) {
  const id = idOf(run, n);
  return {
    persistent: true,
    mandatory: true,
    messageId: id,
    correlationId: id,
    contentType: 'application/xml',
    userId: fagsystem,
  } as const;
}
