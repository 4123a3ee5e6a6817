/**
 * What the adapter answers, as values: the kvittering to a debitorkontoanmodning or a cash payment, and the svar. Read with
 * the adapter's own strict reader and schemas; what is neither is no answer, and is told so.
 */
import type { PartyAnswer } from '../broker/party-client.ts';
import { type Oere, parseBeloeb } from '../domain/beloeb.ts';
import type { Fejl } from '../domain/fejl.ts';
import type { SvarStatusKode } from '../domain/udfald.ts';
import type {
  DebitorkontoAnmodningAfsendO,
  DebitorkontoAnmodningSvarAfsendI,
  FejlListe,
  HandlingResultat as HandlingResultatElement,
  OpkraevningKontantIndbetalingOpretO,
  TransportKvittering,
} from '../generated/messages.ts';
import { matchRoot, readDocument } from '../oio/document.ts';
import type { DkaNamespaces } from '../oio/namespaces.ts';
import { readXml } from '../oio/xml-reader.ts';
import { idOfCorrelation, type MessageKind } from './message.ts';

/** What every answer has. */
interface Received {
  /** The same whenever the same answer comes again: what a receiver recognises a repeat by. */
  readonly messageId: string | undefined;
  /** The id of the message that it answers, without what this client adds to it; what else it is, its sender has chosen. */
  readonly correlationId: string | undefined;
  /** The answer as it came, for an archive: OIO-XML in UTF-8. */
  readonly body: Uint8Array;
}

/** What became of one fordring. */
export interface FordringResultat {
  readonly fordring: string;
  readonly resultat: 'GENNEMFOERT' | 'AFVIST';
  readonly beloebOere: Oere | undefined;
  /** Empty unless it was refused. */
  readonly fejl: readonly Fejl[];
}

export interface HandlingResultat {
  readonly debitorsystemReference: string | undefined;
  readonly fordringer: readonly FordringResultat[];
}

/** Not carried out: `AFVIST` by a rule or the debitorsystem, `FEJLET` for good, `FEJL` because the message can't be read. */
interface Afslag extends Received {
  readonly kode: 'AFVIST' | 'FEJLET' | 'FEJL';
  readonly begrundelse: string | undefined;
  /** Every reason that was found. */
  readonly fejl: readonly Fejl[];
  /**
   * True: the id was used before for something else (DA-104, DA-110), and only this use of it is refused. Whatever was sent
   * under it first stands, and may have been carried out or will be: this says nothing of it, and changes nothing in it.
   */
  readonly genbrugtId: boolean;
}

interface OmAnmodning {
  readonly art: 'debitorkonto';
  /** With `FEJL` what the correlation_id says; it can be missing then. */
  readonly anmodningIdentifikator: string | undefined;
  /** Missing with `FEJL`. */
  readonly transaktionsId: string | undefined;
}

/** The kvittering to a debitorkontoanmodning. */
export type AnmodningKvittering = OmAnmodning &
  (
    | (Received & {
        /** Carried out; nothing follows, ever. */
        readonly kode: 'ACCEPTERET';
        readonly resultat: HandlingResultat;
      })
    | (Received & {
        /** Accepted; exactly one svar follows. */
        readonly kode: 'MODTAGET';
        /** A date. */
        readonly forventetSvarDato: string | undefined;
      })
    | Afslag
  );

interface OmIndbetaling {
  readonly art: 'kontantindbetaling';
  /** With `FEJL` what the correlation_id says; it can be missing then. */
  readonly transaktionsId: string | undefined;
  /** What the sender is told without being refused. */
  readonly advis: readonly Fejl[];
}

/** The answer to a cash payment. */
export type IndbetalingKvittering = OmIndbetaling & ((Received & { readonly kode: 'ACCEPTERET' }) | Afslag);

export type Kvittering = AnmodningKvittering | IndbetalingKvittering;

/** What became of an anmodning whose kvittering was MODTAGET; minutes or weeks later. */
export interface Svar extends Received {
  readonly art: 'svar';
  readonly anmodningIdentifikator: string;
  readonly transaktionsId: string;
  readonly handlingstype: string;
  readonly status: SvarStatusKode;
  /** When the debitorsystem decided: an xs:dateTime. */
  readonly tid: string;
  readonly begrundelse: string | undefined;
  readonly resultat: HandlingResultat | undefined;
  readonly fejl: readonly Fejl[];
}

/** An answer, and whose it is. */
export interface Understood {
  readonly answer: Kvittering | Svar;
  readonly kind: MessageKind;
  /** AnmodningIdentifikator, for cash TransaktionsID; empty where the answer names none. */
  readonly id: string;
  /** The correlation_id as it came: which call it answers, where this client made it. */
  readonly call: string | undefined;
}

/** The code with which the adapter says that it certainly did not carry a cash payment out. */
const NOT_CARRIED_OUT = 'DA-900';
/** The codes with which it says that an id was used before for something else. */
const ID_USED: ReadonlySet<string> = new Set(['DA-104', 'DA-110']);

function namesUsedId(fejl: readonly Fejl[]): boolean {
  return fejl.some(({ kode }) => ID_USED.has(kode));
}

function fejlOf(liste: FejlListe | undefined): readonly Fejl[] {
  return (liste?.Fejl ?? []).map(({ FejlKode, FejlTekst }) => ({ kode: FejlKode, tekst: FejlTekst }));
}

