import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';

/** Which reply answers a question of the commons: who says so, what becomes of it, and how it is found. */
let world: TestWorld;
let id: string;
let base: string;
let topic: { id: string; question: { id: string } };
let [zoe, leo, staff, noe, lea, admin, otherStaff]: TestPerson[] = [];

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
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Writer' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Staff' });
  noe = await aMember(world, there, 'alumni', { name: 'Noé Neighbour' });
  lea = await aMember(world, there, 'fellow');
  otherStaff = await aMember(world, there, 'staff');
  topic = (await zoe.client.post(`${base}/topics`, { title: 'Who signs?', body: 'Who may sign?', tags: ['law'] })).body;
  id = await open(zoe, [topic.question.id]);
});

const open = async (as: TestPerson, postIds: string[], topicId = topic.id) =>
  (await as.client.post(`${base}/topics/${topicId}/commons`, { postIds })).body.commonsTopicId as string;
const write = async (body: string, as = noe!) => {
  world.clock.advance(60_000);
  return (await as.client.post(`/api/commons/topics/${id}/posts`, { body })).body as { id: string };
};
const get = async (as = lea!) => (await as.client.get(`/api/commons/topics/${id}`)).body;
const choose = (postId: string, as = zoe!) => as.client.put(`/api/commons/topics/${id}/answer`, { postId });
const withdraw = (as = zoe!) => as.client.delete(`/api/commons/topics/${id}/answer`);
const listed = async (query: string) =>
  ((await lea!.client.get(`/api/commons/topics?limit=200&${query}`)).body.items as { id: string }[]).filter(
    (one) => one.id === id,
  ).length;
const flagAll = async (postId: string) => {
  for (const person of [lea!, otherStaff!, leo!])
    await person.client.post(`/api/commons/posts/${postId}/flag`, { kind: 'unkind' });
};

