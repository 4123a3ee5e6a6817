/**
 * What a person may change in a shared ledger, from a process of its own beside the adapters. It takes turns with them by
 * the same locks. It has no lease, so that the answers it adds count as nobody's, and the adapters publish them.
 */
import { randomUUID } from 'node:crypto';
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
import type { Capacity, FejlkoeClosing, Recorded, Seq } from './ledger.ts';
import { type Database, openDatabase, statement } from './postgres-database.ts';
import { fejlkoePage, fejlkoeRawOf, historyOf } from './postgres-lists.ts';
import { recordAll } from './postgres-record.ts';
import { requireSchema } from './postgres-schema.ts';
import { settleAll } from './postgres-settle.ts';
import { recordSvar } from './postgres-svar.ts';
import { type Position, READ_POSITIONS, Unit } from './postgres-unit.ts';

const UNDECIDED = statement<UndecidedRecord>(
  'undecided',
  `SELECT ${UNDECIDED_COLUMNS} FROM message m JOIN payload p ON p.seq = m.seq WHERE m.seq = $1`,
);
/** The doubt ends with the decision: what is asked about again after it was certainly not carried out. */
const TAKE = statement(
  'take undecided',
  "UPDATE message SET state = 'dispatching', in_doubt_before = 0, next_attempt_at = NULL WHERE seq = $1",
);

const REDELIVER = statement<{ readonly answer_id: number }>(
  'redeliver answers',
  `UPDATE answer SET due_at = $1 WHERE ${RETURNED} AND ($2::bigint IS NULL OR answer_id = $2) RETURNING answer_id`,
);

const IS_OPEN = statement<{ readonly id: number }>(
  'open fejlkoe entry',
  'SELECT id FROM fejlkoe WHERE id = $1 AND closed_at IS NULL',
);
const CLOSE = statement<{ readonly id: number }>(
  'close fejlkoe entries',
  `WITH closed AS (
     UPDATE fejlkoe SET closed_at = $2 WHERE id = ANY($1::bigint[]) AND closed_at IS NULL RETURNING id)
   INSERT INTO fejlkoe_closing (id, decision, hvem, hvorfor) SELECT id, $3, $4, $5 FROM closed RETURNING id`,
);
const NO_CAPACITY: Capacity = { debitorkonto: 0, kontantindbetaling: 0 };

/**
 * Opens the ledger beside the adapters that share it.
 * @throws LedgerUnavailable where the database can't be reached or refuses.
 * @throws SchemaError where its schema is not one that this version can work with.
 */
export async function openPostgresInterventions(url: string): Promise<Interventions> {
  const database = openDatabase({
    url,
    readOnly: false,
    onConnectionLost: () => undefined,
    // A commit that was lost sight of is seen by asking for it again: the anmodning is no longer in doubt then.
    onDoubtfulCommit: () => undefined,
  });
  try {
    await requireSchema(database);
    return interventionsOn(database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function closeEntries(
  unit: Unit,
  ids: readonly number[],
  at: Instant,
  decision: FejlkoeClosing['decision'],
  { hvem, hvorfor }: ByHand,
): Promise<number> {
  const closed = await unit.session.query(CLOSE, ids, at, decision, hvem, hvorfor);
  unit.count(['fejlkoe', 'open'], -closed.length);
  return closed.length;
}

function interventionsOn(database: Database): Interventions {
  const { read } = database;
  const nobody = `person-${randomUUID()}`;
  const write = <Result>(
    work: (unit: Unit) => Promise<Result>,
    lock: 'ledger' | 'outbox' = 'ledger',
  ): Promise<Result> =>
    database.write<Result, Position>(
      lock,
      lock === 'ledger' ? READ_POSITIONS : 'SELECT',
      async (session, positions) => {
        const unit = new Unit(session, nobody, lock, positions);
        const result = await work(unit);
        await unit.flush();
        return result;
      },
    );
  const undecided = async (session: Unit['session'], seq: Seq): Promise<UndecidedRecord | undefined> =>
    (await session.query(UNDECIDED, seq))[0];

  /** Runs work whose result says whether it stays; else all of it is rolled back. */
  const writeIf = async <Result>(
    stays: (result: Result) => boolean,
    work: (unit: Unit) => Promise<Result>,
  ): Promise<Result> => {
    const rolledBack: { result?: Result } = {};
    try {
      return await write(async (unit) => {
        const result = await work(unit);
        if (stays(result)) return result;
        rolledBack.result = result;
        throw new NotKept();
      });
    } catch (error) {
      if (error instanceof NotKept && rolledBack.result !== undefined) return rolledBack.result;
      throw error;
    }
  };

  return {
    fejlkoe: (page) => read((session) => fejlkoePage(session, page)),
    fejlkoeRaw: (id) => read((session) => fejlkoeRawOf(session, id)),
    history: (id) => read((session) => historyOf(session, id)),
    undecided: (seq) => read(async (session) => undecidedOf(await undecided(session, seq))),
    resolve(resolution) {
      const { settlement, by, decision } = resolution;
      const { seq, at } = settlement;
      return write(async (unit) => {
        const row = await undecided(unit.session, seq);
        const verdict = judgeResolution(row, resolution);
        if (row === undefined || verdict !== 'resolved') return verdict;
        if (row.state === 'inDoubt') unit.move(row.kind, 'inDoubt', 'dispatching');
        await unit.session.query(TAKE, seq);
        unit.note(seq, at, 'resolved', decisionText(decision, by));
        const { stale } = await settleAll(unit, [settlement]);
        if (stale.length > 0) throw new Error(`message ${seq} was taken, and could not be settled`);
        return verdict;
      });
    },
    reportSvar: ({ seq, report, decision, by }) =>
      writeIf(
        () => by !== undefined,
        async (unit) => {
          const { verdict } = await recordSvar(database, unit, report);
          if (verdict === 'recorded' && by !== undefined) {
            unit.note(seq, report.at, 'svarByHand', decisionText(decision, by));
          }
          return verdict;
        },
      ),
    redeliver: (now, answerId) =>
      write(async ({ session }) => (await session.query(REDELIVER, now, answerId ?? null)).length, 'outbox'),
    replay: ({ id, arrival, by }) =>
      writeIf<Recorded | 'notOpen'>(
        (recorded) => by !== undefined && staysReplayed(recorded),
        async (unit) => {
          if ((await unit.session.query(IS_OPEN, id)).length === 0) return 'notOpen';
          const [recorded] = await recordAll(database, unit, [arrival], NO_CAPACITY);
          if (recorded === undefined) throw new Error('what was to be recorded is not there');
          const seq = replayedSeq(recorded);
          if (by === undefined) return recorded;
          if (seq !== undefined) unit.note(seq, arrival.receivedAt, 'replayed', decisionText(`fejlkø nr. ${id}`, by));
          await closeEntries(unit, [id], arrival.receivedAt, 'afspillet', by);
          return recorded;
        },
      ),
    discard: (ids, now, by) => write((unit) => closeEntries(unit, ids, now, 'kasseret', by)),
    close: () => database.close(),
  };
}
