import { readFile, writeFile } from 'node:fs/promises';

/** Films, and photos of phones, in boxes of the ISO base media file format (ISO/IEC 14496-12; photos: ISO/IEC 23008-12). */
const IN_BOXES = /^(video\/(mp4|quicktime)|audio\/(mp4|x-m4a)|image\/hei[cf](-sequence)?)$/;

/** What is looked at of one file at most: beyond that it is made to be slow, and by who alone would be named in it. */
const MAX_BOXES = 10_000;
const MAX_EXTENTS = 100;
/** The name of a box of XMP (XMP specification part 3, section 1.2.7). */
const XMP = 'be7acfcb97a942e89c71999491e3afac';

interface Box {
  type: string;
  from: number;
  body: number;
  to: number;
}

/** A file as bytes, with how many boxes of it may still be read. */
interface Read {
  bytes: Buffer;
  left: number;
}

/** A box ends before it says what it should: no program finds anything in it either. */
class EndsEarly extends Error {}

/** A whole number of so many bytes. */
function numberAt(bytes: Buffer, at: number, width: number): number {
  if (at + width > bytes.length || width > 8 || width === 7) throw new EndsEarly();
  if (width === 8) return Number(bytes.readBigUInt64BE(at));
  return width === 0 ? 0 : bytes.readUIntBE(at, width);
}

/** Whether {@link forgetWhere} knows files of this type. */
export const isInBoxes = (type: string): boolean => IN_BOXES.test(type);

/** Takes what says where, when, with what and by whom it was taken out of a film or photo on disk. Nothing else of it changes, nor does its length. */
export async function forgetWhere(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (blankTraces(bytes)) await writeFile(path, bytes);
}

/** The same for bytes, in place. False where they hold nothing of that kind. Bytes that are no such boxes are left as they are. */
export function blankTraces(bytes: Buffer): boolean {
  const read = { bytes, left: MAX_BOXES };
  let found = false;
  for (const box of boxesIn(read, 0, bytes.length)) {
    const traces = box.type === 'moov' ? ofFilm(read, box) : isXmp(bytes, box) ? [box] : [];
    for (const { from, body, to } of traces) {
      bytes.write('free', from + 4, 'latin1');
      bytes.fill(0, body, to);
      found = true;
    }
    if (box.type !== 'meta') continue;
    for (const { from, to } of ofPhoto(read, box)) {
      bytes.fill(0, from, to);
      found = true;
    }
  }
  return found;
}

/** The boxes that stand side by side in a stretch, as far as they are whole. */
function boxesIn(read: Read, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to && read.left > 0; read.left -= 1) {
    const said = read.bytes.readUInt32BE(at);
    const isLong = said === 1;
    if (isLong && at + 16 > to) break;
    const size = isLong ? Number(read.bytes.readBigUInt64BE(at + 8)) : said === 0 ? to - at : said;
    const head = isLong ? 16 : 8;
    if (size < head || at + size > to) break;
    boxes.push({ type: read.bytes.toString('latin1', at + 4, at + 8), from: at, body: at + head, to: at + size });
    at += size;
  }
  return boxes;
}

/** What people and their devices say of a film and of its tracks. Nothing plays by it. */
function ofFilm(read: Read, film: Box): Box[] {
  const parts = boxesIn(read, film.body, film.to);
  const tracks = parts.filter(({ type }) => type === 'trak').flatMap(({ body, to }) => boxesIn(read, body, to));
  return [...parts, ...tracks].filter(({ type }) => type === 'udta' || type === 'meta');
}

const isXmp = (bytes: Buffer, { type, body, to }: Box) =>
  type === 'uuid' && body + 16 <= to && bytes.toString('hex', body, body + 16) === XMP;

/** Where Exif and XMP of a photo lie in its file. */
function ofPhoto(read: Read, meta: Box): { from: number; to: number }[] {
  try {
    const boxes = new Map(boxesIn(read, meta.body + 4, meta.to).map((box) => [box.type, box]));
    const [infos, places, within] = ['iinf', 'iloc', 'idat'].map((type) => boxes.get(type));
    if (!infos || !places) return [];
    const items = tracesAmong(read, infos);
    return extentsOf(read.bytes, places, items, within?.body ?? 0).filter(
      ({ from, to }) => from < to && to <= read.bytes.length,
    );
  } catch (error) {
    if (error instanceof EndsEarly) return [];
    throw error;
  }
}

/** The ids of the items that are Exif or XMP (`iinf`, `infe`: ISO/IEC 14496-12, section 8.11.6). */
function tracesAmong(read: Read, infos: Box): Set<number> {
  const { bytes } = read;
  const entries = boxesIn(read, infos.body + (numberAt(bytes, infos.body, 1) === 0 ? 6 : 8), infos.to);
  const ids = entries.flatMap(({ type, body }) => {
    const version = numberAt(bytes, body, 1);
    if (type !== 'infe' || version < 2) return [];
    const width = version === 2 ? 2 : 4;
    const kind = bytes.toString('latin1', body + 6 + width, body + 10 + width);
    return kind === 'Exif' || kind === 'mime' ? [numberAt(bytes, body + 4, width)] : [];
  });
  return new Set(ids);
}

/** Where items lie (`iloc`: ISO/IEC 14496-12, section 8.11.3). */
function extentsOf(bytes: Buffer, places: Box, items: ReadonlySet<number>, within: number) {
  let at = places.body;
  const next = (width: number): number => {
    if (at + width > places.to) throw new EndsEarly();
    at += width;
    return numberAt(bytes, at - width, width);
  };
  const version = next(1);
  next(3);
  const [sizes, more] = [next(1), next(1)];
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, more >> 4];
  const indexSize = version === 0 ? 0 : more & 15;
  const idSize = version < 2 ? 2 : 4;
  const found: { from: number; to: number }[] = [];
  for (let left = next(idSize); left > 0 && found.length < MAX_EXTENTS; left -= 1) {
    const isTrace = items.has(next(idSize));
    const isWithin = version > 0 && (next(2) & 15) === 1;
    next(2);
    const base = next(baseSize) + (isWithin ? within : 0);
    for (let extents = next(2); extents > 0; extents -= 1) {
      next(indexSize);
      const from = base + next(offsetSize);
      const length = next(lengthSize);
      if (isTrace && found.length < MAX_EXTENTS) found.push({ from, to: from + length });
    }
  }
  return found;
}
