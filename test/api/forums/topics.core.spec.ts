import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let otherCohortId: string;
let [asker, helper, staff, host, alumna, outsider]: TestPerson[] = [];
let C: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  staff = await aMember(world, cohortId, 'staff');
  host = await aMember(world, cohortId, 'host');
  alumna = await aMember(world, cohortId, 'alumni');
  otherCohortId = await aCohort(world);
  outsider = await aMember(world, otherCohortId, 'fellow');
});
afterAll(() => world.stop());

const ask = async (over: object = {}, as = asker!) => {
  const answer = await as.client.post(`${C}/topics`, {
    title: 'How do we publish a dataset?',
    body: 'We have a **table** of schools.',
    tags: ['open-data'],
    ...over,
  });
  expect(answer.status).toBe(201);
  return answer.body;
};
const reply = async (topicId: string, as = helper!, body = 'Use the catalogue.') =>
  (await as.client.post(`${C}/topics/${topicId}/posts`, { body })).body;
const topicOf = async (topicId: string, as = asker!) => (await as.client.get(`${C}/topics/${topicId}`)).body;

describe('asking and answering', () => {
  it('given a question, then it is unanswered, in plain words in the list, and watched by its author', async () => {
    const topic = await ask();
    expect(topic).toMatchObject({
      state: 'unanswered',
      posts: 1,
      excerpt: 'We have a table of schools.',
      author: { id: asker!.id, name: 'Zoé Asker' },
      subscription: 'watching',
      answer: null,
      question: { number: 1, body: 'We have a **table** of schools.' },
      abilities: { edit: true, reply: true, accept: true },
    });
    expect((await topicOf(topic.id, helper)).abilities).toEqual({
      ...{ edit: false, reply: true, react: true, accept: false, close: false, reopen: false, lock: false },
      ...{ pin: false, slow: false, move: false, merge: false, duplicate: false },
    });
  });

  it.each([
    ['a host', () => host!],
    ['an alumna', () => alumna!],
  ])('given %s, then they read and write too', async (_name, who) => {
    const topic = await ask({}, who());
    expect((await reply(topic.id, who())).number).toBe(2);
    expect((await topicOf(topic.id, who())).state).toBe('unanswered');
  });

  it('given a reply by somebody else, then the topic is open, and the reply can be accepted and withdrawn', async () => {
    const topic = await ask();
    const post = await reply(topic.id);
    expect(post).toMatchObject({ number: 2, votes: 0, voted: false, isAnswer: false });
    expect(await topicOf(topic.id)).toMatchObject({ state: 'open', posts: 2, lastAuthor: { id: helper!.id } });
    expect((await helper!.client.put(`${C}/topics/${topic.id}/answer`, { postId: post.id })).status).toBe(403);
    const accepted = await asker!.client.put(`${C}/topics/${topic.id}/answer`, { postId: post.id });
    expect(accepted.body).toMatchObject({ state: 'solved', answer: { id: post.id, isAnswer: true } });
    const again = await asker!.client.put(`${C}/topics/${topic.id}/answer`, { postId: post.id });
    expect(again.status).toBe(200);
    const open = await staff!.client.delete(`${C}/topics/${topic.id}/answer`);
    expect(open.body).toMatchObject({ state: 'open', answer: null });
  });

  it('given the question itself, a deleted post or a post of another topic, then nothing is accepted', async () => {
    const [topic, other] = [await ask(), await ask()];
    const [post, foreign] = [await reply(topic.id), await reply(other.id)];
    await helper!.client.delete(`${C}/posts/${post.id}`);
    const accept = (postId: string) => asker!.client.put(`${C}/topics/${topic.id}/answer`, { postId });
    expect(await accept(topic.question.id)).toMatchObject({ status: 409, body: { code: 'not_an_answer' } });
    expect(await accept(post.id)).toMatchObject({ status: 409, body: { code: 'not_an_answer' } });
    expect((await accept(foreign.id)).status).toBe(404);
    expect((await accept('nonsense')).status).toBe(404);
    expect((await topicOf(topic.id)).state).toBe('unanswered');
  });

  it('given 20 replies at once on two nodes, then numbers are 2 to 21 and the counters are right', async () => {
    const topic = await ask();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? helper! : asker!).client
          .on(world.nodes[index % 2]!.url)
          .post(`${C}/topics/${topic.id}/posts`, { body: `Reply ${index}` }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array<number>(20).fill(201));
    const numbers = answers.map((answer) => answer.body.number as number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
    const row = await world.db.collection('topics').findOne({ _id: new Types.ObjectId(topic.id as string) });
    expect(row).toMatchObject({ lastNumber: 21, posts: 21, others: 10 });
  });

  it('given many posts, then pages follow each other in order', async () => {
    const topic = await ask();
    for (let index = 0; index < 4; index += 1) await reply(topic.id);
    const first = await asker!.client.get(`${C}/topics/${topic.id}/posts?limit=3`);
    const second = await asker!.client.get(`${C}/topics/${topic.id}/posts?limit=3&cursor=${first.body.nextCursor}`);
    const numbers = [...first.body.items, ...second.body.items].map((post: any) => post.number);
    expect(numbers).toEqual([1, 2, 3, 4, 5]);
    expect(second.body.nextCursor).toBeNull();
  });
});

