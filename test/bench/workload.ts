/** What the bench sends: distinct debitorkontoanmodninger of about 2.6 KB that all can be carried out, spread over many lines. */
import { createHash } from 'node:crypto';

export const FAGSYSTEM = 'bench';
const INSTANS = '4f1d2c3b-5a69-4788-9a0b-1c2d3e4f5a6b';
const CVR = '29189846';
const KONTI = 1000;

export const registry = {
  fagsystemer: [{ id: FAGSYSTEM, navn: 'Bench', itSystemInstanser: [INSTANS], myndigheder: [CVR] }],
  debitorsystemer: [],
};

export const simulatorData = {
  debitorkonti: Array.from({ length: KONTI }, (_, index) => ({
    fagsystem: FAGSYSTEM,
    myndighed: CVR,
    identifikator: `KONTO-${index}`,
    fordringer: [
      { identifikator: 'F-1', tilstand: 'AABEN', beloeb: '1000.00', restbeloeb: '1000.00', forfaldsdato: '2027-01-01' },
    ],
  })),
};

/** The n-th id of a run: the same run and n give the same id. */
export function idOf(run: string, n: number): string {
  const hex = createHash('sha256').update(`${run}:${n}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const TEKST = 'Rettet efter henvendelse fra borgeren; se sagens journal for begrundelsen og beregningen. '
  .repeat(5)
  .trim();
const PARAMETRE = Array.from(
  { length: 8 },
  (_, index) =>
    `      <dka:Parameter>\n        <dka:Navn>Oplysning${index}</dka:Navn>\n        <dka:Vaerdi>Værdi ${index} af otte</dka:Vaerdi>\n      </dka:Parameter>\n`,
).join('');

/** The n-th message of a run. */
export function bodyOf(run: string, n: number): Buffer {
  const id = idOf(run, n);
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<dka:DebitorkontoAnmodningAfsend_I xmlns:dka="urn:oio:debitor:debitorkontoanmodning:1.0" xmlns:k="http://kombit.dk/xml/schemas/kontekst/2017/01/01/">
  <k:HovedOplysninger>
    <k:TransaktionsId>BENCH-${id}</k:TransaktionsId>
    <k:TransaktionsTid>2026-11-20T09:15:00.000+01:00</k:TransaktionsTid>
    <k:RequestId>${id}</k:RequestId>
    <k:Rute>
      <k:AfsenderOrganisation>${CVR}</k:AfsenderOrganisation>
      <k:AfsenderItSystemInstans>${INSTANS}</k:AfsenderItSystemInstans>
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
    <dka:DebitorkontoIdentifikator>KONTO-${n % KONTI}</dka:DebitorkontoIdentifikator>
    <dka:FordringListe>
      <dka:FordringIdentifikator>F-1</dka:FordringIdentifikator>
    </dka:FordringListe>
  </dka:FordringHandling>
</dka:DebitorkontoAnmodningAfsend_I>
`);
}
