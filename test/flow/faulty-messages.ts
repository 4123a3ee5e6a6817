/**
 * One message for every kind of fault that a message can have before the debitorsystem is asked: what is wrong with it, and
 * what its refusal says of where. test/flow/refusals.test.ts holds the refusals to it.
 */
import { gzipSync } from 'node:zlib';
import type { QueueKind } from '../../src/broker/delivery.ts';
import type { Fejlkoder } from '../../src/errors.ts';
import type { Known } from '../../src/ledger/ledger.ts';
import {
  kontantIndbetaling,
  mellemFordringer,
  mellemKonti,
  opskriv,
  paaFordringer,
  paaKonto,
  svarFraDebitorsystem,
} from '../support/meddelelser.ts';

export const CPR_NUMBER = '0101701234';

/** One line for each part of the message, with a CPR number wherever a sender may write what it likes. */
export const ANMODNING = opskriv('F', '1', {
  id: '11111111-2222-4333-8444-555555555555',
  requestId: '11111111-2222-4333-8444-666666666666',
  transaktionsId: CPR_NUMBER,
  handling: paaFordringer(CPR_NUMBER, CPR_NUMBER),
  parametre: `<Beloeb>1</Beloeb><AarsagKode>${CPR_NUMBER}</AarsagKode><AarsagTekst>${CPR_NUMBER}</AarsagTekst>`,
});
const ROOT = '/DebitorkontoAnmodningAfsend_I';
const PARAMETRE = `${ROOT}/HandlingParametre`;

const change = (from: string | RegExp, to: string) => (): string => {
  const changed = ANMODNING.replace(from, to);
  if (changed === ANMODNING) throw new Error(`${from} is not in the message`);
  return changed;
};
const inParametre = (inner: string) => change('<Beloeb>1</Beloeb>', inner);
const withHandling =
  (kode: string, handling: string, parametre = '<Beloeb>1</Beloeb><AarsagKode>A</AarsagKode>') =>
  (): string =>
    opskriv('F', '1', { kode, handling, parametre, transaktionsId: CPR_NUMBER });

export interface Fault {
  readonly what: string;
  readonly make: () => string | Uint8Array;
  readonly kode: Fejlkoder;
  /** What is wrong and where, as it stands in the text's brackets. Undefined where nothing but the code's own text is said. */
  readonly sted?: string | RegExp;
  readonly queue?: QueueKind;
  readonly known?: Known;
}

