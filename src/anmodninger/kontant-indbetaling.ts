/**
 * OpkrævningKontantIndbetalingOpret: one cash payment, booked and answered at once (seed DMO, spec 1). Read top to bottom
 * in the order things happen: rules → advis → command → answer.
 */
import { hash } from 'node:crypto';
import { parseBeloeb } from '../domain/beloeb.ts';
import { type Command, idempotencyKey } from '../domain/command.ts';
import { scrub } from '../domain/cpr.ts';
import { formatInstant } from '../domain/dato.ts';
import type { Fejl } from '../domain/fejl.ts';
import { type Dato, type FagsystemId, KundeNummer, type TransaktionsId } from '../domain/identer.ts';
import type { KontantFejl, KontantKvittering } from '../domain/kvittering.ts';
import { linesOf } from '../domain/line.ts';
import { fejl } from '../errors.ts';
import type {
  OpkraevningKontantIndbetalingOpretI,
  OpkraevningKontantIndbetalingOpretO,
} from '../generated/messages.ts';
import type { Answer, Judgement, Known } from '../ledger/ledger.ts';
import { isBeloeb15 } from '../oio/formats.ts';
import {
  type Compose,
  contentHash,
  datoOf,
  type Incoming,
  type MessageDefinition,
  type ReplyTo,
} from './definition.ts';

/** sk:ServiceID of every answer. */
const SERVICE_ID = 'OpkrævningKontantIndbetalingOpret';

/** The ten KundeTyper of the seed, with the lengths that their numbers have. */
export const KUNDETYPER: ReadonlyMap<string, readonly [min: number, max: number]> = new Map([
  ['CVR-Virksomhed', [8, 8]],
  ['SE-Virksomhed', [8, 8]],
  ['CPR-Person', [10, 10]],
  ['AKR-DMR-Person', [8, 11]],
  ['AKR-DMR-Virksomhed', [8, 11]],
  ['AKR-DMR-Ukendt', [8, 11]],
  ['AKR-EFI-Person', [8, 11]],
  ['AKR-EFI-Virksomhed', [8, 11]],
  ['AKR-EFI-Myndighed', [8, 11]],
  ['AKR-EFI-Ukendt', [8, 11]],
]);

/** Open value sets (seed: "Afventer svar fra CSC"): an unknown value gets an Advis, never a Fejl. */
export const INDBETALINGTYPER: ReadonlySet<string> = new Set(['Kontanter', 'Betalingskort']);
export const SYSTEMER: ReadonlySet<string> = new Set(['SAP38', 'SAPKasse', 'LetLøn', 'DMROnline']);

/** What the sender is told without being refused; the payment is booked. */
export const ADVIS = {
  'A-01': `OpkrævningKontantIndbetalingType er ikke en kendt værdi (${[...INDBETALINGTYPER].join(', ')})`,
  'A-02': `OpkrævningIndbetalingSystem er ikke en kendt værdi (${[...SYSTEMER].join(', ')})`,
  'A-03': 'KundeNummerets længde passer ikke til KundeType',
} as const;

function advis(kode: keyof typeof ADVIS): Fejl {
  return { kode, tekst: ADVIS[kode] };
}

/** What the answer needs to know of the payment; kept in the ledger as JSON. */
export interface KontantKontekst {
  readonly art: 'kontant';
  readonly namespace: string;
  readonly spelling: 'danish' | 'ascii';
  readonly transaktionsId: TransaktionsId;
  readonly advis: readonly Fejl[];
}

/** Valuta: the documented type of ValutaOplysningKode. */
const VALUTA = /^[A-Z]{2,3}$/;
/** Tekst30: the documented type of KundeType. */
const KUNDETYPE_MAX = 30;

