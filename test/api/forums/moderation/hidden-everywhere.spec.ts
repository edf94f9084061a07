import { startWorld, type TestWorld } from '../../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';
import { followOutbox } from '../../../support/outbox.js';
import { fetchFile, filesCookieOf, uploaded } from '../../../support/rooms/files.js';

/** A post that its flags hid says nothing anywhere, and everything again once staff show it: also where it was moved or merged meanwhile. */
let world: TestWorld;
let C: string;
let [author, one, two, three, staff]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  [author, one, two, three] = await Promise.all([1, 2, 3, 4].map(() => aMember(world, cohortId, 'fellow')));
  staff = await aMember(world, cohortId, 'staff');
});

const WORD = 'gargoyle';
const ask = async (title: string, body = 'Say so.') =>
  (await one!.client.post(`${C}/topics`, { title, body })).body as { id: string; question: { id: string } };
const reply = async (topicId: string) => {
  world.clock.advance(1000);
  return (await author!.client.post(`${C}/topics/${topicId}/posts`, { body: `The host is a ${WORD}.` })).body as {
    id: string;
    number: number;
  };
};
const flagByThree = async (postId: string) => {
  for (const person of [one!, two!, three!])
    expect((await person.client.post(`${C}/posts/${postId}/flag`, { kind: 'unkind' })).status).toBe(204);
};
const caseOf = async (postId: string) =>
  ((await staff!.client.get(`${C}/flag-cases`)).body.items as { id: string; post: { id: string } }[]).find(
    ({ post }) => post.id === postId,
  )!;

/** All that a reader can ask for in which the words of a post may stand. */
async function everything(topicId: string, postId: string, feed: URL): Promise<string> {
  const asked = [
    `${C}/topics`,
    `${C}/topics/${topicId}`,
    `${C}/topics/${topicId}/posts`,
    `${C}/topics/similar?title=${WORD}`,
    `${C}/posts/${postId}/history`,
    `${C}/forum/search?q=${WORD}`,
    `${C}/bookmarks`,
    `/api/search?q=${WORD}`,
    '/api/me/inbox?limit=200',
  ];
  const answers = await Promise.all(asked.map(async (path) => JSON.stringify((await two!.client.get(path)).body)));
  return [...answers, await (await fetch(new URL(feed.pathname, world.url))).text()].join('\n');
}

it('given a reply that is flagged by three, then its words are nowhere, and back where staff show it', async () => {
  const { id: topicId } = await ask('Who hosts us?');
  await two!.client.put(`${C}/topics/${topicId}/subscription`, { level: 'watching' });
  const { id } = await reply(topicId);
  await followOutbox(world);
  expect((await two!.client.put(`${C}/posts/${id}/bookmark`, {})).status).toBe(200);
  const feed = new URL((await two!.client.post(`${C}/forum/feeds`, {})).body.url as string);
  expect(await everything(topicId, id, feed)).toContain(WORD);
  await flagByThree(id);
  await followOutbox(world);
  const hidden = await everything(topicId, id, feed);
  expect(hidden.replaceAll(`title=${WORD}`, '').match(new RegExp(WORD, 'g'))).toBeNull();
  const { id: caseId } = await caseOf(id);
  expect((await staff!.client.post(`${C}/flag-cases/${caseId}/decision`, { act: 'keep' })).status).toBe(200);
  await followOutbox(world);
  expect(await everything(topicId, id, feed)).toContain(WORD);
});

it('given a question that is flagged by three while others have answered, then its words are nowhere but its title', async () => {
  const { id: topicId, question } = await ask('Who hosts us?', `Is it the ${WORD}?`);
  await author!.client.post(`${C}/topics/${topicId}/posts`, { body: 'No.' });
  const feed = new URL((await two!.client.post(`${C}/forum/feeds`, {})).body.url as string);
  expect(await everything(topicId, question.id, feed)).toContain(WORD);
  // Who asked does not flag themselves.
  for (const person of [author!, two!, three!])
    expect((await person.client.post(`${C}/posts/${question.id}/flag`, { kind: 'unkind' })).status).toBe(204);
  expect((await everything(topicId, question.id, feed)).match(new RegExp(WORD, 'g'))).toBeNull();
});

