import { DAY } from '../../../../src/common/times/clock.js';
import type { TopicSummary } from '../../../../src/contracts/forums.js';
import { NOW, startWorld, type TestWorld } from '../../../support/app.js';
import { connect } from '../../../support/client.js';
import { eventually } from '../../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';

/** Topics that are closed, locked and pinned. */
let world: TestWorld;
let C: string;
let [asker, helper, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  outsider = await aMember(world, await aCohort(world), 'staff');
});

const ask = async (title = 'Where are zebras?', as = asker!, over: object = {}) => {
  world.clock.advance(60_000);
  const asked = await as.client.post(`${C}/topics`, { title, body: 'In plain words', ...over });
  expect(asked.status).toBe(201);
  return asked.body;
};
const reply = async (topicId: string, as = helper!) =>
  await as.client.post(`${C}/topics/${topicId}/posts`, { body: 'In the savannah.' });
const act = async (topicId: string, what: string, as: TestPerson, body: object = {}) =>
  await as.client.post(`${C}/topics/${topicId}/${what}`, body);
const listed = async (query = '', as = helper!) =>
  (await as.client.get(`${C}/topics${query}`)).body.items as TopicSummary[];
const titles = async (query = '') => (await listed(query)).map(({ title }) => title);
const trailOf = async (topicId: string) =>
  ((await helper!.client.get(`${C}/topics/${topicId}/acts`)).body.items as any[]).map(({ what, by, why }) => ({
    ...{ what, by: by.name, why },
  }));

