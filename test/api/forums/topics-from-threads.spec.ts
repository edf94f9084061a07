import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import { ThreadQuotes } from '../../../src/forums/threads/thread-quotes.service.js';
import { migrations } from '../../../src/infra/mongo/migrations.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, channelOf, heard, say } from '../../support/rooms/chat.js';
import { connect } from '../../support/client.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let cohort: string;
let [zoe, ali, ines, staff, outsider]: TestPerson[] = [];
let help: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  zoe = await aMember(world, cohort, 'fellow', { name: 'Zoé Asker' });
  ali = await aMember(world, cohort, 'coach', { name: 'Ali Helper' });
  ines = await aMember(world, cohort, 'fellow', { name: 'Inès Roulle' });
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
  outsider = await aMember(world, await aCohort(world), 'fellow');
  help = (await eventually(() => channelOf(zoe!, 'help'))).id;
});
afterAll(() => world.stop());

const topics = () => `/api/cohorts/${cohort}/topics`;
const go = (person: TestPerson, channelId: string, messageId: string, more: object = {}) =>
  person.client.post(topics(), {
    title: 'Who has the table of schools?',
    fromThread: { channelId, messageId },
    ...more,
  });
const inChat = async (person: TestPerson, channelId: string, messageId: string) =>
  (await person.client.get(`/api/channels/${channelId}/messages/${messageId}`)).body;

async function aThread(channelId = help, by = zoe!) {
  const root = await say(by, channelId, 'Who has the table of schools?');
  await say(ali!, channelId, `I do, <@${by.id}>.`, root.id);
  await say(by, channelId, 'Thank you!', root.id);
  return root;
}
const told = (messageId: string, topicId: string | null, channelId = help, person = zoe!) =>
  eventually(async () => expect((await inChat(person, channelId, messageId)).topicId).toBe(topicId));

