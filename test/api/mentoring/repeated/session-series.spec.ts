import { Types } from 'mongoose';
import { MAX_SESSIONS_AHEAD_WITH_COACH } from '../../../../src/contracts/limits.js';
import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { clientOf } from '../../../support/client.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { readIcs } from '../../../support/ics.js';
import { followOutbox } from '../../../support/outbox.js';
import { aCoach, aSession } from '../../../support/rooms/coaching.js';

let world: TestWorld;
let cohort: string;
let coach: TestPerson;
let fellow: TestPerson;

beforeAll(async () => (world = await startWorld()));
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohort = await aCohort(world);
  coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
});

const base = () => `/api/cohorts/${cohort}`;
/** Wednesdays at nine in Paris, over the autumn night; the third is an hour later, as a slot near it. */
const DATES = ['2026-10-14T07:00:00.000Z', '2026-10-21T07:00:00.000Z', '2026-10-28T09:00:00.000Z'];
let sent = 0;
const wish = (more: object = {}) => ({
  ...{ coachId: coach.id, minutes: 45, weeks: 1, dates: DATES, need: 'How do we watch people fill in the form?' },
  ...{ clientId: `series-${(sent += 1)}-of-this-test`, ...more },
});
const book = (who: TestPerson, more: object = {}) => who.client.post(`${base()}/session-series`, wish(more));
const booked = async (who: TestPerson, more: object = {}) => {
  const { status, body } = await book(who, more);
  expect([status, body.code, body.errors]).toEqual([201, undefined, undefined]);
  return body;
};
const sessionsOf = async (who: TestPerson) => (await who.client.get(`${base()}/sessions?status=scheduled`)).body.items;
const noticesOf = async ({ id }: TestPerson) =>
  await world.db
    .collection<{ kind: string; params: Record<string, unknown>; why: string; link: string }>('notifications')
    .find({ userId: new Types.ObjectId(id) })
    .sort({ createdAt: 1, _id: 1 })
    .toArray();
const cancel = (who: TestPerson, series: any, sessions: any[], more: object = {}) =>
  who.client.post(`${base()}/session-series/${series.id as string}/cancel`, {
    ...{ sessions: sessions.map(({ id, revision }) => ({ id, revision })), reason: 'A new job' },
    ...more,
  });

