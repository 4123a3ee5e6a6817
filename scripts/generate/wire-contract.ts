/**
 * The wire contract as data: who publishes what where, and who reads what where. Exchanges, queues and bindings come from
 * src/broker/topology.ts, root elements from the JSON schemas, and what is said of answers from answers that the adapter's
 * own code has written. The AsyncAPI document and its page are made from it.
 */
import { queueOf } from '../../src/anmodninger/catalogue.ts';
import type { MessageStem } from '../../src/anmodninger/definition.ts';
import type { QueueKind } from '../../src/broker/delivery.ts';
import {
  ANMODNING_EXCHANGE,
  type Exchange,
  type Queue,
  queueName,
  svarQueueName,
  type Topology,
  topologyFor,
  UDFALD_EXCHANGE,
  udfaldKvitteringQueueName,
} from '../../src/broker/topology.ts';
import type { DebitorsystemId, FagsystemId } from '../../src/domain/identer.ts';
import { answerExamples } from './answers.ts';
import { messagesOf, type SchemaFile } from './schemas.ts';

/** Stand for the ids of the registry in names and routing keys. */
const FAGSYSTEM = '{fagsystem}';
const DEBITORSYSTEM = '{debitorsystem}';

export interface WireMessage {
  readonly id: string;
  readonly titel: string;
  readonly beskrivelse: string;
  readonly contentType: 'application/xml' | 'application/json';
  /** The root element's local name, which is also AMQP's `type` of an answer; undefined for JSON. */
  readonly rod: string | undefined;
  /** Files in schemas/. */
  readonly xsd: readonly string[];
  readonly jsonSchema: string;
  readonly fraAdapteren: boolean;
  /** The values of the header kvittering-kode, of an answer. */
  readonly koder: readonly string[];
  /** From the package's root. */
  readonly eksempler: readonly string[];
}

export interface WireChannel {
  readonly id: string;
  readonly titel: string;
  /** A routing key on an exchange, or the name of a queue that is read. */
  readonly adresse: string;
  readonly exchange: Exchange | undefined;
  /** The queue that takes what is published under the routing key, or that is read. */
  readonly queue: Queue;
  readonly meddelelser: readonly string[];
}

export interface WireOperation {
  readonly id: string;
  readonly part: 'fagsystem' | 'debitorsystem';
  readonly art: 'send' | 'receive';
  readonly titel: string;
  readonly channel: string;
  /** The channel that the answer comes on. */
  readonly svarPaa?: string;
}

export interface WireContract {
  readonly topology: Topology;
  readonly messages: readonly WireMessage[];
  readonly channels: readonly WireChannel[];
  readonly operations: readonly WireOperation[];
}

const XSD: Readonly<Record<string, readonly string[]>> = {
  dka: ['debitorkonto-anmodning.xsd', 'debitorkonto-anmodning-1.1.xsd'],
  skat: ['opkraevning-kontant-indbetaling-opret.xsd'],
  kv: ['kvittering.xsd'],
};

const EXCHANGE_MISSING = 'the topology has no exchange or queue called';

function found<Thing extends { readonly name: string }>(things: readonly Thing[], name: string): Thing {
  const thing = things.find((one) => one.name === name);
  if (thing === undefined) throw new Error(`${EXCHANGE_MISSING} ${name}`);
  return thing;
}

/** What the adapter answers, by where it publishes it: the routing key with the party's id taken out. */
const ANSWERS = answerExamples().map(({ path, answer, afsender }) => {
  const party = answer.exchange === 'debitor.svar' ? FAGSYSTEM : DEBITORSYSTEM;
  return { path, answer, adresse: answer.routingKey.replace(new RegExp(`^${afsender}\\.`), `${party}.`) };
});

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

function xmlMessage({ stem, schema }: SchemaFile, sent: readonly string[]): WireMessage {
  const rod = schema['x-root'] ?? '';
  const id = schema.title ?? '';
  const answers = ANSWERS.filter(({ answer }) => answer.type === rod);
  const inAscii = id.replace(/([IO])$/, '_$1');
  const ascii = ANSWERS.filter(({ answer }) => answer.type === inAscii);
  return {
    id,
    titel: rod,
    beskrivelse: schema.description ?? '',
    contentType: 'application/xml',
    rod,
    xsd: XSD[schema['x-namespace'] ?? ''] ?? [],
    jsonSchema: `${stem}.schema.json`,
    fraAdapteren: answers.length > 0,
    koder: distinct(answers.map(({ answer }) => answer.kode)),
    eksempler: distinct([...sent, ...answers.map(({ path }) => path), ...ascii.map(({ path }) => path)]),
  };
}

