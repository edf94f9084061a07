import { Intervals } from '../../../src/infra/queue/intervals.js';
import { JobQueues } from '../../../src/infra/queue/job-queues.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { commandsOf } from '../../support/commands.js';
import { aCohort, aMember, type TestPerson } from '../../support/factories.js';
import { eventually } from '../../support/eventually.js';
import { channelOf, say } from '../../support/rooms/chat.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

/** A list of the forum asks at most three commands of the database, a topic and a page of its posts five each, whatever is in them. A number only goes down. */
const LIST = 3;
const TOPIC = 5;

let world: TestWorld;
let C: string;
let cohort: string;
let [staff, ali, zoe]: TestPerson[] = [];
let [plain, rich]: { id: string }[] = [];

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  C = `/api/cohorts/${cohort}`;
  staff = await aMember(world, cohort, 'staff');
  ali = await aMember(world, cohort, 'fellow', { name: 'Ali Helper' });
  zoe = await aMember(world, cohort, 'fellow', { name: 'Zoé Asker' });
  plain = await aTopic({});
  const help = (await eventually(() => channelOf(zoe!, 'help'))).id;
  const root = await say(zoe, help, 'Who has the table of schools?');
  await say(ali, help, 'I do.', root.id);
  const poll = { question: 'Which one?', options: ['One', 'Two'] };
  const { path } = await aWorkshop(staff, cohort, { hosts: [ali.id] });
  const aboutWorkshop = path.split('/').at(-1);
  rich = await aTopic({ fromThread: { channelId: help, messageId: root.id }, aboutWorkshop, poll });
  await fillRichly((await aTopic({})).id);
  await world.app.get(Intervals).stop();
  await world.app.get(JobQueues).beforeApplicationShutdown();
});
afterAll(() => world.stop());

async function aTopic(more: object): Promise<{ id: string }> {
  const words = { title: 'How do we publish a dataset?', body: 'A table.', tags: ['data'] };
  const { status, body } = await zoe!.client.post(`${C}/topics`, { ...words, ...more });
  expect([status, body.errors]).toEqual([201, undefined]);
  return body;
}

async function reply(topicId: string, body: string, as = ali!): Promise<string> {
  world.clock.advance(1000);
  const answer = await as.client.post(`${C}/topics/${topicId}/posts`, { body });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

/** All that a topic can have: quotes, names, votes, reactions, an answer, posts that are gone or were moved here and away, a pin, slow mode, another topic asked before. */
async function fillRichly(elsewhere: string): Promise<void> {
  const { id } = rich!;
  const first = await reply(id, `Look, <@${zoe!.id}>.`);
  const other = await reply(elsewhere, 'Said elsewhere.');
  const answer = await reply(id, `> <#${first}>\n> Look\n\n> <#${other}>\n> Said\n\nHere.`);
  const away = await reply(id, 'Another thing.', zoe);
  const gone = await reply(id, 'Gone soon.');
  const done = [
    await zoe!.client.put(`${C}/posts/${answer}/vote`, {}),
    await zoe!.client.put(`${C}/posts/${answer}/reactions/${encodeURIComponent('👍')}`, {}),
    await zoe!.client.put(`${C}/topics/${id}/answer`, { postId: answer }),
    await ali!.client.delete(`${C}/posts/${gone}`),
    await staff!.client.post(`${C}/topics/${id}/move`, { postIds: [away], toTopicId: plain!.id }),
    await staff!.client.put(`${C}/topics/${id}/slow`, { minutes: 15 }),
    await staff!.client.post(`${C}/topics/${id}/duplicate`, { ofTopicId: plain!.id }),
    await ali!.client.put(`${C}/topics/${plain!.id}/subscription`, { level: 'watching' }),
    await ali!.client.put(`${C}/topics/${id}/read`, { number: 2 }),
  ];
  expect(done.map(({ status }) => status).filter((status) => status >= 300)).toEqual([]);
  await reply(plain!.id, 'Later.', zoe);
  for (let index = 0; index < 20; index += 1) await aTopic({ title: `Another question ${index}` });
}

describe.each([
  ['a fellow', () => ali!],
  ['staff', () => staff!],
])('given %s', (who, person) => {
  it.each([
    '',
    'tag=data',
    'state=solved',
    'state=unanswered',
    'mine=true',
    'list=new',
    'list=unread',
    'list=fresh',
    'q=publish',
  ])('then the list %j takes at most three commands', async (query) => {
    const act = () => person().client.get(`${C}/topics?limit=15&${query}`);
    expect(await commandsOf(world, `${who}, list ${query}`, act)).toBeLessThanOrEqual(LIST);
  });

  it.each(['', '/posts?limit=20', '/posts?limit=2&from=3', '/posts?limit=20&before=5'])(
    'then a topic (%j) takes at most five commands, with whatever is in it',
    async (path) => {
      const act = () => person().client.get(`${C}/topics/${rich!.id}${path}`);
      expect(await commandsOf(world, `${who}, topic ${path}`, act)).toBeLessThanOrEqual(TOPIC);
    },
  );
});