function resultatOf(element: HandlingResultatElement): HandlingResultat {
  return {
    debitorsystemReference: element.DebitorsystemReference,
    fordringer: (element.FordringResultat ?? []).map((one) => ({
      fordring: one.FordringIdentifikator,
      resultat: one.ResultatKode,
      beloebOere: one.Beloeb === undefined ? undefined : parseBeloeb(one.Beloeb),
      fejl: fejlOf(one.FejlListe),
    })),
  };
}

function kvitteringOf(document: DebitorkontoAnmodningAfsendO, received: Received): AnmodningKvittering | undefined {
  const { Forretningskvittering: forretning, AnmodningIdentifikator: anmodningIdentifikator } = document;
  const { TransaktionsId: transaktionsId } = document.HovedOplysningerSvar;
  const om = { art: 'debitorkonto', anmodningIdentifikator, transaktionsId, ...received } as const;
  const kode = forretning.ForretningsValideringsKode;
  switch (kode) {
    case 'ACCEPTERET':
      return { ...om, kode, resultat: resultatOf(document.HandlingResultat ?? {}) };
    case 'MODTAGET':
      return { ...om, kode, forventetSvarDato: document.ForventetSvarDato };
    case 'AFVIST':
    case 'FEJLET': {
      const fejl = fejlOf(forretning.FejlListe);
      return { ...om, kode, begrundelse: forretning.Begrundelse, fejl, genbrugtId: namesUsedId(fejl) };
    }
    case 'AFLEVERET':
      // The adapter never uses it (spec 1), so nobody could say what it means.
      return undefined;
  }
}

function indbetalingOf(document: OpkraevningKontantIndbetalingOpretO, received: Received): IndbetalingKvittering {
  const { TransaktionsID, SvarReaktion = [] } = document.Kontekst.HovedOplysningerSvar;
  const fejl = SvarReaktion.flatMap(({ Fejl }) =>
    Fejl === undefined ? [] : [{ kode: Fejl.FejlNummer, tekst: Fejl.FejlTekst }],
  );
  const advis = SvarReaktion.flatMap(({ Advis }) =>
    Advis === undefined ? [] : [{ kode: Advis.AdvisNummer, tekst: Advis.AdvisTekst }],
  );
  const om = { art: 'kontantindbetaling', transaktionsId: TransaktionsID, advis, ...received } as const;
  if (fejl.length === 0) return { ...om, kode: 'ACCEPTERET' };
  const kode = fejl.some((one) => one.kode === NOT_CARRIED_OUT) ? 'FEJLET' : 'AFVIST';
  return { ...om, kode, begrundelse: undefined, fejl, genbrugtId: namesUsedId(fejl) };
}

function transportOf(document: TransportKvittering, kind: MessageKind, received: Received): Kvittering {
  const afslag = {
    ...received,
    kode: 'FEJL',
    begrundelse: document.Begrundelse,
    fejl: fejlOf(document.FejlListe),
    genbrugtId: false,
  } as const;
  // The document names nothing of what it answers; the client sends the id as correlation_id.
  const { correlationId } = received;
  return kind === 'debitorkonto'
    ? { art: kind, anmodningIdentifikator: correlationId, transaktionsId: undefined, ...afslag }
    : { art: kind, transaktionsId: correlationId, advis: [], ...afslag };
}

function svarOf(document: DebitorkontoAnmodningSvarAfsendI, received: Received): Svar {
  return {
    art: 'svar',
    ...received,
    anmodningIdentifikator: document.AnmodningIdentifikator,
    transaktionsId: document.HovedOplysninger.TransaktionsId,
    handlingstype: document.HandlingTypeKode,
    status: document.SvarStatusKode,
    tid: document.SvarTid,
    begrundelse: document.Begrundelse,
    resultat: document.HandlingResultat === undefined ? undefined : resultatOf(document.HandlingResultat),
    fejl: fejlOf(document.FejlListe),
  };
}

/** Undefined where it is no answer of the adapter to a fagsystem. */
export function readAnswer(delivered: PartyAnswer, dkaNamespaces: DkaNamespaces): Understood | undefined {
  const { body, messageId, correlationId: call } = delivered;
  const correlationId = call === undefined ? undefined : idOfCorrelation(call);
  const received = { body, messageId, correlationId };
  const kind = delivered.routingKey.endsWith('.kontantindbetaling') ? 'kontantindbetaling' : 'debitorkonto';
  const read = readXml(body);
  const match = read.ok ? matchRoot(read.root, dkaNamespaces) : undefined;
  if (!read.ok || match === undefined) return undefined;
  const { root } = read;
  switch (match.stem) {
    case 'debitorkonto-anmodning-afsend-o': {
      const result = readDocument(match.stem, root, match);
      const answer = result.ok ? kvitteringOf(result.document, received) : undefined;
      if (!result.ok || answer === undefined) return undefined;
      return { answer, kind, id: result.document.AnmodningIdentifikator, call };
    }
    case 'debitorkonto-anmodning-svar-afsend-i': {
      const result = readDocument(match.stem, root, match);
      if (!result.ok) return undefined;
      return { answer: svarOf(result.document, received), kind, id: result.document.AnmodningIdentifikator, call };
    }
    case 'opkraevning-kontant-indbetaling-opret-o': {
      const result = readDocument(match.stem, root, match);
      if (!result.ok) return undefined;
      const answer = indbetalingOf(result.document, received);
      return { answer, kind, id: answer.transaktionsId ?? '', call };
    }
    case 'transport-kvittering': {
      const result = readDocument(match.stem, root, match);
      if (!result.ok) return undefined;
      const answer = transportOf(result.document, kind, received);
      return { answer, kind, id: correlationId ?? '', call };
    }
    default:
      return undefined;
  }
}
