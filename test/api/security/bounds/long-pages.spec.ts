import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import type { Message, Messages } from '../../../../src/contracts/chat/chat.js';
import { MAX_CHARACTERS } from '../../../../src/common/texts/within.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { connect } from '../../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { channelOf, say } from '../../../support/rooms/chat.js';
import { aCoach, aSession } from '../../../support/rooms/coaching.js';
import { aWorkshop } from '../../../support/rooms/workshops.js';

/** A page of long texts ends where it is long enough, and the next one goes on from there. */
let world: TestWorld;
let cohort: string;
let [me, staff]: TestPerson[] = [];
let channel: string;
let said: Message[];
const MESSAGE = 'm'.repeat(8000);

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  me = await aMember(world, cohort, 'fellow');
  staff = await aMember(world, cohort, 'staff');
  channel = (await channelOf(me, 'cohort')).id;
  said = [];
  for (let n = 0; n < 60; n += 1) said.push(await say(me, channel, MESSAGE));
});
afterAll(() => world.stop());

const seqs = (rows: readonly Message[]) => rows.map(({ seq }) => seq);
const messages = async (query: string) =>
  (await me!.client.get(`/api/channels/${channel}/messages?limit=200&${query}`)).body as Messages;

/** All ids of a list, page by page; no page has more characters than one may have. */
async function walk(path: string, textOf: (item: any) => string, idOf = (item: any) => item.id as string) {
  const ids: string[] = [];
  let [cursor, pages] = ['', 0];
  do {
    const answer = await me!.client.get(`${path}?limit=${path === '/api/threads' ? 50 : 200}${cursor}`);
    expect(answer.status).toBe(200);
    const lengths = (answer.body.items as unknown[]).map((item) => textOf(item).length);
    expect(lengths.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(MAX_CHARACTERS);
    ids.push(...(answer.body.items as unknown[]).map(idOf));
    cursor = answer.body.nextCursor ? `&cursor=${answer.body.nextCursor as string}` : '';
    pages += 1;
  } while (cursor !== '');
  expect([new Set(ids).size, pages]).toEqual([ids.length, 2]);
  return ids;
}

it('given messages, then a page holds fifty of the longest, from either end and around a place, and says that there are more', async () => {
  const all = seqs(said);
  const last = await messages('');
  expect([seqs(last.items), last.hasBefore, last.hasAfter]).toEqual([all.slice(10), true, false]);
  const before = await messages(`before=${all[55]}`);
  expect([seqs(before.items), before.hasBefore, before.hasAfter]).toEqual([all.slice(5, 55), true, true]);
  const after = await messages(`after=${all[0]! - 1}`);
  expect([seqs(after.items), after.hasAfter]).toEqual([all.slice(0, 50), true]);
  const around = await messages(`around=${all[30]}`);
  expect([seqs(around.items), around.hasBefore, around.hasAfter]).toEqual([all.slice(5, 55), true, true]);
});

it('given what was missed, then an answer holds fifty of the longest, and the next one goes on', async () => {
  const live = await connect(world.url, me!.token);
  const sync = async (rev: number) => {
    const { channels } = (await live.ask('sync', { channels: { [channel]: rev } })).data;
    return channels[channel] as { messages: Message[]; rev: number; more: boolean };
  };
  const first = await sync(said[0]!.rev - 1);
  expect([seqs(first.messages), first.more]).toEqual([seqs(said).slice(0, 50), true]);
  const rest = await sync(first.rev);
  expect([seqs(rest.messages), rest.more]).toEqual([seqs(said).slice(50), false]);
  live.close();
});

it('given messages that one kept, and threads that one follows, then all of them come, page by page', async () => {
  for (const { id } of said) {
    await me!.client.put(`/api/channels/${channel}/messages/${id}/saved`, { saved: true });
    await say(staff!, channel, 'x', id);
  }
  const ids = said.map(({ id }) => id).sort();
  const saved = await walk(
    '/api/saved',
    ({ message }) => message.body,
    ({ message }) => message.id,
  );
  expect(saved.sort()).toEqual(ids);
  const threads = await walk(
    '/api/threads',
    ({ root, last }) => `${root.body}${last.body}`,
    ({ root }) => root.id,
  );
  expect(threads.sort()).toEqual(ids);
});

it('given a topic of long posts, then all of them come, page by page', async () => {
  const body = 'p'.repeat(30_000);
  const topic = await me!.client.post(`/api/cohorts/${cohort}/topics`, { title: 'A long question', body, tags: [] });
  const path = `/api/cohorts/${cohort}/topics/${topic.body.id as string}/posts`;
  const written = [];
  for (let n = 0; n < 15; n += 1) written.push((await me!.client.post(path, { body, clientId: randomUUID() })).body.id);
  expect((await walk(path, (post) => post.body)).slice(1)).toEqual(written);
});

it('given notes, workshops and requests, then all of them come, page by page', async () => {
  const coach = await aCoach(world, cohort);
  const session = await aSession(cohort, me!, coach.id, '2026-10-15T12:00:00Z');
  const notes = `/api/cohorts/${cohort}/sessions/${session.id}/notes`;
  for (let n = 0; n < 22; n += 1)
    await me!.client.post(notes, { body: 'n'.repeat(20_000), audience: 'me', clientId: randomUUID() });
  expect(await walk(notes, (note) => note.body)).toHaveLength(22);
  await many('workshops', (await aWorkshop(staff!, cohort, { description: 'd'.repeat(20_000) })).id, 22);
  expect(await walk(`/api/cohorts/${cohort}/workshops`, (workshop) => workshop.description)).toHaveLength(22);
  const ask = { ownerId: coach.id, need: 'Help', text: 't'.repeat(4000) };
  await many('help-requests', (await me!.client.post(`/api/cohorts/${cohort}/requests`, ask)).body.id, 110);
  expect(await walk(`/api/cohorts/${cohort}/requests`, (request) => request.text)).toHaveLength(110);
});

/** So many rows like one. */
async function many(collection: string, id: string, most: number): Promise<void> {
  const rows = world.db.collection(collection);
  const row = await rows.findOne({ _id: new Types.ObjectId(id) });
  await rows.insertMany(Array.from({ length: most - 1 }, () => ({ ...row, _id: new Types.ObjectId() })));
}
