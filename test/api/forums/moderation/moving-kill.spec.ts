import { Types } from 'mongoose';
import { MINUTE } from '../../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { clientOf } from '../../../support/client.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { moment } from '../../../support/moments.js';
import { followOutbox } from '../../../support/outbox.js';
import { recounted } from '../../../support/rooms/forum.js';
import { type ChildNode, startChild } from '../../../support/servers/processes.js';
import { CHILD_MS, pace } from '../../../support/patience.js';

/** Processes that are killed while they move three hundred posts, or merge a topic of so many. */
const REPLIES = 300;
const NAMING = 4;

let world: TestWorld;
let children: ChildNode[];
let cohortId: string;
let C: string;
let [asker, helper, reader, staff]: TestPerson[] = [];

beforeAll(async () => {
  // The processes that are killed live in real time.
  world = await startWorld({ now: new Date().toISOString() });
  children = await Promise.all(Array.from({ length: 4 }, () => startChild(world)));
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  asker = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  helper = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  reader = await aMember(world, cohortId, 'fellow', { name: 'Inès Reader' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});
afterAll(async () => {
  await Promise.all(children.map((child) => child.stop()));
  await world.stop();
});

const ask = async (title: string) =>
  (await asker!.client.post(`${C}/topics`, { title, body: `About: ${title}` })).body.id as string;

/** A topic with three hundred replies, some of which name somebody; and one to which they go. The others are written into the database as those are. */
async function topics(title: string) {
  const [from, to] = [await ask(title), await ask(`${title}, the other one`)];
  for (let at = 0; at < NAMING; at += 1)
    expect((await helper!.client.post(`${C}/topics/${from}/posts`, { body: `To you, <@${reader!.id}>.` })).status).toBe(
      201,
    );
  const [posts, topicId] = [world.db.collection('posts'), new Types.ObjectId(from)];
  const { number, createdAt, ...row } = (await posts.findOne({ topicId, number: NAMING + 1 }))!;
  const more = Array.from({ length: REPLIES - NAMING }, (_, at) => ({
    ...{ ...row, _id: new Types.ObjectId(), number: Number(number) + at + 1, body: `Reply ${at}.`, mentions: [] },
    createdAt: new Date((createdAt as Date).getTime() + at + 1),
  }));
  await posts.insertMany(more);
  const $inc = { posts: more.length, others: more.length, lastNumber: more.length };
  const $set = { lastPostAt: more.at(-1)!.createdAt };
  await world.db.collection('topics').updateOne({ _id: topicId }, { $inc, $set });
  const replies = await posts.find({ topicId, number: { $gt: 1 } }).toArray();
  return { from, to, postIds: replies.map(({ _id }) => String(_id)) };
}

/** How many of the replies are in a topic. */
const thereIn = async (topicId: string, postIds: readonly string[]) =>
  await world.db.collection('posts').countDocuments({
    _id: { $in: postIds.map((id) => new Types.ObjectId(id)) },
    topicId: new Types.ObjectId(topicId),
  });

const noticesOf = async (person: TestPerson) =>
  (
    await world.db
      .collection('notifications')
      .find({ userId: new Types.ObjectId(person.id) })
      .toArray()
  ).map(({ kind, link }) => ({ kind, link: String(link) }));

/** What people have been told, by its kind. */
async function told() {
  const people = [asker!, helper!, reader!, staff!];
  const notices = await Promise.all(people.map(noticesOf));
  return notices.map((all) => all.map(({ kind }) => String(kind)).sort());
}

const isTrue = async () => {
  const { kept, counted } = await recounted(world, cohortId);
  expect(kept).toEqual(counted);
};

type Act = 'move' | 'merge';

/** How staff ask for it. */
const asked = ({ from, to, postIds, act }: { from: string; to: string; postIds: string[]; act: Act }) =>
  [`${C}/topics/${from}/${act}`, act === 'move' ? { postIds, toTopicId: to } : { intoTopicId: to }] as const;

/** Sends an act to a process and kills that at a moment; what it answers is 0 where it died before. */
async function killedDuring(
  child: ChildNode,
  path: string,
  body: object,
  moment: (answered: Promise<unknown>) => Promise<unknown>,
) {
  const answered = clientOf(child.url, staff!.token)
    .post(path, body)
    .then(({ status }) => status)
    .catch(() => 0);
  await moment(answered);
  await child.kill();
  return await answered;
}

it('given processes killed -9 while they move three hundred posts, and merge topics, then all of them went or none, and nobody is told twice', async () => {
  const unharmed = await topics('Which one is whole');
  const tries: (Awaited<ReturnType<typeof topics>> & { act: Act; isWritten: boolean })[] = [];
  for (const act of ['move', 'merge'] as const)
    for (const isWritten of [false, true]) tries.push({ ...(await topics(`Which one do we ${act}`)), act, isWritten });
  await followOutbox(world);
  await world.settled();
  const before = await told();

  const began = Date.now();
  expect((await staff!.client.post(...asked({ ...unharmed, act: 'move' }))).status).toBe(200);
  const halfway = (Date.now() - began) / 2;
  const killing = tries.map(async (one, at) => {
    // All of it is written, and what is to follow is not followed yet. What was refused is never written.
    const whenWritten = async (answered: Promise<unknown>) => {
      const over = new AbortController();
      void answered.then(() => over.abort());
      await moment(async () => over.signal.aborted || (await thereIn(one.to, one.postIds)) > 0);
    };
    await killedDuring(children[at]!, ...asked(one), one.isWritten ? whenWritten : () => pace(halfway));
  });
  await Promise.all(killing);
  for (const { to, postIds, isWritten } of tries)
    expect(isWritten ? [REPLIES] : [0, REPLIES]).toContain(await thereIn(to, postIds));
  await isTrue();

  // Others do what was not done, once the database has let go of what the dead had begun.
  const again = tries.map(async (one) => {
    if ((await thereIn(one.to, one.postIds)) > 0) return;
    expect((await staff!.client.post(...asked(one))).status).toBe(200);
  });
  // What the dead had in their hands in the outbox is left to others when their leases are over.
  world.clock.set(new Date(Date.now() + MINUTE));
  await Promise.all(again);
  await eventually(async () => {
    await followOutbox(world);
    expect(
      await world.db
        .collection('outbox')
        .find({}, { hint: { _id: 1 } })
        .toArray(),
    ).toEqual([]);
  }, CHILD_MS);
  await world.settled();
  expect(await told()).toEqual(before);
  const links = (await noticesOf(reader!)).map(({ link }) => link);
  for (const { from, to, postIds } of [unharmed, ...tries]) {
    expect(await thereIn(to, postIds)).toBe(REPLIES);
    expect(links.filter((link) => link.includes(from))).toEqual([]);
    expect(links.filter((link) => link.includes(to))).toHaveLength(NAMING);
  }
  await isTrue();
  const ids = world.mail.mails.map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(ids.length);
});
