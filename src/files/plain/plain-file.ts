import { readFile, stat, writeFile } from 'node:fs/promises';
import { OCTETS } from '../file-kinds.js';
import { Budget, NotReadable, TooIntricate } from './budget.js';
import { plainGif } from './gif.js';
import { blankTraces, isInBoxes } from './iso-media.js';
import { plainJpeg } from './jpeg.js';
import { plainPng } from './png.js';
import { plainTiff } from './tiff.js';
import { plainWebp } from './webp.js';

/** What a file is, by its content, and how many bytes it has once it says nothing of itself; or why it is not taken. */
export type Seen = { type: string; size: number } | { problem: 'not_an_image' | 'too_intricate' };

/** The bytes of one without what it says of itself; null for one that says nothing. */
type Plain = (bytes: Buffer, budget: Budget) => Buffer | null;

const BY_TYPE = new Map<string, Plain>([
  ['image/jpeg', plainJpeg],
  ['image/png', plainPng],
  ['image/apng', plainPng],
  ['image/webp', plainWebp],
  ['image/gif', plainGif],
  ['image/tiff', plainTiff],
]);
const inBoxes: Plain = (bytes, budget) => (blankTraces(bytes, budget) ? bytes : null);

const hasWords = (type: string) => isInBoxes(type) || BY_TYPE.has(type);

/** Runs on a thread. Tells what a file is, and takes out of it, where it lies, what it says of itself (see {@link plainOf}). */
export async function plainFile(path: string): Promise<Seen> {
  const type = await typeOf(path);
  try {
    const plain = hasWords(type) ? plainOf(type, await readFile(path)) : null;
    if (plain) await writeFile(path, plain);
    return { type, size: (await stat(path)).size };
  } catch (error) {
    if (error instanceof TooIntricate) return { problem: 'too_intricate' };
    if (error instanceof NotReadable || error instanceof RangeError) return { problem: 'not_an_image' };
    throw error;
  }
}

/**
 * A photo, film or sound without what says where, when, with what and by whom it was taken; null where it says nothing, and for what we know no such words of.
 * Its points and sounds stay bit for bit: only the container is written anew. What is built so that this cannot be told within the budget is refused, not kept as a
 * download: whoever built it so is the only one who knows what it says. Throws {@link TooIntricate}, {@link NotReadable}.
 */
export function plainOf(type: string, bytes: Buffer): Buffer | null {
  const plain = isInBoxes(type) ? inBoxes : BY_TYPE.get(type);
  return plain ? plain(bytes, new Budget(bytes.length)) : null;
}

/** A file that its parser cannot make sense of is a file all the same. */
async function typeOf(path: string): Promise<string> {
  const found = await (await import('file-type')).fileTypeFromFile(path).catch(() => undefined);
  return found?.mime ?? OCTETS;
}