function jsonMessage(id: string, file: string, titel: string, beskrivelse: string, fraAdapteren = false): WireMessage {
  return {
    id,
    titel,
    beskrivelse,
    contentType: 'application/json',
    rod: undefined,
    xsd: [],
    jsonSchema: `debitorsystem/${file}.schema.json`,
    fraAdapteren,
    koder: [],
    eksempler: [],
  };
}

/** The same document as the adapter's svar to a fagsystem, but sent by a debitorsystem: other properties, other examples. */
const FROM_DEBITORSYSTEM = 'FraDebitorsystem';

function sentToo(answer: WireMessage, sent: readonly string[]): WireMessage {
  return {
    ...answer,
    id: answer.id + FROM_DEBITORSYSTEM,
    titel: `${answer.titel} fra et debitorsystem`,
    fraAdapteren: false,
    koder: [],
    eksempler: sent,
  };
}

/** A message as the parties send it, as the adapter does, or both. */
function xmlMessages(file: SchemaFile, sent: readonly string[]): readonly WireMessage[] {
  const message = xmlMessage(file, sent);
  const isSent = queueOf(file.stem as MessageStem) !== undefined;
  if (!(message.fraAdapteren && isSent)) return [message];
  return [xmlMessage(file, []), sentToo(message, sent)];
}

const JSON_MESSAGES: readonly WireMessage[] = [
  jsonMessage('UdfaldJson', 'udfald', 'Udfald (JSON)', 'Hvad debitorsystemet svarer på en kommando.'),
  jsonMessage('SvarJson', 'svar', 'Svar (JSON)', 'Det senere resultat af en kommando, der blev accepteret til senere.'),
  jsonMessage(
    'SvarkvitteringJson',
    'svarkvittering',
    'Svarkvittering (JSON)',
    'Adapterens kvittering for et svar.',
    true,
  ),
];

/** How the parties' own messages are called in channels, by the queue that takes them. */
const TAKEN: readonly (readonly [kind: QueueKind, id: string, titel: string])[] = [
  ['debitorkonto', 'anmodning-debitorkonto', 'Debitorkontoanmodninger'],
  ['kontantindbetaling', 'anmodning-kontantindbetaling', 'Kontante indbetalinger'],
];

