/**
 * Keeps one message with strange headers from taking the connection down.
 *
 * RabbitMQ accepts header tables that are nested some thousand levels deep, and amqplib's decoder, which calls itself, runs
 * out of stack on them. That ends the connection and with it every consumer; the message is then delivered again, for ever,
 * and each round counts towards the delivery limit of all that was in flight with it. So where a content header can't be
 * decoded, its header table is cut out and it is decoded again: the body, user_id, message_id and the rest stay, and only
 * what would have stood in `headers` is lost.
 *
 * It reaches into amqplib's connection (`recvFrame`, `rest`), which is why amqplib is pinned exactly;
 * test/assumptions/amqplib.test.ts fails when that has changed.
 */

const FRAME_HEADER_BYTES = 7;
const FRAME_TYPE_CONTENT_HEADER = 2;
/** Frame header, then class id, weight and body size; the property flags come next. */
const FLAGS_AT = FRAME_HEADER_BYTES + 12;
const FRAME_END = 0xce;
const FLAG_CONTENT_TYPE = 0x8000;
const FLAG_CONTENT_ENCODING = 0x4000;
const FLAG_HEADERS = 0x2000;

function isWholeContentHeader(frame: Buffer): boolean {
  return (
    frame.length >= FLAGS_AT + 3 &&
    frame.readUInt8(0) === FRAME_TYPE_CONTENT_HEADER &&
    frame.length === FRAME_HEADER_BYTES + frame.readUInt32BE(3) + 1 &&
    frame.at(-1) === FRAME_END
  );
}

/** The frame without its header table; undefined where it is no whole content header with one. */
export function withoutHeaderTable(frame: Buffer): Buffer | undefined {
  if (!isWholeContentHeader(frame)) {
    return undefined;
  }
  const flags = frame.readUInt16BE(FLAGS_AT);
  if ((flags & FLAG_HEADERS) === 0) {
    return undefined;
  }
  let tableAt = FLAGS_AT + 2;
  for (const flag of [FLAG_CONTENT_TYPE, FLAG_CONTENT_ENCODING]) {
    if ((flags & flag) !== 0) {
      tableAt += 1 + frame.readUInt8(tableAt);
    }
  }
  const afterTable = tableAt + 4 + frame.readUInt32BE(tableAt);
  const cut = Buffer.concat([frame.subarray(0, tableAt), frame.subarray(afterTable)]);
  cut.writeUInt32BE(cut.length - FRAME_HEADER_BYTES - 1, 3);
  cut.writeUInt16BE(flags & ~FLAG_HEADERS, FLAGS_AT);
  return cut;
}

/**
 * Guards one connection of amqplib, from right after it was opened.
 * @param onCut called each time a header table was cut out.
 * @returns false where amqplib is not built as expected; nothing is changed then.
 */
export function guardHeaderDecoding(connection: object, onCut: () => void): boolean {
  const receiveFrame: unknown = Reflect.get(connection, 'recvFrame');
  if (typeof receiveFrame !== 'function' || !Buffer.isBuffer(Reflect.get(connection, 'rest'))) {
    return false;
  }
  const guarded = (): unknown => {
    // amqplib moves `rest` past the frame before it decodes it, so the difference is the frame that could not be decoded.
    const before: unknown = Reflect.get(connection, 'rest');
    try {
      return Reflect.apply(receiveFrame, connection, []);
    } catch (error) {
      const after: unknown = Reflect.get(connection, 'rest');
      if (!Buffer.isBuffer(before) || !Buffer.isBuffer(after) || after.length >= before.length) {
        throw error;
      }
      const cut = withoutHeaderTable(before.subarray(0, before.length - after.length));
      if (cut === undefined) {
        throw error;
      }
      Reflect.set(connection, 'rest', Buffer.concat([cut, after]));
      onCut();
      return Reflect.apply(receiveFrame, connection, []);
    }
  };
  return Reflect.set(connection, 'recvFrame', guarded);
}
