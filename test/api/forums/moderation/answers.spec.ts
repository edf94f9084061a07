import { startWorld, type TestWorld } from '../../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';
import { followOutbox, killedAfter } from '../../../support/outbox.js';

/** Which reply is the answer: who said so, and whom it is asked. */
let world: TestWorld;
let C: string;
let [asker, helper, other, staff]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  other = await aMember(world, cohortId, 'fellow', { name: 'Inès Other', locale: 'fr' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});

const ask = async (over: object = {}, as = asker!) =>
  (await as.client.post(`${C}/topics`, { title: 'Where are zebras?', body: 'In plain words', ...over })).body;
const reply = async (topicId: string, as = helper!) =>
  (await as.client.post(`${C}/topics/${topicId}/posts`, { body: 'In the savannah.' })).body;
const accept = async (topicId: string, postId: string, as = asker!) =>
  (await as.client.put(`${C}/topics/${topicId}/answer`, { postId })).body;
const vote = async (postId: string, as: TestPerson) =>
  expect((await as.client.put(`${C}/posts/${postId}/vote`)).status).toBe(204);
const react = async (postId: string, as: TestPerson) =>
  expect((await as.client.put(`${C}/posts/${postId}/reactions/${encodeURIComponent('🙏')}`)).status).toBe(200);
const asked = async (as = asker!) => {
  await world.settled();
  const { items } = (await as.client.get('/api/me/inbox')).body;
  return (items as any[]).filter(({ kind }) => kind === 'topic.thanked');
};

describe('the answer', () => {
  it('given it is chosen, and another later, then who did is said, and all of it is in the trail', async () => {
    const { id } = await ask();
    const [first, second] = [await reply(id), await reply(id, other)];
    expect((await accept(id, first.id)).chosen).toMatchObject({ by: { id: asker!.id } });
    expect(await accept(id, second.id, staff)).toMatchObject({
      ...{ answer: { id: second.id }, chosen: { by: { name: 'Aurore Tessier' } } },
    });
    expect((await asker!.client.delete(`${C}/topics/${id}/answer`)).body).toMatchObject({ answer: null, chosen: null });
    const { items } = (await helper!.client.get(`${C}/topics/${id}/acts`)).body;
    expect(items).toMatchObject([
      { what: 'answer_withdrawn', by: { name: 'Zoé Asker' }, post: null },
      { what: 'answer_chosen', by: { name: 'Aurore Tessier' }, post: { number: 3, author: { name: 'Inès Other' } } },
      { what: 'answer_chosen', by: { name: 'Zoé Asker' }, post: { number: 2 } },
    ]);
  });

  it('given it is deleted and brought back, then it is still said who chose it', async () => {
    const { id } = await ask();
    const { id: postId } = await reply(id);
    await accept(id, postId);
    await helper!.client.delete(`${C}/posts/${postId}`);
    const gone = (await asker!.client.get(`${C}/topics/${id}`)).body;
    expect([gone.answer, gone.chosen]).toEqual([null, null]);
    await helper!.client.post(`${C}/posts/${postId}/restore`);
    expect((await asker!.client.get(`${C}/topics/${id}`)).body.chosen).toMatchObject({ by: { id: asker!.id } });
  });
});

describe('whoever asked is asked to choose', () => {
  it('given somebody thanks for a reply, by a vote or a reaction, then once, however many do', async () => {
    const { id } = await ask();
    const [first, second] = [await reply(id), await reply(id, other)];
    await react(first.id, other!);
    await vote(second.id, helper!);
    await vote(first.id, asker!);
    expect(await asked()).toMatchObject([
      {
        title: 'Is “Where are zebras?” answered?',
        body: expect.stringContaining('Ali Helper'),
        link: `${C.replace('/api/cohorts', '/c')}/forum/${id}#post-2`,
        why: 'author',
        group: 'forum',
      },
    ]);
    expect(await asked(helper)).toEqual([]);
  });

  it('given many thank at once on two processes, then once', async () => {
    const { id } = await ask();
    const { id: postId } = await reply(id);
    await Promise.all(
      [asker!, other!, staff!].map((person, at) =>
        person.client.on(world.nodes[at % 2]!.url).put(`${C}/posts/${postId}/vote`),
      ),
    );
    expect(await asked()).toHaveLength(1);
    expect((await asker!.client.get(`${C}/topics/${id}/posts`)).body.items[1].votes).toBe(3);
  });

  it('given nobody but its author likes a reply, it is their own, the question, or a discussion, then not', async () => {
    const { id, question } = await ask();
    await react((await reply(id)).id, helper!);
    await vote((await reply(id, asker)).id, helper!);
    await vote(question.id, helper!);
    const talk = await ask({ kind: 'discussion' });
    await vote((await reply(talk.id)).id, other!);
    expect(await asked()).toEqual([]);
  });

  it('given an answer is chosen, or the question muted, then not', async () => {
    const { id } = await ask();
    const { id: postId } = await reply(id);
    await accept(id, postId);
    await vote(postId, other!);
    const muted = await ask();
    await asker!.client.put(`${C}/topics/${muted.id}/subscription`, { level: 'muted' });
    await vote((await reply(muted.id)).id, other!);
    expect(await asked()).toEqual([]);
  });

  it('given the reply goes to the topic of another person, then nobody is asked what it is there', async () => {
    const [{ id }, there, talk] = [await ask(), await ask({}, other), await ask({ kind: 'discussion' }, other)];
    const [first, second] = [await reply(id), await reply(id)];
    await vote(first.id, staff!);
    expect(await asked()).toHaveLength(1);
    for (const [postId, toTopicId] of [
      [first.id, there.id],
      [second.id, talk.id],
    ])
      await staff!.client.post(`${C}/topics/${id}/move`, { postIds: [postId], toTopicId });
    await vote(second.id, staff!);
    expect([await asked(), await asked(other)]).toEqual([[], []]);
  });

  it('given the process dies with the vote, then another one asks, once, and in French', async () => {
    const { id } = await ask({}, other);
    const { id: postId } = await reply(id);
    await killedAfter(world, () => vote(postId, asker!));
    await followOutbox(world);
    await followOutbox(world);
    expect(await asked(other)).toMatchObject([{ title: '«\u00a0Where are zebras?\u00a0» a-t-elle sa réponse\u202f?' }]);
  });
});
