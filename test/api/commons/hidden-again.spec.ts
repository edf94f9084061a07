import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';

/** What flags hid, taken away by its author and brought anew. */
let world: TestWorld;
let base: string;
let topic: { id: string; question: { id: string } };
let reply: { id: string };
let theirs: { id: string };
let id: string;
let [zoe, ali, staff, admin, noe, lea, tom]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  admin = await aPerson(world, { isAdmin: true });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  const [cohortId, there] = [await aCohort(world), await aCohort(world)];
  base = `/api/cohorts/${cohortId}`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  ali = await aMember(world, cohortId, 'coach');
  staff = await aMember(world, cohortId, 'staff');
  noe = await aMember(world, there, 'alumni');
  lea = await aMember(world, there, 'fellow');
  tom = await aMember(world, there, 'coach');
  topic = (await zoe.client.post(`${base}/topics`, { title: 'Who signs?', body: 'Who may sign?', tags: [] })).body;
  world.clock.advance(60_000);
  reply = (await zoe.client.post(`${base}/topics/${topic.id}/posts`, { body: 'The host, I hear.' })).body;
  world.clock.advance(60_000);
  theirs = (await ali.client.post(`${base}/topics/${topic.id}/posts`, { body: 'No, the agency.' })).body;
  id = (await carry([topic.question.id, reply.id])).body.commonsTopicId;
  await carry([theirs.id], ali);
});

const carry = (postIds: string[], as = zoe!, node = 0) =>
  as.client.on(world.nodes[node]!.url).post(`${base}/topics/${topic.id}/commons`, { postIds });
const shown = async (as = lea!) =>
  ((await as.client.get(`/api/commons/topics/${id}/posts`)).body.items as any[]).map(({ body, hidden }) => ({
    body,
    hidden,
  }));
const copyOf = async (body: string, as = staff!) =>
  ((await as.client.get(`/api/commons/topics/${id}/posts`)).body.items as any[]).find((one) => one.body === body)?.id;
const flag = (postId: string, as: TestPerson, node = 0) =>
  as.client
    .on(world.nodes[node]!.url)
    .post(`/api/commons/posts/${postId}/flag`, { kind: 'unkind', reason: `I am ${as.id}` });
const hide = async (body: string) => {
  const postId = await copyOf(body);
  for (const person of [lea!, tom!, noe!]) {
    world.clock.advance(60_000);
    expect((await flag(postId, person)).status).toBe(204);
  }
  return postId as string;
};
const takeAway = (postId: string, as = zoe!) => as.client.delete(`/api/commons/posts/${postId}`);
const queue = async (as = staff!) => (await as.client.get('/api/commons/flags')).body.items as any[];
const told = async () =>
  ((await staff!.client.get('/api/me/inbox?limit=200')).body.items as any[]).filter(
    ({ kind }) => kind === 'commons.flagged',
  );

const QUESTION = { body: 'Who may sign?', hidden: false };
const REPLY = { body: 'The host, I hear.', hidden: false };
const THEIRS = { body: 'No, the agency.', hidden: false };
const HIDDEN = { body: null, hidden: true };

