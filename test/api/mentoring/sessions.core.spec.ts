import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

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

  it('given a fellow of another team, then they are no teammate; hosts and strangers book nothing', async () => {
    const far = await aMember(world, cohort, 'fellow', { projectId: String(new Types.ObjectId()) });
    const answer = await fellow.client.post(base, wanted('2026-10-14T12:00:00Z', { participants: [far.id] }));
    expect(answer.body.errors).toEqual([{ field: '/participants/0', code: 'not_a_teammate' }]);
    const body = wanted('2026-10-14T12:00:00Z');
    expect((await (await aMember(world, cohort, 'host')).client.post(base, body)).status).toBe(403);
    expect((await (await aMember(world, await aCohort(world), 'fellow')).client.post(base, body)).status).toBe(404);
    expect((await clientOf(world.url).post(base, body)).status).toBe(401);
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
