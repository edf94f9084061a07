import { Types } from 'mongoose';
import { ScheduledSender } from '../../../src/bridges/scheduled-messages/scheduled-sender.js';
import { DAY, HOUR } from '../../../src/common/times/clock.js';
import { NOW, type TestNode, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { BY_CHANCE, countQueries } from '../../support/queries.js';

let world: TestWorld;
let [ines, leo, staff, outsider]: TestPerson[] = [];
let cohortId: string;
let C: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  outsider = await aMember(world, await aCohort(world), 'fellow');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  staff = await aMember(world, cohortId, 'staff');
});

const later = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();
const ask = async (title = 'Which harness?') =>
  (await leo!.client.post(`${C}/topics`, { title, body: 'Mine is too large.' })).body;
const reply = async (topicId: string, body = 'Take the **blue** one.') =>
  (await leo!.client.post(`${C}/topics/${topicId}/posts`, { body })).body;
const keep = (kind: 'topics' | 'posts', id: string, body: object = {}, as = ines!) =>
  as.client.put(`${C}/${kind}/${id}/bookmark`, body);
const kept = async (as = ines!, query = '') => (await as.client.get(`${C}/bookmarks${query}`)).body;
const turn = (node: TestNode = world.nodes[0]!) => node.app.get(ScheduledSender).turn();
const told = async (as = ines!) =>
  (await as.client.get('/api/me/inbox')).body.items.filter((one: any) => one.kind === 'forum.bookmark');

describe('keeping', () => {
  it('given a topic and a post with notes, then they are in my list, the latest first, and marked', async () => {
    const topic = await ask();
    const post = await reply(topic.id);
    const first = await keep('topics', topic.id, { note: 'Read on Friday' });
    expect(first.status).toBe(200);
    world.clock.advance(1000);
    const second = await keep('posts', post.id, {});
    const { items, nextCursor } = await kept();
    expect(nextCursor).toBeNull();
    expect(items).toMatchObject([
      {
        ...{ id: second.body.id, topicId: topic.id, postId: post.id, number: 2, note: '', remindAt: null },
        post: { author: { name: 'Léo Fabre' }, excerpt: 'Take the blue one.', isDeleted: false },
        topic: { title: 'Which harness?', unread: 2 },
      },
      { id: first.body.id, postId: null, number: null, note: 'Read on Friday', post: null },
    ]);
    const marks = (await ines!.client.get(`${C}/bookmarks/marks`)).body.items;
    expect(new Set(marks.map((one: any) => `${one.kind} ${one.aboutId}`))).toEqual(
      new Set([`topic ${topic.id}`, `post ${post.id}`]),
    );
  });

  it('given the same again, also at once, then it is one, with the words of the last', async () => {
    const topic = await ask();
    const answers = await Promise.all(['a', 'b', 'c'].map((note) => keep('topics', topic.id, { note })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await keep('topics', topic.id, { note: 'last' });
    expect((await kept()).items).toMatchObject([{ note: 'last' }]);
  });

  it('given pages, then each is there once, and many cost no more questions than few', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 5; at += 1) {
      world.clock.advance(1000);
      const topic = await ask(`Which harness ${at}?`);
      ids.push((await keep('posts', (await reply(topic.id)).id)).body.id);
    }
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: any = await kept(ines, `?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map((one: any) => one.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(ids.reverse());
    const asks = async (limit: number) => {
      const counted = countQueries(world.db);
      await kept(ines, `?limit=${limit}`);
      return counted();
    };
    expect(await asks(5)).toBeLessThanOrEqual((await asks(1)) + BY_CHANCE);
  });

  it('given what is deleted, then a post says so and a topic is not there; restored it is again', async () => {
    const topic = await ask();
    const post = await reply(topic.id);
    await keep('posts', post.id);
    await leo!.client.delete(`${C}/posts/${post.id}`);
    expect((await kept()).items).toMatchObject([{ post: { isDeleted: true, excerpt: '' } }]);
    await leo!.client.delete(`${C}/posts/${topic.question.id}`);
    expect((await kept()).items).toEqual([]);
    await leo!.client.post(`${C}/posts/${topic.question.id}/restore`);
    expect((await kept()).items).toHaveLength(1);
    expect((await keep('posts', post.id)).status).toBe(404);
  });

  it('given one is taken away, then it is nowhere, and reminds nobody', async () => {
    const topic = await ask();
    const { id } = (await keep('topics', topic.id, { remindAt: later(HOUR) })).body;
    expect((await ines!.client.delete(`${C}/bookmarks/${id}`)).status).toBe(204);
    expect((await ines!.client.delete(`${C}/bookmarks/${id}`)).status).toBe(404);
    world.clock.advance(2 * HOUR);
    await turn();
    expect(await told()).toEqual([]);
    expect(await world.db.collection('scheduled').countDocuments({ userId: new Types.ObjectId(ines!.id) })).toBe(0);
  });

  it('given five hundred, then no more', async () => {
    const row = { cohortId: new Types.ObjectId(cohortId), userId: new Types.ObjectId(ines!.id), kind: 'topic' };
    const rows = Array.from({ length: 500 }, () => ({
      ...{ ...row, aboutId: new Types.ObjectId(), note: '', remindAt: null, createdAt: world.clock.now() },
    }));
    await world.db.collection('forum-bookmarks').insertMany(rows);
    const topic = await ask();
    expect((await keep('topics', topic.id)).body).toMatchObject({ code: 'too_many_bookmarks', most: 500 });
    expect((await keep('topics', topic.id, {}, staff)).status).toBe(200);
  });
});

describe('a reminder', () => {
  it('given its time, then its person is told once, with the way back, and it is over', async () => {
    const topic = await ask();
    const post = await reply(topic.id);
    await keep('posts', post.id, { note: 'Order it', remindAt: later(HOUR) });
    expect((await kept()).items).toMatchObject([{ remindAt: later(HOUR) }]);
    expect((await ines!.client.get('/api/scheduled')).body.items).toEqual([]);
    await turn();
    expect(await told()).toEqual([]);
    world.clock.advance(HOUR);
    await Promise.all(world.nodes.map((node) => turn(node)));
    expect(await told()).toMatchObject([
      {
        ...{ title: 'Your reminder: “Which harness?”', body: 'Order it', why: 'self' },
        link: `/c/${cohortId}/forum/${topic.id}#post-2`,
      },
    ]);
    expect(await told(leo)).toEqual([]);
    expect((await kept()).items).toMatchObject([{ remindAt: null, note: 'Order it' }]);
  });

  it('given another time, or none any more, then only that one counts; told once it can be asked for again', async () => {
    const topic = await ask();
    await keep('topics', topic.id, { remindAt: later(HOUR) });
    await keep('topics', topic.id, { remindAt: later(3 * HOUR) });
    world.clock.advance(2 * HOUR);
    await turn();
    expect(await told()).toEqual([]);
    world.clock.advance(2 * HOUR);
    await turn();
    expect(await told()).toHaveLength(1);
    await keep('topics', topic.id, { remindAt: later(HOUR) });
    world.clock.advance(HOUR);
    await turn();
    expect(await told()).toHaveLength(2);
    await keep('topics', topic.id, { remindAt: later(HOUR) });
    await keep('topics', topic.id, {});
    world.clock.advance(HOUR);
    await turn();
    expect(await told()).toHaveLength(2);
  });

  it('given its topic is deleted by then, then nobody is told', async () => {
    const topic = await ask();
    await keep('topics', topic.id, { remindAt: later(HOUR) });
    await leo!.client.delete(`${C}/posts/${topic.question.id}`);
    world.clock.advance(HOUR);
    await turn();
    expect(await told()).toEqual([]);
  });

  it.each([
    ['past', () => later(-1000)],
    ['too_far', () => later(367 * DAY)],
  ])('given a time that is %s, then 422', async (code, at) => {
    const topic = await ask();
    const answer = await keep('topics', topic.id, { remindAt: at() });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: '/remindAt', code }] } });
    expect((await kept()).items).toEqual([]);
  });
});

