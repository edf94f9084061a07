import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { followOutbox } from '../../support/outbox.js';

/** Whoever acts in the commons is asked again as it is written: a place, a role or a right that ends meanwhile gives nothing. */
let world: TestWorld;
let here: string;
let base: string;
let id: string;
let topic: { id: string; question: { id: string } };
let [zoe, leo, staff, noe, admin]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
  admin = await aPerson(world, { isAdmin: true });
});
afterAll(() => world.stop());
beforeEach(async () => {
  here = await aCohort(world);
  base = `/api/cohorts/${here}`;
  zoe = await aMember(world, here, 'fellow', { name: 'Zoé Asker' });
  leo = await aMember(world, here, 'fellow', { name: 'Leo Writer' });
  staff = await aMember(world, here, 'staff');
  await aMember(world, here, 'staff');
  noe = await aMember(world, await aCohort(world), 'alumni');
  topic = (await zoe.client.post(`${base}/topics`, { title: 'Who signs?', body: 'Who may sign?' })).body;
  id = (await carry(zoe, topic.question.id)).body.commonsTopicId;
});

type Answer = PromiseLike<{ status: number; body: any }>;
const carry = (who: TestPerson, ...postIds: string[]): Answer =>
  who.client.post(`${base}/topics/${topic.id}/commons`, { postIds });
const write = async (who: TestPerson, body = 'The prefect.') =>
  (await who.client.post(`/api/commons/topics/${id}/posts`, { body })).body as { id: string };
const rows = async (collection: string, filter: object) =>
  (await world.db.collection(collection).find(filter).sort({ _id: 1 }).toArray()).map(({ touches: _, ...row }) => row);
const stands = async () => {
  const inTopic = { topicId: new Types.ObjectId(id) };
  const posts = await rows('commons-posts', inTopic);
  return {
    topics: await rows('commons-topics', { _id: inTopic.topicId }),
    posts,
    flags: await rows('commons-flags', { postId: { $in: posts.map(({ _id }) => _id) } }),
    asks: await rows('commons-asks', { topicId: new Types.ObjectId(topic.id) }),
  };
};
const out = (who: TestPerson) => () => admin!.client.delete(`/api/cohorts/${here}/members/${who.id}`);
const demoted = (who: TestPerson) => () => admin!.client.patch(`${base}/members/${who.id}`, { role: 'coach' });

/** Somebody acts, and before it is written something else happens: what was answered, and whether anything of the topic changed. */
async function meanwhile(happens: () => Answer, act: () => Answer) {
  let happened = 0;
  const before = await stands();
  const came = beforeItIsWritten(world, async () => (happened = (await happens()).status));
  const { status, body } = await act();
  expect([came(), happened < 300]).toEqual([true, true]);
  return { status, code: body.code as string, isAsBefore: JSON.stringify(await stands()) === JSON.stringify(before) };
}

const OF_MEMBERS: [string, (who: TestPerson) => Promise<() => Answer>][] = [
  [
    'replies',
    (who) => Promise.resolve(() => who.client.post(`/api/commons/topics/${id}/posts`, { body: 'Too late.' })),
  ],
  [
    'edits',
    async (who) => {
      const { id: postId } = await write(who);
      return () => who.client.patch(`/api/commons/posts/${postId}`, { body: 'Too late.', seen: 'The prefect.' });
    },
  ],
  [
    'deletes',
    async (who) => {
      const { id: postId } = await write(who);
      return () => who.client.delete(`/api/commons/posts/${postId}`);
    },
  ],
  [
    'flags',
    async (who) => {
      const { id: postId } = await write(noe!);
      return () => who.client.post(`/api/commons/posts/${postId}/flag`, { kind: 'unkind' });
    },
  ],
];

it.each(OF_MEMBERS)(
  'given who %s leaves their last cohort meanwhile, then 403, and nothing is written',
  async (_, made) => {
    const act = await made(leo!);
    expect(await meanwhile(out(leo!), act)).toEqual({ status: 403, code: 'no_cohort', isAsBefore: true });
  },
);

it.each(OF_MEMBERS)('given who %s leaves one of two meanwhile, then it is done', async (_, made) => {
  await join(world, await aCohort(world), leo!.id, 'alumni');
  const act = await made(leo!);
  expect(await meanwhile(out(leo!), act)).toMatchObject({ isAsBefore: false });
});

const OF_STAFF: [string, (who: TestPerson, postId: string) => Answer][] = [
  ['removes a post', (who, postId) => who.client.delete(`/api/commons/posts/${postId}`)],
  ['removes the topic', (who) => who.client.delete(`/api/commons/topics/${id}`)],
  ['keeps a flagged post', (who, postId) => who.client.post(`/api/commons/posts/${postId}/keep`)],
];