function channels(topology: Topology, messages: readonly WireMessage[], files: readonly SchemaFile[]): WireChannel[] {
  const idOf = new Map(messagesOf(files).map(({ stem, schema }) => [stem, schema.title ?? '']));
  const takenBy = (kind: QueueKind): string[] =>
    [...idOf].filter(([stem]) => queueOf(stem as MessageStem) === kind).map(([, id]) => id);
  const sent = TAKEN.map(([kind, id, titel]): WireChannel => {
    const queue = found(topology.queues, queueName(kind));
    const binding = topology.bindings.find((one) => one.queue === queue.name);
    const adresse = (binding?.routingKey ?? '').replace('*', FAGSYSTEM);
    const exchange = found(topology.exchanges, ANMODNING_EXCHANGE);
    return { id, titel, adresse, exchange, queue, meddelelser: takenBy(kind) };
  });
  const udfald = {
    exchange: found(topology.exchanges, UDFALD_EXCHANGE),
    queue: found(topology.queues, queueName('udfald')),
  };
  const fromDebitorsystem: WireChannel[] = [
    {
      id: 'debitorsystem-svar',
      titel: 'Svar fra et debitorsystem uden for adapterens proces',
      adresse: `${DEBITORSYSTEM}.svar`,
      ...udfald,
      meddelelser: [...takenBy('udfald').map((id) => id + FROM_DEBITORSYSTEM), 'SvarJson'],
    },
    {
      id: 'debitorsystem-udfald',
      titel: 'Udfald fra et debitorsystem uden for adapterens proces',
      adresse: `${DEBITORSYSTEM}.udfald`,
      ...udfald,
      meddelelser: ['UdfaldJson'],
    },
  ];
  const queueOfParty = new Map([
    [FAGSYSTEM, svarQueueName(FAGSYSTEM)],
    [DEBITORSYSTEM, udfaldKvitteringQueueName(DEBITORSYSTEM)],
  ]);
  const answered = distinct(ANSWERS.map(({ adresse }) => adresse)).map((adresse): WireChannel => {
    const here = ANSWERS.filter((one) => one.adresse === adresse);
    const [party = '', ...words] = adresse.split('.');
    const isAnswer = ({ rod, fraAdapteren }: WireMessage): boolean =>
      fraAdapteren && here.some(({ answer }) => answer.type === rod);
    return {
      id: party === FAGSYSTEM ? `fagsystem-${words.join('-')}` : 'debitorsystem-svarkvittering',
      titel: `Adapterens svar under ${adresse}`,
      adresse,
      exchange: found(topology.exchanges, here[0]?.answer.exchange ?? ''),
      queue: found(topology.queues, queueOfParty.get(party) ?? ''),
      meddelelser: [
        ...messages.filter(isAnswer).map(({ id }) => id),
        ...(party === DEBITORSYSTEM ? ['SvarkvitteringJson'] : []),
      ],
    };
  });
  const read = [FAGSYSTEM, DEBITORSYSTEM].map((party): WireChannel => {
    const queue = found(topology.queues, queueOfParty.get(party) ?? '');
    const meddelelser = distinct(
      answered.filter((one) => one.queue.name === queue.name).flatMap((one) => one.meddelelser),
    );
    const word = party.slice(1, -1);
    return {
      id: `${word}-koe`,
      titel: `Køen, som et ${word} læser`,
      adresse: queue.name,
      exchange: undefined,
      queue,
      meddelelser,
    };
  });
  return [...sent, ...answered, ...fromDebitorsystem, ...read];
}

const OPERATIONS: readonly WireOperation[] = [
  {
    id: 'fagsystem-send-debitorkontoanmodning',
    part: 'fagsystem',
    art: 'send',
    titel: 'Send en debitorkontoanmodning',
    channel: 'anmodning-debitorkonto',
    svarPaa: 'fagsystem-kvittering-debitorkonto',
  },
  {
    id: 'fagsystem-send-kontant-indbetaling',
    part: 'fagsystem',
    art: 'send',
    titel: 'Send en kontant indbetaling',
    channel: 'anmodning-kontantindbetaling',
    svarPaa: 'fagsystem-kvittering-kontantindbetaling',
  },
  {
    id: 'fagsystem-modtag',
    part: 'fagsystem',
    art: 'receive',
    titel: 'Modtag kvitteringer og svar',
    channel: 'fagsystem-koe',
  },
  {
    id: 'debitorsystem-send-svar',
    part: 'debitorsystem',
    art: 'send',
    titel: 'Send et svar på en anmodning, der er accepteret til senere',
    channel: 'debitorsystem-svar',
    svarPaa: 'debitorsystem-svarkvittering',
  },
  {
    id: 'debitorsystem-send-udfald',
    part: 'debitorsystem',
    art: 'send',
    titel: 'Send udfaldet af en kommando',
    channel: 'debitorsystem-udfald',
  },
  {
    id: 'debitorsystem-modtag',
    part: 'debitorsystem',
    art: 'receive',
    titel: 'Modtag svarkvitteringer',
    channel: 'debitorsystem-koe',
  },
];

/** @param sentExamples files of examples/ that follow their schema, by root element. */
export function wireContract(
  files: readonly SchemaFile[],
  sentExamples: ReadonlyMap<string, readonly string[]>,
): WireContract {
  const topology = topologyFor({
    // Placeholders: the topology only joins ids into names.
    fagsystemer: [{ id: FAGSYSTEM as FagsystemId, navn: '', itSystemInstanser: [], myndigheder: [] }],
    debitorsystemer: [{ id: DEBITORSYSTEM as DebitorsystemId, navn: '' }],
  });
  const xml = messagesOf(files).flatMap((file) =>
    xmlMessages(file, sentExamples.get(file.schema['x-root'] ?? '') ?? []),
  );
  const messages = [...xml, ...JSON_MESSAGES];
  return { topology, messages, channels: channels(topology, messages, files), operations: OPERATIONS };
}
