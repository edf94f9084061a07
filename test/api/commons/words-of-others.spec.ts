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

describe('opening a topic to all cohorts', () => {
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
});
