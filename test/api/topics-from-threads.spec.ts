import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import { ThreadsOfChat } from '../../src/bridges/threads-of-chat.js';
import { EventBus } from '../../src/infra/events/event-bus.js';
import { type TestWorld, startWorld } from '../support/app.js';
import { aPrivateChannel, channelOf, heard, say } from '../support/chat.js';
import { connect } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../support/factories.js';

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
        body: [
          'For the next cohorts.',
          `> <@${zoe!.id}>\n>\n> Who has the table of schools?`,
          `> <@${ali!.id}>\n>\n> I do, <@${zoe!.id}>.`,
          `> <@${zoe!.id}>\n>\n> Thank you!`,
        ].join('\n\n'),
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
    expect(answer.body.question.body).toBe(
      `> Deploy bot\n>\n> The table is on line.\n\n> <@${ali!.id}>\n>\n> At last.`,
    );
  });

  it('given a group is named in it, then it is called as in the language of the cohort', async () => {
    const root = await say(zoe!, help, '@coaches, who has the table?');
    await say(ali!, help, 'I do.', root.id);
    const { body } = (await go(ines!, help, root.id)).body.question;
    expect(body).toContain('> @coachs, who has the table?');
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
    expect(body.question.body).toBe(`> <@${ali!.id}>\n>\n> I do, <@${zoe!.id}>.`);
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

  it('given the event was lost, or the channel is closed, then the worker tells the thread in its turn', async () => {
    const channelId = await aPrivateChannel(zoe!, cohort, []);
    const root = await say(zoe!, channelId, 'A thought to keep');
    await world.db
      .collection('channels')
      .updateOne({ _id: new Types.ObjectId(channelId) }, { $set: { archivedAt: new Date() } });
    const bus = world.app.get(EventBus);
    const publish = bus.publish.bind(bus);
    bus.publish = () => undefined;
    const { id } = (await go(zoe!, channelId, root.id)).body;
    bus.publish = publish;
    expect((await inChat(zoe!, channelId, root.id)).topicId).toBeNull();
    await world.app.get(ThreadsOfChat).tell();
    expect((await inChat(zoe!, channelId, root.id)).topicId).toBe(id);
  });

  it('given a deleted message or a very long thread, then what is there and what finds room', async () => {
    const root = await say(zoe!, help, 'x'.repeat(7900));
    const replies = [];
    for (const letter of ['a', 'b', 'c', 'd']) replies.push(await say(ali!, help, letter.repeat(7900), root.id));
    await ali!.client.delete(`/api/channels/${help}/messages/${replies[0]!.id}`);
    const { body } = (await go(zoe!, help, root.id)).body.question;
    expect(body).not.toContain('aaa');
    expect(body).toMatch(/ccc\n\n…$/);
    expect(body.length).toBeLessThanOrEqual(30_000);
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
    const { join } = await import('../support/factories.js');
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
