/** What people see of a SQLite ledger: counts, lists and histories. Reads only, bounded, and quick beside millions of rows. */
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
import type { Connection } from './sqlite-database.ts';

/** The port's lists, without their promises. */
export interface Lists {
  counts(today: string): Counts;
  history(id: string): readonly History[];
  awaitingSvar(page: Page): readonly MessageRow[];
  inDoubt(page: Page): readonly MessageRow[];
  uleverede(page: Page): readonly AnswerRow[];
  fejlkoe(page: Page): readonly FejlkoeRow[];
  fejlkoeRaw(id: number): Awaited<ReturnType<Ledger['fejlkoeRaw']>>;
}

/** Rows of one page at most, whatever is asked for. */
const MAX_PAGE = 1_000;
/** Messages of one history, and answers and events of one message. */
const MAX_HISTORY = 100;
const MAX_DETAILS = 1_000;

export function prepareLists(connection: Connection): Lists {
  const messages = (where: string) =>
    connection.prepare<[digest: number, id: string], MessageRecord>(
      `SELECT ${MESSAGE_COLUMNS} FROM message WHERE ${where} ORDER BY seq LIMIT ${MAX_HISTORY}`,
    );
  const byId = messages('id_digest = ? AND id = ?');
  const byTransaktion = messages('transaktion_digest = ? AND transaktions_id = ?');
  const answersOf = connection.prepare<[Seq], AnswerRecord>(
    `SELECT ${ANSWER_COLUMNS} FROM answer WHERE seq = ? ORDER BY answer_id LIMIT ${MAX_DETAILS}`,
  );
  const eventsOf = connection.prepare<[Seq], EventRecord>(
    `SELECT at, event, detail FROM event WHERE seq = ? ORDER BY event_id LIMIT ${MAX_DETAILS}`,
  );
  const inState = connection.prepare<[State, Seq, number], MessageRecord>(
    `SELECT ${MESSAGE_COLUMNS} FROM message WHERE state <> 'done' AND state = ? AND seq > ? ORDER BY seq LIMIT ?`,
  );
  const returned = connection.prepare<[number, number], AnswerRecord>(
    `SELECT ${ANSWER_COLUMNS} FROM answer
     WHERE returned_at IS NOT NULL AND published_at IS NULL AND answer_id > ? ORDER BY answer_id LIMIT ?`,
  );
  const openFejlkoe = connection.prepare<[number, number], FejlkoeRecord>(
    `SELECT ${FEJLKOE_COLUMNS} FROM fejlkoe WHERE closed_at IS NULL AND id > ? ORDER BY id LIMIT ?`,
  );
  const fejlkoeById = connection.prepare<[number], FejlkoeEntryRecord>(
    `SELECT f.${FEJLKOE_COLUMNS.replaceAll(', ', ', f.')}, ${FEJLKOE_ENTRY_COLUMNS}
     FROM fejlkoe f LEFT JOIN fejlkoe_closing c ON c.id = f.id WHERE f.id = ?`,
  );
  const inStatePage = (state: State, page: Page) =>
    inState.all(state, page.after ?? 0, limitOf(page)).map(messageRowOf);

  const historyOf = (row: MessageRecord): History => ({
    message: messageRowOf(row),
    answers: answersOf.all(row.seq).map(answerRowOf),
    events: eventsOf.all(row.seq).map(eventRowOf),
  });

  return {
    counts: prepareCounts(connection),
    history(id) {
      const rows = [...byId.all(digest(id), id), ...byTransaktion.all(digest(id), id)];
      return rows
        .sort((one, other) => one.seq - other.seq)
        .slice(0, MAX_HISTORY)
        .map(historyOf);
    },
    awaitingSvar: (page) => inStatePage('awaitingSvar', page),
    inDoubt: (page) => inStatePage('inDoubt', page),
    uleverede: (page) => returned.all(page.after ?? 0, limitOf(page)).map(answerRowOf),
    fejlkoe: (page) => openFejlkoe.all(page.after ?? 0, limitOf(page)).map(fejlkoeRowOf),
    fejlkoeRaw(id) {
      const found = fejlkoeById.get(id);
      return found === undefined ? undefined : fejlkoeEntryOf(found);
    },
  };
}

function limitOf(page: Page): number {
  return Math.max(0, Math.min(page.limit, MAX_PAGE));
}

const KINDS: readonly Identity['kind'][] = ['debitorkonto', 'kontantindbetaling', 'svar'];

function prepareCounts(connection: Connection): (today: string) => Counts {
  const counters = connection.prepare<
    [],
    { readonly subject: string; readonly state: string; readonly amount: number }
  >('SELECT subject, state, amount FROM counter');
  const overdue = connection.prepare<[today: string], { readonly amount: number }>(
    "SELECT count(*) AS amount FROM message WHERE state = 'awaitingSvar' AND forventet_svar_dato < ?",
  );
  // What is held goes behind one that is unpublished too, and what is due first is older than all that were never tried.
  const unpublished = connection.prepare<[], { readonly at: Instant | null }>(
    `SELECT min(created_at) AS at FROM (
       SELECT * FROM (SELECT created_at FROM answer WHERE published_at IS NULL AND held = 0
                      ORDER BY due_at, answer_id LIMIT 1)
       UNION ALL
       SELECT * FROM (SELECT created_at FROM answer WHERE published_at IS NULL AND attempts > 0
                      ORDER BY answer_id LIMIT 1))`,
  );
  const oldest = connection.prepare<[State], { readonly received_at: Instant }>(
    "SELECT received_at FROM message WHERE state <> 'done' AND state = ? ORDER BY seq LIMIT 1",
  );
  const oldestIn = (...among: readonly State[]): Instant | undefined => {
    const instants = among.flatMap((state) => oldest.get(state)?.received_at ?? []);
    return instants.length === 0 ? undefined : Math.min(...instants);
  };

  return (today) => {
    const amounts = new Map(counters.all().map(({ subject, state, amount }) => [`${subject} ${state}`, amount]));
    const amountOf = (...counted: Counted): number => amounts.get(counted.join(' ')) ?? 0;
    const inState = (state: State): number => sum(KINDS.map((kind) => amountOf(kind, state)));
    const unfinished = (kind: CommandKind): number => sum(UNFINISHED.map((state) => amountOf(kind, state)));
    const oldestUnfinishedAt = oldestIn(...UNFINISHED);
    const oldestAwaitingSvarAt = oldestIn('awaitingSvar');
    const oldestInDoubtAt = oldestIn('inDoubt');
    const oldestUnpublishedAt = unpublished.get()?.at ?? undefined;
    return {
      byState: {
        recorded: inState('recorded'),
        dispatching: inState('dispatching'),
        retrying: inState('retrying'),
        inDoubt: inState('inDoubt'),
        awaitingSvar: inState('awaitingSvar'),
        done: inState('done'),
      },
      unfinished: {
        debitorkonto: unfinished('debitorkonto'),
        kontantindbetaling: unfinished('kontantindbetaling'),
      },
      unpublished: amountOf('answer', 'unpublished'),
      uleverede: amountOf('answer', 'uleveret'),
      fejlkoe: amountOf('fejlkoe', 'open'),
      overdue: overdue.get(today)?.amount ?? 0,
      ...(oldestUnfinishedAt === undefined ? {} : { oldestUnfinishedAt }),
      ...(oldestAwaitingSvarAt === undefined ? {} : { oldestAwaitingSvarAt }),
      ...(oldestInDoubtAt === undefined ? {} : { oldestInDoubtAt }),
      ...(oldestUnpublishedAt === undefined ? {} : { oldestUnpublishedAt }),
    };
  };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
