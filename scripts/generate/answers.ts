/**
 * examples/svar/: an example of every answer. Each is the adapter's own answer to a message of examples/meddelelser/ — read,
 * judged and written by the code that runs — indented, with a comment on top. Outcomes of the debitorsystem are given here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeKvittering, type DebitorkontoKontekst } from '../../src/anmodninger/debitorkontoanmodning/answers.ts';
import { svarReportOf } from '../../src/anmodninger/debitorkontoanmodning/svar.ts';
import { composeKontantKvittering, type KontantKontekst } from '../../src/anmodninger/kontant-indbetaling.ts';
import type { Delivery, QueueKind } from '../../src/broker/delivery.ts';
import { loadConfig } from '../../src/config.ts';
import type { Dato, FordringId } from '../../src/domain/identer.ts';
import type { KontantKvittering, Kvittering } from '../../src/domain/kvittering.ts';
import type { Svar } from '../../src/domain/udfald.ts';
import { fejl } from '../../src/errors.ts';
import { compose } from '../../src/flow/compose.ts';
import { createReader } from '../../src/flow/read.ts';
import type { Answer, Judgement, SvarVerdict } from '../../src/ledger/ledger.ts';
import { prettyXml } from '../../src/oio/pretty.ts';
import { readXml } from '../../src/oio/xml-reader.ts';
import { loadRulebook } from '../../src/rulebook.ts';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');
const RECEIVED_AT = Date.parse('2026-11-22T09:30:00.000+01:00');
const ANSWERED_AT = RECEIVED_AT + 25;
const WEEKS_LATER = Date.parse('2026-12-03T14:05:00.000+01:00');

/** What the debitorsystem says, or what happened before it was asked. */
type Outcome =
  | { readonly art: 'kvittering'; readonly kvittering: Kvittering }
  | { readonly art: 'kontant'; readonly kvittering: KontantKvittering }
  | { readonly art: 'svar'; readonly svar: Svar }
  | { readonly art: 'verdict'; readonly verdict: SvarVerdict }
  /** The adapter answers before the debitorsystem is asked. */
  | { readonly art: 'judged'; readonly earlier?: 'other' };

interface Example {
  /** In examples/svar/, without `.xml`. */
  readonly fil: string;
  /** In examples/meddelelser/, without `.xml`. */
  readonly til: string;
  readonly afsender: string;
  readonly queue: QueueKind;
  /** What stands in the comment. */
  readonly om: string;
  readonly outcome: Outcome;
}

const fordring = (id: string): FordringId => id as FordringId;

const debitorkonto = (fil: string, til: string, afsender: string, om: string, outcome: Outcome): Example => ({
  fil,
  til,
  afsender,
  queue: 'debitorkonto',
  om,
  outcome,
});
const kvittering = (kvittering: Kvittering): Outcome => ({ art: 'kvittering', kvittering });
const svar = (svar: Omit<Svar, 'tid'>): Outcome => ({ art: 'svar', svar: { ...svar, tid: WEEKS_LATER - 60_000 } });
const kontant = (fil: string, til: string, om: string, outcome: Outcome): Example => ({
  fil,
  til,
  afsender: 'kulturskole',
  queue: 'kontantindbetaling',
  om,
  outcome,
});
const booked: Outcome = { art: 'kontant', kvittering: { kode: 'ACCEPTERET', fejl: [], advis: [] } };

