import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { commonsPosts } from '../../support/rooms/forum.js';
import { followOutbox } from '../../support/outbox.js';

let world: TestWorld;
let base: string;
let [zoe, ali, staff, neighbour]: TestPerson[] = [];

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

  it('stays shut where staff locked it', async () => {
    const topic = await ask();
    await staff!.client.post(`${base}/topics/${topic.id}/lock`, { why: 'Calm down' });
    expect((await standing(topic.id)).abilities.open).toBe(false);
    expect((await carry(topic.id, [topic.question.id])).body.code).toBe('topic_locked');
  });
});
