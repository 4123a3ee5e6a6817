/**
 * What the cases of the ledger's contract are written with: messages, answers and settlements in a few words. The ledger
 * reads none of their content, so ids are short names.
 */
import assert from 'node:assert/strict';
import { decodeCommand } from '../../domain/command.ts';
import type { Svarform } from '../../domain/handling.ts';
import type { Interventions, Resolution } from '../interventions.ts';
import type {
  Answer,
  Arrival,
  Capacity,
  Claim,
  Judgement,
  Known,
  Ledger,
  OutboxAnswer,
  Published,
  Recorded,
  Settlement,
  SvarReport,
} from '../ledger.ts';

/** A ledger of its own for one case, empty at first. */
export interface LedgerUnderTest {
  /** The ledger as it stands now; another object after a restart. */
  readonly ledger: Ledger;
  /** Ends the process that owns the ledger, as far as the ledger can tell, and opens it again. Leases count as over. */
  restart(): Promise<void>;
  /** The same ledger as a person's command opens it, beside the adapter. */
  beside(): Promise<Interventions>;
}

export interface ContractCase {
  /** The rule, as a sentence. */
  readonly name: string;
  /** Rejects with an AssertionError where the ledger breaks the rule. */
  readonly run: (make: () => Promise<LedgerUnderTest>) => Promise<void>;
}

export function rule(name: string, check: (under: LedgerUnderTest) => Promise<void>): ContractCase {
  return { name, run: async (make) => check(await make()) };
}

/** The instant at which messages arrive unless they say otherwise. */
export const T0 = 1_700_000_000_000;
export const TODAY = '2026-11-22';
export const PLENTY: Capacity = { debitorkonto: 100, kontantindbetaling: 100 };
export const NONE: Capacity = { debitorkonto: 0, kontantindbetaling: 0 };

/** A Buffer, as the databases return one, so that answers can be compared whole. */
export const bytes = (content: string): Uint8Array => Buffer.from(content);
export const text = (body: Uint8Array): string => Buffer.from(body).toString();

export function answer(name: string, over: Partial<Answer> = {}): Answer {
  return {
    art: 'kvittering',
    exchange: 'debitor.svar',
    routingKey: 'kulturskole.kvittering.debitorkonto',
    messageId: `message-id-${name}`,
    type: 'DebitorkontoAnmodningAfsend_O',
    body: bytes(`<kvittering>${name}</kvittering>`),
    headers: { 'anmodning-id': name },
    kode: 'ACCEPTERET',
    ...over,
  };
}

export const svarAnswer = (name: string): Answer =>
  answer(`svar-${name}`, { art: 'svar', routingKey: 'kulturskole.svar.debitorkonto', kode: 'GENNEMFOERT' });

export interface AnmodningOptions {
  readonly sender?: string;
  readonly content?: string;
  readonly konti?: readonly string[];
  readonly svarform?: Svarform;
  readonly handlingstype?: string;
  readonly transaktionsId?: string;
  readonly at?: number;
  readonly properties?: Arrival['properties'];
  /** Judges in place of the usual rules. */
  readonly judge?: (known: Known) => Judgement;
}

