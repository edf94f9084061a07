import { Types } from 'mongoose';
import type { Application } from '../../../src/contracts/calls/applications.js';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import { ApplicationsRepository } from '../../../src/calls/applications/applications.repository.js';
import { FilesService } from '../../../src/files/files.service.js';
import { Pictures } from '../../../src/infra/pictures/pictures.js';
import { Threads } from '../../../src/infra/threads/threads.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { pace } from '../../support/patience.js';
import { ANSWERS, CLOSES, type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { filesCookieOf, photo, uploaded } from '../../support/rooms/files.js';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

let world: TestWorld;
let staff: TestPerson;
let fellow: TestPerson;
let other: TestPerson;
let call: Awaited<ReturnType<typeof aCall>>;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  call = await aCall(staff, staff.cohortId!);
  const { revision, fields } = call;
  const work = { ...fields.find(({ key }) => key === 'cv')!, key: 'picture', accept: 'image', required: false, max: 1 };
  const written = await staff.client.patch(call.path, { revision, fields: [...fields, work] });
  await staff.client.post(`${call.path}/publish`, { revision: written.body.revision });
});

/** Sends a file as the answer to a field. */
async function add(path: string, bearer: string, field: string, bytes: Buffer, name: string, node = 0) {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const headers = { authorization: `Bearer ${bearer}` };
  const answer = await fetch(new URL(`${path}/files/${field}`, world.nodes[node]!.url), {
    method: 'POST',
    headers,
    body: form,
  });
  return { status: answer.status, body: (await answer.json()) as any };
}
const attach = (one: TestApplicant, field: string, bytes: Buffer, name: string, node = 0) =>
  add(one.path, one.bearer, field, bytes, name, node);
const stateOf = async (fileId: string) =>
  (await world.db.collection('files').findOne({ _id: new Types.ObjectId(fileId) }))?.state;
const readBy = async (person: TestPerson, fileId: string) => {
  const headers = { cookie: await filesCookieOf(world.url, person) };
  return (await fetch(new URL(`/files/uploads/${fileId}`, world.url), { headers })).status;
};

