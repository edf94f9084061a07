import { gzipSync } from 'node:zlib';
import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Types } from 'mongoose';
import type { Import } from '../../../../src/contracts/bridges/imports.js';
import { DiscourseImport } from '../../../../src/bridges/discourse/discourse-import.js';
import { ImportWorker } from '../../../../src/bridges/imports/import-worker.js';
import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { clientOf } from '../../../support/client.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../../support/factories.js';
import { packed } from '../../../support/rooms/slack-export.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let [zoe, ali, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé' });
  ali = await aMember(world, cohortId, 'coach', { name: 'Ali' });
  staff = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world), 'staff');
});

const post = (number: number, over: object = {}) => ({
  ...{
    id: 1000 + number,
    post_number: number,
    username: number === 1 ? 'zoe' : 'Ali',
    name: 'Somebody there',
    post_type: 1,
  },
  ...{
    created_at: `2025-03-0${Math.min(number, 9)}T10:00:00.000Z`,
    cooked: `<p>Post <b>${number}</b></p>`,
    version: 1,
    ...over,
  },
});
const topic = (posts: object[], over: object = {}) => ({
  ...{ id: 5, title: 'Which plan?', slug: 'which-plan', created_at: '2025-03-01T10:00:00.000Z', archetype: 'regular' },
  ...{ tags: ['Open Data', { id: 3, name: 'été' }], visible: true, post_stream: { posts }, ...over },
});

