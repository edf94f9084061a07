import sharp from 'sharp';
import { exifOf, withPrefix } from '../../../src/files/plain/orientation.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { fetchFile, filesCookieOf, photo, uploaded } from '../../support/rooms/files.js';
import { expectSamePoints } from '../../support/rooms/pictures.js';

let world: TestWorld;
let ines: TestPerson;
let cookie: string;

beforeAll(async () => {
  world = await startWorld();
  ines = await aMember(world, await aCohort(world), 'fellow');
  cookie = await filesCookieOf(world.url, ines);
});
afterAll(() => world.stop());

const open = (path: string, headers: Record<string, string> = {}, as = cookie) =>
  fetchFile(world.url, path, as, headers);

describe('an upload', () => {
  it('given a photo that lies on its side and says where it was taken, then it is kept point for point, upright, and says no more than how it lies', async () => {
    const content = await photo(3000, 1500)
      .jpeg()
      .withExif({ IFD0: { Artist: 'me' }, IFD3: { GPSLatitude: '48/1 51/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const file = await uploaded(world.url, ines, content, 'plage.jpg');
    expect(file).toMatchObject({ name: 'plage.jpg', type: 'image/jpeg', kind: 'image', width: 1500, height: 3000 });
    for (const [url, height] of [
      [file.previews!.small, 720],
      [file.previews!.large, 2048],
    ] as const) {
      const preview = await open(url);
      expect(preview.headers).toMatchObject({ 'content-type': 'image/webp', 'x-content-type-options': 'nosniff' });
      const seen = await sharp(preview.body).metadata();
      expect(seen).toMatchObject({ height, format: 'webp' });
      expect([seen.exif, seen.xmp, seen.iptc]).toEqual([undefined, undefined, undefined]);
    }
    const { body } = await open(file.url);
    const kept = await sharp(body).metadata();
    expect(kept).toMatchObject({ format: 'jpeg', orientation: 6, autoOrient: { width: 1500, height: 3000 } });
    expect([kept.exif, kept.xmp, kept.iptc]).toEqual([withPrefix(exifOf(6)), undefined, undefined]);
    await expectSamePoints(content, body, true);
    expect(file.size).toBe(body.length);
  });

  it('given an AVIF that says where it was taken, then it is kept as one, and says nothing', async () => {
    const content = await photo(60, 40)
      .avif()
      .withExif({ IFD3: { GPSLatitude: '48/1 51/1 0/1' } })
      .toBuffer();
    const file = await uploaded(world.url, ines, content, 'plage.avif');
    expect(file).toMatchObject({ type: 'image/avif', kind: 'image', width: 60, height: 40 });
    const { body } = await open(file.url);
    const kept = await sharp(body).metadata();
    expect(kept).toMatchObject({ format: 'heif', compression: 'av1' });
    expect([kept.exif, kept.xmp]).toEqual([undefined, undefined]);
    await expectSamePoints(content, body);
  });

  it('given a film that says where it was taken, then it is kept without that, as long as it was', async () => {
    const box = (type: string, body: string | Buffer) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(8 + Buffer.byteLength(body));
      head.write(type, 4, 'latin1');
      return Buffer.concat([head, Buffer.from(body)]);
    };
    const place = '+48.8577+002.295/';
    const said = box('udta', box('xyz ', place));
    const content = Buffer.concat([box('ftyp', 'isom\0\0\0\0isom'), box('moov', said), box('mdat', 'frames')]);
    const file = await uploaded(world.url, ines, content, 'plage.mp4');
    expect(file).toMatchObject({ type: 'video/mp4', kind: 'video', size: content.length });
    const kept = (await open(file.url)).body;
    expect([kept.length, kept.includes(place), kept.includes('frames')]).toEqual([content.length, false, true]);
  });
});