describe('voting', () => {
  it('given the same vote ten times at once, then it counts once; taken back, then zero', async () => {
    const topic = await ask();
    const path = `${C}/posts/${topic.question.id}/vote`;
    const votes = await Promise.all(
      Array.from({ length: 10 }, (_, index) => helper!.client.on(world.nodes[index % 2]!.url).put(path)),
    );
    expect(votes.map((vote) => vote.status)).toEqual(Array<number>(10).fill(204));
    expect(await topicOf(topic.id, helper)).toMatchObject({ votes: 1, question: { votes: 1, voted: true } });
    expect((await topicOf(topic.id, host)).question.voted).toBe(false);
    await helper!.client.delete(path);
    await helper!.client.delete(path);
    expect(await topicOf(topic.id, helper)).toMatchObject({ votes: 0, question: { votes: 0, voted: false } });
  });

  it('given my own post, then 403', async () => {
    const topic = await ask();
    const vote = await asker!.client.put(`${C}/posts/${topic.question.id}/vote`);
    expect(vote).toMatchObject({ status: 403, body: { code: 'own_post' } });
  });
});

describe('editing and deleting', () => {
  it('given the author, then new words are found and shown; given another person, then 403', async () => {
    const topic = await ask({ title: 'A question of words' });
    const path = `${C}/posts/${topic.question.id}`;
    expect((await staff!.client.patch(path, { body: 'mine now' })).status).toBe(403);
    const edited = await asker!.client.patch(path, { body: 'About *zebras* now' });
    expect(edited.body).toMatchObject({ body: 'About *zebras* now' });
    expect(edited.body.editedAt).not.toBeNull();
    const found = await asker!.client.get(`${C}/topics?q=zebra`);
    expect(found.body.items).toMatchObject([{ id: topic.id, excerpt: 'About zebras now' }]);
  });

  it('given the accepted answer, then deleting it leaves a tombstone and no answer', async () => {
    const topic = await ask();
    const post = await reply(topic.id);
    await asker!.client.put(`${C}/topics/${topic.id}/answer`, { postId: post.id });
    expect((await host!.client.delete(`${C}/posts/${post.id}`)).status).toBe(403);
    expect((await staff!.client.delete(`${C}/posts/${post.id}`)).status).toBe(204);
    expect(await topicOf(topic.id)).toMatchObject({
      ...{ state: 'unanswered', answer: null, posts: 1 },
      ...{ lastAuthor: { id: asker!.id }, lastPostAt: topic.createdAt },
    });
    const posts = await asker!.client.get(`${C}/topics/${topic.id}/posts`);
    expect(posts.body.items[1]).toMatchObject({ body: null, number: 2 });
    expect(posts.body.items[1].deletedAt).not.toBeNull();
    expect((await helper!.client.patch(`${C}/posts/${post.id}`, { body: 'back' })).status).toBe(404);
  });

  it('given a question alone, then deleting it takes the topic; given replies, then the topic stays', async () => {
    const [alone, answered] = [await ask(), await ask()];
    await reply(answered.id);
    await asker!.client.delete(`${C}/posts/${alone.question.id}`);
    await asker!.client.delete(`${C}/posts/${answered.question.id}`);
    expect((await asker!.client.get(`${C}/topics/${alone.id}`)).status).toBe(404);
    expect(await topicOf(answered.id)).toMatchObject({ question: { body: null }, posts: 1 });
  });

  it('given deleting and accepting at once, then no deleted post is the answer', async () => {
    for (let round = 0; round < 5; round += 1) {
      const topic = await ask();
      const post = await reply(topic.id);
      await Promise.all([
        helper!.client.delete(`${C}/posts/${post.id}`),
        asker!.client.on(world.nodes[1]!.url).put(`${C}/topics/${topic.id}/answer`, { postId: post.id }),
      ]);
      expect(await topicOf(topic.id)).toMatchObject({ answer: null, state: 'unanswered' });
    }
  });

  it('given a new title by staff, then it is found; by another fellow, then 403', async () => {
    const topic = await ask();
    expect((await helper!.client.patch(`${C}/topics/${topic.id}`, { title: 'Not yours' })).status).toBe(403);
    await staff!.client.patch(`${C}/topics/${topic.id}`, { title: 'Événements à venir', tags: ['agenda'] });
    const found = await asker!.client.get(`${C}/topics?q=${encodeURIComponent('evenement VENIR')}`);
    expect(found.body.items.map((item: any) => item.id)).toEqual([topic.id]);
  });
});