async function handOver(
  content: Buffer | string | object,
  as: TestPerson = staff!,
  { node = 0, name = 'forum.json', cohort = cohortId }: { node?: number; name?: string; cohort?: string } = {},
): Promise<{ status: number; body: any }> {
  const form = new FormData();
  const bytes = Buffer.isBuffer(content)
    ? content
    : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const response = await fetch(new URL(`/api/cohorts/${cohort}/imports?source=discourse`, world.nodes[node]!.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${as.token}` },
    body: form,
  });
  return { status: response.status, body: await response.json() };
}
async function zipped(files: Record<string, unknown>): Promise<Buffer> {
  const path = await packed(files);
  const bytes = await readFile(path);
  await rm(dirname(path), { recursive: true });
  return bytes;
}
const until = (id: string, state: Import['state']) =>
  eventually(async () => {
    const { body } = await staff!.client.get(`${C}/imports/${id}`);
    expect(body.state).toBe(state);
    return body as Import;
  });
async function ready(content: Buffer | string | object): Promise<Import> {
  const { status, body } = await handOver(content);
  expect(status).toBe(201);
  return await until(body.id, 'ready');
}
async function brought(content: Buffer | string | object): Promise<Import> {
  const { id } = await ready(content);
  expect((await staff!.client.post(`${C}/imports/${id}/run`)).status).toBe(202);
  return await until(id, 'done');
}
const refused = async (content: Buffer | string | object) => {
  const { body } = await handOver(content);
  return (await until(body.id, 'refused')).problem;
};
const topicsOf = async (as = ali!) => (await as.client.get(`${C}/topics`)).body.items;
const postsOf = async (topicId: string, as = ali!) =>
  (await as.client.get(`${C}/topics/${topicId}/posts?limit=50`)).body.items;
const rowsOf = async () => ({
  topics: await world.db
    .collection('topics')
    .find({ cohortId: new Types.ObjectId(cohortId) })
    .sort({ _id: 1 })
    .toArray(),
  posts: await world.db
    .collection('posts')
    .find({ cohortId: new Types.ObjectId(cohortId) })
    .sort({ _id: 1 })
    .toArray(),
});

describe('an export of Discourse', () => {
  it('given a solved topic with people, quotes and links, then it is here as it was there, told to nobody and news for nobody', async () => {
    const one = topic([
      post(1, {
        cooked:
          '<p>For <a class="mention" href="/u/ali">@ali</a> &amp; <a class="mention">@nobody</a>: quokkas :tada:</p>',
      }),
      post(2, {
        cooked:
          '<p>See <a href="https://old.example/t/other-one/6/2">there</a> and <a href="/t/which-plan/5/1">here</a>, not <a href="/u/x">x</a></p>',
        version: 2,
        updated_at: '2025-03-09T10:00:00.000Z',
      }),
      post(3, { post_type: 3, cooked: '<p>closed</p>' }),
      post(4, { post_type: 4, cooked: '<p>whispered</p>' }),
      post(5, {
        accepted_answer: true,
        actions_summary: [{ id: 2, count: 4 }],
        cooked:
          '<aside class="quote" data-post="1" data-topic="5" data-username="zoe"><div class="title">zoe:</div><blockquote><p>quokkas</p></blockquote></aside><p>This.</p>',
      }),
      post(6, { hidden: true }),
      { id: 'odd' },
    ]);
    const other = topic([post(1, { id: 2001, username: 'marie' }), post(2, { id: 2002 })], {
      id: 6,
      title: 'Other one',
      slug: 'other-one',
      closed: true,
      tags: [],
    });
    const users = [
      { id: 1, username: 'Zoe', name: 'Zoé there', email: zoe!.email.toUpperCase() },
      { id: 2, username: 'ali', email: ali!.email },
    ];
    const files = {
      'a/t5.json': one,
      'a/t6.json': other,
      'users.json': users,
      'direct.json': topic([post(1)], { id: 7, archetype: 'private_message' }),
      'broken.json': Buffer.from('{"id":'),
      '__MACOSX/x.json': [],
    };
    const held = await ready(await zipped(files));
    expect(held).toMatchObject({
      ...{ source: 'discourse', counts: null },
      forum: {
        ...{ topics: 2, posts: 5, solved: 1, matched: 2, placeholders: 1, already: 0 },
        ...{ directs: 1, hidden: 3, likes: 4, unreadable: 2 },
      },
    });
    expect(await topicsOf()).toEqual([]);
    expect((await staff!.client.post(`${C}/imports/${held.id}/run`)).status).toBe(202);
    const done = await until(held.id, 'done');
    expect(done).toMatchObject({ done: 5 });
    const topics = await topicsOf();
    expect(topics).toMatchObject([
      {
        title: 'Which plan?',
        kind: 'question',
        state: 'solved',
        tags: ['open-data', 'été'],
        author: { id: zoe!.id },
        posts: 3,
        unread: 0,
        createdAt: '2025-03-01T10:00:00.000Z',
        lastPostAt: '2025-03-05T10:00:00.000Z',
        closed: null,
      },
      {
        title: 'Other one',
        kind: 'discussion',
        state: 'open',
        author: { name: 'Somebody there' },
        posts: 2,
        unread: 0,
        closed: { how: 'closed' },
      },
    ]);
    const [first, second] = topics;
    const posts = await postsOf(first.id);
    expect(posts.map(({ number, author, isAnswer, votes }: any) => [number, author.id, isAnswer, votes])).toEqual([
      [1, zoe!.id, false, 0],
      [2, ali!.id, false, 0],
      [3, ali!.id, true, 0],
    ]);
    expect(posts[0].body).toBe(`For <@${ali!.id}> & @nobody: quokkas 🎉`);
    const here = `http://cordee.test/c/${cohortId}/forum`;
    expect(posts[1].body).toBe(
      `See [there](${here}/${second.id}#post-2) and [here](${here}/${first.id}#post-1), not x`,
    );
    expect(posts[1].editedAt).toBe('2025-03-09T10:00:00.000Z');
    expect(posts[2]).toMatchObject({ quoted: [{ id: posts[0].id, number: 1, author: { id: zoe!.id } }] });
    for (const person of [zoe!, ali!, staff!]) {
      expect((await person.client.get('/api/me/inbox')).body.items).toEqual([]);
      expect((await person.client.get(`${C}/topics/counts`)).body).toMatchObject({
        all: 2,
        new: 0,
        unread: 0,
        unanswered: 0,
        solved: 1,
      });
    }
    await world.settled();
    expect(world.mail.mails).toEqual([]);
    const found = await ali!.client.get(`${C}/forum/search?q=quokkas`);
    expect([found.status, found.text.includes(first.id)]).toEqual([200, true]);
    // What is said here from now on is news.
    await ali!.client.post(`${C}/topics/${first.id}/posts`, { body: 'Still so.' });
    expect((await topicsOf(zoe))[0]).toMatchObject({ id: first.id, posts: 4, unread: 1 });
  });

  it('given it twice, more of it later, and what was deleted here meanwhile, then nothing comes twice or back', async () => {
    const posts = Array.from({ length: 5 }, (_, at) => post(at + 1));
    await brought(topic(posts.slice(0, 3)));
    const before = await rowsOf();
    const again = await ready(topic(posts.slice(0, 3)));
    expect(again.forum).toMatchObject({ posts: 3, already: 3 });
    expect((await staff!.client.post(`${C}/imports/${again.id}/run`)).status).toBe(202);
    await until(again.id, 'done');
    expect(await rowsOf()).toEqual(before);
    const [{ id }] = await topicsOf();
    const [, second] = await postsOf(id);
    await staff!.client.delete(`${C}/posts/${second.id}`);
    await brought([topic(posts, { title: 'Called otherwise by now' })]);
    expect((await postsOf(id)).map(({ number, deletedAt }: any) => [number, deletedAt !== null])).toEqual([
      ...[
        [1, false],
        [2, true],
        [3, false],
        [4, false],
        [5, false],
      ],
    ]);
    expect((await topicsOf())[0]).toMatchObject({ title: 'Which plan?', posts: 4, unread: 0 });
    const [question] = await postsOf(id);
    expect((await staff!.client.delete(`${C}/posts/${question.id}`)).status).toBeLessThan(300);
    const alone = topic([post(1, { id: 8001 })], { id: 8, title: 'Nobody answered' });
    await brought(alone);
    const [{ question: only }] = await Promise.all(
      (await topicsOf())
        .filter((one: any) => one.id !== id)
        .map(async (one: any) => (await ali!.client.get(`${C}/topics/${one.id}`)).body),
    );
    expect((await staff!.client.delete(`${C}/posts/${only.id}`)).status).toBeLessThan(300);
    await brought([
      topic([...posts, post(6)]),
      { ...alone, post_stream: { posts: [post(1, { id: 8001 }), post(2, { id: 8002 })] } },
    ]);
    expect((await topicsOf()).map((one: any) => [one.id, one.posts])).toEqual([[id, 4]]);
    expect((await postsOf(id))[0]).toMatchObject({ number: 1, body: null });
  });

  it('given two imports of one export on two nodes at once, then each post is there once, and the counts are those of a recount', async () => {
    const big = Array.from({ length: 12 }, (_, at) =>
      topic(
        Array.from({ length: 30 }, (_one, number) => post(number + 1, { id: 10_000 * at + number + 1 })),
        { id: 100 + at, slug: `t-${at}`, title: `Topic of many ${at}` },
      ),
    );
    const path = await packed({ 'all.json': big });
    const who = { cohortId, byId: staff!.id };
    await Promise.all(world.nodes.map(({ app }) => app.get(DiscourseImport).run(path, who, () => Promise.resolve())));
    await rm(dirname(path), { recursive: true });
    const { topics, posts } = await rowsOf();
    expect([topics.length, posts.length]).toEqual([12, 360]);
    for (const { _id, lastNumber, posts: counted, others, imported } of topics) {
      const own = posts.filter(({ topicId }) => topicId.equals(_id));
      expect(own.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 30 }, (_, at) => at + 1),
      );
      expect([lastNumber, counted, others, imported]).toEqual([30, 30, 29, 30]);
    }
  });

  it('given the export of a category, then what was typed, by the addresses in it; and who joins later has their words', async () => {
    const mail = 'marie@elsewhere.example';
    const category = {
      ...{ groups: [], categories: [{ id: 1, name: 'General' }] },
      users: [{ id: 7, username: 'marie', name: 'Marie', email: mail, custom_fields: {} }],
      topics: [
        {
          ...{
            id: 9,
            user_id: 7,
            title: 'From a category',
            created_at: '2025-01-01T00:00:00.000Z',
            closed: false,
            archetype: 'regular',
          },
          posts: [
            {
              id: 91,
              user_id: 7,
              post_number: 1,
              raw: 'Hello **all**, @marie [quote="x"]',
              created_at: '2025-01-01T00:00:00.000Z',
              hidden: false,
            },
            { id: 92, user_id: -1, post_number: 2, raw: 'From nobody', created_at: '2025-01-02T00:00:00.000Z' },
          ],
        },
      ],
    };
    await brought(category);
    const [{ id, author }] = await topicsOf();
    expect(author.name).toBe('Marie');
    expect((await postsOf(id))[0].body).toBe(`Hello **all**, <@${author.id}> [quote="x"]`);
    const marie = await aPerson(world, { email: mail, name: 'Marie Here' });
    await join(world, cohortId, marie.id, 'fellow');
    await eventually(async () =>
      expect((await topicsOf())[0].author).toMatchObject({ id: marie.id, name: 'Marie Here' }),
    );
    const [question] = await postsOf(id);
    expect(question).toMatchObject({
      author: { id: marie.id },
      body: `Hello **all**, <@${marie.id}> [quote="x"]`,
      mentions: [{ id: marie.id }],
    });
  });

  it('given pages of a topic in the wrong order, and the list of accounts as a table, then all of it by its people', async () => {
    const zip = await zipped({
      'b/1-second-page.json': topic([post(3), post(4)]),
      'b/2-first-page.json': topic([post(1), post(2)]),
      'user-list.csv': Buffer.from(`id,name,username,email\n1,"Zoé, there",zoe,${zoe!.email}\n`),
    });
    expect((await brought(zip)).done).toBe(4);
    const [one] = await topicsOf();
    expect(one).toMatchObject({ posts: 4, author: { id: zoe!.id } });
    expect((await postsOf(one.id)).map(({ body }: any) => body)).toEqual([1, 2, 3, 4].map((at) => `Post **${at}**`));
  });
});

