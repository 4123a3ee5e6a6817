/**
 * Any number of documents that were made to hurt: messages whose bytes chance has changed, pieces of markup in no order,
 * messages that were grown, cut and joined, and plain bytes. They take the whole way that a delivery takes, from bytes to
 * what is to be done with it, and every one of them must come to a Judgement that tells nobody a CPR number.
 *
 * All chance comes from the seed.
 */
import { gzipSync } from 'node:zlib';
import type { Delivery, QueueKind } from '../../src/broker/delivery.ts';
import { createReader } from '../../src/flow/read.ts';
import type { Judgement, Known } from '../../src/ledger/ledger.ts';
import { OWN_DKA_NAMESPACES } from '../../src/oio/namespaces.ts';
import { type Seeded, seeded } from '../faults/seeded.ts';
import { kontantIndbetaling, opskriv, paaFordringer, svarFraDebitorsystem } from '../support/meddelelser.ts';
import { RECEIVED_AT, rulebook, textsOf } from '../support/reading.ts';
import { xsdProblems } from '../support/xsd.ts';

/** Planted in every place of the messages that can hold it. */
const CPR_NUMBER = '0101701234';
const CPR_WITH_DASH = '010170-1234';

const KINDS = ['bytes ændret', 'vokset', 'klippet og samlet', 'stumper af XML', 'vilkårlige bytes'] as const;
type Kind = (typeof KINDS)[number];

export interface HostileProof {
  readonly seed: number;
  readonly documents: number;
  /** How many documents of a kind came to what: a refusal's code, or what is to be done. */
  readonly outcomes: Readonly<Record<Kind, Readonly<Record<string, number>>>>;
  /** What must not be: a fault of the program, a text with a CPR number, an answer against its schema, a slow document. */
  readonly faults: readonly string[];
  readonly slowestMs: number;
}

/** What a document of some hundred kilobytes may cost on a machine that has other things to do. */
const MAX_MS = 2000;
const MAX_FAULTS_SHOWN = 5;
const NOTHING_KNOWN: Known = { earlier: 'none', eksternIdUsed: false };
/** Every so many answers are judged by the XSDs. */
const XSD_EVERY = 25;

interface Message {
  readonly queue: QueueKind;
  readonly xml: string;
}

const handling = paaFordringer(CPR_NUMBER, CPR_NUMBER, `${CPR_NUMBER}-2`).replace(
  '</FordringListe>',
  `</FordringListe><ObjektTypeKode>${CPR_NUMBER}</ObjektTypeKode>`,
);
const parametre =
  `<VirkningDato>2026-01-01</VirkningDato><Beloeb>${CPR_NUMBER}</Beloeb><ValutaOplysningKode>DKK</ValutaOplysningKode>` +
  `<AarsagKode>${CPR_NUMBER}</AarsagKode><AarsagTekst>Vedrører ${CPR_WITH_DASH} &amp; &#48;101701234</AarsagTekst>` +
  `<Parameter><Navn>${CPR_NUMBER}</Navn><Vaerdi><![CDATA[${CPR_NUMBER}]]></Vaerdi></Parameter>`;

