import { idOf } from '../../../src/infra/mongo/ids.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { callWords } from '../../support/rooms/calls.js';
import { aSeries, aWorkshop, draftOf, seriesOf } from '../../support/rooms/workshops.js';

/** A cohort that is closed between the look at it and the write is kept as it was, and nobody is told of anything. */
let world: TestWorld;
let cohortId: string;
let C: string;
let [staff, other, fellow]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  staff = await aMember(world, cohortId, 'staff');
  other = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
});

type Act = () => PromiseLike<{ status: number; body: any }>;
const made = async (path: string, body: object) => {
  const answer = await staff!.client.post(`${C}/${path}`, body);
  expect(answer.status).toBe(201);
  return { ...answer.body, path: `${C}/${path}/${answer.body.id as string}` };
};
const milestone = () => made('milestones', { title: 'Read-out', on: '2027-01-05' });

/** Each makes ready what is closed upon, and says what is done then. */
const ACTS: [string, () => Promise<Act>][] = [
  [
    'a workshop is published',
    async () => {
      const { path } = await made('workshops', draftOf());
      return () => staff!.client.post(`${path}/publish`);
    },
  ],
  [
    'a series is published',
    async () => {
      const { path } = await made('workshop-series', seriesOf({ repeat: { unit: 'week', weekdays: [2], count: 3 } }));
      return () => staff!.client.post(`${path}/publish`);
    },
  ],
  [
    'a published series goes on',
    async () => {
      const { path, dates } = await aSeries(staff!, cohortId, { repeat: { unit: 'week', weekdays: [2], count: 3 } });
      const { edition } = (await staff!.client.get(path)).body;
      return () => staff!.client.post(`${path}/lengthen`, { workshopId: dates[0], edition, count: 5 });
    },
  ],
  [
    'a workshop is shown to everybody',
    async () => {
      const { path } = await aWorkshop(staff!, cohortId);
      const page = { on: true, guests: true, plusOne: false, shownHosts: [], questions: [] };
      return () => staff!.client.put(`${path}/public-page`, page);
    },
  ],
  [
    'a call is published',
    async () => {
      const { path, revision, fields: asked } = await made('calls', { kind: 'fellows', title: callWords.title });
      const fields = asked.map((field: any) => (field.kind === 'file' ? { ...field, required: false } : field));
      const { body } = await staff!.client.patch(path, { ...callWords, fields, revision });
      return () => staff!.client.post(`${path}/publish`, { revision: body.revision });
    },
  ],
  [
    'a milestone is set',
    () => Promise.resolve(() => staff!.client.post(`${C}/milestones`, { title: 'Read-out', on: '2027-01-05' })),
  ],
  [
    'a milestone moves',
    async () => {
      const { path } = await milestone();
      return () => staff!.client.patch(path, { on: '2027-01-06' });
    },
  ],
  [
    'a milestone is taken away',
    async () => {
      const { path } = await milestone();
      return () => staff!.client.delete(path);
    },
  ],
];

/** All that the acts write to, as it is. */
const stands = async () =>
  await Promise.all(
    ['workshops', 'workshop-series', 'calls', 'milestones'].map(
      async (name) =>
        await world.db
          .collection(name)
          .find({ cohortId: idOf(cohortId) })
          .sort({ _id: 1 })
          .toArray(),
    ),
  );
const told = async () =>
  ((await fellow!.client.get('/api/me/inbox')).body.items as { id: string }[]).map((one) => one.id);

it.each(ACTS)('given staff close the cohort as %s, then 409, and all is kept as it was', async (_what, ready) => {
  const act = await ready();
  await world.settled();
  let before: unknown;
  const happened = beforeItIsWritten(world, async () => {
    expect((await other!.client.post(`${C}/close`)).status).toBe(200);
    await world.settled();
    before = { rows: await stands(), told: await told() };
  });
  const { status, body } = await act();
  await world.settled();
  expect([happened(), status, body.code]).toEqual([true, 409, 'cohort_closed']);
  expect({ rows: await stands(), told: await told() }).toEqual(before);
});

it.each(ACTS)('given staff rename the cohort as %s, then it is done', async (_what, ready) => {
  const act = await ready();
  const before = await stands();
  const happened = beforeItIsWritten(world, () => other!.client.patch(C, { name: 'Cohort 9' }));
  const { status } = await act();
  expect([happened(), status < 300]).toEqual([true, true]);
  expect(await stands()).not.toEqual(before);
});
