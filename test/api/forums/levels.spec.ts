import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';

let world: TestWorld;
let [ines, leo, zoe, outsider]: TestPerson[] = [];
let C: string;

beforeAll(async () => {
  world = await startWorld();
  outsider = await aMember(world, await aCohort(world), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
});

const ask = async (tags: string[], as = leo!, body = 'A table.') =>
  (await as.client.post(`${C}/topics`, { title: 'How do we publish it?', body, tags })).body.id as string;
const reply = async (topicId: string, body = 'Use the catalogue.', as = leo!) =>
  (await as.client.post(`${C}/topics/${topicId}/posts`, { body })).body.id as string;
const followTopic = (topicId: string, level: string) =>
  ines!.client.put(`${C}/topics/${topicId}/subscription`, { level });
const followTag = (tag: string, level: string, as = ines!) =>
  as.client.put(`${C}/tags/${encodeURIComponent(tag)}/subscription`, { level });
const followForum = (level: string, as = ines!) => as.client.put(`${C}/forum/subscription`, { level });
const subscription = async (topicId: string) =>
  (await ines!.client.get(`${C}/topics/${topicId}`)).body.subscription as string;
/** What Inès was told since, the oldest first. */
async function told(): Promise<{ kind: string; why: string; watched: unknown }[]> {
  await followOutbox(world);
  const { items } = (await ines!.client.get('/api/me/inbox')).body;
  return items
    .filter(({ kind }: { kind: string }) => /^(topic|forum)\./.test(kind))
    .map(({ kind, why, params }: any) => ({ kind, why, watched: params.tag }))
    .reverse();
}

describe('how closely I follow tags and the whole', () => {
  it('given levels, then they are mine alone, and what is closer to the topic stands over the rest', async () => {
    const id = await ask(['law', 'geodata']);
    expect((await ines!.client.get(`${C}/forum/subscription`)).body).toEqual({ level: 'normal', tags: [] });
    expect((await followForum('watching')).status).toBe(204);
    expect(await subscription(id)).toBe('watching');
    expect((await followTag('law', 'tracking')).status).toBe(204);
    expect(await subscription(id)).toBe('tracking');
    await followTag('geodata', 'muted');
    expect(await subscription(id)).toBe('muted');
    await followTopic(id, 'normal');
    expect(await subscription(id)).toBe('normal');
    expect((await ines!.client.get(`${C}/forum/subscription`)).body).toEqual({
      level: 'watching',
      tags: [
        { tag: 'geodata', level: 'muted' },
        { tag: 'law', level: 'tracking' },
      ],
    });
    expect((await zoe!.client.get(`${C}/forum/subscription`)).body).toEqual({ level: 'normal', tags: [] });
  });

  it('given I read a topic of a tag that I watch, then I watch it still', async () => {
    const id = await ask(['law']);
    await followTag('law', 'watching');
    const { body } = await ines!.client.put(`${C}/topics/${id}/read`, { number: 1 });
    expect(body.subscription).toBe('watching');
    expect(await subscription(id)).toBe('watching');
    await followTag('law', 'normal');
    expect(await subscription(id)).toBe('tracking');
  });

  it('given I track nothing by itself, then what I opened of a tag that I track is in Unread', async () => {
    await ines!.client.patch('/api/me', { tracksTopics: false });
    const [law, other] = [await ask(['law']), await ask([])];
    await followTag('law', 'tracking');
    for (const id of [law, other]) await ines!.client.put(`${C}/topics/${id}/read`, { number: 1 });
    for (const id of [law, other]) await reply(id);
    const { items } = (await ines!.client.get(`${C}/topics?list=unread`)).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([law]);
  });

  it('given a tag that no topic has, or none, then 404; given a level that is none, then 422', async () => {
    await ask(['law']);
    expect((await followTag('lawyers', 'watching')).status).toBe(404);
    expect((await followTag('not a tag', 'watching')).status).toBe(404);
    expect((await followTag('LAW', 'watching')).status).toBe(204);
    expect((await followTag('law', 'closely')).status).toBe(422);
    expect((await followForum('')).status).toBe(422);
  });

  it('given the last topic of a tag is gone, then who follows the tag can change that, and nobody else follows it', async () => {
    const id = await ask(['law']);
    await followTag('law', 'watching');
    const { question } = (await leo!.client.get(`${C}/topics/${id}`)).body;
    expect((await leo!.client.delete(`${C}/posts/${question.id}`)).status).toBe(204);
    expect((await followTag('law', 'normal')).status).toBe(204);
    expect((await ines!.client.get(`${C}/forum/subscription`)).body.tags).toEqual([{ tag: 'law', level: 'normal' }]);
    expect((await followTag('law', 'watching', zoe)).status).toBe(404);
  });

  it('given 200 tags with a level, then 409 for another, also of two at once; what is chosen can be changed', async () => {
    await ask(['law', 'geodata']);
    const [userId, cohortId] = [ines!.id, ines!.cohortId!].map((id) => new Types.ObjectId(id));
    const rows = Array.from({ length: 199 }, (_, index) => ({ userId, cohortId, tag: `tag-${index}`, level: 'muted' }));
    await world.db.collection('forum-levels').insertMany(rows);
    const both = await Promise.all([followTag('law', 'watching'), followTag('geodata', 'watching')]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    const refused = both.find(({ status }) => status === 409)!;
    expect(refused.body).toMatchObject({ code: 'too_many_tag_levels', most: 200 });
    const { tags } = (await ines!.client.get(`${C}/forum/subscription`)).body;
    expect(tags).toHaveLength(200);
    const chosen = tags.find(({ level }: { level: string }) => level === 'watching').tag;
    expect((await followTag(chosen, 'tracking')).status).toBe(204);
    expect((await followForum('watching')).status).toBe(204);
    expect((await followTag('law', 'muted', zoe)).status).toBe(204);
  });

  it('given an outsider, a former member or nobody, then nothing', async () => {
    await ask(['law']);
    const staff = await aMember(world, zoe!.cohortId!, 'staff');
    await staff.client.delete(`${C}/members/${zoe!.id}`);
    for (const person of [outsider!, zoe!]) {
      expect((await followTag('law', 'watching', person)).status).toBe(404);
      expect((await followForum('watching', person)).status).toBe(404);
      expect((await person.client.get(`${C}/forum/subscription`)).status).toBe(404);
    }
    expect((await clientOf(world.url).put(`${C}/tags/law/subscription`, { level: 'watching' })).status).toBe(401);
    expect(await world.db.collection('forum-levels').countDocuments({ userId: new Types.ObjectId(zoe!.id) })).toBe(0);
  });
});

describe('what I am told', () => {
  it('given I watch first posts, then of each new topic and none of its replies', async () => {
    await ask(['law']);
    await followTag('law', 'watching_first');
    const id = await ask(['law']);
    await reply(id, 'Yes.', zoe);
    await ask([]);
    expect(await told()).toEqual([{ kind: 'topic.opened', why: 'watching_tag', watched: 'law' }]);
  });

  it('given I choose to watch a topic before it was told that it is there, then of its replies alone', async () => {
    const id = await killedAfter(world, () => ask([]));
    await followTopic(id, 'watching');
    await reply(id, 'Yes.', zoe);
    expect(await told()).toMatchObject([{ kind: 'topic.replied', why: 'watching' }]);
  });

  it('given I watch the whole, then of topics and replies, once each', async () => {
    await followForum('watching');
    await reply(await ask([]));
    expect(await told()).toEqual([
      { kind: 'topic.opened', why: 'watching_forum', watched: null },
      { kind: 'topic.replied', why: 'watching_forum', watched: null },
    ]);
  });

  it('given five reasons for one post, then one notice, with the strongest of them', async () => {
    await ask(['law', 'geodata']);
    const id = await ask(['law', 'geodata'], ines);
    await followForum('watching');
    await followTag('law', 'watching');
    await followTag('geodata', 'watching');
    await followTopic(id, 'watching');
    await reply(id, `See <@${ines!.id}>.`);
    expect(await told()).toEqual([{ kind: 'forum.mentioned', why: 'mentioned', watched: undefined }]);
    await reply(id, 'And so on.');
    expect((await told()).slice(1)).toEqual([{ kind: 'topic.replied', why: 'author', watched: undefined }]);
  });

  it('given I am named in a topic of a tag that I muted, then nothing; given I follow the topic itself, then that', async () => {
    const id = await ask(['law']);
    await followTag('law', 'muted');
    await reply(id, `See <@${ines!.id}>.`);
    expect(await told()).toEqual([]);
    await followTopic(id, 'watching');
    await reply(id);
    expect(await told()).toEqual([{ kind: 'topic.replied', why: 'watching', watched: undefined }]);
  });

  it('given an answer in a tag that I watch, then that it is solved', async () => {
    const id = await ask(['law']);
    const post = await reply(id, 'Yes.', zoe);
    await told();
    await followTag('law', 'watching');
    await leo!.client.put(`${C}/topics/${id}/answer`, { postId: post });
    expect(await told()).toEqual([{ kind: 'topic.answered', why: 'watching_tag', watched: 'law' }]);
  });
});
