import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { MINUTE } from '../../../src/common/times/clock.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let C: string;
let [zoe, ali, bea, outsider]: TestPerson[] = [];
let D: string;

beforeAll(async () => {
  world = await startWorld();
  const [here, elsewhere] = [await aCohort(world), await aCohort(world)];
  [C, D] = [`/api/cohorts/${here}`, `/api/cohorts/${elsewhere}`];
  zoe = await aMember(world, here, 'fellow', { name: 'Zoé Asker' });
  ali = await aMember(world, here, 'coach', { name: 'Ali Helper' });
  bea = await aMember(world, here, 'fellow', { name: 'Béa Reader' });
  outsider = await aMember(world, elsewhere, 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const ask = async (as = zoe!, at = C) =>
  (await as.client.post(`${at}/topics`, { title: 'Where are zebras?', body: 'In plain words' })).body;
const reply = async (topicId: string, body: string, as = bea!, at = C) =>
  (await as.client.post(`${at}/topics/${topicId}/posts`, { body })).body;
const noticesOf = async ({ id }: TestPerson, postId: string) =>
  await world.db
    .collection('notifications')
    .find({ userId: new Types.ObjectId(id) })
    .toArray()
    .then((rows) => rows.filter(({ params }) => params.postId === postId).map(({ kind, why }) => [kind, why]));

describe('quotes in a reply', () => {
  it('given several, then each says whose it is and leads to its post, wherever that is; the text keeps ids', async () => {
    const topic = await ask();
    const first = await reply(topic.id, 'In the savannah.', ali);
    const post = await reply(
      topic.id,
      '> <#1 Zoé Asker>\n>\n> plain words\n\nWhich?\n\n> <#2 Ali>\n>\n> savannah\n\nYes.',
    );
    expect(post.body).toBe(
      `> <#${topic.question.id}>\n>\n> plain words\n\nWhich?\n\n> <#${first.id}>\n>\n> savannah\n\nYes.`,
    );
    expect(post.quoted).toEqual([
      { id: topic.question.id, topicId: topic.id, number: 1, author: expect.objectContaining({ id: zoe!.id }) },
      { id: first.id, topicId: topic.id, number: 2, author: expect.objectContaining({ name: 'Ali Helper' }) },
    ]);
    const other = await reply((await ask()).id, `> <#${first.id}>\n> savannah`);
    expect(other.quoted).toMatchObject([{ id: first.id, topicId: topic.id, number: 2 }]);
  });

  it('given no such post, one of another cohort or one that is deleted, then nothing is said of it', async () => {
    const topic = await ask();
    const theirs = await ask(outsider, D);
    const gone = await reply(topic.id, 'Gone soon.', ali);
    const post = await reply(topic.id, `> <#9 Nobody>\n> a\n\n> <#${theirs.question.id}>\n> b\n\n> <#2 Ali>\n> c`);
    expect(post.body).toContain('> <#9 Nobody>');
    expect(post.quoted.map(({ id }: any) => id)).toEqual([gone.id]);
    await ali!.client.delete(`${C}/posts/${gone.id}`);
    const [, , now] = (await zoe!.client.get(`${C}/topics/${topic.id}/posts`)).body.items;
    expect(now.quoted).toEqual([]);
    expect(JSON.stringify(now)).not.toContain('Ali');
  });

  it('given an edit by number, then it is kept by id, and its history and excerpt tell no marks', async () => {
    const topic = await ask();
    world.clock.advance(3 * MINUTE);
    await reply(topic.id, 'In the savannah.', ali);
    const edited = await zoe!.client.patch(`${C}/posts/${topic.question.id}`, {
      body: '> <#2 Ali>\n>\n> savannah\n\nWhere?',
    });
    expect(edited.body.quoted).toMatchObject([{ number: 2, author: { id: ali!.id } }]);
    const { items } = (await zoe!.client.get(`${C}/posts/${topic.question.id}/history`)).body;
    expect(items[0].body).not.toContain('<#');
    expect((await zoe!.client.get(`${C}/topics`)).body.items.find(({ id }: any) => id === topic.id).excerpt).toBe(
      'Where?',
    );
  });
});

describe('who is quoted', () => {
  it('is told once, why, and in words without marks, also where they asked, watch it and are quoted twice', async () => {
    const topic = await ask();
    await reply(topic.id, 'In the savannah.', ali);
    const post = await reply(topic.id, '> <#1 Zoé>\n> plain\n\n> <#1 Zoé>\n> words\n\n> <#2 Ali>\n> savannah\n\nYes.');
    await world.settled();
    expect(await noticesOf(zoe!, post.id)).toEqual([['topic.replied', 'quoted']]);
    expect(await noticesOf(ali!, post.id)).toEqual([['topic.replied', 'quoted']]);
    expect(await noticesOf(bea!, post.id)).toEqual([]);
    const [notice] = (await ali!.client.get('/api/me/inbox')).body.items;
    expect(notice).toMatchObject({ why: 'quoted', params: { excerpt: 'plain words savannah Yes.' } });
  });

  it('given they are named as well, then that is said; given they muted the topic or quote themselves, nothing is', async () => {
    const topic = await ask();
    await reply(topic.id, 'In the savannah.', ali);
    await zoe!.client.put(`${C}/topics/${topic.id}/subscription`, { level: 'muted' });
    const post = await reply(topic.id, `> <#1>\n> plain\n\n> <#2>\n> savannah\n\nThank you <@${ali!.id}>.`);
    const own = await reply(topic.id, '> <#2>\n> savannah', ali);
    await world.settled();
    expect([await noticesOf(zoe!, post.id), await noticesOf(ali!, post.id)]).toEqual([
      [],
      [['forum.mentioned', 'mentioned']],
    ]);
    expect(await noticesOf(ali!, own.id)).toEqual([]);
  });
});
