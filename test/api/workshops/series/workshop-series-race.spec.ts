import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { aSeries, seriesOf } from '../../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let second: TestPerson;
let fellows: TestPerson[];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  [staff, second] = await Promise.all([aMember(world, cohortId, 'staff'), aMember(world, cohortId, 'staff')]);
  fellows = await Promise.all(Array.from({ length: 12 }, () => aMember(world, cohortId, 'fellow')));
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const urlOf = (index: number) => world.nodes[index % 2]!.url;
const oneOf = (id: string) => `/api/cohorts/${cohortId}/workshops/${id}`;
const rowsOf = (ids: string[]) =>
  world.db
    .collection('workshops')
    .find({ _id: { $in: ids.map((id) => new Types.ObjectId(id)) } })
    .sort({ recurrenceId: 1 })
    .toArray();

it('given one act of making on two nodes at once, then one whole series', async () => {
  const body = seriesOf({ title: 'Twice' });
  const to = `/api/cohorts/${cohortId}/workshop-series`;
  const answers = await Promise.all([0, 1, 2, 3].map((index) => staff.client.on(urlOf(index)).post(to, body)));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  const made = { cohortId: new Types.ObjectId(cohortId), title: 'Twice' };
  expect(await world.db.collection('workshops').countDocuments(made)).toBe(10);
});

it('given two editors of the series on two nodes, then one is first on every date and the other is told to look again', async () => {
  const { path, dates } = await aSeries(staff, cohortId);
  const edit = (person: TestPerson, index: number, title: string) =>
    person.client.on(urlOf(index)).patch(path, { scope: 'all', workshopId: dates[index], edition: 1, title });
  const answers = await Promise.all([edit(staff, 0, 'By one'), edit(second, 1, 'By the other')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const rows = await rowsOf(dates);
  expect(new Set(rows.map(({ title }) => title)).size).toBe(1);
  expect(rows.map(({ edition }) => edition)).toEqual(Array(10).fill(2));
});

it('given all are moved while one is cancelled and people join, then each date is whole: cancelled as it was or moved, nobody lost', async () => {
  const { path, dates } = await aSeries(staff, cohortId, { capacity: 5 });
  const move = { startsAt: '2026-10-20T08:00:00.000Z', endsAt: '2026-10-20T09:00:00.000Z', capacity: 7 };
  const [moved, cancelled, ...joined] = await Promise.all([
    staff.client.patch(path, { scope: 'all', workshopId: dates[0], edition: 1, ...move }),
    second.client.on(urlOf(1)).post(`${oneOf(dates[4]!)}/cancel`, { reason: 'Ill' }),
    ...fellows.map((one, index) => one.client.on(urlOf(index)).put(`${path}/registration`, {})),
  ]);
  expect([moved.status, cancelled.status]).toEqual([200, 200]);
  expect(joined.map(({ status }) => status)).toEqual(Array(12).fill(200));
  const rows = await rowsOf(dates);
  rows.forEach((row, index) => {
    const isMoved = row.capacity === 7;
    expect(row.startsAt.toISOString().slice(11, 16)).toBe(
      isMoved ? (index === 0 ? '08:00' : '09:00') : index === 0 ? '07:00' : '08:00',
    );
    expect(row.edition ?? 1).toBe(isMoved ? 2 : 1);
    expect(isMoved || row.status === 'cancelled').toBe(true);
    expect(row.status).toBe(index === 4 ? 'cancelled' : 'published');
    if (index !== 4) expect([row.going.onsite, row.waitlisted.onsite]).toEqual([7, 5]);
  });
});

it('given a single edit and an edit of all with the same edition seen, then the later one is refused or both are there', async () => {
  const { path, dates } = await aSeries(staff, cohortId);
  const [all, one] = await Promise.all([
    staff.client.patch(path, { scope: 'all', workshopId: dates[0], edition: 1, title: 'All' }),
    second.client.on(urlOf(1)).patch(oneOf(dates[2]!), { edition: 1, title: 'One' }),
  ]);
  const titles = (await rowsOf(dates)).map(({ title }) => title);
  expect([200, 409]).toContain(all.status);
  expect([200, 409]).toContain(one.status);
  expect(all.status === 200 || one.status === 200).toBe(true);
  const others = new Set(titles.filter((_, index) => index !== 2));
  expect(others).toEqual(new Set([all.status === 200 ? 'All' : 'Morning round']));
  expect(titles[2]).toBe(one.status === 200 ? 'One' : 'All');
});
