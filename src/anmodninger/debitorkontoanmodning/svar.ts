/**
 * DebitorkontoAnmodningSvarAfsend: what became of an anmodning that was accepted for later (seed SF1590_B_04, spec 1). A
 * debitorsystem outside the process reports it in XML and is answered with a DebitorkontoAnmodningSvarAfsend_O; one inside
 * reports it through a port. Both meet the same rules here.
 *
 * The svar that the fagsystem receives is never the debitorsystem's own document: it is written anew from what was recorded
 * with the anmodning.
 */
import { parseBeloeb } from '../../domain/beloeb.ts';
import { scrubAndCut } from '../../domain/cpr.ts';
import { formatInstant } from '../../domain/dato.ts';
import type { Fejl, Fejlliste } from '../../domain/fejl.ts';
import type { FagsystemId, FordringId, Instant } from '../../domain/identer.ts';
import type { FordringResultat, HandlingResultat, Svar } from '../../domain/udfald.ts';
import { type Fejlkoder, fejl } from '../../errors.ts';
import type { DebitorkontoAnmodningSvarAfsendI, DebitorkontoAnmodningSvarAfsendO } from '../../generated/messages.ts';
import type { Judgement, Known, SvarReport, SvarSubject, SvarVerdict } from '../../ledger/ledger.ts';
import {
  type Compose,
  contentHash,
  type Incoming,
  type MessageDefinition,
  type Understood,
  type Untrusted,
  uuidOf,
} from '../definition.ts';
import { composeKvittering, composeSvar, type DebitorkontoKontekst, forventetSvarDato } from './answers.ts';

type FejlListe = NonNullable<DebitorkontoAnmodningSvarAfsendI['FejlListe']>;
type Resultat = NonNullable<DebitorkontoAnmodningSvarAfsendI['HandlingResultat']>;

/** The schema has no bounds here, since the published one has none; these are what a debitorsystem's other ways have. */
const MAX_FEJLKODE = 100;
const MAX_TEKST = 1000;
/** In code units: the schema admits half as many characters. */
const MAX_BEGRUNDELSE = 2000;

function parseFejlListe(liste: FejlListe): Fejlliste {
  const [first, ...rest] = liste.Fejl.map(
    ({ FejlKode, FejlTekst }): Fejl => ({
      kode: scrubAndCut(FejlKode, MAX_FEJLKODE),
      tekst: scrubAndCut(FejlTekst, MAX_TEKST),
    }),
  );
  if (first === undefined) throw new TypeError('the schema lets no empty FejlListe through');
  return [first, ...rest];
}

function parseResultat(resultat: Resultat): HandlingResultat {
  const fordringer = (resultat.FordringResultat ?? []).map((one): FordringResultat => {
    const beloebOere = one.Beloeb === undefined ? undefined : parseBeloeb(one.Beloeb);
    return {
      fordring: one.FordringIdentifikator as FordringId,
      resultat: one.ResultatKode,
      ...(beloebOere === undefined ? {} : { beloebOere }),
      ...(one.FejlListe === undefined ? {} : { fejl: parseFejlListe(one.FejlListe) }),
    };
  });
  const reference = resultat.DebitorsystemReference;
  return { ...(reference === undefined ? {} : { debitorsystemReference: reference }), fordringer };
}

/** An xs:dateTime as an instant; without a zone it is read as Danish time (spec 1). */
function parseInstant(text: string): Instant {
  if (/(?:Z|[+-][0-9]{2}:[0-9]{2})$/.test(text)) return withinYears(Date.parse(text));
  const asUtc = Date.parse(`${text}Z`);
  // Two rounds settle the offset also where the first guess lies on the other side of a change of the clock.
  const firstGuess = asUtc - copenhagenOffsetMs(asUtc);
  return withinYears(asUtc - copenhagenOffsetMs(firstGuess));
}

const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** An offset can carry a time at the edge into a year that an xs:dateTime of four digits can't name. */
function withinYears(instant: Instant): Instant {
  return Math.min(LATEST, Math.max(EARLIEST, instant));
}

const COPENHAGEN_OFFSET = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Europe/Copenhagen',
  timeZoneName: 'longOffset',
});

function copenhagenOffsetMs(instant: Instant): number {
  const name = COPENHAGEN_OFFSET.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /GMT([+-])([0-9]{2}):([0-9]{2})/.exec(name);
  if (match === null) return 0;
  const [, sign, hours, minutes] = match;
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -ms : ms;
}

export function parseSvar(document: DebitorkontoAnmodningSvarAfsendI): Svar {
  return {
    status: document.SvarStatusKode,
    tid: parseInstant(document.SvarTid),
    ...(document.Begrundelse === undefined ? {} : { begrundelse: scrubAndCut(document.Begrundelse, MAX_BEGRUNDELSE) }),
    ...(document.HandlingResultat === undefined ? {} : { resultat: parseResultat(document.HandlingResultat) }),
    ...(document.FejlListe === undefined ? {} : { fejl: parseFejlListe(document.FejlListe) }),
  };
}

/** The code that a refusing verdict means. */
export const SVAR_REFUSALS: Readonly<Record<Exclude<SvarVerdict, 'recorded' | 'same'>, Fejlkoder>> = {
  unknown: 'DA-301',
  notLater: 'DA-302',
  answeredOtherwise: 'DA-303',
  otherHandlingstype: 'DA-304',
};

