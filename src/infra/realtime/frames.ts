/** `4` is a message of Engine.IO 4, `2` an event of Socket.IO 5 in the main namespace. */
const EVENT = '42';
const WHOLE_TEXT = 0x81;

/**
 * Some events as websocket frames (RFC 6455, section 5.2), one after the other: encoded once for all sockets, and one write for
 * each of them, however many events there are.
 */
export function framesOf(events: readonly { event: string; payload: unknown }[]): Buffer {
  return Buffer.concat(
    events.flatMap(({ event, payload }) => {
      const text = Buffer.from(EVENT + JSON.stringify([event, payload]));
      return [header(text.length), text];
    }),
  );
}

function header(length: number): Buffer {
  if (length < 126) return Buffer.from([WHOLE_TEXT, length]);
  if (length < 65_536) return Buffer.from([WHOLE_TEXT, 126, length >> 8, length & 255]);
  const long = Buffer.alloc(10);
  long[0] = WHOLE_TEXT;
  long[1] = 127;
  long.writeBigUInt64BE(BigInt(length), 2);
  return long;
}
