import { AsyncLocalStorage } from 'node:async_hooks';
import { Types } from 'mongoose';
import { ReminderPlanner } from '../../../src/reminders/planning/reminder-planner.js';
import { ReminderPlansRepository } from '../../../src/reminders/planning/reminder-plans.repository.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { allPlanned, compareAtNight, rowsIn, rowsOf } from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';

const LATER = { startsAt: '2026-10-16T08:00:00.000Z', endsAt: '2026-10-16T10:30:00.000Z' };

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let fellow: TestPerson;
let path: string;
let id: string;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  fellow = await aMember(world, cohortId, 'fellow');
  ({ path, id } = await aWorkshop(staff, cohortId, { link: MEETING }));
  await fellow.client.put(`${path}/registration`, {});
  await rowsIn(world, id, 'planned', 3);
  await allPlanned(world);
});
afterEach(() => jest.restoreAllMocks());

const statesOf = async () =>
  (await rowsOf(world, id)).map(({ kind, subject, state }) => [kind, subject.revision, state]);
const ONLY_THE_NEW_TIME = [
  ['workshop.24h', 1, 'dropped'],
  ['workshop.1h', 1, 'dropped'],
  ['workshop.10min', 1, 'dropped'],
  ['workshop.24h', 2, 'planned'],
  ['workshop.1h', 2, 'planned'],
  ['workshop.10min', 2, 'planned'],
];

/**
 * Plans, and lets something happen once, between the state of subjects that this plan goes by and the rows that it compares with. Plans that the workers make at
 * the same time are let through.
 */
async function planWhile(plan: (planner: ReminderPlanner) => Promise<unknown>, happens: () => Promise<unknown>) {
  const reminders = world.app.get(ReminderPlansRepository);
  const read = reminders.ofSubjects.bind(reminders);
  const slower = new AsyncLocalStorage<true>();
  let hasHappened = false;
  jest.spyOn(reminders, 'ofSubjects').mockImplementation(async (...asked) => {
    if (slower.getStore() && !hasHappened) {
      hasHappened = true;
      await happens();
    }
    return await read(...asked);
  });
  await slower.run(true, () => plan(world.app.get(ReminderPlanner)));
  expect(hasHappened).toBe(true);
}

async function moves(): Promise<void> {
  expect((await staff.client.patch(path, LATER)).status).toBe(200);
  await allPlanned(world);
  expect(await statesOf()).toEqual(ONLY_THE_NEW_TIME);
}

describe('two plans of one subject', () => {
  it('given it moves and is planned while a slower one plans for one person, then they are reminded of the new time', async () => {
    await planWhile((planner) => planner.planPerson(fellow.id), moves);
    expect(await statesOf()).toEqual(ONLY_THE_NEW_TIME);
  });

  it('given the slower one plans for all, then the same', async () => {
    const ref = { type: 'workshop' as const, id, cohortId };
    world.clock.set(new Date(world.clock.now().getTime() + 1));
    await planWhile((planner) => planner.plan([ref]), moves);
    expect(await statesOf()).toEqual(ONLY_THE_NEW_TIME);
  });

  it('given its state never becomes what is planned for, then it is tried a few times, left as it is, and whoever asked is told', async () => {
    await moves();
    await workshops().updateOne({ _id: new Types.ObjectId(id) }, { $set: { revision: 1 } });
    const plan = world.app.get(ReminderPlanner).planPerson(fellow.id);
    await expect(plan).rejects.toThrow(`workshop-${id} was not planned`);
    expect(await statesOf()).toEqual(ONLY_THE_NEW_TIME);
    await workshops().updateOne({ _id: new Types.ObjectId(id) }, { $set: { revision: 2 } });
  });
});

const workshops = () => world.db.collection('workshops');

describe('a slower plan of a subject whose people changed meanwhile', () => {
  const ofAll = (planner: ReminderPlanner) => planner.plan([{ type: 'workshop' as const, id, cohortId }]);
  const plannedFor = async ({ id: userId }: TestPerson) =>
    (await rowsOf(world, id)).filter((row) => String(row.userId) === userId && row.state === 'planned');

  it('given somebody registers and is planned for meanwhile, then their reminders stay', async () => {
    const other = await aMember(world, cohortId, 'fellow');
    await planWhile(ofAll, async () => {
      expect((await other.client.put(`${path}/registration`, {})).status).toBe(200);
      await allPlanned(world);
      expect(await plannedFor(other)).toHaveLength(3);
    });
    expect(await plannedFor(other)).toHaveLength(3);
    expect(await plannedFor(fellow)).toHaveLength(3);
  });

  it('given somebody cancels meanwhile, then theirs stay dropped, and the others keep theirs', async () => {
    const other = await aMember(world, cohortId, 'fellow');
    await other.client.put(`${path}/registration`, {});
    await allPlanned(world);
    await planWhile(ofAll, async () => {
      expect((await other.client.delete(`${path}/registration`)).status).toBeLessThan(300);
      await allPlanned(world);
      expect(await plannedFor(other)).toEqual([]);
    });
    expect(await plannedFor(other)).toEqual([]);
    expect(await plannedFor(fellow)).toHaveLength(3);
  });

  it('given somebody wants no mails meanwhile, then they are not planned for as they wanted before', async () => {
    const planPerson = (planner: ReminderPlanner) => planner.planPerson(fellow.id);
    await planWhile(planPerson, async () => {
      const { kinds, quietHours } = (await fellow.client.get('/api/me/preferences')).body;
      const noMails = { kinds: { ...kinds, workshops: { inbox: true, mail: false, push: false } }, quietHours };
      expect((await fellow.client.put('/api/me/preferences', noMails)).status).toBe(200);
      await allPlanned(world);
    });
    expect((await plannedFor(fellow)).map(({ channels }) => channels)).toEqual([['inbox'], ['inbox'], ['inbox']]);
  });
});

describe('the night', () => {
  it('given a move of which nothing says anything, in the very millisecond that was planned for, then it is planned', async () => {
    const when = { startsAt: new Date(LATER.startsAt), endsAt: new Date(LATER.endsAt) };
    await workshops().updateOne({ _id: new Types.ObjectId(id) }, { $set: when, $inc: { revision: 1 } });
    await compareAtNight(world, cohortId);
    expect(await statesOf()).toEqual(ONLY_THE_NEW_TIME);
  });
});
