import { Types } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { type TestWorld, NOW, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let ines: TestPerson;
let leo: TestPerson;
let outsider: TestPerson;
let path: string;
let id: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach', { name: 'Paul' });
  ines = await aMember(world, cohortId, 'fellow');
  leo = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  ({ path, id } = await aWorkshop(staff, cohortId, { title: 'Reading code', capacity: 1, hosts: [coach.id] }));
  for (const one of [ines, leo]) expect((await one.client.put(`${path}/registration`, {})).status).toBe(200);
  await world.settled();
});

const send = (person: TestPerson, more: object = {}, node = 0) =>
  person.client
    .on(world.nodes[node]!.url)
    .post(`${path}/messages`, { to: 'coming', body: 'Bring {your} laptop <b>', key: randomUUID(), ...more });
const heard = async (person: TestPerson) => {
  const { items } = (await person.client.get('/api/me/inbox')).body as {
    items: { kind: string; title: string; body: string; params: { workshopId?: string } }[];
  };
  return items.filter(({ kind, params }) => kind === 'workshop.message' && params.workshopId === id);
};

it('given a host writes to all who come, then they are told once, as it was written, and nobody else is', async () => {
  const key = randomUUID();
  const answers = await Promise.all([send(coach, { key }), send(coach, { key }, 1), send(coach, { key })]);
  expect(answers.map(({ status, body }) => [status, body.count, body.id])).toEqual(
    Array(3).fill([201, 1, answers[0].body.id]),
  );
  await eventually(async () => expect(await heard(ines)).toHaveLength(1));
  await world.settled();
  expect(await heard(ines)).toMatchObject([{ title: 'Paul on “Reading code”', body: 'Bring {your} laptop <b>' }]);
  expect([await heard(leo), await heard(coach)]).toEqual([[], []]);
  const { items } = (await staff.client.get(`${path}/messages`)).body;
  expect(items).toMatchObject([{ to: 'coming', count: 1, by: { name: 'Paul' }, body: 'Bring {your} laptop <b>' }]);
});

it('given those who wait, or were there, then only they are told', async () => {
  expect((await send(staff, { to: 'waiting' })).status).toBe(201);
  await eventually(async () => expect(await heard(leo)).toHaveLength(1));
  expect((await send(staff, { to: 'came' })).body.code).toBe('nobody');
  world.clock.set('2026-10-15T08:00:00.000Z');
  await staff.client.post(`${path}/attendance`, { userId: ines.id, status: 'attended' });
  expect((await send(staff, { to: 'came' })).status).toBe(201);
  await eventually(async () => expect(await heard(ines)).toHaveLength(1));
  expect(await heard(leo)).toHaveLength(1);
});

it('given the word died with its process, then a turn of the workers tells of it, once, but nobody who has left the cohort', async () => {
  const late = await aMember(world, cohortId, 'fellow');
  await staff.client.patch(path, { capacity: 3 });
  await late.client.put(`${path}/registration`, {});
  for (const { app } of world.nodes) await app.get(Intervals).stop();
  await killedAfter(world, () => send(staff, { body: 'Late' }));
  expect((await staff.client.delete(`/api/cohorts/${cohortId}/members/${late.id}`)).status).toBe(204);
  expect(await heard(ines)).toEqual([]);
  await followOutbox(world);
  await followOutbox(world);
  expect(await heard(ines)).toMatchObject([{ body: 'Late' }]);
  const told = world.db.collection('notifications');
  expect(await told.countDocuments({ userId: new Types.ObjectId(late.id), kind: 'workshop.message' })).toBe(0);
});

it('given who may not, a draft, or nothing said, then a clear answer', async () => {
  expect((await send(ines)).status).toBe(403);
  expect((await ines.client.get(`${path}/messages`)).status).toBe(403);
  expect((await send(outsider)).status).toBe(404);
  expect((await outsider.client.get(`${path}/messages`)).status).toBe(404);
  expect((await clientOf(world.url).get(`${path}/messages`)).status).toBe(401);
  const empty = await send(staff, { body: '  \n ' });
  expect([empty.status, empty.body.errors]).toEqual([422, [expect.objectContaining({ field: '/body' })]]);
  expect((await send(staff, { to: 'everybody' })).status).toBe(422);
  const draft = await staff.client.post(`/api/cohorts/${cohortId}/workshops`, {
    title: 'Draft',
    startsAt: '2026-10-15T08:00:00.000Z',
    endsAt: '2026-10-15T09:00:00.000Z',
    timeZone: 'Europe/Paris',
    capacity: 3,
  });
  const refused = await staff.client.post(`/api/cohorts/${cohortId}/workshops/${draft.body.id}/messages`, {
    ...{ to: 'coming', body: 'x', key: randomUUID() },
  });
  expect([refused.status, refused.body.code]).toEqual([409, 'not_published']);
});
