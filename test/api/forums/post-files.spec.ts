import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Types } from 'mongoose';
import { DAY, MINUTE } from '../../../src/common/times/clock.js';
import { FilesSweep } from '../../../src/files/files.sweep.js';
import { DeletedEnds } from '../../../src/forums/deleting/deleted-ends.js';
import { Intervals } from '../../../src/infra/queue/intervals.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { fetchFile, filesCookieOf, photo, uploaded } from '../../support/rooms/files.js';

let world: TestWorld;
let C: string;
let [zoe, ali, staff, outsider]: TestPerson[] = [];
const cookies = new Map<TestPerson, string>();

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  for (const { app } of world.nodes) await app.get(Intervals).stop();
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  zoe = await aMember(world, cohortId, 'fellow');
  ali = await aMember(world, cohortId, 'coach');
  staff = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world), 'staff');
  for (const one of [zoe, ali, staff, outsider]) cookies.set(one, await filesCookieOf(world.url, one));
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const file = async (owner = zoe!, content: Buffer | string = 'some words', name = 'notes.txt') =>
  await uploaded(world.url, owner, content, name);
const attach = ({ id }: { id: string }, alt?: string) => ({ fileId: id, ...(alt !== undefined && { alt }) });
const ask = async (over: object = {}) =>
  await zoe!.client.post(`${C}/topics`, { title: 'Which plan is right?', body: 'See the plan.', ...over });
const reply = async (topicId: string, over: object, as = zoe!) =>
  await as.client.post(`${C}/topics/${topicId}/posts`, { body: 'It is here.', ...over });
const edit = async (postId: string, over: object, as = zoe!) =>
  await as.client.patch(`${C}/posts/${postId}`, { body: 'It is here.', ...over });
const status = async (url: string, as: TestPerson | null) =>
  (await fetchFile(world.url, url, as ? cookies.get(as)! : '')).status;
const statesOf = async (ids: readonly string[]) => {
  const rows = await world.db
    .collection('files')
    .find({ _id: { $in: ids.map((id) => new Types.ObjectId(id)) } })
    .toArray();
  return ids.map((id) => rows.find(({ _id }) => String(_id) === id)?.['state'] ?? 'none');
};
const used = async (person: TestPerson) =>
  (await person.client.get('/api/me/storage')).body.items.find((one: any) => C.endsWith(one.cohortId)).used as number;

