import fc from 'fast-check';
import { TooIntricate } from './budget.js';
import { blankTraces, isInBoxes } from './iso-media.js';

const box = (type: string, ...parts: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};
const bytes = (...values: number[]) => Buffer.from(values);
const PLACE = '+48.8577+002.295/';
const XMP = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');

/** A photo of a phone: its Exif lies at the end of the file, where `iloc` says; its XMP within `idat`. */
function photo(): Buffer {
  const item = (id: number, type: string) => box('infe', bytes(2, 0, 0, 0, 0, id, 0, 0), type, 'name\0');
  const infos = box('iinf', bytes(0, 0, 0, 0, 0, 3), item(1, 'hvc1'), item(2, 'Exif'), item(3, 'mime'));
  const extent = (id: number, method: number, offset: number, length: number) =>
    bytes(0, id, 0, method, 0, 0, 0, 1, 0, 0, offset >> 8, offset & 255, 0, 0, 0, length);
  const placed = (at: number) =>
    box('iloc', bytes(1, 0, 0, 0, 0x44, 0, 0, 3), extent(1, 0, at, 5), extent(2, 0, at + 5, 17), extent(3, 1, 0, 17));
  const made = (at: number) =>
    Buffer.concat([
      box('ftyp', 'heic'),
      box('meta', bytes(0, 0, 0, 0), infos, placed(at), box('idat', PLACE)),
      box('mdat', 'photo', PLACE),
    ]);
  return made(made(0).length - 22);
}

describe('what a film or photo in boxes says of where it was taken', () => {
  it.each([
    [
      'a film',
      [box('ftyp', 'isom'), box('moov', box('mvhd', 'times'), box('udta', box('©xyz', PLACE))), box('mdat', 'frames')],
    ],
    [
      'a film of a phone',
      [
        box('ftyp', 'qt  '),
        box('mdat', 'frames'),
        box('moov', box('meta', PLACE), box('trak', box('tkhd', 'track'), box('meta', PLACE))),
      ],
    ],
    [
      'a film with XMP',
      [box('ftyp', 'isom'), box('uuid', XMP, PLACE), box('moov', box('mvhd', 'times')), box('mdat', 'frames')],
    ],
    ['a photo', [photo()]],
  ])('given %s, then that is blanked, and all else stays where it is', (_, parts) => {
    const before = Buffer.concat(parts);
    const after = Buffer.from(before);
    expect(before.includes(PLACE)).toBe(true);
    expect(blankTraces(after)).toBe(true);
    expect(after.includes(PLACE)).toBe(false);
    expect(after).toHaveLength(before.length);
    for (const kept of ['mvhd', 'times', 'frames', 'tkhd', 'track', 'photo', 'hvc1'])
      expect([kept, after.indexOf(kept)]).toEqual([kept, before.indexOf(kept)]);
    expect(blankTraces(Buffer.from(after)) && after.includes(PLACE)).toBe(false);
  });

  it('given one that says nothing, then it is left as it is', () => {
    const film = Buffer.concat([
      box('ftyp', 'isom'),
      box('moov', box('mvhd', 'times')),
      box('uuid', 'of another kind.'),
    ]);
    const after = Buffer.from(film);
    expect(blankTraces(after)).toBe(false);
    expect(after.equals(film)).toBe(true);
  });

  it('given bytes that end anywhere, or are made up, then they are refused, or blanked in their length', () => {
    const whole = photo();
    const look = (file: Buffer) => {
      try {
        blankTraces(file);
      } catch (error) {
        if (!(error instanceof TooIntricate)) throw error;
      }
    };
    for (let end = 0; end <= whole.length; end += 1) blankTraces(Buffer.from(whole.subarray(0, end)));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const broken = Buffer.from(whole);
        for (const [at, value] of changes) broken[at] = value;
        look(broken);
        return broken.length === whole.length;
      }),
      { numRuns: 2000 },
    );
  });

  it('knows by type what it can read', () => {
    const known = ['video/mp4', 'video/quicktime', 'audio/x-m4a', 'image/heic', 'image/avif', 'video/3gpp'];
    expect(known.map(isInBoxes)).toEqual(Array(6).fill(true));
    expect(['image/jpeg', 'application/pdf', 'video/webm'].map(isInBoxes)).toEqual(Array(3).fill(false));
  });
});

describe('a file that is made to be slow', () => {
  const items = box('iinf', bytes(0, 0, 0, 0, 0, 1), box('infe', bytes(2, 0, 0, 0, 0, 1, 0, 0), 'Exif'));
  const metaOf = (...parts: Buffer[]) => box('meta', bytes(0, 0, 0, 0), ...parts);
  /** `iloc` of 32-bit counts, of items that say they have 65,535 extents each, without a byte for one. */
  const widthless = (count: number) => {
    const item = bytes(0, 0, 0, 2, 0, 0, 0, 0, 255, 255);
    const head = bytes(2, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    head.writeUInt32BE(count, 6);
    return box('iloc', head, Buffer.alloc(count * item.length, item));
  };
  const placedAt = (method: number, ...extents: [number, number][]) => {
    const said = Buffer.alloc(extents.length * 8);
    extents.forEach(([from, length], at) => {
      said.writeUInt32BE(from, at * 8);
      said.writeUInt32BE(length, at * 8 + 4);
    });
    return box('iloc', bytes(1, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, method, 0, 0, 0, extents.length), said);
  };
  const megabytes = (count: number) => box('mdat', Buffer.alloc(count * 1024 * 1024, 1));

  it.each<[string, () => Buffer]>([
    ['25 MB of items with extents of no width', () => metaOf(items, widthless(2_600_000))],
    [
      '2000 boxes that name 24 MB a hundred times each',
      () => {
        const extents = Array.from({ length: 100 }, (): [number, number] => [8, 24 * 1024 * 1024]);
        return Buffer.concat([megabytes(24), ...Array<Buffer>(400).fill(metaOf(items, placedAt(0, ...extents)))]);
      },
    ],
    ['3 million boxes', () => Buffer.alloc(24 * 1024 * 1024, box('free'))],
    ['Exif that lies wherever the file ends', () => Buffer.concat([metaOf(items, placedAt(0, [0, 0])), megabytes(1)])],
    ['Exif within another item', () => Buffer.concat([metaOf(items, placedAt(2, [0, 9])), megabytes(1)])],
  ])('given %s, then it is refused', (_, made) => {
    const file = made();
    expect(() => blankTraces(file)).toThrow(TooIntricate);
  });

  it('given a film in a thousand pieces, then it is read', () => {
    const pieces = Array<Buffer>(4000).fill(Buffer.concat([box('moof', 'times'), box('mdat', 'frames')]));
    const film = Buffer.concat([box('ftyp', 'isom'), box('moov', box('udta', PLACE)), ...pieces]);
    expect([blankTraces(film), film.includes(PLACE), film.includes('frames')]).toEqual([true, false, true]);
  });
});
