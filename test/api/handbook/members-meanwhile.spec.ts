import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';

/** Who acts in the handbook of a cohort is asked again as it is written: who left, or lost the role, does nothing any more. */
let world: TestWorld;
let here: string;
let C: string;
let [admin, other]: TestPerson[] = [];
const words = (title: string) => ({ title, body: 'Text.' });

beforeAll(async () => {
  world = await startWorld();
  here = await aCohort(world);
  C = `/api/cohorts/${here}/handbook`;
  admin = await aPerson(world, { isAdmin: true });
  other = await aMember(world, here, 'staff');
  await aMember(world, here, 'staff');
});
afterAll(() => world.stop());

type Client = TestPerson['client'];
type Act = (client: Client, page: any) => PromiseLike<{ status: number; body: any }>;
const page = async (client: Client = other!.client, title = 'Stays') =>
  (await client.post(C, { en: words(title) })).body;
const stands = async ({ id }: { id: string }) => [
  (await other!.client.get(`${C}/${id}`)).body,
  (await other!.client.get(C)).body.items,
];
const out = (who: TestPerson) => () => admin!.client.delete(`/api/cohorts/${here}/members/${who.id}`);
const demoted = (who: TestPerson) => () =>
  admin!.client.patch(`/api/cohorts/${here}/members/${who.id}`, { role: 'coach' });

async function meanwhile(
  happens: () => PromiseLike<{ status: number }>,
  act: () => ReturnType<Act>,
  about: { id: string },
) {
  let before: unknown;
  const came = beforeItIsWritten(world, async () => {
    expect((await happens()).status).toBeLessThan(300);
    before = await stands(about);
  });
  const { status, body } = await act();
  expect(came()).toBe(true);
  expect(await stands(about)).toEqual(before);
  return [status, body.code];
}

const WRITES: [string, Act][] = [
  ['writes', (client) => client.post(C, { en: words('Mine') })],
  ['edits', (client, { id, en }) => client.patch(`${C}/${id}`, { en: words('Mine'), seen: { en, fr: null } })],
  ['moves', (client, { id }) => client.put(`${C}/${id}/place`, { parentId: null, before: null })],
  ['hands on', (client, { id }) => client.put(`${C}/${id}/owner`, { userId: other!.id })],
  ['checks', (client, { id }) => client.put(`${C}/${id}/checked`, { version: 1, editedAt: null })],
  ['deletes', (client, { id }) => client.delete(`${C}/${id}`)],
];
const OF_STAFF: [string, Act][] = [
  ...WRITES.filter(([name]) => name === 'moves' || name === 'deletes'),
  ['locks', (client, { id }) => client.put(`${C}/${id}/lock`)],
  ['unlocks', (client, { id }) => client.delete(`${C}/${id}/lock`)],
];

it.each(WRITES)('given who %s is taken out meanwhile, an admin too, then 404', async (_, act) => {
  for (const isAdmin of [false, true]) {
    const acting = await aPerson(world, { isAdmin });
    await join(world, here, acting.id, 'fellow');
    const about = await page(acting.client);
    expect(await meanwhile(out(acting), () => act(acting.client, about), about)).toEqual([404, 'not_found']);
  }
});

it.each(OF_STAFF)('given who %s is of the team no more meanwhile, then 403', async (_, act) => {
  const acting = await aMember(world, here, 'staff');
  const about = await page();
  expect(await meanwhile(demoted(acting), () => act(acting.client, about), about)).toEqual([403, 'forbidden']);
});

it('given who restores is of the team no more meanwhile, then 403', async () => {
  const acting = await aMember(world, here, 'staff');
  const [about, gone] = [await page(), await page()];
  await other!.client.delete(`${C}/${gone.id}`);
  const restores = () => acting.client.post(`${C}/${gone.id}/restore`);
  expect(await meanwhile(demoted(acting), restores, about)).toEqual([403, 'forbidden']);
});

it('given who copies a handbook is of one of the two teams no more meanwhile, then nothing comes', async () => {
  const about = await page();
  const next = await aCohort(world);
  await join(world, next, other!.id, 'staff');
  const ends: [string, [number, string]][] = [
    [here, [422, 'invalid']],
    [next, [403, 'forbidden']],
  ];
  for (const [cohortId, refused] of ends) {
    const acting = await aMember(world, here, 'staff');
    await join(world, next, acting.id, 'staff');
    const ending = () => admin!.client.patch(`/api/cohorts/${cohortId}/members/${acting.id}`, { role: 'coach' });
    const copies = () => acting.client.post(`/api/cohorts/${next}/handbook/copies`, { fromCohortId: here });
    expect(await meanwhile(ending, copies, about)).toEqual(refused);
    expect((await other!.client.get(`/api/cohorts/${next}/handbook`)).body.items).toEqual([]);
  }
});

it('given a page is locked, then its copy in another cohort is, by who copies it', async () => {
  const [locked] = [await page(other!.client, 'Locked'), await page(other!.client, 'Open')];
  await other!.client.put(`${C}/${locked.id}/lock`);
  const next = await aCohort(world);
  await join(world, next, other!.id, 'staff');
  expect((await other!.client.post(`/api/cohorts/${next}/handbook/copies`, { fromCohortId: here })).status).toBe(201);
  const fellow = await aMember(world, next, 'fellow');
  const { items } = (await fellow.client.get(`/api/cohorts/${next}/handbook`)).body;
  for (const [title, by] of [
    ['Locked', other!.id],
    ['Open', undefined],
  ] as const) {
    const copy = items.find((one: any) => one.title.en === title);
    const shown = (await fellow.client.get(`/api/cohorts/${next}/handbook/${copy.id}`)).body;
    expect([shown.locked?.by.id, shown.abilities.edit]).toEqual([by, by === undefined]);
  }
});
