import { Types } from 'mongoose';
import { Notifier } from '../../../src/notifications/notifier.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';

/** What of a deleted topic comes back, and who brings it. */
let world: TestWorld;
let C: string;
let [asker, helper, staff]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});

const ask = async () =>
  (await asker!.client.post(`${C}/topics`, { title: 'Where are they?', body: 'Where do okapis live?', tags: ['zoo'] }))
    .body;
const reply = async (topicId: string, as: TestPerson, body: string) =>
  (await as.client.post(`${C}/topics/${topicId}/posts`, { body })).body.id as string;
const remove = async (postId: string, as: TestPerson) =>
  expect((await as.client.delete(`${C}/posts/${postId}`)).status).toBe(204);
const restore = async (postId: string, as: TestPerson, node = 0) =>
  (await as.client.on(world.nodes[node]!.url).post(`${C}/posts/${postId}/restore`)).status;
const statusOf = async (topicId: string) => (await asker!.client.get(`${C}/topics/${topicId}`)).status;
/** Asked, answered by somebody who took that back, asked further, and deleted by who asked. */
async function aDeletedOne() {
  const topic = await ask();
  const answer = await reply(topic.id, helper!, 'In the forest.');
  await remove(answer, helper!);
  const further = await reply(topic.id, asker!, 'And when?');
  const ids = { topicId: topic.id as string, questionId: topic.question.id as string, answer, further };
  await remove(ids.questionId, asker!);
  expect(await statusOf(ids.topicId)).toBe(404);
  return ids;
}
/** All in which topics are found by what they say. */
async function found(word: string): Promise<any[]> {
  const paths = [`topics?q=${word}`, `topics/similar?title=${word}`];
  const lists = await Promise.all(paths.map((path) => helper!.client.get(`${C}/${path}`)));
  const all = await helper!.client.get(`/api/search?q=${word}&in=topics`);
  return [...lists, all].flatMap(({ body }) => body.items);
}

it('given somebody who once replied, then they do not bring back what another deleted; who asked and staff do', async () => {
  const { topicId, questionId, answer } = await aDeletedOne();
  expect(await restore(answer, helper!)).toBe(404);
  expect(await statusOf(topicId)).toBe(404);
  expect(await restore(questionId, asker!)).toBe(200);
  expect(await restore(answer, helper!)).toBe(200);
  expect(await found('okapis')).toHaveLength(3);
});

it.each([[false], [true]])(
  'given staff bring a topic back by a reply, then nothing of its deleted question is found (kept from before: %s)',
  async (isOfBefore) => {
    const { topicId, questionId, answer } = await aDeletedOne();
    const topics = world.db.collection('topics');
    const words = { excerpt: 'Where do okapis live?', words: ['where', 'okapis', 'live'] };
    if (isOfBefore) await topics.updateOne({ _id: new Types.ObjectId(topicId) }, { $set: words });
    expect(await restore(answer, staff!)).toBe(200);
    expect(await found('okapis')).toEqual([]);
    const [listed] = (await helper!.client.get(`${C}/topics`)).body.items;
    expect(listed).toMatchObject({ id: topicId, title: 'Where are they?', excerpt: '…', posts: 2 });
    expect((await helper!.client.get(`${C}/topics?q=zoo`)).body.items).toHaveLength(1);
    expect(await restore(questionId, asker!)).toBe(200);
    expect(await found('okapis')).toHaveLength(3);
  },
);

it('given who deleted the topic, then any post that they deleted brings it back', async () => {
  const topic = await ask();
  const further = await reply(topic.id, asker!, 'And when?');
  for (const postId of [further, topic.question.id as string]) await remove(postId, asker!);
  expect(await restore(further, asker!)).toBe(200);
  expect((await asker!.client.get(`${C}/topics/${topic.id}`)).body).toMatchObject({ posts: 1, excerpt: '…' });
});

it('given it was told that the topic waits, then that stands in the inbox again once the topic is back', async () => {
  const topic = await ask();
  const params = { topicId: topic.id as string, title: 'Where are they?', by: 'Zoé Asker', rung: 'h48' };
  const words = { kind: 'topic.reminder', why: 'topic.reminder.craft', key: `topic-${topic.id as string}` } as const;
  const sent = { userIds: [helper!.id], cohortId: helper!.cohortId!, params, link: '/', ...words };
  await world.app.get(Notifier).notify(sent);
  const titles = async () => {
    await followOutbox(world);
    return (await helper!.client.get('/api/me/inbox')).body.items.map(({ title }: { title: string }) => title);
  };
  expect(await titles()).toEqual(['“Where are they?” waits for an answer']);
  await remove(topic.question.id, asker!);
  expect(await titles()).toEqual([]);
  expect(await restore(topic.question.id, asker!)).toBe(200);
  expect(await titles()).toEqual(['“Where are they?” waits for an answer']);
});

it('given a reply is restored and the question deleted at once, then the topic is gone, or there with its reply', async () => {
  for (let round = 0; round < 4; round += 1) {
    const topic = await ask();
    const answer = await reply(topic.id, helper!, 'In the forest.');
    await remove(answer, helper!);
    const [status] = await Promise.all([
      restore(answer, helper!, 1),
      asker!.client.delete(`${C}/posts/${topic.question.id}`),
    ]);
    expect([status, await statusOf(topic.id)]).toEqual(status === 200 ? [200, 200] : [404, 404]);
    expect(await found('okapis')).toEqual([]);
  }
});
