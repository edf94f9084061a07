import type { SearchHit } from '../../../src/contracts/search.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';

let world: TestWorld;
let here: string;
let people: Record<string, TestPerson>;
let commonsId: string;
let questionId: string;

beforeAll(async () => {
  world = await startWorld();
  const there = await aCohort(world);
  here = await aCohort(world);
  people = {
    author: await aMember(world, here, 'fellow', { name: 'Zoe Author' }),
    staff: await aMember(world, here, 'staff'),
    neighbour: await aMember(world, there, 'fellow'),
    host: await aMember(world, there, 'host'),
    alumna: await aMember(world, there, 'alumni'),
    admin: await aPerson(world, { isAdmin: true }),
    outsider: await aPerson(world),
  };
  const base = `/api/cohorts/${here}/topics`;
  const asked = { title: 'Licences of datasets', body: 'Which one fits a register?', tags: ['law'] };
  const topic = (await people.author!.client.post(base, asked)).body;
  questionId = topic.question.id;
  // What stays in the cohort is found by nobody else.
  await people.author!.client.post(base, { title: 'Licences of code', body: 'Another thing.' });
  const opened = await people.author!.client.post(`${base}/${topic.id}/commons`, { postIds: [questionId] });
  expect(opened.status).toBe(200);
  commonsId = opened.body.commonsTopicId;
});
afterAll(() => world.stop());

async function find(who: string, q: string, more: Record<string, string> = {}): Promise<SearchHit[]> {
  const query = new URLSearchParams({ q, in: 'commons', ...more }).toString();
  const answer = await people[who]!.client.get(`/api/search?${query}`);
  expect(answer.status).toBe(200);
  return answer.body.items;
}
const found = async (...asked: Parameters<typeof find>) => (await find(...asked)).map(({ id }) => id);

describe('topics of the commons in the one search', () => {
  it.each(['author', 'staff', 'neighbour', 'host', 'alumna', 'admin'])(
    'given words of title, tag or question, then %s finds it, and nothing of what stayed in its cohort',
    async (who) => {
      for (const q of ['licence', 'law', 'registers', '"one fits"', 'licence -code'])
        expect([q, await found(who, q)]).toEqual([q, [commonsId]]);
      expect((await find(who, 'licence', { sort: 'best' }))[0]).toMatchObject({
        ...{ kind: 'commons', link: `/commons/${commonsId}`, cohortId: null, by: { name: 'Zoe Author' } },
      });
      expect(await found(who, 'licence -register')).toEqual([]);
      expect(await found(who, 'licence is:pinned')).toEqual([]);
      expect(await found(who, 'licence before:2020-01-01')).toEqual([]);
    },
  );

  it('given one cohort is searched, or somebody in no cohort, or nobody, then nothing', async () => {
    expect(await found('author', 'licence', { cohortId: here })).toEqual([]);
    expect(await found('author', 'from:me')).toEqual([commonsId]);
    expect(await found('outsider', 'licence')).toEqual([]);
    expect((await world.app.inject({ url: '/api/search?q=licence&in=commons' })).statusCode).toBe(401);
  });

  it('given who left their last cohort, then nothing any more; given the words are gone, then for nobody', async () => {
    const staying = people.staff!;
    const leaver = await aMember(world, here, 'fellow');
    people.leaver = leaver;
    expect(await found('leaver', 'licence')).toEqual([commonsId]);
    expect((await staying.client.delete(`/api/cohorts/${here}/members/${leaver.id}`)).status).toBeLessThan(300);
    const answer = await leaver.client.get('/api/search?q=licence&in=commons');
    expect(answer.status === 200 ? answer.body.items : []).toEqual([]);
    expect((await staying.client.delete(`/api/commons/topics/${commonsId}`)).status).toBe(204);
    for (const who of ['author', 'neighbour', 'admin']) expect(await found(who, 'licence')).toEqual([]);
  });
});
