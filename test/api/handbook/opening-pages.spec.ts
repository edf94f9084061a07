import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';
import { channelOf, say } from '../../support/rooms/chat.js';
import { fetchFile, filesCookieOf, photo, uploaded } from '../../support/rooms/files.js';

/** A page of a cohort's handbook is opened to the commons by its staff: shown first, as a copy, once. */
let world: TestWorld;
let here: string;
let C: string;
let [staff, owner, fellow, otherStaff, lea, admin]: TestPerson[] = [];
const H = '/api/commons/handbook';

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  admin = await aPerson(world, { isAdmin: true });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  const there = await aCohort(world);
  here = await aCohort(world);
  C = `/api/cohorts/${here}/handbook`;
  staff = await aMember(world, here, 'staff', { name: 'Aurore Staff' });
  owner = await aMember(world, here, 'fellow', { name: 'Olga Owner' });
  fellow = await aMember(world, here, 'fellow', { name: 'Fanny Fellow' });
  otherStaff = await aMember(world, there, 'staff');
  lea = await aMember(world, there, 'alumni');
});

const page = async (over: object = {}, as = owner!) =>
  (await as.client.post(C, { en: { title: 'Sign a licence', body: 'One page.' }, ...over })).body;
const standing = async (id: string, as = staff!) => await as.client.get(`${C}/${id}/commons`);
const open = async (id: string, over: object = {}, as = staff!, node = 0) => {
  const { version = 1, editedAt = null, owner = null } = (await standing(id)).body;
  const seen = { version, editedAt, ownerId: owner?.id ?? null };
  return await as.client.on(world.nodes[node]!.url).post(`${C}/${id}/commons`, { ...seen, ...over });
};

it('given a page is opened, then it was shown first, is a copy with its owner and its day, and each leads to the other', async () => {
  const body = `One page, says <@${fellow!.id}>.`;
  const made = await page({ en: { title: 'Sign a licence', body }, fr: { title: 'Signer', body: 'Une page.' } });
  world.clock.advance(3_600_000);
  const edited = await fellow!.client.patch(`${C}/${made.id}`, {
    ...{ fr: { title: 'Signer', body: 'Deux pages.' }, seen: { en: made.en, fr: made.fr }, why: 'a secret reason' },
  });
  expect((await standing(made.id)).body).toMatchObject({
    en: { title: 'Sign a licence', body: 'One page, says @….' },
    fr: { body: 'Deux pages.' },
    owner: { name: 'Olga Owner' },
    ...{ checkedAt: NOW, madeFrom: null },
    ...{ version: edited.body.version, editedAt: edited.body.editedAt, state: 'free', commonsPageId: null },
  });
  const opened = await open(made.id);
  expect(opened).toMatchObject({ status: 200, body: { left: 0 } });
  const { pageId } = opened.body;
  const there = (await lea!.client.get(`${H}/${pageId}`)).body;
  expect(there).toMatchObject({
    ...{ en: { body: 'One page, says @….' }, fr: { body: 'Deux pages.' }, owner: { name: 'Olga Owner' } },
    ...{ author: { name: 'Aurore Staff' }, checked: { by: null, at: NOW }, version: 1, editedBy: null },
    ...{ copiedFrom: null, openedFrom: null, inCommons: null },
  });
  // Nothing of what was said before, why, or in which cohort.
  const all = JSON.stringify([there, (await lea!.client.get(`${H}/${pageId}/history`)).body]);
  for (const secret of ['Une page.', 'a secret reason', fellow!.id, here]) expect(all).not.toContain(secret);
  expect((await owner!.client.get(`${H}/${pageId}`)).body.openedFrom).toEqual({ cohortId: here, pageId: made.id });
  expect((await fellow!.client.get(`${C}/${made.id}`)).body).toMatchObject({ inCommons: pageId, openedFrom: null });
  expect((await standing(made.id)).body).toMatchObject({ state: 'there', commonsPageId: pageId });
  // Who keeps it there checks it there, and a copy does not follow.
  expect((await owner!.client.put(`${H}/${pageId}/checked`, { version: 1, editedAt: null })).status).toBe(200);
  const now = (await owner!.client.get(`${C}/${made.id}`)).body;
  await owner!.client.patch(`${C}/${made.id}`, {
    en: { title: 'Sign', body: 'Three.' },
    seen: { en: now.en, fr: now.fr },
  });
  expect((await lea!.client.get(`${H}/${pageId}`)).body.en.body).toBe('One page, says @….');
});

