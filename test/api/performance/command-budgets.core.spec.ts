import { randomUUID } from 'node:crypto';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { JobQueues } from '../../../src/infra/queue/job-queues.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { type Act, commandsOf } from '../../support/commands.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { channelOf, say } from '../../support/rooms/chat.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

/**
 * How many commands the database is asked for what people do most, with all that follows from it. A number only goes down; `COMMANDS=1` prints each command. What follows an
 * act goes together as it happens to be asked for, which differs by a few from run to run.
 */
const BUDGETS = {
  'my profile': 2,
  'the list of the forum': 3,
  'a topic': 4,
  'the list of workshops': 3,
  'my agenda': 3,
  'the agenda of the cohort': 3,
  'my channels': 3,
  'free slots': 3,
  'a reply that ten people follow': 20,
  'a registration': 32,
  'a booking': 28,
  'a message in a channel': 4,
};

const FOLLOWERS = 10;
const TIMES = ['2026-10-19T07:00:00Z', '2026-10-20T07:00:00Z', '2026-10-21T07:00:00Z', '2026-10-22T07:00:00Z'];

let world: TestWorld;
let cohort: string;
let [staff, fellow, other, coach]: TestPerson[] = [];
const C = (path: string) => `/api/cohorts/${cohort}/${path}`;

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  coach = await aCoach(world, cohort);
  fellow = await aMember(world, cohort, 'fellow');
  other = await aMember(world, cohort, 'fellow');
  // What comes by time, and what leaves in its turn, is no part of an act.
  await world.app.get(Intervals).stop();
  await world.app.get(JobQueues).beforeApplicationShutdown();
});
afterAll(() => world.stop());

/** Makes ready what the act needs. */
const acts: Record<keyof typeof BUDGETS, () => Act | Promise<Act>> = {
  'my profile': () => () => fellow!.client.get('/api/me'),
  'the list of the forum': async () => {
    await aTopic();
    return () => fellow!.client.get(C('topics?limit=20'));
  },
  'a topic': async () => {
    const id = await aTopic();
    return () => fellow!.client.get(C(`topics/${id}`));
  },
  'the list of workshops': async () => {
    const { path } = await aWorkshop(staff!, cohort, { hosts: [coach!.id] });
    await fellow!.client.put(`${path}/registration`, {});
    return () => fellow!.client.get(C('workshops?limit=20'));
  },
  'my agenda': async () => {
    await aSession(cohort, fellow!, coach!.id, TIMES[0]!);
    return () => fellow!.client.get('/api/me/agenda?from=2026-10-12T00:00:00Z&to=2026-11-12T00:00:00Z');
  },
  'the agenda of the cohort': () => () =>
    fellow!.client.get(C('agenda?from=2026-10-12T00:00:00Z&to=2026-11-12T00:00:00Z')),
  'my channels': () => () => fellow!.client.get('/api/channels'),
  'free slots': () => () =>
    other!.client.get(C(`slots?coachId=${coach!.id}&from=2026-10-19T00:00:00Z&to=2026-10-26T00:00:00Z`)),
  'a reply that ten people follow': async () => {
    const id = await aTopic();
    for (let index = 0; index < FOLLOWERS; index += 1) {
      const person = await aMember(world, cohort, 'fellow');
      expect((await person.client.put(C(`topics/${id}/subscription`), { level: 'watching' })).status).toBe(204);
    }
    return () => other!.client.post(C(`topics/${id}/posts`), { body: 'Use the catalogue of the agency.' });
  },
  'a registration': async () => {
    const at = { startsAt: '2026-11-03T13:00:00.000Z', endsAt: '2026-11-03T14:00:00.000Z' };
    const { path } = await aWorkshop(staff!, cohort, { hosts: [], ...at });
    const people = [fellow!, other!];
    return () => people.shift()!.client.put(`${path}/registration`, {});
  },
  'a booking': () => {
    const times = [TIMES[1]!, TIMES[2]!];
    const booking = () => ({ coachId: coach!.id, startsAt: times.shift()!, minutes: 45, need: 'How do we test?' });
    return () => other!.client.post(C('sessions'), booking());
  },
  'a message in a channel': async () => {
    const { id } = await channelOf(fellow!, 'cohort');
    await say(other!, id, 'Hello');
    return () =>
      fellow!.client.post(`/api/channels/${id}/messages`, { clientId: randomUUID(), body: 'Who has the table?' });
  },
};

async function aTopic(): Promise<string> {
  const asked = { title: 'How do we publish a dataset?', body: 'A table.', tags: ['data'] };
  return (await fellow!.client.post(C('topics'), asked)).body.id as string;
}

it.each(Object.entries(BUDGETS))('%s takes at most %i commands', async (name, most) => {
  const act = await acts[name as keyof typeof BUDGETS]();
  expect(await commandsOf(world, name, act)).toBeLessThanOrEqual(most);
});
