/**
 * What people see of a PostgreSQL ledger: counts, lists and histories. Reads only, bounded, and quick beside millions of
 * rows.
 */
import type { Instant } from '../domain/identer.ts';
import { type State, UNFINISHED } from '../domain/lifecycle.ts';
import type {
  AnswerRow,
  CommandKind,
  Counts,
  FejlkoeRow,
  History,
  Identity,
  Ledger,
  MessageRow,
  Page,
  Seq,
} from './ledger.ts';
import { type Session, statement } from './postgres-database.ts';
import {
  ANSWER_COLUMNS,
  type AnswerRecord,
  answerRowOf,
  type Counted,
  digest,
  type EventRecord,
  eventRowOf,
  FEJLKOE_COLUMNS,
  FEJLKOE_ENTRY_COLUMNS,
  type FejlkoeEntryRecord,
  type FejlkoeRecord,
  fejlkoeEntryOf,
  fejlkoeRowOf,
  MESSAGE_COLUMNS,
  type MessageRecord,
  messageRowOf,
} from './rows.ts';

/** Rows of one page at most, whatever is asked for. */
const MAX_PAGE = 1_000;
/** Messages of one history, and answers and events of one message. */
const MAX_HISTORY = 100;
const MAX_DETAILS = 1_000;

const BY_ID = statement<MessageRecord>(
  'history',
  `(SELECT ${MESSAGE_COLUMNS} FROM message WHERE id_digest = $1 AND id = $2 ORDER BY seq LIMIT ${MAX_HISTORY})
   UNION ALL
   (SELECT ${MESSAGE_COLUMNS} FROM message WHERE transaktion_digest = $1 AND transaktions_id = $2
    ORDER BY seq LIMIT ${MAX_HISTORY})`,
);
const ANSWERS_OF = statement<AnswerRecord>(
  'answers of messages',
  `SELECT a.* FROM unnest($1::bigint[]) AS s(seq) CROSS JOIN LATERAL (
     SELECT ${ANSWER_COLUMNS} FROM answer WHERE answer.seq = s.seq AND answer.seq IS NOT NULL
     ORDER BY answer_id LIMIT ${MAX_DETAILS}) a ORDER BY a.answer_id`,
);
const EVENTS_OF = statement<EventRecord & { readonly seq: Seq }>(
  'events of messages',
  `SELECT e.* FROM unnest($1::bigint[]) AS s(seq) CROSS JOIN LATERAL (
     SELECT event_id, seq, at, event, detail FROM event WHERE event.seq = s.seq
     ORDER BY event_id LIMIT ${MAX_DETAILS}) e ORDER BY e.event_id`,
);
const IN_STATE = statement<MessageRecord>(
  'messages in state',
  `SELECT ${MESSAGE_COLUMNS} FROM message WHERE state <> 'done' AND state = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
);
const RETURNED = statement<AnswerRecord>(
  'uleverede',
  `SELECT ${ANSWER_COLUMNS} FROM answer
   WHERE returned_at IS NOT NULL AND published_at IS NULL AND answer_id > $1 ORDER BY answer_id LIMIT $2`,
);
const OPEN_FEJLKOE = statement<FejlkoeRecord>(
  'open fejlkoe',
  `SELECT ${FEJLKOE_COLUMNS} FROM fejlkoe WHERE closed_at IS NULL AND id > $1 ORDER BY id LIMIT $2`,
);
const FEJLKOE_BY_ID = statement<FejlkoeEntryRecord>(
  'fejlkoe by id',
  `SELECT f.${FEJLKOE_COLUMNS.replaceAll(', ', ', f.')}, ${FEJLKOE_ENTRY_COLUMNS}
   FROM fejlkoe f LEFT JOIN fejlkoe_closing c ON c.id = f.id WHERE f.id = $1`,
);
/** One statement, so that the counts fit each other. */
const COUNTS = statement<{ readonly sort: string; readonly name: string; readonly amount: number | null }>(
  'counts',
  `SELECT 'counter' AS sort, subject || ' ' || state AS name, sum(amount)::bigint AS amount FROM counter
     GROUP BY subject, state
   UNION ALL
   SELECT 'overdue', '', count(*) FROM message WHERE state = 'awaitingSvar' AND forventet_svar_dato < $1
   UNION ALL
   SELECT 'unpublished', '', (SELECT created_at FROM answer WHERE published_at IS NULL ORDER BY answer_id LIMIT 1)
   UNION ALL
   SELECT 'oldest', s.state,
     (SELECT received_at FROM message m WHERE m.state <> 'done' AND m.state = s.state ORDER BY m.seq LIMIT 1)
   FROM unnest($2::text[]) AS s(state)`,
);

const KINDS: readonly Identity['kind'][] = ['debitorkonto', 'kontantindbetaling', 'svar'];

export async function countAll(session: Session, today: string): Promise<Counts> {
  const rows = await session.query(COUNTS, today, [...UNFINISHED, 'awaitingSvar']);
  const of = (sort: string) =>
    new Map(rows.flatMap((row) => (row.sort === sort && row.amount !== null ? [[row.name, row.amount] as const] : [])));
  const amounts = of('counter');
  const oldest = of('oldest');
  const amountOf = (...counted: Counted): number => amounts.get(counted.join(' ')) ?? 0;
  const inState = (state: State): number => sum(KINDS.map((kind) => amountOf(kind, state)));
  const unfinished = (kind: CommandKind): number => sum(UNFINISHED.map((state) => amountOf(kind, state)));
  const oldestIn = (...among: readonly State[]): Instant | undefined => {
    const instants = among.flatMap((state) => oldest.get(state) ?? []);
    return instants.length === 0 ? undefined : Math.min(...instants);
  };
  const oldestUnfinishedAt = oldestIn(...UNFINISHED);
  const oldestAwaitingSvarAt = oldestIn('awaitingSvar');
  const oldestInDoubtAt = oldestIn('inDoubt');
  const oldestUnpublishedAt = of('unpublished').get('');
  return {
    byState: {
      recorded: inState('recorded'),
      dispatching: inState('dispatching'),
      retrying: inState('retrying'),
      inDoubt: inState('inDoubt'),
      awaitingSvar: inState('awaitingSvar'),
      done: inState('done'),
    },
    unfinished: { debitorkonto: unfinished('debitorkonto'), kontantindbetaling: unfinished('kontantindbetaling') },
    unpublished: amountOf('answer', 'unpublished'),
    uleverede: amountOf('answer', 'uleveret'),
    fejlkoe: amountOf('fejlkoe', 'open'),
    overdue: of('overdue').get('') ?? 0,
    ...(oldestUnfinishedAt === undefined ? {} : { oldestUnfinishedAt }),
    ...(oldestAwaitingSvarAt === undefined ? {} : { oldestAwaitingSvarAt }),
    ...(oldestInDoubtAt === undefined ? {} : { oldestInDoubtAt }),
    ...(oldestUnpublishedAt === undefined ? {} : { oldestUnpublishedAt }),
  };
}

export async function historyOf(session: Session, id: string): Promise<readonly History[]> {
  const rows = [...(await session.query(BY_ID, digest(id), id))]
    .sort((one, other) => one.seq - other.seq)
    .slice(0, MAX_HISTORY);
  if (rows.length === 0) return [];
  const seqs = rows.map(({ seq }) => seq);
  const answers = Map.groupBy(await session.query(ANSWERS_OF, seqs), ({ seq }) => seq);
  const events = Map.groupBy(await session.query(EVENTS_OF, seqs), ({ seq }) => seq);
  return rows.map((row) => ({
    message: messageRowOf(row),
    answers: (answers.get(row.seq) ?? []).map(answerRowOf),
    events: (events.get(row.seq) ?? []).map(eventRowOf),
  }));
}

export async function inStatePage(session: Session, state: State, page: Page): Promise<readonly MessageRow[]> {
  return (await session.query(IN_STATE, state, page.after ?? 0, limitOf(page))).map(messageRowOf);
}

export async function uleveredePage(session: Session, page: Page): Promise<readonly AnswerRow[]> {
  return (await session.query(RETURNED, page.after ?? 0, limitOf(page))).map(answerRowOf);
}

export async function fejlkoePage(session: Session, page: Page): Promise<readonly FejlkoeRow[]> {
  return (await session.query(OPEN_FEJLKOE, page.after ?? 0, limitOf(page))).map(fejlkoeRowOf);
}

export async function fejlkoeRawOf(session: Session, id: number): Promise<Awaited<ReturnType<Ledger['fejlkoeRaw']>>> {
  const [found] = await session.query(FEJLKOE_BY_ID, id);
  return found === undefined ? undefined : fejlkoeEntryOf(found);
}

function limitOf(page: Page): number {
  return Math.max(0, Math.min(page.limit, MAX_PAGE));
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