/** A debitorkontoanmodning. Without konti it stands in a line of its own. */
export function anmodning(id: string, options: AnmodningOptions = {}): Arrival {
  const { sender = 'kulturskole', content = 'indhold', konti = [`konto-${id}`], svarform = 'STRAKS' } = options;
  const { transaktionsId = `transaktion-${id}`, handlingstype = 'NEDSKRIV', at = T0 } = options;
  const details = { transaktionsId, myndighed: '29189846', handlingstype };
  const command = decodeCommand(
    JSON.stringify({
      art: 'handling',
      noegle: `handling:${sender}:${id}`,
      fagsystem: sender,
      transaktionsId,
      modtaget: at,
      anmodningIdentifikator: id,
      myndighed: '29189846',
      handlingstype,
      svarform,
      handling: { variant: 1, debitorkonto: konti[0] },
      objektType: 'FORDRING',
      parametre: { beloebOere: '12345', parametre: [] },
    }),
  );
  const judge = (known: Known): Judgement => {
    if (known.earlier === 'same') return { art: 'repeat' };
    if (known.earlier === 'other')
      return { art: 'answer', answer: answer(`${id}-${content}`, { kode: 'AFVIST' }), details };
    const lines = konti.map((konto) => ['debitorkonto', sender, '29189846', konto] as const);
    return { art: 'dispatch', command, lines, kontekst: `kontekst-${id}`, details };
  };
  return {
    queue: 'debitorkonto',
    receivedAt: at,
    routingKey: `debitorkonto.${sender}`,
    properties: options.properties ?? {},
    raw: bytes(`<anmodning>${id} ${content}</anmodning>`),
    fingerprint: () => `fingerprint-${sender}-${id}-${content}`,
    identity: { kind: 'debitorkonto', sender, id, contentHash: content },
    judge: options.judge ?? judge,
  };
}

export interface IndbetalingOptions {
  readonly sender?: string;
  readonly kunde?: string;
  readonly eksternId?: string;
}

/** A cash payment. */
export function indbetaling(id: string, options: IndbetalingOptions = {}): Arrival {
  const { sender = 'kasse', kunde = '12345678', eksternId } = options;
  const details = { transaktionsId: id };
  const command = decodeCommand(
    JSON.stringify({
      art: 'kontantIndbetaling',
      noegle: `kontantIndbetaling:${sender}:${id}`,
      fagsystem: sender,
      transaktionsId: id,
      modtaget: T0,
      kundeNummer: kunde,
      kundeType: 'CVR',
      indbetalingType: 'Kontanter',
      beloebOere: '10000',
      indbetalingDato: TODAY,
    }),
  );
  return {
    queue: 'kontantindbetaling',
    receivedAt: T0,
    routingKey: `kontantindbetaling.${sender}`,
    properties: {},
    raw: bytes(`<indbetaling>${id}</indbetaling>`),
    fingerprint: () => `fingerprint-${sender}-${id}`,
    identity: {
      kind: 'kontantindbetaling',
      sender,
      id,
      contentHash: 'indhold',
      ...(eksternId === undefined ? {} : { eksternId }),
    },
    judge: (known) => {
      if (known.earlier === 'same') return { art: 'repeat' };
      if (known.eksternIdUsed) return { art: 'answer', answer: answer(`DA-110-${id}`, { kode: 'AFVIST' }), details };
      return { art: 'dispatch', command, lines: [['kontant', 'CVR', kunde]], kontekst: `kontekst-${id}`, details };
    },
  };
}

/** Something that can't be read. */
export function unreadable(name: string, over: { readonly answer?: Answer } = {}): Arrival {
  return {
    queue: 'debitorkonto',
    receivedAt: T0,
    routingKey: 'debitorkonto.kulturskole',
    properties: { messageId: `delivery-${name}`, userId: 'kulturskole' },
    raw: bytes(`<${name}`),
    fingerprint: () => `fingerprint-${name}`,
    judge: () => ({ art: 'fejlkoe', kode: 'DA-001', aarsag: 'ikke velformet', ...over }),
  };
}

/** A svar that a debitorsystem reports. */
export function svar(anmodningId: string, over: Partial<SvarReport> = {}): SvarReport {
  return {
    anmodningId,
    at: T0 + 5_000,
    contentHash: 'gennemført',
    write: (subject) => svarAnswer(`${anmodningId}-${subject.kontekst}`),
    writeModtaget: () => ({ answer: answer(anmodningId, { kode: 'MODTAGET' }), forventetSvarDato: '2026-12-01' }),
    ...over,
  };
}

