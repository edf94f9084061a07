import { NOW, startWorld, type TestWorld } from '../../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';

let world: TestWorld;
let path: string;
let [fellow, staff, colleague, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  const cohortId = await aCohort(world);
  path = `/api/cohorts/${cohortId}/forum/rules`;
  fellow = await aMember(world, cohortId, 'fellow');
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  colleague = await aMember(world, cohortId, 'staff', { name: 'Nora Haddad' });
  outsider = await aMember(world, await aCohort(world), 'staff');
});

const read = async (as = fellow!) => (await as.client.get(path)).body;
const write = async (en: string, revision: number, { as = staff!, fr = '' } = {}) =>
  await as.client.put(path, { texts: { en, fr }, revision });

it('given staff wrote none, then the usual ones are there in both languages', async () => {
  const rules = await read();
  expect(rules).toMatchObject({ revision: 0, changedBy: null, changedAt: null, abilities: { write: false } });
  expect(rules.texts.en).toContain('# Be kind');
  expect(rules.texts.fr).toContain('# Restons bienveillants');
  expect((await read(staff)).abilities).toEqual({ write: true });
});

it('given staff write their own, then all read them, and who changed them and when', async () => {
  expect(await write('Be **kind**.', 0, { fr: 'Soyez aimables.' })).toMatchObject({
    ...{ status: 200, body: { revision: 1, changedBy: { id: staff!.id, name: 'Aurore Tessier' }, changedAt: NOW } },
  });
  expect((await read()).texts).toEqual({ en: 'Be **kind**.', fr: 'Soyez aimables.' });
  expect((await write('Be kind.', 1)).status).toBe(200);
  expect(await read()).toMatchObject({ revision: 2, texts: { en: 'Be kind.', fr: '' } });
});

it('given two of staff write at once, then one is told what the other wrote, and nothing is lost', async () => {
  for (const revision of [0, 1]) {
    const both = await Promise.all(
      [staff!, colleague!].map(({ client }, node) =>
        client.on(world.nodes[node]!.url).put(path, { texts: { en: `By ${node}`, fr: '' }, revision }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const late = both.find(({ status }) => status === 409)!.body;
    const there = await read();
    expect(late).toMatchObject({ code: 'stale', now: { revision: revision + 1, texts: there.texts } });
  }
  expect((await write('Of long ago', 0)).body.code).toBe('stale');
  expect((await write('Of later', 7)).body.code).toBe('stale');
});

it('given nothing, or too much, then it is not taken', async () => {
  expect(await write('', 0)).toMatchObject({ status: 422, body: { errors: [{ field: '/texts', code: 'required' }] } });
  expect((await write('x'.repeat(20_001), 0)).body.errors).toMatchObject([{ field: '/texts/en' }]);
  expect((await staff!.client.put(path, { texts: { en: 'Be kind.', fr: '' } })).body.errors).toMatchObject([
    { field: '/revision' },
  ]);
  expect((await read()).revision).toBe(0);
});

it('given who is not of the staff, another cohort, or nobody, then they are not theirs', async () => {
  expect((await write('Mine', 0, { as: fellow! })).status).toBe(403);
  expect((await write('Mine', 0, { as: outsider! })).status).toBe(404);
  expect((await outsider!.client.get(path)).status).toBe(404);
  expect((await fetch(`${world.url}${path}`)).status).toBe(401);
  expect((await read()).revision).toBe(0);
});
