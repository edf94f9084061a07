import { Types } from 'mongoose';
import { DAY, MINUTE } from '../../../src/common/times/clock.js';
import { PageDeleting } from '../../../src/handbook/deleting/page-deleting.service.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let cohortId: string;
let C: string;
let [zoe, ali, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  outsider = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}/handbook`;
  zoe = await aMember(world, cohortId, 'fellow');
  ali = await aMember(world, cohortId, 'fellow');
  staff = await aMember(world, cohortId, 'staff');
});

const aPage = async (title: string, parentId: string | null = null, as = zoe!): Promise<string> => {
  const { status, body } = await as.client.post(C, { en: { title, body: '' }, parentId });
  expect(status).toBe(201);
  return body.id;
};
/** `a(b(c)d)e`, as the tree is. */
const shape = async (as = zoe!): Promise<string> => {
  const { items } = (await as.client.get(C)).body;
  const below = (parentId: string | null): string => {
    const all = items.filter((one: any) => one.parentId === parentId);
    return all.map((one: any) => `${one.title.en}${below(one.id) && `(${below(one.id)})`}`).join(' ');
  };
  return below(null);
};
const place = (id: string, parentId: string | null, before: string | null = null, as = staff!, node = 0) =>
  as.client.on(world.nodes[node]!.url).put(`${C}/${id}/place`, { parentId, before });

describe('the place of a page', () => {
  it('given staff or its owner, then it goes elsewhere with those below it; others move nothing', async () => {
    const [a, b] = [await aPage('a'), await aPage('b')];
    const c = await aPage('c', b);
    expect(await shape()).toBe('a b(c)');
    expect((await place(b, a, null, ali)).status).toBe(403);
    expect((await place(b, a, null, outsider)).status).toBe(404);
    expect((await place(b, a, null, zoe)).body.items.map(({ id }: any) => id)).toEqual([a, b, c]);
    expect(await shape()).toBe('a(b(c))');
    await place(c, null, a);
    expect(await shape()).toBe('c a(b)');
    expect((await place(a, b)).body.code).toBe('into_itself');
    expect((await place(a, null, 'nowhere')).body.errors).toEqual([{ field: '/parentId', code: 'unknown' }]);
  });

  it('given as many levels as there may be, then no page below', async () => {
    let parentId: string | null = null;
    for (const title of ['1', '2', '3', '4', '5']) parentId = await aPage(title, parentId);
    expect((await zoe!.client.post(C, { en: { title: '6', body: '' }, parentId })).body.code).toBe('too_deep');
  });

  it('given as many pages as there may be, then no more', async () => {
    const id = await aPage('a');
    const row = (await world.db.collection('handbook-pages').findOne({ _id: new Types.ObjectId(id) }))!;
    const rows = Array.from({ length: 499 }, (_, order) => ({ ...row, _id: new Types.ObjectId(), order: order + 1 }));
    await world.db.collection('handbook-pages').insertMany(rows);
    expect((await zoe!.client.post(C, { en: { title: 'b', body: '' } })).body).toMatchObject({
      ...{ status: 409, code: 'handbook_full', most: 500 },
    });
    expect((await zoe!.client.get(C)).body.items).toHaveLength(500);
  });

  it('given two who move pages into each other at once on two processes, then one of them does', async () => {
    const [a, b] = [await aPage('a'), await aPage('b')];
    const answers = await Promise.all([place(a, b, null, staff, 0), place(b, a, null, staff, 1)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(['a(b)', 'b(a)']).toContain(await shape());
  });

  it('given many who write at once on two processes, then each page has a place of its own', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `p${at}`);
    const answers = await Promise.all(
      names.map((title, at) =>
        zoe!.client.on(world.nodes[at % 2]!.url).post(C, { en: { title, body: '' }, parentId: null }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
    const rows = await world.db
      .collection('handbook-pages')
      .find({ cohortId: new Types.ObjectId(cohortId) })
      .toArray();
    expect(rows.map((row) => row['order']).sort((one, other) => one - other)).toEqual(names.map((_, at) => at));
  });
});

describe('a deleted page', () => {
  it('given its owner or staff, then it is gone, and staff bring it back where it was', async () => {
    const a = await aPage('a');
    const b = await aPage('b', a);
    expect((await ali!.client.delete(`${C}/${b}`)).status).toBe(403);
    expect((await staff!.client.delete(`${C}/${a}`)).body.code).toBe('page_has_pages');
    expect((await zoe!.client.delete(`${C}/${b}`)).status).toBe(204);
    expect((await zoe!.client.delete(`${C}/${b}`)).status).toBe(404);
    expect((await zoe!.client.get(`${C}/${b}`)).status).toBe(404);
    expect(await shape()).toBe('a');
    expect((await staff!.client.get(`${C}/deleted`)).body.items).toMatchObject([
      { id: b, title: { en: 'b', fr: null }, by: { id: zoe!.id }, deletedAt: NOW },
    ]);
    const asked = [
      await zoe!.client.get(`${C}/deleted`),
      await zoe!.client.post(`${C}/${b}/restore`),
      await outsider!.client.get(`${C}/deleted`),
      await outsider!.client.post(`${C}/${b}/restore`),
    ];
    expect(asked.map(({ status }) => status)).toEqual([403, 403, 404, 404]);
    expect((await staff!.client.post(`${C}/${b}/restore`)).body).toMatchObject({ id: b, parentId: a });
    expect(await shape()).toBe('a(b)');
    expect((await staff!.client.post(`${C}/${b}/restore`)).status).toBe(404);
  });

  it('given its parent is gone, then it comes back at the top', async () => {
    const a = await aPage('a');
    const b = await aPage('b', a);
    await staff!.client.delete(`${C}/${b}`);
    await staff!.client.delete(`${C}/${a}`);
    await staff!.client.post(`${C}/${b}/restore`);
    expect(await shape()).toBe('b');
  });

  it('given its parent stands on the last level by now, then it comes back at the top', async () => {
    const a = await aPage('a');
    const b = await aPage('b', a);
    await staff!.client.delete(`${C}/${b}`);
    let parentId: string | null = null;
    for (const name of ['1', '2', '3', '4']) parentId = await aPage(name, parentId);
    expect((await staff!.client.put(`${C}/${a}/place`, { parentId, before: null })).status).toBe(200);
    expect((await staff!.client.post(`${C}/${b}/restore`)).status).toBe(200);
    expect(await shape()).toBe('1(2(3(4(a)))) b');
  });

  it('given a page below is written as it is deleted, then one of both is refused', async () => {
    const a = await aPage('a');
    const [gone, below] = await Promise.all([
      staff!.client.delete(`${C}/${a}`),
      zoe!.client.on(world.nodes[1]!.url).post(C, { en: { title: 'b', body: '' }, parentId: a }),
    ]);
    expect([
      ['204', '422'],
      ['409', '201'],
    ]).toContainEqual([String(gone.status), String(below.status)]);
  });

  it('given thirty days, then it is gone for good, with what it said before', async () => {
    const a = await aPage('a');
    const words = (body: string) => ({ en: { title: 'a', body } });
    world.clock.advance(3 * MINUTE);
    await ali!.client.patch(`${C}/${a}`, { ...words('b'), seen: { ...words(''), fr: null } });
    await staff!.client.delete(`${C}/${a}`);
    const turn = () => Promise.all(world.nodes.map(({ app }) => app.get(PageDeleting).turn()));
    const rows = async () => [
      await world.db.collection('handbook-pages').countDocuments({ _id: new Types.ObjectId(a) }),
      await world.db.collection('handbook-versions').countDocuments({ pageId: new Types.ObjectId(a) }),
    ];
    world.clock.advance(30 * DAY);
    await turn();
    expect(await rows()).toEqual([1, 1]);
    world.clock.advance(1000);
    expect((await staff!.client.post(`${C}/${a}/restore`)).status).toBe(404);
    expect((await staff!.client.get(`${C}/deleted`)).body.items).toEqual([]);
    await turn();
    expect(await rows()).toEqual([0, 0]);
  });
});
