import sharp from 'sharp';
import {
  type PictureKind as Kind,
  expectSamePoints,
  points,
  saying,
  told,
  written,
} from '../../../test/support/rooms/pictures.js';
import { Budget } from './budget.js';
import { exifOf, orientationIn, withPrefix } from './orientation.js';
import { plainOf } from './plain-file.js';

describe('a picture that says where it was taken', () => {
  it.each<Kind>(['jpeg', 'png', 'webp', 'avif', 'tiff'])(
    'given %s, then all but that stays, point for point',
    async (kind) => {
      const bytes = await saying(points(640, 400), kind);
      const before = await told(bytes);
      // The library reads no Exif of a TIFF: that is below.
      expect(kind === 'tiff' ? before.xmp : before.exif).toBeDefined();
      const copy = Buffer.from(bytes);
      const plain = plainOf(`image/${kind}`, copy)!;
      expect(await told(plain)).toMatchObject({ exif: undefined, xmp: undefined, iptc: undefined });
      expect((await told(plain)).hasColours).toBe(before.hasColours);
      for (const said of ['Ines Fabre', 'xmpmeta']) expect(plain.includes(said)).toBe(false);
      await expectSamePoints(bytes, plain);
      expect(plainOf(`image/${kind}`, Buffer.from(plain))).toBeNull();
    },
  );

  it.each<[Kind, number]>([
    ['jpeg', 6],
    ['jpeg', 3],
    ['png', 8],
    ['webp', 6],
    ['tiff', 6],
  ])('given %s that lies on its side (%i), then how it lies is all that it still says', async (kind, orientation) => {
    const bytes = await saying(points(320, 200), kind, orientation);
    expect((await told(bytes)).orientation).toBe(orientation);
    const plain = plainOf(`image/${kind}`, Buffer.from(bytes))!;
    const { exif, xmp, orientation: lies } = await told(plain);
    expect([lies, xmp]).toEqual([orientation, undefined]);
    if (exif) expect([exifOf(orientation), withPrefix(exifOf(orientation))].some((one) => one.equals(exif))).toBe(true);
    expect(plain.includes('Ines Fabre')).toBe(false);
    await expectSamePoints(bytes, plain, true);
    expect(plainOf(`image/${kind}`, Buffer.from(plain))).toBeNull();
  });

  it.each<[string, number, number]>([
    ['jpeg', 3000, 2000],
    ['png', 2000, 1500],
    ['avif', 1000, 1000],
  ])(
    'given a large %s, then it takes a step for each of its parts, and none for its points',
    async (kind, width, height) => {
      const bytes = await saying(points(600, 400).resize(width, height), kind as Kind);
      const step = jest.spyOn(Budget.prototype, 'step');
      expect(plainOf(`image/${kind}`, Buffer.from(bytes))).not.toBeNull();
      const steps = step.mock.calls.length;
      step.mockRestore();
      expect(steps).toBeGreaterThan(0);
      expect(steps).toBeLessThan(1000);
    },
  );
});

