/**
 * udfald → what is recorded of it, with the answer that follows. Pure: `domain/lifecycle.ts` decides, this writes the
 * decision's answer.
 */
import {
  composeKvittering,
  composeSvar,
  type DebitorkontoKontekst,
  forventetSvarDato,
} from '../anmodninger/debitorkontoanmodning/answers.ts';
import { svarHash } from '../anmodninger/debitorkontoanmodning/svar.ts';
import { uuidOf } from '../anmodninger/definition.ts';
import { composeKontantKvittering, type KontantKontekst } from '../anmodninger/kontant-indbetaling.ts';
import type { Fejlliste } from '../domain/fejl.ts';
import type { Instant } from '../domain/identer.ts';
import type { Kvittering } from '../domain/kvittering.ts';
import { type Circumstances, type Decision, decide } from '../domain/lifecycle.ts';
import type { DispatchOutcome, Svar } from '../domain/udfald.ts';
import { fejl } from '../errors.ts';
import type { Answer, Claim, Settlement } from '../ledger/ledger.ts';
import { compose } from './compose.ts';

/** The kontekst was written by the definition of the claim's own kind. */
const debitorkontoKontekst = (claim: Claim) => JSON.parse(claim.kontekst) as DebitorkontoKontekst;
const kontantKontekst = (claim: Claim) => JSON.parse(claim.kontekst) as KontantKontekst;

function kvitteringAnswer(claim: Claim, kvittering: Kvittering, now: Instant): Answer {
  const replyTo = { fagsystem: claim.command.fagsystem, properties: claim.properties, now };
  if (claim.command.art === 'handling') {
    return composeKvittering(debitorkontoKontekst(claim), kvittering, replyTo, compose);
  }
  if (kvittering.kode === 'MODTAGET') throw new TypeError('a cash payment is never accepted for later');
  const kontekst = kontantKontekst(claim);
  const found = kvittering.kode === 'ACCEPTERET' ? [] : kvittering.fejl.map((one) => ({ ...one, identifikation: {} }));
  const content = { kode: kvittering.kode, fejl: found, advis: kontekst.advis };
  return composeKontantKvittering(kontekst, content, replyTo, compose);
}

/** A SENERE anmodning that was carried out at once: MODTAGET as the type promises, and the svar right behind it. */
function svarAtOnce(claim: Claim, decision: Decision & { next: 'awaitingSvar' }, now: Instant) {
  const { udfoertStraks } = decision;
  if (udfoertStraks === undefined) return {};
  const svar: Svar = {
    status: 'GENNEMFOERT',
    tid: now,
    ...(udfoertStraks === true ? {} : { resultat: udfoertStraks }),
  };
  const replyTo = { fagsystem: claim.command.fagsystem, properties: claim.properties, now };
  // The backend may yet report the same svar by itself: it is the same.
  const contentHash = svarHash(svar);
  const requestId = uuidOf('svar', claim.command.noegle, contentHash);
  return { svar: { contentHash, answer: composeSvar(debitorkontoKontekst(claim), svar, requestId, replyTo, compose) } };
}

function technicalFault(): Fejlliste {
  return [fejl('DA-900')];
}

/** What is recorded after the debitorsystem was asked: the next state, and the answer that goes with it. */
export function settlementOf(claim: Claim, outcome: DispatchOutcome, circumstances: Circumstances): Settlement {
  const { now } = circumstances;
  const base = { seq: claim.seq, attempt: claim.attempt, at: now };
  const decision = decide(outcome, circumstances);
  switch (decision.next) {
    case 'udfoert': {
      const { resultat } = decision;
      const kvittering: Kvittering = { kode: 'ACCEPTERET', ...(resultat === undefined ? {} : { resultat }) };
      return { ...base, state: 'done', udfald: 'udfoert', answer: kvitteringAnswer(claim, kvittering, now) };
    }
    case 'afvist': {
      const kvittering: Kvittering = { kode: 'AFVIST', fejl: decision.fejl };
      return { ...base, state: 'done', udfald: 'afvist', answer: kvitteringAnswer(claim, kvittering, now) };
    }
    case 'fejlet': {
      const kvittering: Kvittering = { kode: 'FEJLET', fejl: technicalFault() };
      return { ...base, state: 'done', udfald: 'fejlet', answer: kvitteringAnswer(claim, kvittering, now) };
    }
    case 'awaitingSvar': {
      const dato = forventetSvarDato(debitorkontoKontekst(claim));
      const answer = kvitteringAnswer(claim, { kode: 'MODTAGET', forventetSvarDato: dato }, now);
      return { ...base, state: 'awaitingSvar', answer, forventetSvarDato: dato, ...svarAtOnce(claim, decision, now) };
    }
    case 'retrying':
      return { ...base, state: 'retrying', nextAttemptAt: decision.nextAttemptAt, aarsag: decision.aarsag };
    case 'inDoubt': {
      const { nextAttemptAt, aarsag } = decision;
      return { ...base, state: 'inDoubt', aarsag, ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }) };
    }
  }
}
