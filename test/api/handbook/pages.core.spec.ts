import { Types } from 'mongoose';
import { DAY } from '../../../src/common/times/clock.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { BY_CHANCE, countQueries } from '../../support/queries.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let [zoe, ali, host, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  outsider = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}/handbook`;
  zoe = await aMember(world, cohortId, 'fellow', { name: 'Zoé Writer' });
  ali = await aMember(world, cohortId, 'coach', { name: 'Ali Helper' });
  host = await aMember(world, cohortId, 'host');
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});

const en = { title: 'Publish code', body: 'Ask **first**.' };
const write = (body: object = { en }, as = zoe!) => as.client.post(C, body);
const aPage = async (body: object = { en }, as = zoe!) => {
  const answer = await write(body, as);
  expect(answer.status).toBe(201);
  return answer.body as { id: string; version: number };
};
const tree = async (as = zoe!) => (await as.client.get(C)).body;
const titles = async (as = zoe!) => (await tree(as)).items.map(({ title }: any) => title.en ?? title.fr);

describe('a page', () => {
  it('given a member writes one, then all members read it, its writer keeps it, and outsiders see nothing', async () => {
    const page = await aPage({ en, fr: { title: 'Publier du code', body: 'Demander d’abord.' } });
    for (const reader of [zoe!, ali!, host!, staff!])
      expect((await reader.client.get(`${C}/${page.id}`)).body).toMatchObject({
        ...{ en, fr: { title: 'Publier du code' }, author: { name: 'Zoé Writer' }, owner: { id: zoe!.id } },
        ...{ version: 1, parentId: null, locked: null, isOld: false, checked: { at: NOW, by: { id: zoe!.id } } },
        changed: { en: NOW, fr: NOW },
      });
    expect((await tree()).items).toMatchObject([{ title: { en: en.title, fr: 'Publier du code' }, isMine: true }]);
    const asked = [
      await outsider!.client.get(C),
      await outsider!.client.get(`${C}/${page.id}`),
      await outsider!.client.post(C, { en }),
      await outsider!.client.get(`${C}/${page.id}/history`),
    ];
    expect(asked.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await clientOf(world.url).get(C)).status).toBe(401);
    const elsewhere = `/api/cohorts/${outsider!.cohortId}/handbook/${page.id}`;
    expect((await outsider!.client.get(elsewhere)).status).toBe(404);
    expect((await outsider!.client.patch(elsewhere, { en, seen: { en, fr: null } })).status).toBe(404);
    expect((await outsider!.client.delete(elsewhere)).status).toBe(404);
  });

  it('given bad words, then each is named', async () => {
    const problems = async (body: object) => (await write(body)).body.errors;
    expect(await problems({})).toEqual([{ field: '/en', code: 'required' }]);
    expect(await problems({ en: { title: '', body: 'text' } })).toEqual([
      expect.objectContaining({ field: '/en/title', code: 'required' }),
    ]);
    expect(await problems({ en: { title: '', body: '' } })).toEqual([{ field: '/en', code: 'required' }]);
    expect((await problems({ en: { title: 'x'.repeat(151), body: '' } }))[0]).toMatchObject({ field: '/en/title' });
    expect(await problems({ en, parentId: 'nowhere' })).toEqual([{ field: '/parentId', code: 'unknown' }]);
    expect(await problems({ en, parentId: String(new Types.ObjectId()) })).toEqual([
      { field: '/parentId', code: 'unknown' },
    ]);
    for (const path of [`${C}/nothing`, `${C}/${String(new Types.ObjectId())}`])
      expect((await zoe!.client.get(path)).status).toBe(404);
  });

  it('given it is sent again, also to another process at once, then it is one page', async () => {
    const send = (node: number) => zoe!.client.on(world.nodes[node]!.url).post(C, { en, clientId: 'handbook-page-1' });
    const answers = await Promise.all([send(0), send(1), send(0)]);
    answers.push(await send(1));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await titles()).toEqual([en.title]);
  });

  it('given many pages, then the tree and a page cost as many questions as with one', async () => {
    const { id } = await aPage();
    const asks = async () => {
      const counted = countQueries(world.db);
      await tree();
      await zoe!.client.get(`${C}/${id}`);
      return counted();
    };
    const one = await asks();
    for (let at = 0; at < 8; at += 1) await aPage({ en, parentId: id }, ali);
    expect(await asks()).toBeLessThanOrEqual(one + BY_CHANCE);
  });

  it('given a closed cohort, then it is read and not written', async () => {
    const { id } = await aPage();
    await world.db
      .collection('cohorts')
      .updateOne({ _id: new Types.ObjectId(cohortId) }, { $set: { state: 'closed' } });
    const refused = [
      await write(),
      await staff!.client.patch(`${C}/${id}`, { en: { ...en, body: 'x' }, seen: { en, fr: null } }),
      await staff!.client.delete(`${C}/${id}`),
      await staff!.client.put(`${C}/${id}/checked`, { version: 1, editedAt: null }),
      await staff!.client.put(`${C}/${id}/lock`),
      await staff!.client.put(`${C}/${id}/place`, { parentId: null, before: null }),
      await staff!.client.post(`${C}/${id}/restore`),
    ];
    expect(refused.map(({ status, body }) => `${status} ${body.code}`)).toEqual(refused.map(() => '409 cohort_closed'));
    expect((await zoe!.client.get(`${C}/${id}`)).body.abilities).toMatchObject({ edit: false, check: false });
    expect((await tree(staff)).abilities).toEqual({ write: false, order: false, copy: false, restore: false });
  });
});

describe('who keeps a page, and whether it is right', () => {
  it('given nobody checks it for half a year, then it may be out of date, until somebody does', async () => {
    const { id } = await aPage();
    world.clock.advance(181 * DAY);
    expect((await tree()).items).toMatchObject([{ isOld: true }]);
    const checked = await ali!.client.put(`${C}/${id}/checked`, { version: 1, editedAt: null });
    expect(checked.body).toMatchObject({ isOld: false, checked: { by: { id: ali!.id } } });
    expect((await tree()).items).toMatchObject([{ isOld: false }]);
    expect((await outsider!.client.put(`${C}/${id}/checked`, { version: 1, editedAt: null })).status).toBe(404);
  });

  it('given it was edited meanwhile, then what was read is not what is checked', async () => {
    const { id } = await aPage();
    await ali!.client.patch(`${C}/${id}`, { en: { ...en, body: 'New.' }, seen: { en, fr: null } });
    expect((await zoe!.client.put(`${C}/${id}/checked`, { version: 1, editedAt: null })).body.code).toBe(
      'edited_meanwhile',
    );
    expect((await zoe!.client.put(`${C}/${id}/checked`, { version: 2, editedAt: NOW })).status).toBe(200);
  });

  it('given its editor goes on with the same edit, then what was read before is not what is checked', async () => {
    const { id } = await aPage();
    const edit = async (body: string, was: string) =>
      (await ali!.client.patch(`${C}/${id}`, { en: { ...en, body }, seen: { en: { ...en, body: was }, fr: null } }))
        .body;
    const read = await edit('Ask nobody.', en.body);
    world.clock.advance(20_000);
    const now = await edit('Ask everybody.', 'Ask nobody.');
    expect([read.version, now.version]).toEqual([2, 2]);
    const check = ({ version, editedAt }: any) => zoe!.client.put(`${C}/${id}/checked`, { version, editedAt });
    expect((await check(read)).body.code).toBe('edited_meanwhile');
    expect((await check(now)).body.checked.by.id).toBe(zoe!.id);
  });

  it('given its owner or staff, then another member keeps it; others hand nothing on', async () => {
    const { id } = await aPage();
    const give = (as: TestPerson, to: string) => as.client.put(`${C}/${id}/owner`, { userId: to });
    expect((await give(ali!, ali!.id)).status).toBe(403);
    expect((await give(zoe!, outsider!.id)).body.errors).toEqual([{ field: '/userId', code: 'unknown' }]);
    expect((await give(zoe!, ali!.id)).body).toMatchObject({ owner: { id: ali!.id } });
    expect((await give(zoe!, zoe!.id)).status).toBe(403);
    expect((await give(staff!, zoe!.id)).body).toMatchObject({ owner: { id: zoe!.id } });
    await staff!.client.delete(`/api/cohorts/${cohortId}/members/${zoe!.id}`);
    expect((await ali!.client.get(`${C}/${id}`)).body).toMatchObject({ owner: null, abilities: { give: true } });
    expect((await give(ali!, host!.id)).status).toBe(403);
    expect((await give(ali!, ali!.id)).body).toMatchObject({ owner: { id: ali!.id } });
    expect((await zoe!.client.get(`${C}/${id}`)).status).toBe(404);
  });

  it('given staff lock it, then they alone edit it until they open it again', async () => {
    const { id } = await aPage();
    for (const [who, status] of [
      [zoe!, 403],
      [outsider!, 404],
    ] as const)
      expect((await who.client.put(`${C}/${id}/lock`)).status).toBe(status);
    expect((await staff!.client.put(`${C}/${id}/lock`)).body).toMatchObject({ locked: { by: { id: staff!.id } } });
    const edit = (as: TestPerson, body: string, seen = en) =>
      as.client.patch(`${C}/${id}`, { en: { ...en, body }, seen: { en: seen, fr: null } });
    expect((await edit(zoe!, 'x')).body.code).toBe('page_locked');
    expect((await zoe!.client.delete(`${C}/${id}`)).body.code).toBe('page_locked');
    expect((await edit(staff!, 'By staff')).status).toBe(200);
    expect((await staff!.client.delete(`${C}/${id}/lock`)).body.locked).toBeNull();
    expect((await edit(zoe!, 'By me', { ...en, body: 'By staff' })).body.en.body).toBe('By me');
  });
});
