/** What is special to the shared ledger: several adapters at once, leases, a database that goes away, its schema. */
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  accepted,
  acceptedForLater,
  anmodning,
  answer,
  answersOf,
  claimsOf,
  confirmed,
  done,
  idsOf,
  indbetaling,
  NONE,
  only,
  PLENTY,
  recordClaimed,
  retrying,
  svar,
  T0,
  TODAY,
  unreadable,
} from '../../src/ledger/contract/fixture.ts';
import type { Arrival, Claim, Ledger, OutboxAnswer } from '../../src/ledger/ledger.ts';
import { LedgerUnavailable } from '../../src/ledger/ledger.ts';
import { POSTGRES_MIGRATIONS } from '../../src/ledger/migrations/postgres.ts';
import { openPostgresLedger } from '../../src/ledger/postgres.ts';
import { SchemaError } from '../../src/ledger/schema-error.ts';
import { type OwnPostgres, startOwnPostgres } from '../support/postgres.ts';
import { waitFor } from '../support/wait.ts';
import { type CommitCutter, openCommitCutter } from './commit-cutter.ts';

let server: OwnPostgres;
let url: string;
const opened: Ledger[] = [];

beforeAll(async () => {
  server = await startOwnPostgres();
});
beforeEach(async () => {
  url = await server.freshUrl();
});
afterEach(async () => {
  for (const ledger of opened.splice(0)) await ledger.close();
});
afterAll(() => server?.stop());

interface Opening {
  readonly owner?: boolean;
  readonly leaseMs?: number;
  readonly at?: string;
}

async function open({ owner = true, leaseMs, at = url }: Opening = {}): Promise<Ledger> {
  const ledger = await openPostgresLedger({ url: at, owner, ...(leaseMs === undefined ? {} : { leaseMs }) });
  opened.push(ledger);
  return ledger;
}

/** The leases of all adapters are over, as if they had died long ago. */
const endLeases = () => server.sql("UPDATE owner SET alive_until = now() - interval '1 second'", url);

/** One that judges at once, so that a test need not wait for a lease of its own. */
const openSuccessor = () => open({ leaseMs: 0 });

