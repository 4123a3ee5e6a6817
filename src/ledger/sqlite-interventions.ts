/**
 * What a person may change in an embedded ledger: a second connection to the file, in a process of its own, beside the
 * adapter that owns it. It waits its turn behind the adapter's transactions, and its own are as durable and as short.
 */
import Database from 'better-sqlite3';
import type { Instant } from '../domain/identer.ts';
import {
  decisionText,
  judgeResolution,
  NotKept,
  RETURNED,
  replayedSeq,
  staysReplayed,
  UNDECIDED_COLUMNS,
  type UndecidedRecord,
  undecidedOf,
} from './by-hand.ts';
import type { ByHand, Interventions } from './interventions.ts';
import { type Capacity, type FejlkoeClosing, LedgerUnavailable, type Recorded, type Seq } from './ledger.ts';
import { prepareAnswers } from './sqlite-answers.ts';
import { prepareClaims } from './sqlite-claims.ts';
import { asUnavailable, type Connection, closedLedger } from './sqlite-database.ts';
import { prepareEvents } from './sqlite-events.ts';
import { prepareLines } from './sqlite-lines.ts';
import { prepareLists } from './sqlite-lists.ts';
import { prepareRecord } from './sqlite-record.ts';
import { requireSchema } from './sqlite-schema.ts';
import { prepareSettle } from './sqlite-settle.ts';
import { prepareStates } from './sqlite-states.ts';
import { storedArrival } from './sqlite-stored.ts';
import { prepareSvars } from './sqlite-svar.ts';
import { prepareWrite } from './sqlite-write.ts';

/** How long a person's command waits for its turn: a busy adapter's commits are short, but leave few gaps. */
const BUSY_TIMEOUT_MS = 30_000;

const NO_CAPACITY: Capacity = { debitorkonto: 0, kontantindbetaling: 0 };

/**
 * Opens the ledger beside its owner.
 * @throws LedgerUnavailable where the file is not there or can't be opened.
 * @throws SchemaError where its schema is not one that this version can work with.
 */
