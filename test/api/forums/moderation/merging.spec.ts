import { Types } from 'mongoose';
import { NOW, startWorld, type TestWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';
import { channelOf, say } from '../../../support/rooms/chat.js';
import { recounted } from '../../../support/rooms/forum.js';

/** Topics that staff merge into others. */
let world: TestWorld;
let cohortId: string;
let C: string;
let [asker, helper, reader, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  reader = await aMember(world, cohortId, 'fellow', { name: 'Inès Reader' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  outsider = await aMember(world, await aCohort(world), 'staff');
});

const ask = async (title: string, as = asker!, over: object = {}) => {
  world.clock.advance(60_000);
  return (await as.client.post(`${C}/topics`, { title, body: `About: ${title}`, ...over })).body;
};
const reply = async (topicId: string, body: string, as = helper!) => {
  world.clock.advance(60_000);
  return (await as.client.post(`${C}/topics/${topicId}/posts`, { body })).body;
};
const merge = async (topicId: string, intoTopicId: string, as = staff!) =>
  await as.client.post(`${C}/topics/${topicId}/merge`, { intoTopicId, why: 'The same question' });
const topicOf = async (topicId: string, as = reader!) => await as.client.get(`${C}/topics/${topicId}`);
const postsOf = async (topicId: string, as = reader!) =>
  (await as.client.get(`${C}/topics/${topicId}/posts`)).body.items as any[];
const isTrue = async () => {
  const { kept, counted } = await recounted(world, cohortId);
  expect(kept).toEqual(counted);
};

it('given who keeps it, or its question, or both, then each keeps its question where it is now, once', async () => {
  const [one, two] = [await ask('Where is the seal'), await ask('Who has the seal', helper)];
  const keep = async (as: TestPerson, what: string, note: string) =>
    expect((await as.client.put(`${C}/${what}/bookmark`, { note, remindAt: null })).status).toBe(200);
  await keep(reader!, `topics/${one.id}`, 'mine');
  await keep(helper!, `posts/${one.question.id}`, 'hers');
  await keep(asker!, `topics/${one.id}`, 'of the topic');
  await keep(asker!, `posts/${one.question.id}`, 'of the question');
  expect((await merge(one.id, two.id)).status).toBe(200);
  for (const [as, note] of [
    [reader!, 'mine'],
    [helper!, 'hers'],
    [asker!, 'of the question'],
  ] as const) {
    const kept = (await as.client.get(`${C}/bookmarks`)).body.items;
    expect(kept).toMatchObject([{ topicId: two.id, postId: one.question.id, number: 2, note }]);
    expect((await as.client.get(`${C}/bookmarks/marks`)).body.items).toHaveLength(1);
  }
});

describe('a merged topic', () => {
  it('is in the other one: its question with its heading, its replies, its answer, who follows and has read it', async () => {
    const [one, two] = [await ask('Where is the seal'), await ask('Who has the seal', helper)];
    const { id: answerId } = await reply(one.id, 'At the desk.');
    await asker!.client.put(`${C}/topics/${one.id}/answer`, { postId: answerId });
    await reader!.client.put(`${C}/topics/${one.id}/subscription`, { level: 'watching' });
    for (const { id } of [one, two]) await reader!.client.put(`${C}/topics/${id}/read`, { number: 1 });
    const { status, body } = await merge(one.id, two.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: two.id, posts: 3, state: 'solved', answer: { id: answerId, number: 3 } });
    expect(await postsOf(two.id)).toMatchObject([
      { number: 1, heading: null, body: 'About: Who has the seal' },
      { number: 2, id: one.question.id, heading: 'Where is the seal', body: 'About: Where is the seal' },
      { number: 3, id: answerId, heading: null, body: 'At the desk.', isAnswer: true },
    ]);
    expect((await topicOf(two.id)).body).toMatchObject({ subscription: 'watching', readNumber: 2, unread: 1 });
    expect((await topicOf(two.id, asker)).body.subscription).toBe('watching');
    expect((await topicOf(one.id)).status).toBe(404);
    for (const number of [1, 2])
      expect((await reader!.client.get(`${C}/topics/${one.id}/posts/${number}`)).body).toMatchObject({
        ...{ topicId: two.id, number: number + 1 },
      });
    const listed = (await reader!.client.get(`${C}/topics`)).body.items as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual([two.id]);
    const hits = (await reader!.client.get(`${C}/forum/search?q=where+seal`)).body.items;
    expect(hits).toMatchObject([{ topicId: two.id, number: 2 }]);
    expect((await reader!.client.get(`${C}/topics/${two.id}/acts`)).body.items).toMatchObject([
      { what: 'merged_here', posts: 2, why: 'The same question', by: { name: 'Aurore Tessier' } },
    ]);
    await isTrue();
  });

  it('given something of it was deleted, then that says nothing there, either, and is restored there by who might', async () => {
    const [one, two] = [await ask('Where is the seal'), await ask('Who has the seal')];
    const gone = await reply(one.id, 'Under the stone.');
    await reply(one.id, 'At the desk.', reader);
    await helper!.client.delete(`${C}/posts/${gone.id}`);
    await asker!.client.delete(`${C}/posts/${one.question.id}`);
    expect((await merge(one.id, two.id)).body.posts).toBe(2);
    const posts = await postsOf(two.id);
    expect(posts.map(({ heading, body }) => [heading, body])).toEqual([
      [null, 'About: Who has the seal'],
      [null, null],
      [null, null],
      [null, 'At the desk.'],
    ]);
    expect((await reader!.client.get(`${C}/posts/${gone.id}/history`)).status).toBe(404);
    expect((await reader!.client.post(`${C}/posts/${gone.id}/restore`)).status).toBe(403);
    expect((await helper!.client.post(`${C}/posts/${gone.id}/restore`)).body).toMatchObject({
      ...{ topicId: two.id, number: 3, body: 'Under the stone.' },
    });
    expect((await asker!.client.post(`${C}/posts/${one.question.id}/restore`)).body).toMatchObject({
      ...{ number: 2, heading: 'Where is the seal' },
    });
    await isTrue();
  });

  it('given it quotes a thread of chat, then the thread goes on in the other topic, and what goes there goes here', async () => {
    const { id: channelId } = await eventually(() => channelOf(asker!, 'help'));
    const { id: messageId } = await say(asker!, channelId, 'Who knows of a seal?');
    await say(helper!, channelId, 'I do.', messageId);
    const fromThread = { channelId, messageId };
    const one = await ask('Where is the seal', asker, { fromThread, body: 'Asked in chat' });
    const two = await ask('Who has the seal');
    await merge(one.id, two.id);
    await world.settled();
    expect((await postsOf(two.id))[1].quotes).toMatchObject([{ body: 'Who knows of a seal?' }, { body: 'I do.' }]);
    expect((await topicOf(two.id, asker)).body.thread).toEqual(fromThread);
    const again = await asker!.client.post(`${C}/topics`, { title: 'Where is the seal', fromThread });
    expect(again.body.id).toBe(two.id);
    const inChat = `/api/channels/${channelId}/messages/${messageId}`;
    await eventually(async () => expect((await asker!.client.get(inChat)).body.topicId).toBe(two.id));
    await asker!.client.delete(inChat);
    await eventually(async () => expect((await postsOf(two.id))[1].quotes[0].body).toBeNull());
  });

  it('given two are merged into each other at once, then one of them is there, with all that was written', async () => {
    const [one, two] = [await ask('Where is the seal'), await ask('Who has the seal')];
    await reply(one.id, 'At the desk.');
    const done = await Promise.all([merge(one.id, two.id), merge(two.id, one.id)]);
    expect(done.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(done.filter(({ status }) => status === 404 || status === 422)).toHaveLength(1);
    const there = (await topicOf(one.id)).status === 200 ? one.id : two.id;
    expect((await topicOf(there)).body.posts).toBe(3);
    await isTrue();
  });

  it('given somebody replies meanwhile, then the reply is in the other one, or was refused', async () => {
    const [one, two] = [await ask('Where is the seal'), await ask('Who has the seal')];
    const replies = Array.from({ length: 6 }, (_, at) =>
      helper!.client.on(world.nodes[at % 2]!.url).post(`${C}/topics/${one.id}/posts`, { body: `Reply ${at}` }),
    );
    const [merged, ...written] = await Promise.all([merge(one.id, two.id), ...replies]);
    expect(merged.status).toBe(200);
    const there = written.filter(({ status }) => status === 201).length;
    expect(written.filter(({ status }) => status === 404)).toHaveLength(6 - there);
    expect((await topicOf(two.id)).body.posts).toBe(2 + there);
    await isTrue();
  });
});

describe('what is not merged', () => {
  it('given itself, nothing, one of another cohort, or who is not of the staff', async () => {
    const [one, two] = [await ask('Where is the seal'), await ask('Who has the seal')];
    const theirs = `/api/cohorts/${outsider!.cohortId}`;
    const foreign = (await outsider!.client.post(`${theirs}/topics`, { title: 'Our own question', body: 'Ours' })).body;
    for (const [into, code] of [
      [one.id, 'same_topic'],
      [String(new Types.ObjectId()), 'unknown'],
      [foreign.id, 'unknown'],
    ])
      expect(await merge(one.id, into)).toMatchObject({
        ...{ status: 422, body: { errors: [{ field: '/intoTopicId', code }] } },
      });
    expect((await merge(one.id, two.id, asker)).status).toBe(403);
    expect((await merge(one.id, two.id, outsider)).status).toBe(404);
    expect((await outsider!.client.post(`${theirs}/topics/${foreign.id}/merge`, { intoTopicId: one.id })).status).toBe(
      422,
    );
  });

  it('given more posts than fit into one act, then none of it is moved', async () => {
    const [one, two] = [await ask('Where is the seal'), await ask('Who has the seal')];
    const topicId = new Types.ObjectId(one.id as string);
    const [row] = await world.db.collection('posts').find({ topicId }).toArray();
    const many = Array.from({ length: 500 }, (_, at) => ({ ...row, _id: new Types.ObjectId(), number: at + 2 }));
    await world.db.collection('posts').insertMany(many);
    const counts = { lastNumber: 501, posts: 501 };
    await world.db.collection('topics').updateOne({ _id: topicId }, { $set: counts });
    expect(await merge(one.id, two.id)).toMatchObject({ status: 409, body: { code: 'too_many_posts', most: 500 } });
    expect((await topicOf(one.id)).body.posts).toBe(501);
    const postIds = many.map(({ _id }) => String(_id));
    expect((await staff!.client.post(`${C}/topics/${one.id}/move`, { postIds, toTopicId: two.id })).body.posts).toBe(
      501,
    );
    await isTrue();
  });
});