describe('a closed topic', () => {
  it('given its author closes it, then nobody replies, the reason is said, and it waits for nobody', async () => {
    const { id } = await ask();
    const closed = await act(id, 'close', asker!, { why: 'Found it' });
    expect(closed).toMatchObject({
      status: 200,
      body: { state: 'open', closed: { how: 'closed', why: 'Found it', by: { id: asker!.id } } },
    });
    expect(closed.body.abilities).toMatchObject({ reply: false, react: true, reopen: true, close: false });
    for (const person of [asker!, helper!, staff!])
      expect(await reply(id, person)).toMatchObject({ status: 409, body: { code: 'topic_closed', why: 'Found it' } });
    expect(await listed('?state=unanswered')).toEqual([]);
    expect((await listed()).find((one) => one.id === id)?.closed).toMatchObject({ how: 'closed', why: 'Found it' });
    expect(await act(id, 'close', staff!)).toMatchObject({ status: 409, body: { code: 'topic_closed' } });
    expect((await act(id, 'reopen', asker!, { why: 'Lost it' })).body).toMatchObject({
      ...{ state: 'unanswered', closed: null },
    });
    expect((await reply(id)).status).toBe(201);
    expect(await act(id, 'reopen', asker!)).toMatchObject({ status: 409, body: { code: 'topic_open' } });
    expect(await trailOf(id)).toEqual([
      { what: 'reopened', by: 'Zoé Asker', why: 'Lost it' },
      { what: 'closed', by: 'Zoé Asker', why: 'Found it' },
    ]);
  });

  it('given staff closed it, then its author does not open it, and nobody else closes or opens any', async () => {
    const { id } = await ask();
    expect((await act(id, 'close', helper!)).status).toBe(403);
    expect((await act(id, 'close', staff!)).status).toBe(200);
    expect((await act(id, 'reopen', asker!)).status).toBe(403);
    expect((await act(id, 'reopen', helper!)).status).toBe(403);
    expect((await act(id, 'reopen', staff!)).status).toBe(200);
  });

  it('given a reply that was sent before it was closed, then it is answered once more', async () => {
    const { id } = await ask();
    const sent = { body: 'In the savannah.', clientId: 'reply-0001' };
    const first = await helper!.client.post(`${C}/topics/${id}/posts`, sent);
    await act(id, 'close', staff!);
    const again = await helper!.client.post(`${C}/topics/${id}/posts`, sent);
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
  });

  it('given it is closed while others reply, then no reply is later than its end', async () => {
    const { id } = await ask();
    const replies = Array.from({ length: 6 }, (_, at) =>
      helper!.client.on(world.nodes[at % 2]!.url).post(`${C}/topics/${id}/posts`, { body: `Reply ${at}` }),
    );
    const [closed, ...written] = await Promise.all([act(id, 'close', staff!), ...replies]);
    const there = written.filter(({ status }) => status === 201).length;
    expect(written.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(closed.status).toBe(200);
    expect((await helper!.client.get(`${C}/topics/${id}`)).body.posts).toBe(1 + there);
  });

  it('given somebody looks, then they see it at once', async () => {
    const { id } = await ask();
    const device = await connect(world.nodes[1]!.url, helper!.token);
    await act(id, 'close', staff!);
    await eventually(() =>
      expect(device.events.filter(({ event }) => event === 'topic.changed')).toMatchObject([
        { payload: { topicId: id, state: 'open', posts: 1 } },
      ]),
    );
    device.close();
  });
});

describe('a locked topic', () => {
  it('given staff lock it, then nobody but staff writes, changes, votes or reacts in it', async () => {
    const { id, question } = await ask();
    const own = (await reply(id)).body;
    const kept = (await reply(id)).body;
    await helper!.client.delete(`${C}/posts/${kept.id}`);
    expect((await act(id, 'lock', asker!)).status).toBe(403);
    expect((await act(id, 'lock', staff!, { why: 'Calm down' })).body.closed).toMatchObject({ how: 'locked' });
    const locked = { status: 409, body: { code: 'topic_locked', why: 'Calm down' } };
    const { client } = helper!;
    const path = `${C}/posts/${own.id}`;
    expect(await reply(id)).toMatchObject(locked);
    expect(await client.patch(path, { body: 'Others' })).toMatchObject(locked);
    expect(await client.delete(path)).toMatchObject(locked);
    expect(await client.post(`${C}/posts/${kept.id}/restore`)).toMatchObject(locked);
    expect(await client.put(`${C}/posts/${question.id}/vote`)).toMatchObject(locked);
    expect(await client.delete(`${C}/posts/${question.id}/vote`)).toMatchObject(locked);
    expect(await client.put(`${C}/posts/${question.id}/reactions/${encodeURIComponent('🎉')}`)).toMatchObject(locked);
    expect(await asker!.client.put(`${C}/topics/${id}/answer`, { postId: own.id })).toMatchObject(locked);
    expect(await asker!.client.patch(`${C}/topics/${id}`, { title: 'Others' })).toMatchObject(locked);
    // Reading goes on.
    expect((await client.put(`${C}/topics/${id}/read`, { number: 2 })).status).toBe(200);
    expect((await reply(id, staff)).status).toBe(201);
    expect((await staff!.client.put(`${C}/posts/${own.id}/vote`)).status).toBe(204);
    expect((await staff!.client.put(`${C}/topics/${id}/answer`, { postId: own.id })).status).toBe(200);
    expect((await act(id, 'reopen', asker!)).status).toBe(403);
    expect((await act(id, 'reopen', staff!)).status).toBe(200);
    expect((await client.patch(path, { body: 'Others' })).status).toBe(200);
  });
});

describe('a pinned topic', () => {
  const pin = async (topicId: string, until: string, as = staff!) =>
    await as.client.put(`${C}/topics/${topicId}/pin`, { until, why: 'Read this first' });
  const today = NOW.slice(0, 10);
  const inDays = (days: number) => new Date(Date.parse(NOW) + days * DAY).toISOString().slice(0, 10);

  it('given a day, then it stands first until that is over, and no page shows it twice', async () => {
    const first = await ask('The first of them');
    for (const title of ['The second', 'The third', 'The fourth']) await ask(title);
    expect((await pin(first.id, inDays(1))).body.pinned).toMatchObject({
      ...{ until: inDays(1), why: 'Read this first', by: { id: staff!.id } },
    });
    expect(await titles()).toEqual(['The first of them', 'The fourth', 'The third', 'The second']);
    const pages: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await helper!.client.get(`${C}/topics?limit=1${cursor}`);
      pages.push(...(body.items as TopicSummary[]).map(({ title }) => title));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
      // The pages go on as they began.
      world.clock.advance(DAY);
    }
    expect(pages).toEqual(['The first of them', 'The fourth', 'The third', 'The second']);
    expect(await titles()).toEqual(['The fourth', 'The third', 'The second', 'The first of them']);
    expect((await listed()).every(({ pinned }) => pinned === null)).toBe(true);
  });

  it('given a list that is narrowed or ordered, then it stands where it belongs; under its tag it stands first', async () => {
    const first = await ask('The first of them', asker, { tags: ['law'] });
    await ask('The second', asker, { tags: ['law'] });
    await pin(first.id, today);
    expect(await titles('?tag=law')).toEqual(['The first of them', 'The second']);
    expect(await titles('?sort=latest')).toEqual(['The second', 'The first of them']);
    expect(await titles('?state=unanswered')).toEqual(['The first of them', 'The second']);
  });

  it('given a day that is over or far, or somebody else, then it is not; taken down it is not any more', async () => {
    const { id } = await ask('The first of them');
    await ask('The second');
    expect(await pin(id, inDays(-1))).toMatchObject({
      status: 422,
      body: { errors: [{ field: '/until', code: 'past' }] },
    });
    expect(await pin(id, inDays(400))).toMatchObject({ body: { errors: [{ field: '/until', code: 'too_far' }] } });
    expect((await pin(id, today, asker)).status).toBe(403);
    await pin(id, today);
    expect((await asker!.client.delete(`${C}/topics/${id}/pin`)).status).toBe(403);
    for (let twice = 0; twice < 2; twice += 1)
      expect((await staff!.client.delete(`${C}/topics/${id}/pin`)).body.pinned).toBeNull();
    expect(await titles()).toEqual(['The second', 'The first of them']);
    expect((await trailOf(id)).map(({ what }) => what)).toEqual(['unpinned', 'pinned']);
  });
});

it('given a topic of another cohort, then it is unknown to all of it', async () => {
  const { id } = await ask();
  const theirs = C;
  for (const what of ['close', 'lock', 'reopen'])
    expect((await outsider!.client.post(`${theirs}/topics/${id}/${what}`, {})).status).toBe(404);
  expect((await outsider!.client.put(`${theirs}/topics/${id}/pin`, { until: '2027-01-01' })).status).toBe(404);
  expect((await outsider!.client.get(`${theirs}/topics/${id}/acts`)).status).toBe(404);
  expect((await outsider!.client.get(`${theirs}/topics/${id}/posts/1`)).status).toBe(404);
});
