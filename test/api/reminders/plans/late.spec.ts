import { ReminderPlanner } from '../../../../src/reminders/planning/reminder-planner.js';
import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { liveUntil, remindOnlyOf, remindersTo, rowsIn, rowsOf, tick } from '../../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../../support/rooms/workshops.js';

/** What comes before something that is planned; all else has its own tests. */
const ABOUT = ['workshop', 'session', 'milestone'] as const;

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  await remindOnlyOf(staff, cohort, ...ABOUT);
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

describe('a workshop', () => {
  const joined = async (path: string, ...people: TestPerson[]) => {
    for (const person of people) expect((await person.client.put(`${path}/registration`, {})).status).toBe(200);
  };

  it('given an alarm in Redis, then the reminder goes out at its time without a turn of the clockwork', async () => {
    world.clock.set('2026-10-14T07:59:59.000Z');
    const { path, id } = await aWorkshop(staff, cohort, { link: MEETING });
    const fellow = await aMember(world, cohort, 'fellow');
    await joined(path, fellow);
    // What is due in a moment is armed after it was planned, the others with it.
    expect((await rowsIn(world, id, 'planned', 3)).map((row) => row.armed)).toEqual([false, true, true]);
    const { ReminderAlarms } = await import('../../../../src/reminders/reminder-alarms.js');
    await world.app.get(ReminderAlarms).arm();
    world.clock.advance(1000);
    await eventually(() => expect(remindersTo(world, fellow.email)).toHaveLength(1));
    await eventually(async () =>
      expect((await rowsOf(world, id)).map((row) => row.state)).toEqual(['sent', 'planned', 'planned']),
    );
  });
});

describe('a reminder that is late', () => {
  it('given nobody could send it in the evening, then it does not come at night, but when its person is awake', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const { path, id } = await aWorkshop(staff, cohort, {
      link: MEETING,
      startsAt: '2026-10-15T17:30:00.000Z',
      endsAt: '2026-10-15T18:30:00.000Z',
    });
    await fellow.client.put(`${path}/registration`, {});
    await rowsIn(world, id, 'planned', 3);
    world.clock.set('2026-10-14T22:00:00.000Z');
    await tick(world);
    // Planned again for any reason, it waits all the same.
    await world.app.get(ReminderPlanner).plan([{ type: 'workshop', id, cohortId: cohort }]);
    const [dayBefore] = await rowsOf(world, id);
    expect([dayBefore!.kind, dayBefore!.state, dayBefore!.dueAt.toISOString()]).toEqual([
      'workshop.24h',
      'planned',
      '2026-10-15T06:00:00.000Z',
    ]);
    // Staff see what holds it.
    expect(dayBefore!.held).toEqual({ by: 'night', from: new Date('2026-10-14T17:30:00.000Z') });
    expect(remindersTo(world, fellow.email)).toEqual([]);
    await liveUntil(world, '2026-10-15T07:00:00.000Z');
    expect(remindersTo(world, fellow.email)).toHaveLength(1);
  });
});
