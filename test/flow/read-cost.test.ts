/**
 * What the worst messages cost on their whole way from bytes to a judgement. Each is near a limit: of bytes, of elements
 * (250,000), or of fordringer. test/oio/hostile.test.ts has what is worst for the reader alone.
 */
import { describe, expect, test } from 'vitest';
import type { QueueKind } from '../../src/broker/delivery.ts';
import { costInMessages, MESSAGES_PER_SECOND } from '../support/cpu.ts';
import { kontantIndbetaling, opskriv, svarFraDebitorsystem } from '../support/meddelelser.ts';
import { readDelivery } from '../support/reading.ts';

const SIZE = 4 * 1024 * 1024;
/** ADAPTER_MAX_MESSAGE_BYTES as it is shipped, and room for what stands around. */
const LARGEST = 16 * 1024 * 1024 - 4000;
/** One second on a quiet machine, whatever a message holds; and half as much for what a machine that is shared adds. */
const MOST_MESSAGES = 1.5 * MESSAGES_PER_SECOND;
/** Of resident memory, for all of them, one after the other. */
const MAX_GROWTH_BYTES = 768 * 1024 * 1024;
/** 20 problems, each with a path. */
const MAX_TEXT = 8000;
const MANY = 240_000;

const fill = (part: string, size = SIZE): string => part.repeat(Math.floor(size / Buffer.byteLength(part)));
const many = (count: number, part: (number: number) => string): string =>
  Array.from({ length: count }, (_, number) => part(number)).join('');

const BASE = opskriv('F-1', '1');
const withParametre = (inner: string): string => BASE.replace('</HandlingParametre>', `${inner}</HandlingParametre>`);
const inParameter = (text: string): string =>
  withParametre(`<Parameter><Navn>a</Navn><Vaerdi>${text}</Vaerdi></Parameter>`);
const ids = (count: number, id: (number: number) => string): string =>
  many(count, (number) => `<FordringIdentifikator>${id(number)}</FordringIdentifikator>`);
const side = (name: string, fordringer: string): string =>
  `<${name}><DebitorkontoIdentifikator>A</DebitorkontoIdentifikator><FordringListe>${fordringer}</FordringListe></${name}>`;
const omposter = (fordringer: string): string =>
  BASE.replace('>OPSKRIV<', '>OMPOSTER<').replace(
    /<FordringHandling>.*<\/FordringHandling>/,
    `<FordringerMellemDebitorkontiHandling>${side('Fra', fordringer)}${side('Til', fordringer)}</FordringerMellemDebitorkontiHandling>`,
  );
const svar = (inner: string): string =>
  svarFraDebitorsystem({ id: '11111111-2222-4333-8444-555555555555', transaktionsId: 'T' }).replace(
    '</SvarTid>',
    `</SvarTid>${inner}`,
  );

type Row = readonly [what: string, make: () => string, outcome: string, queue?: QueueKind];

const ROWS: readonly Row[] = [
  [
    '10,000 fordringer on both sides, all of them the same',
    () => omposter(ids(10_000, (number) => `F-${number}`)),
    'answer',
  ],
  ['10,000 times the same fordring', () => omposter(ids(10_000, () => 'F')), 'answer'],
  ['120,000 fordringer on both sides', () => omposter(ids(MANY / 2, () => 'F')), 'DA-005'],
  ['120,000 fordringer without an id on both sides', () => omposter(ids(MANY / 2, () => '')), 'DA-005'],
  ['unknown elements', () => withParametre('<X/>'.repeat(MANY)), 'DA-005'],
  [
    'unknown elements, each with a name of its own',
    () => withParametre(many(MANY, (number) => `<X${number}/>`)),
    'DA-005',
  ],
  [
    'unknown elements before the right one',
    () => BASE.replace('<HandlingTypeKode>', `${'<X/>'.repeat(MANY)}$&`),
    'DA-005',
  ],
  ['parameters', () => withParametre('<Parameter><Navn>a</Navn><Vaerdi/></Parameter>'.repeat(MANY / 3)), 'dispatch'],
  ['parameters without anything', () => withParametre('<Parameter/>'.repeat(MANY)), 'DA-005'],
  ['parameters with something else', () => withParametre('<Parameter><Q/></Parameter>'.repeat(MANY / 2)), 'DA-005'],
  [
    'elements in the wrong order',
    () => withParametre('<AarsagKode>a</AarsagKode><Beloeb/>'.repeat(MANY / 2)),
    'DA-005',
  ],
  ['attributes', () => withParametre('<Parameter a="" b="" c=""/>'.repeat(MANY / 3)), 'DA-005'],
  ['trees as deep as they may be', () => withParametre(('<X>'.repeat(58) + '</X>'.repeat(58)).repeat(4000)), 'DA-005'],
  ['text between elements', () => withParametre('x<X/>'.repeat(MANY)), 'DA-005'],
  ['a value of letters', () => inParameter(fill('x')), 'DA-005'],
  ['a value of single spaces', () => inParameter(fill('x ')), 'DA-005'],
  ['a value of double spaces', () => inParameter(fill('x  ')), 'DA-005'],
  ['a value of white space', () => inParameter(fill('\t\n')), 'dispatch'],
  ['an amount of zeros', () => BASE.replace('<Beloeb>', `$&${fill('0')}`), 'dispatch'],
  ['an amount of zeros and a one', () => BASE.replace('</Beloeb>', `.${fill('0')}1$&`), 'DA-005'],
  [
    'a UUID of capitals that grow in lower case',
    () => BASE.replace('<AnmodningIdentifikator>', `$&${fill('İ')}`),
    'DA-005',
  ],
  [
    'results in a svar',
    () =>
      svar(
        `<HandlingResultat>${'<FordringResultat><FordringIdentifikator>F</FordringIdentifikator><ResultatKode>AFVIST</ResultatKode></FordringResultat>'.repeat(MANY / 3)}</HandlingResultat>`,
      ),
    'svar',
    'udfald',
  ],
  [
    'a system of spaces',
    () => kontantIndbetaling({ eksternId: 'x' }).replace('DMROnline', fill(' ')),
    'DA-005',
    'kontantindbetaling',
  ],
  ['an amount of a payment', () => kontantIndbetaling({ beloeb: fill('1') }), 'DA-005', 'kontantindbetaling'],
  ['starts of an id, and no end', () => `<a>${fill('<TransaktionsId>')}`, 'DA-006'],
  ['starts of prefixes', () => `<a>${fill(`<${'a'.repeat(99)}:`)}`, 'DA-001'],
];

