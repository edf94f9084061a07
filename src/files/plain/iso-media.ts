import { Budget, TooIntricate } from './budget.js';

/** Films, and photos of phones, in boxes of the ISO base media file format (ISO/IEC 14496-12; photos: ISO/IEC 23008-12). */
const IN_BOXES = /^(video\/(mp4|quicktime|x-m4v|3gpp2?)|audio\/(mp4|x-m4a)|image\/(avif|hei[cf](-sequence)?))$/;

/** The name of a box of XMP (XMP specification part 3, section 1.2.7). */
const XMP = 'be7acfcb97a942e89c71999491e3afac';
/** A kind of item, and of box, that nobody reads. */
const NOTHING = 'free';

interface Box {
  type: string;
  from: number;
  body: number;
  to: number;
}

interface Stretch {
  from: number;
  to: number;
}

interface Read {
  bytes: Buffer;
  budget: Budget;
}

/** A box ends before it says what it should: no program finds anything in the rest of it either. */
class EndsEarly extends Error {}

/** A whole number of so many bytes. */
function numberAt(bytes: Buffer, at: number, width: number): number {
  if (at + width > bytes.length || width > 8 || width === 7) throw new EndsEarly();
  if (width === 8) return Number(bytes.readBigUInt64BE(at));
  return width === 0 ? 0 : bytes.readUIntBE(at, width);
}

/** Whether {@link blankTraces} knows files of this type. */
export const isInBoxes = (type: string): boolean => IN_BOXES.test(type);

/**
 * Takes what says where, when, with what and by whom it was taken out of a film or photo, in place: nothing else of it changes, nor does its length. False where it
 * holds nothing of that kind. Bytes that are no such boxes are left as they are. Throws {@link TooIntricate} where that cannot be told within the budget.
 */
export function blankTraces(bytes: Buffer, budget = new Budget(bytes.length)): boolean {
  const read = { bytes, budget };
  const boxes = boxesIn(read, 0, bytes.length);
  const named = boxes.flatMap((box) => {
    if (box.type === 'moov') return ofFilm(read, box);
    return isXmp(bytes, box) ? [box] : [];
  });
  // All is read before anything is blanked: what is blanked may lie wherever the file says.
  const photos = boxes.filter(({ type }) => type === 'meta').map((box) => ofPhoto(read, box));
  for (const { from, body, to } of named) {
    bytes.write(NOTHING, from + 4, 'latin1');
    budget.blank(bytes, body, to);
  }
  for (const { kinds, places } of photos) {
    for (const { from, to } of places) budget.blank(bytes, from, Math.min(to, bytes.length));
    for (const at of kinds) bytes.write(NOTHING, at, 'latin1');
  }
  return named.length > 0 || photos.some(({ kinds }) => kinds.length > 0);
}

/** The boxes that stand side by side in a stretch, as far as they are whole. */
function boxesIn({ bytes, budget }: Read, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to;) {
    budget.step();
    const said = bytes.readUInt32BE(at);
    const isLong = said === 1;
    if (isLong && at + 16 > to) break;
    const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : said === 0 ? to - at : said;
    const head = isLong ? 16 : 8;
    if (size < head || at + size > to) break;
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), from: at, body: at + head, to: at + size });
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

/** Exif and XMP of a photo: where their items say so (they are nothing from then on), and where their bytes lie in the file. */
function ofPhoto(read: Read, meta: Box): { kinds: number[]; places: Stretch[] } {
  const boxes = new Map(boxesIn(read, meta.body + 4, meta.to).map((box) => [box.type, box]));
  const [infos, places, within] = ['iinf', 'iloc', 'idat'].map((type) => boxes.get(type));
  if (!infos) return { kinds: [], places: [] };
  const items = asFarAsItGoes(tracesAmong(read, infos));
  const ids = new Set(items.map(({ id }) => id));
  const found = places && ids.size > 0 ? asFarAsItGoes(extentsOf(read, places, ids, within?.body ?? 0)) : [];
  return {
    kinds: items.map(({ kindAt }) => kindAt),
    places: found.filter(({ from, to }) => from < to && from < read.bytes.length),
  };
}

function asFarAsItGoes<T>(parts: Iterable<T>): T[] {
  const found: T[] = [];
  try {
    for (const part of parts) found.push(part);
  } catch (error) {
    if (!(error instanceof EndsEarly)) throw error;
  }
  return found;
}

/** The items that are Exif or XMP (`iinf`, `infe`: ISO/IEC 14496-12, section 8.11.6). */
function* tracesAmong(read: Read, infos: Box): Iterable<{ id: number; kindAt: number }> {
  const { bytes } = read;
  const entries = boxesIn(read, infos.body + (numberAt(bytes, infos.body, 1) === 0 ? 6 : 8), infos.to);
  for (const { type, body } of entries) {
    const version = numberAt(bytes, body, 1);
    if (type !== 'infe' || version < 2) continue;
    const width = version === 2 ? 2 : 4;
    const kindAt = body + 6 + width;
    const kind = bytes.toString('latin1', kindAt, kindAt + 4);
    if (kind === 'Exif' || kind === 'mime') yield { id: numberAt(bytes, body + 4, width), kindAt };
  }
}

/**
 * Where items lie (`iloc`: ISO/IEC 14496-12, section 8.11.3). Extents of other items are passed over at once, however many there are. An item of these whose
 * place is said by what only makes readers slow (extents that take no bytes, "all there is", a place within another item) cannot be blanked: it is refused.
 */
function* extentsOf({ bytes, budget }: Read, places: Box, items: ReadonlySet<number>, within: number) {
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
  const width = indexSize + offsetSize + lengthSize;
  for (let left = next(idSize); left > 0; left -= 1) {
    budget.step();
    const isTrace = items.has(next(idSize));
    const method = version > 0 ? next(2) & 15 : 0;
    next(2);
    const base = next(baseSize) + (method === 1 ? within : 0);
    const extents = next(2);
    if (width === 0 && extents > 1) throw new TooIntricate();
    if (!isTrace) {
      at += width * extents;
      continue;
    }
    for (let extent = 0; extent < extents; extent += 1) {
      budget.step();
      next(indexSize);
      const from = base + next(offsetSize);
      const length = next(lengthSize);
      if (length === 0 || method > 1) throw new TooIntricate();
      yield { from, to: from + length };
    }
  }
}
