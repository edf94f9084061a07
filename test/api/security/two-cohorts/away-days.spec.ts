import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { HOURS, aCoach } from '../../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember, join } from '../../../support/factories.js';

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

describe('when a coach is away', () => {
  const away = [{ from: '2026-11-02', to: '2026-11-06', note: 'An operation' }];
  beforeEach(async () => {
    expect((await coach.client.put(pathOf(there), { ...HOURS, away })).status).toBe(200);
  });

  it('then staff change hours without losing them, and days not at all', async () => {
    const shown = (await staffHere.client.get(pathOf(here))).body;
    const saved = await staffHere.client.put(pathOf(here), { ...shown, slotMinutes: 30 });
    expect([saved.status, saved.body.slotMinutes, saved.body.away]).toEqual([200, 30, shown.away]);
    expect((await coach.client.get(pathOf(there))).body).toMatchObject({ away, slotMinutes: 45 });
    const longer = await staffHere.client.put(pathOf(here), {
      ...shown,
      away: [{ from: '2026-10-14', to: '2026-12-31' }],
    });
    expect([longer.status, longer.body.code]).toEqual([403, 'away_is_theirs']);
    expect((await coach.client.get(pathOf(there))).body.away).toEqual(away);
  });

  it('given they are in one cohort only, then its staff read the words and change the days', async () => {
    await leave(here, staffHere, coach);
    expect((await staffThere.client.get(pathOf(there))).body.away).toEqual(away);
    const saved = await staffThere.client.put(pathOf(there), { ...HOURS, away: [] });
    expect([saved.status, saved.body.away]).toEqual([200, []]);
  });
});
