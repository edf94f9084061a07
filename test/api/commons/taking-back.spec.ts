import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { commonsPosts } from '../../support/rooms/forum.js';
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
const read = (id: string, as = neighbour!) => commonsPosts(as, id);
const bodies = async (id: string, as = neighbour!) => (await read(id, as)).map(({ body }) => body);
const countIn = (name: string, filter: object) => world.db.collection(name).countDocuments(filter);

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
