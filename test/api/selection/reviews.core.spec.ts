import type { MyReviews } from '../../../src/contracts/selection/reviews.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aCall } from '../../support/rooms/calls.js';
import { type CallToRead, aCallToRead, type TestJuror, handsInReview } from '../../support/rooms/juries.js';

const BEFORE = '2026-10-20T10:00:00.000Z';
const NOON = '2026-11-03T10:00:00.000Z';
const SCORES = { craft: 3, judgement: 2 };

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];
let call: CallToRead['call'];
let step: CallToRead['step'];
let jurors: TestJuror[];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  ({ call, step, jurors } = await aCallToRead(world, staff!, BEFORE, NOON));
});

const assign = async (perFile = 2) => {
  const assigned = await staff!.client.post(`${call.path}/assignment`, { step: step.id, perFile, perJuror: 10 });
  expect(assigned.status).toBe(200);
};
const open = async () => {
  const opened = await staff!.client.post(`${call.path}/steps/${step.id}/open`);
  expect(opened).toMatchObject({ status: 200, body: { state: 'open' } });
};
const mine = async ({ client }: TestJuror): Promise<MyReviews> => (await client.get('/api/me/reviews')).body;
const firstOf = async (juror: TestJuror): Promise<string> => (await mine(juror)).steps[0]!.items[0]!.id;
const pathOf = async (juror: TestJuror) => `/api/me/reviews/${await firstOf(juror)}`;

describe('a review', () => {
  let path: string;

  beforeEach(async () => {
    await assign();
    await open();
    path = await pathOf(jurors[0]!);
  });

  it('refuses scores that are none', async () => {
    const { client } = jurors[0]!;
    expect((await client.put(path, { revision: 0, scores: { craft: 5 } })).body.errors).toEqual([
      { field: '/scores/craft', code: 'out_of_range', params: { maximum: 4 } },
    ]);
    expect((await client.put(path, { revision: 0, scores: { other: 1 } })).body.errors).toEqual([
      { field: '/scores/other', code: 'unknown' },
    ]);
    expect((await client.put(path, { revision: 0, scores: { craft: 1.5 } })).status).toBe(422);
    expect((await client.put(path, { revision: 0, comment: 'x'.repeat(5001) })).status).toBe(422);
  });

  it('is handed in whole, once, and shows the others’ only then', async () => {
    const { client } = jurors[0]!;
    await client.put(path, { revision: 0, scores: { craft: 3 } });
    const early = await client.post(`${path}/submit`, { revision: 1 });
    expect(early).toMatchObject({ status: 409, body: { code: 'incomplete', missing: ['judgement', 'verdict'] } });
    const number = (await client.get(path)).body.number as string;
    const theirs = (await mine(jurors[1]!)).steps[0]!.items.find((item) => item.number === number)!.id;
    await handsInReview(
      jurors[1]!,
      theirs,
      { craft: 4, judgement: 4 },
      { verdict: 'maybe', comment: 'A counter secret' },
    );
    expect((await client.get(path)).text).not.toContain('A counter secret');
    expect((await client.get(path)).body.others).toBeNull();
    await client.put(path, { revision: 1, scores: SCORES, verdict: 'no' });
    const [a, b] = await Promise.all(
      world.nodes.map(({ url }) => client.on(url).post(`${path}/submit`, { revision: 2 })),
    );
    expect([a!.status, b!.status]).toEqual([200, 200]);
    expect(a!.body.others).toEqual([
      {
        jurorName: expect.stringMatching(/^Juror/),
        scores: { craft: 4, judgement: 4 },
        verdict: 'maybe',
        comment: 'A counter secret',
        toApplicant: '',
        mean: 4,
      },
    ]);
    expect(await client.put(path, { revision: 2, comment: 'x' })).toMatchObject({
      status: 409,
      body: { code: 'review_submitted' },
    });
    expect((await client.post(`${path}/abstain`, { reason: 'x' })).body.code).toBe('review_submitted');
  });
});

describe('what staff do', () => {
  it('is refused to everybody else', async () => {
    const tries = async ({ client }: { client: TestPerson['client'] }) => [
      (await client.get(`${call.path}/steps`)).status,
      (await client.post(`${call.path}/steps`, { name: { en: 'x', fr: 'x' } })).status,
      (await client.post(`${call.path}/steps/${step.id}/open`)).status,
      (await client.get(`${call.path}/jurors`)).status,
      (await client.post(`${call.path}/jurors`, { items: [{ email: 'a@b.test', name: 'A', locale: 'en' }] })).status,
      (await client.post(`${call.path}/assignment`, { step: step.id, perFile: 1, perJuror: 1 })).status,
      (await client.get(`${call.path}/reviews?stepId=${step.id}`)).status,
      (await client.get(`${call.path}/results?stepId=${step.id}`)).status,
      (await client.get(`${call.path}/results.csv?stepId=${step.id}`)).status,
    ];
    expect(new Set(await tries(fellow!))).toEqual(new Set([403]));
    expect(new Set(await tries(other!))).toEqual(new Set([404]));
    expect(new Set(await tries({ client: clientOf(world.url) }))).toEqual(new Set([401]));
    // Staff of another cohort, by their own cohort's path.
    const theirs = `/api/cohorts/${other!.cohortId!}/calls/${call.id}`;
    expect((await other!.client.get(`${theirs}/steps`)).status).toBe(404);
    expect((await other!.client.get(`${theirs}/results?stepId=${step.id}`)).status).toBe(404);
    world.clock.set(BEFORE);
    const mineCall = await aCall(other!, other!.cohortId!);
    expect((await other!.client.get(`${mineCall.path}/results?stepId=${step.id}`)).status).toBe(404);
    expect((await other!.client.delete(`${mineCall.path}/jurors/${jurors[0]!.id}`)).status).toBe(404);
  });
});
