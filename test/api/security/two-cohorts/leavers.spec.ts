import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { say } from '../../../support/rooms/chat.js';
import { connect } from '../../../support/client.js';
import { idOf } from '../../../../src/infra/mongo/ids.js';
import { HOURS, aCoach, aSession } from '../../../support/rooms/coaching.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember, join } from '../../../support/factories.js';
import { rowsIn } from '../../../support/reminders/reminders.js';
import { aRequest } from '../../../support/rooms/requests.js';
import { draftOf } from '../../../support/rooms/workshops.js';

/** Two cohorts with the same coach and the same fellow in both: what they have in one is nothing to the people of the other. */
let world: TestWorld;
let here: string;
let there: string;
let coach: TestPerson;
let fellow: TestPerson;
let staffHere: TestPerson;
let staffThere: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  [here, there] = [await aCohort(world), await aCohort(world, { name: 'There' })];
  staffHere = await aMember(world, here, 'staff');
  staffThere = await aMember(world, there, 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  coach = await aCoach(world, there);
  fellow = await aMember(world, there, 'fellow');
  await join(world, here, coach.id, 'coach');
  await join(world, here, fellow.id, 'fellow');
  expect((await coach.client.put(pathOf(here), HOURS)).status).toBe(200);
});

const pathOf = (cohort: string) => `/api/cohorts/${cohort}/coaches/${coach.id}/availability`;
const leave = async (cohort: string, staff: TestPerson, person: TestPerson) =>
  expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${person.id}`)).status).toBeLessThan(300);

describe('a message of a conversation that is reported', () => {
  it('given who reports it left the cohort that both shared, then its staff get it, and those of another one do not', async () => {
    const reporter = await aMember(world, there, 'fellow');
    await join(world, here, reporter.id, 'fellow');
    const author = await aMember(world, there, 'fellow');
    const direct = (await author.client.post('/api/direct', { userIds: [reporter.id] })).body.id as string;
    const message = await say(author, direct, 'You are no good');
    await leave(there, staffThere, reporter);
    const path = `/api/channels/${direct}/messages/${message.id}/report`;
    expect((await reporter.client.post(path, { reason: 'harassment' })).status).toBe(201);
    const of = async (staff: TestPerson, cohort: string) =>
      (await staff.client.get(`/api/cohorts/${cohort}/reports?state=open`)).body.items.filter(
        (one: { messageId: string }) => one.messageId === message.id,
      );
    expect(await of(staffHere, here)).toEqual([]);
    expect(await of(staffThere, there)).toHaveLength(1);
  });
});

describe('who left', () => {
  it('then what is still planned of that cohort is not on the list of what comes to them', async () => {
    const session = await aSession(there, fellow, coach.id, '2026-10-16T12:00:00.000Z');
    await rowsIn(world, session.id, 'planned', 4);
    const coming = async () =>
      (await fellow.client.get('/api/me/reminders?limit=200')).body.items.filter(
        (one: { cohortId: string }) => one.cohortId === there,
      );
    expect((await coming()).length).toBeGreaterThan(0);
    await leave(there, staffThere, fellow);
    expect(await coming()).toEqual([]);
  });

  it('then they hear nothing of a session they had, nor of a thread that they began', async () => {
    const session = await aSession(there, fellow, coach.id, '2026-10-14T08:00:00.000Z');
    const other = await aMember(world, there, 'fellow');
    const channels = (await fellow.client.get('/api/channels')).body.items as {
      id: string;
      kind: string;
      cohortId: string;
    }[];
    const room = channels.find(({ kind, cohortId }) => kind === 'cohort' && cohortId === there)!;
    const root = await say(coach, room.id, 'Who was there?');
    // From here on who began the thread follows it.
    await say(other, room.id, 'I was', root.id);
    world.clock.set('2026-10-14T09:00:00.000Z');
    const path = `/api/cohorts/${there}/sessions/${session.id}`;
    expect((await coach.client.post(`${path}/complete`, { outcome: 'held' })).status).toBe(200);
    await leave(there, staffThere, coach);
    await world.settled();
    // As it is until the relay took their places in channels: they follow the thread still.
    const [userId, threadId] = [idOf(coach.id), idOf(root.id)];
    const follower = { following: true, readSeq: 1, headSeq: 1, behind: false, repliedAt: new Date(NOW) };
    await world.db
      .collection('thread-followers')
      .insertOne({ userId, threadId, channelId: idOf(room.id), ...follower });
    const live = await connect(world.nodes[1]!.url, coach.token);
    const hears = await connect(world.nodes[1]!.url, fellow.token);
    const [before, heardBefore] = [live.events.length, hears.events.length];
    await say(other, room.id, 'To the end', root.id);
    expect((await fellow.client.post(`${path}/actions`, { text: 'Write it down', ownerId: fellow.id })).status).toBe(
      201,
    );
    await eventually(() =>
      expect(hears.events.slice(heardBefore).map(({ event }) => event)).toContain('session.changed'),
    );
    await world.settled();
    const told = live.events.slice(before).map(({ event }) => event);
    expect(told.filter((event) => event === 'session.changed' || event === 'thread.changed')).toEqual([]);
    live.close();
    hears.close();
  });

  it('then they hear nothing of a cycle they had, nor of a request of theirs, though both end by it', async () => {
    const cycle = await fellow.client.post(`/api/cohorts/${there}/cycles`, { coachId: coach.id, goal: 'Ship it' });
    expect(cycle.status).toBe(201);
    await aRequest(there, fellow, { ownerId: coach.id });
    await world.settled();
    const [leaver, hears] = await Promise.all([fellow, coach].map(({ token }) => connect(world.nodes[1]!.url, token)));
    const heard = (live = hears!) =>
      live.events.map(({ event }) => event).filter((event) => /^(cycle|request)\.changed$/.test(event));
    await leave(there, staffThere, fellow);
    await world.settled();
    await eventually(() => expect(heard().sort()).toEqual(['cycle.changed', 'request.changed']));
    expect(heard(leaver)).toEqual([]);
    for (const live of [leaver, hears]) live!.close();
  });
});

describe('a host who left', () => {
  it('given a draft of theirs whose day has passed, then they hear nothing of what becomes of it', async () => {
    const host = await aMember(world, there, 'coach');
    const made = await host.client.post(`/api/cohorts/${there}/workshops`, draftOf());
    expect(made.status).toBe(201);
    world.clock.set('2026-10-16T09:00:00.000Z');
    const live = await connect(world.nodes[1]!.url, host.token);
    await leave(there, staffThere, host);
    await world.settled();
    const before = live.events.length;
    const team = await connect(world.nodes[0]!.url, staffThere.token);
    const path = `/api/cohorts/${there}/workshops/${made.body.id as string}`;
    expect((await staffThere.client.patch(path, { title: 'Another title' })).status).toBe(200);
    await eventually(() => expect(team.events.map(({ payload }) => payload.workshopId)).toContain(made.body.id));
    await world.settled();
    expect(live.events.slice(before).filter(({ event }) => event === 'workshop.changed')).toEqual([]);
    live.close();
    team.close();
  });
});
