import { request } from 'node:http';
import { Types } from 'mongoose';
import { parse } from 'yaml';
import { topicWords } from '../../../../src/forums/topic.js';
import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../../support/factories.js';
import { fetchFile, filesCookieOf, photo, uploaded } from '../../../support/rooms/files.js';
import { unzipped } from '../../../support/rooms/zips.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let [zoe, ali, staff, other, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world, { name: 'L’été à Brest' });
  C = `/api/cohorts/${cohortId}`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé <b>' });
  ali = await aMember(world, cohortId, 'coach', { name: 'Ali' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore' });
  other = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world), 'staff');
});

const path = (query = '', cohort = cohortId) => `/files/cohorts/${cohort}/forum/export.zip${query}`;
const fetched = async (as: TestPerson, query = '', cohort = cohortId) =>
  await fetchFile(world.url, path(query, cohort), await filesCookieOf(world.url, as));
async function exported(as = staff!, query = '') {
  const answer = await fetched(as, query);
  expect(answer.status).toBe(200);
  const files = await unzipped(answer.body);
  const topics = [...files].filter(([name]) => name.startsWith('topics/')).map(([, text]) => String(text));
  return { answer, files, topics };
}
const factsOf = (text: string) => parse(text.split(/^---$/m)[1]!);
const ask = async (over: object = {}, as = zoe!) => {
  const { status, body } = await as.client.post(`${C}/topics`, {
    title: 'Which plan is right?',
    body: 'See it.',
    ...over,
  });
  expect(status).toBe(201);
  return body;
};
const reply = async (topicId: string, body: string, over: object = {}, as = ali!) =>
  (await as.client.post(`${C}/topics/${topicId}/posts`, { body, ...over })).body;

