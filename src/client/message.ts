/**
 * Values → the message that is sent: its XML, which has been read and judged as the adapter will, and its ids. It decides
 * nothing of the business: what is a rule (a handlingstype's parameters, the myndighed) is the adapter's to judge.
 */
import { randomUUID } from 'node:crypto';
import { fitsInMessage, formatBeloeb, parseBeloeb } from '../domain/beloeb.ts';
import { formatInstant } from '../domain/dato.ts';
import type { Instant } from '../domain/identer.ts';
import { fejl } from '../errors.ts';
import type {
  DebitorkontoAnmodningAfsendI,
  MessageTypes,
  OpkraevningKontantIndbetalingOpretI,
} from '../generated/messages.ts';
import { type MessageStem, matchRoot, readDocument, rootName, writeDocument } from '../oio/document.ts';
import type { DkaNamespaces } from '../oio/namespaces.ts';
import { readXml } from '../oio/xml-reader.ts';
import { InvalidAnmodning } from './faults.ts';
import type {
  Anmodning,
  Beloeb,
  Handling,
  HandlingParametre,
  KontantIndbetaling,
  KontoMedFordringer,
} from './values.ts';

/** Who sends and to whom, as it stands in `k:Rute` of every anmodning. `organisation` is a CVR, `itSystemInstans` a UUID. */
export interface Rute {
  readonly afsender: { readonly organisation: string; readonly itSystemInstans: string };
  readonly modtager: { readonly organisation: string; readonly itSystemInstans?: string };
}

export type MessageKind = 'debitorkonto' | 'kontantindbetaling';

/** A message that is ready to be sent. */
export interface Outgoing {
  readonly kind: MessageKind;
  /** AnmodningIdentifikator, for cash TransaktionsID, as the adapter reads it (a UUID in lower case). */
  readonly id: string;
  readonly messageId: string;
  /**
   * The id, so that any answer leads back to it, also in another process, and a mark of this very call; a UUID where the id is
   * too long for AMQP. A repeat gets the first's answer with its own correlation id, which nothing else of the answer tells.
   */
  readonly correlationId: string;
  /** The root element's local name. */
  readonly type: string;
  readonly body: Uint8Array;
  /** Equal for two messages that ask for the same. */
  readonly content: string;
  readonly traceparent: string | undefined;
}

/** AMQP's bound for a short string. */
const SHORT_STRING_MAX_BYTES = 255;

/** The types that the writer misses, in Danish. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['a string', 'tekst'],
  ['an object', 'et objekt'],
  ['an array', 'en liste'],
]);
/** As the writer says it. */
const WRONG_TYPE = /^(\S+) is not (a string|an object|an array)$/;

function wrongType(message: string): string {
  const [, element = '', type = ''] = WRONG_TYPE.exec(message) ?? [];
  const wanted = TYPES.get(type);
  if (wanted === undefined) return 'en værdi har en forkert type';
  return `${element} skal være ${wanted}${/(?:Dato|Tid)$/.test(element) ? ', ikke et Date-objekt' : ''}`;
}

/**
 * Writes the document, reads it as the adapter does, and returns what was read.
 * @param namespaces the first is written; it also says which version of the messages it is.
 * @throws InvalidAnmodning
 */
function checked<S extends MessageStem>(
  stem: S,
  document: MessageTypes[S],
  namespaces: DkaNamespaces,
): { readonly body: Uint8Array; readonly document: MessageTypes[S] } {
  const [namespace = ''] = namespaces.keys();
  let body: Uint8Array;
  try {
    body = writeDocument(stem, document, { namespace, spelling: 'danish' });
  } catch (error) {
    if (error instanceof RangeError) throw new InvalidAnmodning(fejl('DA-001', 'et tegn, som XML ikke kan rumme'));
    // A value of another type than declared: a program without types has called.
    if (error instanceof TypeError) throw new InvalidAnmodning(fejl('DA-005', wrongType(error.message)));
    throw error;
  }
  const read = readXml(body);
  if (!read.ok) throw new InvalidAnmodning(read.fejl);
  const match = matchRoot(read.root, namespaces);
  if (match === undefined) throw new TypeError(`the root of ${stem} is not recognised`);
  const result = readDocument(stem, read.root, match);
  if (!result.ok) throw new InvalidAnmodning(result.fejl);
  return { body, document: result.document };
}