/** The seed's three rules. Every error is found; each echoes its value where the documented type of its field admits it. */
function seedRules(document: OpkraevningKontantIndbetalingOpretI): KontantFejl[] {
  const { KundeType } = document.KundeIdentifikation;
  const { OpkraevningIndbetalingBeloeb: beloeb, ValutaOplysningKode } = document.OpkraevningIndbetalingOplysninger;
  const found: KontantFejl[] = [];
  if (!KUNDETYPER.has(KundeType)) {
    // Somebody may have put the number where the type belongs, and an answer must not spread it.
    const fits = [...KundeType].length <= KUNDETYPE_MAX && scrub(KundeType) === KundeType;
    const identifikation = fits ? { KundeType } : {};
    found.push({ kode: '001', tekst: 'Kundetype er ikke kendt i DMO', identifikation });
  }
  if (parseBeloeb(beloeb) === undefined) {
    const identifikation = isBeloeb15(beloeb) ? { OpkraevningFordringBeloeb: beloeb } : {};
    found.push({ kode: '009', tekst: 'Beløbsfelt skal angives med 11 cifre og 2 decimaler', identifikation });
  }
  if (ValutaOplysningKode !== 'DKK') {
    const identifikation = VALUTA.test(ValutaOplysningKode) ? { ValutaOplysningKode } : {};
    found.push({ kode: '029', tekst: 'Valutakode må ikke angives til andet end DKK', identifikation });
  }
  return found;
}

/** What the sender is told without being refused. */
function advisOf(document: OpkraevningKontantIndbetalingOpretI): Fejl[] {
  const { KundeNummer: nummer, KundeType } = document.KundeIdentifikation;
  const { OpkraevningKontantIndbetalingType: type } = document.OpkraevningIndbetalingOplysninger;
  const system = document.OnlineOpkraevningIndbetaling?.OpkraevningIndbetalingSystem;
  const lengths = KUNDETYPER.get(KundeType);
  const found: Fejl[] = [];
  if (!INDBETALINGTYPER.has(type)) found.push(advis('A-01'));
  if (system !== undefined && !SYSTEMER.has(system)) found.push(advis('A-02'));
  if (lengths !== undefined && (nummer.length < lengths[0] || nummer.length > lengths[1])) found.push(advis('A-03'));
  return found;
}

function idUsedAgain(): KontantFejl {
  return { ...fejl('DA-110'), identifikation: {} };
}

function toCommand(incoming: Incoming<OpkraevningKontantIndbetalingOpretI>, fagsystem: FagsystemId): Command {
  const { document } = incoming;
  const { OpkraevningIndbetalingOplysninger: oplysninger, OnlineOpkraevningIndbetaling: online } = document;
  const transaktionsId = document.Kontekst.HovedOplysninger.TransaktionsID as TransaktionsId;
  const beloebOere = parseBeloeb(oplysninger.OpkraevningIndbetalingBeloeb);
  if (beloebOere === undefined) throw new TypeError('rule 009 lets no such amount through');
  return {
    art: 'kontantIndbetaling',
    // A TransaktionsID may hold any character, and perhaps a CPR number: the key holds its digest.
    noegle: idempotencyKey('kontantIndbetaling', fagsystem, hash('sha256', transaktionsId, 'hex')),
    fagsystem,
    transaktionsId,
    modtaget: incoming.receivedAt,
    kundeNummer: new KundeNummer(document.KundeIdentifikation.KundeNummer),
    kundeType: document.KundeIdentifikation.KundeType,
    indbetalingType: oplysninger.OpkraevningKontantIndbetalingType,
    beloebOere,
    indbetalingDato: datoOf(oplysninger.OpkraevningIndbetalingDato) as Dato,
    ...(online === undefined
      ? {}
      : {
          online: {
            eksternId: online.OpkraevningKontoIndbetalingEksternID,
            system: online.OpkraevningIndbetalingSystem,
          },
        }),
  };
}

