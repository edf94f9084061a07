import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';

let world: TestWorld;
let cohort: string;
let hanna: TestPerson;
let tomasz: TestPerson;
let fellow: TestPerson;
beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  hanna = await aCoach(world, cohort, {}, { name: 'Hanna Lindqvist' });
  tomasz = await aCoach(world, cohort, { maxPerDay: 1, bufferMinutes: 30 }, { name: 'Tomasz Zielinski' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
});
afterAll(() => world.stop());

const base = () => `/api/cohorts/${cohort}`;
const both = (startsAt: string, more: Record<string, unknown> = {}) => ({
  coachId: hanna.id,
  secondCoachId: tomasz.id,
  startsAt,
  minutes: 45,
  need: 'A review by both of you.',
  ...more,
});
const slots = async (from: string, to: string) =>
  (await fellow.client.get(`${base()}/slots?coachId=${hanna.id}&secondCoachId=${tomasz.id}&from=${from}&to=${to}`)).body
    .slots;

it('given two coaches, then one session takes the time and the caps of both, and all of them see it', async () => {
  expect((await slots('2026-10-20T00:00:00Z', '2026-10-21T00:00:00Z')).map((slot: any) => slot.startsAt)).toContain(
    '2026-10-20T07:00:00.000Z',
  );
  const booked = await fellow.client.post(`${base()}/sessions`, both('2026-10-20T07:00:00Z'));
  expect(booked.body).toMatchObject({ coachId: hanna.id, secondCoachId: tomasz.id });
  expect(booked.body.people.map((one: any) => one.name)).toEqual([hanna.name, tomasz.name, fellow.name]);
  const path = `${base()}/sessions/${booked.body.id}`;
  for (const person of [hanna, tomasz, fellow]) expect((await person.client.get(path)).status).toBe(200);
  expect((await tomasz.client.get(path)).body.abilities).toMatchObject({ cancel: true, addNote: true });
  const other = await aMember(world, cohort, 'fellow');
  expect((await other.client.get(path)).status).toBe(404);

  const alone = (coach: TestPerson, startsAt: string) =>
    other.client.post(`${base()}/sessions`, { coachId: coach.id, startsAt, minutes: 45, need: 'Alone.' });
  expect((await alone(tomasz, '2026-10-20T07:20:00Z')).body.code).toBe('slot_taken');
  expect((await alone(hanna, '2026-10-20T07:20:00Z')).body.code).toBe('slot_taken');
  const full = await alone(tomasz, '2026-10-20T12:00:00Z');
  expect([full.body.code, full.body.next.length]).toEqual(['day_cap', 3]);
  expect(await slots('2026-10-20T00:00:00Z', '2026-10-21T00:00:00Z')).toEqual([]);

  await eventually(async () => {
    for (const coach of [hanna, tomasz]) {
      const mail = (await world.mail.to(coach.email)).at(-1);
      expect(mail?.subject).toContain('Inès Carpentier');
    }
    expect((await world.mail.to(fellow.email)).at(-1)?.subject).toContain('Hanna Lindqvist, Tomasz Zielinski');
  });
});

it('given it moves, then both move; and cancelled, both are free again', async () => {
  const { id } = await aSession(cohort, fellow, hanna.id, '2026-10-21T07:00:00Z', { secondCoachId: tomasz.id });
  const path = `${base()}/sessions/${id}`;
  const moved = await fellow.client.post(`${path}/reschedule`, { startsAt: '2026-10-22T08:00:00Z' });
  expect(moved.body).toMatchObject({ startsAt: '2026-10-22T08:00:00.000Z', secondCoachId: tomasz.id });
  const claims = async () =>
    (await world.db.collection('sessions').findOne({ _id: new Types.ObjectId(id as string) }))?.claims;
  expect((await claims()).filter((claim: string) => claim.startsWith(`${tomasz.id}#`))).toHaveLength(15);
  await aSession(cohort, await aMember(world, cohort, 'fellow'), tomasz.id, '2026-10-21T07:00:00Z');
  await fellow.client.post(`${path}/cancel`, { reason: 'Later' });
  expect(await claims()).toBeUndefined();
  await aSession(cohort, await aMember(world, cohort, 'fellow'), tomasz.id, '2026-10-22T08:00:00Z');
});

it('given a team, then all of it comes, and nobody of it is booked elsewhere at that time', async () => {
  const projectId = String(new Types.ObjectId());
  const [one, two, three] = await Promise.all([0, 1, 2].map(() => aMember(world, cohort, 'fellow', { projectId })));
  const booked = await one!.client.post(
    `${base()}/sessions`,
    both('2026-10-23T07:00:00Z', { participants: [two!.id, three!.id] }),
  );
  expect(new Set(booked.body.participants)).toEqual(new Set([one!.id, two!.id, three!.id]));
  const third = await aCoach(world, cohort);
  const busy = await three!.client.post(`${base()}/sessions`, {
    ...both('2026-10-23T07:15:00Z'),
    coachId: third.id,
    secondCoachId: undefined,
  });
  expect([busy.status, busy.body.code]).toEqual([409, 'you_are_busy']);
});

