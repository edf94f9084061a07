import { startWorld, type TestWorld } from '../support/app.js';
import { clientOf } from '../support/client.js';
import { aCoach, aSession } from '../support/coaching.js';
import { aCohort, aMember, type TestPerson } from '../support/factories.js';

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let quiet: TestPerson;
beforeAll(async () => {
  world = await startWorld({ now: '2026-09-01T08:00:00.000Z' });
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  coach = await aCoach(world, cohort, { maxPerWeek: 5 }, { name: 'Hanna Lindqvist' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
  quiet = await aMember(world, cohort, 'fellow', { name: 'Karim Benali' });
});
afterAll(() => world.stop());

const load = (person: TestPerson) => person.client.get(`/api/cohorts/${cohort}/coaching-load`);

it('given sessions held, missed and cancelled late, then staff see contact by week, who waits and load against caps', async () => {
  const held = await aSession(cohort, fellow, coach.id, '2026-10-05T07:00:00Z');
  const late = await aSession(cohort, fellow, coach.id, '2026-10-06T07:00:00Z');
  await aSession(cohort, fellow, coach.id, '2026-10-15T07:00:00Z');
  world.clock.set('2026-10-05T08:00:00Z');
  await coach.client.post(`/api/cohorts/${cohort}/sessions/${held.id}/complete`, { outcome: 'held' });
  world.clock.set('2026-10-06T07:01:00Z');
  await fellow.client.post(`/api/cohorts/${cohort}/sessions/${late.id}/cancel`, { reason: 'Overslept' });
  world.clock.set('2026-10-13T09:45:00Z');
  const { body, status } = await load(staff);
  expect(status).toBe(200);
  expect(body.weeks).toHaveLength(12);
  expect(body.weeks.at(-1)).toBe('2026-10-12');
  const [first, second] = body.fellows;
  expect(first).toMatchObject({ person: { id: quiet.id }, days: 42, unserved: true, lastSessionAt: null });
  expect(second).toMatchObject({
    person: { id: fellow.id },
    unserved: false,
    days: 8,
    lastSessionAt: '2026-10-05T07:00:00.000Z',
    nextSessionAt: '2026-10-15T07:00:00.000Z',
  });
  expect(second.sessions).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
  expect(body.coaches).toEqual([
    {
      person: expect.objectContaining({ id: coach.id }),
      thisWeek: 1,
      nextWeek: 0,
      maxPerWeek: 5,
      held: 1,
      noShow: 0,
      cancelledLate: 1,
    },
  ]);
});

it('given another role, cohort or nobody, then nothing', async () => {
  for (const person of [coach, fellow]) expect((await load(person)).status).toBe(403);
  expect((await load(await aMember(world, await aCohort(world), 'staff'))).status).toBe(404);
  expect((await clientOf(world.url).get(`/api/cohorts/${cohort}/coaching-load`)).status).toBe(401);
});