function answerDocument(
  kontekst: KontantKontekst,
  kvittering: KontantKvittering,
  replyTo: ReplyTo,
): OpkraevningKontantIndbetalingOpretO {
  const fejlReaktioner = kvittering.fejl.map(({ kode, tekst, identifikation }) => ({
    Fejl: {
      FejlNummer: kode,
      FejlTekst: tekst,
      ServiceID: SERVICE_ID,
      Identifikation: { OpkraevningKontantIndbetalingOpret_FejlId: { FejlIdentifikation: identifikation } },
    },
  }));
  const advisReaktioner = kvittering.advis.map(({ kode, tekst }) => ({
    Advis: { AdvisNummer: kode, AdvisTekst: tekst },
  }));
  const reaktioner = [...fejlReaktioner, ...advisReaktioner];
  return {
    Kontekst: {
      HovedOplysningerSvar: {
        TransaktionsID: kontekst.transaktionsId,
        ServiceID: SERVICE_ID,
        TransaktionsTid: formatInstant(replyTo.now),
        ...(reaktioner.length === 0 ? {} : { SvarReaktion: reaktioner }),
      },
    },
  };
}

/** The answer to a cash payment, ready to be published. */
export function composeKontantKvittering(
  kontekst: KontantKontekst,
  kvittering: KontantKvittering,
  replyTo: ReplyTo,
  compose: Compose,
): Answer {
  return compose('opkraevning-kontant-indbetaling-opret-o', answerDocument(kontekst, kvittering, replyTo), {
    art: 'kvittering',
    exchange: 'debitor.svar',
    routingKey: `${replyTo.fagsystem}.kvittering.kontantindbetaling`,
    kode: kvittering.kode,
    anmodningId: kontekst.transaktionsId,
    transaktionsId: kontekst.transaktionsId,
    properties: replyTo.properties,
    namespace: kontekst.namespace,
    spelling: kontekst.spelling,
  });
}

function interpret(incoming: Incoming<OpkraevningKontantIndbetalingOpretI>, compose: Compose) {
  if (incoming.sender.art !== 'fagsystem') return { untrusted: 'afsenderen er ikke et fagsystem' };
  const fagsystem = incoming.sender.fagsystem.id;
  const { document } = incoming;
  const transaktionsId = document.Kontekst.HovedOplysninger.TransaktionsID as TransaktionsId;
  const eksternId = document.OnlineOpkraevningIndbetaling?.OpkraevningKontoIndbetalingEksternID;
  const kontekst: KontantKontekst = {
    art: 'kontant',
    namespace: incoming.namespace,
    spelling: incoming.spelling,
    transaktionsId,
    advis: advisOf(document),
  };
  const { Kontekst: _header, ...body } = document;

  const judge = (known: Known): Judgement => {
    if (known.earlier === 'same') return { art: 'repeat', transaktionsId };
    const found = seedRules(document);
    if (known.earlier === 'other' || known.eksternIdUsed) found.push(idUsedAgain());
    if (found.length > 0) {
      const replyTo = { fagsystem, properties: incoming.properties, now: incoming.receivedAt };
      const kvittering = { kode: 'AFVIST', fejl: found, advis: kontekst.advis } as const;
      const answer = composeKontantKvittering(kontekst, kvittering, replyTo, compose);
      return { art: 'answer', answer, details: { transaktionsId } };
    }
    const command = toCommand(incoming, fagsystem);
    const lines = linesOf(command);
    return { art: 'dispatch', command, lines, kontekst: JSON.stringify(kontekst), details: { transaktionsId } };
  };

  return {
    identity: {
      kind: 'kontantindbetaling' as const,
      sender: fagsystem,
      id: transaktionsId,
      contentHash: contentHash(body),
      ...(eksternId === undefined || eksternId === '' ? {} : { eksternId }),
    },
    judge,
  };
}

export const kontantIndbetaling: MessageDefinition<'opkraevning-kontant-indbetaling-opret-i'> = {
  stem: 'opkraevning-kontant-indbetaling-opret-i',
  queue: 'kontantindbetaling',
  interpret,
};
