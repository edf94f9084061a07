import { Types } from 'mongoose';
import { DAY, MINUTE } from '../../../src/common/times/clock.js';
import type { Message } from '../../../src/contracts/chat/chat.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { JobQueues } from '../../../src/infra/queue/job-queues.js';
import { Notifier } from '../../../src/notifications/notifier.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let writer: TestPerson;
let reader: TestPerson;
let third: TestPerson;
let staff: TestPerson;
let room: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  // A turn of their own would tell what a test leaves untold.
  for (const { app } of world.nodes) await app.get(Intervals).stop();
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  [writer, reader, third] = [
    await aMember(world, cohortId, 'fellow'),
    await aMember(world, cohortId, 'fellow'),
    await aMember(world, cohortId, 'fellow'),
  ];
  room = await aPrivateChannel(writer, cohortId, [reader, third]);
  await world.settled();
});
afterEach(() => jest.restoreAllMocks());

/** As a process does it that is killed between its write and the word of it. */
const wordless = <T>(act: () => Promise<T>) => killedAfter(world, act);

/** The turns that come later: on both nodes at once. */
async function laterTurns(): Promise<void> {
  world.clock.advance(2 * MINUTE);
  await followOutbox(world);
}
const told = async (person: TestPerson, kind: string) =>
  await world.db
    .collection('notifications')
    .find({ userId: new Types.ObjectId(person.id), kind })
    .toArray();
const countOf = async (person: TestPerson, kind: string) => (await told(person, kind)).length;
const outbox = () => world.db.collection('outbox').find().toArray();
const untold = async () => (await outbox()).length;

const ask = async (as: TestPerson, body = 'We have a table of schools.') =>
  (await as.client.post(`${C}/topics`, { title: 'How do we publish it?', body, tags: [] })).body as {
    id: string;
    question: { id: string };
  };
const reply = async (as: TestPerson, topicId: string, body = 'Use the catalogue.') =>
  (await as.client.post(`${C}/topics/${topicId}/posts`, { body })).body as { id: string };
const accept = async (as: TestPerson, topicId: string, postId: string) =>
  expect((await as.client.put(`${C}/topics/${topicId}/answer`, { postId })).status).toBe(200);
const edit = async (as: TestPerson, { channelId, id }: Message, body: string) =>
  expect((await as.client.patch(`/api/channels/${channelId}/messages/${id}`, { body })).status).toBe(200);
const report = async ({ channelId, id }: Message) =>
  (await reader.client.post(`/api/channels/${channelId}/messages/${id}/report`, { reason: 'spam' })).body.id as string;
const close = async (reportId: string) =>
  expect((await staff.client.post(`${C}/reports/${reportId}/close`, { act: 'dismiss', answer: '' })).status).toBe(200);
const conversation = async () => (await writer.client.post('/api/direct', { userIds: [reader.id] })).body.id as string;
/** What the database was asked to do for it, but for reading. */
async function writesOf(act: () => Promise<unknown>): Promise<string[]> {
  const commands: string[] = [];
  const count = ({ databaseName, commandName, command }: Record<string, any>) => {
    if (databaseName === world.db.name) commands.push(`${commandName} ${command[commandName]}`);
  };
  world.db.getClient().on('commandStarted', count);
  await act();
  world.db.getClient().off('commandStarted', count);
  return commands.filter((one) => /^(?!find ).* (messages|channels|outbox)$/.test(one));
}

