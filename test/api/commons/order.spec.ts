import { MAX_FLAGGED_SHOWN } from '../../../src/contracts/limits.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';

/** Writing in the commons, and who keeps order there. */
let world: TestWorld;
let id: string;
let topic: { id: string; question: { id: string } };
let base: string;
let [zoe, staff, noe, lea, tom, admin, otherStaff]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  admin = await aPerson(world, { isAdmin: true });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  const [cohortId, there] = [await aCohort(world), await aCohort(world)];
  base = `/api/cohorts/${cohortId}`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Staff' });
  noe = await aMember(world, there, 'alumni', { name: 'Noé Neighbour' });
  lea = await aMember(world, there, 'fellow');
  tom = await aMember(world, there, 'coach');
  otherStaff = await aMember(world, there, 'staff');
  topic = (await zoe.client.post(`${base}/topics`, { title: 'Who signs?', body: 'Who may sign?', tags: ['law'] })).body;
  id = (await zoe.client.post(`${base}/topics/${topic.id}/commons`, { postIds: [topic.question.id] })).body
    .commonsTopicId;
});

const on = (person: TestPerson, node = 0) => person.client.on(world.nodes[node]!.url);
const write = async (body: string, as = noe!, more: object = {}) => {
  world.clock.advance(60_000);
  return (await as.client.post(`/api/commons/topics/${id}/posts`, { body, ...more })).body;
};
const bodies = async (as = lea!) =>
  ((await as.client.get(`/api/commons/topics/${id}/posts`)).body.items as { body: string | null }[]).map(
    ({ body }) => body,
  );
const told = async (person: TestPerson, kind: string) =>
  ((await person.client.get('/api/me/inbox?limit=200')).body.items as any[]).filter((notice) => notice.kind === kind);
const flag = (postId: string, as: TestPerson, node = 0) =>
  on(as, node).post(`/api/commons/posts/${postId}/flag`, { kind: 'unkind' });

