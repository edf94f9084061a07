import { Types } from 'mongoose';
import { NOW, startWorld, type TestWorld } from '../../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';
import { followOutbox, killedAfter } from '../../../support/outbox.js';
import { recounted } from '../../../support/rooms/forum.js';

/** Replies that staff move to another topic, or to a new one. */
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

const ask = async (title: string, as = asker!) => {
  world.clock.advance(60_000);
  return (await as.client.post(`${C}/topics`, { title, body: `About: ${title}`, tags: ['law'] })).body;
};
const reply = async (topicId: string, body: string, as = helper!) => {
  world.clock.advance(60_000);
  const written = await as.client.post(`${C}/topics/${topicId}/posts`, { body });
  expect(written.status).toBe(201);
  return written.body;
};
const move = async (topicId: string, body: object, as = staff!) =>
  await as.client.post(`${C}/topics/${topicId}/move`, body);
const topicOf = async (topicId: string, as = reader!) => (await as.client.get(`${C}/topics/${topicId}`)).body;
const postsOf = async (topicId: string, as = reader!) =>
  (await as.client.get(`${C}/topics/${topicId}/posts`)).body.items as any[];
const bodiesOf = async (topicId: string) => (await postsOf(topicId)).map(({ body, moved }) => (moved ? 'moved' : body));
const read = async (topicId: string, number: number, as = reader!) =>
  expect((await as.client.put(`${C}/topics/${topicId}/read`, { number })).status).toBe(200);
const isTrue = async () => {
  const { kept, counted } = await recounted(world, cohortId);
  expect(kept).toEqual(counted);
};

describe('moved to another topic', () => {
  it('given two replies, then a line stays where each stood, its address leads to where it is, and all counts are true', async () => {
    const [here, there] = [await ask('Which licence do we take'), await ask('Who signs it', helper)];
    const first = await reply(here.id, 'The legal office signs.');
    await reply(here.id, 'Take the EUPL.');
    const third = await reply(here.id, 'Ours did, too.', asker);
    const moved = await move(here.id, { postIds: [third.id, first.id], toTopicId: there.id, why: 'Another question' });
    expect(moved).toMatchObject({ status: 200, body: { id: there.id, posts: 3, state: 'open' } });
    expect(await bodiesOf(there.id)).toEqual(['About: Who signs it', 'The legal office signs.', 'Ours did, too.']);
    expect(await bodiesOf(here.id)).toEqual(['About: Which licence do we take', 'moved', 'Take the EUPL.', 'moved']);
    expect((await postsOf(here.id))[1]).toMatchObject({
      ...{
        number: 2,
        body: null,
        author: { name: 'Ali Helper' },
        abilities: { restore: false, edit: false, vote: false },
      },
      moved: { by: { name: 'Aurore Tessier' }, topic: { id: there.id, title: 'Who signs it', number: 2 } },
    });
    expect((await reader!.client.get(`${C}/topics/${here.id}/posts/4`)).body).toEqual({
      ...{ topicId: there.id, postId: third.id, number: 3 },
    });
    expect(await topicOf(here.id)).toMatchObject({ posts: 2, lastAuthor: { name: 'Ali Helper' } });
    await isTrue();
    for (const [id, what] of [
      [here.id, 'moved_away'],
      [there.id, 'moved_here'],
    ])
      expect((await reader!.client.get(`${C}/topics/${id}/acts`)).body.items).toMatchObject([
        { what, posts: 2, why: 'Another question', by: { name: 'Aurore Tessier' } },
      ]);
  });

  it('given it is moved on, and back, then every old address leads to it', async () => {
    const [one, two] = [await ask('The first of them'), await ask('The second of them')];
    const { id } = await reply(one.id, 'It goes round.');
    await move(one.id, { postIds: [id], toTopicId: two.id });
    await move(two.id, { postIds: [id], toTopicId: one.id });
    for (const [topicId, number] of [
      [one.id, 2],
      [two.id, 2],
      [one.id, 3],
    ])
      expect((await reader!.client.get(`${C}/topics/${topicId}/posts/${number}`)).body).toEqual({
        ...{ topicId: one.id, postId: id, number: 3 },
      });
    await isTrue();
  });

  it('given who had read it, and the other topic to its end, then it is read there, too; to who had not it is news', async () => {
    const [here, there] = [await ask('Which licence do we take'), await ask('Who signs it')];
    const first = await reply(here.id, 'The legal office signs.');
    const second = await reply(here.id, 'Ours did, too.');
    await read(here.id, 2);
    await read(there.id, 1);
    await read(here.id, 3, staff);
    await move(here.id, { postIds: [first.id, second.id], toTopicId: there.id });
    expect(await topicOf(there.id)).toMatchObject({ readNumber: 2, unread: 1 });
    expect(await topicOf(here.id)).toMatchObject({ readNumber: 2, unread: 0 });
    expect(await topicOf(there.id, staff)).toMatchObject({ readNumber: 0, unread: 3 });
  });

  it('given it was the answer, then the other question has it, unless that has one', async () => {
    const [here, there] = [await ask('Which licence do we take'), await ask('Who signs it')];
    const { id } = await reply(here.id, 'The legal office signs.');
    await asker!.client.put(`${C}/topics/${here.id}/answer`, { postId: id });
    const { body } = await move(here.id, { postIds: [id], toTopicId: there.id });
    expect(body).toMatchObject({ state: 'solved', answer: { id }, chosen: { by: { name: 'Zoé Asker' } } });
    expect(await topicOf(here.id)).toMatchObject({ state: 'unanswered', answer: null, chosen: null });
    const third = await ask('Where is it signed');
    const other = await reply(third.id, 'At the desk.');
    await asker!.client.put(`${C}/topics/${third.id}/answer`, { postId: other.id });
    expect((await move(there.id, { postIds: [id], toTopicId: third.id })).body.answer.id).toBe(other.id);
    await isTrue();
  });

  it('given votes, reactions, its history and what staff were asked of it, then all of it goes along', async () => {
    const [here, there] = [await ask('Which licence do we take'), await ask('Who signs it')];
    const { id } = await reply(here.id, 'The legal office signs.');
    await reader!.client.put(`${C}/posts/${id}/vote`);
    await reader!.client.put(`${C}/posts/${id}/reactions/${encodeURIComponent('🎉')}`);
    await helper!.client.patch(`${C}/posts/${id}`, { body: 'The legal office of ours signs.' });
    await reader!.client.post(`${C}/posts/${id}/flag`, { reason: 'Look at it' });
    await move(here.id, { postIds: [id], toTopicId: there.id });
    expect((await postsOf(there.id))[1]).toMatchObject({ id, votes: 1, voted: true, reactions: [{ emoji: '🎉' }] });
    expect((await reader!.client.get(`${C}/posts/${id}/history`)).body.items).toHaveLength(2);
    expect((await staff!.client.get(`${C}/flag-cases`)).body.items).toMatchObject([
      { topicId: there.id, post: { id, number: 2, state: 'same' } },
    ]);
  });
});

