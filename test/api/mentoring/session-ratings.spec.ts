import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohort: string;
let coach: TestPerson;
let staff: TestPerson;
let fellows: TestPerson[];
const ids: string[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
  staff = await aMember(world, cohort, 'staff');
  fellows = await Promise.all(['Inès', 'Karim', 'Tomasz'].map((name) => aMember(world, cohort, 'fellow', { name })));
  for (const [index, fellow] of fellows.entries()) {
    const session = await aSession(cohort, fellow, coach.id, `2026-10-14T${['07', '08', '12'][index]}:00:00Z`);
    ids.push(session.id as string);
  }
});
afterAll(() => world.stop());

const rating = (index: number) => `/api/cohorts/${cohort}/sessions/${ids[index]}/rating`;
const sums = async () => (await staff.client.get(`/api/cohorts/${cohort}/session-ratings`)).body;

it('given a session that is not held yet, then it is not rated', async () => {
  const answer = await fellows[0]!.client.put(rating(0), { rating: 5 });
  expect([answer.status, answer.body.code]).toEqual([409, 'not_held']);
  expect((await fellows[0]!.client.get(rating(0))).body).toEqual({ side: 'fellow', mine: null });
});

it('given ratings both ways, then each reads their own, staff read sums, and the coach never reads a fellow’s', async () => {
  world.clock.set('2026-10-14T13:00:00Z');
  for (const id of ids) {
    await coach.client.post(`/api/cohorts/${cohort}/sessions/${id}/complete`, { outcome: 'held' });
  }
  const given = [1, 5, 3].map((stars, index) =>
    fellows[index]!.client.put(rating(index), { rating: stars, comment: ['Too quick', '', 'A clear plan'][index] }),
  );
  expect((await Promise.all(given.slice(0, 2))).map(({ status }) => status)).toEqual([200, 200]);
  await Promise.all(given);
  await coach.client.put(rating(0), { rating: 2, comment: 'Came without a question' });
  await coach.client.put(rating(0), { rating: 4, comment: 'Came with one after all' });

  expect((await fellows[0]!.client.get(rating(0))).body.mine).toEqual({ rating: 1, comment: 'Too quick' });
  const ofCoach = await coach.client.get(rating(0));
  expect(ofCoach.body).toEqual({ side: 'coach', mine: { rating: 4, comment: 'Came with one after all' } });
  for (const path of ['', '/notes', '/actions', '/rating']) {
    const { text } = await coach.client.get(`/api/cohorts/${cohort}/sessions/${ids[0]}${path}`);
    expect(text).not.toContain('Too quick');
  }
  const all = await sums();
  expect(all.coaches).toEqual([
    {
      person: expect.objectContaining({ id: coach.id }),
      fellows: 3,
      waiting: 0,
      average: 3,
      comments: ['A clear plan', 'Too quick'],
    },
  ]);
  expect(JSON.stringify(all.coaches)).not.toContain(fellows[0]!.id);
  expect(all.fellows).toMatchObject([
    {
      person: { id: fellows[0]!.id },
      count: 1,
      average: 4,
      comments: [{ comment: 'Came with one after all', by: coach.name }],
    },
  ]);
});

it('given a fellow says something else, then staff who look before and after see no difference until three have, on two processes', async () => {
  const ofCoach = async () => (await sums()).coaches.find((one: any) => one.person.id === coach.id);
  const change = async (index: number, stars: number, comment: string, node: number) =>
    await fellows[index]!.client.on(world.nodes[node]!.url).put(rating(index), { rating: stars, comment });
  const before = await ofCoach();
  await change(0, 1, 'Too quick', 0);
  expect(await ofCoach()).toEqual(before);
  await change(0, 5, 'Better than I said', 0);
  await change(0, 4, 'Quite good', 1);
  await change(1, 2, '', 0);
  expect(await ofCoach()).toEqual({ ...before, waiting: 2 });
  expect((await fellows[0]!.client.get(rating(0))).body.mine).toEqual({ rating: 4, comment: 'Quite good' });
  expect((await change(2, 3, 'A plan', 1)).status).toBe(200);
  expect(await ofCoach()).toEqual({ ...before, average: 3, comments: ['A plan', 'Quite good'] });
  await Promise.all(fellows.map((_, index) => change(index, 5, '', index % 2)));
  expect(await ofCoach()).toEqual({ ...before, average: 5, comments: [] });
});

it('given fewer than three fellows, then staff read how many, and nothing that tells who said what', async () => {
  const other = await aCoach(world, cohort);
  const session = await aSession(cohort, fellows[0]!, other.id, '2026-10-15T07:00:00Z');
  world.clock.set('2026-10-15T08:00:00Z');
  const path = `/api/cohorts/${cohort}/sessions/${session.id}`;
  await other.client.post(`${path}/complete`, { outcome: 'held' });
  await fellows[0]!.client.put(`${path}/rating`, { rating: 1, comment: 'Only mine' });
  const all = await sums();
  expect(all.coaches.find((one: any) => one.person.id === other.id)).toMatchObject({
    fellows: 1,
    waiting: 1,
    average: null,
    comments: [],
  });
  expect(JSON.stringify(all)).not.toContain('Only mine');
});

it('given another person, role, cohort or nobody, then neither read nor write', async () => {
  expect((await fellows[1]!.client.get(rating(0))).status).toBe(404);
  expect((await fellows[1]!.client.put(rating(0), { rating: 1 })).status).toBe(404);
  expect((await staff.client.put(rating(0), { rating: 1 })).status).toBe(403);
  expect((await coach.client.get(`/api/cohorts/${cohort}/session-ratings`)).status).toBe(403);
  expect((await fellows[0]!.client.get(`/api/cohorts/${cohort}/session-ratings`)).status).toBe(403);
  const outsider = await aMember(world, await aCohort(world), 'staff');
  expect((await outsider.client.get(`/api/cohorts/${cohort}/session-ratings`)).status).toBe(404);
  expect((await outsider.client.get(rating(0))).status).toBe(404);
  expect((await clientOf(world.url).get(rating(0))).status).toBe(401);
  expect((await fellows[0]!.client.put(rating(0), { rating: 6 })).status).toBe(422);
});
