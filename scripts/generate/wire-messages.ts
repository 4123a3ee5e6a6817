/**
 * The messages of the wire contract as data. Root elements come from the JSON schemas; types and codes of answers from
 * answers that the adapter's own code has written.
 */
import { queueOf } from '../../src/anmodninger/catalogue.ts';
import type { MessageStem } from '../../src/anmodninger/definition.ts';
import type { Answer } from '../../src/ledger/ledger.ts';
import {
  type AmqpField,
  ANSWER_FIELDS,
  JSON_ANSWER_FIELDS,
  KOMMANDO_FIELDS,
  REQUEST_FIELDS,
  UDFALD_FIELDS,
} from './amqp-fields.ts';
import { answerExamples } from './answers.ts';
import { debitorsystemAnswers } from './debitorsystem-answers.ts';
import { messagesOf, type SchemaFile } from './schemas.ts';

/** Stand for the ids of the registry in names and routing keys. */
export const FAGSYSTEM = '{fagsystem}';
export const DEBITORSYSTEM = '{debitorsystem}';

export interface WireMessage {
  readonly id: string;
  readonly titel: string;
  readonly beskrivelse: string;
  readonly contentType: 'application/xml' | 'application/json';
  /** The root element's local names, with and without æ, ø and å; one where they are the same, none for JSON. */
  readonly roedder: readonly string[];
  /** What the adapter sets as AMQP's `type`; empty where a party sends the message. */
  readonly typer: readonly string[];
  /** Files in schemas/. */
  readonly xsd: readonly string[];
  readonly jsonSchema: string;
  readonly fraAdapteren: boolean;
  readonly egenskaber: readonly AmqpField[];
  /** The values of the header kvittering-kode, of an answer. */
  readonly koder: readonly string[];
  /** From the package's root. */
  readonly eksempler: readonly string[];
}

const XSD: Readonly<Record<string, readonly string[]>> = {
  dka: ['debitorkonto-anmodning.xsd', 'debitorkonto-anmodning-1.1.xsd'],
  skat: ['opkraevning-kontant-indbetaling-opret.xsd'],
  kv: ['kvittering.xsd'],
};

interface WireAnswer {
  readonly answer: Answer;
  /** Where the adapter publishes it: the routing key with the party's id taken out. */
  readonly adresse: string;
  /** Of its example, from the package's root; undefined where it has none. */
  readonly path?: string;
}

function wireAnswer({ answer, afsender }: { readonly answer: Answer; readonly afsender: string }): WireAnswer {
  const party = answer.exchange === 'debitor.svar' ? FAGSYSTEM : DEBITORSYSTEM;
  return { answer, adresse: answer.routingKey.replace(new RegExp(`^${afsender}\\.`), `${party}.`) };
}

/** What the adapter answers. */
export const ANSWERS: readonly WireAnswer[] = [
  ...answerExamples().map((one) => ({ ...wireAnswer(one), path: one.path })),
  ...debitorsystemAnswers().map(wireAnswer),
];

export const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** What is known of the answers of some types. */
function ofAnswers(typer: readonly string[]) {
  const answers = ANSWERS.filter(({ answer }) => typer.includes(answer.type));
  return {
    typer: answers.length === 0 ? [] : typer,
    fraAdapteren: answers.length > 0,
    koder: distinct(answers.map(({ answer }) => answer.kode)),
    eksempler: distinct(answers.flatMap(({ path }) => path ?? [])),
  };
}

function xmlMessage({ stem, schema }: SchemaFile, sent: readonly string[]): WireMessage {
  const rod = schema['x-root'] ?? '';
  const id = schema.title ?? '';
  // The title is the root's name without what JavaScript can't have in one: æ, ø, å and the line before I and O.
  const inAscii = rod === id ? rod : id.replace(/([IO])$/, '_$1');
  const roedder = distinct([rod, inAscii]);
  const known = ofAnswers(roedder);
  return {
    id,
    titel: rod,
    beskrivelse: schema.description ?? '',
    contentType: 'application/xml',
    roedder,
    xsd: XSD[schema['x-namespace'] ?? ''] ?? [],
    jsonSchema: `${stem}.schema.json`,
    ...known,
    egenskaber: known.fraAdapteren ? ANSWER_FIELDS : REQUEST_FIELDS,
    eksempler: distinct([...sent, ...known.eksempler]),
  };
}

/** The same document as the adapter's svar to a fagsystem, but sent by a debitorsystem: other properties, other examples. */
export const FROM_DEBITORSYSTEM = 'FraDebitorsystem';

function sentToo(answer: WireMessage, sent: readonly string[]): WireMessage {
  return {
    ...answer,
    id: answer.id + FROM_DEBITORSYSTEM,
    titel: `${answer.titel} fra et debitorsystem`,
    fraAdapteren: false,
    typer: [],
    egenskaber: REQUEST_FIELDS,
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

type JsonParts = Pick<WireMessage, 'id' | 'titel' | 'beskrivelse' | 'egenskaber'> & Partial<WireMessage>;

function jsonMessage(stem: string, parts: JsonParts): WireMessage {
  const none: readonly string[] = [];
  const empty = { roedder: none, typer: none, xsd: none, koder: none, eksempler: none };
  const jsonSchema = `debitorsystem/${stem}.schema.json`;
  return { ...empty, contentType: 'application/json', fraAdapteren: false, jsonSchema, ...parts };
}

const JSON_MESSAGES: readonly WireMessage[] = [
  jsonMessage('command', {
    id: 'KommandoJson',
    titel: 'Kommando (JSON)',
    beskrivelse:
      'Hvad adapteren beder et debitorsystem om at udføre. Den samme nøgle har én virkning, hvor tit den end kommer.',
    fraAdapteren: true,
    typer: ['command.json'],
    egenskaber: KOMMANDO_FIELDS,
  }),
  jsonMessage('udfald', {
    id: 'UdfaldJson',
    titel: 'Udfald (JSON)',
    beskrivelse: 'Hvad debitorsystemet svarer på en kommando.',
    egenskaber: UDFALD_FIELDS,
  }),
  jsonMessage('svar', {
    id: 'SvarJson',
    titel: 'Svar (JSON)',
    beskrivelse: 'Det senere resultat af en kommando, der blev accepteret til senere.',
    egenskaber: REQUEST_FIELDS,
  }),
  jsonMessage('svarkvittering', {
    id: 'SvarkvitteringJson',
    titel: 'Svarkvittering (JSON)',
    beskrivelse: 'Adapterens kvittering for JSON: et svar er modtaget eller afvist, eller meldingen kunne ikke læses.',
    egenskaber: JSON_ANSWER_FIELDS,
    ...ofAnswers(['svarkvittering.json']),
  }),
];

/** @param sentExamples files of examples/ that follow their schema, by root element. */
export function wireMessages(
  files: readonly SchemaFile[],
  sentExamples: ReadonlyMap<string, readonly string[]>,
): readonly WireMessage[] {
  const xml = messagesOf(files).flatMap((file) => {
    const [rod = '', inAscii = ''] = xmlMessage(file, []).roedder;
    return xmlMessages(file, [...(sentExamples.get(rod) ?? []), ...(sentExamples.get(inAscii) ?? [])]);
  });
  return [...xml, ...JSON_MESSAGES];
}