describe('moved to a new topic', () => {
  it('given a title, then the first of them begins it, and who wrote and follows is there as before', async () => {
    const here = await ask('Which licence do we take');
    const first = await reply(here.id, 'Who signs such a thing?', reader);
    const second = await reply(here.id, 'The legal office.');
    await reader!.client.put(`${C}/posts/${first.id}/vote`);
    await staff!.client.put(`${C}/topics/${here.id}/subscription`, { level: 'watching' });
    const { body } = await move(here.id, { postIds: [second.id, first.id], title: 'Who signs a licence' });
    expect(body).toMatchObject({
      ...{ title: 'Who signs a licence', kind: 'question', tags: ['law'], state: 'open', posts: 2 },
      ...{ author: { name: 'Inès Reader' }, question: { id: first.id, number: 1 }, subscription: 'watching' },
      ...{ createdAt: first.createdAt, lastPostAt: second.createdAt, excerpt: 'Who signs such a thing?' },
    });
    expect(await topicOf(body.id)).toMatchObject({ subscription: 'watching' });
    expect(await topicOf(body.id, helper)).toMatchObject({ subscription: 'tracking' });
    expect((await reader!.client.get(`${C}/topics?q=signs%20office`)).body.items).toEqual([]);
    expect((await helper!.client.get(`${C}/topics?q=signs`)).body.items).toMatchObject([{ id: body.id }]);
    await isTrue();
  });
});

it('given the question is deleted and all else goes, then the topic is gone, comes back with its question, and leads on', async () => {
  const [here, there] = [await ask('Which licence do we take'), await ask('Who signs it', helper)];
  const { id } = await reply(here.id, 'One.');
  await asker!.client.delete(`${C}/posts/${here.question.id}`);
  await move(here.id, { postIds: [id], toTopicId: there.id });
  expect((await reader!.client.get(`${C}/topics/${here.id}`)).status).toBe(404);
  expect((await reader!.client.get(`${C}/topics/${here.id}/posts/2`)).body).toMatchObject({
    topicId: there.id,
    number: 2,
  });
  expect((await asker!.client.get(`${C}/deleted-topics`)).body.items).toMatchObject([{ id: here.id }]);
  expect((await asker!.client.post(`${C}/posts/${here.question.id}/restore`)).status).toBe(200);
  expect(await topicOf(here.id)).toMatchObject({ posts: 1 });
  await isTrue();
});

