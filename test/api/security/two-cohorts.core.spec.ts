import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { HOURS, aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';

/** Two cohorts with the same coach and the same fellow in both: what they have in one is nothing to the people of the other. */
let world: TestWorld;
let here: string;
let there: string;
let coach: TestPerson;
let fellow: TestPerson;
let staffHere: TestPerson;
let staffThere: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  [here, there] = [await aCohort(world), await aCohort(world, { name: 'There' })];
  staffHere = await aMember(world, here, 'staff');
  staffThere = await aMember(world, there, 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  coach = await aCoach(world, there);
  fellow = await aMember(world, there, 'fellow');
  await join(world, here, coach.id, 'coach');
  await join(world, here, fellow.id, 'fellow');
  expect((await coach.client.put(pathOf(here), HOURS)).status).toBe(200);
});

const pathOf = (cohort: string) => `/api/cohorts/${cohort}/coaches/${coach.id}/availability`;
const leave = async (cohort: string, staff: TestPerson, person: TestPerson) =>
  expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${person.id}`)).status).toBeLessThan(300);

describe('actions', () => {
  it('given one that is open in a session there, then nobody sees or counts it in a later session here', async () => {
    const first = await aSession(there, fellow, coach.id, '2026-10-14T08:00:00.000Z');
    const action = { text: 'Call the prefecture', ownerId: fellow.id };
    const path = `/api/cohorts/${there}/sessions/${first.id}/actions`;
    expect((await coach.client.post(path, action)).status).toBe(201);
    const inThere = await aSession(there, fellow, coach.id, '2026-10-15T08:00:00.000Z');
    const inHere = await aSession(here, fellow, coach.id, '2026-10-16T08:00:00.000Z');
    const actionsOf = async (person: TestPerson, cohort: string, id: string) =>
      (await person.client.get(`/api/cohorts/${cohort}/sessions/${id}/actions`)).body.items;
    expect(await actionsOf(fellow, there, inThere.id)).toMatchObject([{ text: action.text, carried: true }]);
    for (const person of [staffHere, coach, fellow]) expect(await actionsOf(person, here, inHere.id)).toEqual([]);
    const counted = await fellow.client.get(`/api/cohorts/${here}/sessions/${inHere.id}`);
    expect(counted.body.openActions).toBe(0);
    const fellows = await coach.client.get(`/api/cohorts/${here}/coaches/me/fellows`);
    expect(fellows.body.items).toMatchObject([{ openActions: 0 }]);
    // Who left there does not keep it by what they have here.
    await leave(there, staffThere, coach);
    expect(await actionsOf(coach, here, inHere.id)).toEqual([]);
  });
});

describe('when a coach is away', () => {
  const away = [{ from: '2026-11-02', to: '2026-11-06', note: 'An operation' }];
  beforeEach(async () => {
    expect((await coach.client.put(pathOf(there), { ...HOURS, away })).status).toBe(200);
  });

  it('then staff of each cohort see the days, and the coach alone the words', async () => {
    const days = [{ from: '2026-11-02', to: '2026-11-06' }];
    expect((await coach.client.get(pathOf(here))).body.away).toEqual(away);
    expect((await staffHere.client.get(pathOf(here))).body.away).toEqual(days);
    expect((await staffThere.client.get(pathOf(there))).body.away).toEqual(days);
  });
});

describe('when people of another cohort are free', () => {
  it('given one is named where no coach is free, then they are nobody who could come, and nothing is said of their time', async () => {
    const [stranger, asking] = [await aMember(world, there, 'fellow'), await aMember(world, here, 'fellow')];
    await aCoach(world, here, {}, { craft: 'data' });
    await aSession(there, stranger, coach.id, '2026-10-14T07:00:00.000Z');
    // At night: nobody is free, and the answer is when somebody is.
    const ask = { craft: 'data', startsAt: '2026-10-14T01:00:00.000Z', need: 'Any of you.' };
    for (const id of [stranger.id, '64b000000000000000000000']) {
      const answer = await asking.client.post(`/api/cohorts/${here}/sessions/any`, { ...ask, participants: [id] });
      expect([answer.status, answer.body.next]).toEqual([422, undefined]);
      expect(answer.body.errors).toMatchObject([{ field: '/participants/0', code: 'not_a_member' }]);
    }
  });
});
