import { type Budget, NotReadable } from './budget.js';
import { Kept } from './kept.js';
import { exifOf, orientationIn } from './orientation.js';

const DRAWN = new Set(['VP8 ', 'VP8L', 'ICCP', 'ANIM', 'ANMF', 'ALPH']);
/** What the head of an extended file promises (RFC 9649, section 2.7.1.1). */
const [HAS_EXIF, HAS_XMP] = [0x08, 0x04];
const HEAD_BYTES = 18;

/**
 * A WebP (RFC 9649) of what its points are made of, its colours and how it lies. Exif, XMP, chunks that programs made up and whatever follows its end are left
 * away. Null for one that holds nothing else.
 */
export function plainWebp(bytes: Buffer, budget: Budget): Buffer | null {
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  if (!isWebp || bytes.length < 20) throw new NotReadable();
  const end = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  const chunks = [...chunksIn(bytes, end, budget)];
  const exif = chunks.find(({ type }) => type === 'EXIF');
  const lies = exif ? orientationIn(bytes.subarray(exif.at + 8, exif.to)) : null;
  const kept = new Kept(bytes);
  kept.keep(0, 12);
  for (const one of chunks) {
    const { type, at, to } = one;
    if (type === 'VP8X' && to - at >= HEAD_BYTES) kept.add(headOf(bytes.subarray(at, to), lies !== null));
    else if (DRAWN.has(type)) kept.keep(at, to);
    else if (one === exif && lies !== null) kept.add(chunk(type, exifOf(lies)));
  }
  const all = kept.all();
  if (!all) return null;
  all.writeUInt32LE(all.length - 8, 4);
  return all.equals(bytes) ? null : all;
}

function headOf(chunk: Buffer, hasExif: boolean): Buffer {
  const head = Buffer.from(chunk);
  const flags = head[8] as number;
  head[8] = (flags & ~(HAS_EXIF | HAS_XMP)) | (hasExif ? HAS_EXIF : 0);
  return head;
}

function* chunksIn(bytes: Buffer, end: number, budget: Budget) {
  for (let at = 12; at + 8 <= end;) {
    budget.step();
    const size = bytes.readUInt32LE(at + 4);
    const to = Math.min(end, at + 8 + size + (size & 1));
    yield { type: bytes.toString('latin1', at, at + 4), at, to };
    at = to;
  }
}

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}