describe('what is not moved', () => {
  it('given the question, a post that is gone, or no place for it, then nothing is', async () => {
    const [here, there] = [await ask('Which licence do we take'), await ask('Who signs it')];
    const [first, second] = [await reply(here.id, 'One.'), await reply(here.id, 'Two.')];
    await helper!.client.delete(`${C}/posts/${second.id}`);
    const elsewhere = await reply(there.id, 'Three.');
    const refused: [object, number, object][] = [
      [{ postIds: [here.question.id, first.id], toTopicId: there.id }, 422, { errors: [{ code: 'is_question' }] }],
      [{ postIds: [first.id, second.id], toTopicId: there.id }, 409, { code: 'posts_gone' }],
      [{ postIds: [first.id, elsewhere.id], toTopicId: there.id }, 409, { code: 'posts_gone' }],
      [{ postIds: [first.id, 'nothing'], toTopicId: there.id }, 409, { code: 'posts_gone' }],
      [{ postIds: [first.id], toTopicId: here.id }, 422, { errors: [{ code: 'same_topic' }] }],
      [{ postIds: [first.id], toTopicId: String(new Types.ObjectId()) }, 422, { errors: [{ code: 'unknown' }] }],
      [{ postIds: [first.id] }, 422, { errors: [{ field: '/title', code: 'required' }] }],
      [{ postIds: [first.id], toTopicId: there.id, title: 'A new one' }, 422, { errors: [{ field: '/title' }] }],
    ];
    for (const [body, status, problem] of refused)
      expect(await move(here.id, body)).toMatchObject({ status, body: problem });
    expect(await bodiesOf(here.id)).toEqual(['About: Which licence do we take', 'One.', null]);
    expect(await topicOf(there.id)).toMatchObject({ posts: 2 });
    await isTrue();
  });

  it('given who is not of the staff, or of another cohort, then nothing is; no post goes to another cohort', async () => {
    const here = await ask('Which licence do we take');
    const { id } = await reply(here.id, 'One.');
    for (const person of [asker!, helper!])
      expect((await move(here.id, { postIds: [id], title: 'A new one' }, person)).status).toBe(403);
    expect((await move(here.id, { postIds: [id], title: 'A new one' }, outsider)).status).toBe(404);
    const [theirs] = [`/api/cohorts/${outsider!.cohortId}`];
    const foreign = (await outsider!.client.post(`${theirs}/topics`, { title: 'Our own question', body: 'Ours' })).body;
    expect(await move(here.id, { postIds: [id], toTopicId: foreign.id })).toMatchObject({
      ...{ status: 422, body: { errors: [{ field: '/toTopicId', code: 'unknown' }] } },
    });
    expect(
      (await outsider!.client.post(`${theirs}/topics/${foreign.id}/move`, { postIds: [id], title: 'Taken' })).status,
    ).toBe(409);
  });

  it('given the topic where it went is gone, then its line says no more than that it went', async () => {
    const [here, there] = [await ask('Which licence do we take'), await ask('A secret title')];
    const { id } = await reply(here.id, 'One.', asker);
    await move(here.id, { postIds: [id], toTopicId: there.id });
    await asker!.client.delete(`${C}/posts/${there.question.id}`);
    await asker!.client.delete(`${C}/posts/${id}`);
    expect((await postsOf(here.id))[1].moved).toMatchObject({ topic: null });
    expect(JSON.stringify(await postsOf(here.id))).not.toMatch(/secret|One/);
    expect((await reader!.client.get(`${C}/topics/${here.id}/posts/2`)).status).toBe(404);
  });
});

describe('what was told of a post that is moved', () => {
  const told = async (as: TestPerson) =>
    ((await as.client.get('/api/me/inbox')).body.items as any[]).map(({ kind, title, link }) => ({
      kind,
      title,
      link,
    }));

  it('given a worker dies with the move, then another one lets it go along, and nobody is told twice', async () => {
    const [here, there] = [await ask('Which licence do we take'), await ask('Who signs it', helper)];
    const { id } = await reply(here.id, `The office signs, <@${reader!.id}>.`);
    await world.settled();
    await killedAfter(world, async () => {
      expect((await move(here.id, { postIds: [id], toTopicId: there.id })).status).toBe(200);
    });
    for (let twice = 0; twice < 2; twice += 1) await followOutbox(world);
    const link = `/c/${cohortId}/forum/${there.id}#post-2`;
    expect(await told(asker!)).toEqual([{ kind: 'topic.replied', title: 'Ali Helper answered “Who signs it”', link }]);
    expect(await told(reader!)).toMatchObject([{ kind: 'forum.mentioned', link }]);
    await helper!.client.delete(`${C}/posts/${id}`);
    await world.settled();
    expect([await told(asker!), await told(reader!)]).toEqual([[], []]);
  });

  it('given it is moved before anybody was told, then they are told of it where it is, once', async () => {
    const [here, there] = [await ask('Which licence do we take'), await ask('Who signs it')];
    const { id } = await killedAfter(world, () => reply(here.id, 'The office signs.'));
    await move(here.id, { postIds: [id], toTopicId: there.id });
    await followOutbox(world);
    expect(await told(asker!)).toMatchObject([{ link: `/c/${cohortId}/forum/${there.id}#post-2` }]);
  });
});
