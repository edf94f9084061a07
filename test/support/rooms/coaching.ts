import { randomUUID } from 'node:crypto';
import type { Availability } from '../../../src/contracts/mentoring/mentoring.js';
import { DAY } from '../../../src/common/times/clock.js';
import type { TestWorld } from '../app.js';
import { type NewPerson, type TestPerson, aMember } from '../factories.js';

/** Weekday mornings and afternoons in Paris, 45 minutes with a buffer of 15, few limits. */
export const HOURS: Availability = {
  timeZone: 'Europe/Paris',
  weekly: [1, 2, 3, 4, 5].flatMap((weekday) => [
    { weekday, start: '09:00', end: '12:00' },
    { weekday, start: '14:00', end: '17:00' },
  ]),
  exceptions: [],
  slotMinutes: 45,
  bufferMinutes: 15,
  minNoticeHours: 0,
  horizonDays: 60,
  maxPerDay: 20,
  maxPerWeek: 60,
};

/** A coach with saved hours. */
export async function aCoach(
  world: TestWorld,
  cohortId: string,
  hours: Partial<Availability> = {},
  person: NewPerson = {},
): Promise<TestPerson> {
  const coach = await aMember(world, cohortId, 'coach', person);
  const saved = await coach.client.put(`/api/cohorts/${cohortId}/coaches/${coach.id}/availability`, {
    ...HOURS,
    ...hours,
  });
  expect(saved.status).toBe(200);
  return coach;
}

/** A booked session, as the API answers it. */
export async function aSession(
  cohortId: string,
  fellow: TestPerson,
  coachId: string,
  startsAt: string,
  more: Record<string, unknown> = {},
): Promise<any> {
  const booked = await fellow.client.post(`/api/cohorts/${cohortId}/sessions`, {
    coachId,
    startsAt,
    minutes: 45,
    need: 'How do we watch people fill in the form?',
    ...more,
  });
  expect([booked.status, booked.body.code, booked.body.detail]).toEqual([201, undefined, undefined]);
  return booked.body;
}

/** Sessions that are booked at once, a week apart unless `more` says otherwise, as the API answers them. */
export async function aSessionSeries(
  cohortId: string,
  who: TestPerson,
  coachId: string,
  dates: readonly string[],
  more: Record<string, unknown> = {},
): Promise<any> {
  const booked = await who.client.post(`/api/cohorts/${cohortId}/session-series`, {
    ...{ coachId, dates, minutes: 45, weeks: 1, need: 'What do we watch next?', clientId: randomUUID() },
    ...more,
  });
  expect([booked.status, booked.body.code, booked.body.errors]).toEqual([201, undefined, undefined]);
  return booked.body;
}

/** Full hours of the days before `now`, at each of which a session of the two was held; the world's clock is at `now` after. */
export async function heldSessions(
  world: TestWorld,
  cohortId: string,
  { fellow, coach, now, count }: { fellow: TestPerson; coach: TestPerson; now: Date; count: number },
): Promise<void> {
  const hour = (days: number) =>
    `${new Date(now.getTime() - days * DAY).toISOString().slice(0, 10)}T1${days % 10}:00:00.000Z`;
  for (const days of [8, 6, 4, 2].slice(0, count)) {
    const session = await aSession(cohortId, fellow, coach.id, hour(days));
    world.clock.set(new Date(Date.parse(session.endsAt as string) + 60_000));
    const path = `/api/cohorts/${cohortId}/sessions/${session.id as string}/complete`;
    expect((await coach.client.post(path, { outcome: 'held' })).status).toBe(200);
  }
  world.clock.set(now);
}
