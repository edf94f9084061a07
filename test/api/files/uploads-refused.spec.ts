import { readdir } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { MAX_FILE_BYTES } from '../../../src/contracts/limits.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { fetchFile, filesCookieOf, photo, unfolding, upload, uploaded } from '../../support/rooms/files.js';

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
});
