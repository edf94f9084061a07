import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

/** More than the database answers at once. */
const MANY = 2050;

let world: TestWorld;
let cohort: string;
let coach: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  coach = await aCoach(world, cohort);
});
afterAll(() => world.stop());

const booked = async (at: string) => {
  const fellow = await aMember(world, cohort, 'fellow');
  const session = await aSession(cohort, fellow, coach.id, at);
  const path = `/api/cohorts/${cohort}/sessions/${session.id as string}`;
  const taken = await coach.client.post(`${path}/actions`, { text: 'Ask two officers', ownerId: fellow.id });
  expect(taken.status).toBe(201);
  return { fellow, path, sessionId: new Types.ObjectId(session.id as string) };
};

it('given one of a coach’s fellows with thousands of open actions, then those of the others are counted and shown as ever', async () => {
  const [one, other] = [await booked('2026-10-14T07:00:00Z'), await booked('2026-10-15T07:00:00Z')];
  const actions = world.db.collection('actions');
  const sample = (await actions.findOne({ sessionId: one.sessionId }))!;
  const more = Array.from({ length: MANY }, () => ({ ...sample, _id: new Types.ObjectId() }));
  await actions.insertMany(more);
  const { items } = (await coach.client.get(`/api/cohorts/${cohort}/coaches/me/fellows`)).body;
  const counted = Object.fromEntries(items.map((item: any) => [item.person.id, item.openActions]));
  expect(counted).toEqual({ [one.fellow.id]: MANY + 1, [other.fellow.id]: 1 });
  const listed = (await coach.client.get(`/api/cohorts/${cohort}/sessions?limit=100`)).body.items;
  expect(listed.map((session: any) => session.openActions).sort()).toEqual([1, MANY + 1]);
});

it('given a session in which more was written down than anybody takes on, then 409 says so, and another session takes it', async () => {
  const { fellow, path, sessionId } = await booked('2026-10-16T07:00:00Z');
  const actions = world.db.collection('actions');
  const sample = (await actions.findOne({ sessionId }))!;
  await actions.insertMany(Array.from({ length: 199 }, () => ({ ...sample, _id: new Types.ObjectId() })));
  const body = { text: 'One more', ownerId: fellow.id };
  const refused = await coach.client.post(`${path}/actions`, body);
  expect([refused.status, refused.body.code]).toEqual([409, 'too_many_actions']);
  expect((await fellow.client.post(`${path}/actions`, body)).body.code).toBe('too_many_actions');
  const next = await aSession(cohort, fellow, coach.id, '2026-10-19T07:00:00Z');
  expect((await coach.client.post(`/api/cohorts/${cohort}/sessions/${next.id as string}/actions`, body)).status).toBe(
    201,
  );
});