describe('what is no export', () => {
  it('given a backup, broken JSON, a zip without topics, a list without posts, or no file, then it is refused and nothing is here', async () => {
    expect(await refused(gzipSync('a dump'))).toBe('is_a_backup');
    expect(await refused('{"id": 5, "post_stream": ')).toBe('not_a_discourse_export');
    expect(await refused('<html>')).toBe('not_a_discourse_export');
    expect(await refused(Buffer.from('PK no zip'))).toBe('not_a_zip');
    expect(await refused(await zipped({ 'a.json': [], 'b.txt': 'x' }))).toBe('not_a_discourse_export');
    expect(await refused({ topic_list: { topics: [{ id: 1, title: 'x' }] } })).toBe('not_a_discourse_export');
    expect(await refused(topic([post(2)]))).toBe('not_a_discourse_export');
    expect((await handOver('')).body).toMatchObject({ errors: [{ code: 'empty' }] });
    expect(await topicsOf()).toEqual([]);
  });

  it('given what unpacks to far more, opens far too much, or is large alone, then it is refused before it is read', async () => {
    expect(await refused(await zipped({ 'a.json': Buffer.alloc(17 * 1024 * 1024, 0x20) }))).toBe('too_large');
    expect(await refused(await zipped({ 'a.json': Buffer.from('['.repeat(1_000_001)) }))).toBe('too_large');
    expect(await refused(Buffer.from(`[${' '.repeat(17 * 1024 * 1024)}]`))).toBe('too_large');
  });

  it('given hostile posts, then they come as harmless text', async () => {
    const cooked = [
      '<div>'.repeat(20_000),
      `<p>${'<b>'.repeat(39)}`,
      '<img src=x onerror=alert(1)>',
      '<a href="javascript:alert(1)">x</a>',
      '\u202e<p>turned</p>',
    ];
    await brought(
      topic(
        cooked.map((html, at) =>
          post(at + 1, { cooked: `${html}<p>words ${at}</p>`, username: '<img src=x>', name: '"><script>' }),
        ),
        { title: '<script>x</script>\n---\u0000' },
      ),
    );
    const [one] = await topicsOf();
    expect(one).toMatchObject({ title: '<script>x</script> ---', posts: 5 });
    expect((await postsOf(one.id)).every(({ body }: any, at: number) => body.includes(`words ${at}`))).toBe(true);
  });
});

