import { idOf } from '../../../src/infra/mongo/ids.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { aSeries, aWorkshop, draftOf } from '../../support/rooms/workshops.js';

/** Who is taken off a workshop between the look at its hosts and the write changes nothing of it any more. */
let world: TestWorld;
let cohortId: string;
let [staff, other, claire, karim]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  other = await aMember(world, cohortId, 'staff');
  claire = await aMember(world, cohortId, 'coach');
  karim = await aMember(world, cohortId, 'coach');
});

type Act = (person: TestPerson, path: string) => PromiseLike<{ status: number; body: any }>;
const page = { on: true, guests: false, plusOne: false, shownHosts: [], questions: [] };
const ACTS: [string, Act][] = [
  ['make themselves host', (person, path) => person.client.patch(path, { hosts: [person.id] })],
  ['edit it', (person, path) => person.client.patch(path, { title: 'Other words' })],
  ['call it off', (person, path) => person.client.post(`${path}/cancel`, { reason: 'No more' })],
  ['show it to everybody', (person, path) => person.client.put(`${path}/public-page`, page)],
];
const DRAFT_ACTS: [string, Act][] = [
  ...ACTS.slice(0, 2),
  ['publish it', (person, path) => person.client.post(`${path}/publish`)],
  ['drop it', (person, path) => person.client.delete(path)],
];

const aDraft = async (by: TestPerson, hosts: string[]) => {
  const { status, body } = await by.client.post(`/api/cohorts/${cohortId}/workshops`, draftOf({ hosts }));
  expect(status).toBe(201);
  return `/api/cohorts/${cohortId}/workshops/${body.id as string}`;
};
const rowOf = async (path: string) =>
  await world.db.collection('workshops').findOne({ _id: idOf(path.slice(path.lastIndexOf('/') + 1)) });

/** Does the act while something else happens to it, and says what came of it. */
async function meanwhile(path: string, happens: () => PromiseLike<{ status: number }>, act: () => ReturnType<Act>) {
  let before: unknown;
  const happened = beforeItIsWritten(world, async () => {
    expect((await happens()).status).toBe(200);
    await world.settled();
    before = await rowOf(path);
  });
  const { status } = await act();
  expect([happened(), Boolean(before)]).toEqual([true, true]);
  return { status, before, after: await rowOf(path) };
}
const takeOff = (path: string) => () => other!.client.patch(path, { hosts: [karim!.id] });

it.each(ACTS)('given a host is taken off as they %s, then 403 and nothing has changed', async (_act, act) => {
  const { path } = await aWorkshop(staff!, cohortId, { hosts: [claire!.id] });
  const { status, before, after } = await meanwhile(path, takeOff(path), () => act(claire!, path));
  expect(status).toBe(403);
  expect(after).toEqual(before);
});

it.each(DRAFT_ACTS)(
  'given a host is taken off a draft as they %s, then 404 and nothing has changed',
  async (_act, act) => {
    const path = await aDraft(staff!, [claire!.id]);
    const { status, before, after } = await meanwhile(path, takeOff(path), () => act(claire!, path));
    expect(status).toBe(404);
    expect(after).toEqual(before);
  },
);

it.each(ACTS)('given another comes in as they %s, then it is done', async (_act, act) => {
  const { path } = await aWorkshop(staff!, cohortId, { hosts: [claire!.id] });
  const comesIn = () => other!.client.patch(path, { hosts: [claire!.id, karim!.id] });
  const { status, before, after } = await meanwhile(path, comesIn, () => act(claire!, path));
  expect(status).toBe(200);
  expect(after).not.toEqual(before);
});

it.each(DRAFT_ACTS)('given staff are taken off a draft as they %s, then it is done all the same', async (_act, act) => {
  const path = await aDraft(staff!, [staff!.id]);
  const { status, before, after } = await meanwhile(path, takeOff(path), () => act(staff!, path));
  expect(status).toBeLessThan(300);
  expect(after).not.toEqual(before);
});

it('given a draft becomes a proposal as a fellow who holds it publishes it, then 403 and it stays a draft', async () => {
  const fellow = await aMember(world, cohortId, 'fellow');
  const path = await aDraft(karim!, [fellow.id, karim!.id]);
  const noCoachAnyMore = () => staff!.client.patch(`/api/cohorts/${cohortId}/members/${karim!.id}`, { role: 'host' });
  const { status, before, after } = await meanwhile(path, noCoachAnyMore, () => fellow.client.post(`${path}/publish`));
  expect(status).toBe(403);
  expect(after).toEqual(before);
  expect(after).toMatchObject({ status: 'draft', proposed: true });
});

it('given two drop a draft at once, then one of them did, and for the other it is not there', async () => {
  const path = await aDraft(staff!, [claire!.id]);
  const happened = beforeItIsWritten(world, () => staff!.client.delete(path));
  const { status } = await claire!.client.delete(path);
  expect([happened(), status, await rowOf(path)]).toEqual([true, 404, null]);
});

describe('of the programme team, as somebody', () => {
  const member = (person: TestPerson) => `/api/cohorts/${cohortId}/members/${person.id}`;
  const demoted = () => staff!.client.patch(member(other!), { role: 'coach' });
  const edit = { scope: 'all', workshopId: '', edition: 1, title: 'Other words' };
  const SERIES: [string, (path: string, dates: string[]) => ReturnType<Act>][] = [
    ['edits a series', (path, [workshopId]) => other!.client.patch(path, { ...edit, workshopId })],
    [
      'calls a series off',
      (path, [workshopId]) =>
        other!.client.post(`${path}/cancel`, { scope: 'all', workshopId, edition: 1, reason: 'No more' }),
    ],
    [
      'makes a series longer',
      (path, [workshopId]) => other!.client.post(`${path}/lengthen`, { workshopId, edition: 1, count: 12 }),
    ],
  ];

  it.each(ACTS)('comes to %s, given they are of it no more, then 403 and nothing has changed', async (_act, act) => {
    const { path } = await aWorkshop(staff!, cohortId, { hosts: [claire!.id] });
    const { status, before, after } = await meanwhile(path, demoted, () => act(other!, path));
    expect(status).toBe(403);
    expect(after).toEqual(before);
  });

  it.each(DRAFT_ACTS)('comes to %s, given it is a draft that they see no more, then 404', async (_act, act) => {
    const path = await aDraft(staff!, [claire!.id]);
    const { status, before, after } = await meanwhile(path, demoted, () => act(other!, path));
    expect(status).toBe(404);
    expect(after).toEqual(before);
  });

  it.each(SERIES)('%s, given they are of it no more, then 403 and nothing has changed', async (_act, act) => {
    const { path, dates } = await aSeries(staff!, cohortId, { hosts: [claire!.id] });
    const all = async () => JSON.stringify(await world.db.collection('workshops').find({}).sort({ _id: 1 }).toArray());
    let before = '';
    const happened = beforeItIsWritten(world, async () => {
      expect((await demoted()).status).toBe(200);
      await world.settled();
      before = await all();
    });
    expect([(await act(path, dates)).status, happened()]).toEqual([403, true]);
    expect(await all()).toBe(before);
  });
});
