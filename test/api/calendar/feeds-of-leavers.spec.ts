import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

/** Whoever left keeps the feed of their own agenda. It holds nothing of the cohort, nor does it tell that, or when, something went on there. */
let world: TestWorld;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());

it('given what somebody was in before they left, then what becomes of it changes nothing of their feed', async () => {
  const coach = await aCoach(world, cohortId);
  const leaver = await aMember(world, cohortId, 'fellow');
  const stays = await aMember(world, cohortId, 'fellow');
  const joined = await aWorkshop(staff, cohortId, { startsAt: '2026-10-16T08:00:00Z', endsAt: '2026-10-16T09:00:00Z' });
  for (const { client } of [leaver, stays])
    expect((await client.put(`${joined.path}/registration`, {})).status).toBeLessThan(300);
  await aSession(cohortId, leaver, coach.id, '2026-10-15T12:00:00.000Z');
  const url = new URL((await leaver.client.post('/api/me/calendar-feed')).body.url as string);
  const read = async () => {
    const { status, headers } = await fetch(new URL(url.pathname, world.url));
    return [status, headers.get('etag'), headers.get('last-modified')];
  };
  const inIt = await read();

  world.clock.set('2026-10-16T09:30:00.000Z');
  expect((await staff.client.delete(`/api/cohorts/${cohortId}/members/${leaver.id}`)).status).toBe(204);
  await world.settled();
  const left = await read();
  expect(left[0]).toBe(200);
  expect(left[1]).not.toBe(inIt[1]);

  world.clock.advance(60_000);
  const marked = await staff.client.post(`${joined.path}/attendance`, { userId: stays.id, status: 'attended' });
  expect(marked.body.status).toBe('attended');
  expect(await read()).toEqual(left);
  expect((await coach.client.patch('/api/me', { name: 'Another Name' })).status).toBe(200);
  expect(await read()).toEqual(left);
});
