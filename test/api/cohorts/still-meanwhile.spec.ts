import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { draftOf } from '../../support/rooms/workshops.js';

/** Milestones, words of tags, wishes and new workshops: a role that ends as something is written writes nothing. */
let world: TestWorld;
let cohortId: string;
let C: string;
let [lead, fellow]: TestPerson[] = [];
let wish: { id: string; revision: number };

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  lead = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
  wish = (await fellow.client.post(`${C}/wishes`, { subject: 'Legal advice', text: '', side: 'want' })).body;
});
afterAll(() => world.stop());

type Act = (client: TestPerson['client']) => PromiseLike<{ status: number; body: any }>;
const WRITTEN = ['milestones', 'tag-words', 'workshop-wishes', 'workshops'];
const stands = async () => {
  const rows = WRITTEN.map((name) =>
    world.db
      .collection(name)
      .find({ cohortId: new Types.ObjectId(cohortId) })
      .sort({ _id: 1 })
      .toArray(),
  );
  return JSON.stringify(await Promise.all(rows));
};

const ACTS: [string, Act][] = [
  ['makes a milestone', (client) => client.post(`${C}/milestones`, { title: 'Late', on: '2026-11-03' })],
  ['gives a tag other words', (client) => client.put(`${C}/tags/law/synonyms`, { words: ['legal'] })],
  ['closes a wish', (client) => client.post(`${C}/wishes/${wish.id}/close`, { reason: 'Late' })],
  ['writes a wish', (client) => client.post(`${C}/wishes`, { subject: 'Late', text: '', side: 'want' })],
  ['makes a workshop', (client) => client.post(`${C}/workshops`, draftOf({ title: 'Late' }))],
];

it.each(ACTS)(
  'given who %s gets another role meanwhile, or is taken out, then 403 or 404, and nothing is written',
  async (_, act) => {
    for (const [out, refused] of [
      [false, 403],
      [true, 404],
    ] as const) {
      const acting = await aMember(world, cohortId, 'staff');
      const before = await stands();
      const came = beforeItIsWritten(world, async () => {
        const path = `${C}/members/${acting.id}`;
        const ended = await (out ? lead!.client.delete(path) : lead!.client.patch(path, { role: 'fellow' }));
        expect(ended.status).toBeLessThan(300);
      });
      const { status } = await act(acting.client);
      expect([came(), status]).toEqual([true, refused]);
      expect(await stands()).toBe(before);
    }
  },
);

it('given an admin from outside makes a milestone as that right is taken, then it is not made', async () => {
  const [admin, other] = [await aPerson(world, { isAdmin: true }), await aPerson(world, { isAdmin: true })];
  const act = () => other.client.post(`${C}/milestones`, { title: 'From outside', on: '2026-11-03' });
  expect((await act()).status).toBe(201);
  const before = await stands();
  const came = beforeItIsWritten(world, async () =>
    expect((await admin.client.delete(`/api/admin/people/${other.id}/admin`)).status).toBeLessThan(300),
  );
  expect((await act()).status).toBe(404);
  expect([came(), await stands()]).toEqual([true, before]);
});