describe('given the word of it died with its process, then the next turn tells of it, and only once:', () => {
  const things: [what: string, kind: string, whom: () => TestPerson, act: () => Promise<unknown>][] = [
    ['a reply', 'topic.replied', () => reader, async () => reply(writer, (await ask(reader)).id)],
    [
      'a question with a name',
      'forum.mentioned',
      () => reader,
      () => ask(writer, `What do you think, <@${reader.id}>?`),
    ],
    [
      'an accepted answer',
      'topic.answered',
      () => reader,
      async () => {
        const { id } = await ask(writer);
        await accept(writer, id, (await reply(reader, id)).id);
      },
    ],
    ['a name in a channel', 'chat.mentioned', () => reader, () => say(writer, room, `<@${reader.id}>?`)],
    ['all of a channel', 'chat.mentioned', () => third, () => say(writer, room, '@channel we begin')],
    ['words in a conversation', 'chat.direct', () => reader, async () => say(writer, await conversation(), 'hello')],
    ['a report', 'report.opened', () => staff, async () => report(await say(writer, room, 'buy this'))],
    [
      'a closed report',
      'report.closed',
      () => reader,
      async () => close(await report(await say(writer, room, 'buy this'))),
    ],
  ];

  it.each(things)('%s', async (_what, kind, whom, act) => {
    const before = await countOf(whom(), kind);
    await wordless(act);
    expect(await untold()).toBeGreaterThan(0);
    expect(await countOf(whom(), kind)).toBe(before);
    await laterTurns();
    await laterTurns();
    expect(await countOf(whom(), kind)).toBe(before + 1);
    expect(await untold()).toBe(0);
  });

  it('a name that an edit adds; who was told before hears nothing more', async () => {
    const message = await say(writer, room, `<@${reader.id}>?`);
    await eventually(async () => expect(await countOf(reader, 'chat.mentioned')).toBe(1));
    await eventually(async () => expect(await untold()).toBe(0));
    await wordless(() => edit(writer, message, `<@${reader.id}>, <@${third.id}>?`));
    await laterTurns();
    expect([await countOf(reader, 'chat.mentioned'), await countOf(third, 'chat.mentioned')]).toEqual([1, 1]);
    expect(await untold()).toBe(0);
  });

  it('what was written while the queues were away', async () => {
    for (const { app } of world.nodes) jest.spyOn(app.get(JobQueues), 'add').mockRejectedValue(new Error('away'));
    await say(writer, room, `<@${reader.id}>?`);
    await world.settled();
    jest.restoreAllMocks();
    await laterTurns();
    expect(await countOf(reader, 'chat.mentioned')).toBe(1);
  });
});

describe('given nothing is to be told any more, then a turn tells nothing:', () => {
  it('messages that were read meanwhile', async () => {
    const direct = await conversation();
    const said = await wordless(async () => [
      await say(writer, room, `<@${reader.id}>?`),
      await say(writer, direct, 'hello'),
    ]);
    for (const { channelId, seq } of said)
      expect((await reader.client.put(`/api/channels/${channelId}/read`, { seq })).status).toBeLessThan(300);
    await laterTurns();
    expect([await countOf(reader, 'chat.mentioned'), await countOf(reader, 'chat.direct')]).toEqual([0, 0]);
    expect(await untold()).toBe(0);
  });

  it('what was deleted, and a name that was taken out', async () => {
    const topic = await ask(reader);
    await wordless(async () => {
      const gone = await say(writer, room, `<@${reader.id}>?`);
      expect((await writer.client.delete(`/api/channels/${room}/messages/${gone.id}`)).status).toBe(204);
      await edit(writer, await say(writer, room, `and <@${reader.id}>?`), 'and nobody');
      const post = await reply(writer, topic.id);
      expect((await writer.client.delete(`${C}/posts/${post.id}`)).status).toBe(204);
    });
    await laterTurns();
    expect([await countOf(reader, 'chat.mentioned'), await countOf(reader, 'topic.replied')]).toEqual([0, 0]);
    expect(await untold()).toBe(0);
  });

  it('an answer that was withdrawn', async () => {
    const { id } = await ask(writer);
    const post = await reply(reader, id);
    await wordless(async () => {
      await accept(writer, id, post.id);
      expect((await writer.client.delete(`${C}/topics/${id}/answer`)).status).toBe(200);
    });
    await laterTurns();
    expect(await countOf(reader, 'topic.answered')).toBe(0);
    expect(await untold()).toBe(0);
  });

  it('to who left the cohort, and to who wrote it', async () => {
    const topic = await ask(reader);
    await wordless(async () => {
      await reply(reader, topic.id, `I, <@${reader.id}>, found it, <@${third.id}>.`);
      await say(reader, room, `<@${reader.id}> and <@${third.id}>`);
    });
    expect((await staff.client.delete(`${C}/members/${third.id}`)).status).toBe(204);
    await laterTurns();
    const notices = (person: TestPerson) =>
      Promise.all(['topic.replied', 'forum.mentioned', 'chat.mentioned'].map((kind) => countOf(person, kind)));
    expect([await notices(reader), await notices(third)]).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(await untold()).toBe(0);
  });
});