describe('whose it is', () => {
  it('given somebody else of the cohort, another one, or nobody, then it is not there', async () => {
    const topic = await ask();
    const { id } = (await keep('topics', topic.id)).body;
    for (const person of [leo!, staff!]) {
      expect((await person.client.get(`${C}/bookmarks/${id}`)).status).toBe(404);
      expect((await person.client.delete(`${C}/bookmarks/${id}`)).status).toBe(404);
      expect((await kept(person)).items).toEqual([]);
    }
    for (const path of [`bookmarks`, `bookmarks/marks`, `bookmarks/${id}`])
      expect((await outsider!.client.get(`${C}/${path}`)).status).toBe(404);
    expect((await keep('topics', topic.id, {}, outsider)).status).toBe(404);
    expect((await clientOf(world.url).get(`${C}/bookmarks`)).status).toBe(401);
    expect((await keep('topics', topic.id, { note: 'x'.repeat(501) })).status).toBe(422);
    expect((await kept()).items).toHaveLength(1);
  });

  it('given its person leaves the cohort, then it ends, and its reminder', async () => {
    const topic = await ask();
    await keep('topics', topic.id, { remindAt: later(HOUR) });
    expect((await staff!.client.delete(`${C}/members/${ines!.id}`)).status).toBeLessThan(300);
    await world.settled();
    const userId = new Types.ObjectId(ines!.id);
    expect(await world.db.collection('forum-bookmarks').countDocuments({ userId })).toBe(0);
    expect(await world.db.collection('scheduled').countDocuments({ userId })).toBe(0);
    world.clock.advance(HOUR);
    await turn();
    expect(await told()).toEqual([]);
  });
});
