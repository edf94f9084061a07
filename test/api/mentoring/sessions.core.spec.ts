import { Types } from 'mongoose';
import { EventBus } from '../../../src/infra/events/event-bus.js';
import {
  sessionBooked,
  sessionCancelled,
  sessionCompleted,
  sessionRescheduled,
} from '../../../src/mentoring/mentoring.events.js';
import { SessionsReader } from '../../../src/mentoring/sessions/sessions.reader.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf, connect } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { leavesUnheard } from '../../support/rooms/leaving.js';

let world: TestWorld;
let cohort: string;
let base: string;
let coach: TestPerson;
let fellow: TestPerson;
let teammate: TestPerson;
let staff: TestPerson;
const project = String(new Types.ObjectId());

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}/sessions`;
  coach = await aCoach(world, cohort);
  staff = await aMember(world, cohort, 'staff');
});
beforeEach(async () => {
  world.clock.set('2026-10-13T09:45:00.000Z');
  // Each with nothing booked: a fellow books so many sessions ahead and no more.
  fellow = await aMember(world, cohort, 'fellow', { projectId: project });
  teammate = await aMember(world, cohort, 'fellow', { projectId: project });
});
afterAll(() => world.stop());

const wanted = (startsAt: string, more: Record<string, unknown> = {}) => ({
  coachId: coach.id,
  startsAt,
  minutes: 45,
  need: 'How do we say it?',
  ...more,
});

describe('booking', () => {
  it('given a free slot, then a session with its people, a link nobody can guess and what one may do', async () => {
    const { status, body } = await fellow.client.post(
      base,
      wanted('2026-10-14T07:00:00Z', { need: '  Two\nlines.  ' }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      cohortId: cohort,
      coachId: coach.id,
      participants: [fellow.id],
      bookedBy: fellow.id,
      startsAt: '2026-10-14T07:00:00.000Z',
      endsAt: '2026-10-14T07:45:00.000Z',
      status: 'scheduled',
      need: 'Two\nlines.',
      revision: 1,
      abilities: { reschedule: true, cancel: true, complete: false, addNote: true, addAction: true },
    });
    expect(body.link).toMatch(/^https:\/\/meet\.example\/cordee-[0-9a-f]{32}$/);
    expect(body.people.map((person: any) => person.id)).toEqual([coach.id, fellow.id]);
    expect(body).not.toHaveProperty('claims');
    const again = await fellow.client.post(base, wanted('2026-10-14T07:00:00Z'));
    expect(again).toMatchObject({ status: 409, body: { code: 'slot_taken' } });
    expect(again.body.next).toHaveLength(3);
    const freed = await fellow.client.post(`${base}/${body.id}/cancel`, { reason: 'Found it myself' });
    expect(freed.body).toMatchObject({ status: 'cancelled', cancelReason: 'Found it myself', revision: 2 });
    expect((await fellow.client.post(base, wanted('2026-10-14T07:00:00Z'))).status).toBe(201);
  });

  it('given each pattern of the cohort, then its link', async () => {
    const linkWith = async (kind: string, pattern: string | null, hour: string) => {
      await world.db
        .collection('cohorts')
        .updateOne({ _id: new Types.ObjectId(cohort) }, { $set: { meeting: { kind, pattern } } });
      return (await aSession(cohort, fellow, coach.id, `2026-12-01T${hour}:00:00Z`)).link;
    };
    expect(await linkWith('fixed', 'https://room.example/a', '08')).toBe('https://room.example/a');
    expect(await linkWith('none', null, '09')).toBeNull();
    expect(await linkWith('bigbluebutton', 'https://bbb.example/{session}/join', '10')).toMatch(
      /^https:\/\/bbb\.example\/cordee-[0-9a-f]{32}\/join$/,
    );
    await linkWith('jitsi', 'https://meet.example/{session}', '13');
  });

  it('given a teammate, then they come along, and both are busy', async () => {
    const other = await aCoach(world, cohort);
    const both = await aSession(cohort, fellow, coach.id, '2026-10-16T07:00:00Z', { participants: [teammate.id] });
    expect(both.participants).toEqual([fellow.id, teammate.id]);
    const busy = await teammate.client.post(base, wanted('2026-10-16T07:20:00Z', { coachId: other.id }));
    expect(busy).toMatchObject({ status: 409, body: { code: 'you_are_busy' } });
    expect((await teammate.client.get(`${base}/${both.id}`)).status).toBe(200);
  });

  it('given staff or the coach, then they book for fellows whom they name', async () => {
    const on = { participants: [fellow.id] };
    expect((await staff.client.post(base, wanted('2026-10-19T07:00:00Z'))).body.errors).toEqual([
      { field: '/participants', code: 'required' },
    ]);
    const booked = await staff.client.post(base, wanted('2026-10-19T07:00:00Z', on));
    expect(booked).toMatchObject({ status: 201, body: { participants: [fellow.id], bookedBy: staff.id } });
    expect((await coach.client.post(base, wanted('2026-10-19T08:00:00Z', on))).status).toBe(201);
    const other = await aMember(world, cohort, 'coach');
    expect((await other.client.post(base, wanted('2026-10-19T09:00:00Z', on))).status).toBe(403);
  });

  it.each<[string, () => Record<string, unknown>, string, string]>([
    ['a past start', () => wanted('2026-10-13T07:00:00Z'), '/startsAt', 'in_the_past'],
    ['a time outside the hours', () => wanted('2026-10-14T10:30:00Z'), '/startsAt', 'outside_hours'],
    ['a start beyond the horizon', () => wanted('2027-03-01T08:00:00Z'), '/startsAt', 'horizon'],
    ['a start in the year 9999', () => wanted('9999-12-31T08:00:00Z'), '/startsAt', 'horizon'],
    ['a start in the year 1', () => wanted('0001-01-01T08:00:00Z'), '/startsAt', 'in_the_past'],
    ['a start off the grid', () => wanted('2026-10-14T08:01:00Z'), '/startsAt', 'off_grid'],
    ['a start that is none', () => wanted('soon'), '/startsAt', 'wrong_format'],
    [
      'a fellow as the coach',
      () => wanted('2026-10-14T08:00:00Z', { coachId: teammate.id }),
      '/coachId',
      'not_a_coach',
    ],
    ['an unknown coach', () => wanted('2026-10-14T08:00:00Z', { coachId: 'nobody' }), '/coachId', 'not_a_coach'],
    ['no need', () => wanted('2026-10-14T08:00:00Z', { need: ' ' }), '/need', 'too_small'],
    ['100 kB of need', () => wanted('2026-10-14T08:00:00Z', { need: 'x'.repeat(100_000) }), '/need', 'too_big'],
    ['no length', () => wanted('2026-10-14T08:00:00Z', { minutes: 0 }), '/minutes', 'too_small'],
    ['a stranger', () => wanted('2026-10-14T08:00:00Z', { participants: ['abc'] }), '/participants/0', 'not_a_member'],
    [
      'staff coming',
      () => wanted('2026-10-14T08:00:00Z', { participants: [staff.id] }),
      '/participants/0',
      'not_a_fellow',
    ],
    ['an unknown field', () => wanted('2026-10-14T08:00:00Z', { status: 'held' }), '/status', 'unknown_field'],
  ])('given %s, then 422 names the field and nothing is booked', async (_name, body, field, code) => {
    const before = await world.db.collection('sessions').estimatedDocumentCount();
    const answer = await fellow.client.post(base, body());
    expect([answer.status, answer.body.errors?.[0].field, answer.body.errors?.[0].code]).toEqual([422, field, code]);
    expect(await world.db.collection('sessions').estimatedDocumentCount()).toBe(before);
  });

  it('given a fellow of another team, then they are no teammate; hosts and strangers book nothing', async () => {
    const far = await aMember(world, cohort, 'fellow', { projectId: String(new Types.ObjectId()) });
    const answer = await fellow.client.post(base, wanted('2026-10-14T12:00:00Z', { participants: [far.id] }));
    expect(answer.body.errors).toEqual([{ field: '/participants/0', code: 'not_a_teammate' }]);
    const body = wanted('2026-10-14T12:00:00Z');
    expect((await (await aMember(world, cohort, 'host')).client.post(base, body)).status).toBe(403);
    expect((await (await aMember(world, await aCohort(world), 'fellow')).client.post(base, body)).status).toBe(404);
    expect((await clientOf(world.url).post(base, body)).status).toBe(401);
  });

  it('given emoji and letters from right to left, then they come back as they went', async () => {
    const need = 'كيف نقولها؟ 🧗‍♀️ נכון';
    expect((await aSession(cohort, fellow, coach.id, '2026-12-02T08:00:00Z', { need })).need).toBe(need);
  });
});

describe('seeing sessions', () => {
  it("given another fellow's session, then 404, byte for byte as for a random id; its people and staff see it", async () => {
    const session = await aSession(cohort, fellow, coach.id, '2026-10-20T07:00:00Z');
    const random = await teammate.client.get(`${base}/${String(new Types.ObjectId())}`);
    for (const person of [
      teammate,
      await aMember(world, cohort, 'host', { projectId: project }),
      await aMember(world, cohort, 'coach'),
      await aMember(world, await aCohort(world), 'staff'),
    ]) {
      const answer = await person.client.get(`${base}/${session.id}`);
      expect([answer.status, answer.text]).toEqual([404, random.text]);
      for (const act of ['cancel', 'reschedule', 'complete']) {
        const body = {
          cancel: { reason: 'x' },
          reschedule: { startsAt: '2026-10-21T07:00:00Z' },
          complete: { outcome: 'held' },
        }[act];
        expect((await person.client.post(`${base}/${session.id}/${act}`, body)).status).toBe(404);
      }
    }
    for (const person of [fellow, coach, staff])
      expect((await person.client.get(`${base}/${session.id}`)).status).toBe(200);
    expect((await staff.client.get(`${base}/not-an-id`)).text).toBe(random.text);
  });

  it('given lists, then mine alone, all for staff, narrowed by person, status and time, in pages', async () => {
    const place = await aCohort(world);
    const path = `/api/cohorts/${place}/sessions`;
    const one = await aCoach(world, place);
    const [ines, karim] = [await aMember(world, place, 'fellow'), await aMember(world, place, 'fellow')];
    const boss = await aMember(world, place, 'staff');
    const first = await aSession(place, ines, one.id, '2026-10-14T07:00:00Z');
    const second = await aSession(place, karim, one.id, '2026-10-14T08:00:00Z');
    const third = await aSession(place, ines, one.id, '2026-10-15T08:00:00Z');
    await ines.client.post(`${path}/${third.id}/cancel`, { reason: 'Another time' });
    const ids = async (person: TestPerson, query = '') =>
      (await person.client.get(`${path}${query}`)).body.items.map((session: any) => session.id);
    expect(await ids(ines)).toEqual([first.id, third.id]);
    expect(await ids(one)).toEqual([first.id, second.id, third.id]);
    expect(await ids(boss)).toEqual([first.id, second.id, third.id]);
    expect(await ids(one, `?userId=${karim.id}`)).toEqual([second.id]);
    expect(await ids(boss, `?userId=${ines.id}&status=scheduled`)).toEqual([first.id]);
    expect(await ids(ines, `?userId=${karim.id}`)).toEqual([]);
    expect(await ids(boss, '?from=2026-10-14T07:30:00Z&to=2026-10-15T00:00:00Z')).toEqual([second.id]);
    expect(await ids(boss, '?userId=nobody')).toEqual([]);
    const page = await boss.client.get(`${path}?limit=2`);
    expect(page.body.items).toHaveLength(2);
    expect(await ids(boss, `?limit=2&cursor=${page.body.nextCursor}`)).toEqual([third.id]);
    expect((await boss.client.get(`${path}?cursor=zzz`)).body.errors[0].field).toBe('/cursor');
    const latest = await boss.client.get(`${path}?order=latest&limit=2`);
    expect(latest.body.items.map((session: any) => session.id)).toEqual([third.id, second.id]);
    expect(await ids(boss, `?order=latest&limit=2&cursor=${latest.body.nextCursor}`)).toEqual([first.id]);
    expect(await ids(ines, '?order=latest&to=2026-10-15T00:00:00Z')).toEqual([first.id]);
  });
});

describe('moving, cancelling, completing', () => {
  it('given a move over a part of its own time, then it moves, the history grows and everybody is free before', async () => {
    const session = await aSession(cohort, fellow, coach.id, '2026-10-21T07:00:00Z');
    const moved = await fellow.client.post(`${base}/${session.id}/reschedule`, { startsAt: '2026-10-21T07:30:00Z' });
    expect(moved.body).toMatchObject({
      startsAt: '2026-10-21T07:30:00.000Z',
      endsAt: '2026-10-21T08:15:00.000Z',
      revision: 2,
    });
    expect(moved.body.history.map((entry: any) => [entry.act, entry.byId, entry.from, entry.to])).toEqual([
      ['booked', fellow.id, null, '2026-10-21T07:00:00.000Z'],
      ['rescheduled', fellow.id, '2026-10-21T07:00:00.000Z', '2026-10-21T07:30:00.000Z'],
    ]);
    const old = await fellow.client.post(`${base}/${session.id}/cancel`, { reason: 'Too late', revision: 1 });
    expect(old).toMatchObject({ status: 409, body: { code: 'stale' } });
    const away = await coach.client.post(`${base}/${session.id}/reschedule`, { startsAt: '2026-10-22T07:00:00Z' });
    expect(away.body).toMatchObject({ revision: 3, link: session.link });
    expect((await teammate.client.post(base, wanted('2026-10-21T07:00:00Z'))).status).toBe(201);
    const outside = await coach.client.post(`${base}/${session.id}/reschedule`, { startsAt: '2026-10-24T07:00:00Z' });
    expect(outside.body.errors).toEqual([{ field: '/startsAt', code: 'outside_hours' }]);
  });

  it('given a move to where it is, then nothing happened and nobody is told', async () => {
    const session = await aSession(cohort, fellow, coach.id, '2026-11-05T08:00:00Z');
    const same = await fellow.client.post(`${base}/${session.id}/reschedule`, { startsAt: '2026-11-05T08:00:00Z' });
    expect(same).toMatchObject({ status: 200, body: { revision: 1, history: [{ act: 'booked' }] } });
  });

  it('given a closed cohort, then its sessions can be called off, not moved', async () => {
    const place = await aCohort(world);
    const one = await aCoach(world, place);
    const session = await aSession(place, await aMember(world, place, 'fellow'), one.id, '2026-11-05T08:00:00Z');
    const boss = await aMember(world, place, 'staff');
    expect((await boss.client.post(`/api/cohorts/${place}/close`)).status).toBe(200);
    const path = `/api/cohorts/${place}/sessions/${session.id}`;
    const moved = await one.client.post(`${path}/reschedule`, { startsAt: '2026-11-06T08:00:00Z' });
    expect(moved).toMatchObject({ status: 409, body: { code: 'cohort_closed' } });
    expect((await one.client.get(path)).body.abilities).toMatchObject({ reschedule: false, cancel: true });
    expect((await one.client.post(`${path}/cancel`, { reason: 'It is over' })).status).toBe(200);
  });

  it('given a session that has not begun, then it cannot be complete; after it, by coach or staff, once', async () => {
    const session = await aSession(cohort, fellow, coach.id, '2026-10-23T07:00:00Z');
    const complete = (person: TestPerson, outcome = 'held') =>
      person.client.post(`${base}/${session.id}/complete`, { outcome });
    expect(await complete(coach)).toMatchObject({ status: 409, body: { code: 'not_started' } });
    world.clock.set('2026-10-23T07:00:00Z');
    expect((await complete(fellow)).status).toBe(403);
    expect((await complete(coach, 'cancelled')).status).toBe(422);
    expect(await complete(coach)).toMatchObject({
      status: 200,
      body: { status: 'held', abilities: { complete: false, cancel: false } },
    });
    expect(await complete(staff, 'no_show')).toMatchObject({ status: 409, body: { code: 'stale' } });
    expect((await fellow.client.post(`${base}/${session.id}/cancel`, { reason: 'x' })).body.code).toBe('stale');
  });

  it('given the end of a session, then its fellows leave it to the coach', async () => {
    const session = await aSession(cohort, fellow, coach.id, '2026-10-26T08:00:00Z');
    world.clock.set('2026-10-26T09:00:00Z');
    expect((await fellow.client.post(`${base}/${session.id}/cancel`, { reason: 'I was not there' })).status).toBe(403);
    expect((await coach.client.post(`${base}/${session.id}/cancel`, { reason: 'Nobody came' })).status).toBe(200);
  });

  it('given no reason, or one with line breaks, then 422 or one line', async () => {
    const session = await aSession(cohort, fellow, coach.id, '2026-10-27T08:00:00Z');
    const cancel = (reason: unknown) => fellow.client.post(`${base}/${session.id}/cancel`, { reason });
    expect((await cancel('')).body.errors[0].field).toBe('/reason');
    expect((await cancel({ $gt: '' })).body.errors[0].field).toBe('/reason');
    expect((await cancel('Ill\r\nATTENDEE:x')).body.cancelReason).toBe('Ill ATTENDEE:x');
  });
});

describe('who leaves the cohort', () => {
  it('given a coach, or the last fellow of a session, then it is called off and says why; with others it stays', async () => {
    const place = await aCohort(world);
    const path = `/api/cohorts/${place}/sessions`;
    const team = String(new Types.ObjectId());
    const [one, other] = [await aCoach(world, place), await aCoach(world, place)];
    const ines = await aMember(world, place, 'fellow', { name: 'Inès Roy', projectId: team });
    const karim = await aMember(world, place, 'fellow', { projectId: team });
    const boss = await aMember(world, place, 'staff');
    const alone = await aSession(place, ines, one.id, '2026-10-20T07:00:00Z');
    const both = await aSession(place, karim, one.id, '2026-10-20T08:00:00Z', { participants: [ines.id] });
    const elsewhere = await aSession(place, karim, other.id, '2026-10-21T07:00:00Z');
    const past = await aSession(place, ines, other.id, '2026-10-14T07:00:00Z');
    world.clock.set('2026-10-15T09:00:00Z');
    const status = async (session: any) => (await boss.client.get(`${path}/${session.id}`)).body;
    expect((await boss.client.delete(`/api/cohorts/${place}/members/${ines.id}`)).status).toBe(204);
    await eventually(async () =>
      expect(await status(alone)).toMatchObject({
        status: 'cancelled',
        cancelReason: expect.stringContaining('Inès Roy'),
        revision: 2,
      }),
    );
    await eventually(async () => expect((await status(both)).participants).toEqual([karim.id]));
    expect(await status(both)).toMatchObject({ status: 'scheduled', revision: 2 });
    expect((await status(both)).history.at(-1)).toMatchObject({ act: 'left', byId: ines.id });
    expect((await status(past)).status).toBe('scheduled');
    const hers = await world.db
      .collection('sessions')
      .find({ people: new Types.ObjectId(ines.id) })
      .toArray();
    expect(hers.flatMap((session) => session.claims ?? []).filter((claim) => claim.startsWith(ines.id))).toHaveLength(
      9,
    );
    expect((await boss.client.delete(`/api/cohorts/${place}/members/${other.id}`)).status).toBe(204);
    await eventually(async () => expect((await status(elsewhere)).status).toBe('cancelled'));
    expect((await status(both)).status).toBe('scheduled');
  });

  it('given a process that died as its coach left, then a turn of the workers calls it off', async () => {
    const place = await aCohort(world);
    const one = await aCoach(world, place);
    const session = await aSession(place, await aMember(world, place, 'fellow'), one.id, '2026-10-14T07:00:00Z');
    await leavesUnheard(world, place, one.id);
    await followOutbox(world);
    const boss = await aMember(world, place, 'staff');
    await eventually(async () =>
      expect((await boss.client.get(`/api/cohorts/${place}/sessions/${session.id}`)).body.status).toBe('cancelled'),
    );
  });
});

describe('what others hear', () => {
  it('given changes, then session.changed goes to its people only', async () => {
    const sockets = {
      coach: await connect(world.url, coach.token),
      fellow: await connect(world.url, fellow.token),
      teammate: await connect(world.url, teammate.token),
      staff: await connect(world.url, staff.token),
    };
    const session = await aSession(cohort, fellow, coach.id, '2026-10-28T08:00:00Z');
    await fellow.client.post(`${base}/${session.id}/reschedule`, { startsAt: '2026-10-29T08:00:00Z' });
    for (const who of ['coach', 'fellow'] as const) {
      await eventually(() =>
        expect(
          sockets[who].events.map(({ event, payload }) => [event, payload.sessionId, payload.revision]),
        ).toContainEqual(['session.changed', session.id, 2]),
      );
    }
    await coach.client.post(`${base}/${session.id}/notes`, { body: 'For me', audience: 'me' });
    await world.settled();
    // Presence is of everybody who shares a channel; of the session they hear nothing.
    const ofSession = (who: 'teammate' | 'staff') => sockets[who].events.filter(({ event }) => event !== 'presence');
    expect(ofSession('teammate')).toEqual([]);
    expect(ofSession('staff')).toEqual([]);
    Object.values(sockets).forEach((socket) => socket.close());
  });

  it('given a life of a session, then later rooms get its events with the revision', async () => {
    const told: [string, number, string][] = [];
    const bus = world.app.get(EventBus);
    for (const kind of [sessionBooked, sessionRescheduled, sessionCancelled, sessionCompleted]) {
      bus.on(kind, (fact) => void told.push([kind.name, fact.revision, fact.startsAt]));
    }
    const session = await aSession(cohort, fellow, coach.id, '2026-11-03T08:00:00Z');
    await coach.client.post(`${base}/${session.id}/reschedule`, { startsAt: '2026-11-04T08:00:00Z' });
    await coach.client.post(`${base}/${session.id}/cancel`, { reason: 'Ill' });
    await world.settled();
    expect(told).toEqual([
      ['session.booked', 1, '2026-11-03T08:00:00.000Z'],
      ['session.rescheduled', 2, '2026-11-04T08:00:00.000Z'],
      ['session.cancelled', 3, '2026-11-04T08:00:00.000Z'],
    ]);
  });

  it('given sessions held, then later rooms read them', async () => {
    const place = await aCohort(world);
    const path = `/api/cohorts/${place}/sessions`;
    const one = await aCoach(world, place);
    const ines = await aMember(world, place, 'fellow');
    const held = await aSession(place, ines, one.id, '2026-10-14T07:00:00Z');
    const next = await aSession(place, ines, one.id, '2026-10-21T07:00:00Z');
    world.clock.set('2026-10-14T08:00:00Z');
    await one.client.post(`${path}/${held.id}/complete`, { outcome: 'held' });
    const text = { text: 'Ask two officers', ownerId: ines.id };
    await one.client.post(`${path}/${held.id}/actions`, text);
    const reader = world.app.get(SessionsReader);
    const [from, to] = [new Date('2026-10-05T00:00:00Z'), new Date('2026-10-26T00:00:00Z')];
    expect((await reader.startingBetween(from, to)).map((session) => session.id)).toContain(next.id);
    expect((await reader.ofPerson(ines.id, from, to)).map((session) => session.id)).toEqual([held.id, next.id]);
    expect(await reader.lastHeldByFellow(place, from, to)).toEqual(new Map([[ines.id, new Date(held.startsAt)]]));
    expect(await reader.sessionsByWeek(place, from, to, 'Europe/Paris')).toEqual([
      { weekOf: '2026-10-05', fellows: 0 },
      { weekOf: '2026-10-12', fellows: 1 },
      { weekOf: '2026-10-19', fellows: 0 },
      { weekOf: '2026-10-26', fellows: 0 },
    ]);
    expect((await reader.openActionsFor(next.id, ines.id)).map((action) => action.text)).toEqual(['Ask two officers']);
    const fellows = await one.client.get(`/api/cohorts/${place}/coaches/me/fellows`);
    expect(fellows.body.items).toEqual([
      expect.objectContaining({
        person: expect.objectContaining({ id: ines.id }),
        lastSessionAt: held.startsAt,
        nextSessionId: next.id,
        nextSessionAt: next.startsAt,
        openActions: 1,
        days: 0,
        weeks: ['none', 'none', 'none', 'none', 'none', 'none', 'session', 'booked'],
      }),
    ]);
    expect((await ines.client.get(`/api/cohorts/${place}/coaches/me/fellows`)).status).toBe(403);
    const karim = await aMember(world, place, 'fellow');
    await aMember(world, place, 'fellow');
    const boss = await aMember(world, place, 'staff');
    const team = { name: 'CartoGel', agency: 'Météo', fellowIds: [karim.id], coachId: one.id };
    expect((await boss.client.post(`/api/cohorts/${place}/projects`, team)).status).toBe(201);
    const both = await one.client.get(`/api/cohorts/${place}/coaches/me/fellows`);
    expect(both.body.items.map((item: any) => [item.person.id, item.projectName, item.lastSessionAt])).toEqual([
      [karim.id, 'CartoGel', null],
      [ines.id, null, held.startsAt],
    ]);
    expect(both.body.items.map((item: any) => item.days)).toEqual([0, 0]);
    world.clock.set('2026-10-24T08:00:00Z');
    const later = await one.client.get(`/api/cohorts/${place}/coaches/me/fellows`);
    expect(later.body.items.map((item: any) => item.days)).toEqual([10, 10]);
  });
});
