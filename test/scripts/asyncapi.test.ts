/**
 * The AsyncAPI document follows AsyncAPI's own schema, says what the topology says, and points at what is there. (That it is
 * fresh, `scripts/generate.ts --check` sees to.)
 *
 * @asyncapi/parser would judge it too; it brings 168 packages, so the schema that it judges by is used directly
 * (docs/decisions/).
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import specs from '@asyncapi/specs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { kommandoTopologyFor, topologyFor } from '../../src/broker/topology.ts';
import type { DebitorsystemId, FagsystemId } from '../../src/domain/identer.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const YAML = join(ROOT, 'schemas', 'asyncapi.yaml');
const PAGE = join(ROOT, 'docs', 'asyncapi.html');

type Json = { readonly [name: string]: Json } & readonly Json[] & string;

const document: Json = parse(readFileSync(YAML, 'utf8'));
const page = readFileSync(PAGE, 'utf8');

/** Every value that stands under a key, wherever in the document. */
function valuesOf(value: unknown, key: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner] : []), ...valuesOf(inner, key)]);
}

function resolvePointer(reference: string): Json | undefined {
  return reference
    .replace('#/', '')
    .split('/')
    .reduce<Json | undefined>((node, name) => node?.[name], document);
}

const entries = (name: string): readonly (readonly [string, Json])[] => Object.entries(document[name] ?? {});

