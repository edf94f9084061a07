import { Types } from 'mongoose';
import type { MyReviews, Review } from '../../../src/contracts/selection/reviews.js';
import type { Step } from '../../../src/contracts/selection/steps.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { type CallToRead, aCallToRead, type TestJuror, aStep, handsInReview } from '../../support/rooms/juries.js';

const BEFORE = '2026-10-20T10:00:00.000Z';
const NOON = '2026-11-03T10:00:00.000Z';

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];
let call: CallToRead['call'];
let step: CallToRead['step'];
let files: CallToRead['files'];
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
  ({ call, step, files, jurors } = await aCallToRead(world, staff!, BEFORE, NOON));
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

describe('the queue of a juror', () => {
  it('is empty until the step opens, then holds their files, and is nobody else’s', async () => {
    await assign();
    expect(await mine(jurors[0]!)).toEqual({ isJuror: true, steps: [] });
    await open();
    const [shown] = (await mine(jurors[0]!)).steps;
    expect(shown).toMatchObject({ state: 'open', number: 1, callSlug: call.slug, cohort: { name: 'Cohort 8' } });
    expect(shown!.items.map(({ number, state }) => [number, state])).toEqual([
      [expect.stringMatching(/^8-\d{4}$/), 'asked'],
      [expect.stringMatching(/^8-\d{4}$/), 'asked'],
    ]);
    const path = await pathOf(jurors[0]!);
    expect((await clientOf(world.url).get('/api/me/reviews')).status).toBe(401);
    for (const { client } of [jurors[1]!, staff!, fellow!, other!]) {
      expect((await client.get(path)).status).toBe(404);
      expect((await client.put(path, { revision: 0, comment: 'x' })).status).toBe(404);
      expect((await client.post(`${path}/submit`, { revision: 0 })).status).toBe(404);
      expect((await client.post(`${path}/conflict`, { reason: 'x' })).status).toBe(404);
    }
    expect((await fellow!.client.get('/api/me/reviews')).body).toEqual({ isJuror: false, steps: [] });
    // A juror is nothing in the cohort.
    expect((await jurors[0]!.client.get(call.path)).status).toBe(404);
    expect((await jurors[0]!.client.get(`/api/cohorts/${staff!.cohortId!}`)).status).toBe(404);
    expect((await jurors[0]!.client.get(`${call.path}/applications`)).status).toBe(404);
  });

  it('hides the name everywhere, and says what is hidden', async () => {
    await assign();
    await open();
    const answer = await jurors[0]!.client.get(await pathOf(jurors[0]!));
    const review = answer.body as Review;
    expect(review.file!.hidden.map(({ en }) => en)).toContain(call.fields.find(({ key }) => key === 'name')!.label.en);
    expect(review.file!.answers['proud']).toBe('[…] did it. […] alone.');
    expect(answer.text).not.toMatch(/zo[eé]|bri[eè]re|l[eé]a|martin|@people\.test/i);
    // Not by their list either.
    expect((await jurors[0]!.client.get('/api/me/reviews')).text).not.toMatch(/zo[eé]|martin/i);
    // Where the step shows names, they are there.
    const change = await staff!.client.patch(`${call.path}/steps/${step.id}`, {
      revision: step.revision + 1,
      hidden: [],
    });
    expect(change.status).toBe(200);
    expect((await jurors[0]!.client.get(await pathOf(jurors[0]!))).text).toMatch(/Zoé|Léa/);
  });
});