const EXAMPLES_OF_ANSWERS: readonly Example[] = [
  debitorkonto(
    'kvittering-accepteret',
    'variant-2-straks',
    'kulturskole',
    'Udført med det samme: resultatet står her, og der kommer ikke mere.',
    kvittering({
      kode: 'ACCEPTERET',
      resultat: {
        debitorsystemReference: 'SIM-000002',
        fordringer: ['FORDRING-1001-1', 'FORDRING-1001-2'].map((id) => ({
          fordring: fordring(id),
          resultat: 'GENNEMFOERT' as const,
          beloebOere: 25_000n,
        })),
      },
    }),
  ),
  debitorkonto(
    'kvittering-modtaget',
    'variant-2-senere',
    'daginstitution',
    'Accepteret til senere: der kommer præcis ét svar, normalt inden ForventetSvarDato.',
    kvittering({ kode: 'MODTAGET', forventetSvarDato: '2026-11-27' as Dato }),
  ),
  debitorkonto(
    'kvittering-afvist-regler',
    'afvist-regler',
    'kulturskole',
    'Afvist af reglerne (DA-1xx): alle fejl står her, og debitorsystemet er ikke spurgt.',
    { art: 'judged' },
  ),
  debitorkonto(
    'kvittering-afvist-debitorsystem',
    'afvist-debitorsystem',
    'daginstitution',
    'Afvist af debitorsystemet (DA-2xx): STRAKS er alt eller intet, så intet er udført.',
    kvittering({ kode: 'AFVIST', fejl: [fejl('DA-203', 'fordring 1'), fejl('DA-202', 'fordring 2')] }),
  ),
  debitorkonto(
    'kvittering-afvist-id-brugt',
    'variant-2-straks',
    'kulturskole',
    'AnmodningIdentifikator er brugt før med et andet indhold (DA-104).',
    { art: 'judged', earlier: 'other' },
  ),
  debitorkonto(
    'kvittering-fejlet',
    'variant-3-straks',
    'kulturskole',
    'Kunne ikke udføres, og intet er udført (DA-900): send igen med en ny AnmodningIdentifikator.',
    kvittering({ kode: 'FEJLET', fejl: [fejl('DA-900')] }),
  ),
  debitorkonto(
    'transportkvittering-ikke-velformet',
    'ikke-velformet',
    'kulturskole',
    'Kunne ikke læses: correlation_id siger, hvilken meddelelse det var.',
    { art: 'judged' },
  ),
  debitorkonto(
    'transportkvittering-mod-skemaet',
    'mod-skemaet',
    'kulturskole',
    'Følger ikke sit skema: hvert sted og hvert krav er nævnt, aldrig værdien.',
    { art: 'judged' },
  ),
  debitorkonto(
    'svar-gennemfoert',
    'variant-1-senere',
    'kulturskole',
    'Svaret på en anmodning, der blev kvitteret MODTAGET.',
    svar({ status: 'GENNEMFOERT', resultat: { debitorsystemReference: 'SIM-000010', fordringer: [] } }),
  ),
  debitorkonto(
    'svar-delvist-gennemfoert',
    'variant-2-senere',
    'daginstitution',
    'Gennemført for nogle fordringer og afvist for andre.',
    svar({
      status: 'DELVIST_GENNEMFOERT',
      begrundelse: '2 af 3 fordringer har fået henstand',
      resultat: {
        debitorsystemReference: 'SIM-000011',
        fordringer: [
          { fordring: fordring('FORDRING-2001-1'), resultat: 'GENNEMFOERT' },
          { fordring: fordring('FORDRING-2001-2'), resultat: 'GENNEMFOERT' },
          { fordring: fordring('FORDRING-2001-3'), resultat: 'AFVIST', fejl: [fejl('DA-203', 'fordring 3')] },
        ],
      },
    }),
  ),
  debitorkonto(
    'svar-afvist',
    'senere-eksternt',
    'byggesag',
    'Debitorsystemet siger nej, efter at det har taget stilling.',
    svar({
      status: 'AFVIST',
      begrundelse: 'Sagen er ikke afsluttet',
      fejl: [fejl('DA-203', 'der er et udestående mellemværende i konkursboet')],
    }),
  ),
  debitorkonto(
    'svar-fejlet',
    'variant-4-senere',
    'byggesag',
    'Kunne alligevel ikke udføres, og intet er udført: send igen med en ny AnmodningIdentifikator.',
    svar({ status: 'FEJLET', fejl: [fejl('DA-900')] }),
  ),
  {
    fil: 'svarkvittering-accepteret',
    til: 'svar-debitorsystem',
    afsender: 'kommunedebitor',
    queue: 'udfald',
    om: 'Til debitorsystemet: svaret er bogført og sendes til fagsystemet.',
    outcome: { art: 'verdict', verdict: 'recorded' },
  },
  {
    fil: 'svarkvittering-afvist',
    til: 'svar-ukendt',
    afsender: 'kommunedebitor',
    queue: 'udfald',
    om: 'Til debitorsystemet: svaret hører ikke til nogen anmodning (DA-301) og når aldrig et fagsystem.',
    outcome: { art: 'verdict', verdict: 'unknown' },
  },
  kontant('kontant-bogfoert', 'kontant-rigtig', 'Bogført: et svar uden en Fejl.', booked),
  kontant('kontant-bogfoert-ascii', 'kontant-ascii', 'Bogført; stavet som indbetalingen, uden æ, ø og å.', booked),
  kontant('kontant-bogfoert-med-advis', 'kontant-advis', 'Bogført; et Advis (A-01 til A-03) afviser ikke.', booked),
  kontant('kontant-afvist', 'kontant-tre-fejl', 'Afvist: alle fejl på én gang, hver i sin SvarReaktion.', {
    art: 'judged',
  }),
  kontant('kontant-afvist-id-brugt', 'kontant-rigtig', 'Afvist: id er brugt før (DA-110). Intet er bogført igen.', {
    art: 'judged',
    earlier: 'other',
  }),
  kontant(
    'transportkvittering-forkert-koe',
    'variant-1-straks',
    'Sendt med den forkerte routing key: meddelelsen hører ikke til på denne kø (DA-004).',
    { art: 'judged' },
  ),
  kontant('kontant-fejlet', 'kontant-rigtig', 'Kunne ikke bogføres, og intet er bogført (DA-900).', {
    art: 'kontant',
    kvittering: { kode: 'FEJLET', fejl: [{ ...fejl('DA-900'), identifikation: {} }], advis: [] },
  }),
];

