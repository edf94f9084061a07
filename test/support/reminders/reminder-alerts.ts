import { Deliveries } from '../../../src/infra/deliveries/deliveries.js';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { ReminderWatch } from '../../../src/reminders/monitoring/reminder-watch.js';
import { type TestWorld, startWorld } from '../app.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../factories.js';
import { allPlanned, remindOnlyOf, tick } from './reminders.js';
import { MEETING, aWorkshop } from '../rooms/workshops.js';

/** Two processes that only serve, people who may be alerted, and others who may not. */
export interface AlertWorld {
  world: TestWorld;
  cohort: string;
  /** One reads English, one French, one is a coach, too. */
  admins: TestPerson[];
  staff: TestPerson;
  /** So many as were asked for. */
  fellows: TestPerson[];
  /** All who are no admins. */
  others: TestPerson[];
  /** A workshop to which these go; an hour before it starts they are reminded. Resolves with its id. */
  goingTo: (startsAt: string, people: readonly TestPerson[]) => Promise<string>;
  /** Both processes look at this time, twice at once. */
  lookAt: (time: string) => Promise<void>;
  /** The notices of alerts that somebody has, the newest first. */
  told: (person: TestPerson) => Promise<any[]>;
  /** What an admin is shown. */
  state: () => Promise<any>;
  turnMails: () => Promise<unknown>;
}

/** Nothing is sent but where a test turns the clockwork by hand, and the looks are those that it takes. */
export async function startAlertWorld(fellowCount: number): Promise<AlertWorld> {
  const world = await startWorld({ nodes: 2, env: { ROLES: 'web' } });
  for (const node of world.nodes) await node.app.get(Intervals).stop();
  const cohort = await aCohort(world);
  const staff = await aMember(world, cohort, 'staff');
  const fellows: TestPerson[] = [];
  for (let at = 0; at < fellowCount; at += 1) fellows.push(await aMember(world, cohort, 'fellow'));
  const others = [staff, ...fellows, await aPerson(world)];
  const admins = [
    await aPerson(world, { isAdmin: true }),
    await aPerson(world, { isAdmin: true, locale: 'fr' }),
    await aMember(world, cohort, 'coach', { isAdmin: true }),
  ];
  await remindOnlyOf(staff, cohort, 'workshop');
  await allPlanned(world);
  return {
    ...{ world, cohort, admins, staff, fellows, others },
    goingTo: async (startsAt, people) => {
      const endsAt = new Date(Date.parse(startsAt) + 3_600_000).toISOString();
      const workshop = await aWorkshop(staff, cohort, { link: MEETING, startsAt, endsAt });
      for (const { client } of people) expect((await client.put(`${workshop.path}/registration`, {})).status).toBe(200);
      await allPlanned(world);
      await tick(world);
      return workshop.id;
    },
    lookAt: async (time) => {
      world.clock.set(time);
      await Promise.all([0, 1, 0, 1].map((node) => world.nodes[node]!.app.get(ReminderWatch).look()));
    },
    told: async (person) =>
      (await person.client.get('/api/me/inbox?limit=200')).body.items.filter((one: { kind: string }) =>
        one.kind.startsWith('operation.'),
      ),
    state: async () => (await admins[0]!.client.get('/api/operation')).body,
    turnMails: () => Promise.all(world.nodes.map((node) => node.app.get(Deliveries).turn())),
  };
}
