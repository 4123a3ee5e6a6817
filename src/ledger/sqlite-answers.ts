/**
 * The outbox of a SQLite ledger: answers, their publication, and which of them wait for another one. An answer that was
 * handed out counts as being published until it is marked; that is remembered in memory alone, so that a restart makes
 * every unpublished answer due again.
 */
import type { Instant } from '../domain/identer.ts';
import type { Answer, OutboxAnswer, Published, Seq } from './ledger.ts';
import { encodeHeaders, type OutboxRecord, outboxAnswerOf } from './rows.ts';
import type { Connection } from './sqlite-database.ts';
import type { States } from './sqlite-states.ts';

export interface Answers {
  /** Adds an answer that may be published at once. */
  add(answer: Answer, at: Instant, seq?: Seq): OutboxAnswer;
  /**
   * Adds an answer that goes out after another one.
   * @returns its id, and the answer itself where nothing holds it back any more.
   */
  addAfter(
    answer: Answer,
    at: Instant,
    seq: Seq,
    afterAnswerId: number,
  ): { readonly answerId: number; readonly now?: OutboxAnswer };
  /** The id of the kvittering or svarkvittering that a message got, as far as it has one. */
  kvitteringOf(seq: Seq): number | undefined;
  /** Adds a repeat: body and message id are the original's. */
  addRepeat(answerId: number, at: Instant, correlationId: string | undefined): OutboxAnswer;
  due(now: Instant, limit: number): readonly OutboxAnswer[];
  mark(published: readonly Published[]): readonly OutboxAnswer[];
  /** When the next one that is not handed out is due. */
  nextDueAt(): Instant | undefined;
  /** To be called after the commit: the caller publishes these now. */
  handedOut(answers: readonly OutboxAnswer[]): void;
  /** To be called after the commit: these are no longer being published. */
  cameBack(published: readonly Published[]): void;
}

const OUTBOX = `SELECT a.answer_id, a.seq, a.art, a.exchange, a.routing_key, a.message_id, a.correlation_id, a.type, a.kode,
  a.attempts, b.headers, b.body FROM answer a JOIN answer_body b ON b.answer_id = coalesce(a.repeat_of, a.answer_id)`;

type Text = string | null;
type AnswerValues = [
  seq: Seq | null,
  art: Answer['art'],
  exchange: string,
  routingKey: string,
  messageId: string,
  correlationId: Text,
  type: string,
  kode: string,
  repeatOf: number | null,
  createdAt: Instant,
  dueAt: Instant,
  afterAnswerId: number | null,
  held: number,
];

