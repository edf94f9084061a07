import { startWorld, type TestWorld } from '../../../support/app.js';
import { clientOf } from '../../../support/client.js';
import { eventually } from '../../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';
import { followOutbox, killedAfter } from '../../../support/outbox.js';

/** Who may know the answer of a question, and asking them, on two processes. */
let world: TestWorld;
let C: string;
let cohortId: string;
let [asker, ali, bea, staff]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  [asker, ali, bea] = await Promise.all(
    ['Asker', 'Ali', 'Béa'].map((name) => aMember(world, cohortId, 'fellow', { name })),
  );
  staff = await aMember(world, cohortId, 'staff');
});

const ask = async (title: string, by = asker!, tags = ['accessibility']) =>
  (await by.client.post(`${C}/topics`, { title, body: 'Who knows?', tags })).body as { id: string };
const gives = async (person: TestPerson, ...words: string[]) =>
  expect((await person.client.patch('/api/me', { gives: words })).status).toBe(200);
const helpersOf = async (topicId: string, as = asker!) =>
  (await as.client.get(`${C}/topics/${topicId}/helpers`)).body.items;
const askThem = (topicId: string, people: TestPerson[], as = asker!, node = 0) =>
  as.client.on(world.nodes[node]!.url).post(`${C}/topics/${topicId}/helpers`, {
    userIds: people.map(({ id }) => id),
  });
const asked = async (person: TestPerson) =>
  ((await person.client.get('/api/me/inbox?limit=200')).body.items as any[]).filter(
    ({ kind }) => kind === 'topic.asked',
  );

it('given who gives it and who answered the like, then they are named with the reason, never the asker', async () => {
  await gives(ali!, 'Accessibility audits');
  await gives(asker!, 'Accessibility');
  const before = await ask('An older question', ali);
  const reply = (await bea!.client.post(`${C}/topics/${before.id}/posts`, { body: 'Like this.' })).body;
  await ali!.client.put(`${C}/topics/${before.id}/answer`, { postId: reply.id });
  const { id } = await ask('How is a form read aloud?');
  const named = [
    { person: { id: ali!.id }, gives: 'Accessibility audits', answers: 0, askedAt: null },
    { person: { id: bea!.id }, gives: null, answers: 1, askedAt: null },
  ];
  expect(await helpersOf(id)).toMatchObject(named);
  expect(await helpersOf(id, staff)).toMatchObject(named);
});

it('given they are asked on two processes at once and twice, then each by one notice that says why', async () => {
  await gives(ali!, 'Accessibility');
  await gives(bea!, 'Accessibility');
  const { id } = await ask('How is a form read aloud?');
  const answers = await Promise.all([0, 1, 0, 1].map((node) => askThem(id, [ali!, bea!], asker, node)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await followOutbox(world);
  for (const person of [ali!, bea!]) await eventually(async () => expect(await asked(person)).toHaveLength(1));
  expect((await asked(ali!))[0]).toMatchObject({
    title: 'You may know: “How is a form read aloud?”',
    link: `/c/${cohortId}/forum/${id}`,
    why: 'helper',
    group: 'forum',
  });
  expect((await helpersOf(id)).map(({ askedAt }: any) => typeof askedAt)).toEqual(['string', 'string']);
});

it('given the process is killed right after, then they hear all the same; of what was answered meanwhile, nothing', async () => {
  await gives(ali!, 'Accessibility');
  const [first, second] = [await ask('The first question'), await ask('The second question')];
  await killedAfter(world, async () => {
    expect((await askThem(first.id, [ali!])).status).toBe(200);
    expect((await askThem(second.id, [ali!])).status).toBe(200);
    const reply = (await bea!.client.post(`${C}/topics/${second.id}/posts`, { body: 'So.' })).body;
    await asker!.client.put(`${C}/topics/${second.id}/answer`, { postId: reply.id });
  });
  await followOutbox(world);
  await eventually(async () => expect(await asked(ali!)).toMatchObject([{ link: `/c/${cohortId}/forum/${first.id}` }]));
});

it('given who was asked three times within seven days, then they are spared, and a week later named again', async () => {
  await gives(ali!, 'Accessibility');
  for (const title of ['One question', 'Two questions', 'Three questions']) {
    const { id } = await ask(title);
    expect((await askThem(id, [ali!])).status).toBe(200);
  }
  const { id } = await ask('Four questions');
  expect(await helpersOf(id)).toEqual([]);
  expect((await askThem(id, [ali!])).body).toMatchObject({ items: [], spared: [{ id: ali!.id, name: 'Ali' }] });
  const { spared } = (await asker!.client.get(`${C}/topics/${id}/helpers`)).body;
  expect(spared.map((one: { id: string }) => one.id)).toEqual([ali!.id]);
  world.clock.advance(8 * 86_400_000);
  expect(await helpersOf(id)).toMatchObject([{ person: { id: ali!.id } }]);
});

it('given who was asked for a question and a week later for three others, then that one still names them as asked, and spares nobody', async () => {
  await gives(ali!, 'Accessibility');
  const first = await ask('The first question');
  await askThem(first.id, [ali!]);
  world.clock.advance(8 * 86_400_000);
  for (const title of ['One question', 'Two questions', 'Three questions'])
    expect((await askThem((await ask(title)).id, [ali!])).status).toBe(200);
  const now = (await asker!.client.get(`${C}/topics/${first.id}/helpers`)).body;
  expect(now).toMatchObject({ items: [{ person: { id: ali!.id }, askedAt: expect.any(String) }], spared: [] });
});

it('given somebody who is not named, or not there, then they are not asked', async () => {
  const { id } = await ask('How is a form read aloud?');
  const outsider = await aMember(world, await aCohort(world), 'fellow');
  await gives(outsider, 'Accessibility');
  expect((await askThem(id, [bea!, outsider])).status).toBe(200);
  await followOutbox(world);
  expect([await asked(bea!), await asked(outsider)]).toEqual([[], []]);
});

it('given a solved question, a discussion, or who may not, then the answer says so', async () => {
  const { id } = await ask('How is a form read aloud?');
  const path = `${C}/topics/${id}/helpers`;
  const outsider = await aMember(world, await aCohort(world), 'staff');
  expect((await bea!.client.get(path)).status).toBe(403);
  expect((await askThem(id, [ali!], bea)).status).toBe(403);
  expect((await outsider.client.get(path)).status).toBe(404);
  expect((await clientOf(world.url).get(path)).status).toBe(401);
  const talk = (await asker!.client.post(`${C}/topics`, { title: 'Let us talk', body: 'x', kind: 'discussion' })).body;
  expect(await helpersOf(talk.id)).toEqual([]);
  const refused = await askThem(talk.id, [ali!]);
  expect([refused.status, refused.body.code]).toEqual([409, 'not_waiting']);
});
