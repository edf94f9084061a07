import { Types } from 'mongoose';
import { PEOPLE_NAMED } from '../../../src/infra/redis/naming.js';
import { RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { channelOf } from '../../support/rooms/chat.js';
import { draftOf, seriesOf } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let people: TestPerson[];
let channelId: string;

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  cohortId = await aCohort(world);
  people = await Promise.all(Array.from({ length: 20 }, () => aMember(world, cohortId, 'fellow')));
  channelId = (await channelOf(people[0]!, 'help')).id;
});
afterAll(() => world.stop());

const names = (count: number) =>
  people
    .slice(0, count)
    .map(({ id }) => `<@${id}>`)
    .join(' ');
let sent = 0;
const reword = async (who: TestPerson, id: string, body: string) =>
  (await who.client.patch(`/api/channels/${channelId}/messages/${id}`, { body })).status;
const say = async (who: TestPerson, body: string) =>
  (await who.client.post(`/api/channels/${channelId}/messages`, { clientId: `naming-${(sent += 1)}-of-tests`, body }))
    .status;
const open = async (who: TestPerson, body: string) =>
  (await who.client.post(`/api/cohorts/${cohortId}/topics`, { title: 'A question', body })).status;

it('given people named one by one, then they count, not the messages, in chat and forum together; who names nobody goes on', async () => {
  const [flooding, other] = [people[0]!, people[1]!];
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) statuses.push(await say(flooding, names(20)));
  expect(statuses).toEqual(Array(6).fill(201));
  for (let n = 0; n < 4; n += 1) expect(await open(flooding, names(20))).toBe(201);
  expect([await say(flooding, names(1)), await open(flooding, names(1))]).toEqual([429, 429]);
  expect([await say(flooding, 'Nobody'), await open(flooding, 'Nobody')]).toEqual([201, 201]);
  expect(await say(other, names(20))).toBe(201);
});

it('given people let into channels, when made and one by one, then each counts as one who is named; who lets in oneself goes on', async () => {
  const [maker, other] = [people[2]!, people[3]!];
  const make = async (who: TestPerson, count: number, open = false) =>
    await who.client.post(`/api/cohorts/${cohortId}/channels`, {
      ...{ name: `told-${(sent += 1)}`, open, memberIds: people.slice(0, count).map(({ id }) => id) },
    });
  // 19 others each time, 190 together.
  const made = [];
  for (let n = 0; n < 10; n += 1) made.push(await make(maker, 20));
  expect(made.map(({ status }) => status)).toEqual(Array(10).fill(201));
  const own = await make(maker, 0);
  const letIn = async (who: TestPerson, id: string, whom: string) =>
    (await who.client.put(`/api/channels/${id}/members/${whom}`)).status;
  const room = own.body.id as string;
  for (const { id } of people.slice(4, 14)) expect(await letIn(maker, room, id)).toBe(204);
  expect(await letIn(maker, room, people[14]!.id)).toBe(429);
  expect([(await make(maker, 1)).status, await say(maker, names(1))]).toEqual([429, 429]);
  const open = await make(other, 20, true);
  expect([open.status, (await make(maker, 0)).status]).toEqual([201, 201]);
  await other.client.delete(`/api/channels/${open.body.id}/members/${maker.id}`);
  expect(await letIn(maker, open.body.id as string, 'me')).toBe(204);
});

it('given somebody taken out of a channel and let in again and again, then they are told of it once, and out of it nothing is kept', async () => {
  const [maker, victim, other] = [people[4]!, people[5]!, people[6]!];
  const { id } = (
    await maker.client.post(`/api/cohorts/${cohortId}/channels`, { name: 'in-and-out', memberIds: [victim.id] })
  ).body as { id: string };
  const told = async (who: TestPerson) =>
    await world.db
      .collection('notifications')
      .find({ userId: new Types.ObjectId(who.id), kind: 'channel.added', link: `/c/${cohortId}/chat/${id}` })
      .toArray();
  await eventually(async () => expect(await told(victim)).toHaveLength(1));
  const [first] = await told(victim);
  const at = `/api/channels/${id}/members`;
  for (let n = 0; n < 3; n += 1) {
    expect((await maker.client.delete(`${at}/${victim.id}`)).status).toBe(204);
    await eventually(async () => expect((await told(victim))[0]).toMatchObject({ shown: false }));
    expect((await maker.client.put(`${at}/${victim.id}`)).status).toBe(204);
  }
  // Whoever is let in after that is told after that.
  expect((await maker.client.put(`${at}/${other.id}`)).status).toBe(204);
  await eventually(async () => expect(await told(other)).toHaveLength(1));
  const rows = await told(victim);
  expect(rows.map(({ _id }) => String(_id))).toEqual([String(first?.['_id'])]);
  expect(rows[0]).toMatchObject({ shown: false, params: { channelId: id, channel: '' }, mail: { state: 'skipped' } });
  expect(JSON.stringify((await victim.client.get('/api/me/inbox')).body)).not.toContain('in-and-out');
});

