/** Objects and lists in one file. Each takes memory many times its bytes, and no thread ends while it unfolds them. */
const MOST_OPENED = 1_000_000;

/** Whether more objects and lists begin in a JSON text than are unfolded, as far as bytes say. */
export function opensTooMuch(bytes: Uint8Array): boolean {
  let count = 0;
  for (const byte of bytes) if (byte === 0x7b || byte === 0x5b) count += 1;
  return count > MOST_OPENED;
}