it.each([
  ['the same coach twice', () => ({ secondCoachId: hanna.id }), '/secondCoachId', 'twice'],
  ['a second who is no coach', () => ({ secondCoachId: fellow.id }), '/secondCoachId', 'not_a_coach'],
  ['a second of nowhere', () => ({ secondCoachId: String(new Types.ObjectId()) }), '/secondCoachId', 'not_a_coach'],
])('given %s, then 422 at that field', async (_name, more, field, code) => {
  const answer = await fellow.client.post(`${base()}/sessions`, both('2026-10-27T08:00:00Z', more()));
  expect([answer.status, answer.body.errors?.[0]]).toMatchObject([422, { field, code }]);
});

it('given the second coach leaves, then the session takes place with the first', async () => {
  const guest = await aCoach(world, cohort);
  const staff = await aMember(world, cohort, 'staff');
  const { id } = await aSession(cohort, fellow, hanna.id, '2026-10-28T08:00:00Z', { secondCoachId: guest.id });
  await staff.client.delete(`${base()}/members/${guest.id}`);
  await eventually(async () => {
    const { body } = await fellow.client.get(`${base()}/sessions/${id}`);
    expect(body).toMatchObject({ status: 'scheduled', secondCoachId: null, participants: [fellow.id] });
  });
  const row = await world.db.collection('sessions').findOne({ _id: new Types.ObjectId(id as string) });
  expect(row!.claims.filter((claim: string) => claim.includes(guest.id))).toEqual([]);
});

describe('any coach of a craft', () => {
  let cohort2: string;
  let designers: TestPerson[];
  const at = (path: string) => `/api/cohorts/${cohort2}${path}`;
  const day = `from=2026-10-20T00:00:00Z&to=2026-10-21T00:00:00Z`;
  const ask = (person: TestPerson, startsAt: string, more: Record<string, unknown> = {}) =>
    person.client.post(at('/sessions/any'), { craft: 'designer', startsAt, need: 'Any of you.', ...more });
  beforeAll(async () => {
    cohort2 = await aCohort(world);
    const made = [
      await aCoach(world, cohort2, { maxPerWeek: 4 }, { craft: 'designer' }),
      await aCoach(world, cohort2, { maxPerWeek: 12 }, { craft: 'designer' }),
    ];
    designers = made.sort((a, b) => (a.id < b.id ? -1 : 1));
    await aCoach(world, cohort2, {}, { craft: 'developer' });
  });
  const someone = () => aMember(world, cohort2, 'fellow');

  it('given nobody has anything, then the first by id; then who has less relative to their cap; each time once', async () => {
    const [small, large] = designers as [TestPerson, TestPerson];
    const first = await someone();
    const list = (await first.client.get(at(`/slots/any?craft=designer&${day}`))).body;
    expect(new Set(list.slots.map((slot: any) => slot.coachId))).toEqual(new Set([small.id]));
    expect(new Set(list.slots.map((slot: any) => slot.startsAt)).size).toBe(list.slots.length);
    expect(list.people.map((one: any) => one.id).sort()).toEqual([small.id, large.id]);
    expect((await ask(first, '2026-10-20T07:00:00Z')).body.coachId).toBe(small.id);
    const again = (await (await someone()).client.get(at(`/slots/any?craft=designer&${day}`))).body;
    expect(new Set(again.slots.map((slot: any) => slot.coachId))).toEqual(new Set([large.id]));
  });

  it('given the shown one was just taken, then the next at the same time; and nobody left, 409 with three times', async () => {
    const shown = designers[0]!;
    const startsAt = '2026-10-27T08:00:00Z';
    expect((await ask(await someone(), startsAt, { coachId: shown.id })).body.coachId).toBe(shown.id);
    expect((await ask(await someone(), startsAt, { coachId: shown.id })).body.coachId).toBe(designers[1]!.id);
    const late = await ask(await someone(), startsAt, { coachId: shown.id });
    expect([late.status, late.body.code, late.body.next.length]).toEqual([409, 'slot_taken', 3]);
    const next = late.body.next[0];
    expect((await ask(await someone(), next.startsAt, { coachId: next.coachId })).status).toBe(201);
  });

  it('given another craft, cohort, role or nobody, then not', async () => {
    const person = await someone();
    expect((await person.client.get(at(`/slots/any?craft=data&${day}`))).body.slots).toEqual([]);
    expect((await ask(person, '2026-10-29T08:00:00Z', { craft: 'data' })).body.code).toBe('slot_taken');
    expect((await person.client.get(at(`/slots/any?craft=cook&${day}`))).status).toBe(422);
    expect((await fellow.client.get(at(`/slots/any?craft=designer&${day}`))).status).toBe(404);
    expect((await designers[0]!.client.get(at(`/slots/any?craft=designer&${day}`))).status).toBe(403);
    expect((await clientOf(world.url).get(at(`/slots/any?craft=designer&${day}`))).status).toBe(401);
  });
});