describe('who may', () => {
  it('given a fellow, staff of another cohort or nobody, then they hand nothing over and see nothing; each source has a list of its own', async () => {
    const { id } = await ready(topic([post(1)]));
    expect((await handOver({}, zoe)).status).toBe(403);
    expect((await handOver({}, outsider)).status).toBe(404);
    const list = async (client: { get: (path: string) => Promise<any> }, query: string) =>
      await client.get(`${C}/imports${query}`);
    expect((await list(clientOf(world.url), '?source=discourse')).status).toBe(401);
    expect((await list(outsider!.client, '?source=discourse')).status).toBe(404);
    expect((await list(staff!.client, '?source=discourse')).body.items.map((one: Import) => one.id)).toEqual([id]);
    expect((await list(staff!.client, '')).body.items).toEqual([]);
    expect((await list(staff!.client, '?source=other')).status).toBe(422);
    expect((await outsider!.client.post(`${C}/imports/${id}/run`)).status).toBe(404);
  });
});

describe('an export at which workers died', () => {
  it('given three of them, then no fourth opens it, until staff ask for it again', async () => {
    const { id } = await ready(topic([post(1)]));
    const _id = new Types.ObjectId(id);
    const died = { state: 'running', tries: 3, lease: 'of the dead', wakeAt: world.clock.now() };
    await world.db.collection('imports').updateOne({ _id }, { $set: died });
    await world.app.get(ImportWorker).look(_id);
    expect(await until(id, 'failed')).toMatchObject({ problem: 'failed' });
    expect(await topicsOf()).toEqual([]);
    expect((await staff!.client.post(`${C}/imports/${id}/run`)).status).toBe(202);
    await until(id, 'done');
    expect(await topicsOf()).toHaveLength(1);
  });
});

describe('a large forum', () => {
  it('given 1,000 topics, then all come in, and a killed run goes on where it was', async () => {
    const all = Array.from({ length: 1000 }, (_, at) =>
      topic([post(1, { id: 2 * at + 1 }), post(2, { id: 2 * at + 2 })], {
        id: at + 1,
        slug: `t-${at}`,
        title: `Topic number ${at}`,
      }),
    );
    const path = await packed({ 'all.json': all });
    const importer = world.app.get(DiscourseImport);
    const who = { cohortId, byId: staff!.id };
    await expect(
      importer.run(path, who, (done) => (done > 600 ? Promise.reject(new Error('killed')) : Promise.resolve())),
    ).rejects.toThrow('killed');
    let last = 0;
    await importer.run(path, who, (done, of) => {
      expect(of).toBe(2000);
      last = done;
      return Promise.resolve();
    });
    await rm(dirname(path), { recursive: true });
    expect(last).toBe(2000);
    const { topics, posts } = await rowsOf();
    expect([topics.length, posts.length]).toEqual([1000, 2000]);
  });
});
