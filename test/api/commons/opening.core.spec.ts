import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';

let world: TestWorld;
let base: string;
let [zoe, ali, mia, staff, neighbour]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  const cohortId = await aCohort(world);
  base = `/api/cohorts/${cohortId}`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  ali = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  mia = await aMember(world, cohortId, 'host', { name: 'Mia Reader' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Staff' });
  neighbour = await aMember(world, await aCohort(world), 'alumni', { name: 'Noé Neighbour' });
});

const on = (person: TestPerson, node = 0) => person.client.on(world.nodes[node]!.url);
const ask = async (body = 'Who may sign?') =>
  (await zoe!.client.post(`${base}/topics`, { title: 'Who signs a licence?', body, tags: ['law'] })).body;
const reply = async (topicId: string, as: TestPerson, body: string) => {
  world.clock.advance(60_000);
  return (await as.client.post(`${base}/topics/${topicId}/posts`, { body })).body;
};
const standing = async (topicId: string, as = zoe!) => (await as.client.get(`${base}/topics/${topicId}/commons`)).body;
const carry = (topicId: string, postIds: string[], as = zoe!, node = 0) =>
  on(as, node).post(`${base}/topics/${topicId}/commons`, { postIds });
const open = async (topic: { id: string; question: { id: string } }, more: string[] = []) =>
  (await carry(topic.id, [topic.question.id, ...more])).body.commonsTopicId as string;
const read = async (id: string, as = neighbour!) =>
  ((await as.client.get(`/api/commons/topics/${id}/posts`)).body.items ?? []) as {
    id: string;
    body: string | null;
    isQuestion: boolean;
    carried: boolean;
    author: { id: string; name: string };
    mentions: { id: string }[];
  }[];
const bodies = async (id: string, as = neighbour!) => (await read(id, as)).map(({ body }) => body);
const countIn = (name: string, filter: object) => world.db.collection(name).countDocuments(filter);

