import { type Budget, NotReadable } from './budget.js';
import { Kept } from './kept.js';
import { exifOf, orientationIn, withPrefix } from './orientation.js';

const [MARK, START, END, SCAN] = [0xff, 0xd8, 0xd9, 0xda];
const [JFIF, EXIF, COLOURS, ADOBE] = [0xe0, 0xe1, 0xe2, 0xee];
/** The two bytes of a marker, two of a length, `JFIF\0`, version, unit and two densities: what comes after is a small picture. */
const JFIF_BYTES = 18;

/** Restarts, and a byte that was stuffed into a scan, belong to what is drawn. So do frames, tables, scans and intervals. */
const isWithinScan = (mark: number) => mark === 0 || (mark >= 0xd0 && mark <= 0xd7);
const isDrawn = (mark: number) => (mark >= 0xc0 && mark <= 0xcf && mark !== 0xc8) || (mark >= SCAN && mark <= 0xdf);

/**
 * A JPEG (ITU-T T.81, annex B) of what its points are made of: frames, tables and scans, its colours (JFIF, Adobe, ICC) and how it lies. All else is left away:
 * Exif, XMP, IPTC, comments, small pictures within, and whatever follows its end. Null for one that holds nothing else.
 */
export function plainJpeg(bytes: Buffer, budget: Budget): Buffer | null {
  if (bytes.length < 4 || bytes[0] !== MARK || bytes[1] !== START) throw new NotReadable();
  const kept = new Kept(bytes);
  kept.keep(0, 2);
  let lies: number | null = null;
  for (let at = nextMark(bytes, 2); at < bytes.length; at = nextMark(bytes, at)) {
    budget.step();
    const mark = bytes[at + 1] as number;
    if (mark === END) {
      kept.keep(at, at + 2);
      break;
    }
    if (isWithinScan(mark) || mark === 1) {
      at += 2;
      continue;
    }
    const to = at + 4 <= bytes.length ? at + 2 + bytes.readUInt16BE(at + 2) : Infinity;
    if (mark === START || to < at + 4) throw new NotReadable();
    if (to > bytes.length) break;
    const says = (words: string) => bytes.toString('latin1', at + 4, at + 4 + words.length) === words;
    if (mark === JFIF && says('JFIF\0') && to - at >= JFIF_BYTES) {
      if (to - at === JFIF_BYTES && bytes.readUInt16BE(at + 16) === 0) kept.keep(at, to);
      else kept.add(withoutPicture(bytes.subarray(at, at + JFIF_BYTES)));
    } else if (mark === EXIF && lies === null && says('Exif\0\0')) {
      lies = orientationIn(bytes.subarray(at + 4, to));
      if (lies !== null) kept.add(segment(EXIF, withPrefix(exifOf(lies))));
    } else if (isDrawn(mark) || (mark === COLOURS && says('ICC_PROFILE\0')) || (mark === ADOBE && says('Adobe'))) {
      const end = mark === SCAN ? endOfScan(bytes, to) : to;
      kept.keep(at, end);
      at = end;
      continue;
    }
    at = to;
  }
  return kept.all();
}

/** Where the next marker begins; what stands before it is read by nobody. */
function nextMark(bytes: Buffer, from: number): number {
  const last = bytes.length - 1;
  for (let at = from; at < last; at += 1) {
    if (bytes[at] === MARK && bytes[at + 1] !== MARK && bytes[at + 1] !== 0) return at;
  }
  return bytes.length;
}

function endOfScan(bytes: Buffer, from: number): number {
  for (let at = nextMark(bytes, from); ; at = nextMark(bytes, at + 2))
    if (at >= bytes.length || !isWithinScan(bytes[at + 1] as number)) return at;
}

function segment(mark: number, body: Buffer): Buffer {
  const head = Buffer.from([MARK, mark, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

function withoutPicture(jfif: Buffer): Buffer {
  const plain = Buffer.from(jfif);
  plain.writeUInt16BE(JFIF_BYTES - 2, 2);
  plain.writeUInt16BE(0, 16);
  return plain;
}