describe('what staff do', () => {
  it('opens a step when nothing is lacking, after the call', async () => {
    const two = await staff!.client.post(`${call.path}/steps`, { name: { en: 'Jury', fr: '' } });
    expect(two.body).toMatchObject({ number: 2, state: 'draft', scale: expect.any(Array) });
    const P = `${call.path}/steps/${two.body.id}`;
    const criteria = [{ ...step.criteria[0]!, weight: 99 }];
    const changed = await staff!.client.patch(P, { revision: 0, criteria });
    expect(changed.status).toBe(200);
    expect((await staff!.client.patch(P, { revision: 0, criteria })).body.code).toBe('edited_meanwhile');
    expect((await staff!.client.post(`${P}/open`)).body.errors).toEqual([
      { field: '/name/fr', code: 'required' },
      { field: '/criteria', code: 'not_hundred', params: { total: 99 } },
    ]);
    await open();
    const now = (await staff!.client.get(`${call.path}/steps`)).body.items[0] as Step;
    const edit = { revision: now.revision, criteria: [] };
    expect((await staff!.client.patch(`${call.path}/steps/${step.id}`, edit)).body.code).toBe('step_open');
    world.clock.set(BEFORE);
    const third = await aStep(staff!, call.path);
    expect((await staff!.client.post(`${call.path}/steps/${third.id}/open`)).body.code).toBe('call_open');
    expect((await staff!.client.delete(P)).body.code).toBe('step_in_use');
    expect((await staff!.client.delete(`${call.path}/steps/${third.id}`)).status).toBe(204);
  });

  it('reads in a later step what was chosen for it', async () => {
    const two = await aStep(staff!, call.path);
    const P = `${call.path}/steps/${two.id}`;
    expect((await staff!.client.put(`${call.path}/steps/${step.id}/files`, { applicationIds: [] })).body.code).toBe(
      'first_step',
    );
    const stranger = await staff!.client.put(`${P}/files`, { applicationIds: [String(new Types.ObjectId())] });
    expect(stranger.body.errors).toEqual([{ field: '/applicationIds', code: 'unknown' }]);
    expect((await staff!.client.put(`${P}/files`, { applicationIds: [files[1]!.id] })).body.counts.files).toBe(1);
    const body = { step: two.id, perFile: 2, perJuror: 5 };
    expect((await staff!.client.post(`${call.path}/assignment`, body)).body).toMatchObject({ assigned: 2, added: 2 });
    // Who is chosen no more is read no more.
    expect((await staff!.client.put(`${P}/files`, { applicationIds: [] })).body.counts).toMatchObject({
      files: 0,
      asked: 0,
    });
  });

  it('comes to results, levelled and raw, with other weights tried', async () => {
    await assign();
    await open();
    for (const [index, juror] of jurors.entries())
      for (const { id, number } of (await mine(juror)).steps[0]!.items)
        await handsInReview(
          juror,
          id,
          index === 0 || number.endsWith('1') ? { craft: 4, judgement: 1 } : { craft: 1, judgement: 4 },
          { verdict: index ? 'no' : 'yes', comment: '=cmd' },
        );
    const R = `${call.path}/results?stepId=${step.id}`;
    const raw = (await staff!.client.get(`${R}&scores=raw&line=1`)).body;
    expect(raw.items.map(({ mean, rank, spread, verdicts }: any) => [mean, rank, spread, verdicts])).toEqual([
      [2.8, 1, 0, { yes: 1, maybe: 0, no: 1 }],
      [2.5, 2, 0.6, { yes: 1, maybe: 0, no: 1 }],
    ]);
    expect(raw.counts).toEqual({ files: 2, asked: 4, submitted: 4, wide: 0, ties: 0, conflicts: 0 });
    const tried = (await staff!.client.get(`${R}&scores=raw&line=1&weights=craft:0,judgement:100`)).body;
    expect(tried.moves.in).toEqual([raw.items[1].number]);
    expect(tried.items[0]).toMatchObject({ moved: 'in', number: raw.items[1].number });
    expect((await staff!.client.get(`${R}&weights=craft`)).status).toBe(422);
    const csv = await staff!.client.get(`${call.path}/results.csv?stepId=${step.id}`);
    expect(csv.text.trim().split('\r\n')).toHaveLength(5);
    expect(csv.text).toContain("'=cmd");
  });
});
