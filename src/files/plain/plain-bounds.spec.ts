import fc from 'fast-check';
import { type PictureKind as Kind, points, saying, written } from '../../../test/support/rooms/pictures.js';
import { NotReadable, TooIntricate } from './budget.js';
import { plainOf } from './plain-file.js';

describe('a picture that is made to be slow, or broken', () => {
  it.each<[string, string, Buffer]>([
    [
      'JPEG of 6 million segments',
      'image/jpeg',
      Buffer.concat([Buffer.from([255, 216]), Buffer.alloc(25e6, Buffer.from([255, 254, 0, 2]))]),
    ],
    [
      'PNG of 2 million chunks',
      'image/png',
      Buffer.concat([
        Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
        Buffer.alloc(25e6, Buffer.from('\0\0\0\0tEXt\0\0\0\0', 'latin1')),
      ]),
    ],
    [
      'GIF of 12 million blocks',
      'image/gif',
      Buffer.concat([Buffer.from('GIF89a\0\0\0\0\0\0\0\x21\xfe', 'latin1'), Buffer.alloc(25e6, 1)]),
    ],
    ['TIFF of fields that name all of it', 'image/tiff', tiffNaming(60_000)],
  ])('given a %s, then it is refused', (_, type, bytes) => {
    expect(() => plainOf(type, bytes)).toThrow(TooIntricate);
  });

  /** Fields of one kind, each of which says that its value is the whole file. */
  function tiffNaming(count: number): Buffer {
    const bytes = Buffer.alloc(10 + count * 12 + 4 + 20_000_000);
    bytes.write('II*\0', 'latin1');
    bytes.writeUInt32LE(8, 4);
    bytes.writeUInt16LE(count, 8);
    for (let at = 10; at < 10 + count * 12; at += 12) {
      bytes.writeUInt16LE(270, at);
      bytes.writeUInt16LE(2, at + 2);
      bytes.writeUInt32LE(20_000_000, at + 4);
      bytes.writeUInt32LE(10 + count * 12, at + 8);
    }
    return bytes;
  }

  it.each([[[255]], [[255, 0]], [[255, 208]]])(
    'given 20 MB of scans of %j without an end, then each byte is looked at once: in quadratic time it would take days',
    (fill) => {
      const head = Buffer.from([255, 216, 255, 218, 0, 2]);
      const bytes = Buffer.concat([head, Buffer.alloc(20e6, Buffer.from(fill))]);
      expect(plainOf('image/jpeg', bytes)).toBeNull();
    },
  );

  it.each<Kind>(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'])(
    'given a %s that ends anywhere, or is made up, then it is refused, or read',
    async (kind) => {
      const image = points(24, 16);
      const whole = kind === 'gif' ? await written(image, kind).toBuffer() : await saying(image, kind, 6);
      const look = (bytes: Buffer) => {
        try {
          plainOf(`image/${kind}`, bytes);
        } catch (error) {
          if (!(error instanceof TooIntricate || error instanceof NotReadable)) throw error;
        }
      };
      for (let end = 0; end <= whole.length; end += 1) look(Buffer.from(whole.subarray(0, end)));
      fc.assert(
        fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
          const broken = Buffer.from(whole);
          for (const [at, value] of changes) broken[at] = value;
          look(broken);
        }),
        { numRuns: 1500 },
      );
    },
  );
});