describe('lists', () => {
  it('given filters and orders, then they give what they say, and counts agree', async () => {
    const fresh = await aCohort(world);
    const path = `/api/cohorts/${fresh}/topics`;
    const one = await aMember(world, fresh, 'fellow');
    const two = await aMember(world, fresh, 'fellow');
    const make = async (title: string, tags: string[], as = one) => {
      world.clock.advance(60_000);
      return (await as.client.post(path, { title, body: 'text', tags })).body.id as string;
    };
    const [a, b, c] = [
      await make('First one', ['x']),
      await make('Second one', ['X', 'y']),
      await make('Third', [], two),
    ];
    world.clock.advance(60_000);
    const post = (await two.client.post(`${path}/${a}/posts`, { body: 'yes' })).body;
    await one.client.put(`${path}/${a}/answer`, { postId: post.id });
    const idsOf = async (query: string) =>
      (await one.client.get(`${path}?${query}`)).body.items.map((item: any) => item.id) as string[];
    expect(await idsOf('')).toEqual([a, c, b]);
    expect(await idsOf('sort=oldest')).toEqual([a, b, c]);
    expect(await idsOf('state=unanswered')).toEqual([b, c]);
    expect(await idsOf('state=solved')).toEqual([a]);
    expect(await idsOf('tag=x')).toEqual([a, b]);
    expect(await idsOf('mine=true')).toEqual([a, b]);
    expect(await idsOf('q=one')).toEqual([a, b]);
    expect(await idsOf('q=sec+on&tag=y')).toEqual([b]);
    expect(await idsOf('q=%28a%2B%29%2B%24')).toEqual([]);
    const counts = await one.client.get(`${path}/counts`);
    expect(counts.body).toEqual({
      all: 3,
      fresh: 2,
      unanswered: 2,
      solved: 1,
      mine: 2,
      tags: [
        { tag: 'x', topics: 2 },
        { tag: 'y', topics: 1 },
      ],
    });
    const pages: string[] = [];
    for (let cursor = ''; ;) {
      const page = await one.client.get(`${path}?limit=1${cursor}`);
      pages.push(...page.body.items.map((item: any) => item.id as string));
      if (page.body.nextCursor === null) break;
      cursor = `&cursor=${page.body.nextCursor}`;
    }
    expect(pages).toEqual([a, c, b]);
    const similar = await one.client.get(`${path}/similar?title=${encodeURIComponent('the SECOND thing')}`);
    expect(similar.body.items.map((item: any) => item.id)).toEqual([b]);
    // Also where there are more: where the next page begins does not say when this one was read.
    for (const list of [path, `${path}?limit=1`]) {
      const etag = (await one.client.get(list)).headers.get('etag')!;
      world.clock.advance(1000);
      const headers = { authorization: `Bearer ${one.token}`, 'if-none-match': etag };
      expect((await fetch(new URL(list, world.url), { headers })).status).toBe(304);
    }
  });

  it.each(['cursor=nonsense', 'cursor=WzEsMl0', 'limit=0', 'limit=201', 'state=closed', 'x[$ne]=1', 'sort=title'])(
    'given ?%s, then 422',
    async (query) => {
      expect((await asker!.client.get(`${C}/topics?${query}`)).status).toBe(422);
    },
  );
});

