import type { Availability } from '../../../src/contracts/mentoring/mentoring.js';
import { idOf } from '../../../src/infra/mongo/ids.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { HOURS, aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { countQueries } from '../../support/queries.js';

let world: TestWorld;
let cohort: string;
let fellow: TestPerson;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  fellow = await aMember(world, cohort, 'fellow');
  staff = await aMember(world, cohort, 'staff');
});
afterAll(() => world.stop());

const pathOf = (coach: TestPerson) => `/api/cohorts/${cohort}/coaches/${coach.id}/availability`;
const slots = (person: TestPerson, query: string) => person.client.get(`/api/cohorts/${cohort}/slots?${query}`);
const starts = (list: { startsAt: string }[]) => list.map((slot) => slot.startsAt.slice(0, 16));
/** Who asks, the hours, the coaches, their faces, and who is taken. */
const LIST_QUERIES = 4;
const WEDNESDAY = 'from=2026-10-13T22:00:00Z&to=2026-10-14T22:00:00Z';

describe('availability', () => {
  it('given no save yet, then no hours in the own zone; after one, what was saved', async () => {
    const coach = await aMember(world, cohort, 'coach', { timeZone: 'America/Montreal' });
    const empty = await coach.client.get(pathOf(coach));
    expect([empty.status, empty.body.weekly, empty.body.timeZone]).toEqual([200, [], 'America/Montreal']);
    const hours: Availability = {
      ...HOURS,
      exceptions: [
        { date: '2026-11-02', intervals: [] },
        { date: '2026-11-20', intervals: [{ start: '09:00', end: '24:00' }] },
      ],
    };
    expect((await coach.client.put(pathOf(coach), hours)).body).toEqual(hours);
    expect((await coach.client.put(pathOf(coach), hours)).status).toBe(200);
    expect((await staff.client.get(pathOf(coach))).body).toEqual(hours);
  });

  it('given another coach, a fellow, a stranger or nobody, then it is closed to them', async () => {
    const [coach, other] = [await aCoach(world, cohort), await aMember(world, cohort, 'coach')];
    const stranger = await aMember(world, await aCohort(world), 'staff');
    expect((await other.client.put(pathOf(coach), HOURS)).status).toBe(403);
    expect((await fellow.client.get(pathOf(coach))).status).toBe(403);
    expect((await stranger.client.get(pathOf(coach))).status).toBe(404);
    expect((await clientOf(world.url).get(pathOf(coach))).status).toBe(401);
    expect((await staff.client.get(pathOf(fellow))).status).toBe(404);
    expect((await staff.client.put(pathOf(coach), { ...HOURS, maxPerDay: 2 })).status).toBe(200);
  });

  it('given a zone in another case, then it is kept by its name; given a word that is none, 422', async () => {
    const coach = await aMember(world, cohort, 'coach');
    const saved = await coach.client.put(pathOf(coach), { ...HOURS, timeZone: 'america/nuuk' });
    expect([saved.status, saved.body.timeZone]).toEqual([200, 'America/Nuuk']);
    const refused = await coach.client.put(pathOf(coach), { ...HOURS, timeZone: 'PST' });
    expect([refused.status, refused.body.errors]).toEqual([422, [{ field: '/timeZone', code: 'unknown_zone' }]]);
    expect((await coach.client.get(pathOf(coach))).body.timeZone).toBe('America/Nuuk');
  });

  it('given a row of one coach that nothing can compute with, then those of the others are shown and booked as ever', async () => {
    const place = await aCohort(world);
    const [broken, well] = [await aCoach(world, place), await aCoach(world, place)];
    const me = await aMember(world, place, 'fellow');
    await world.db.collection('availabilities').updateOne({ coachId: idOf(broken.id) }, { $set: { timeZone: 'PST' } });
    const path = `/api/cohorts/${place}`;
    for (let looks = 0; looks < 2; looks += 1) {
      const { status, body } = await me.client.get(`${path}/slots?${WEDNESDAY}`);
      expect([status, [...new Set(body.slots.map((slot: any) => slot.coachId))]]).toEqual([200, [well.id]]);
      const [slot] = body.slots;
      const book = (coachId: string) =>
        me.client.post(`${path}/sessions`, { coachId, startsAt: slot.startsAt, minutes: 45, need: 'Help' });
      expect((await book(broken.id)).status).toBe(422);
      expect((await book(well.id)).status).toBe(201);
    }
  });

  it.each<[string, object, string, string]>([
    [
      'an end before its start',
      { weekly: [{ weekday: 1, start: '12:00', end: '09:00' }] },
      '/weekly/0/end',
      'end_before_start',
    ],
    [
      'hours that overlap',
      {
        weekly: [
          { weekday: 1, start: '10:00', end: '12:00' },
          { weekday: 1, start: '09:00', end: '10:05' },
        ],
      },
      '/weekly/0/start',
      'overlaps',
    ],
    ['an unknown zone', { timeZone: 'Europe/Atlantis' }, '/timeZone', 'unknown_zone'],
    ['an offset as a zone', { timeZone: '+02:00' }, '/timeZone', 'unknown_zone'],
    ['a weekday 8', { weekly: [{ weekday: 8, start: '09:00', end: '10:00' }] }, '/weekly/0/weekday', 'too_big'],
    [
      'a time off the grid',
      { weekly: [{ weekday: 1, start: '09:03', end: '10:00' }] },
      '/weekly/0/start',
      'wrong_format',
    ],
    [
      'a date that is none',
      { exceptions: [{ date: '2026-02-30', intervals: [] }] },
      '/exceptions/0/date',
      'wrong_format',
    ],
    [
      'two exceptions of one date',
      {
        exceptions: [
          { date: '2026-11-02', intervals: [] },
          { date: '2026-11-02', intervals: [] },
        ],
      },
      '/exceptions/1/date',
      'twice',
    ],
    ['a billion a day', { maxPerDay: 1e9 }, '/maxPerDay', 'too_big'],
    ['none a day', { maxPerDay: 0 }, '/maxPerDay', 'too_small'],
    ['an unknown field', { secret: true }, '/secret', 'unknown_field'],
  ])('given %s, then 422 names the field and nothing changes', async (_name, wrong, field, code) => {
    const coach = await aCoach(world, cohort);
    const answer = await coach.client.put(pathOf(coach), { ...HOURS, ...wrong });
    expect([answer.status, answer.body.errors[0]?.field, answer.body.errors[0]?.code]).toEqual([422, field, code]);
    expect((await coach.client.get(pathOf(coach))).body).toEqual(HOURS);
    const preview = { availability: { ...HOURS, ...wrong }, from: '2026-10-19T00:00:00Z', to: '2026-10-20T00:00:00Z' };
    expect((await coach.client.post(`/api/cohorts/${cohort}/availability/preview`, preview)).status).toBe(422);
  });
});

