/** Objects and lists in one file, and names in its objects. Each takes memory many times its bytes; no thread ends while it unfolds them, and many names of one object end the process. */
const MOST_OPENED = 1_000_000;
const MOST_NAMED = 1_000_000;

const [QUOTE, COLON, LIST, OBJECT] = [0x22, 0x3a, 0x5b, 0x7b];
const SPACES = new Set([0x09, 0x0a, 0x0d, 0x20]);

/** Whether more objects and lists begin in a JSON text, or have names, than are unfolded, as far as bytes say. */
export function opensTooMuch(bytes: Uint8Array): boolean {
  let [opened, named, before] = [0, 0, 0];
  for (const byte of bytes) {
    if (byte === OBJECT || byte === LIST) opened += 1;
    else if (byte === COLON && before === QUOTE) named += 1;
    if (!SPACES.has(byte)) before = byte;
  }
  return opened > MOST_OPENED || named > MOST_NAMED;
}
