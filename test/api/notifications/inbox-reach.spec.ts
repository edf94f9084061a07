import { Types } from 'mongoose';
import type { Notification } from '../../../src/contracts/notifications/notifications.js';
import type { NotificationRow } from '../../../src/notifications/inbox/notification.schema.js';
import { type Notice, Notifier } from '../../../src/notifications/notifier.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { connect } from '../../support/client.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { deliver } from '../../support/deliveries-turn.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { BY_CHANCE, countQueries } from '../../support/queries.js';
import { aRequest, requestsOf } from '../../support/rooms/requests.js';

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let writer: TestPerson;
let C: string;

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  C = `/api/cohorts/${cohort}`;
  staff = await aMember(world, cohort, 'staff');
  writer = await aMember(world, cohort, 'fellow', { name: 'Karim Haddad' });
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const ok = async (answer: Promise<{ status: number; body: any }>): Promise<any> => {
  const { status, body } = await answer;
  expect([status < 300, body?.code, body?.errors]).toEqual([true, undefined, undefined]);
  return body;
};
const inboxOf = async ({ client }: TestPerson, query = '') => await ok(client.get(`/api/me/inbox${query}`));
/** Kind and words of all that somebody's inbox shows, and how many it says are unread. */
const shown = async (person: TestPerson) => {
  const { items, unread } = await inboxOf(person, '?limit=100');
  return { said: items.map(({ kind, title, body }: Notification) => `${kind} ${title} ${body}`), unread };
};
const shows = async (person: TestPerson, ...words: (string | RegExp)[]) => {
  const { said, unread } = await shown(person);
  expect([said.length, unread]).toEqual([words.length, words.length]);
  words.forEach((word, index) => expect(said[index]).toMatch(word));
};
const notify = async (notice: Omit<Notice, 'key' | 'link'> & Partial<Notice>) =>
  await world.app.get(Notifier).notify({ link: `/c/${cohort}/week`, key: `k-${Math.random()}`, ...notice });
const kept = async ({ id }: TestPerson) =>
  await world.db
    .collection<NotificationRow>('notifications')
    .find({ userId: new Types.ObjectId(id) })
    .toArray();

const aTopic = async (title = 'Old commune codes'): Promise<{ id: string }> =>
  await ok(writer.client.post(`${C}/topics`, { title, body: 'Who knows?', tags: [] }));
const aPost = async (topicId: string, body: string): Promise<{ id: string }> => {
  const post = await ok(writer.client.post(`${C}/topics/${topicId}/posts`, { body }));
  await followOutbox(world);
  return post;
};

/** As if their mails had not gone yet. */
async function mailAgain(reader: TestPerson): Promise<void> {
  const userId = new Types.ObjectId(reader.id);
  await world.db.collection('notifications').updateMany({ userId }, { $set: { 'mail.state': 'waiting' } });
  const waits = { state: 'waiting', dueAt: new Date(NOW), lease: null };
  await world.db.collection('deliveries').updateMany({ of: userId }, { $set: waits });
}

