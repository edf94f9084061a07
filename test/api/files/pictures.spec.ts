import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Types } from 'mongoose';
import { MAX_FILE_BYTES } from '../../../src/contracts/limits.js';
import { FilesService } from '../../../src/files/files.service.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aPerson } from '../../support/factories.js';
import { pace } from '../../support/patience.js';
import { fetchFile, filesCookieOf, photo, upload, uploaded } from '../../support/rooms/files.js';
import { type PictureKind, expectSamePoints, points, saying, told } from '../../support/rooms/pictures.js';
import { GOES_ON, turnsWhile } from '../../support/turns.js';

let world: TestWorld;
let ines: TestPerson;
let cookie: string;

beforeAll(async () => {
  world = await startWorld();
  ines = await aPerson(world);
  cookie = await filesCookieOf(world.url, ines);
});
afterAll(() => world.stop());

const open = (path: string) => fetchFile(world.url, path, cookie);

describe('pictures and films of many people', () => {
  it.each<PictureKind>(['jpeg', 'png', 'webp', 'avif', 'tiff'])(
    'given a picture of many colours (%s) with words about it, then it is kept point for point without them',
    async (kind) => {
      const content = await saying(points(900, 700), kind);
      const file = await uploaded(world.url, ines, content, `écran.${kind}`);
      const { body } = await open(file.url);
      expect(await told(body)).toMatchObject({ exif: undefined, xmp: undefined, iptc: undefined });
      expect([body.includes('Ines Fabre'), body.length === file.size]).toEqual([false, true]);
      await expectSamePoints(content, body);
    },
  );

  it('given 25 MB of a film that is made to be slow, then it is refused, and nobody waits for it', async () => {
    const errors = [{ field: '/file', code: 'too_intricate' }];
    // Items that say they have 65,535 extents each, which take no byte (`iloc`: ISO/IEC 14496-12, section 8.11.3).
    const item = Buffer.from([0, 0, 0, 1, 0, 0, 0, 0, 255, 255]);
    const count = 2_621_400;
    const places = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 0, 0]), Buffer.alloc(count * 10, item)]);
    places.writeUInt32BE(count, 6);
    const box = (type: string, ...parts: Buffer[]) => {
      const head = Buffer.alloc(8, type.padStart(8), 'latin1');
      head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0));
      return Buffer.concat([head, ...parts]);
    };
    const kinds = box('iinf', Buffer.alloc(6), box('infe', Buffer.from('\x02\0\0\0\0\x02\0\0Exif', 'latin1')));
    const film = Buffer.concat([
      box('ftyp', Buffer.from('mp42\0\0\0\0mp42isom', 'latin1')),
      box('meta', Buffer.alloc(4), kinds, box('iloc', places)),
    ]);
    const folder = await mkdtemp(join(tmpdir(), 'film-'));
    const path = join(folder, 'slow.mp4');
    await writeFile(path, film);
    const whose = { ownerId: new Types.ObjectId(ines.id), cohortId: null, imported: false };
    const take = () => world.app.get(FilesService).takeIn(whose, { path, size: film.length, name: 'slow.mp4' });
    const refused = () => expect(take()).rejects.toMatchObject({ status: 422, more: { errors } });
    await refused(); // Starts the thread.
    expect(await turnsWhile(refused)).toBeGreaterThan(GOES_ON);
    await rm(folder, { recursive: true });
    const answer = await upload(world.url, ines, film.subarray(0, MAX_FILE_BYTES), 'slow.mp4');
    expect([answer.status, answer.body.errors]).toEqual([422, errors]);
  });

  it('given large pictures of others are drawn, then a small one is there before they are', async () => {
    const vast = await photo(7000, 7000).jpeg({ progressive: true }).toBuffer();
    const others = await Promise.all([aPerson(world), aPerson(world), aPerson(world)]);
    const done: string[] = [];
    const large = others.map(async (one) => {
      done.push((await uploaded(world.url, one, vast, 'vast.jpg')).name);
    });
    const small = async () => {
      await pace(500); // The others have a head start.
      done.push((await uploaded(world.url, ines, await photo(20, 20).png().toBuffer(), 'small.png')).name);
    };
    await Promise.all([...large, small()]);
    expect(done.slice(0, 2)).toContain('small.png');
  });
});
