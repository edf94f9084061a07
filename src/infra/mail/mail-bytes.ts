/** The largest mail that is taken in. */
export const MAX_BYTES = 2 * 1024 * 1024;
/** Who sends so much more does not look at what we take, and would not read a refusal. */
const HOPELESS_BYTES = 8 * MAX_BYTES;
/** A line that begins with a dot comes as a piece of its own (RFC 5321, section 4.5.2): more of them than a person's mail has lines. */
const MAX_PIECES = 50_000;
const FIRST_BYTES = 64 * 1024;

/**
 * All bytes of a mail in one buffer, however many pieces they come in: a piece that is kept by itself costs far more than its bytes. Null when it is too much; it is
 * read to its end all the same, so that the other side hears why, unless it is hopeless: then `cut` is called, and nothing more is read.
 */
export async function bytesOf(stream: AsyncIterable<Buffer>, cut: () => void): Promise<Buffer | null> {
  let kept: Buffer = Buffer.allocUnsafe(FIRST_BYTES);
  let [bytes, pieces] = [0, 0];
  for await (const piece of stream) {
    pieces += 1;
    const begin = bytes;
    bytes += piece.length;
    if (bytes > HOPELESS_BYTES || pieces > MAX_PIECES) {
      cut();
      return null;
    }
    if (bytes > MAX_BYTES) {
      kept = Buffer.alloc(0);
      continue;
    }
    if (bytes > kept.length) kept = grown(kept, bytes);
    piece.copy(kept, begin);
  }
  return bytes <= MAX_BYTES ? kept.subarray(0, bytes) : null;
}

/** Twice as large, so that few bytes are copied often. */
function grown(kept: Buffer, needed: number): Buffer {
  const larger = Buffer.allocUnsafe(Math.min(MAX_BYTES, Math.max(needed, 2 * kept.length)));
  kept.copy(larger);
  return larger;
}
