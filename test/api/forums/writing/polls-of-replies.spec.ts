import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';

/** Polls that go with replies: what holds of those of topics holds of them. */
let world: TestWorld;
let cohortId: string;
let C: string;
let topicId: string;
let [asker, helper, reader, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  reader = await aMember(world, cohortId, 'fellow', { name: 'Inès Reader' });
  staff = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  const asked = { title: 'When do we meet?', body: 'Once a week.' };
  topicId = (await asker!.client.post(`${C}/topics`, asked)).body.id;
});

const POLL = { question: 'Which weekday suits?', options: ['Monday', 'Friday'] };
const reply = async (poll: object = {}, over: object = {}, as = helper!) =>
  await as.client.post(`${C}/topics/${topicId}/posts`, { body: 'Say so:', poll: { ...POLL, ...poll }, ...over });
const vote = async (postId: string, options: number[], as = reader!) =>
  await as.client.put(`${C}/polls/${postId}/vote`, { options });
const postOf = async (postId: string, at = topicId) =>
  (await reader!.client.get(`${C}/topics/${at}/posts`)).body.items.find(({ id }: any) => id === postId);

it('given a reply with one, then people vote in it, its author and staff close it, and nobody else', async () => {
  const { status, body } = await reply({ multiple: true });
  expect([status, body.number, body.poll]).toEqual([
    201,
    2,
    expect.objectContaining({ ...{ question: POLL.question, multiple: true, isOpen: true, voters: 0 } }),
  ]);
  expect((await vote(body.id, [0, 1])).body.poll).toMatchObject({ voters: 1, mine: [0, 1] });
  // The asker of the topic has not asked this.
  expect((await asker!.client.post(`${C}/polls/${body.id}/close`, {})).status).toBe(403);
  expect((await helper!.client.post(`${C}/polls/${body.id}/close`, {})).body.poll).toMatchObject({ isOpen: false });
  const other = (await reply()).body.id as string;
  expect((await staff!.client.post(`${C}/polls/${other}/close`, {})).status).toBe(200);
  expect((await vote(other, [0])).body.code).toBe('poll_closed');
  expect((await vote(body.id, [0], outsider)).status).toBe(404);
});

it('given an anonymous one, then nobody sees a number while it is open, nor with four voters', async () => {
  const { id } = (await reply({ anonymous: true, closesAt: '2026-10-14T18:00:00.000Z' })).body;
  const voters = [asker!, helper!, reader!, staff!];
  for (const person of voters) await vote(id, [0], person);
  expect((await postOf(id)).poll).toMatchObject({ result: 'secret', voters: 4, options: [{ votes: null }, {}] });
  expect((await staff!.client.get(`${C}/polls/${id}/voters`)).status).toBe(404);
  world.clock.set('2026-10-14T18:00:00.000Z');
  expect((await postOf(id)).poll).toMatchObject({ result: 'too_few', options: [{ votes: null }, {}] });
});

it('given the same is sent again, then there is one, with its votes', async () => {
  const sent = { clientId: 'poll-of-reply-1' };
  const first = await reply({}, sent);
  await vote(first.body.id, [1]);
  expect((await reply({}, sent)).body).toMatchObject({ id: first.body.id, poll: { voters: 1 } });
  expect((await reader!.client.get(`${C}/topics/${topicId}`)).body.posts).toBe(2);
});

it('given the same is sent again once its poll has closed, then it is answered as it stands, and its draft goes', async () => {
  const sent = { clientId: 'poll-of-reply-2' };
  const closes = { closesAt: '2026-10-14T18:00:00.000Z' };
  const first = await reply(closes, sent);
  const at = `/api/me/drafts/topic-${topicId}`;
  expect((await helper!.client.put(at, { revision: 0, body: 'Say so:' })).status).toBe(200);
  world.clock.set('2026-10-14T18:00:01.000Z');
  expect(await reply(closes, { ...sent, draft: 1 })).toMatchObject({
    status: 201,
    body: { id: first.body.id, poll: { isOpen: false } },
  });
  expect((await helper!.client.get(at)).body.draft).toBeNull();
  expect((await reader!.client.get(`${C}/topics/${topicId}`)).body.posts).toBe(2);
  expect((await reply(closes, { clientId: 'poll-of-reply-3' })).status).toBe(422);
});

it('given it is edited, moved, deleted and restored, then the poll and its votes are with it, and it is found by its words', async () => {
  const { id } = (await reply({ question: 'Which umbrella suits?' })).body;
  await vote(id, [1]);
  await helper!.client.patch(`${C}/posts/${id}`, { body: 'Say it here:' });
  const moved = await staff!.client.post(`${C}/topics/${topicId}/move`, { postIds: [id], title: 'Another question' });
  expect(moved.body.question.poll).toMatchObject({ voters: 1 });
  for (const q of ['umbrella', 'umbrella has:poll']) {
    const found = await reader!.client.get(`${C}/forum/search?q=${encodeURIComponent(q)}`);
    expect(found.body.items).toMatchObject([{ id: moved.body.id }]);
  }
  const other = (await reply()).body.id as string;
  await vote(other, [0]);
  await helper!.client.delete(`${C}/posts/${other}`);
  expect((await postOf(other)).poll).toBeNull();
  expect((await vote(other, [1])).status).toBe(404);
  await helper!.client.post(`${C}/posts/${other}/restore`);
  expect((await postOf(other)).poll).toMatchObject({ voters: 1, mine: [0] });
});

it.each([
  [{ options: ['Monday'] }, '/poll/options', 'too_small'],
  [{ options: ['Monday', 'monday '] }, '/poll/options', 'same_option'],
  [{ closesAt: NOW }, '/poll/closesAt', 'in_past'],
  [{ closesAt: '2027-10-15T00:00:00.000Z' }, '/poll/closesAt', 'too_far'],
])('given a reply whose poll has %j, then 422 %s %s, and no reply', async (poll, field, code) => {
  const { status, body } = await reply(poll);
  expect([status, body.errors]).toEqual([422, [expect.objectContaining({ field, code })]]);
  expect((await reader!.client.get(`${C}/topics/${topicId}`)).body.posts).toBe(1);
});

it('given a draft of a reply, then the poll that was begun is kept with it, and goes as it is posted', async () => {
  const at = `/api/me/drafts/topic-${topicId}`;
  const poll = { question: 'Wh', options: ['Mon', ''], multiple: false, anonymous: true, closesAt: null };
  expect((await helper!.client.put(at, { revision: 0, poll })).body).toMatchObject({ revision: 1, poll });
  expect((await reply({}, { draft: 1 })).status).toBe(201);
  expect((await helper!.client.get(at)).body.draft).toBeNull();
});
