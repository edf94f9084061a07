import { type Budget, NotReadable, TooIntricate } from './budget.js';

/** Words, makers, programs, times, people, rights; XMP, IPTC, what Photoshop adds; Exif, and where it was taken (TIFF 6.0, section 8; CIPA DC-008). */
const SAID = new Set([
  ...[269, 270, 271, 272, 285, 305, 306, 315, 316, 33432, 700, 33723, 34377, 37724, 34665, 34853, 40965, 37500],
  // What Windows adds: title, comment, author, keywords, subject.
  ...[40091, 40092, 40093, 40094, 40095],
]);
/** Fields that lead to further fields: of these what is said, of those a further image. */
const [EXIF, PLACE, INTEROPERABILITY, WITHIN] = [34665, 34853, 40965, 330];
/** How many bytes one value of each type takes (TIFF 6.0, section 2; BigTIFF adds 16 to 18). */
const WIDTHS = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
const MOST_DEPTH = 4;

interface Field {
  tag: number;
  at: number;
  /** Its value, in the field itself or where that says. */
  from: number;
  to: number;
  count: number;
}

interface Fields {
  at: number;
  first: number;
  all: Field[];
  /** Where it is said which fields come next. */
  next: number;
}

/**
 * A TIFF (also a large one), in place: the fields that say where, when, with what and by whom it was taken are taken out, and their values blanked. Nothing of its
 * points moves. Null for one that says nothing.
 */
export function plainTiff(bytes: Buffer, budget: Budget): Buffer | null {
  const reader = new Reader(bytes);
  let found = 0;
  const seen = new Set<number>();
  const take = (at: number, depth: number, isSaid: boolean): void => {
    for (let next = at; next !== 0 && !seen.has(next);) {
      budget.step();
      seen.add(next);
      const fields = reader.fieldsAt(next, budget);
      if (!fields) return;
      const inner = fields.all.filter(({ tag }) => [EXIF, PLACE, INTEROPERABILITY, WITHIN].includes(tag));
      if (inner.length > 0 && depth >= MOST_DEPTH) throw new TooIntricate();
      for (const field of inner)
        for (const place of reader.placesIn(field, budget)) take(place, depth + 1, isSaid || field.tag !== WITHIN);
      // All fields of Exif go, with the list of them.
      const gone = fields.all.filter(({ tag }) => isSaid || SAID.has(tag));
      found += gone.length;
      for (const { from, to } of gone) budget.blank(bytes, from, Math.min(to, bytes.length));
      const after = reader.numberAt(fields.next, reader.wide);
      if (isSaid) budget.blank(bytes, fields.at, Math.min(fields.next, bytes.length));
      else if (gone.length > 0) reader.leaveOut(fields, new Set(gone));
      next = isSaid ? 0 : after;
    }
  };
  take(reader.first, 0, false);
  return found > 0 ? bytes : null;
}

/** Reads numbers as this file writes them. */
class Reader {
  private readonly isLittle: boolean;
  /** How wide offsets are, and how wide the number of fields. */
  readonly wide: number;
  private readonly counts: number;

  constructor(private readonly bytes: Buffer) {
    const order = bytes.toString('latin1', 0, 2);
    if ((order !== 'II' && order !== 'MM') || bytes.length < 16) throw new NotReadable();
    this.isLittle = order === 'II';
    const version = this.numberAt(2, 2);
    if (version !== 42 && version !== 43) throw new NotReadable();
    this.wide = version === 42 ? 4 : 8;
    this.counts = version === 42 ? 2 : 8;
  }

  get first(): number {
    return this.numberAt(this.wide === 4 ? 4 : 8, this.wide);
  }

  /** 0 for what lies outside. */
  numberAt(at: number, width: number): number {
    if (at + width > this.bytes.length) return 0;
    if (width === 8) return Number(this.isLittle ? this.bytes.readBigUInt64LE(at) : this.bytes.readBigUInt64BE(at));
    return this.isLittle ? this.bytes.readUIntLE(at, width) : this.bytes.readUIntBE(at, width);
  }

  fieldsAt(at: number, budget: Budget): Fields | null {
    const [first, size] = [at + this.counts, 4 + 2 * this.wide];
    const next = first + this.numberAt(at, this.counts) * size;
    if (next > this.bytes.length) return null;
    const all: Field[] = [];
    for (let one = first; one < next; one += size) {
      budget.step();
      const count = this.numberAt(one + 4, this.wide);
      const length = count * (WIDTHS[this.numberAt(one + 2, 2)] ?? 1);
      const inside = one + 4 + this.wide;
      const from = length <= this.wide ? inside : this.numberAt(inside, this.wide);
      all.push({ tag: this.numberAt(one, 2), at: one, from, to: from + length, count });
    }
    return { at, first, all, next };
  }

  /** Where further fields lie, as a field says. */
  *placesIn({ from, to, count }: Field, budget: Budget): Iterable<number> {
    const width = count > 0 ? (to - from) / count : 0;
    if (width !== 4 && width !== 8) return;
    for (let at = from; at + width <= Math.min(to, this.bytes.length); at += width) {
      budget.step();
      yield this.numberAt(at, width);
    }
  }

  /** The fields that stay move up, with the place of the next ones; their values stay where they are. */
  leaveOut({ at, first, all, next }: Fields, gone: ReadonlySet<Field>): void {
    const size = 4 + 2 * this.wide;
    let to = first;
    for (const field of all) {
      if (gone.has(field)) continue;
      this.bytes.copy(this.bytes, to, field.at, field.at + size);
      to += size;
    }
    this.bytes.copy(this.bytes, to, next, next + this.wide);
    this.bytes.fill(0, to + this.wide, Math.min(next + this.wide, this.bytes.length));
    const left = all.length - gone.size;
    if (this.counts === 8) {
      if (this.isLittle) this.bytes.writeBigUInt64LE(BigInt(left), at);
      else this.bytes.writeBigUInt64BE(BigInt(left), at);
    } else if (this.isLittle) this.bytes.writeUInt16LE(left, at);
    else this.bytes.writeUInt16BE(left, at);
  }
}
