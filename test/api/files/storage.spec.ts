import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Types } from 'mongoose';
import { DAY } from '../../../src/common/times/clock.js';
import { FilesSweep } from '../../../src/files/files.sweep.js';
import { StorageCounts } from '../../../src/files/storage/storage-counts.js';
import { FileStore } from '../../../src/infra/files/file-store.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import type { ChannelSummary } from '../../../src/contracts/chat/chat.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember, aPerson, join as joinCohort } from '../../support/factories.js';
import { photo, upload, uploaded } from '../../support/rooms/files.js';

const MB = 1_000_000;
const half = Buffer.alloc(MB / 2, 1);

let world: TestWorld;

beforeAll(async () => {
  world = await startWorld({ env: { STORAGE_PERSON_MB: '2', STORAGE_COHORT_MB: '3' } });
});
afterAll(() => world.stop());
afterEach(() => world.clock.set(new Date(NOW)));

const storageOf = async (person: TestPerson, cohortId: string | null) => {
  const { status, body } = await person.client.get('/api/me/storage');
  expect(status).toBe(200);
  return body.items.find((one: { cohortId: string | null }) => one.cohortId === cohortId);
};
const wholeOf = async (person: TestPerson, cohortId: string) =>
  (await person.client.get(`/api/cohorts/${cohortId}/storage`)).body;
const stored = async () => (await readdir(join(world.config.FILES_PATH, 'uploads')).catch(() => [])).length;
const rows = () => world.db.collection('files').countDocuments({ state: { $in: ['arriving', 'waiting', 'held'] } });

async function aCohortWith(...roles: ('fellow' | 'staff' | 'coach')[]) {
  const cohortId = await aCohort(world);
  const people: TestPerson[] = [];
  for (const role of roles) people.push(await aMember(world, cohortId, role));
  return { cohortId, people };
}

const helpOf = async (person: TestPerson, cohortId: string) => {
  const items = (await person.client.get('/api/channels')).body.items as ChannelSummary[];
  return items.find((one) => one.kind === 'help' && one.cohortId === cohortId)!;
};

const send = async (person: TestPerson, channelId: string, fileId: string) => {
  const message = { clientId: randomUUID(), attachments: [{ fileId }] };
  return await person.client.post(`/api/channels/${channelId}/messages`, message);
};

describe('the room of a person in a cohort', () => {
  it('given uploads up to the limit, then the next is refused by name, and nothing of it is kept', async () => {
    const { cohortId, people } = await aCohortWith('fellow');
    const [ines] = people as [TestPerson];
    for (let count = 0; count < 4; count += 1) await uploaded(world.url, ines, half);
    expect(await storageOf(ines, cohortId)).toEqual({ cohortId, files: 4, used: 2 * MB, limit: 2 * MB });
    const before = [await stored(), await rows()];
    const { status, body } = await upload(world.url, ines, 'x');
    expect([status, body.code]).toEqual([409, 'storage_full']);
    expect(body).toMatchObject({ of: 'person', used: 2 * MB, limit: 2 * MB, size: 1 });
    expect([await stored(), await rows()]).toEqual(before);
  });

  it('given a full one, then another cohort of theirs, their direct conversations and other people have room of their own', async () => {
    const { cohortId, people } = await aCohortWith('fellow', 'fellow');
    const [ines, leo] = people as [TestPerson, TestPerson];
    const other = await aCohort(world);
    await joinCohort(world, other, ines.id, 'coach');
    for (let count = 0; count < 4; count += 1) await uploaded(world.url, ines, half);
    await uploaded(world.url, { ...ines, cohortId: other }, half);
    await uploaded(world.url, { token: ines.token }, half);
    await uploaded(world.url, leo, half);
    const { body } = await ines.client.get('/api/me/storage');
    const amounts = body.items.map((one: any) => [one.cohortId, one.used]);
    expect(new Map(amounts)).toEqual(
      new Map<string | null, number>([
        [cohortId, 2 * MB],
        [other, MB / 2],
        [null, MB / 2],
      ]),
    );
    for (let count = 0; count < 3; count += 1) await uploaded(world.url, { token: ines.token }, half);
    expect((await upload(world.url, { token: ines.token }, 'x')).body).toMatchObject({
      code: 'storage_full',
      of: 'direct',
    });
  });

  it('given a photo, then its previews take room with it', async () => {
    const { cohortId, people } = await aCohortWith('fellow');
    const content = await photo().png().toBuffer();
    await uploaded(world.url, people[0]!, content, 'plan.png');
    const [row] = await world.db
      .collection('files')
      .find({ ownerId: new Types.ObjectId(people[0]!.id) })
      .toArray();
    expect(row!['bytes']).toBeGreaterThan(content.length);
    expect(await storageOf(people[0]!, cohortId)).toMatchObject({ files: 1, used: row!['bytes'] });
  });

  it('given an upload for one cohort, then it cannot be sent in another, nor to somebody directly', async () => {
    const { cohortId, people } = await aCohortWith('fellow');
    const [ines] = people as [TestPerson];
    const other = await aCohort(world);
    await joinCohort(world, other, ines.id, 'staff');
    const file = await uploaded(world.url, { ...ines, cohortId: other });
    const room = await helpOf(ines, cohortId);
    const refused = await send(ines, room.id, file.id);
    expect([refused.status, refused.body.errors]).toEqual([422, [{ field: '/attachments/0/fileId', code: 'unknown' }]]);
    const direct = await uploaded(world.url, { token: ines.token });
    expect((await send(ines, room.id, direct.id)).status).toBe(422);
  });
});

