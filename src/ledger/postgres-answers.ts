/**
 * The outbox of a PostgreSQL ledger: answers, their publication, and which of them wait for another one. An answer that was
 * handed out belongs to the owner that publishes it until it is marked, or until that owner's lease is over.
 */
import type { Instant } from '../domain/identer.ts';
import type { Answer, OutboxAnswer, Published, Seq } from './ledger.ts';
import { type Session, statement } from './postgres-database.ts';
import { ALIVE } from './postgres-owners.ts';
import { recordset } from './postgres-tables.ts';
import type { Unit } from './postgres-unit.ts';
import { encodeHeaders, type OutboxRecord, outboxAnswerOf } from './rows.ts';

const OUTBOX = `SELECT a.answer_id, a.seq, a.art, a.exchange, a.routing_key, a.message_id, a.correlation_id, a.type, a.kode,
  a.attempts, b.headers, b.body FROM answer a JOIN answer_body b ON b.answer_id = coalesce(a.repeat_of, a.answer_id)`;
const BY_ID = statement<OutboxRecord>('answers by id', `${OUTBOX} WHERE a.answer_id = ANY($1::bigint[])`);
const KVITTERINGER = statement<OutboxRecord>(
  'kvitteringer',
  `${OUTBOX} WHERE a.answer_id IN (
     SELECT (SELECT answer_id FROM answer WHERE seq = s.seq AND seq IS NOT NULL AND repeat_of IS NULL
       AND art IN ('kvittering', 'svarkvittering') ORDER BY answer_id LIMIT 1)
     FROM unnest($1::bigint[]) AS s(seq))`,
);
const PUBLICATION = statement<{ readonly published_at: Instant | null }>(
  'publication',
  'SELECT published_at FROM answer WHERE answer_id = $1',
);
const ABANDONED = `published_at IS NULL AND publishing_by IS NOT NULL AND publishing_by <> $1
  AND publishing_by NOT IN (${ALIVE})`;
const ANYTHING_DUE = statement<{ readonly found: boolean }>(
  'anything due',
  `SELECT EXISTS (SELECT FROM answer WHERE published_at IS NULL AND held = 0 AND publishing_by IS NULL AND due_at <= $2)
     OR EXISTS (SELECT FROM answer WHERE ${ABANDONED}) AS found`,
);
const TAKE_BACK_ABANDONED = statement(
  'take back abandoned answers',
  `UPDATE answer SET publishing_by = NULL WHERE ${ABANDONED}`,
);
const TAKE_DUE = statement<{ readonly answer_id: number; readonly due_at: Instant }>(
  'take due answers',
  `UPDATE answer SET publishing_by = $1 WHERE answer_id IN (
     SELECT answer_id FROM answer WHERE published_at IS NULL AND held = 0 AND publishing_by IS NULL AND due_at <= $2
     ORDER BY due_at, answer_id LIMIT $3)
   RETURNING answer_id, due_at`,
);
const CONFIRM = statement<{ readonly returned_at: Instant | null }>(
  'confirm answers',
  `UPDATE answer a SET published_at = r.at, attempts = a.attempts + 1, publishing_by = NULL
   FROM json_to_recordset($1::json) AS r(answer_id bigint, at bigint)
   WHERE a.answer_id = r.answer_id AND a.published_at IS NULL RETURNING a.returned_at`,
);
/** One that lost its lease must not end the publication that another has begun meanwhile. */
const POSTPONE = statement(
  'postpone answers',
  `UPDATE answer a SET due_at = r.due_at, attempts = a.attempts + 1, publishing_by = NULL
   FROM json_to_recordset($1::json) AS r(answer_id bigint, due_at bigint)
   WHERE a.answer_id = r.answer_id AND a.published_at IS NULL AND (a.publishing_by IS NULL OR a.publishing_by = $2)`,
);
const NOTE_RETURN = statement<{ readonly answer_id: number }>(
  'note returned answers',
  `UPDATE answer a SET returned_at = r.at FROM json_to_recordset($1::json) AS r(answer_id bigint, at bigint)
   WHERE a.answer_id = r.answer_id AND a.published_at IS NULL AND a.returned_at IS NULL RETURNING a.answer_id`,
);
const RELEASE = statement<{ readonly answer_id: number }>(
  'release held answers',
  'UPDATE answer SET held = 0, publishing_by = $2 WHERE held = 1 AND after_answer_id = ANY($1::bigint[]) RETURNING answer_id',
);
const GIVE_BACK = statement(
  'give back answers',
  'UPDATE answer SET publishing_by = NULL WHERE published_at IS NULL AND publishing_by = $1 AND answer_id <> ALL($2::bigint[])',
);
const NEXT_DUE = statement<{ readonly at: Instant | null }>(
  'next due answer',
  'SELECT min(due_at) AS at FROM answer WHERE published_at IS NULL AND held = 0 AND publishing_by IS NULL',
);

