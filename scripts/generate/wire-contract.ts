/**
 * The wire contract as data: who publishes what where, and who reads what where. Exchanges, queues and bindings come from
 * src/broker/topology.ts, messages from wire-messages.ts, and where answers go from answers that the adapter's own code has
 * written. The AsyncAPI document and its page are made from it.
 */
import { queueOf } from '../../src/anmodninger/catalogue.ts';
import type { MessageStem } from '../../src/anmodninger/definition.ts';
import type { QueueKind } from '../../src/broker/delivery.ts';
import {
  ANMODNING_EXCHANGE,
  type Exchange,
  KOMMANDO_EXCHANGE,
  kommandoQueueName,
  kommandoTopologyFor,
  type Queue,
  queueName,
  svarQueueName,
  type Topology,
  topologyFor,
  UDFALD_EXCHANGE,
  udfaldKvitteringQueueName,
} from '../../src/broker/topology.ts';
import type { DebitorsystemId, FagsystemId } from '../../src/domain/identer.ts';
import { messagesOf, type SchemaFile } from './schemas.ts';
import {
  ANSWERS,
  DEBITORSYSTEM,
  distinct,
  FAGSYSTEM,
  FROM_DEBITORSYSTEM,
  type WireMessage,
  wireMessages,
} from './wire-messages.ts';

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
  /** The channel that the answer comes on, or goes to. */
  readonly svarPaa?: string;
  /** Which of its messages are the answer; all where left out. */
  readonly svarMed?: readonly string[];
}

export interface WireContract {
  readonly topology: Topology;
  readonly messages: readonly WireMessage[];
  readonly channels: readonly WireChannel[];
  readonly operations: readonly WireOperation[];
}

const EXCHANGE_MISSING = 'the topology has no exchange or queue called';

function found<Thing extends { readonly name: string }>(things: readonly Thing[], name: string): Thing {
  const thing = things.find((one) => one.name === name);
  if (thing === undefined) throw new Error(`${EXCHANGE_MISSING} ${name}`);
  return thing;
}

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
  const svarInXml = takenBy('udfald').map((id) => id + FROM_DEBITORSYSTEM);
  const fromDebitorsystem: WireChannel[] = [
    {
      id: 'debitorsystem-svar',
      titel: 'Svar fra et debitorsystem uden for adapterens proces',
      adresse: `${DEBITORSYSTEM}.svar`,
      ...udfald,
      meddelelser: [...svarInXml, 'SvarJson'],
    },
    {
      id: 'debitorsystem-udfald',
      titel: 'Udfald fra et debitorsystem uden for adapterens proces',
      adresse: `${DEBITORSYSTEM}.udfald`,
      ...udfald,
      // A svar in XML is taken under either key: its root says what it is.
      meddelelser: ['UdfaldJson', ...svarInXml],
    },
  ];
  const queueOfParty = new Map([
    [FAGSYSTEM, svarQueueName(FAGSYSTEM)],
    [DEBITORSYSTEM, udfaldKvitteringQueueName(DEBITORSYSTEM)],
  ]);
  const answered = distinct(ANSWERS.map(({ adresse }) => adresse)).map((adresse): WireChannel => {
    const here = ANSWERS.filter((one) => one.adresse === adresse);
    const [party = '', ...words] = adresse.split('.');
    const isAnswer = ({ typer }: WireMessage): boolean => here.some(({ answer }) => typer.includes(answer.type));
    return {
      id: party === FAGSYSTEM ? `fagsystem-${words.join('-')}` : `debitorsystem-${words.join('-')}-kvittering`,
      titel: `Adapterens svar under ${adresse}`,
      adresse,
      exchange: found(topology.exchanges, here[0]?.answer.exchange ?? ''),
      queue: found(topology.queues, queueOfParty.get(party) ?? ''),
      meddelelser: messages.filter(isAnswer).map(({ id }) => id),
    };
  });
  const kommandoQueue = found(topology.queues, kommandoQueueName(DEBITORSYSTEM));
  const kommandoer: WireChannel = {
    id: 'debitorsystem-kommando',
    titel: 'Kommandoer til et debitorsystem, der tager dem fra RabbitMQ (backend amqp)',
    adresse: DEBITORSYSTEM,
    exchange: found(topology.exchanges, KOMMANDO_EXCHANGE),
    queue: kommandoQueue,
    meddelelser: ['KommandoJson'],
  };
  const kommandoKoe: WireChannel = {
    ...kommandoer,
    id: 'debitorsystem-kommandokoe',
    titel: 'Køen, som et debitorsystem læser sine kommandoer fra',
    adresse: kommandoQueue.name,
    exchange: undefined,
  };
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
  return [...sent, ...answered, kommandoer, ...fromDebitorsystem, ...read, kommandoKoe];
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
    svarPaa: 'debitorsystem-svar-kvittering',
  },
  {
    id: 'debitorsystem-send-udfald',
    part: 'debitorsystem',
    art: 'send',
    titel: 'Send udfaldet af en kommando; kun hvad der ikke kan læses, kvitteres',
    channel: 'debitorsystem-udfald',
    svarPaa: 'debitorsystem-udfald-kvittering',
  },
  {
    id: 'debitorsystem-modtag',
    part: 'debitorsystem',
    art: 'receive',
    titel: 'Modtag svarkvitteringer',
    channel: 'debitorsystem-koe',
  },
  {
    id: 'debitorsystem-modtag-kommando',
    part: 'debitorsystem',
    art: 'receive',
    titel: 'Modtag kommandoer (backend amqp)',
    channel: 'debitorsystem-kommandokoe',
    svarPaa: 'debitorsystem-udfald',
    svarMed: ['UdfaldJson'],
  },
];

/**
 * The topology that every installation has, and what the backend `amqp` needs beside it. Placeholders stand for ids: the
 * topology only joins them into names.
 */
function wholeTopology(): Topology {
  const fixed = topologyFor({
    fagsystemer: [{ id: FAGSYSTEM as FagsystemId, navn: '', itSystemInstanser: [], myndigheder: [] }],
    debitorsystemer: [{ id: DEBITORSYSTEM as DebitorsystemId, navn: '' }],
  });
  const kommando = kommandoTopologyFor(DEBITORSYSTEM);
  return {
    exchanges: [...fixed.exchanges, ...kommando.exchanges],
    queues: [...fixed.queues, ...kommando.queues],
    bindings: [...fixed.bindings, ...kommando.bindings],
  };
}

/** @param sentExamples files of examples/ that follow their schema, by root element. */
export function wireContract(
  files: readonly SchemaFile[],
  sentExamples: ReadonlyMap<string, readonly string[]>,
): WireContract {
  const topology = wholeTopology();
  const messages = wireMessages(files, sentExamples);
  return { topology, messages, channels: channels(topology, messages, files), operations: OPERATIONS };
}