export async function openSqliteInterventions(path: string): Promise<Interventions> {
  let connection: Connection | undefined;
  try {
    connection = new Database(path, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    // The file is in WAL mode since its owner made it; the rest of the owner's settings are a connection's own.
    connection.pragma('synchronous = FULL');
    requireSchema(connection, path);
    return interventionsOn(connection, path);
  } catch (error) {
    connection?.close();
    if (error instanceof TypeError) {
      throw new LedgerUnavailable(`Ledgeren ${path} kan ikke åbnes: mappen findes ikke`, { cause: error });
    }
    throw asUnavailable(path, error);
  }
}

function interventionsOn(connection: Connection, path: string): Interventions {
  const states = prepareStates(connection);
  const note = prepareEvents(connection);
  const answers = prepareAnswers(connection, states);
  const lines = prepareLines(connection);
  const transact = prepareWrite(connection, states, lines);
  const lists = prepareLists(connection);
  const svars = prepareSvars(connection, { states, note, answers, lines });
  const settle = prepareSettle(connection, { states, note, answers, lines, svars });
  const undecided = connection.prepare<[Seq], UndecidedRecord>(
    `SELECT ${UNDECIDED_COLUMNS} FROM message m JOIN payload p ON p.seq = m.seq WHERE m.seq = ?`,
  );
  // The doubt ends with the decision: what is asked about again after it was certainly not carried out.
  const take = connection.prepare<[Seq]>(
    "UPDATE message SET state = 'dispatching', in_doubt_before = 0, next_attempt_at = NULL WHERE seq = ?",
  );

  const redeliverAll = connection.prepare<[Instant]>(`UPDATE answer SET due_at = ? WHERE ${RETURNED}`);
  const redeliverOne = connection.prepare<[Instant, number]>(
    `UPDATE answer SET due_at = ? WHERE ${RETURNED} AND answer_id = ?`,
  );

  // Nothing is claimed here: the incarnation is nobody's.
  const claims = prepareClaims(connection, states, note, 0);
  const record = prepareRecord(connection, { states, note, answers, lines, claims, svars, incarnation: 0 });
  const isOpen = connection.prepare<[number]>('SELECT 1 FROM fejlkoe WHERE id = ? AND closed_at IS NULL');
  const close = connection.prepare<[Instant, number]>(
    'UPDATE fejlkoe SET closed_at = ? WHERE id = ? AND closed_at IS NULL',
  );
  const insertClosing = connection.prepare<[number, FejlkoeClosing['decision'], string, string]>(
    'INSERT INTO fejlkoe_closing (id, decision, hvem, hvorfor) VALUES (?, ?, ?, ?)',
  );

  const guarded = <Result>(work: () => Result): Result => {
    if (!connection.open) throw closedLedger(path);
    try {
      return work();
    } catch (error) {
      throw asUnavailable(path, error);
    }
  };
  const write = <Result>(work: () => Result): Result => guarded(() => transact(work));

  /** Runs work whose result says whether it stays; else all of it is rolled back. */
  const writeIf = <Result>(stays: (result: Result) => boolean, work: () => Result): Result => {
    const rolledBack: { result?: Result } = {};
    try {
      return write(() => {
        const result = work();
        if (stays(result)) return result;
        rolledBack.result = result;
        throw new NotKept();
      });
    } catch (error) {
      if (error instanceof NotKept && rolledBack.result !== undefined) return rolledBack.result;
      throw error;
    }
  };
  const closeEntry = (id: number, at: Instant, decision: FejlkoeClosing['decision'], by: ByHand): boolean => {
    if (close.run(at, id).changes === 0) return false;
    insertClosing.run(id, decision, by.hvem, by.hvorfor);
    states.count(['fejlkoe', 'open'], -1);
    return true;
  };

  return {
    fejlkoe: async (page) => guarded(() => lists.fejlkoe(page)),
    fejlkoeRaw: async (id) => guarded(() => lists.fejlkoeRaw(id)),
    history: async (id) => guarded(() => lists.history(id)),
    undecided: async (seq) => guarded(() => undecidedOf(undecided.get(seq))),
    async resolve(resolution) {
      const { settlement, by, decision } = resolution;
      const { seq, at } = settlement;
      return write(() => {
        const row = undecided.get(seq);
        const verdict = judgeResolution(row, resolution);
        if (row === undefined || verdict !== 'resolved') return verdict;
        if (row.state === 'inDoubt') states.move(row.kind, 'inDoubt', 'dispatching');
        take.run(seq);
        note(seq, at, 'resolved', decisionText(decision, by));
        if (settle(settlement) === 'stale') throw new Error(`message ${seq} was taken, and could not be settled`);
        return verdict;
      });
    },
    reportSvar: async ({ seq, report, decision, by }) =>
      writeIf(
        () => by !== undefined,
        () => {
          const { verdict } = svars.report(report);
          if (verdict === 'recorded' && by !== undefined)
            note(seq, report.at, 'svarByHand', decisionText(decision, by));
          return verdict;
        },
      ),
    redeliver: async (now, answerId) =>
      write(() => (answerId === undefined ? redeliverAll.run(now) : redeliverOne.run(now, answerId)).changes),
    replay: async ({ id, arrival, by }) =>
      writeIf<Recorded | 'notOpen'>(
        (recorded) => by !== undefined && staysReplayed(recorded),
        () => {
          if (isOpen.get(id) === undefined) return 'notOpen';
          const [recorded] = record([storedArrival(arrival)], NO_CAPACITY);
          if (recorded === undefined || recorded.art === 'claimed') throw new Error('what was recorded is not there');
          const seq = replayedSeq(recorded);
          if (by === undefined) return recorded;
          if (seq !== undefined) note(seq, arrival.receivedAt, 'replayed', decisionText(`fejlkø nr. ${id}`, by));
          closeEntry(id, arrival.receivedAt, 'afspillet', by);
          return recorded;
        },
      ),
    discard: async (ids, now, by) => write(() => ids.filter((id) => closeEntry(id, now, 'kasseret', by)).length),
    async close() {
      connection.close();
    },
  };
}