it('is done by staff of its cohort alone, of a closed one, too, and of a page that is there', async () => {
  const { id } = await page();
  for (const person of [owner!, fellow!]) {
    expect((await standing(id, person)).status).toBe(403);
    expect((await open(id, {}, person)).status).toBe(403);
  }
  for (const person of [otherStaff!, lea!, await aPerson(world)]) {
    expect((await standing(id, person)).status).toBe(404);
    expect((await open(id, {}, person)).status).toBe(404);
  }
  expect((await world.app.inject({ url: `${C}/${id}/commons` })).statusCode).toBe(401);
  expect((await owner!.client.get(`${C}/${id}`)).body.abilities.open).toBe(false);
  expect((await staff!.client.get(`${C}/${id}`)).body.abilities.open).toBe(true);
  expect((await open('f'.repeat(24))).status).toBe(404);
  expect((await staff!.client.post(`/api/cohorts/${here}/close`)).status).toBeLessThan(300);
  expect((await open(id)).status).toBe(200);
});

it('given it says something else than what was shown, also from this very moment on, then it is not opened', async () => {
  const made = await page();
  const change = (text: string) =>
    owner!.client.patch(`${C}/${made.id}`, { en: { title: 'Sign', body: text }, seen: { en: made.en, fr: null } });
  const isChanged = beforeItIsWritten(world, () => change('Said in private.'));
  expect((await open(made.id)).body).toMatchObject({ status: 409, code: 'edited_meanwhile' });
  expect(isChanged()).toBe(true);
  expect((await open(made.id, { version: 1, editedAt: null })).body.code).toBe('edited_meanwhile');
  expect((await open(made.id)).status).toBe(200);
});

it('given another keeps it by then than who was shown, then it is not opened; nobody there, then whoever opens it was shown', async () => {
  const made = await page();
  const isGiven = beforeItIsWritten(world, () => owner!.client.put(`${C}/${made.id}/owner`, { userId: fellow!.id }));
  expect((await open(made.id)).body).toMatchObject({ status: 409, code: 'edited_meanwhile' });
  expect(isGiven()).toBe(true);
  const hasLeft = beforeItIsWritten(world, () => staff!.client.delete(`/api/cohorts/${here}/members/${fellow!.id}`));
  expect((await open(made.id)).body).toMatchObject({ status: 409, code: 'edited_meanwhile' });
  expect(hasLeft()).toBe(true);
  expect((await open(made.id, { ownerId: fellow!.id })).status).toBe(409);
  expect((await standing(made.id)).body.owner).toBeNull();
  const { pageId } = (await open(made.id)).body;
  expect((await lea!.client.get(`${H}/${pageId}`)).body.owner).toMatchObject({ id: staff!.id });
});