it('given a message that is reworded, then only whom it did not name before counts', async () => {
  const writing = people[7]!;
  const body = { clientId: 'reworded-naming-of-tests', body: names(10) };
  const said = await writing.client.post(`/api/channels/${channelId}/messages`, body);
  expect(said.status).toBe(201);
  for (let n = 0; n < 25; n += 1) expect(await reword(writing, said.body.id, `${names(10)} ${n}`)).toBe(200);
  expect(await reword(writing, said.body.id, names(20))).toBe(200);
  // 20 people so far: 180 more may be named, and not one beyond.
  for (let n = 0; n < 9; n += 1) expect(await say(writing, names(20))).toBe(201);
  expect(await reword(writing, said.body.id, `${names(20)} again`)).toBe(200);
  expect(await reword(writing, said.body.id, 'Nobody')).toBe(200);
  expect(await reword(writing, said.body.id, names(1))).toBe(429);
});

it('given people named hosts, in turn and again, then they count as people named, in all that is published; not drafts, nor for staff', async () => {
  const [coach, staff] = [await aMember(world, cohortId, 'coach'), await aMember(world, cohortId, 'staff')];
  const base = `/api/cohorts/${cohortId}`;
  const [some, others] = [people.slice(0, 9), people.slice(9, 18)].map((all) => all.map(({ id }) => id));
  const make = async (what: string, body: object) =>
    `${base}/${what}/${(await coach.client.post(`${base}/${what}`, body)).body.id as string}`;
  const later = { startsAt: '2026-10-16T08:00:00.000Z', endsAt: '2026-10-16T09:00:00.000Z', hosts: some };
  const [path, draft, series] = [
    await make('workshops', draftOf()),
    await make('workshops', draftOf(later)),
    await make('workshop-series', seriesOf({ hosts: some, repeat: { unit: 'week', weekdays: [2], count: 2 } })),
  ];
  const statusOf = async (answer: Promise<{ status: number }>) => (await answer).status;
  const host = (hosts: string[], by = coach) => statusOf(by.client.patch(path, { hosts: [coach.id, ...hosts] }));
  // Nine at a time, and those whom they named elsewhere before: 198 of 200.
  await world.app.get(RateLimits).take(PEOPLE_NAMED, coach.id, 180);
  expect(await statusOf(coach.client.post(`${series}/publish`))).toBe(200);
  expect(await statusOf(coach.client.post(`${path}/publish`))).toBe(200);
  expect(await host(some!)).toBe(200);
  expect([await host(others!), await statusOf(coach.client.post(`${draft}/publish`))]).toEqual([429, 429]);
  const { edition, dates } = (await coach.client.get(series)).body;
  const change = { scope: 'all', workshopId: dates[0].workshopId, edition };
  expect(await statusOf(coach.client.patch(series, { ...change, hosts: [coach.id, ...others!] }))).toBe(429);
  const longer = { workshopId: dates[0].workshopId, edition, until: null, count: 3 };
  expect(await statusOf(coach.client.post(`${series}/lengthen`, longer))).toBe(429);
  // Who names nobody new goes on, and so do the drafts and the programme team.
  expect([await host(some!.slice(1)), await host([])]).toEqual([200, 200]);
  expect(await statusOf(coach.client.patch(draft, { hosts: [coach.id, ...others!] }))).toBe(200);
  expect([await host(some!, staff), await host(others!, staff)]).toEqual([200, 200]);
  expect(await statusOf(staff.client.post(`${draft}/publish`))).toBe(200);
});
