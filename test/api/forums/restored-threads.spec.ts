import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { eventually } from '../../support/eventually.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { channelOf, say } from '../../support/rooms/chat.js';

let world: TestWorld;
let C: string;
let [zoe, ali]: TestPerson[] = [];
let help: string;

beforeAll(async () => {
  world = await startWorld();
  const cohort = await aCohort(world);
  C = `/api/cohorts/${cohort}`;
  zoe = await aMember(world, cohort, 'fellow', { name: 'Zoé Asker' });
  ali = await aMember(world, cohort, 'coach', { name: 'Ali Helper' });
  help = (await eventually(() => channelOf(zoe!, 'help'))).id;
});
afterAll(() => world.stop());

const go = async (messageId: string) => {
  const fromThread = { channelId: help, messageId };
  const answer = await zoe!.client.post(`${C}/topics`, { title: 'Who has the table?', fromThread });
  expect(answer.status).toBe(201);
  return answer.body;
};
const remove = async (path: string, as = zoe!) => expect((await as.client.delete(path)).status).toBe(204);
const restore = async (postId: string) => {
  const answer = await zoe!.client.post(`${C}/posts/${postId}/restore`);
  expect(answer.status).toBe(200);
  return answer.body;
};
const saysTopic = (messageId: string, topicId: string | null) =>
  eventually(async () =>
    expect((await zoe!.client.get(`/api/channels/${help}/messages/${messageId}`)).body.topicId).toBe(topicId),
  );

it('given a restored topic, then the thread of chat that it continues goes on there again', async () => {
  const root = await say(zoe!, help, 'Who has the table of schools?');
  const topic = await go(root.id);
  await remove(`${C}/posts/${topic.question.id}`);
  await saysTopic(root.id, null);
  await restore(topic.question.id);
  await saysTopic(root.id, topic.id);
  expect((await zoe!.client.get(`${C}/topics/${topic.id}`)).body.thread).toEqual({
    channelId: help,
    messageId: root.id,
  });
  // Asked again, the thread is that topic.
  expect((await go(root.id)).id).toBe(topic.id);
});

it('given the thread went on in another topic meanwhile, then it stays there, and the restored one quotes it without the link', async () => {
  const root = await say(zoe!, help, 'Who has the table of streets?');
  const first = await go(root.id);
  await remove(`${C}/posts/${first.question.id}`);
  const second = await go(root.id);
  expect(second.id).not.toBe(first.id);
  await restore(first.question.id);
  const now = (await zoe!.client.get(`${C}/topics/${first.id}`)).body;
  expect(now).toMatchObject({ thread: null, question: { quotes: [{ body: 'Who has the table of streets?' }] } });
  await saysTopic(root.id, second.id);
});

it('given a quoted message was deleted in chat while its topic was, then its words come back nowhere', async () => {
  const root = await say(zoe!, help, 'Who has the table of towns?');
  const reply = await say(ali!, help, 'The quagga answer', root.id);
  const topic = await go(root.id);
  await remove(`${C}/posts/${topic.question.id}`);
  await remove(`/api/channels/${help}/messages/${reply.id}`, ali);
  await world.settled();
  await restore(topic.question.id);
  const now = await zoe!.client.get(`${C}/topics/${topic.id}`);
  expect(now.body.question.quotes).toMatchObject([{ body: 'Who has the table of towns?' }, { body: null }]);
  expect(now.text).not.toContain('quagga');
  expect((await zoe!.client.get(`${C}/topics?q=quagga`)).body.items).toEqual([]);
  expect(JSON.stringify(await world.db.collection('posts').find().limit(100).toArray())).not.toContain('quagga');
});

it('given a message is deleted in chat while the topic that quotes it is opened, then its words are nowhere', async () => {
  const root = await say(zoe!, help, 'Who has the table of rivers?');
  const reply = await say(ali!, help, 'The okapi answer', root.id);
  const happened = beforeItIsWritten(world, async () => {
    await remove(`/api/channels/${help}/messages/${reply.id}`, ali);
    await world.settled();
  });
  const topic = await go(root.id);
  expect(happened()).toBe(true);
  await world.settled();
  const now = await zoe!.client.get(`${C}/topics/${topic.id}`);
  expect(now.body.question.quotes).toMatchObject([{ body: 'Who has the table of rivers?' }, { body: null }]);
  expect(now.text).not.toContain('okapi');
  expect((await zoe!.client.get(`${C}/topics?q=okapi`)).body.items).toEqual([]);
  for (const name of ['posts', 'topics'])
    expect(JSON.stringify(await world.db.collection(name).find().limit(100).toArray())).not.toContain('okapi');
  // What is still said there is quoted on.
  expect((await zoe!.client.get(`${C}/topics?q=rivers`)).body.items).toMatchObject([{ id: topic.id }]);
});
