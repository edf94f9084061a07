import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Types } from 'mongoose';
import sharp from 'sharp';
import { DAY } from '../../../src/common/times/clock.js';
import { MAX_FILE_BYTES, MAX_WAITING_FILES } from '../../../src/contracts/limits.js';
import { FilesSweep } from '../../../src/files/files.sweep.js';
import { exifOf, withPrefix } from '../../../src/files/plain/orientation.js';
import { FileStore } from '../../../src/infra/files/file-store.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { fetchFile, filesCookieOf, photo, unfolding, upload, uploaded } from '../../support/rooms/files.js';
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
const stored = async () => (await readdir(join(world.config.FILES_PATH, 'uploads')).catch(() => [])).sort();
const rows = () => world.db.collection('files').estimatedDocumentCount();

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

  it('given a picture that says nothing of itself, then it is kept byte for byte', async () => {
    const content = await photo(60, 40).png().toBuffer();
    const file = await uploaded(world.url, ines, content, 'plan.png');
    expect((await open(file.url)).body.equals(content)).toBe(true);
  });

  it.each([
    ['an emoji and quotes', '🎬 "le film" \'final\'.txt', '🎬 "le film" \'final\'.txt'],
    ['words from right to left', 'תקציב الميزانية.txt', 'תקציב الميزانية.txt'],
    ['a sign that turns the direction', 'photo\u202egpj.exe', 'photo gpj.exe'],
    ['a folder', '../../etc/passwd', 'passwd'],
    ['a Windows folder', 'C:\\secret\\notes.txt', 'notes.txt'],
    ['300 characters', `${'é'.repeat(296)}.txt`, `${'é'.repeat(195)}….txt`],
    ['an extension of 300', `a.${'b'.repeat(300)}`, `a.${'b'.repeat(197)}…`],
  ])('given a name with %s, then it is kept as far as it can be read', async (_, given, kept) => {
    const file = await uploaded(world.url, ines, 'words', given);
    expect(file.name.normalize('NFC')).toBe(kept.normalize('NFC'));
    const answer = await open(file.url);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename/);
    expect(answer.body.toString()).toBe('words');
  });

  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  it.each([
    ['a page', 'page.html', '<!doctype html><script>alert(1)</script>'],
    ['a drawing', 'logo.svg', svg],
    ['a drawing with a declaration', 'logo.xml', `<?xml version="1.0"?>${svg}`],
    ['a PDF', 'plan.pdf', '%PDF-1.7\n%âãÏÓ\n1 0 obj<</Type/Catalog>>endobj'],
  ])('given %s, then it is a download without a type, never a page of ours', async (_, name, content) => {
    const { headers, body } = await open((await uploaded(world.url, ines, content, name)).url);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
    expect(body.toString()).toBe(content);
  });

  it('given a film, then parts of it can be asked for', async () => {
    // The box by which an MP4 begins (ISO/IEC 14496-12 section 4.3).
    const film = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), Buffer.alloc(1000, 7)]);
    const file = await uploaded(world.url, ines, film, 'film.mp4');
    expect(file).toMatchObject({ kind: 'video', type: 'video/mp4', previews: null });
    const whole = await open(file.url);
    expect(whole.headers).toMatchObject({
      'accept-ranges': 'bytes',
      'content-length': '1024',
      'content-type': 'video/mp4',
    });
    const part = await open(file.url, { range: 'bytes=4-7' });
    expect([part.status, part.body.toString()]).toEqual([206, 'ftyp']);
    expect(part.headers).toMatchObject({ 'content-range': 'bytes 4-7/1024', 'content-length': '4' });
    const end = await open(file.url, { range: 'bytes=-1' });
    expect([end.status, end.body]).toEqual([206, Buffer.from([7])]);
    const outside = await open(file.url, { range: 'bytes=5000-' });
    expect([outside.status, outside.headers['content-range']]).toEqual([416, 'bytes */1024']);
    expect((await open(file.url, { range: 'pages=1' })).status).toBe(200);
  });

  it('given what was seen before, then it is asked again whether one may, and not sent again', async () => {
    const file = await uploaded(world.url, ines, await photo().png().toBuffer(), 'a.png');
    const { etag } = (await open(file.previews!.small)).headers;
    const again = await open(file.previews!.small, { 'if-none-match': etag! });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it.each([
    ['a weak tag, as proxies make them', (etag: string) => `W/${etag}`],
    ['one of several tags', (etag: string) => `"other", ${etag}`],
    ['any', () => '*'],
  ])('given %s of what was seen before, then the file is not even opened', async (_, tagFrom) => {
    const file = await uploaded(world.url, ines, 'some words');
    const { etag } = (await open(file.url)).headers;
    const opening = jest.spyOn(world.app.get(FileStore), 'open');
    const again = await open(file.url, { 'if-none-match': tagFrom(etag!) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect(opening).not.toHaveBeenCalled();
    opening.mockRestore();
  });

  it('given one that was not sent, then it is its owner alone who opens it, and throws it away', async () => {
    const other = await aPerson(world);
    const theirs = await filesCookieOf(world.url, other);
    const file = await uploaded(world.url, ines, 'mine');
    const nothing = await open(`/files/uploads/${String(new Types.ObjectId())}`, {}, theirs);
    const foreign = await open(file.url, {}, theirs);
    expect(nothing.status).toBe(404);
    expect([foreign.status, foreign.body]).toEqual([404, nothing.body]);
    expect((await open(file.url, {}, '')).status).toBe(401);
    expect((await open(file.url, {}, `cordee_files=${ines.token}`)).status).toBe(401);
    expect((await other.client.delete(`/api/files/${file.id}`)).status).toBe(404);
    expect((await open(file.url)).status).toBe(200);
    expect((await ines.client.delete(`/api/files/${file.id}`)).status).toBe(204);
    expect((await open(file.url)).status).toBe(404);
    expect((await ines.client.delete(`/api/files/${file.id}`)).status).toBe(404);
  });

  it('given a file that is no image, then it has no previews; malformed ids are unknown', async () => {
    const file = await uploaded(world.url, ines);
    expect((await open(`${file.url}/small`)).status).toBe(404);
    for (const id of ['x', '..', '%00', '%2e%2e%2fpackage.json', 'a'.repeat(250)])
      expect([400, 404]).toContain((await open(`/files/uploads/${id}`)).status);
  });
});

describe('what is not taken', () => {
  it.each<[string, string, () => Promise<Buffer> | Buffer, number, string]>([
    ['nothing', 'empty.txt', () => Buffer.alloc(0), 422, 'empty'],
    [
      'a page that is called a photo',
      'me.png',
      () => Buffer.from('<!doctype html><script>1</script>'),
      422,
      'not_an_image',
    ],
    [
      'a program that is called a photo',
      'me.jpg',
      () => Buffer.from('MZ\x90\0\x03'.padEnd(300, '\0')),
      422,
      'not_an_image',
    ],
    ['half a photo', 'half.png', async () => (await photo().png().toBuffer()).subarray(0, 300), 422, 'not_an_image'],
    ['400 million points in a few kilobytes', 'bomb.png', () => unfolding(20_000), 422, 'too_many_pixels'],
    ['25 MB and one byte', 'large.bin', () => Buffer.alloc(MAX_FILE_BYTES + 1), 413, 'too_large'],
  ])('given %s, then it says why and keeps nothing', async (_, name, content, status, code) => {
    const before = [await rows(), await stored()];
    const answer = await upload(world.url, ines, await content(), name);
    expect(answer.status).toBe(status);
    expect(status === 422 ? answer.body.errors : answer.body.code).toEqual(
      status === 422 ? [{ field: '/file', code }] : code,
    );
    expect([await rows(), await stored()]).toEqual(before);
  });

  it('given 25 MB, then it is taken', async () => {
    const file = await uploaded(world.url, ines, Buffer.alloc(MAX_FILE_BYTES, 1), 'just.bin');
    expect(file.size).toBe(MAX_FILE_BYTES);
    expect((await open(file.url)).body.length).toBe(MAX_FILE_BYTES);
  });

  it('given no file, JSON, another field, two files or nobody, then it is refused', async () => {
    expect((await ines.client.post('/api/files', {})).status).toBe(422);
    expect((await ines.client.post('/api/files')).status).toBe(422);
    expect((await clientOf(world.url).post('/api/files', {})).status).toBe(401);
    expect((await clientOf(world.url).delete('/api/files/x')).status).toBe(401);
    const form = new FormData();
    form.append('other', new Blob(['x']), 'x.txt');
    const headers = { authorization: `Bearer ${ines.token}` };
    const send = () => fetch(new URL('/api/files', world.url), { method: 'POST', headers, body: form });
    expect((await send()).status).toBe(400);
    form.delete('other');
    form.append('file', new Blob(['x']), 'x.txt');
    form.append('file', new Blob(['y']), 'y.txt');
    expect((await send()).status).toBe(400);
  });

  const part = (head: string, body: string) => `--x\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
  it.each([
    ['files', 'POST', '/api/files'],
    ['files of a cohort', 'POST', '/api/cohorts/:cohort/files'],
    ['faces', 'PUT', '/api/me/avatar'],
    ['logos', 'PUT', '/api/cohorts/:cohort/logo'],
    ['exports', 'POST', '/api/cohorts/:cohort/imports'],
  ])('given %s with another part, whatever its name, then 400 as the description says', async (_, method, path) => {
    const cohort = await aCohort(world);
    const staff = await aMember(world, cohort, 'staff');
    const picture = (await photo(60, 40).png().toBuffer()).toString('latin1');
    const file = part('name="file"; filename="a.png"', picture);
    const address = new URL(path.replace(':cohort', cohort), world.url);
    const headers = { authorization: `Bearer ${staff.token}`, 'content-type': 'multipart/form-data; boundary=x' };
    const answers = [];
    for (const name of ['a', 'a\u0000b', '\u001f', 'é', '__proto__', 'a[b]', ''])
      for (const other of [part(`name="${name}"`, '1'), part(`name="${name}"; filename="b.txt"`, '1')])
        for (const form of [other + file, file + other]) {
          const body = Buffer.from(`${form}--x--\r\n`, 'latin1');
          const answer = await fetch(address, { method, headers, body });
          answers.push([form, answer.status, ((await answer.json()) as { code?: string }).code]);
        }
    expect(answers.filter(([, status, code]) => status !== 400 || code !== 'unreadable')).toEqual([]);
  });

  it('given a line that is cut in the middle, then nothing is kept', async () => {
    const before = [await rows(), await stored()];
    const aborted = new AbortController();
    let received: IncomingMessage | undefined;
    const note = (request: IncomingMessage) => (received = request);
    world.app.getHttpServer().prependOnceListener('request', note);
    const body = new ReadableStream({
      start(controller) {
        const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n';
        controller.enqueue(Buffer.concat([Buffer.from(head), Buffer.alloc(200_000)]));
      },
    });
    const init = { method: 'POST', body, signal: aborted.signal, duplex: 'half' };
    const headers = { authorization: `Bearer ${ines.token}`, 'content-type': 'multipart/form-data; boundary=b' };
    const sent = fetch(new URL('/api/files', world.url), { ...init, headers } as RequestInit);
    const isCut = expect(sent).rejects.toThrow();
    await eventually(() => expect(received?.socket.bytesRead).toBeGreaterThan(200_000));
    aborted.abort();
    await isCut;
    // Whoever was cut off is not told when the server has thrown away what had come.
    await eventually(async () => expect([await rows(), await stored()]).toEqual(before));
  });

  it('given many that were never sent, then the next one is refused until one is thrown away', async () => {
    const hoarder = await aPerson(world);
    const first = await uploaded(world.url, hoarder);
    const ownerId = new Types.ObjectId(hoarder.id);
    const sample = await world.db.collection('files').findOne({ ownerId });
    const more = Array.from({ length: MAX_WAITING_FILES - 1 }, () => ({ ...sample, _id: new Types.ObjectId() }));
    await world.db.collection('files').insertMany(more);
    expect(await upload(world.url, hoarder, 'x')).toMatchObject({ status: 409, body: { code: 'too_many_waiting' } });
    await hoarder.client.delete(`/api/files/${first.id}`);
    const atOnce = await Promise.all(Array.from({ length: 6 }, () => upload(world.url, hoarder, 'x')));
    expect(atOnce.map(({ status, body }) => [status, body.code]).sort()).toEqual([
      [201, undefined],
      ...Array.from({ length: 5 }, () => [409, 'too_many_waiting']),
    ]);
    expect(await world.db.collection('files').countDocuments({ ownerId, state: 'waiting' })).toBe(MAX_WAITING_FILES);
  });
});

describe('the sweep', () => {
  it('given an upload that nobody sent for a day, then it goes with its bytes; a younger one stays', async () => {
    const sweep = world.app.get(FilesSweep);
    const old = await uploaded(world.url, ines, await photo().png().toBuffer(), `${randomUUID()}.png`);
    const thrown = await uploaded(world.url, ines);
    await ines.client.delete(`/api/files/${thrown.id}`);
    await sweep.sweep();
    expect(await stored()).not.toContain(thrown.id);
    expect(await stored()).toEqual(expect.arrayContaining([old.id, `${old.id}-large.webp`, `${old.id}-small.webp`]));
    world.clock.advance(DAY / 2);
    const young = await uploaded(world.url, ines);
    world.clock.advance(DAY / 2);
    await sweep.sweep();
    expect((await open(old.url)).status).toBe(404);
    expect((await stored()).filter((name) => name.startsWith(old.id))).toEqual([]);
    expect((await open(young.url)).status).toBe(200);
    expect(await world.db.collection('files').findOne({ _id: new Types.ObjectId(old.id) })).toBeNull();
    world.clock.set(NOW);
  });
});
