/**
 * Svar of a PostgreSQL ledger: which anmodning a reported svar belongs to, what it is worth, and its place behind the
 * MODTAGET. Works inside the caller's transaction, under the lock `ledger`; what the caller gathered must be written.
 */
import { decodeCommand } from '../domain/command.ts';
import type { Instant } from '../domain/identer.ts';
import type { State } from '../domain/lifecycle.ts';
import type { Answer, OutboxAnswer, Seq, SvarReport, SvarSubject, SvarVerdict } from './ledger.ts';
import { addAnswer, addAnswerAfter, isPublished } from './postgres-answers.ts';
import { type Database, statement } from './postgres-database.ts';
import { leaveLines } from './postgres-lines.ts';
import type { Unit } from './postgres-unit.ts';
import { digest, type SubjectRecord, subjectOf } from './rows.ts';

/** An anmodning with its svar, its payload and its kvittering, as far as it has them. */
interface Subject extends Omit<SubjectRecord, 'command' | 'kontekst'> {
  readonly seq: Seq;
  readonly state: State;
  readonly handlingstype: string | null;
  readonly svar_hash: string | null;
  readonly command: string | null;
  readonly kontekst: string | null;
  readonly kvittering_id: number | null;
}

/** What the states say of a svar that comes now; undefined where it can be accepted. */
const NEVER_LATER: ReadonlySet<State> = new Set<State>(['recorded', 'done']);

/** One statement where SQLite has four: each costs a round trip. */
const FIND = statement<Subject>(
  'svar subject',
  `SELECT m.seq, m.state, m.handlingstype, s.content_hash AS svar_hash, p.command, p.kontekst, p.correlation_id,
     p.message_id, p.traceparent,
     (SELECT a.answer_id FROM answer a WHERE a.seq = m.seq AND a.seq IS NOT NULL AND a.repeat_of IS NULL
       AND a.art IN ('kvittering', 'svarkvittering') ORDER BY a.answer_id LIMIT 1) AS kvittering_id
   FROM message m LEFT JOIN svar s ON s.seq = m.seq LEFT JOIN payload p ON p.seq = m.seq
   WHERE m.id_digest = $1 AND m.id = $2 AND m.kind = 'debitorkonto' AND m.is_first = 1
     AND ($3::text IS NULL OR m.sender = $3) AND ($4::text IS NULL OR m.transaktions_id = $4) LIMIT 2`,
);
const SETTLE = statement(
  'settle by svar',
  `UPDATE message SET state = 'awaitingSvar', udfald = 'accepteretTilSenere', settled_at = $1, forventet_svar_dato = $2,
     next_attempt_at = NULL WHERE seq = $3`,
);
const FINISH = statement('finish by svar', "UPDATE message SET state = 'done' WHERE seq = $1");

function subjectFor(subject: Subject): SvarSubject {
  const { command, kontekst, ...properties } = subject;
  if (command === null || kontekst === null) {
    throw new Error(`message ${subject.seq} awaits its svar but has no payload`);
  }
  return subjectOf({ ...properties, command, kontekst }, decodeCommand(command));
}

function judge(subject: Subject, report: SvarReport): SvarVerdict | SvarSubject {
  const { handlingstype } = report;
  if (handlingstype !== undefined && subject.handlingstype !== null && handlingstype !== subject.handlingstype) {
    return 'otherHandlingstype';
  }
  if (subject.svar_hash !== null) return subject.svar_hash === report.contentHash ? 'same' : 'answeredOtherwise';
  if (NEVER_LATER.has(subject.state)) return 'notLater';
  const about = subjectFor(subject);
  return about.command.art === 'handling' && about.command.svarform === 'SENERE' ? about : 'notLater';
}

/** The svar proves that the anmodning was accepted for later, although nobody has recorded that yet. */
async function settleByProof(
  unit: Unit,
  subject: Subject,
  about: SvarSubject,
  report: SvarReport,
): Promise<OutboxAnswer> {
  const { answer, forventetSvarDato } = report.writeModtaget(about);
  unit.move('debitorkonto', subject.state, 'awaitingSvar');
  await unit.session.query(SETTLE, report.at, forventetSvarDato, subject.seq);
  await leaveLines(unit.session, [subject.seq]);
  unit.note(subject.seq, report.at, 'svarSettled', subject.state);
  return addAnswer(unit, answer, report.at, subject.seq);
}

interface KeptSvar {
  readonly seq: Seq;
  readonly contentHash: string;
  readonly answer: Answer;
  readonly at: Instant;
  readonly modtagetId: number;
  /** Whether the MODTAGET is not published yet. */
  readonly held: boolean;
}

/** Stores the one svar of an anmodning, which is done by that. @returns its answer where nothing holds it back. */
export function keepSvar(unit: Unit, svar: KeptSvar): readonly OutboxAnswer[] {
  const { seq, contentHash, answer, at, modtagetId, held } = svar;
  const { answerId, now } = addAnswerAfter(unit, answer, at, { seq, after: modtagetId, held });
  unit.insert('svar', { seq, content_hash: contentHash, answer_id: answerId, received_at: at });
  unit.move('debitorkonto', 'awaitingSvar', 'done');
  return now === undefined ? [] : [now];
}

export async function recordSvar(
  database: Database,
  unit: Unit,
  report: SvarReport,
): Promise<{ readonly verdict: SvarVerdict; readonly answers: readonly OutboxAnswer[] }> {
  const { anmodningId, fagsystem = null, transaktionsId = null } = report;
  const found = await unit.session.query(FIND, digest(anmodningId), anmodningId, fagsystem, transaktionsId);
  const [subject, another] = found;
  if (subject === undefined || another !== undefined) return { verdict: 'unknown', answers: [] };
  const about = judge(subject, report);
  if (typeof about === 'string') {
    if (about !== 'same') unit.note(subject.seq, report.at, 'svarRefused', about);
    return { verdict: about, answers: [] };
  }
  const modtaget = subject.state === 'awaitingSvar' ? undefined : await settleByProof(unit, subject, about, report);
  const modtagetId = modtaget?.answerId ?? subject.kvittering_id;
  if (modtagetId === null) throw new Error(`message ${subject.seq} awaits its svar but has no MODTAGET`);
  // Another adapter may be marking the MODTAGET at this moment: it sees this svar as held, or this one sees its mark.
  await database.lock(unit.session, 'outbox');
  const held = modtaget !== undefined || !(await isPublished(unit.session, modtagetId));
  const { seq } = subject;
  const { at, contentHash } = report;
  const svar = keepSvar(unit, { seq, contentHash, answer: report.write(about), at, modtagetId, held });
  await unit.session.query(FINISH, seq);
  return { verdict: 'recorded', answers: modtaget === undefined ? svar : [modtaget, ...svar] };
}