const rulebook = loadRulebook(loadConfig({ ADAPTER_AMQP_URL: 'amqp://localhost' }));
const read = createReader({ rulebook, requireUserId: true, maxMessageBytes: 1_000_000 });

export type ReadExample = (delivery: Delivery) => Judgement;

/** Reads a delivery as the adapter does, with the shipped registry; nothing was received before it. */
export const readerOfExamples: ReadExample = (delivery) =>
  read(delivery, RECEIVED_AT).judge({ earlier: 'none', eksternIdUsed: false });

const PROPERTIES = { messageId: 'meddelelse', correlationId: 'samtale' };

function judge({ til, afsender, queue, outcome }: Example): Judgement {
  const delivery = {
    queue,
    exchange: queue === 'udfald' ? 'debitor.udfald' : 'debitor.anmodning',
    routingKey: queue === 'udfald' ? `${afsender}.svar` : `${queue}.${afsender}`,
    redelivered: false,
    body: readFileSync(join(EXAMPLES, 'meddelelser', `${til}.xml`)),
    properties: { ...PROPERTIES, userId: afsender },
  };
  const earlier = outcome.art === 'judged' ? outcome.earlier : undefined;
  return read(delivery, RECEIVED_AT).judge({ earlier: earlier ?? 'none', eksternIdUsed: false });
}

function answerOf({ fil, outcome }: Example, judgement: Judgement): Answer {
  if (outcome.art === 'judged') {
    const answer = 'answer' in judgement ? judgement.answer : undefined;
    if (answer === undefined) throw new Error(`${fil}: the message was judged ${judgement.art}`);
    return answer;
  }
  if (outcome.art === 'verdict') {
    if (judgement.art !== 'svar') throw new Error(`${fil}: the message was judged ${judgement.art}`);
    return judgement.receipt(outcome.verdict);
  }
  if (judgement.art !== 'dispatch') throw new Error(`${fil}: the message was judged ${judgement.art}`);
  const { command, kontekst: text } = judgement;
  const replyTo = { fagsystem: command.fagsystem, properties: PROPERTIES, now: ANSWERED_AT };
  // The definitions wrote the text just now, and each outcome stands with a message of its own type.
  const kontekst: unknown = JSON.parse(text);
  switch (outcome.art) {
    case 'kvittering':
      return composeKvittering(kontekst as DebitorkontoKontekst, outcome.kvittering, replyTo, compose);
    case 'kontant': {
      const { advis } = kontekst as KontantKontekst;
      return composeKontantKvittering(kontekst as KontantKontekst, { ...outcome.kvittering, advis }, replyTo, compose);
    }
    case 'svar': {
      const anmodningId = (kontekst as DebitorkontoKontekst).anmodningIdentifikator;
      const report = svarReportOf({ svar: outcome.svar, anmodningId, at: WEEKS_LATER }, compose);
      return report.write({ kontekst: text, command, properties: PROPERTIES });
    }
  }
}

/** An answer of the adapter, as a file and as it would be published. */
export interface AnswerExample {
  /** From the package's root. */
  readonly path: string;
  readonly text: string;
  readonly answer: Answer;
  readonly afsender: string;
}

function shown(example: Example): AnswerExample {
  const answer = answerOf(example, judge(example));
  const read = readXml(answer.body);
  if (!read.ok) throw new Error(`${example.fil}: ${read.fejl.tekst}`);
  const comment = `<!-- Svar på meddelelser/${example.til}.xml. ${example.om} -->`;
  return {
    path: `examples/svar/${example.fil}.xml`,
    text: `<?xml version="1.0" encoding="UTF-8"?>\n${comment}\n${prettyXml(read.root)}`,
    answer,
    afsender: example.afsender,
  };
}

export function answerExamples(): readonly AnswerExample[] {
  return EXAMPLES_OF_ANSWERS.map(shown);
}