it('given nobody worked for more than a day, then who has not read it is told all the same', async () => {
  await wordless(() => say(writer, room, `<@${reader.id}>?`));
  world.clock.advance(DAY + MINUTE);
  await followOutbox(world);
  expect(await countOf(reader, 'chat.mentioned')).toBe(1);
});

describe('what is written beside a message', () => {
  it('given plain messages, or one that names only its writer, then nothing', async () => {
    const writes = await writesOf(async () => {
      for (const body of ['good morning', 'nobody is meant', `me, <@${writer.id}>`]) await say(writer, room, body);
      await world.settled();
      await laterTurns();
    });
    expect(writes.filter((one) => /outbox|update messages/.test(one))).toEqual([]);
  });

  it('given names, then one row, in the transaction of the message, and nothing is written to the message later', async () => {
    await say(writer, room, 'the first reads who is in it');
    const plain = await writesOf(() => wordless(() => say(writer, room, 'hello')));
    const named = await writesOf(() => wordless(() => say(writer, room, `<@${reader.id}>?`)));
    expect(named.filter((one) => one !== 'insert outbox')).toEqual(plain);
    expect(named).toHaveLength(plain.length + 1);
    expect(await writesOf(laterTurns)).not.toContain('update messages');
    expect(await countOf(reader, 'chat.mentioned')).toBe(1);
  });

  it('given many that are sent at once, then one row for each group names those that call somebody, each once', async () => {
    const sent = await wordless(() =>
      Promise.all(
        Array.from({ length: 12 }, (_, at) => say(writer, room, at % 2 ? `plain ${at}` : `<@${reader.id}> ${at}`)),
      ),
    );
    const rows = await outbox();
    const named = rows.flatMap(({ fact }) => fact.messageIds as string[]);
    expect(named.sort()).toEqual(sent.flatMap(({ id }, at) => (at % 2 ? [] : [id])).sort());
    expect(rows.length).toBeLessThan(named.length);
    await laterTurns();
    expect(await countOf(reader, 'chat.mentioned')).toBe(6);
  });

  it('given an edit in the same millisecond, then who is named by either is told, once', async () => {
    await wordless(async () => {
      const message = await say(writer, room, `<@${reader.id}>?`);
      await edit(writer, message, `<@${reader.id}>, <@${third.id}>?`);
    });
    expect(await untold()).toBe(2);
    await laterTurns();
    expect([await countOf(reader, 'chat.mentioned'), await countOf(third, 'chat.mentioned')]).toEqual([1, 1]);
  });

  it('given a conversation, then its people are told no sooner than they could have read it there', async () => {
    const direct = await conversation();
    await wordless(() => say(writer, direct, 'hello'));
    await followOutbox(world);
    expect(await countOf(reader, 'chat.direct')).toBe(0);
    world.clock.advance(3000);
    await followOutbox(world);
    expect(await countOf(reader, 'chat.direct')).toBe(1);
  });
});

it('given a report that is closed before anybody was told of it, then its end is told, once', async () => {
  await wordless(async () => close(await report(await say(writer, room, 'buy this'))));
  await laterTurns();
  expect(await countOf(reader, 'report.closed')).toBe(1);
});

it('given one of a group that cannot be told, then it holds up no other, and is tried again', async () => {
  const [first, second] = await wordless<[Message, Message]>(async () => [
    await say(writer, room, `<@${reader.id}>?`),
    await say(writer, room, `<@${third.id}>?`),
  ]);
  const [row, other] = await outbox();
  await world.db.collection('outbox').deleteOne({ _id: other!._id });
  const together = { $set: { 'fact.messageIds': [first.id, second.id] } };
  await world.db.collection('outbox').updateOne({ _id: row!._id }, together);
  const notifier = world.app.get(Notifier);
  const notify = notifier.notify.bind(notifier);
  jest
    .spyOn(notifier, 'notify')
    .mockImplementation((notice) =>
      notice.params['messageId'] === first.id ? Promise.reject(new Error('away')) : notify(notice),
    );
  await world.app.get(Outbox).turn();
  expect([await countOf(reader, 'chat.mentioned'), await countOf(third, 'chat.mentioned')]).toEqual([0, 1]);
  jest.restoreAllMocks();
  await laterTurns();
  expect([await countOf(reader, 'chat.mentioned'), await countOf(third, 'chat.mentioned')]).toEqual([1, 1]);
});
