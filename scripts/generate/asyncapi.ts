/** schemas/asyncapi.yaml: the wire contract as an AsyncAPI 3 document with AMQP bindings. */
import { stringify } from 'yaml';
import type { Exchange, Queue } from '../../src/broker/topology.ts';
import type { AmqpField } from './amqp-fields.ts';
import type { WireChannel, WireContract, WireOperation } from './wire-contract.ts';
import type { WireMessage } from './wire-messages.ts';

const BINDING_VERSION = '0.3.0';
const NOTE =
  ' Dannet af scripts/generate.ts af topologien, skemaerne og adapterens egne svar. Ret ikke her: kør npm run generate.';

const reference = ($ref: string) => ({ $ref });

const PARAMETERS: Readonly<Record<string, object>> = {
  fagsystem: {
    description: 'Fagsystemets id i adapterens register; også dets brugernavn i RabbitMQ. 1 til 40 af a-z 0-9 -.',
  },
  debitorsystem: {
    description: 'Debitorsystemets id i registeret; også dets brugernavn i RabbitMQ. 1 til 40 af a-z 0-9 -.',
  },
};

/** What the AMQP binding has no words for: arguments of exchanges and queues. */
function exchangeBinding({ name, type, arguments: args }: Exchange) {
  return {
    name,
    type,
    durable: true,
    autoDelete: false,
    ...(Object.keys(args).length === 0 ? {} : { 'x-arguments': args }),
  };
}

function queueBinding({ name, arguments: args }: Queue) {
  return { name, durable: true, exclusive: false, autoDelete: false, 'x-arguments': args };
}