function prepareStatements(connection: Connection) {
  const insert = connection.prepare<AnswerValues>(`INSERT INTO answer (seq, art, exchange, routing_key, message_id,
    correlation_id, type, kode, repeat_of, created_at, due_at, after_answer_id, held)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertBody = connection.prepare<[number, string, Uint8Array]>(
    'INSERT INTO answer_body (answer_id, headers, body) VALUES (?, ?, ?)',
  );
  const byId = connection.prepare<[number], OutboxRecord>(`${OUTBOX} WHERE a.answer_id = ?`);
  const kvittering = connection.prepare<[Seq], { readonly answer_id: number }>(
    `SELECT answer_id FROM answer
     WHERE seq = ? AND repeat_of IS NULL AND art IN ('kvittering', 'svarkvittering') ORDER BY answer_id LIMIT 1`,
  );
  const publication = connection.prepare<[number], { readonly published_at: Instant | null }>(
    'SELECT published_at FROM answer WHERE answer_id = ?',
  );
  const dueIds = connection.prepare<[Instant, number], { readonly answer_id: number }>(
    'SELECT answer_id FROM answer WHERE published_at IS NULL AND held = 0 AND due_at <= ? ORDER BY due_at, answer_id LIMIT +?',
  );
  const byDue = connection.prepare<[], { readonly answer_id: number; readonly due_at: Instant }>(
    'SELECT answer_id, due_at FROM answer WHERE published_at IS NULL AND held = 0 ORDER BY due_at, answer_id',
  );
  const confirm = (returnedAt: 'IS NULL' | 'IS NOT NULL') =>
    connection.prepare<[Instant, number]>(
      `UPDATE answer SET published_at = ?, attempts = attempts + 1
       WHERE answer_id = ? AND published_at IS NULL AND returned_at ${returnedAt}`,
    );
  const confirmFirst = confirm('IS NULL');
  const confirmReturned = confirm('IS NOT NULL');
  const postpone = connection.prepare<[Instant, number]>(
    'UPDATE answer SET due_at = ?, attempts = attempts + 1 WHERE answer_id = ? AND published_at IS NULL',
  );
  const noteReturn = connection.prepare<[Instant, number]>(
    'UPDATE answer SET returned_at = ? WHERE answer_id = ? AND published_at IS NULL AND returned_at IS NULL',
  );
  const release = connection.prepare<[answerIds: string], { readonly answer_id: number }>(
    `UPDATE answer SET held = 0 WHERE held = 1 AND after_answer_id IN (SELECT value FROM json_each(?))
     RETURNING answer_id`,
  );
  return {
    insert,
    insertBody,
    byId,
    kvittering,
    publication,
    dueIds,
    byDue,
    confirmFirst,
    confirmReturned,
    postpone,
    noteReturn,
    release,
  };
}

export function prepareAnswers(connection: Connection, states: States): Answers {
  const statements = prepareStatements(connection);
  const { insert, insertBody, byId, kvittering, publication, dueIds, byDue, release } = statements;
  const inFlight = new Set<number>();

  const read = (answerId: number): OutboxAnswer => {
    const row = byId.get(answerId);
    if (row === undefined) throw new Error(`no answer ${answerId}`);
    return outboxAnswerOf(row);
  };

  const insertAnswer = (
    answer: Answer,
    at: Instant,
    seq: Seq | undefined,
    after: number | null,
    held: 0 | 1,
  ): number => {
    const { lastInsertRowid } = insert.run(
      seq ?? null,
      answer.art,
      answer.exchange,
      answer.routingKey,
      answer.messageId,
      answer.correlationId ?? null,
      answer.type,
      answer.kode,
      null,
      at,
      at,
      after,
      held,
    );
    const answerId = Number(lastInsertRowid);
    insertBody.run(answerId, encodeHeaders(answer.headers), answer.body);
    states.count(['answer', 'unpublished'], 1);
    return answerId;
  };

  const markConfirmed = (item: Published): void => {
    const isFirst = statements.confirmFirst.run(item.at, item.answerId).changes > 0;
    const wasReturned = !isFirst && statements.confirmReturned.run(item.at, item.answerId).changes > 0;
    if (isFirst || wasReturned) states.count(['answer', 'unpublished'], -1);
    if (wasReturned) states.count(['answer', 'uleveret'], -1);
  };

  const markFailed = (item: Exclude<Published, { readonly art: 'confirmed' }>): void => {
    statements.postpone.run(item.nextAttemptAt, item.answerId);
    if (item.art !== 'returned') return;
    states.count(['answer', 'uleveret'], statements.noteReturn.run(item.at, item.answerId).changes);
  };

  return {
    add(answer, at, seq) {
      const answerId = insertAnswer(answer, at, seq, null, 0);
      return { ...answer, answerId, ...(seq === undefined ? {} : { seq }), attempts: 0 };
    },
    addAfter(answer, at, seq, afterAnswerId) {
      const held = publication.get(afterAnswerId)?.published_at == null;
      const answerId = insertAnswer(answer, at, seq, afterAnswerId, held ? 1 : 0);
      return held ? { answerId } : { answerId, now: { ...answer, answerId, seq, attempts: 0 } };
    },
    kvitteringOf: (seq) => kvittering.get(seq)?.answer_id,
    addRepeat(answerId, at, correlationId) {
      const original = byId.get(answerId);
      if (original === undefined) throw new Error(`no answer ${answerId} to repeat`);
      const correlation = correlationId ?? original.correlation_id;
      const { lastInsertRowid } = insert.run(
        original.seq,
        original.art,
        original.exchange,
        original.routing_key,
        original.message_id,
        correlation,
        original.type,
        original.kode,
        answerId,
        at,
        at,
        null,
        0,
      );
      states.count(['answer', 'unpublished'], 1);
      return read(Number(lastInsertRowid));
    },
    due(now, limit) {
      // What is in flight is due as well and stands first: it is read over, and bounded by who publishes.
      const rows = dueIds.all(now, limit + inFlight.size).filter(({ answer_id }) => !inFlight.has(answer_id));
      return rows.slice(0, limit).map(({ answer_id }) => read(answer_id));
    },
    mark(published) {
      const confirmedIds: number[] = [];
      for (const item of published) {
        if (item.art !== 'confirmed') markFailed(item);
        else {
          markConfirmed(item);
          confirmedIds.push(item.answerId);
        }
      }
      // One statement for all of them, since almost none holds anything back.
      const released = release.all(JSON.stringify(confirmedIds)).map(({ answer_id }) => answer_id);
      return released.sort((one, other) => one - other).map(read);
    },
    nextDueAt() {
      for (const { answer_id, due_at } of byDue.iterate()) if (!inFlight.has(answer_id)) return due_at;
      return undefined;
    },
    handedOut(answers) {
      for (const { answerId } of answers) inFlight.add(answerId);
    },
    cameBack(published) {
      for (const { answerId } of published) inFlight.delete(answerId);
    },
  };
}
