import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';
import { recounted } from '../../../support/rooms/forum.js';

/** Questions that were asked before. */
let world: TestWorld;
let cohortId: string;
let C: string;
let [asker, other, helper, staff]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  other = await aMember(world, cohortId, 'fellow', { name: 'Inès Other' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});

const ask = async (title: string, as = asker!, over: object = {}) =>
  (await as.client.post(`${C}/topics`, { title, body: 'In plain words', ...over })).body;
const mark = async (topicId: string, ofTopicId: string, as = staff!) =>
  await as.client.post(`${C}/topics/${topicId}/duplicate`, { ofTopicId });
const reopen = async (topicId: string, as = staff!) => await as.client.post(`${C}/topics/${topicId}/reopen`, {});
const topicOf = async (topicId: string, as = helper!) => (await as.client.get(`${C}/topics/${topicId}`)).body;
const vote = async ({ question }: { question: { id: string } }, as: TestPerson) =>
  expect((await as.client.put(`${C}/posts/${question.id}/vote`)).status).toBe(204);
const isTrue = async () => {
  const { kept, counted } = await recounted(world, cohortId);
  expect(kept).toEqual(counted);
};

it('given a question was asked before, then it closes and leads there, and votes and followers go along, each once', async () => {
  const [first, again] = [await ask('Where is the seal', other), await ask('Who has the seal')];
  // The first one's author votes for the second: nobody votes for their own.
  for (const person of [other!, helper!, staff!]) await vote(again, person);
  await vote(first, helper!);
  await helper!.client.put(`${C}/topics/${again.id}/subscription`, { level: 'watching' });
  const marked = await mark(again.id, first.id, asker);
  expect(marked).toMatchObject({
    status: 200,
    body: {
      closed: { how: 'duplicate', by: { id: asker!.id } },
      duplicateOf: { id: first.id, title: 'Where is the seal' },
    },
  });
  expect(await topicOf(first.id)).toMatchObject({
    votes: 2,
    question: { votes: 2, voted: true },
    subscription: 'watching',
  });
  expect((await topicOf(first.id, asker)).subscription).toBe('watching');
  expect(await topicOf(again.id)).toMatchObject({ votes: 3, state: 'open', abilities: { reply: false } });
  expect((await helper!.client.post(`${C}/topics/${again.id}/posts`, { body: 'Here' })).body.code).toBe('topic_closed');
  expect((await helper!.client.get(`${C}/topics/${again.id}/acts`)).body.items).toMatchObject([
    { what: 'duplicate', topic: { id: first.id } },
  ]);
  await isTrue();
  // Once more: it is one no more, and its votes come back.
  expect((await reopen(again.id, asker)).body).toMatchObject({ closed: null, duplicateOf: null, state: 'unanswered' });
  expect(await topicOf(first.id)).toMatchObject({ votes: 1 });
  await isTrue();
});

it('given it is reopened, then who followed it follows the other one as before, but for what they chose since', async () => {
  const [first, again] = [await ask('Where is the key', other), await ask('Who has the key')];
  const level = async (who: TestPerson, topicId: string, wanted: string) =>
    expect((await who.client.put(`${C}/topics/${topicId}/subscription`, { level: wanted })).status).toBe(204);
  const levels = async () => [
    (await topicOf(first.id, helper)).subscription,
    (await topicOf(first.id, staff)).subscription,
    (await topicOf(first.id, asker)).subscription,
  ];
  for (const who of [helper!, staff!]) await level(who, again.id, 'watching');
  const before = await levels();
  for (let round = 0; round < 2; round += 1) {
    await mark(again.id, first.id, asker);
    expect(await levels()).toEqual(['watching', 'watching', 'watching']);
    await reopen(again.id, asker);
    expect(await levels()).toEqual(before);
  }
  await mark(again.id, first.id, asker);
  await level(staff!, first.id, 'watching');
  await reopen(again.id, asker);
  expect(await levels()).toEqual([before[0], 'watching', before[2]]);
});

it('given the first one is locked, then no vote goes there, which nobody could take back', async () => {
  const [first, again] = [await ask('Where is the key', other), await ask('Who has the key')];
  await vote(again, helper!);
  expect((await staff!.client.post(`${C}/topics/${first.id}/lock`, {})).status).toBeLessThan(300);
  await mark(again.id, first.id, asker);
  expect(await topicOf(first.id)).toMatchObject({ votes: 0, question: { voted: false } });
  await isTrue();
});

it('given one leads to another that becomes one itself, then both lead to the first, and none to itself', async () => {
  const [one, two, three] = [await ask('The first seal'), await ask('The second seal'), await ask('The third seal')];
  await mark(three.id, two.id);
  expect(await mark(one.id, three.id)).toMatchObject({ status: 409, body: { code: 'is_duplicate', topicId: two.id } });
  await mark(two.id, one.id);
  expect([(await topicOf(three.id)).duplicateOf.id, (await topicOf(two.id)).duplicateOf.id]).toEqual([one.id, one.id]);
  expect(await mark(one.id, two.id)).toMatchObject({ status: 409, body: { code: 'is_duplicate', topicId: one.id } });
});

it('given two are marked as duplicates of each other at once, then one of them is', async () => {
  const [one, two] = [await ask('The first seal'), await ask('The second seal')];
  const done = await Promise.all([mark(one.id, two.id), mark(two.id, one.id)]);
  expect(done.map(({ status }) => status).sort()).toEqual([200, 409]);
  const leads = [(await topicOf(one.id)).duplicateOf, (await topicOf(two.id)).duplicateOf];
  expect(leads.filter((lead) => lead !== null)).toHaveLength(1);
});

it('given the first is merged into another, then its duplicates lead there', async () => {
  const [one, two, three] = [await ask('The first seal'), await ask('The second seal'), await ask('The third seal')];
  await mark(two.id, one.id);
  await staff!.client.post(`${C}/topics/${one.id}/merge`, { intoTopicId: three.id });
  expect((await topicOf(two.id)).duplicateOf.id).toBe(three.id);
  // What it leads to is merged into it: it is open again.
  await staff!.client.post(`${C}/topics/${three.id}/merge`, { intoTopicId: two.id });
  expect(await topicOf(two.id)).toMatchObject({ duplicateOf: null, closed: null, posts: 3 });
  await isTrue();
});

it('given a discussion, itself, nothing, another cohort or another person, then it is not marked', async () => {
  const [one, talk] = [await ask('The first seal'), await ask('What of seals', asker, { kind: 'discussion' })];
  const outsider = await aMember(world, await aCohort(world), 'staff');
  const theirs = `/api/cohorts/${outsider.cohortId}`;
  const foreign = (await outsider.client.post(`${theirs}/topics`, { title: 'Our own question', body: 'Ours' })).body;
  expect(await mark(one.id, talk.id)).toMatchObject({ status: 409, body: { code: 'not_a_question' } });
  expect(await mark(talk.id, one.id)).toMatchObject({ status: 409, body: { code: 'not_a_question' } });
  for (const [of, code] of [
    [one.id, 'same_topic'],
    [String(new Types.ObjectId()), 'unknown'],
    [foreign.id, 'unknown'],
  ])
    expect(await mark(one.id, of)).toMatchObject({ status: 422, body: { errors: [{ field: '/ofTopicId', code }] } });
  expect((await mark(one.id, talk.id, helper)).status).toBe(403);
  expect((await mark(one.id, talk.id, outsider)).status).toBe(404);
  expect(await topicOf(one.id)).toMatchObject({ closed: null, duplicateOf: null });
});