describe('adapters side by side', () => {
  const KONTI = ['K', 'L', 'M', 'N'] as const;

  /** What each line should look like: its messages in the order of seq. */
  async function linesInOrder(): Promise<Map<string, number[]>> {
    const rows = await server.sql("SELECT encode(line_key, 'hex') AS key, seq::integer FROM line ORDER BY seq", url);
    const lines = new Map<string, number[]>();
    for (const { key, seq } of rows) lines.set(String(key), [...(lines.get(String(key)) ?? []), Number(seq)]);
    return lines;
  }

  test('that record the same messages at the same time record each once, in one order without gaps', async () => {
    const ledgers = [await open(), await open(), await open()];
    const arrivals = Array.from({ length: 120 }, (_, index): Arrival => {
      const konti =
        index % 3 === 0 ? [KONTI[index % 4] ?? 'K', KONTI[(index * 3 + 1) % 4] ?? 'L'] : [KONTI[index % 4] ?? 'K'];
      return anmodning(String(index), { konti });
    });
    const batches = ledgers.map(async (ledger, offset) => {
      const recorded = [];
      for (let from = 0; from < arrivals.length; from += 7 + offset) {
        recorded.push(...(await ledger.record(arrivals.slice(from, from + 7 + offset), NONE)));
      }
      return recorded;
    });
    const all = (await Promise.all(batches)).flat();
    const seqs = all.flatMap((one) => (one.art === 'waiting' ? [one.seq] : []));
    expect(all.filter(({ art }) => art === 'nothing')).toHaveLength(240);
    expect(seqs.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
    const waiting = await server.sql('SELECT seq::integer, waiting_on FROM message ORDER BY seq', url);
    const lines = [...(await linesInOrder()).values()];
    for (const { seq, waiting_on } of waiting) {
      const before = lines.filter((line) => line.includes(Number(seq)) && line[0] !== seq).length;
      expect([seq, waiting_on]).toEqual([seq, before]);
    }
  });

  test('that claim, settle and record at the same time keep every line in order, and claim nothing twice', async () => {
    const ledgers = [await open(), await open(), await open()];
    const lines = new Map<string, string[]>();
    const claimed = new Set<string>();
    const running = new Map<string, string>();
    const finished: string[] = [];
    const total = 240;
    const deadline = performance.now() + 20_000;

    const begin = (claim: Claim): void => {
      const id = `${only(idsOf([claim]))}/${claim.attempt}`;
      expect(claimed.has(id), `${id} is claimed twice`).toBe(false);
      claimed.add(id);
    };
    const konti = (index: number): string[] =>
      index % 5 === 0 ? [KONTI[index % 4] ?? 'K', KONTI[(index + 1) % 4] ?? 'L'] : [KONTI[index % 4] ?? 'K'];
    for (let index = 0; index < total; index += 1) {
      for (const konto of konti(index)) lines.set(konto, [...(lines.get(konto) ?? []), String(index)]);
    }

    async function work(ledger: Ledger, number: number): Promise<void> {
      let queue: readonly Claim[] = [];
      for (let round = 0; finished.length < total; round += 1) {
        if (performance.now() > deadline) throw new Error(`it does not come to rest: round ${round}`);
        queue = [...queue, ...(await ledger.claim({ debitorkonto: 2, kontantindbetaling: 0 }, T0 + 99_000))];
        for (const claim of queue) begin(claim);
        const settlements = queue.map((claim) => {
          const id = only(idsOf([claim]));
          // It must head each of its lines as long as it is running: checked before it is told that it is over.
          for (const line of lines.values())
            if (line.includes(id)) expect(line.find((one) => !finished.includes(one))).toBe(id);
          running.set(id, String(number));
          return claim.attempt === 1 && Number(id) % 7 === 0 ? retrying(claim, T0) : done(claim);
        });
        for (const one of settlements) {
          const claim = queue.find(({ seq }) => seq === one.seq);
          if (claim !== undefined && one.state === 'done') finished.push(only(idsOf([claim])));
        }
        queue = (await ledger.settle(settlements, { debitorkonto: 2, kontantindbetaling: 0 })).claims;
      }
    }
    const recorder = await open();
    const recording = (async () => {
      for (let from = 0; from < total; from += 8) {
        const batch = Array.from({ length: 8 }, (_, index) =>
          anmodning(String(from + index), { konti: konti(from + index) }),
        );
        await recorder.record(batch, NONE);
      }
    })();
    await Promise.all([recording, ...ledgers.map(work)]);
    expect(new Set(finished).size).toBe(total);
    expect(new Set(running.values()).size, 'all of them had work').toBe(3);
    const counts = await recorder.counts(TODAY);
    expect([counts.unfinished.debitorkonto, counts.byState.done, counts.unpublished]).toEqual([0, total, total]);
  });

  test('never publish the same answer at the same time', async () => {
    const [one, other] = [await open(), await open()];
    const claims = claimsOf(
      await one.record(
        Array.from({ length: 40 }, (_, index) => anmodning(String(index))),
        PLENTY,
      ),
    );
    const { answers } = await one.settle(
      claims.map((claim) => done(claim)),
      NONE,
    );
    expect(await other.dueAnswers(T0 + 99_000, 100)).toEqual([]);
    const failed = answers.map(
      ({ answerId }) => ({ answerId, at: T0, art: 'unknown', nextAttemptAt: T0 + 1 }) as const,
    );
    await one.markPublished(failed);
    const takes = await Promise.all([one, other, one, other].map((ledger) => ledger.dueAnswers(T0 + 99_000, 15)));
    const ids = takes.flat().map(({ answerId }) => answerId);
    expect([ids.length, new Set(ids).size]).toEqual([40, 40]);
  });

  test('hand out a svar once, after its MODTAGET, whichever reports it and whichever marks the MODTAGET', async () => {
    const [one, other] = [await open(), await open()];
    const handedOut: OutboxAnswer[] = [];
    for (let index = 0; index < 40; index += 1) {
      const id = `svar-${index}`;
      const claim = await recordClaimed(one, anmodning(id, { svarform: 'SENERE', handlingstype: 'AFSKRIV' }));
      const modtaget = only((await one.settle([accepted(claim)], NONE)).answers);
      const [marked, reported] = await Promise.all([
        one.markPublished(confirmed(modtaget)),
        other.reportSvar(svar(id)),
      ]);
      handedOut.push(...marked, ...reported.answers);
    }
    expect(handedOut.map(({ art }) => art)).toEqual(Array.from({ length: 40 }, () => 'svar'));
    expect(await other.dueAnswers(T0 + 99_000, 100)).toEqual([]);
  });

  test('a svar that is reported through another adapter makes the claim of the first stale', async () => {
    const [one, other] = [await open(), await open()];
    const claim = await recordClaimed(one, anmodning('a', { svarform: 'SENERE', handlingstype: 'AFSKRIV' }));
    expect((await other.reportSvar(svar('a'))).verdict).toBe('recorded');
    expect((await one.settle([accepted(claim)], PLENTY)).stale).toEqual([claim.seq]);
  });
});

describe('a lease', () => {
  test('that lasts protects claims and publications; when it is over others take them up', async () => {
    const first = await open();
    const [a, b] = claimsOf(await first.record([anmodning('a'), anmodning('b')], PLENTY));
    if (a === undefined || b === undefined) throw new Error('both can start');
    const { answers } = await first.settle([done(a)], NONE);
    const second = await openSuccessor();
    expect(await second.takeUpInterrupted(true, T0)).toBe(0);
    expect(await second.dueAnswers(T0 + 99_000, 10)).toEqual([]);
    await endLeases();
    expect(await second.takeUpInterrupted(true, T0)).toBe(1);
    expect(await second.dueAnswers(T0 + 99_000, 10)).toEqual(answers);
    const again = only(await second.claim(PLENTY, T0));
    expect([again.seq, again.attempt, again.inDoubt]).toEqual([b.seq, 2, true]);
    expect((await first.settle([done(b)], NONE)).stale, 'it is fenced').toEqual([b.seq]);
    expect((await second.settle([done(again)], NONE)).stale).toEqual([]);
  });

  test('is renewed while the adapter runs, and given back when it closes', async () => {
    const first = await open({ leaseMs: 300 });
    await recordClaimed(first, anmodning('a'));
    await endLeases();
    const alive = () => server.sql('SELECT owner FROM owner WHERE alive_until > now()', url);
    await waitFor('the lease to be renewed', async () => (await alive()).length === 1);
    const second = await openSuccessor();
    expect(await second.takeUpInterrupted(true, T0)).toBe(0);
    await first.close();
    expect(await second.takeUpInterrupted(true, T0)).toBe(1);
  });

  test('is not judged by an adapter that was away itself: all leases are over after an outage', async () => {
    const first = await open({ leaseMs: 60_000 });
    await recordClaimed(first, anmodning('a'));
    await endLeases();
    const newcomer = await open({ leaseMs: 300 });
    expect(await newcomer.takeUpInterrupted(true, T0), 'the first may still renew').toBe(0);
    await waitFor('the grace to pass', async () => (await newcomer.takeUpInterrupted(true, T0)) === 1);
  });

  test('that could not be renewed for as long as it lasts is not trusted, and renewed before anything else', async () => {
    const first = await open({ leaseMs: 300 });
    expect(first.mayAsk()).toBe(true);
    await server.sql('ALTER TABLE owner RENAME TO owner_away', url);
    await waitFor('it to be unsure', () => !first.mayAsk());
    await server.sql('ALTER TABLE owner_away RENAME TO owner', url);
    await first.takeUpInterrupted(true, T0);
    expect(first.mayAsk()).toBe(true);
  });

  test('that is over does not let its old holder end what another has begun to publish', async () => {
    const first = await open();
    const claim = await recordClaimed(first, anmodning('a'));
    const { answerId } = only((await first.settle([done(claim)], NONE)).answers);
    await endLeases();
    const second = await open();
    const due = only(await second.dueAnswers(T0 + 99_000, 10));
    await first.markPublished([{ answerId, at: T0, art: 'unknown', nextAttemptAt: T0 }]);
    expect(await first.dueAnswers(T0 + 99_000, 10), 'the second is publishing it').toEqual([]);
    await second.markPublished(confirmed(due));
    expect((await first.counts(TODAY)).unpublished).toBe(0);
  });
});

describe('a database that goes away', () => {
  test('is said to be unavailable, and the ledger works again by itself when it is back', async () => {
    const ledger = await open();
    await recordClaimed(ledger, anmodning('a'));
    await server.kill();
    try {
      await expect(ledger.record([anmodning('b')], PLENTY)).rejects.toThrow(LedgerUnavailable);
      await expect(ledger.probe(T0)).rejects.toThrow(LedgerUnavailable);
      await expect(ledger.counts(TODAY)).rejects.toThrow(/ingen forbindelse|afbrudt/);
      await expect(open({ owner: false })).rejects.toThrow(LedgerUnavailable);
    } finally {
      await server.start();
    }
    await ledger.probe(T0);
    await recordClaimed(ledger, anmodning('b'));
    expect((await ledger.counts(TODAY)).byState.dispatching, 'what was committed is there').toBe(2);
  });

  test('by ending a connection in the middle changes nothing', async () => {
    const ledger = await open();
    // The session waits for this lock in the middle of its transaction, and is ended there.
    const blocker = new Client({ connectionString: url });
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE payload IN ACCESS EXCLUSIVE MODE');
    const refused = expect(ledger.record([anmodning('a')], PLENTY)).rejects.toThrow(LedgerUnavailable);
    await waitFor('the session to wait', async () => {
      const rows = await server.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%payload%' AND application_name = 'debitor-adapter'",
      );
      return rows.length > 0;
    });
    await refused;
    await blocker.query('ROLLBACK');
    await blocker.end();
    expect((await ledger.counts(TODAY)).byState.dispatching).toBe(0);
    await recordClaimed(ledger, anmodning('a'));
  });

  test('is named without user and password', async () => {
    const secret = new URL(url);
    secret.username = 'hemmelig';
    secret.password = 'kodeord';
    secret.port = '1';
    const failure = await open({ at: secret.href }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LedgerUnavailable);
    expect(String(failure)).toContain('postgres://127.0.0.1:1/');
    expect(String(failure)).not.toMatch(/hemmelig|kodeord/);
  });
});