describe('slots', () => {
  it('given hours, then one list over all coaches in time order, with names and what they give', async () => {
    const place = await aCohort(world);
    const me = await aMember(world, place, 'fellow');
    const paris = await aCoach(world, place, {}, { name: 'Hanna', gives: ['user research'] });
    const london = await aCoach(world, place, {
      timeZone: 'Europe/London',
      weekly: [{ weekday: 3, start: '09:00', end: '11:00' }],
    });
    const { body } = await me.client.get(`/api/cohorts/${place}/slots?${WEDNESDAY}`);
    const times = body.slots.map((slot: any) => slot.startsAt.slice(11, 16));
    expect(times).toEqual(['07:00', '08:00', '08:00', '09:00', '09:00', '12:00', '13:00', '14:00']);
    const of = (coach: TestPerson) => starts(body.slots.filter((slot: any) => slot.coachId === coach.id));
    expect(of(london)).toEqual(['2026-10-14T08:00', '2026-10-14T09:00']);
    expect(of(paris)).toHaveLength(6);
    expect(body.hidden).toBeUndefined();
    expect(body.people.find((one: any) => one.id === paris.id)).toMatchObject({
      name: 'Hanna',
      gives: ['user research'],
    });
  });

  it('given bookings, caps and exceptions, then each hidden slot says why', async () => {
    const coach = await aCoach(world, cohort, {
      maxPerDay: 2,
      maxPerWeek: 3,
      minNoticeHours: 4,
      exceptions: [{ date: '2026-10-22', intervals: [{ start: '14:00', end: '15:00' }] }],
      horizonDays: 20,
    });
    const [one, two] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    await aSession(cohort, one, coach.id, '2026-10-14T07:10:00Z');
    await aSession(cohort, fellow, coach.id, '2026-10-15T08:00:00Z');
    await aSession(cohort, one, coach.id, '2026-10-19T07:00:00Z');
    await aSession(cohort, two, coach.id, '2026-10-19T12:00:00Z');
    await aSession(cohort, two, coach.id, '2026-10-20T12:00:00Z');
    const elsewhere = await aCoach(world, cohort);
    await aSession(cohort, fellow, elsewhere.id, '2026-10-14T12:20:00Z');
    const why = async (day: string) => {
      const { body } = await slots(
        fellow,
        `from=${day}T00:00:00Z&to=${day}T22:00:00Z&coachId=${coach.id}&explain=true`,
      );
      return Object.fromEntries(body.hidden.map((slot: any) => [slot.startsAt.slice(11, 16), slot.reason]));
    };
    expect(await why('2026-10-13')).toEqual({ '12:00': 'notice', '13:00': 'notice' });
    expect(await why('2026-10-14')).toEqual({
      '07:00': 'busy',
      '08:00': 'buffer',
      '12:00': 'you_are_busy',
      '13:00': 'you_are_busy',
    });
    expect((await why('2026-10-19'))['13:00']).toBe('day_cap');
    expect((await why('2026-10-21'))['07:00']).toBe('week_cap');
    expect(await why('2026-10-22')).toMatchObject({ '07:00': 'outside_hours', '13:00': 'outside_hours' });
    expect(await why('2026-11-03')).toMatchObject({ '13:00': 'horizon' });
  });

  it('given a workshop to which one goes, then its time is hidden, yet it can be booked', async () => {
    const coach = await aCoach(world, cohort);
    const me = await aMember(world, cohort, 'fellow');
    const base = `/api/cohorts/${cohort}/workshops`;
    const workshop = await staff.client.post(base, {
      title: 'Reading a public contract',
      kind: 'workshop',
      startsAt: '2026-10-14T08:00:00Z',
      endsAt: '2026-10-14T09:00:00Z',
      timeZone: 'Europe/Paris',
      capacity: 20,
    });
    expect(workshop.status).toBe(201);
    await staff.client.post(`${base}/${workshop.body.id}/publish`);
    expect((await me.client.put(`${base}/${workshop.body.id}/registration`, {})).body.status).toBe('going');
    const query = `${WEDNESDAY}&coachId=${coach.id}&explain=true`;
    const { hidden } = (await slots(me, query)).body;
    expect(hidden).toEqual([
      expect.objectContaining({
        reason: 'you_are_busy',
        startsAt: '2026-10-14T08:00:00.000Z',
        until: '2026-10-14T09:00:00.000Z',
      }),
    ]);
    const fresh = await aMember(world, cohort, 'fellow');
    expect((await slots(fresh, query)).body.hidden).toEqual([]);
    await aSession(cohort, me, coach.id, '2026-10-14T08:00:00Z');
  });

  it('given a pause made shorter after a booking, then the time it holds is not offered, and says why', async () => {
    const coach = await aCoach(world, cohort, { bufferMinutes: 60 });
    const [one, two] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    await aSession(cohort, one, coach.id, '2026-10-14T07:00:00Z');
    await coach.client.put(pathOf(coach), { ...HOURS, bufferMinutes: 0 });
    const { body } = await slots(two, `${WEDNESDAY}&coachId=${coach.id}&explain=1`);
    const why = (time: string) =>
      body.hidden.find((slot: any) => slot.startsAt === `2026-10-14T${time}:00.000Z`)?.reason;
    expect([why('07:00'), why('07:45'), why('08:30')]).toEqual(['busy', 'buffer', 'buffer']);
    for (const slot of body.slots.slice(0, 2)) await aSession(cohort, two, coach.id, slot.startsAt);
    const early = await two.client.post(`/api/cohorts/${cohort}/sessions`, {
      coachId: coach.id,
      startsAt: '2026-10-14T07:45:00Z',
      minutes: 45,
      need: 'Just after it',
    });
    expect([early.status, early.body.code]).toEqual([409, 'slot_taken']);
  });

  it('given a coach who is a fellow elsewhere, then the pause after their own session is theirs', async () => {
    const [here, there] = [await aCohort(world), await aCohort(world)];
    const both = await aCoach(world, here, { bufferMinutes: 30 });
    await join(world, there, both.id, 'fellow');
    const coach = await aCoach(world, there, { bufferMinutes: 0 });
    await aSession(here, await aMember(world, here, 'fellow'), both.id, '2026-10-14T07:00:00Z');
    const seen = await both.client.get(
      `/api/cohorts/${there}/slots?${WEDNESDAY}&coachId=${coach.id}&minutes=15&explain=1`,
    );
    expect(starts(seen.body.slots)[0]).toBe('2026-10-14T08:15');
    await aSession(there, both, coach.id, '2026-10-14T08:15:00Z', { minutes: 15 });
  });

  it('given a look at the year 9999, then nothing is free, and quickly', async () => {
    const coach = await aCoach(world, cohort);
    const far = await slots(fellow, `from=9998-12-01T00:00:00Z&to=9998-12-20T00:00:00Z&coachId=${coach.id}&explain=1`);
    expect([far.status, far.body.slots]).toEqual([200, []]);
    expect((await slots(fellow, 'from=0000-01-01T00:00:00Z&to=0000-01-02T00:00:00Z')).status).toBe(422);
    const edge = await slots(fellow, `from=9999-12-01T00:00:00Z&to=9999-12-31T23:59:59Z&coachId=${coach.id}`);
    expect([edge.status, edge.body.slots]).toEqual([200, []]);
  });

  it('given another length, then slots of that length', async () => {
    const coach = await aCoach(world, cohort);
    const { body } = await slots(staff, `${WEDNESDAY}&coachId=${coach.id}&minutes=90`);
    expect(starts(body.slots)).toEqual(['2026-10-14T07:00', '2026-10-14T12:00']);
    expect(body.slots[0].endsAt).toBe('2026-10-14T08:30:00.000Z');
  });

  it.each([
    ['the autumn night', '2026-10-25', ['00:30', '01:30', '02:30']],
    ['the spring night', '2027-03-28', ['01:30']],
  ])('given hours from 02:30 to 04:30 in %s of Paris, then real hours only', async (_name, date, expected) => {
    const now = world.clock.now();
    world.clock.set(`${date.slice(0, 8)}20T09:00:00Z`);
    const coach = await aCoach(world, cohort, {
      weekly: [{ weekday: 7, start: '02:30', end: '04:30' }],
      slotMinutes: 60,
      bufferMinutes: 0,
    });
    const { body } = await slots(fellow, `from=${date}T00:00:00Z&to=${date}T12:00:00Z&coachId=${coach.id}`);
    world.clock.set(now);
    expect(body.slots.map((slot: any) => slot.startsAt.slice(11, 16))).toEqual(expected);
  });

  it('given 1 or 12 coaches, then the number of queries is the same', async () => {
    const place = await aCohort(world);
    const me = await aMember(world, place, 'fellow');
    // Once those are over that follow what was done before.
    const asks = (count: number) =>
      eventually(async () => {
        const queries = countQueries(world.db);
        const answer = await me.client.get(
          `/api/cohorts/${place}/slots?from=2026-10-13T00:00:00Z&to=2026-12-13T00:00:00Z&explain=true`,
        );
        expect(answer.status).toBe(200);
        expect(queries()).toBe(count);
      });
    await aCoach(world, place);
    await asks(LIST_QUERIES);
    for (let index = 0; index < 11; index += 1) await aCoach(world, place);
    await asks(LIST_QUERIES);
  });

  it.each([
    ['more than 62 days', 'from=2026-10-13T00:00:00Z&to=2026-12-15T00:00:00Z', '/to', 'too_long'],
    ['an end before the start', 'from=2026-10-13T00:00:00Z&to=2026-10-12T00:00:00Z', '/to', 'end_before_start'],
    ['no end', 'from=2026-10-13T00:00:00Z', '/to', 'required'],
    ['a time that is none', 'from=yesterday&to=2026-10-12T00:00:00Z', '/from', 'wrong_format'],
    ['an operator', `${WEDNESDAY}&coachId[$ne]=1`, '/coachId[$ne]', 'unknown_field'],
  ])('given %s, then 422 names the field', async (_name, query, field, code) => {
    const { status, body } = await slots(fellow, query);
    expect([status, body.errors[0].field, body.errors[0].code]).toEqual([422, field, code]);
  });

  it('given the eyes of a fellow, then only staff may borrow them', async () => {
    const coach = await aCoach(world, cohort);
    const busy = await aMember(world, cohort, 'fellow');
    const other = await aCoach(world, cohort);
    await aSession(cohort, busy, other.id, '2026-10-14T12:00:00Z');
    const query = `${WEDNESDAY}&coachId=${coach.id}&explain=1&forUserId=${busy.id}`;
    const hidden = (await slots(staff, query)).body.hidden;
    expect(hidden).toEqual([expect.objectContaining({ reason: 'you_are_busy', startsAt: '2026-10-14T12:00:00.000Z' })]);
    expect(hidden[0].until).toBeUndefined();
    expect((await slots(fellow, query)).status).toBe(403);
    expect((await slots(coach, query)).status).toBe(403);
  });

  it('given an availability that is not saved, then its preview shows what a fellow would see', async () => {
    const coach = await aCoach(world, cohort);
    await aSession(cohort, await aMember(world, cohort, 'fellow'), coach.id, '2026-10-14T07:00:00Z');
    const body = {
      availability: { ...HOURS, weekly: [{ weekday: 3, start: '09:00', end: '11:00' }], maxPerDay: 1 },
      from: '2026-10-13T22:00:00Z',
      to: '2026-10-14T22:00:00Z',
    };
    const preview = (person: TestPerson, more = {}) =>
      person.client.post(`/api/cohorts/${cohort}/availability/preview`, { ...body, ...more });
    const seen = await preview(coach);
    expect(seen.status).toBe(200);
    expect(seen.body.slots).toEqual([]);
    expect(seen.body.hidden.map((slot: any) => slot.reason)).toEqual(['busy', 'day_cap']);
    expect((await coach.client.get(pathOf(coach))).body).toEqual(HOURS);
    expect((await preview(staff, { coachId: coach.id })).body.hidden).toHaveLength(2);
    expect((await preview(await aMember(world, cohort, 'coach'), { coachId: coach.id })).status).toBe(403);
    expect((await preview(fellow)).status).toBe(403);
  });
});