describe('a thread that goes on in the forum', () => {
  it('given a thread of an open channel, then its messages are quoted under their names, with links both ways', async () => {
    const root = await aThread();
    const live = await connect(world.nodes[1]!.url, ali!.token);
    const answer = await go(ines!, help, root.id, { body: 'For the next cohorts.', tags: ['data'] });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      author: { id: ines!.id },
      tags: ['data'],
      state: 'unanswered',
      subscription: 'watching',
      thread: { channelId: help, messageId: root.id },
      question: {
        body: 'For the next cohorts.',
        quotes: [
          { author: { id: zoe!.id }, bot: null, body: 'Who has the table of schools?' },
          { author: { id: ali!.id }, bot: null, body: `I do, <@${zoe!.id}>.` },
          { author: { id: zoe!.id }, bot: null, body: 'Thank you!' },
        ],
        staying: 0,
      },
    });
    expect(answer.body.question.mentions.map((one: any) => one.name).sort()).toEqual(['Ali Helper', 'Zoé Asker']);
    expect(answer.body.excerpt).toContain('@Zoé Asker');
    await told(root.id, answer.body.id);
    await heard(live, 'message.updated', (one) => one.id === root.id && one.topicId === answer.body.id);
    live.close();
    // Who is quoted hears of it, in the forum's own words.
    await eventually(async () => {
      const { items } = (await ali!.client.get('/api/me/inbox')).body;
      expect(items.filter((one: any) => one.kind === 'forum.mentioned')).toHaveLength(1);
    });
  });

  it('given a thread in which a webhook wrote, then that is quoted under the name of the webhook', async () => {
    const hook = await staff!.client.post(`/api/channels/${help}/webhooks`, { direction: 'in', name: 'Deploy bot' });
    expect(hook.status).toBe(201);
    await staff!.client.post(new URL(hook.body.secret).pathname, { text: 'The table is on line.' });
    const { items } = (await ines!.client.get(`/api/channels/${help}/messages`)).body;
    const root = items.find((one: any) => one.body === 'The table is on line.');
    await say(ali!, help, 'At last.', root.id);
    const answer = await go(ines!, help, root.id);
    expect(answer.body.question).toMatchObject({
      body: '',
      quotes: [
        { author: null, bot: 'Deploy bot', body: 'The table is on line.' },
        { author: { id: ali!.id }, bot: null, body: 'At last.' },
      ],
    });
  });

  it('given a group is named in it, then it is called as in the language of the cohort', async () => {
    const root = await say(zoe!, help, '@coaches, who has the table?');
    await say(ali!, help, 'I do.', root.id);
    const { quotes } = (await go(ines!, help, root.id)).body.question;
    expect(quotes[0].body).toBe('@coachs, who has the table?');
  });

  it('given a double click and another person at the same moment, then one topic for all', async () => {
    const root = await aThread();
    const answers = await Promise.all(
      [zoe!, zoe!, ali!, ines!].map((person, index) =>
        person.client.on(world.nodes[index % 2]!.url).post(topics(), {
          title: `Title ${index} of the table`,
          fromThread: { channelId: help, messageId: root.id },
        }),
      ),
    );
    expect(answers.map((one) => one.status)).toEqual([201, 201, 201, 201]);
    const ids = new Set(answers.map((one) => one.body.id));
    expect(ids.size).toBe(1);
    expect((await go(staff!, help, root.id)).body.id).toBe([...ids][0]);
    await told(root.id, [...ids][0]);
  });

  it('given the channel is not open to all, then only my own words are carried, and strangers see no link', async () => {
    const channelId = await aPrivateChannel(zoe!, cohort, [ali!]);
    const root = await aThread(channelId);
    const { body } = await go(ali!, channelId, root.id);
    expect(body.question).toMatchObject({
      body: '',
      quotes: [{ author: { id: ali!.id }, body: `I do, <@${zoe!.id}>.` }],
      staying: 2,
    });
    expect(body.excerpt).not.toContain('table');
    expect(body.thread).toEqual({ channelId, messageId: root.id });
    expect((await ines!.client.get(`${topics()}/${body.id}`)).body.thread).toBeNull();
    const silent = await say(zoe!, channelId, 'Only I speak here.');
    const nothing = await go(ali!, channelId, silent.id);
    expect([nothing.status, nothing.body.errors]).toMatchObject([422, [{ field: '/body', code: 'required' }]]);
  });

  it('given the topic is deleted, then the thread knows, and may go on anew', async () => {
    const root = await aThread();
    const first = (await go(zoe!, help, root.id)).body;
    await told(root.id, first.id);
    await zoe!.client.delete(`/api/cohorts/${cohort}/posts/${first.question.id}`);
    await told(root.id, null);
    const again = await go(zoe!, help, root.id);
    expect(again.status).toBe(201);
    const second = again.body;
    expect(second.id).not.toBe(first.id);
    await told(root.id, second.id);
  });

  it('given the process was killed, and the channel is closed, then the worker tells the thread in its turn', async () => {
    const channelId = await aPrivateChannel(zoe!, cohort, []);
    const root = await say(zoe!, channelId, 'A thought to keep');
    await world.db
      .collection('channels')
      .updateOne({ _id: new Types.ObjectId(channelId) }, { $set: { archivedAt: new Date() } });
    const { id } = (await killedAfter(world, () => go(zoe!, channelId, root.id))).body;
    expect((await inChat(zoe!, channelId, root.id)).topicId).toBeNull();
    await followOutbox(world);
    expect((await inChat(zoe!, channelId, root.id)).topicId).toBe(id);
  });

  it('given a deleted message or a very long thread, then what is there and what finds room', async () => {
    const root = await say(zoe!, help, 'x'.repeat(7900));
    const replies = [];
    for (const letter of ['a', 'b', 'c', 'd']) replies.push(await say(ali!, help, letter.repeat(7900), root.id));
    await ali!.client.delete(`/api/channels/${help}/messages/${replies[0]!.id}`);
    const { quotes, staying } = (await go(zoe!, help, root.id)).body.question;
    expect(quotes.map(({ body }: { body: string }) => body[0])).toEqual(['x', 'b', 'c']);
    expect(staying).toBe(1);
  });

  it('given a channel of some, kept by what they are, then only my own words are carried: the others could never be read by all', async () => {
    const [data, other] = [
      await aMember(world, cohort, 'fellow', { craft: 'data' }),
      await aMember(world, cohort, 'fellow', { craft: 'data' }),
    ];
    const craft = (await eventually(() => channelOf(data, 'craft'))).id;
    const root = await say(data, craft, 'Mine');
    await say(other, craft, 'Not for all', root.id);
    const { question, excerpt } = (await go(data, craft, root.id)).body;
    expect(question).toMatchObject({ quotes: [{ body: 'Mine' }], staying: 1 });
    expect(JSON.stringify([question, excerpt])).not.toContain('Not for all');
  });
});

