import { randomUUID } from 'node:crypto';
import { EventBus } from '../../../src/infra/events/event-bus.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type Answer, clientOf } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let coach: TestPerson;
let fellow: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  coach = await aCoach(world, cohortId, {}, { name: 'Hanna Lindqvist' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  other = await aMember(world, cohortId, 'fellow', { name: 'Karim Haddad' });
});
afterAll(() => world.stop());
afterEach(() => jest.restoreAllMocks());

/** How often the nodes were told of something from here on. */
function told(name: string): () => number {
  const words = world.nodes.map(({ app }) => jest.spyOn(app.get(EventBus), 'publish'));
  return () => words.flatMap(({ mock }) => mock.calls).filter(([event]) => event.name === name).length;
}

/** The same on both nodes at once, twice on each, and once more when all have answered. */
async function again(person: TestPerson, path: string, body: object): Promise<Answer[]> {
  const tries = [0, 1, 0, 1].map((node) => clientOf(world.nodes[node]!.url, person.token).post(path, body));
  return [...(await Promise.all(tries)), await person.client.post(path, body)];
}

/** All of them were taken, as one. */
function oneOf(answers: readonly Answer[]): any {
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  const [first] = answers;
  for (const answer of answers) expect(answer.body).toEqual(first!.body);
  return first!.body;
}

const question = (over: object = {}) => ({ title: 'How do we publish a dataset?', body: 'Of schools.', ...over });
const aTopic = async () => (await fellow.client.post(`${C}/topics`, question())).body.id as string;
const postsOf = async (topicId: string) => (await fellow.client.get(`${C}/topics/${topicId}/posts`)).body.items;
const asked = async (title: string) =>
  (await fellow.client.get(`${C}/topics?q=${encodeURIComponent(title)}`)).body.items;

describe('a question that is sent again', () => {
  it('given the same clientId again and at once on two nodes, then there is one topic, told once', async () => {
    const count = told('topic.created');
    const body = question({ title: 'Who keeps the register?', clientId: randomUUID() });
    const topic = oneOf(await again(fellow, `${C}/topics`, body));
    expect(topic).toMatchObject({ posts: 1, subscription: 'watching' });
    expect(await postsOf(topic.id)).toHaveLength(1);
    expect(await asked('Who keeps the register?')).toHaveLength(1);
    expect(count()).toBe(1);
  });

  it('given the clientId of another person, or none, then each asks on their own', async () => {
    const body = question({ title: 'Where are the minutes?', clientId: randomUUID() });
    const without = question({ title: 'Where are the minutes?' });
    const sent = [
      await fellow.client.post(`${C}/topics`, body),
      await other.client.post(`${C}/topics`, body),
      await fellow.client.post(`${C}/topics`, without),
      await fellow.client.post(`${C}/topics`, without),
    ];
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(sent[1]!.body.author.id).toBe(other.id);
    expect(await asked('Where are the minutes?')).toHaveLength(4);
  });
});

describe('a reply that is sent again', () => {
  it('given the same clientId again and at once on two nodes, then there is one reply, counted and told once', async () => {
    const topicId = await aTopic();
    await world.settled();
    const count = told('post.created');
    const body = { body: 'Use the <catalogue>.', clientId: randomUUID() };
    const post = oneOf(await again(coach, `${C}/topics/${topicId}/posts`, body));
    expect(post).toMatchObject({ number: 2, author: { id: coach.id } });
    expect((await postsOf(topicId)).map(({ number }: { number: number }) => number)).toEqual([1, 2]);
    expect((await fellow.client.get(`${C}/topics/${topicId}`)).body.posts).toBe(2);
    expect(count()).toBe(1);
    await world.settled();
    const { items } = (await fellow.client.get('/api/me/inbox')).body;
    const links = items.filter(({ link }: { link: string }) => link.includes(topicId));
    expect(links).toHaveLength(1);
  });

  it('given the clientId of another person or in another topic, then each says it', async () => {
    const [topicId, elsewhere] = [await aTopic(), await aTopic()];
    const body = { body: 'Same here.', clientId: randomUUID() };
    for (const [person, id] of [
      [coach, topicId],
      [other, topicId],
      [coach, elsewhere],
    ] as const)
      expect((await person.client.post(`${C}/topics/${id}/posts`, body)).status).toBe(201);
    const authors = (await postsOf(topicId)).map(({ author }: { author: { id: string } }) => author.id);
    expect(authors).toEqual([fellow.id, coach.id, other.id]);
    expect(await postsOf(elsewhere)).toHaveLength(2);
  });

  it('given a clientId that is none, or one with an edit, then 422 names the field', async () => {
    const topicId = await aTopic();
    const wrong = await coach.client.post(`${C}/topics/${topicId}/posts`, { body: 'Hm.', clientId: 'a b' });
    expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, '/clientId']);
    const [first] = await postsOf(topicId);
    const edit = await fellow.client.patch(`${C}/posts/${first.id}`, { body: 'Hm.', clientId: randomUUID() });
    expect([edit.status, edit.body.errors[0].field]).toEqual([422, '/clientId']);
  });
});

describe('a note that is sent again', () => {
  let notes: string;
  beforeAll(async () => {
    const session = await aSession(cohortId, fellow, coach.id, '2026-10-15T12:00:00Z');
    notes = `${C}/sessions/${session.id as string}/notes`;
  });
  const written = async (person: TestPerson, body: string) =>
    (await person.client.get(notes)).body.items.filter((note: { body: string }) => note.body === body);

  it('given the same clientId again and at once on two nodes, then there is one note, told once', async () => {
    const count = told('note.changed');
    const body = { body: 'Ask three clerks.', audience: 'participants', clientId: randomUUID() };
    const note = oneOf(await again(coach, notes, body));
    expect(note.readers).toHaveLength(2);
    expect(await written(fellow, 'Ask three clerks.')).toHaveLength(1);
    expect(count()).toBe(1);
  });

  it('given the clientId of another person, then both write theirs, and no note of one is shown to the other', async () => {
    const clientId = randomUUID();
    const mine = await coach.client.post(notes, { body: 'For me alone.', audience: 'me', clientId });
    const theirs = await fellow.client.post(notes, { body: 'My own.', audience: 'me', clientId });
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.body).toMatchObject({ body: 'My own.', authorId: fellow.id });
    expect(await written(fellow, 'For me alone.')).toEqual([]);
    expect(await written(coach, 'My own.')).toEqual([]);
    const outsider = await other.client.post(notes, { body: 'For me alone.', audience: 'me', clientId });
    expect(outsider.status).toBe(404);
  });
});
