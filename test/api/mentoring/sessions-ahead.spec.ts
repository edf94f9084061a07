import { Types } from 'mongoose';
import { MAX_SESSIONS_AHEAD, MAX_SESSIONS_AHEAD_WITH_COACH } from '../../../src/contracts/limits.js';
import { RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';

let world: TestWorld;
let cohort: string;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on' } });
  cohort = await aCohort(world);
});
afterAll(() => world.stop());
beforeEach(async () => {
  fellow = await aMember(world, cohort, 'fellow');
});

/** The hours of three working days, in which nobody has anything yet. */
const HOURS = ['14', '15', '16'].flatMap((day) =>
  ['07', '08', '09', '12', '13', '14'].map((hour) => `2026-10-${day}T${hour}:00:00Z`),
);
const book = (who: TestPerson, coach: TestPerson, startsAt: string, more: object = {}, node = 0) =>
  who.client
    .on(world.nodes[node]!.url)
    .post(`/api/cohorts/${cohort}/sessions`, { coachId: coach.id, startsAt, minutes: 45, need: 'A talk', ...more });
const cancel = (who: TestPerson, { id }: { id: string }) =>
  who.client.post(`/api/cohorts/${cohort}/sessions/${id}/cancel`, { reason: 'Others need it' });
const many = (coach: TestPerson, hours: string[]) =>
  Promise.all(hours.map((startsAt) => aSession(cohort, fellow, coach.id, startsAt)));
const coaches = (count: number) => Promise.all(Array.from({ length: count }, () => aCoach(world, cohort)));

/** What came of several asks: how many were booked, and why the others were not. */
const outcomeOf = (answers: { status: number; body: any }[]) => {
  const refused = answers.filter(({ status }) => status !== 201).map(({ status, body }) => `${status} ${body.code}`);
  return { booked: answers.length - refused.length, refused: [...new Set(refused)] };
};
const ALWAYS = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '24:00' }));

it('given one who books many coaches at once, on two nodes, each at another time, then they have as many sessions as one may', async () => {
  const known = (await coaches(2)) as [TestPerson, TestPerson];
  await many(known[0], HOURS.slice(0, 6));
  await many(known[1], HOURS.slice(6, MAX_SESSIONS_AHEAD - 1));
  // Each in other hours of the day, of another day: nothing but the number of sessions keeps one of them from being booked.
  const others = await Promise.all(Array.from({ length: 8 }, () => aCoach(world, cohort, { weekly: ALWAYS })));
  const hour = (index: number) => `2026-10-${17 + index}T${String(2 * index).padStart(2, '0')}:10:00Z`;
  const answers = await Promise.all(others.map((coach, index) => book(fellow, coach, hour(index), {}, index % 2)));
  expect(outcomeOf(answers)).toEqual({ booked: 1, refused: ['409 sessions_ahead'] });
  expect(answers.find(({ status }) => status === 409)!.body.most).toBe(MAX_SESSIONS_AHEAD);
  const { body } = await fellow.client.get(`/api/cohorts/${cohort}/sessions?status=scheduled`);
  expect(body.items).toHaveLength(MAX_SESSIONS_AHEAD);
});

it('given one who books one coach at once, on two nodes, then they have as many sessions as one may with a coach', async () => {
  const coach = await aCoach(world, cohort);
  const answers = await Promise.all(
    HOURS.slice(0, 10).map((startsAt, index) => book(fellow, coach, startsAt, {}, index % 2)),
  );
  expect(outcomeOf(answers)).toEqual({
    booked: MAX_SESSIONS_AHEAD_WITH_COACH,
    refused: ['409 sessions_ahead_with_coach'],
  });
});

it('given as many with a coach as one may, then another one may book them; the coach and staff book beyond; given back, one may book again', async () => {
  const [coach, other] = (await coaches(2)) as [TestPerson, TestPerson];
  const [staff, mate] = [await aMember(world, cohort, 'staff'), await aMember(world, cohort, 'fellow')];
  const [first] = await many(coach, HOURS.slice(0, MAX_SESSIONS_AHEAD_WITH_COACH));
  const next = (index: number) => HOURS[MAX_SESSIONS_AHEAD_WITH_COACH + index]!;
  expect((await book(fellow, coach, next(0))).body.code).toBe('sessions_ahead_with_coach');
  expect((await book(fellow, other, next(0), { secondCoachId: coach.id })).body.code).toBe('sessions_ahead_with_coach');
  expect((await book(mate, coach, next(1))).status).toBe(201);
  expect((await book(coach, coach, next(2), { participants: [fellow.id] })).status).toBe(201);
  expect((await book(staff, coach, next(3), { participants: [fellow.id] })).status).toBe(201);
  expect((await book(fellow, other, next(0))).status).toBe(201);
  expect((await cancel(fellow, first)).status).toBe(200);
  expect((await book(fellow, coach, HOURS[0]!)).status).toBe(201);
});

it('given sessions that one was booked into by a teammate, a coach or staff, or that are over, then they take nothing of what one may book', async () => {
  const coach = await aCoach(world, cohort);
  const projectId = String(new Types.ObjectId());
  const [mate, mine] = [
    await aMember(world, cohort, 'fellow', { projectId }),
    await aMember(world, cohort, 'fellow', { projectId }),
  ];
  for (const startsAt of HOURS.slice(0, MAX_SESSIONS_AHEAD_WITH_COACH))
    expect((await book(mate, coach, startsAt, { participants: [mate.id, mine.id] })).status).toBe(201);
  expect((await book(mine, coach, HOURS[8]!)).status).toBe(201);
  const now = world.clock.now();
  world.clock.set(new Date('2026-10-17T10:00:00Z'));
  expect((await book(mate, coach, '2026-10-19T07:00:00Z')).status).toBe(201);
  world.clock.set(now);
});

it('given one who may act on sessions no more within this hour, then they give all back that they have, and may not book', async () => {
  const coach = await aCoach(world, cohort);
  const mine = await many(coach, HOURS.slice(0, 3));
  const acts = { name: 'session-acts', points: 40, seconds: 3600 };
  await world.app.get(RateLimits).take(acts, fellow.id, acts.points - 3);
  expect((await book(fellow, coach, HOURS[4]!)).status).toBe(429);
  for (const session of mine) expect((await cancel(fellow, session)).status).toBe(200);
  expect((await book(fellow, coach, HOURS[4]!)).status).toBe(429);
});
