import { Types } from 'mongoose';
import { startWorld, type TestWorld } from '../../../support/app.js';
import { clientOf } from '../../../support/client.js';
import { eventually } from '../../../support/eventually.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';
import { followOutbox, killedAfter } from '../../../support/outbox.js';

/** What becomes of a flagged post: hidden by its flags, and what staff decide, on two processes. */
let world: TestWorld;
let C: string;
let cohortId: string;
let [author, one, two, three, staff, colleague]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  cohortId = await aCohort(world, { timeZone: 'Europe/Paris' });
  C = `/api/cohorts/${cohortId}`;
  [author, one, two, three] = await Promise.all([1, 2, 3, 4].map(() => aMember(world, cohortId, 'fellow')));
  [staff, colleague] = await Promise.all([1, 2].map(() => aMember(world, cohortId, 'staff')));
});

const aTopic = async () =>
  (await one!.client.post(`${C}/topics`, { title: 'Who hosts us?', body: 'Say so.' })).body as { id: string };
const aReply = async (topicId: string, body = 'The host is an idiot.') =>
  (await author!.client.post(`${C}/topics/${topicId}/posts`, { body })).body as { id: string };
const flag = async (as: TestPerson, postId: string, kind = 'unkind') =>
  expect((await as.client.post(`${C}/posts/${postId}/flag`, { kind })).status).toBe(204);
const flagByThree = (postId: string) => Promise.all([one!, two!, three!].map((person) => flag(person, postId)));
const postAs = async (as: TestPerson, topicId: string, postId: string) =>
  (await as.client.get(`${C}/topics/${topicId}/posts`)).body.items.find(({ id }: { id: string }) => id === postId);
const casesOf = async (as: TestPerson, state = 'open') =>
  (await as.client.get(`${C}/flag-cases?state=${state}`)).body.items;
const decide = (as: TestPerson, caseId: string, decision: object) =>
  as.client.post(`${C}/flag-cases/${caseId}/decision`, decision);
const noticesOf = async (as: TestPerson, kind: string) =>
  ((await as.client.get('/api/me/inbox?limit=200')).body.items as any[]).filter((notice) => notice.kind === kind);

describe('hidden by itself', () => {
  it('given three people who flag it at once on two processes, then it is hidden for all, once, and the author and staff are told', async () => {
    const { id: topicId } = await aTopic();
    const { id } = await aReply(topicId);
    await flagByThree(id);
    for (const person of [author!, one!, staff!]) {
      const seen = await postAs(person, topicId, id);
      expect(seen).toMatchObject({ body: null, hidden: 'flags', deletedBy: null });
      expect(seen.abilities.restore).toBe(person === staff);
    }
    expect((await author!.client.post(`${C}/posts/${id}/restore`)).status).toBe(403);
    const [flagged] = await casesOf(staff!);
    expect(flagged).toMatchObject({
      people: 3,
      post: { state: 'hidden' },
      texts: [{ text: 'The host is an idiot.' }],
      hiddenAt: expect.any(String) as string,
    });
    expect((await one!.client.get(`${C}/topics/${topicId}`)).body).toMatchObject({ posts: 1 });
    await followOutbox(world);
    await eventually(async () => expect(await noticesOf(author!, 'post.hidden')).toHaveLength(1));
    await eventually(async () => expect(await noticesOf(staff!, 'post.flagged')).not.toHaveLength(0));
    expect(JSON.stringify(await noticesOf(author!, 'post.hidden'))).not.toContain(one!.name);
  });

  it('given two people, or one person of several texts, then it is not', async () => {
    const { id: topicId } = await aTopic();
    const { id } = await aReply(topicId);
    await flag(one!, id);
    for (const body of ['An idiot.', 'A fool.', 'A clown.']) {
      await author!.client.patch(`${C}/posts/${id}`, { body });
      await flag(one!, id);
    }
    await flag(two!, id);
    expect(await postAs(three!, topicId, id)).toMatchObject({ body: 'A clown.', hidden: null });
    const [{ texts, people, flags }] = await casesOf(staff!);
    expect([people, flags.length]).toEqual([2, 5]);
    expect(texts.map(({ text }: { text: string }) => text)).toEqual(['An idiot.', 'A fool.', 'A clown.']);
  });

  it('given staff let it be seen, then others who flag the same words hide nothing; new words do', async () => {
    const { id: topicId } = await aTopic();
    const { id } = await aReply(topicId);
    await flagByThree(id);
    const [{ id: caseId }] = await casesOf(staff!);
    expect((await decide(staff!, caseId, { act: 'keep' })).status).toBe(200);
    const more = await Promise.all([1, 2, 3].map(() => aMember(world, cohortId, 'fellow')));
    for (const person of more) await flag(person, id);
    expect(await postAs(one!, topicId, id)).toMatchObject({ body: 'The host is an idiot.' });
    world.clock.advance(1000);
    await author!.client.patch(`${C}/posts/${id}`, { body: 'And a liar.' });
    await flagByThree(id);
    expect(await postAs(one!, topicId, id)).toMatchObject({ body: null, hidden: 'flags' });
  });

  it('given the process is killed right after, then the notices come all the same, once', async () => {
    const { id: topicId } = await aTopic();
    const { id } = await aReply(topicId);
    await killedAfter(world, () => flagByThree(id));
    await followOutbox(world);
    await eventually(async () => expect(await noticesOf(author!, 'post.hidden')).toHaveLength(1));
    await followOutbox(world);
    expect(await noticesOf(author!, 'post.hidden')).toHaveLength(1);
  });
});

