import { Types } from 'mongoose';
import { DAY, MINUTE } from '../../../src/common/times/clock.js';
import { DeletedEnds } from '../../../src/forums/deleting/deleted-ends.js';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { NOW, startWorld, type TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let [asker, helper, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  for (const { app } of world.nodes) await app.get(Intervals).stop();
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  outsider = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const ask = async (over: object = {}) => {
  const asked = await asker!.client.post(`${C}/topics`, {
    title: 'Where are zebras?',
    body: 'In plain words',
    ...over,
  });
  expect(asked.status).toBe(201);
  return asked.body;
};
const reply = async (topicId: string, as = helper!, body = 'In the savannah.') => {
  world.clock.advance(MINUTE);
  return (await as.client.post(`${C}/topics/${topicId}/posts`, { body })).body;
};
const remove = async (postId: string, as: TestPerson) =>
  expect((await as.client.delete(`${C}/posts/${postId}`)).status).toBe(204);
const restore = async (postId: string, as: TestPerson) => await as.client.post(`${C}/posts/${postId}/restore`);
const restored = async (postId: string, as: TestPerson) => {
  const answer = await restore(postId, as);
  expect(answer.status).toBe(200);
  return answer.body;
};
const topicOf = async (topicId: string) => (await asker!.client.get(`${C}/topics/${topicId}`)).body;
const postsOf = async (topicId: string, as = asker!) =>
  (await as.client.get(`${C}/topics/${topicId}/posts`)).body.items as any[];
const rowOf = async (collection: string, id: string) =>
  await world.db.collection(collection).findOne({ _id: new Types.ObjectId(id) });
const endOld = async () => {
  world.clock.advance(30 * DAY + 1);
  await Promise.all(world.nodes.map(({ app }) => app.get(DeletedEnds).turn()));
};

describe('a deleted post', () => {
  it('given its author, then nobody reads its words, all know who deleted it, and it comes back as it was, the answer too', async () => {
    const topic = await ask();
    const post = await reply(topic.id, helper, `In the savannah, <@${asker!.id}>.`);
    await asker!.client.put(`${C}/topics/${topic.id}/answer`, { postId: post.id });
    await asker!.client.put(`${C}/posts/${post.id}/vote`);
    await reply(topic.id, asker, 'Thank you.');
    const before = { topic: await topicOf(topic.id), posts: await postsOf(topic.id) };
    await remove(post.id, helper!);
    for (const [who, mayRestore] of [
      [asker!, false],
      [staff!, true],
      [helper!, true],
    ] as const) {
      const gone = (await postsOf(topic.id, who))[1];
      expect(gone).toMatchObject({
        body: null,
        mentions: [],
        quotes: [],
        deletedBy: { id: helper!.id },
        abilities: { restore: mayRestore },
      });
      expect(JSON.stringify(gone)).not.toContain('savannah');
    }
    expect(await topicOf(topic.id)).toMatchObject({ state: 'unanswered', posts: 2, answer: null });
    expect((await restore(post.id, asker!)).status).toBe(403);
    expect(await restored(post.id, helper!)).toMatchObject({
      body: post.body,
      deletedAt: null,
      deletedBy: null,
      isAnswer: true,
      votes: 1,
    });
    expect({ topic: await topicOf(topic.id), posts: await postsOf(topic.id) }).toEqual(before);
    // Once more changes nothing.
    await restored(post.id, helper!);
    expect(await topicOf(topic.id)).toEqual(before.topic);
  });

  it('given staff removed it, then its author does not restore it, and staff do; another answer that was chosen meanwhile stays', async () => {
    const topic = await ask();
    const [first, second] = [await reply(topic.id), await reply(topic.id)];
    const accept = (postId: string) => asker!.client.put(`${C}/topics/${topic.id}/answer`, { postId });
    await accept(first.id);
    await remove(first.id, staff!);
    await accept(second.id);
    expect((await postsOf(topic.id, helper))[1]).toMatchObject({
      deletedBy: { id: staff!.id, name: 'Aurore Tessier' },
      abilities: { restore: false },
    });
    expect((await restore(first.id, helper!)).status).toBe(403);
    await restored(first.id, staff!);
    expect(await topicOf(topic.id)).toMatchObject({ posts: 3, state: 'solved', answer: { id: second.id } });
  });

  it('given a question with replies, then its words are found no more, and again once it is back, with its history', async () => {
    const topic = await ask({ body: 'Where do okapis live?' });
    world.clock.advance(3 * MINUTE);
    await asker!.client.patch(`${C}/posts/${topic.question.id}`, { body: 'Where do okapis sleep?' });
    await reply(topic.id);
    await remove(topic.question.id, asker!);
    const found = async (q: string) =>
      (await helper!.client.get(`${C}/topics?q=${q}`)).body.items.map((one: any) => one.excerpt);
    expect([await found('okapis'), (await topicOf(topic.id)).excerpt]).toEqual([[], '…']);
    // A new title does not bring the words back.
    await asker!.client.patch(`${C}/topics/${topic.id}`, { title: 'Something of animals' });
    expect(await found('okapis')).toEqual([]);
    await restored(topic.question.id, asker!);
    expect(await found('okapis')).toEqual(['Where do okapis sleep?']);
    const history = await helper!.client.get(`${C}/posts/${topic.question.id}/history`);
    expect(history.body.items).toMatchObject([{ body: 'Where do okapis sleep?' }, { body: 'Where do okapis live?' }]);
    expect((await asker!.client.get(`${C}/topics/${topic.id}`)).body.title).toBe('Something of animals');
  });

  it('given thirty days, then it is gone for good: words, mentions and history', async () => {
    const topic = await ask();
    await reply(topic.id);
    world.clock.advance(3 * MINUTE);
    await asker!.client.patch(`${C}/posts/${topic.question.id}`, { body: 'Other words' });
    await remove(topic.question.id, asker!);
    await endOld();
    const id = topic.question.id as string;
    const row = await rowOf('posts', id);
    expect(row).toMatchObject({ body: null, mentions: [], deletedBy: new Types.ObjectId(asker!.id) });
    expect(row).not.toHaveProperty('keptSince');
    expect(row).not.toHaveProperty('edition');
    expect(await world.db.collection('post-versions').countDocuments({ postId: row!._id })).toBe(0);
    for (const who of [asker!, staff!]) expect((await restore(id, who)).status).toBe(404);
    expect((await postsOf(topic.id))[0]).toMatchObject({ deletedBy: { id: asker!.id }, abilities: { restore: false } });
  });

  it('given restoring and the end at once, then it is there with its words or gone without them', async () => {
    for (let round = 0; round < 4; round += 1) {
      world.clock.set(NOW);
      const topic = await ask();
      await reply(topic.id);
      const post = await reply(topic.id);
      await remove(post.id, helper!);
      world.clock.advance(30 * DAY);
      const back = restore(post.id, helper!);
      world.clock.advance(1);
      await Promise.all([back, ...world.nodes.map(({ app }) => app.get(DeletedEnds).turn())]);
      const row = await rowOf('posts', post.id);
      expect(row!.deletedAt === null ? row!.body : null).toBe(row!.body);
      expect((await rowOf('topics', topic.id))!.posts).toBe(row!.deletedAt === null ? 3 : 2);
    }
  });

  it('given deletes and restores at once on two nodes, then the counters equal a recount', async () => {
    const topic = await ask();
    const posts = [await reply(topic.id), await reply(topic.id, asker), await reply(topic.id, staff)];
    const on = (index: number) => staff!.client.on(world.nodes[index % 2]!.url);
    for (let round = 0; round < 3; round += 1)
      await Promise.all(
        posts.flatMap(({ id }, index) => [
          on(index).delete(`${C}/posts/${id}`),
          on(index + 1).post(`${C}/posts/${id}/restore`),
          on(index).post(`${C}/posts/${id}/restore`),
        ]),
      );
    const rows = await world.db
      .collection('posts')
      .find({ topicId: new Types.ObjectId(topic.id as string), deletedAt: null })
      .toArray();
    const others = rows.filter(({ authorId }) => String(authorId) !== asker!.id).length;
    expect(await rowOf('topics', topic.id)).toMatchObject({ posts: rows.length, others });
  });
});

describe('a deleted topic', () => {
  it('given nobody answered, then it goes with what its author added, is listed for them and staff, and comes back whole', async () => {
    const topic = await ask({ title: 'A topic of gnus', tags: ['gnus'] });
    await reply(topic.id, asker, 'One thing more.');
    const before = await topicOf(topic.id);
    await remove(topic.question.id, asker!);
    expect((await asker!.client.get(`${C}/topics/${topic.id}`)).status).toBe(404);
    const listed = async (who: TestPerson) =>
      (await who.client.get(`${C}/deleted-topics`)).body.items.filter((one: any) => one.id === topic.id);
    expect(await listed(helper!)).toEqual([]);
    const [item] = await listed(asker!);
    expect(item).toMatchObject({ title: 'A topic of gnus', author: { id: asker!.id }, postId: topic.question.id });
    expect(Date.parse(item.keptUntil) - Date.parse(item.deletedAt)).toBe(30 * DAY);
    expect(await listed(staff!)).toEqual([item]);
    expect((await restore(topic.question.id, helper!)).status).toBe(404);
    await restored(item.postId, asker!);
    expect(await topicOf(topic.id)).toEqual(before);
    expect(await listed(staff!)).toEqual([]);
    expect((await helper!.client.get(`${C}/topics?q=gnus`)).body.items).toHaveLength(1);
  });

  it('given one from before it was kept how it went, then nobody is offered to restore it', async () => {
    const topic = await ask();
    await remove(topic.question.id, asker!);
    await world.db
      .collection('topics')
      .updateOne({ _id: new Types.ObjectId(topic.id as string) }, { $unset: { ended: 1 } });
    const { items } = (await staff!.client.get(`${C}/deleted-topics`)).body;
    expect(items.map((one: any) => one.id)).not.toContain(topic.id);
  });

  it('given an answer, then a question that is deleted leaves its topic', async () => {
    const topic = await ask();
    await reply(topic.id);
    await remove(topic.question.id, asker!);
    expect(await topicOf(topic.id)).toMatchObject({ question: { body: null }, posts: 1 });
  });

  it('given an answer at the moment in which it is deleted, then the answer is never lost', async () => {
    for (let round = 0; round < 4; round += 1) {
      const topic = await ask();
      const [, answer] = await Promise.all([
        asker!.client.delete(`${C}/posts/${topic.question.id}`),
        helper!.client.on(world.nodes[1]!.url).post(`${C}/topics/${topic.id}/posts`, { body: 'I know.' }),
      ]);
      const now = await asker!.client.get(`${C}/topics/${topic.id}`);
      expect([now.status, answer.status]).toEqual(answer.status === 201 ? [200, 201] : [404, 404]);
    }
  });

  it('given staff removed it, then none of its authors brings it back', async () => {
    const topic = await ask();
    const more = await reply(topic.id, asker, 'More of it.');
    await remove(more.id, asker!);
    await remove(topic.question.id, staff!);
    for (const postId of [more.id, topic.question.id]) expect((await restore(postId, asker!)).status).toBe(403);
    expect((await asker!.client.get(`${C}/deleted-topics`)).body.items.map((one: any) => one.id)).not.toContain(
      topic.id,
    );
    await restored(topic.question.id, staff!);
    expect((await topicOf(topic.id)).posts).toBe(1);
  });

  it('given thirty days, then its title, tags and all words are gone', async () => {
    const topic = await ask({ title: 'A secret of llamas', tags: ['llamas'] });
    const more = await reply(topic.id, asker, 'Llamas, really.');
    world.clock.advance(3 * MINUTE);
    await asker!.client.patch(`${C}/posts/${more.id}`, { body: 'Llamas, truly.' });
    await remove(topic.question.id, asker!);
    await endOld();
    const [row, posts] = [
      await rowOf('topics', topic.id),
      await world.db
        .collection('posts')
        .find({ topicId: new Types.ObjectId(topic.id as string) })
        .toArray(),
    ];
    expect(JSON.stringify([row, posts])).not.toMatch(/llamas|plain words/i);
    expect(
      await world.db.collection('post-versions').countDocuments({ postId: new Types.ObjectId(more.id as string) }),
    ).toBe(0);
    expect((await restore(topic.question.id, staff!)).status).toBe(404);
    expect((await staff!.client.get(`${C}/deleted-topics`)).body.items.map((one: any) => one.id)).not.toContain(
      topic.id,
    );
  });
});

describe('what people were told', () => {
  const inboxOf = async (who: TestPerson, postId: string) =>
    (await who.client.get('/api/me/inbox')).body.items.filter((one: any) => one.params.postId === postId);

  it('given a restored post, then it stands in the inbox again, once, also where each process died after its write', async () => {
    const topic = await ask({ title: 'Who tells of kudus?' });
    const post = await reply(topic.id);
    await asker!.client.put(`${C}/topics/${topic.id}/answer`, { postId: post.id });
    await followOutbox(world);
    expect(await inboxOf(asker!, post.id)).toHaveLength(1);
    await killedAfter(world, () => remove(post.id, helper!));
    await killedAfter(world, () => restored(post.id, helper!));
    world.clock.advance(MINUTE);
    await followOutbox(world);
    const told = await eventually(async () => {
      const items = await inboxOf(asker!, post.id);
      expect(items).toHaveLength(1);
      return items[0];
    });
    expect(told.params).toMatchObject({ title: 'Who tells of kudus?', by: 'Ali Helper', excerpt: 'In the savannah.' });
    await remove(post.id, helper!);
    await followOutbox(world);
    expect(await inboxOf(asker!, post.id)).toEqual([]);
    const rows = await world.db
      .collection('notifications')
      .find({ 'params.topicId': topic.id, 'params.postId': post.id })
      .toArray();
    expect(JSON.stringify(rows)).not.toMatch(/savannah|kudus/);
    await restored(post.id, staff!);
    await followOutbox(world);
    expect(await inboxOf(asker!, post.id)).toHaveLength(1);
  });

  it('given a restored topic, then whoever was named in it finds that again', async () => {
    const topic = await ask({ body: `What do you think, <@${helper!.id}>?` });
    await followOutbox(world);
    expect(await inboxOf(helper!, topic.question.id)).toHaveLength(1);
    await remove(topic.question.id, asker!);
    await followOutbox(world);
    expect(await inboxOf(helper!, topic.question.id)).toEqual([]);
    await restored(topic.question.id, asker!);
    await followOutbox(world);
    expect(await inboxOf(helper!, topic.question.id)).toMatchObject([
      { params: { excerpt: 'What do you think, @Ali Helper?' } },
    ]);
  });
});

describe('who may restore', () => {
  it('given no login, another cohort, a former member, or an id of nothing, then nobody', async () => {
    const former = await aMember(world, cohortId, 'fellow');
    const topic = await ask();
    const post = await reply(topic.id, former);
    await remove(post.id, former);
    expect((await clientOf(world.url).post(`${C}/posts/${post.id}/restore`)).status).toBe(401);
    expect((await restore(post.id, outsider!)).status).toBe(404);
    const own = C.replace(cohortId, await aCohort(world));
    expect((await outsider!.client.post(`${own}/posts/${post.id}/restore`)).status).toBe(404);
    await staff!.client.delete(`${C}/members/${former.id}`);
    expect((await restore(post.id, former)).status).toBe(404);
    expect((await former.client.get(`${C}/deleted-topics`)).status).toBe(404);
    for (const id of ['65f0000000000000000000aa', 'nonsense']) expect((await restore(id, staff!)).status).toBe(404);
    expect((await restore(topic.question.id, helper!)).status).toBe(403);
    expect((await postsOf(topic.id))[1]).toMatchObject({ body: null });
  });
});
