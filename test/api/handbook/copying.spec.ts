import { Types } from 'mongoose';
import { DAY } from '../../../src/common/times/clock.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';

let world: TestWorld;
let [before, now]: string[] = [];
let [staff, owner, other, fellow]: TestPerson[] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  before = await aCohort(world, { name: 'Cohort 6' });
  now = await aCohort(world, { name: 'Cohort 7' });
  staff = await aMember(world, before, 'staff');
  owner = await aMember(world, before, 'coach', { name: 'Olga Owner' });
  other = await aMember(world, before, 'fellow');
  await join(world, now, staff.id, 'staff');
  await join(world, now, owner.id, 'coach');
  fellow = await aMember(world, now, 'fellow');
});

const write = async (as: TestPerson, title: string, parentId: string | null = null): Promise<string> =>
  (await as.client.post(`/api/cohorts/${before}/handbook`, { en: { title, body: `${title}.` }, parentId })).body.id;
const copy = (as = staff!, node = 0, from = before) =>
  as.client.on(world.nodes[node]!.url).post(`/api/cohorts/${now}/handbook/copies`, { fromCohortId: from });
const pages = async () => (await staff!.client.get(`/api/cohorts/${now}/handbook`)).body.items;
const told = async (as: TestPerson) =>
  (await as.client.get('/api/me/inbox')).body.items.filter((one: any) => one.kind === 'handbook.copied');

it('given the handbook of an earlier cohort, then its pages keep their place, their day and those who keep them and are here', async () => {
  const a = await write(owner!, 'Agency');
  await write(other!, 'Publish code', a);
  world.clock.advance(181 * DAY);
  await write(owner!, 'First week');
  expect((await copy()).body).toEqual({ copied: 3, there: 0, old: 2, left: 0 });
  const items = await pages();
  expect(items.map(({ title, isOld, isMine }: any) => [title.en, isOld, isMine])).toEqual([
    ['Agency', true, false],
    ['Publish code', true, true],
    ['First week', false, false],
  ]);
  expect(items[1].parentId).toBe(items[0].id);
  const page = (await fellow!.client.get(`/api/cohorts/${now}/handbook/${items[0].id}`)).body;
  expect(page).toMatchObject({
    ...{ en: { body: 'Agency.' }, owner: { name: 'Olga Owner' }, copiedFrom: 'Cohort 6', version: 1 },
    checked: { at: NOW },
  });
  await followOutbox(world);
  expect(await told(owner!)).toMatchObject([
    {
      title: 'You keep 2 pages of the handbook that came from Cohort 6',
      body: 'One of them was not checked for six months: is it still right?',
      ...{ why: 'keeper', link: `/c/${now}/handbook` },
    },
  ]);
  expect([await told(staff!), await told(other!)]).toEqual([[], []]);
});

it('given it is copied again, also by two processes at once, then nothing is doubled, and nobody told twice', async () => {
  const a = await write(owner!, 'Agency');
  const answers = await Promise.all([copy(staff, 0), copy(staff, 1)]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(answers.reduce((sum, { body }) => sum + Number(body.copied), 0)).toBe(1);
  await write(owner!, 'Publish code', a);
  const [copied] = await pages();
  await owner!.client.patch(`/api/cohorts/${now}/handbook/${copied.id}`, {
    ...{ en: { title: 'Agency here', body: 'New.' }, seen: { en: { title: 'Agency', body: 'Agency.' }, fr: null } },
  });
  expect((await copy()).body).toEqual({ copied: 1, there: 1, old: 0, left: 0 });
  expect((await pages()).map(({ title, parentId }: any) => [title.en, parentId])).toEqual([
    ['Agency here', null],
    ['Publish code', copied.id],
  ]);
  await followOutbox(world);
  expect(await told(owner!)).toHaveLength(1);
});

it('given a page that stands deeper here than there, then what is new below it comes too, and all after it', async () => {
  const a = await write(owner!, 'Agency');
  await copy();
  const [{ id }] = await pages();
  let parentId: string | null = null;
  for (const title of ['One', 'Two', 'Three', 'Four'])
    parentId = (await staff!.client.post(`/api/cohorts/${now}/handbook`, { en: { title, body: '' }, parentId })).body
      .id;
  const place = { parentId, before: null };
  expect((await staff!.client.put(`/api/cohorts/${now}/handbook/${id}/place`, place)).status).toBe(200);
  await write(owner!, 'Publish code', a);
  await write(owner!, 'First week');
  const answer = await copy();
  expect([answer.status, answer.body]).toEqual([201, { copied: 2, there: 1, old: 0, left: 0 }]);
  const [code, week] = (await pages()).slice(-2);
  expect([code, week].map(({ title, parentId: below }: any) => [title.en, below])).toEqual([
    ['Publish code', null],
    ['First week', null],
  ]);
});

it('given who is not of the team of both, or no other cohort, then nothing is copied', async () => {
  await write(owner!, 'Agency');
  const mine = await aMember(world, now!, 'staff');
  expect((await copy(fellow)).status).toBe(403);
  expect((await copy(other)).status).toBe(404);
  for (const [as, from] of [
    [mine, before],
    [staff!, now],
    [staff!, 'nothing'],
    [staff!, String(new Types.ObjectId())],
  ] as const)
    expect((await copy(as, 0, from)).body.errors).toEqual([{ field: '/fromCohortId', code: 'unknown' }]);
  expect(await pages()).toEqual([]);
});