const fejlliste = (fejl: string): string =>
  svar(`<FejlListe xmlns:kv="http://serviceplatformen.dk/xml/schemas/kvittering/1/">${fejl}</FejlListe>`);
const fejlMed = (tekst: string): string =>
  `<kv:Fejl><kv:FejlKode>x</kv:FejlKode><kv:FejlTekst>${tekst}</kv:FejlTekst></kv:Fejl>`;

/** As large as a message may be, of what costs most. */
const LARGEST_ROWS: readonly Row[] = [
  [
    'one attribute name, and as much text',
    () => withParametre(`<a ${fill('b', LARGEST / 2)}="1"/>${fill(' ', LARGEST / 2)}`),
    'DA-006',
  ],
  ['60 long attribute names', () => withParametre(`<a ${fill('b', 250_000)}="1"/>`.repeat(60)), 'DA-006'],
  ['15 attributes of line feeds', () => withParametre(`<a b="${fill('\n', 900_000)}"/>`.repeat(15)), 'DA-006'],
  ['instructions with ampersands, and an error', () => `${inParameter(fill('<?a &?>', LARGEST))}<`, 'DA-006'],
  ['empty instructions', () => inParameter(fill('<?a?>', LARGEST)), 'DA-006'],
  ['instructions before the root', () => fill('<?a?>', LARGEST) + BASE.replace(/^<\?xml.*?\?>/, ''), 'DA-006'],
  ['comments', () => inParameter(fill('<!---->', LARGEST)), 'DA-006'],
  ['empty CDATA sections', () => inParameter(fill('<![CDATA[]]>', LARGEST)), 'DA-006'],
  ['references', () => inParameter(fill('&amp;', LARGEST)), 'DA-006'],
  ['line feeds, and an error at the end', () => `${inParameter(fill('\n', LARGEST))}<`, 'DA-001'],
  ['carriage returns', () => inParameter(fill('\r', LARGEST)), 'dispatch'],
  ['a Fejl of CPR numbers', () => fejlliste(fejlMed(fill('0101701234 ', LARGEST))), 'svar', 'udfald'],
  ['a Fejl of CPR numbers in one word', () => fejlliste(fejlMed(fill('0101701234a', LARGEST))), 'svar', 'udfald'],
  ['80,000 Fejl of CPR numbers', () => fejlliste(fejlMed('0101701234 '.repeat(10)).repeat(80_000)), 'svar', 'udfald'],
];

function judged(xml: string, queue: QueueKind) {
  const userId = queue === 'udfald' ? 'kommunedebitor' : 'kulturskole';
  const arrival = readDelivery({
    queue,
    exchange: 'debitor.anmodning',
    routingKey: queue === 'udfald' ? `${userId}.udfald` : `${queue}.${userId}`,
    redelivered: false,
    body: Buffer.from(xml),
    properties: { userId },
  });
  const judgement = arrival.judge({ earlier: 'none', eksternIdUsed: false });
  if (judgement.art === 'svar') judgement.receipt('recorded');
  return { judgement, fingerprint: arrival.fingerprint() };
}

const casesOf = (rows: readonly Row[]) =>
  rows.map(([what, make, outcome, queue = 'debitorkonto']) => ({ what, make, outcome, queue }));
type Case = ReturnType<typeof casesOf>[number];

function expectCheap({ make, outcome, queue }: Case): void {
  const xml = make();
  const { cost, result: judgement } = costInMessages(() => judged(xml, queue).judgement, MOST_MESSAGES);
  expect(judgement.art === 'fejlkoe' ? judgement.kode : judgement.art).toBe(outcome);
  if (judgement.art === 'fejlkoe') {
    expect(judgement.aarsag.length).toBeLessThan(MAX_TEXT);
    expect(judgement.answer?.body.length).toBeLessThan(3 * MAX_TEXT);
  }
  expect(cost).toBeLessThan(MOST_MESSAGES);
}

test.each(casesOf(ROWS))('a message of nothing but $what is judged within a second, in a short text', expectCheap);

describe('a message as large as it may be is judged within a second of processor time', () => {
  const before = process.resourceUsage().maxRSS;

  test.each(casesOf(LARGEST_ROWS))('of nothing but $what', expectCheap);

  test('and all of them in bounded memory', () => {
    expect((process.resourceUsage().maxRSS - before) * 1024).toBeLessThan(MAX_GROWTH_BYTES);
  });
});

test('a name longer than a thousand characters is refused, and one as long as that is only unknown', () => {
  const refusalOf = (length: number) =>
    judged(withParametre(`<a${'1'.repeat(length - 1)}/>`), 'debitorkonto').judgement;
  expect(refusalOf(1001)).toMatchObject({ kode: 'DA-006', aarsag: expect.stringContaining('mere end 1000 tegn') });
  expect(refusalOf(1000)).toMatchObject({
    kode: 'DA-005',
    aarsag: expect.stringContaining('/HandlingParametre/a…: elementet kendes ikke her'),
  });
});
