import { Types } from 'mongoose';
import { ApplicationErasing } from '../../../src/calls/applications/application-erasing.js';
import type { CallFigures } from '../../../src/contracts/calls/figures.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { ANSWERS, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';

const BEFORE = '2026-10-20T10:00:00.000Z';
const NOON = '2026-11-03T10:00:00.000Z';

let world: TestWorld;
let [staff, fellow, other]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
  other = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());

it('counts what was seen, begun, handed in and answered, hides small groups, and stays when files are erased', async () => {
  world.clock.set(BEFORE);
  const call = await aCall(staff!, staff!.cohortId!);
  const figures = async (): Promise<CallFigures> => (await staff!.client.get(`${call.path}/figures`)).body;
  const seen = world.nodes.flatMap(({ url }) => [1, 2].map(() => clientOf(url).post(`/api/calls/${call.slug}/seen`)));
  expect((await Promise.all(seen)).map(({ status }) => status)).toEqual([204, 204, 204, 204]);
  // Reading it is not opening its page.
  await clientOf(world.url).get(`/api/calls/${call.slug}`);
  expect((await clientOf(world.url).post('/api/calls/made-up/seen')).status).toBe(404);
  const crafts = ['designer', 'designer', 'designer', 'designer', 'designer', 'developer', 'data'];
  const files = [];
  for (const craft of crafts) {
    const one = await anApplicant(world, call.slug);
    await handsIn(one, { ...ANSWERS, craft });
    files.push(one);
  }
  await anApplicant(world, call.slug);
  await files.at(-1)!.client.post(`${files.at(-1)!.path}/withdraw`);
  world.clock.set(NOON);
  const ids = files.slice(0, 6).map(({ id }) => id);
  const words = { en: 'No.', fr: 'Non.' };
  await staff!.client.post(`${call.path}/decisions`, { applicationIds: ids, decision: 'declined', words });
  world.clock.set('2026-11-03T12:00:00.000Z');

  const now = await figures();
  expect(now.totals).toEqual({ seen: 4, begun: 8, submitted: 7, withdrawn: 1 });
  expect(now.days).toEqual([{ on: '2026-10-20', seen: 4, begun: 8, submitted: 7 }]);
  const craft = now.fields.find(({ key }) => key === 'craft')!;
  // One developer would be known, so that the designers are not told either.
  expect(craft.options.map(({ key, count }) => [key, count])).toEqual(
    expect.arrayContaining([
      ['designer', null],
      ['developer', null],
      ['data', null],
    ]),
  );
  expect(now.decisions).toEqual({ accepted: 0, waiting: 0, declined: 6, lapsed: 0 });
  expect(now.waited).toEqual({ days: 14, answered: 6 });
  expect(now.letters).toEqual([
    { on: '2026-10-20', kind: 'closing' },
    { on: '2026-10-22', kind: 'closing' },
    { on: '2026-10-22', kind: 'closed' },
    { on: '2026-11-03', kind: 'decision' },
  ]);

  const csv = await staff!.client.get(`${call.path}/figures.csv`);
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(csv.text).toContain('masqué (petits groupes)');

  // On their day they are erased, and nothing changes here.
  await world.db
    .collection('applications')
    .updateMany({ callId: new Types.ObjectId(call.id) }, { $set: { eraseAt: new Date(NOON) } });
  world.clock.set('2028-11-03T10:00:00.000Z');
  await world.app.get(ApplicationErasing).erase();
  expect(await world.db.collection('applications').countDocuments({ callId: new Types.ObjectId(call.id) })).toBe(0);
  expect(await figures()).toEqual(now);
});

it('is told to the programme team alone', async () => {
  world.clock.set(BEFORE);
  const call = await aCall(staff!, staff!.cohortId!);
  for (const path of [`${call.path}/figures`, `${call.path}/figures.csv`]) {
    expect((await fellow!.client.get(path)).status).toBe(403);
    expect((await other!.client.get(path)).status).toBe(404);
    expect((await clientOf(world.url).get(path)).status).toBe(401);
  }
});