describe('what staff decide', () => {
  const flagged = async () => {
    const { id: topicId } = await aTopic();
    const { id: postId } = await aReply(topicId);
    await flag(one!, postId);
    const [{ id: caseId }] = await casesOf(staff!);
    return { topicId, postId, caseId };
  };

  it('given they agree, then it is hidden, its author cannot take that back, and both sides get their words', async () => {
    const { topicId, postId, caseId } = await flagged();
    const words = { toAuthor: 'Take the first word out.', toReporters: 'Thank you.' };
    const answer = await decide(staff!, caseId, { act: 'hide', ...words });
    expect(answer.body).toMatchObject({ outcome: 'hidden', settledBy: { id: staff!.id }, texts: [], ...words });
    expect(await postAs(two!, topicId, postId)).toMatchObject({
      body: null,
      hidden: 'staff',
      deletedBy: { id: staff!.id },
    });
    expect((await author!.client.post(`${C}/posts/${postId}/restore`)).status).toBe(403);
    await followOutbox(world);
    await eventually(async () =>
      expect(await noticesOf(author!, 'post.settled')).toMatchObject([{ body: words.toAuthor }]),
    );
    await eventually(async () =>
      expect(await noticesOf(one!, 'flag.answered')).toMatchObject([{ body: words.toReporters }]),
    );
    expect(await noticesOf(two!, 'flag.answered')).toEqual([]);
    const rows = await world.db
      .collection('post-flags')
      .find({ caseId: new Types.ObjectId(caseId as string) })
      .toArray();
    expect(JSON.stringify(rows)).not.toContain('idiot');
    expect(await casesOf(staff!, 'settled')).toMatchObject([{ id: caseId, outcome: 'hidden' }]);
  });

  it('given its author deleted it first and they agree, then its author brings it back no more', async () => {
    const { postId, caseId } = await flagged();
    expect((await author!.client.delete(`${C}/posts/${postId}`)).status).toBe(204);
    expect((await decide(staff!, caseId, { act: 'hide' })).status).toBe(200);
    expect((await author!.client.post(`${C}/posts/${postId}/restore`)).status).toBe(403);
  });

  it('given it was changed while they edit it, then what others wrote stays, or they are told', async () => {
    const { topicId, postId, caseId } = await flagged();
    const now = async (body: string) =>
      expect((await author!.client.patch(`${C}/posts/${postId}`, { body })).status).toBe(200);
    const edit = (seen: string, more = '') =>
      decide(staff!, caseId, { act: 'edit', body: `The host does not answer.${more}`, seen });
    await now('The host is unwell.');
    const refused = await edit('The host is an idiot.');
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'edited_meanwhile', now: { body: 'The host is unwell.' } },
    });
    expect(await casesOf(staff!)).toMatchObject([{ id: caseId }]);
    await now('The host is unwell.\n\nSince May.\n\nWho knows another one?');
    const answer = await edit('The host is unwell.\n\nSince May.\n\nWho knows?', '\n\nSince May.\n\nWho knows?');
    expect(answer.status).toBe(200);
    const body = 'The host does not answer.\n\nSince May.\n\nWho knows another one?';
    expect(await postAs(two!, topicId, postId)).toMatchObject({ body });
  });

  it('given they disagree, then what its flags hid is there again, and its author hears that', async () => {
    const { topicId, postId, caseId } = await flagged();
    await flagByThree(postId);
    expect(await postAs(one!, topicId, postId)).toMatchObject({ body: null });
    expect((await decide(staff!, caseId, { act: 'keep' })).body).toMatchObject({
      outcome: 'kept',
      post: { state: 'same' },
    });
    expect(await postAs(one!, topicId, postId)).toMatchObject({ body: 'The host is an idiot.', hidden: null });
    expect((await one!.client.get(`${C}/topics/${topicId}`)).body).toMatchObject({ posts: 2 });
    await followOutbox(world);
    await eventually(async () => expect(await noticesOf(author!, 'post.settled')).toHaveLength(1));
    for (const person of [one!, two!, three!])
      await eventually(async () => expect(await noticesOf(person, 'flag.answered')).toHaveLength(1));
  });

  it('given they change it, hidden or not, then it says their words, and its history by whom', async () => {
    const { topicId, postId, caseId } = await flagged();
    await flagByThree(postId);
    expect((await staff!.client.get(`${C}/flag-cases/${caseId}`)).body).toMatchObject({
      body: 'The host is an idiot.',
    });
    const edit = { act: 'edit', body: 'The host does not answer.' };
    expect((await decide(staff!, caseId, edit)).body).toMatchObject({ outcome: 'edited' });
    expect(await postAs(one!, topicId, postId)).toMatchObject({ body: edit.body, hidden: null });
    const { items } = (await author!.client.get(`${C}/posts/${postId}/history`)).body;
    expect(items.map(({ by, body }: any) => [by.id, body])).toEqual([
      [staff!.id, edit.body],
      [author!.id, 'The host is an idiot.'],
    ]);
  });

  it('given they hid or changed it and the same words come back, then who flagged them flags them anew', async () => {
    const { postId, caseId } = await flagged();
    expect((await decide(staff!, caseId, { act: 'edit', body: 'The host does not answer.' })).status).toBe(200);
    world.clock.advance(1000);
    await author!.client.patch(`${C}/posts/${postId}`, { body: 'The host is an idiot.' });
    await flag(one!, postId);
    expect(await casesOf(staff!)).toMatchObject([{ people: 1, texts: [{ text: 'The host is an idiot.' }] }]);
  });

  it('given they put it off, then it is asked for again at nine tomorrow in the cohort’s zone, and a third flag asks at once', async () => {
    const { postId, caseId } = await flagged();
    world.clock.set('2026-10-24T15:00:00.000Z');
    expect((await decide(staff!, caseId, { act: 'defer' })).body).toMatchObject({
      // The clocks go back that night.
      deferredUntil: '2026-10-25T08:00:00.000Z',
    });
    expect(await casesOf(staff!)).toEqual([]);
    expect((await staff!.client.get(`${C}/flag-cases/counts`)).body).toEqual({ open: 0, deferred: 1, settled: 0 });
    expect(await casesOf(colleague!, 'deferred')).toMatchObject([{ id: caseId }]);
    await Promise.all([two!, three!].map((person) => flag(person, postId)));
    expect(await casesOf(staff!)).toMatchObject([{ id: caseId, deferredUntil: null }]);
  });

  it('given two of them at once, then one decides, the other hears so, and the post is as the one decided', async () => {
    const { topicId, postId, caseId } = await flagged();
    await flagByThree(postId);
    const answers = await Promise.all([
      decide(staff!, caseId, { act: 'keep' }),
      decide(colleague!, caseId, { act: 'hide' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const isKept = answers[0].status === 200;
    expect((await postAs(one!, topicId, postId)).hidden).toBe(isKept ? null : 'staff');
  });

  it('given they delete or restore it in its topic, then that decides the case', async () => {
    const { postId } = await flagged();
    await flagByThree(postId);
    expect((await staff!.client.post(`${C}/posts/${postId}/restore`)).status).toBe(200);
    expect(await casesOf(staff!, 'settled')).toMatchObject([{ outcome: 'kept', settledBy: { id: staff!.id } }]);
    const fresh = await aMember(world, cohortId, 'fellow');
    await flag(fresh, postId);
    expect((await colleague!.client.delete(`${C}/posts/${postId}`)).status).toBe(204);
    expect(await casesOf(staff!, 'settled')).toMatchObject([{ outcome: 'hidden' }, { outcome: 'kept' }]);
    expect(await casesOf(staff!)).toEqual([]);
  });
});

it.each([
  ['something else without a word', { kind: 'other' }, '/reason', 'required'],
  ['no kind and no word', {}, '/reason', 'required'],
  ['an unknown kind', { kind: 'boring', reason: 'x' }, '/kind', undefined],
])('given %s, then 422 says which field', async (_what, body, field, code) => {
  const { id: topicId } = await aTopic();
  const { id } = await aReply(topicId);
  const answer = await one!.client.post(`${C}/posts/${id}/flag`, body);
  expect(answer.status).toBe(422);
  expect(JSON.stringify(answer.body)).toContain(field);
  if (code) expect(JSON.stringify(answer.body)).toContain(code);
});

it('given another cohort, a former member or nobody, then no case is read or decided', async () => {
  const { id: topicId } = await aTopic();
  const { id } = await aReply(topicId);
  await flag(one!, id);
  const [{ id: caseId }] = await casesOf(staff!);
  const elsewhere = await aCohort(world);
  const outsider = await aMember(world, elsewhere, 'staff');
  const path = `flag-cases/${caseId as string}`;
  expect((await outsider.client.get(`${C}/${path}`)).status).toBe(404);
  expect((await outsider.client.get(`/api/cohorts/${elsewhere}/${path}`)).status).toBe(404);
  const decision = { act: 'hide' };
  expect((await outsider.client.post(`/api/cohorts/${elsewhere}/${path}/decision`, decision)).status).toBe(404);
  expect((await staff!.client.delete(`${C}/members/${colleague!.id}`)).status).toBeLessThan(300);
  expect((await colleague!.client.get(`${C}/${path}`)).status).toBe(404);
  expect((await clientOf(world.url).get(`${C}/${path}`)).status).toBe(401);
  expect(await postAs(two!, topicId, id)).toMatchObject({ hidden: null });
});