describe('what else pictures say', () => {
  const segment = (mark: number, words: string) =>
    Buffer.from(
      `\xff${String.fromCharCode(mark, (words.length + 2) >> 8, (words.length + 2) & 255)}${words}`,
      'latin1',
    );

  it('given a JPEG with a comment, a small picture, another one behind it, and words of programs, then they are gone', async () => {
    const bytes = await points(64, 40).jpeg({ progressive: true }).toBuffer();
    const small = segment(0xe0, `JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01abc`);
    const said = [small, segment(0xfe, 'secret'), segment(0xed, 'Photoshop 3.0\0secret'), segment(0xe2, 'MPF\0secret')];
    const more = Buffer.concat([bytes.subarray(0, 2), ...said, bytes.subarray(2), bytes, Buffer.from('secret')]);
    const plain = plainOf('image/jpeg', more)!;
    expect([plain.includes('secret'), plain.includes('abc'), plain.includes('MPF')]).toEqual([false, false, false]);
    expect(plain.length).toBeLessThan(bytes.length + 30);
    await expectSamePoints(bytes, plain);
  });

  it('given a GIF that moves, with a comment and XMP, then it still moves, and says nothing', async () => {
    const frames = [points(32, 20), points(32, 20).negate()].map((one) => one.png().toBuffer());
    const bytes = await sharp(await Promise.all(frames), { join: { animated: true } })
      .gif({ loop: 3, delay: [100, 200] })
      .toBuffer();
    const words = Buffer.from('\x21\xfe\x06secret\0\x21\xff\x0bXMP DataXMP\x05place\0', 'latin1');
    const at = bytes.indexOf(Buffer.from([0x21, 0xff]));
    const more = Buffer.concat([bytes.subarray(0, at), words, bytes.subarray(at), words]);
    const plain = plainOf('image/gif', more)!;
    expect(plain.equals(bytes)).toBe(true);
    expect(await sharp(plain).metadata()).toMatchObject({ pages: 2, loop: 3, delay: [100, 200] });
  });

  it('given a WebP that moves, then it still moves, and says nothing', async () => {
    const frames = [points(32, 20), points(32, 20).negate()].map((one) => one.png().toBuffer());
    const bytes = await sharp(await Promise.all(frames), { join: { animated: true } })
      .webp({ loop: 2 })
      .withExif({ IFD0: { Artist: 'Ines Fabre' } })
      .toBuffer();
    const plain = plainOf('image/webp', Buffer.from(bytes))!;
    expect(await sharp(plain).metadata()).toMatchObject({ pages: 2, loop: 2 });
    expect((await told(plain)).exif).toBeUndefined();
    await expectSamePoints(bytes, plain);
  });

  it.each([false, true])(
    'given a TIFF (large: %s) with Exif and a place, then the fields of it go, and their values',
    async (bigtiff) => {
      const bytes = await points(64, 40).tiff({ compression: 'lzw', bigtiff }).toBuffer();
      const more = tiffSaying(bytes, bigtiff);
      expect([more.includes('Ines Fabre'), more.includes('48/51/12')]).toEqual([true, true]);
      await expectSamePoints(bytes, more);
      const plain = plainOf('image/tiff', Buffer.from(more))!;
      expect([plain.includes('Ines Fabre'), plain.includes('48/51/12'), plain.length]).toEqual([
        false,
        false,
        more.length,
      ]);
      await expectSamePoints(bytes, plain);
      expect(plainOf('image/tiff', Buffer.from(plain))).toBeNull();
    },
  );

  /** The same TIFF with an artist, and with Exif and a place, each a list of fields of its own. */
  function tiffSaying(tiff: Buffer, big: boolean): Buffer {
    const wide = big ? 8 : 4;
    const number = (value: number, width: number) => {
      const written = Buffer.alloc(width);
      written.writeUIntLE(value, 0, Math.min(width, 6));
      return written;
    };
    const field = (tag: number, type: number, count: number, value: number) =>
      Buffer.concat([number(tag, 2), number(type, 2), number(count, wide), number(value, wide)]);
    const listed = (fields: Buffer[]) =>
      Buffer.concat([number(fields.length, big ? 8 : 2), ...fields, Buffer.alloc(wide)]);
    const [size, at] = [4 + 2 * wide, tiff.readUIntLE(big ? 8 : 4, 4)];
    const first = at + (big ? 8 : 2);
    const own = Array.from({ length: tiff.readUInt16LE(at) }, (_, index) =>
      tiff.subarray(first + index * size, first + (index + 1) * size),
    );
    const words = ['Ines Fabre and her camera', '48/51/12 and 2/21/3'].map((one) => Buffer.from(`${one}\0`));
    const [artist, place] = words as [Buffer, Buffer];
    const [artistAt, placeAt] = [tiff.length, tiff.length + artist.length];
    const exif = listed([field(37500, 2, artist.length, artistAt)]);
    const gps = listed([field(2, 2, place.length, placeAt)]);
    const exifAt = placeAt + place.length;
    const said = [
      field(315, 2, artist.length, artistAt),
      field(34665, big ? 13 : 4, 1, exifAt),
      field(34853, 4, 1, exifAt + exif.length),
    ];
    const all = listed([...own, ...said].sort((a, b) => a.readUInt16LE(0) - b.readUInt16LE(0)));
    const more = Buffer.concat([tiff, artist, place, exif, gps, all]);
    number(exifAt + exif.length + gps.length, wide).copy(more, big ? 8 : 4);
    return more;
  }

  it('given words behind the end of a PNG, and in it, then they are gone', async () => {
    const bytes = await points(32, 20).png().toBuffer();
    const chunk = Buffer.from('\0\0\0\x0etEXtComment\0secret\0\0\0\0', 'latin1');
    const more = Buffer.concat([bytes.subarray(0, 33), chunk, bytes.subarray(33), chunk]);
    expect(plainOf('image/png', more)!.equals(bytes)).toBe(true);
  });

  it.each<Kind>(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'])(
    'given a %s that says nothing, then it is left as it is',
    async (kind) => {
      const bytes = await written(points(64, 40), kind).toBuffer();
      const plain = plainOf(`image/${kind}`, Buffer.from(bytes));
      // Some writers say of themselves that they wrote it.
      if (plain) await expectSamePoints(bytes, plain);
      if (kind !== 'tiff') expect(plain).toBeNull();
    },
  );
});

it('reads how a photo lies in both orders of bytes, and from nothing else', () => {
  expect([1, 2, 6, 8, 9].map((one) => orientationIn(exifOf(one)))).toEqual([null, 2, 6, 8, null]);
  const big = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0', 'latin1');
  expect([orientationIn(big), orientationIn(withPrefix(big)), orientationIn(Buffer.from('Exif'))]).toEqual([
    6,
    6,
    null,
  ]);
});
