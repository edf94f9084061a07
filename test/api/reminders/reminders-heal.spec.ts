import { CohortRounds } from '../../../src/reminders/planning/cohort-rounds.js';
import { ReminderDrafts } from '../../../src/reminders/planning/reminder-drafts.js';
import { ReminderEngine } from '../../../src/reminders/reminder-engine.js';
import { ReminderReconciler } from '../../../src/reminders/planning/reminder-reconciler.js';
import { SubjectSources } from '../../../src/reminders/sources/subject-sources.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { allPlanned, rowsOf } from '../../support/reminders/reminders.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

/** What nobody can plan, in the midst of what is to be healed: the others are, and it is tried again. */
let world: TestWorld;
let staff: TestPerson;
let cohort: string;

beforeAll(async () => (world = await startWorld()));
beforeEach(async () => {
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => world.stop());

/** Nobody can draft the plan of such a subject. */
function cannotPlan(isBroken: (ref: { id: string; cohortId: string }) => boolean): void {
  const drafts = world.app.get(ReminderDrafts);
  const draft = drafts.draft.bind(drafts);
  jest
    .spyOn(drafts, 'draft')
    .mockImplementation((refs, options) =>
      refs.some(isBroken) ? Promise.reject(new Error('broken')) : draft(refs, options),
    );
}

const marks = () => world.db.collection<{ _id: string }>('reminder_subjects');
const isMarked = async (id: string) => (await marks().findOne({ _id: id })) !== null;
/** As where its planning was lost: no row, no mark. */
async function unplanned(...workshops: string[]): Promise<void> {
  await allPlanned(world);
  await marks().deleteMany({ _id: { $in: workshops.map((id) => `workshop-${id}`) } });
  for (const row of (await Promise.all(workshops.map((id) => rowsOf(world, id)))).flat())
    await world.db.collection('reminders').deleteOne({ _id: row._id });
}
const planned = async (...workshops: string[]) =>
  (await Promise.all(workshops.map((id) => rowsOf(world, id)))).map((rows) => rows.length > 0);

it('given one of three workshops cannot be planned, then the two others are, named is which failed, and it is planned once it can be', async () => {
  const fellow = await aMember(world, cohort, 'fellow');
  const made = [];
  for (const title of ['One', 'Two', 'Three']) {
    const { path, id } = await aWorkshop(staff, cohort, { title });
    await fellow.client.put(`${path}/registration`, {});
    made.push(id);
  }
  await unplanned(...made);
  const [, broken] = made;
  cannotPlan(({ id }) => id === broken);
  await expect(world.app.get(ReminderReconciler).run()).rejects.toThrow(`workshop-${broken} was not planned`);
  expect(await planned(...made)).toEqual([true, false, true]);

  jest.restoreAllMocks();
  world.clock.advance(600_000);
  const later = await aWorkshop(staff, cohort, { title: 'Later' });
  await world.app.get(ReminderReconciler).run();
  expect(await planned(...made)).toEqual([true, true, true]);
  expect(await isMarked(`workshop-${later.id}`)).toBe(true);
});

it('given a room that cannot say what changed, then the others are asked, and the rounds go on', async () => {
  const other = await aCohort(world);
  const asked = world.app
    .get(SubjectSources)
    .all.filter((source) => 'changedSince' in source)
    .map((source, at) =>
      jest
        .spyOn(source as Required<typeof source>, 'changedSince')
        .mockImplementation(() => (at === 0 ? Promise.reject(new Error('away')) : Promise.resolve([]))),
    );
  await expect(world.app.get(ReminderEngine).tick()).rejects.toThrow('away');
  expect(asked.map((spy) => spy.mock.calls.length > 0)).toEqual(asked.map(() => true));
  expect(await isMarked(`cohort-${other}`)).toBe(true);
});

it('given more cohorts than a turn takes cannot be planned, then the others are, and those are once they can be', async () => {
  const cohorts = [cohort];
  for (let made = 1; made < 6; made += 1) cohorts.push(await aCohort(world));
  const broken = cohorts.slice(0, 4);
  for (const id of cohorts) await aMember(world, id, 'fellow');
  await allPlanned(world);
  await marks().deleteMany({ _id: { $in: cohorts.flatMap((id) => [`cohort-${id}`, `ladder-${id}`]) } });
  cannotPlan(({ cohortId }) => broken.includes(cohortId));
  const turn = () => world.app.get(CohortRounds).go();
  const done = async () => await Promise.all(cohorts.map((id) => isMarked(`cohort-${id}`)));
  for (let turns = 0; turns < 3; turns += 1) await turn().catch(() => undefined);
  expect(await done()).toEqual([false, false, false, false, true, true]);

  jest.restoreAllMocks();
  for (let turns = 0; turns < 3; turns += 1) await turn();
  expect(await done()).toEqual([true, true, true, true, true, true]);
});
