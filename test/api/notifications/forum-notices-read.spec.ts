import { Types } from 'mongoose';
import type { NotificationRow } from '../../../src/notifications/inbox/notification.schema.js';
import { Notifier } from '../../../src/notifications/notifier.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { connect } from '../../support/client.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';

/** What is read in the forum is read in the inbox, and mailed to nobody. */
let world: TestWorld;
let cohortId: string;
let C: string;
let [writer, reader, other, staff]: TestPerson[] = [];
let topicId: string;

const EVENING = '2026-10-13T18:30:00.000Z';
const MORNING = '2026-10-14T06:00:00.000Z';

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  [writer, reader, other] = await Promise.all([1, 2, 3].map(() => aMember(world, cohortId, 'fellow')));
  staff = await aMember(world, cohortId, 'staff');
  topicId = await ask();
});
afterEach(() => jest.restoreAllMocks());

const ask = async (title = 'Old codes?') => {
  const { id } = (await writer!.client.post(`${C}/topics`, { title, body: 'Where?' })).body as { id: string };
  for (const person of [reader!, other!])
    expect((await person.client.put(`${C}/topics/${id}/subscription`, { level: 'watching' })).status).toBe(204);
  return id;
};
const write = async (body = 'In the register.') =>
  (await writer!.client.post(`${C}/topics/${topicId}/posts`, { body })).body as { id: string; number: number };
const reply = async () => {
  const post = await write();
  await followOutbox(world);
  return post;
};
const read = async (number: number, id = topicId) =>
  expect((await reader!.client.put(`${C}/topics/${id}/read`, { number })).status).toBe(200);
const rowsOf = async ({ id }: TestPerson) =>
  await world.db
    .collection<NotificationRow>('notifications')
    .find({ userId: new Types.ObjectId(id) })
    .sort({ createdAt: 1, _id: 1 })
    .toArray();
const unreadOf = async (person: TestPerson) => (await person.client.get('/api/me/inbox')).body.unread as number;
const becomes = async (person: TestPerson, unread: number) =>
  await eventually(async () => expect(await unreadOf(person)).toBe(unread));
const mailsTo = ({ email }: TestPerson) =>
  world.mail.mails.filter(({ to, messageId }) => JSON.stringify(to).includes(email) && messageId?.includes('notice-'));

describe('a topic that is read', () => {
  it('given two replies and one is read, then its notice is read on all devices, and neither the other one nor that of another reader', async () => {
    const [first] = [await reply(), await reply()];
    expect([await unreadOf(reader!), await unreadOf(other!)]).toEqual([2, 2]);
    const live = await connect(world.nodes[1]!.url, reader!.token);
    await read(first.number);
    await becomes(reader!, 1);
    const [notice] = await rowsOf(reader!);
    expect(notice!.readAt).not.toBeNull();
    await eventually(() =>
      expect(live.events.find((one) => one.event === 'notification.read')?.payload).toMatchObject({
        ids: [String(notice!._id)],
      }),
    );
    live.close();
    expect(await unreadOf(other!)).toBe(2);
  });

  it('given a notice on a later page of the inbox, then it is read, too', async () => {
    const { number } = await reply();
    for (let index = 0; index < 60; index += 1)
      await world.app.get(Notifier).notify({
        ...{ userIds: [reader!.id], cohortId, kind: 'request.told', why: 'author', key: `told-${index}`, link: '/' },
        params: { by: 'Claire', title: 'Maps', excerpt: '' },
      });
    expect(await unreadOf(reader!)).toBe(61);
    await read(number);
    await becomes(reader!, 60);
  });

  it('given an answer that was accepted after it was read, then it is news until the topic is looked at again', async () => {
    const { id, number } = await reply();
    await read(number);
    await becomes(reader!, 0);
    expect((await writer!.client.put(`${C}/topics/${topicId}/answer`, { postId: id })).status).toBe(200);
    await followOutbox(world);
    await becomes(reader!, 1);
    await read(1);
    await becomes(reader!, 0);
  });

  it('given a notice of before, which says no number, then it is read as the topic is looked at', async () => {
    await reply();
    await world.db
      .collection('notifications')
      .updateMany({ userId: new Types.ObjectId(reader!.id) }, { $unset: { 'params.number': 1 } });
    await read(1);
    await becomes(reader!, 0);
  });
});

describe('read while its notice is on its way', () => {
  it('given the reply is read before its notice is written, then the notice is read, and for none who has not', async () => {
    for (const { app } of world.nodes) {
      const notifier = app.get(Notifier);
      const notify = notifier.notify.bind(notifier);
      jest.spyOn(notifier, 'notify').mockImplementation(async (notice) => {
        if (notice.params.topicId === topicId) await read(2);
        await notify(notice);
      });
    }
    await reply();
    expect(await rowsOf(reader!)).toHaveLength(1);
    await becomes(reader!, 0);
    expect(await unreadOf(other!)).toBe(1);
  });

  it('given the process that heard of the reading is killed, then no mail leaves', async () => {
    world.clock.set(EVENING);
    const { number } = await reply();
    await killedAfter(world, () => read(number));
    world.clock.set(MORNING);
    await deliver(world);
    await eventually(() => expect(mailsTo(other!)).toHaveLength(1));
    expect(mailsTo(reader!)).toEqual([]);
    expect((await rowsOf(reader!))[0]?.mail).toMatchObject({ state: 'skipped', rule: 'read' });
  });
});

describe('a reply that went to another topic', () => {
  it('given it was read where it was, then it stays so; else it is read where it is now, by the number that it has there', async () => {
    const there = await ask('Which register?');
    const [first, second] = [await reply(), await reply()];
    await read(first.number);
    await becomes(reader!, 1);
    const move = { postIds: [second.id], toTopicId: there };
    expect((await staff!.client.post(`${C}/topics/${topicId}/move`, move)).status).toBeLessThan(300);
    await followOutbox(world);
    expect((await rowsOf(reader!))[1]?.params).toMatchObject({ topicId: there, number: 2 });
    await read(first.number);
    await read(1, there);
    await world.settled();
    expect(await unreadOf(reader!)).toBe(1);
    await read(2, there);
    await becomes(reader!, 0);
  });
});
