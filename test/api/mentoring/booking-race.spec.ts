import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../support/app.js';
import type { Answer } from '../../support/client.js';
import { aCoach } from '../../support/rooms/coaching.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { sized } from '../../support/size.js';

const MINUTE = 60_000;
const CAP_OF_DAY = 3;
const CAP_OF_WEEK = 8;
const TEAMS = 12;
const AT_ONCE = 50;
/** On each of them twenty slots are fought for at a time, by a thousand people who press at once. */
const DAYS = sized(['14'], ['14', '15', '16', '19', '23']);

let world: TestWorld;
let cohort: string;
let teams: TestPerson[][];
const base = () => `/api/cohorts/${cohort}`;
const node = (index: number) => world.nodes[index % 2]!.url;
const post = (person: TestPerson, index: number, path: string, body: object) =>
  person.client.on(node(index)).post(`${base()}${path}`, { need: 'First come, first served.', ...body });
const at = (instant: string, minutes: number) => new Date(Date.parse(instant) + minutes * MINUTE).toISOString();

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  teams = [];
  for (let team = 0; team < TEAMS; team += 1) {
    const projectId = String(new Types.ObjectId());
    teams.push(await Promise.all([0, 1, 2].map(() => aMember(world, cohort, 'fellow', { projectId }))));
  }
});
afterAll(() => world.stop());

/** What each session takes of each coach, as it stands in the database. */
async function taken() {
  const rows = await world.db
    .collection('sessions')
    .find({ status: 'scheduled', cohortId: new Types.ObjectId(cohort) })
    .toArray();
  return rows.map((row) => ({
    coaches: [row.coachId, ...(row.second ? [row.second.coachId] : [])].map(String),
    people: row.people.map(String) as string[],
    from: row.startsAt.getTime() as number,
    to: row.endsAt.getTime() as number,
    day: row.startsAt.toISOString().slice(0, 10) as string,
  }));
}

/** Nobody is in two sessions at once, coaches keep their pause, and no cap is passed. */
async function nothingDouble(pause: number, caps: Map<string, { day: number; week: number }>) {
  const sessions = await taken();
  const people = new Set(sessions.flatMap((one) => one.people));
  for (const person of people) {
    const theirs = sessions.filter((one) => one.people.includes(person)).sort((a, b) => a.from - b.from);
    for (const [index, next] of theirs.slice(1).entries()) {
      const before = theirs[index]!;
      const coaches = before.coaches.includes(person) && next.coaches.includes(person);
      expect(next.from - before.to).toBeGreaterThanOrEqual(coaches ? pause * MINUTE : 0);
    }
  }
  for (const [coach, { day, week }] of caps) {
    const days = sessions.filter((one) => one.coaches.includes(coach)).map((one) => one.day);
    expect(days.length).toBeLessThanOrEqual(week);
    for (const one of new Set(days)) expect(days.filter((each) => each === one).length).toBeLessThanOrEqual(day);
  }
  return sessions;
}

const lostOnes = (answers: readonly Answer[]) => answers.filter(({ status }) => status !== 201);