describe('the answer of a question in the commons', () => {
  it('is said by who asked, shown to all with who chose it, and may be another later, or none', async () => {
    expect(await get()).toMatchObject({ kind: 'question', state: 'unanswered', answer: null, chosen: null });
    const [first, second] = [await write('The prefect.'), await write('The secretary general.', lea)];
    expect(await get()).toMatchObject({ state: 'open', abilities: { accept: false } });
    expect(await get(zoe)).toMatchObject({ abilities: { accept: true } });
    const chosen = await choose(first.id);
    expect(chosen.status).toBe(200);
    expect(chosen.body).toMatchObject({
      ...{ state: 'solved', answer: { id: first.id, body: 'The prefect.', isAnswer: true } },
      chosen: { by: { name: 'Zoé Asker' } },
    });
    expect((await choose(second.id, staff)).body.chosen.by.name).toBe('Aurore Staff');
    expect(await get()).toMatchObject({ answer: { id: second.id }, chosen: { by: { name: 'Aurore Staff' } } });
    // The same again changes nothing of who chose it.
    expect((await choose(second.id)).body.chosen.by.name).toBe('Aurore Staff');
    const posts = (await zoe!.client.get(`/api/commons/topics/${id}/posts`)).body.items;
    expect(posts.map((post: any) => [post.isAnswer, post.abilities.accept])).toEqual([
      [false, false],
      [false, true],
      [true, false],
    ]);
    expect((await withdraw()).body).toMatchObject({ state: 'open', answer: null, chosen: null });
    expect((await choose(first.id, admin)).status).toBe(200);
  });

  it('is chosen by nobody else, and nothing but a reply that all read is one', async () => {
    const reply = await write('The prefect.');
    for (const person of [noe!, lea!, leo!, otherStaff!]) {
      expect((await choose(reply.id, person)).status).toBe(403);
      expect((await withdraw(person)).status).toBe(403);
    }
    const outsider = await aPerson(world);
    expect((await choose(reply.id, outsider)).body.code).toBe('no_cohort');
    const path = `/api/commons/topics/${id}/answer`;
    expect((await world.app.inject({ method: 'PUT', url: path, payload: { postId: reply.id } })).statusCode).toBe(401);
    const [question] = (await zoe!.client.get(`/api/commons/topics/${id}/posts`)).body.items;
    expect((await choose(question.id)).body).toMatchObject({ status: 409, code: 'not_an_answer' });
    for (const unknown of ['f'.repeat(24), 'nonsense', topic.question.id])
      expect([404, 422]).toContain((await choose(unknown)).status);
    await flagAll(reply.id);
    expect((await choose(reply.id)).body.code).toBe('not_an_answer');
    await noe!.client.delete(`/api/commons/posts/${reply.id}`);
    expect((await choose(reply.id)).status).toBe(404);
    expect(await get()).toMatchObject({ state: 'unanswered', answer: null });
  });

  it('given a discussion, then nothing answers it, and it waits for nobody', async () => {
    const talk = { kind: 'discussion', title: 'Remote or not?', body: 'What do you do?' };
    topic = (await zoe!.client.post(`${base}/topics`, talk)).body;
    id = await open(zoe!, [topic.question.id]);
    expect(await get(zoe)).toMatchObject({ kind: 'discussion', state: 'open', abilities: { accept: false } });
    const reply = await write('Both.');
    expect((await choose(reply.id)).body).toMatchObject({ status: 409, code: 'not_a_question' });
    expect(await listed('state=unanswered')).toBe(0);
  });

  it('given it is hidden, then the question has none until staff keep it; given it goes, then for good', async () => {
    const reply = await write('The prefect.');
    await choose(reply.id);
    await flagAll(reply.id);
    expect(await get()).toMatchObject({ state: 'unanswered', answer: null, chosen: null });
    expect((await staff!.client.post(`/api/commons/posts/${reply.id}/keep`)).status).toBe(204);
    expect(await get()).toMatchObject({ state: 'solved', answer: { id: reply.id } });
    await staff!.client.delete(`/api/commons/posts/${reply.id}`);
    expect(await get()).toMatchObject({ state: 'unanswered', answer: null, chosen: null });
  });

  it('given its author takes it away at that moment, or who chooses leaves their last cohort, then it is not the answer', async () => {
    const reply = await write('The prefect.');
    const isGone = beforeItIsWritten(world, () => noe!.client.delete(`/api/commons/posts/${reply.id}`));
    expect((await choose(reply.id)).status).toBe(409);
    expect(isGone()).toBe(true);
    const other = await write('The secretary general.');
    const leaves = beforeItIsWritten(world, () => staff!.client.delete(`${base}/members/${zoe!.id}`));
    expect((await choose(other.id)).body).toMatchObject({ status: 403, code: 'no_cohort' });
    expect(leaves()).toBe(true);
    expect(await get()).toMatchObject({ state: 'open', answer: null });
  });

  it('given its author chose it in the cohort, then it is the answer here once who wrote it agrees; staff name nobody by that', async () => {
    for (const [chooser, state] of [
      [zoe!, 'solved'],
      [staff!, 'open'],
    ] as const) {
      topic = (await zoe!.client.post(`${base}/topics`, { title: 'Who pays?', body: 'Who?' })).body;
      const reply = (await leo!.client.post(`${base}/topics/${topic.id}/posts`, { body: 'The state.' })).body;
      await chooser.client.put(`${base}/topics/${topic.id}/answer`, { postId: reply.id });
      id = await open(zoe!, [topic.question.id]);
      expect(await get()).toMatchObject({ state: 'unanswered', answer: null });
      await open(leo!, [reply.id]);
      expect(await get()).toMatchObject({ state });
      if (state === 'solved') expect((await get()).chosen.by.id).toBe(zoe!.id);
    }
  });

  it('narrows the list: those that wait longest first, and those that are solved', async () => {
    expect([await listed('state=unanswered'), await listed('state=solved'), await listed('q=prefect')]).toEqual([
      1, 0, 0,
    ]);
    const early = (await lea!.client.get('/api/commons/topics?state=unanswered&limit=1')).body;
    const next = (await lea!.client.get(`/api/commons/topics?state=unanswered&limit=1&cursor=${early.nextCursor}`))
      .body;
    expect(Date.parse(next.items[0].openedAt)).toBeGreaterThanOrEqual(Date.parse(early.items[0].openedAt));
    expect(next.items[0].id).not.toBe(early.items[0].id);
    const own = await write('I found out.', zoe);
    expect(await listed('state=unanswered')).toBe(1);
    const reply = await write('The prefect does.');
    expect([await listed('state=unanswered'), await listed('state=solved'), await listed('q=prefect')]).toEqual([
      0, 0, 0,
    ]);
    await choose(reply.id);
    expect([await listed('state=solved&tag=law'), await listed('state=solved&q=prefect')]).toEqual([1, 1]);
    await choose(own.id);
    expect([await listed('state=solved'), await listed('q=prefect'), await listed('q=found')]).toEqual([1, 0, 1]);
    expect((await lea!.client.get('/api/commons/topics?state=open')).status).toBe(422);
  });
});

