/**
 * Damage to a SQLite ledger's files that SQLite itself would pass over in silence, or find only when it comes upon it: an
 * owner refuses to start on it, and changes nothing. What a process that was killed, or a power cut, leaves is no damage.
 */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { LedgerUnavailable } from './ledger.ts';
import { type Connection, IN_MEMORY } from './sqlite-database.ts';

/** A larger file is not read through at every start; damage in it is found where it is come upon, and intake pauses then. */
const READ_THROUGH_BYTES = 64 * 1024 * 1024;

const LOG_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** The log's magic number; its last bit tells the order of bytes in the words of the checksums. */
const LOG_MAGIC = 0x377f0682;
/** Of the index's header: an index that was made, its page size, the last frame that is committed, and the log's salts. */
const INDEX_BYTES = 48;
const INDEX_INITIALISED_AT = 12;
const INDEX_LAST_FRAME_AT = 16;
const INDEX_SALTS_AT = 32;
const LOG_SALTS_AT = 16;
const SALTS_BYTES = 8;

const ADVICE = 'Intet er ændret. Hent den seneste sikkerhedskopi (filen med dens -wal), og start adapteren på den';

function bytesAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, position));
}

function read<Result>(path: string, work: (file: number, size: number) => Result): Result | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    return work(file, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

/** The last committed frame of the log with these salts, as the process before us knew it; 0 where it left no such index. */
function lastFrameKnown(path: string, salts: Buffer): number {
  // In the machine's own order of bytes, and written without waiting for the disk: after a power cut it may know less than
  // the log holds, never more, since a commit is in the log before it is in the index.
  return (
    read(`${path}-shm`, (file) => {
      const index = bytesAt(file, 0, INDEX_BYTES);
      if (index.length < INDEX_BYTES || index[INDEX_INITIALISED_AT] !== 1) return 0;
      if (!index.subarray(INDEX_SALTS_AT, INDEX_SALTS_AT + SALTS_BYTES).equals(salts)) return 0;
      return index.readUInt32LE(INDEX_LAST_FRAME_AT);
    }) ?? 0
  );
}

/** SQLite's running checksum over pairs of words. */
class Checksum {
  #first = 0;
  #second = 0;
  readonly #littleEndian: boolean;

  constructor(littleEndian: boolean) {
    this.#littleEndian = littleEndian;
  }

  add(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at += 8) {
      const [one, other] = this.#littleEndian
        ? [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)]
        : [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];
      this.#first = (this.#first + one + this.#second) >>> 0;
      this.#second = (this.#second + other + this.#first) >>> 0;
    }
  }

  /** Checksums are written with the high byte first, whatever the words are. */
  isWrittenAt(bytes: Buffer, at: number): boolean {
    return bytes.readUInt32BE(at) === this.#first && bytes.readUInt32BE(at + 4) === this.#second;
  }
}

/** How many frames, of the first `wanted`, are whole and in one piece with those before them. */
function wholeFrames(file: number, header: Buffer, salts: Buffer, checksum: Checksum, wanted: number): number {
  const pageBytes = header.readUInt32BE(8);
  for (let frame = 0; frame < wanted; frame += 1) {
    const bytes = bytesAt(
      file,
      LOG_HEADER_BYTES + frame * (FRAME_HEADER_BYTES + pageBytes),
      FRAME_HEADER_BYTES + pageBytes,
    );
    if (bytes.length < FRAME_HEADER_BYTES + pageBytes || !bytes.subarray(8, 8 + SALTS_BYTES).equals(salts))
      return frame;
    checksum.add(bytes.subarray(0, 8));
    checksum.add(bytes.subarray(FRAME_HEADER_BYTES));
    if (!checksum.isWrittenAt(bytes, 16)) return frame;
  }
  return wanted;
}

/**
 * To be called before the file is opened: SQLite takes a log that it can't read to its end as one that ends there, and what
 * was committed behind it is gone.
 * @throws LedgerUnavailable where commits are missing in it.
 */
export function refuseDamagedLog(path: string): void {
  if (path === IN_MEMORY) return;
  read(`${path}-wal`, (file, size) => {
    // An empty one is one that was made and not written to.
    if (size < LOG_HEADER_BYTES) return;
    const header = bytesAt(file, 0, LOG_HEADER_BYTES);
    const magic = header.readUInt32BE(0);
    const checksum = new Checksum((magic & 1) === 0);
    checksum.add(header.subarray(0, LOG_HEADER_BYTES - SALTS_BYTES));
    if (Math.trunc(magic / 2) * 2 !== LOG_MAGIC || !checksum.isWrittenAt(header, LOG_HEADER_BYTES - SALTS_BYTES)) {
      throw new LedgerUnavailable(`Ledgerens log ${path}-wal er beskadiget: dens hoved kan ikke læses. ${ADVICE}`);
    }
    const salts = header.subarray(LOG_SALTS_AT, LOG_SALTS_AT + SALTS_BYTES);
    const wanted = lastFrameKnown(path, salts);
    const whole = wholeFrames(file, header, salts, checksum, wanted);
    if (whole < wanted) {
      throw new LedgerUnavailable(
        `Ledgerens log ${path}-wal er afkortet eller beskadiget: bogførte ændringer mangler (${whole} af ${wanted} sider er hele). ${ADVICE}`,
      );
    }
  });
}

/**
 * Reads a file of moderate size through.
 * @throws LedgerUnavailable, or SQLite's own error, where its structure is not whole.
 */
export function refuseDamagedFile(connection: Connection, path: string): void {
  const pages = Number(connection.pragma('page_count', { simple: true }));
  const pageBytes = Number(connection.pragma('page_size', { simple: true }));
  if (pages * pageBytes > READ_THROUGH_BYTES) return;
  const found = String(connection.pragma('quick_check(1)', { simple: true }));
  if (found === 'ok') return;
  throw new LedgerUnavailable(`Ledgeren ${path} er beskadiget (${found.split('\n')[0] ?? ''}). ${ADVICE}`);
}
