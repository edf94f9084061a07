import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

/** What staff are asked to look at in the forum: asked in confidence, and not to be silenced. */
let world: TestWorld;
let C: string;
let cohortId: string;
let [fellow, other, staff, colleague]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, cohortId, 'fellow');
  staff = await aMember(world, cohortId, 'staff');
  colleague = await aMember(world, cohortId, 'staff');
});

const ask = async (as: TestPerson, title: string) => {
  const answer = await as.client.post(`${C}/topics`, { title, body: 'Look at this.', tags: ['open-data'] });
  expect(answer.status).toBe(201);
  return answer.body;
};
const flag = async (as: TestPerson, postId: string, reason: string) =>
  expect((await as.client.post(`${C}/posts/${postId}/flag`, { reason })).status).toBe(204);
const flagsOf = async (as: TestPerson) => (await as.client.get(`${C}/flags`)).body.items;

it('given a flag at a post of staff, then who wrote it neither reads nor closes it, and a colleague does', async () => {
  const { question } = await ask(staff!, 'Words of the team');
  await flag(fellow!, question.id, 'It names me before all');
  expect(await flagsOf(staff!)).toEqual([]);
  const [seen] = await flagsOf(colleague!);
  expect(seen).toMatchObject({ reason: 'It names me before all', by: { id: fellow!.id } });
  expect((await staff!.client.delete(`${C}/flags/${seen.id}`)).status).toBe(404);
  expect(await flagsOf(colleague!)).toHaveLength(1);
  expect((await colleague!.client.delete(`${C}/flags/${seen.id}`)).status).toBe(204);
  expect(await flagsOf(colleague!)).toEqual([]);
});

it('given more flags at posts that are gone than the list is long, then staff see the one that waits behind them', async () => {
  const gone = await ask(fellow!, 'Gone soon');
  await flag(fellow!, gone.question.id, 'Nothing');
  expect((await fellow!.client.delete(`${C}/posts/${gone.question.id}`)).status).toBeLessThan(300);
  const rows = Array.from({ length: 250 }, () => ({
    cohortId: new Types.ObjectId(cohortId),
    topicId: new Types.ObjectId(gone.id as string),
    postId: new Types.ObjectId(),
    userId: new Types.ObjectId(fellow!.id),
    reason: 'Nothing',
    createdAt: world.clock.now(),
    resolvedAt: null,
  }));
  await world.db.collection('post-flags').insertMany(rows);
  world.clock.set(new Date(world.clock.now().getTime() + 60_000));
  const { question } = await ask(fellow!, 'A real one');
  await flag(other!, question.id, 'A phone number');
  expect(await flagsOf(staff!)).toMatchObject([{ reason: 'A phone number' }]);
});
