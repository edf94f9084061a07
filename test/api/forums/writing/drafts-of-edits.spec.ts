import { Types } from 'mongoose';
import { LettingGo } from '../../../../src/files/letting-go.js';
import { DAY, MINUTE } from '../../../../src/common/times/clock.js';
import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { clientOf, connect } from '../../../support/client.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { uploaded } from '../../../support/rooms/files.js';

/** What somebody begins to change in a post: kept, theirs alone, and put together with what others changed meanwhile. */
let world: TestWorld;
let cohortId: string;
let C: string;
let post: { id: string; topicId: string; body: string };
let [author, staff, reader, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  author = await aMember(world, cohortId, 'fellow', { name: 'Zoé Asker' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  reader = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  const asked = { title: 'Which licence do we take?', body: 'First.\n\nMiddle.\n\nSecond.' };
  post = (await author!.client.post(`${C}/topics`, asked)).body.question;
});

const at = (id = post.id) => `/api/me/drafts/edit-${id}`;
const begun = (over: object = {}) => ({ seen: post.body, seenAttachments: [], why: '', ...over });
const save = async (revision: number, body: string, over: object = {}, as = author!) =>
  await as.client.put(at(), { revision, body, edit: begun(), ...over });
const draftOf = async (as = author!, id = post.id) => (await as.client.get(at(id))).body.draft;
const editsOf = async (as = author!) => (await as.client.get(`${C}/topics/${post.topicId}`)).body.edits;
const edit = async (body: object, as = author!) => await as.client.patch(`${C}/posts/${post.id}`, body);

it('given it was begun on one device, then the topic says so on another, it goes on there, and goes as it is saved', async () => {
  expect([await draftOf(), await editsOf()]).toEqual([null, []]);
  await save(0, 'First of all.\n\nSecond.', { edit: begun({ why: 'Clearer' }) });
  expect([await editsOf(), await editsOf(reader), await editsOf(staff)]).toEqual([[post.id], [], []]);
  const desk = author!.client.on(world.nodes[1]!.url);
  const { draft } = (await desk.get(at())).body;
  expect(draft).toMatchObject({ revision: 1, body: 'First of all.\n\nSecond.', edit: { why: 'Clearer' } });
  const { body, edit: how, revision } = draft;
  const saved = await desk.patch(`${C}/posts/${post.id}`, { body, seen: how.seen, why: how.why, draft: revision });
  expect(saved.body).toMatchObject({ body: 'First of all.\n\nSecond.', version: 2 });
  expect([await draftOf(), await editsOf()]).toEqual([null, []]);
});

it('given the post was changed meanwhile, then both changes stand together, or both are shown and the draft stays', async () => {
  await author!.client.put(`${C}/posts/${post.id}/wiki`);
  await save(0, 'First.\n\nMiddle.\n\nSecond of mine.');
  expect((await edit({ body: 'First of theirs.\n\nMiddle.\n\nSecond.', seen: post.body }, reader)).status).toBe(200);
  const { body, edit: how } = await draftOf();
  expect((await edit({ body, seen: how.seen, draft: 1 })).body.body).toBe(
    'First of theirs.\n\nMiddle.\n\nSecond of mine.',
  );
  expect(await draftOf()).toBeNull();

  post = { ...post, body: 'First of theirs.\n\nMiddle.\n\nSecond of mine.' };
  await save(0, 'First again.\n\nMiddle.\n\nSecond of mine.');
  expect((await edit({ body: 'First once more.\n\nMiddle.\n\nSecond of mine.', seen: post.body }, reader)).status).toBe(
    200,
  );
  const refused = await edit({ body: 'First again.\n\nMiddle.\n\nSecond of mine.', seen: post.body, draft: 1 });
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'edited_meanwhile', pieces: [{ mine: 'First again.', theirs: 'First once more.' }, {}] },
  });
  expect(await draftOf()).toMatchObject({ revision: 1, body: 'First again.\n\nMiddle.\n\nSecond of mine.' });
});

it('given two tabs, then who saves over what they did not see is told, and what was written on in stays as the other is posted', async () => {
  const live = await connect(world.nodes[1]!.url, author!.token);
  await save(0, 'One tab');
  const tabs = await Promise.all(
    world.nodes.map(({ url }, tab) =>
      author!.client.on(url).put(at(), { revision: 1, body: `Tab ${tab}`, edit: begun() }),
    ),
  );
  expect(tabs.map(({ status }) => status).sort()).toEqual([200, 409]);
  const kept = tabs.find(({ status }) => status === 200)!.body;
  expect(tabs.find(({ status }) => status === 409)!.body).toMatchObject({ code: 'stale', now: { body: kept.body } });
  expect((await edit({ body: 'One tab', seen: post.body, draft: 1 })).status).toBe(200);
  expect(await draftOf()).toMatchObject({ revision: 2, body: kept.body });
  const heard = () => live.events.filter(({ event }) => event === 'draft.changed').map(({ payload }) => payload);
  await eventually(() => expect(heard()).toEqual([1, 2].map((revision) => ({ key: `edit-${post.id}`, revision }))));
  live.socket.close();
});