/** @throws InvalidAnmodning for a number, and for what is no amount of at most 11 + 2 digits. */
function beloebText(beloeb: Beloeb, navn: string): string {
  if (typeof beloeb === 'bigint' && fitsInMessage(beloeb)) return formatBeloeb(beloeb);
  if (typeof beloeb === 'string' && parseBeloeb(beloeb.trim()) !== undefined) return beloeb.trim();
  const krav = 'skal være øre som bigint eller kroner som tekst, højst 11 cifre og 2 decimaler';
  throw new InvalidAnmodning(fejl('DA-005', `${navn} ${krav}`));
}

function parametreDocument(parametre: HandlingParametre) {
  const { virkningDato, beloeb, valuta, aarsagKode, aarsagTekst, sagIdentifikator, navngivne = {} } = parametre;
  const Parameter = Object.entries(navngivne).map(([Navn, Vaerdi]) => ({ Navn, Vaerdi }));
  return {
    ...(virkningDato === undefined ? {} : { VirkningDato: virkningDato }),
    ...(beloeb === undefined ? {} : { Beloeb: beloebText(beloeb, 'Beloeb') }),
    ...(valuta === undefined ? {} : { ValutaOplysningKode: valuta }),
    ...(aarsagKode === undefined ? {} : { AarsagKode: aarsagKode }),
    ...(aarsagTekst === undefined ? {} : { AarsagTekst: aarsagTekst }),
    ...(sagIdentifikator === undefined ? {} : { SagIdentifikator: sagIdentifikator }),
    ...(Parameter.length === 0 ? {} : { Parameter }),
  };
}

function fordringerDocument({ debitorkonto, fordringer }: KontoMedFordringer) {
  return { DebitorkontoIdentifikator: debitorkonto, FordringListe: { FordringIdentifikator: [...fordringer] } };
}

function handlingDocument(handling: Handling): Partial<DebitorkontoAnmodningAfsendI> {
  const objektType = handling.objektType === undefined ? {} : { ObjektTypeKode: handling.objektType };
  switch (handling.variant) {
    case 1:
      return { DebitorkontoHandling: { DebitorkontoIdentifikator: handling.debitorkonto, ...objektType } };
    case 2:
      return { FordringHandling: { ...fordringerDocument(handling), ...objektType } };
    case 3:
      return {
        DebitorkontiHandling: {
          Fra: { DebitorkontoIdentifikator: handling.fra },
          Til: { DebitorkontoIdentifikator: handling.til },
          ...objektType,
        },
      };
    case 4:
      return {
        FordringerMellemDebitorkontiHandling: {
          Fra: fordringerDocument(handling.fra),
          Til: fordringerDocument(handling.til),
          ...objektType,
        },
      };
  }
}

/** The myndighed that is acted for stands in both places, where it is not the sender's own: they must be the same (DA-108). */
function ruteDocument({ afsender, modtager }: Rute, myndighed: string | undefined) {
  return {
    AfsenderOrganisation: myndighed ?? afsender.organisation,
    AfsenderItSystemInstans: afsender.itSystemInstans,
    ModtagerOrganisation: modtager.organisation,
    ...(modtager.itSystemInstans === undefined ? {} : { ModtagerItSystemInstans: modtager.itSystemInstans }),
  };
}

/** `/` and eight hexadecimal digits of chance. */
const CALL_MARK = /\/[0-9a-f]{8}$/;

function correlationOf(id: string): string {
  const correlation = `${id}/${randomUUID().slice(0, 8)}`;
  return Buffer.byteLength(correlation) <= SHORT_STRING_MAX_BYTES ? correlation : randomUUID();
}

/** The id of the message that a correlation id of this client stands for; another one as it is. */
export function idOfCorrelation(correlationId: string): string {
  return correlationId.replace(CALL_MARK, '');
}

/** The anmodning with the identifications that it lacks. */
export type NamedAnmodning = Anmodning & { readonly anmodningIdentifikator: string; readonly transaktionsId: string };