describe('writing in the commons', () => {
  it('is kept once however often it is sent, tells each who wrote there once, and is found by words and tag', async () => {
    world.clock.advance(60_000);
    const sent = { body: 'From next door.', clientId: 'once-and-again' };
    const answers = await Promise.all(
      [0, 1, 0].map((node) => on(noe!, node).post(`/api/commons/topics/${id}/posts`, sent)),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await bodies()).toEqual(['Who may sign?', 'From next door.']);
    await write('Thank you.', zoe);
    await followOutbox(world);
    expect(await told(zoe!, 'commons.replied')).toHaveLength(1);
    expect(await told(noe!, 'commons.replied')).toMatchObject([
      { cohortId: null, title: 'Zoé Asker wrote in “Who signs?”', link: `/commons/${id}` },
    ]);
    expect(await told(lea!, 'commons.replied')).toEqual([]);
    for (const query of ['q=sign', 'q=LAW who', 'tag=law', ''])
      expect((await lea!.client.get(`/api/commons/topics?limit=1&${query}`)).body.items).toMatchObject([
        { id, posts: 3 },
      ]);
    for (const query of ['q=nowhere', 'q=...', 'tag=la'])
      expect((await lea!.client.get(`/api/commons/topics?${query}`)).body.items).toEqual([]);
  });

  it('goes on from page to page, in lists and in a topic', async () => {
    for (const body of ['Two.', 'Three.', 'Four.']) await write(body);
    const first = (await lea!.client.get(`/api/commons/topics/${id}/posts?limit=2`)).body;
    const second = (await lea!.client.get(`/api/commons/topics/${id}/posts?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].map(({ body }) => body)).toEqual([
      'Who may sign?',
      'Two.',
      'Three.',
      'Four.',
    ]);
    expect(second.nextCursor).toBeNull();
    const page = (await lea!.client.get('/api/commons/topics?limit=1')).body;
    const next = (await lea!.client.get(`/api/commons/topics?limit=1&cursor=${page.nextCursor}`)).body;
    expect(next.items[0]?.id).not.toBe(id);
    expect((await lea!.client.get('/api/commons/topics?cursor=nonsense')).body).toMatchObject({
      ...{ status: 422, errors: [{ field: '/cursor', code: 'wrong_format' }] },
    });
  });

  it('is edited by its author alone, not over what was said meanwhile, and deleted by them', async () => {
    const post = await write('First.');
    const edit = (body: string, seen: string, as = noe!) =>
      as.client.patch(`/api/commons/posts/${post.id}`, { body, seen });
    expect((await edit('Mine', 'First.', lea)).status).toBe(403);
    expect((await edit('Mine', 'First.', staff)).status).toBe(403);
    expect((await edit('Second.', 'First.')).body).toMatchObject({ body: 'Second.', editedAt: expect.any(String) });
    expect((await edit('Third.', 'First.')).body).toMatchObject({ status: 409, code: 'edited_meanwhile' });
    expect((await edit('', 'Second.')).status).toBe(422);
    expect((await lea!.client.delete(`/api/commons/posts/${post.id}`)).status).toBe(403);
    expect((await noe!.client.delete(`/api/commons/posts/${post.id}`)).status).toBe(204);
    expect((await noe!.client.delete(`/api/commons/posts/${post.id}`)).status).toBe(404);
    expect(await bodies()).toEqual(['Who may sign?']);
  });

  it('names only who has words there', async () => {
    const post = await write(`<@${lea!.id}> and <@${zoe!.id}>`);
    expect(post).toMatchObject({ body: `@… and <@${zoe!.id}>`, mentions: [{ id: zoe!.id, name: 'Zoé Asker' }] });
    await write('Here I am.', lea);
    const [, now] = (await noe!.client.get(`/api/commons/topics/${id}/posts`)).body.items;
    expect(now.body).toBe(`<@${lea!.id}> and <@${zoe!.id}>`);
  });
});

describe('order in the commons', () => {
  it('given three flag a post, then it is hidden until staff of the cohort that it comes from have looked', async () => {
    const post = await write('Something unkind.');
    expect((await flag(post.id, noe!)).body.code).toBe('own_words');
    await Promise.all([flag(post.id, lea!, 0), flag(post.id, lea!, 1)]);
    expect(await bodies(tom)).toContain('Something unkind.');
    const at = await Promise.all([flag(post.id, tom!, 0), flag(post.id, zoe!, 1)]);
    expect(at.map(({ status }) => status)).toEqual([204, 204]);
    expect(await bodies(lea)).toEqual(['Who may sign?', null]);
    for (const person of [noe!, staff!, admin!]) expect(await bodies(person)).toContain('Something unkind.');
    await followOutbox(world);
    expect((await told(staff!, 'commons.flagged')).length).toBeGreaterThanOrEqual(1);
    expect(await told(otherStaff!, 'commons.flagged')).toEqual([]);
    // What is told of a hidden post is told no more.
    expect(await told(zoe!, 'commons.replied')).toEqual([]);
    const flags = (await staff!.client.get('/api/commons/flags')).body.items;
    expect(flags).toMatchObject([
      { topicId: id, title: 'Who signs?', post: { id: post.id, body: 'Something unkind.', hidden: true } },
    ]);
    expect(flags[0].flags).toHaveLength(3);
    expect((await admin!.client.get('/api/commons/flags')).body.items).toContainEqual(flags[0]);
    expect((await otherStaff!.client.get('/api/commons/flags')).body.items).toEqual([]);
    for (const person of [noe!, lea!, zoe!]) expect((await person.client.get('/api/commons/flags')).status).toBe(403);
    for (const person of [noe!, lea!, otherStaff!])
      expect((await person.client.post(`/api/commons/posts/${post.id}/keep`)).status).toBe(403);
    expect((await staff!.client.post(`/api/commons/posts/${post.id}/keep`)).status).toBe(204);
    expect(await bodies(lea)).toContain('Something unkind.');
    expect((await staff!.client.get('/api/commons/flags')).body.items).toEqual([]);
    for (const person of [lea!, tom!, zoe!]) await flag(post.id, person);
    expect(await bodies(lea)).toContain('Something unkind.');
  });

  it('given more are flagged than are shown at once, then the next come as these are decided', async () => {
    const posts: { id: string }[] = [];
    for (let index = 0; index < MAX_FLAGGED_SHOWN + 2; index += 1) {
      posts.push(await write(`Unkind ${index}.`));
      expect((await flag(posts[index]!.id, lea!)).status).toBe(204);
    }
    const ids = posts.map((post) => post.id);
    const shown = async () =>
      ((await staff!.client.get('/api/commons/flags')).body.items as any[]).map(({ post }) => post.id as string);
    expect(await shown()).toEqual(ids.slice(0, MAX_FLAGGED_SHOWN));
    for (const postId of ids.slice(0, 2))
      expect((await staff!.client.post(`/api/commons/posts/${postId}/keep`)).status).toBe(204);
    expect(await shown()).toEqual(ids.slice(2));
  });

  it('given a flagged post is of who keeps order, then they learn of no flag and keep nothing; others do', async () => {
    const colleague = await aMember(world, staff!.cohortId!, 'staff');
    const admins = await aPerson(world, { isAdmin: true });
    for (const author of [staff!, admins]) {
      const post = await write('Of one of the team.', author);
      await Promise.all([lea!, tom!, noe!].map((person) => flag(post.id, person)));
      const waits = async (who: TestPerson) =>
        ((await who.client.get('/api/commons/flags')).body.items as any[]).some((one) => one.post.id === post.id);
      expect([await waits(author), await waits(colleague)]).toEqual([false, true]);
      expect((await author.client.post(`/api/commons/posts/${post.id}/keep`)).status).toBe(403);
      expect(await bodies(lea)).not.toContain('Of one of the team.');
      expect((await colleague.client.post(`/api/commons/posts/${post.id}/keep`)).status).toBe(204);
      expect(await bodies(lea)).toContain('Of one of the team.');
      await author.client.delete(`/api/commons/posts/${post.id}`);
    }
  });

  it('given its first post is hidden, then nothing of it is said elsewhere', async () => {
    for (const person of [lea!, tom!, noe!])
      await flag((await lea!.client.get(`/api/commons/topics/${id}/posts`)).body.items[0].id, person);
    expect((await lea!.client.get(`/api/commons/topics/${id}`)).body.excerpt).toBe('…');
    const found = (await lea!.client.get('/api/commons/topics?q=may')).body.items;
    expect(found.map((one: { id: string }) => one.id)).not.toContain(id);
  });

  it('given staff remove a post, then it is seen that they did, and it is not brought again', async () => {
    const reply = (await zoe!.client.post(`${base}/topics/${topic.id}/posts`, { body: 'I asked the host.' })).body;
    const carry = () => zoe!.client.post(`${base}/topics/${topic.id}/commons`, { postIds: [reply.id] });
    await carry();
    const [, post] = (await lea!.client.get(`/api/commons/topics/${id}/posts`)).body.items;
    for (const person of [lea!, otherStaff!])
      expect((await person.client.delete(`/api/commons/posts/${post.id}`)).status).toBe(403);
    expect((await staff!.client.delete(`/api/commons/posts/${post.id}`)).status).toBe(204);
    for (const person of [lea!, zoe!, staff!, admin!]) expect(await bodies(person)).toEqual(['Who may sign?', null]);
    expect((await lea!.client.get(`/api/commons/topics/${id}`)).body.posts).toBe(1);
    expect((await carry()).body.code).toBe('removed_by_staff');
  });

  it('given an admin takes the topic out, then nothing of it is left', async () => {
    await write('Me.');
    expect((await admin!.client.delete(`/api/commons/topics/${id}`)).status).toBe(204);
    expect((await lea!.client.get(`/api/commons/topics/${id}/posts`)).status).toBe(404);
    expect(
      (await lea!.client.get('/api/commons/topics')).body.items.map((one: { id: string }) => one.id),
    ).not.toContain(id);
    expect((await noe!.client.post(`/api/commons/topics/${id}/posts`, { body: 'More.' })).status).toBe(404);
  });
});
