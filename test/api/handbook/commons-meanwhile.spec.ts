import { type TestWorld, startWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { beforeItIsWritten } from '../../support/meanwhile.js';

/** Who writes the handbook of the commons is asked again as it is written: a right that ends meanwhile gives nothing. */
let world: TestWorld;
let here: string;
let [admin, staff]: TestPerson[] = [];
const H = '/api/commons/handbook';
const words = (title: string) => ({ title, body: 'Text.' });
const write = async () => (await staff!.client.post(H, { en: words('Stays') })).body;

beforeAll(async () => {
  world = await startWorld();
  here = await aCohort(world);
  admin = await aPerson(world, { isAdmin: true });
  staff = await aMember(world, await aCohort(world), 'staff');
  await aMember(world, here, 'staff');
});
afterAll(() => world.stop());

type Act = (client: TestPerson['client'], page: any) => PromiseLike<{ status: number }>;
const WRITES: [string, Act][] = [
  ['writes', (client) => client.post(H, { en: words('Mine') })],
  ['edits', (client, { id, en }) => client.patch(`${H}/${id}`, { en: words('Mine'), seen: { en, fr: null } })],
  ['moves', (client, { id }) => client.put(`${H}/${id}/place`, { parentId: null, before: null })],
  ['hands on', (client, { id }) => client.put(`${H}/${id}/owner`, { userId: admin!.id })],
  ['checks', (client, { id }) => client.put(`${H}/${id}/checked`, { version: 1, editedAt: null })],
  ['locks', (client, { id }) => client.put(`${H}/${id}/lock`)],
  ['unlocks', (client, { id }) => client.delete(`${H}/${id}/lock`)],
  ['deletes', (client, { id }) => client.delete(`${H}/${id}`)],
  ['restores', (client, { id }) => client.post(`${H}/${id}/restore`)],
];

it.each(WRITES)('given who %s is of no team any more as it is written, then that is refused', async (name, act) => {
  const acting = await aMember(world, here, 'staff');
  const page = await write();
  if (name === 'restores') expect((await staff!.client.delete(`${H}/${page.id}`)).status).toBe(204);
  const stands = async () => [
    (await staff!.client.get(`${H}/${page.id}`)).body,
    (await staff!.client.get(H)).body.items.length,
  ];
  const before = await stands();
  const came = beforeItIsWritten(world, async () => {
    const changed = await admin!.client.patch(`/api/cohorts/${here}/members/${acting.id}`, { role: 'coach' });
    expect(changed.status).toBe(200);
  });
  expect((await act(acting.client, page)).status).toBe(403);
  expect(came()).toBe(true);
  expect(await stands()).toEqual(before);
});

it('given who keeps a page leaves their last cohort, or an admin is none any more, as it is written, then that is refused', async () => {
  const keeper = await aMember(world, here, 'fellow');
  const other = await aPerson(world, { isAdmin: true });
  const page = await write();
  await staff!.client.put(`${H}/${page.id}/owner`, { userId: keeper.id });
  const ends: [TestPerson, () => PromiseLike<{ status: number }>][] = [
    [keeper, () => admin!.client.delete(`/api/cohorts/${here}/members/${keeper.id}`)],
    [other, () => admin!.client.delete(`/api/admin/people/${other.id}/admin`)],
  ];
  for (const [person, end] of ends) {
    const came = beforeItIsWritten(world, async () => expect((await end()).status).toBeLessThan(300));
    const edited = await person.client.patch(`${H}/${page.id}`, { en: words('Mine'), seen: { en: page.en, fr: null } });
    expect([edited.status, came()]).toEqual([403, true]);
  }
  expect((await staff!.client.get(`${H}/${page.id}`)).body.en).toEqual(page.en);
});