describe('mentions, flags, levels', () => {
  it('given members and others named in a text, then only members are kept, with their names', async () => {
    const topic = await ask({ body: `Ask <@${helper!.id}> or <@${outsider!.id}>` });
    expect(topic.excerpt).toBe('Ask @Ali Helper or @…');
    expect(topic.question.mentions.map((person: any) => person.id)).toEqual([helper!.id]);
  });

  it('given a flag, then staff see it once and decide it; others cannot', async () => {
    const topic = await ask({ title: 'Flag me now' });
    const path = `${C}/posts/${topic.question.id}/flag`;
    expect((await helper!.client.post(path, { reason: 'A phone number' })).status).toBe(204);
    expect((await helper!.client.post(path, { reason: 'Again' })).status).toBe(204);
    expect((await helper!.client.get(`${C}/flag-cases`)).status).toBe(403);
    const cases = (await staff!.client.get(`${C}/flag-cases`)).body.items;
    const flags = [{ reason: 'A phone number', kind: 'other', by: { id: helper!.id } }];
    expect(cases).toMatchObject([{ topicTitle: 'Flag me now', flags, people: 1 }]);
    const decision = `${C}/flag-cases/${cases[0].id}/decision`;
    expect((await asker!.client.post(decision, { act: 'keep' })).status).toBe(403);
    expect((await staff!.client.post(decision, { act: 'keep' })).status).toBe(200);
    expect((await staff!.client.post(decision, { act: 'keep' })).status).toBe(409);
    expect((await staff!.client.get(`${C}/flag-cases`)).body.items).toEqual([]);
  });

  it('given a level of mine, then it is mine alone, and replying does not change it', async () => {
    const topic = await ask();
    expect((await topicOf(topic.id, helper)).subscription).toBe('normal');
    await helper!.client.put(`${C}/topics/${topic.id}/subscription`, { level: 'muted' });
    await reply(topic.id);
    await reply(topic.id, host);
    expect((await topicOf(topic.id, helper)).subscription).toBe('muted');
    expect((await topicOf(topic.id, host)).subscription).toBe('tracking');
    expect((await topicOf(topic.id, staff)).subscription).toBe('normal');
  });
});

describe('live', () => {
  it('given a member on the other node, then they hear of it; given an outsider, then they hear nothing', async () => {
    const [inside, outside] = await Promise.all([
      connect(world.nodes[1]!.url, helper!.token),
      connect(world.nodes[1]!.url, outsider!.token),
    ]);
    const topic = await ask();
    const post = await reply(topic.id, asker);
    await eventually(() => {
      expect(inside.events).toContainEqual({
        event: 'post.created',
        payload: { cohortId, topicId: topic.id, postId: post.id, number: 2, authorId: asker!.id },
      });
      expect(inside.events).toContainEqual({
        event: 'topic.changed',
        payload: { cohortId, topicId: topic.id, state: 'unanswered', posts: 2 },
      });
    });
    expect(outside.events.filter(({ event }) => event !== 'presence')).toEqual([]);
    inside.close();
    outside.close();
  });
});

