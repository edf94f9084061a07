import type { Channel, Message } from '../../../src/contracts/chat/chat.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aPrivateChannel } from '../../support/rooms/chat.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let other: TestPerson;

beforeAll(async () => (world = await startWorld()));
afterAll(() => world.stop());
beforeEach(async () => {
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  coach = await aCoach(world, cohort);
  fellow = await aMember(world, cohort, 'fellow');
  other = await aMember(world, cohort, 'fellow');
});

const AT = '2026-10-14T07:00:00Z';
const ROOM = /^https:\/\/\S+cordee-[0-9a-f]{32}$/;

describe('where those meet who stay', () => {
  const callOf = async (person: TestPerson, room: string) =>
    ((await person.client.get(`/api/channels/${room}`)).body as Channel).call?.link;
  const start = async (person: TestPerson, room: string) =>
    (await person.client.post(`/api/channels/${room}/calls`)).body as { link: string; announced: boolean };

  it.each(['by who made the channel', 'by leaving the cohort'])(
    'given somebody is taken out of a channel %s, then the others call in another room, and may say so at once',
    async (how) => {
      const room = await aPrivateChannel(fellow, cohort, [other, coach]);
      const { link, announced } = await start(other, room);
      expect([announced, ROOM.test(link)]).toEqual([true, true]);
      expect(await callOf(coach, room)).toBe(link);
      if (how === 'by leaving the cohort') await staff.client.delete(`/api/cohorts/${cohort}/members/${other.id}`);
      else expect((await fellow.client.delete(`/api/channels/${room}/members/${other.id}`)).status).toBe(204);
      await world.settled();
      const now = await callOf(fellow, room);
      expect([now === link, ROOM.test(now ?? '')]).toEqual([false, true]);
      expect(await start(coach, room)).toEqual({ link: now, announced: true });
      expect((await other.client.get(`/api/channels/${room}`)).status).toBe(404);
      const { items } = (await coach.client.get(`/api/channels/${room}/messages`)).body as { items: Message[] };
      expect(items.filter(({ note }) => note?.kind === 'call')).toHaveLength(2);
    },
  );

  it('given a link of its own, then a channel keeps it; given somebody comes in, then the room stays', async () => {
    const room = await aPrivateChannel(fellow, cohort, [other]);
    const before = await callOf(fellow, room);
    expect((await fellow.client.put(`/api/channels/${room}/members/${coach.id}`)).status).toBeLessThan(300);
    expect(await callOf(fellow, room)).toBe(before);
    await fellow.client.patch(`/api/channels/${room}`, { callLink: 'https://meet.example/ours' });
    await fellow.client.delete(`/api/channels/${room}/members/${other.id}`);
    expect(await callOf(fellow, room)).toBe('https://meet.example/ours');
  });

  it('given who leaves an open channel may come back, then the call of the others goes on in its room', async () => {
    const made = await fellow.client.post(`/api/cohorts/${cohort}/channels`, {
      name: 'coffee',
      topic: '',
      open: true,
    });
    const room = made.body.id as string;
    for (const one of [other, coach]) await one.client.put(`/api/channels/${room}/members/me`);
    const { link } = await start(other, room);
    expect((await other.client.delete(`/api/channels/${room}/members/me`)).status).toBe(204);
    expect(await start(coach, room)).toEqual({ link, announced: false });
  });

  it('given a session is handed over, then it is in a room that the coach before does not know; moved, it stays', async () => {
    const peer = await aCoach(world, cohort);
    const { id, link } = await aSession(cohort, fellow, coach.id, AT);
    const path = `/api/cohorts/${cohort}/sessions/${id}`;
    const moved = await fellow.client.post(`${path}/reschedule`, { startsAt: '2026-10-14T08:00:00Z' });
    expect(moved.body.link).toBe(link);
    expect((await coach.client.post(`${path}/hand-over`, { coachId: peer.id })).status).toBe(200);
    const now = (await fellow.client.get(path)).body.link;
    expect([now === link, ROOM.test(now)]).toEqual([false, true]);
    expect((await peer.client.get(path)).body.link).toBe(now);
  });

  it('given one of two fellows leaves the cohort, then the others meet where their calendars say; handed over, a fixed room stays', async () => {
    const peer = await aCoach(world, cohort);
    const withBoth = { participants: [fellow.id, other.id] };
    const { id, link } = await aSession(cohort, coach, coach.id, AT, withBoth);
    await staff.client.patch(`/api/cohorts/${cohort}`, {
      meeting: { kind: 'fixed', pattern: 'https://room.example/a' },
    });
    const fixed = await aSession(cohort, coach, coach.id, '2026-10-15T07:00:00Z', withBoth);
    await staff.client.delete(`/api/cohorts/${cohort}/members/${other.id}`);
    await eventually(async () => {
      const now = (await fellow.client.get(`/api/cohorts/${cohort}/sessions/${id}`)).body;
      expect(now.people).not.toContainEqual(expect.objectContaining({ id: other.id }));
      expect(now.link).toBe(link);
    });
    const path = `/api/cohorts/${cohort}/sessions/${fixed.id}`;
    expect((await coach.client.post(`${path}/hand-over`, { coachId: peer.id })).status).toBe(200);
    expect((await fellow.client.get(path)).body.link).toBe('https://room.example/a');
  });
});