it.each(OF_STAFF)(
  'given who %s is of the team no more, or no admin, meanwhile, then 403, and nothing is written',
  async (_, act) => {
    const { id: postId } = await write(noe!);
    await leo!.client.post(`/api/commons/posts/${postId}/flag`, { kind: 'unkind' });
    const refused = { status: 403, isAsBefore: true };
    expect(await meanwhile(demoted(staff!), () => act(staff!, postId))).toMatchObject({
      ...refused,
      code: 'forbidden',
    });
    const other = await aPerson(world, { isAdmin: true });
    const taken = () => admin!.client.delete(`/api/admin/people/${other.id}/admin`);
    expect(await meanwhile(taken, () => act(other, postId))).toMatchObject({ ...refused, code: 'no_cohort' });
    expect((await act(admin!, postId)).status).toBe(204);
  },
);

it('given who brings their words, or says no, leaves the cohort meanwhile, then 404; staff of the team no more ask nobody', async () => {
  const reply = (await leo!.client.post(`${base}/topics/${topic.id}/posts`, { body: 'The state.' })).body;
  const nothing = { status: 404, isAsBefore: true };
  expect(await meanwhile(out(leo!), () => carry(leo!, reply.id))).toMatchObject(nothing);
  const mia = await aMember(world, here, 'fellow');
  await mia.client.post(`${base}/topics/${topic.id}/posts`, { body: 'The prefect.' });
  await zoe!.client.delete(`/api/commons/posts/${(await posts())[0].id}`);
  expect((await carry(zoe!, topic.question.id)).status).toBe(200);
  const declines = () => mia.client.post(`${base}/topics/${topic.id}/commons/no`);
  expect(await meanwhile(out(mia), declines)).toMatchObject(nothing);
  topic = (await zoe!.client.post(`${base}/topics`, { title: 'Who pays?', body: 'Who?' })).body;
  const wishes = () => staff!.client.post(`${base}/topics/${topic.id}/commons/wish`);
  expect(await meanwhile(demoted(staff!), wishes)).toMatchObject({ status: 403, isAsBefore: true });
});

const posts = async () => (await noe!.client.get(`/api/commons/topics/${id}/posts`)).body.items;

it('given its title changes, or goes with its question, then notices of it say what it says now', async () => {
  const reply = await write(noe!);
  await followOutbox(world);
  const told = async () =>
    (await zoe!.client.get('/api/me/inbox')).body.items.filter((one: any) => one.kind === 'commons.replied');
  expect(JSON.stringify(await told())).toContain('Who signs?');
  const [question] = await posts();
  expect((await zoe!.client.delete(`/api/commons/posts/${question.id}`)).status).toBe(204);
  expect(await told()).toHaveLength(1);
  expect(JSON.stringify(await told())).not.toContain('Who signs?');
  await zoe!.client.patch(`${base}/topics/${topic.id}`, { title: 'Who may sign a licence?' });
  expect((await carry(zoe!, topic.question.id)).status).toBe(200);
  expect(JSON.stringify(await told())).toContain('Who may sign a licence?');
  await noe!.client.delete(`/api/commons/posts/${reply.id}`);
  expect(await told()).toHaveLength(0);
});

it('given who is asked for their words, then the notice says the title that the topic has now', async () => {
  topic = (await zoe!.client.post(`${base}/topics`, { title: 'Who pays Ali?', body: 'Who?' })).body;
  await staff!.client.post(`${base}/topics/${topic.id}/commons/wish`);
  await followOutbox(world);
  const asked = async () => JSON.stringify((await zoe!.client.get('/api/me/inbox')).body.items);
  expect(await asked()).toContain('Who pays Ali?');
  await zoe!.client.patch(`${base}/topics/${topic.id}`, { title: 'Who pays?' });
  expect(await asked()).not.toContain('Who pays Ali?');
});

it('given a long topic, then its pages and its notices read one row of who wrote in it for each person', async () => {
  const named = `Ask <@${zoe!.id}>, not <@${leo!.id}>.`;
  const { id: last } = await write(noe!, named);
  const one = await world.db.collection('commons-posts').findOne({ _id: new Types.ObjectId(last) });
  const many = Array.from({ length: 400 }, () => ({ ...one, _id: new Types.ObjectId(), body: 'Again.' }));
  await world.db
    .collection('commons-posts')
    .insertMany(many.map((row) => ({ ...row, authorId: new Types.ObjectId(zoe!.id) })));
  await world.db.collection('commons-posts').insertMany(many.map((row) => ({ ...row, _id: new Types.ObjectId() })));
  const read = rowsRead();
  const page = (await noe!.client.get(`/api/commons/topics/${id}/posts?limit=5`)).body.items;
  const shown = page.find((post: { id: string }) => post.id === last);
  expect(shown.mentions.map((person: { id: string }) => person.id)).toEqual([zoe!.id]);
  expect(read()).toBeLessThan(10);
  const again = rowsRead();
  await write(zoe!, 'Thanks.');
  await followOutbox(world);
  expect(again()).toBeLessThan(20);
});

/** How many rows of the posts of the commons the database gave since. */
function rowsRead(): () => number {
  let count = 0;
  const seen = (event: { commandName: string; reply: any }) => {
    const cursor = event.reply?.cursor;
    if (String(cursor?.ns).endsWith('.commons-posts'))
      count += Number((cursor.firstBatch ?? cursor.nextBatch ?? []).length);
  };
  const client = world.db.getClient();
  client.on('commandSucceeded', seen);
  return () => {
    client.off('commandSucceeded', seen);
    return count;
  };
}
