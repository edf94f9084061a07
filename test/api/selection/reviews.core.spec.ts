import { Types } from 'mongoose';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import type { MyReviews, Review } from '../../../src/contracts/selection/reviews.js';
import type { Step } from '../../../src/contracts/selection/steps.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { ANSWERS, type TestApplicant, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';
import { type TestJuror, aJuror, aStep, handsInReview } from '../../support/rooms/juries.js';

const BEFORE = '2026-10-20T10:00:00.000Z';
const NOON = '2026-11-03T10:00:00.000Z';
const SCORES = { craft: 3, judgement: 2 };

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];
let call: Awaited<ReturnType<typeof aCall>>;
let step: Step;
let files: TestApplicant[];
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
  world.clock.set(BEFORE);
  call = await aCall(staff!, staff!.cohortId!);
  files = [];
  for (const name of ['Zoé Brière', 'Léa Martin']) {
    const one = await anApplicant(world, call.slug);
    await handsIn(one, { ...ANSWERS, name, proud: `${name} did it. ${name.toUpperCase()} alone.` });
    files.push(one);
  }
  world.clock.set(NOON);
  step = await aStep(staff!, call.path);
  jurors = [await aJuror(world, staff!, call.path), await aJuror(world, staff!, call.path)];
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

describe('a review', () => {
  let path: string;

  beforeEach(async () => {
    await assign();
    await open();
    path = await pathOf(jurors[0]!);
  });

  it('is kept as it is typed, by two tabs on two processes, and loses nothing', async () => {
    const [one, two] = [jurors[0]!.client, jurors[0]!.client.on(world.nodes[1]!.url)];
    const [first, second] = await Promise.all([
      one.put(path, { revision: 0, scores: { craft: 3 }, comment: 'From one. ' }),
      two.put(path, { revision: 0, scores: { judgement: 2 }, toApplicant: 'From two.' }),
    ]);
    expect([first.status, second.status]).toEqual([200, 200]);
    const now = (await one.get(path)).body as Review;
    expect(now).toMatchObject({ scores: SCORES, comment: 'From one. ', toApplicant: 'From two.', state: 'begun' });
    // A part that the other tab wrote since stays, and is named.
    const late = await two.put(path, { revision: 0, scores: { craft: 1 }, comment: 'Late.', verdict: 'no' });
    expect(late.body.conflicts).toEqual([
      { field: 'scores/craft', sent: 1, kept: 3 },
      { field: 'comment', sent: 'Late.', kept: 'From one. ' },
    ]);
    expect(late.body.review).toMatchObject({ scores: SCORES, verdict: 'no' });
    const gone = await one.put(path, { revision: late.body.review.revision, scores: { craft: null }, verdict: null });
    expect(gone.body.review).toMatchObject({ scores: { judgement: 2 }, verdict: null });
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

  it('may be given up, and shows nothing more where there is a conflict of interest', async () => {
    const { client } = jurors[0]!;
    const given = await client.post(`${path}/conflict`, { reason: 'My sister.' });
    expect(given.body).toMatchObject({
      state: 'conflict',
      file: null,
      reason: 'My sister.',
      abilities: { write: false },
    });
    expect((await client.get(path)).text).not.toContain('did it');
    expect((await client.put(path, { revision: 0, comment: 'x' })).body.code).toBe('review_submitted');
    // It is given to nobody with an interest again.
    await assign();
    const reviews = (await staff!.client.get(`${call.path}/reviews?stepId=${step.id}`)).body.files.flatMap(
      (file: any) => file.reviews,
    );
    expect(
      reviews
        .filter((one: any) => one.jurorId === jurors[0]!.id)
        .map((one: any) => one.state)
        .sort(),
    ).toEqual(['asked', 'conflict']);
  });

  it('can be put off, and comes last then', async () => {
    const { client } = jurors[0]!;
    const id = await firstOf(jurors[0]!);
    expect((await client.post(`${path}/skip`, { isLater: true, reason: '' })).body.isLater).toBe(true);
    expect((await mine(jurors[0]!)).steps[0]!.items.at(-1)).toMatchObject({ id, isLater: true });
    expect((await client.post(`${path}/skip`, { isLater: false, reason: '' })).body.isLater).toBe(false);
  });

  it('ends with the step, and with the juror', async () => {
    const { client } = jurors[0]!;
    await client.put(path, { revision: 0, scores: SCORES, verdict: 'yes' });
    expect((await staff!.client.post(`${call.path}/steps/${step.id}/close`)).status).toBe(200);
    expect((await client.put(path, { revision: 1, comment: 'x' })).body.code).toBe('step_closed');
    expect((await client.post(`${path}/submit`, { revision: 1 })).body.code).toBe('step_closed');
    expect((await client.get(path)).body.abilities).toEqual({ write: false, submit: false });
    await open();
    expect((await staff!.client.delete(`${call.path}/jurors/${jurors[0]!.id}`)).status).toBe(204);
    expect((await client.get(path)).status).toBe(404);
    expect((await client.put(path, { revision: 1, comment: 'x' })).status).toBe(404);
    expect((await mine(jurors[0]!)).steps).toEqual([]);
    // What they had begun is not read any more, what they had not is free.
    const left = await world.db
      .collection('reviews')
      .find({ jurorId: new Types.ObjectId(jurors[0]!.id) })
      .toArray();
    expect(left.map(({ state }) => state)).toEqual(['abstained']);
  });

  it('is erased with its file, and never read of a file that was taken back', async () => {
    const { client } = jurors[0]!;
    const before = (await mine(jurors[0]!)).steps[0]!.items.length;
    await files[0]!.client.post(`${files[0]!.path}/withdraw`);
    expect((await mine(jurors[0]!)).steps[0]!.items).toHaveLength(before - 1);
    const id = new Types.ObjectId(files[0]!.id);
    await world.db.collection('applications').updateOne({ _id: id }, { $set: { eraseAt: new Date(NOON) } });
    world.clock.set('2028-01-03T10:00:00.000Z');
    await world.app.get(ApplicationErasing).erase();
    await eventually(async () => {
      expect(await world.db.collection('reviews').countDocuments({ applicationId: id })).toBe(0);
    });
    expect((await client.get('/api/me/reviews')).status).not.toBe(500);
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
