import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';

/** What is read by all cohorts, after what it is of has changed. */
let world: TestWorld;
let id: string;
let topic: { id: string; question: { id: string } };
let base: string;
let [zoe, staff, noe, lea, tom]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  const [cohortId, there] = [await aCohort(world), await aCohort(world)];
  base = `/api/cohorts/${cohortId}`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  staff = await aMember(world, cohortId, 'staff');
  noe = await aMember(world, there, 'alumni');
  lea = await aMember(world, there, 'fellow');
  tom = await aMember(world, there, 'coach');
  const body = 'Who may sign?\n\n> Ali\n>\n> Not me.';
  topic = (await zoe.client.post(`${base}/topics`, { title: 'A quarrel with Ali', body, tags: ['law'] })).body;
  id = (await carry()).body.commonsTopicId;
});

const carry = () => zoe!.client.post(`${base}/topics/${topic.id}/commons`, { postIds: [topic.question.id] });
const write = async (body: string) => {
  world.clock.advance(60_000);
  return (await noe!.client.post(`/api/commons/topics/${id}/posts`, { body })).body;
};
const posts = async (as = lea!) => (await as.client.get(`/api/commons/topics/${id}/posts`)).body.items;
const shown = async () => (await lea!.client.get(`/api/commons/topics/${id}`)).body;
const flagged = async (postId: string, by = [lea!, tom!, zoe!]) => {
  for (const person of by)
    expect((await person.client.post(`/api/commons/posts/${postId}/flag`, { kind: 'unkind' })).status).toBe(204);
  await followOutbox(world);
};
const told = async () =>
  ((await staff!.client.get('/api/me/inbox?limit=200')).body.items as any[]).filter(
    ({ kind }) => kind === 'commons.flagged',
  );

it('given a quotation that was typed by hand, then it does not go along', async () => {
  expect((await posts())[0].body).toBe('Who may sign?\n\n> …');
});

it('given what was kept is edited, then flags hide it again, and staff hear of them', async () => {
  const post = await write('Harmless.');
  await flagged(post.id);
  await staff!.client.post(`/api/commons/posts/${post.id}/keep`);
  const before = (await told()).length;
  world.clock.advance(60_000);
  const edited = await noe!.client.patch(`/api/commons/posts/${post.id}`, { body: 'Not so.', seen: 'Harmless.' });
  expect(edited.status).toBe(200);
  await flagged(post.id);
  expect((await posts()).at(-1)).toMatchObject({ body: null, hidden: true });
  expect((await told()).length).toBeGreaterThan(before);
});

it('given its author takes the question away, then the title and the tags go with it, and come back with it', async () => {
  await write('I know.');
  const [question] = await posts();
  expect((await zoe!.client.delete(`/api/commons/posts/${question.id}`)).status).toBe(204);
  expect(await shown()).toMatchObject({ title: '…', tags: [], excerpt: '…' });
  const found = (await lea!.client.get('/api/commons/topics?q=quarrel')).body.items;
  expect(found.map((one: { id: string }) => one.id)).not.toContain(id);
  expect((await carry()).status).toBe(200);
  expect(await shown()).toMatchObject({ title: 'A quarrel with Ali', tags: ['law'] });
});

it('given staff change a flagged post in its cohort, then its copy goes, and does not come back', async () => {
  await write('I know.');
  await staff!.client.post(`${base}/posts/${topic.question.id}/flag`, { kind: 'personal_data' });
  const [flagged] = (await staff!.client.get(`${base}/flag-cases?state=open`)).body.items;
  const decision = { act: 'edit', body: 'Who may sign? (without the address)' };
  expect((await staff!.client.post(`${base}/flag-cases/${flagged.id}/decision`, decision)).status).toBeLessThan(300);
  await followOutbox(world);
  expect((await posts()).map(({ body }: any) => body)).toEqual(['I know.']);
  expect((await carry()).body.errors).toMatchObject([{ field: '/postIds', code: 'not_own' }]);
});

it('given its author changes it in the cohort, then the copy stays as it was agreed to', async () => {
  await zoe!.client.patch(`${base}/posts/${topic.question.id}`, { body: 'Who else may sign?' });
  await followOutbox(world);
  expect((await posts())[0].body).toContain('Who may sign?');
});

