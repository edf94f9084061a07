import { Types } from 'mongoose';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import type { MyReviews, Review } from '../../../src/contracts/selection/reviews.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { type CallToRead, aCallToRead, type TestJuror } from '../../support/rooms/juries.js';

const BEFORE = '2026-10-20T10:00:00.000Z';
const NOON = '2026-11-03T10:00:00.000Z';
const SCORES = { craft: 3, judgement: 2 };

let world: TestWorld;
let [staff]: TestPerson[] = [];
let call: CallToRead['call'];
let step: CallToRead['step'];
let files: CallToRead['files'];
let jurors: TestJuror[];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
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