describe('sessions that are booked at once', () => {
  it('given three dates, then each is a session of its own that knows its place, and both sides hear of all by one letter', async () => {
    const series = await booked(fellow);
    expect([series.weeks, series.of]).toEqual([1, 3]);
    expect(series.items.map((one: any) => [one.startsAt, one.status, one.series])).toEqual(
      DATES.map((date, index) => [date, 'scheduled', { id: series.id, number: index + 1, of: 3, weeks: 1 }]),
    );
    expect(new Set(series.items.map(({ id }: any) => id)).size).toBe(3);
    for (const [person, why] of [
      [fellow, 'participant'],
      [coach, 'coach'],
    ] as const) {
      const mails = await world.mail.to(person.email, 1);
      await followOutbox(world);
      const notices = await noticesOf(person);
      expect(notices.map((notice) => [notice.kind, notice.why, notice.params.count])).toEqual([
        ['session.booked', why, 3],
      ]);
      expect(notices[0]!.link).toBe(`/c/${cohort}/coaching/sessions/${series.items[0].id as string}`);
      expect(mails).toHaveLength(1);
      expect(mails[0]!.subject).toMatch(/^3 sessions with (Hanna Lindqvist|Inès Carpentier), the first: /);
      const { method, events } = readIcs(
        mails[0]!.attachments.find(({ contentType }) => contentType === 'text/calendar')!.content.toString(),
      );
      expect([method, events.map(({ uid, startsAt }) => [uid, startsAt])]).toEqual([
        'PUBLISH',
        series.items.map(({ id, startsAt }: any) => [`session-${id as string}@cordee.test`, startsAt]),
      ]);
      for (const { startsAt } of series.items)
        expect(mails[0]!.text).toContain(`${Number((startsAt as string).slice(8, 10))} Oct`);
    }
    const inbox = await fellow.client.get('/api/me/inbox');
    expect(inbox.body.items).toHaveLength(1);
  });

  it('given one of them moves, and one is called off, then each of that is told by itself, and the others stay', async () => {
    const series = await booked(fellow);
    const [first, second] = series.items;
    const at = `${base()}/sessions`;
    const moved = await coach.client.post(`${at}/${first.id as string}/reschedule`, {
      startsAt: '2026-10-15T07:00:00.000Z',
    });
    expect([moved.status, moved.body.series.number]).toEqual([200, 1]);
    expect((await fellow.client.post(`${at}/${second.id as string}/cancel`, { reason: 'Ill' })).status).toBe(200);
    await eventually(async () =>
      expect((await noticesOf(fellow)).map(({ kind }) => kind).sort()).toEqual([
        'session.booked',
        'session.cancelled',
        'session.moved',
      ]),
    );
    const { body } = await coach.client.get(`${base()}/session-series/${series.id as string}`);
    expect(body.items.map((one: any) => [one.series.number, one.status, one.startsAt])).toEqual([
      [1, 'scheduled', '2026-10-15T07:00:00.000Z'],
      [2, 'cancelled', DATES[1]],
      [3, 'scheduled', DATES[2]],
    ]);
  });

  it('given the same is sent twice, then it is booked once; given another key, then its time is taken', async () => {
    const body = wish();
    const [one, other] = await Promise.all([book(fellow, body), book(fellow, body)]);
    const later = await book(fellow, body);
    for (const { status, body: answer } of [one, other, later])
      expect([status, answer.items?.map(({ id }: any) => id)]).toEqual([201, one.body.items.map(({ id }: any) => id)]);
    expect(await sessionsOf(fellow)).toHaveLength(3);
    const again = await book(fellow, { ...body, clientId: 'another-key-of-theirs' });
    expect([again.status, again.body.code]).toEqual([409, 'slot_taken']);
    // Of somebody else the same key is another one.
    const mate = await aMember(world, cohort, 'fellow');
    expect((await book(mate, body)).status).toBe(409);
  });

  it('given a date that was taken meanwhile, then 409 names it, and nothing is booked or told', async () => {
    await aSession(cohort, await aMember(world, cohort, 'fellow'), coach.id, DATES[1]!);
    const { status, body } = await book(fellow);
    expect([status, body.code, body.date]).toEqual([409, 'slot_taken', DATES[1]]);
    expect(body.next).toHaveLength(3);
    expect(await sessionsOf(fellow)).toEqual([]);
    await followOutbox(world);
    expect(await noticesOf(fellow)).toEqual([]);
  });

  it('given caps of the coach that leave room for one in a week, then two near each other are refused, and which is said', async () => {
    const rare = await aCoach(world, cohort, { maxPerWeek: 1 });
    const dates = ['2026-10-14T07:00:00.000Z', '2026-10-16T07:00:00.000Z'];
    const { status, body } = await book(fellow, { coachId: rare.id, dates });
    expect([status, body.code, body.date]).toEqual([409, 'week_cap', dates[1]]);
  });

  it('given as many with the coach as one may, then none of a series that goes beyond; a coach books beyond for them', async () => {
    const before = ['2026-10-15T07', '2026-10-16T07', '2026-10-19T07', '2026-10-20T07'];
    for (const start of before) await aSession(cohort, fellow, coach.id, `${start}:00:00.000Z`);
    const { body: preview } = await fellow.client.post(`${base()}/session-series/preview`, {
      ...{ coachId: coach.id, startsAt: DATES[0], minutes: 45, weeks: 1, count: 3 },
    });
    expect(preview.room).toBe(MAX_SESSIONS_AHEAD_WITH_COACH - before.length);
    const { status, body } = await book(fellow);
    expect([status, body.code, body.most]).toEqual([409, 'sessions_ahead_with_coach', MAX_SESSIONS_AHEAD_WITH_COACH]);
    expect(await sessionsOf(fellow)).toHaveLength(before.length);
    await booked(fellow, { dates: DATES.slice(0, 2) });
    await booked(coach, { participants: [fellow.id], dates: ['2026-10-22T07:00:00.000Z', '2026-10-29T08:00:00.000Z'] });
  });

  it.each<[string, object, object]>([
    ['one date', { dates: DATES.slice(0, 1) }, { field: '/dates' }],
    ['the same twice', { dates: [DATES[0], DATES[0]] }, { field: '/dates/1', code: 'before_the_last' }],
    ['a date after the residency', { dates: [DATES[0], '2027-07-07T07:00:00.000Z'] }, { field: '/dates/1' }],
    ['a date outside the hours', { dates: [DATES[0], '2026-10-21T03:00:00.000Z'] }, { field: '/dates/1' }],
    ['a date that is past', { dates: ['2026-10-12T07:00:00.000Z', DATES[0]] }, { field: '/dates/0' }],
    ['every three weeks', { weeks: 3 }, { field: '/weeks' }],
    ['no key', { clientId: undefined }, { field: '/clientId' }],
  ])('given %s, then 422, and nothing is booked', async (_, more, error) => {
    const { status, body } = await book(fellow, more);
    expect([status, body.errors?.[0]]).toEqual([422, expect.objectContaining(error)]);
    expect(await sessionsOf(fellow)).toEqual([]);
  });
});

