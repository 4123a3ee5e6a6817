/**
 * Svar of a SQLite ledger: which anmodning a reported svar belongs to, what it is worth, and its place behind the
 * MODTAGET. Works inside the caller's transaction.
 */
import { decodeCommand } from '../domain/command.ts';
import type { Instant } from '../domain/identer.ts';
import type { State } from '../domain/lifecycle.ts';
import type { Answer, OutboxAnswer, Seq, SvarReport, SvarSubject, SvarVerdict } from './ledger.ts';
import { digest, type SubjectRecord, subjectOf } from './rows.ts';
import type { Answers } from './sqlite-answers.ts';
import type { Connection } from './sqlite-database.ts';
import type { NoteEvent } from './sqlite-events.ts';
import type { Lines } from './sqlite-lines.ts';
import type { States } from './sqlite-states.ts';

export interface Svars {
  report(report: SvarReport): { readonly verdict: SvarVerdict; readonly answers: readonly OutboxAnswer[] };
  /** Stores the one svar of an anmodning. @returns its answer where nothing holds it back. */
  keep(seq: Seq, contentHash: string, answer: Answer, at: Instant, modtagetId: number): readonly OutboxAnswer[];
}

interface Subject {
  readonly seq: Seq;
  readonly state: State;
  readonly handlingstype: string | null;
}

/** What the states say of a svar that comes now; undefined where it can be accepted. */
const NEVER_LATER: ReadonlySet<State> = new Set<State>(['recorded', 'done']);

export function prepareSvars(
  connection: Connection,
  parts: { readonly states: States; readonly note: NoteEvent; readonly answers: Answers; readonly lines: Lines },
): Svars {
  const { states, note, answers, lines } = parts;
  type Filter = string | null;
  type FindValues = [number, string, fagsystem: Filter, Filter, transaktionsId: Filter, Filter];
  const find = connection.prepare<FindValues, Subject>(
    `SELECT seq, state, handlingstype FROM message
     WHERE id_digest = ? AND id = ? AND kind = 'debitorkonto' AND is_first = 1
       AND (? IS NULL OR sender = ?) AND (? IS NULL OR transaktions_id = ?) LIMIT 2`,
  );
  const known = connection.prepare<[Seq], { readonly content_hash: string }>(
    'SELECT content_hash FROM svar WHERE seq = ?',
  );
  const insert = connection.prepare<[Seq, string, number, Instant]>(
    'INSERT INTO svar (seq, content_hash, answer_id, received_at) VALUES (?, ?, ?, ?)',
  );
  const payload = connection.prepare<[Seq], SubjectRecord>(
    'SELECT command, kontekst, correlation_id, message_id, traceparent FROM payload WHERE seq = ?',
  );
  const settle = connection.prepare<[Instant, string, Seq]>(
    `UPDATE message SET state = 'awaitingSvar', udfald = 'accepteretTilSenere', settled_at = ?, forventet_svar_dato = ?,
       next_attempt_at = NULL WHERE seq = ?`,
  );
  const finish = connection.prepare<[Seq]>("UPDATE message SET state = 'done' WHERE seq = ?");

  const subjectFor = (seq: Seq): SvarSubject => {
    const row = payload.get(seq);
    if (row === undefined) throw new Error(`message ${seq} awaits its svar but has no payload`);
    return subjectOf(row, decodeCommand(row.command));
  };

  const judge = (subject: Subject, report: SvarReport): SvarVerdict | SvarSubject => {
    const { handlingstype } = report;
    if (handlingstype !== undefined && subject.handlingstype !== null && handlingstype !== subject.handlingstype) {
      return 'otherHandlingstype';
    }
    const earlier = known.get(subject.seq);
    if (earlier !== undefined) return earlier.content_hash === report.contentHash ? 'same' : 'answeredOtherwise';
    if (NEVER_LATER.has(subject.state)) return 'notLater';
    const about = subjectFor(subject.seq);
    return about.command.art === 'handling' && about.command.svarform === 'SENERE' ? about : 'notLater';
  };

  /** The svar proves that the anmodning was accepted for later, although nobody has recorded that yet. */
  const settleByProof = (subject: Subject, about: SvarSubject, report: SvarReport): OutboxAnswer => {
    const { answer, forventetSvarDato } = report.writeModtaget(about);
    states.move('debitorkonto', subject.state, 'awaitingSvar');
    settle.run(report.at, forventetSvarDato, subject.seq);
    lines.leave(subject.seq);
    note(subject.seq, report.at, 'svarSettled', subject.state);
    return answers.add(answer, report.at, subject.seq);
  };

  const keep: Svars['keep'] = (seq, contentHash, answer, at, modtagetId) => {
    const { answerId, now } = answers.addAfter(answer, at, seq, modtagetId);
    insert.run(seq, contentHash, answerId, at);
    states.move('debitorkonto', 'awaitingSvar', 'done');
    finish.run(seq);
    return now === undefined ? [] : [now];
  };

  return {
    keep,
    report(report) {
      const { anmodningId, fagsystem = null, transaktionsId = null } = report;
      const filters = [fagsystem, fagsystem, transaktionsId, transaktionsId] as const;
      const [subject, another] = find.all(digest(anmodningId), anmodningId, ...filters);
      if (subject === undefined || another !== undefined) return { verdict: 'unknown', answers: [] };
      const about = judge(subject, report);
      if (typeof about === 'string') {
        if (about !== 'same') note(subject.seq, report.at, 'svarRefused', about);
        return { verdict: about, answers: [] };
      }
      const modtaget = subject.state === 'awaitingSvar' ? undefined : settleByProof(subject, about, report);
      const modtagetId = modtaget?.answerId ?? answers.kvitteringOf(subject.seq);
      if (modtagetId === undefined) throw new Error(`message ${subject.seq} awaits its svar but has no MODTAGET`);
      const svar = keep(subject.seq, report.contentHash, report.write(about), report.at, modtagetId);
      return { verdict: 'recorded', answers: modtaget === undefined ? svar : [modtaget, ...svar] };
    },
  };
}
