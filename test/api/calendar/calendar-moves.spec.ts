import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { readIcs } from '../../support/ics.js';
import { rowsIn } from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';

const SPAN = 'from=2026-10-12T00:00:00Z&to=2026-11-30T00:00:00Z';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let other: TestPerson;
let outsider: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aCoach(world, cohortId, {}, { name: 'Ali Coach' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Zoé Fellow', timeZone: 'America/Montreal' });
  other = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());

const C = () => `/api/cohorts/${cohortId}`;
const item = async (person: TestPerson, id: string, path = `${C()}/agenda`) =>
  (await person.client.get(`${path}?${SPAN}`)).body.items.find((one: { id: string }) => one.id === id);

describe('moving in the calendar', () => {
  it('given a workshop, then staff and its hosts may move it, and read before whom that tells', async () => {
    const { path, id } = await aWorkshop(staff, cohortId, {
      ...{ title: 'To move', link: MEETING, capacity: 1, hosts: [coach.id] },
    });
    for (const person of [fellow, other]) await person.client.put(`${path}/registration`, {});
    const reminders = await rowsIn(world, id, 'planned', 5);
    const may = await Promise.all(
      [staff, coach, fellow].map(async (person) => (await item(person, id)).abilities.move as boolean),
    );
    expect(may).toEqual([true, true, false]);
    expect((await item(coach, id, '/api/me/agenda')).abilities.move).toBe(true);
    const preview = await coach.client.get(`${path}/move`);
    expect(preview.body).toEqual({ going: 1, waiting: 1, others: 1, reminders: reminders.length });
    const { revision } = (await item(staff, id)) as { revision: number };
    const times = { startsAt: '2026-10-19T08:00:00Z', endsAt: '2026-10-19T09:00:00Z' };
    expect((await coach.client.patch(path, { ...times, revision })).status).toBe(200);
    expect(await item(staff, id)).toMatchObject({ startsAt: '2026-10-19T08:00:00.000Z', revision: revision + 1 });
    const late = await staff.client.patch(path, { ...times, revision });
    expect([late.status, late.body.code]).toEqual([409, 'stale']);
    const statuses = [fellow, outsider].map(async (person) => (await person.client.get(`${path}/move`)).status);
    expect(await Promise.all(statuses)).toEqual([403, 404]);
    expect((await clientOf(world.url).get(`${path}/move`)).status).toBe(401);
  });

  it('given a session, then its people may move it to a free time; to a taken one, then three free ones are named', async () => {
    const session = await aSession(cohortId, fellow, coach.id, '2026-10-20T07:00:00Z');
    await aSession(cohortId, other, coach.id, '2026-10-20T08:00:00Z');
    const path = `${C()}/sessions/${session.id}`;
    expect(await item(fellow, session.id)).toMatchObject({ revision: 1, abilities: { move: true } });
    expect(await item(other, session.id)).toBeUndefined();
    const preview = await fellow.client.get(`${path}/move`);
    expect(preview.body).toMatchObject({ going: 0, waiting: 0, others: 1 });
    expect(preview.body.reminders).toBeGreaterThan(0);
    const taken = await fellow.client.post(`${path}/reschedule`, { startsAt: '2026-10-20T08:00:00Z', revision: 1 });
    expect([taken.status, taken.body.code, taken.body.next.length]).toEqual([409, 'slot_taken', 3]);
    const statuses = [other, outsider].map(async (person) => (await person.client.get(`${path}/move`)).status);
    expect(await Promise.all(statuses)).toEqual([404, 404]);
    await fellow.client.post(`${path}/cancel`, { reason: 'Ill' });
    expect((await item(fellow, session.id)).abilities.move).toBe(false);
    expect((await fellow.client.get(`${path}/move`)).status).toBe(403);
  });
});

describe('a session as a calendar file', () => {
  it('given one of its people, then it is the entry of their feed, in their zone; given others, then 404', async () => {
    const session = await aSession(cohortId, fellow, coach.id, '2026-10-22T07:00:00Z', { need: 'One; two, three' });
    const path = `${C()}/sessions/${session.id}/calendar.ics`;
    const answer = await fellow.client.get(path);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const { method, events } = readIcs(answer.text);
    expect([method, events.length]).toEqual(['PUBLISH', 1]);
    expect(events[0]).toMatchObject({
      uid: `session-${session.id}@cordee.test`,
      title: 'Coaching session with Ali Coach',
      sequence: 0,
      startsAt: '2026-10-22T07:00:00.000Z',
      wall: '2026-10-22T03:00:00',
    });
    expect(events[0]!.description).toContain('One; two, three');
    const statuses = [other, outsider].map(async (person) => (await person.client.get(path)).status);
    expect(await Promise.all(statuses)).toEqual([404, 404]);
    expect((await clientOf(world.url).get(path)).status).toBe(401);
  });
});