/** With a CPR number in a comment, an instruction, a prefix and a namespace too. */
function planted(queue: QueueKind, xml: string): Message {
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${CPR_NUMBER} --><?p${CPR_NUMBER} ${CPR_NUMBER}?>\n`;
  return { queue, xml: head + xml.replace(' xmlns', ` xmlns:p${CPR_NUMBER}="urn:${CPR_NUMBER}" xmlns`) };
}

const MESSAGES: readonly [Message, ...Message[]] = [
  planted('debitorkonto', opskriv('F', '1', { handling, parametre, transaktionsId: CPR_NUMBER })),
  planted(
    'debitorkonto',
    opskriv('F', '1', { transaktionsId: CPR_WITH_DASH, kode: CPR_NUMBER, handling, id: 'ID' }).replaceAll(
      OWN_DKA_NAMESPACES['1.0'],
      `urn:${CPR_NUMBER}`,
    ),
  ),
  planted(
    'kontantindbetaling',
    kontantIndbetaling({ transaktionsId: CPR_NUMBER, kundeNummer: CPR_NUMBER, eksternId: CPR_NUMBER }),
  ),
  planted(
    'kontantindbetaling',
    kontantIndbetaling({ transaktionsId: 'T', beloeb: `${CPR_NUMBER},5`, valuta: CPR_NUMBER, kundeType: 'Ukendt' }),
  ),
  // From the it-system of another: never answered.
  planted('debitorkonto', opskriv('F', '1', { transaktionsId: CPR_NUMBER, fagsystem: 'byggesag' })),
  planted(
    'udfald',
    svarFraDebitorsystem({
      id: '11111111-2222-4333-8444-555555555555',
      transaktionsId: CPR_NUMBER,
      kode: CPR_NUMBER,
    }),
  ),
];

const PIECES: readonly [string, ...string[]] = [
  '<',
  '>',
  '</',
  '/>',
  '<a>',
  '</a>',
  '<a b="',
  '"',
  "'",
  '=',
  ' xmlns="',
  ' xmlns:p="urn:x"',
  '<p:a',
  ':',
  '&',
  ';',
  '&amp;',
  '&#0;',
  '&#x110000;',
  '&#48;',
  '&x;',
  '<!--',
  '--',
  '-->',
  '<![CDATA[',
  ']]>',
  ']]',
  '<?',
  '?>',
  '<?xml version="1.0"?>',
  '<?xml version="1.0" encoding="UTF-16"?>',
  '<!DOCTYPE a [',
  '<!ENTITY a "&a;&a;">',
  '<!ENTITY % p SYSTEM "file:///etc/passwd">',
  ']>',
  '\0',
  '\u0001',
  '\ufeff',
  '\ufffe',
  '\u0301',
  '\ud800',
  '\r',
  '\n',
  '\t',
  ' ',
  CPR_NUMBER,
  CPR_WITH_DASH,
  `<A${CPR_NUMBER}>`,
  ` b${CPR_NUMBER}="${CPR_NUMBER}"`,
  '__proto__',
  '<constructor/>',
  ' xsi:nil="true"',
  'æøå',
  '😀',
  '1e3',
  '-0',
  'NaN',
];

const ENCODINGS = ['utf8', 'utf16le', 'utf16be', 'latin1', 'utf8 with a BOM'] as const;

function encoded(xml: string, chance: Seeded): Buffer {
  const encoding = chance.pick(ENCODINGS);
  switch (encoding) {
    case 'utf8':
      return Buffer.from(xml);
    case 'utf8 with a BOM':
      return Buffer.from(`\ufeff${xml}`);
    case 'latin1':
      return Buffer.from(xml.replace('UTF-8', 'ISO-8859-1'), 'latin1');
    case 'utf16le':
      return Buffer.from(`\ufeff${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le');
    case 'utf16be':
      return Buffer.from(`\ufeff${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le').swap16();
  }
}

function withChangedBytes(bytes: Buffer, chance: Seeded): Buffer {
  let changed = bytes;
  for (let left = chance.int(1, 5); left > 0; left -= 1) {
    const at = chance.int(0, changed.length);
    const before = changed.subarray(0, at);
    const after = changed.subarray(Math.min(changed.length, at + chance.int(0, 12)));
    const inserted = chance.pick([
      Buffer.alloc(0),
      Buffer.of(chance.int(0, 255)),
      Buffer.from(chance.pick(PIECES)),
      changed.subarray(chance.int(0, changed.length)).subarray(0, chance.int(0, 60)),
    ]);
    changed = Buffer.concat(chance.percent(10) ? [before, inserted] : [before, inserted, after]);
  }
  return changed;
}

/** One element, or one piece, so often that a limit may be met. */
function grown(xml: string, chance: Seeded): string {
  const tags = [...xml.matchAll(/<([A-Za-zæøåÆØÅ:]+)[^<>]*>[^<]*<\/\1>/g)];
  const tag = tags[chance.int(0, tags.length - 1)];
  if (tag === undefined) return xml;
  const times = 2 ** chance.int(1, 12);
  const by = chance.percent(60) ? tag[0].repeat(times) : tag[0].replace('>', `>${chance.pick(PIECES).repeat(times)}`);
  const nested = chance.percent(15) ? '<x>'.repeat(times) + by + '</x>'.repeat(times) : by;
  return xml.slice(0, tag.index) + nested + xml.slice(tag.index + tag[0].length);
}

function documentOf(kind: Kind, { xml }: Message, chance: Seeded): Buffer {
  switch (kind) {
    case 'bytes ændret':
      return withChangedBytes(encoded(xml, chance), chance);
    case 'vokset':
      return encoded(grown(xml, chance), chance);
    case 'klippet og samlet': {
      const other = chance.pick(MESSAGES).xml;
      const joined = xml.slice(0, chance.int(0, xml.length)) + other.slice(chance.int(0, other.length));
      return encoded(joined, chance);
    }
    case 'stumper af XML': {
      const pieces = Array.from({ length: chance.int(1, 60) }, () => chance.pick(PIECES)).join('');
      return encoded(chance.percent(50) ? `<a>${pieces}</a>` : pieces, chance);
    }
    case 'vilkårlige bytes': {
      const bytes = Buffer.from(Array.from({ length: chance.int(0, 200) }, () => chance.int(0, 255)));
      return chance.percent(20) ? gzipSync(xml) : bytes;
    }
  }
}

function deliveryOf(queue: QueueKind, body: Buffer): Delivery {
  const userId = queue === 'udfald' ? 'kommunedebitor' : 'kulturskole';
  const routingKey = queue === 'udfald' ? `${userId}.udfald` : `${queue}.${userId}`;
  return { queue, exchange: 'debitor.anmodning', routingKey, redelivered: false, body, properties: { userId } };
}

function outcomeOf(judgement: Judgement): string {
  return judgement.art === 'fejlkoe' ? judgement.kode : judgement.art;
}

const REFUSALS = /^(DA-00[1-6]|DA-120|answer|dispatch|svar)$/;

/** Reads so many documents. Costs about a fifth of a millisecond for each. */
export function provedHostile({
  documents,
  seed,
}: {
  readonly documents: number;
  readonly seed: number;
}): HostileProof {
  const chance = seeded(seed).branch('hostile');
  const dkaNamespaces = Object.values(OWN_DKA_NAMESPACES);
  const read = createReader({
    rulebook: { ...rulebook, dkaNamespaces },
    requireUserId: true,
    maxMessageBytes: 1024 * 1024,
  });
  const outcomes = Object.fromEntries(KINDS.map((kind) => [kind, {}])) as Record<Kind, Record<string, number>>;
  const faults: string[] = [];
  let slowestMs = 0;
  let answers = 0;

  for (let number = 0; number < documents; number += 1) {
    const kind = KINDS[number % KINDS.length] ?? 'bytes ændret';
    const message = chance.pick(MESSAGES);
    const body = documentOf(kind, message, chance);
    const fault = (what: string): void => {
      if (faults.length < MAX_FAULTS_SHOWN) faults.push(`${what}: nr. ${number}, ${kind}, ${body.toString('base64')}`);
    };
    const startedAt = performance.now();
    const judgement = read(deliveryOf(message.queue, body), RECEIVED_AT).judge(NOTHING_KNOWN);
    const elapsedMs = performance.now() - startedAt;
    slowestMs = Math.max(slowestMs, elapsedMs);
    const outcome = outcomeOf(judgement);
    outcomes[kind][outcome] = (outcomes[kind][outcome] ?? 0) + 1;
    if (!REFUSALS.test(outcome)) fault(`blev til ${outcome}`);
    if (elapsedMs > MAX_MS) fault(`tog ${elapsedMs.toFixed(0)} ms`);
    const texts = textsOf(judgement);
    if (texts.includes(CPR_NUMBER) || texts.includes(CPR_WITH_DASH)) fault('gengiver et CPR-nummer');
    const answer = 'answer' in judgement ? judgement.answer : undefined;
    if (answer === undefined) continue;
    answers += 1;
    if (answers % XSD_EVERY === 0 && xsdProblems(answer.body).length > 0) fault('svaret overholder ikke sit skema');
  }
  return { seed, documents, outcomes, faults, slowestMs };
}
