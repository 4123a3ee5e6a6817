/**
 * Finds where messages begin in what a client sends, in AMQP 0-9-1 or in PostgreSQL's protocol, however it is cut into
 * pieces. For a proxy that cuts within a chosen message; it changes no byte.
 */

/**
 * What a client sends that a cut can be aimed at: a whole publication (method, header, body), an acknowledgement, or the
 * statement that commits.
 */
export type AimedAt = 'publish' | 'ack' | 'commit';

/** A whole piece, and what it begins. */
export interface Piece {
  readonly bytes: Buffer;
  readonly begins: AimedAt | undefined;
}

export interface FrameReader {
  /** The length of the latest whole publication, all its frames together; 0 before the first, and for PostgreSQL. */
  readonly publishBytes: number;
  /** Whole pieces in order. What is not complete yet is kept back. */
  read(data: Buffer): Generator<Piece>;
}

const PROTOCOL_HEADER_BYTES = 8;
const FRAME_HEADER_BYTES = 7;
const METHOD_BYTES = 4;
const FRAME_METHOD = 1;
const FRAME_HEADER = 2;
const CLASS_BASIC = 60;
const METHODS: Readonly<Record<number, AimedAt>> = { 40: 'publish', 80: 'ack' };

/** What was not read yet. */
class Rest {
  #bytes: Buffer = Buffer.alloc(0);

  add(data: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? data : Buffer.concat([this.#bytes, data]);
  }

  /** The next so many bytes; undefined while there are fewer. */
  peek(length: number): Buffer | undefined {
    return this.#bytes.length < length ? undefined : this.#bytes.subarray(0, length);
  }

  take(length: number): Buffer | undefined {
    const taken = this.peek(length);
    if (taken !== undefined) this.#bytes = this.#bytes.subarray(length);
    return taken;
  }
}

export class AmqpFrames implements FrameReader {
  readonly #rest = new Rest();
  #greeted = false;
  /** Of the publication whose content is coming. */
  #publishBytes = 0;
  #contentLeft = 0;
  publishBytes = 0;

  *read(data: Buffer): Generator<Piece> {
    this.#rest.add(data);
    if (!this.#greeted) {
      const greeting = this.#rest.take(PROTOCOL_HEADER_BYTES);
      if (greeting === undefined) return;
      this.#greeted = true;
      yield { bytes: greeting, begins: undefined };
    }
    for (;;) {
      const header = this.#rest.peek(FRAME_HEADER_BYTES);
      const bytes = header && this.#rest.take(FRAME_HEADER_BYTES + header.readUInt32BE(3) + 1);
      if (bytes === undefined) return;
      yield { bytes, begins: this.#classify(bytes) };
    }
  }

  #classify(frame: Buffer): AimedAt | undefined {
    const type = frame.readUInt8(0);
    if (type === FRAME_METHOD && frame.length >= FRAME_HEADER_BYTES + METHOD_BYTES) {
      if (frame.readUInt16BE(FRAME_HEADER_BYTES) !== CLASS_BASIC) return undefined;
      const method = METHODS[frame.readUInt16BE(FRAME_HEADER_BYTES + 2)];
      if (method === 'publish') this.#publishBytes = frame.length;
      return method;
    }
    this.#publishBytes += frame.length;
    if (type === FRAME_HEADER) this.#contentLeft = Number(frame.readBigUInt64BE(FRAME_HEADER_BYTES + 4));
    else this.#contentLeft -= frame.length - FRAME_HEADER_BYTES - 1;
    if (this.#contentLeft === 0) this.publishBytes = this.#publishBytes;
    return undefined;
  }
}

const LENGTH_BYTES = 4;
/** A simple query that is nothing but COMMIT: type, length, text, NUL. */
const COMMIT = Buffer.from('Q\0\0\0\x0bCOMMIT\0', 'latin1');
export const COMMIT_BYTES = COMMIT.length;

export class PostgresMessages implements FrameReader {
  readonly #rest = new Rest();
  #greeted = false;
  readonly publishBytes = 0;

  *read(data: Buffer): Generator<Piece> {
    this.#rest.add(data);
    for (;;) {
      // The very first message has no type before its length.
      const typeBytes = this.#greeted ? 1 : 0;
      const header = this.#rest.peek(typeBytes + LENGTH_BYTES);
      const bytes = header && this.#rest.take(typeBytes + header.readUInt32BE(typeBytes));
      if (bytes === undefined) return;
      this.#greeted = true;
      yield { bytes, begins: bytes.equals(COMMIT) ? 'commit' : undefined };
    }
  }
}
