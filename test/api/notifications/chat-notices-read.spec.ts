import type { Message } from '../../../src/contracts/chat/chat.js';
import { ChatNotices } from '../../../src/notifications/notices/chat.notices.js';
import { Notifier } from '../../../src/notifications/notifier.js';
import { NotificationsRepository } from '../../../src/notifications/inbox/notifications.repository.js';
import { WatchedChannelNotices } from '../../../src/notifications/notices/watched-channel.notices.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let cohort: string;
let writer: TestPerson;
let reader: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  writer = await aMember(world, cohort, 'fellow', { name: 'Karim Haddad' });
  reader = await aMember(world, cohort, 'fellow');
});

const noticesOf = async (kind: string, person = reader) =>
  ((await person.client.get('/api/me/inbox?limit=200')).body.items as any[]).filter((one) => one.kind === kind);
const unreadOf = async (kind: string) => (await noticesOf(kind)).filter(({ readAt }) => readAt === null);
const readAll = async () =>
  expect(
    (await reader.client.post('/api/me/inbox/read', { before: world.clock.now().toISOString() })).status,
  ).toBeLessThan(300);
const readUpTo = async (channelId: string, seq: number) =>
  expect((await reader.client.put(`/api/channels/${channelId}/read`, { seq })).status).toBeLessThan(300);
const isRead = async (kind: string) => await eventually(async () => expect(await unreadOf(kind)).toEqual([]));

describe('direct messages', () => {
  let conversation: string;
  beforeEach(async () => {
    conversation = (await writer.client.post('/api/direct', { userIds: [reader.id] })).body.id;
  });

  const tell = async (...messages: Message[]) => {
    for (const { id } of messages)
      await world.app.get(ChatNotices).tellMessage({ channelId: conversation, messageId: id });
  };
  const write = async (body: string) => {
    const message = await say(writer, conversation, body);
    await tell(message);
    return message;
  };

  it('given a notice that was read in the inbox alone, then the next message is another one, and what follows is none', async () => {
    await write('hello');
    await readAll();
    await write('are you there?');
    expect(await unreadOf('chat.direct')).toHaveLength(1);
    await write('one more');
    expect(await noticesOf('chat.direct')).toHaveLength(2);
    await readAll();
    await write('and one more');
    expect(await noticesOf('chat.direct')).toHaveLength(3);
    expect(await unreadOf('chat.direct')).toHaveLength(1);
  });

  it('given all of them are told again after they were read in the inbox, then nothing is said twice', async () => {
    const said = [await write('hello'), await write('are you there?'), await write('one more')];
    expect(await noticesOf('chat.direct')).toHaveLength(1);
    await readAll();
    await tell(...said);
    expect(await noticesOf('chat.direct')).toHaveLength(1);
    expect(await unreadOf('chat.direct')).toEqual([]);
  });

  it('given a message that is marked unread after it was read, then the next one is told', async () => {
    const { seq } = await write('hello');
    await readUpTo(conversation, seq);
    await isRead('chat.direct');
    await readUpTo(conversation, seq - 1);
    await write('are you there?');
    expect(await unreadOf('chat.direct')).toHaveLength(1);
  });

  it('given it is read in the conversation before it is told, then it stays silent, and the next one does not', async () => {
    const first = await say(writer, conversation, 'hello');
    await readUpTo(conversation, first.seq);
    await tell(first);
    expect(await noticesOf('chat.direct')).toEqual([]);
    await write('are you there?');
    expect(await noticesOf('chat.direct')).toHaveLength(1);
  });

  it('given two who are away and one of them reads the inbox, then only that one gets another notice', async () => {
    const other = await aMember(world, cohort, 'fellow');
    conversation = (await writer.client.post('/api/direct', { userIds: [reader.id, other.id] })).body.id;
    await write('hello');
    await readAll();
    await write('are you there?');
    expect(await noticesOf('chat.direct')).toHaveLength(2);
    expect(await noticesOf('chat.direct', other)).toHaveLength(1);
  });
});