describe('who may', () => {
  it('given strangers of it, then a series is not there for them; for staff it is', async () => {
    const series = await booked(fellow);
    const path = `${base()}/session-series/${series.id as string}`;
    const [other, staff, peer] = [
      await aMember(world, cohort, 'fellow'),
      await aMember(world, cohort, 'staff'),
      await aCoach(world, cohort),
    ];
    const stranger = await aMember(world, await aCohort(world), 'staff');
    for (const who of [other, peer, stranger]) {
      expect((await who.client.get(path)).status).toBe(404);
      expect((await cancel(who, series, series.items)).status).toBe(404);
    }
    expect((await clientOf(world.url).get(path)).status).toBe(401);
    expect((await staff.client.get(path)).body.items).toHaveLength(3);
    expect((await book(peer, { participants: [fellow.id] })).status).toBe(403);
    expect((await book(await aMember(world, cohort, 'host'))).status).toBe(403);
    expect((await book(stranger)).status).toBe(404);
    expect((await fellow.client.get(`${base()}/session-series/${'a'.repeat(24)}`)).status).toBe(404);
  });

  it('given one of them went to another coach, then each coach sees their own, and the new one none of the others', async () => {
    const peer = await aCoach(world, cohort);
    const series = await booked(fellow);
    const to = { coachId: peer.id, revision: 1 };
    const path = `${base()}/sessions/${series.items[1].id as string}/hand-over`;
    expect((await coach.client.post(path, to)).status).toBe(200);
    const numbers = async (who: TestPerson) =>
      (await who.client.get(`${base()}/session-series/${series.id as string}`)).body.items.map(
        (one: any) => one.series.number,
      );
    expect([await numbers(coach), await numbers(peer), await numbers(fellow)]).toEqual([[1, 3], [2], [1, 2, 3]]);
    expect((await cancel(peer, series, [series.items[0]])).body.errors).toMatchObject([{ code: 'not_in_series' }]);
  });

  it('given a date that cannot be anyway, then a coach does not learn whether the fellow is taken on another', async () => {
    const dates = [DATES[0], '2026-10-21T03:00:00.000Z'];
    const probe = async () => {
      const { status, body } = await book(coach, { dates, participants: [fellow.id] });
      const { requestId: _requestId, instance: _instance, ...told } = body;
      return [status, told];
    };
    const free = await probe();
    await aSession(cohort, fellow, (await aCoach(world, cohort)).id, DATES[0]!);
    expect(await probe()).toEqual(free);
    expect(free[0]).toBe(422);
  });
});

describe('this one and all later ones', () => {
  it('given two of three, then both are called off by one act, of which both sides hear once, and their time is free', async () => {
    const series = await booked(fellow);
    await world.mail.to(fellow.email, 1);
    const { status, body } = await cancel(fellow, series, series.items.slice(1));
    expect([status, body.items.map((one: any) => [one.status, one.cancelReason])]).toEqual([
      200,
      [
        ['scheduled', null],
        ['cancelled', 'A new job'],
        ['cancelled', 'A new job'],
      ],
    ]);
    for (const person of [fellow, coach]) {
      const mails = await world.mail.to(person.email, 2);
      expect(mails[1]!.subject).toMatch(/^Cancelled: 2 sessions with /);
      const { events } = readIcs(
        mails[1]!.attachments.find(({ contentType }) => contentType === 'text/calendar')!.content.toString(),
      );
      expect(events.map((event) => [event.uid, event.status])).toEqual(
        series.items.slice(1).map(({ id }: any) => [`session-${id as string}@cordee.test`, 'CANCELLED']),
      );
    }
    await followOutbox(world);
    expect((await noticesOf(coach)).map(({ kind }) => kind)).toEqual(['session.booked', 'session.cancelled']);
    await aSession(cohort, await aMember(world, cohort, 'fellow'), coach.id, DATES[1]!);
  });

  it('given one of them was moved meanwhile, then 409 names it, and none is called off', async () => {
    const series = await booked(fellow);
    const [, second] = series.items;
    const path = `${base()}/sessions/${second.id as string}/reschedule`;
    expect((await coach.client.post(path, { startsAt: '2026-10-22T07:00:00.000Z' })).status).toBe(200);
    const { status, body } = await cancel(fellow, series, series.items);
    expect([status, body.code, body.sessionId]).toEqual([409, 'stale', second.id]);
    expect(await sessionsOf(fellow)).toHaveLength(3);
  });

  it('given the notice of the coach has passed for the first, then who was told that it is in time hears 409; else that one is late', async () => {
    const strict = await aCoach(world, cohort, { minNoticeHours: 12 });
    const series = await booked(fellow, { coachId: strict.id });
    world.clock.set('2026-10-14T05:00:00.000Z');
    expect((await cancel(fellow, series, series.items, { late: false })).body.code).toBe('late_now');
    const { body } = await cancel(fellow, series, series.items, { late: true });
    expect(body.items.map((one: any) => one.cancelledLate)).toEqual([true, false, false]);
  });
});
