/** A ledger's files that were damaged while no adapter ran: it refuses to start, says what to do, and changes nothing. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anmodning, PLENTY, TODAY } from '../../src/ledger/contract/fixture.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite.ts';

const MESSAGES = 60;
const HALF = 30;
const CLI = join(import.meta.dirname, '..', '..', 'src', 'ops', 'cli.ts');
const ADVICE = /Intet er ændret\. Hent den seneste sikkerhedskopi/;

let folder: string;
let copies = 0;

/** Half of it in the file, the rest in its log: as a killed process leaves them. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'debitor-adapter-damage-'));
  const made = join(folder, 'made.db');
  const before = await openSqliteLedger({ path: made, owner: true });
  for (let n = 0; n < HALF; n += 1) await before.record([anmodning(`a-${n}`)], PLENTY);
  await before.close();
  const ledger = await openSqliteLedger({ path: made, owner: true });
  for (let n = HALF; n < MESSAGES; n += 1) await ledger.record([anmodning(`a-${n}`)], PLENTY);
  for (const end of ['', '-wal', '-shm']) cpSync(`${made}${end}`, join(folder, `killed.db${end}`));
  await ledger.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of what the killed process left. */
function leftBehind(ends: readonly string[] = ['', '-wal', '-shm']): string {
  copies += 1;
  const path = join(folder, `copy-${copies}.db`);
  for (const end of ends) cpSync(join(folder, `killed.db${end}`), `${path}${end}`);
  return path;
}

function scribble(file: string, from: number, length: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, from, from + length);
  writeFileSync(file, bytes);
}

const open = (path: string) => openSqliteLedger({ path, owner: true });

/** Starts on it, and expects a refusal that leaves every byte as it was. */
async function expectRefusal(path: string, says: RegExp): Promise<void> {
  const files = ['', '-wal'].map((end) => `${path}${end}`).filter((file) => statSync(file, { throwIfNoEntry: false }));
  const before = files.map((file) => readFileSync(file));
  const refusal = await open(path).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refusal).toMatchObject({ name: 'LedgerUnavailable', message: expect.stringMatching(says) });
  for (const [index, file] of files.entries())
    expect(readFileSync(file).equals(before[index] ?? Buffer.of()), file).toBe(true);
}

async function messagesIn(path: string): Promise<number> {
  const ledger = await open(path);
  const { byState } = await ledger.counts(TODAY);
  await ledger.close();
  return Object.values(byState).reduce((sum, count) => sum + count, 0);
}

test('what a killed process leaves is whole: all that was committed is there', async () => {
  expect(await messagesIn(leftBehind())).toBe(MESSAGES);
});

test('what a power cut leaves is whole too: no index, and a last write that was cut short', async () => {
  const withoutIndex = leftBehind(['', '-wal']);
  expect(await messagesIn(withoutIndex)).toBe(MESSAGES);
  const torn = leftBehind();
  writeFileSync(`${torn}-wal`, Buffer.concat([readFileSync(`${torn}-wal`), Buffer.alloc(1_700, 7)]));
  expect(await messagesIn(torn)).toBe(MESSAGES);
});

test('a log that was cut short is refused: SQLite would have gone on without what was behind the cut', async () => {
  const path = leftBehind();
  truncateSync(`${path}-wal`, Math.floor(statSync(`${path}-wal`).size / 2));
  await expectRefusal(path, /-wal er afkortet eller beskadiget: bogførte ændringer mangler/);
  await expectRefusal(path, ADVICE);
});

test('a log with scribble in the middle is refused, and so is one whose header is gone', async () => {
  const middle = leftBehind();
  scribble(`${middle}-wal`, Math.floor(statSync(`${middle}-wal`).size / 2), 64);
  await expectRefusal(middle, /-wal er afkortet eller beskadiget/);
  const header = leftBehind();
  scribble(`${header}-wal`, 0, 24);
  await expectRefusal(header, /-wal er beskadiget: dens hoved kan ikke læses/);
});

test('a file with scribble in it is refused, wherever it stands, and so is one that was cut short', async () => {
  // Without the log, which holds later versions of some pages.
  const middle = leftBehind(['']);
  scribble(middle, 8 * 4096, 4096 * 6);
  await expectRefusal(middle, /beskadiget/);
  const header = leftBehind(['']);
  scribble(header, 0, 100);
  await expectRefusal(header, /ikke en SQLite-database; angiv en anden fil, eller hent den seneste sikkerhedskopi/);
  const short = leftBehind(['']);
  truncateSync(short, Math.floor(statSync(short).size / 2));
  await expectRefusal(short, /beskadiget/);
});

test('start ends with 69 and says so on one line, before it has spoken with anybody', () => {
  const path = leftBehind();
  truncateSync(`${path}-wal`, Math.floor(statSync(`${path}-wal`).size / 2));
  const { status, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, 'start'], {
    env: {
      PATH: process.env['PATH'],
      // Nobody listens there: were it asked first, that would be the complaint.
      ADAPTER_AMQP_URL: 'amqp://127.0.0.1:1',
      ADAPTER_LEDGER_URL: `sqlite:${path}`,
      ADAPTER_BACKEND_CONFIG: '',
      ADAPTER_LOG_LEVEL: 'silent',
    },
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toMatchObject({ status: 69, stderr: expect.stringMatching(ADVICE) });
});