describe('words of the forum in the inbox', () => {
  let reader: TestPerson;
  let topicId: string;
  let postId: string;

  beforeEach(async () => {
    reader = await aMember(world, cohort, 'fellow', { name: 'Inès Morel' });
    topicId = (await aTopic()).id;
    postId = (await aPost(topicId, `<@${reader.id}> the word is sesame`)).id;
    await shows(reader, /^forum.mentioned .*Old commune codes.* @Inès Morel the word is sesame$/);
  });

  it('given the post was deleted, then neither the list, the count, a digest nor a mail has it; another post stays', async () => {
    await aPost(topicId, `<@${reader.id}> and this stays`);
    await ok(writer.client.delete(`${C}/posts/${postId}`));
    await shows(reader, /and this stays/);
    expect((await inboxOf(reader, '?unread=true')).items).toHaveLength(1);
    await world.db
      .collection('notifications')
      .updateMany({ userId: new Types.ObjectId(reader.id) }, { $set: { 'mail.state': 'digest' } });
    const digest = JSON.stringify((await ok(reader.client.get('/api/me/digest'))).lists);
    expect(digest).toContain('and this stays');
    expect(digest).not.toContain('sesame');
  });

  it('given the topic was deleted, then nothing of it is there', async () => {
    const { id } = await aTopic('Secret title');
    await notify({
      ...{ userIds: [reader.id], cohortId: cohort, kind: 'topic.reminder', why: 'watching' },
      params: { topicId: id, title: 'Secret title', by: 'Karim', sinceAt: NOW, rung: 'h48' },
    });
    await shows(reader, /Secret title/, /sesame/);
    const [first] = (await ok(writer.client.get(`${C}/topics/${id}/posts`))).items;
    await ok(writer.client.delete(`${C}/posts/${first.id}`));
    await shows(reader, /sesame/);
    await followOutbox(world);
    const row = (await kept(reader)).find(({ params }) => params['topicId'] === id);
    expect(row).toMatchObject({ shown: false, params: { title: '' } });
  });

  it('given a post that is deleted by a process that dies then, then its notices lose their words, and stand in no way of others', async () => {
    const stays = (await aPost(topicId, `<@${reader.id}> and this stays`)).id;
    await world.db
      .collection('notifications')
      .updateMany({ userId: new Types.ObjectId(reader.id) }, { $set: { 'mail.state': 'digest' } });
    await killedAfter(world, () => ok(writer.client.delete(`${C}/posts/${postId}`)));
    await followOutbox(world);
    const [gone, other] = await kept(reader);
    expect(gone).toMatchObject({ shown: false, mail: { state: 'skipped', rule: 'gone' } });
    expect(gone?.params).toEqual({ topicId, postId, number: 2, title: '', by: '', byId: '', excerpt: '' });
    expect(other).toMatchObject({
      shown: true,
      params: { postId: stays, by: 'Karim Haddad' },
      mail: { state: 'digest' },
    });
  });

  it('given a post that is deleted while it is told, then its notice is shown nowhere, whichever came first', async () => {
    const notifier = world.app.get(Notifier);
    Object.assign(notifier, {
      notify: async (notice: Notice) => {
        Reflect.deleteProperty(notifier, 'notify');
        await ok(writer.client.delete(`${C}/posts/${String(notice.params['postId'])}`));
        await notifier.notify(notice);
      },
    });
    const { id } = await aPost(topicId, `<@${reader.id}> said and taken back`);
    const row = (await kept(reader)).find(({ params }) => params['postId'] === id);
    expect(row).toMatchObject({ shown: false, params: { excerpt: '' } });
  });

  it('given it was edited, and the title, then list, digest and mail say the new ones; without my name no mail leaves', async () => {
    await ok(writer.client.patch(`${C}/posts/${postId}`, { body: `<@${reader.id}> ask me` }));
    await ok(writer.client.patch(`${C}/topics/${topicId}`, { title: 'New commune codes' }));
    await shows(reader, /New commune codes.* @Inès Morel ask me$/);
    await mailAgain(reader);
    await deliver(world);
    const mails = () => world.mail.mails.filter(({ to }) => JSON.stringify(to).includes(reader.email));
    await eventually(() => expect(mails().some(({ text }) => text?.includes('ask me'))).toBe(true));
    const last = mails().filter(({ text }) => text?.includes('ask me'));
    expect(last.some(({ text, subject }) => `${subject} ${text}`.includes('Old commune codes'))).toBe(false);
    expect(JSON.stringify(last.map(({ text }) => text))).not.toContain('sesame');

    await ok(writer.client.patch(`${C}/posts/${postId}`, { body: 'nothing for anybody' }));
    await shows(reader, /nothing for anybody$/);
    await mailAgain(reader);
    await deliver(world);
    await eventually(async () => expect((await kept(reader)).map(({ mail }) => mail.rule)).toEqual(['gone']));
  });

  it('given it is deleted before its notice is told, then no page hears of it; of one that is there, it does', async () => {
    const stays = (await aPost(topicId, 'and this stays')).id;
    await ok(writer.client.delete(`${C}/posts/${postId}`));
    const live = await connect(world.url, reader.token);
    for (const id of [postId, stays])
      await notify({
        ...{ userIds: [reader.id], cohortId: cohort, kind: 'topic.replied', why: 'watching', key: id },
        params: { topicId, postId: id, title: 'T', by: 'K', excerpt: 'words' },
      });
    const heard = () => live.events.filter(({ event }) => event === 'notification.created');
    await eventually(() => expect(heard()).toHaveLength(1));
    expect(heard()[0]!.payload).toMatchObject({ params: { postId: stays } });
    live.close();
  });
});