describe('opening a topic to all cohorts', () => {
  it('shows before it is done what would be seen, and does it for its author alone', async () => {
    const topic = await ask(`Who may sign? <@${ali!.id}> knows, says <@${zoe!.id}>.`);
    const mine = await reply(topic.id, zoe!, 'I asked the host.');
    await reply(topic.id, ali!, 'The host signs.');
    expect(await standing(topic.id)).toEqual({
      ...{ part: 'author', title: 'Who signs a licence?', tags: ['law'], commonsTopicId: null, removed: false },
      ...{ asked: null, declined: false },
      mine: [
        {
          ...{ id: topic.question.id, number: 1, body: 'Who may sign? @… knows, says @Zoé Asker.' },
          ...{ staying: [], state: 'free' },
        },
        { id: mine.id, number: 2, body: 'I asked the host.', staying: [], state: 'free' },
      ],
      others: [{ person: { id: ali!.id, name: 'Ali Helper', avatarUrl: null }, posts: 1, isThere: false }],
      abilities: { open: true, join: false, wish: false },
    });
    expect((await carry(topic.id, [topic.question.id], ali)).body.code).toBe('invalid');
    const aliSees = await standing(topic.id, ali);
    expect(aliSees).toMatchObject({ part: 'writer', others: [], abilities: { open: false, join: false, wish: false } });
    expect((await carry(topic.id, [aliSees.mine[0].id], ali)).body.code).toBe('not_open');
    expect((await carry(topic.id, [mine.id])).body).toMatchObject({
      status: 422,
      errors: [{ code: 'question_missing' }],
    });
    const id = await open(topic);
    expect(await bodies(id)).toEqual(['Who may sign? @… knows, says <@' + zoe!.id + '>.']);
    expect((await zoe!.client.get(`${base}/topics/${topic.id}`)).body.commonsTopic).toBe(id);
    expect((await neighbour!.client.get(`/api/commons/topics/${id}`)).body).toMatchObject({
      ...{ title: 'Who signs a licence?', tags: ['law'], posts: 1, origin: null, abilities: { delete: false } },
      excerpt: 'Who may sign? @… knows, says @….',
    });
    expect((await ali!.client.get(`/api/commons/topics/${id}`)).body.origin).toMatchObject({ topicId: topic.id });
  });

  it('brings words of others only when each agrees, in the order in which they were written', async () => {
    const topic = await ask();
    const [first, second] = [await reply(topic.id, ali!, 'First.'), await reply(topic.id, mia!, 'Second.')];
    const id = await open(topic);
    world.clock.advance(60_000);
    await neighbour!.client.post(`/api/commons/topics/${id}/posts`, { body: 'From next door.' });
    expect(await bodies(id)).toEqual(['Who may sign?', 'From next door.']);
    expect(await standing(topic.id, ali)).toMatchObject({
      ...{ asked: { by: { id: zoe!.id } }, declined: false, commonsTopicId: id },
      abilities: { open: false, join: true, wish: false },
    });
    expect((await carry(topic.id, [second.id], ali)).body.code).toBe('invalid');
    expect((await carry(topic.id, [first.id], ali)).body).toMatchObject({ asked: null, declined: false });
    expect(await bodies(id)).toEqual(['Who may sign?', 'First.', 'From next door.']);
    expect((await mia!.client.post(`${base}/topics/${topic.id}/commons/no`)).body).toMatchObject({
      ...{ asked: null, declined: true },
    });
    expect(await bodies(id)).toHaveLength(3);
    // A change of mind.
    expect((await carry(topic.id, [second.id], mia)).body).toMatchObject({ declined: false });
    expect(await bodies(id)).toEqual(['Who may sign?', 'First.', 'Second.', 'From next door.']);
    expect((await staff!.client.post(`${base}/topics/${topic.id}/commons/no`)).status).toBe(404);
  });

  it('leaves what others said in one’s own post where it is, and a post in which others wrote', async () => {
    const topic = await ask();
    await reply(topic.id, ali!, 'A secret of Ali.');
    const quoting = await reply(topic.id, zoe!, '> <#2 Ali>\n> A secret of Ali.\n\nThank you.');
    const quoteOnly = await reply(topic.id, zoe!, '> <#2 Ali>\n> A secret of Ali.');
    const wiki = await reply(topic.id, zoe!, 'All of us write here.');
    await zoe!.client.put(`${base}/posts/${wiki.id}/wiki`);
    const states = (await standing(topic.id)).mine.map((post: { state: string }) => post.state);
    expect(states).toEqual(['free', 'free', 'empty', 'mixed']);
    for (const { id } of [quoteOnly, wiki])
      expect((await carry(topic.id, [topic.question.id, id])).body).toMatchObject({ errors: [{ code: 'not_own' }] });
    const commonsId = await open(topic, [quoting.id]);
    expect(await bodies(commonsId)).toEqual(['Who may sign?', '> …\n\nThank you.']);
  });

  it('given a double click and two processes, then it is one topic, and each is asked once', async () => {
    const topic = await ask();
    await reply(topic.id, ali!, 'First.');
    const answers = await Promise.all([0, 1, 0, 1].map((node) => carry(topic.id, [topic.question.id], zoe, node)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.commonsTopicId}`)).size).toBe(1);
    expect(await bodies(answers[0]!.body.commonsTopicId)).toEqual(['Who may sign?']);
    await followOutbox(world);
    const asked = (await ali!.client.get('/api/me/inbox?limit=200')).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'commons.asked',
    );
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ link: expect.stringContaining(`/forum/${topic.id}/commons`) });
  });

  it('given two who agree at once, and one twice, then the words of both are there once, and the count is right', async () => {
    const topic = await ask();
    const [first, second] = [await reply(topic.id, ali!, 'First.'), await reply(topic.id, mia!, 'Second.')];
    const id = await open(topic);
    const done = await Promise.all([
      ...[carry(topic.id, [first.id], ali, 0), carry(topic.id, [first.id], ali, 1)],
      ...[
        carry(topic.id, [second.id], mia, 1),
        neighbour!.client.post(`/api/commons/topics/${id}/posts`, { body: 'Me.' }),
      ],
    ]);
    expect(done.map(({ status }) => status)).toEqual([200, 200, 200, 201]);
    expect((await bodies(id)).sort()).toEqual(['First.', 'Me.', 'Second.', 'Who may sign?']);
    expect((await neighbour!.client.get(`/api/commons/topics/${id}`)).body.posts).toBe(4);
  });

  it('given staff wish it, then its author is asked once, and it is open only with their yes', async () => {
    const topic = await ask();
    const wish = (as: TestPerson, node = 0) => on(as, node).post(`${base}/topics/${topic.id}/commons/wish`);
    expect((await wish(ali!)).status).toBe(403);
    const wishes = await Promise.all([wish(staff!, 0), wish(staff!, 1)]);
    expect(wishes.map(({ status }) => status)).toEqual([200, 200]);
    await followOutbox(world);
    const told = (await zoe!.client.get('/api/me/inbox?limit=200')).body.items;
    expect(told.filter(({ kind }: { kind: string }) => kind === 'commons.asked')).toHaveLength(1);
    expect(await standing(topic.id)).toMatchObject({ asked: { by: { id: staff!.id } }, commonsTopicId: null });
    expect(
      (await neighbour!.client.get('/api/commons/topics')).body.items.map(({ id }: { id: string }) => id),
    ).not.toContain(topic.id);
    expect((await zoe!.client.post(`${base}/topics/${topic.id}/commons/no`)).body).toMatchObject({ declined: true });
    expect((await wish(staff!)).body).toMatchObject({ commonsTopicId: null, abilities: { wish: false } });
    // What is told of it is over.
    expect(
      (await zoe!.client.get('/api/me/inbox?limit=200')).body.items.filter(
        ({ kind }: { kind: string }) => kind === 'commons.asked',
      ),
    ).toEqual([]);
    const id = await open(topic);
    expect((await wish(staff!)).body.code).toBe('already_open');
    expect(await bodies(id)).toEqual(['Who may sign?']);
  });

  it('stays shut where staff locked it', async () => {
    const topic = await ask();
    await staff!.client.post(`${base}/topics/${topic.id}/lock`, { why: 'Calm down' });
    expect((await standing(topic.id)).abilities.open).toBe(false);
    expect((await carry(topic.id, [topic.question.id])).body.code).toBe('topic_locked');
  });
});

describe('taking words back', () => {
  it('given its author deletes a post in the cohort, or staff do, then it is gone from the commons', async () => {
    const topic = await ask();
    const [first, second] = [await reply(topic.id, ali!, 'First.'), await reply(topic.id, mia!, 'Second.')];
    const id = await open(topic);
    await carry(topic.id, [first.id], ali);
    await carry(topic.id, [second.id], mia);
    await ali!.client.delete(`${base}/posts/${first.id}`);
    await staff!.client.delete(`${base}/posts/${second.id}`);
    await followOutbox(world);
    expect(await bodies(id)).toEqual(['Who may sign?']);
    expect((await neighbour!.client.get(`/api/commons/topics/${id}`)).body.posts).toBe(1);
    // Back in the cohort, it is not back for all.
    await ali!.client.post(`${base}/posts/${first.id}/restore`);
    await followOutbox(world);
    expect(await bodies(id)).toEqual(['Who may sign?']);
    expect((await carry(topic.id, [first.id], ali)).status).toBe(200);
    expect(await bodies(id)).toEqual(['Who may sign?', 'First.']);
  });

  it('given it is deleted while it is brought, then it is not there in the end', async () => {
    const topic = await ask();
    const first = await reply(topic.id, ali!, 'First.');
    const id = await open(topic);
    await Promise.all([carry(topic.id, [first.id], ali, 0), on(ali!, 1).delete(`${base}/posts/${first.id}`)]);
    await followOutbox(world);
    expect(await bodies(id)).toEqual(['Who may sign?']);
  });

  it('given the last words go, then the topic is gone, and may be opened anew', async () => {
    const topic = await ask();
    await reply(topic.id, ali!, 'First.');
    const id = await open(topic);
    const [question] = await read(id);
    expect((await ali!.client.delete(`/api/commons/posts/${question!.id}`)).status).toBe(403);
    expect((await zoe!.client.delete(`/api/commons/posts/${question!.id}`)).status).toBe(204);
    expect((await neighbour!.client.get(`/api/commons/topics/${id}`)).status).toBe(404);
    expect(await standing(topic.id)).toMatchObject({ commonsTopicId: null, removed: false, abilities: { open: true } });
    expect((await zoe!.client.get(`${base}/topics/${topic.id}`)).body.commonsTopic).toBeNull();
    expect(await countIn('commons-posts', { topicId: new Types.ObjectId(id) })).toBe(0);
    expect(await countIn('commons-asks', { topicId: new Types.ObjectId(topic.id) })).toBe(0);
    const again = await open(topic);
    expect(again).not.toBe(id);
    expect(await standing(topic.id, ali)).toMatchObject({ asked: { by: { id: zoe!.id } } });
  });

  it('given its opening post goes while others wrote, then theirs stay, and nothing of it is said in the list', async () => {
    const topic = await ask('A unicornish question.');
    const id = await open(topic);
    await neighbour!.client.post(`/api/commons/topics/${id}/posts`, { body: 'Me.' });
    await zoe!.client.delete(`${base}/posts/${topic.question.id}`);
    await followOutbox(world);
    expect(await bodies(id)).toEqual(['Me.']);
    expect((await neighbour!.client.get(`/api/commons/topics/${id}`)).body).toMatchObject({ excerpt: '…', posts: 1 });
    expect((await neighbour!.client.get('/api/commons/topics?q=unicornish')).body.items).toEqual([]);
  });

  it('given staff of its cohort take it out, then it is gone for all and is not opened again; staff of others may not', async () => {
    const topic = await ask();
    const id = await open(topic);
    const elsewhere = await aMember(world, await aCohort(world), 'staff');
    expect((await elsewhere.client.delete(`/api/commons/topics/${id}`)).status).toBe(403);
    expect((await zoe!.client.delete(`/api/commons/topics/${id}`)).status).toBe(403);
    expect((await staff!.client.delete(`/api/commons/topics/${id}`)).status).toBe(204);
    expect((await neighbour!.client.get(`/api/commons/topics/${id}`)).status).toBe(404);
    expect(await standing(topic.id)).toMatchObject({ removed: true, commonsTopicId: null, abilities: { open: false } });
    expect((await carry(topic.id, [topic.question.id])).body.code).toBe('removed_by_staff');
    const kept = await world.db.collection('commons-topics').findOne({ fromTopicId: new Types.ObjectId(topic.id) });
    expect(kept).toMatchObject({ excerpt: '…', words: [], tags: [], posts: 0 });
  });
});
