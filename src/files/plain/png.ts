import { crc32 } from 'node:zlib';
import { type Budget, NotReadable } from './budget.js';
import { Kept } from './kept.js';
import { exifOf, orientationIn } from './orientation.js';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** What may be left away and is not: it says how points look, how large they are, or moves them (PNG third edition, section 11.3). */
const DRAWN = new Set('tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '));
const isCritical = (type: string) => /^[A-Z]/.test(type);

/**
 * A PNG, moving or not, of what its points are made of, its colours and how it lies. All else is left away: words, times, Exif, chunks that programs made up, and
 * whatever follows its end. Null for one that holds nothing else.
 */
export function plainPng(bytes: Buffer, budget: Budget): Buffer | null {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new NotReadable();
  const kept = new Kept(bytes);
  kept.keep(0, 8);
  let lies: number | null = null;
  for (let at = 8; at + 12 <= bytes.length;) {
    budget.step();
    const type = bytes.toString('latin1', at + 4, at + 8);
    const to = at + 12 + bytes.readUInt32BE(at);
    if (isCritical(type) || DRAWN.has(type)) kept.keep(at, Math.min(to, bytes.length));
    else if (type === 'eXIf' && lies === null && to <= bytes.length) {
      lies = orientationIn(bytes.subarray(at + 8, to - 4));
      if (lies !== null) kept.add(chunk(type, exifOf(lies)));
    }
    if (type === 'IEND') break;
    at = to;
  }
  return kept.all();
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