describe('the document', () => {
  const validate = new Ajv({
    strict: false,
    validateFormats: false,
    allErrors: true,
    meta: false,
    validateSchema: false,
  }).compile(Object.fromEntries(Object.entries(specs.schemas['3.0.0'])));

  test('follows the schema of AsyncAPI 3.0.0 and of its AMQP bindings', () => {
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    const broken = structuredClone(document) as unknown as { channels: Record<string, { bindings: { amqp: object } }> };
    const [channel] = Object.values(broken.channels);
    if (channel !== undefined) channel.bindings.amqp = { is: 'noget andet' };
    expect(validate(broken)).toBe(false);
  });

  test('refers only to what is in it', () => {
    const references = valuesOf(document, '$ref').map(String);
    expect(references.length).toBeGreaterThan(40);
    expect(references.filter((reference) => resolvePointer(reference) === undefined)).toEqual([]);
  });

  test('names every parameter of an address, and no other', () => {
    for (const [id, channel] of entries('channels')) {
      const named = [...String(channel['address']).matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(channel['parameters'] ?? {}), id).toEqual(named);
    }
  });

  test('lets an operation send and receive only messages of its channel', () => {
    for (const [id, operation] of entries('operations')) {
      for (const side of [operation, operation['reply']]) {
        if (side === undefined) continue;
        const channel = String(side['channel']?.['$ref']);
        const messages = valuesOf(side['messages'], '$ref').map(String);
        expect(messages.length, id).toBeGreaterThan(0);
        expect(
          messages.filter((message) => !message.startsWith(`${channel}/messages/`)),
          id,
        ).toEqual([]);
      }
    }
  });

  test('points at schemas and examples that are there', () => {
    const files = ['x-xsd', 'x-json-schema', 'x-eksempler'].flatMap((key) =>
      valuesOf(document, key).flat().map(String),
    );
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => !existsSync(join(dirname(YAML), file)))).toEqual([]);
  });

  const fixed = topologyFor({
    fagsystemer: [{ id: '{fagsystem}' as FagsystemId, navn: '', itSystemInstanser: [], myndigheder: [] }],
    debitorsystemer: [{ id: '{debitorsystem}' as DebitorsystemId, navn: '' }],
  });
  const kommando = kommandoTopologyFor('{debitorsystem}');
  const topology = {
    exchanges: [...fixed.exchanges, ...kommando.exchanges],
    queues: [...fixed.queues, ...kommando.queues],
    bindings: [...fixed.bindings, ...kommando.bindings],
  };

  test('holds the topology, whole, with what only the backend amqp has', () => {
    expect(document['x-topologi']).toEqual(structuredClone(topology));
    const arguments_ = new Map(topology.queues.map(({ name, arguments: args }) => [name, args]));
    for (const [id, channel] of entries('channels')) {
      expect(channel['x-queue']?.['arguments'], id).toEqual(arguments_.get(String(channel['x-queue']?.['name'])));
    }
  });

  test('has a channel for every route and every queue of the topology but the fejlkø, and no other', () => {
    /** As RabbitMQ does: `*` is one word, `#` any number of them. */
    const wildcards: Readonly<Record<string, string>> = { '*': '[^.]+', '#': '.*' };
    const fits = (pattern: string, key: string): boolean => {
      const words = pattern.split('.').map((word) => wildcards[word] ?? word.replace(/[{}]/g, '\\$&'));
      return new RegExp(`^${words.join('\\.')}$`).test(key);
    };
    const channels = entries('channels').map(([id, channel]) => ({
      id,
      address: String(channel['address']),
      exchange: channel['bindings']?.['amqp']?.['exchange']?.['name'],
      queue: String(channel['x-queue']?.['name']),
    }));
    const own = topology.bindings.filter(({ exchange }) => exchange !== 'debitor.fejlkoe');
    const routed = channels.filter(({ exchange }) => exchange !== undefined);
    const isOf = ({ exchange, queue, address }: (typeof channels)[number], binding: (typeof own)[number]): boolean =>
      exchange === binding.exchange && queue === binding.queue && fits(binding.routingKey, address);
    expect(own.filter((binding) => !routed.some((channel) => isOf(channel, binding)))).toEqual([]);
    expect(routed.filter((channel) => !own.some((binding) => isOf(channel, binding)))).toEqual([]);
    const read = channels.filter(({ exchange }) => exchange === undefined).map(({ address }) => address);
    expect(read.toSorted()).toEqual([
      'debitor.kommando.{debitorsystem}',
      'debitor.svar.{fagsystem}',
      'debitor.udfald.kvittering.{debitorsystem}',
    ]);
    expect([...new Set(channels.map(({ queue }) => queue))].toSorted()).toEqual(
      topology.queues
        .map(({ name }) => name)
        .filter((name) => name !== 'debitor.fejlkoe')
        .toSorted(),
    );
  });

  test('says what a debitorsystem gets, and what it may send where', () => {
    const messagesOf = (id: string) => Object.keys(document['channels']?.[id]?.['messages'] ?? {}).toSorted();
    const answers = ['DebitorkontoAnmodningSvarAfsendO', 'SvarkvitteringJson', 'TransportKvittering'];
    const svarInXml = 'DebitorkontoAnmodningSvarAfsendIFraDebitorsystem';
    expect({
      sent: [messagesOf('debitorsystem-svar'), messagesOf('debitorsystem-udfald')],
      answered: [messagesOf('debitorsystem-svar-kvittering'), messagesOf('debitorsystem-udfald-kvittering')],
      read: [messagesOf('debitorsystem-koe'), messagesOf('debitorsystem-kommandokoe')],
    }).toEqual({
      sent: [
        [svarInXml, 'SvarJson'],
        [svarInXml, 'UdfaldJson'],
      ],
      answered: [answers, answers],
      read: [answers, ['KommandoJson']],
    });
    const kommando = document['operations']?.['debitorsystem-modtag-kommando'];
    expect(valuesOf(kommando?.['reply'], '$ref')).toEqual([
      '#/channels/debitorsystem-udfald',
      '#/channels/debitorsystem-udfald/messages/UdfaldJson',
    ]);
  });

  test('says of JSON what stands in its properties, and of XML both spellings', () => {
    const message = (id: string): Json | undefined => document['components']?.['messages']?.[id];
    const propertiesOf = (id: string) => message(id)?.['x-amqp-properties']?.['properties'];
    expect(message('SvarkvitteringJson')?.['contentType']).toBe('application/json');
    expect(propertiesOf('SvarkvitteringJson')?.['content_type']?.['description']).toMatch(/^application\/json/);
    expect(propertiesOf('SvarkvitteringJson')?.['type']?.['enum']).toEqual(['svarkvittering.json']);
    expect(message('SvarkvitteringJson')?.['headers']?.['properties']?.['kvittering-kode']?.['enum']).toEqual([
      'ACCEPTERET',
      'AFVIST',
      'FEJL',
    ]);
    expect(propertiesOf('KommandoJson')?.['type']?.['enum']).toEqual(['command.json']);
    const both = ['OpkrævningKontantIndbetalingOpret_O', 'OpkraevningKontantIndbetalingOpret_O'];
    expect(propertiesOf('OpkraevningKontantIndbetalingOpretO')?.['type']?.['enum']).toEqual(both);
    expect(message('OpkraevningKontantIndbetalingOpretO')?.['payload']?.['x-rodelementer']).toEqual(both);
  });

  test('has a channel for every message that it describes', () => {
    const used = new Set(entries('channels').flatMap(([, channel]) => Object.keys(channel['messages'] ?? {})));
    expect(Object.keys(document['components']?.['messages'] ?? {}).filter((id) => !used.has(id))).toEqual([]);
  });
});

describe('the page', () => {
  test('breaks no name in the middle of a word', () => {
    expect(page).toMatch(/td code[^}]*\{[^}]*white-space: nowrap/);
  });

  test('needs nothing from elsewhere and runs nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=|https?:\/\//);
  });

  test('says its language and title, has one h1, and goes down one heading at a time', () => {
    expect(page).toMatch(/^<!doctype html>\n.*<html lang="da">.*<title>[^<]+<\/title>/s);
    const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, at) => level <= (levels[at - 1] ?? 0) + 1)).toBe(true);
  });

  test('has a caption on every table, and says of every head what it heads', () => {
    expect(page.match(/<table><caption>/g)?.length).toBe(page.match(/<table/g)?.length);
    expect(page).not.toMatch(/<th>/);
  });

  test('links only to what is there', () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href);
    const dead = links.filter((href) =>
      href.startsWith('#') ? !ids.includes(href.slice(1)) : !existsSync(join(dirname(PAGE), href)),
    );
    expect(dead).toEqual([]);
  });
});