export function nameAnmodning(anmodning: Anmodning): NamedAnmodning {
  const anmodningIdentifikator = anmodning.anmodningIdentifikator ?? randomUUID();
  const transaktionsId = anmodning.transaktionsId ?? anmodningIdentifikator;
  return { ...anmodning, anmodningIdentifikator, transaktionsId };
}

/**
 * Every call is a new RequestId, and so a new message_id, whether or not the anmodning was sent before.
 * @throws InvalidAnmodning
 */
export function writeAnmodning(
  anmodning: NamedAnmodning,
  rute: Rute,
  namespaces: DkaNamespaces,
  now: Instant,
): Outgoing {
  const requestId = randomUUID();
  const { paaVegneAf, myndighed, parametre } = anmodning;
  const stem = 'debitorkonto-anmodning-afsend-i';
  const { body, document } = checked(
    stem,
    {
      HovedOplysninger: {
        TransaktionsId: anmodning.transaktionsId,
        TransaktionsTid: formatInstant(now),
        RequestId: requestId,
        ...(paaVegneAf === undefined ? {} : { OnBehalfOfUser: paaVegneAf }),
        ...(myndighed === undefined ? {} : { AuthorityContext: { MunicipalityCVR: myndighed } }),
        Rute: ruteDocument(rute, myndighed),
      },
      AnmodningIdentifikator: anmodning.anmodningIdentifikator,
      HandlingTypeKode: anmodning.handlingstype,
      ...(parametre === undefined ? {} : { HandlingParametre: parametreDocument(parametre) }),
      ...handlingDocument(anmodning.handling),
    },
    namespaces,
  );
  const { HovedOplysninger: _header, ...content } = document;
  return {
    kind: 'debitorkonto',
    id: document.AnmodningIdentifikator,
    messageId: requestId,
    correlationId: correlationOf(document.AnmodningIdentifikator),
    type: rootName(stem, 'danish'),
    body,
    content: JSON.stringify(content),
    traceparent: anmodning.traceparent,
  };
}

/** The payment with the identification that it lacks. */
export type NamedIndbetaling = KontantIndbetaling & { readonly transaktionsId: string };

export function nameIndbetaling(indbetaling: KontantIndbetaling): NamedIndbetaling {
  return { ...indbetaling, transaktionsId: indbetaling.transaktionsId ?? randomUUID() };
}

/** @throws InvalidAnmodning */
export function writeIndbetaling(indbetaling: NamedIndbetaling, now: Instant): Outgoing {
  const stem = 'opkraevning-kontant-indbetaling-opret-i';
  const { online } = indbetaling;
  const header = { TransaktionsID: indbetaling.transaktionsId, TransaktionsTid: formatInstant(now) };
  const values: OpkraevningKontantIndbetalingOpretI = {
    Kontekst: { HovedOplysninger: header },
    KundeIdentifikation: { KundeNummer: indbetaling.kundeNummer, KundeType: indbetaling.kundeType },
    OpkraevningIndbetalingOplysninger: {
      OpkraevningKontantIndbetalingType: indbetaling.indbetalingType,
      OpkraevningIndbetalingBeloeb: beloebText(indbetaling.beloeb, 'OpkrævningIndbetalingBeløb'),
      ValutaOplysningKode: 'DKK',
      OpkraevningIndbetalingDato: indbetaling.indbetalingDato,
    },
    ...(online === undefined
      ? {}
      : {
          OnlineOpkraevningIndbetaling: {
            OpkraevningKontoIndbetalingEksternID: online.eksternId,
            OpkraevningIndbetalingSystem: online.system,
          },
        }),
  };
  // The message's namespace is fixed: the list is for messages in dka only.
  const { body, document } = checked(stem, values, new Map());
  const { Kontekst, ...content } = document;
  const id = Kontekst.HovedOplysninger.TransaktionsID;
  return {
    kind: 'kontantindbetaling',
    id,
    messageId: randomUUID(),
    correlationId: correlationOf(id),
    type: rootName(stem, 'danish'),
    body,
    content: JSON.stringify(content),
    traceparent: indbetaling.traceparent,
  };
}