it('given a flagged reply that staff move, or whose topic they merge, then its case leads where it is, and deciding works there', async () => {
  const [here, there] = [await ask('Who hosts us?'), await ask('Where do we meet?')];
  const [first, second] = [await reply(here.id), await reply(here.id)];
  for (const { id } of [first, second])
    expect((await one!.client.post(`${C}/posts/${id}/flag`, { kind: 'unkind' })).status).toBe(204);
  const moved = await staff!.client.post(`${C}/topics/${here.id}/move`, { postIds: [first.id], toTopicId: there.id });
  expect(moved.status).toBeLessThan(300);
  expect(await caseOf(first.id)).toMatchObject({ topicId: there.id });
  const { id: caseId } = await caseOf(first.id);
  expect((await staff!.client.post(`${C}/flag-cases/${caseId}/decision`, { act: 'hide' })).status).toBe(200);
  const posts = (await two!.client.get(`${C}/topics/${there.id}/posts`)).body.items as { id: string; hidden: string }[];
  expect(posts.find(({ id }) => id === first.id)).toMatchObject({ hidden: 'staff' });
  expect((await two!.client.get(`${C}/topics/${there.id}`)).body.posts).toBe(1);
  await flagByThree(second.id);
  expect((await two!.client.get(`${C}/topics/${here.id}`)).body.posts).toBe(1);
  const other = await caseOf(second.id);
  expect((await staff!.client.post(`${C}/flag-cases/${other.id}/decision`, { act: 'keep' })).status).toBe(200);
  expect((await two!.client.get(`${C}/topics/${here.id}`)).body.posts).toBe(2);
});

const opens = async (url: string, person: TestPerson) =>
  (await fetchFile(world.url, url, await filesCookieOf(world.url, person))).status;

it('given a hidden post with a file, then staff who decide open it, and other readers do not', async () => {
  const { id: topicId } = await ask('Who hosts us?');
  const { id: fileId, url } = await uploaded(world.url, author!, `The ${WORD}.`, 'host.txt');
  const post = { body: 'See the file.', attachments: [{ fileId }] };
  const { id } = (await author!.client.post(`${C}/topics/${topicId}/posts`, post)).body as { id: string };
  expect(await opens(url, two!)).toBe(200);
  await flagByThree(id);
  expect(await opens(url, two!)).toBe(404);
  expect(await opens(url, staff!)).toBe(200);
  const { id: caseId } = await caseOf(id);
  expect((await staff!.client.get(`${C}/flag-cases/${caseId}`)).body.attachments).toMatchObject([{ id: fileId }]);
  const foreign = await aMember(world, await aCohort(world), 'staff');
  expect(await opens(url, foreign)).toBe(404);
});

it('given staff take a word out of a flagged post, then its author and staff read what it said, and nobody else', async () => {
  const { id: topicId } = await ask('Who hosts us?');
  const { id: fileId, url } = await uploaded(world.url, author!, 'A list.', 'host.txt');
  const post = { body: `The host is a ${WORD}.`, attachments: [{ fileId }] };
  const { id } = (await author!.client.post(`${C}/topics/${topicId}/posts`, post)).body as { id: string };
  await flagByThree(id);
  const { id: caseId } = await caseOf(id);
  const decision = { act: 'edit', body: 'The host is strict.' };
  expect((await staff!.client.post(`${C}/flag-cases/${caseId}/decision`, decision)).status).toBe(200);
  // Its author takes the file out, and says one thing more.
  world.clock.advance(3_600_000);
  const change = { body: 'The host is strict, and fair.', attachments: [] };
  expect((await author!.client.patch(`${C}/posts/${id}`, change)).status).toBe(200);
  const historyAs = async (person: TestPerson) =>
    JSON.stringify((await person.client.get(`${C}/posts/${id}/history`)).body);
  for (const person of [author!, staff!]) expect(await historyAs(person)).toContain(WORD);
  expect(await historyAs(two!)).not.toContain(WORD);
  expect(await historyAs(two!)).toContain('The host is strict.');
  // The version that staff wrote still showed the file.
  expect(await opens(url, two!)).toBe(200);
});