describe('the forum as a zip', () => {
  it('given a solved question, then it is a file with what it is, who wrote, the answer and the files', async () => {
    const picture = await uploaded(world.url, zoe!, await photo(40, 30).png().toBuffer(), 'le plan.png');
    const topic = await ask({
      tags: ['data'],
      body: `For <@${ali!.id}>: a <script>`,
      attachments: [{ fileId: picture.id, alt: 'The plan' }],
    });
    await reply(topic.id, 'Not this one.');
    const answer = await reply(topic.id, `> <#1 Zoé>\n> For you\n\nThis one.\n\n\`\`\`\n<b>`);
    expect((await zoe!.client.put(`${C}/topics/${topic.id}/answer`, { postId: answer.id })).status).toBe(200);
    const { answer: http, files, topics } = await exported();
    expect(http.headers).toMatchObject({ 'content-type': 'application/zip', 'cache-control': 'no-store' });
    expect(http.headers['content-disposition']).toBe('attachment; filename="l-ete-a-brest-forum.zip"');
    expect([...files.keys()]).toEqual([`topics/which-plan-is-right-${topic.id}.md`, `files/${picture.id}/le plan.png`]);
    const bytes = await fetchFile(world.url, picture.url, await filesCookieOf(world.url, staff!));
    expect(files.get(`files/${picture.id}/le plan.png`)?.equals(bytes.body)).toBe(true);
    expect(factsOf(topics[0]!)).toEqual({
      ...{ title: 'Which plan is right?', id: topic.id, link: `http://cordee.test/c/${cohortId}/forum/${topic.id}` },
      ...{ kind: 'question', tags: ['data'], state: 'solved', author: 'Zoé <b>', answer: 3, posts: 3, votes: 0 },
      ...{ created: '2026-10-13T11:45:00+02:00', updated: '2026-10-13T11:45:00+02:00' },
    });
    const text = topics[0]!;
    expect(text).toContain('For @Ali: a \\<script>');
    expect(text).toContain(`- ![The plan](../files/${picture.id}/le%20plan.png)`);
    expect(text).toMatch(
      /## 3\. Ali · 2026-10-13T11:45:00\+02:00 · \*\*Answer\*\*\n\n> \*\*Zoé \\<b\\>\*\* #1:\n> For you/,
    );
    expect(text).toMatch(/```\n<b>\n```\n$/);
    expect((await exported(staff, '?lang=fr')).topics[0]).toContain('**Réponse**');
    expect((await fetched(staff!, '?lang=xx')).status).toBe(422);
  });

  it('given what is deleted, hidden by flags, moved away or anonymous, then nothing of it is in the zip', async () => {
    const picture = await uploaded(world.url, ali!, 'quokka bytes', 'quokka-name.txt');
    const topic = await ask({ title: 'A topic that stays here' });
    const gone = await reply(topic.id, 'quokka words', { attachments: [{ fileId: picture.id, alt: 'quokka alt' }] });
    await ali!.client.delete(`${C}/posts/${gone.id}`);
    const flagged = await reply(topic.id, 'numbat words');
    for (const one of [zoe!, other!, staff!])
      expect((await one.client.post(`${C}/posts/${flagged.id}/flag`, { kind: 'unkind' })).status).toBeLessThan(300);
    const moved = await reply(topic.id, 'wombat words');
    const target = await ask({ title: 'Another one, for wombats' });
    const move = { postIds: [moved.id], toTopicId: target.id };
    expect((await staff!.client.post(`${C}/topics/${topic.id}/move`, move)).status).toBeLessThan(300);
    const ended = await ask({ title: 'A topic on bilbies' });
    await zoe!.client.delete(`${C}/posts/${ended.question.id}`);
    const poll = { question: 'Which?', options: ['One', 'Two'], anonymous: true };
    const secret = await ask({ title: 'A poll of some people', kind: 'discussion', poll });
    for (const one of [ali!, other!]) await one.client.put(`${C}/polls/${secret.question.id}/vote`, { options: [1] });
    const { files, topics } = await exported();
    const all = [...files].map(([name, bytes]) => `${name}\n${String(bytes)}`).join('\n');
    expect(all).not.toMatch(/quokka|numbat|bilb/);
    expect(all.match(/wombat words/g)).toHaveLength(1);
    const facts = topics.map(factsOf).find(({ poll: one }) => one);
    expect(facts.poll).toEqual({
      ...{ question: 'Which?', multiple: false, anonymous: true, open: true, voters: 2, result: 'secret' },
      options: [{ text: 'One' }, { text: 'Two' }],
    });
    expect(all).not.toContain('Aurore');
    const open = await ask({ title: 'A poll that all see', poll: { ...poll, anonymous: false } });
    await ali!.client.put(`${C}/polls/${open.question.id}/vote`, { options: [1] });
    const shown = (await exported()).topics.find((text) => text.includes(open.id))!;
    expect(factsOf(shown).poll.options).toEqual([
      { text: 'One', votes: 0 },
      { text: 'Two', votes: 1 },
    ]);
    expect(shown).toContain('| Two | 1 |');
  });

  it('given names that lead elsewhere, emoji, quotes, and one title twice, then each is a file of its own within the zip', async () => {
    const names = ['../../../etc/passwd', 'CON.txt', 'a"b|c.txt', '🦊.txt', 'same.txt', 'same.txt'];
    const ids: string[] = [];
    for (const name of names) ids.push((await uploaded(world.url, zoe!, 'x', name)).id);
    await ask({ title: '../../../../root "x" 🦊', attachments: ids.map((fileId) => ({ fileId })) });
    await ask({ title: '../../../../root "x" 🦊', body: 'again' });
    const { files, topics } = await exported();
    expect(topics).toHaveLength(2);
    expect(files.size).toBe(8);
    for (const name of files.keys())
      expect(name).toMatch(/^(topics\/root-x-[0-9a-f]{24}\.md|files\/[0-9a-f]{24}\/[^/\\:*?"<>|]+)$/u);
    expect([...files.keys()].some((name) => name.endsWith('/CON.txt'))).toBe(false);
    for (const text of topics) expect(factsOf(text).title).toBe('../../../../root "x" 🦊');
  });

  it('given an empty forum, then a zip all the same; given two exports of one forum, then the same bytes', async () => {
    expect((await exported()).files.size).toBe(0);
    await ask();
    expect((await fetched(staff!)).body.equals((await fetched(other!)).body)).toBe(true);
  });
});

describe('who may', () => {
  it('given a fellow or coach, 403; given staff of another cohort, an admin from outside or nobody, 404 or 401', async () => {
    const admin = await aPerson(world, { isAdmin: true });
    expect([(await fetched(zoe!)).status, (await fetched(ali!)).status]).toEqual([403, 403]);
    const foreign = await fetched(outsider!);
    const random = await fetched(outsider!, '', String(new Types.ObjectId()));
    expect([foreign.status, String(foreign.body)]).toEqual([404, String(random.body)]);
    expect((await fetched(outsider!, '', 'no-id')).status).toBe(404);
    expect((await fetched(admin)).status).toBe(404);
    expect((await fetch(`${world.url}${path()}`)).status).toBe(401);
  });

  it('given one who leaves while they read, then it breaks off', async () => {
    await manyTopics(60, 5, 'word '.repeat(4000));
    const cookie = await filesCookieOf(world.url, staff!);
    const { hostname, port } = new URL(world.url);
    const ended = new Promise<string>((resolve) => {
      request({ hostname, port, path: path(), headers: { cookie } }, (response) => {
        response.once('data', () => {
          response.pause();
          void other!.client.delete(`${C}/members/${staff!.id}`).then(({ status }) => {
            expect(status).toBe(204);
            response.resume();
          });
        });
        response.on('end', () => resolve('whole'));
        response.on('error', () => resolve('broken'));
      }).end();
    });
    expect(await ended).toBe('broken');
  });
});

/** Topics with posts in them, as they were written. */
async function manyTopics(count: number, posts: number, words = 'Some words of a post.'): Promise<void> {
  const at = new Date(NOW);
  const by = new Types.ObjectId(zoe!.id);
  const rows = Array.from({ length: count }, (_, index) => ({
    ...{
      _id: new Types.ObjectId(),
      cohortId: new Types.ObjectId(cohortId),
      authorId: by,
      questionId: new Types.ObjectId(),
    },
    ...{
      kind: 'question',
      title: `Topic ${index}`,
      tags: [],
      excerpt: words.slice(0, 100),
      words: topicWords(`Topic ${index}`, [], ''),
    },
    ...{
      lastNumber: posts,
      posts,
      others: 0,
      votes: 0,
      solved: false,
      answerId: null,
      lastPostAt: at,
      lastAuthorId: by,
    },
    ...{ createdAt: new Date(at.getTime() + index), deletedAt: null },
  }));
  await world.db.collection('topics').insertMany(rows);
  await world.db.collection('posts').insertMany(
    rows.flatMap(({ _id: topicId, questionId, cohortId: cohort }) =>
      Array.from({ length: posts }, (_, index) => ({
        ...{ _id: index === 0 ? questionId : new Types.ObjectId(), cohortId: cohort, topicId, number: index + 1 },
        ...{ authorId: by, body: `${index + 1}: ${words}`, mentions: [], votes: 0, acceptedAt: null, createdAt: at },
        ...{ editedAt: null, deletedAt: null },
      })),
    ),
  );
}

describe('a large forum', () => {
  it('given 1,000 topics and one with 500 posts, then all are there, and who asks meanwhile is answered again and again before that', async () => {
    await manyTopics(999, 1);
    await manyTopics(1, 500);
    const cookie = await filesCookieOf(world.url, staff!);
    let answers = 0;
    const state = { isOver: false };
    const zip = fetchFile(world.url, path(), cookie).finally(() => (state.isOver = true));
    for (; !state.isOver; answers += 1) expect((await zoe!.client.get(`${C}/topics`)).status).toBe(200);
    const files = await unzipped((await zip).body);
    expect(files.size).toBe(1000);
    const long = [...files.values()].map(String).find((text) => factsOf(text).posts === 500)!;
    expect(long.match(/^## \d+\. /gm)).toHaveLength(500);
    expect(long).toContain('## 500. ');
    expect(answers).toBeGreaterThan(20);
  });

  it('given one who goes away in the middle, then nothing more is read for them', async () => {
    await manyTopics(300, 2, 'word '.repeat(2000));
    const cookie = await filesCookieOf(world.url, staff!);
    const { hostname, port } = new URL(world.url);
    await new Promise<void>((resolve) => {
      const asked = request({ hostname, port, path: path(), headers: { cookie } }, (response) =>
        response.once('data', () => resolve(void asked.destroy())),
      );
      asked.on('error', () => {});
      asked.end();
    });
    // The next one has its turn: the first one is over.
    await eventually(async () => expect((await fetched(staff!)).status).toBe(200));
  });
});
