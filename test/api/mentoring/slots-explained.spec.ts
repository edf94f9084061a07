import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestWorld, startWorld } from '../../support/app.js';
import { HOURS, aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { event, icsWith } from '../../support/servers/outside-calendar.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const PARIS = ';TZID=Europe/Paris:';
const morning = event('UID:1@x', `DTSTART${PARIS}20261014T100000`, `DTEND${PARIS}20261014T103000`);
const elsewhere = createServer((_, response) => response.end(icsWith([morning])));
let world: TestWorld;
let cohort: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  world = await startWorld({ env: { OUTSIDE_ALLOW: '127.0.0.1' } });
  cohort = await aCohort(world);
});
afterAll(async () => {
  await world.stop();
  elsewhere.closeAllConnections();
  elsewhere.close();
});

/** The calendar elsewhere counts for this coach. */
async function readOf(coach: TestPerson): Promise<void> {
  const calendars = `/api/cohorts/${cohort}/coaches/me/outside-calendars`;
  const address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/a.ics`;
  expect((await coach.client.post(calendars, { address })).status).toBe(201);
  await eventually(async () => expect((await coach.client.get(calendars)).body.items[0].state).toBe('read'));
}

describe('every slot of the hours', () => {
  it('given all that can hide one, then each is shown once or hidden with one reason, and what is shown can be booked', async () => {
    const coach = await aCoach(world, cohort, {
      bufferBeforeMinutes: 10,
      bufferAfterMinutes: 20,
      maxPerDay: 2,
      minNoticeHours: 4,
      horizonDays: 12,
      away: [{ from: '2026-10-16', to: '2026-10-16' }],
      exceptions: [{ date: '2026-10-20', intervals: [{ start: '14:00', end: '16:00' }] }],
    });
    const me = await aMember(world, cohort, 'fellow');
    const others = await aCoach(world, cohort);
    await aSession(cohort, await aMember(world, cohort, 'fellow'), coach.id, '2026-10-15T07:00:00Z');
    await aSession(cohort, await aMember(world, cohort, 'fellow'), coach.id, '2026-10-19T07:00:00Z');
    await aSession(cohort, await aMember(world, cohort, 'fellow'), coach.id, '2026-10-19T12:00:00Z');
    await aSession(cohort, me, others.id, '2026-10-21T12:00:00Z');
    await readOf(coach);
    const range = `from=2026-10-12T22:00:00Z&to=2026-10-30T22:00:00Z&coachId=${coach.id}`;
    const seen = await me.client.get(`/api/cohorts/${cohort}/slots?${range}&explain=1`);
    const { slots: shown, hidden } = seen.body;
    const all = [...shown, ...hidden].map((slot: any) => slot.startsAt);
    expect(new Set(all).size).toBe(all.length);
    const reasons = [...new Set(hidden.map((slot: any) => slot.reason))].sort();
    expect(reasons).toEqual(['buffer', 'busy', 'day_cap', 'horizon', 'notice', 'outside_hours', 'you_are_busy']);
    const book = async (startsAt: string) => {
      const need = 'How do we go on?';
      const body = { coachId: coach.id, startsAt, minutes: 45, need };
      return await me.client.post(`/api/cohorts/${cohort}/sessions`, body);
    };
    for (const slot of hidden) {
      const { status, body } = await book(slot.startsAt);
      const code = status === 409 ? body.code : body.errors[0].code;
      const expected = ['busy', 'buffer'].includes(slot.reason) ? 'slot_taken' : slot.reason;
      expect([slot.startsAt, code]).toEqual([slot.startsAt, expected]);
      if (status === 409) expect(body.next).toHaveLength(3);
    }
    for (const slot of shown) {
      const booked = await book(slot.startsAt);
      expect([slot.startsAt, booked.status]).toEqual([slot.startsAt, 201]);
      await me.client.post(`/api/cohorts/${cohort}/sessions/${booked.body.id}/cancel`, { reason: 'Only trying' });
    }
  });
});

describe('until when a coach is taken', () => {
  it('given what is elsewhere, then only who may know it reads when it ends: the coach all, staff their cohort’s, fellows its workshops', async () => {
    const coach = await aCoach(world, cohort);
    const staff = await aMember(world, cohort, 'staff');
    const me = await aMember(world, cohort, 'fellow');
    const there = await aCohort(world);
    await join(world, there, coach.id, 'coach');
    await coach.client.put(`/api/cohorts/${there}/coaches/${coach.id}/availability`, HOURS);
    // Outside at 08:00, in the other cohort at 09:00, then a session of this one and a workshop.
    await readOf(coach);
    await aSession(there, await aMember(world, there, 'fellow'), coach.id, '2026-10-14T09:00:00Z');
    await aSession(cohort, await aMember(world, cohort, 'fellow'), coach.id, '2026-10-14T12:00:00Z');
    const hours = { startsAt: '2026-10-14T14:00:00Z', endsAt: '2026-10-14T14:40:00Z' };
    await aWorkshop(staff, cohort, { ...hours, hosts: [coach.id] });
    const look = 'from=2026-10-14T00:00:00Z&to=2026-10-14T22:00:00Z';
    const ends = (slots: any) =>
      slots.hidden.map((one: any) => [one.startsAt, one.until ?? ''].map((at: string) => at.slice(11, 16)).join(' '));
    const seen = async (person: TestPerson, more = '') =>
      ends((await person.client.get(`/api/cohorts/${cohort}/slots?${look}&coachId=${coach.id}&explain=1${more}`)).body);
    expect(await seen(coach)).toEqual(['08:00 08:30', '09:00 09:45', '12:00 12:45', '14:00 14:40']);
    const toStaff = ['08:00 ', '09:00 ', '12:00 12:45', '14:00 14:40'];
    expect(await seen(staff)).toEqual(toStaff);
    expect(await seen(staff, `&forUserId=${me.id}`)).toEqual(toStaff);
    expect(await seen(me)).toEqual(['08:00 ', '09:00 ', '12:00 ', '14:00 14:40']);
    const range = { from: '2026-10-14T00:00:00Z', to: '2026-10-14T22:00:00Z' };
    const tried = (person: TestPerson, more = {}) =>
      person.client.post(`/api/cohorts/${cohort}/availability/preview`, { availability: HOURS, ...range, ...more });
    expect(ends((await tried(coach)).body)).toEqual(['08:00 08:30', '09:00 09:45', '12:00 12:45', '14:00 14:40']);
    expect(ends((await tried(staff, { coachId: coach.id })).body)).toEqual(toStaff);
  });
});
