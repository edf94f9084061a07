import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCohort, aMember, aPerson, type TestPerson } from '../../support/factories.js';
import { aCoach } from '../../support/rooms/coaching.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

/** What is left to prepare before a cohort's first day. */
let world: TestWorld;
let cohortId: string;
let C: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  staff = await aMember(world, cohortId, 'staff');
});

const setUp = async (by = staff) => (await by.client.get(`${C}/set-up`)).body;
const look = (part: string, by = staff, node = 0) =>
  by.client.on(world.nodes[node]!.url).put(`${C}/set-up/looked-over/${part}`);

it('given a new cohort, then nothing is done; given people, hours, a project and a workshop, then each is counted', async () => {
  const nothing = { projects: 0, invited: 0, joined: 0, notSent: 0, coaches: 0, coachesWithHours: 0, workshops: 0 };
  expect(await setUp()).toEqual({ lookedOver: [], ...nothing });
  const people = ['fellow', 'host', 'staff'].map((role) => ({ email: `${role}@set-up.test`, name: role, role }));
  expect((await staff.client.post(`${C}/invitations`, { people })).status).toBe(200);
  const kept = { email: 'kept@set-up.test', name: 'kept', role: 'fellow' };
  expect((await staff.client.post(`${C}/invitations`, { people: [kept], sendAt: 'not_yet' })).status).toBe(200);
  await aMember(world, cohortId, 'fellow');
  await aMember(world, cohortId, 'coach');
  await aCoach(world, cohortId);
  expect((await staff.client.post(`${C}/projects`, { name: 'EauVive', agency: 'A' })).status).toBe(201);
  const { id } = await aWorkshop(staff, cohortId, { title: 'First day' });
  const done = { projects: 1, invited: 5, joined: 3, notSent: 1, coaches: 2, coachesWithHours: 1, workshops: 1 };
  expect(await setUp()).toEqual({ lookedOver: [], ...done });
  expect((await staff.client.post(`${C}/workshops/${id}/cancel`, { reason: 'No room' })).status).toBeLessThan(300);
  expect((await setUp()).workshops).toBe(0);
});

it('given staff look a part over, at once on two processes too, then it stays so for all of them', async () => {
  const answers = await Promise.all([look('dates'), look('dates', staff, 1), look('reminders', staff, 1)]);
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  const colleague = await aMember(world, cohortId, 'staff');
  expect((await setUp(colleague)).lookedOver.toSorted()).toEqual(['dates', 'reminders']);
  expect((await look('weather')).status).toBe(422);
});

it('given a closed cohort, then nobody looks over anything', async () => {
  expect((await staff.client.post(`${C}/close`)).status).toBe(200);
  expect(await look('dates')).toMatchObject({ status: 409, body: { code: 'cohort_closed' } });
  expect((await setUp()).lookedOver).toEqual([]);
});

it('is for staff and admins, and for nobody of another cohort', async () => {
  const admin = await aPerson(world, { isAdmin: true });
  expect((await admin.client.get(`${C}/set-up`)).status).toBe(200);
  expect((await look('dates', admin)).status).toBe(204);
  for (const role of ['fellow', 'coach', 'host'] as const) {
    const member = await aMember(world, cohortId, role);
    expect([(await member.client.get(`${C}/set-up`)).status, (await look('dates', member)).status]).toEqual([403, 403]);
  }
  const outsider = await aMember(world, await aCohort(world), 'staff');
  expect([(await outsider.client.get(`${C}/set-up`)).status, (await look('dates', outsider)).status]).toEqual([
    404, 404,
  ]);
  const nobody = clientOf(world.url);
  expect((await nobody.get(`${C}/set-up`)).status).toBe(401);
  expect((await nobody.put(`${C}/set-up/looked-over/dates`)).status).toBe(401);
});
