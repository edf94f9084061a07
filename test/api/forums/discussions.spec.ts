import { Types } from 'mongoose';
import { TopicsReader } from '../../../src/forums/topics-reader.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let [asker, helper, staff]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow');
  helper = await aMember(world, cohortId, 'fellow');
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());

const begin = async (over: object = {}) =>
  await asker!.client.post(`${C}/topics`, { title: 'What do we publish?', body: 'I think: all.', ...over });

it('given nothing is said of its kind, then a topic is a question; one from before there were kinds, too', async () => {
  const { body } = await begin();
  expect(body).toMatchObject({ kind: 'question', state: 'unanswered' });
  await world.db
    .collection('topics')
    .updateOne({ _id: new Types.ObjectId(body.id as string) }, { $unset: { kind: 1 } });
  expect((await helper!.client.get(`${C}/topics/${body.id}`)).body).toMatchObject({
    kind: 'question',
    state: 'unanswered',
  });
  const waiting = await helper!.client.get(`${C}/topics?state=unanswered`);
  expect(waiting.body.items.map((one: { id: string }) => one.id)).toContain(body.id);
});

it('given a discussion, then it waits for no answer: not in the list, not in the counts, not for reminders', async () => {
  const counts = async () => (await helper!.client.get(`${C}/topics/counts`)).body;
  const before = await counts();
  const { body } = await begin({ kind: 'discussion' });
  expect(body).toMatchObject({ kind: 'discussion', state: 'open', abilities: { accept: false } });
  expect(await counts()).toMatchObject({ all: Number(before.all) + 1, unanswered: before.unanswered });
  const waiting = await helper!.client.get(`${C}/topics?state=unanswered`);
  expect(waiting.body.items.map((one: { id: string }) => one.id)).not.toContain(body.id);
  const reminded = await world.app.get(TopicsReader).unanswered(cohortId);
  expect(reminded.map(({ id }) => id)).not.toContain(body.id);
});

it('given a discussion, then nobody accepts an answer in it', async () => {
  const { id } = (await begin({ kind: 'discussion' })).body;
  const post = (await helper!.client.post(`${C}/topics/${id}/posts`, { body: 'I think: nothing.' })).body;
  expect((await staff!.client.get(`${C}/topics/${id}/posts`)).body.items[1].abilities.accept).toBe(false);
  for (const who of [asker!, staff!]) {
    const accepted = await who.client.put(`${C}/topics/${id}/answer`, { postId: post.id });
    expect(accepted).toMatchObject({ status: 409, body: { code: 'not_a_question' } });
    expect((await who.client.delete(`${C}/topics/${id}/answer`)).status).toBe(409);
  }
  expect((await helper!.client.put(`${C}/topics/${id}/answer`, { postId: post.id })).status).toBe(403);
});

it.each([['poll'], [5], [null]])('given %j as its kind, then 422', async (kind) => {
  const { status, body } = await begin({ kind });
  expect([status, body.errors]).toMatchObject([422, [{ field: '/kind' }]]);
});