describe('what is deleted in chat', () => {
  const bodies = async (topicId: string, person = ines!) =>
    (await person.client.get(`${topics()}/${topicId}`)).body.question.quotes.map((one: any) => one.body);
  const found = async (q: string) =>
    (await ines!.client.get(`${topics()}?q=${q}`)).body.items.map(({ id }: { id: string }) => id) as string[];
  const deleted = async (person: TestPerson, messageId: string) =>
    expect((await person.client.delete(`/api/channels/${help}/messages/${messageId}`)).status).toBe(204);
  async function aTopic() {
    const root = await say(zoe!, help, 'A question for all');
    const reply = await say(ali!, help, 'The zanzibar answer', root.id);
    const { id } = (await go(ines!, help, root.id)).body as { id: string };
    return { id, root, reply };
  }

  it('given its author deletes a message, then the topic shows a tombstone, and neither list nor search knows it', async () => {
    const { id, reply } = await aTopic();
    expect(await bodies(id)).toEqual(['A question for all', 'The zanzibar answer']);
    expect(await found('zanzibar')).toEqual([id]);
    await deleted(ali!, reply.id);
    expect(await bodies(id)).toEqual(['A question for all', null]);
    await eventually(async () => expect(await found('zanzibar')).toEqual([]));
    const { items } = (await ines!.client.get(topics())).body;
    expect(JSON.stringify(items)).not.toContain('zanzibar');
    const post = await world.db.collection('posts').findOne({ topicId: new Types.ObjectId(id), number: 1 });
    expect(JSON.stringify(post)).not.toContain('zanzibar');
  });

  it('given its author edits the question, then what others said is not theirs to change, and what is gone stays gone', async () => {
    const { id, root, reply } = await aTopic();
    await deleted(ali!, reply.id);
    const { question } = (await ines!.client.get(`${topics()}/${id}`)).body;
    const path = `/api/cohorts/${cohort}/posts/${question.id}`;
    const edited = await ines!.client.patch(path, { body: 'More precisely' });
    expect(edited.body).toMatchObject({
      body: 'More precisely',
      quotes: [{ body: 'A question for all' }, { body: null }],
    });
    await deleted(zoe!, root.id);
    expect(await bodies(id)).toEqual([null, null]);
    await eventually(async () =>
      expect((await ines!.client.get(`${topics()}/${id}`)).body.excerpt).toBe('More precisely'),
    );
  });

  it('given the process dies right after a message was deleted, then the page knows at once, and another one takes it out of lists', async () => {
    const { id, reply } = await aTopic();
    await world.settled();
    await killedAfter(world, () => deleted(ali!, reply.id));
    expect(await bodies(id)).toEqual(['A question for all', null]);
    expect(await found('zanzibar')).toEqual([id]);
    await followOutbox(world);
    expect(await found('zanzibar')).toEqual([]);
  });

  it('given it was deleted past all acts, then the page knows at once, and the night takes it out of lists', async () => {
    const { id, reply } = await aTopic();
    await world.settled();
    await world.db
      .collection('messages')
      .updateOne({ _id: new Types.ObjectId(reply.id) }, { $set: { deletedAt: new Date(), body: '' } });
    expect(await bodies(id)).toEqual(['A question for all', null]);
    expect(await found('zanzibar')).toEqual([id]);
    await world.app.get(ThreadQuotes).compare();
    expect(await found('zanzibar')).toEqual([]);
  });
});

describe('a thread that I may not carry', () => {
  const refusal = (answer: { status: number; body: any }) => [answer.status, answer.body.errors];
  const unknown = [422, [{ field: '/fromThread', code: 'unknown' }]];
  const anId = () => String(new Types.ObjectId());

  it('given a channel that I am not in, a reply, another channel’s message or nothing at all, then one answer', async () => {
    const channelId = await aPrivateChannel(zoe!, cohort, []);
    const secret = await say(zoe!, channelId, 'Not for the forum');
    const root = await aThread();
    const reply = await say(ali!, help, 'one more', root.id);
    const answers = await Promise.all([
      go(ines!, channelId, secret.id),
      go(ines!, help, secret.id),
      go(ines!, help, reply.id),
      go(ines!, help, anId()),
      go(ines!, anId(), root.id),
      go(ines!, 'nonsense', 'nonsense'),
    ]);
    expect(answers.map(refusal)).toMatchObject(answers.map(() => unknown));
    expect(new Set(answers.map((one) => one.text)).size).toBe(1);
  });

  it('given a conversation between people, then not even by them', async () => {
    const direct = (await zoe!.client.post('/api/direct', { userIds: [ali!.id] })).body.id;
    const root = await say(zoe!, direct, 'Between us');
    expect(refusal(await go(zoe!, direct, root.id))).toMatchObject(unknown);
  });

  it('given a thread of another cohort that I am in too, then it stays there', async () => {
    const root = await aThread();
    const other = await aCohort(world);
    const { join } = await import('../../support/factories.js');
    await join(world, other, zoe!.id, 'fellow');
    const body = { title: 'A title that is long', fromThread: { channelId: help, messageId: root.id } };
    expect(refusal(await zoe!.client.post(`/api/cohorts/${other}/topics`, body))).toMatchObject(unknown);
  });

  it('given somebody of another cohort, then 404 as for a random cohort; without a login 401', async () => {
    const root = await aThread();
    const foreign = await go(outsider!, help, root.id);
    const random = await outsider!.client.post(`/api/cohorts/${anId()}/topics`, {});
    expect([foreign.status, foreign.text]).toEqual([404, random.text]);
  });

  it.each([
    [{}, '/body', 'required'],
    [{ fromThread: {} }, '/fromThread/channelId', 'required'],
    [{ fromThread: { channelId: { $ne: '' }, messageId: randomUUID() } }, '/fromThread/channelId', 'wrong_type'],
    [{ title: 'Hm' }, '/body', 'required'],
  ])('given %j, then 422 names %s', async (more, field, code) => {
    const answer = await zoe!.client.post(topics(), { title: 'A good title', ...more });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, code }));
  });
});