describe('a commit whose outcome got lost', () => {
  let cutter: CommitCutter;
  let ledger: Ledger;
  beforeEach(async () => {
    cutter = await openCommitCutter(url);
    ledger = await open({ at: cutter.url });
  });
  afterEach(() => cutter.close());

  test('leaves no claim behind that nobody knows of: it is claimed again, and is not in doubt', async () => {
    cutter.cutNextCommit();
    await expect(ledger.record([anmodning('a')], PLENTY)).rejects.toThrow(LedgerUnavailable);
    const [again] = await ledger.record([anmodning('a')], PLENTY);
    expect(again).toEqual({ art: 'nothing' });
    expect(await ledger.claim(PLENTY, T0 + 1)).toEqual([]);
    expect(await ledger.takeUpInterrupted(true, T0 + 1)).toBe(0);
    const claim = only(await ledger.claim(PLENTY, T0 + 1));
    expect([...idsOf([claim]), claim.attempt, claim.inDoubt]).toEqual(['a', 2, false]);
    expect((await ledger.settle([done(claim)], NONE)).stale).toEqual([]);
  });

  test('of a settlement: it is stale when it is tried again, and its answer is due', async () => {
    const claim = await recordClaimed(ledger, anmodning('a', { konti: ['K'] }));
    await ledger.record([anmodning('b', { konti: ['K'] })], PLENTY);
    cutter.cutNextCommit();
    await expect(ledger.settle([done(claim)], PLENTY)).rejects.toThrow(LedgerUnavailable);
    const settled = await ledger.settle([done(claim)], PLENTY);
    expect(settled).toEqual({ answers: [], claims: [], stale: [claim.seq] });
    expect(await ledger.dueAnswers(T0 + 99_000, 10)).toEqual([]);
    await ledger.takeUpInterrupted(true, T0 + 1_000);
    expect((await ledger.dueAnswers(T0 + 99_000, 10)).map(({ seq }) => seq)).toEqual([claim.seq]);
    expect(idsOf(await ledger.claim(PLENTY, T0 + 99_000))).toEqual(['b']);
  });

  test('does not take from the process what it has in its hands', async () => {
    const claim = await recordClaimed(ledger, anmodning('a'));
    const other = await recordClaimed(ledger, anmodning('b'));
    const { answers } = await ledger.settle([done(other)], NONE);
    cutter.cutNextCommit();
    await expect(ledger.record([anmodning('c')], PLENTY)).rejects.toThrow(LedgerUnavailable);
    await ledger.takeUpInterrupted(true, T0 + 1);
    expect(idsOf(await ledger.claim(PLENTY, T0 + 1))).toEqual(['c']);
    expect(await ledger.dueAnswers(T0 + 99_000, 10)).toEqual([]);
    expect((await ledger.settle([done(claim)], NONE)).stale).toEqual([]);
    await ledger.markPublished(confirmed(...answers));
  });

  test('of a mark: a svar that it released is due', async () => {
    const claim = await recordClaimed(ledger, anmodning('a', { svarform: 'SENERE', handlingstype: 'AFSKRIV' }));
    const { answers } = await ledger.settle([accepted(claim)], NONE);
    await ledger.reportSvar(svar('a'));
    cutter.cutNextCommit();
    await expect(ledger.markPublished(confirmed(...answers))).rejects.toThrow(LedgerUnavailable);
    expect(await ledger.markPublished(confirmed(...answers))).toEqual([]);
    await ledger.takeUpInterrupted(true, T0);
    expect((await ledger.dueAnswers(T0 + 99_000, 10)).map(({ art }) => art)).toEqual(['svar']);
  });
});