describe('files that are handed in', () => {
  it('given a file for a field, then it is the answer, and who applies reads it; staff do once it is handed in, and nobody else', async () => {
    const one = await anApplicant(world, call.slug);
    const { status, body } = await attach(one, 'cv', PDF, 'Salomé "CV" ../../x.pdf');
    expect([status, body.answers.cv]).toEqual([
      201,
      { fileId: expect.any(String), name: expect.stringMatching(/x\.pdf$/), size: PDF.length, type: 'application/pdf' },
    ]);
    const { fileId } = body.answers.cv;
    const mine = await fetch(new URL(`${one.path}/files/${fileId}`, world.url), {
      headers: { authorization: `Bearer ${one.bearer}` },
    });
    expect([mine.status, Buffer.from(await mine.arrayBuffer())]).toEqual([200, PDF]);
    expect(mine.headers.get('content-disposition')).toContain('attachment');
    const stranger = await anApplicant(world, call.slug);
    expect((await stranger.client.get(`${stranger.path}/files/${fileId}`)).status).toBe(404);
    expect((await stranger.client.get(`${one.path}/files/${fileId}`)).status).toBe(404);
    expect((await staff.client.get(`${one.path}/files/${fileId}`)).status).toBe(401);
    expect(await readBy(staff, fileId)).toBe(404);
    const handed = await handsIn(one);
    expect(handed.body.submitted.answers.cv.fileId).toBe(fileId);
    expect(await readBy(staff, fileId)).toBe(200);
    expect(await readBy(fellow, fileId)).toBe(404);
    expect(await readBy(other, fileId)).toBe(404);
    const file = await staff.client.get(`${call.path}/applications/${one.id}`);
    expect(file.body.answers.cv.name).toBe(body.answers.cv.name);
    await one.client.post(`${one.path}/withdraw`);
    expect(await readBy(staff, fileId)).toBe(404);
    expect((await one.client.get(`${one.path}/files/${fileId}`)).status).toBe(200);
  });

  it('given what a field does not take, then it says so, and nothing is kept', async () => {
    const one = await anApplicant(world, call.slug);
    const image = await photo(64, 64).png().toBuffer();
    const codes = async (field: string, bytes: Buffer, name: string) => {
      const { status, body } = await attach(one, field, bytes, name);
      return [status, ...(body.errors ?? [body]).map(({ code }: any) => code)];
    };
    expect(await codes('cv', image, 'cv.pdf')).toEqual([422, 'not_a_pdf']);
    expect(await codes('picture', PDF, 'work.pdf')).toEqual([422, 'not_an_image']);
    expect(await codes('picture', Buffer.alloc(1_000_001, 1), 'work.bin')).toEqual([422, 'too_large']);
    expect(await codes('cv', Buffer.alloc(0), 'cv.pdf')).toEqual([422, 'empty']);
    expect(await codes('name', PDF, 'cv.pdf')).toEqual([404, 'not_found']);
    expect((await add(one.path, 'made-up', 'cv', PDF, 'cv.pdf')).status).toBe(401);
    expect(await world.db.collection('files').countDocuments({ ownerId: new Types.ObjectId(one.id) })).toBe(0);
    expect((await one.client.get(one.path)).body.answers).toEqual({});
    const forged = { cv: { fileId: String(new Types.ObjectId()), name: 'x', size: 1, type: 'application/pdf' } };
    expect((await one.client.patch(one.path, { revision: 0, answers: forged })).status).toBe(422);
  });

  it('given pictures, also where none is asked for, then nobody’s line of pictures draws them', async () => {
    const drawn = jest.spyOn(Pictures.prototype, 'draw');
    const image = await photo(900, 900).png().toBuffer();
    const one = await anApplicant(world, call.slug);
    expect((await attach(one, 'cv', image, 'cv.png')).status).toBe(422);
    const { body } = await attach(one, 'picture', image, 'work.png');
    const { fileId } = body.answers.picture;
    await handsIn(one);
    expect([await readBy(staff, fileId), await readBy(staff, `${fileId}/small`)]).toEqual([200, 404]);
    expect(drawn).not.toHaveBeenCalled();
    drawn.mockRestore();
    const row = await world.db.collection('files').findOne({ _id: new Types.ObjectId(fileId) });
    expect(row).toMatchObject({ kind: 'image', bytes: row!.size });
  });

  it('given files of many who apply at once, then a process looks at one after the other, and a member waits for none of them', async () => {
    const looking = { now: 0, most: 0 };
    const run = jest.spyOn(Threads.prototype, 'run').mockImplementation(async () => {
      looking.now += 1;
      looking.most = Math.max(looking.most, looking.now);
      await pace(50); // Each look takes long enough for others to come.
      looking.now -= 1;
      return { type: 'application/pdf', size: PDF.length };
    });
    const some = [await anApplicant(world, call.slug), await anApplicant(world, call.slug)];
    await Promise.all(some.map((one) => attach(one, 'cv', PDF, 'cv.pdf')));
    expect(looking.most).toBe(1);
    await Promise.all([
      ...some.map((one) => attach(one, 'cv', PDF, 'cv.pdf')),
      uploaded(world.url, { ...staff, cohortId: staff.cohortId! }, PDF),
    ]);
    expect(looking.most).toBe(2);
    run.mockRestore();
  });

  it('given another in its place, or none, then the one before is nobody’s, unless it was handed in', async () => {
    const one = await anApplicant(world, call.slug);
    const put = async (name: string) => (await attach(one, 'cv', PDF, name)).body.answers.cv.fileId as string;
    const [first, second] = [await put('1.pdf'), await put('2.pdf')];
    expect([await stateOf(first), await stateOf(second)]).toEqual(['gone', 'held']);
    await handsIn(one);
    const third = await put('3.pdf');
    expect([await stateOf(second), await stateOf(third)]).toEqual(['held', 'held']);
    expect([await readBy(staff, second), await readBy(staff, third)]).toEqual([200, 404]);
    const { revision } = (await one.client.get(one.path)).body as Application;
    await one.client.post(`${one.path}/submit`, { revision });
    expect([await readBy(staff, second), await readBy(staff, third)]).toEqual([404, 200]);
    expect(await stateOf(second)).toBe('gone');
    await one.client.patch(one.path, { revision, answers: { cv: null } });
    expect(await stateOf(third)).toBe('held');
    await one.client.post(`${one.path}/submit`, { revision: revision + 1 });
    expect(await stateOf(third)).toBe('gone');
  });

  it('given a file that had come as the call closed, then it is the answer, however long it waited for its turn; what comes later is not', async () => {
    const one = await anApplicant(world, call.slug);
    const files = world.app.get(FilesService);
    const takeIn = files.takeIn.bind(files);
    jest.spyOn(files, 'takeIn').mockImplementationOnce(async (...asked) => {
      world.clock.set(new Date(Date.parse(CLOSES) + 60_000).toISOString());
      return await takeIn(...asked);
    });
    world.clock.set(new Date(Date.parse(CLOSES) - 1).toISOString());
    const came = await attach(one, 'cv', PDF, 'cv.pdf');
    expect([came.status, came.body.answers.cv.name]).toEqual([201, 'cv.pdf']);
    const late = await attach(one, 'cv', PDF, 'late.pdf');
    expect([late.status, late.body.code]).toEqual([409, 'call_closed']);
  });

  it('given two at once for one field, then one is the answer and none is left over', async () => {
    const one = await anApplicant(world, call.slug);
    const both = await Promise.all([0, 1].map((node) => attach(one, 'cv', PDF, `${node}.pdf`, node)));
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    const { fileId } = (await one.client.get(one.path)).body.answers.cv;
    const rows = await world.db
      .collection('files')
      .find({ ownerId: new Types.ObjectId(one.id) })
      .toArray();
    expect(rows.map(({ _id, state }) => [String(_id) === fileId, state]).sort()).toEqual([
      [false, 'gone'],
      [true, 'held'],
    ]);
  });

  it('given it is handed in at the moment in which another tab takes the file away, then what was handed in keeps its file', async () => {
    const one = await anApplicant(world, call.slug);
    await attach(one, 'cv', PDF, 'cv.pdf');
    const saved = await one.client.patch(one.path, { revision: 1, answers: ANSWERS });
    const { revision } = saved.body.application as Application;
    const rows = world.app.get(ApplicationsRepository);
    // As a tab that looked at the file before it was handed in, and writes after.
    const before = (await rows.byId(new Types.ObjectId(one.id)))!;
    expect((await one.client.post(`${one.path}/submit`, { revision })).status).toBe(200);
    expect(await rows.save(before, { cv: null }, world.clock.now())).toBe(false);
    const { body } = await one.client.patch(one.path, { revision, answers: { cv: null } });
    expect(body.application.answers).not.toHaveProperty('cv');
    const { fileId } = body.application.submitted.answers.cv;
    expect([await stateOf(fileId), await readBy(staff, fileId)]).toEqual(['held', 200]);
  });

  it('given the day on which it is erased, then its files go along', async () => {
    const one = await anApplicant(world, call.slug);
    const { fileId } = (await attach(one, 'cv', PDF, 'cv.pdf')).body.answers.cv;
    await handsIn(one, ANSWERS);
    world.clock.set('2027-01-23T00:00:00.000Z');
    await world.app.get(ApplicationErasing).erase();
    expect(await stateOf(fileId)).toBe('gone');
    expect(await readBy(staff, fileId)).toBe(404);
  });
});