describe('races for the time of coaches, on two nodes', () => {
  it(`given ${20 * DAYS.length} slots and ${AT_ONCE} people for each at once, starting in each other’s middle, then one has each`, async () => {
    const coaches = await Promise.all([0, 1, 2, 3, 4].map(() => aCoach(world, cohort)));
    const more = await Promise.all(Array.from({ length: AT_ONCE - 3 * TEAMS }, () => aMember(world, cohort, 'fellow')));
    const people = [...teams.flat(), ...more];
    const race = (coachId: string, start: string, slot: number) =>
      Promise.all(
        people.map((person, index) =>
          post(person, slot + index, '/sessions', { coachId, startsAt: at(start, (index % 3) * 5), minutes: 45 }),
        ),
      );
    for (const day of DAYS) {
      const slots = coaches.flatMap(({ id }) =>
        ['07:00', '08:00', '12:00', '13:00'].map((time) => ({ id, start: `2026-10-${day}T${time}:00Z` })),
      );
      const answers = await Promise.all(slots.map(({ id, start }, slot) => race(id, start, slot)));
      for (const ofSlot of answers) {
        expect(ofSlot.filter(({ status }) => status === 201)).toHaveLength(1);
        for (const { status, body } of lostOnes(ofSlot)) {
          expect([status, ['slot_taken', 'you_are_busy']]).toEqual([409, expect.arrayContaining([body.code])]);
          expect(body.next).toHaveLength(3);
        }
      }
    }
    expect(await taken()).toHaveLength(20 * DAYS.length);
    await nothingDouble(15, new Map(coaches.map((coach) => [coach.id, { day: 20, week: 60 }])));
  });

  it('given teams, pairs of coaches and any coach of a craft at once, caps at their edge, then no cap is passed', async () => {
    const small = { maxPerDay: CAP_OF_DAY, maxPerWeek: CAP_OF_WEEK, slotMinutes: 30, bufferMinutes: 0 };
    const coaches = await Promise.all([0, 1, 2].map(() => aCoach(world, cohort, small, { craft: 'data' })));
    const days = ['2026-10-20', '2026-10-21', '2026-10-22'];
    const wish = (index: number) => {
      const startsAt = at(`${days[index % 3]!}T07:00:00Z`, (Math.floor(index / 3) % 11) * 15);
      const [first, second] = [coaches[index % 3]!.id, coaches[(index + 1) % 3]!.id];
      const team = teams[index % TEAMS]!;
      const times = { startsAt, minutes: 30 };
      if (index % 4 === 0) return { path: '/sessions', body: { ...times, coachId: first, secondCoachId: second } };
      if (index % 4 === 1) return { path: '/sessions/any', body: { ...times, craft: 'data' } };
      const mates = index % 4 === 2 ? { participants: team.map((mate) => mate.id) } : {};
      return { path: '/sessions', body: { ...times, coachId: first, ...mates } };
    };
    const people = teams.flatMap((team) => team.slice(0, 1));
    const answers = await Promise.all(
      Array.from({ length: 180 }, (_, index) => {
        const { path, body } = wish(index);
        return post(people[index % TEAMS]!, index, path, body);
      }),
    );
    const codes = new Set(lostOnes(answers).map(({ status, body }) => `${status} ${body.code}`));
    const allowed = ['409 slot_taken', '409 day_cap', '409 week_cap', '409 you_are_busy'];
    expect([...codes].filter((code) => !allowed.includes(code))).toEqual([]);
    for (const { body } of lostOnes(answers)) expect(body.next).toHaveLength(3);
    const sessions = await nothingDouble(
      0,
      new Map(coaches.map((coach) => [coach.id, { day: CAP_OF_DAY, week: CAP_OF_WEEK }])),
    );
    expect(sessions.filter((one) => one.coaches.some((id) => coaches.some((coach) => coach.id === id))).length).toBe(
      answers.filter(({ status }) => status === 201).length,
    );
  });

  it('given who lost, then each of the three times can be booked at that moment', async () => {
    const pair = await Promise.all([0, 1].map(() => aCoach(world, cohort, {}, { craft: 'product' })));
    const [one, two, three, four] = await Promise.all([0, 1, 2, 3].map(() => aMember(world, cohort, 'fellow')));
    const startsAt = '2026-10-27T08:00:00Z';
    const together = { coachId: pair[0]!.id, secondCoachId: pair[1]!.id, startsAt, minutes: 45 };
    expect((await post(one!, 0, '/sessions', together)).status).toBe(201);
    const ways: [string, object, TestPerson][] = [
      ['/sessions', together, two!],
      ['/sessions/any', { craft: 'product', startsAt, minutes: 45 }, three!],
      ['/sessions', { coachId: pair[1]!.id, startsAt, minutes: 45 }, four!],
    ];
    for (const [path, body, person] of ways) {
      const lost = await post(person, 1, path, body);
      expect([lost.status, lost.body.next.length]).toEqual([409, 3]);
      for (const { coachId, startsAt: next } of lost.body.next) {
        const booked = await post(person, 0, path, { ...body, coachId, startsAt: next });
        expect([booked.status, booked.body.startsAt]).toEqual([201, next]);
        await person.client.post(`${base()}/sessions/${booked.body.id}/cancel`, { reason: 'Only a try' });
      }
    }
  });
});
