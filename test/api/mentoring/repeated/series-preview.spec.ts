import { type TestWorld, startWorld } from '../../../support/app.js';
import { clientOf } from '../../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { aCoach, aSession } from '../../../support/rooms/coaching.js';
import { aWorkshop } from '../../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
let coach: TestPerson;
let fellow: TestPerson;

beforeAll(async () => (world = await startWorld()));
afterAll(() => world.stop());
beforeEach(async () => {
  cohort = await aCohort(world);
  coach = await aCoach(world, cohort, { exceptions: [{ date: '2026-11-18', intervals: [] }] });
  fellow = await aMember(world, cohort, 'fellow');
});

const path = () => `/api/cohorts/${cohort}/session-series/preview`;
/** Wednesdays at nine in Paris, of which the third is after the autumn night. */
const wish = (more: object = {}) => ({
  ...{ coachId: coach.id, startsAt: '2026-10-14T07:00:00.000Z', minutes: 45, weeks: 1, count: 8 },
  ...more,
});
const preview = (who: TestPerson, more: object = {}) => who.client.post(path(), wish(more));
const anotherCoach = () => aCoach(world, cohort);

describe('each date, before anything is booked', () => {
  it('given what stands in the way of some, then each says why, at the same hour on the wall of the coach, with free slots near it', async () => {
    await aSession(cohort, await aMember(world, cohort, 'fellow'), coach.id, '2026-10-21T07:00:00.000Z');
    await aSession(cohort, fellow, (await anotherCoach()).id, '2026-10-28T08:00:00.000Z');
    const times = { startsAt: '2026-11-04T08:00:00.000Z', endsAt: '2026-11-04T09:00:00.000Z' };
    const workshop = await aWorkshop(await aMember(world, cohort, 'staff'), cohort, { title: 'Sketching', ...times });
    expect((await fellow.client.put(`${workshop.path}/registration`, {})).status).toBe(200);

    const { status, body } = await preview(fellow);
    expect([status, body.timeZone, body.beyond, body.endsOn, body.room]).toEqual([
      200,
      'Europe/Paris',
      0,
      '2027-06-30',
      6,
    ]);
    expect(body.dates.map((date: any) => [date.startsAt.slice(0, 16), date.reason])).toEqual([
      ['2026-10-14T07:00', null],
      ['2026-10-21T07:00', 'busy'],
      ['2026-10-28T08:00', 'you_are_busy'],
      ['2026-11-04T08:00', 'clash'],
      ['2026-11-11T08:00', 'closed_day'],
      ['2026-11-18T08:00', 'outside_hours'],
      ['2026-11-25T08:00', null],
      ['2026-12-02T08:00', null],
    ]);
    const [, busy, mine, clash, closed] = body.dates;
    // When a session of others ends is not theirs to know.
    expect([busy.until, mine.until]).toEqual([undefined, '2026-10-28T08:45:00.000Z']);
    expect(busy.near.map((slot: any) => slot.startsAt.slice(0, 16))).toEqual([
      '2026-10-21T08:00',
      '2026-10-21T09:00',
      '2026-10-21T12:00',
    ]);
    expect(mine.there).toMatchObject([{ userId: fellow.id, kind: 'session' }]);
    expect(clash.there).toMatchObject([{ userId: fellow.id, kind: 'workshop', title: 'Sketching' }]);
    expect(closed.closed).toMatchObject({ kind: 'holiday' });
    expect(body.dates.every((date: any) => date.reason !== null || date.near.length === 0)).toBe(true);
    const { body: sessions } = await fellow.client.get(`/api/cohorts/${cohort}/sessions`);
    expect(sessions.items).toHaveLength(1);
  });

  it('given two coaches, then each date is one at which both are free, and so are the slots near it', async () => {
    const second = await aCoach(world, cohort, { weekly: [{ weekday: 3, start: '10:00', end: '12:00' }] });
    const { body } = await preview(fellow, { secondCoachId: second.id, count: 2 });
    expect(body.dates.map(({ reason }: any) => reason)).toEqual(['outside_hours', 'outside_hours']);
    expect(body.dates[1].near.map((slot: any) => slot.startsAt.slice(0, 16))).toEqual([
      '2026-10-21T08:00',
      '2026-10-21T09:00',
    ]);
  });

  it('given the end of the residency, then what lies after it is counted, not listed', async () => {
    const far = await aCoach(world, cohort, { horizonDays: 365 });
    const late = { coachId: far.id, startsAt: '2027-06-16T07:00:00.000Z', count: 4 };
    const { body } = await preview(fellow, late);
    expect([body.dates.length, body.beyond, body.dates.at(-1).startsAt.slice(0, 10)]).toEqual([3, 1, '2027-06-30']);
    const { body: soon } = await preview(fellow, { count: 12 });
    expect(soon.dates.map(({ reason }: any) => reason).slice(9)).toEqual(Array(3).fill('horizon'));
  });

  it('given days away, then it says until when', async () => {
    const away = [{ from: '2026-10-19', to: '2026-10-23' }];
    const gone = await aCoach(world, cohort, { away });
    const { body } = await preview(fellow, { coachId: gone.id, count: 2 });
    expect(body.dates[1]).toMatchObject({ reason: 'outside_hours', awayUntil: '2026-10-23' });
  });

  it.each<[string, object, string]>([
    ['thirteen times', { count: 13 }, '/count'],
    ['once', { count: 1 }, '/count'],
    ['every three weeks', { weeks: 3 }, '/weeks'],
    ['no length', { minutes: undefined }, '/minutes'],
    ['a start beside the grid', { startsAt: '2026-10-14T07:01:00.000Z' }, '/startsAt'],
  ])('given %s, then 422', async (_, more, field) => {
    const { status, body } = await preview(fellow, more);
    expect([status, body.errors[0].field]).toEqual([422, field]);
  });
});

describe('with whose eyes', () => {
  it('given a fellow who is taken, then a coach learns nothing of it; staff who look for them do', async () => {
    await aSession(cohort, fellow, (await anotherCoach()).id, '2026-10-21T07:00:00.000Z');
    const staff = await aMember(world, cohort, 'staff');
    const two = { count: 2 };
    const reasons = async (who: TestPerson, more: object = {}) => {
      const { status, body } = await preview(who, { ...two, ...more });
      return [status, body.dates?.map(({ reason }: any) => reason)];
    };
    expect(await reasons(coach)).toEqual([200, [null, null]]);
    expect(await reasons(coach, { forUserIds: [fellow.id] })).toEqual([403, undefined]);
    expect(await reasons(fellow, { forUserIds: [fellow.id] })).toEqual([403, undefined]);
    expect(await reasons(staff)).toEqual([200, [null, null]]);
    expect(await reasons(staff, { forUserIds: [fellow.id] })).toEqual([200, [null, 'you_are_busy']]);
    expect((await preview(staff, { ...two, forUserIds: [coach.id] })).body.errors).toEqual([
      { field: '/forUserIds/0', code: 'not_a_fellow' },
    ]);
  });

  it('given another coach, a host, somebody of another cohort or nobody, then 403, 403, 404, 401', async () => {
    const [host, stranger] = [
      await aMember(world, cohort, 'host'),
      await aMember(world, await aCohort(world), 'fellow'),
    ];
    expect((await preview(await anotherCoach())).status).toBe(403);
    expect((await preview(host)).status).toBe(403);
    expect((await preview(stranger)).status).toBe(404);
    expect((await clientOf(world.url).post(path(), wish())).status).toBe(401);
  });
});
