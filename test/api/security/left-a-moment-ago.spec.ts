import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import { Realtime } from '../../../src/infra/realtime/realtime.js';
import { rooms } from '../../../src/infra/realtime/rooms.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { type LiveClient, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { fetchFile, filesCookieOf, uploaded } from '../../support/rooms/files.js';

/**
 * Somebody whose membership has ended, and whose places in channels are there still: so it is for a moment, and for up to a minute when the process dies that was
 * to take them out. They read, hear and say nothing more all the same.
 */
let world: TestWorld;
let cohortId: string;
let gone: TestPerson;
let other: TestPerson;
let channelId: string;
let root: { id: string };
let file: { url: string };
let live: LiveClient;
let cookie: string;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  [gone, other] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
  channelId = await aPrivateChannel(other, cohortId, [gone]);
  file = await uploaded(world.url, other);
  root = await say(other, channelId, 'Only for us');
  await say(gone, channelId, 'A reply', root.id);
  const attachments = [{ fileId: (file as unknown as { id: string }).id, alt: '' }];
  const sent = { clientId: randomUUID(), body: 'A file', attachments };
  expect((await other.client.post(`/api/channels/${channelId}/messages`, sent)).status).toBe(201);
  const marked = `/api/channels/${channelId}/messages/${root.id}/saved`;
  expect((await gone.client.put(marked, { saved: true })).status).toBe(204);
  cookie = await filesCookieOf(world.url, gone);
  live = await connect(world.url, gone.token);
});
afterAll(async () => {
  live.close();
  await world.stop();
});

/** What of the channel they read, wherever they ask. */
async function read() {
  const items = async (path: string) => (await gone.client.get(path)).body.items as unknown[];
  const links = [{ kind: 'message', channelId, messageId: root.id }];
  const synced = (await live.ask('sync', { channels: { [channelId]: 0 } })).data;
  const previews = await gone.client.post('/api/link-cards', { links });
  const isOurs = (one: any) => [one.id, one.channelId, one.root?.channelId, one.message?.channelId].includes(channelId);
  return {
    channels: (await items('/api/channels')).filter(isOurs).length,
    threads: (await items('/api/threads')).filter(isOurs).length,
    waiting: (await items('/api/threads/waiting')).filter(isOurs).length,
    saved: (await items('/api/saved')).filter(isOurs).length,
    synced: Object.keys(synced.channels).length,
    previews: (previews.body.items as unknown[]).filter((one) => one !== null).length,
    file: (await fetchFile(world.url, file.url, cookie)).status,
    channel: (await gone.client.get(`/api/channels/${channelId}/messages`)).status,
  };
}
const inRoom = () =>
  world.app
    .get(Realtime)
    .socketsHere(rooms.channel(channelId))
    .map((socket) => socket.data.userId);

it('given who left a moment ago, then they read, hear and say nothing of its channels', async () => {
  await say(other, channelId, 'Another reply', root.id);
  const one = { ...{ channels: 1, threads: 1, waiting: 1, saved: 1, synced: 1, previews: 1 }, file: 200, channel: 200 };
  expect(await read()).toEqual(one);
  expect(inRoom()).toEqual([gone.id]);
  // As it is in the moment before the channels follow.
  const belonging = { cohortId: new Types.ObjectId(cohortId), userId: new Types.ObjectId(gone.id) };
  const left = { $set: { endedAt: new Date(), changedAt: new Date() } };
  await world.db.collection('memberships').updateOne(belonging, left);
  const none = {
    ...{ channels: 0, threads: 0, waiting: 0, saved: 0, synced: 0, previews: 0 },
    file: 404,
    channel: 404,
  };
  expect(await read()).toEqual(none);
  expect(await world.db.collection('channel-members').countDocuments({ userId: belonging.userId })).toBeGreaterThan(0);
  // Within the time in which each process looks whose belongings changed, and for which it believes who is in a channel.
  await eventually(() => expect(inRoom()).toEqual([]));
  await eventually(async () => {
    const words = { channelId, clientId: randomUUID(), body: 'Still here' };
    expect(await live.ask('channel:send', words)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
  const note = {
    clientId: randomUUID(),
    body: 'For later',
    dueAt: new Date(Date.now() + 864e5).toISOString(),
    channelId,
  };
  expect((await gone.client.post('/api/scheduled/notes', note)).status).toBe(404);
  const [before] = [live.events.length];
  await say(other, channelId, 'Who is gone hears none of it');
  await world.settled();
  expect(live.events.slice(before).filter(({ event }) => event.startsWith('message.'))).toEqual([]);
});