it('given an edit that is refused, or says the same, then the draft stays, or goes with it', async () => {
  await save(0, 'Mine');
  expect((await edit({ body: '', seen: post.body, draft: 1 })).status).toBe(422);
  expect((await edit({ body: 'Mine', attachments: [{ fileId: 'x' }], draft: 1 })).status).toBe(422);
  expect(await draftOf()).toMatchObject({ revision: 1 });
  expect((await edit({ body: post.body, seen: post.body, draft: 1 })).body.version).toBe(1);
  expect(await draftOf()).toBeNull();
});

it('given files, then those of the post and new ones of mine are in it, the new ones wait as long as it does, and it goes without theirs', async () => {
  const [held, mine, theirs] = [
    await uploaded(world.url, author!),
    await uploaded(world.url, author!),
    await uploaded(world.url, reader!),
  ];
  await edit({ body: post.body, attachments: [{ fileId: held.id, alt: 'old' }] });
  const attachments = [held, mine, theirs].map(({ id }) => ({ fileId: id, alt: 'new' }));
  const saved = await save(0, 'Mine', {
    attachments,
    edit: begun({ seenAttachments: [{ fileId: held.id, alt: 'old' }] }),
  });
  expect(saved.body.attachments.map(({ id, alt }: any) => [id, alt])).toEqual([
    [held.id, 'new'],
    [mine.id, 'new'],
  ]);
  const stateOf = async (id: string) =>
    (await world.db.collection('files').findOne({ _id: new Types.ObjectId(id) }))?.['state'] as string;
  await world.app.get(LettingGo).expire(new Date(Date.parse(NOW) + 10 * DAY));
  expect([await stateOf(held.id), await stateOf(mine.id), await stateOf(theirs.id)]).toEqual([
    ...['held', 'waiting', 'gone'],
  ]);
  // Thrown away, it takes along what nothing holds.
  expect((await author!.client.delete(`${at()}?revision=1`)).status).toBe(204);
  expect([await stateOf(held.id), await stateOf(mine.id)]).toEqual(['held', 'gone']);
});

it('given somebody else, another cohort, nobody, who left, or a post that is gone, then none of it is theirs', async () => {
  await save(0, 'Mine');
  for (const person of [reader!, staff!]) expect(await draftOf(person)).toBeNull();
  expect((await outsider!.client.get(at())).status).toBe(404);
  expect((await save(0, 'x', {}, outsider)).status).toBe(404);
  expect((await clientOf(world.url).get(at())).status).toBe(401);
  expect((await author!.client.get(at(String(new Types.ObjectId())))).status).toBe(404);
  const leaver = await aMember(world, cohortId, 'fellow');
  await save(0, 'x', {}, leaver);
  await staff!.client.delete(`${C}/members/${leaver.id}`);
  expect((await leaver.client.get(at())).status).toBe(404);
  world.clock.advance(MINUTE);
  await author!.client.delete(`${C}/posts/${post.id}`);
  expect((await save(1, 'More')).status).toBe(404);
  expect((await author!.client.delete(`${at()}?revision=1`)).status).toBe(204);
});

it('given the post is locked or deleted after it was begun, then its words are still read and thrown away, by nobody else', async () => {
  const { id } = (await author!.client.post(`${C}/topics/${post.topicId}/posts`, { body: 'A reply.' })).body;
  const there = at(id as string);
  const began = { seen: 'A reply.', seenAttachments: [], why: '' };
  await author!.client.put(there, { revision: 0, body: 'My words', edit: began });
  await staff!.client.post(`${C}/topics/${post.topicId}/lock`, {});
  expect(await draftOf(author, id)).toMatchObject({ body: 'My words' });
  await staff!.client.delete(`${C}/posts/${id}`);
  expect(await draftOf(author, id)).toMatchObject({ body: 'My words' });
  expect(await editsOf()).toContain(id);
  expect(await draftOf(reader, id)).toBeNull();
  expect((await outsider!.client.get(there)).status).toBe(404);
  expect((await clientOf(world.url).get(there)).status).toBe(401);
  expect((await author!.client.put(there, { revision: 1, body: 'More', edit: began })).status).toBe(404);
  expect((await author!.client.delete(`${there}?revision=1`)).status).toBe(204);
  expect(await draftOf(author, id)).toBeNull();
  expect(await editsOf()).not.toContain(id);
});

it('given what is no draft of a change, then it is refused', async () => {
  for (const over of [{ edit: {} }, { edit: begun({ more: 1 }) }, { edit: begun({ seen: 'x'.repeat(30_001) }) }])
    expect((await save(0, 'x', over)).status).toBe(422);
  expect((await author!.client.put(`/api/me/drafts/edit-${'g'.repeat(24)}`, { revision: 0 })).status).toBe(422);
});
