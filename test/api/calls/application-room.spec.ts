import { Types } from 'mongoose';
import { StorageCounts } from '../../../src/files/storage/storage-counts.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { upload, uploaded } from '../../support/rooms/files.js';

const MB = 1_000_000;
/** A PDF of so many bytes. */
const pdf = (size: number) => Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(size - 9, 32)]);

/** Strangers send files to a call: they take a part of the room of its cohort, and nothing of what is its people's. */
let world: TestWorld;
let staff: TestPerson;
let fellow: TestPerson;
let call: Awaited<ReturnType<typeof aCall>>;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { STORAGE_PERSON_MB: '2', STORAGE_COHORT_MB: '4' } });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
  call = await aCall(staff, cohortId);
});

async function attach({ path, bearer }: TestApplicant, bytes: Buffer, node = 0) {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), 'cv.pdf');
  const answer = await fetch(new URL(`${path}/files/cv`, world.nodes[node % 2]!.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}` },
    body: form,
  });
  return { status: answer.status, body: (await answer.json()) as any };
}
const storage = async () => (await staff.client.get(`/api/cohorts/${staff.cohortId!}/storage`)).body;

it('given files of strangers at once, on two nodes, then they take half of the room, and staff see by which call; members have the other half', async () => {
  const people: TestApplicant[] = [];
  for (let count = 0; count < 6; count += 1) people.push(await anApplicant(world, call.slug));
  const sent = await Promise.all(people.map((one, at) => attach(one, pdf(MB / 2), at)));
  expect(sent.filter(({ status }) => status === 201)).toHaveLength(4);
  const refused = sent.filter(({ status }) => status !== 201);
  expect(refused.map(({ body }) => [body.code, body.of, body.used, body.limit])).toEqual(
    Array.from({ length: 2 }, () => ['storage_full', 'calls', 2 * MB, 2 * MB]),
  );
  const held = { files: 4, used: 2 * MB };
  expect(await storage()).toMatchObject({
    ...{ whole: { ...held, limit: 4 * MB }, imported: 0, largest: [] },
    calls: { ...held, limit: 2 * MB, items: [{ callId: call.id, ...held }] },
  });
  // Another call of the cohort has no other room.
  const second = await anApplicant(world, (await aCall(staff, staff.cohortId!)).slug);
  expect((await attach(second, pdf(100))).body.code).toBe('storage_full');
  for (let count = 0; count < 4; count += 1) await uploaded(world.url, fellow, Buffer.alloc(MB / 2, 1));
  expect((await upload(world.url, staff, 'x')).body).toMatchObject({ code: 'storage_full', of: 'cohort' });
});

it('given a file that is taken back, and counts that were lost, then the room is free again, and what is held is counted anew', async () => {
  const [one, two] = [await anApplicant(world, call.slug), await anApplicant(world, call.slug)];
  await attach(one, pdf(MB));
  await attach(two, pdf(MB));
  expect((await attach(two, pdf(MB))).body.code).toBe('storage_full');
  const { revision } = (await one.client.get(one.path)).body;
  await one.client.patch(one.path, { revision, answers: { cv: null } });
  expect((await attach(two, pdf(MB))).status).toBe(201);
  await handsIn(two, ANSWERS);
  const right = { calls: { files: 1, used: MB, items: [{ callId: call.id, files: 1, used: MB }] } };
  expect(await storage()).toMatchObject(right);
  const uses = world.db.collection('storage_uses');
  const cohortId = new Types.ObjectId(staff.cohortId!);
  await uses.deleteOne({ cohortId, userId: new Types.ObjectId(call.id) });
  await uses.updateOne({ cohortId, of: 'calls' }, { $set: { bytes: 7 } });
  await world.app.get(StorageCounts).mend();
  expect(await storage()).toMatchObject({ ...right, whole: { files: 1, used: MB } });
  const rows = await uses.find({ cohortId }).toArray();
  expect(rows.map(({ of = 'cohort' }) => of as string).sort()).toEqual(['call', 'calls', 'cohort']);
});