interface Placing {
  readonly seq: Seq | undefined;
  readonly after?: number;
  readonly held?: boolean;
  readonly repeatOf?: number;
}

function insert(unit: Unit, answer: Answer, at: Instant, { seq, after, held = false, repeatOf }: Placing): number {
  const answerId = unit.nextAnswerId();
  unit.insert('answer', {
    answer_id: answerId,
    seq,
    art: answer.art,
    exchange: answer.exchange,
    routing_key: answer.routingKey,
    message_id: answer.messageId,
    correlation_id: answer.correlationId,
    type: answer.type,
    kode: answer.kode,
    repeat_of: repeatOf,
    created_at: at,
    due_at: at,
    after_answer_id: after,
    held: held ? 1 : 0,
    publishing_by: held ? undefined : unit.owner,
  });
  if (repeatOf === undefined) {
    unit.insert('answer_body', { answer_id: answerId, headers: encodeHeaders(answer.headers), body: answer.body });
  }
  unit.count(['answer', 'unpublished'], 1);
  return answerId;
}

function handOut(unit: Unit, answer: OutboxAnswer): OutboxAnswer {
  unit.handedOut.push(answer);
  return answer;
}

/** Adds an answer that may be published at once. */
export function addAnswer(unit: Unit, answer: Answer, at: Instant, seq?: Seq): OutboxAnswer {
  const answerId = insert(unit, answer, at, { seq });
  return handOut(unit, { ...answer, answerId, ...(seq === undefined ? {} : { seq }), attempts: 0 });
}

/**
 * Adds an answer that goes out after another one.
 * @param held whether the other one is not published yet.
 * @returns its id, and the answer itself where nothing holds it back any more.
 */
export function addAnswerAfter(
  unit: Unit,
  answer: Answer,
  at: Instant,
  { seq, after, held }: { readonly seq: Seq; readonly after: number; readonly held: boolean },
): { readonly answerId: number; readonly now?: OutboxAnswer } {
  const answerId = insert(unit, answer, at, { seq, after, held });
  return held ? { answerId } : { answerId, now: handOut(unit, { ...answer, answerId, seq, attempts: 0 }) };
}

/** Adds a repeat: body and message id are the original's. */
export function addRepeat(
  unit: Unit,
  original: OutboxAnswer,
  at: Instant,
  correlationId: string | undefined,
): OutboxAnswer {
  const repeat = { ...original, ...(correlationId === undefined ? {} : { correlationId }) };
  const answerId = insert(unit, repeat, at, { seq: original.seq, repeatOf: original.answerId });
  return handOut(unit, { ...repeat, answerId, attempts: 0 });
}

/** The kvittering or svarkvittering that each of these messages got, as far as it has one. */
export async function kvitteringerOf(session: Session, seqs: readonly Seq[]): Promise<Map<Seq, OutboxAnswer>> {
  if (seqs.length === 0) return new Map();
  const rows = await session.query(KVITTERINGER, seqs);
  return new Map(rows.flatMap((row) => (row.seq === null ? [] : [[row.seq, outboxAnswerOf(row)] as const])));
}

