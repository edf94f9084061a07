import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let [asker, helper, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  outsider = await aMember(world, await aCohort(world), 'fellow');
});
afterAll(() => world.stop());

const ask = async () =>
  (await asker!.client.post(`${C}/topics`, { title: 'What do you feel?', body: 'In one picture.' })).body;
const pathOf = (postId: string, emoji: string) => `${C}/posts/${postId}/reactions/${encodeURIComponent(emoji)}`;

it('given emoji of several people, then all see each of them once, with faces, and they can be taken back', async () => {
  const { id, question } = await ask();
  await asker!.client.put(pathOf(question.id, '🎉'));
  await helper!.client.put(pathOf(question.id, '❤'));
  await helper!.client.put(pathOf(question.id, '❤️'));
  const both = await helper!.client.put(pathOf(question.id, '🎉'));
  expect(both.body).toMatchObject({
    reactions: [
      { emoji: '🎉', userIds: [asker!.id, helper!.id] },
      { emoji: '❤️', userIds: [helper!.id] },
    ],
    reactors: [
      { id: asker!.id, name: 'Zoé Asker' },
      { id: helper!.id, name: 'Ali Helper' },
    ],
  });
  const seen = (await asker!.client.get(`${C}/topics/${id}`)).body.question;
  expect(seen.reactions).toEqual(both.body.reactions);
  const less = await helper!.client.delete(pathOf(question.id, '❤️'));
  expect(less.body.reactions).toEqual([{ emoji: '🎉', userIds: [asker!.id, helper!.id] }]);
  expect((await helper!.client.delete(pathOf(question.id, '❤️'))).status).toBe(200);
});

it('given eight people twice at once on two nodes, then each counts once', async () => {
  const { question } = await ask();
  const people = await Promise.all(Array.from({ length: 8 }, () => aMember(world, cohortId, 'fellow')));
  const answers = await Promise.all(
    people.flatMap((one) => [0, 1].map((node) => one.client.on(world.nodes[node]!.url).put(pathOf(question.id, '👍')))),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const [reaction] = (await asker!.client.get(`${C}/topics/${question.topicId}`)).body.question.reactions;
  expect(reaction.userIds.toSorted()).toEqual(people.map(({ id }) => id).toSorted());
});

it('given what is no emoji, or the twenty-first kind, then it is refused', async () => {
  const { question } = await ask();
  for (const no of ['x', '🎉🎉', '<b>', 'a'.repeat(300)])
    expect(await asker!.client.put(pathOf(question.id, no))).toMatchObject({
      status: 422,
      body: { errors: [{ field: '/emoji', code: 'not_an_emoji' }] },
    });
  for (let kind = 0; kind < 20; kind += 1)
    expect((await asker!.client.put(pathOf(question.id, String.fromCodePoint(0x1f600 + kind)))).status).toBe(200);
  expect(await asker!.client.put(pathOf(question.id, '🎉'))).toMatchObject({
    status: 409,
    body: { code: 'too_many_reactions' },
  });
});

it('given a deleted post, then it has none, and has them again when it is restored', async () => {
  const { id, question } = await ask();
  await helper!.client.put(pathOf(question.id, '🎉'));
  await helper!.client.post(`${C}/topics/${id}/posts`, { body: 'A reply.' });
  await asker!.client.delete(`${C}/posts/${question.id}`);
  const gone = (await asker!.client.get(`${C}/topics/${id}`)).body.question;
  expect(gone).toMatchObject({ reactions: [], reactors: [] });
  expect((await helper!.client.put(pathOf(question.id, '👍'))).status).toBe(404);
  const back = await asker!.client.post(`${C}/posts/${question.id}/restore`);
  expect(back.body.reactions).toEqual([{ emoji: '🎉', userIds: [helper!.id] }]);
});

it('given a member on the other node, then they hear of it; given others, then they may not', async () => {
  const { id, question } = await ask();
  const live = await connect(world.nodes[1]!.url, helper!.token);
  await asker!.client.put(pathOf(question.id, '🎉'));
  await eventually(() =>
    expect(live.events).toContainEqual({
      event: 'topic.changed',
      payload: { cohortId, topicId: id, state: 'unanswered', posts: 1 },
    }),
  );
  live.close();
  const former = await aMember(world, cohortId, 'fellow');
  const staff = await aMember(world, cohortId, 'staff');
  await staff.client.delete(`${C}/members/${former.id}`);
  for (const act of ['put', 'delete'] as const) {
    expect((await clientOf(world.url)[act](pathOf(question.id, '🎉'))).status).toBe(401);
    expect((await outsider!.client[act](pathOf(question.id, '🎉'))).status).toBe(404);
    expect((await former.client[act](pathOf(question.id, '🎉'))).status).toBe(404);
    expect((await helper!.client[act](pathOf('65f0000000000000000000aa', '🎉'))).status).toBe(404);
  }
});
