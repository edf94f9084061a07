const MAX_DEPTH = 64;
const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const COMMA = 0x2c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * Whether arrays and objects stand deeper in each other than {@link MAX_DEPTH}, or there are more values than `most` (RFC 8259, section 9: an implementation may set
 * limits on that). Each value but the first of all stands behind a comma or is the first of an array or object, with its name or without.
 */
export function isTooMuch(bytes: Buffer, most: number): boolean {
  let depth = 0;
  let values = 1;
  let isWithinString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isWithinString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isWithinString = false;
    } else if (byte === QUOTE) isWithinString = true;
    else if (byte === COMMA) values += 1;
    else if (OPENING.has(byte)) {
      depth += 1;
      values += 1;
    } else if (CLOSING.has(byte)) depth -= 1;
    if (depth > MAX_DEPTH || values > most) return true;
  }
  return false;
}
