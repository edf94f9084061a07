import { Notifier } from '../../../../src/notifications/notifier.js';
import { ToldPairs } from '../../../../src/notifications/rules/told-pairs.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { followOutbox } from '../../../support/outbox.js';
import { aCoach } from '../../../support/rooms/coaching.js';

/** What one person alone has another told, again and again. */
const DAY_MS = 86_400_000;

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
  coach = await aCoach(world, cohortId);
  [fellow, other] = await Promise.all([aMember(world, cohortId, 'fellow'), aMember(world, cohortId, 'fellow')]);
});
afterAll(() => world.stop());

const told = async (kind: string) =>
  ((await coach.client.get('/api/me/inbox?limit=200')).body.items as { kind: string }[]).filter(
    (one) => one.kind === kind,
  ).length;

it('given one person starts and ends cycles with another, then three within a day, and more the day after', async () => {
  const round = async (by: TestPerson, node = 0) => {
    const body = { coachId: coach.id, goal: 'Words that the coach is to read' };
    const started = await by.client.on(world.nodes[node]!.url).post(`${C}/cycles`, body);
    if (started.status !== 201) return started.body.code as string;
    await by.client.post(`${C}/cycles/${started.body.id}/close`, { word: 'reached' });
    return 'started';
  };
  const rounds: string[] = [];
  for (let index = 0; index < 5; index += 1) rounds.push(await round(fellow, index % 2));
  expect(rounds).toEqual([...Array(3).fill('started'), 'too_many_cycles', 'too_many_cycles']);
  expect(await round(other)).toBe('started');
  await followOutbox(world);
  expect(await told('cycle.ended')).toBe(4);
  world.clock.advance(DAY_MS + 1);
  expect(await round(fellow)).toBe('started');
});

it('given one person has another told something of one kind on and on, then twenty times a day, and others are heard', async () => {
  const topic = (await fellow.client.post(`${C}/topics`, { title: 'Who knows this?', body: 'x', tags: [] })).body;
  const tell = (key: string, byId: string) =>
    world.app.get(Notifier).notify({
      ...{ userIds: [coach.id], cohortId, kind: 'topic.asked', why: 'helper', key, byId },
      params: { topicId: topic.id, title: topic.title, by: 'Inès' },
      link: `/c/${cohortId}/forum/${topic.id}`,
    });
  for (let index = 0; index < 25; index += 1) await tell(`asked-${index}`, fellow.id);
  expect(await told('topic.asked')).toBe(20);
  await tell('asked-by-another', other.id);
  expect(await told('topic.asked')).toBe(21);
  world.clock.advance(DAY_MS + 1);
  await tell('asked-a-day-later', fellow.id);
  expect(await told('topic.asked')).toBe(22);
});

it('given thirty such acts at the same moment on two processes, each told again by a worker that tries twice, then twenty are told', async () => {
  const asker = await aMember(world, cohortId, 'fellow', { name: 'Ada' });
  const topic = (await asker.client.post(`${C}/topics`, { title: 'And who knows that?', body: 'x', tags: [] })).body;
  const before = await told('topic.asked');
  const tell = (index: number, node: number) =>
    world.nodes[node]!.app.get(Notifier).notify({
      ...{ userIds: [coach.id], cohortId, kind: 'topic.asked', why: 'helper', key: `at-once-${index}`, byId: asker.id },
      params: { topicId: topic.id, title: topic.title, by: 'Ada' },
      link: `/c/${cohortId}/forum/${topic.id}`,
    });
  await Promise.all(Array.from({ length: 60 }, (_, index) => tell(index % 30, index % 2)));
  expect((await told('topic.asked')) - before).toBe(20);
  // A try again of one that was told costs nothing, and of another tells nothing.
  await Promise.all(Array.from({ length: 30 }, (_, index) => tell(index, 0)));
  expect((await told('topic.asked')) - before).toBe(20);
  world.clock.advance(DAY_MS + 1);
  await tell(100, 1);
  expect((await told('topic.asked')) - before).toBe(21);
  expect(await world.app.get(ToldPairs).forget()).toBeGreaterThan(0);
  world.clock.advance(DAY_MS + 1);
  await world.app.get(ToldPairs).forget();
  expect(await world.db.collection('told-pairs').countDocuments({ at: { $gte: new Date(0) } })).toBe(0);
});