it('given it is opened many times at once, then once; deleted there, it is restored there and not opened again', async () => {
  const { id } = await page();
  const answers = await Promise.all([0, 1, 0, 1].map((node) => open(id, {}, staff, node)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const pageId = answers[0]!.body.pageId as string;
  expect(new Set(answers.map(({ body }) => body.pageId))).toEqual(new Set([pageId]));
  expect((await otherStaff!.client.delete(`${H}/${pageId}`)).status).toBe(204);
  expect((await staff!.client.get(`${C}/${id}`)).body.inCommons).toBeNull();
  expect((await standing(id)).body).toMatchObject({ state: 'deleted', commonsPageId: null });
  expect((await open(id)).body).toMatchObject({ status: 409, code: 'deleted_there' });
  expect((await admin!.client.post(`${H}/${pageId}/restore`)).status).toBe(200);
  expect((await staff!.client.get(`${C}/${id}`)).body.inCommons).toBe(pageId);
});

it('given a place there, then it stands below it; given an unknown one, then not at all', async () => {
  const [parent, child] = [await page(), await page()];
  const parentId = (await open(parent.id)).body.pageId;
  expect((await open(child.id, { parentId: 'f'.repeat(24) })).body).toMatchObject({
    ...{ status: 422, errors: [{ field: '/parentId', code: 'unknown' }] },
  });
  const { pageId } = (await open(child.id, { parentId })).body;
  expect((await lea!.client.get(`${H}/${pageId}`)).body.parentId).toBe(parentId);
});

it('given it has a picture, then the commons has one of its own, which stays when that of the cohort goes', async () => {
  const picture = (await photo(300, 200).png().toBuffer()) as Buffer;
  const image = await uploaded(world.url, owner!, picture, 'plan.png');
  const body = `![The plan](/files/uploads/${image.id}/small)`;
  const made = await page({ en: { title: 'Plan', body }, attachments: [{ fileId: image.id, alt: 'The plan' }] });
  const { pageId, left } = (await open(made.id)).body;
  expect(left).toBe(0);
  const there = (await lea!.client.get(`${H}/${pageId}`)).body;
  const [copy] = there.attachments;
  expect(copy.id).not.toBe(image.id);
  expect(there.en.body).toBe(`![The plan](/files/uploads/${copy.id}/small)`);
  const status = async (url: string, as: TestPerson) =>
    (await fetchFile(world.url, url, await filesCookieOf(world.url, as))).status;
  expect([await status(copy.url, lea!), await status(image.url, lea!)]).toEqual([200, 404]);
  expect((await owner!.client.delete(`${C}/${made.id}`)).status).toBe(204);
  expect(await status(copy.url, lea!)).toBe(200);
  expect((await staff!.client.get(`${H}/${pageId}`)).body.openedFrom).toBeNull();
  const waiting = await world.db.collection('files').countDocuments({ state: { $in: ['arriving', 'waiting'] } });
  expect(waiting).toBe(0);
  expect(await world.db.collection('files').countDocuments({ _id: new Types.ObjectId(copy.id), state: 'held' })).toBe(
    1,
  );
});

it('given nobody keeps it who is in a cohort, then whoever opens it does', async () => {
  const { id } = await page();
  expect((await staff!.client.delete(`/api/cohorts/${here}/members/${owner!.id}`)).status).toBeLessThan(300);
  expect((await standing(id)).body.owner).toBeNull();
  const { pageId } = (await open(id)).body;
  expect((await lea!.client.get(`${H}/${pageId}`)).body.owner.name).toBe('Aurore Staff');
});

it('given who checked it is in its cohort alone, then no other cohort learns who that was', async () => {
  const made = await page();
  const checked = await fellow!.client.put(`${C}/${made.id}/checked`, { version: 1, editedAt: null });
  expect(checked.body.checked.by.name).toBe('Fanny Fellow');
  const shown = (await standing(made.id)).body;
  const { pageId } = (await open(made.id)).body;
  const there = (await lea!.client.get(`${H}/${pageId}`)).body;
  expect([shown.checkedAt, there.checked]).toEqual([
    checked.body.checked.at,
    { by: null, at: checked.body.checked.at },
  ]);
  expect(JSON.stringify([shown, there])).not.toContain(fellow!.id);
  const row = await world.db.collection('handbook-pages').findOne({ _id: new Types.ObjectId(pageId) });
  expect(JSON.stringify(row)).not.toContain(fellow!.id);
  // Who checks it there is named to no cohort, too.
  expect(
    (await owner!.client.put(`${H}/${pageId}/checked`, { version: 1, editedAt: null })).body.checked.by,
  ).toBeNull();
});

it('given it was made from a thread, then what others said there stays, and staff are told that it was', async () => {
  const channelId = (await channelOf(fellow!, 'cohort')).id;
  const root = await say(fellow!, channelId, 'My address is 3 quai de la Loire.');
  await say(owner!, channelId, 'Come by in the evening.', root.id);
  const thread = { channelId, messageId: root.id };
  const begun = (await owner!.client.get(`${C}/beginnings/threads/${channelId}/${root.id}`)).body;
  expect(begun.body).toContain('@Fanny Fellow');
  const body = `${begun.body}\n\nSo ring first.`;
  const made = await page({ en: { title: 'Visits', body }, fromThread: thread });
  const shown = (await standing(made.id)).body;
  expect(shown).toMatchObject({ madeFrom: 'thread', en: { title: 'Visits', body: '> …\n\n> …\n\nSo ring first.' } });
  const { pageId } = (await open(made.id)).body;
  const there = (await lea!.client.get(`${H}/${pageId}`)).body;
  expect(there.en).toEqual(shown.en);
  for (const secret of ['quai de la Loire', 'Fanny Fellow', 'in the evening'])
    expect(JSON.stringify([shown, there])).not.toContain(secret);
});

it('given it was made from a topic, or came from an earlier handbook, then staff are told so', async () => {
  const topic = (
    await owner!.client.post(`/api/cohorts/${here}/topics`, { title: 'Who signs a licence?', body: 'Somebody.' })
  ).body;
  expect((await standing((await page({ fromTopic: topic.id })).id)).body.madeFrom).toBe('topic');
  const next = await aCohort(world);
  await join(world, next, staff!.id, 'staff');
  expect((await staff!.client.post(`/api/cohorts/${next}/handbook/copies`, { fromCohortId: here })).status).toBe(201);
  const [copy] = (await staff!.client.get(`/api/cohorts/${next}/handbook`)).body.items;
  const shown = await staff!.client.get(`/api/cohorts/${next}/handbook/${copy.id}/commons`);
  expect(shown.body.madeFrom).toBe('handbook');
});

it('given staff lock it, then its copy is locked, too', async () => {
  const { id } = await page();
  await staff!.client.put(`${C}/${id}/lock`);
  const { pageId } = (await open(id)).body;
  const there = (await owner!.client.get(`${H}/${pageId}`)).body;
  expect(there).toMatchObject({ locked: { by: { name: 'Aurore Staff' } }, abilities: { edit: false } });
});

it('given who opens it is of the team no more as it is written, then it is not opened', async () => {
  const { id } = await page();
  const still = await aMember(world, here, 'staff');
  const cameSoon = beforeItIsWritten(world, async () => {
    const changed = await admin!.client.patch(`/api/cohorts/${here}/members/${staff!.id}`, { role: 'coach' });
    expect(changed.status).toBe(200);
  });
  expect((await open(id)).status).toBe(403);
  expect(cameSoon()).toBe(true);
  expect((await standing(id, still)).body.state).toBe('free');
});
