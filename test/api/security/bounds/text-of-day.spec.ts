import { randomUUID } from 'node:crypto';
import { RateLimits } from '../../../../src/infra/redis/rate-limits.js';
import { TEXT_OF_DAY } from '../../../../src/infra/redis/text-of-day.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { channelOf } from '../../../support/rooms/chat.js';
import { aCoach, aSession } from '../../../support/rooms/coaching.js';
import { aWorkshop } from '../../../support/rooms/workshops.js';

/** What one person writes in a day is counted together, wherever they write it. */
let world: TestWorld;
let cohort: string;
let place: string;
let coach: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on' } });
  cohort = await aCohort(world);
  place = `/api/cohorts/${cohort}`;
  coach = await aCoach(world, cohort);
  other = await aMember(world, cohort, 'fellow');
});
afterAll(() => world.stop());

/** As if somebody had used up all of their day but so much. */
const leave = (left: number, { id }: TestPerson) =>
  world.app.get(RateLimits).take(TEXT_OF_DAY, id, TEXT_OF_DAY.points - left);
const LONG = 'x'.repeat(3000);
const refused = { status: 429, body: { code: 'text_day_full' } };

it('given a full day, then nothing more is written in chat, forum, notes or requests, new or edited; another one writes on', async () => {
  const me = await aMember(world, cohort, 'fellow', { gives: ['maps'] });
  // Four rows with their texts, and not one more.
  await leave(4 * (500 + LONG.length) + 100, me);
  const session = await aSession(cohort, me, coach.id, '2026-10-15T12:00:00Z');
  const ask = (owner: TestPerson) => ({ ownerId: owner.id, need: 'Help', text: LONG });
  const { id: channel } = await channelOf(me, 'cohort');
  const [topics, notes] = [`${place}/topics`, `${place}/sessions/${session.id}/notes`];
  const aTopic = () => ({ title: 'A long question', body: LONG, clientId: randomUUID() });
  const topic = (await me.client.post(topics, aTopic())).body;
  const reply = (await me.client.post(`${topics}/${topic.id}/posts`, { body: LONG })).body;
  const note = (await me.client.post(notes, { body: LONG, audience: 'me' })).body;
  const mine = (await me.client.post(`${place}/requests`, ask(coach))).body;
  const theirs = (await other.client.post(`${place}/requests`, ask(me))).body;

  const writing = [
    me.client.post(`/api/channels/${channel}/messages`, { clientId: randomUUID(), body: 'x' }),
    me.client.post(topics, aTopic()),
    me.client.post(`${topics}/${topic.id}/posts`, { body: 'x' }),
    me.client.patch(`${place}/posts/${reply.id}`, { body: 'x' }),
    me.client.post(notes, { body: 'x', audience: 'me' }),
    me.client.patch(`${notes}/${note.id}`, { body: 'x' }),
    me.client.post(`${place}/requests`, ask(coach)),
    me.client.post(`${place}/requests/${theirs.id}/ask-back`, { text: 'x', revision: theirs.revision }),
  ];
  for (const answer of await Promise.all(writing)) expect(answer).toMatchObject(refused);
  // What says nothing new is not held up, nor is who has room.
  expect((await me.client.patch(`${notes}/${note.id}`, { audience: 'me' })).status).toBe(200);
  expect((await other.client.post(`${topics}/${topic.id}/posts`, { body: LONG })).status).toBe(201);
  expect((await coach.client.get(`${place}/requests/${mine.id}`)).body.state).toBe('open');
});

it('given a full day, then no minutes are written', async () => {
  const staff = await aMember(world, cohort, 'staff');
  await leave(3600, staff);
  const { path } = await aWorkshop(staff, cohort);
  expect((await staff.client.put(`${path}/minutes`, { body: LONG, revision: 0 })).status).toBe(200);
  expect(await staff.client.put(`${path}/minutes`, { body: 'x', revision: 1 })).toMatchObject(refused);
});