describe('requests for help in the inbox', () => {
  const give = async ({ id }: TestPerson, craft: string | null) =>
    await ok(staff.client.patch(`${C}/members/${id}`, { givenCraft: craft }));
  const asked = async (whom: { craft: string } | { ownerId: string }, need: string) => {
    const request = await aRequest(cohort, writer, whom, { need });
    await followOutbox(world);
    return request;
  };
  const act = async (person: TestPerson, { id, revision }: any, what: string, more = {}) =>
    await ok(person.client.post(`${requestsOf(cohort)}/${id}/${what}`, { revision, ...more }));

  it('given staff take the craft back, then what was asked of it is gone; who has it still, and staff, read on', async () => {
    const [was, is] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'fellow')];
    const team = await aMember(world, cohort, 'staff');
    for (const person of [was, is]) await give(person, 'product');
    await asked({ craft: 'product' }, 'The secret need');
    for (const person of [was, is, team]) await shows(person, /secret need/);
    await give(was, null);
    await shows(was);
    expect((await inboxOf(was, '?unread=true')).items).toEqual([]);
    for (const person of [is, team]) await shows(person, /secret need/);
    await give(was, 'product');
    await shows(was, /secret need/);
  });

  it('given it is withdrawn, taken or passed on, then only those see it of whom it is asked still, who asked and staff', async () => {
    const gives = { gives: ['forms'] };
    const [one, two] = [await aMember(world, cohort, 'fellow', gives), await aMember(world, cohort, 'fellow', gives)];
    for (const person of [one, two]) await give(person, 'data');
    const withdrawn = await asked({ craft: 'data' }, 'The withdrawn need');
    const taken = await asked({ craft: 'data' }, 'The taken need');
    const passed = await asked({ ownerId: one.id }, 'The passed need');
    await act(writer, withdrawn, 'withdraw');
    await act(two, taken, 'accept');
    await act(one, passed, 'pass-on', { toId: two.id });
    await followOutbox(world);
    const { said, unread } = await shown(one);
    expect([said, unread]).toEqual([[], 0]);
    expect((await shown(two)).said.join()).toMatch(/passed need.*taken need/);
    expect((await shown(two)).said.join()).not.toContain('withdrawn need');
    expect((await shown(writer)).said.join()).toMatch(/passed|taken/);
  });
});

describe('sessions, channels and roles in the inbox', () => {
  it('given a session went to another coach, then the first one keeps the word of that alone', async () => {
    const fellow = await aMember(world, cohort, 'fellow');
    const [first, second] = [await aCoach(world, cohort), await aCoach(world, cohort)];
    const { id } = await aSession(cohort, fellow, first.id, '2026-10-20T07:00:00.000Z');
    await followOutbox(world);
    await shows(first, /^session.booked/);
    const { revision } = await ok(staff.client.get(`${C}/sessions/${id}`));
    await ok(staff.client.post(`${C}/sessions/${id}/hand-over`, { revision, coachId: second.id }));
    await followOutbox(world);
    await shows(first, /^session.handed_over/);
    await shows(second, /^session.handed_over/);
    expect((await shown(fellow)).said.map((one: string) => one.split(' ')[0])).toEqual([
      ...['session.handed_over', 'session.booked'],
    ]);
  });

  it('given a place in a channel that ended in a process that died then, then its notices are hidden', async () => {
    const reader = await aMember(world, cohort, 'fellow');
    const room = await aPrivateChannel(writer, cohort, [reader]);
    const { id } = await say(writer, room, `<@${reader.id}> the word is sesame`);
    await eventually(async () => expect((await shown(reader)).said.join()).toContain('sesame'));
    await world.db
      .collection('messages')
      .updateOne({ _id: new Types.ObjectId(id) }, { $set: { body: '', deletedAt: new Date(NOW) } });
    expect((await shown(reader)).said.join()).toMatch(/chat.mentioned/);
    expect((await shown(reader)).said.join()).not.toContain('sesame');
    await world.db.collection('channel-members').deleteMany({ userId: new Types.ObjectId(reader.id) });
    await shows(reader);
  });

  it('given an admin who is none any more, then what admins are told is gone; other notices of no cohort stay', async () => {
    const admin = await aMember(world, cohort, 'coach', { isAdmin: true });
    const params = { alert: 'late', count: 3, among: 9, sinceAt: NOW };
    await notify({ userIds: [admin.id], cohortId: null, why: 'admin', kind: 'operation.alert', params });
    await notify({
      userIds: [admin.id],
      cohortId: null,
      why: 'self',
      kind: 'mail.stopped',
      params: { address: 'a@b' },
    });
    await shows(admin, /^mail.stopped/, /^operation.alert/);
    await world.db.collection('users').updateOne({ _id: new Types.ObjectId(admin.id) }, { $set: { isAdmin: false } });
    await shows(admin, /^mail.stopped/);
  });
});

