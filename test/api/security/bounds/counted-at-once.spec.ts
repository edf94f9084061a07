import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';
import { aCoach, aSession } from '../../../support/rooms/coaching.js';

/** What is counted before it is written, asked for by many requests at once on two processes. */
let world: TestWorld;
let cohortId: string;
let C: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
});
afterAll(() => world.stop());

const on = (person: TestPerson, index: number) => person.client.on(world.nodes[index % 2]!.url);
const statusesOf = (answers: { status: number }[]) => answers.map(({ status }) => status).sort();

it('given one person who may know, asked for eight questions at once, then they are asked three times', async () => {
  const [asker, helper] = await Promise.all(
    ['Asker', 'Ali'].map((name) => aMember(world, cohortId, 'fellow', { name })),
  );
  await helper!.client.patch('/api/me', { gives: ['Accessibility'] });
  const topics: string[] = [];
  for (let index = 0; index < 8; index += 1) {
    const body = { title: `Question number ${index}`, body: 'Who knows?', tags: ['accessibility'] };
    topics.push((await asker!.client.post(`${C}/topics`, body)).body.id);
  }
  const answers = await Promise.all(
    topics.map((id, index) => on(asker!, index).post(`${C}/topics/${id}/helpers`, { userIds: [helper!.id] })),
  );
  expect(statusesOf(answers)).toEqual(Array(8).fill(200));
  expect(await world.db.collection('topic-asks').countDocuments({ cohortId: new Types.ObjectId(cohortId) })).toBe(3);
});

it('given a session with room for two actions and two notes of one person, asked for six at once, then two of each', async () => {
  const [coach, fellow] = [await aCoach(world, cohortId), await aMember(world, cohortId, 'fellow')];
  const { id } = await aSession(cohortId, fellow, coach.id, '2026-10-14T08:00:00Z');
  const at = `${C}/sessions/${id as string}`;
  const [action, note] = [
    { text: 'Read it', ownerId: fellow.id },
    { body: 'Words', audience: 'participants' },
  ];
  for (const [path, body, collection] of [
    ['actions', action, 'actions'],
    ['notes', note, 'notes'],
  ] as const) {
    expect((await fellow.client.post(`${at}/${path}`, body)).status).toBe(201);
    const rows = world.db.collection(collection);
    const theirs = { pairs: `${coach.id}:${fellow.id}`, sessionId: new Types.ObjectId(id as string) };
    const sample = (await rows.findOne(theirs))!;
    await rows.insertMany(Array.from({ length: 197 }, () => ({ ...sample, _id: new Types.ObjectId() })));
    const answers = await Promise.all([0, 1, 2, 3, 4, 5].map((index) => on(fellow, index).post(`${at}/${path}`, body)));
    expect(statusesOf(answers)).toEqual([201, 201, 409, 409, 409, 409]);
    expect(await rows.countDocuments(theirs)).toBe(200);
  }
});
