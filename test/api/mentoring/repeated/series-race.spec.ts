import { Types } from 'mongoose';
import { MAX_SESSIONS_AHEAD_WITH_COACH } from '../../../../src/contracts/limits.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { aCoach } from '../../../support/rooms/coaching.js';

const DAY = 86_400_000;
const PEOPLE = 8;

let world: TestWorld;
let cohort: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
});
afterAll(() => world.stop());

const url = (index: number) => world.nodes[index % 2]!.url;
/** Three Tuesdays from 20 October on, moved by days and minutes. */
const datesFrom = (days: number, minutes = 0) =>
  [0, 7, 14].map((more) =>
    new Date(Date.parse('2026-10-20T08:00:00Z') + (days + more) * DAY + minutes * 60_000).toISOString(),
  );
const book = (who: TestPerson, index: number, coach: TestPerson, dates: string[], clientId = `key-of-${who.id}`) =>
  who.client.on(url(index)).post(`/api/cohorts/${cohort}/session-series`, {
    ...{ coachId: coach.id, minutes: 45, weeks: 1, dates, need: 'Together', clientId },
  });
const rowsOf = (person: TestPerson) =>
  world.db
    .collection('sessions')
    .find({ people: new Types.ObjectId(person.id), status: 'scheduled' })
    .toArray();

it('given people who book series that share a date with one coach, on two nodes at once, then one has all of theirs and the others nothing', async () => {
  const coach = await aCoach(world, cohort);
  const people = await Promise.all(Array.from({ length: PEOPLE }, () => aMember(world, cohort, 'fellow')));
  // Half of them begin a week later: they share two dates with the others.
  const answers = await Promise.all(
    people.map((who, index) => book(who, index, coach, datesFrom(index % 2 === 0 ? 0 : 7, (index % 4) * 5))),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  for (const { status, body } of answers.filter(({ status }) => status !== 201)) {
    expect([status, body.code]).toEqual([409, 'slot_taken']);
    expect(body.date).toMatch(/^2026-1[01]-/);
  }
  const counts = await Promise.all(people.map(async (who) => (await rowsOf(who)).length));
  expect(counts.sort()).toEqual([...Array(PEOPLE - 1).fill(0), 3]);
});

it('given the same click on two nodes at once, many times, then it is booked once, and each answer is what was booked', async () => {
  const coach = await aCoach(world, cohort);
  const fellow = await aMember(world, cohort, 'fellow');
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) => book(fellow, index, coach, datesFrom(0), 'the-same-click')),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map(({ body }) => body.items.map(({ id }: any) => id as string).join()))).toHaveProperty(
    'size',
    1,
  );
  expect(await rowsOf(fellow)).toHaveLength(3);
});

it('given one who books several series with one coach at once, on two nodes, then no more than one may', async () => {
  const coach = await aCoach(world, cohort);
  const fellow = await aMember(world, cohort, 'fellow');
  const answers = await Promise.all(
    [0, 1, 2, 3].map((days) => book(fellow, days, coach, datesFrom(days), `series-${days}-of-many`)),
  );
  const refused = answers.filter(({ status }) => status !== 201).map(({ body }) => body.code as string);
  expect(refused).toEqual(['sessions_ahead_with_coach', 'sessions_ahead_with_coach']);
  expect(await rowsOf(fellow)).toHaveLength(MAX_SESSIONS_AHEAD_WITH_COACH);
});

it('given a single booking and a series for the same hour on two nodes, then one of them has it', async () => {
  const coach = await aCoach(world, cohort);
  const [one, other] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
  const [single, series] = await Promise.all([
    one.client.on(url(0)).post(`/api/cohorts/${cohort}/sessions`, {
      ...{ coachId: coach.id, startsAt: datesFrom(0)[1], minutes: 45, need: 'Alone' },
    }),
    book(other, 1, coach, datesFrom(0)),
  ]);
  expect([single.status, series.status].sort()).toEqual([201, 409]);
  expect((await rowsOf(one)).length + (await rowsOf(other)).length).toBe(single.status === 201 ? 1 : 3);
});