describe('what gives room back', () => {
  it('given an upload thrown away, a deleted message and what was never sent, then their room is free at once, and their bytes go', async () => {
    const { cohortId, people } = await aCohortWith('fellow', 'staff');
    const [ines, staff] = people as [TestPerson, TestPerson];
    const room = await helpOf(ines, cohortId);
    const [thrown, sent] = [await uploaded(world.url, ines, half), await uploaded(world.url, ines, half)];
    await uploaded(world.url, ines, half);
    const { body: message } = await send(staff, room.id, (await uploaded(world.url, staff, half)).id);
    const mine = await send(ines, room.id, sent.id);
    expect(mine.status).toBe(201);
    expect(await storageOf(ines, cohortId)).toMatchObject({ used: 1.5 * MB, files: 3 });
    expect((await wholeOf(staff, cohortId)).whole).toMatchObject({ used: 2 * MB, files: 4 });

    expect((await ines.client.delete(`/api/files/${thrown.id}`)).status).toBe(204);
    expect(await storageOf(ines, cohortId)).toMatchObject({ used: MB, files: 2 });
    expect((await ines.client.delete(`/api/files/${thrown.id}`)).status).toBe(404);
    expect((await ines.client.delete(`/api/channels/${room.id}/messages/${mine.body.id}`)).status).toBeLessThan(300);
    expect(await storageOf(ines, cohortId)).toMatchObject({ used: MB / 2, files: 1 });

    world.clock.set(new Date(Date.parse(NOW) + DAY));
    await world.app.get(FilesSweep).sweep();
    expect(await storageOf(ines, cohortId)).toMatchObject({ used: 0, files: 0 });
    expect((await wholeOf(staff, cohortId)).whole).toMatchObject({ used: MB / 2, files: 1 });
    await staff.client.delete(`/api/channels/${room.id}/messages/${message.id}`);
    expect((await wholeOf(staff, cohortId)).whole).toMatchObject({ used: 0, files: 0 });
    await world.app.get(FilesSweep).sweep();
    expect(await world.db.collection('files').countDocuments({ cohortId: new Types.ObjectId(cohortId) })).toBe(0);
  });

  it('given a file in a message that is sent, then it takes its room once, and still when the message is edited', async () => {
    const { cohortId, people } = await aCohortWith('fellow');
    const [ines] = people as [TestPerson];
    const room = await helpOf(ines, cohortId);
    const file = await uploaded(world.url, ines, half);
    const { body } = await send(ines, room.id, file.id);
    await ines.client.patch(`/api/channels/${room.id}/messages/${body.id}`, { body: 'with words' });
    expect(await storageOf(ines, cohortId)).toMatchObject({ used: MB / 2, files: 1 });
  });

  it('given a disk that takes nothing, then the upload fails and its room is free', async () => {
    const { cohortId, people } = await aCohortWith('fellow');
    const [ines] = people as [TestPerson];
    const store = world.app.get(FileStore);
    const put = store.put.bind(store);
    store.put = () => Promise.reject(new Error('the disk is full'));
    try {
      expect((await upload(world.url, ines, half)).status).toBe(500);
    } finally {
      store.put = put;
    }
    expect(await storageOf(ines, cohortId)).toMatchObject({ used: 0, files: 0 });
  });
});