/** Whether an answer is confirmed. Under the lock `outbox` it stays so or stays not. */
export async function isPublished(session: Session, answerId: number): Promise<boolean> {
  const [row] = await session.query(PUBLICATION, answerId);
  return row !== undefined && row.published_at !== null;
}

async function read(session: Session, answerIds: readonly number[]): Promise<readonly OutboxAnswer[]> {
  if (answerIds.length === 0) return [];
  const byId = new Map((await session.query(BY_ID, answerIds)).map((row) => [row.answer_id, outboxAnswerOf(row)]));
  return answerIds.map((answerId) => {
    const answer = byId.get(answerId);
    if (answer === undefined) throw new Error(`no answer ${answerId}`);
    return answer;
  });
}

/** Whether anything is due, or was left by another owner: a look without a lock. */
export async function anythingDue(session: Session, owner: string, now: Instant): Promise<boolean> {
  const [row] = await session.query(ANYTHING_DUE, owner, now);
  return row?.found === true;
}

/** Hands out what is due, also what owners whose lease is over were publishing. */
export async function takeDueAnswers(unit: Unit, now: Instant, limit: number): Promise<readonly OutboxAnswer[]> {
  await unit.session.query(TAKE_BACK_ABANDONED, unit.owner);
  const taken = await unit.session.query(TAKE_DUE, unit.owner, now, limit);
  const inOrder = [...taken].sort((one, other) => one.due_at - other.due_at || one.answer_id - other.answer_id);
  const answers = await read(
    unit.session,
    inOrder.map(({ answer_id }) => answer_id),
  );
  unit.handedOut.push(...answers);
  return answers;
}

type Failed = Exclude<Published, { readonly art: 'confirmed' }>;

/** Marks what became of publications. @returns svar that may be published now. */
export async function markAnswers(unit: Unit, published: readonly Published[]): Promise<readonly OutboxAnswer[]> {
  const failed = published.filter((item): item is Failed => item.art !== 'confirmed');
  await markFailed(unit, [...new Map(failed.map((item) => [item.answerId, item])).values()]);
  const confirmed = new Map(
    published.flatMap(({ art, answerId, at }) => (art === 'confirmed' ? [[answerId, at] as const] : [])),
  );
  if (confirmed.size === 0) return [];
  const rows = [...confirmed].map(([answer_id, at]) => ({ answer_id, at }));
  const marked = await unit.session.query(CONFIRM, recordset(rows));
  unit.count(['answer', 'unpublished'], -marked.length);
  unit.count(['answer', 'uleveret'], -marked.filter(({ returned_at }) => returned_at !== null).length);
  const released = await unit.session.query(RELEASE, [...confirmed.keys()], unit.owner);
  const answers = await read(
    unit.session,
    released.map(({ answer_id }) => answer_id).sort((one, other) => one - other),
  );
  unit.handedOut.push(...answers);
  return answers;
}

async function markFailed(unit: Unit, failed: readonly Failed[]): Promise<void> {
  if (failed.length === 0) return;
  const postponed = failed.map(({ answerId, nextAttemptAt }) => ({ answer_id: answerId, due_at: nextAttemptAt }));
  await unit.session.query(POSTPONE, recordset(postponed), unit.owner);
  const returned = failed.filter(({ art }) => art === 'returned');
  if (returned.length === 0) return;
  const rows = returned.map(({ answerId, at }) => ({ answer_id: answerId, at }));
  const noted = await unit.session.query(NOTE_RETURN, recordset(rows));
  unit.count(['answer', 'uleveret'], noted.length);
}

/** Makes due again what this process has in the database and not in its hands; see `giveBackLost` of the claims. */
export async function giveBackLostAnswers(unit: Unit, inFlight: ReadonlySet<number>): Promise<void> {
  await unit.session.query(GIVE_BACK, unit.owner, [...inFlight]);
}

/** When the next one that nobody publishes is due. */
export async function nextDueAnswer(session: Session): Promise<Instant | undefined> {
  const [row] = await session.query(NEXT_DUE);
  return row?.at ?? undefined;
}
