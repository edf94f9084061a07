import { Logger } from '@nestjs/common';
import { Types } from 'mongoose';
import type { Channel, ChannelSummary, Message } from '../../../src/contracts/chat/chat.js';
import { Retention } from '../../../src/chat/retention/retention.service.js';
import { discreetError } from '../../../src/infra/logging/discreet.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { channelOf, heard, say } from '../../support/rooms/chat.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { clientOf, connect } from '../../support/client.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { fetchFile, filesCookieOf, photo, uploaded } from '../../support/rooms/files.js';

const DAY = 86_400_000;
let world: TestWorld;
let staff: TestPerson;
let ines: TestPerson;
let leo: TestPerson;
let outsider: TestPerson;
let room: string;
let cohort: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
afterEach(() => jest.restoreAllMocks());
beforeEach(async () => {
  const cohortId = await aCohort(world);
  cohort = cohortId;
  staff = await aMember(world, cohortId, 'staff');
  ines = await aMember(world, cohortId, 'fellow');
  leo = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'fellow');
  room = (await channelOf(ines, 'help')).id;
});

const set = (person: TestPerson, days: number | null) => person.client.put(`/api/channels/${room}/retention`, { days });
const later = (days: number) => world.clock.set(new Date(world.clock.now().getTime() + days * DAY));
/** One turn of the job on both processes at once. */
const turn = () => Promise.all(world.nodes.map((node) => node.app.get(Retention).turn()));
const page = async () => (await ines.client.get(`/api/channels/${room}/messages`)).body.items as Message[];
const counts = async (person: TestPerson) => {
  const list = (await person.client.get('/api/channels')).body.items as ChannelSummary[];
  return list.find((one) => one.id === room)!.unread;
};

/** Others warn, too, on a machine that is slow. */
const isOfRetention = ([, words]: unknown[]) => words === 'messages that are too old were not deleted';