describe('a topic that was opened while a thread was copied into its text', () => {
  const copyOf = (head: string, body: string) => `${head}\n\n${body}`.replace(/^(.+)$/gm, '> $1').replace(/^$/gm, '>');
  const migrate = () =>
    migrations.find(({ name }) => name.includes('quote-their-threads'))!.up({ db: world.db } as never);
  const shown = async (topicId: string) => (await ines!.client.get(`${topics()}/${topicId}`)).body;

  /** As it was written then: one text, and nothing that leads to the messages but the thread. */
  async function asBefore(topicId: string, body: string) {
    const ofTopic = { topicId: new Types.ObjectId(topicId), number: 1 };
    const change = { $set: { body }, $unset: { quotes: 1, quoting: 1, staying: 1 } };
    await world.db.collection('posts').updateOne(ofTopic, change);
  }
  async function anOldTopic() {
    const root = await aThread();
    const topic = (await go(ines!, help, root.id, { body: 'For the next cohorts.' })).body;
    const said = topic.question.quotes.map((one: any) => copyOf(`<@${one.author.id}>`, one.body));
    await asBefore(topic.id, ['For the next cohorts.', ...said].join('\n\n'));
    expect((await shown(topic.id)).question.quotes).toEqual([]);
    return { root, topic };
  }

  it('given it is brought up to date, then it quotes by reference, and again changes nothing', async () => {
    const { topic } = await anOldTopic();
    await migrate();
    const now = await shown(topic.id);
    expect(now.question).toMatchObject({
      body: 'For the next cohorts.',
      quotes: topic.question.quotes,
      staying: 0,
    });
    const rows = await world.db.collection('posts').find().toArray();
    await migrate();
    expect(await world.db.collection('posts').find().toArray()).toEqual(rows);
  });

  it('given one deletes theirs in chat, before or after, then the forum shows nobody what it was, nor finds it', async () => {
    const { root, topic } = await anOldTopic();
    const { items } = (await ali!.client.get(`/api/channels/${help}/messages?threadId=${root.id}`)).body;
    const [answer, thanks] = items;
    expect((await ali!.client.delete(`/api/channels/${help}/messages/${answer.id}`)).status).toBeLessThan(300);
    expect((await shown(topic.id)).question.body).toContain('I do');
    await migrate();
    expect((await shown(topic.id)).question.quotes.map((one: any) => one.body)).toEqual([
      'Who has the table of schools?',
      null,
      'Thank you!',
    ]);
    expect((await zoe!.client.delete(`/api/channels/${help}/messages/${thanks.id}`)).status).toBeLessThan(300);
    expect((await shown(topic.id)).question.quotes[2].body).toBeNull();
    await world.app.get(ThreadQuotes).compare();
    const kept = await world.db.collection('posts').findOne({ topicId: new Types.ObjectId(topic.id), number: 1 });
    expect(JSON.stringify(kept)).not.toMatch(/I do|Thank you/);
    const row = await world.db.collection('topics').findOne({ _id: new Types.ObjectId(topic.id) });
    expect(row!.words).not.toContain('thank');
    expect(row!.excerpt).not.toContain('I do');
  });

  it('given its author wrote all of it anew, then it is theirs and stays', async () => {
    const { topic } = await anOldTopic();
    await asBefore(topic.id, 'All is said in the handbook.\n\n> Read it.');
    await migrate();
    expect((await shown(topic.id)).question).toMatchObject({
      body: 'All is said in the handbook.\n\n> Read it.',
      quotes: [],
    });
  });
});