/** The same, as a message from the debitorsystem's queue. */
export function svarArrival(report: SvarReport): Arrival {
  const { anmodningId, contentHash } = report;
  return {
    queue: 'udfald',
    receivedAt: report.at,
    routingKey: 'kommunedebitor.svar',
    properties: { messageId: `delivery-${anmodningId}` },
    raw: bytes(`<svar>${anmodningId}</svar>`),
    fingerprint: () => `fingerprint-svar-${anmodningId}-${contentHash}`,
    identity: { kind: 'svar', sender: 'kommunedebitor', id: anmodningId, contentHash },
    judge: (known) => {
      if (known.earlier === 'same') return { art: 'repeat' };
      const details = { transaktionsId: `transaktion-${anmodningId}` };
      return { art: 'svar', report, receipt: (verdict) => answer(verdict, { art: 'svarkvittering' }), details };
    },
  };
}

// ---- what came of it -------------------------------------------------------------------------------------------------

export function claimsOf(recorded: readonly Recorded[]): readonly Claim[] {
  return recorded.flatMap((one) => (one.art === 'claimed' ? [one.claim] : []));
}

export function answersOf(recorded: readonly Recorded[]): readonly OutboxAnswer[] {
  return recorded.flatMap((one) => (one.art === 'answered' ? one.answers : []));
}

/** The ids of the anmodninger that claims are for. */
export function idsOf(claims: readonly Claim[]): readonly string[] {
  return claims.map(({ command }) =>
    command.art === 'handling' ? command.anmodningIdentifikator : command.transaktionsId,
  );
}

export function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  assert.equal(items.length, 1, `exactly one was expected, not ${items.length}`);
  assert.ok(item !== undefined);
  return item;
}

/** Records one anmodning that can start at once. */
export async function recordClaimed(ledger: Ledger, arrival: Arrival): Promise<Claim> {
  return only(claimsOf(await ledger.record([arrival], PLENTY)));
}

export function done(claim: Claim, udfald: 'udfoert' | 'afvist' | 'fejlet' = 'udfoert', at = T0 + 1_000): Settlement {
  return { seq: claim.seq, attempt: claim.attempt, at, state: 'done', udfald, answer: answer(only(idsOf([claim]))) };
}

export function accepted(claim: Claim, forventetSvarDato = '2026-12-01'): Settlement {
  const modtaget = answer(only(idsOf([claim])), { kode: 'MODTAGET' });
  return {
    seq: claim.seq,
    attempt: claim.attempt,
    at: T0 + 1_000,
    state: 'awaitingSvar',
    answer: modtaget,
    forventetSvarDato,
  };
}

export function retrying(claim: Claim, nextAttemptAt: number): Settlement {
  const aarsag = 'debitorsystemet er optaget';
  return { seq: claim.seq, attempt: claim.attempt, at: T0 + 1_000, state: 'retrying', nextAttemptAt, aarsag };
}

export function inDoubt(claim: Claim, nextAttemptAt?: number): Settlement {
  const base = { seq: claim.seq, attempt: claim.attempt, at: T0 + 1_000, aarsag: 'intet svar i tide' };
  return { ...base, state: 'inDoubt', ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }) };
}

/** A person's resolution, as if the debitorsystem had answered. */
export function byHand(settlement: Resolution['settlement']): Resolution {
  return { settlement, by: { hvem: 'Anne Hansen', hvorfor: 'set i debitorsystemet' }, decision: 'afgjort' };
}

export function confirmed(...answers: readonly OutboxAnswer[]): readonly Published[] {
  return answers.map(({ answerId }) => ({ answerId, at: T0 + 2_000, art: 'confirmed' }));
}

/** An anmodning that was accepted for later, its MODTAGET published. */
export async function acceptedForLater(ledger: Ledger, id: string, options: AnmodningOptions = {}): Promise<Claim> {
  const claim = await recordClaimed(
    ledger,
    anmodning(id, { svarform: 'SENERE', handlingstype: 'AFSKRIV', ...options }),
  );
  const { answers } = await ledger.settle([accepted(claim)], NONE);
  await ledger.markPublished(confirmed(...answers));
  return claim;
}
