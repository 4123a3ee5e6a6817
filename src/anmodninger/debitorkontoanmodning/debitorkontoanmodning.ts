/**
 * DebitorkontoAnmodningAfsend: a fagsystem asks for a handling on debitorkonti or fordringer (seed SF1590_B_04, spec 1).
 * Read top to bottom in the order things happen: parse → rules → command → kvittering, and later the svar.
 */
import { type Command, idempotencyKey } from '../../domain/command.ts';
import type { Fejl, Fejlliste } from '../../domain/fejl.ts';
import type { Handlingstype } from '../../domain/handling.ts';
import type { FagsystemId, Instant, Uuid } from '../../domain/identer.ts';
import { linesOf } from '../../domain/line.ts';
import { fejl } from '../../errors.ts';
import type { DebitorkontoAnmodningAfsendI } from '../../generated/messages.ts';
import type { Judgement, Known } from '../../ledger/ledger.ts';
import { type Compose, contentHash, type Incoming, type MessageDefinition } from '../definition.ts';
import { composeKvittering, type DebitorkontoKontekst } from './answers.ts';
import { type Debitorkontoanmodning, myndighedOf, parseAnmodning } from './parse.ts';
import { debitorkontoRules } from './rules.ts';

function toCommand(
  anmodning: Debitorkontoanmodning,
  handlingstype: Handlingstype,
  fagsystem: FagsystemId,
  modtaget: Instant,
): Command {
  return {
    art: 'handling',
    noegle: idempotencyKey('handling', fagsystem, anmodning.anmodningIdentifikator),
    fagsystem,
    transaktionsId: anmodning.transaktionsId,
    modtaget,
    anmodningIdentifikator: anmodning.anmodningIdentifikator,
    myndighed: myndighedOf(anmodning),
    handlingstype: handlingstype.kode,
    svarform: handlingstype.svarform,
    handling: anmodning.handling,
    objektType: anmodning.objektTypeKode ?? handlingstype.objektTyper[0] ?? '',
    parametre: anmodning.parametre,
  };
}

function kontekstOf(
  incoming: Incoming<DebitorkontoAnmodningAfsendI>,
  anmodning: Debitorkontoanmodning,
  fristDage: number | undefined,
): DebitorkontoKontekst {
  const { HovedOplysninger: hoved } = incoming.document;
  const { Rute: rute } = hoved;
  return {
    art: 'debitorkonto',
    namespace: incoming.namespace,
    transaktionsId: anmodning.transaktionsId,
    ...(hoved.RequestId === undefined ? {} : { requestId: hoved.RequestId as Uuid }),
    anmodningIdentifikator: anmodning.anmodningIdentifikator,
    handlingTypeKode: anmodning.handlingTypeKode,
    ...(anmodning.municipalityCvr === undefined ? {} : { municipalityCvr: anmodning.municipalityCvr }),
    // Turned round already: the svar's Rute goes from the debitorsystem to the fagsystem.
    svarRute: {
      AfsenderOrganisation: rute.ModtagerOrganisation,
      AfsenderItSystemInstans: rute.ModtagerItSystemInstans ?? incoming.rulebook.ownItSystemInstans,
      ModtagerOrganisation: rute.AfsenderOrganisation,
      ModtagerItSystemInstans: rute.AfsenderItSystemInstans,
    },
    modtaget: incoming.receivedAt,
    ...(fristDage === undefined ? {} : { fristDage }),
  };
}

function isFilled(list: readonly Fejl[]): list is Fejlliste {
  return list.length > 0;
}

function interpret(incoming: Incoming<DebitorkontoAnmodningAfsendI>, compose: Compose) {
  if (incoming.sender.art !== 'fagsystem') return { untrusted: 'afsenderen er ikke et fagsystem' };
  const { fagsystem } = incoming.sender;
  const anmodning = parseAnmodning(incoming.document);
  const handlingstype = incoming.rulebook.handlingstyper.get(anmodning.handlingTypeKode);
  const kontekst = kontekstOf(incoming, anmodning, handlingstype?.fristDage);
  const details = {
    transaktionsId: anmodning.transaktionsId,
    myndighed: myndighedOf(anmodning),
    handlingstype: anmodning.handlingTypeKode,
  };
  const { HovedOplysninger: _header, ...body } = incoming.document;

  const judge = (known: Known): Judgement => {
    if (known.earlier === 'same') return { art: 'repeat', transaktionsId: anmodning.transaktionsId };
    const found: Fejl[] = known.earlier === 'other' ? [fejl('DA-104')] : [];
    found.push(...debitorkontoRules(anmodning, handlingstype, fagsystem));
    if (isFilled(found) || handlingstype === undefined) {
      const liste: Fejlliste = isFilled(found) ? found : [fejl('DA-101')];
      const kvittering = { kode: 'AFVIST', fejl: liste } as const;
      const replyTo = { fagsystem: fagsystem.id, properties: incoming.properties, now: incoming.receivedAt };
      const answer = composeKvittering(kontekst, kvittering, replyTo, compose);
      return { art: 'answer', answer, details };
    }
    const command = toCommand(anmodning, handlingstype, fagsystem.id, incoming.receivedAt);
    return { art: 'dispatch', command, lines: linesOf(command), kontekst: JSON.stringify(kontekst), details };
  };

  return {
    identity: {
      kind: 'debitorkonto' as const,
      sender: fagsystem.id,
      id: anmodning.anmodningIdentifikator,
      // The myndighed stands in the header, but for another one it is another anmodning (decision 0009).
      contentHash: contentHash({ ...body, myndighed: myndighedOf(anmodning) }),
    },
    judge,
  };
}

export const debitorkontoanmodning: MessageDefinition<'debitorkonto-anmodning-afsend-i'> = {
  stem: 'debitorkonto-anmodning-afsend-i',
  queue: 'debitorkonto',
  interpret,
};
