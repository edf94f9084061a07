import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Types } from 'mongoose';
import { DAY } from '../../../src/common/times/clock.js';
import { MAX_WAITING_FILES } from '../../../src/contracts/limits.js';
import { FilesSweep } from '../../../src/files/files.sweep.js';
import { FileStore } from '../../../src/infra/files/file-store.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { fetchFile, filesCookieOf, photo, upload, uploaded } from '../../support/rooms/files.js';

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

describe('an upload', () => {
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
