import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { countQueries } from '../../support/queries.js';

let world: TestWorld;
let cohortId: string;
let [asker, helper, reader, outsider]: TestPerson[] = [];
let C: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  reader = await aMember(world, cohortId, 'host', { name: 'Inès Reader' });
  outsider = await aMember(world, await aCohort(world), 'fellow');
});
afterAll(() => world.stop());

/** A topic with so many replies by the helper; the numbers are 1 to `replies` + 1. */
async function aTopic(replies = 0): Promise<{ id: string; postIds: string[] }> {
  const { body } = await asker!.client.post(`${C}/topics`, { title: 'How do we publish a dataset?', body: 'A table.' });
  const postIds = [body.question.id as string];
  for (let index = 0; index < replies; index += 1) postIds.push(await reply(body.id as string));
  return { id: body.id as string, postIds };
}
const reply = async (topicId: string, as = helper!) =>
  (await as.client.post(`${C}/topics/${topicId}/posts`, { body: 'Use the catalogue.' })).body.id as string;
const read = (topicId: string, number: number, as = reader!) =>
  as.client.put(`${C}/topics/${topicId}/read`, { number });
const standing = async (topicId: string, as = reader!) => {
  const [topic, list] = await Promise.all([
    as.client.get(`${C}/topics/${topicId}`),
    as.client.get(`${C}/topics?limit=200`),
  ]);
  const { readNumber, unread, readAt } = topic.body;
  expect(list.body.items.find(({ id }: { id: string }) => id === topicId)).toMatchObject({ readNumber, unread });
  return { readNumber, unread, readAt };
};

const subscription = async (topicId: string, as = reader!) =>
  (await as.client.get(`${C}/topics/${topicId}`)).body.subscription as string;

describe('how far I have read a topic', () => {
  it('given a topic that I never opened, then all that others wrote is unread, and nothing of my own', async () => {
    const { id } = await aTopic(2);
    expect(await standing(id)).toEqual({ readNumber: 0, unread: 3, readAt: null });
    expect(await standing(id, helper)).toMatchObject({ readNumber: 0, unread: 1 });
    expect(await standing(id, asker)).toMatchObject({ readNumber: 0, unread: 2 });
  });

  it('given I read on, then the pointer moves for me alone, and says when', async () => {
    const { id } = await aTopic(3);
    expect(await read(id, 2)).toMatchObject({
      status: 200,
      body: { readNumber: 2, unread: 2, subscription: 'tracking' },
    });
    const { readAt, ...rest } = await standing(id);
    expect(rest).toEqual({ readNumber: 2, unread: 2 });
    expect(Date.parse(readAt)).not.toBeNaN();
    expect(await standing(id, asker)).toMatchObject({ readNumber: 0, unread: 3 });
  });

  it('given a number before the pointer, or past the last post, then it never moves back, nor past the end', async () => {
    const { id } = await aTopic(2);
    expect((await read(id, 999)).body).toMatchObject({ readNumber: 3, unread: 0 });
    const { readAt } = await standing(id);
    expect((await read(id, 1)).body).toMatchObject({ readNumber: 3, unread: 0 });
    expect(await standing(id)).toEqual({ readNumber: 3, unread: 0, readAt });
    await reply(id);
    expect(await standing(id)).toMatchObject({ readNumber: 3, unread: 1 });
  });

  it('given two devices at once on two processes, then the further one counts', async () => {
    const { id } = await aTopic(8);
    await Promise.all(
      [3, 9, 5, 7, 2, 9, 4, 6].map((number, index) =>
        reader!.client.on(world.nodes[index % 2]!.url).put(`${C}/topics/${id}/read`, { number }),
      ),
    );
    expect(await standing(id)).toMatchObject({ readNumber: 9, unread: 0 });
  });

  it('given a post is deleted, then it is unread for nobody', async () => {
    const { id, postIds } = await aTopic(3);
    await read(id, 1);
    await helper!.client.delete(`${C}/posts/${postIds[2]}`);
    expect(await standing(id)).toMatchObject({ readNumber: 1, unread: 2 });
  });

  it('given a level of mine, then reading and writing leave it, and a level leaves the pointer', async () => {
    const { id } = await aTopic(1);
    await reader!.client.put(`${C}/topics/${id}/subscription`, { level: 'muted' });
    expect((await read(id, 2)).body.subscription).toBe('muted');
    await reply(id, reader);
    expect(await subscription(id)).toBe('muted');
    expect(await standing(id)).toMatchObject({ readNumber: 2, unread: 0 });
    await reader!.client.put(`${C}/topics/${id}/subscription`, { level: 'normal' });
    await read(id, 3);
    expect(await subscription(id)).toBe('normal');
    expect(await standing(id)).toMatchObject({ readNumber: 3 });
  });

  it('given I read or write in a topic, then it is tracked by itself; given I want none of that, then it is not', async () => {
    const [first, second] = [await aTopic(1), await aTopic(1)];
    expect((await read(first.id, 1)).body).toEqual({ readNumber: 1, unread: 1, subscription: 'tracking' });
    await reply(second.id, reader);
    expect([await subscription(first.id), await subscription(second.id)]).toEqual(['tracking', 'tracking']);
    const me = await reader!.client.patch('/api/me', { tracksTopics: false });
    expect([me.status, me.body.tracksTopics]).toEqual([200, false]);
    const [third, fourth] = [await aTopic(1), await aTopic(1)];
    expect((await read(third.id, 1)).body.subscription).toBe('normal');
    await reply(fourth.id, reader);
    expect([await subscription(third.id), await subscription(fourth.id)]).toEqual(['normal', 'normal']);
    // What was tracked before stays; of the others' nothing changed.
    expect(await subscription(first.id)).toBe('tracking');
    expect((await helper!.client.get('/api/me')).body.tracksTopics).toBe(true);
    await reader!.client.patch('/api/me', { tracksTopics: true });
  });

  it('given a list, then it asks as much however many topics it holds', async () => {
    await aTopic(1);
    await aTopic(1);
    // What is pinned, topics, pointers, own posts; and the deleted ones, where there are any. What follows from the topics just written asks for a moment, too.
    for (const limit of [1, 200])
      await eventually(async () => {
        const queries = countQueries(world.db, ['topics', 'posts', 'topic-subscriptions']);
        await reader!.client.get(`${C}/topics?limit=${limit}`);
        expect(queries()).toBeLessThanOrEqual(5);
      });
  });
});