describe('files of a topic and of a reply', () => {
  it('given a picture and a text, then who reads the topic opens them, with their words, and nobody else', async () => {
    const picture = await file(zoe, await photo(1200, 800).png().toBuffer(), 'plan.png');
    const asked = await ask({ attachments: [attach(picture, 'The plan of the port')] });
    expect(asked.status).toBe(201);
    expect(asked.body.question.attachments).toMatchObject([
      { id: picture.id, name: 'plan.png', kind: 'image', width: 1200, alt: 'The plan of the port' },
    ]);
    const words = await file(ali);
    const { body: post } = await reply(asked.body.id, { attachments: [attach(words)] }, ali);
    expect(post.attachments).toMatchObject([{ id: words.id, name: 'notes.txt', alt: '' }]);
    for (const { url } of [picture, words])
      expect([
        await status(url, zoe!),
        await status(url, ali!),
        await status(url, staff!),
        await status(url, outsider!),
        await status(url, null),
      ]).toEqual([200, 200, 200, 404, 401]);
    expect(await status(picture.previews!.small, ali!)).toBe(200);
    expect(await status(picture.previews!.large, outsider!)).toBe(404);
  });

  it('given who left the cohort, then they open none of its files any more, their own included', async () => {
    const leaver = await aMember(world, C.split('/').at(-1)!, 'fellow');
    cookies.set(leaver, await filesCookieOf(world.url, leaver));
    const { body: topic } = await ask();
    const one = await file(leaver);
    await reply(topic.id, { attachments: [attach(one)] }, leaver);
    expect([await status(one.url, leaver), await status(one.url, zoe!)]).toEqual([200, 200]);
    const { status: left } = await staff!.client.delete(`${C}/members/${leaver.id}`);
    expect(left).toBeLessThan(300);
    expect([await status(one.url, leaver), await status(one.url, zoe!)]).toEqual([404, 200]);
  });

  it('given a file of another, of another place, sent already, or wanted twice, then nothing is written', async () => {
    const { body: topic } = await ask();
    const [theirs, elsewhere, sent, twice] = [await file(ali), await file(outsider), await file(), await file()];
    await reply(topic.id, { attachments: [attach(sent)] });
    for (const wanted of [[theirs], [elsewhere], [sent], [twice, twice], [{ id: 'x' }]]) {
      const refused = await reply(topic.id, { attachments: wanted.map((one) => attach(one)) });
      const at = wanted.length - 1;
      expect([refused.status, refused.body.errors]).toEqual([
        422,
        [{ field: `/attachments/${at}/fileId`, code: 'unknown' }],
      ]);
      expect((await ask({ attachments: wanted.map((one) => attach(one)) })).status).toBe(422);
    }
    const many = Array.from({ length: 11 }, () => attach(twice));
    expect((await reply(topic.id, { attachments: many })).status).toBe(422);
    expect((await zoe!.client.get(`${C}/topics/${topic.id}`)).body.posts).toBe(2);
    expect(await statesOf([theirs.id, sent.id, twice.id])).toEqual(['waiting', 'held', 'waiting']);
  });

  it('given two people who change the files of a wiki at once, then what each added is there, and what one took out is not', async () => {
    const [first, second] = [await file(), await file()];
    const { question } = (await ask({ attachments: [attach(first), attach(second)] })).body;
    await zoe!.client.put(`${C}/posts/${question.id}/wiki`);
    const seen = { seen: 'See the plan.', seenAttachments: [attach(first), attach(second)] };
    const [mine, theirs] = [await file(), await file(ali)];
    const took = { ...seen, body: 'See the plan.', attachments: [attach(second), attach(mine)] };
    const added = { ...seen, body: 'See the plan.', attachments: [attach(first), attach(second), attach(theirs)] };
    const answers = await Promise.all([
      zoe!.client.on(world.nodes[0]!.url).patch(`${C}/posts/${question.id}`, took),
      ali!.client.on(world.nodes[1]!.url).patch(`${C}/posts/${question.id}`, added),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    const { items } = (await zoe!.client.get(`${C}/topics/${question.topicId}/posts`)).body;
    const names = items[0].attachments.map(({ id }: { id: string }) => id);
    expect([...names].sort()).toEqual([second.id, mine.id, theirs.id].sort());
    const many = await Promise.all(Array.from({ length: 8 }, () => file()));
    const full = {
      ...seen,
      body: 'See the plan.',
      attachments: [...seen.seenAttachments, ...many.map((one) => attach(one))],
    };
    const refused = await edit(question.id, full);
    expect([refused.status, refused.body.errors[0].field, refused.body.errors[0].code]).toEqual([
      422,
      '/attachments',
      'too_big',
    ]);
  });

  it('given the same sent again, on two nodes at once, then there is one post with its files', async () => {
    const { body: topic } = await ask();
    const one = await file();
    const sent = { attachments: [attach(one)], clientId: 'sent-again-1', body: 'Once.' };
    const nodes = world.nodes.map(({ url }) => zoe!.client.on(url));
    const path = `${C}/topics/${topic.id}/posts`;
    const answers = await Promise.all([...nodes, ...nodes].map((client) => client.post(path, sent)));
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const another = await file();
    const opening = { attachments: [attach(another)], clientId: 'opened-again-1' };
    const [first, second] = [await ask(opening), await ask(opening)];
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
    expect(second.body.question.attachments).toMatchObject([{ id: another.id }]);
  });

  it('given two posts want one file at once, then one has it', async () => {
    const { body: topic } = await ask();
    const one = await file();
    const path = `${C}/topics/${topic.id}/posts`;
    const answers = await Promise.all(
      world.nodes.map(({ url }, at) =>
        zoe!.client.on(url).post(path, { body: `Post ${at}`, attachments: [attach(one)] }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 422]);
  });
});

describe('files of an edited post', () => {
  const posted = async (...files: { id: string }[]) => {
    const { body: topic } = await ask();
    return (await reply(topic.id, { attachments: files.map((one) => attach(one)) })).body;
  };

  it('given one is taken out, another added and a third described anew, then each version shows its own, and all open', async () => {
    const [kept, lost, fresh] = [await file(), await file(), await file()];
    const post = await posted(kept, lost);
    world.clock.advance(3 * MINUTE);
    const edited = await edit(post.id, { attachments: [attach(fresh), attach(kept, 'what it shows')] });
    expect(edited.body.attachments).toMatchObject([{ id: fresh.id }, { id: kept.id, alt: 'what it shows' }]);
    const { items } = (await ali!.client.get(`${C}/posts/${post.id}/history`)).body;
    expect(items.map((one: any) => one.attachments.map(({ id, alt }: any) => [id, alt]))).toEqual([
      [
        [fresh.id, ''],
        [kept.id, 'what it shows'],
      ],
      [
        [kept.id, ''],
        [lost.id, ''],
      ],
    ]);
    expect([await status(lost.url, ali!), await status(fresh.url, ali!)]).toEqual([200, 200]);
    // What an earlier version shows can be had again; other words leave all as they are.
    world.clock.advance(3 * MINUTE);
    const back = await edit(post.id, { attachments: [attach(lost)] });
    expect(back.body.attachments).toMatchObject([{ id: lost.id }]);
    expect((await edit(post.id, { body: 'Other words.' })).body.attachments).toMatchObject([{ id: lost.id }]);
    expect((await edit(post.id, { attachments: [attach(lost)], body: 'Other words.' })).body.version).toBe(3);
  });

  it('given one is taken out in the same breath, then no version shows it, and it is gone with its room', async () => {
    const before = await used(zoe!);
    const [kept, lost] = [await file(), await file()];
    const post = await posted();
    await edit(post.id, { attachments: [attach(kept), attach(lost)] });
    await edit(post.id, { attachments: [attach(kept)] });
    expect(await statesOf([kept.id, lost.id])).toEqual(['held', 'gone']);
    expect(await status(lost.url, zoe!)).toBe(404);
    expect(await used(zoe!)).toBe(before + kept.size);
  });

  it('given versions for which there is no room, then files that they alone show go', async () => {
    const [first, second] = [await file(), await file()];
    const post = await posted(first);
    world.clock.advance(3 * MINUTE);
    await edit(post.id, { attachments: [attach(second)] });
    for (let at = 0; at < 50; at += 1) {
      world.clock.advance(3 * MINUTE);
      await edit(post.id, { body: `Version ${at}`, attachments: [] });
    }
    // The first version is kept for ever.
    expect(await statesOf([first.id, second.id])).toEqual(['held', 'gone']);
  });

  it('given another than its author, another cohort or a file of another, then nothing changes', async () => {
    const [mine, theirs] = [await file(), await file(ali)];
    const post = await posted(mine);
    expect((await edit(post.id, { attachments: [] }, ali)).status).toBe(403);
    expect((await edit(post.id, { attachments: [] }, outsider)).status).toBe(404);
    expect((await edit(post.id, { attachments: [attach(theirs)] })).status).toBe(422);
    expect(await statesOf([mine.id, theirs.id])).toEqual(['held', 'waiting']);
  });
});

describe('files of what is deleted', () => {
  it('given a deleted reply, then nobody opens its files, until it is restored', async () => {
    const { body: topic } = await ask();
    const one = await file(ali);
    const { body: post } = await reply(topic.id, { attachments: [attach(one)] }, ali);
    await ali!.client.delete(`${C}/posts/${post.id}`);
    const [, tombstone] = (await staff!.client.get(`${C}/topics/${topic.id}/posts`)).body.items;
    expect(tombstone).toMatchObject({ body: null, attachments: [] });
    expect([await status(one.url, zoe!), await status(one.url, ali!), await status(one.url, staff!)]).toEqual([
      404, 404, 404,
    ]);
    await ali!.client.post(`${C}/posts/${post.id}/restore`);
    expect(await status(one.url, zoe!)).toBe(200);
  });

  it('given a topic that is deleted, then its files are closed and come back with it; after 30 days they are gone for good, with their room and bytes', async () => {
    const before = await used(zoe!);
    const [shown, earlier] = [await file(), await file()];
    const { body: topic } = await ask({ attachments: [attach(shown), attach(earlier)] });
    const postId = topic.question.id;
    world.clock.advance(3 * MINUTE);
    await edit(postId, { attachments: [attach(shown)] });
    await zoe!.client.delete(`${C}/posts/${postId}`);
    expect([await status(shown.url, zoe!), await status(earlier.url, staff!)]).toEqual([404, 404]);
    await zoe!.client.post(`${C}/posts/${postId}/restore`);
    expect([await status(shown.url, ali!), await status(earlier.url, ali!)]).toEqual([200, 200]);
    await zoe!.client.delete(`${C}/posts/${postId}`);
    world.clock.advance(30 * DAY + 1);
    await Promise.all(world.nodes.map(({ app }) => app.get(DeletedEnds).turn()));
    expect(await statesOf([shown.id, earlier.id])).toEqual(['gone', 'gone']);
    expect(await used(zoe!)).toBe(before);
    await world.app.get(FilesSweep).sweep();
    const stored = await readdir(join(world.config.FILES_PATH, 'uploads')).catch(() => []);
    expect(stored.filter((name) => name.startsWith(shown.id) || name.startsWith(earlier.id))).toEqual([]);
  });

  it('given a reply that is gone for good in a topic that goes on, then its files go alone', async () => {
    const [kept, lost] = [await file(), await file()];
    const { body: topic } = await ask({ attachments: [attach(kept)] });
    const { body: post } = await reply(topic.id, { attachments: [attach(lost)] });
    await reply(topic.id, {}, ali);
    await zoe!.client.delete(`${C}/posts/${post.id}`);
    world.clock.advance(30 * DAY + 1);
    await world.app.get(DeletedEnds).turn();
    expect(await statesOf([kept.id, lost.id])).toEqual(['held', 'gone']);
  });
});
