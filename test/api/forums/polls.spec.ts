import { Types } from 'mongoose';
import { DAY, HOUR } from '../../../src/common/times/clock.js';
import { DeletedEnds } from '../../../src/forums/deleting/deleted-ends.js';
import { NOW, startWorld, type TestWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

/** Polls of topics: what is counted is what people chose, and an anonymous one tells of nobody. */
let world: TestWorld;
let cohortId: string;
let C: string;
let [asker, ali, ines, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  ali = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Reader' });
  staff = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const DAYS = { question: 'Which day suits you?', options: ['Monday', 'Tuesday', 'Friday'] };

const begin = async (poll: object = {}, over: object = {}) =>
  await asker!.client.post(`${C}/topics`, {
    ...{ title: 'When do we meet?', body: 'Once a week.', kind: 'discussion', poll: { ...DAYS, ...poll } },
    ...over,
  });
const aPoll = async (poll: object = {}) => (await begin(poll)).body;
const vote = async (topic: any, options: unknown, as = ali!, node = 0) =>
  await as.client.on(world.nodes[node]!.url).put(`${C}/polls/${topic.question.id}/vote`, { options });
const close = async (topic: any, as = asker!) => await as.client.post(`${C}/polls/${topic.question.id}/close`, {});
const pollOf = async (topic: any, as = ines!) =>
  (await as.client.get(`${C}/topics/${topic.id}/posts`)).body.items.find(({ id }: any) => id === topic.question.id)
    .poll;
const votesOf = (poll: any) => poll.options.map(({ votes }: any) => votes);
const votersOf = async (topic: any, as = ines!, query = '') =>
  await as.client.get(`${C}/polls/${topic.question.id}/voters${query}`);

describe('a poll', () => {
  it('given votes, other votes and votes taken back, then each person counts once, and all see who chose what', async () => {
    const topic = await aPoll();
    expect(topic.question.poll).toEqual({
      ...{ question: DAYS.question, multiple: false, anonymous: false, closesAt: null, closedBy: null, isOpen: true },
      ...{ voters: 0, result: 'shown', mine: [], abilities: { vote: true, close: true } },
      options: DAYS.options.map((text) => ({ text, votes: 0 })),
    });
    expect((await vote(topic, [1])).body.poll).toMatchObject({ mine: [1], voters: 1 });
    await vote(topic, [2], ines);
    await vote(topic, [2]);
    await vote(topic, [2], asker);
    expect(await pollOf(topic)).toMatchObject({ mine: [2], voters: 3, abilities: { vote: true, close: false } });
    expect((await vote(topic, [], asker)).body.poll).toMatchObject({ mine: [], voters: 2 });
    expect(votesOf(await pollOf(topic))).toEqual([0, 0, 2]);
    const voters = (await votersOf(topic)).body;
    expect(voters.items).toEqual([
      { person: expect.objectContaining({ name: 'Ali Helper' }), options: [2] },
      { person: expect.objectContaining({ name: 'Inès Reader' }), options: [2] },
    ]);
    const first = (await votersOf(topic, ines, '?limit=1')).body;
    expect((await votersOf(topic, ines, `?limit=1&cursor=${first.nextCursor}`)).body).toEqual({
      items: voters.items.slice(1),
      nextCursor: null,
    });
  });

  it('given several may be chosen, then each of them counts, and the same twice once', async () => {
    const topic = await aPoll({ multiple: true });
    expect((await vote(topic, [2, 0, 2])).body.poll).toMatchObject({ mine: [0, 2], voters: 1 });
    expect((await vote(topic, [0, 1])).body.poll).toMatchObject({ mine: [0, 1], voters: 1 });
    expect(votesOf(await pollOf(topic))).toEqual([1, 1, 0]);
  });

  it('given somebody votes, then the others hear that the topic changed', async () => {
    const topic = await aPoll();
    const live = await connect(world.nodes[1]!.url, ines!.token);
    await vote(topic, [0]);
    const news = { event: 'topic.changed', payload: expect.objectContaining({ topicId: topic.id }) };
    await eventually(() => expect(live.events).toContainEqual(expect.objectContaining(news)));
    live.close();
  });

  it('given twelve people twice at once on two nodes, then it counts what a recount does', async () => {
    const topic = await aPoll({ multiple: true });
    const people = await Promise.all(Array.from({ length: 12 }, () => aMember(world, cohortId, 'fellow')));
    const answers = await Promise.all(
      people.flatMap((one, at) => [
        vote(topic, [at % 3], one, 0),
        vote(topic, [(at + 1) % 3, at % 3], one, 1),
        vote(topic, at % 4 === 0 ? [] : [2], one, 0),
      ]),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const { items } = (await votersOf(topic)).body;
    const poll = await pollOf(topic);
    expect(poll.voters).toBe(items.length);
    expect(votesOf(poll)).toEqual([0, 1, 2].map((at) => items.filter((one: any) => one.options.includes(at)).length));
  });

  it('given it is found, then by its words, and by has:poll', async () => {
    const topic = (await begin({ options: ['Zanzibar', 'Ouagadougou'] })).body;
    const ids = async (q: string) =>
      (await ines!.client.get(`${C}/forum/search?${new URLSearchParams({ q }).toString()}`)).body.items.map(
        ({ topicId }: any) => topicId,
      );
    await eventually(async () => expect(await ids('Ouagadougou')).toEqual([topic.id]));
    expect(await ids('ouagadougou avec:sondage')).toEqual([topic.id]);
    expect(await ids('ouagadougou has:image')).toEqual([]);
    await asker!.client.patch(`${C}/topics/${topic.id}`, { title: 'Where do we meet?' });
    await asker!.client.patch(`${C}/posts/${topic.question.id}`, { body: 'Once a year.' });
    expect(await ids('zanzibar has:poll')).toEqual([topic.id]);
  });
});

describe('an anonymous poll', () => {
  it('given it is open, then nobody sees a number or a name; closed, they see it from five voters on', async () => {
    const topic = await aPoll({ anonymous: true });
    const people = [ali!, ines!, staff!, ...(await Promise.all([1, 2].map(() => aMember(world, cohortId, 'fellow'))))];
    for (const one of people.slice(0, 4)) await vote(topic, [0], one);
    const open = await pollOf(topic, staff);
    expect(open).toMatchObject({ result: 'secret', voters: 4, mine: [0] });
    expect(votesOf(open)).toEqual([null, null, null]);
    for (const one of [ines!, asker!, staff!]) expect((await votersOf(topic, one)).status).toBe(404);
    await vote(topic, [2], people[4]);
    expect((await close(topic)).body.poll).toMatchObject({ result: 'shown', voters: 5 });
    expect(votesOf(await pollOf(topic))).toEqual([4, 0, 1]);
    expect((await votersOf(topic, staff)).status).toBe(404);
  });

  it('given it closed with four, then its numbers stay hidden', async () => {
    const topic = await aPoll({ anonymous: true });
    for (const one of [ali!, ines!, staff!, asker!]) await vote(topic, [1], one);
    await close(topic);
    const poll = await pollOf(topic, asker);
    expect(poll).toMatchObject({ result: 'too_few', voters: 4 });
    expect(votesOf(poll)).toEqual([null, null, null]);
  });
});

describe('a closed poll', () => {
  it('given its time has come, then nobody votes any more, and all see when it closed', async () => {
    const closesAt = new Date(Date.parse(NOW) + HOUR).toISOString();
    const topic = await aPoll({ closesAt });
    await vote(topic, [0]);
    world.clock.set(closesAt);
    for (const options of [[1], [], [0]])
      expect((await vote(topic, options)).body).toMatchObject({ status: 409, code: 'poll_closed' });
    expect(await pollOf(topic)).toMatchObject({ isOpen: false, closesAt, closedBy: null, voters: 1 });
    expect((await close(topic)).body.code).toBe('poll_closed');
  });

  it('given its author or staff close it, then it says who did; nobody else may', async () => {
    const topic = await aPoll();
    expect((await close(topic, ali)).status).toBe(403);
    expect((await close(topic, staff)).body.poll).toMatchObject({
      isOpen: false,
      closesAt: NOW,
      closedBy: { id: staff!.id },
    });
    expect((await close(topic)).body.code).toBe('poll_closed');
    expect((await vote(topic, [0])).body.code).toBe('poll_closed');
  });

  it('given it is closed while eight vote, then what was answered as counted is, and nothing else', async () => {
    const topic = await aPoll();
    const people = await Promise.all(Array.from({ length: 8 }, () => aMember(world, cohortId, 'fellow')));
    const [closed, ...votes] = await Promise.all([
      close(topic),
      ...people.map((one, at) => vote(topic, [at % 3], one, at % 2)),
    ]);
    expect(closed.status).toBe(200);
    const counted = votes.filter(({ status }) => status === 200).length;
    expect(votes.every(({ status, body }) => status === 200 || body.code === 'poll_closed')).toBe(true);
    const poll = await pollOf(topic);
    expect([poll.voters, votesOf(poll).reduce((sum: number, one: number) => sum + one, 0)]).toEqual([counted, counted]);
  });
});

describe('a poll and its post', () => {
  it('given the topic is sent again once its poll has closed, then it is answered as it stands', async () => {
    const closesAt = new Date(Date.parse(NOW) + HOUR).toISOString();
    const sent = { clientId: 'poll-of-topic-1' };
    const first = await begin({ closesAt }, sent);
    world.clock.set(closesAt);
    const again = await begin({ closesAt }, sent);
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id, question: { poll: { isOpen: false } } } });
    expect((await begin({ closesAt }, { clientId: 'poll-of-topic-2' })).status).toBe(422);
  });

  it('given the post is deleted and restored, then the poll goes and comes with its votes; after thirty days they are gone', async () => {
    const topic = await aPoll();
    await vote(topic, [1]);
    const reply = (await ali!.client.post(`${C}/topics/${topic.id}/posts`, { body: 'Tuesday!' })).body;
    expect(reply.poll).toBeNull();
    const path = `${C}/posts/${topic.question.id}`;
    expect((await staff!.client.delete(path)).status).toBe(204);
    expect(await pollOf(topic)).toBeNull();
    for (const asked of [await vote(topic, [0]), await close(topic), await votersOf(topic)])
      expect(asked.status).toBe(404);
    expect((await staff!.client.post(`${path}/restore`)).status).toBe(200);
    expect(await pollOf(topic, ali)).toMatchObject({ voters: 1, mine: [1] });
    await staff!.client.delete(path);
    world.clock.advance(30 * DAY + 1);
    await Promise.all(world.nodes.map(({ app }) => app.get(DeletedEnds).turn()));
    const _id = new Types.ObjectId(topic.question.id as string);
    expect(await world.db.collection('poll-votes').countDocuments({ postId: _id })).toBe(0);
    expect((await world.db.collection('posts').findOne({ _id }))!['poll']).toBeUndefined();
  });

  it('given its topic is merged, then the poll and its votes are with its post in the other one', async () => {
    const [topic, other] = [await aPoll(), await aPoll()];
    await vote(topic, [2]);
    expect((await staff!.client.post(`${C}/topics/${topic.id}/merge`, { intoTopicId: other.id })).status).toBe(200);
    const merged = { id: other.id, question: topic.question };
    expect(await pollOf(merged, ali)).toMatchObject({ mine: [2], voters: 1 });
    expect((await vote(merged, [0])).body).toMatchObject({ topicId: other.id, poll: { mine: [0] } });
  });

  it('given its topic is locked, then nobody but staff votes or closes it', async () => {
    const topic = await aPoll();
    await staff!.client.post(`${C}/topics/${topic.id}/lock`, {});
    expect((await vote(topic, [0])).body.code).toBe('topic_locked');
    expect((await close(topic)).body.code).toBe('topic_locked');
    expect((await pollOf(topic)).abilities).toEqual({ vote: false, close: false });
    expect((await close(topic, staff)).status).toBe(200);
  });

  it('given the post is flagged, then staff read what the poll asks', async () => {
    const topic = await aPoll({ question: 'Who is the worst of us?' });
    await ines!.client.post(`${C}/posts/${topic.question.id}/flag`, { kind: 'unkind' });
    const { items } = (await staff!.client.get(`${C}/flag-cases`)).body;
    expect(items[0].texts[0].text).toContain('Who is the worst of us?\nMonday');
  });

  it('given a draft, then the poll that was begun is kept with it', async () => {
    const poll = { question: 'Wh', options: ['Mon', ''], multiple: true, anonymous: false, closesAt: null };
    const at = `/api/me/drafts/ask-${cohortId}`;
    expect((await ines!.client.put(at, { revision: 0, poll })).body).toMatchObject({ revision: 1, poll });
    expect((await ines!.client.get(at)).body.draft.poll).toEqual(poll);
    expect((await ines!.client.put(at, { revision: 1, poll: { ...poll, options: Array(11).fill('a') } })).status).toBe(
      422,
    );
  });
});