describe('a reader', () => {
  test('sees what is committed and can change nothing', async () => {
    const owner = await open();
    const reader = await open({ owner: false });
    await recordClaimed(owner, anmodning('a'));
    expect((await reader.history('a')).map(({ message }) => message.state)).toEqual(['dispatching']);
    await expect(reader.record([anmodning('b')], PLENTY)).rejects.toThrow(/kan kun læses/);
    await expect(reader.probe(T0)).rejects.toThrow(LedgerUnavailable);
    await expect(reader.takeUpInterrupted(true, T0)).rejects.toThrow(LedgerUnavailable);
  });

  test('of a ledger that is not there yet is told to start the adapter', async () => {
    await expect(open({ owner: false })).rejects.toThrow(SchemaError);
    await expect(open({ owner: false })).rejects.toThrow('Start adapteren');
  });
});

describe('the schema', () => {
  test('is made once by adapters that start at the same time', async () => {
    await Promise.all([open(), open(), open(), open()]);
    expect(await server.sql('SELECT version FROM schema_migration', url)).toEqual(
      POSTGRES_MIGRATIONS.map(({ version }) => ({ version })),
    );
  });

  test('of a newer adapter is refused, with both versions and what to do', async () => {
    await (await open()).close();
    await server.sql("INSERT INTO schema_migration (version, name, description) VALUES (99, 'ny', '{}')", url);
    await expect(open()).rejects.toMatchObject({ name: 'SchemaError', found: 99, known: POSTGRES_MIGRATIONS.length });
    await expect(open({ owner: false })).rejects.toThrow(/nyere version.*99/);
  });

  test('that was upgraded by half, or changed by hand, is refused and says what differs', async () => {
    await (await open()).close();
    await server.sql('DROP INDEX message_ready; ALTER TABLE answer DROP COLUMN held', url);
    await expect(open()).rejects.toThrow(/delvis opgraderet.*answer\.held.*message_ready/);
    await expect(open({ owner: false })).rejects.toThrow(SchemaError);
  });

  test('with an index that an administrator added is none the worse', async () => {
    await (await open()).close();
    await server.sql('CREATE INDEX own ON message (received_at)', url);
    await (await open()).probe(T0);
  });

  test('of something else is refused and left as it is', async () => {
    await server.sql('CREATE TABLE message (a integer)', url);
    await expect(open()).rejects.toThrow(/ikke er en ledgers/);
    expect(await server.sql('SELECT * FROM message', url)).toEqual([]);
  });

  test('lets every statement find its rows by an index, so that it stays quick beside millions of rows', async () => {
    const ledger = await open();
    const texts = new Map<string, string>();
    const query = vi.spyOn(Client.prototype, 'query');
    await exercise(ledger);
    for (const [given] of query.mock.calls as unknown[][]) {
      const { name, text } = (given ?? {}) as { readonly name?: string; readonly text?: string };
      if (name !== undefined && text !== undefined) texts.set(name, text);
    }
    query.mockRestore();
    expect(texts.size).toBeGreaterThan(35);
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(
      'SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan',
    );
    const scans: string[] = [];
    for (const [name, text] of texts) {
      if (/^\s*INSERT|FROM counter/.test(text)) continue;
      await client.query(`PREPARE s AS ${text}`);
      const values = Array.from({ length: new Set(text.match(/\$\d/g)).size }, () => 'NULL');
      const given = values.length === 0 ? '' : `(${values.join(', ')})`;
      const plan = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN EXECUTE s${given}`);
      // The owners are the running adapters, and a filter on the partial indexes of what is under way is bounded by it.
      const bad = plan.rows
        .map((row) => row['QUERY PLAN'])
        .filter((line) => /Seq Scan/.test(line) && !/on owner/.test(line));
      scans.push(...bad.map((line) => `${name}: ${line.trim()}`));
      await client.query('DEALLOCATE s');
    }
    await client.end();
    expect(scans).toEqual([]);
  });

  /** Goes through every statement of the ledger once. */
  async function exercise(ledger: Ledger): Promise<void> {
    const batch = [
      anmodning('a', { konti: ['K'] }),
      anmodning('b', { konti: ['K'] }),
      indbetaling('p', { eksternId: 'x' }),
      unreadable('u'),
    ];
    const [a, , p] = await ledger.record(batch, PLENTY);
    await ledger.record([anmodning('a'), unreadable('u')], PLENTY);
    if (a?.art !== 'claimed' || p?.art !== 'claimed') throw new Error('both can start');
    await ledger.settle([retrying(a.claim, T0), done(p.claim, 'afvist')], NONE);
    await ledger.claim(PLENTY, T0);
    await acceptedForLater(ledger, 'c');
    const early = await recordClaimed(ledger, anmodning('d', { svarform: 'SENERE', handlingstype: 'AFSKRIV' }));
    const { answers } = await ledger.reportSvar(svar('d'), PLENTY);
    await ledger.reportSvar(svar('c'));
    await ledger.settle([accepted(early)], PLENTY);
    await ledger.markPublished(
      answers.map(({ answerId }) => ({ answerId, at: T0, art: 'returned', nextAttemptAt: T0 })),
    );
    await ledger.markPublished(confirmed(...(await ledger.dueAnswers(T0, 10))));
    await recordClaimed(ledger, anmodning('e'));
    await endLeases();
    const successor = await openSuccessor();
    await successor.takeUpInterrupted(true, T0);
    for (const list of ['uleverede', 'inDoubt', 'awaitingSvar', 'fejlkoe'] as const) await ledger[list]({ limit: 9 });
    await ledger.fejlkoeRaw(1);
    await ledger.history('a');
    await ledger.counts(TODAY);
    await ledger.nextDueAt();
    await ledger.probe(T0);
  }
});

describe('what PostgreSQL can not store as it is', () => {
  test('a NUL in a property comes back, and half a character harms nobody', async () => {
    const ledger = await open();
    const properties = { correlationId: 'a\0b', messageId: '\0', userId: 'x\ud800y' };
    await ledger.record([anmodning('a', { properties }), { ...unreadable('x'), properties }], NONE);
    const claim = only(await ledger.claim(PLENTY, T0));
    expect(claim.properties).toEqual({ correlationId: 'a\0b', messageId: '\0' });
    const settlement = done(claim);
    if (settlement.state !== 'done') throw new Error('it is done');
    await ledger.settle([{ ...settlement, answer: answer('a', { correlationId: 'c\0' }) }], NONE);
    const repeat = only(answersOf(await ledger.record([anmodning('a')], NONE)));
    expect(repeat.correlationId).toBe('c\0');
    expect(only(await ledger.fejlkoe({ limit: 1 })).messageId).toBe('\0');
  });

  test('a batch of big messages is recorded in parts', async () => {
    const ledger = await open();
    const big = (id: string, fill: number): Arrival => ({
      ...anmodning(id),
      raw: Buffer.alloc(12 * 1024 * 1024, fill),
    });
    await ledger.record(
      [big('a', 1), big('b', 2), { ...unreadable('x'), raw: Buffer.alloc(12 * 1024 * 1024, 3) }],
      NONE,
    );
    const rows = await server.sql(
      'SELECT length(raw) AS bytes, get_byte(raw, 12582911) AS last FROM payload ORDER BY seq',
      url,
    );
    expect(rows).toEqual([
      { bytes: 12_582_912, last: 1 },
      { bytes: 12_582_912, last: 2 },
    ]);
    expect((await ledger.fejlkoeRaw(1))?.raw.byteLength).toBe(12_582_912);
  });
});