describe('the room of a cohort', () => {
  it('given people who fill it together, then the next is refused, whoever it is, and told that it is the cohort', async () => {
    const { people } = await aCohortWith('fellow', 'fellow');
    const [ines, leo] = people as [TestPerson, TestPerson];
    for (let count = 0; count < 3; count += 1) for (const one of [ines, leo]) await uploaded(world.url, one, half);
    const { status, body } = await upload(world.url, leo, 'x');
    expect([status, body.code, body.of, body.used, body.limit]).toEqual([
      409,
      'storage_full',
      'cohort',
      3 * MB,
      3 * MB,
    ]);
  });

  it('given staff, then they see the whole and who has most, and set what a person may upload; lower than what is there, it keeps what is there', async () => {
    const { cohortId, people } = await aCohortWith('staff', 'fellow', 'fellow');
    const [staff, ines, leo] = people as [TestPerson, TestPerson, TestPerson];
    await uploaded(world.url, ines, half);
    await uploaded(world.url, ines, half);
    await uploaded(world.url, leo, half);
    const path = `/api/cohorts/${cohortId}/storage`;
    const { body: seen } = await staff.client.get(path);
    expect(seen).toMatchObject({
      whole: { files: 3, used: 1.5 * MB, limit: 3 * MB },
      ...{ personLimit: 2 * MB, imported: 0 },
      settings: { personMb: null, cohortMb: null },
      standard: { personMb: 2, cohortMb: 3 },
      abilities: { setPerson: true, setCohort: false },
    });
    expect(seen.largest.map((one: any) => [one.person.id, one.used, one.files])).toEqual([
      [ines.id, MB, 2],
      [leo.id, MB / 2, 1],
    ]);
    const set = await staff.client.patch(path, { personMb: 1 });
    expect([set.status, set.body.personLimit, set.body.settings.personMb]).toEqual([200, MB, 1]);
    expect((await upload(world.url, ines, 'x')).body).toMatchObject({ code: 'storage_full', limit: MB });
    await uploaded(world.url, leo, half);
    const back = await staff.client.patch(path, { personMb: null });
    expect([back.body.personLimit, back.body.settings.personMb]).toEqual([2 * MB, null]);
    await uploaded(world.url, ines, 'x');
  });

  it('given the whole of it, then an admin sets it, a member or not, and staff may not', async () => {
    const { cohortId, people } = await aCohortWith('staff');
    const path = `/api/cohorts/${cohortId}/storage`;
    const refused = await people[0]!.client.patch(path, { personMb: 1, cohortMb: 5 });
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    expect((await wholeOf(people[0]!, cohortId)).settings).toEqual({ personMb: null, cohortMb: null });
    const outside = await aPerson(world, { isAdmin: true });
    const set = await outside.client.patch(path, { cohortMb: 5 });
    expect(set.body).toMatchObject({ whole: { limit: 5 * MB }, abilities: { setPerson: true, setCohort: true } });
    const inside = await aMember(world, cohortId, 'staff', { isAdmin: true });
    expect((await inside.client.patch(path, { cohortMb: 6 })).body.settings.cohortMb).toBe(6);
  });

  it('given another cohort’s staff, a fellow and nobody, then none sees or sets it, nor uploads there', async () => {
    const { cohortId, people } = await aCohortWith('fellow');
    const { people: others } = await aCohortWith('staff');
    const path = `/api/cohorts/${cohortId}/storage`;
    const nothing = await others[0]!.client.get(`/api/cohorts/${String(new Types.ObjectId())}/storage`);
    const foreign = await others[0]!.client.get(path);
    expect([foreign.status, foreign.body]).toEqual([404, nothing.body]);
    expect((await others[0]!.client.patch(path, { personMb: 'x' })).status).toBe(404);
    expect((await upload(world.url, { token: others[0]!.token, cohortId }, 'x')).status).toBe(404);
    expect((await people[0]!.client.get(path)).status).toBe(403);
    expect((await people[0]!.client.patch(path, { personMb: 9 })).status).toBe(403);
    for (const answer of [
      await clientOf(world.url).get(path),
      await clientOf(world.url).patch(path, { personMb: 9 }),
      await clientOf(world.url).get('/api/me/storage'),
    ])
      expect(answer.status).toBe(401);
    expect(await world.db.collection('storage_uses').countDocuments({ cohortId: new Types.ObjectId(cohortId) })).toBe(
      0,
    );
  });

  it('given what is no number of megabytes, then the field is named', async () => {
    const { cohortId, people } = await aCohortWith('staff');
    for (const personMb of [0, -1, 1.5, '9', 1e12]) {
      const { status, body } = await people[0]!.client.patch(`/api/cohorts/${cohortId}/storage`, { personMb });
      expect([status, body.errors[0].field]).toEqual([422, '/personMb']);
    }
    expect((await people[0]!.client.patch(`/api/cohorts/${cohortId}/storage`, { bytes: 1 })).status).toBe(422);
  });

  it('given somebody who left, then they see it no more, and what they uploaded still counts for the cohort', async () => {
    const { cohortId, people } = await aCohortWith('staff', 'fellow');
    const [staff, ines] = people as [TestPerson, TestPerson];
    const room = await helpOf(ines, cohortId);
    await send(ines, room.id, (await uploaded(world.url, ines, half)).id);
    expect((await staff.client.delete(`/api/cohorts/${cohortId}/members/${ines.id}`)).status).toBeLessThan(300);
    expect(await storageOf(ines, cohortId)).toBeUndefined();
    expect((await upload(world.url, ines, 'x')).status).toBe(404);
    expect(await wholeOf(staff, cohortId)).toMatchObject({
      whole: { used: MB / 2 },
      largest: [{ person: { id: ines.id } }],
    });
  });
});