describe('answers of the commons in the one search', () => {
  const find = async (q: string, as = lea!, kinds = 'commons') =>
    (
      await as.client.get(`/api/search?${new URLSearchParams({ q, in: kinds, limit: '200' }).toString()}`)
    ).body.items.filter((hit: any) => hit.id === id);

  it('are found by their words, which lead to them; words of the question lead to it', async () => {
    const reply = await write('The **subprefect** of <@' + zoe!.id + '> does, with a stamp from Vannes.');
    expect(await find('subprefect')).toEqual([]);
    await choose(reply.id);
    const led = { link: `/commons/${id}#post-${reply.id}`, isReply: true, by: { name: 'Noé Neighbour' } };
    for (const q of ['subprefects', '"stamp from Vannes"', 'signs vannes', 'is:solved stamp'])
      expect([q, await find(q)]).toMatchObject([q, [led]]);
    expect((await find('stamp'))[0].snippet.find((piece: any) => piece.hit).text).toBe('stamp');
    expect(JSON.stringify(await find('stamp'))).not.toContain(zoe!.id);
    expect(await find('sign')).toMatchObject([{ link: `/commons/${id}`, isReply: false, by: { name: 'Zoé Asker' } }]);
    expect(await find(`stamp -sign`)).toEqual([]);
    expect(await find('stamp', await aPerson(world))).toEqual([]);
    await noe!.client.delete(`/api/commons/posts/${reply.id}`);
    expect(await find('stamp')).toEqual([]);
  });

  it('is:solved and is:unanswered find topics of the commons and of forums alone', async () => {
    const reply = await write('The prefect.');
    const question = { title: 'Signs in the hall?', body: 'Where do they hang?' };
    const asked = (await zoe!.client.post(`${base}/topics`, question)).body.id as string;
    const found = async (q: string) =>
      (
        (await zoe!.client.get(`/api/search?${new URLSearchParams({ q, limit: '200' }).toString()}`)).body
          .items as any[]
      )
        .map((hit) => [hit.kind, hit.id])
        .filter(([, one]) => [id, asked, topic.id].includes(one));
    expect(await found('sign is:solved')).toEqual([]);
    expect(await found('sign est:sans-réponse')).toEqual([
      ['topics', asked],
      ['topics', topic.id],
    ]);
    await choose(reply.id);
    expect(await found('sign is:solved')).toEqual([['commons', id]]);
    expect(await found('is:solved')).toEqual([['commons', id]]);
    expect(await found('sign is:solved is:unanswered')).toEqual([]);
    expect(await found('sign is:solved has:link')).toEqual([]);
    expect((await found('sign -is:solved')).map(([, one]) => one).toSorted()).toEqual([asked, topic.id].toSorted());
    const unknown = (await zoe!.client.get('/api/search?q=sign+is:nothing')).body.unknown;
    expect(unknown).toEqual([{ kind: 'is', value: 'nothing' }]);
  });
});
