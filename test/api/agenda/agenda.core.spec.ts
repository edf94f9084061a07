import { Types } from 'mongoose';
import { MembershipsRepository } from '../../../src/cohorts/members/memberships.repository.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const SPAN = 'from=2026-10-12T00:00:00Z&to=2026-11-30T00:00:00Z';

let world: TestWorld;
let cohortId: string;
let otherCohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let other: TestPerson;
let outsider: TestPerson;
let full: string;
let open: string;
let sessionId: string;

beforeAll(async () => {
  world = await startWorld();
  [cohortId, otherCohortId] = [await aCohort(world), await aCohort(world)];
  staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach', { name: 'Ali Coach' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Zoé Fellow' });
  other = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, otherCohortId, 'staff');
  full = await workshop({
    title: 'Full one',
    capacity: 1,
    startsAt: '2026-10-20T12:00:00Z',
    endsAt: '2026-10-20T14:00:00Z',
    link: 'https://meet.example/full',
  });
  open = await workshop({
    title: 'Open one',
    startsAt: '2026-10-21T12:00:00Z',
    endsAt: '2026-10-21T14:00:00Z',
    link: 'https://meet.example/open',
    hosts: [coach.id],
  });
  await other.client.put(`${C()}/workshops/${full}/registration`, {});
  await fellow.client.put(`${C()}/workshops/${full}/registration`, {});
  await fellow.client.put(`${C()}/workshops/${open}/registration`, {});
  sessionId = await book('2026-10-22T08:00:00Z');
  await staff.client.post(`${C()}/milestones`, { title: 'Show and tell', on: '2026-10-25' });
});
afterAll(() => world.stop());

const C = () => `/api/cohorts/${cohortId}`;

async function workshop(over: Record<string, unknown>): Promise<string> {
  return (await aWorkshop(staff, cohortId, over)).id;
}

async function book(startsAt: string): Promise<string> {
  await coach.client.put(`${C()}/coaches/${coach.id}/availability`, {
    timeZone: 'Europe/Paris',
    weekly: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start: '09:00', end: '18:00' })),
    exceptions: [],
    slotMinutes: 45,
    bufferMinutes: 0,
    minNoticeHours: 1,
    horizonDays: 60,
    maxPerDay: 8,
    maxPerWeek: 20,
  });
  const booked = await fellow.client.post(`${C()}/sessions`, {
    coachId: coach.id,
    startsAt,
    minutes: 45,
    need: 'How to talk to our sponsor',
  });
  expect(booked.status).toBe(201);
  return booked.body.id;
}

const agendaOf = async (person: TestPerson, span = SPAN) => {
  const answer = await person.client.get(`/api/me/agenda?${span}`);
  expect(answer.status).toBe(200);
  return answer.body.items as any[];
};

describe('my agenda', () => {
  it('given what I joined, wait for and booked, then all of it is there in time order, and milestones', async () => {
    expect(await agendaOf(fellow)).toMatchObject([
      {
        kind: 'workshop',
        id: full,
        title: 'Full one',
        mine: 'waitlisted',
        position: 1,
        link: null,
        capacity: 1,
        going: 1,
      },
      { kind: 'workshop', id: open, mine: 'going', position: null, link: 'https://meet.example/open' },
      {
        kind: 'session',
        id: sessionId,
        mine: 'participant',
        status: 'scheduled',
        people: [
          { id: coach.id, name: 'Ali Coach' },
          { id: fellow.id, name: 'Zoé Fellow' },
        ],
      },
      {
        kind: 'milestone',
        title: 'Show and tell',
        on: '2026-10-25',
        timeZone: 'Europe/Paris',
        startsAt: '2026-10-24T22:00:00.000Z',
        endsAt: '2026-10-25T23:00:00.000Z',
      },
    ]);
  });

  it('given the coach, then the session is theirs and the workshop they host; given another, then neither', async () => {
    expect(await agendaOf(coach)).toMatchObject([
      { kind: 'workshop', id: open, mine: 'host' },
      { kind: 'session', id: sessionId, mine: 'coach' },
      { kind: 'milestone' },
    ]);
    expect((await agendaOf(other)).map((item) => item.kind)).toEqual(['workshop', 'milestone']);
    expect(await agendaOf(outsider)).toEqual([]);
  });

  it('given a workshop that ends when the span begins, then it is not in it; one that is on, then it is', async () => {
    const ids = async (from: string, to: string) =>
      (await agendaOf(fellow, `from=${from}&to=${to}`)).map(({ id }) => id);
    expect(await ids('2026-10-20T14:00:00Z', '2026-10-20T18:00:00Z')).toEqual([]);
    expect(await ids('2026-10-20T13:59:00Z', '2026-10-20T18:00:00Z')).toEqual([full]);
    expect(await ids('2026-10-20T10:00:00Z', '2026-10-20T12:00:00Z')).toEqual([]);
  });

  it('given a member of two cohorts, then both are in one agenda; given one left, then that one is gone', async () => {
    const both = await aMember(world, cohortId, 'host');
    await join(world, otherCohortId, both.id, 'fellow');
    await outsider.client.post(`/api/cohorts/${otherCohortId}/milestones`, { title: 'Elsewhere', on: '2026-10-26' });
    const titles = async () => (await agendaOf(both)).map((item) => item.title);
    expect(await titles()).toEqual(['Show and tell', 'Elsewhere']);
    await world.app
      .get(MembershipsRepository)
      .end(new Types.ObjectId(otherCohortId), new Types.ObjectId(both.id), world.clock.now());
    expect(await titles()).toEqual(['Show and tell']);
  });

  it.each([
    ['from=2026-10-12T00:00:00Z', '/to', 'required'],
    ['from=2026-10-12&to=2026-10-13T00:00:00Z', '/from', 'wrong_format'],
    ['from=2026-10-12T00:00:00Z&to=2026-10-12T00:00:00Z', '/to', 'end_before_start'],
    ['from=2026-10-12T00:00:00Z&to=2027-11-17T00:00:00Z', '/to', 'too_long'],
    ['from=2026-10-12T00:00:00%2B02:00&to=2026-10-13T00:00:00Z', '/from', 'wrong_format'],
  ])('given ?%s, then 422 names %s', async (query, field, code) => {
    for (const path of [`/api/me/agenda?${query}`, `${C()}/agenda?${query}`]) {
      const answer = await fellow.client.get(path);
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, code }));
    }
  });
});

describe('the calendar of a cohort', () => {
  it('given a member, then all workshops with how they stand to me, and no session of others', async () => {
    const answer = await other.client.get(`${C()}/agenda?${SPAN}`);
    expect(answer.body.items).toMatchObject([
      { id: full, mine: 'going', link: 'https://meet.example/full' },
      { id: open, mine: 'none', link: null },
      { kind: 'milestone' },
    ]);
    expect(answer.text).not.toContain(sessionId);
    const mine = await fellow.client.get(`${C()}/agenda?${SPAN}`);
    expect(mine.body.items.map((item: any) => item.id)).toContain(sessionId);
    expect((await staff.client.get(`${C()}/agenda?${SPAN}`)).body.items[1].link).toBe('https://meet.example/open');
  });

  it('given no login, then 401; given another cohort, then the 404 of a random id', async () => {
    const path = `${C()}/agenda?${SPAN}`;
    expect((await clientOf(world.url).get(path)).status).toBe(401);
    expect((await clientOf(world.url).get(`/api/me/agenda?${SPAN}`)).status).toBe(401);
    const foreign = await outsider.client.get(path);
    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe((await outsider.client.get(path.replace(cohortId, '65f0000000000000000000aa'))).text);
  });
});
