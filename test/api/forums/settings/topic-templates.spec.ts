import type { TopicTemplate } from '../../../../src/contracts/forum/templates.js';
import { NOW, startWorld, type TestWorld } from '../../../support/app.js';
import { aCohort, aMember, type TestPerson } from '../../../support/factories.js';

let world: TestWorld;
let path: string;
let [fellow, staff, outsider]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  const cohortId = await aCohort(world);
  path = `/api/cohorts/${cohortId}/forum/templates`;
  fellow = await aMember(world, cohortId, 'fellow');
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  outsider = await aMember(world, await aCohort(world), 'staff');
});

const template = (id: string, over: Partial<TopicTemplate> = {}): TopicTemplate => ({
  ...{ id, kind: 'discussion', tags: [], names: { en: `Name of ${id}`, fr: '' } },
  texts: { en: '', fr: '# Un titre' },
  ...over,
});
const read = async (as = fellow!) => (await as.client.get(path)).body;
const write = async (items: TopicTemplate[], revision = 0, as = staff!) =>
  await as.client.put(path, { items, revision });

it('given staff wrote none, then the usual four are there in both languages', async () => {
  const { items, ...rest } = await read();
  expect(rest).toEqual({ revision: 0, changedBy: null, changedAt: null, abilities: { write: false } });
  expect(items.map(({ id, kind }: TopicTemplate) => [id, kind])).toEqual([
    ['question', 'question'],
    ['lesson-learnt', 'discussion'],
    ['decision', 'discussion'],
    ['event-report', 'discussion'],
  ]);
  for (const { names, texts } of items as TopicTemplate[])
    for (const words of [names.en, names.fr, texts.en, texts.fr]) expect(words).not.toBe('');
});

it('given staff write their own, then all have them in that order; none is possible, too', async () => {
  const items = [template('bug', { kind: 'question', tags: ['rgaa', 'rgaa'] }), template('thanks')];
  expect((await write(items)).status).toBe(200);
  expect(await read()).toMatchObject({
    ...{ revision: 1, changedBy: { id: staff!.id }, changedAt: NOW },
    items: [{ ...items[0], tags: ['rgaa'] }, items[1]],
  });
  expect((await write([], 0)).body).toMatchObject({ code: 'stale', now: { revision: 1, items: [{ id: 'bug' }, {}] } });
  expect((await write([], 1)).body.items).toEqual([]);
});

it.each<[string, TopicTemplate[], object]>([
  ['no name', [template('a', { names: { en: '', fr: ' ' } })], { field: '/items/0/names', code: 'required' }],
  ['no text', [template('a', { texts: { en: '', fr: '' } })], { field: '/items/0/texts', code: 'required' }],
  ['one id twice', [template('a'), template('a')], { field: '/items', code: 'same_id' }],
  ['an id that is none', [template('a/b')], { field: '/items/0/id' }],
  ['a tag that is none', [template('a', { tags: ['no tag'] })], { field: '/items/0/tags/0' }],
  ['a long text', [template('a', { texts: { en: 'x'.repeat(4_001), fr: '' } })], { field: '/items/0/texts/en' }],
  ['too many', Array.from({ length: 13 }, (_, at) => template(`a${at}`)), { field: '/items' }],
])('given %s, then it is not taken', async (_name, items, error) => {
  expect(await write(items)).toMatchObject({ status: 422, body: { errors: [error] } });
  expect((await read()).revision).toBe(0);
});

it('given who is not of the staff, another cohort, or nobody, then they are not theirs', async () => {
  expect((await write([], 0, fellow)).status).toBe(403);
  expect((await write([], 0, outsider)).status).toBe(404);
  expect((await outsider!.client.get(path)).status).toBe(404);
  expect((await fetch(`${world.url}${path}`)).status).toBe(401);
  expect((await read()).items).toHaveLength(4);
});