it.each([
  [{ options: ['Monday'] }, '/poll/options', 'too_small'],
  [{ options: ['Monday', 'monday '] }, '/poll/options', 'same_option'],
  [{ options: ['Monday', ' '] }, '/poll/options/1', 'too_small'],
  [{ options: Array.from({ length: 11 }, (_, at) => `Day ${at}`) }, '/poll/options', 'too_big'],
  [{ question: '' }, '/poll/question', 'too_small'],
  [{ closesAt: NOW }, '/poll/closesAt', 'in_past'],
  [{ closesAt: '2027-10-15T00:00:00.000Z' }, '/poll/closesAt', 'too_far'],
  [{ closesAt: 'tomorrow' }, '/poll/closesAt', 'wrong_format'],
  [{ votes: 7 }, '/poll/votes', 'unknown_field'],
])('given a poll with %j, then 422 %s %s, and no topic', async (poll, field, code) => {
  const { status, body } = await begin(poll, { title: 'A poll that is not' });
  expect([status, body.errors]).toEqual([422, [expect.objectContaining({ field, code })]]);
  expect((await ines!.client.get(`${C}/topics?q=poll+that+is+not`)).body.items).toEqual([]);
});

it.each([
  [[3], 'unknown'],
  [[0, 1], 'only_one'],
])('given %j chosen of three where one may be, then 422 %s', async (options, code) => {
  const topic = await aPoll();
  expect((await vote(topic, options)).body.errors).toEqual([expect.objectContaining({ field: '/options', code })]);
  for (const wrong of [[-1], [0.5], ['0'], 'Monday', undefined]) expect((await vote(topic, wrong)).status).toBe(422);
  expect((await pollOf(topic)).voters).toBe(0);
});

it('given somebody of another cohort, nobody, or a post without a poll, then there is no poll', async () => {
  const topic = await aPoll();
  const nobody = clientOf(world.url);
  const at = `${C}/polls/${topic.question.id}`;
  expect((await nobody.put(`${at}/vote`, { options: [0] })).status).toBe(401);
  for (const asked of [await vote(topic, [0], outsider), await close(topic, outsider), await votersOf(topic, outsider)])
    expect(asked.status).toBe(404);
  const elsewhere = `/api/cohorts/${outsider!.cohortId}/polls/${topic.question.id}`;
  expect((await outsider!.client.put(`${elsewhere}/vote`, { options: [0] })).status).toBe(404);
  expect((await outsider!.client.get(`${elsewhere}/voters`)).status).toBe(404);
  const { question } = (await begin({}, { poll: undefined })).body;
  expect(question.poll).toBeNull();
  expect((await ali!.client.put(`${C}/polls/${question.id}/vote`, { options: [0] })).status).toBe(404);
  expect((await pollOf(topic)).voters).toBe(0);
});