describe('counts that are wrong', () => {
  it('given counts that were lost or changed behind the app, then the turn puts them right, and sets nothing else', async () => {
    const { cohortId, people } = await aCohortWith('staff', 'fellow');
    const [staff, ines] = people as [TestPerson, TestPerson];
    await staff.client.patch(`/api/cohorts/${cohortId}/storage`, { personMb: 7 });
    await uploaded(world.url, ines, half);
    await uploaded(world.url, { token: ines.token }, half);
    const uses = world.db.collection('storage_uses');
    const place = { cohortId: new Types.ObjectId(cohortId) };
    await uses.deleteOne({ ...place, userId: new Types.ObjectId(ines.id) });
    await uses.updateOne({ ...place, userId: null }, { $set: { bytes: 99, files: -3 } });
    await uses.insertOne({ ...place, userId: new Types.ObjectId(staff.id), bytes: 5, files: 1 });
    await uses.updateOne({ cohortId: null, userId: new Types.ObjectId(ines.id) }, { $set: { bytes: 1 } });
    await world.app.get(StorageCounts).mend();
    expect(await storageOf(ines, cohortId)).toEqual({ cohortId, files: 1, used: MB / 2, limit: 7 * MB });
    expect(await storageOf(ines, null)).toMatchObject({ files: 1, used: MB / 2 });
    expect(await storageOf(staff, cohortId)).toMatchObject({ files: 0, used: 0 });
    expect(await wholeOf(staff, cohortId)).toMatchObject({
      whole: { files: 1, used: MB / 2 },
      settings: { personMb: 7 },
    });
  });
});
