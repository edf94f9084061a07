import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const OVER = '2026-10-15T10:30:00.000Z';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let other: TestPerson;
let third: TestPerson;
let missed: TestPerson;
let later: TestPerson[];
let outsider: TestPerson;
let path: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach');
  [fellow, other, third, missed] = await Promise.all([
    aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' }),
    aMember(world, cohortId, 'fellow'),
    aMember(world, cohortId, 'fellow'),
    aMember(world, cohortId, 'fellow'),
  ]);
  later = await Promise.all([1, 2, 3].map(() => aMember(world, cohortId, 'fellow')));
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  ({ path } = await aWorkshop(staff, cohortId, { hosts: [coach.id] }));
  const there = [fellow, other, third, ...later];
  await Promise.all([...there, missed].map((one) => one.client.put(`${path}/registration`, {})));
  world.clock.set('2026-10-15T08:00:00.000Z');
  const take = (one: TestPerson, status: string) => coach.client.post(`${path}/attendance`, { userId: one.id, status });
  await Promise.all([...there.map((one) => take(one, 'attended')), take(missed, 'absent')]);
  world.clock.set(OVER);
});

const give = (person: TestPerson, body: object, node = 0) =>
  person.client.on(world.nodes[node]!.url).post(`${path}/feedback`, body);
const read = (person: TestPerson) => person.client.get(`${path}/feedback`);
const may = async (person: TestPerson) => (await person.client.get(path)).body.abilities;

it('given who was there says how it was, twice at once on two processes, then it is said once', async () => {
  expect((await may(fellow)).giveFeedback).toBe(true);
  const answers = await Promise.all([0, 1].map((node) => give(fellow, { rating: 4, comment: ' Too short ' }, node)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(answers.find(({ status }) => status === 201)!.body).toEqual({ rating: 4, comment: 'Too short' });
  expect((await give(fellow, { rating: 1 })).body).toMatchObject({ status: 409, code: 'already_given' });
  expect((await may(fellow)).giveFeedback).toBe(false);
  expect((await give(other, { rating: 5 })).body).toEqual({ rating: 5, comment: '' });
  await give(third, { rating: 5, comment: 'Again' });
  for (const reader of [coach, staff])
    expect((await read(reader)).body).toEqual({
      count: 3,
      waiting: 0,
      average: 4.7,
      counts: [0, 0, 0, 1, 2],
      comments: ['Again', 'Too short'],
    });
});

it('given one or two have said it, then hosts and staff, who know who was there, read how many and not what', async () => {
  for (const [index, person] of [fellow, other].entries()) {
    await give(person, { rating: 1, comment: 'Of no use to me' });
    for (const reader of [coach, staff])
      expect((await read(reader)).body).toEqual({
        count: index + 1,
        waiting: index + 1,
        average: null,
        counts: [0, 0, 0, 0, 0],
        comments: [],
      });
  }
});

it('given a host looks before and after each of those who come later, then they learn nothing until three have, at once and on two processes', async () => {
  for (const person of [fellow, other, third]) await give(person, { rating: 5, comment: 'Again' });
  const before = (await read(coach)).body;
  for (const [index, person] of later.slice(0, 2).entries()) {
    await give(person, { rating: 1, comment: `Bad ${index}` });
    expect((await read(coach)).body).toEqual({ ...before, count: 4 + index, waiting: 1 + index });
  }
  await give(later[2]!, { rating: 2, comment: 'A little' }, 1);
  expect((await read(coach)).body).toEqual({
    ...{ count: 6, waiting: 0, average: 3.2, counts: [2, 1, 0, 0, 3] },
    comments: ['A little', 'Again', 'Again', 'Again', 'Bad 0', 'Bad 1'],
  });
});

it('given three say it at once on two processes, then none of them waits', async () => {
  const answers = await Promise.all(later.map((person, index) => give(person, { rating: 4 }, index % 2)));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect((await read(coach)).body).toMatchObject({ count: 3, waiting: 0, average: 4 });
});

it('given hosts and staff read it, then they read nobody in it', async () => {
  for (const person of [fellow, other, third]) await give(person, { rating: 2, comment: 'Bring a larger room' });
  const { text } = await read(coach);
  expect(text).toContain('Bring a larger room');
  for (const trace of [fellow.id, fellow.name, fellow.email, '2026']) expect(text).not.toContain(trace);
  expect((await may(coach)).readFeedback).toBe(true);
});

it('given anybody else, then they read nothing, who was there no more than others', async () => {
  for (const person of [fellow, other, third]) await give(person, { rating: 5, comment: 'Again' });
  for (const person of [fellow, missed]) {
    expect((await read(person)).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await may(person)).readFeedback).toBe(false);
    for (const way of [path, `${path}/registrations`])
      expect((await person.client.get(way)).text).not.toContain('Again');
  }
  expect((await read(outsider)).status).toBe(404);
  expect((await clientOf(world.url).get(`${path}/feedback`)).status).toBe(401);
});

it('given who was not there, then they do not say how it was', async () => {
  for (const person of [missed, coach, staff])
    expect((await give(person, { rating: 5 })).body).toMatchObject({ status: 403, code: 'not_there' });
  expect((await give(outsider, { rating: 5 })).status).toBe(404);
  expect((await clientOf(world.url).post(`${path}/feedback`, { rating: 5 })).status).toBe(401);
  expect((await read(staff)).body.count).toBe(0);
});

it('given it is not over, then it is too early', async () => {
  world.clock.set('2026-10-15T10:29:59.000Z');
  expect((await give(fellow, { rating: 5 })).body).toMatchObject({ status: 409, code: 'not_over' });
  expect((await may(fellow)).giveFeedback).toBe(false);
});

it.each([
  ['no rating', {}, '/rating', 'required'],
  ['a rating of 0', { rating: 0 }, '/rating', 'too_small'],
  ['a rating of 6', { rating: 6 }, '/rating', 'too_big'],
  ['half a star', { rating: 4.5 }, '/rating', undefined],
  ['100 kB of words', { rating: 4, comment: 'x'.repeat(100_000) }, '/comment', 'too_big'],
  ['an operator', { rating: { $gt: 0 } }, '/rating', 'wrong_type'],
  ['a name', { rating: 4, userId: 'x' }, '/userId', 'unknown_field'],
])('given %s, then 422 at its field', async (_name, body, field, code) => {
  const answer = await give(fellow, body);
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, ...(code && { code }) }));
});
