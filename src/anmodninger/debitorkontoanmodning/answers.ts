/**
 * The two answers to a debitorkontoanmodning: the kvittering (DebitorkontoAnmodningAfsend_O) and, after MODTAGET, the svar
 * (DebitorkontoAnmodningSvarAfsend_I). Both are written from the kontekst that was recorded with the anmodning.
 */
import { formatBeloeb } from '../../domain/beloeb.ts';
import { addDays, datoAt, formatInstant } from '../../domain/dato.ts';
import type { Fejlliste } from '../../domain/fejl.ts';
import type { Cvr, Dato, HandlingTypeKode, Instant, TransaktionsId, Uuid } from '../../domain/identer.ts';
import type { Kvittering } from '../../domain/kvittering.ts';
import type { HandlingResultat, Svar } from '../../domain/udfald.ts';
import type { DebitorkontoAnmodningAfsendO, DebitorkontoAnmodningSvarAfsendI } from '../../generated/messages.ts';
import type { Answer } from '../../ledger/ledger.ts';
import type { Compose, ReplyTo } from '../definition.ts';

/** What the answers need to know of the anmodning; kept in the ledger as JSON until the last answer is written. */
export interface DebitorkontoKontekst {
  readonly art: 'debitorkonto';
  readonly namespace: string;
  readonly transaktionsId: TransaktionsId;
  readonly requestId?: Uuid;
  readonly anmodningIdentifikator: Uuid;
  readonly handlingTypeKode: HandlingTypeKode;
  readonly municipalityCvr?: Cvr;
  readonly svarRute: {
    readonly AfsenderOrganisation: string;
    readonly AfsenderItSystemInstans: string;
    readonly ModtagerOrganisation: string;
    readonly ModtagerItSystemInstans: string;
  };
  readonly modtaget: Instant;
  /** Calendar days until the svar is expected; only with svarform SENERE. */
  readonly fristDage?: number;
}

/** Where a handlingstype has no frist, a svar is expected within this many days. */
const DEFAULT_FRIST_DAGE = 30;

/** ForventetSvarDato: the day received, in Denmark, and the frist (spec 1). */
export function forventetSvarDato(kontekst: DebitorkontoKontekst): Dato {
  return addDays(datoAt(kontekst.modtaget), kontekst.fristDage ?? DEFAULT_FRIST_DAGE);
}

function writeFejlListe(liste: Fejlliste) {
  return { Fejl: liste.map(({ kode, tekst }) => ({ FejlKode: kode, FejlTekst: tekst })) };
}

function writeResultat(resultat: HandlingResultat) {
  return {
    ...(resultat.debitorsystemReference === undefined
      ? {}
      : { DebitorsystemReference: resultat.debitorsystemReference }),
    ...(resultat.fordringer.length === 0
      ? {}
      : {
          FordringResultat: resultat.fordringer.map((one) => ({
            FordringIdentifikator: one.fordring as string,
            ResultatKode: one.resultat,
            ...(one.beloebOere === undefined ? {} : { Beloeb: formatBeloeb(one.beloebOere) }),
            ...(one.fejl === undefined ? {} : { FejlListe: writeFejlListe(one.fejl) }),
          })),
        }),
  };
}

function writeForretningskvittering(kvittering: Kvittering) {
  const ForretningsValideringsKode = kvittering.kode;
  if (kvittering.kode === 'ACCEPTERET' || kvittering.kode === 'MODTAGET') return { ForretningsValideringsKode };
  const begrundelse = kvittering.kode === 'AFVIST' ? 'Anmodningen er afvist' : 'Anmodningen kunne ikke udføres';
  return {
    ForretningsValideringsKode,
    Begrundelse: `${begrundelse}: ${kvittering.fejl.length} fejl, se FejlListe.`,
    FejlListe: writeFejlListe(kvittering.fejl),
  };
}

function kvitteringDocument(
  kontekst: DebitorkontoKontekst,
  kvittering: Kvittering,
  now: Instant,
): DebitorkontoAnmodningAfsendO {
  return {
    HovedOplysningerSvar: {
      TransaktionsId: kontekst.transaktionsId,
      TransaktionsTid: formatInstant(now),
      ...(kontekst.requestId === undefined ? {} : { RequestId: kontekst.requestId as string }),
    },
    AnmodningIdentifikator: kontekst.anmodningIdentifikator,
    Forretningskvittering: writeForretningskvittering(kvittering),
    ...(kvittering.kode === 'ACCEPTERET'
      ? { HandlingResultat: writeResultat(kvittering.resultat ?? { fordringer: [] }) }
      : {}),
    ...(kvittering.kode === 'MODTAGET' ? { ForventetSvarDato: kvittering.forventetSvarDato as string } : {}),
  };
}

/** The kvittering of a debitorkontoanmodning, ready to be published. */
export function composeKvittering(
  kontekst: DebitorkontoKontekst,
  kvittering: Kvittering,
  replyTo: ReplyTo,
  compose: Compose,
): Answer {
  return compose('debitorkonto-anmodning-afsend-o', kvitteringDocument(kontekst, kvittering, replyTo.now), {
    art: 'kvittering',
    exchange: 'debitor.svar',
    routingKey: `${replyTo.fagsystem}.kvittering.debitorkonto`,
    kode: kvittering.kode,
    anmodningId: kontekst.anmodningIdentifikator,
    transaktionsId: kontekst.transaktionsId,
    properties: replyTo.properties,
    namespace: kontekst.namespace,
    spelling: 'danish',
  });
}

function svarDocument(
  kontekst: DebitorkontoKontekst,
  svar: Svar,
  requestId: Uuid,
  now: Instant,
): DebitorkontoAnmodningSvarAfsendI {
  return {
    HovedOplysninger: {
      TransaktionsId: kontekst.transaktionsId,
      TransaktionsTid: formatInstant(now),
      RequestId: requestId,
      ...(kontekst.municipalityCvr === undefined
        ? {}
        : { AuthorityContext: { MunicipalityCVR: kontekst.municipalityCvr as string } }),
      Rute: kontekst.svarRute,
    },
    AnmodningIdentifikator: kontekst.anmodningIdentifikator,
    HandlingTypeKode: kontekst.handlingTypeKode,
    SvarStatusKode: svar.status,
    SvarTid: formatInstant(svar.tid),
    ...(svar.begrundelse === undefined ? {} : { Begrundelse: svar.begrundelse }),
    ...(svar.resultat === undefined ? {} : { HandlingResultat: writeResultat(svar.resultat) }),
    ...(svar.fejl === undefined ? {} : { FejlListe: writeFejlListe(svar.fejl) }),
  };
}

/** The svar of a debitorkontoanmodning, ready to be published once its MODTAGET is. */
export function composeSvar(
  kontekst: DebitorkontoKontekst,
  svar: Svar,
  requestId: Uuid,
  replyTo: ReplyTo,
  compose: Compose,
): Answer {
  return compose('debitorkonto-anmodning-svar-afsend-i', svarDocument(kontekst, svar, requestId, replyTo.now), {
    art: 'svar',
    exchange: 'debitor.svar',
    routingKey: `${replyTo.fagsystem}.svar.debitorkonto`,
    kode: svar.status,
    anmodningId: kontekst.anmodningIdentifikator,
    transaktionsId: kontekst.transaktionsId,
    properties: replyTo.properties,
    namespace: kontekst.namespace,
    spelling: 'danish',
  });
}