describe('a topic that was split from one that is open', () => {
  let reply: { id: string };
  let split: string;
  const into = (postIds: string[], as = zoe!) => as.client.post(`${base}/topics/${split}/commons`, { postIds });

  beforeEach(async () => {
    const written = await zoe!.client.post(`${base}/topics/${topic.id}/posts`, { body: 'And who pays?' });
    reply = written.body;
    const brought = await zoe!.client.post(`${base}/topics/${topic.id}/commons`, { postIds: [reply.id] });
    expect(brought.status).toBe(200);
    const moved = await staff!.client.post(`${base}/topics/${topic.id}/move`, {
      postIds: [reply.id],
      title: 'Who pays',
    });
    expect(moved.status).toBeLessThan(300);
    const topics = (await zoe!.client.get(`${base}/topics`)).body.items;
    split = topics.find(({ title }: any) => title === 'Who pays').id;
  });

  it('given its author opens it, then its question comes from where it was, and is in one topic', async () => {
    const [copy] = (await posts()).filter(({ body }: any) => body === 'And who pays?');
    const standing = (await zoe!.client.get(`${base}/topics/${split}/commons`)).body;
    expect(standing).toMatchObject({ mine: [{ id: reply.id, state: 'free' }], abilities: { open: true } });
    world.clock.advance(60_000);
    const opened = await into([reply.id]);
    expect(opened.body).toMatchObject({ mine: [{ state: 'there' }], commonsTopicId: expect.any(String) });
    const there = opened.body.commonsTopicId;
    expect((await lea!.client.get(`/api/commons/topics/${there}`)).body).toMatchObject({ title: 'Who pays', posts: 1 });
    expect((await lea!.client.get(`/api/commons/topics/${there}/posts`)).body.items).toMatchObject([{ id: copy.id }]);
    expect(await posts()).toHaveLength(1);
    expect(await shown()).toMatchObject({ posts: 1, title: 'A quarrel with Ali' });
    // Once more: nothing.
    expect((await into([reply.id])).body.commonsTopicId).toBe(there);
  });

  it('given staff removed what its question says, or others hide it by flags, then it comes back by no other topic', async () => {
    const [copy] = (await posts()).filter(({ body }: any) => body === 'And who pays?');
    await flagged(copy.id, [lea!, tom!, noe!]);
    const there = (await into([reply.id])).body.commonsTopicId;
    expect((await lea!.client.get(`/api/commons/topics/${there}/posts`)).body.items).toMatchObject([{ hidden: true }]);
    expect((await staff!.client.delete(`/api/commons/posts/${copy.id}`)).status).toBe(204);
    expect((await into([reply.id])).body.code).toBe('removed_by_staff');
  });

  it('given staff removed the topic that it was split from, then it comes back by no other topic', async () => {
    expect((await staff!.client.delete(`/api/commons/topics/${id}`)).status).toBe(204);
    expect((await into([reply.id])).body.code).toBe('removed_by_staff');
    const mine = (await zoe!.client.get(`${base}/topics/${split}/commons`)).body.mine;
    expect(mine).toMatchObject([{ id: reply.id, state: 'removed' }]);
    const rows = await world.db.collection('commons-posts').find({}).toArray();
    expect(rows.filter(({ fromPostId }) => String(fromPostId) === reply.id)).toMatchObject([{ body: null }]);
  });

  it('given it is merged back and brought along, then nothing of its question is left where others wrote', async () => {
    const there = (await into([reply.id])).body.commonsTopicId;
    await noe!.client.post(`/api/commons/topics/${there}/posts`, { body: 'The agency does.' });
    const merged = await staff!.client.post(`${base}/topics/${split}/merge`, { intoTopicId: topic.id });
    expect(merged.status).toBe(200);
    const brought = await zoe!.client.post(`${base}/topics/${topic.id}/commons`, { postIds: [reply.id] });
    expect(brought.status).toBe(200);
    const left = (await lea!.client.get(`/api/commons/topics/${there}`)).body;
    expect(left).toMatchObject({ title: '…', tags: [], excerpt: '…', posts: 1 });
    expect((await posts()).map(({ body }: any) => body)).toContain('And who pays?');
    const found = (await lea!.client.get('/api/commons/topics?q=pays')).body.items;
    expect(found.map((one: { id: string }) => one.id)).not.toContain(there);
  });

  it('given both at once on two processes, then it is open once', async () => {
    const both = await Promise.all([
      into([reply.id]),
      zoe!.client.on(world.nodes[1]!.url).post(`${base}/topics/${split}/commons`, { postIds: [reply.id] }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both[0].body.commonsTopicId).toBe(both[1].body.commonsTopicId);
    expect(await posts()).toHaveLength(1);
  });
});
