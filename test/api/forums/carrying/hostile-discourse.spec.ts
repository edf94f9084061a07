import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DiscourseImport } from '../../../../src/bridges/discourse/discourse-import.js';
import { ForumImportCounts } from '../../../../src/contracts/bridges/imports.js';
import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { packed } from '../../../support/rooms/slack-export.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let [ali, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ali = await aMember(world, cohortId, 'coach', { name: 'Ali' });
  staff = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world), 'fellow', { name: 'Olga Outside' });
});

const post = (number: number, over: object = {}) => ({
  ...{ id: 1000 + number, post_number: number, username: 'zoe', created_at: '2025-03-01T10:00:00.000Z' },
  ...{ raw: `Post ${number}`, ...over },
});
const topic = (posts: object[], over: object = {}) => ({
  ...{ id: 5, title: 'Which plan?', created_at: '2025-03-01T10:00:00.000Z', post_stream: { posts }, ...over },
});
async function bring(...topics: object[]): Promise<void> {
  const path = await packed({ 'all.json': topics });
  try {
    await world.app.get(DiscourseImport).run(path, { cohortId, byId: staff!.id }, () => Promise.resolve());
  } finally {
    await rm(dirname(path), { recursive: true });
  }
}
const topicsOf = async (query = '') => (await ali!.client.get(`${C}/topics${query}`)).body;
const postsOf = async (topicId: string) => (await ali!.client.get(`${C}/topics/${topicId}/posts`)).body.items;

it('given days that are to come, or before any, then the forum is read page by page, and nothing is the latest news for ever', async () => {
  await bring(
    topic([
      post(1),
      post(2, { created_at: '+275760-09-13T00:00:00Z', version: 2, updated_at: '2999-01-01T00:00:00Z' }),
    ]),
    topic([post(1, { id: 2001, created_at: '2999-01-01T00:00:00Z' })], { id: 6, title: 'To come' }),
    topic([post(1, { id: 3001, created_at: '-100000-01-01T00:00:00Z' })], { id: 7, title: 'Before' }),
  );
  const titles: string[] = [];
  for (let cursor = ''; ;) {
    const page = await topicsOf(`?limit=1&sort=oldest${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    titles.push(page.items[0].title);
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  expect(titles).toEqual(['Before', 'Which plan?', 'To come']);
  world.clock.advance(60_000);
  await ali!.client.post(`${C}/topics`, { title: 'Of today', body: 'New.', tags: [] });
  const { items } = await topicsOf();
  expect(items[0].title).toBe('Of today');
  const [, reply] = await postsOf(items.find(({ title }: any) => title === 'Which plan?').id);
  expect(reply).toMatchObject({ createdAt: NOW, editedAt: NOW });
});

it('given marks of ours in a text, then they name nobody, neither who is elsewhere nor who was not meant, and quote nothing', async () => {
  await bring(topic([post(1, { raw: 'Secret.' })], { id: 6, title: 'Other' }));
  const [{ id: other }] = (await topicsOf()).items;
  const [secret] = await postsOf(other);
  const raw = `By <@${outsider!.id}>, \`<@${ali!.id}>\` and @zoe\n\n> <#${secret.id}>\n> Said.`;
  const cooked = `<p>By &lt;@${outsider!.id}&gt;</p>`;
  await bring(topic([post(1, { raw }), post(2, { raw: null, cooked })]));
  const { id } = (await topicsOf()).items.find(({ title }: any) => title === 'Which plan?');
  const [first, second] = await postsOf(id);
  expect(first).toMatchObject({ mentions: [{ name: 'zoe' }], quoted: [] });
  expect(second.mentions).toEqual([]);
  expect(first.body).toContain(`By @${outsider!.id}, \`@${ali!.id}\``);
});

it('given a mark of ours that is put together as the text is tidied, then it names nobody who is elsewhere', async () => {
  const { id } = outsider!;
  const split = `<@${id.slice(0, 4)}\u0001${id.slice(4)}>`;
  const around = `<@${id.slice(0, 4)}https://discourse.invalid${id.slice(4)}>`;
  await bring(topic([post(1, { raw: `By ${split} and ${around} and @zoe` })]));
  const [{ id: topicId }] = (await topicsOf()).items;
  const [first] = await postsOf(topicId);
  expect(first.mentions).toMatchObject([{ name: 'zoe' }]);
});

it('given more likes than can be counted, then they are none, and what it holds can be said', async () => {
  const likes = (count: number) => ({ actions_summary: [{ id: 2, count }] });
  const path = await packed({
    'all.json': [topic([post(1, likes(1e308)), post(2, likes(1.7e308)), post(3, likes(4))])],
  });
  const counts = await world.app.get(DiscourseImport).check(path, cohortId);
  expect(ForumImportCounts.parse(counts).likes).toBe(4);
  await rm(dirname(path), { recursive: true });
});

it('given a post that stands twice in its topic, then it is here once, and the others with it', async () => {
  await bring(topic([post(1), post(2), post(2), post(3, { id: 1002 }), post(4)]));
  const [one] = (await topicsOf()).items;
  expect(one.posts).toBe(3);
  expect((await postsOf(one.id)).map(({ number }: any) => number)).toEqual([1, 2, 3]);
});

it('given more accounts than a forum has, or more names than memory, then it is too large, and nobody is stopped by it', async () => {
  const rows = (from: number, to: number) =>
    `username,email\n${Array.from({ length: to - from }, (_, at) => `u${from + at},u${from + at}@b.example`).join('\n')}`;
  const names = `{${Array.from({ length: 1_600_000 }, (_, at) => `"${at.toString(36)}":1`).join(',')}}`;
  const one = topic([post(1)]);
  for (const files of [
    { 'u.csv': Buffer.from(rows(0, 600_000)) },
    { 'u.csv': Buffer.from(rows(0, 30_000)), 'v.csv': Buffer.from(rows(30_000, 60_000)) },
    { 'v.json': Buffer.from(names) },
  ]) {
    const path = await packed({ 'all.json': [one], ...files });
    const run = world.app.get(DiscourseImport).check(path, cohortId);
    await expect(run).rejects.toMatchObject({ more: { errors: [{ field: '/file', code: 'too_large' }] } });
    await rm(dirname(path), { recursive: true });
  }
});