describe('what flags hid, and its author takes away and brings anew', () => {
  it('is hidden as before, and waits for staff with its flags; what others or the author wrote else is not touched', async () => {
    const at = (await hide(REPLY.body), await queue())[0].since;
    world.clock.advance(60_000);
    expect((await takeAway((await copyOf(REPLY.body)) as string)).status).toBe(204);
    expect([await shown(), await queue()]).toEqual([[QUESTION, THEIRS], []]);
    const before = (await followOutbox(world), await told()).length;
    expect((await carry([reply.id])).body.mine).toContainEqual(
      expect.objectContaining({ id: reply.id, state: 'hidden' }),
    );
    for (const person of [lea!, noe!, ali!]) expect(await shown(person)).toEqual([QUESTION, HIDDEN, THEIRS]);
    for (const person of [zoe!, staff!, admin!])
      expect(await shown(person)).toEqual([QUESTION, { ...REPLY, hidden: true }, THEIRS]);
    const [waits, ...others] = await queue();
    expect(others).toEqual([]);
    expect(waits).toMatchObject({ since: at, post: { body: REPLY.body, hidden: true } });
    expect(waits.flags.map(({ by, reason }: any) => [by.id, reason])).toEqual(
      [lea!, tom!, noe!].map((person) => [person.id, `I am ${person.id}`]),
    );
    await followOutbox(world);
    expect((await told()).length).toBe(before + 1);
    // Theirs and the question go and come as they like.
    for (const [body, postId, as] of [
      [THEIRS.body, theirs.id, ali!],
      [QUESTION.body, topic.question.id, zoe!],
    ] as const) {
      expect((await takeAway(await copyOf(body), as)).status).toBe(204);
      expect((await carry([postId], as)).status).toBe(200);
    }
    expect(await shown()).toEqual([QUESTION, HIDDEN, THEIRS]);
  });

  it('stays hidden however often, with other words too, until staff keep it; then it goes and comes as it is', async () => {
    await hide(REPLY.body);
    for (const body of [REPLY.body, 'The host, surely.']) {
      await takeAway(await copyOf(REPLY.body, zoe));
      await zoe!.client.patch(`${base}/posts/${reply.id}`, { body });
      await carry([reply.id]);
      expect(await shown()).toEqual([QUESTION, HIDDEN, THEIRS]);
    }
    const postId = await copyOf('The host, surely.');
    for (const person of [zoe!, lea!, ali!])
      expect((await person.client.post(`/api/commons/posts/${postId}/keep`)).status).toBe(403);
    expect((await staff!.client.post(`/api/commons/posts/${postId}/keep`)).status).toBe(204);
    const kept = [QUESTION, { body: 'The host, surely.', hidden: false }, THEIRS];
    expect([await shown(), await queue()]).toEqual([kept, []]);
    await takeAway(postId);
    await carry([reply.id]);
    expect([await shown(), await queue()]).toEqual([kept, []]);
    expect(await world.db.collection('commons-held').countDocuments({ _id: new Types.ObjectId(reply.id) })).toBe(0);
  });

  it('given staff remove it then, then it is brought no more', async () => {
    await takeAway(await hide(REPLY.body));
    await carry([reply.id]);
    expect((await staff!.client.delete(`/api/commons/posts/${await copyOf(REPLY.body)}`)).status).toBe(204);
    expect((await carry([reply.id])).body).toMatchObject({ status: 409, code: 'removed_by_staff' });
  });

  it('given the question, and its topic goes with it, then it is opened anew without a word of it', async () => {
    await takeAway(await copyOf(THEIRS.body), ali);
    await takeAway(await copyOf(REPLY.body));
    await takeAway(await hide(QUESTION.body));
    expect((await lea!.client.get(`/api/commons/topics/${id}`)).status).toBe(404);
    id = (await carry([topic.question.id, reply.id])).body.commonsTopicId;
    expect(await shown()).toEqual([HIDDEN, REPLY]);
    expect((await lea!.client.get(`/api/commons/topics/${id}`)).body.excerpt).toBe('…');
    expect(await queue()).toMatchObject([{ topicId: id, post: { hidden: true } }]);
  });

  it('given it is deleted in its cohort and restored there, then it is hidden all the same', async () => {
    await hide(REPLY.body);
    expect((await zoe!.client.delete(`${base}/posts/${reply.id}`)).status).toBe(204);
    await followOutbox(world);
    expect([await shown(), await queue()]).toEqual([[QUESTION, THEIRS], []]);
    expect((await zoe!.client.post(`${base}/posts/${reply.id}/restore`)).status).toBeLessThan(300);
    await carry([reply.id]);
    expect(await shown()).toEqual([QUESTION, HIDDEN, THEIRS]);
    expect((await queue())[0].flags).toHaveLength(3);
  });

  it('given it is taken away as the third flags it, then it is hidden or was not flagged, again and again', async () => {
    for (let times = 0; times < 5; times += 1) {
      const postId = await copyOf(REPLY.body);
      await flag(postId, lea!);
      await flag(postId, tom!);
      const [flagged, gone] = await Promise.all([flag(postId, noe!, 1), takeAway(postId)]);
      expect(gone.status).toBe(204);
      expect([204, 404]).toContain(flagged.status);
      await carry([reply.id]);
      const hidden = flagged.status === 204;
      expect(await shown()).toEqual([QUESTION, hidden ? HIDDEN : REPLY, THEIRS]);
      if (hidden) await staff!.client.post(`/api/commons/posts/${await copyOf(REPLY.body)}/keep`);
      await takeAway(await copyOf(REPLY.body));
      await carry([reply.id]);
    }
  });

  it('given it is brought twice at once on two processes, then it is there once, hidden', async () => {
    await takeAway(await hide(REPLY.body));
    const both = await Promise.all([carry([reply.id]), carry([reply.id], zoe, 1)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await shown()).toEqual([QUESTION, HIDDEN, THEIRS]);
    expect((await queue()).map(({ flags }) => flags.length)).toEqual([3]);
  });

  it('given staff take all of the topic out, then what was hidden comes back in no other one, and waits for nobody', async () => {
    await hide(REPLY.body);
    expect((await staff!.client.delete(`/api/commons/topics/${id}`)).status).toBe(204);
    const split = { postIds: [reply.id], title: 'Who signs, again' };
    expect((await staff!.client.post(`${base}/topics/${topic.id}/move`, split)).status).toBeLessThan(300);
    const topics = (await zoe!.client.get(`${base}/topics`)).body.items;
    const there = topics.find(({ title }: any) => title === split.title).id;
    const opened = await zoe!.client.post(`${base}/topics/${there}/commons`, { postIds: [reply.id] });
    expect(opened.body).toMatchObject({ status: 409, code: 'removed_by_staff' });
    expect(await queue()).toEqual([]);
  });
});
