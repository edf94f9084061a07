import { type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { followOutbox } from '../../../support/outbox.js';
import { aCoach } from '../../../support/rooms/coaching.js';

/** What people are told of goals, and what becomes of the words of the other. */
let world: TestWorld;
let cohort: string;
let base: string;
let [fellow, coach, next]: TestPerson[] = [];
const measure = { kind: 'number', unit: 'visits', start: 0, target: 10 };

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}/goals`;
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
  coach = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
  next = await aCoach(world, cohort, {}, { name: 'Marc Delorme', locale: 'fr' });
});

const set = async (by: TestPerson, more: object = {}) => {
  const other = by === fellow ? { coachId: coach!.id } : { fellowId: fellow!.id };
  const answer = await by.client.post(base, { ...other, title: 'Ten visits', measure, ...more });
  expect(answer.status).toBe(201);
  return answer.body as { id: string; revision: number };
};
const goOn = (goal: { id: string; revision: number }, coachId: string) =>
  fellow!.client.put(`${base}/${goal.id}/coach`, { coachId, revision: goal.revision });
const record = (by: TestPerson, id: string) =>
  by.client.post(`${base}/${id}/course`, { on: '2026-10-12', value: 4, words: 'Four of them' });
const told = async (person: TestPerson) => {
  await followOutbox(world);
  const { items } = (await person.client.get('/api/me/inbox?limit=50')).body;
  return (items as { kind: string; title: string; link: string; act: string }[]).filter(
    ({ kind }) => kind === 'goal.set',
  );
};

describe('what is told of a goal', () => {
  it('given one of the two sets it, then the other hears, once, without its words', async () => {
    const clientId = 'once-and-again';
    const goal = await set(coach!, { clientId });
    await set(coach!, { clientId });
    expect(await told(fellow!)).toMatchObject([
      { title: 'Hanna Lindqvist set a goal with you', link: `/c/${cohort}/coaching/goals/${goal.id}` },
    ]);
    expect(await told(coach!)).toEqual([]);
  });

  it('given it is for its author alone, then nobody hears', async () => {
    await set(fellow!, { audience: 'me' });
    expect(await told(coach!)).toEqual([]);
  });

  it('given its fellow goes on with another coach, then both coaches hear, as far as they read it', async () => {
    const goal = await set(fellow!);
    expect((await goOn(goal, next!.id)).status).toBe(200);
    expect((await told(coach!)).map(({ title, link }) => [title, link])).toEqual([
      ['Inès Carpentier goes on with a goal of you two with another coach', `/c/${cohort}/coaching/goals`],
      ['Inès Carpentier set a goal with you', `/c/${cohort}/coaching/goals/${goal.id}`],
    ]);
    expect(await told(next!)).toMatchObject([{ title: 'Inès Carpentier poursuit un objectif avec vous' }]);
    const mine = await set(fellow!, { audience: 'me' });
    expect((await goOn(mine, next!.id)).status).toBe(200);
    expect([(await told(coach!)).length, (await told(next!)).length]).toEqual([2, 1]);
  });
});

describe('the words of the other in the course of a goal', () => {
  it('given the other recorded where it stands, then the author cannot take it away from them', async () => {
    const goal = await set(coach!);
    expect((await record(fellow!, goal.id)).status).toBe(201);
    const alone = await coach!.client.patch(`${base}/${goal.id}`, { audience: 'me' });
    expect([alone.status, alone.body.code]).toEqual([409, 'words_of_other']);
    const { course } = (await fellow!.client.get(`${base}/${goal.id}`)).body;
    expect((await fellow!.client.delete(`${base}/${goal.id}/course/${course[0].id}`)).status).toBe(200);
    expect((await coach!.client.patch(`${base}/${goal.id}`, { audience: 'me' })).status).toBe(200);
  });

  it('given both are at it at once, then the words are taken back by who wrote them, or were never written', async () => {
    const goal = await set(coach!);
    const [alone, recorded] = await Promise.all([
      coach!.client.on(world.nodes[1]!.url).patch(`${base}/${goal.id}`, { audience: 'me' }),
      record(fellow!, goal.id),
    ]);
    const reads = (await fellow!.client.get(`${base}/${goal.id}`)).status === 200;
    expect(alone.status === 200).toBe(!reads);
    const { course } = (await coach!.client.get(`${base}/${goal.id}`)).body;
    expect(course).toHaveLength(reads && recorded.status === 201 ? 1 : 0);
  });

  it('given nothing is changed, then nothing is: the view of the other stays good', async () => {
    const goal = await set(coach!);
    expect((await coach!.client.patch(`${base}/${goal.id}`, {})).body.revision).toBe(goal.revision);
  });
});
