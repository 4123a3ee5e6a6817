/**
 * delivered → read: bytes become a message that knows how it is to be judged, or a refusal. Pure, and it never throws:
 * whatever a delivery holds, it becomes an Arrival, so that no message can stop the next one.
 *
 *   sender → XML → root → Rute → schema → definition
 */
import { createHash } from 'node:crypto';
import { definitionFor } from '../anmodninger/catalogue.ts';
import type { MessageStem, Rulebook, Sender } from '../anmodninger/definition.ts';
import type { Delivery } from '../broker/delivery.ts';
import type { Fejl } from '../domain/fejl.ts';
import type { Instant } from '../domain/identer.ts';
import { type Fejlkoder, fejl } from '../errors.ts';
import type { Answer, Arrival, Identity, Judgement, Known } from '../ledger/ledger.ts';
import { matchRoot, readDocument } from '../oio/document.ts';
import { type DkaNamespaces, NAMESPACES, parseDkaNamespaces } from '../oio/namespaces.ts';
import { salvage } from '../oio/salvage.ts';
import { DEFAULT_LIMITS, type ReadLimits, readXml } from '../oio/xml-reader.ts';
import { compose } from './compose.ts';
import { isJson, jsonRefusal, readJson } from './read-json.ts';
import { identifySender, ruteContradicts } from './sender.ts';
import { unknownRoot } from './unknown-root.ts';

export interface ReaderOptions {
  readonly rulebook: Rulebook;
  readonly requireUserId: boolean;
  readonly maxMessageBytes: number;
}

export type ReadDelivery = (delivery: Delivery, receivedAt: Instant) => Arrival;

/** How a delivery is judged, and under which identity where it has one. */
interface Reading {
  readonly identity?: Identity;
  readonly judge: (known: Known) => Judgement;
}

function fejlkoe(kode: Fejlkoder, aarsag: string, answer?: Answer): Reading {
  const judgement: Judgement = { art: 'fejlkoe', kode, aarsag, ...(answer === undefined ? {} : { answer }) };
  return { judge: () => judgement };
}

/** Hex digest that a redelivery shares with the first delivery of the same message. */
function fingerprintOf({ body, routingKey, properties }: Delivery): string {
  const { messageId, correlationId, userId } = properties;
  const envelope = JSON.stringify([routingKey, messageId, correlationId, userId]);
  return createHash('sha256').update(envelope).update(body).digest('hex');
}

/** A TransportKvittering, which only a known sender gets (spec 2). */
function transportKvittering(delivery: Delivery, sender: Sender, reason: Fejl): Answer {
  const { transaktionsId } = salvage(delivery.body);
  const toFagsystem = sender.art === 'fagsystem';
  const document = {
    TransportValideringsKode: 'FEJL' as const,
    Begrundelse: reason.tekst,
    FejlListe: { Fejl: [{ FejlKode: reason.kode, FejlTekst: reason.tekst }] },
  };
  return compose('transport-kvittering', document, {
    art: 'transportkvittering',
    exchange: toFagsystem ? 'debitor.svar' : 'debitor.udfald.kvittering',
    routingKey: toFagsystem ? `${sender.fagsystem.id}.kvittering.${delivery.queue}` : delivery.routingKey,
    kode: 'FEJL',
    ...(transaktionsId === undefined ? {} : { transaktionsId }),
    fingerprint: fingerprintOf(delivery),
    properties: delivery.properties,
    namespace: NAMESPACES.kv,
    spelling: 'danish',
  });
}

function refuse(delivery: Delivery, sender: Sender, reason: Fejl): Reading {
  return fejlkoe(reason.kode as Fejlkoder, reason.tekst, transportKvittering(delivery, sender, reason));
}

/** What the broker could not bring to a queue of ours (spec 2: the adapter drains the fejlkø into its ledger). */
function readDeadLetter({ properties }: Delivery): Reading {
  return properties.deathReason === undefined
    ? fejlkoe('DA-121', fejl('DA-121').tekst)
    : fejlkoe('DA-122', fejl('DA-122', `årsag: ${properties.deathReason}`).tekst);
}

/** The options, and what is made of them once. */
interface Circumstances extends ReaderOptions {
  readonly limits: ReadLimits;
  readonly dkaNamespaces: DkaNamespaces;
}

function readMessage(delivery: Delivery, receivedAt: Instant, options: Circumstances): Reading {
  const { rulebook, limits } = options;
  const verdict = identifySender(delivery, rulebook.registry, options.requireUserId);
  if (verdict.art === 'unknown') return fejlkoe('DA-120', verdict.aarsag);
  const { sender } = verdict;
  if (sender.art === 'debitorsystem' && isJson(delivery)) {
    const read = readJson(delivery, sender.debitorsystem, receivedAt, options.maxMessageBytes);
    if (!('refused' in read)) return read;
    const { kode, tekst } = read.refused;
    return fejlkoe(kode as Fejlkoder, tekst, jsonRefusal(delivery, read.refused, fingerprintOf(delivery)));
  }
  const xml = readXml(delivery.body, limits);
  if (!xml.ok) return refuse(delivery, sender, xml.fejl);
  if (sender.art === 'fagsystem' && ruteContradicts(xml.root, sender.fagsystem)) {
    return fejlkoe('DA-120', 'Rute nævner et andet it-system end afsenderens');
  }
  const match = matchRoot(xml.root, options.dkaNamespaces);
  const definition = match === undefined ? undefined : definitionFor(match.stem as MessageStem, delivery.queue);
  if (match === undefined || definition === undefined) {
    return refuse(delivery, sender, unknownRoot(xml.root, match, options.dkaNamespaces));
  }
  const read = readDocument(match.stem, xml.root, match);
  if (!read.ok) return refuse(delivery, sender, read.fejl);
  const { namespace, spelling } = match;
  const { properties, routingKey } = delivery;
  const incoming = {
    document: read.document,
    namespace,
    spelling,
    sender,
    routingKey,
    properties,
    receivedAt,
    rulebook,
  };
  const understood = definition.interpret(incoming, compose);
  return 'untrusted' in understood ? fejlkoe('DA-120', understood.untrusted) : understood;
}

/** An error of ours must not stop the next message: it puts this one aside. The error's own text could hold a value. */
export function ownFault(error: unknown): Judgement {
  const name = error instanceof Error ? error.name : typeof error;
  return { art: 'fejlkoe', kode: 'DA-901', aarsag: fejl('DA-901', name).tekst };
}

function guarded(reading: Reading): Reading {
  return {
    ...reading,
    judge: (known) => {
      try {
        return reading.judge(known);
      } catch (error) {
        return ownFault(error);
      }
    },
  };
}

export function createReader(options: ReaderOptions): ReadDelivery {
  const dkaNamespaces = parseDkaNamespaces(options.rulebook.dkaNamespaces);
  if (dkaNamespaces === undefined) throw new RangeError('the settings let no such list of namespaces through');
  const limits = { ...DEFAULT_LIMITS, maxBytes: options.maxMessageBytes };
  const circumstances = { ...options, limits, dkaNamespaces };
  return (delivery, receivedAt) => {
    let reading: Reading;
    try {
      reading =
        delivery.queue === 'fejlkoe' ? readDeadLetter(delivery) : readMessage(delivery, receivedAt, circumstances);
    } catch (error) {
      const judgement = ownFault(error);
      reading = { judge: () => judgement };
    }
    const { queue, routingKey, properties, body } = delivery;
    return {
      queue,
      receivedAt,
      routingKey,
      properties,
      raw: body,
      fingerprint: () => fingerprintOf(delivery),
      ...guarded(reading),
    };
  };
}