describe('bad input', () => {
  it.each([
    [{ title: 'Hi' }, '/title', 'too_small'],
    [{ title: 'x'.repeat(151) }, '/title', 'too_big'],
    [{ body: '' }, '/body', 'too_small'],
    [{ body: 'x'.repeat(30_001) }, '/body', 'too_big'],
    [{ body: { $gt: '' } }, '/body', 'wrong_type'],
    [{ tags: ['a b'] }, '/tags/0', 'wrong_format'],
    [{ cohortId: 'x' }, '/cohortId', 'unknown_field'],
  ])('given %j, then 422 names %s', async (over, field, code) => {
    const answer = await asker!.client.post(`${C}/topics`, { title: 'A good title', body: 'text', ...over });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, code }));
  });

  it('given emoji, right-to-left text and script, then they come back as typed', async () => {
    const body = '🧗 مرحبا <script>alert(1)</script> [x](javascript:alert(1))';
    const topic = await ask({ title: 'مرحبا 🧗 people', body });
    expect(topic.question.body).toBe(body);
    // Plain text: who shows it escapes it.
    expect(topic.excerpt).toBe('🧗 مرحبا <script>alert(1)</script> [x](javascript:alert(1))');
  });
});

describe('who may see it', () => {
  it('given no login, then 401; given another cohort, then the 404 of a random id', async () => {
    const topic = await ask();
    const random = '65f0000000000000000000aa';
    const routes = (cohort: string, topicId: string, postId: string): [string, string, unknown?][] => [
      ['get', `/api/cohorts/${cohort}/topics`],
      ['post', `/api/cohorts/${cohort}/topics`, {}],
      ['get', `/api/cohorts/${cohort}/topics/counts`],
      ['get', `/api/cohorts/${cohort}/topics/similar?title=dataset`],
      ['get', `/api/cohorts/${cohort}/topics/${topicId}`],
      ['patch', `/api/cohorts/${cohort}/topics/${topicId}`, { title: 'Other title' }],
      ['get', `/api/cohorts/${cohort}/topics/${topicId}/posts`],
      ['post', `/api/cohorts/${cohort}/topics/${topicId}/posts`, { body: 'x' }],
      ['put', `/api/cohorts/${cohort}/topics/${topicId}/answer`, { postId }],
      ['delete', `/api/cohorts/${cohort}/topics/${topicId}/answer`],
      ['put', `/api/cohorts/${cohort}/topics/${topicId}/subscription`, { level: 'muted' }],
      ['patch', `/api/cohorts/${cohort}/posts/${postId}`, { body: 'x' }],
      ['delete', `/api/cohorts/${cohort}/posts/${postId}`],
      ['get', `/api/cohorts/${cohort}/posts/${postId}/history`],
      ['post', `/api/cohorts/${cohort}/posts/${postId}/restore`],
      ['put', `/api/cohorts/${cohort}/posts/${postId}/reactions/👍`],
      ['delete', `/api/cohorts/${cohort}/posts/${postId}/reactions/👍`],
      ['put', `/api/cohorts/${cohort}/posts/${postId}/vote`],
      ['delete', `/api/cohorts/${cohort}/posts/${postId}/vote`],
      ['post', `/api/cohorts/${cohort}/posts/${postId}/flag`, { reason: 'x' }],
    ];
    const call = async (who: { [method: string]: any }, [method, path, body]: [string, string, unknown?]) =>
      await who[method](path, body);
    const mine = routes(cohortId, topic.id, topic.question.id);
    const nowhere = routes(random, random, random);
    const own = routes(otherCohortId, topic.id, topic.question.id);
    for (const [index, route] of mine.entries()) {
      expect((await call(clientOf(world.url), route)).status).toBe(401);
      const foreign = await call(outsider!.client, route);
      expect(foreign.status).toBe(404);
      expect(foreign.text).toBe((await call(outsider!.client, nowhere[index]!)).text);
    }
    // The ids of this cohort asked for through their own cohort: nothing there either.
    for (const route of own.slice(4)) expect((await call(outsider!.client, route)).status).toBe(404);
    expect(await topicOf(topic.id)).toMatchObject({ title: topic.title, votes: 0, posts: 1 });
  });
});
