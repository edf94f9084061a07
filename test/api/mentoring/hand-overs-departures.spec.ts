import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { leavesUnheard } from '../../support/rooms/leaving.js';

let world: TestWorld;
let cohort: string;
let leaver: TestPerson;
let peer: TestPerson;
let fellow: TestPerson;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
  leaver = await aCoach(world, cohort, {}, { name: 'Tomasz Wilk', craft: 'designer' });
  // Free in the mornings only, and once a day.
  const mornings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start: '09:00', end: '12:00' }));
  peer = await aCoach(world, cohort, { weekly: mornings, maxPerDay: 1 }, { name: 'Maud Perrin', craft: 'designer' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
});
afterAll(() => world.stop());

const pathOf = (session: { id: string }) => `/api/cohorts/${cohort}/sessions/${session.id}`;
const now = async (session: { id: string }) => (await staff.client.get(pathOf(session))).body;
const members = () => `/api/cohorts/${cohort}/members/${leaver.id}`;
const preview = async () => (await staff.client.get(`${members()}/successors`)).body;
const titles = async (person: TestPerson) =>
  (await person.client.get('/api/me/inbox')).body.items.map((one: any) => one.title as string);

/** Two mornings of one day, an afternoon, and the morning after. */
async function fourSessions() {
  const other = await aMember(world, cohort, 'fellow', { name: 'Léo Fabre' });
  return {
    other,
    first: await aSession(cohort, fellow, leaver.id, '2026-10-14T07:00:00Z'),
    second: await aSession(cohort, fellow, leaver.id, '2026-10-14T08:00:00Z'),
    afternoon: await aSession(cohort, other, leaver.id, '2026-10-14T12:00:00Z'),
    next: await aSession(cohort, fellow, leaver.id, '2026-10-15T07:00:00Z'),
  };
}