describe('how long messages of a channel are kept', () => {
  it('given who sets it is of the programme team no more meanwhile, then 403, and all is kept', async () => {
    const lead = await aMember(world, cohort, 'staff');
    const came = beforeItIsWritten(world, async () => {
      const { status } = await lead.client.patch(`/api/cohorts/${cohort}/members/${staff.id}`, { role: 'coach' });
      expect(status).toBe(200);
    });
    expect([(await set(staff, 30)).status, came()]).toEqual([403, true]);
    expect(((await ines.client.get(`/api/channels/${room}`)).body as Channel).retention).toBeNull();
  });

  it('given staff who sets it, then everybody is told and sees it; the same again says nothing more', async () => {
    expect((await set(staff, 30)).status).toBe(204);
    expect((await set(staff, 30)).status).toBe(204);
    const notes = (await page()).filter((one) => one.note);
    expect(notes.map((one) => [one.senderId, one.note, one.mentions])).toEqual([
      [staff.id, { kind: 'retention', days: 30 }, []],
    ]);
    const channel = (await ines.client.get(`/api/channels/${room}`)).body as Channel;
    expect(channel.retention).toEqual({ days: 30, from: new Date(world.clock.now().getTime() + DAY).toISOString() });
    expect((await set(staff, null)).status).toBe(204);
    expect(((await ines.client.get(`/api/channels/${room}`)).body as Channel).retention).toBeNull();
  });

  it('is set by staff alone, to a length that is offered', async () => {
    expect((await set(ines, 30)).status).toBe(403);
    expect((await set(outsider, 30)).status).toBe(404);
    expect((await clientOf(world.url).put(`/api/channels/${room}/retention`, { days: 30 })).status).toBe(401);
    expect((await set(staff, 7)).status).toBe(422);
  });

  it('given old and young messages, then nothing goes within a day of the word, then the old ones, live, for all', async () => {
    const file = await uploaded(world.url, ines, await photo().jpeg().toBuffer(), 'view.jpg');
    const sent = await ines.client.post(`/api/channels/${room}/messages`, {
      clientId: 'with-a-file-1',
      body: 'zebra',
      attachments: [{ fileId: file.id }],
    });
    const old = sent.body as Message;
    const reply = await say(leo, room, 'an old reply', old.id);
    expect(await counts(leo)).toBe(1);
    later(40);
    await set(staff, 30);
    const young = await say(ines, room, 'a young one');
    await turn();
    expect((await page()).some((one) => one.deletedAt)).toBe(false);
    later(1);
    const live = await connect(world.nodes[1]!.url, leo.token);
    await turn();
    await heard(live, 'message.deleted', (one) => one.id === old.id);
    live.close();
    const items = await page();
    expect(items.find((one) => one.id === old.id)).toMatchObject({
      body: '',
      attachments: [],
      seq: old.seq,
      replies: 0,
    });
    expect(items.find((one) => one.id === young.id)).toMatchObject({ body: 'a young one', deletedAt: null });
    expect((await ines.client.get(`/api/channels/${room}/messages/${reply.id}`)).body.body).toBe('');
    expect(await counts(leo)).toBe(2);
    const found = (await ines.client.get('/api/search?q=zebra')).body.items as unknown[];
    expect(found).toEqual([]);
    const cookie = await filesCookieOf(world.url, ines);
    expect((await fetchFile(world.url, file.url, cookie)).status).toBe(404);
    // Each deletion took one number, however many processes tried.
    const rev = (await ines.client.get(`/api/channels/${room}`)).body.rev as number;
    await turn();
    expect((await ines.client.get(`/api/channels/${room}`)).body.rev).toBe(rev);
  });

  it('given a hundred channels that began to forget before, then this one is thinned in the same turn', async () => {
    const old = await say(ines, room, 'behind many others');
    later(40);
    await set(staff, 30);
    later(1);
    const rows = Array.from({ length: 100 }, () => ({ _id: new Types.ObjectId() }));
    const channels = world.db.collection('channels');
    await channels.insertMany(
      rows.map(({ _id }) => ({
        ...{ _id, cohortId: null, kind: 'private', key: `private:${String(_id)}`, rev: 0, headSeq: 0 },
        ...{ retention: { days: 30, from: new Date(0) }, createdAt: new Date(0), archivedAt: null },
      })),
    );
    await turn();
    expect((await page()).find((one) => one.id === old.id)?.deletedAt).not.toBeNull();
    await channels.deleteMany({ _id: { $in: rows.map(({ _id }) => _id) } });
  });

  it('given a message that can never be deleted, then those after it and other channels are thinned, and the log says which channel, not what was said', async () => {
    const other = (await channelOf(ines, 'cohort')).id;
    const broken = await say(ines, other, 'a secret that stays');
    const olds = [await say(ines, other, 'after it'), await say(ines, room, 'elsewhere')];
    const messages = world.db.collection('messages');
    const idOf = (one: Message) => ({ _id: new Types.ObjectId(one.id) });
    await messages.updateOne(idOf(broken), { $set: { attachments: 'a secret, too' } });
    later(40);
    for (const one of [other, room]) await staff.client.put(`/api/channels/${one}/retention`, { days: 30 });
    later(1);
    const said: unknown[] = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((...what) => void said.push(what));
    await turn();
    for (const one of olds) expect((await messages.findOne(idOf(one)))?.deletedAt).toBeInstanceOf(Date);
    expect((await messages.findOne(idOf(broken)))?.deletedAt ?? null).toBeNull();
    const lines = (said as [{ channel: string; err: unknown }, string][]).filter(isOfRetention);
    expect(lines.map(([{ channel }]) => channel)).toEqual([other, other]);
    expect(JSON.stringify(lines.map(([{ err, ...rest }]) => ({ ...rest, err: discreetError(err) })))).not.toContain(
      'secret',
    );
    await messages.deleteOne(idOf(broken));
  });

  it('given a channel that cannot be thinned at all, then those after it are', async () => {
    const old = await say(ines, room, 'behind a broken one');
    later(40);
    await set(staff, 30);
    later(1);
    const channels = world.db.collection('channels');
    const _id = new Types.ObjectId();
    await channels.insertOne({
      ...{ _id, cohortId: null, kind: 'private', key: `private:${String(_id)}`, rev: 0, headSeq: 0 },
      ...{ retention: { days: 'broken', from: new Date(0) }, createdAt: new Date(0), archivedAt: null },
    });
    const said = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    await turn();
    expect((await page()).find((one) => one.id === old.id)?.deletedAt).not.toBeNull();
    expect(said.mock.calls.filter(isOfRetention)).toHaveLength(2);
    await channels.deleteOne({ _id });
  });

  it('given staff who takes it back within the day, then nothing is deleted', async () => {
    const old = await say(ines, room, 'to be kept');
    later(40);
    await set(staff, 30);
    await set(staff, null);
    later(2);
    await turn();
    expect((await page()).find((one) => one.id === old.id)).toMatchObject({ body: 'to be kept' });
  });

  it('given more than one turn takes, then each turn goes on where the last one ended', async () => {
    const senders = Array.from({ length: 210 }, (_, at) =>
      clientOf(world.nodes[at % 2]!.url, ines.token).post(`/api/channels/${room}/messages`, {
        clientId: `many-old-${at}-x`,
        body: `old ${at}`,
      }),
    );
    await Promise.all(senders);
    later(40);
    await set(staff, 30);
    later(1);
    await world.nodes[0]!.app.get(Retention).turn();
    const left = () =>
      world.db.collection('messages').countDocuments({ channelId: new Types.ObjectId(room), body: /^old/ });
    expect(await left()).toBe(10);
    await turn();
    expect(await left()).toBe(0);
  });
});