/** Not well-formed, over a limit, or of no known kind. */
export const UNREADABLE: readonly Fault[] = [
  { what: 'an empty message', make: () => '', kode: 'DA-001', sted: 'meddelelsen er tom' },
  {
    what: 'an element that is not ended',
    make: change('</AarsagKode>', ''),
    kode: 'DA-001',
    sted: /^linje 14, kolonne \d+: et sluttag svarer ikke/,
  },
  {
    what: 'a message cut short',
    make: () => ANMODNING.slice(0, -20),
    kode: 'DA-001',
    sted: /^linje 16, kolonne \d+: .*er ikke afsluttet|dokumentet slutter/,
  },
  {
    what: 'a bare ampersand',
    make: change('<Beloeb>1', `<Beloeb>${CPR_NUMBER} & 1`),
    kode: 'DA-001',
    sted: /^linje 14, kolonne 41: et &-tegn .*skriv &amp;/,
  },
  {
    what: 'a prefix that is not declared',
    make: change('<Beloeb>1</Beloeb>', `<p${CPR_NUMBER}:Beloeb/>`),
    kode: 'DA-001',
    sted: /kolonne \d+: et namespace-præfiks er ikke erklæret/,
  },
  {
    what: 'two roots',
    make: () => `${ANMODNING}<a${CPR_NUMBER}/>`,
    kode: 'DA-001',
    sted: /linje 16, kolonne \d+: dokumentet har mere end ét rodelement/,
  },
  {
    what: 'text after the root',
    make: () => `${ANMODNING}${CPR_NUMBER}`,
    kode: 'DA-001',
    sted: /tekst uden for rodelementet/,
  },
  {
    what: 'bytes that are not UTF-8',
    make: () => Buffer.from(ANMODNING.replace('<Beloeb>1', '<Beloeb>æ'), 'latin1'),
    kode: 'DA-002',
    sted: 'linje 14, byte 30: ikke lovlig UTF-8',
  },
  {
    what: 'an encoding that is not read',
    make: () => `<?xml version="1.0" encoding="${CPR_NUMBER}"?>${ANMODNING}`,
    kode: 'DA-002',
    sted: 'linje 1, XML-erklæringen: den erklærede tegnkodning understøttes ikke',
  },
  {
    what: 'an encoding that is not the declared one',
    make: () => `<?xml version="1.0" encoding="UTF-16"?>${ANMODNING}`,
    kode: 'DA-002',
    sted: 'linje 1, XML-erklæringen: UTF-16 er erklæret, men meddelelsen er ikke UTF-16',
  },
  {
    what: 'a compressed message',
    make: () => gzipSync(ANMODNING),
    kode: 'DA-002',
    sted: /^meddelelsen er komprimeret med gzip; .*content_encoding/,
  },
  {
    what: 'a DOCTYPE',
    make: () => `<!DOCTYPE a${CPR_NUMBER} [<!ENTITY e "${CPR_NUMBER}">]>${ANMODNING}`,
    kode: 'DA-003',
    sted: 'linje 1, kolonne 1: en DOCTYPE',
  },
  {
    what: 'an entity',
    make: change('<Beloeb>1', `<Beloeb>&e${CPR_NUMBER};`),
    kode: 'DA-003',
    sted: /linje 14, kolonne 30: en entitet/,
  },
  {
    what: 'too deep a tree',
    make: change('<Beloeb>1', `<Beloeb>${'<a>'.repeat(70)}`),
    kode: 'DA-006',
    sted: /^linje 14, kolonne \d+: mere end 64 elementer inde i hinanden/,
  },
  {
    what: 'too many elements',
    make: () => `<a>${'<b/>'.repeat(250_001)}</a>`,
    kode: 'DA-006',
    sted: /mere end 250000 elementer/,
  },
  {
    what: 'too many attributes',
    make: () => `<a ${Array.from({ length: 65 }, (_, at) => `b${at}=""`).join(' ')}/>`,
    kode: 'DA-006',
    sted: /mere end 64 attributter i et element/,
  },
  {
    what: 'too large a message',
    make: () => Buffer.alloc(16 * 1024 * 1024 + 1, 0x20),
    kode: 'DA-006',
    sted: '16777217 bytes; højst 16777216 er tilladt',
  },
  {
    what: 'an unknown root',
    make: () => `\n <A${CPR_NUMBER} xmlns="urn:${CPR_NUMBER}"/>`,
    kode: 'DA-004',
    sted: 'linje 2, kolonne 2: navnet kendes ikke',
  },
  {
    what: 'a namespace that is not accepted',
    make: change(':1.0"', `:${CPR_NUMBER}"`),
    kode: 'DA-004',
    sted: 'linje 1, kolonne 1: navnet kendes, men i et andet namespace; her skal namespace være urn:oio:debitor:debitorkontoanmodning:1.0',
  },
  {
    what: 'no namespace',
    make: change(/ xmlns="[^"]*"/, ''),
    kode: 'DA-004',
    sted: /^linje 1, kolonne 1: navnet kendes, men uden namespace; her skal namespace være urn:oio:/,
  },
  {
    what: 'a version that is not accepted here',
    make: change(':1.0"', ':1.1"'),
    kode: 'DA-004',
    sted: 'linje 1, kolonne 1: version 1.1 af meddelelsen er ikke slået til; her skal namespace være urn:oio:debitor:debitorkontoanmodning:1.0',
  },
  {
    what: 'a SOAP envelope',
    make: () =>
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${ANMODNING}</s:Body></s:Envelope>`,
    kode: 'DA-004',
    sted: 'linje 1, kolonne 1: meddelelsen ligger i en SOAP-kuvert; send indholdet af Body alene',
  },
  {
    what: 'the root of another queue',
    make: () => kontantIndbetaling({ transaktionsId: CPR_NUMBER }),
    kode: 'DA-004',
    sted: /^linje \d+, kolonne \d+: meddelelsen hører til en anden kø; dens routing key er kontantindbetaling\.<fagsystem>$/,
  },
];

export const AGAINST_THE_SCHEMA: readonly Fault[] = [
  {
    what: 'an element left out',
    make: change(/<AnmodningIdentifikator>.*\n/, ''),
    kode: 'DA-005',
    sted: `linje 1, kolonne 1, ${ROOT}: elementet AnmodningIdentifikator mangler`,
  },
  {
    what: 'an unknown element',
    make: inParametre(`<A${CPR_NUMBER}>${CPR_NUMBER}</A${CPR_NUMBER}>`),
    kode: 'DA-005',
    sted: `linje 14, kolonne 22, ${PARAMETRE}/A…: elementet kendes ikke her; her kan stå VirkningDato, Beloeb, ValutaOplysningKode, AarsagKode, AarsagTekst, Parameter`,
  },
  {
    what: 'an element of a later version',
    make: inParametre(`<SagIdentifikator>${CPR_NUMBER}</SagIdentifikator>`),
    kode: 'DA-005',
    sted: `linje 14, kolonne 22, ${PARAMETRE}/SagIdentifikator: elementet findes først i version 1.1`,
  },
  {
    what: 'an element repeated',
    make: inParametre('<Beloeb>1</Beloeb><Beloeb>1</Beloeb>'),
    kode: 'DA-005',
    sted: `linje 14, kolonne 40, ${PARAMETRE}/Beloeb[2]: elementet må kun forekomme én gang`,
  },
  {
    what: 'elements out of order',
    make: inParametre('<ValutaOplysningKode>DKK</ValutaOplysningKode><Beloeb>1</Beloeb>'),
    kode: 'DA-005',
    sted: /Beloeb: elementet skal stå før ValutaOplysningKode/,
  },
  {
    what: 'another namespace',
    make: inParametre(`<Beloeb xmlns="urn:${CPR_NUMBER}">1</Beloeb>`),
    kode: 'DA-005',
    sted: /Beloeb: elementet står i et forkert namespace; det skal være urn:oio:debitor:debitorkontoanmodning:1\.0/,
  },
  {
    what: 'an attribute',
    make: inParametre(`<Beloeb a${CPR_NUMBER}="${CPR_NUMBER}">1</Beloeb>`),
    kode: 'DA-005',
    sted: /^linje 14, kolonne 30, .*Beloeb: attributten a… er ikke tilladt/,
  },
  {
    what: 'text between elements',
    make: inParametre(`${CPR_NUMBER}<Beloeb>1</Beloeb>`),
    kode: 'DA-005',
    sted: `linje 14, kolonne 3, ${PARAMETRE}: må kun indeholde elementer, men indeholder tekst`,
  },
  {
    what: 'elements in a text',
    make: inParametre(`<Beloeb>1<a${CPR_NUMBER}/></Beloeb>`),
    kode: 'DA-005',
    sted: /Beloeb: må kun indeholde tekst, men indeholder elementer/,
  },
  {
    what: 'no variant',
    make: change(/<FordringHandling>.*<\/FordringHandling>/, ''),
    kode: 'DA-005',
    sted: /skal indeholde netop ét af elementerne DebitorkontoHandling, FordringHandling, DebitorkontiHandling, FordringerMellemDebitorkontiHandling/,
  },
  {
    what: 'two variants',
    make: change('<FordringHandling>', `${paaKonto('A')}<FordringHandling>`),
    kode: 'DA-005',
    sted: /skal indeholde netop ét af elementerne/,
  },
  {
    what: 'an empty value',
    make: change(`<AarsagTekst>${CPR_NUMBER}`, '<AarsagTekst>'),
    kode: 'DA-005',
    sted: /AarsagTekst: må ikke være tom/,
  },
  {
    what: 'too long a value',
    make: change(`<AarsagKode>${CPR_NUMBER}`, `<AarsagKode>${CPR_NUMBER.repeat(4)}`),
    kode: 'DA-005',
    sted: /AarsagKode: må højst have 30 tegn/,
  },
  {
    what: 'no UUID',
    make: change('11111111-2222-4333-8444-555555555555', CPR_NUMBER),
    kode: 'DA-005',
    sted: /^linje 12, kolonne 3, .*AnmodningIdentifikator: skal være/,
  },
  {
    what: 'no date',
    make: inParametre(`<VirkningDato>${CPR_NUMBER}</VirkningDato>`),
    kode: 'DA-005',
    sted: /VirkningDato: skal være/,
  },
  {
    what: 'no time',
    make: change('2026-11-20T09:15:00', CPR_NUMBER),
    kode: 'DA-005',
    sted: /HovedOplysninger\/TransaktionsTid: skal være/,
  },
  {
    what: 'no amount',
    make: inParametre(`<Beloeb>${CPR_NUMBER},5</Beloeb>`),
    kode: 'DA-005',
    sted: /Beloeb: skal være/,
  },
  {
    what: 'no value of a list',
    make: () =>
      svarFraDebitorsystem({ id: '11111111-2222-4333-8444-555555555555', transaktionsId: 'T', status: CPR_NUMBER }),
    kode: 'DA-005',
    sted: /SvarStatusKode: skal være en af værdierne GENNEMFOERT, DELVIST_GENNEMFOERT, AFVIST, FEJLET/,
    queue: 'udfald',
  },
  {
    what: 'too many fordringer',
    make: () => opskriv('F', '1', { handling: paaFordringer('A', ...Array.from({ length: 10_001 }, () => 'F')) }),
    kode: 'DA-005',
    sted: /FordringIdentifikator\[10001\]: må højst forekomme 10000 gange/,
  },
];

export const AGAINST_A_RULE: readonly Fault[] = [
  { what: 'an unknown handlingstype', make: withHandling(CPR_NUMBER, paaKonto(CPR_NUMBER)), kode: 'DA-101' },
  {
    what: 'a variant that the type has not',
    make: withHandling('OPSKRIV', paaKonto(CPR_NUMBER)),
    kode: 'DA-102',
    sted: 'variant 1; tilladt: 2',
  },
  {
    what: 'a parameter left out',
    make: withHandling('OPSKRIV', paaFordringer(CPR_NUMBER, CPR_NUMBER), '<AarsagKode>A</AarsagKode>'),
    kode: 'DA-103',
    sted: 'Beloeb mangler',
  },
  {
    what: 'another currency',
    make: withHandling('UDLIGN', mellemKonti('A', 'B'), '<ValutaOplysningKode>EUR</ValutaOplysningKode>'),
    kode: 'DA-103',
    sted: 'ValutaOplysningKode må ikke være andet end DKK',
  },
  { what: 'a used id', make: () => ANMODNING, kode: 'DA-104', known: { earlier: 'other', eksternIdUsed: false } },
  {
    what: 'another object type',
    make: withHandling(
      'OPSKRIV',
      paaFordringer('K', 'F').replace('</FordringHandling>', `<ObjektTypeKode>${CPR_NUMBER}</ObjektTypeKode>$&`),
    ),
    kode: 'DA-105',
    sted: 'tilladt: FORDRING',
  },
  {
    what: 'a fordring twice',
    make: withHandling('OPSKRIV', paaFordringer('K', CPR_NUMBER, CPR_NUMBER)),
    kode: 'DA-106',
    sted: 'FordringListe, nr. 2',
  },
  {
    what: 'a fordring on both sides',
    make: withHandling('OMPOSTER', mellemFordringer([CPR_NUMBER, CPR_NUMBER], [CPR_NUMBER, CPR_NUMBER])),
    kode: 'DA-106',
    sted: 'Til/FordringListe, nr. 1 står også i Fra',
  },
  {
    what: 'the same konto on both sides',
    make: withHandling('UDLIGN', mellemKonti(CPR_NUMBER, CPR_NUMBER)),
    kode: 'DA-107',
  },
  {
    what: 'another myndighed',
    make: change(/29189846/, '12345678'),
    kode: 'DA-108',
    sted: 'fagsystemet er ikke registreret for myndigheden',
  },
  {
    what: 'a used payment',
    make: () => kontantIndbetaling({ transaktionsId: CPR_NUMBER, eksternId: CPR_NUMBER }),
    kode: 'DA-110',
    queue: 'kontantindbetaling',
    known: { earlier: 'other', eksternIdUsed: true },
  },
];
