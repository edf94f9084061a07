import { Types } from 'mongoose';
import { Nights } from '../../../src/cohorts/nights/nights.js';
import { CohortPlanner } from '../../../src/reminders/planning/cohort-planner.js';
import { ReminderDrafts } from '../../../src/reminders/planning/reminder-drafts.js';
import { SubjectSources } from '../../../src/reminders/sources/subject-sources.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { allPlanned, compareAtNight, rowsOf } from '../../support/reminders/reminders.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

/** What nobody can plan, in the midst of what is to be healed: the others are, and it is tried again. And when the night comes. */
let world: TestWorld;
let staff: TestPerson;
let cohort: string;

beforeAll(async () => (world = await startWorld({ nodes: 2 })));
/** The first turn of a process is as of its start. */
const start = () => world.nodes.forEach(({ app }) => app.get(Nights).onApplicationBootstrap());

beforeEach(async () => {
  world.clock.set(NOW);
  start();
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => world.stop());

/** Nobody can draft the plan of such a subject. */
function cannotPlan(isBroken: (ref: { id: string; cohortId: string }) => boolean): void {
  for (const { app } of world.nodes) {
    const drafts = app.get(ReminderDrafts);
    const draft = drafts.draft.bind(drafts);
    jest
      .spyOn(drafts, 'draft')
      .mockImplementation((refs, options) =>
        refs.some(isBroken) ? Promise.reject(new Error('broken')) : draft(refs, options),
      );
  }
}

/** As where its planning was lost: no row. */
async function unplanned(...workshops: string[]): Promise<void> {
  await allPlanned(world);
  for (const row of (await Promise.all(workshops.map((id) => rowsOf(world, id)))).flat())
    await world.db.collection('reminders').deleteOne({ _id: row._id });
}
const planned = async (...workshops: string[]) =>
  (await Promise.all(workshops.map((id) => rowsOf(world, id)))).map((rows) => rows.length > 0);

/** Published workshops to which somebody goes. */
async function workshops(...titles: string[]): Promise<string[]> {
  const fellow = await aMember(world, cohort, 'fellow');
  const made = [];
  for (const title of titles) {
    const { path, id } = await aWorkshop(staff, cohort, { title });
    await fellow.client.put(`${path}/registration`, {});
    made.push(id);
  }
  return made;
}

/** The turn of both processes at once. */
const turn = async () => {
  const ends = await Promise.allSettled(world.nodes.map(({ app }) => app.get(Nights).turn()));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
};

it('given one of three workshops cannot be planned, then the two others are, named is which failed, and it is planned once it can be', async () => {
  const made = await workshops('One', 'Two', 'Three');
  await unplanned(...made);
  const [, broken] = made;
  cannotPlan(({ id }) => id === broken);
  await expect(compareAtNight(world, cohort)).rejects.toThrow(`workshop-${broken} was not planned`);
  expect(await planned(...made)).toEqual([true, false, true]);

  jest.restoreAllMocks();
  await compareAtNight(world, cohort);
  expect(await planned(...made)).toEqual([true, true, true]);
});

it('given a room that cannot say what is to come, then the others are asked', async () => {
  const [made] = await workshops('One');
  await unplanned(made!);
  const [, ...others] = world.app.get(SubjectSources).all;
  jest.spyOn(others[0]!, 'ofCohort').mockRejectedValue(new Error('away'));
  const asked = others.slice(1).map((source) => jest.spyOn(source, 'ofCohort'));
  await expect(compareAtNight(world, cohort)).rejects.toThrow('away');
  expect(asked.map((spy) => spy.mock.calls.length)).toEqual(asked.map(() => 1));
  expect(await planned(made!)).toEqual([true]);
});

describe('the night', () => {
  const plans = () => jest.spyOn(CohortPlanner.prototype, 'plan');
  const timesOf = (spy: ReturnType<typeof plans>, cohortId: string) =>
    spy.mock.calls.filter(([id]) => id === cohortId).length;

  it('given two processes, then each running cohort is planned once, by one of them, and again in its next night, and no other', async () => {
    // It is noon in Paris, and night in Auckland at 13:00 UTC.
    const east = await aCohort(world, { timeZone: 'Pacific/Auckland' });
    world.clock.set('2026-11-03T11:00:00.000Z');
    await turn();
    const spy = plans();
    await turn();
    expect([timesOf(spy, cohort), timesOf(spy, east)]).toEqual([0, 0]);
    world.clock.set('2026-11-03T13:00:00.000Z');
    await turn();
    await turn();
    expect([timesOf(spy, cohort), timesOf(spy, east)]).toEqual([0, 1]);
    world.clock.set('2026-11-04T01:00:00.000Z');
    await turn();
    await turn();
    expect([timesOf(spy, cohort), timesOf(spy, east)]).toEqual([1, 1]);
  });

  it('given a process starts, then what got lost before is planned, though it is day', async () => {
    const [made] = await workshops('One');
    await turn();
    await unplanned(made!);
    await turn();
    expect(await planned(made!)).toEqual([false]);
    world.clock.advance(60_000);
    start();
    await turn();
    expect(await planned(made!)).toEqual([true]);
  });

  it('given a process died while it had a cohort, then another one plans it when its time is over', async () => {
    const [made] = await workshops('One');
    await unplanned(made!);
    const [first, second] = world.nodes.map(({ app }) => app.get(Nights));
    jest.spyOn(world.app.get(CohortPlanner), 'plan').mockReturnValue(new Promise(() => undefined));
    void first!.turn();
    const row = { _id: new Types.ObjectId(cohort) };
    await eventually(async () =>
      expect((await world.db.collection('nights').findOne(row))!['heldUntil']).not.toEqual(new Date(0)),
    );
    await second!.turn();
    expect(await planned(made!)).toEqual([false]);
    world.clock.advance(600_000);
    await second!.turn();
    expect(await planned(made!)).toEqual([true]);
  });

  it('given cohorts that cannot be planned, then the others are, and those again after ten minutes', async () => {
    const made = await workshops('One');
    await unplanned(...made);
    const broken = await aCohort(world);
    await aMember(world, broken, 'fellow');
    await allPlanned(world);
    world.clock.set('2027-01-12T03:00:00.000Z');
    cannotPlan(({ cohortId }) => cohortId === broken);
    const spy = plans();
    await expect(turn()).rejects.toThrow('was not planned');
    expect([timesOf(spy, cohort), timesOf(spy, broken)]).toEqual([1, 1]);
    await turn();
    expect([timesOf(spy, cohort), timesOf(spy, broken)]).toEqual([1, 1]);
    jest.restoreAllMocks();
    world.clock.advance(600_000);
    const again = plans();
    await turn();
    expect([timesOf(again, cohort), timesOf(again, broken)]).toEqual([0, 1]);
  });
});
