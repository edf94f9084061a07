import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { beforeItIsWritten } from '../../../support/meanwhile.js';

/** A lock holds for what was asked before it and is written after it. */
let world: TestWorld;
let C: string;
let [asker, helper, staff]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});
afterAll(() => world.stop());

interface Asked {
  id: string;
  question: string;
  reply: string;
}

const poll = { question: 'Which day suits you?', options: ['Monday', 'Tuesday'] };
const ask = async (): Promise<Asked> => {
  const { body } = await asker!.client.post(`${C}/topics`, {
    title: 'Where are zebras?',
    body: 'In plain words',
    poll,
  });
  const question = body.question.id as string;
  const reply = await helper!.client.post(`${C}/topics/${body.id}/posts`, { body: 'In the savannah.' });
  expect((await helper!.client.put(`${C}/posts/${question}/vote`)).status).toBe(204);
  return { id: body.id, question, reply: reply.body.id };
};
const stands = async ({ id }: Asked) => {
  const topicId = new Types.ObjectId(id);
  const topic = await world.db.collection('topics').findOne({ _id: topicId });
  const posts = await world.db.collection('posts').find({ topicId }).sort({ number: 1 }).toArray();
  return {
    ...{ title: topic!.title, answerId: topic!.answerId, votes: topic!.votes, closed: topic!.closed?.how },
    posts: posts.map(({ poll: one, wiki, deletedAt }) => ({ closed: one?.closed ?? null, wiki, deletedAt })),
  };
};

const lockMeanwhile = ({ id }: Asked) =>
  beforeItIsWritten(world, async () => {
    expect((await staff!.client.post(`${C}/topics/${id}/lock`, { why: 'Calm down' })).status).toBe(200);
  });

it.each<[string, (topic: Asked) => PromiseLike<{ status: number }>]>([
  ['a title', ({ id }) => asker!.client.patch(`${C}/topics/${id}`, { title: 'Others' })],
  ['an answer', ({ id, reply }) => asker!.client.put(`${C}/topics/${id}/answer`, { postId: reply })],
  ['a vote that is taken back', ({ question }) => helper!.client.delete(`${C}/posts/${question}/vote`)],
  ['the end of a poll', ({ question }) => asker!.client.post(`${C}/polls/${question}/close`, {})],
  ['a post that is opened to all', ({ question }) => asker!.client.put(`${C}/posts/${question}/wiki`)],
  ['a post that goes', ({ reply }) => helper!.client.delete(`${C}/posts/${reply}`)],
])('given staff lock the topic while %s is on its way, then it is refused, and nothing changed', async (_name, act) => {
  const topic = await ask();
  const before = await stands(topic);
  const lock = lockMeanwhile(topic);
  const answer = await act(topic);
  expect(lock()).toBe(true);
  expect(answer).toMatchObject({ status: 409, body: { code: 'topic_locked', why: 'Calm down' } });
  expect(await stands(topic)).toEqual({ ...before, closed: 'locked' });
});

it('given staff lock it while its author takes the answer back, then it keeps it', async () => {
  const topic = await ask();
  const path = `${C}/topics/${topic.id}/answer`;
  expect((await asker!.client.put(path, { postId: topic.reply })).status).toBe(200);
  const before = await stands(topic);
  const lock = lockMeanwhile(topic);
  expect(await asker!.client.delete(path)).toMatchObject({ status: 409, body: { code: 'topic_locked' } });
  expect(lock()).toBe(true);
  expect(await stands(topic)).toEqual({ ...before, closed: 'locked' });
});