describe('a watched channel', () => {
  let room: string;
  beforeEach(async () => {
    room = await aPrivateChannel(writer, cohort, [reader]);
    await watch(reader);
  });

  const watch = async (person: TestPerson) =>
    expect((await person.client.put(`/api/channels/${room}/watched`, { watched: true })).status).toBe(204);
  const tell = async () => await world.app.get(WatchedChannelNotices).tell(room);
  const write = async (body: string) => {
    const message = await say(writer, room, body);
    await tell();
    return message;
  };
  const counts = async () => (await noticesOf('chat.watched')).map(({ params }) => params.count);

  it('given a notice that was read in the inbox alone, then what comes since is another one, which grows', async () => {
    await write('one');
    await write('two');
    await readAll();
    await tell();
    expect(await unreadOf('chat.watched')).toEqual([]);
    await write('three');
    await write('four');
    expect(await unreadOf('chat.watched')).toMatchObject([{ params: { count: 2 }, body: 'Karim Haddad: four' }]);
    expect((await counts()).sort()).toEqual([2, 2]);
  });

  it('given a message that is marked unread after it was read, then the next one is told', async () => {
    const { seq } = await write('one');
    await readUpTo(room, seq);
    await isRead('chat.watched');
    await readUpTo(room, seq - 1);
    await write('two');
    expect(await unreadOf('chat.watched')).toMatchObject([{ body: 'Karim Haddad: two' }]);
  });

  it('given it is read in the inbox while a look is being written, then it does not grow unseen, and the next look tells', async () => {
    await write('one');
    await say(writer, room, 'two');
    const notifications = world.app.get(NotificationsRepository);
    const insertNew = notifications.insertNew.bind(notifications);
    notifications.insertNew = async (rows) => {
      if (String(rows[0]?.userId) !== reader.id) return await insertNew(rows);
      Reflect.deleteProperty(notifications, 'insertNew');
      await readAll();
      return await insertNew(rows);
    };
    await tell();
    expect(await counts()).toEqual([1]);
    await tell();
    expect(await unreadOf('chat.watched')).toMatchObject([{ body: 'Karim Haddad: two' }]);
  });

  it('given twelve who watch, then one query says after which place each of them is told', async () => {
    const watchers = await Promise.all(Array.from({ length: 12 }, () => aMember(world, cohort, 'fellow')));
    room = await aPrivateChannel(writer, cohort, watchers);
    for (const person of watchers) await watch(person);
    await say(writer, room, 'one');
    const asked: string[] = [];
    const listen = ({ databaseName, command }: { databaseName: string; command: Record<string, unknown> }) => {
      const isAsk = databaseName === world.db.name && command.aggregate === 'notifications';
      if (isAsk && JSON.stringify(command).includes(room)) asked.push(JSON.stringify(command));
    };
    world.db.getClient().on('commandStarted', listen);
    await tell();
    world.db.getClient().off('commandStarted', listen);
    expect(asked).toHaveLength(1);
    expect(await noticesOf('chat.watched', watchers[11])).toHaveLength(1);
  });
});

describe('read while its notice is on its way', () => {
  let notify: { mockRestore: () => void };
  afterEach(() => notify.mockRestore());

  /** The reader's device says "read" after it was looked who has not read, and before the notice is written. */
  const readBeforeWritten = (channelId: string) => {
    const notifier = world.app.get(Notifier);
    const write = notifier.notify.bind(notifier);
    notify = jest.spyOn(notifier, 'notify').mockImplementation(async (notice) => {
      // What was written to others, a few seconds ago in tests before, is told now and then, too.
      const { seq } = notice.params;
      if (notice.params.channelId === channelId && typeof seq === 'number') await readUpTo(channelId, seq);
      await write(notice);
    });
  };
  const isTold = (kind: string) => eventually(async () => expect(await noticesOf(kind)).toHaveLength(1));

  it.each([
    ['who is named', 'chat.mentioned', () => `<@${reader.id}>`],
    ['all who are there', 'chat.mentioned', () => '@channel'],
  ])('given %s, then the notice is read', async (_, kind, body) => {
    const room = await aPrivateChannel(writer, cohort, [reader]);
    readBeforeWritten(room);
    await say(writer, room, body());
    await isTold(kind);
    await isRead(kind);
  });

  it('given a conversation, then the notice is read', async () => {
    const conversation = (await writer.client.post('/api/direct', { userIds: [reader.id] })).body.id as string;
    readBeforeWritten(conversation);
    const { id } = await say(writer, conversation, 'hello');
    await world.app.get(ChatNotices).tellMessage({ channelId: conversation, messageId: id });
    await isTold('chat.direct');
    await isRead('chat.direct');
  });

  it('given a watched channel, then the notice is read', async () => {
    const room = await aPrivateChannel(writer, cohort, [reader]);
    await reader.client.put(`/api/channels/${room}/watched`, { watched: true });
    readBeforeWritten(room);
    await say(writer, room, 'news');
    await world.app.get(WatchedChannelNotices).tell(room);
    await isTold('chat.watched');
    await isRead('chat.watched');
  });
});
