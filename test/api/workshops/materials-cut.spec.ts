import { Types } from 'mongoose';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { fetchFile, filesCookieOf, uploaded, uploadPath } from '../../support/rooms/files.js';
import { type Line, lineTo } from '../../support/servers/line.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const MB = 1_000_000;

let world: TestWorld;
let line: Line;
let coach: TestPerson;
let path: string;

beforeAll(async () => {
  world = await startWorld();
  line = await lineTo(world.url);
  const cohortId = await aCohort(world);
  const staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach');
  ({ path } = await aWorkshop(staff, cohortId, { hosts: [coach.id] }));
});
afterAll(async () => {
  await line.close();
  await world.stop();
});

/** What lies about for uploads on their way: names of 32 hexadecimal digits. */
const underWay = async () => (await readdir(tmpdir())).filter((name) => /^[0-9a-f]{32}$/.test(name));
const kept = async () => ({
  rows: await world.db.collection('files').countDocuments({ ownerId: new Types.ObjectId(coach.id) }),
  files: (await readdir(world.config.FILES_PATH, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  ).length,
});
const materials = async () => (await coach.client.get(`${path}/materials`)).body.items as any[];

/** Sends the head and the first half of a file by the line, and then nothing more. */
function halfAnUpload(content: Buffer): Promise<{ gone: Promise<string> }> {
  const boundary = 'half-of-it';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="handout.pdf"\r\ncontent-type: application/pdf\r\n\r\n`;
  const url = new URL(uploadPath(coach), line.url);
  const sending = request(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${coach.token}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': Buffer.byteLength(head) + content.length + Buffer.byteLength(`\r\n--${boundary}--\r\n`),
    },
  });
  const gone = new Promise<string>((resolve) => {
    sending.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sending.on('response', (response) => resolve(`answered ${response.statusCode}`));
  });
  return new Promise((resolve) => {
    sending.write(head);
    sending.write(content.subarray(0, content.length / 2), () => resolve({ gone }));
  });
}

it('given the line is cut in the middle of a file for a workshop, then nothing of it is kept, and once the line is there again it is added, once', async () => {
  const content = Buffer.concat([Buffer.from('%PDF-1.4 '), randomBytes(8 * MB)]);
  const before = { kept: await kept(), underWay: await underWay() };
  const { gone } = await halfAnUpload(content);
  const isNew = async () => (await underWay()).filter((name) => !before.underWay.includes(name));
  await eventually(async () => expect(await isNew()).toHaveLength(1));
  line.cut();
  expect(await gone).toMatch(/ECONNRESET|EPIPE|socket hang up/);

  await eventually(async () => expect(await isNew()).toEqual([]));
  expect(await kept()).toEqual(before.kept);
  expect(await materials()).toEqual([]);

  line.mend();
  const { id } = await uploaded(line.url, coach, content, 'handout.pdf');
  const body = { fileId: id, phase: 'before' };
  expect((await coach.client.post(`${path}/materials`, body)).status).toBe(201);
  // Pressed again, since the first answer was lost on the way.
  expect((await coach.client.post(`${path}/materials`, body)).status).toBe(422);
  expect(await materials()).toMatchObject([{ title: 'handout.pdf', file: { kind: 'file' } }]);
  const read = await fetchFile(world.url, `/files/uploads/${id}`, await filesCookieOf(world.url, coach));
  expect(read.body.equals(content)).toBe(true);
});
