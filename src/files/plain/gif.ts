import { type Budget, NotReadable } from './budget.js';
import { Kept } from './kept.js';

const [EXTENSION, IMAGE, END] = [0x21, 0x2c, 0x3b];
const [COMMENT, PROGRAM] = [0xfe, 0xff];
/** Programs whose words are about moving and colours. */
const DRAWN = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);

/**
 * A GIF (GIF89a) of its images, how they move, and their colours. Comments, XMP, what else programs wrote into it and whatever follows its end are left away. Null
 * for one that holds nothing else.
 */
export function plainGif(bytes: Buffer, budget: Budget): Buffer | null {
  if (bytes.length < 13 || bytes.toString('latin1', 0, 3) !== 'GIF') throw new NotReadable();
  const kept = new Kept(bytes);
  let at = 13 + tableBytes(bytes[10] as number);
  kept.keep(0, Math.min(at, bytes.length));
  while (at < bytes.length) {
    const from = at;
    const kind = bytes[at];
    if (kind === END) {
      kept.keep(from, from + 1);
      break;
    }
    if (kind === EXTENSION) {
      at = endOfBlocks(bytes, from + 2, budget);
      if (isDrawn(bytes, from)) kept.keep(from, at);
    } else if (kind === IMAGE && from + 10 < bytes.length) {
      at = endOfBlocks(bytes, from + 11 + tableBytes(bytes[from + 9] as number), budget);
      kept.keep(from, at);
    } else break;
  }
  return kept.all();
}

/** How many bytes a table of colours takes, by the flags that say whether there is one. */
const tableBytes = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

function isDrawn(bytes: Buffer, at: number): boolean {
  if (bytes[at + 1] === COMMENT) return false;
  return bytes[at + 1] !== PROGRAM || DRAWN.has(bytes.toString('latin1', at + 3, at + 14));
}

/** Blocks follow each other, each after its length, until one of none. */
function endOfBlocks(bytes: Buffer, from: number, budget: Budget): number {
  for (let at = from; at < bytes.length;) {
    budget.step();
    const length = bytes[at] as number;
    at += 1 + length;
    if (length === 0) return at;
  }
  return bytes.length;
}
