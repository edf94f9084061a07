import { Types } from 'mongoose';
import { StorageCounts } from '../../../src/files/storage/storage-counts.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { upload } from '../../support/rooms/files.js';

const MB = 1_000_000;
const content = Buffer.alloc(100_000, 1);

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { STORAGE_PERSON_MB: '1', STORAGE_COHORT_MB: '2' } });
});
afterAll(() => world.stop());

const node = (at: number) => world.nodes[at % 2]!.url;
const kept = (cohortId: string) =>
  world.db
    .collection('files')
    .find({ cohortId: new Types.ObjectId(cohortId), state: { $ne: 'gone' } })
    .toArray();
const countOf = (cohortId: string, userId: string | null) =>
  world.db
    .collection('storage_uses')
    .findOne({ cohortId: new Types.ObjectId(cohortId), userId: userId === null ? null : new Types.ObjectId(userId) });

describe('uploads at once, on two nodes', () => {
  it('given one person and 50 files where 10 fit, then 10 are taken, 40 refused, and the counts say so', async () => {
    const cohortId = await aCohort(world);
    const ines = await aMember(world, cohortId, 'fellow');
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => upload(node(at), ines, content)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ body }) => `${body.code} ${body.of}`))).toEqual(new Set(['storage_full person']));
    expect(await kept(cohortId)).toHaveLength(10);
    for (const userId of [ines.id, null])
      expect(await countOf(cohortId, userId)).toMatchObject({ bytes: MB, files: 10 });
  });

  it('given 10 people with 5 files each where the cohort has room for 20, while counts are put right again and again, then 20 are taken', async () => {
    const cohortId = await aCohort(world);
    const people: TestPerson[] = [];
    for (let count = 0; count < 10; count += 1) people.push(await aMember(world, cohortId, 'fellow'));
    const run = { isOver: false };
    const mending = (async () => {
      while (!run.isOver) await world.nodes[1]!.app.get(StorageCounts).mend();
    })();
    const answers = await Promise.all(
      people.flatMap((person, at) =>
        Array.from({ length: 5 }, (_, index) => upload(node(at + index), person, content)),
      ),
    ).finally(() => (run.isOver = true));
    await mending;
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ body }) => `${body.code} ${body.of}`))).toEqual(new Set(['storage_full cohort']));
    expect(await kept(cohortId)).toHaveLength(20);
    expect(await countOf(cohortId, null)).toMatchObject({ bytes: 2 * MB, files: 20 });
  });

  it('given one upload thrown away by 20 at once, then its room is given back once', async () => {
    const cohortId = await aCohort(world);
    const ines = await aMember(world, cohortId, 'fellow');
    const [first] = [await upload(world.url, ines, content), await upload(world.url, ines, content)];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => ines.client.on(node(at)).delete(`/api/files/${first.body.id}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array.from({ length: 19 }, () => 404)]);
    for (const userId of [ines.id, null])
      expect(await countOf(cohortId, userId)).toMatchObject({ bytes: 100_000, files: 1 });
  });
});