describe('a coach who leaves with sessions ahead', () => {
  it('given a successor, then it is said before how many go over, those do, the rest is cancelled, and all is told', async () => {
    const { first, second, afternoon, next, other } = await fourSessions();
    const promise = async (who: TestPerson, session: { id: string }, text: string) =>
      expect((await who.client.post(`${pathOf(session)}/actions`, { text, ownerId: leaver.id })).status).toBe(201);
    await promise(fellow, second, 'Send the guide');
    await promise(other, afternoon, 'Ask the agency');

    const { sessions, actions, items } = await preview();
    expect([sessions, actions]).toEqual([4, 2]);
    expect(items.map((one: any) => [one.person.id, one.takesOver])).toEqual([
      [peer.id, 2],
      [staff.id, 0],
    ]);
    expect((await staff.client.delete(`${members()}?successorId=${peer.id}`)).status).toBe(204);
    await eventually(async () => {
      const rows = await Promise.all([first, second, afternoon, next].map(now));
      expect(rows.map(({ status, coachId }) => [status, coachId === peer.id])).toEqual([
        ['scheduled', true],
        ['cancelled', false],
        ['cancelled', false],
        ['scheduled', true],
      ]);
      expect(rows[1].cancelReason).toMatch(/^Tomasz Wilk /);
    });
    await eventually(async () => {
      expect(await titles(fellow)).toContainEqual(expect.stringMatching(/^Your session goes on with Maud Perrin/));
      expect(await titles(fellow)).toContainEqual(expect.stringMatching(/^Cancelled: session with Tomasz Wilk/));
      expect(await titles(other)).toContain('Tomasz Wilk has left: “Ask the agency” will not be done');
      expect(await titles(peer)).toContainEqual(expect.stringMatching(/^You take over the session of Tomasz Wilk/));
    });
    // What was promised to the fellow whom the successor meets is the successor's, in their next session.
    await eventually(async () => {
      const carried = (await peer.client.get(`${pathOf(first)}/actions`)).body.items;
      expect(carried).toMatchObject([{ text: 'Send the guide', ownerId: peer.id, state: 'open', carried: true }]);
    });
    expect(await titles(fellow)).not.toContainEqual(expect.stringMatching(/Send the guide/));
    const [dropped] = (await other.client.get(`${pathOf(afternoon)}/actions`)).body.items;
    expect(dropped).toMatchObject({ text: 'Ask the agency', state: 'dropped' });
  });

  it('given nobody was chosen, then all are cancelled with the reason, as it is said before', async () => {
    const { first, next } = await fourSessions();
    expect((await staff.client.delete(members())).status).toBe(204);
    await eventually(async () => {
      for (const session of [first, next]) expect((await now(session)).status).toBe('cancelled');
    });
  });

  it('given another role instead, then the same, with its own reason, and they keep what they promised', async () => {
    const { first, second, next } = await fourSessions();
    await fellow.client.post(`${pathOf(second)}/actions`, { text: 'Send the guide', ownerId: leaver.id });
    const changed = await staff.client.patch(members(), { role: 'staff', successorId: peer.id });
    expect(changed.status).toBe(200);
    await eventually(async () => {
      const rows = await Promise.all([first, second, next].map(now));
      expect(rows.map(({ status, coachId }) => [status, coachId === peer.id])).toEqual([
        ['scheduled', true],
        ['cancelled', false],
        ['scheduled', true],
      ]);
      expect(rows[1].cancelReason).toMatch(/^Tomasz Wilk (does not coach|n’accompagne plus)/);
    });
    const [kept] = (await leaver.client.get('/api/me/actions')).body.items;
    expect(kept).toMatchObject({ text: 'Send the guide', state: 'open' });
  });

  it('given two coaches of a session, then the second goes on alone, at the same time, and all hear of it', async () => {
    const session = await aSession(cohort, fellow, leaver.id, '2026-10-16T07:00:00Z', { secondCoachId: peer.id });
    await fellow.client.post(`${pathOf(session)}/actions`, { text: 'Send the guide', ownerId: leaver.id });
    expect((await staff.client.delete(members())).status).toBe(204);
    await eventually(async () => {
      const { status, coachId, second, startsAt } = await now(session);
      expect([status, coachId, second ?? null, startsAt]).toEqual(['scheduled', peer.id, null, session.startsAt]);
    });
    await eventually(async () => {
      expect(await titles(fellow)).toContainEqual(expect.stringMatching(/^Your session goes on with Maud Perrin/));
      expect(await titles(peer)).toContainEqual(expect.stringMatching(/Tomasz Wilk/));
    });
    const actions = (await peer.client.get(`${pathOf(session)}/actions`)).body.items;
    expect(actions).toMatchObject([{ text: 'Send the guide', ownerId: peer.id, state: 'open' }]);
    // Their one place of the day is still taken, and what the leaver held is free.
    const { claims } = (await world.db
      .collection('sessions')
      .findOne({ _id: new Types.ObjectId(session.id as string) }))!;
    expect(claims.some((claim: string) => claim.includes(leaver.id))).toBe(false);
    expect(claims.some((claim: string) => claim.startsWith(`cap:${peer.id}#`))).toBe(true);
    const again = await fellow.client.post(`/api/cohorts/${cohort}/sessions`, {
      ...{ coachId: peer.id, startsAt: '2026-10-16T08:00:00Z', minutes: 45, need: 'Once more' },
    });
    expect([again.status, again.body.code]).toEqual([409, 'day_cap']);
  });

  it('given no event told of it (the process died), then sessions far ahead follow all the same', async () => {
    const far = await aSession(cohort, fellow, leaver.id, '2026-11-20T08:00:00Z');
    await leavesUnheard(world, cohort, leaver.id);
    expect((await now(far)).status).toBe('scheduled');
    await followOutbox(world);
    expect((await now(far)).status).toBe('cancelled');
  });

  it('given no event told of it and no session ahead, then what they promised is dropped, the fellow is told once, and nothing is left to do', async () => {
    const over = await aSession(cohort, fellow, leaver.id, '2026-10-14T07:00:00Z');
    const promise = (who: TestPerson, text: string, ownerId: string) =>
      who.client.post(`${pathOf(over)}/actions`, { text, ownerId });
    expect((await promise(fellow, 'Send the guide', leaver.id)).status).toBe(201);
    expect((await promise(fellow, 'Ask three users', fellow.id)).status).toBe(201);
    world.clock.set('2026-10-20T08:00:00Z');
    await leavesUnheard(world, cohort, leaver.id);
    await followOutbox(world);
    await eventually(async () => {
      expect(await titles(fellow)).toContain('Tomasz Wilk has left: “Send the guide” will not be done');
    });
    world.clock.advance(60_000);
    await followOutbox(world);
    expect(await world.db.collection('outbox').find().toArray()).toEqual([]);
    world.clock.set(NOW);
  });
});