describe('my other devices', () => {
  it('given I read on one, then the others hear of it, and nobody else', async () => {
    const { id } = await aTopic(2);
    const [mine, theirs] = await Promise.all([
      connect(world.nodes[1]!.url, reader!.token),
      connect(world.nodes[1]!.url, asker!.token),
    ]);
    await read(id, 2);
    const payload = { cohortId, topicId: id, subscription: 'tracking' };
    const told = { event: 'topic.read', payload: { ...payload, readNumber: 2, unread: 1 } };
    await eventually(() => expect(mine.events).toContainEqual(told));
    await read(id, 1);
    await read(id, 3);
    await eventually(() =>
      expect(mine.events.filter(({ event }) => event === 'topic.read')).toEqual([
        told,
        { event: 'topic.read', payload: { ...payload, readNumber: 3, unread: 0 } },
      ]),
    );
    expect(theirs.events.filter(({ event }) => event === 'topic.read')).toEqual([]);
    mine.close();
    theirs.close();
  });
});

describe('posts from a place on', () => {
  const numbersOf = async (id: string, query: string) => {
    const { body } = await reader!.client.get(`${C}/topics/${id}/posts?${query}`);
    return { numbers: body.items.map(({ number }: { number: number }) => number), next: body.nextCursor };
  };

  it('given a number, then the posts from it on, those after, and those before', async () => {
    const { id } = await aTopic(6);
    const here = await numbersOf(id, 'from=4&limit=2');
    expect(here.numbers).toEqual([4, 5]);
    expect((await numbersOf(id, `limit=9&cursor=${here.next}`)).numbers).toEqual([6, 7]);
    const before = await numbersOf(id, 'before=4&limit=2');
    expect(before.numbers).toEqual([2, 3]);
    expect((await numbersOf(id, `limit=1&cursor=${before.next}`)).numbers).toEqual([4]);
    expect((await numbersOf(id, 'before=1')).numbers).toEqual([]);
  });

  it.each(['from=0', 'before=x', 'from=1.5'])('given %s, then 422', async (query) => {
    const { id } = await aTopic();
    expect((await reader!.client.get(`${C}/topics/${id}/posts?${query}`)).status).toBe(422);
  });
});

describe('who may say that they read', () => {
  it('given an outsider, a former member, nobody, or a topic of another cohort, then 404 or 401, and nothing is kept', async () => {
    const { id } = await aTopic(1);
    expect((await read(id, 1, outsider)).status).toBe(404);
    const left = await aMember(world, cohortId, 'fellow');
    await read(id, 1, left);
    const staff = await aMember(world, cohortId, 'staff');
    expect((await staff.client.delete(`${C}/members/${left.id}`)).status).toBe(204);
    expect((await read(id, 2, left)).status).toBe(404);
    expect((await clientOf(world.url).put(`${C}/topics/${id}/read`, { number: 1 })).status).toBe(401);
    const theirs = await outsider!.client.get('/api/me');
    const elsewhere = theirs.body.memberships[0].cohort?.id ?? theirs.body.memberships[0].cohortId;
    const across = await outsider!.client.put(`/api/cohorts/${elsewhere}/topics/${id}/read`, { number: 1 });
    expect(across.status).toBe(404);
    expect(await standing(id)).toMatchObject({ readNumber: 0, unread: 2 });
  });

  it.each([[{}], [{ number: 0 }], [{ number: -1 }], [{ number: 1.5 }], [{ number: '2' }], [{ number: { $gt: 0 } }]])(
    'given %j, then 422',
    async (body) => {
      const { id } = await aTopic();
      expect((await reader!.client.put(`${C}/topics/${id}/read`, body)).status).toBe(422);
    },
  );
});