describe('a page of the inbox', () => {
  const tell = async (reader: TestPerson, topicId: string, postId: string, by: string) => {
    world.clock.advance(1000);
    await notify({
      ...{ userIds: [reader.id], cohortId: cohort, kind: 'topic.replied', why: 'watching', key: `post-${by}` },
      params: { topicId, postId, title: 'T', by, excerpt: 'words' },
    });
  };

  it('given as many hidden ones as a page holds, then it is filled by what is behind them, and pages go on to the end', async () => {
    const reader = await aMember(world, cohort, 'fellow');
    const { id: topicId } = await aTopic();
    const [stays, goes] = [await aPost(topicId, 'stays'), await aPost(topicId, 'goes')];
    for (let index = 0; index < 12; index += 1)
      await tell(reader, topicId, index % 4 === 0 ? stays.id : goes.id, `P${index}`);
    await ok(writer.client.delete(`${C}/posts/${goes.id}`));
    const by: string[] = [];
    let cursor: string | null = null;
    do {
      const page: any = await inboxOf(reader, `?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
      expect(page.unread).toBe(3);
      by.push(...page.items.map(({ params }: any) => params.by));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(by).toEqual(['P8', 'P4', 'P0']);
  });

  it('given more hidden ones than anybody reads, then what is behind them counts still', async () => {
    const reader = await aMember(world, cohort, 'fellow');
    const { id: topicId } = await aTopic();
    const { id: postId } = await aPost(topicId, 'stays');
    for (const by of ['first', 'second']) await tell(reader, topicId, postId, by);
    const [row] = await kept(reader);
    const hidden = Array.from({ length: 1200 }, (_, index) => ({
      ...{ ...row!, _id: new Types.ObjectId(), key: `hidden-${index}` },
      ...{ kind: 'request.asked' as const, at: new Date(world.clock.now().getTime() + index) },
      params: { requestId: String(new Types.ObjectId()) },
    }));
    await world.db.collection('notifications').insertMany(hidden);
    expect(await inboxOf(reader)).toMatchObject({ unread: 2 });
  });

  it('given six times as many notices, then it asks the database no more often', async () => {
    const reader = await aMember(world, cohort, 'fellow');
    const { id: topicId } = await aTopic();
    const queriesOf = async () => {
      const count = countQueries(world.db);
      const { items } = await inboxOf(reader, '?limit=100');
      return { count: count(), items: items.length };
    };
    const more = async (posts: number) => {
      for (let index = 0; index < posts; index += 1) {
        const { id } = await aPost(topicId, `<@${reader.id}> number ${index}`);
        await ok(writer.client.patch(`${C}/posts/${id}`, { body: `<@${reader.id}> now ${index}` }));
      }
    };
    await more(2);
    const few = await queriesOf();
    await more(10);
    const many = await queriesOf();
    expect([few.items, many.items]).toEqual([2, 12]);
    expect(many.count).toBeLessThanOrEqual(few.count + BY_CHANCE);
    expect(many.count).toBeLessThanOrEqual(16);
  });
});