/** The Fejl that a verdict means; undefined where the svar was accepted. */
export function refusalOf(verdict: SvarVerdict): Fejl | undefined {
  return verdict === 'recorded' || verdict === 'same' ? undefined : fejl(SVAR_REFUSALS[verdict]);
}

/** A svar together with whose it is, as far as its route tells. */
export interface ReportedSvar {
  readonly svar: Svar;
  /** AnmodningIdentifikator. */
  readonly anmodningId: string;
  /** A command's idempotency key names the fagsystem; a message does not. */
  readonly fagsystem?: FagsystemId;
  readonly transaktionsId?: string;
  readonly handlingstype?: string;
  readonly at: Instant;
}

/** What makes two svar the same: all but when it was decided, since a debitorsystem that reports again may look again. */
export function svarHash({ tid: _tid, ...content }: Svar): string {
  return contentHash(
    JSON.parse(JSON.stringify(content, (_, value) => (typeof value === 'bigint' ? `${value}` : value))),
  );
}

/** How a reported svar is recorded and, where it is accepted, written for the fagsystem. */
export function svarReportOf(reported: ReportedSvar, compose: Compose): SvarReport {
  const hash = svarHash(reported.svar);
  const replyTo = ({ command, properties }: SvarSubject) => ({
    fagsystem: command.fagsystem,
    properties,
    now: reported.at,
  });
  // Only kontekster of debitorkontoanmodninger are accepted for later, and interpret() of that message wrote this text.
  const kontekstOf = (subject: SvarSubject) => JSON.parse(subject.kontekst) as DebitorkontoKontekst;
  const { svar: _svar, ...reference } = reported;
  return {
    ...reference,
    contentHash: hash,
    write: (subject) => {
      const requestId = uuidOf('svar', subject.command.noegle, hash);
      return composeSvar(kontekstOf(subject), reported.svar, requestId, replyTo(subject), compose);
    },
    writeModtaget: (subject) => {
      const kontekst = kontekstOf(subject);
      const dato = forventetSvarDato(kontekst);
      const kvittering = { kode: 'MODTAGET', forventetSvarDato: dato } as const;
      return { answer: composeKvittering(kontekst, kvittering, replyTo(subject), compose), forventetSvarDato: dato };
    },
  };
}

function composeReceipt(incoming: Incoming<DebitorkontoAnmodningSvarAfsendI>, verdict: SvarVerdict, compose: Compose) {
  const { document } = incoming;
  const { TransaktionsId, RequestId } = document.HovedOplysninger;
  const refusal = refusalOf(verdict);
  const kode = refusal === undefined ? 'ACCEPTERET' : 'AFVIST';
  const explanation =
    refusal === undefined
      ? {}
      : {
          Begrundelse: 'Svaret er afvist, se FejlListe.',
          FejlListe: { Fejl: [{ FejlKode: refusal.kode, FejlTekst: refusal.tekst }] },
        };
  const receipt: DebitorkontoAnmodningSvarAfsendO = {
    HovedOplysningerSvar: {
      TransaktionsId,
      TransaktionsTid: formatInstant(incoming.receivedAt),
      ...(RequestId === undefined ? {} : { RequestId }),
    },
    AnmodningIdentifikator: document.AnmodningIdentifikator,
    Forretningskvittering: { ForretningsValideringsKode: kode, ...explanation },
  };
  return compose('debitorkonto-anmodning-svar-afsend-o', receipt, {
    art: 'svarkvittering',
    exchange: 'debitor.udfald.kvittering',
    // Back under the key that it came with.
    routingKey: incoming.routingKey,
    kode,
    anmodningId: document.AnmodningIdentifikator,
    transaktionsId: TransaktionsId,
    properties: incoming.properties,
    namespace: incoming.namespace,
    spelling: 'danish',
  });
}

function interpret(incoming: Incoming<DebitorkontoAnmodningSvarAfsendI>, compose: Compose): Understood | Untrusted {
  if (incoming.sender.art !== 'debitorsystem') return { untrusted: 'afsenderen er ikke et debitorsystem' };
  const { document, receivedAt } = incoming;
  const debitorsystem = incoming.sender.debitorsystem.id;
  const { HovedOplysninger: hoved, ...body } = document;
  const transaktionsId = hoved.TransaktionsId;
  const handlingstype = document.HandlingTypeKode;
  const anmodningId = document.AnmodningIdentifikator;

  const judge = (known: Known): Judgement => {
    if (known.earlier === 'same') return { art: 'repeat', transaktionsId };
    const reported = { svar: parseSvar(document), anmodningId, transaktionsId, handlingstype, at: receivedAt };
    return {
      art: 'svar',
      report: svarReportOf(reported, compose),
      receipt: (verdict) => composeReceipt(incoming, verdict, compose),
      details: { transaktionsId, handlingstype },
    };
  };
  return { identity: { kind: 'svar', sender: debitorsystem, id: anmodningId, contentHash: contentHash(body) }, judge };
}

export const svarFraDebitorsystem: MessageDefinition<'debitorkonto-anmodning-svar-afsend-i'> = {
  stem: 'debitorkonto-anmodning-svar-afsend-i',
  queue: 'udfald',
  interpret,
};