it('given staff take a file out of a flagged post, then its author and staff open it, and nobody else hangs or opens it again', async () => {
  const { id: topicId } = await ask('Who hosts us?');
  const [held, kept] = [
    await uploaded(world.url, author!, `The ${WORD}.`, 'host.txt'),
    await uploaded(world.url, author!, 'A plan.', 'plan.txt'),
  ];
  const post = { body: 'Two files.', attachments: [{ fileId: held.id }, { fileId: kept.id }] };
  const { id } = (await author!.client.post(`${C}/topics/${topicId}/posts`, post)).body as { id: string };
  await flagByThree(id);
  const { id: caseId } = await caseOf(id);
  const decision = { act: 'edit', body: 'One file.', attachments: [{ fileId: kept.id }] };
  expect((await staff!.client.post(`${C}/flag-cases/${caseId}/decision`, decision)).status).toBe(200);
  const filesOf = async () =>
    ((await two!.client.get(`${C}/topics/${topicId}/posts`)).body.items as any[])
      .find((one) => one.id === id)
      .attachments.map((file: { id: string }) => file.id);
  expect(await filesOf()).toEqual([kept.id]);
  expect([await opens(held.url, two!), await opens(kept.url, two!)]).toEqual([404, 200]);
  expect([await opens(held.url, author!), await opens(held.url, staff!)]).toEqual([200, 200]);
  world.clock.advance(3_600_000);
  const again = { body: 'Two files again.', attachments: [{ fileId: held.id }, { fileId: kept.id }] };
  const refused = await author!.client.patch(`${C}/posts/${id}`, again);
  expect(refused.body.errors).toMatchObject([{ field: '/attachments/0/fileId', code: 'unknown' }]);
  expect(await filesOf()).toEqual([kept.id]);
  const fewer = await author!.client.patch(`${C}/posts/${id}`, { body: 'None.', attachments: [] });
  expect(fewer.status).toBe(200);
  world.clock.advance(3_600_000);
  const back = { body: 'One file again.', attachments: [{ fileId: kept.id }] };
  expect((await author!.client.patch(`${C}/posts/${id}`, back)).status).toBe(200);
});

it('given a reply that quotes one that is hidden, then it says its own words alone, everywhere, and all of them once that is shown', async () => {
  const { id: topicId } = await ask('Who hosts us?');
  await two!.client.put(`${C}/topics/${topicId}/subscription`, { level: 'watching' });
  const { id } = await reply(topicId);
  const quotation = (number: number) => `> <#${number} A>\n>\n> The host is a ${WORD}.`;
  const quoting = (
    await one!.client.post(`${C}/topics/${topicId}/posts`, { body: `${quotation(2)}\n\nA grotesque one.` })
  ).body as { id: string };
  // The question quotes it, too: its list shows how it begins.
  const { id: questionId } = (await one!.client.get(`${C}/topics/${topicId}`)).body.question as { id: string };
  const changed = await one!.client.patch(`${C}/posts/${questionId}`, { body: `${quotation(2)}\n\nReally?` });
  expect(changed.status).toBe(200);
  await followOutbox(world);
  expect((await two!.client.put(`${C}/posts/${quoting.id}/bookmark`, {})).status).toBe(200);
  const feed = new URL((await two!.client.post(`${C}/forum/feeds`, {})).body.url as string);
  const search = async () => JSON.stringify((await two!.client.get(`${C}/forum/search?q=grotesque`)).body);
  expect(await search()).toContain(WORD);
  await flagByThree(id);
  await followOutbox(world);
  const hidden = (await everything(topicId, quoting.id, feed)) + (await search());
  expect(hidden.replaceAll(`title=${WORD}`, '').match(new RegExp(`.{60}${WORD}.{20}`, 'g'))).toBeNull();
  expect(hidden).toContain(`> <#${id}>\\n\\nA grotesque one.`);
  const { id: caseId } = await caseOf(id);
  expect((await staff!.client.post(`${C}/flag-cases/${caseId}/decision`, { act: 'keep' })).status).toBe(200);
  await followOutbox(world);
  expect(await search()).toContain(WORD);
  const { items } = (await two!.client.get(`${C}/topics/${topicId}/posts`)).body as { items: { body: string }[] };
  expect(items.at(-1)!.body).toBe(`> <#${id}>\n>\n> The host is a ${WORD}.\n\nA grotesque one.`);
  expect((await author!.client.delete(`${C}/posts/${id}`)).status).toBeLessThan(300);
  expect(await search()).not.toContain(WORD);
});