function channel({ titel, adresse, exchange, queue, meddelelser }: WireChannel) {
  const names = [...adresse.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  return {
    address: adresse,
    title: titel,
    messages: Object.fromEntries(meddelelser.map((id) => [id, reference(`#/components/messages/${id}`)])),
    parameters: Object.fromEntries(names.map((name) => [name, reference(`#/components/parameters/${name}`)])),
    bindings: {
      amqp:
        exchange === undefined
          ? { is: 'queue', queue: queueBinding(queue), bindingVersion: BINDING_VERSION }
          : { is: 'routingKey', exchange: exchangeBinding(exchange), bindingVersion: BINDING_VERSION },
    },
    'x-queue': { name: queue.name, arguments: queue.arguments },
  };
}

function fieldSchema(fields: readonly AmqpField[]) {
  return {
    type: 'object',
    required: fields.filter(({ paakraevet }) => paakraevet).map(({ navn }) => navn),
    properties: Object.fromEntries(
      fields.map(({ navn, betydning }) => [
        navn,
        { type: navn === 'delivery_mode' ? 'integer' : 'string', description: betydning },
      ]),
    ),
  };
}

const HEADER = 'headers.';

/** The properties of a schema, one of them narrowed to some values; unchanged where there are none. */
function withValues(schema: ReturnType<typeof fieldSchema>, navn: string, values: readonly string[]) {
  const field = schema.properties[navn];
  if (values.length === 0 || field === undefined) return schema;
  return { ...schema, properties: { ...schema.properties, [navn]: { ...field, enum: values } } };
}

/** Headers stand in AsyncAPI's own place; the properties of AMQP have none there. */
function fieldsOf({ egenskaber, koder, typer }: WireMessage) {
  const headers = egenskaber
    .filter(({ navn }) => navn.startsWith(HEADER))
    .map((field) => ({ ...field, navn: field.navn.slice(HEADER.length) }));
  const properties = egenskaber.filter(({ navn }) => !navn.startsWith(HEADER));
  return {
    headers: withValues(fieldSchema(headers), 'kvittering-kode', koder),
    'x-amqp-properties': withValues(fieldSchema(properties), 'type', typer),
  };
}

function payloadOf({ contentType, roedder, xsd, jsonSchema }: WireMessage) {
  if (contentType === 'application/json') {
    return { type: 'object', description: `Følger ${jsonSchema}.`, 'x-json-schema': jsonSchema };
  }
  return {
    type: 'string',
    contentMediaType: 'application/xml',
    description: `OIO-XML, der følger ${xsd.join(' eller ')}.`,
    // With and without æ, ø and å, where that makes a difference.
    'x-rodelementer': roedder,
    'x-xsd': xsd,
    'x-json-schema': jsonSchema,
  };
}

function message(wire: WireMessage) {
  const { titel, beskrivelse, contentType, roedder, typer, eksempler } = wire;
  const [type] = typer;
  return {
    name: roedder[0] ?? titel,
    title: titel,
    summary: beskrivelse,
    contentType,
    ...fieldsOf(wire),
    payload: payloadOf(wire),
    bindings: {
      amqp: {
        ...(wire.fraAdapteren ? { contentEncoding: 'utf-8' } : {}),
        // The binding has room for one; x-amqp-properties has them all.
        ...(type === undefined ? {} : { messageType: type }),
        bindingVersion: BINDING_VERSION,
      },
    },
    ...(eksempler.length === 0 ? {} : { 'x-eksempler': eksempler.map((path) => `../${path}`) }),
  };
}

function operation(
  { part, art, titel, channel: id, svarPaa, svarMed }: WireOperation,
  channels: readonly WireChannel[],
) {
  const messagesOf = (channelId: string, chosen = channels.find((one) => one.id === channelId)?.meddelelser ?? []) =>
    chosen.map((message) => reference(`#/channels/${channelId}/messages/${message}`));
  return {
    action: art,
    title: titel,
    channel: reference(`#/channels/${id}`),
    messages: messagesOf(id),
    tags: [{ name: part }],
    bindings: {
      amqp:
        art === 'send'
          ? { deliveryMode: 2, mandatory: true, userId: `{${part}}`, bindingVersion: BINDING_VERSION }
          : { ack: true, bindingVersion: BINDING_VERSION },
    },
    ...(svarPaa === undefined
      ? {}
      : { reply: { channel: reference(`#/channels/${svarPaa}`), messages: messagesOf(svarPaa, svarMed) } }),
  };
}

const SERVERS = {
  drift: {
    host: '{vaert}:5671',
    pathname: '/{vhost}',
    protocol: 'amqps',
    protocolVersion: '0.9.1',
    description: 'RabbitMQ med TLS, som driften oplyser. Hver part har sin egen bruger.',
    variables: {
      vaert: { description: 'RabbitMQs navn.', default: 'rabbitmq.example.dk' },
      vhost: { description: 'Adapterens vhost.', default: 'debitor' },
    },
    security: [reference('#/components/securitySchemes/bruger'), reference('#/components/securitySchemes/certifikat')],
  },
  lokalt: {
    host: 'localhost:5672',
    pathname: '/debitor',
    protocol: 'amqp',
    protocolVersion: '0.9.1',
    description:
      'Til udvikling: docker compose up; hver part har koden kode. npm run demo vælger selv en port og udskriver adresserne.',
    security: [reference('#/components/securitySchemes/bruger')],
  },
};

const DESCRIPTION = [
  'Fagsystemer sender debitorkontoanmodninger og kontante indbetalinger som OIO-XML og får kvitteringer og svar på deres egen kø.',
  'Et debitorsystem uden for adapterens proces sender svar og udfald og får svarkvitteringer på sin egen kø; med backend amqp får det også sine kommandoer på en kø.',
  'Hver operation er set fra den part, der står som dens tag.',
  'Hvad der skal gøres ved hvert svar, står i docs/fagsystemer.md, fejlkoderne i docs/fejlkoder.md.',
  'Nyttelasten er XML, for et debitorsystem også JSON; `x-xsd` og `x-json-schema` nævner de skemaer, der gælder for den.',
  '`x-rodelementer` har begge stavemåder, med og uden æ, ø og å; et svar staves som anmodningen, også i AMQPs `type`.',
  '`debitor.kommando` og dens kø findes kun med backend amqp.',
  'AMQPs egne egenskaber står i `x-amqp-properties`, køernes argumenter i `x-queue`, og hele topologien i `x-topologi`.',
].join('\n');

/** @param version the package's. */
export function asyncapiDocument({ topology, messages, channels, operations }: WireContract, version: string): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'debitor-adapter',
      version,
      description: DESCRIPTION,
      tags: [{ name: 'fagsystem' }, { name: 'debitorsystem' }],
    },
    defaultContentType: 'application/xml',
    servers: SERVERS,
    channels: Object.fromEntries(channels.map((one) => [one.id, channel(one)])),
    operations: Object.fromEntries(operations.map((one) => [one.id, operation(one, channels)])),
    components: {
      messages: Object.fromEntries(messages.map((one) => [one.id, message(one)])),
      parameters: PARAMETERS,
      securitySchemes: {
        bruger: { type: 'userPassword', description: 'Partens id og kode.' },
        certifikat: { type: 'X509', description: 'Klientcertifikat (SASL EXTERNAL).' },
      },
    },
    'x-topologi': topology,
  };
}

export function asyncapiYaml(document: object): string {
  return `#${NOTE}\n${stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
